//! What has changed between two texts, word by word.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Of texts with more words and signs between their first and their last difference all counts as changed.
const MAX_TOKENS: usize = 2_000;

/// A piece of the difference of two texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Some text, never empty.
    pub text: String,
    /// In which of the two it is.
    pub what: What,
}

/// In which of two texts a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// In both.
    Same,
    /// Only in the old one.
    Removed,
    /// Only in the new one.
    Added,
}

/// The difference of two texts by words. The pieces that are the same or removed are the old text, those that are the same
/// or added the new one.
pub fn difference(old: &str, new: &str) -> Vec<Piece> {
    let (old, new) = (tokens(old), tokens(new));
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[before..], &new[before..]);
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let after = ends.take_while(|(a, b)| a == b).count();
    let (old_rest, end) = old_rest.split_at(old_rest.len() - after);
    let new_rest = &new_rest[..new_rest.len() - after];
    let mut pieces = Pieces::default();
    pieces.add(What::Same, &old[..before]);
    if old_rest.len() > MAX_TOKENS || new_rest.len() > MAX_TOKENS {
        pieces.add(What::Removed, old_rest);
        pieces.add(What::Added, new_rest);
    } else {
        let ops = capture_diff_slices(Algorithm::Myers, old_rest, new_rest);
        for run in runs(&ops, old_rest) {
            if run.is_same {
                pieces.add(What::Same, &old_rest[run.old]);
            } else {
                pieces.add(What::Removed, &old_rest[run.old]);
                pieces.add(What::Added, &new_rest[run.new]);
            }
        }
    }
    pieces.add(What::Same, end);
    pieces.0
}

/// Tokens of both texts that stand for each other.
struct Run {
    old: Range<usize>,
    new: Range<usize>,
    is_same: bool,
}

/// The differences one after the other. Signs and spaces alone do not count as the same between two of them: they would only
/// cut one change into many.
fn runs(ops: &[DiffOp], old: &[&str]) -> Vec<Run> {
    let is_word = |token: &&str| token.contains(char::is_alphanumeric);
    let mut runs: Vec<Run> = Vec::new();
    let (mut at_old, mut at_new) = (0, 0);
    for (i, op) in ops.iter().enumerate() {
        let of_old = at_old..at_old + op.old_range().len();
        let of_new = at_new..at_new + op.new_range().len();
        (at_old, at_new) = (of_old.end, of_new.end);
        let is_between = i > 0 && i + 1 < ops.len();
        let is_telling = !is_between || old[of_old.clone()].iter().any(is_word);
        let is_same = matches!(op, DiffOp::Equal { .. }) && is_telling;
        match runs.last_mut().filter(|last| last.is_same == is_same) {
            Some(last) => (last.old.end, last.new.end) = (of_old.end, of_new.end),
            None => runs.push(Run {
                old: of_old,
                new: of_new,
                is_same,
            }),
        }
    }
    runs
}

/// A text as words, and each other character by itself. Of scripts without spaces each character is one.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let is_part = (c.is_alphanumeric() || is_mark(c)) && !stands_alone(c);
        if !is_part {
            if start < at {
                tokens.push(&text[start..at]);
            }
            start = at + c.len_utf8();
            tokens.push(&text[at..start]);
        }
    }
    if start < text.len() {
        tokens.push(&text[start..]);
    }
    tokens
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}')
}

const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Pieces under way.
#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn add(&mut self, what: What, tokens: &[&str]) {
        if tokens.is_empty() {
            return;
        }
        let text = tokens.concat();
        match self.0.last_mut() {
            Some(last) if last.what == what => last.text.push_str(&text),
            Some(_) | None => self.0.push(Piece { text, what }),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The difference in the notation of `wdiff`.
    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let told: String = difference(old, new)
            .iter()
            .map(|piece| match piece.what {
                What::Same => piece.text.clone(),
                What::Removed => format!("[-{}-]", piece.text),
                What::Added => format!("{{+{}+}}", piece.text),
            })
            .collect();
        assert_eq!(told, expected);
    }

    #[test]
    fn words_that_have_changed_are_told() {
        check("the same", "the same", "the same");
        check(
            "cut once a day",
            "trimmed once a day",
            "[-cut-]{+trimmed+} once a day",
        );
        check("a lamp", "a small lamp", "a {+small +}lamp");
        check(
            "il pleut ici",
            "il neige là",
            "il [-pleut ici-]{+neige là+}",
        );
        check("漢字を書く", "漢字を読む", "漢字を[-書く-]{+読む+}");
        check("", "all new", "{+all new+}");
        check("all gone", "", "[-all gone-]");
    }

    #[test]
    fn texts_that_have_little_in_common_are_told_as_a_whole() {
        let (old, new) = ("a ".repeat(3000), "b ".repeat(3000));
        assert_eq!(difference(&old, &new).len(), 3);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_had_back(
            old in "([ab]{1,2}|[ .]|é|漢|\u{301}){0,30}", new in "([ab]{1,2}|[ .]|é|漢|\u{301}){0,30}",
        ) {
            let pieces = difference(&old, &new);
            let all = |but: What| -> String {
                pieces.iter().filter(|p| p.what != but).map(|p| p.text.as_str()).collect()
            };
            prop_assert_eq!(all(What::Added), old);
            prop_assert_eq!(all(What::Removed), new);
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
        }
    }
}
