//! From bytes to text: byte-order marks, what the text itself declares, UTF-8 however broken, UTF-16, and the encodings of
//! before; and which bytes are no text at all.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{ISO_2022_JP, ISO_8859_15, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;

mod declared;
mod label;
mod sixteen;

pub use label::{Encoding, UnknownEncoding};

/// How many bytes are looked at to tell UTF-16 without a byte-order mark, and to tell what is no text.
const SAMPLE: usize = 4096;
/// How many bytes are looked at to tell one old encoding from the others.
const GUESSED: usize = 1 << 20;
/// … of which the lines with letters beyond ASCII are given to the detector, up to so many bytes.
const FED: usize = 64 * 1024;
/// Fewer control characters than this are no sign of anything.
const FEW_CONTROLS: usize = 16;

/// Where the encoding of a text may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// In its bytes only.
    Nowhere,
    /// Also in a declaration: XML's, or HTML's `<meta>`.
    InMarkup,
    /// By the reader, who knows better than the text.
    As(Encoding),
}

/// A text, and what it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text. Borrowed when it is valid UTF-8.
    pub text: Cow<'a, str>,
    /// What it was taken for.
    pub encoding: Encoding,
}

/// Whether these bytes are a picture, a program, an archive: more than every sixteenth of the first ones is a control
/// character that no text has. Escape sequences of a terminal are no sign of that, nor is UTF-16.
pub fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if is_utf16(sample) {
        return false;
    }
    let is_odd = |byte: &&u8| matches!(byte, 0..=7 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let odd = sample.iter().filter(is_odd).count();
    odd >= FEW_CONTROLS && odd * 16 > sample.len()
}

/// Whether these bytes, of the beginning of a text, are UTF-16.
pub fn is_utf16(bytes: &[u8]) -> bool {
    let has_mark = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    has_mark || sixteen::order(&bytes[..bytes.len().min(SAMPLE)]).is_some()
}

/// The text in these bytes. Never fails: what cannot be decoded becomes U+FFFD, and nothing is left out but a byte-order
/// mark at the start.
///
/// What the reader says comes before all. Else looked for in this order: a byte-order mark; the NULs of UTF-16; what the
/// markup declares, unless the bytes speak against it; UTF-8, which a bad line does not spoil; what letters are likely
/// to be, told from the first megabyte that has any beyond ASCII.
pub fn decode(bytes: &[u8], told: Told) -> Decoded<'_> {
    if let Told::As(Encoding(encoding)) = told {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        return as_decoded(text, encoding);
    }
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
        return as_decoded(text, encoding);
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(encoding) = sixteen::order(sample) {
        let (text, _) = encoding.decode_without_bom_handling(bytes);
        return as_decoded(text, encoding);
    }
    let has_escapes = memmem::find(bytes, b"\x1B$").is_some();
    if let Some(text) = has_escapes.then(|| iso_2022_jp(bytes)).flatten() {
        return as_decoded(text, ISO_2022_JP);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // letters beyond ASCII are not valid UTF-8 by chance, so that a declaration says nothing more
        return as_decoded(Cow::Borrowed(text), UTF_8);
    }
    if told == Told::InMarkup
        && let Some(text) = declared::encoding(bytes).and_then(|e| declared::obeyed(bytes, e))
    {
        return text;
    }
    if is_mostly_utf8(bytes) {
        return as_decoded(String::from_utf8_lossy(bytes), UTF_8);
    }
    let encoding = guess(bytes);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    as_decoded(text, encoding)
}

/// How many of these bytes are whole characters, if they are the beginning of a text that goes on.
pub fn whole_characters(bytes: &[u8]) -> usize {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| sixteen::order(sample));
    if let Some(encoding) = encoding.filter(|e| *e == UTF_16LE || *e == UTF_16BE) {
        return sixteen::whole(bytes, encoding);
    }
    let end = &bytes[bytes.len().saturating_sub(3)..];
    match std::str::from_utf8(end.trim_ascii_start()) {
        Err(_) => {
            let last = (1..=3).find(|n| {
                let start = bytes.len().checked_sub(*n).map(|at| &bytes[at..]);
                start.is_some_and(is_cut_short)
            });
            bytes.len() - last.unwrap_or(0)
        }
        Ok(_) => bytes.len(),
    }
}

/// Whether these bytes begin a character of UTF-8 that goes on after them.
fn is_cut_short(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes)
        .is_err_and(|error| error.valid_up_to() == 0 && error.error_len().is_none())
}

fn as_decoded<'a>(text: Cow<'a, str>, encoding: &'static encoding_rs::Encoding) -> Decoded<'a> {
    Decoded {
        text,
        encoding: Encoding(encoding),
    }
}

/// The Japanese of mails, if these bytes are that and nothing else. All of it is ASCII, with escapes between alphabets.
fn iso_2022_jp(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let has_japanese = [b"\x1B$@", b"\x1B$B"]
        .iter()
        .any(|e| memmem::find(bytes, *e).is_some());
    if !has_japanese || !bytes.is_ascii() {
        return None;
    }
    ISO_2022_JP.decode_without_bom_handling_and_without_replacement(bytes)
}

/// Whether these bytes are UTF-8 in which some are bad: there are no more bad lines than good ones with letters beyond
/// ASCII, or no more bad characters than good ones. In the encodings of before, next to nothing is good.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    let (mut good_lines, mut bad_lines) = (0_usize, 0_usize);
    for line in bytes
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_ascii())
    {
        let mut is_bad = false;
        for chunk in line.utf8_chunks() {
            let starts = chunk.valid().bytes().filter(|byte| *byte >= 0xC0);
            good += starts.count();
            if !chunk.invalid().is_empty() {
                bad += 1;
                is_bad = true;
            }
        }
        good_lines += usize::from(!is_bad);
        bad_lines += usize::from(is_bad);
    }
    good > 0 && (bad <= good || bad_lines <= good_lines)
}

/// What is likely to make letters of these bytes.
fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    // from the start of a word: what stands before a letter tells of it
    let start = first.saturating_sub(SAMPLE);
    let end = bytes.len().min(first + GUESSED);
    let guessed = if is_english(&bytes[start..end]) {
        WINDOWS_1252
    } else {
        detected(&bytes[start..end])
    };
    if guessed == WINDOWS_1252 && is_latin_9(bytes) {
        return ISO_8859_15;
    }
    guessed
}

/// What a detector says, to which no more is given than it takes to be sure: it is much slower than decoding is.
fn detected(sample: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    if sample.len() <= FED {
        // not the last that comes: a beginning may end inside of a character
        detector.feed(sample, false);
    } else {
        let mut left = FED;
        // a line end is never a part of a character in an encoding that is looked for
        for line in sample
            .split_inclusive(|&byte| byte == b'\n')
            .filter(|line| !line.is_ascii())
        {
            let fed = &line[..line.len().min(left)];
            detector.feed(fed, false);
            left -= fed.len();
            if left == 0 {
                break;
            }
        }
    }
    detector.guess(None, Utf8Detection::Deny)
}

/// Whether this is English with a few other letters in it, too few to tell anything by themselves.
fn is_english(sample: &[u8]) -> bool {
    let others = sample.iter().filter(|byte| !byte.is_ascii()).count();
    if others * 100 > sample.len() {
        return false;
    }
    let common: usize = [&b" the "[..], b" of ", b" and ", b" to ", b" in "]
        .iter()
        .map(|word| memmem::find_iter(sample, word).count())
        .sum();
    let words = memchr::memchr_iter(b' ', sample).count();
    common * 8 > words
}

/// Whether what would be a fraction beside a letter is rather the œ of Latin-9, or a currency sign its €. It has no
/// characters where windows-1252 has its quotation marks. <https://en.wikipedia.org/wiki/ISO/IEC_8859-15>
fn is_latin_9(bytes: &[u8]) -> bool {
    let is_letter = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0xC0)
    };
    let is_told = |(at, byte): (usize, &u8)| match byte {
        0xA4 => true,
        0xBC..=0xBE => is_letter(at + 1) || at > 0 && is_letter(at - 1),
        _ => false,
    };
    !bytes.iter().any(|byte| matches!(byte, 0x80..=0x9F)) && bytes.iter().enumerate().any(is_told)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the bytes are taken for when nothing else tells.
    fn decode(bytes: &[u8]) -> Cow<'_, str> {
        super::decode(bytes, Told::Nowhere).text
    }

    fn utf16_bytes(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn valid_utf8_is_borrowed() {
        assert!(matches!(
            decode("l’été 中文".as_bytes()),
            Cow::Borrowed("l’été 中文")
        ));
        assert!(matches!(decode(b""), Cow::Borrowed("")));
    }

    #[test]
    fn a_byte_order_mark_is_never_part_of_the_text() {
        assert_eq!(decode("\u{feff}abc".as_bytes()), "abc");
        assert_eq!(
            decode(&utf16_bytes("\u{feff}é中😀", u16::to_le_bytes)),
            "é中😀"
        );
        assert_eq!(
            decode(&utf16_bytes("\u{feff}é中😀", u16::to_be_bytes)),
            "é中😀"
        );
        assert_eq!(decode(b"\xFF\xFE"), "");
    }

    #[test]
    fn utf16_without_a_mark_is_told_by_its_nuls() {
        let text = "It’s “quoted” – and plain.\nTwo lines.";
        assert_eq!(decode(&utf16_bytes(text, u16::to_le_bytes)), text);
        assert_eq!(decode(&utf16_bytes(text, u16::to_be_bytes)), text);
    }

    #[test]
    fn a_few_nuls_do_not_make_utf16() {
        assert_eq!(decode(b"a\0bcd efg\0\0 hij"), "a\0bcd efg\0\0 hij");
        assert_eq!(decode(b"\0\0\0\0\0\0"), "\0\0\0\0\0\0");
    }

    #[test]
    fn latin_1_is_read_where_nothing_is_utf8() {
        assert_eq!(
            decode(b"L\xe9on \x97 \x93\xe9t\xe9\x94, \x80 5"),
            "Léon — “été”, € 5"
        );
        assert_eq!(decode(b"plain \x81"), "plain \u{81}");
    }

    #[test]
    fn pictures_and_programs_are_no_text() {
        let noise: Vec<u8> = (0..2000_u32)
            .map(|i| ((i * i) >> 3).to_le_bytes()[0])
            .collect();
        let picture = [b"\x89PNG\r\n\x1a\n".as_slice(), &noise].concat();
        assert!(is_binary(&picture));
        assert!(is_binary(&[0; 1000]));
        assert!(is_binary(
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0"
        ));
    }

    #[test]
    fn text_with_some_controls_is_text() {
        assert!(!is_binary(b""));
        assert!(!is_binary(b"a\0b\0\0c"));
        assert!(!is_binary(
            "\u{1b}[31mred\u{1b}[0m\t".repeat(100).as_bytes()
        ));
        assert!(!is_binary(&utf16_bytes("An été", u16::to_le_bytes)));
        assert!(!is_binary(&"лёд".repeat(500).into_bytes()));
        assert!(!is_binary(&[0xEE; 3000]));
        let escapes = include_bytes!("../../tests/it/fixtures/escapes.txt");
        assert!(!is_binary(escapes));
    }

    #[test]
    fn broken_input_keeps_what_is_good() {
        assert_eq!(decode(b"caf\xe9 cr\xc3\xa8me"), "caf\u{fffd} crème");
        assert_eq!(decode(b"\xFF\xFEa\0\x00\xd8b\0c"), "a\u{fffd}b\u{fffd}");
    }

    proptest! {
        #[test]
        fn any_bytes_decode(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            decode(&bytes);
        }
    }
}
