//! Lines of the journal, written and read.

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

fn bookmarks() -> impl Strategy<Value = Bookmark> {
    let letter = prop::option::of(prop::char::range('a', 'z'));
    let of_it = (
        0..3u8,
        prop::collection::vec("[st]", 0..2),
        "[n\n]{0,2}",
        any::<bool>(),
    );
    ("[pq]", quotes(), letter, of_it, 0..3i64).prop_map(|(id, quote, letter, of_it, added)| {
        let (kind, tags, note, is_loose) = of_it;
        Bookmark {
            section: "a section".into(),
            above: tags.clone(),
            kind: Kind::new(kind),
            tags,
            note,
            letter,
            is_loose,
            ..Bookmark::plain(BookmarkId(id), quote, added)
        }
    })
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
        (quotes(), 0..=1000u16)
            .prop_map(|(quote, thousandths)| { Fact::Progress(Progress { quote, thousandths }) }),
        ("[xy]", 0..2u32, any::<[bool; 3]>()).prop_map(|(title, nth, [start, end, some])| {
            Fact::Seen(SectionKey { title, nth }, Seen { start, end, some })
        }),
        bookmarks().prop_map(Fact::Bookmark),
        prop::collection::vec(0..3u32, 0..3)
            .prop_map(|blocks| Fact::Edition(Arc::new(Edition { blocks }))),
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
        rest: Rest::new(),
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
        rest: Rest::new(),
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
    let blocks = vec![0x12, 0xffff_ffff];
    check(
        Fact::Edition(Arc::new(Edition { blocks })),
        r#""edition":{"blocks":"00000012ffffffff"}"#,
    );
}

#[test]
fn a_line_with_a_quote_is_readable() {
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
        section: "Accords".into(),
        note: "again".into(),
        letter: Some('a'),
        ..Bookmark::plain(BookmarkId("b1".into()), quote, 1_795_461_600_000)
    };
    let rest =
        r#""section":"Accords","note":"again","letter":"a","added":"2026-11-23T19:20:00.000Z""#;
    check(
        Fact::Bookmark(bookmark.clone()),
        &format!(r#""bookmark":{{"id":"b1",{words},{rest}}}"#),
    );
    let highlight = Bookmark {
        above: vec!["Sommet".into()],
        kind: Kind::new(2),
        tags: vec!["salt".into()],
        is_loose: true,
        ..bookmark
    };
    let rest = r#""section":"Accords","above":["Sommet"],"kind":2,"tags":["salt"],"note":"again","letter":"a","loose":true,"added":"2026-11-23T19:20:00.000Z""#;
    check(
        Fact::Bookmark(highlight),
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
        let words = r#""exact":"\u001b[31mx","prefix":"","suffix":"","block":18446744073709551615"#;
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
        let line = format!(r#"{{"time":"{time}","machine":"m","article":"A","status":"read"}}"#);
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
