//! What counts as a word: the same for the index, for what is asked for, and for what is shown of a hit.
//!
//! Scripts that put no spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are cut into pairs of letters
//! that overlap, and the last letter of a run by itself: any part of a run is then found as a phrase, a single letter as
//! the beginning of a pair.

use std::borrow::Cow;
use std::ops::Range;

use crate::model::query::{Words, fold};

/// A text as its words go into the index.
pub fn indexed(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    let mut cut = String::with_capacity(folded.len() * 2);
    for run in runs(&folded) {
        match run {
            Run::Spaced(text) => cut.push_str(text),
            Run::Joined(text) => push_pairs(&mut cut, text),
        }
    }
    cut
}

/// Words as FTS5 is asked for them: a phrase. `None` when there is no letter in them.
pub fn phrase(words: &Words) -> Option<String> {
    let folded = words.folded();
    if !folded.chars().any(char::is_alphanumeric) {
        return None;
    }
    let mut phrase = String::from("\"");
    let mut goes_on = words.is_start();
    for run in runs(folded) {
        match run {
            Run::Spaced(text) => {
                phrase.push_str(&text.replace('"', " "));
                if text.chars().any(char::is_alphanumeric) {
                    goes_on = words.is_start();
                }
            }
            Run::Joined(text) => {
                push_asked_pairs(&mut phrase, text);
                // of one letter, only pairs that begin with it are in the index, unless it ends a run
                goes_on = text.chars().nth(1).is_none();
            }
        }
    }
    phrase.push_str(if goes_on { "\"*" } else { "\"" });
    Some(phrase)
}

enum Run<'a> {
    /// Of a script with spaces, or no letters at all.
    Spaced(&'a str),
    /// Letters of a script without spaces.
    Joined(&'a str),
}

fn runs(text: &str) -> impl Iterator<Item = Run<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_first = is_joined(rest.chars().next()?);
        let end = rest
            .find(|c| is_joined(c) != is_first)
            .unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(if is_first {
            Run::Joined(run)
        } else {
            Run::Spaced(run)
        })
    })
}

fn push_pairs(into: &mut String, run: &str) {
    into.push(' ');
    let mut letters = run.chars().peekable();
    while let Some(letter) = letters.next() {
        into.push(letter);
        into.extend(letters.peek());
        into.push(' ');
    }
}

/// The pairs of what is asked for: its last letter need not end a run.
fn push_asked_pairs(into: &mut String, run: &str) {
    into.push(' ');
    let mut letters = run.chars().peekable();
    let is_single = run.chars().nth(1).is_none();
    while let Some(letter) = letters.next() {
        if let Some(next) = letters.peek() {
            into.extend([letter, *next, ' ']);
        } else if is_single {
            into.extend([letter, ' ']);
        }
    }
}

/// Whether a letter is of a script that puts no spaces between words.
const fn is_joined(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' // Thai and Lao, Burmese, Khmer
        | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{309f}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A word of a text, or a letter of a script without spaces.
struct Token<'a> {
    at: Range<usize>,
    folded: Cow<'a, str>,
}

fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += text[at..].find(char::is_alphanumeric)?;
        let rest = &text[at..];
        let first = rest.chars().next()?;
        let end = if is_joined(first) {
            first.len_utf8() + rest[first.len_utf8()..].find(is_no_mark).unwrap_or(0)
        } else {
            rest.find(|c| is_joined(c) || (!char::is_alphanumeric(c) && is_no_mark(c)))
                .unwrap_or(rest.len())
        };
        let word = &rest[..end];
        let range = at..at + end;
        at = range.end;
        let is_plain = word
            .bytes()
            .all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        let folded = if is_plain {
            Cow::Borrowed(word)
        } else {
            Cow::Owned(fold(word))
        };
        Some(Token { at: range, folded })
    })
}

/// Whether a character is none that changes the letter before it; close enough for showing hits.
const fn is_no_mark(c: char) -> bool {
    !matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}' | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}')
}

/// Words that are looked for in texts that are shown.
#[derive(Debug)]
pub struct Wanted {
    words: Vec<String>,
    goes_on: bool,
}

impl Wanted {
    /// Of words that are asked for; `None` when there is no letter in them.
    pub fn new(words: &Words) -> Option<Self> {
        let tokens: Vec<_> = tokens(words.folded())
            .map(|token| token.folded.into_owned())
            .collect();
        (!tokens.is_empty()).then(|| Self {
            words: tokens,
            goes_on: words.is_start(),
        })
    }
}

/// Where words stand in a text: the bytes, and which of those wanted, in the order of the text.
pub fn places(text: &str, wanted: &[Wanted]) -> Vec<(Range<usize>, usize)> {
    let tokens: Vec<Token> = tokens(text).collect();
    let mut places = Vec::new();
    for start in 0..tokens.len() {
        for (which, wanted) in wanted.iter().enumerate() {
            let length = wanted.words.len();
            let Some(here) = tokens.get(start..start + length) else {
                continue;
            };
            let mut pairs = here.iter().zip(&wanted.words).enumerate();
            let is_here = pairs.all(|(i, (token, word))| {
                token.folded == *word
                    || (wanted.goes_on && i + 1 == length && token.folded.starts_with(word))
            });
            if is_here {
                places.push((here[0].at.start..here[length - 1].at.end, which));
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::query::{Expr, Over, Query, Term};

    fn words(typed: &str) -> Words {
        match Query::parse(typed, Over::Texts).unwrap().root {
            Expr::Term(Term::Words(words)) => words,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn check(typed: &str, expected: &str) {
        assert_eq!(phrase(&words(typed)).unwrap_or_default(), expected);
    }

    #[test]
    fn words_are_asked_for_as_phrases() {
        check("Été", "\"ete\"");
        check("lamp*", "\"lamp\"*");
        check("\"l’été dernier\"", "\"l'ete dernier\"");
        check("東京", "\" 東京 \"");
        check("東京駅", "\" 東京 京駅 \"");
        check("東", "\" 東 \"*");
        check("iphone版", "\"iphone 版 \"*");
        check("版a", "\" 版 a\"");
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(indexed("in 東京駅 x"), "in  東京 京駅 駅  x");
        assert_eq!(indexed("Plain Words"), "plain words");
        assert_eq!(indexed("เสือ").split_whitespace().count(), 3);
    }

    #[test]
    fn hits_are_found_where_they_stand() {
        let wanted: Vec<_> = ["ete", "\"deux mots\"", "東京", "lam*"]
            .map(|typed| Wanted::new(&words(typed)).unwrap())
            .into();
        let text = "L’Été, deux  mots; 在東京。 LAMPE cliché";
        let found: Vec<_> = places(text, &wanted)
            .into_iter()
            .map(|(at, which)| (&text[at], which))
            .collect();
        assert_eq!(
            found,
            [("Été", 0), ("deux  mots", 1), ("東京", 2), ("LAMPE", 3)]
        );
    }

    proptest! {
        #[test]
        fn any_text_can_be_indexed_and_looked_into(text in "\\PC{0,60}", asked in "\\PC{1,8}") {
            indexed(&text);
            if let Ok(query) = Query::parse(&asked, Over::Texts) {
                let wanted: Vec<_> = query.words().into_iter().filter_map(Wanted::new).collect();
                for (at, _) in places(&text, &wanted) {
                    prop_assert!(text.is_char_boundary(at.start) && text.is_char_boundary(at.end));
                }
                for words in query.words() {
                    phrase(words);
                }
            }
        }
    }
}
