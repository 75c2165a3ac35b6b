//! Whether the hyphen at the end of a line is the word's own, as in `self-evident`, or was put there to break it.
//!
//! The text itself knows best: what stands elsewhere in one piece was broken, what stands elsewhere with a hyphen has one.
//! Where it says neither, a few rules of the language do; else the word was broken, which most hyphens at the ends of
//! lines come from.

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::formats::letters;

/// So much of a text is read for its words, in bytes.
const SAMPLE: usize = 4 * 1024 * 1024;
/// Two English words of so many letters or more are a compound.
const LONG_WORD: usize = 4;

/// The words of a text, read when the first hyphen asks for them.
pub(in crate::formats) struct Vocabulary<'a> {
    text: &'a str,
    words: OnceCell<HashSet<String>>,
}

impl<'a> Vocabulary<'a> {
    pub(in crate::formats) const fn of(text: &'a str) -> Self {
        Self {
            text,
            words: OnceCell::new(),
        }
    }

    /// Whether the hyphen at the end of `before` only breaks a word that goes on at the start of `after`.
    pub(super) fn is_broken(&self, before: &str, after: &str) -> bool {
        let words = self.words.get_or_init(|| words(self.text));
        let mut head = String::new();
        letters::push_small(last_word(before), &mut head);
        let mut tail = String::new();
        letters::push_small(first_word(after), &mut tail);
        let is_one = words.contains(&format!("{head}{tail}"));
        let is_two = words.contains(&format!("{head}-{tail}"));
        if is_one != is_two {
            return is_one;
        }
        !keeps_hyphen(&head, &tail, |word| words.contains(word))
    }
}

/// What the language says of a hyphen between two parts of a word in small letters.
fn keeps_hyphen(head: &str, tail: &str, has: impl Fn(&str) -> bool) -> bool {
    // of `mother-in-law`, `state-of-the-art`
    if let Some((_, small)) = head.rsplit_once('-') {
        return small.chars().count() <= 3;
    }
    if has("the") && has("of") {
        let is_compound = |word: &str| word.chars().count() >= LONG_WORD && has(word);
        return head == "self"
            && !["ish", "less", "hood"]
                .iter()
                .any(|end| tail.starts_with(end))
            || ENGLISH_TAILS.contains(&tail)
            || !CLOSED_HEADS.contains(&head) && is_compound(head) && is_compound(tail);
    }
    if has("les") && has("des") {
        return FRENCH_TAILS.contains(&tail);
    }
    RUSSIAN_HEADS.contains(&head) && RUSSIAN_TAILS.contains(&tail)
}

/// Ends of English words that have a hyphen before them.
const ENGLISH_TAILS: &[&str] = &[
    "based", "driven", "free", "friendly", "funded", "minded", "oriented", "owned", "related",
    "scale", "style", "term",
];
/// Beginnings of English words that are written in one.
const CLOSED_HEADS: &[&str] = &[
    "after", "any", "back", "down", "every", "fore", "foot", "hand", "head", "here", "home",
    "house", "inter", "life", "mean", "more", "news", "note", "other", "over", "rail", "same",
    "some", "super", "them", "there", "under", "water", "what", "when", "where", "with", "work",
    "your",
];
/// Pronouns that French binds to a verb.
const FRENCH_TAILS: &[&str] = &[
    "ci", "elle", "elles", "il", "ils", "je", "leur", "lui", "moi", "même", "mêmes", "nous", "on",
    "toi", "tu", "vous",
];
/// Russian pronouns and what is bound to them.
const RUSSIAN_HEADS: &[&str] = &[
    "где",
    "как",
    "какая",
    "какие",
    "какое",
    "какой",
    "когда",
    "кого",
    "кто",
    "куда",
    "почему",
    "чего",
    "чем",
    "что",
];
const RUSSIAN_TAILS: &[&str] = &["либо", "нибудь", "то"];

fn is_of_word(c: char) -> bool {
    c == '-' || letters::is_alphanumeric(c)
}

/// The last word of a line without the hyphen at its end.
fn last_word(line: &str) -> &str {
    let line = line.trim_end_matches('-');
    let start = line
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_of_word(c))
        .last();
    start.map_or("", |(start, _)| &line[start..])
}

fn first_word(line: &str) -> &str {
    let end = line.find(|c: char| !is_of_word(c));
    line[..end.unwrap_or(line.len())].trim_end_matches('-')
}

/// The words of a text in small letters, but for those that were broken.
fn words(text: &str) -> HashSet<String> {
    let mut words = HashSet::new();
    let mut small = String::new();
    let mut is_broken = false;
    for line in text[..text.floor_char_boundary(SAMPLE)].lines() {
        let all = line.split(|c: char| !is_of_word(c));
        for word in all.filter(|word| !word.is_empty()) {
            if word.ends_with('-') {
                is_broken = true;
            } else if !std::mem::take(&mut is_broken) {
                small.clear();
                letters::push_small(word, &mut small);
                if !words.contains(&small) {
                    words.insert(small.clone());
                }
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, before: &str, after: &str, is_broken: bool) {
        let told = Vocabulary::of(text).is_broken(before, after);
        assert_eq!(told, is_broken, "{before} {after}");
    }

    #[test]
    fn the_words_of_the_text_tell() {
        check("One more example.", "for exam-", "ple, see", true);
        check(
            "A self-evident truth.",
            "it is self-",
            "evident that",
            false,
        );
        check("The co-author and others.", "his co-", "author", false);
        check("A long-term plan", "a Long-", "term", false);
        check("Eine Haustür.", "die Haus-", "tür", true);
        // what was broken itself says nothing
        check("for exam-\nple", "for exam-", "ple", true);
    }

    #[test]
    fn the_language_tells_where_the_words_do_not() {
        let english = "the end of evident known brown selfish without";
        check(english, "it is self-", "evident", false);
        check(english, "a self-", "ish man", true);
        check(english, "the climate-", "related one", false);
        check(english, "mother-in-", "law", false);
        check(english, "well-estab-", "lished", true);
        check(english, "the har-", "bour", true);
        let both = "the market of the farmers";
        check(both, "a farmers-", "market day", false);
        let french = "les amis des enfants";
        check(french, "dit-", "il alors", false);
        check(french, "le gouverne-", "ment", true);
        check("", "кто-", "нибудь", false);
        check("", "прави-", "тельство", true);
    }
}
