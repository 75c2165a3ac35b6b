//! The language read, written out again, and asked of articles.

use proptest::prelude::*;

use super::*;

const CLOCK: Clock = Clock {
    now: 1_794_958_200_000,
    offset: 3600,
};

#[track_caller]
fn check(text: &str, expected: &str) {
    let query = Query::parse(text, Over::Texts).expect("a query");
    assert_eq!(query.to_string(), expected, "{text}");
    assert_eq!(Query::parse(expected, Over::Texts), Ok(query), "{text}");
}

#[track_caller]
fn check_wrong(text: &str, at: &str, what: &str) {
    let mistake = Query::parse(text, Over::Lists).expect_err("a mistake");
    assert_eq!(
        (&text[mistake.at.clone()], &*mistake.what),
        (at, what),
        "{text}"
    );
}

/// What is told while the text is typed.
fn typed(text: &str) -> (String, Option<String>) {
    let (query, mistake) = Query::typed(text, Over::Lists);
    (query.to_string(), mistake.map(|mistake| mistake.what))
}

#[test]
fn a_query_is_read_as_it_is_written() {
    check("", "");
    check("  two   words ", "two words");
    check(
        "“a phrase” \"another\tone\"",
        "\"a phrase\" \"another one\"",
    );
    check("\"lamp\"", "lamp");
    check("lamp* \"old la\"*", "lamp* \"old la\"*");
    check("a OR b c", "a OR b c");
    check("a | (b OR c) AND d", "a OR (b OR c) d");
    check("((a)) (b c)", "a b c");
    check(
        "-lamp NOT oil -\"by night\" -title:x",
        "-lamp -oil -\"by night\" -title:x",
    );
    check("-(a b) -(a OR -b)", "-(a b) -(a OR -b)");
    check("NOT NOT a", "a");
    check(
        "Title:Été author:\"Ida Holm\" section:oil* note:why",
        "title:Été author:\"Ida Holm\" section:oil* note:why",
    );
    check(
        "in:\"old news\" in:/a//b/ in:/ in:news*",
        "in:\"old news\" in:a/b in:/ in:news*",
    );
    check(
        "lang:FR lang:pt-BR is:Unread is:missing",
        "lang:fr lang:pt is:unread is:missing",
    );
    check(
        "time:5 time:=5 time:<10 time:<=10 time:>5 time:>=5m time:5..10min time:..5 time:5..",
        "time:5 time:5 time:<=9 time:<=10 time:>=6 time:>=5 time:5..10 time:<=5 time:>=5",
    );
    check(
        "after:2026-1-1 before:2026 after:7D before:Yesterday",
        "after:2026-01-01 before:2026 after:7d before:yesterday",
    );
}

#[test]
fn signs_inside_of_words_are_part_of_them() {
    check(
        "re-read l’été C++ f(x) 12:30 a.b",
        "re-read l’été C++ \"f(x)\" \"12:30\" a.b",
    );
    check("--flag -> - – foo", "\"--flag\" \"->\" foo");
    check("Re: walking", "\"Re:\" walking");
    check("5* * **", "5* \"*\" \"**\"");
    check("“a \"b\" c”", "“a \"b\" c”");
    check("\"OR\" or", "\"OR\" or");
}

#[test]
fn a_mistake_points_at_its_place() {
    check_wrong(
        "lamp titel:x",
        "titel",
        "no field `titel`; did you mean `title`?",
    );
    check_wrong(
        "folder:x",
        "folder",
        "no field `folder`; did you mean `in`?",
    );
    check_wrong(
        "https://example.com",
        "https",
        "no field `https`; in quotes it is looked for as it stands",
    );
    check_wrong(
        "section:oil",
        "section",
        "lists do not know `section:`; a search does",
    );
    check_wrong("kind:good", "kind", "only bookmarks have a `kind:`");
    check_wrong(
        "é title: x",
        "title:",
        "nothing after `title:`; what it asks for stands right behind it",
    );
    check_wrong(
        "é \"open x",
        "\"open x",
        "the quote is not closed: `\"` ends it",
    );
}

#[test]
fn a_mistake_in_a_value_points_at_the_value() {
    check_wrong(
        "is:unred x",
        "unred",
        "nothing is `unred`; did you mean `unread`?",
    );
    check_wrong(
        "is:new",
        "new",
        "nothing is `new`; there are unread, begun, read, bookmarked and missing",
    );
    check_wrong(
        "lang:french",
        "french",
        "no language `french`; it is a code of two letters: `lang:fr`",
    );
    check_wrong(
        "time:soon",
        "soon",
        "no time `soon`; minutes are written 5, <10, >=10 or 5..10",
    );
    check_wrong(
        "time:<0",
        "<0",
        "no time `<0`; minutes are written 5, <10, >=10 or 5..10",
    );
    check_wrong("time:9..5", "9..5", "`9..5` goes from more to less");
    check_wrong(
        "time:99999999999",
        "99999999999",
        "no time `99999999999`; minutes are written 5, <10, >=10 or 5..10",
    );
    check_wrong(
        "after:2026-02-30",
        "2026-02-30",
        "no day `2026-02-30`; days are written 2026-01-31, 7d, today or this-week",
    );
}

#[test]
fn a_mistake_in_the_structure_points_at_the_sign() {
    check_wrong("(a b", "(", "this `(` is not closed");
    check_wrong("a) b", ")", "no `(` before this `)`");
    check_wrong("a ()", "()", "nothing between the parentheses");
    check_wrong("OR a", "OR", "nothing before `OR`");
    check_wrong("a OR", "OR", "nothing after `OR`");
    check_wrong("(a |) b", "|", "nothing after `OR`");
    check_wrong("a NOT", "NOT", "nothing after `NOT`");
}

#[test]
fn what_is_half_typed_is_no_mistake() {
    let quiet = |text: &str, so_far: &str| {
        assert_eq!(typed(text), (so_far.to_owned(), None), "{text}");
    };
    for text in [
        "lamp title:",
        "lamp title:\"",
        "lamp is:",
        "lamp is:unr",
        "lamp time:<",
        "lamp time:",
        "lamp after:2026-0",
        "lamp after:this",
        "lamp OR",
        "lamp (",
        "lamp lang:f",
        "lamp NOT",
    ] {
        quiet(text, "lamp");
    }
    quiet("lamp -", "lamp");
    quiet("lamp \"by the", "lamp \"by the\"");
    quiet("lamp (is:read OR", "lamp is:read");
    quiet("in:ne", "in:ne*");
    let (so_far, mistake) = typed("lamp titel:x is:read");
    assert_eq!(so_far, "lamp is:read");
    assert_eq!(
        mistake.as_deref(),
        Some("no field `titel`; did you mean `title`?")
    );
    assert!(typed("is:unx ").1.is_some());
    let (query, _) = Query::typed("old lam", Over::Texts);
    assert_eq!(query.to_string(), "old lam*");
    let (query, _) = Query::typed("old lam ", Over::Texts);
    assert_eq!(query.to_string(), "old lam");
    let (query, _) = Query::typed("old -lam", Over::Texts);
    assert_eq!(query.to_string(), "old -lam");
}

#[track_caller]
fn check_match(text: &str, expected: bool) {
    let mut texts = Texts::default();
    texts.push("L’Été des lampes", "Ida Holm", "Presse/Nord/2026");
    let facts = Facts {
        folded: texts.get(0),
        language: Some("fr-FR"),
        status: Status::Begun(30),
        minutes: 9,
        // 16 November 2026, 12:00 UTC
        modified: 1_794_830_400_000,
        bookmarks: 2,
        missing: false,
    };
    let query = Query::parse(text, Over::Lists).expect("a query");
    assert_eq!(query.matches(&facts, CLOCK), expected, "{text}");
}

#[test]
fn a_query_holds_for_the_articles_it_asks_for() {
    for text in [
        "",
        "ete",
        "L'ÉTÉ",
        "lampe holm nord",
        "amp",
        "lamp*",
        "\"des lampes\"",
        "title:lampes",
        "author:holm",
        "in:presse",
        "in:nord/2026",
        "in:2026",
        "in:presse/no*",
        "lang:fr",
        "is:begun",
        "is:bookmarked",
        "-is:read",
        "time:<10",
        "time:9",
        "after:2026-11-16",
        "after:this-week",
        "before:2026-11-17",
        "after:2d",
        "before:today",
        "sea OR ete",
        "-(sea OR oil)",
        "time:5.. -is:missing",
    ] {
        check_match(text, true);
    }
    for text in [
        "sea",
        "amp*",
        "\"lampes des\"",
        "title:holm",
        "author:lampes",
        "in:press",
        "in:/",
        "in:nord/20",
        "lang:en",
        "is:unread",
        "is:missing",
        "-ete",
        "time:>9",
        "time:10",
        "after:2026-11-17",
        "before:2026-11-16",
        "after:1d",
        "ete sea",
        "\"holm presse\"",
    ] {
        check_match(text, false);
    }
}

#[test]
fn fields_and_values_are_completed() {
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(completions(text, Over::Lists), expected, "{text}");
    };
    check("lamp ti", &["lamp title:", "lamp time:"]);
    check("(-au", &["(-author:"]);
    check("is:u", &["is:unread"]);
    check("after:this-w", &["after:this-week"]);
    check("sec", &[]);
    check("", &[]);
    check("lamp ", &[]);
    check("is:unread", &[]);
}

#[test]
fn more_letters_and_more_words_narrow_a_query() {
    let check = |one: &str, other: &str, expected| {
        let [one, other] = [one, other].map(|text| Query::parse(text, Over::Lists).unwrap());
        assert_eq!(one.narrows(&other), expected, "{one} {other}");
    };
    check("lamp", "lam", true);
    check("lamp is:read", "lam", true);
    check("lamp is:read", "is:read", true);
    check("title:lamp", "title:la", true);
    check("a", "", true);
    check("lam", "lamp", false);
    check("lamp", "lam*", false);
    check("lamp OR oil", "lamp", false);
    check("-lamp", "-lam", false);
    check("title:lamp", "lamp", false);
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("{}a{}", "(".repeat(5000), ")".repeat(4000));
    assert!(Query::parse(&deep, Over::Texts).is_err());
    let deep = "-(".repeat(5000);
    let _ = Query::typed(&deep, Over::Texts).0.to_string();
    let fits = format!("{}a{}", "(".repeat(MAX_DEPTH), ")".repeat(MAX_DEPTH));
    assert!(Query::parse(&fits, Over::Texts).is_ok());
    let long = "a ".repeat(MAX_LENGTH);
    assert_eq!(
        Query::parse(&long, Over::Texts).unwrap_err().what,
        "longer than 10000 bytes"
    );
}

/// Texts made of what the language is made of.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just(" "),
        Just("("),
        Just(")"),
        Just("-"),
        Just("|"),
        Just(" OR "),
        Just(" NOT "),
        Just(" AND "),
        Just("\""),
        Just("“"),
        Just("”"),
        Just("*"),
        Just("title:"),
        Just("in:"),
        Just("is:"),
        Just("is:read"),
        Just("lang:fr"),
        Just("time:"),
        Just("<"),
        Just("5"),
        Just(".."),
        Just("after:"),
        Just("7d"),
        Just("2026-01"),
        Just("été"),
        Just("a"),
        Just("/"),
        Just("x:y"),
        Just("\u{301}"),
        Just("\u{0}"),
        Just("中")
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn a_sieve_lets_through_what_is_asked_for(text in pieces()) {
        let (query, _) = Query::typed(&text, Over::Lists);
        let mut texts = Texts::default();
        texts.push("a été x:y", "a", "a/5");
        let article = Article {
            id: crate::model::article::ArticleId(String::new()),
            path: "a.txt".into(),
            folder: String::new(),
            title: String::new(),
            author: None,
            language: Some("fr".into()),
            minutes: 5,
            modified: CLOCK.now,
            status: Status::Read,
            bookmarks: 0,
            last_read: 0,
            missing: false,
        };
        let facts = Facts::of(&article, texts.get(0));
        let lets = query.sieve(CLOCK).lets(&article, texts.get(0));
        prop_assert_eq!(lets, query.matches(&facts, CLOCK));
    }

    #[test]
    fn what_narrows_a_query_asks_for_nothing_else(one in pieces(), other in pieces()) {
        let folded = "a été x:y\na 中 ";
        let (one, other) = (Query::typed(&one, Over::Lists).0, Query::typed(&other, Over::Lists).0);
        let is_in = |query: &Query| query.holds(|term| match term {
            Term::Words(words) | Term::Text(_, words) => words.is_in(folded),
            other => matches!(other, Term::Is(_) | Term::Minutes(0, _)),
        });
        if one.narrows(&other) && is_in(&one) {
            prop_assert!(is_in(&other), "{one} narrows {other}");
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same_query(text in pieces()) {
        let (query, _) = parse::parse(&text, Over::Texts);
        let written = query.to_string();
        prop_assert_eq!(Query::parse(&written, Over::Texts), Ok(query), "{} -> {}", text, written);
    }

    #[test]
    fn no_text_makes_it_stumble(text in "\\PC{0,60}", over in prop_oneof![Just(Over::Lists), Just(Over::Texts), Just(Over::Bookmarks)]) {
        let (query, mistakes) = parse::parse(&text, over);
        for mistake in mistakes {
            prop_assert!(text.get(mistake.at).is_some());
        }
        prop_assert_eq!(Query::parse(&query.to_string(), over), Ok(query));
        let _ = Query::typed(&text, over);
        let _ = completions(&text, over);
    }

    #[test]
    fn the_place_of_a_mistake_is_in_the_text(text in pieces()) {
        for over in [Over::Lists, Over::Texts, Over::Bookmarks] {
            for mistake in parse::parse(&text, over).1 {
                prop_assert!(text.get(mistake.at.clone()).is_some(), "{:?}", mistake);
            }
        }
    }
}
