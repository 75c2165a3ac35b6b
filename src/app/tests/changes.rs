//! What has changed since the reader last had a text.

use super::{Session, Start, long};
use crate::model::edition::Texts;

const TEXT: &str = "The Harbour\n\nThe lamp was lit at six by the first keeper of the house.\n\n\
    The second keeper wrote it down in the book, as he did every day of the year.\n\n\
    A third paragraph tells of the oil, of the wick, and of the long winter that came after it.\n";

const CHANGED: &str = "The Harbour\n\nA new paragraph stands before all the others, and says what they say.\n\n\
    The lamp was lit at seven by the first keeper of the house.\n\n\
    A third paragraph tells of the oil, of the wick, and of the long winter that came after it.\n";

/// A session in which a text was read to its end.
fn read(text: &str) -> Session {
    let mut session = Session::reading(text);
    session.press("j");
    session.wait(3000);
    session.press("j");
    assert!(session.state().edition.is_some());
    session
}

/// The same reader with another text in the file.
fn later(session: &Session, text: &str, size: (u16, u16)) -> Session {
    let files = [("a.txt", text)];
    let mut later = Session::new(size, &files, Start::Library);
    later.states.clone_from(&session.states);
    later.copies.clone_from(&session.copies);
    later.now = session.now;
    later.press("enter");
    later
}

#[test]
fn changes_are_signed_and_gone_to() {
    let session = read(TEXT);
    let mut later = later(&session, CHANGED, (120, 40));
    later.shows("since you read it: 1 new, 1 changed, 1 removed");
    later.shows("+   A new paragraph");
    later.shows("~   The lamp was lit at seven");
    let screen = later.screen();
    let sign = screen.lines().find(|line| line.trim_end().ends_with(" -"));
    assert!(sign.is_some(), "{screen}");
    later.press("c n");
    later.shows("+ ▎ A new paragraph");
    later.press("c n");
    later.shows("~ ▎ The lamp was lit");
    later.press("c n");
    later.press("c n");
    later.shows("nothing below has changed");
    later.press("c N c N");
    later.shows("+ ▎ A new paragraph");
}

#[test]
fn the_difference_is_told_word_by_word() {
    let session = read(TEXT);
    let mut later = later(&session, CHANGED, (120, 40));
    later.press("c n c n c d");
    later.shows("changed since you read it");
    later.shows("[-six-]{+seven+}");
    later.press("esc c n c d");
    later.shows("removed since you read it");
    later.shows("[-The second keeper wrote it down");
    later.press("q 9 { c d");
    later.shows("nothing has changed here");
}

#[test]
fn without_a_copy_the_earlier_text_is_said_to_be_gone() {
    let mut session = read(TEXT);
    session
        .copies
        .values_mut()
        .for_each(|texts| *texts = Texts::new());
    let mut later = later(&session, CHANGED, (80, 24));
    later.press("c n c d");
    later.shows("the earlier text was not kept");
    later.press("esc");
    later.resize(40, 12);
    later.press("c d");
    later.shows("was not kept");
}

#[test]
fn what_was_seen_is_no_change_any_more() {
    let session = read(TEXT);
    let mut once = later(&session, CHANGED, (80, 24));
    once.press("j");
    once.wait(3000);
    once.press("j");
    once.shows("A new paragraph");
    once.shows("+");
    let mut again = later(&once, CHANGED, (80, 24));
    again.hides("since you read it");
    again.press("c n");
    again.shows("nothing below has changed");
}

#[test]
fn a_glance_is_no_reading() {
    let session = read(TEXT);
    let mut once = later(&session, CHANGED, (80, 24));
    once.press("q");
    let again = later(&once, CHANGED, (80, 24));
    again.shows("since you read it");
}

#[test]
fn an_article_that_shrank_to_nothing_can_be_opened() {
    let session = read(TEXT);
    for text in ["", " \n", "x"] {
        let mut later = later(&session, text, (80, 24));
        later.press("c n c d esc c N M");
        later.screen();
    }
}

#[test]
fn what_was_seen_before_leaving_is_not_told_again_and_the_rest_is() {
    let text = long();
    let mut session = Session::reading(&text);
    session.press("j");
    session.wait(3000);
    session.press("j");
    let changed = text
        .replace("Paragraph 1.1 tells", "Paragraph 1.1 told")
        .replace("Paragraph 5.9 tells", "Paragraph 5.9 told");
    let mut once = later(&session, &changed, (80, 24));
    once.shows("since you read it: 2 changed");
    once.press("c N j");
    once.wait(3000);
    once.press("g g");
    once.wait(3000);
    once.press("q");
    let mut again = later(&once, &changed, (80, 24));
    again.shows("since you read it: 1 changed");
    again.press("c n");
    again.shows("Paragraph 5.9 told");
}
