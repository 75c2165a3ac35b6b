//! What should not happen and does: files that are no articles, journals that are no journals, terminals of any size.

use std::fs;

use rustix::process::Signal;

use crate::pty::{Home, LISEUSE, Session, TWIN, USUAL};

#[test]
fn a_journal_of_another_machine_is_taken_in_and_never_written() {
    let home = Home::new();
    let twin = home.article("twin.txt", TWIN);
    fs::create_dir(home.state()).unwrap();
    let others = home.state().join("elsewhere.jsonl");
    let id = r#""time":"2026-11-01T10:00:00Z","machine":"elsewhere","article":"0123456789abcdef""#;
    let lines = [
        format!(r#"{{{id},"known":{{"path":"gone.txt","content":"00","title":"Gone\u001b[2J"}}}}"#),
        format!(
            r#"{{{id},"bookmark":{{"id":"b","exact":"far \u001b]52;c;eA==\u0007words","prefix":"","suffix":"","block":0,"offset":0,"note":"\u009b5n","added":"2026-11-01T10:00:00Z"}}}}"#
        ),
        "\0\u{1}\u{fffd}".to_owned(),
        "y".repeat(9_000_000),
        "[".repeat(100_000),
        format!(r#"{{{id},"dreamed":true}}"#),
        r#"{"time":"2026"#.to_owned(),
    ];
    fs::write(&others, lines.join("\n")).unwrap();
    let before = fs::read(&others).unwrap();

    let mut session = home.liseuse(&[]);
    session.wait_for_text("lines of the journal could not be read and were left as they are");
    session.send("MM");
    session.wait_for_text("far ␛]52;c;eA==␇words");
    session.quit();
    let mut session = home.liseuse(&[&twin]);
    session.wait_for_text("Partage des Nuits");
    session.send("B");
    session.wait_for_text("bookmarked “");
    let bytes = String::from_utf8_lossy(&session.bytes()).into_owned();
    session.quit();

    assert!(
        !bytes.contains("\x1b]52") && !bytes.contains('\u{9b}'),
        "{bytes:?}"
    );
    assert!(
        fs::read(&others).unwrap() == before,
        "the other journal was written"
    );
}

#[test]
fn a_state_folder_that_cannot_be_is_told_and_reading_goes_on() {
    let home = Home::new();
    fs::write(home.state(), "a file").unwrap();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_text("Partage des Nuits");
    session.send("B");
    session.wait_for_text("not saved: ");
    session.send("j");
    session.wait_for("the warning is gone", |screen| {
        (!screen.contents().contains("not saved")).then_some(())
    });
    session.send("Q");
    // the place could not be saved either
    assert_eq!(session.end(), 2);
    assert_eq!(fs::read_to_string(home.state()).unwrap(), "a file");
}

#[test]
fn what_is_no_text_is_refused() {
    let home = Home::new();
    home.article(
        "picture.txt",
        [
            b"\x89PNG\r\n\x1a\n".as_slice(),
            &[0, 1, 2, 3, 0x80, 200].repeat(500),
        ]
        .concat(),
    );
    home.article("twin.txt", TWIN);
    let session = home.liseuse(&[]);
    session.wait_for_text("picture.txt`: it is a picture");
    session.quit();
    let session = home.liseuse(&["/dev/zero"]);
    session.wait_for_text("could not read `/dev/zero`: it is a device");
    session.quit();
}

#[test]
fn a_file_that_vanishes_is_told_and_bookmarked_all_the_same() {
    let home = Home::new();
    let path = home.article("twin.txt", TWIN);
    let mut session = home.liseuse(&[]);
    session.wait_for_text("1 unread");
    session.send("\r");
    session.wait_for_text("Partage des Nuits");
    fs::remove_file(&path).unwrap();
    session.send("B");
    session.wait_for_text("bookmarked “");
    session.signal(Signal::KILL);
    session.end();
    assert!(home.journal().contains(r#""bookmark":"#));
    fs::write(&path, TWIN).unwrap();
    let mut session = home.liseuse(&[]);
    session.wait_for_text("◆1");
    fs::remove_file(&path).unwrap();
    session.send("\r");
    // told by whoever is first: the reading that fails, or the watch on the folder
    session.wait_for("that the file is gone", |screen| {
        let screen = screen.contents();
        let is_told = ["no such file", "the file of “Deux observatoires"];
        is_told.iter().any(|it| screen.contains(it)).then_some(())
    });
    session.quit();
}

#[test]
fn any_size_of_window_will_do() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_text("Partage des Nuits");
    for size in [
        (1, 1),
        (2, 2),
        (1, 60),
        (300, 1),
        (500, 200),
        (3, 3),
        (65_000, 1),
    ] {
        session.resize(size);
        session.send("jtk?qMqG");
    }
    session.resize(USUAL);
    session.send("gg");
    session.wait_for_text("Partage des Nuits");
    session.quit();
}

#[test]
fn a_paste_of_any_length_goes_into_a_prompt() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_text("Partage des Nuits");
    session.send("/");
    session.send(&format!(
        "\x1b[200~{}the end\x1b[201~",
        "lune\n\u{202e}\x1b[31m".repeat(20_000)
    ));
    session.wait_for_text("the end");
    session.send("\r");
    session.wait_for_text("not in this article: “lune");
    session.quit();
}

#[test]
fn marks_of_two_programs_are_both_kept() {
    let home = Home::new();
    let twin = home.article("twin.txt", TWIN);
    let [mut one, mut other] = [&twin, &twin].map(|path| home.liseuse(&[path]));
    one.wait_for_text("Partage des Nuits");
    other.wait_for_text("Partage des Nuits");
    one.send("B");
    one.wait_for_text("bookmarked “");
    other.wait_for_text("◆1");
    other.send("}B");
    other.wait_for_text("bookmarked “");
    one.wait_for_text("◆2");
    one.signal(Signal::KILL);
    other.quit();
    assert_eq!(home.journal().matches(r#""bookmark":"#).count(), 2);
}

#[test]
fn a_screen_in_ascii_has_nothing_else_of_ours() {
    let home = Home::new();
    let text =
        "A Plain Title\n\nWords that go on for some time, and are all plain, and end here.\n\n";
    let path = home.article("plain.txt", text.repeat(9));
    let config = home.state().with_file_name("ascii.toml");
    fs::write(&config, "[look]\nascii = true\n").unwrap();
    let mut session = home.liseuse(&["--config", config.to_str().unwrap(), &path]);
    session.wait_for_text("A Plain Title");
    session.send("B");
    session.wait_for_text("bookmarked \"");
    session.send("M?");
    session.wait_for_text("finds a key");
    session.send("qMq/words\r1");
    session.wait_for_text("by newest");
    session.send("/pl");
    session.wait_for_text("\"pl\": 1 shown");
    session.send("\r:");
    session.wait_for_text("Actions");
    session.send("\x1b");
    session.wait_for("the palette is closed", |screen| {
        (!screen.contents().contains("Actions")).then_some(())
    });
    let bytes = session.bytes();
    assert!(bytes.is_ascii(), "{:?}", String::from_utf8_lossy(&bytes));
    session.quit();
}

#[test]
fn a_terminal_that_can_show_nothing_is_told_of_a_way_on() {
    let home = Home::new();
    let mut command = home.command(LISEUSE, &[&home.article("twin.txt", TWIN)]);
    command.env("TERM", "dumb");
    let session = Session::start(command, USUAL);
    session.wait_for_text("`liseuse show FILE` prints an article");
    assert_eq!(session.end(), 2);
    assert!(!session.bytes().contains(&0x1b));
}
