//! Notes in the real program: of several lines, kept at any end, and written in the reader's own editor.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use rustix::process::Signal;

use super::{Home, Session, TWIN, USUAL, wait_until};

/// Writes a script to be the reader's editor. Its path.
fn editor(home: &Home, script: &str) -> String {
    let path = home.state().with_file_name("my editor");
    fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A folder for temporary files.
fn temporary(home: &Home) -> PathBuf {
    let path = home.state().with_file_name("temporary");
    let _ = fs::create_dir(&path);
    path
}

/// liseuse in a script of its own, with its arguments as those of the script, and an editor; the note of a new bookmark is
/// open.
fn noting_in(home: &Home, script: &str, editor: &str) -> Session {
    let article = home.article("twin.txt", TWIN);
    let mut command = home.command("/bin/bash", &["-c", script, super::LISEUSE, &article]);
    command.env("EDITOR", editor);
    command.env("TMPDIR", temporary(home).to_str().unwrap());
    let mut session = Session::start(command, USUAL);
    session.wait_for_article();
    session.send("}}B");
    session.wait_for_text("bookmarked");
    session.send("a");
    session.wait_for_text("Note: ");
    session
}

fn noting(home: &Home, editor: &str) -> Session {
    noting_in(home, r#"exec "$0" "$1""#, editor)
}

#[track_caller]
fn wait_for_note(home: &Home, note: &str) {
    let written = format!("\"note\":{}", serde_json::to_string(note).unwrap());
    wait_until(note, || home.journal().contains(&written));
}

#[test]
fn a_note_of_several_lines_is_kept_by_a_signal_and_found_again() {
    let home = Home::new();
    let mut session = noting(&home, "false");
    session.send("Quoi ?\r\x1b[200~deux\nlignes\x1b[201~");
    session.wait_for_text("│ lignes");
    session.signal(Signal::TERM);
    assert_eq!(session.end(), 143);
    session.check_given_back();
    wait_for_note(&home, "Quoi ?\ndeux\nlignes");

    let mut session = home.liseuse(&[home.library().join("twin.txt").to_str().unwrap()]);
    session.wait_for_article();
    session.send("Ma");
    session.wait_for_text("│ deux");
    session.send("!\x1b\r");
    session.wait_for_text("noted");
    session.quit();
    wait_for_note(&home, "Quoi ?\ndeux\nlignes!");
}

#[test]
fn the_readers_editor_writes_the_note_on_the_terminal_as_it_was() {
    let home = Home::new();
    let script = r#"stty -a | grep -q ' icanon' && echo "$1" >> "$2""#;
    let editor = format!("'{}' 'second line'", editor(&home, script));
    let mut session = noting(&home, &editor);
    session.send("first\x0f");
    session.wait_for_text("noted");
    session.wait_for("the article again", |screen| {
        screen.alternate_screen().then_some(())
    });
    assert!(!session.is_cooked());
    wait_for_note(&home, "first\nsecond line");
    session.send("M");
    session.wait_for_text("note: first second line");
    session.quit();
    assert_eq!(fs::read_dir(temporary(&home)).unwrap().count(), 0);
}

#[test]
fn an_editor_that_fails_or_is_not_there_changes_nothing() {
    let scripts = Home::new();
    let failing = editor(&scripts, "echo lost > \"$1\"; exit 3");
    for (editor, told) in [
        (
            format!("'{failing}'"),
            "the editor ended with 3; the note stays as it was",
        ),
        (
            "kill -9 $$; :".to_owned(),
            "the editor was ended by signal 9",
        ),
        (
            "nosuchvi -f".to_owned(),
            "could not run `nosuchvi -f`: no such command",
        ),
        ("/".to_owned(), "could not run `/`: permission denied"),
    ] {
        let home = Home::new();
        let mut session = noting(&home, &editor);
        session.send("mine\x0f");
        session.wait_for_text(told);
        session.wait_for_text("│ mine");
        session.send("!\x1b");
        session.wait_for_text("noted");
        wait_for_note(&home, "mine!");
        session.quit();
    }
}

#[test]
fn what_is_typed_in_the_editor_is_for_the_editor_and_later_for_us() {
    let home = Home::new();
    let script = "echo which; read -r answer; echo \"$answer\" >> \"$1\"";
    let editor = format!("'{}'", editor(&home, script));
    for input in [r#"exec "$0" "$1""#, r#"cat "$1" | "$0" -"#] {
        let mut session = noting_in(&home, input, &editor);
        for word in ["un", "deux", "trois"] {
            session.send("\x0f");
            session.wait_for_text("which");
            session.send(&format!("Q{word}q\n"));
            session.wait_for_text("noted");
            session.send("a");
            session.wait_for_text(&format!("│ Q{word}q"));
        }
        session.send("\x15\x15\x15\x1b");
        session.wait_for_text("noted");
        session.send("Md");
        session.wait_for_text("removed the bookmark");
        session.quit();
    }
}

#[test]
fn an_interrupt_in_the_editor_is_not_for_us() {
    let home = Home::new();
    let script =
        "trap 'echo caught >> \"$1\"; exit 0' INT; echo ready; while :; do read -r _; done";
    let quoted = format!("'{}'", editor(&home, script));
    let mut session = noting(&home, &quoted);
    session.send("mine\x0f");
    session.wait_for_text("ready");
    session.send("\x03");
    session.wait_for_text("noted");
    wait_for_note(&home, "mine\ncaught");
    editor(&home, "echo again; read -r _");
    session.send("a\x0f");
    session.wait_for_text("again");
    session.send("\x03");
    session.wait_for_text("the editor was ended by signal 2; the note stays as it was");
    session.wait_for_text("│ caught");
    session.send("\x1b");
    session.wait_for("no note", |screen| {
        (!screen.contents().contains("Note:")).then_some(())
    });
    session.quit();
}

#[test]
fn ctrl_z_in_the_editor_goes_to_the_shell_and_fg_comes_back_to_it() {
    let home = Home::new();
    let script = "echo ready; read -r answer; echo \"$answer\" >> \"$1\"";
    let editor = format!("'{}'", editor(&home, script));
    let script = r#"set -m; "$0" "$1"; echo stopped; read key; fg >/dev/null; echo "ended, $?""#;
    let mut session = noting_in(&home, script, &editor);
    session.send("mine\x0f");
    session.wait_for_text("ready");
    session.send("\x1a");
    session.wait_for_text("stopped");
    session.send("\nQ\n");
    session.wait_for_text("noted");
    wait_for_note(&home, "mine\nQ");
    session.send("Q");
    session.wait_for_text("ended, 0");
}

#[test]
fn the_end_while_the_editor_runs_keeps_what_it_saved() {
    let home = Home::new();
    let quoted = format!(
        "'{}'",
        editor(
            &home,
            "echo saved >> \"$1\"; echo ready; read -r _; echo late >> \"$1\""
        )
    );
    let mut session = noting(&home, &quoted);
    session.send("mine\x0f");
    session.wait_for_text("ready");
    session.signal(Signal::TERM);
    assert_eq!(session.end(), 143);
    session.check_given_back();
    wait_for_note(&home, "mine\nsaved");

    // one that does not end keeps nobody
    let home = Home::new();
    let quoted = format!("'{}'", editor(&home, "trap '' HUP; echo ready; read -r _"));
    let mut session = noting(&home, &quoted);
    session.send("mine\x0f");
    session.wait_for_text("ready");
    session.signal(Signal::TERM);
    assert_eq!(session.end(), 143);
    session.check_given_back();
    wait_for_note(&home, "mine");
}

#[test]
fn a_hang_up_while_the_editor_runs_loses_nothing() {
    let home = Home::new();
    let quoted = format!(
        "'{}'",
        editor(&home, "echo saved >> \"$1\"; echo ready; read -r _")
    );
    let mut session = noting(&home, &quoted);
    session.send("mine\x0f");
    session.wait_for_text("ready");
    session.signal(Signal::HUP);
    assert_eq!(session.end(), 129);
    wait_for_note(&home, "mine\nsaved");
}
