//! UTF-16 without a byte-order mark, told by what its units are.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// The order of the bytes, if this beginning of a text is UTF-16.
pub fn order(sample: &[u8]) -> Option<&'static Encoding> {
    // there is always a space, a line end or a digit
    memchr::memchr(0, sample)?;
    let (pairs, _) = sample.as_chunks::<2>();
    let even = pairs.iter().filter(|pair| pair[0] == 0).count();
    let odd = pairs.iter().filter(|pair| pair[1] == 0).count();
    // half: a text of Latin letters also holds typographic quotes, which have no NUL
    let half = pairs.len().div_ceil(2).max(2);
    if odd >= half && even * 20 <= odd {
        return Some(UTF_16LE);
    }
    if even >= half && odd * 20 <= even {
        return Some(UTF_16BE);
    }
    let printable = sample.iter().filter(|b| matches!(b, b' '..=b'~')).count();
    if printable * 20 > sample.len() * 17 || pairs.len() < 8 {
        // text with a few NULs in it, which read in pairs looks Chinese
        return None;
    }
    match (
        is_text(pairs, u16::from_le_bytes),
        is_text(pairs, u16::from_be_bytes),
    ) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// How many bytes at the start are whole characters.
pub fn whole(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let (pairs, _) = bytes.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| {
        if encoding == UTF_16BE {
            u16::from_be_bytes(*pair)
        } else {
            u16::from_le_bytes(*pair)
        }
    };
    let is_half = pairs
        .last()
        .is_some_and(|pair| matches!(unit(pair), 0xD800..=0xDBFF));
    2 * (pairs.len() - usize::from(is_half))
}

/// Whether these are letters of living scripts with spaces or line ends between them, and no controls.
fn is_text(pairs: &[[u8; 2]], unit: fn([u8; 2]) -> u16) -> bool {
    let (mut strange, mut spaces) = (0, 0);
    for c in char::decode_utf16(pairs.iter().map(|&pair| unit(pair))) {
        match c {
            Ok(' ' | '\n' | '\u{3000}'..='\u{3002}') => spaces += 1,
            Ok('\t' | '\r' | '!'..='~' | '\u{a0}'..='\u{52f}') => {}
            Ok('\u{530}'..='\u{6ff}' | '\u{900}'..='\u{e7f}' | '\u{10a0}'..='\u{11ff}') => {}
            Ok('\u{1e00}'..='\u{1fff}' | '\u{2010}'..='\u{2026}' | '\u{20ac}') => {}
            Ok('\u{3003}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}') => {}
            Ok('\u{ff00}'..='\u{ffef}') => {}
            Ok('\0'..='\u{1f}') => return false,
            _ => strange += 1,
        }
    }
    spaces > 0 && strange * 50 <= pairs.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(order(&le), Some(UTF_16LE));
        assert_eq!(order(&be), Some(UTF_16BE));
        assert_eq!(order(text.as_bytes()), None);
    }

    #[test]
    fn scripts_without_nuls_in_their_letters_are_told_too() {
        check("Лёд на Байкале встаёт поздно, и ветер долго его ломает.\n");
        check("贝加尔湖的冰很晚才结。\n风长时间吹打着它。");
        check("湖の氷は遅くに張る。\nその上を風が吹く。");
        check("바이칼 호수의 얼음은 늦게 언다.\n");
        check("الجليد على بحيرة بايكال يتأخر.\n");
    }

    #[test]
    fn whole_characters_are_kept() {
        let text: Vec<u8> = "ab😀".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(whole(&text, UTF_16LE), 8);
        assert_eq!(whole(&text[..7], UTF_16LE), 4);
        assert_eq!(whole(&text[..3], UTF_16LE), 2);
    }
}
