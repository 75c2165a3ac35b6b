//! What a piece of text looks like, as numbers.

use super::{Row, number, share, yes};
use crate::formats::headings::noise;
use crate::formats::readable::pieces::Piece;

/// Adds the numbers of a text to a row.
pub fn of_text(piece: &Piece, row: &mut Row) {
    let text = piece.text.as_str();
    let bytes = text.len();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let small = text.chars().filter(|c| c.is_lowercase()).count();
    let large = text.chars().filter(|c| c.is_uppercase()).count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let last = text
        .trim_end_matches(['"', '”', '»', '’', '\'', ')', ' '])
        .chars()
        .next_back()
        .unwrap_or(' ');
    let mut buffer = String::new();
    row.extend([
        number(piece.words.min(300)),
        share(bytes, piece.words),
        share(piece.linked, bytes).min(1.0),
        share(piece.strong, bytes).min(1.0),
        yes(matches!(
            last,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।'
        )),
        number(text.matches([',', '，', '、', '،', ';']).count().min(50)),
        number(text.matches(['.', '。', '।']).count().min(50)),
        share(digits, bytes),
        share(large, small + large),
        yes(has_year(text)),
        yes(text
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_lowercase)),
        number(text.matches(['|', '•', '·', '›', '»', '/']).count().min(20)),
        yes(matches!(last, ':' | '：')),
        yes(matches!(last, '?' | '？')),
        yes(text.contains(['©', '®'])),
        yes(letters == 0 || noise::is_noise(text, &mut buffer)),
    ]);
}

/// Whether a text holds a year of the last or this century as a word.
fn has_year(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_digit());
    words.any(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
}
