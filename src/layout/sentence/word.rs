//! The words of a text.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_segmentation::UnicodeSegmentation;

/// For the scripts of South-East Asia, which write words without spaces.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_lstm(WordBreakInvariantOptions::default()));

/// The words of a text: byte ranges in order, without white space and without punctuation around them. Apostrophes and
/// hyphens inside a word stay in it. Works in linear time; in Thai, Lao, Khmer and Burmese, where words are guessed, it
/// takes some microseconds a letter, so that of a long text only the part that is needed should be asked for.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let is_complex = text[start..].starts_with(has_no_spaces);
        let end = text[start..]
            .find(|c| has_no_spaces(c) != is_complex)
            .map_or(text.len(), |at| start + at);
        let run = &text[start..end];
        if is_complex {
            let mut from = 0;
            for to in SEGMENTER.segment_str(run) {
                push(text, start + from..start + to, &mut words);
                from = to;
            }
        } else {
            for (at, word) in run.unicode_word_indices() {
                push(text, start + at..start + at + word.len(), &mut words);
            }
        }
        start = end;
    }
    words
}

/// Adds a word, or makes the last one longer by it when only a hyphen is between them.
fn push(text: &str, bytes: Range<usize>, words: &mut Vec<Range<usize>>) {
    // a narrow no-break space and a low line hold words together, to Unicode
    for part in text[bytes].split(|c: char| c.is_whitespace()) {
        let part = part.trim_matches(['_', '‿', '⁀', '⁔', '＿', '︳', '︴', '﹍', '﹎', '﹏']);
        if !part.contains(char::is_alphanumeric) {
            continue;
        }
        let start = part.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + part.len();
        match words.last_mut() {
            Some(last) if matches!(&text[last.end..start], "-" | "\u{2010}" | "\u{2011}") => {
                last.end = end;
            }
            _ => words.push(start..end),
        }
    }
}

/// The scripts that the segmenter knows: Thai, Lao, Burmese and Khmer.
const fn has_no_spaces(c: char) -> bool {
    matches!(
        c,
        '\u{E01}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{AA60}'..='\u{AA7F}'
    )
}
