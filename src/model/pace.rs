//! How long a text takes to read.

use super::document::{BlockKind, Document};

/// How much of a document is looked at to tell its pace, in bytes.
const SAMPLE: usize = 64 * 1024;
/// Words a minute.
const WORDS_A_MINUTE: f32 = 230.0;
/// Characters a minute in scripts without spaces.
const CHARACTERS_A_MINUTE: f32 = 500.0;
/// Bytes a minute of a text that says nothing: English, about.
const USUAL: f32 = WORDS_A_MINUTE * 6.0;

/// How fast a document is read. Told once from its beginning, so that the minutes of any stretch of it follow from the
/// stretch's length alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    /// Bytes of text a minute; positive and finite.
    bytes_a_minute: f32,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            bytes_a_minute: USUAL,
        }
    }
}

impl Pace {
    /// The pace of a document, told from its first 64 kB: 230 words a minute, 500 characters a minute in scripts that put
    /// no spaces between words.
    pub fn of(document: &Document) -> Self {
        let (mut count, mut bytes) = (Count::default(), 0);
        for block in document
            .blocks()
            .iter()
            .filter(|block| block.kind != BlockKind::Noise)
        {
            let text = &block.text[..block.text.floor_char_boundary(SAMPLE - bytes)];
            count = count.and(Count::of(text));
            bytes += text.len();
            if bytes + 4 > SAMPLE {
                break;
            }
        }
        let minutes =
            float(count.words) / WORDS_A_MINUTE + float(count.characters) / CHARACTERS_A_MINUTE;
        if minutes > 0.0 {
            Self {
                bytes_a_minute: float(bytes) / minutes,
            }
        } else {
            Self::default()
        }
    }

    /// Minutes that so many bytes of the document's text take; parts of a minute are told.
    pub fn minutes(self, bytes: usize) -> f32 {
        float(bytes) / self.bytes_a_minute
    }
}

/// How many words a text has: stretches between white space, each counted once. In scripts that put no spaces between
/// words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) each character counts as half a word, marks aside.
pub fn words(text: &str) -> usize {
    let count = Count::of(text);
    count.words + count.characters.div_ceil(2)
}

/// What a text is made of.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    /// Stretches between white space and characters of the other kind.
    words: usize,
    /// Characters of scripts that put no spaces between words.
    characters: usize,
}

impl Count {
    fn of(text: &str) -> Self {
        let mut count = Self::default();
        let mut in_word = false;
        for c in text.chars() {
            if c.is_whitespace() {
                in_word = false;
            } else if c >= '\u{e00}' && is_unspaced(c) {
                in_word = false;
                count.characters += 1;
            } else if !in_word && (c < '\u{e00}' || !is_between(c)) {
                in_word = true;
                count.words += 1;
            }
        }
        count
    }

    fn and(self, other: Self) -> Self {
        Self {
            words: self.words + other.words,
            characters: self.characters + other.characters,
        }
    }
}

/// Letters of scripts that put no spaces between words.
pub(in crate::model) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e01}'..='\u{e30}' | '\u{e32}'..='\u{e33}' | '\u{e40}'..='\u{e46}' // Thai
        | '\u{e81}'..='\u{eb0}' | '\u{eb2}'..='\u{eb3}' | '\u{ec0}'..='\u{ec6}' // Lao
        | '\u{1000}'..='\u{102a}' // Burmese
        | '\u{1780}'..='\u{17b3}' // Khmer
        | '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' // radicals
        | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' // kana
        | '\u{3105}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}' | '\u{20000}'..='\u{3ffff}')
}

/// Marks and punctuation of those scripts: no words of their own.
fn is_between(c: char) -> bool {
    matches!(c, '\u{e31}'..='\u{e4f}' | '\u{eb1}'..='\u{ecd}' | '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}'
        | '\u{3001}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3099}'..='\u{309c}' | '\u{30fb}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

#[expect(clippy::cast_precision_loss, reason = "minutes are told to the minute")]
fn float(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::super::document::{Block, Metadata};
    use super::*;

    fn document(text: &str) -> Document {
        Document::new(
            Metadata::default(),
            vec![Block::new(BlockKind::Paragraph, text, 1)],
        )
    }

    fn close(a: f32, b: f32) -> bool {
        (a - b).abs() < 0.02 * b
    }

    #[test]
    fn words_are_what_stands_between_white_space() {
        assert_eq!(words(""), 0);
        assert_eq!(words("  a  few\u{a0}words\n"), 3);
        assert_eq!(words("l’été, aujourd’hui !"), 3);
    }

    #[test]
    fn a_character_of_a_script_without_spaces_is_half_a_word() {
        assert_eq!(words("中文字符"), 2);
        assert_eq!(words("中文。字符！"), 2);
        assert_eq!(words("用Rust写的"), 3);
        assert_eq!(words("ภาษาไทย"), 4);
        assert_eq!(words("한국어 기사"), 2);
    }

    #[test]
    fn two_hundred_and_thirty_words_take_a_minute() {
        let text = "words ".repeat(2300);
        let pace = Pace::of(&document(&text));
        assert!(close(pace.minutes(text.len()), 10.0));
        assert!(close(pace.minutes(text.len() / 10), 1.0));
    }

    #[test]
    fn five_hundred_chinese_characters_take_a_minute() {
        let text = "读书写字。".repeat(500);
        assert!(close(Pace::of(&document(&text)).minutes(text.len()), 4.0));
    }

    #[test]
    fn a_document_that_says_nothing_still_has_a_pace() {
        assert_eq!(Pace::of(&Document::default()), Pace::default());
        assert!(Pace::of(&document("\u{a0}")).minutes(10).is_finite());
        assert!(Pace::of(&document(&"é".repeat(SAMPLE))).minutes(10) >= 0.0);
    }
}
