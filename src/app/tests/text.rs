//! Moving and searching in the text, and what counts as read.

use std::path::Path;

use super::super::effect::Effect;
use super::super::event::{Event, Extent, Opened};
use super::{Code, Format, Key, Outline, SHORT, Session, Start, State, Status, long, parse};
use crate::model::edition::Changes;

#[test]
fn the_place_is_kept_when_the_article_is_opened_again() {
    let files = [("a.txt", long()), ("b.txt", SHORT.to_owned())];
    let files: Vec<_> = files.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let mut session = Session::new((80, 24), &files, Start::Article("a.txt".into()));
    session.press("] ] j j j");
    let top = session.top_words();
    session.press("J");
    session.shows("The Lamp");
    session.press("K");
    assert_eq!(session.top_words(), top);
}

#[test]
fn the_place_is_written_down_soon_after_a_move_and_nothing_wakes_up_after() {
    let mut session = Session::reading(&long());
    assert_eq!(session.app.due(), None, "an open article waits for nothing");
    session.press("space");
    session.wait(10_000);
    assert!(session.state().progress.is_some());
    assert_eq!(session.app.due(), None);
}

#[test]
fn sections_are_gone_to_and_the_contents_follow() {
    let mut session = Session::reading(&long());
    session.press("2 0 j");
    session.press("]");
    assert_eq!(session.top_words(), "Day Number 2");
    session.press("[ [");
    session.press("3 ]");
    assert_eq!(session.top_words(), "Day Number 3");
    session.press("tab j enter");
    assert_eq!(session.top_words(), "Day Number 4");
}

#[test]
fn counts_percents_and_lone_digits() {
    let mut session = Session::reading(&long());
    session.press("5 0 %");
    session.shows("50 %");
    session.press("g g 1");
    session.shows("A Long Walk");
    session.wait(600);
    session.shows("1 article");
    session.press("3");
    session.wait(600);
    session.shows("Day Number 1");
    session.press("5 j");
    let five = session.top_words();
    session.press("g g j j j j j");
    assert_eq!(session.top_words(), five);
}

#[test]
fn jumps_are_gone_back_and_forward() {
    let mut session = Session::reading(&long());
    session.press("j j");
    let start = session.top_words();
    session.press("G");
    let end = session.top_words();
    session.press("ctrl-o");
    assert_eq!(session.top_words(), start);
    session.press(">");
    assert_eq!(session.top_words(), end);
    session.press("' '");
    assert_eq!(session.top_words(), start);
    session.press("' '");
    assert_eq!(session.top_words(), end);
}

#[test]
fn words_are_looked_for_without_case_and_accents() {
    let mut session = Session::reading(&long());
    session.press("/");
    session.type_text("ELAN".to_lowercase().as_str());
    session.press("enter");
    session.shows("1/50");
    session.press("n n");
    session.shows("3/50");
    session.press("N");
    session.shows("2/50");
    session.press("esc");
    session.hides("2/50");
    session.press("/");
    session.type_text("Elan");
    session.press("enter");
    session.shows("not in this article");
}

#[test]
fn a_search_that_is_given_up_leaves_the_place() {
    let mut session = Session::reading(&long());
    session.press("space");
    let before = session.screen();
    session.press("/");
    session.type_text("Paragraph 5.10");
    session.shows("5.10");
    session.press("esc");
    assert_eq!(session.screen(), before);
}

#[test]
fn an_article_is_begun_when_a_section_was_seen_and_read_at_its_end() {
    let mut session = Session::reading(&long());
    session.wait(5000);
    assert!(session.states.is_empty(), "opening is not reading");
    session.press("space");
    session.wait(5000);
    assert!(matches!(session.state().status, Status::Begun(_)));
    session.press("G");
    session.wait(5000);
    assert_eq!(session.state().status, Status::Read);
    session.shows("read “A Long Walk” to its end");
    session.press("U");
    assert!(matches!(session.state().status, Status::Begun(_)));
}

#[test]
fn pages_that_are_leafed_through_are_not_seen() {
    let mut session = Session::reading(&long());
    session.press("space space space");
    session.now += 100;
    session.press("g g");
    assert!(session.states.values().all(|s| s.seen.is_empty()));
}

#[test]
fn the_beginning_of_a_long_article_is_read_while_the_rest_comes() {
    let text = long();
    let mut session = Session::library(&[("a.txt", &text), ("b.txt", SHORT)]);
    let opened = |session: &Session, text: &str, extent| {
        let article = session.article(Path::new("a.txt"));
        let document = parse(text.as_bytes(), Format::Text).unwrap();
        let outline = Outline::of(&document);
        let (state, bookmark) = (State::default(), None);
        Event::Opened(Box::new(Opened {
            found: Vec::new(),
            changes: Changes::default(),
            article,
            document,
            outline,
            state,
            bookmark,
            extent,
        }))
    };
    session.now = 1;
    let effects = session.app.update(Event::Key(Key::plain(Code::Enter)), 1);
    assert!(matches!(effects.as_slice(), [Effect::Open(..)]));
    let start = &text[..text.find("Paragraph 2.1").unwrap()];
    session.tell(opened(&session, start, Extent::Start));
    session.press("space j");
    let top = session.top_words();
    session.press("/");
    session.type_text("Paragraph 5.10");
    session.press("enter");
    assert_eq!(session.top_words(), top, "the search waits for the whole");
    session.tell(opened(&session, &text, Extent::Whole));
    session.shows("Paragraph 5.10");
    session.press("ctrl-o");
    assert_eq!(session.top_words(), top);
}

#[test]
fn a_search_finds_what_is_folded_away_and_unfolds_it() {
    let text = SHORT.replace("The Oil", "Read more: A saddle for sale\n\nThe Oil");
    let mut session = Session::reading(&text);
    session.hides("saddle");
    session.press("/");
    session.type_text("saddle");
    session.shows("A saddle for sale");
    // given up: folded away again
    session.press("esc");
    session.hides("A saddle for sale");
    session.press("/");
    session.type_text("saddle");
    session.press("enter");
    session.shows("A saddle for sale");
    session.shows("1/1");
}
