//! The language in which articles are asked for: in a search, on the filter line of the library, in `list` and in saved
//! searches. `docs/search.md` tells it to the reader.
//!
//! A query is words, "phrases" and `field:value`s that must all hold; `OR` and `|` offer another way, `-` and `NOT` turn
//! round what follows, parentheses group. What stands side by side binds tighter than `OR`. Case and accents do not count.

mod date;
mod fold;
mod kept;
mod lex;
mod parse;
mod sieve;
mod write;

pub use date::{Clock, Date, Unit};
pub use fold::{Folded, Texts, fold};
pub use kept::{Kept, unknown_kind};
pub use sieve::Sieve;

use std::fmt;
use std::ops::Range;

use super::article::{Article, Status};

/// A longer query is refused, in bytes.
pub const MAX_LENGTH: usize = 10_000;
/// Parentheses and `-` inside each other beyond this many are refused.
pub const MAX_DEPTH: usize = 32;

/// What the reader asks for. Written out again by `Display` so that it reads as the same query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The whole of it.
    pub root: Expr,
}

/// A part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// All of these hold; of none: everything is asked for. Never only one.
    All(Vec<Expr>),
    /// One of these holds; at least two.
    Any(Vec<Expr>),
    /// This does not hold.
    Not(Box<Expr>),
    /// A single term.
    Term(Term),
}

impl Default for Expr {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// The smallest part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// Words anywhere: in a search in the text, in lists in title, author or folder.
    Words(Words),
    /// Words in one part of an article.
    Text(Field, Words),
    /// The folder the article lies in, or one above it: `/`-separated names, each whole; of a start, the last name only
    /// begins so. Empty for the top.
    Folder(Words),
    /// The primary part of a language's code: two or three lower-case letters.
    Language(String),
    /// A state.
    Is(Is),
    /// Reading time in minutes, both ends included; `u32::MAX` for no upper end.
    Minutes(u32, u32),
    /// Changed on this day or later; of a bookmark, added.
    After(Date),
    /// Changed before this day; of a bookmark, added.
    Before(Date),
}

/// A part of an article that words can be looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `title:`, of the article.
    Title,
    /// `author:`, of the article.
    Author,
    /// `section:`, the heading of a section.
    Section,
    /// `note:`, what the reader wrote to a bookmark.
    Note,
    /// `tag:`, of a bookmark.
    Tag,
    /// `kind:`, of a bookmark.
    Kind,
}

impl Field {
    /// Its name before the colon.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Author => "author",
            Self::Section => "section",
            Self::Note => "note",
            Self::Tag => "tag",
            Self::Kind => "kind",
        }
    }
}

/// What `is:` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Is {
    /// Nothing of it has been seen.
    Unread,
    /// Begun, and not read to the end.
    Begun,
    /// Read to the end.
    Read,
    /// It holds a bookmark.
    Bookmarked,
    /// Its file is gone.
    Missing,
}

impl Is {
    /// Every one with its name.
    pub const NAMES: [(&str, Self); 5] = [
        ("unread", Self::Unread),
        ("begun", Self::Begun),
        ("read", Self::Read),
        ("bookmarked", Self::Bookmarked),
        ("missing", Self::Missing),
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Begun => "begun",
            Self::Read => "read",
            Self::Bookmarked => "bookmarked",
            Self::Missing => "missing",
        }
    }
}

/// A word, or several that follow one another. Never empty but in [`Term::Folder`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    text: String,
    folded: String,
    is_start: bool,
}

impl Words {
    /// These words; white space of any kind counts as one space.
    fn new(text: &str) -> Self {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self {
            folded: fold(&text),
            text,
            is_start: false,
        }
    }

    /// As they were typed, one space between them.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Without case and accents: see [`fold`].
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// Whether the last word may go on: `lamp*`.
    pub const fn is_start(&self) -> bool {
        self.is_start
    }

    /// Whether a folded text has them: anywhere; of a start, where a word begins.
    pub fn is_in(&self, folded: &str) -> bool {
        if !self.is_start {
            return folded.contains(&self.folded);
        }
        folded
            .match_indices(&self.folded)
            .any(|(at, _)| !folded[..at].ends_with(char::is_alphanumeric))
    }
}

/// What a query goes over. Not every field means something everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// What lists know of articles.
    Lists,
    /// The texts of articles.
    Texts,
    /// Bookmarks.
    Bookmarks,
}

/// What is wrong in a query, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes of the text that are wrong; may be empty at its end.
    pub at: Range<usize>,
    /// What is wrong, and what would be right: one line.
    pub what: String,
    /// Whether it may come right as more is typed.
    pub is_unfinished: bool,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl Query {
    /// Reads a query as it stands.
    ///
    /// # Errors
    /// The first thing that is wrong in it.
    pub fn parse(text: &str, over: Over) -> Result<Self, Mistake> {
        let (query, mistakes) = parse::parse(text, over);
        match mistakes.into_iter().next() {
            Some(mistake) => Err(mistake),
            None => Ok(query),
        }
    }

    /// Reads what has been typed so far: what is wrong is left out and told, what is only not finished is left out and
    /// not told. In a search the last word may go on.
    pub fn typed(text: &str, over: Over) -> (Self, Option<Mistake>) {
        let (mut query, mistakes) = parse::parse(text, over);
        let goes_on = text.ends_with(|c: char| c.is_alphanumeric());
        if goes_on && let Some(last) = last_words(&mut query.root, over) {
            last.is_start = true;
        }
        (query, mistakes.into_iter().find(|m| !m.is_unfinished))
    }

    /// Whether it asks for everything.
    pub fn is_everything(&self) -> bool {
        self.root == Expr::default()
    }

    /// Whether this asks for nothing that the other one does not ask for, too; for lists, and only as far as it can be told
    /// from the words.
    pub fn narrows(&self, other: &Self) -> bool {
        let own = self.root.parts();
        let is_kept = |part: &Expr| own.iter().any(|own| own.narrows(part));
        other.root.parts().iter().all(is_kept)
    }

    /// Whether the query holds where its terms hold as told.
    pub fn holds(&self, holds: impl Fn(&Term) -> bool) -> bool {
        self.root.holds(&holds)
    }

    /// Whether an article of a list is asked for. Of many articles, [`Query::sieve`] is asked faster.
    pub fn matches(&self, facts: &Facts, clock: Clock) -> bool {
        self.holds(|term| term.matches(facts, clock))
    }

    /// The words that are asked for in the text itself, those in [`Expr::Not`] aside: what to show in it.
    pub fn words(&self) -> Vec<&Words> {
        let mut words = Vec::new();
        self.root.words(&mut words);
        words
    }
}

impl Expr {
    /// What must all hold.
    fn parts(&self) -> &[Self] {
        match self {
            Self::All(all) => all,
            Self::Any(_) | Self::Not(_) | Self::Term(_) => std::slice::from_ref(self),
        }
    }

    /// Whether the other one holds wherever this does.
    fn narrows(&self, other: &Self) -> bool {
        let is_longer = |own: &Words, other: &Words| {
            !own.is_start && !other.is_start && own.folded.contains(&other.folded)
        };
        match (self, other) {
            (Self::Term(Term::Words(own)), Self::Term(Term::Words(other))) => {
                own == other || is_longer(own, other)
            }
            (Self::Term(Term::Text(field, own)), Self::Term(Term::Text(of, other))) => {
                field == of && (own == other || is_longer(own, other))
            }
            _ => self == other,
        }
    }

    fn holds(&self, holds: &dyn Fn(&Term) -> bool) -> bool {
        match self {
            Self::All(all) => all.iter().all(|expr| expr.holds(holds)),
            Self::Any(any) => any.iter().any(|expr| expr.holds(holds)),
            Self::Not(expr) => !expr.holds(holds),
            Self::Term(term) => holds(term),
        }
    }

    fn words<'a>(&'a self, words: &mut Vec<&'a Words>) {
        match self {
            Self::All(all) | Self::Any(all) => all.iter().for_each(|expr| expr.words(words)),
            Self::Term(Term::Words(w) | Term::Text(Field::Section, w)) => words.push(w),
            Self::Not(_) | Self::Term(_) => {}
        }
    }
}

/// The words that a query ends with, where more letters may follow.
fn last_words(expr: &mut Expr, over: Over) -> Option<&mut Words> {
    match expr {
        Expr::All(all) | Expr::Any(all) => last_words(all.last_mut()?, over),
        Expr::Term(Term::Folder(words)) => Some(words),
        Expr::Term(Term::Text(Field::Tag | Field::Kind, words)) => Some(words),
        Expr::Term(Term::Words(words) | Term::Text(_, words)) => {
            (over == Over::Texts).then_some(words)
        }
        // half a word must not take away more than the whole one
        Expr::Not(_) | Expr::Term(_) => None,
    }
}

/// What lists know of an article.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Title, author and folder.
    pub folded: Folded<'a>,
    /// ISO 639-1, when it could be told.
    pub language: Option<&'a str>,
    /// What the reader has read of it.
    pub status: Status,
    /// Reading time in minutes.
    pub minutes: u32,
    /// When the file last changed, in milliseconds since 1970.
    pub modified: i64,
    /// How many bookmarks it holds.
    pub bookmarks: usize,
    /// Whether its file is gone.
    pub missing: bool,
}

impl<'a> Facts<'a> {
    /// What is known of this article.
    pub fn of(article: &'a Article, folded: Folded<'a>) -> Self {
        Self {
            folded,
            language: article.language.as_deref(),
            status: article.status,
            minutes: article.minutes,
            modified: article.modified,
            bookmarks: article.bookmarks,
            missing: article.missing,
        }
    }
}

impl Term {
    /// Whether it holds for an article of a list.
    pub fn matches(&self, facts: &Facts, clock: Clock) -> bool {
        match self {
            Self::Words(words) => words.is_in(facts.folded.all()),
            Self::Text(Field::Title, words) => words.is_in(facts.folded.title()),
            Self::Text(Field::Author, words) => words.is_in(facts.folded.author()),
            // lists know nothing of these: `parse` refuses them there
            Self::Text(Field::Section | Field::Note | Field::Tag | Field::Kind, _) => false,
            Self::Folder(folder) => is_below(facts.folded.folder(), folder),
            Self::Language(code) => facts.language.is_some_and(|l| primary(l) == code),
            Self::Is(is) => match is {
                Is::Unread => facts.status == Status::Unread,
                Is::Begun => matches!(facts.status, Status::Begun(_)),
                Is::Read => facts.status == Status::Read,
                Is::Bookmarked => facts.bookmarks > 0,
                Is::Missing => facts.missing,
            },
            Self::Minutes(least, most) => (*least..=*most).contains(&facts.minutes),
            Self::After(date) => facts.modified >= date.start(clock),
            Self::Before(date) => facts.modified < date.start(clock),
        }
    }
}

/// Whether a folder is the one asked for or lies below it: its names stand in the path one after the other.
fn is_below(path: &str, asked: &Words) -> bool {
    let wanted = asked.folded();
    if wanted.is_empty() {
        return path.is_empty();
    }
    path.match_indices(wanted).any(|(at, _)| {
        let rest = &path[at + wanted.len()..];
        (at == 0 || path[..at].ends_with('/'))
            && (asked.is_start() || rest.is_empty() || rest.starts_with('/'))
    })
}

fn primary(language: &str) -> &str {
    language.split(['-', '_']).next().unwrap_or(language)
}

/// The fields a query may have there, each with what it asks for, in the order they are told.
pub fn fields(over: Over) -> impl Iterator<Item = (&'static str, &'static str)> {
    lex::FIELDS
        .iter()
        .filter(move |field| field.over.contains(&over))
        .map(|field| (field.name, field.help))
}

/// What can stand where a text ends: the rest of a field's name with its colon, or of a value that has a name. The whole
/// text, completed, the likeliest first.
pub fn completions(text: &str, over: Over) -> Vec<String> {
    let start = text
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '|' | '"'))
        .map_or(0, |at| {
            at + text[at..].chars().next().map_or(1, char::len_utf8)
        });
    let (before, word) = text.split_at(start);
    let (dash, word) = match word.strip_prefix('-') {
        Some(word) => ("-", word),
        None => ("", word),
    };
    let completed = |name: &str, colon: &str| format!("{before}{dash}{name}{colon}");
    if let Some((field, value)) = word.split_once(':') {
        let field = field.to_lowercase();
        let value = value.to_lowercase();
        let begins = |name: &&str| name.starts_with(&value) && **name != value;
        let of_field = |name: &str| completed(&format!("{field}:{name}"), "");
        return lex::values(&field)
            .into_iter()
            .filter(begins)
            .map(of_field)
            .collect();
    }
    if word.is_empty() {
        return Vec::new();
    }
    let word = word.to_lowercase();
    fields(over)
        .filter(|(name, _)| name.starts_with(&word))
        .map(|(name, _)| completed(name, ":"))
        .collect()
}

#[cfg(test)]
mod tests;
