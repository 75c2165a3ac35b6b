//! The list of articles, and going to and from it.

use super::super::{App, Setup};
use super::{Background, Code, Config, Depth, Effect, Event, Key, SHORT, Session, Start};

#[test]
fn the_library_is_filtered_sorted_and_marked() {
    let other = SHORT.replace("The Lamp", "A Candle");
    let files = [("a.txt", SHORT), ("b.txt", other.as_str())];
    let mut session = Session::library(&files);
    session.press("/");
    session.type_text("candle");
    session.hides("The Lamp");
    session.press("enter r");
    session.shows("marked read “A Candle”");
    session.press("esc");
    session.shows("The Lamp");
    session.press("s");
    session.shows("by title");
    session.press("R");
    session.shows("mark 1 article read?");
    session.press("y");
    session.shows("0 unread");
    session.press("U");
    session.shows("1 unread");
}

#[test]
fn q_closes_the_innermost_and_quits_only_at_the_outermost() {
    let files = [("a.txt", SHORT), ("b.txt", SHORT)];
    let mut session = Session::library(&files);
    session.press("enter ? q");
    session.shows("The Wick");
    session.press("M q q");
    session.shows("2 articles");
    assert!(!session.asked.contains(&Effect::Quit));
    session.press("esc esc esc");
    assert!(!session.asked.contains(&Effect::Quit));
    session.press("q");
    assert!(session.asked.contains(&Effect::Quit));
}

#[test]
fn pasted_text_never_fires_keys() {
    let mut session = Session::reading(SHORT);
    session.tell(Event::Pasted("Qq\nB".to_owned()));
    assert!(!session.asked.contains(&Effect::Quit));
    session.press("/");
    session.tell(Event::Pasted("wick\nno".to_owned()));
    session.shows("/wick no");
}

#[test]
fn keys_before_the_article_is_there_do_nothing_to_the_library() {
    let mut session = Session::library(&[("a.txt", SHORT)]);
    let setup = Setup {
        config: Config::builtin(),
        mistakes: Vec::new(),
        start: Start::Article("a.txt".into()),
        size: session.size,
        now: 0,
        offset: 0,
        background: Background::Dark,
        depth: Depth::Ansi,
    };
    let (mut app, _) = App::new(setup);
    assert_eq!(app.update(Event::Key(Key::plain(Code::Char('r'))), 2), []);
    session.app = app;
    session.hides("article");
    session.tell(Event::Failed(
        "could not read `a.txt`: no such file".to_owned(),
    ));
    session.shows("could not read `a.txt`");
    session.shows("1 article");
}
