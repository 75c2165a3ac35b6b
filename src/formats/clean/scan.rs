//! The fast part of cleaning: where the next character is that may have to be changed.

/// How many bytes are looked at together.
const CHUNK: usize = 16;

/// What a first byte says: 1–4, nothing to do and so many bytes to go on; [`ASK`], it depends on the next bytes;
/// [`STOP`], a suspect.
const FIRST: [u8; 256] = first();
const ASK: u8 = 5;
const STOP: u8 = 6;

const fn first() -> [u8; 256] {
    let mut table = [1; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte {
            0xC2 | 0xCD | 0xCE | 0xD7 | 0xE1..=0xE3 | 0xEA | 0xED | 0xEF | 0xF0 => ASK,
            // controls; marks of Latin, Cyrillic, Hebrew, Arabic, Syriac, Thaana, N’Ko; Indic scripts, Thai and their neighbours;
            // rare planes
            0x00..=0x08
            | 0x0B..=0x1F
            | 0x7F
            | 0xCC
            | 0xD2
            | 0xD6
            | 0xD8
            | 0xD9
            | 0xDB..=0xE0
            | 0xF1..=0xFF => STOP,
            0xC3..=0xDA => 2,
            0xE4..=0xE9 | 0xEB | 0xEC | 0xEE => 3,
            _ => 1,
        };
        byte += 1;
    }
    table
}

/// Where the first character from `at` on is that may have to be changed, or the length of the text. `bytes` are UTF-8
/// and `at` is a character's start.
pub(super) fn next_suspect(bytes: &[u8], mut at: usize) -> usize {
    'chunks: while at < bytes.len() {
        // a chunk may end inside a character: its other bytes are passed over one by one
        if let Some(chunk) = bytes.get(at..at + CHUNK)
            && is_harmless(chunk)
        {
            at += CHUNK;
            continue;
        }
        while at < bytes.len() {
            match FIRST[usize::from(bytes[at])] {
                STOP => return at,
                ASK => match harmless(bytes, at) {
                    0 => return at,
                    step => {
                        at += step;
                        continue 'chunks;
                    }
                },
                step => at += usize::from(step),
            }
        }
    }
    bytes.len()
}

/// Whether no character begins here that takes a closer look. Without a branch, so that it is done on all bytes at once.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "branches keep the compiler from it"
)]
fn is_harmless(chunk: &[u8]) -> bool {
    let between = |b: u8, from: u8, to: u8| b.wrapping_sub(from) <= to - from;
    chunk.iter().fold(true, |harmless, &b| {
        let is_ascii = between(b, b' ', b'~') | (b == b'\n') | (b == b'\t');
        let is_rest = between(b, 0x80, 0xBF);
        let is_letter = between(b, 0xC3, 0xCB) | between(b, 0xCF, 0xD1) | between(b, 0xE4, 0xE9);
        harmless & (is_ascii | is_rest | is_letter)
    })
}

/// How many bytes to go on when the character at `at` never has to be changed; 0 when that takes a closer look.
fn harmless(bytes: &[u8], at: usize) -> usize {
    let byte = |i: usize| bytes.get(at + i).copied().unwrap_or(0);
    let (second, third) = (byte(1), byte(2));
    let two = |is_harmless: bool| if is_harmless { 2 } else { 0 };
    let three = |is_harmless: bool| if is_harmless { 3 } else { 0 };
    match bytes[at] {
        // Latin-1 but the C1 controls and the soft hyphen
        0xC2 => two(second >= 0xA0 && second != 0xAD),
        // Greek but the Greek question mark, its numeral sign and middle dot
        0xCD => two(second >= 0xB0 && second != 0xB4 && second != 0xBE),
        0xCE => two(second != 0x87),
        // Hebrew letters
        0xD7 => two(second >= 0x90),
        // Georgian, Ethiopic, Vietnamese
        0xE1 => three(matches!(second, 0x83 | 0x88..=0x8C | 0xB8..=0xBB)),
        0xE2 => three(is_harmless_symbol(second, third)),
        // CJK punctuation, kana
        0xE3 => three(match second {
            0x80 => !matches!(third, 0xAA..=0xAF),
            0x82 => !matches!(third, 0x99 | 0x9A),
            0x85 => third != 0xA4,
            _ => true,
        }),
        // Hangul syllables
        0xEA => three(second >= 0xB0),
        0xED => three(second < 0x9E),
        0xEF => three(match second {
            0xBE => !matches!(third, 0x9E..=0xA0),
            0xBF => !matches!(third, 0xB9..=0xBB | 0xBE | 0xBF),
            // private use, Arabic forms, wide Latin letters
            0x80..=0xA3 | 0xAE..=0xB6 | 0xB9 | 0xBA | 0xBC | 0xBD => true,
            _ => false,
        }),
        0xF0 => {
            let is_emoji = second == 0x9F;
            let is_tone = third == 0x8F && byte(3) >= 0xBB;
            let is_noncharacter = third == 0xBF && byte(3) >= 0xBE;
            let is_ideograph = (0xA0..=0xAE).contains(&second);
            let is_harmless = is_ideograph || is_emoji && !is_tone && !is_noncharacter;
            if is_harmless { 4 } else { 0 }
        }
        _ => 0,
    }
}

/// Punctuation and symbols, U+2000–2FFF.
fn is_harmless_symbol(second: u8, third: u8) -> bool {
    match second {
        // quotes, dashes, spaces; not joiners, direction controls and line ends
        0x80 => matches!(third, 0x82..=0x8B | 0x8E..=0xA7 | 0xAF..=0xBF),
        0x81 => !matches!(third, 0xA0..=0xAF),
        0x83 => third < 0x90,
        0x84 => !matches!(third, 0xA6 | 0xAA | 0xAB),
        0x8C => !matches!(third, 0xA9 | 0xAA),
        0xA0 => third != 0x80,
        0xAB | 0xB3 | 0xB5 | 0xB7 => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether the scan stops at a character, by itself and inside chunks.
    fn stops(c: char) -> bool {
        let alone = next_suspect(c.to_string().as_bytes(), 0) == 0;
        let padded = format!("{:a<20}{c}{:a<40}", "", "");
        assert_eq!(
            next_suspect(padded.as_bytes(), 0) == 20,
            alone,
            "U+{:04X}",
            u32::from(c)
        );
        alone
    }

    #[test]
    fn whatever_cleaning_or_nfc_would_change_is_a_suspect() {
        for c in (' '..=char::MAX).chain('\0'..' ') {
            let text = c.to_string();
            let is_suspect = unicode_normalization::char::is_combining_mark(c)
                || !unicode_normalization::is_nfc(&text)
                || unicode_normalization::is_nfc_quick(text.chars())
                    != unicode_normalization::IsNormalized::Yes
                || super::super::hangs(c)
                || super::super::is_meaningless(c)
                || (c.is_control() && c != '\n' && c != '\t');
            assert!(!is_suspect || stops(c), "U+{:04X} passes", u32::from(c));
        }
        for c in "\u{ad}\u{180e}\u{2060}\u{feff}\u{e0041}\u{115f}\u{1160}\u{2800}\u{3164}\u{ffa0}\u{2028}\u{2029}\u{202e}\
                  \u{2066}\u{2069}\u{fff9}\u{fffe}"
            .chars()
        {
            assert!(stops(c), "U+{:04X} passes", u32::from(c));
        }
    }

    #[test]
    fn everyday_text_is_passed_over() {
        for text in [
            "Plain text, with a tab\tand\nlines — and “quotes”.",
            "« À l’été », dit-il\u{a0}: œuvre… 20\u{202f}%",
            "习近平在北京会见了俄罗斯外长。“你好”，他说（笑）！",
            "これはテストです。カタカナ、ひらがな「漢字」",
            "Привет, мир! Γειά σου Κόσμε 안녕하세요 Tiếng Việt",
            "😀🎉👍 → ✓ ★ 𠮷",
        ] {
            assert_eq!(next_suspect(text.as_bytes(), 0), text.len(), "{text}");
        }
    }
}
