//! One line of the journal as text: the only place that knows how a fact is written down.

use std::borrow::Cow;
use std::fmt::Write;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fold::{Entry, Rest, Stamp};
use crate::model::article::{
    ArticleId, Bookmark, BookmarkId, Kind, Progress, SectionKey, Seen, Status,
};
use crate::model::correction::{Correction, MAX_LEVEL, Said};
use crate::model::document::Position;
use crate::model::edition::Edition;
use crate::model::quote::Quote;
use crate::model::state::Fact;

/// A longer line is neither written nor read, in bytes.
pub const MAX_LINE: usize = 8 * 1024 * 1024;

/// The last time that can be written down: the end of the year 9998, in milliseconds since 1970. The year 9999 is what
/// programs write that know no better; nothing could ever be done after it, so that such lines do not count.
pub const MAX_TIME: i64 = 253_370_764_799_999;

/// The first time that can be written down: the beginning of the year 0, in milliseconds since 1970.
const MIN_TIME: i64 = -62_167_219_200_000;

type Text<'a> = Cow<'a, str>;

/// A line: when, where, of which article, and one fact. The fact is a set of fields of which one is set, not a
/// flattened enum: serde has to copy a whole line before it can tell which variant it is.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    time: Text<'a>,
    #[serde(borrow)]
    machine: Text<'a>,
    #[serde(borrow)]
    article: Text<'a>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    known: Option<KnownLine<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<StatusLine>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    progress: Option<ProgressLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    seen: Option<SeenLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    bookmark: Option<BookmarkLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    bookmark_removed: Option<Text<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    correction: Option<CorrectionLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    edition: Option<EditionLine<'a>>,
}

#[derive(Serialize, Deserialize)]
struct KnownLine<'a> {
    #[serde(borrow)]
    path: Text<'a>,
    #[serde(borrow)]
    content: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StatusLine {
    Unread,
    Begun,
    Read,
}

/// A quote among the fields of a fact.
#[derive(Serialize, Deserialize)]
struct QuoteLine<'a> {
    #[serde(borrow)]
    exact: Text<'a>,
    #[serde(borrow)]
    prefix: Text<'a>,
    #[serde(borrow)]
    suffix: Text<'a>,
    block: usize,
    /// Not of a correction: it is about all of a block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    offset: Option<usize>,
}

#[derive(Serialize, Deserialize)]
struct ProgressLine<'a> {
    #[serde(borrow, flatten)]
    quote: QuoteLine<'a>,
    thousandths: u16,
}

#[derive(Serialize, Deserialize)]
struct SeenLine<'a> {
    #[serde(borrow)]
    title: Text<'a>,
    #[serde(default)]
    nth: u32,
    #[serde(default)]
    start: bool,
    #[serde(default)]
    end: bool,
    #[serde(default)]
    some: bool,
}

#[derive(Serialize, Deserialize)]
struct BookmarkLine<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow, flatten)]
    quote: QuoteLine<'a>,
    #[serde(borrow, default)]
    section: Text<'a>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    above: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(borrow, default)]
    note: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    letter: Option<char>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    loose: bool,
    #[serde(borrow)]
    added: Text<'a>,
    /// What a later version says of it.
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum SaidLine {
    Title,
    Heading,
    Text,
    Noise,
    Nothing,
}

#[derive(Serialize, Deserialize)]
struct CorrectionLine<'a> {
    said: SaidLine,
    /// Of a heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    #[serde(borrow, flatten)]
    quote: QuoteLine<'a>,
    #[serde(borrow, default)]
    section: Text<'a>,
    #[serde(borrow)]
    made: Text<'a>,
}

#[derive(Serialize, Deserialize)]
struct EditionLine<'a> {
    /// Eight hex digits for each block.
    #[serde(borrow)]
    blocks: Text<'a>,
}

/// The line for an entry, without the newline. Times before the year 0 and after 9998 are brought to its ends.
pub fn encode(entry: &Entry) -> String {
    let mut line = Line {
        time: written(entry.stamp.time).into(),
        machine: Cow::Borrowed(&entry.stamp.machine),
        article: Cow::Borrowed(&entry.article.0),
        known: None,
        status: None,
        progress: None,
        seen: None,
        bookmark: None,
        bookmark_removed: None,
        correction: None,
        edition: None,
    };
    match &entry.fact {
        Fact::Known {
            path,
            content,
            title,
        } => {
            line.known = Some(KnownLine {
                path: path.into(),
                content: content.into(),
                title: title.into(),
            });
        }
        Fact::Status(status) => {
            line.status = Some(match status {
                Status::Unread => StatusLine::Unread,
                Status::Begun(_) => StatusLine::Begun,
                Status::Read => StatusLine::Read,
            });
        }
        Fact::Progress(progress) => line.progress = Some(progress_line(progress)),
        Fact::Seen(section, seen) => {
            let Seen { start, end, some } = *seen;
            let title = Cow::Borrowed(section.title.as_str());
            line.seen = Some(SeenLine {
                title,
                nth: section.nth,
                start,
                end,
                some,
            });
        }
        Fact::Bookmark(bookmark) => line.bookmark = Some(bookmark_line(bookmark, &entry.rest)),
        Fact::BookmarkRemoved(id) => line.bookmark_removed = Some(Cow::Borrowed(&id.0)),
        Fact::Correction(correction) => line.correction = Some(correction_line(correction)),
        Fact::Edition(edition) => line.edition = Some(edition_line(edition)),
    }
    serde_json::to_string(&line).expect("plain strings and numbers are always JSON")
}

fn quote_line(quote: &Quote) -> QuoteLine<'_> {
    QuoteLine {
        exact: Cow::Borrowed(&quote.exact),
        prefix: Cow::Borrowed(&quote.prefix),
        suffix: Cow::Borrowed(&quote.suffix),
        block: quote.hint.block,
        offset: Some(quote.hint.offset),
    }
}

fn progress_line(progress: &Progress) -> ProgressLine<'_> {
    ProgressLine {
        quote: quote_line(&progress.quote),
        thousandths: progress.thousandths,
    }
}

fn bookmark_line<'a>(bookmark: &'a Bookmark, rest: &Rest) -> BookmarkLine<'a> {
    BookmarkLine {
        id: Cow::Borrowed(&bookmark.id.0),
        quote: quote_line(&bookmark.quote),
        section: Cow::Borrowed(&bookmark.section),
        above: bookmark.above.clone(),
        kind: bookmark.kind.map(Kind::number),
        tags: bookmark.tags.clone(),
        note: Cow::Borrowed(&bookmark.note),
        letter: bookmark.letter,
        loose: bookmark.is_loose,
        added: written(bookmark.added).into(),
        rest: rest.clone(),
    }
}

fn correction_line(correction: &Correction) -> CorrectionLine<'_> {
    let (said, level) = match correction.said {
        Said::Title => (SaidLine::Title, None),
        Said::Heading(level) => (SaidLine::Heading, Some(level)),
        Said::Text => (SaidLine::Text, None),
        Said::Noise => (SaidLine::Noise, None),
        Said::Nothing => (SaidLine::Nothing, None),
    };
    CorrectionLine {
        said,
        level,
        quote: QuoteLine {
            offset: None,
            ..quote_line(&correction.quote)
        },
        section: Cow::Borrowed(&correction.section),
        made: written(correction.made).into(),
    }
}

fn edition_line(edition: &Edition) -> EditionLine<'_> {
    let mut blocks = String::with_capacity(edition.blocks.len() * 8);
    for hash in &edition.blocks {
        write!(blocks, "{hash:08x}").expect("a string takes anything");
    }
    EditionLine {
        blocks: blocks.into(),
    }
}

/// The entry in a line; `None` when the line is torn, foreign, or of a kind that this version does not know. The machine
/// of the line before may be given, so that its name is kept once.
pub fn decode(line: &[u8], before: Option<&Arc<str>>) -> Option<Entry> {
    let line: Line = serde_json::from_slice(line).ok()?;
    let time = read_time(&line.time)?;
    if line.article.is_empty() || line.machine.is_empty() {
        return None;
    }
    let machine = match before {
        Some(before) if **before == *line.machine => Arc::clone(before),
        _ => Arc::from(line.machine.as_ref()),
    };
    let article = ArticleId(visible(line.article));
    let mut rest = Rest::new();
    let facts = [
        line.known.map(known),
        line.status.map(status),
        line.progress.map(progress),
        line.seen.map(seen),
        line.bookmark.map(|mut line| {
            rest = std::mem::take(&mut line.rest);
            bookmark(line, time)
        }),
        line.bookmark_removed
            .map(|id| Fact::BookmarkRemoved(BookmarkId(visible(id)))),
        line.correction.map(|line| correction(line, time)),
        line.edition.and_then(|line| edition(&line)),
    ];
    let mut facts = facts.into_iter().flatten();
    match (facts.next(), facts.next()) {
        (Some(fact), None) => Some(Entry {
            stamp: Stamp { time, machine },
            article,
            fact,
            rest,
        }),
        _ => None,
    }
}

fn known(line: KnownLine) -> Fact {
    let path = line.path.into_owned();
    Fact::Known {
        path,
        content: visible(line.content),
        title: visible(line.title),
    }
}

fn status(line: StatusLine) -> Fact {
    Fact::Status(match line {
        StatusLine::Unread => Status::Unread,
        StatusLine::Begun => Status::Begun(0),
        StatusLine::Read => Status::Read,
    })
}

fn quote(line: QuoteLine) -> Quote {
    Quote {
        exact: visible(line.exact),
        prefix: visible(line.prefix),
        suffix: visible(line.suffix),
        hint: Position {
            block: line.block,
            offset: line.offset.unwrap_or(0),
        },
    }
}

fn progress(line: ProgressLine) -> Fact {
    Fact::Progress(Progress {
        quote: quote(line.quote),
        thousandths: line.thousandths.min(1000),
    })
}

fn seen(line: SeenLine) -> Fact {
    let section = SectionKey {
        title: visible(line.title),
        nth: line.nth,
    };
    Fact::Seen(
        section,
        Seen {
            start: line.start,
            end: line.end,
            some: line.some,
        },
    )
}

fn bookmark(line: BookmarkLine, written: i64) -> Fact {
    Fact::Bookmark(Bookmark {
        id: BookmarkId(visible(line.id)),
        quote: quote(line.quote),
        section: visible(line.section),
        above: line.above.into_iter().map(|s| visible(s.into())).collect(),
        kind: line.kind.and_then(Kind::new),
        tags: line.tags.into_iter().map(|s| visible(s.into())).collect(),
        note: visible(line.note),
        letter: line.letter.filter(char::is_ascii_alphabetic),
        is_loose: line.loose,
        added: read_time(&line.added).unwrap_or(written),
    })
}

fn correction(line: CorrectionLine, written: i64) -> Fact {
    let said = match line.said {
        SaidLine::Title => Said::Title,
        SaidLine::Heading => Said::Heading(line.level.unwrap_or(1).clamp(1, MAX_LEVEL)),
        SaidLine::Text => Said::Text,
        SaidLine::Noise => Said::Noise,
        SaidLine::Nothing => Said::Nothing,
    };
    Fact::Correction(Correction {
        quote: Quote {
            hint: Position::start_of(line.quote.block),
            ..quote(line.quote)
        },
        section: visible(line.section),
        said,
        made: read_time(&line.made).unwrap_or(written),
    })
}

/// `None` when the hashes are none.
fn edition(line: &EditionLine) -> Option<Fact> {
    let (hashes, rest) = line.blocks.as_bytes().as_chunks::<8>();
    let hash = |digits: &[u8; 8]| u32::from_str_radix(str::from_utf8(digits).ok()?, 16).ok();
    let blocks = hashes.iter().map(hash).collect::<Option<_>>()?;
    rest.is_empty()
        .then(|| Fact::Edition(Arc::new(Edition { blocks })))
}

/// Whether a line says what this entry says, and nothing else. What else a line says may count for a later version.
pub fn says_only(line: &[u8], entry: &Entry) -> bool {
    let said = serde_json::from_slice::<Value>(line).ok();
    let told = serde_json::from_str(&encode(entry)).ok();
    said.is_some() && said == told && entry.rest.is_empty()
}

/// A time as the journal has it, in UTC: `2026-11-23T19:20:00.123Z`.
pub fn written(time: i64) -> String {
    let time = DateTime::from_timestamp_millis(time.clamp(MIN_TIME, MAX_TIME)).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A time of the journal, in milliseconds since 1970; with any offset from UTC. `None` when it is none, or could not be
/// written down.
pub fn read_time(text: &str) -> Option<i64> {
    let time = DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis();
    (MIN_TIME..=MAX_TIME).contains(&time).then_some(time)
}

/// A text of the journal as it may be shown: a line that another program wrote may hold anything.
pub fn visible(text: Cow<'_, str>) -> String {
    crate::model::visible::visible(text).into_owned()
}

#[cfg(test)]
pub mod tests;
