//! An article as the library knows it, and what the reader did with it.

use std::fmt;
use std::num::NonZeroU8;
use std::path::PathBuf;
use std::sync::Arc;

use super::document::Position;
use super::quote::Quote;

/// Who an article is, whatever it is called and wherever it lies: the hash of its content when it was first met. The
/// journal ties later contents and paths to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArticleId(pub String);

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One thing to read: its source and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Who it is.
    pub id: ArticleId,
    /// Where it lies; `-` for standard input.
    pub path: PathBuf,
    /// The subfolder of the library that holds it, `/`-separated and clean; empty at the top.
    pub folder: String,
    /// Its title; the file name when the text has none. Clean, one line.
    pub title: String,
    /// Who wrote it, when the text says so. Clean, one line.
    pub author: Option<String>,
    /// ISO 639-1, when it could be told.
    pub language: Option<String>,
    /// Reading time in minutes, at least 1.
    pub minutes: u32,
    /// When the file last changed, in milliseconds since 1970.
    pub modified: i64,
    /// What the reader has read of it.
    pub status: Status,
    /// How many bookmarks it holds.
    pub bookmarks: usize,
    /// When the reader was last in it, in milliseconds since 1970; 0 for never.
    pub last_read: i64,
    /// Whether its file is gone; what the reader did with it is kept.
    pub missing: bool,
}

/// Words that a search found: in a section of an article, in its title, or in a note of the reader's.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article that has them.
    pub article: Article,
    /// The section that has them; its title is empty before the first heading.
    pub section: SectionKey,
    /// Where they are, as the text was when it was indexed: a hint.
    pub position: Position,
    /// The words with some of what stands around them, in one clean line.
    pub snippet: Vec<Piece>,
    /// Whether the snippet is of a note that the reader wrote, and not of the text.
    pub in_note: bool,
}

/// A piece of a snippet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Some text, never empty.
    pub text: String,
    /// Whether it is what was looked for.
    pub is_hit: bool,
}

/// How far the reader is with an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Status {
    /// Nothing of it has really been seen.
    #[default]
    Unread,
    /// A section has been seen; the reader is at this percentage.
    Begun(u8),
    /// The end has been seen, or the reader said so.
    Read,
}

impl Status {
    /// The word for it, on the screen and in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Begun(_) => "begun",
            Self::Read => "read",
        }
    }
}

/// Where the reader is: the words at the top of the screen, found again when the text has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// The words at the top of the pane.
    pub quote: Quote,
    /// Thousandths of the text before them, 0–1000: where to look when the words are gone, and what lists show.
    pub thousandths: u16,
}

/// A passage kept by the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// Unique among all bookmarks of all machines.
    pub id: BookmarkId,
    /// The passage.
    pub quote: Quote,
    /// The title of the section that held it.
    pub section: String,
    /// The titles of the sections in which that section stood, the outermost first.
    pub above: Vec<String>,
    /// What it was highlighted as; `None` for a plain bookmark.
    pub kind: Option<Kind>,
    /// The words it is filed under, as [`tag`] writes them, in the order in which they were given.
    pub tags: Vec<String>,
    /// What the reader wrote to it; empty when nothing. May have several lines.
    pub note: String,
    /// The letter it can be jumped to with: `a`–`z` inside the article, `A`–`Z` from everywhere.
    pub letter: Option<char>,
    /// Whether its words are not looked for any more: they were lost, and the reader keeps them as a note.
    pub is_loose: bool,
    /// When it was made, in milliseconds since 1970.
    pub added: i64,
}

/// A bookmark with the article that holds it: shared, for there may be a hundred thousand.
pub type Kept = (Arc<Article>, Arc<Bookmark>);

impl Bookmark {
    /// A plain bookmark of a passage in the open: no section, nothing written to it.
    pub const fn plain(id: BookmarkId, quote: Quote, added: i64) -> Self {
        Self {
            id,
            quote,
            section: String::new(),
            above: Vec::new(),
            kind: None,
            tags: Vec::new(),
            note: String::new(),
            letter: None,
            is_loose: false,
            added,
        }
    }

    /// The titles of the sections that held it, the outermost first.
    pub fn path(&self) -> impl Iterator<Item = &str> {
        let above = self.above.iter().map(String::as_str);
        above.chain(std::iter::once(self.section.as_str()).filter(|s| !s.is_empty()))
    }
}

/// What a passage was highlighted as: a number from 1 on. The configuration names the first [`Kind::COUNT`]; a later
/// version may have more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(NonZeroU8);

impl Kind {
    /// How many kinds there are.
    pub const COUNT: usize = 5;

    /// The kind of a number; there is none of the number 0.
    pub const fn new(number: u8) -> Option<Self> {
        match NonZeroU8::new(number) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// Its number, from 1 on.
    pub const fn number(self) -> u8 {
        self.0.get()
    }

    /// Where it stands in a list of all kinds, from 0 on.
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// A tag longer than this is cut, in characters.
const MAX_TAG: usize = 60;

/// A word to file passages under, as it is kept: without `#` before it, with `_` for white space and without commas.
/// `None` when nothing is left.
pub fn tag(text: &str) -> Option<String> {
    let words = text.trim_start_matches(|c: char| c == '#' || c.is_whitespace());
    let words: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || c.is_control() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    let tag: String = words.join("_").chars().take(MAX_TAG).collect();
    (!tag.is_empty()).then_some(tag)
}

/// The tags in a text, between commas or white space; each once, whatever its case.
pub fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter_map(tag)
    {
        add_tag(&mut tags, tag);
    }
    tags
}

/// Adds a tag that is not there yet, whatever its case.
pub fn add_tag(tags: &mut Vec<String>, tag: String) {
    let folded = tag.to_lowercase();
    if !tags.iter().any(|other| other.to_lowercase() == folded) {
        tags.push(tag);
    }
}

/// Which bookmark: the time and machine that made it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BookmarkId(pub String);

/// Which section of an article, in words that survive an edit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectionKey {
    /// The section's title; of a stretch its first words.
    pub title: String,
    /// How many sections of the same title stand before it.
    pub nth: u32,
}

/// How much of a section has been on the screen long enough to be read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its first line.
    pub start: bool,
    /// Its last line.
    pub end: bool,
    /// Some line of it.
    pub some: bool,
}

impl Seen {
    /// Whether all of it counts as read: it was begun and it was ended.
    pub const fn is_whole(self) -> bool {
        self.start && self.end
    }

    /// Both together.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self {
            start: self.start || other.start,
            end: self.end || other.end,
            some: self.some || other.some,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(tags(text), expected);
    }

    #[test]
    fn tags_are_words_and_each_is_there_once() {
        check("", &[]);
        check(" , # ##", &[]);
        check("sea, #Salt sea SALT", &["sea", "Salt"]);
        check("été\u{202f}海", &["été", "海"]);
        assert_eq!(tag(" # salt  water "), Some("salt_water".into()));
        assert_eq!(tag(&"x".repeat(100)).unwrap().len(), MAX_TAG);
    }

    #[test]
    fn kinds_are_numbered_from_one() {
        assert_eq!(Kind::new(0), None);
        assert_eq!(
            Kind::new(5).map(|kind| (kind.number(), kind.index())),
            Some((5, 4))
        );
    }
}
