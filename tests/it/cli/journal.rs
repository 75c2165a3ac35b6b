//! `liseuse journal check|compact`.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::with_dunes;
use crate::harness::Home;

const FOLDER: &str = ".local/state/liseuse/journal";

fn own(home: &Home) -> PathBuf {
    let mut files = fs::read_dir(home.path(FOLDER)).unwrap();
    files.next().unwrap().unwrap().path()
}

/// An article marked read and unread so many times.
fn with_marks(times: usize) -> Home {
    let home = with_dunes();
    for _ in 0..times {
        home.run(&["mark", "read", "news/dunes.md"]).done();
        home.run(&["mark", "unread", "news/dunes.md"]).done();
    }
    home
}

#[test]
fn a_journal_that_is_not_there_is_nothing_found() {
    let home = with_dunes();
    home.run(&["journal", "check"]).check(1, "", "");
    home.run(&["journal", "compact"])
        .check(0, "all of 0 bytes counts\n", "");
    assert!(!home.path(FOLDER).exists());
}

#[test]
fn a_journal_is_looked_over_and_made_smaller() {
    let home = with_marks(3);
    let out = home.run(&["journal", "check"]).done();
    let name = own(&home);
    let name = name.file_name().unwrap().to_str().unwrap().to_owned();
    let start = format!("{name} (this machine's): 7 lines, 7 facts, ");
    assert!(out.starts_with(&start), "{out}");
    assert!(out.contains("    compacting leaves out 5 lines, "), "{out}");
    let all: Value =
        serde_json::from_str(&home.run(&["journal", "check", "--json"]).done()).unwrap();
    let keys: Vec<_> = all[0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        keys,
        [
            "bytes",
            "facts",
            "first",
            "last",
            "lines",
            "name",
            "own",
            "remarks",
            "spare_bytes",
            "spare_lines"
        ]
    );
    let before = home.run(&["list", "--json", "news"]).done();
    let out = home.run(&["journal", "compact"]).done();
    assert!(out.starts_with("left out 5 lines: "), "{out}");
    assert_eq!(home.run(&["list", "--json", "news"]).done(), before);
    let out = home.run(&["journal", "compact"]).done();
    assert!(out.starts_with("all of "), "{out}");
    let out = home.run(&["journal", "check"]).done();
    assert!(out.contains("2 lines, 2 facts"), "{out}");
}

#[test]
fn lines_that_cannot_be_read_are_told_with_their_numbers() {
    let home = with_marks(1);
    let file = own(&home);
    let text = fs::read_to_string(&file).unwrap();
    let newer = r#"{"time":"2020-01-01T00:00:00Z","machine":"m","article":"A","star":"gold"}"#;
    fs::write(&file, format!("{newer}\n{text}")).unwrap();
    let ran = home.run(&["journal", "check"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(
        ran.out
            .contains("    line 1: of a kind that a later version may know\n"),
        "{}",
        ran.out
    );
    fs::write(&file, format!("{text}torn\n\n\u{1b}[31m\n")).unwrap();
    let ran = home.run(&["journal", "check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.out
            .contains("    lines 4 and 6: not written to the end, or nothing of liseuse\n"),
        "{}",
        ran.out
    );
    home.write(&format!("{FOLDER}/x\u{1b}[31m.jsonl/x"), "");
    let ran = home.run(&["journal", "check"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.ends_with(".jsonl`: not a regular file\n"),
        "{}",
        ran.err
    );
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'));
}

#[test]
fn a_compaction_that_is_killed_leaves_a_whole_journal() {
    let home = with_marks(1);
    let file = own(&home);
    let text = fs::read_to_string(&file).unwrap();
    let marks: Vec<&str> = text.lines().collect();
    let many = format!("{}\n{}", marks[0], format!("{}\n", marks[1]).repeat(20_000));
    let many = format!("{many}{}\ntorn", marks[2]);
    let compacted = format!("{}\n{}\ntorn", marks[0], marks[2]);
    let expected = home.run(&["list", "--json", "news"]).out;
    let mut killed = 0;
    for pause in 0..24 {
        fs::write(&file, &many).unwrap();
        let mut command = home.command(&["journal", "compact"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(Duration::from_millis(pause * 12));
        child.kill().unwrap();
        killed += u32::from(!child.wait().unwrap().success());
        let left = fs::read_to_string(&file).unwrap();
        assert!(
            left == many || left == compacted,
            "after {pause}: {left:.999}"
        );
        assert_eq!(home.run(&["list", "--json", "news"]).out, expected);
    }
    assert!(killed > 0, "some were killed");
    home.run(&["journal", "compact"]).done();
    let files = fs::read_dir(home.path(FOLDER)).unwrap();
    assert_eq!(files.count(), 1, "what a killed one left is gone");
}
