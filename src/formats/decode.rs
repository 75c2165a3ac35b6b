//! From bytes to text: byte-order marks, UTF-16, and UTF-8 however broken.

use std::borrow::Cow;

/// How many bytes are looked at to tell UTF-16 without a byte-order mark.
const SAMPLE: usize = 4096;

/// The text in these bytes. Never fails: what cannot be decoded becomes U+FFFD, and nothing is left out but a byte-order
/// mark at the start.
///
/// Looked for in this order: a byte-order mark of UTF-8 or UTF-16; NULs in every other byte, which is UTF-16; else UTF-8.
/// Valid UTF-8 is borrowed.
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
        Err(_) => String::from_utf8_lossy(bytes),
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
