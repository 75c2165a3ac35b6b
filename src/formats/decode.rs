//! From bytes to text: byte-order marks, UTF-16, UTF-8 however broken, and the Latin alphabets of before; and which bytes
//! are no text at all.

use std::borrow::Cow;

/// How many bytes are looked at to tell UTF-16 without a byte-order mark, and to tell what is no text.
const SAMPLE: usize = 4096;
/// Fewer control characters than this are no sign of anything.
const FEW_CONTROLS: usize = 16;
/// The characters that windows-1252 has in the place of the controls 0x80 to 0x9F; the five gaps stay controls.
/// <https://encoding.spec.whatwg.org/index-windows-1252.txt>
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Whether these bytes are a picture, a program, an archive: more than every sixteenth of the first ones is a control
/// character that no text has. Escape sequences of a terminal are no sign of that, nor is UTF-16.
pub fn is_binary(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    let has_mark = sample.starts_with(b"\xFF\xFE") || sample.starts_with(b"\xFE\xFF");
    if has_mark || !matches!(nuls(sample), Nuls::Elsewhere) {
        return false;
    }
    let is_odd = |byte: &&u8| matches!(byte, 0..=7 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let odd = sample.iter().filter(is_odd).count();
    odd >= FEW_CONTROLS && odd * 16 > sample.len()
}

/// The text in these bytes. Never fails: what cannot be decoded becomes U+FFFD, and nothing is left out but a byte-order
/// mark at the start.
///
/// Looked for in this order: a byte-order mark of UTF-8 or UTF-16; NULs in every other byte, which is UTF-16; else UTF-8;
/// where not one letter beyond ASCII is valid UTF-8, windows-1252, which Latin-1 is a part of. Valid UTF-8 is borrowed.
pub fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return utf8(rest);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Cow::Owned(utf16(rest, u16::from_le_bytes));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Cow::Owned(utf16(rest, u16::from_be_bytes));
    }
    match nuls(&bytes[..bytes.len().min(SAMPLE)]) {
        Nuls::Odd => Cow::Owned(utf16(bytes, u16::from_le_bytes)),
        Nuls::Even => Cow::Owned(utf16(bytes, u16::from_be_bytes)),
        Nuls::Elsewhere => utf8(bytes),
    }
}

/// Which bytes of a text are NUL.
enum Nuls {
    /// Most second bytes of pairs and hardly any first: little-endian UTF-16.
    Odd,
    /// The other way round: big-endian.
    Even,
    /// Nothing that says UTF-16.
    Elsewhere,
}

fn nuls(sample: &[u8]) -> Nuls {
    let (pairs, _) = sample.as_chunks::<2>();
    let even = pairs.iter().filter(|pair| pair[0] == 0).count();
    let odd = pairs.iter().filter(|pair| pair[1] == 0).count();
    // half: a text of Latin letters also holds typographic quotes, which have no NUL
    let half = pairs.len().div_ceil(2).max(2);
    if odd >= half && even * 20 <= odd {
        Nuls::Odd
    } else if even >= half && odd * 20 <= even {
        Nuls::Even
    } else {
        Nuls::Elsewhere
    }
}

fn utf8(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) if is_single_byte(bytes) => {
            Cow::Owned(bytes.iter().map(|&b| windows_1252(b)).collect())
        }
        Err(_) => String::from_utf8_lossy(bytes),
    }
}

/// Whether no character of several bytes is valid UTF-8, though there are bytes for them.
fn is_single_byte(bytes: &[u8]) -> bool {
    bytes.utf8_chunks().all(|chunk| chunk.valid().is_ascii())
}

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS_1252[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let chars = char::decode_utf16(pairs.iter().map(|&pair| unit(pair)));
    text.extend(chars.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
    if !rest.is_empty() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
