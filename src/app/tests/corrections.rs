//! The reader has the last word: what is said of paragraphs, from the text and from the contents.

use std::path::Path;

use super::{Effect, Event, SHORT, Session, Start, long};
use crate::model::document::BlockKind;
use crate::model::state::Fact;

/// What the open article has as headings, with their levels.
fn headings(session: &Session) -> Vec<(String, u8)> {
    let reader = session.app.reader.as_ref().expect("an article is open");
    let blocks = reader.document.blocks().iter();
    blocks
        .filter_map(|block| match block.kind {
            BlockKind::Heading(level) => Some((block.text.clone(), level)),
            _ => None,
        })
        .collect()
}

#[track_caller]
fn has(session: &Session, expected: &[(&str, u8)]) {
    let found = headings(session);
    let found: Vec<(&str, u8)> = found
        .iter()
        .map(|(text, level)| (text.as_str(), *level))
        .collect();
    assert_eq!(found, expected, "{}", session.screen());
}

#[test]
fn a_paragraph_becomes_a_heading_and_none_again() {
    let mut session = Session::reading(SHORT);
    has(&session, &[("The Wick", 1), ("The Oil", 1)]);
    session.press("] c h");
    session.shows("no heading; U takes it back: “The Wick”");
    has(&session, &[("The Oil", 1)]);
    session.press("c h");
    session.shows("heading of level 1; U takes it back: “The Wick”");
    session.press("U");
    session.shows("taken back: heading of level 1: “The Wick”");
    session.press("U");
    has(&session, &[("The Wick", 1), ("The Oil", 1)]);
    session.press("ctrl-r");
    session.shows("done again: no heading: “The Wick”");
    has(&session, &[("The Oil", 1)]);
}

#[test]
fn levels_are_given_raised_and_lowered() {
    let mut session = Session::reading(SHORT);
    session.press("] 3 c h");
    has(&session, &[("The Wick", 3), ("The Oil", 1)]);
    session.press("c <");
    has(&session, &[("The Wick", 2), ("The Oil", 1)]);
    session.press("9 c >");
    has(&session, &[("The Wick", 6), ("The Oil", 1)]);
    session.press("c >");
    session.shows("it is of the lowest level");
    session.press("9 c < c <");
    session.shows("it is of the highest level");
    session.press("} c >");
    session.shows("only headings have levels");
    session.press("c p");
    session.shows("it is text of the article already");
}

#[test]
fn the_title_is_what_the_reader_says_also_in_the_list() {
    let mut session = Session::library(&[("a.txt", SHORT), ("b.txt", &long())]);
    session.press("enter ] c t");
    session.shows("the title; U takes it back: “The Wick”");
    has(&session, &[("The Oil", 1)]);
    session.press("1");
    session.wait(600);
    session.shows("The Wick");
    session.hides("The Lamp");
    session.press("U");
    session.shows("The Lamp");
    session.hides("  The Wick");
}

#[test]
fn noise_is_folded_away_and_brought_back() {
    let mut session = Session::reading(SHORT);
    session.press("] } c x");
    session.shows("not of the article; U takes it back: “It was dry and as old…”");
    session.hides("house was older");
    session.press("x");
    session.shows("house was older");
    session.press("x U");
    session.shows("house was older");
}

#[test]
fn noise_that_is_shown_can_be_said_to_be_of_the_article() {
    let mut session = Session::reading(&format!("Share this article\n\n{SHORT}"));
    let reader = |session: &Session| session.app.reader.as_ref().unwrap().noise();
    let before = reader(&session);
    session.press("] } c x x {");
    assert_eq!(reader(&session), before + 1);
    session.press("c x");
    session.shows("of the article; U");
    assert_eq!(reader(&session), before);
}

#[test]
fn the_contents_correct_the_chosen_heading_and_make_headings_of_the_paragraph_being_read() {
    let mut session = Session::reading(SHORT);
    session.press("tab j j c p");
    session.shows("no heading; U takes it back: “The Oil”");
    has(&session, &[("The Wick", 1)]);
    session.press(">");
    has(&session, &[("The Wick", 2)]);
    session.press("<");
    has(&session, &[("The Wick", 1)]);
    // the paragraph at the margin bar, as its section is the chosen one
    let mut session = Session::reading(SHORT);
    session.press("] } } tab c h");
    let wick = ("The Wick", 1);
    let made = "Nobody would have thought that it could still take a flame, and nobody had tried since the last winter.";
    has(&session, &[wick, (made, 1), ("The Oil", 1)]);
    // it is chosen now, and can be given a level at once
    session.press(">");
    has(&session, &[wick, (made, 2), ("The Oil", 1)]);
    session.press("<");
    // another section is chosen: its heading
    session.press("j c h");
    has(&session, &[wick, (made, 1)]);
}

#[test]
fn a_text_of_which_nothing_was_taken_for_a_heading_shows_the_readers() {
    // more than a third of its blocks look like headings: none is shown
    let names = ["Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gus", "Hal"].join("\n\n");
    let text = format!("The Names\n\n{names}\n");
    let mut session = Session::reading(&text);
    has(&session, &[]);
    session.press("} } } c h");
    assert_eq!(headings(&session).len(), 1);
    session.shows("Contents");
    session.hides("inferred");
}

#[test]
fn a_correction_survives_reopening() {
    let mut session = Session::new(
        (80, 24),
        &[("a.txt", SHORT), ("b.txt", &long())],
        Start::Article("a.txt".into()),
    );
    session.press("] c h J K");
    has(&session, &[("The Oil", 1)]);
    session.shows("The Wick");
    session.press("tab");
    let screen = session.screen();
    let contents: Vec<&str> = screen
        .lines()
        .map(|l| l.split('│').next().unwrap())
        .collect();
    assert!(!contents.iter().any(|l| l.contains("The Wick")), "{screen}");
}

#[test]
fn on_a_full_disk_it_is_told_why_nothing_is_corrected() {
    let mut session = Session::reading(SHORT);
    session.disk_is_full = true;
    session.press("] c h");
    session.shows("not saved: the disk is full");
    has(&session, &[("The Wick", 1), ("The Oil", 1)]);
}

#[test]
fn the_place_the_bookmarks_and_what_was_read_stay() {
    let mut session = Session::reading(&long());
    session.press("] ] } B } }");
    session.wait(5000);
    let top = session.top_words();
    let seen = session.state().seen.clone();
    session.press("c h");
    assert_eq!(session.top_words(), top);
    session.press("c x");
    assert_eq!(session.top_words(), top);
    let state = session.state();
    assert!(seen.iter().all(|(key, seen)| state.seen[key] == *seen));
    let reader = session.app.reader.as_ref().unwrap();
    assert_eq!(reader.lost_bookmarks(), 0);
    session.press("U U");
    assert_eq!(session.top_words(), top);
    session.press("] c p [");
    session.shows("Day Number");
}

#[test]
fn what_was_read_to_its_end_stays_read_when_it_is_cut() {
    let mut session = Session::reading(&long());
    session.wait(5000);
    for _ in 0..30 {
        session.press("space");
        session.wait(1000);
    }
    let whole = |session: &Session| {
        let reader = session.app.reader.as_ref().unwrap();
        let sections = 0..reader.outline.sections.len();
        sections.filter(|&i| !reader.seen_of(i).is_whole()).count()
    };
    assert_eq!(whole(&session), 0);
    session.press("[ } } } c h");
    assert_eq!(whole(&session), 0, "{}", session.screen());
    session.press("] c p");
    assert_eq!(whole(&session), 0, "{}", session.screen());
}

#[test]
fn corrections_of_another_machine_are_taken_over() {
    let mut session = Session::reading(SHORT);
    let mut other = Session::reading(SHORT);
    other.press("] c h");
    let asked = other.asked.iter().rev();
    let change = asked.into_iter().find_map(|effect| match effect {
        Effect::Save(change) => Some(change.clone()),
        _ => None,
    });
    assert!(matches!(change.unwrap().does[0].1, Fact::Correction(_)));
    let state = other.state().clone();
    let id = session.article(Path::new("a.txt")).id;
    session.tell(Event::StatesChanged(vec![(id, state)]));
    has(&session, &[("The Oil", 1)]);
}

#[test]
fn folded_sections_stay_folded_when_others_are_corrected() {
    let mut session = Session::reading(&long());
    session.press("] ] } } 2 c h tab h");
    session.hides("│ Paragraph 2.2");
    assert_eq!(headings(&session).len(), 6);
    let rows = session.screen();
    session.press("j c p U");
    assert_eq!(headings(&session).len(), 6);
    assert_eq!(rows.lines().next(), session.screen().lines().next(),);
}
