//! The journal with real files.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::thread;

use proptest::prelude::*;
use tempfile::TempDir;

use super::line::tests::entries;
use super::*;
use crate::model::article::{Bookmark, BookmarkId, Progress};
use crate::model::document::Position;
use crate::model::quote::Quote;

mod compact;
mod sync;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn id(name: &str) -> ArticleId {
    ArticleId(name.into())
}

fn read(name: &str) -> (ArticleId, Fact) {
    (id(name), Fact::Status(Status::Read))
}

fn unread(name: &str) -> (ArticleId, Fact) {
    (id(name), Fact::Status(Status::Unread))
}

fn bookmark(name: &str, exact: &str) -> (ArticleId, Fact) {
    let hint = Position {
        block: 1,
        offset: 2,
    };
    let quote = Quote {
        exact: exact.into(),
        prefix: String::new(),
        suffix: String::new(),
        hint,
    };
    let bookmark = Bookmark {
        section: "s".into(),
        ..Bookmark::plain(BookmarkId(exact.into()), quote, 1)
    };
    (id(name), Fact::Bookmark(bookmark))
}

fn line(time: i64, machine: &str, (article, fact): (ArticleId, Fact)) -> String {
    let stamp = Stamp {
        time,
        machine: machine.into(),
    };
    line::encode(&Entry {
        stamp,
        article,
        fact,
        rest: Rest::new(),
    }) + "\n"
}

fn add_to(path: &Path, bytes: &[u8]) {
    let mut file = OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .unwrap();
    file.write_all(bytes).unwrap();
}

fn times(path: &Path) -> Vec<i64> {
    let text = fs::read(path).unwrap();
    let lines = text.split(|&byte| byte == b'\n');
    lines
        .filter_map(|line| line::decode(line, None))
        .map(|entry| entry.stamp.time)
        .collect()
}

#[test]
fn what_was_saved_is_there_after_a_restart() {
    let folder = folder();
    let state = folder.path().join("deep/state");
    let mut journal = Journal::open(&state, "home");
    assert!(
        !state.exists(),
        "nothing is made before there is something to save"
    );
    journal
        .append(&[read("A"), bookmark("A", "words")], 5)
        .unwrap();
    let saved = journal.state(&id("A"));
    assert_eq!((saved.status, saved.bookmarks.len()), (Status::Read, 1));
    assert_eq!(Journal::open(&state, "home").state(&id("A")), saved);
    assert_eq!(Journal::open(&state, "other").state(&id("A")), saved);
    let brief = journal.brief(&id("A"));
    assert_eq!((brief.status, brief.bookmarks), (Status::Read, 1));
}

#[test]
fn nobody_else_may_look_into_it() {
    let folder = folder();
    let state = folder.path().join("state");
    Journal::open(&state, "home")
        .append(&[read("A")], 5)
        .unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&state), 0o700);
    assert_eq!(mode(&state.join("home.jsonl")), 0o600);
}

#[test]
fn time_never_runs_backwards() {
    let folder = folder();
    let mut journal = Journal::open(folder.path(), "home");
    journal.append(&[read("A"), read("B")], 1000).unwrap();
    journal.append(&[unread("A")], 7).unwrap();
    Journal::open(folder.path(), "home")
        .append(&[read("A")], 900)
        .unwrap();
    journal.append(&[unread("A")], 5000).unwrap();
    assert_eq!(
        times(&folder.path().join("home.jsonl")),
        [1000, 1001, 1002, 1003, 5000]
    );
}

#[test]
fn what_is_done_here_counts_even_when_another_machine_is_ahead_of_time() {
    let folder = folder();
    add_to(
        &folder.path().join("fast.jsonl"),
        line(9000, "fast", read("A")).as_bytes(),
    );
    let mut journal = Journal::open(folder.path(), "home");
    journal.append(&[unread("A")], 100).unwrap();
    assert_eq!(journal.state(&id("A")).status, Status::Unread);
    assert_eq!(times(&folder.path().join("home.jsonl")), [9001]);
}

#[test]
fn a_torn_line_spoils_nothing_and_is_kept() {
    let folder = folder();
    let own = folder.path().join("home.jsonl");
    let torn = r#"{"time":"2026-11-23T19:20:00.123Z","mach"#;
    add_to(&own, line(1, "home", read("A")).as_bytes());
    add_to(&own, torn.as_bytes());
    let mut journal = Journal::open(folder.path(), "home");
    assert_eq!(journal.skipped(), 1);
    journal.refresh();
    assert_eq!(journal.skipped(), 1);
    journal.append(&[read("B")], 2).unwrap();
    assert_eq!(journal.skipped(), 1);
    for journal in [&journal, &Journal::open(folder.path(), "home")] {
        assert_eq!(journal.skipped(), 1);
        assert_eq!(journal.state(&id("A")).status, Status::Read);
        assert_eq!(journal.state(&id("B")).status, Status::Read);
    }
    let text = fs::read_to_string(&own).unwrap();
    assert_eq!(text.lines().nth(1), Some(torn));
    assert_eq!(text.lines().count(), 3);
}

#[test]
fn a_line_that_is_still_on_its_way_counts_when_it_has_come() {
    let folder = folder();
    let path = folder.path().join("other.jsonl");
    let line = line(1, "other", read("A"));
    let (start, rest) = line.split_at(40);
    add_to(&path, start.as_bytes());
    let mut journal = Journal::open(folder.path(), "home");
    assert_eq!(journal.skipped(), 1);
    add_to(&path, rest.as_bytes());
    assert_eq!(journal.refresh(), [id("A")]);
    assert_eq!(journal.skipped(), 0);
    assert_eq!(journal.refresh(), []);
}

#[test]
fn a_last_line_without_a_newline_counts() {
    let folder = folder();
    let own = folder.path().join("home.jsonl");
    add_to(&own, line(1, "home", read("A")).trim_end().as_bytes());
    let mut journal = Journal::open(folder.path(), "home");
    assert_eq!(
        (journal.state(&id("A")).status, journal.skipped()),
        (Status::Read, 0)
    );
    journal.append(&[read("B")], 2).unwrap();
    assert_eq!(fs::read_to_string(&own).unwrap().lines().count(), 2);
    assert_eq!(journal.skipped(), 0);
}

#[test]
fn foreign_binary_and_endless_lines_are_skipped_and_counted() {
    let folder = folder();
    let path = folder.path().join("other.jsonl");
    add_to(&path, b"{\"some\":\"json\"}\n\xff\xfe\0\n\n# a comment\n");
    add_to(&path, &vec![b'x'; MAX_LINE + 1000]);
    add_to(&path, b"\n");
    add_to(&path, line(1, "other", read("A")).as_bytes());
    add_to(&path, &vec![b'y'; MAX_LINE * 2]);
    let before = fs::metadata(&path).unwrap().len();
    let mut journal = Journal::open(folder.path(), "home");
    assert_eq!(journal.state(&id("A")).status, Status::Read);
    assert_eq!(journal.skipped(), 5);
    add_to(&path, b"yyy");
    journal.refresh();
    add_to(&path, b"\n");
    add_to(&path, line(2, "other", read("B")).as_bytes());
    assert_eq!(journal.refresh(), [id("B")]);
    assert_eq!(journal.skipped(), 5);
    assert!(fs::metadata(&path).unwrap().len() > before);
}

#[test]
fn the_file_of_another_machine_is_merged_and_never_written() {
    let folder = folder();
    let path = folder.path().join("other.jsonl");
    let text = line(10, "other", read("A")) + "torn";
    add_to(&path, text.as_bytes());
    let mut journal = Journal::open(folder.path(), "home");
    assert_eq!(journal.state(&id("A")).status, Status::Read);
    journal.append(&[unread("A")], 20).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert_eq!(
        Journal::open(folder.path(), "third").state(&id("A")).status,
        Status::Unread
    );
}

#[test]
fn two_programs_on_one_file_keep_everything() {
    let folder = folder();
    let mut one = Journal::open(folder.path(), "home");
    let mut two = Journal::open(folder.path(), "home");
    one.append(&[read("A")], 5).unwrap();
    two.append(&[unread("A")], 5).unwrap();
    assert_eq!(two.state(&id("A")).status, Status::Unread);
    assert_eq!(
        two.refresh(),
        [id("A")],
        "what came with the own write is told too"
    );
    assert_eq!(one.refresh(), [id("A")]);
    assert_eq!(one.state(&id("A")), two.state(&id("A")));
    assert_eq!(one.refresh(), []);
}

#[test]
fn programs_that_write_at_once_do_not_mix_their_lines() {
    let folder = folder();
    let path = folder.path();
    thread::scope(|scope| {
        for writer in 0..4 {
            scope.spawn(move || {
                let mut journal = Journal::open(path, "home");
                for i in 0..25 {
                    let words = format!("{writer}-{i} ").repeat(200);
                    journal
                        .append(&[bookmark("A", &words), read("B")], i)
                        .unwrap();
                }
            });
        }
    });
    let journal = Journal::open(path, "home");
    assert_eq!(
        (journal.state(&id("A")).bookmarks.len(), journal.skipped()),
        (100, 0)
    );
    let times = times(&path.join("home.jsonl"));
    assert_eq!(times.len(), 200);
    assert!(times.is_sorted_by(|a, b| a < b));
}

#[test]
fn a_file_that_was_replaced_or_cut_is_read_again() {
    let folder = folder();
    let path = folder.path().join("other.jsonl");
    add_to(&path, (line(1, "other", read("A")) + "torn\n").as_bytes());
    let mut journal = Journal::open(folder.path(), "home");
    assert_eq!(journal.skipped(), 1);
    // shorter
    fs::write(&path, line(2, "other", read("B"))).unwrap();
    assert_eq!(journal.refresh(), [id("B")]);
    assert_eq!(journal.skipped(), 0);
    // another file of the same name
    let new = folder.path().join("new");
    add_to(
        &new,
        (line(3, "other", read("C")) + &line(2, "other", read("B"))).as_bytes(),
    );
    fs::rename(&new, &path).unwrap();
    assert_eq!(journal.refresh(), [id("C")]);
    // the same file, with a line put in before what was read
    let merged = line(0, "other", read("D")) + &fs::read_to_string(&path).unwrap();
    fs::write(&path, merged).unwrap();
    assert_eq!(journal.refresh(), [id("D")]);
    fs::remove_file(&path).unwrap();
    assert_eq!(journal.refresh(), []);
    assert_eq!(journal.state(&id("A")).status, Status::Read);
}

#[test]
fn a_file_replaced_between_two_writes_gets_the_next_one() {
    let folder = folder();
    let own = folder.path().join("home.jsonl");
    let mut journal = Journal::open(folder.path(), "home");
    journal.append(&[read("A")], 1).unwrap();
    let restored = folder.path().join("restored");
    add_to(&restored, line(50, "home", read("B")).as_bytes());
    fs::rename(&restored, &own).unwrap();
    journal.append(&[read("C")], 2).unwrap();
    assert_eq!(times(&own), [50, 51]);
    assert_eq!(journal.refresh(), [id("B")]);
}

#[test]
fn a_folder_that_cannot_be_is_an_empty_journal_that_says_why_it_saves_nothing() {
    let folder = folder();
    let state = folder.path().join("state");
    File::create(&state).unwrap();
    let mut journal = Journal::open(&state, "home");
    assert_eq!(journal.state(&id("A")), State::default());
    assert_eq!(journal.troubles().len(), 1);
    assert!(
        journal.troubles()[0].ends_with("state`: not a folder"),
        "{:?}",
        journal.troubles()
    );
    let error = journal.append(&[read("A")], 1).unwrap_err().to_string();
    assert!(error.starts_with("not saved: could not write `"), "{error}");
    assert!(error.ends_with("home.jsonl`: not a folder"), "{error}");
    assert_eq!(
        journal.state(&id("A")),
        State::default(),
        "what is not saved does not count"
    );
    // it recovers
    fs::remove_file(&state).unwrap();
    journal.append(&[read("A")], 2).unwrap();
    journal.refresh();
    assert!(journal.troubles().is_empty());
}

#[test]
fn the_errors_of_the_system_are_told_in_words() {
    let error = |errno: rustix::io::Errno| {
        JournalError::new(Path::new("/s/home.jsonl"), &errno.into()).to_string()
    };
    assert_eq!(
        error(rustix::io::Errno::NOSPC),
        "not saved: the disk is full"
    );
    assert_eq!(
        error(rustix::io::Errno::DQUOT),
        "not saved: the disk is full"
    );
    assert_eq!(
        error(rustix::io::Errno::ROFS),
        "not saved: `/s/home.jsonl` is read-only"
    );
    assert_eq!(
        error(rustix::io::Errno::ACCESS),
        "not saved: `/s/home.jsonl` is read-only"
    );
    let other = "not saved: could not write `/s/home.jsonl`: input/output error";
    assert_eq!(error(rustix::io::Errno::IO), other);
}

#[test]
fn pipes_links_folders_and_hidden_files_are_not_read() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    rustix::fs::mkfifoat(rustix::fs::CWD, path("pipe.jsonl"), rustix::fs::Mode::RUSR).unwrap();
    fs::create_dir(path("folder.jsonl")).unwrap();
    add_to(&path("elsewhere"), line(1, "m", read("A")).as_bytes());
    symlink(path("elsewhere"), path("link.jsonl")).unwrap();
    add_to(&path(".hidden.jsonl"), line(1, "m", read("B")).as_bytes());
    let journal = Journal::open(folder.path(), "home");
    assert_eq!(journal.articles().count(), 0);
    let troubles = journal.troubles();
    assert_eq!(troubles.len(), 3, "{troubles:?}");
    assert!(
        troubles
            .iter()
            .all(|trouble| trouble.ends_with(": not a regular file")),
        "{troubles:?}"
    );
}

#[test]
fn what_has_the_name_of_the_own_file_but_is_none_is_left_alone() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    add_to(&path("elsewhere"), b"mine");
    symlink(path("elsewhere"), path("link.jsonl")).unwrap();
    rustix::fs::mkfifoat(rustix::fs::CWD, path("pipe.jsonl"), rustix::fs::Mode::RUSR).unwrap();
    fs::create_dir(path("folder.jsonl")).unwrap();
    for machine in ["link", "pipe", "folder"] {
        let error = Journal::open(folder.path(), machine)
            .append(&[read("A")], 1)
            .unwrap_err();
        assert!(matches!(error, JournalError::NotAFile(_)), "{error}");
    }
    assert_eq!(fs::read(path("elsewhere")).unwrap(), b"mine");
}

#[test]
fn a_fact_that_is_too_long_is_refused_whole() {
    let folder = folder();
    let mut journal = Journal::open(folder.path(), "home");
    let long = "x".repeat(MAX_LINE);
    let error = journal
        .append(&[read("A"), bookmark("A", &long)], 1)
        .unwrap_err();
    assert_eq!(error.to_string(), "not saved: longer than 8 MB");
    assert_eq!(Journal::open(folder.path(), "home").articles().count(), 0);
}

#[test]
fn a_long_fact_is_read_over_the_end_of_a_chunk() {
    let folder = folder();
    let mut journal = Journal::open(folder.path(), "home");
    let long = "é".repeat(400_000);
    journal
        .append(&[bookmark("A", &long), read("B")], 1)
        .unwrap();
    let again = Journal::open(folder.path(), "home");
    assert_eq!(again.state(&id("A")).bookmarks[0].quote.exact, long);
    assert_eq!(
        (again.state(&id("B")).status, again.skipped()),
        (Status::Read, 0)
    );
}

#[test]
fn progress_is_a_place_and_a_percentage() {
    let folder = folder();
    let mut journal = Journal::open(folder.path(), "home");
    let (exact, prefix, suffix) = (
        "top words".to_owned(),
        "before ".to_owned(),
        " after".to_owned(),
    );
    let quote = Quote {
        exact,
        prefix,
        suffix,
        hint: Position {
            block: 3,
            offset: 14,
        },
    };
    let progress = Progress {
        quote,
        thousandths: 500,
    };
    let facts = [
        (id("A"), Fact::Status(Status::Begun(0))),
        (id("A"), Fact::Progress(progress.clone())),
    ];
    journal.append(&facts, 1).unwrap();
    let state = Journal::open(folder.path(), "home").state(&id("A"));
    assert_eq!(
        (state.status, state.progress),
        (Status::Begun(50), Some(progress))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_file_that_comes_in_pieces_is_the_same_as_a_whole_one(
        entries in prop::collection::vec(entries(), 1..20),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let text: String = entries.iter().map(|entry| line::encode(entry) + "\n").collect();
        let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(text.len())).collect();
        cuts.sort_unstable();
        cuts.push(text.len());
        let folder = folder();
        let path = folder.path().join("m.jsonl");
        let mut journal = Journal::open(folder.path(), "home");
        let mut from = 0;
        for cut in cuts {
            add_to(&path, &text.as_bytes()[from..cut]);
            journal.refresh();
            from = cut;
        }
        prop_assert_eq!(journal.skipped(), 0);
        prop_assert_eq!(&journal.folded, &Journal::open(folder.path(), "home").folded);
    }
}
