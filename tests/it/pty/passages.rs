//! Passages that are selected, and what has changed, in the real program.

use std::fs;

use rustix::process::Signal;

use super::Home;

const TEXT: &str = "The Harbour\n\nThe lamp was lit at six. Nobody came, for M. Lavrov had taken the boat. \
    It rained.\n\nThe second keeper wrote it down in the book, as he did every day of the year.\n\n\
    A third paragraph tells of the oil, of the wick, and of the long winter that came after it.\n";

#[test]
fn a_highlight_survives_a_kill_and_an_edit_of_the_article() {
    let home = Home::new();
    let path = home.article("harbour.txt", TEXT);
    let mut session = home.liseuse(&[&path]);
    session.wait_for_text("The Harbour");
    session.send("}vl2");
    session.wait_for_text("as question");
    session.signal(Signal::KILL);
    session.end();
    assert!(
        home.journal()
            .contains("Nobody came, for M. Lavrov had taken the boat.")
    );

    fs::write(
        &path,
        TEXT.replace(
            "The lamp was lit",
            "A new beginning.\n\nThe lamp was not lit",
        ),
    )
    .unwrap();
    let mut session = home.liseuse(&[&path]);
    session.wait_for_text("?");
    session.send("M");
    session.wait_for_text("1 bookmark of this article");
    session.wait_for_text("? Nobody came, for M. Lavrov had taken the boat.");
    session.send("\x1b");
    session.wait_for_text("The lamp was not lit");
    session.quit();
}

#[test]
fn the_mouse_drags_a_selection() {
    let home = Home::new();
    let path = home.article("harbour.txt", TEXT);
    let mut session = home.liseuse(&[&path]);
    session.wait_for_text("The Harbour");
    let place = session.wait_for("the words", |screen| {
        let contents = screen.contents();
        let rows = contents.lines().enumerate();
        let mut found =
            rows.filter_map(|(row, line)| Some((row, line.find("was lit at six. N")?, line)));
        let (row, at, line) = found.next()?;
        Some((row + 1, line[..at].chars().count() + 1))
    });
    let (row, column) = place;
    let to = column + 5;
    session.send(&format!(
        "\x1b[<0;{column};{row}M\x1b[<32;{to};{row}M\x1b[<0;{to};{row}m\r"
    ));
    session.wait_for_text("highlighted “was lit”");
    session.quit();
}

#[test]
fn what_has_changed_since_it_was_read_is_told_after_a_restart() {
    let home = Home::new();
    let path = home.article("harbour.txt", TEXT);
    let mut session = home.liseuse(&[&path]);
    session.wait_for_text("The Harbour");
    session.send("j");
    session.wait_for_text("to its end");
    session.signal(Signal::TERM);
    session.end();
    assert!(home.journal().contains("\"edition\""));

    fs::write(&path, TEXT.replace("wrote it down", "wrote all of it down")).unwrap();
    let mut session = home.liseuse(&[&path]);
    session.wait_for_text("since you read it: 1 changed");
    session.send("cncd");
    session.wait_for_text("wrote all of it down");
    session.wait_for_text("changed since you read it");
    session.send("q");
    session.quit();
}
