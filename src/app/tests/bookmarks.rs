//! Bookmarks and letters.

use super::{SHORT, Session, long};

#[test]
fn a_bookmark_is_told_of_only_when_it_is_saved() {
    let mut session = Session::reading(SHORT);
    session.press("}");
    session.disk_is_full = true;
    session.press("B");
    session.shows("not saved: the disk is full");
    session.hides("◆");
    session.disk_is_full = false;
    session.press("B");
    session.shows("bookmarked “");
    session.shows("◆");
    session.press("U");
    session.shows("taken back: bookmarked");
    session.hides("◆");
    session.press("ctrl-r");
    session.shows("done again: bookmarked");
    session.press("B");
    session.shows("removed the bookmark");
    assert_eq!(session.state().bookmarks, []);
}

#[test]
fn a_letter_marks_a_place_and_leads_back() {
    let mut session = Session::reading(&long());
    session.press("] m a G");
    session.press("' a");
    session.shows("Day Number 1");
    session.press("m a");
    assert_eq!(
        session.state().bookmarks.len(),
        1,
        "a letter marks one place"
    );
    session.press("' q");
    session.shows("no place is marked with q");
}

#[test]
fn the_bookmarks_pane_lists_notes_and_goes_to_the_words() {
    let mut session = Session::reading(&long());
    session.press("] ] } B g g M");
    session.shows("1 bookmark of this article");
    session.press("a");
    session.type_text("to keep");
    session.press("esc");
    session.shows("note: to keep");
    session.press("enter");
    session.shows("Paragraph 2.1");
    session.press("M d");
    session.shows("removed the bookmark");
    session.shows("none yet");
    session.press("U");
    session.shows("note: to keep");
}

#[test]
fn the_list_says_what_became_of_words_that_were_edited() {
    let text = "The Lamp\n\nA lamp gives light to whoever sits beside it and reads until the oil is gone.\n\n\
        Its wick is cut once a day, and the glass is wiped with a dry cloth and some patience.\n\n\
        Nobody has ever counted the pages that were read by it in the long winters of the north.\n";
    let mut session = Session::reading(text);
    session.press("} } B M");
    session.shows("1 bookmark of this article");
    session.hides("changed");
    let changed = text.replace("cut once a day", "trimmed once a day");
    let gone = text.replace(
        &text[text.find("Its").unwrap()..text.find("Nobody").unwrap()],
        "",
    );
    for (text, words) in [
        (&changed, "changed, now: “Its wick is trimmed once a day"),
        (&gone, "lost"),
    ] {
        let mut again = Session::library(&[("a.txt", text)]);
        again.states.clone_from(&session.states);
        again.press("enter M");
        again.shows("Its wick is cut once a day");
        again.shows(words);
    }
}
