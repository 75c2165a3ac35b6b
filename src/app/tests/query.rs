//! The library at large: queries on its filter line, saved searches, orders, and several articles at once.

use super::{Article, ArticleId, Effect, Event, SHORT, Session, State, Status};

/// A library of four articles, one of them begun and one read.
fn session() -> Session {
    let named = |title: &str| SHORT.replace("The Lamp", title);
    let texts = [
        ("a.txt", named("A Candle")),
        ("b.txt", named("Été à la mer")),
        ("sea/c.txt", named("The Ferry")),
        ("sea/d.txt", named("The Harbour")),
    ];
    let files: Vec<_> = texts.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let mut session = Session::library(&files);
    let state = |status| State {
        status,
        last_read: 5,
        ..State::default()
    };
    let states = [
        ("a.txt", state(Status::Begun(40))),
        ("sea/d.txt", state(Status::Read)),
    ];
    let states: Vec<_> = states
        .into_iter()
        .map(|(id, state)| (ArticleId(id.to_owned()), state))
        .collect();
    session.states.extend(states.clone());
    session.tell(Event::StatesChanged(states));
    session
}

/// The titles on the screen, top down.
fn titles(session: &Session) -> String {
    let screen = session.screen();
    let known = ["A Candle", "Été à la mer", "The Ferry", "The Harbour"];
    let rows = screen.lines().filter(|row| row.contains(" min"));
    let title = |row: &str| known.into_iter().find(|title| row.contains(title));
    rows.filter_map(title).collect::<Vec<_>>().join(", ")
}

#[track_caller]
fn check_filter(typed: &str, expected: &str) {
    let mut session = session();
    session.press("/");
    session.type_text(typed);
    assert_eq!(titles(&session), expected, "{typed}");
}

#[test]
fn the_filter_line_speaks_the_language_of_searches() {
    check_filter("ete", "Été à la mer");
    check_filter("in:sea", "The Ferry, The Harbour");
    check_filter("in:se", "The Ferry, The Harbour");
    check_filter("is:begun OR is:read", "A Candle, The Harbour");
    check_filter("the -ferry", "The Harbour");
    check_filter(
        "author:holm time:2",
        "A Candle, Été à la mer, The Ferry, The Harbour",
    );
    check_filter("lang:fr", "");
}

#[test]
fn a_mistake_stands_under_its_place_and_what_is_half_typed_is_none() {
    let mut session = session();
    session.press("/");
    session.shows("title: author: in: is: lang: time: after: before:");
    session.type_text("ferry titel");
    session.shows("0 of 4 articles");
    session.type_text(":");
    let screen = session.screen();
    let rows: Vec<&str> = screen.lines().rev().take(2).collect();
    assert!(rows[1].starts_with("  filter: ferry titel:"), "{screen}");
    let place = |row: &str, words| row.find(words).map(|at| row[..at].chars().count());
    assert_eq!(place(rows[0], "↑ no field"), place(rows[1], "titel"));
    assert_eq!(titles(&session), "The Ferry");
    session.press("ctrl-u");
    session.type_text("is:");
    session.hides("↑");
    session.type_text("begu");
    assert_eq!(titles(&session).matches(',').count(), 3);
    session.shows("filter: is:begun");
    session.press("right");
    assert_eq!(titles(&session), "A Candle");
}

#[test]
fn names_of_fields_are_completed() {
    let mut session = session();
    session.press("/");
    session.type_text("au");
    session.shows("filter: author:");
    session.press("right");
    session.type_text("nobody");
    session.shows("filter: author:nobody");
    assert_eq!(titles(&session), "");
    session.press("ctrl-u");
    session.type_text("lamp");
    session.press("right");
    session.shows("filter: lamp\n");
}

#[test]
fn a_saved_search_is_opened_and_left_again() {
    let mut session = session();
    session.shows("▸ Ten-minute reads                                                         2");
    session.shows("▸ Begun                                                                    1");
    session.press("g g j enter");
    session.shows("Begun: 1 shown");
    assert_eq!(titles(&session), "A Candle");
    session.press("r");
    session.shows("marked read “A Candle”");
    assert_eq!(
        titles(&session),
        "A Candle",
        "the row stays until the list is left"
    );
    session.press("esc");
    session.shows("▸ Begun                                                                    0");
    session.press("enter");
    session.shows("no article is like that");
    session.press("/");
    session.shows("filter: is:begun");
}

#[test]
fn counts_of_saved_searches_follow_every_change() {
    let mut session = session();
    let count = |session: &Session, expected: usize| {
        let row = session.screen();
        let row = row
            .lines()
            .find(|row| row.contains("Ten-minute"))
            .unwrap()
            .to_owned();
        assert!(row.ends_with(&format!(" {expected}")), "{row}");
    };
    count(&session, 2);
    let new = Article {
        minutes: 3,
        path: "new.txt".into(),
        id: ArticleId("new".into()),
        title: "New".into(),
        ..session.article("b.txt".as_ref())
    };
    session.tell(Event::Found(vec![new.clone()]));
    count(&session, 3);
    session.tell(Event::Found(vec![Article { minutes: 60, ..new }]));
    count(&session, 2);
    session.shows("5 articles");
    session.tell(Event::Gone(vec![
        "new.txt".into(),
        "b.txt".into(),
        "none.txt".into(),
    ]));
    count(&session, 1);
    session.shows("3 articles");
    session.hides("New");
}

#[test]
fn this_week_goes_on_with_the_days() {
    const DAY: i64 = 86_400_000;
    let mut session = session();
    session.now = 1000 * DAY;
    let french = Article {
        language: Some("fr".into()),
        modified: 1000 * DAY,
        path: "fr.txt".into(),
        id: ArticleId("fr".into()),
        ..session.article("b.txt".as_ref())
    };
    session.tell(Event::Found(vec![french]));
    session.shows("This week in French                                                      1");
    session.now += 8 * DAY;
    session.press("j");
    session.shows("This week in French                                                      0");
}

#[test]
fn several_articles_are_marked_with_one_undo() {
    let mut session = session();
    session.press("space space");
    session.shows("2 selected");
    session.press("r");
    session.shows("marked 2 articles read");
    session.hides("selected");
    session.shows("1 unread");
    session.press("U");
    session.shows("2 unread");
    session.shows("1 begun");
    session.press("g g j j j v G");
    session.shows("4 selected");
    session.press("esc");
    session.hides("selected");
    session.press("g g j j j v j v G space r");
    session.shows("marked 3 articles read");
}

#[test]
fn articles_are_listed_by_folder_or_all_together_in_any_order() {
    let mut session = session();
    session.press("F");
    session.shows("all together");
    session.hides("  sea\n");
    session.press("s");
    session.shows("by title");
    assert_eq!(
        titles(&session),
        "A Candle, Été à la mer, The Ferry, The Harbour"
    );
    session.press("s s s s");
    session.shows("by state");
    assert_eq!(
        titles(&session),
        "A Candle, Été à la mer, The Ferry, The Harbour"
    );
    session.press("s");
    session.shows("by last read");
    assert_eq!(
        titles(&session),
        "A Candle, The Harbour, Été à la mer, The Ferry"
    );
    session.press("F");
    session.shows("  sea\n");
}

#[test]
fn an_article_whose_file_is_gone_says_so() {
    let mut session = session();
    let gone = Article {
        missing: true,
        bookmarks: 2,
        ..session.article("b.txt".as_ref())
    };
    session.tell(Event::Found(vec![gone]));
    session.shows("× Été à la mer");
    session.press("/");
    session.type_text("is:missing");
    session.press("enter enter");
    session.shows("the file of “Été à la mer” is gone; M lists its 2 bookmarks");
    let opens = |e: &Effect| matches!(e, Effect::Open(..));
    assert!(!session.asked.iter().any(opens));
}

#[test]
fn the_chosen_article_stays_where_it_is_while_others_come() {
    let mut session = session();
    let another = |session: &mut Session, folder: &str, i: usize| {
        let article = Article {
            id: ArticleId(format!("{folder}{i}")),
            path: format!("{folder}/{i}.txt").into(),
            folder: folder.to_owned(),
            title: format!("Another {i}"),
            ..session.article("b.txt".as_ref())
        };
        session.tell(Event::Found(vec![article]));
    };
    for i in 0..40 {
        another(&mut session, "z", i);
    }
    session.press("/");
    session.type_text("harbour");
    session.press("enter j esc");
    let row = |session: &Session| {
        let screen = session.screen();
        screen.lines().position(|row| row.contains("The Harbour"))
    };
    let before = row(&session);
    for i in 0..40 {
        another(&mut session, "", i);
    }
    assert_eq!(row(&session), before);
    session.press("enter");
    session.shows("The Harbour");
}
