//! What `--json` prints. Keys stay as they are: other programs read them.

use std::io::Write;

use serde::Serialize;

use super::bookmarks::fragment;
use crate::journal::{self, Remark};
use crate::library::{Listed, Passage};
use crate::model::article::{self, Status};
use crate::model::correction::Said;
use crate::model::document::Document;
use crate::model::outline::{self, SectionKind};

/// What `outline --json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Outline<'a> {
    title: &'a str,
    language: Option<&'a str>,
    sections: Vec<Section<'a>>,
}

#[derive(Debug, Serialize)]
struct Section<'a> {
    title: &'a str,
    level: u8,
    line: u32,
    words: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
}

/// Which sections are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sections {
    /// Those with a heading.
    Headings,
    /// All, each with its kind.
    All,
}

impl<'a> Outline<'a> {
    /// The sections of a document.
    pub fn new(document: &'a Document, outline: &'a outline::Outline, listed: Sections) -> Self {
        let is_listed =
            |s: &&outline::Section| listed == Sections::All || s.kind == SectionKind::Heading;
        let sections = outline
            .sections
            .iter()
            .filter(is_listed)
            .map(|section| Section {
                kind: (listed == Sections::All).then_some(match section.kind {
                    SectionKind::Opening => "opening",
                    SectionKind::Heading => "heading",
                    SectionKind::Stretch => "stretch",
                }),
                title: &section.title,
                level: section.level,
                line: super::outline::line(document, section),
                words: super::outline::words(document, section),
            });
        Self {
            title: &document.metadata.title,
            language: document.metadata.language.as_deref(),
            sections: sections.collect(),
        }
    }
}

/// One of what `list --json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Article<'a> {
    id: &'a str,
    path: String,
    folder: &'a str,
    title: &'a str,
    language: Option<&'a str>,
    minutes: u32,
    modified: i64,
    state: &'static str,
    percent: u8,
    bookmarks: usize,
}

impl<'a> Article<'a> {
    /// An article of the list.
    pub fn new(article: &'a article::Article) -> Self {
        Self {
            id: &article.id.0,
            path: article.path.to_string_lossy().into_owned(),
            folder: &article.folder,
            title: &article.title,
            language: article.language.as_deref(),
            minutes: article.minutes,
            modified: article.modified,
            state: article.status.word(),
            percent: match article.status {
                Status::Unread => 0,
                Status::Begun(percent) => percent,
                Status::Read => 100,
            },
            bookmarks: article.bookmarks,
        }
    }
}

/// One of what `bookmarks --json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Bookmark<'a> {
    id: &'a str,
    article: Holder<'a>,
    section: &'a str,
    text: &'a str,
    prefix: &'a str,
    suffix: &'a str,
    note: &'a str,
    letter: Option<char>,
    link: Option<String>,
    added: i64,
}

#[derive(Debug, Serialize)]
struct Holder<'a> {
    id: &'a str,
    path: String,
    title: &'a str,
    author: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
}

impl<'a> Bookmark<'a> {
    /// A bookmark with the article that holds it.
    pub fn new(passage: &'a Passage) -> Self {
        let Passage {
            article,
            metadata,
            bookmark,
            ..
        } = passage;
        Self {
            id: &bookmark.id.0,
            article: Holder {
                id: &article.id.0,
                path: article.path.to_string_lossy().into_owned(),
                title: &article.title,
                author: metadata.byline.as_deref(),
                date: metadata.date.as_deref(),
                url: metadata.url.as_deref(),
            },
            section: &bookmark.section,
            text: &bookmark.quote.exact,
            prefix: &bookmark.quote.prefix,
            suffix: &bookmark.quote.suffix,
            note: &bookmark.note,
            letter: bookmark.letter,
            link: fragment::link(passage),
            added: bookmark.added,
        }
    }
}

/// One of what `journal check --json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Checked<'a> {
    name: &'a str,
    own: bool,
    bytes: u64,
    lines: usize,
    facts: usize,
    first: Option<i64>,
    last: Option<i64>,
    remarks: Vec<RemarkOn>,
    spare_lines: usize,
    spare_bytes: u64,
}

#[derive(Debug, Serialize)]
struct RemarkOn {
    line: usize,
    what: &'static str,
}

impl<'a> Checked<'a> {
    /// A file of the journal.
    pub fn new(checked: &'a journal::Checked) -> Self {
        let remark = |&(line, remark): &(usize, Remark)| RemarkOn {
            line,
            what: match remark {
                Remark::Torn => "torn",
                Remark::Unknown => "unknown",
                Remark::TooLong => "too_long",
                Remark::Backwards => "backwards",
                Remark::Ahead => "ahead",
                Remark::Foreign => "foreign",
            },
        };
        Self {
            name: &checked.name,
            own: checked.is_own,
            bytes: checked.bytes,
            lines: checked.lines,
            facts: checked.facts,
            first: checked.times.map(|(first, _)| first),
            last: checked.times.map(|(_, last)| last),
            remarks: checked.remarks.iter().map(remark).collect(),
            spare_lines: checked.spare_lines,
            spare_bytes: checked.spare_bytes,
        }
    }
}

/// One of what `outline --corrections --json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Correction<'a> {
    role: &'static str,
    level: Option<u8>,
    exact: &'a str,
    prefix: &'a str,
    suffix: &'a str,
    section: &'a str,
    found: bool,
    in_force: bool,
    line: Option<u32>,
    made: i64,
}

impl<'a> Correction<'a> {
    /// A correction and the line of the block that was found for it.
    pub fn new(listed: &Listed<'a>, line: Option<u32>) -> Self {
        let correction = listed.correction;
        Self {
            role: correction.said.word(),
            level: match correction.said {
                Said::Heading(level) => Some(level),
                Said::Title | Said::Text | Said::Noise | Said::Nothing => None,
            },
            exact: &correction.quote.exact,
            prefix: &correction.quote.prefix,
            suffix: &correction.quote.suffix,
            section: &correction.section,
            found: listed.block.is_some(),
            in_force: listed.is_in_force,
            line,
            made: correction.made,
        }
    }
}

/// Prints a value as JSON. What could act on a terminal stands there as `\u009b`.
pub(super) fn print(out: &mut dyn Write, value: &impl Serialize) -> anyhow::Result<()> {
    let json = serde_json::to_string_pretty(value)?;
    let mut written = 0;
    // JSON itself is ASCII: such characters are inside of strings
    for (at, c) in json.char_indices().filter(|(_, c)| is_hidden(*c)) {
        write!(out, "{}\\u{:04x}", &json[written..at], u32::from(c))?;
        written = at + c.len_utf8();
    }
    writeln!(out, "{}", &json[written..])?;
    Ok(())
}

/// Controls that JSON does not escape, and characters that change the direction.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_json_acts_on_the_terminal_and_nothing_is_lost() {
        let text = "a\u{1b}[31m\u{9b}31m\u{202e}é\u{7f}";
        let mut out = Vec::new();
        print(&mut out, &text).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, "\"a\\u001b[31m\\u009b31m\\u202eé\\u007f\"\n");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
