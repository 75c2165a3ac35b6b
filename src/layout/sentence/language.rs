//! What a language says about the full stop behind a word.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::abbreviations::{GERMAN_BEFORE_ORDINALS, GERMAN_COUNTED, ROWS, SAME, WITH_ORDINALS};
use super::word_at;

/// What a full stop behind a word means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It leads to what follows, and the sentence goes on: `Dr. Smith`.
    Leads,
    /// It leads to a number: `No. 5`. Elsewhere it is a word.
    Numbers,
    /// The sentence is over when a word follows that starts sentences: `at 5 p.m. The …`.
    Either,
    /// The sentence is over, though the word looks like one of the others: `и т. д.`
    Ends,
}

/// Whose abbreviations count: the place of a language in the table; all of them when it is not known.
#[derive(Debug, Clone, Copy)]
pub struct Language(Option<usize>);

impl Language {
    /// The language with an ISO 639-1 code, with or without a region.
    pub fn of(code: Option<&str>) -> Self {
        let code = code.map_or("", |code| code.split(['-', '_']).next().unwrap_or(code));
        let is_same = |known: &str| known.eq_ignore_ascii_case(code);
        let code = SAME
            .iter()
            .find(|(other, _)| is_same(other))
            .map_or(code, |(_, code)| code);
        let row = ROWS
            .iter()
            .position(|row| !code.is_empty() && row.code.eq_ignore_ascii_case(code));
        Self(row)
    }

    fn code(self) -> &'static str {
        self.0.map_or("", |row| ROWS[row].code)
    }

    /// What a full stop behind a word means, which has none at its end.
    pub fn role(self, word: &str) -> Option<Role> {
        let meanings = MEANINGS.get(&key(word)?)?;
        let mut meant = meanings.iter().filter(|meaning| meaning.is_of(word));
        let found = match self.0 {
            Some(row) => meant
                .clone()
                .find(|meaning| meaning.row == row)
                .or_else(|| meant.find(|meaning| meaning.row == 0)),
            None => meant.find(|meaning| !meaning.is_own),
        };
        found.map(|meaning| meaning.role)
    }

    /// Whether a text starts with a word that starts sentences and is hardly ever a part of a name.
    pub fn starts_sentence(self, text: &str) -> bool {
        let word = word_at(text);
        let after = &text[word.len()..];
        if after.starts_with('.') && word.chars().count() == 1 {
            return false;
        }
        let starts = |word: &str| {
            STARTERS
                .get(word)
                .is_some_and(|rows| self.0.is_none_or(|row| rows.contains(&row)))
        };
        starts(word) || (after.starts_with(['\'', '’']) && starts(&format!("{word}'")))
    }

    /// Whether a word is counted with a figure and a full stop: `3. Oktober`.
    pub fn is_counted(self, word: &str) -> bool {
        matches!(self.code(), "de" | "") && COUNTED.contains(word)
    }

    /// Whether a figure behind a word is an ordinal, when a full stop is behind that: `die 3. Liga`.
    pub fn leads_ordinal(self, word: &str) -> bool {
        self.code() == "de" && BEFORE_ORDINALS.contains(word.to_lowercase().as_str())
    }

    /// Whether ordinals are written with a full stop.
    pub fn has_ordinals(self) -> bool {
        WITH_ORDINALS.contains(&self.code())
    }

    /// Whether a figure with a full stop is an ordinal whatever stands before it, as sentences end with their verb.
    pub fn has_bare_ordinals(self) -> bool {
        self.code() == "tr"
    }

    /// Whether a semicolon asks a question.
    pub fn is_greek(self) -> bool {
        self.code() == "el"
    }
}

/// The first letter as a small one, and the length in bytes: few words are alike in both.
fn key(word: &str) -> Option<(char, usize)> {
    Some((small(word.chars().next()?), word.len()))
}

fn small(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// What a row says about a word.
struct Meaning {
    word: &'static str,
    row: usize,
    role: Role,
    /// Whether it counts only where the language is known.
    is_own: bool,
}

impl Meaning {
    /// Whether it is the meaning of a word, which may have a capital where this has none.
    fn is_of(&self, word: &str) -> bool {
        let (mut ours, mut theirs) = (self.word.chars(), word.chars());
        let (our_first, their_first) = (ours.next(), theirs.next());
        ours.as_str() == theirs.as_str()
            && (our_first == their_first || our_first == their_first.map(small))
    }
}

/// What is said about words, by their [`key`].
static MEANINGS: LazyLock<HashMap<(char, usize), Vec<Meaning>>> = LazyLock::new(|| {
    let mut meanings: HashMap<_, Vec<_>> = HashMap::new();
    for (i, row) in ROWS.iter().enumerate() {
        let columns = [
            (row.leads, Role::Leads, false),
            (row.own, Role::Leads, true),
            (row.numbers, Role::Numbers, false),
            (row.either, Role::Either, false),
            (row.ends, Role::Ends, false),
        ];
        for (words, role, is_own) in columns {
            for word in words.split_whitespace() {
                let meaning = Meaning {
                    word,
                    row: i,
                    role,
                    is_own,
                };
                if let Some(key) = key(word) {
                    meanings.entry(key).or_default().push(meaning);
                }
            }
        }
    }
    meanings
});

/// The rows that a word starts sentences in.
static STARTERS: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut starters: HashMap<_, Vec<_>> = HashMap::new();
    for (i, row) in ROWS.iter().enumerate() {
        for word in row.starters.split_whitespace() {
            starters.entry(word).or_default().push(i);
        }
    }
    starters
});

static COUNTED: LazyLock<HashSet<&str>> =
    LazyLock::new(|| GERMAN_COUNTED.split_whitespace().collect());

static BEFORE_ORDINALS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| GERMAN_BEFORE_ORDINALS.split_whitespace().collect());
