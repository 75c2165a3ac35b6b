//! Notes of several lines.

use super::{Effect, Event, SHORT, Session};
use crate::app::event::{Mouse, MouseKind};
use crate::model::visible::visible;

/// A bookmark whose note is open.
fn noting() -> Session {
    let mut session = Session::reading(SHORT);
    session.press("} } B a");
    session.shows("Note: A lamp stood on the table");
    session
}

fn note(session: &Session) -> &str {
    &session.state().bookmarks[0].note
}

#[test]
fn a_note_of_several_lines_is_written_kept_and_taken_back() {
    let mut session = noting();
    session.shows("esc keep · ctrl-g drop · ctrl-o editor");
    session.type_text("Who lit it?");
    session.press("enter enter");
    session.type_text("Q nobody");
    session.press("enter");
    insta::assert_snapshot!(session.screen());
    session.press("esc");
    session.shows("noted");
    session.hides("Note:");
    assert_eq!(note(&session), "Who lit it?\n\nQ nobody");
    session.press("M");
    session.shows("note: Who lit it?  Q nobody");
    session.press("3 U");
    session.shows("taken back: noted");
    assert_eq!(note(&session), "");
}

#[test]
fn a_note_is_written_on_any_screen() {
    let mut session = noting();
    session.type_text(&"words and more words, ".repeat(20));
    session.press("enter");
    session.type_text("the end");
    session.resize(40, 12);
    insta::assert_snapshot!(session.screen());
    for (width, height) in [(120, 40), (20, 6), (5, 3), (1, 1), (300, 2), (2, 60)] {
        session.resize(width, height);
        session.screen();
    }
    session.resize(20, 6);
    session.shows("the end");
}

#[test]
fn other_keys_that_keep_a_note() {
    for key in ["ctrl-s", "alt-enter"] {
        let mut session = noting();
        session.type_text("x");
        session.press(key);
        assert_eq!(note(&session), "x");
    }
}

#[test]
fn nothing_is_saved_where_nothing_was_changed() {
    let mut session = noting();
    session.type_text("x");
    session.press("esc a");
    let asked = session.asked.len();
    session.press("enter space esc");
    assert_eq!(session.asked.len(), asked);
    session.hides("noted");
    session.press("a backspace esc");
    session.shows("removed the note");
    assert_eq!(note(&session), "");
}

#[test]
fn a_note_is_given_up_only_by_its_key_and_that_is_told() {
    let mut session = noting();
    session.press("ctrl-g");
    session.hides("not kept");
    session.press("a");
    session.type_text("x");
    session.press("ctrl-c");
    session.tell(Event::Mouse(Mouse {
        kind: MouseKind::Click,
        column: 1,
        row: 1,
    }));
    session.shows("Note:");
    session.press("ctrl-g");
    session.shows("the note was not kept");
    assert_eq!(note(&session), "");
}

#[test]
fn typing_is_taken_back_inside_and_ctrl_z_still_suspends() {
    let mut session = noting();
    session.type_text("one two");
    session.press("alt-u");
    session.shows("│ one ");
    session.hides("two");
    session.press("ctrl-r");
    session.shows("one two");
    session.press("ctrl-z");
    assert_eq!(session.asked.last(), Some(&Effect::Suspend));
    session.shows("one two");
}

#[test]
fn a_paste_is_never_keys_and_a_click_moves_the_cursor() {
    let mut session = noting();
    session.tell(Event::Pasted("Q\u{1b}\nq\t.".to_owned()));
    session.shows("│ Q");
    session.shows("│ q    .");
    session.tell(Event::Mouse(Mouse {
        kind: MouseKind::Click,
        column: 5,
        row: 13,
    }));
    session.type_text("ui");
    session.press("esc");
    assert_eq!(note(&session), "Qui \nq    .");
}

#[test]
fn a_note_that_cannot_be_saved_is_shown_again() {
    let mut session = noting();
    session.type_text("kept");
    session.disk_is_full = true;
    session.press("esc");
    session.shows("not saved: the disk is full");
    session.shows("Note:");
    session.shows("│ kept");
    session.press("x esc");
    session.shows("│ keptx");
    session.disk_is_full = false;
    session.press("esc");
    session.shows("noted");
    assert_eq!(note(&session), "keptx");
}

#[test]
fn a_note_that_could_not_be_saved_while_something_else_was_opened_is_offered_again() {
    let mut session = noting();
    session.type_text("kept");
    let effects = session.app.update(Event::Key("esc".parse().unwrap()), 5);
    let Some(Effect::Save(change)) = effects.into_iter().last() else {
        panic!("nothing saved")
    };
    session.press("?");
    session.tell(Event::NotSaved(
        change,
        "not saved: the disk is full".to_owned(),
    ));
    session.shows("Keys: text");
    session.press("esc");
    session.hides("Note:");
    session.press("a");
    session.shows("│ kept");
    session.press("esc");
    assert_eq!(note(&session), "kept");
}

#[test]
fn a_note_on_its_way_to_the_disk_is_gone_on_with() {
    let mut session = noting();
    session.type_text("one");
    let effects = session.app.update(Event::Key("esc".parse().unwrap()), 5);
    session.press("a");
    session.shows("│ one");
    session.answer(effects);
    session.type_text(" two");
    session.press("esc");
    assert_eq!(note(&session), "one two");
}

#[test]
fn a_note_that_is_gone_on_with_stands_for_the_one_that_was_not_saved() {
    let mut session = noting();
    session.type_text("one");
    let first = session.app.update(Event::Key("esc".parse().unwrap()), 5);
    session.press("a");
    let not_saved = |effects: Vec<Effect>| match effects.into_iter().last() {
        Some(Effect::Save(change)) => Event::NotSaved(change, "not saved".to_owned()),
        other => panic!("{other:?}"),
    };
    session.tell(not_saved(first));
    session.shows("│ one");
    let again = session.app.update(Event::Key("esc".parse().unwrap()), 6);
    session.press("a");
    session.type_text(" two");
    let second = session.app.update(Event::Key("esc".parse().unwrap()), 7);
    session.tell(not_saved(again));
    session.hides("Note:");
    session.tell(not_saved(second));
    session.shows("│ one two");
    session.press("esc");
    assert_eq!(note(&session), "one two");
    session.tell(Event::EndAsked);
    assert_eq!(note(&session), "one two");
}

#[test]
fn the_end_keeps_what_is_being_written() {
    let mut session = noting();
    session.type_text("kept");
    session.tell(Event::EndAsked);
    assert_eq!(session.asked.last(), Some(&Effect::Quit));
    assert_eq!(note(&session), "kept");
}

#[test]
fn the_readers_editor_gets_the_note_and_what_it_made_of_it_is_kept() {
    let mut session = noting();
    session.type_text("mine");
    session.press("ctrl-o");
    assert_eq!(session.asked.last(), Some(&Effect::Edit("mine".to_owned())));
    session.press("x esc ctrl-g");
    session.tell(Event::Pasted("pasted".to_owned()));
    session.tell(Event::Edited(Ok("mine\r\nand\u{1b} more\n\n".to_owned())));
    session.hides("Note:");
    session.shows("noted");
    assert_eq!(note(&session), "mine\nand␛ more");
}

#[test]
fn an_editor_that_changed_nothing_or_failed_gives_the_note_back_as_it_was() {
    let mut session = noting();
    session.type_text("mine");
    session.press("ctrl-o");
    session.tell(Event::Edited(Ok("mine\n".to_owned())));
    session.shows("│ mine");
    session.press("ctrl-o");
    session.tell(Event::Edited(Err(
        "could not run `vim`: no such command".to_owned()
    )));
    session.shows("│ mine");
    session.shows("could not run `vim`: no such command");
    session.press("! esc");
    assert_eq!(note(&session), "mine!");
}

#[test]
fn a_note_that_others_wrote_draws_safely() {
    let mut session = noting();
    session.press("esc");
    let mut states = session.states.clone();
    for state in states.values_mut() {
        let hostile = "\u{1b}]52;c;x\u{7}\u{202e}\u{2066} ab\r\n".repeat(30_000);
        // as the journal reads it
        std::sync::Arc::make_mut(&mut state.bookmarks[0]).note =
            visible(hostile.into()).into_owned();
    }
    session.states.clone_from(&states);
    session.tell(Event::StatesChanged(states.into_iter().collect()));
    session.press("a");
    for screen in [session.screen(), {
        session.press("esc M");
        session.screen()
    }] {
        let acts =
            |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{2069}').contains(&c);
        assert!(!screen.contains(acts), "{screen:?}");
    }
}
