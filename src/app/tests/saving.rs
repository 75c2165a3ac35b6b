//! What is told when something could, or could not, be saved.

use super::{Event, SHORT, Session, long};

#[test]
fn a_full_disk_is_told_of_once_and_what_was_read_meanwhile_is_saved_when_there_is_room() {
    let mut session = Session::reading(&long());
    session.disk_is_full = true;
    session.press("j");
    session.wait(3000);
    session.shows("not saved: the disk is full");
    for _ in 0..3 {
        session.press("space");
        session.wait(3000);
        session.hides("not saved");
    }
    session.press("B");
    session.shows("not saved: the disk is full");
    assert!(session.states.is_empty());
    session.disk_is_full = false;
    session.press("k");
    session.wait(3000);
    let state = session.state();
    assert!(state.progress.is_some());
    assert!(state.seen.values().all(|seen| seen.some));
    assert!(!state.seen.is_empty(), "{state:?}");
}

#[test]
fn what_a_scan_has_to_tell_waits_for_the_answer_on_the_screen() {
    let mut session = Session::reading(SHORT);
    session.disk_is_full = true;
    session.press("B");
    session.tell(Event::Scanned(vec![
        "left out `x`: it is a pipe".to_owned(),
    ]));
    session.shows("not saved: the disk is full");
    session.press("j");
    session.shows("left out `x`");
}
