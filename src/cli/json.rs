//! What `--json` prints. Keys stay as they are: other programs read them.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use crate::library::Listed;
use crate::model::article::{self, Status};
use crate::model::correction::Said;
use crate::model::document::Document as Text;
use crate::model::link::{self, LinkKind, Target};
use crate::model::outline::{self, SectionKind};

mod annotations;
mod bookmark;
mod changes;
mod checked;
mod document;

pub(super) use annotations::{Annotations, BOOKMARK};
pub(super) use bookmark::Bookmark;
pub(super) use changes::Changes;
pub(super) use checked::Checked;
pub(super) use document::Document;

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
    pub fn new(document: &'a Text, outline: &'a outline::Outline, listed: Sections) -> Self {
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
    author: Option<&'a str>,
    language: Option<&'a str>,
    minutes: u32,
    modified: i64,
    state: &'static str,
    percent: u8,
    bookmarks: usize,
    missing: bool,
}

impl<'a> Article<'a> {
    /// An article of the list.
    pub fn new(article: &'a article::Article) -> Self {
        Self {
            id: &article.id.0,
            path: article.path.to_string_lossy().into_owned(),
            folder: &article.folder,
            title: &article.title,
            author: article.author.as_deref(),
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
            missing: article.missing,
        }
    }
}

/// One of what `search --json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Hit<'a> {
    article: Searched<'a>,
    section: &'a str,
    block: usize,
    offset: usize,
    text: String,
    hits: Vec<[usize; 2]>,
    in_note: bool,
}

/// The article that a hit is in.
#[derive(Debug, Serialize)]
struct Searched<'a> {
    id: &'a str,
    path: String,
    title: &'a str,
}

impl<'a> Hit<'a> {
    /// A hit of a search.
    pub fn new(hit: &'a article::Hit) -> Self {
        let mut text = String::new();
        let mut hits = Vec::new();
        for piece in &hit.snippet {
            let start = text.len();
            text.push_str(&piece.text);
            if piece.is_hit {
                hits.push([start, text.len()]);
            }
        }
        Self {
            article: Searched {
                id: &hit.article.id.0,
                path: hit.article.path.to_string_lossy().into_owned(),
                title: &hit.article.title,
            },
            section: &hit.section.title,
            block: hit.position.block,
            offset: hit.position.offset,
            text,
            hits,
            in_note: hit.in_note,
        }
    }
}

/// One of what `links --json` prints.
#[derive(Debug, Serialize)]
pub(super) struct Link<'a> {
    number: usize,
    text: &'a str,
    target: &'a str,
    kind: &'static str,
    image: bool,
    url: Option<String>,
    host: Option<String>,
    warnings: Vec<String>,
    section: &'a str,
    line: u32,
}

impl<'a> Link<'a> {
    /// A link of a document.
    pub fn new(document: &'a Text, outline: &'a outline::Outline, link: &link::Link<'a>) -> Self {
        let block = &document.blocks()[link.block];
        let target = Target::of(link.target);
        let kind = target.kind();
        let (url, host, warnings) = match target {
            Target::Web(a) | Target::Mail(a) => (Some(a.url), Some(a.host), a.warnings),
            Target::Refused(why) => (None, None, vec![why]),
            Target::Anchor(_) | Target::File(..) => (None, None, Vec::new()),
        };
        let section = outline.section_at(link.start());
        Self {
            number: link.number,
            text: &block.text[link.bytes.clone()],
            target: link.target,
            kind,
            image: link.kind == LinkKind::Image,
            url,
            host,
            warnings,
            section: section.map_or("", |i| &outline.sections[i].title),
            line: block.line,
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
    serde_json::to_writer_pretty(Escaped(out), value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Prints a value as JSON in one line.
pub(super) fn print_line(out: &mut dyn Write, value: &impl Serialize) -> anyhow::Result<()> {
    serde_json::to_writer(Escaped(out), value).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Prints values as [`print`] prints an array of them, one after the other.
pub(super) fn print_all(
    out: &mut dyn Write,
    values: impl Iterator<Item = impl Serialize>,
) -> anyhow::Result<()> {
    let mut json = serde_json::Serializer::pretty(Escaped(out));
    json.collect_seq(values).map_err(io::Error::from)?;
    Ok(writeln!(out)?)
}

/// Where JSON is written, so that nothing of it acts on a terminal.
struct Escaped<'a>(&'a mut dyn Write);

impl Write for Escaped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let json = str::from_utf8(bytes).expect("JSON is written in whole characters");
        let mut written = 0;
        // JSON itself is ASCII: such characters are inside of strings
        for (at, c) in json.char_indices().filter(|(_, c)| is_hidden(*c)) {
            write!(self.0, "{}\\u{:04x}", &json[written..at], u32::from(c))?;
            written = at + c.len_utf8();
        }
        self.0.write_all(&bytes[written..])?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Controls that JSON does not escape, and characters that change the direction.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_one_by_one_is_the_same_array() {
        for values in [vec![], vec![vec!["a\nb", "c"], vec![]]] {
            let (mut one, mut all) = (Vec::new(), Vec::new());
            print(&mut one, &values).unwrap();
            print_all(&mut all, values.iter()).unwrap();
            assert_eq!(String::from_utf8(all), String::from_utf8(one));
        }
    }

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
