//! One line of the journal as text: the only place that knows how a fact is written down.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Serialize};

use super::fold::{Entry, Stamp};
use crate::model::article::{ArticleId, Bookmark, BookmarkId, Progress, SectionKey, Seen, Status};
use crate::model::correction::{Correction, MAX_LEVEL, Said};
use crate::model::document::Position;
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

#[derive(Serialize, Deserialize)]
struct ProgressLine<'a> {
    #[serde(borrow)]
    exact: Text<'a>,
    #[serde(borrow)]
    prefix: Text<'a>,
    #[serde(borrow)]
    suffix: Text<'a>,
    block: usize,
    offset: usize,
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
    #[serde(borrow)]
    exact: Text<'a>,
    #[serde(borrow)]
    prefix: Text<'a>,
    #[serde(borrow)]
    suffix: Text<'a>,
    block: usize,
    offset: usize,
    #[serde(borrow, default)]
    section: Text<'a>,
    #[serde(borrow, default)]
    note: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    letter: Option<char>,
    #[serde(borrow)]
    added: Text<'a>,
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
    #[serde(borrow)]
    exact: Text<'a>,
    #[serde(borrow)]
    prefix: Text<'a>,
    #[serde(borrow)]
    suffix: Text<'a>,
    block: usize,
    #[serde(borrow, default)]
    section: Text<'a>,
    #[serde(borrow)]
    made: Text<'a>,
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
        Fact::Bookmark(bookmark) => line.bookmark = Some(bookmark_line(bookmark)),
        Fact::BookmarkRemoved(id) => line.bookmark_removed = Some(Cow::Borrowed(&id.0)),
        Fact::Correction(correction) => line.correction = Some(correction_line(correction)),
    }
    serde_json::to_string(&line).expect("plain strings and numbers are always JSON")
}

fn progress_line(progress: &Progress) -> ProgressLine<'_> {
    let Quote {
        exact,
        prefix,
        suffix,
        hint,
    } = &progress.quote;
    ProgressLine {
        exact: exact.into(),
        prefix: prefix.into(),
        suffix: suffix.into(),
        block: hint.block,
        offset: hint.offset,
        thousandths: progress.thousandths,
    }
}

fn bookmark_line(bookmark: &Bookmark) -> BookmarkLine<'_> {
    let Quote {
        exact,
        prefix,
        suffix,
        hint,
    } = &bookmark.quote;
    BookmarkLine {
        id: Cow::Borrowed(&bookmark.id.0),
        exact: exact.into(),
        prefix: prefix.into(),
        suffix: suffix.into(),
        block: hint.block,
        offset: hint.offset,
        section: Cow::Borrowed(&bookmark.section),
        note: Cow::Borrowed(&bookmark.note),
        letter: bookmark.letter,
        added: written(bookmark.added).into(),
    }
}

fn correction_line(correction: &Correction) -> CorrectionLine<'_> {
    let Quote {
        exact,
        prefix,
        suffix,
        hint,
    } = &correction.quote;
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
        exact: exact.into(),
        prefix: prefix.into(),
        suffix: suffix.into(),
        block: hint.block,
        section: Cow::Borrowed(&correction.section),
        made: written(correction.made).into(),
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
    let facts = [
        line.known.map(known),
        line.status.map(status),
        line.progress.map(progress),
        line.seen.map(seen),
        line.bookmark.map(|line| bookmark(line, time)),
        line.bookmark_removed
            .map(|id| Fact::BookmarkRemoved(BookmarkId(visible(id)))),
        line.correction.map(|line| correction(line, time)),
    ];
    let mut facts = facts.into_iter().flatten();
    match (facts.next(), facts.next()) {
        (Some(fact), None) => Some(Entry {
            stamp: Stamp { time, machine },
            article,
            fact,
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

fn progress(line: ProgressLine) -> Fact {
    let quote = Quote {
        exact: visible(line.exact),
        prefix: visible(line.prefix),
        suffix: visible(line.suffix),
        hint: Position {
            block: line.block,
            offset: line.offset,
        },
    };
    Fact::Progress(Progress {
        quote,
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
    let quote = Quote {
        exact: visible(line.exact),
        prefix: visible(line.prefix),
        suffix: visible(line.suffix),
        hint: Position {
            block: line.block,
            offset: line.offset,
        },
    };
    Fact::Bookmark(Bookmark {
        id: BookmarkId(visible(line.id)),
        quote,
        section: visible(line.section),
        note: visible(line.note),
        letter: line.letter.filter(char::is_ascii_alphabetic),
        added: read_time(&line.added).unwrap_or(written),
    })
}

fn correction(line: CorrectionLine, written: i64) -> Fact {
    let quote = Quote {
        exact: visible(line.exact),
        prefix: visible(line.prefix),
        suffix: visible(line.suffix),
        hint: Position::start_of(line.block),
    };
    let said = match line.said {
        SaidLine::Title => Said::Title,
        SaidLine::Heading => Said::Heading(line.level.unwrap_or(1).clamp(1, MAX_LEVEL)),
        SaidLine::Text => Said::Text,
        SaidLine::Noise => Said::Noise,
        SaidLine::Nothing => Said::Nothing,
    };
    Fact::Correction(Correction {
        quote,
        section: visible(line.section),
        said,
        made: read_time(&line.made).unwrap_or(written),
    })
}

/// A time as the journal has it, in UTC: `2026-11-23T19:20:00.123Z`.
fn written(time: i64) -> String {
    let time = DateTime::from_timestamp_millis(time.clamp(MIN_TIME, MAX_TIME)).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn read_time(text: &str) -> Option<i64> {
    let time = DateTime::parse_from_rfc3339(text).ok()?.timestamp_millis();
    (MIN_TIME..=MAX_TIME).contains(&time).then_some(time)
}

/// A text of the journal as it may be shown. Clean text stays as it is; a line that another program wrote may hold
/// anything, and none of it may act on the terminal. Control characters are shown as they are in articles: by their
/// pictures (`␛`), or U+FFFD where there is none.
fn visible(text: Text<'_>) -> String {
    let acts = |c: char| {
        (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c)
    };
    if text.contains(acts) {
        let shown = |c| if acts(c) { picture(c) } else { c };
        text.chars().map(shown).collect()
    } else {
        text.into_owned()
    }
}

fn picture(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        _ => None,
    }
    .unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
pub mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quotes() -> impl Strategy<Value = Quote> {
        (
            "[a-zé«\n\"\\\\ ]{0,12}",
            "[ -~]{0,4}",
            "\\PC{0,4}",
            0..9usize,
            0..99usize,
        )
            .prop_map(|(exact, prefix, suffix, block, offset)| Quote {
                exact,
                prefix,
                suffix: suffix.replace(|c| ('\u{202a}'..='\u{202e}').contains(&c), ""),
                hint: Position { block, offset },
            })
    }

    fn said() -> impl Strategy<Value = Said> {
        prop_oneof![
            (1..=MAX_LEVEL).prop_map(Said::Heading),
            prop::sample::select(vec![Said::Title, Said::Text, Said::Noise, Said::Nothing]),
        ]
    }

    /// Facts about few things, so that they meet.
    pub fn facts() -> impl Strategy<Value = Fact> {
        prop_oneof![
            ("[ab]", "[cd]", "[tu]").prop_map(|(path, content, title)| Fact::Known {
                path,
                content,
                title
            }),
            prop::sample::select(vec![Status::Unread, Status::Begun(0), Status::Read])
                .prop_map(Fact::Status),
            (quotes(), 0..=1000u16).prop_map(|(quote, thousandths)| {
                Fact::Progress(Progress { quote, thousandths })
            }),
            ("[xy]", 0..2u32, any::<[bool; 3]>()).prop_map(|(title, nth, [start, end, some])| {
                Fact::Seen(SectionKey { title, nth }, Seen { start, end, some })
            }),
            (
                "[pq]",
                quotes(),
                prop::option::of(prop::char::range('a', 'z')),
                0..3i64
            )
                .prop_map(|(id, quote, letter, added)| Fact::Bookmark(Bookmark {
                    id: BookmarkId(id),
                    quote,
                    section: "a section".into(),
                    note: String::new(),
                    letter,
                    added,
                })),
            "[pq]".prop_map(|id| Fact::BookmarkRemoved(BookmarkId(id))),
            ("[vw]", 0..9usize, said(), 0..3i64).prop_map(|(exact, block, said, made)| {
                let quote = Quote {
                    exact,
                    prefix: "before\n".into(),
                    suffix: "\nafter".into(),
                    hint: Position::start_of(block),
                };
                Fact::Correction(Correction {
                    quote,
                    section: "a section".into(),
                    said,
                    made,
                })
            }),
        ]
    }

    /// Entries about few things at few times, so that they meet.
    pub fn entries() -> impl Strategy<Value = Entry> {
        ("[AB]", 0..12i64, "[mn]", facts()).prop_map(|(article, time, machine, fact)| Entry {
            stamp: Stamp {
                time,
                machine: machine.into(),
            },
            article: ArticleId(article),
            fact,
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(entry in entries()) {
            let line = encode(&entry);
            prop_assert!(!line.contains('\n'));
            prop_assert_eq!(decode(line.as_bytes(), None), Some(entry));
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            decode(&bytes, None);
        }
    }

    #[track_caller]
    fn check(fact: Fact, expected: &str) {
        let stamp = Stamp {
            time: 1_795_461_600_123,
            machine: "home-1f2e3d".into(),
        };
        let entry = Entry {
            stamp,
            article: ArticleId("0123456789abcdef".into()),
            fact,
        };
        let start = r#"{"time":"2026-11-23T19:20:00.123Z","machine":"home-1f2e3d","article":"0123456789abcdef","#;
        assert_eq!(encode(&entry), format!("{start}{expected}}}"));
    }

    #[test]
    fn a_line_is_readable() {
        check(Fact::Status(Status::Begun(40)), r#""status":"begun""#);
        check(
            Fact::BookmarkRemoved(BookmarkId("b1".into())),
            r#""bookmark_removed":"b1""#,
        );
        let (path, content, title) = ("sea/ferry.txt".into(), "0123".into(), "The ferry".into());
        check(
            Fact::Known {
                path,
                content,
                title,
            },
            r#""known":{"path":"sea/ferry.txt","content":"0123","title":"The ferry"}"#,
        );
        let section = SectionKey {
            title: "Été".into(),
            nth: 0,
        };
        check(
            Fact::Seen(
                section,
                Seen {
                    start: true,
                    end: false,
                    some: true,
                },
            ),
            r#""seen":{"title":"Été","nth":0,"start":true,"end":false,"some":true}"#,
        );
        let quote = Quote {
            exact: "Wang a souligné".into(),
            prefix: "réunion, ".into(),
            suffix: " la nécessité".into(),
            hint: Position {
                block: 7,
                offset: 28,
            },
        };
        let words = r#""exact":"Wang a souligné","prefix":"réunion, ","suffix":" la nécessité","block":7,"offset":28"#;
        check(
            Fact::Progress(Progress {
                quote: quote.clone(),
                thousandths: 412,
            }),
            &format!(r#""progress":{{{words},"thousandths":412}}"#),
        );
        let bookmark = Bookmark {
            id: BookmarkId("b1".into()),
            quote,
            section: "Accords".into(),
            note: "again".into(),
            letter: Some('a'),
            added: 1_795_461_600_000,
        };
        let rest =
            r#""section":"Accords","note":"again","letter":"a","added":"2026-11-23T19:20:00.000Z""#;
        check(
            Fact::Bookmark(bookmark),
            &format!(r#""bookmark":{{"id":"b1",{words},{rest}}}"#),
        );
    }

    #[test]
    fn a_correction_is_readable_and_a_hostile_one_does_no_harm() {
        let quote = Quote {
            exact: "The Wick".into(),
            prefix: "closed door.\n".into(),
            suffix: "\nIt was dry".into(),
            hint: Position::start_of(4),
        };
        let correction = Correction {
            quote,
            section: "The Lamp".into(),
            said: Said::Heading(2),
            made: 1_795_461_600_000,
        };
        check(
            Fact::Correction(correction),
            concat!(
                r#""correction":{"said":"heading","level":2,"exact":"The Wick","prefix":"closed door.\n","#,
                r#""suffix":"\nIt was dry","block":4,"section":"The Lamp","made":"2026-11-23T19:20:00.000Z"}"#
            ),
        );
        let read = |fields: &str| {
            let start = r#"{"time":"2026-11-23T19:20:00.123Z","machine":"m","article":"A""#;
            let words =
                r#""exact":"\u001b[31mx","prefix":"","suffix":"","block":18446744073709551615"#;
            let line = format!(r#"{start},"correction":{{{words},{fields},"made":"never"}}}}"#);
            match decode(line.as_bytes(), None)?.fact {
                Fact::Correction(correction) => Some(correction),
                _ => None,
            }
        };
        let hostile = read(r#""said":"heading","level":255"#).unwrap();
        assert_eq!(hostile.said, Said::Heading(MAX_LEVEL));
        assert_eq!(hostile.quote.exact, "␛[31mx");
        assert_eq!(hostile.made, 1_795_461_600_123);
        assert_eq!(
            read(r#""said":"heading","level":0"#).unwrap().said,
            Said::Heading(1)
        );
        assert_eq!(read(r#""said":"heading""#).unwrap().said, Said::Heading(1));
        for wrong in [r#""said":"poem""#, r#""said":7"#, r#""level":1"#] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(read(r#""said":"heading","level":-1"#), None);
    }

    #[track_caller]
    fn refused(line: &str) {
        assert_eq!(decode(line.as_bytes(), None), None, "{line}");
    }

    #[test]
    fn what_is_not_exactly_one_known_fact_is_refused() {
        let start = r#"{"time":"2026-11-23T19:20:00.123Z","machine":"m","article":"A""#;
        refused("");
        refused("null");
        refused(&format!("{start}}}"));
        refused(&format!(r#"{start},"star":"gold"}}"#));
        refused(&format!(r#"{start},"status":"devoured"}}"#));
        refused(&format!(
            r#"{start},"status":"read","bookmark_removed":"x"}}"#
        ));
        refused(&format!(r#"{start},"status":"read""#));
        refused(r#"{"time":"yesterday","machine":"m","article":"A","status":"read"}"#);
        refused(r#"{"time":"2026-11-23T19:20:00Z","machine":"m","article":"","status":"read"}"#);
    }

    #[test]
    fn the_end_of_time_is_no_time() {
        let dated = |time| {
            let line =
                format!(r#"{{"time":"{time}","machine":"m","article":"A","status":"read"}}"#);
            decode(line.as_bytes(), None)
        };
        assert_eq!(dated("9999-12-31T23:59:59.999Z"), None);
        assert!(dated("9998-12-31T23:59:59.999Z").is_some());
    }

    #[test]
    fn a_later_version_may_say_more() {
        let line = r#"{"time":"2026-11-23T20:20:00.123+01:00","machine":"m","article":"A","mood":1,"status":"read"}"#;
        let entry = decode(line.as_bytes(), None).unwrap();
        assert_eq!(entry.stamp.time, 1_795_461_600_123);
        assert_eq!(entry.fact, Fact::Status(Status::Read));
    }

    #[test]
    fn nothing_in_a_line_acts_on_the_terminal() {
        let line = r#"{"time":"2026-11-23T19:20:00Z","machine":"m","article":"A","known":{"path":"p","content":"c","title":"\u001b]0;x\u0007\u009b1m\u202e"}}"#;
        let Fact::Known { title, .. } = decode(line.as_bytes(), None).unwrap().fact else {
            panic!("a known fact")
        };
        assert_eq!(title, "␛]0;x␇\u{fffd}1m\u{fffd}");
    }

    #[test]
    fn times_that_cannot_be_written_are_brought_to_the_nearest_that_can() {
        assert_eq!(read_time(&written(i64::MAX)), Some(MAX_TIME));
        assert_eq!(read_time(&written(i64::MIN)), Some(MIN_TIME));
        assert_eq!(read_time(&written(-1)), Some(-1));
    }
}
