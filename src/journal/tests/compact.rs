//! Compacting with real files: nothing that counts is lost, wherever it is stopped.

use std::io::ErrorKind;

use super::super::compact::{Step, compact_in_steps};
use super::*;

const STEPS: [Step; 6] = [
    Step::Read,
    Step::Made,
    Step::Half,
    Step::Written,
    Step::Synced,
    Step::Renamed,
];

const TORN: &str = r#"{"time":"2026-11-23T19:20:00.123Z","mach"#;
const NEWER: &str =
    r#"{ "time":"2026-11-23T19:20:00.123Z","machine":"home","article":"A","star":"gold" }"#;

fn text_of(entries: &[Entry]) -> String {
    entries
        .iter()
        .map(|entry| line::encode(entry) + "\n")
        .collect()
}

/// A file in which much does not count any more, with lines that cannot be read.
fn much() -> String {
    let mut text = String::new();
    for time in 0..50 {
        text += &line(time, "home", bookmark("A", "words"));
        text += &line(time, "home", unread("B"));
    }
    text + TORN + "\n\n" + NEWER + "\n" + &line(60, "home", read("B"))
}

fn folded_in(folder: &Path) -> Folded {
    Journal::open(folder, "home").folded
}

fn copy_of(folder: &Path) -> TempDir {
    let copy = self::folder();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

#[test]
fn what_does_not_count_any_more_is_left_out_and_nothing_else() {
    let folder = folder();
    let own = folder.path().join("home.jsonl");
    add_to(&own, much().as_bytes());
    let told = line(1, "home", read("C")).replace(r#""status""#, r#""mood":1,"status""#);
    add_to(&own, told.as_bytes());
    add_to(&own, line(70, "home", read("C")).as_bytes());
    add_to(&own, b"torn at the end");
    fs::set_permissions(&own, fs::Permissions::from_mode(0o640)).unwrap();
    let (before, size) = (folded_in(folder.path()), fs::metadata(&own).unwrap().len());
    let compacted = compact(folder.path(), "home").unwrap();
    assert_eq!(folded_in(folder.path()), before);
    let text = fs::read_to_string(&own).unwrap();
    assert!(text.contains(TORN) && text.contains(NEWER) && text.contains(&told));
    assert!(text.ends_with("\ntorn at the end"));
    assert_eq!((text.lines().count(), compacted.lines), (8, 98));
    assert_eq!(
        (compacted.before, compacted.after),
        (size, text.len() as u64)
    );
    let mode = fs::metadata(&own).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o640);
    let again = compact(folder.path(), "home").unwrap();
    assert_eq!((again.lines, again.before), (0, again.after));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_folder_without_an_own_file_is_left_alone() {
    let folder = folder();
    let other = folder.path().join("other.jsonl");
    add_to(&other, much().as_bytes());
    let missing = folder.path().join("missing");
    assert_eq!(compact(&missing, "home").unwrap(), Compacted::default());
    assert_eq!(
        compact(folder.path(), "home").unwrap(),
        Compacted::default()
    );
    assert_eq!(fs::read_to_string(&other).unwrap(), much());
    assert!(!missing.exists());
    symlink(&other, folder.path().join("home.jsonl")).unwrap();
    compact(folder.path(), "home").unwrap_err();
    assert_eq!(fs::read_to_string(&other).unwrap(), much());
}

#[test]
fn wherever_the_power_goes_the_journal_is_whole() {
    let folder = folder();
    let own = folder.path().join("home.jsonl");
    add_to(&own, much().as_bytes());
    let before = folded_in(folder.path());
    let mut left = Vec::new();
    compact_in_steps(folder.path(), "home", &mut |step| {
        left.push((step, copy_of(folder.path())));
        Ok(())
    })
    .unwrap();
    let steps: Vec<Step> = left.iter().map(|(step, _)| *step).collect();
    assert_eq!(steps, STEPS);
    for (step, copy) in left {
        let copy = copy.path();
        assert_eq!(folded_in(copy), before, "{step:?}");
        let mut journal = Journal::open(copy, "home");
        assert_eq!(journal.skipped(), 2, "{step:?}");
        journal.append(&[read("C")], 100).unwrap();
        let after = folded_in(copy);
        compact(copy, "home").unwrap();
        assert_eq!(folded_in(copy), after, "{step:?}");
        assert_eq!(fs::read_dir(copy).unwrap().count(), 1, "{step:?}");
    }
}

#[test]
fn whatever_fails_leaves_a_whole_journal_and_nothing_beside_it() {
    for broken in STEPS {
        let folder = folder();
        let own = folder.path().join("home.jsonl");
        add_to(&own, much().as_bytes());
        let before = folded_in(folder.path());
        let error = compact_in_steps(folder.path(), "home", &mut |step| {
            let full = io::Error::from(ErrorKind::StorageFull);
            if step == broken { Err(full) } else { Ok(()) }
        })
        .unwrap_err();
        assert_eq!(error.to_string(), "not saved: the disk is full");
        assert_eq!(folded_in(folder.path()), before, "{broken:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let is_old = fs::read_to_string(&own).unwrap() == much();
        assert_eq!(is_old, broken != Step::Renamed, "{broken:?}");
    }
}

#[test]
fn a_file_that_another_program_replaces_meanwhile_is_left_alone() {
    let folder = folder();
    let own = folder.path().join("home.jsonl");
    add_to(&own, much().as_bytes());
    let other = line(90, "home", read("Z"));
    let ended = compact_in_steps(folder.path(), "home", &mut |step| {
        if step == Step::Synced {
            let new = folder.path().join("restored");
            fs::write(&new, &other)?;
            fs::rename(new, &own)?;
        }
        Ok(())
    });
    ended.unwrap_err();
    assert_eq!(fs::read_to_string(&own).unwrap(), other);
}

#[test]
fn a_program_that_has_the_file_open_meanwhile_loses_nothing() {
    let folder = folder();
    let path = folder.path();
    add_to(&path.join("home.jsonl"), much().as_bytes());
    let mut open = Journal::open(path, "home");
    thread::scope(|scope| {
        let writer = scope.spawn(move || {
            for i in 0..60 {
                let words = format!("passage {i}");
                open.append(&[bookmark("C", &words), unread("B")], i)
                    .unwrap();
            }
            open
        });
        while !writer.is_finished() {
            compact(path, "home").unwrap();
        }
        let open = writer.join().unwrap();
        assert_eq!(open.state(&id("C")).bookmarks.len(), 60);
        assert_eq!(folded_in(path), open.folded);
    });
    compact(path, "home").unwrap();
    let text = fs::read_to_string(path.join("home.jsonl")).unwrap();
    assert_eq!(text.matches("passage").count(), 120, "id and words");
    assert!(text.contains(TORN) && text.contains(NEWER));
}

#[test]
fn a_file_is_looked_over_line_by_line() {
    let folder = folder();
    let day = 24 * 60 * 60 * 1000;
    let lines = [
        line(1000, "home", read("A")),
        line(900, "home", read("B")),
        format!("{TORN}\n\n{NEWER}\n"),
        line(9 * day, "home", unread("A")),
        line(2000, "other", read("C")),
        "\0\0\0".to_owned(),
    ];
    let own = folder.path().join("home.jsonl");
    add_to(&own, lines.concat().as_bytes());
    fs::create_dir(folder.path().join("strange.jsonl")).unwrap();
    let now = 7 * day;
    let mut files = check(folder.path(), "home", now).unwrap();
    let strange = files.pop().unwrap().unwrap_err().to_string();
    assert!(
        strange.ends_with("strange.jsonl`: not a regular file"),
        "{strange}"
    );
    let checked = files.pop().unwrap().unwrap();
    assert!(checked.is_own && files.is_empty());
    assert_eq!((checked.lines, checked.facts), (7, 4));
    assert_eq!(checked.times, Some((900, 9 * day)));
    assert_eq!(
        checked.remarks,
        [
            (2, Remark::Backwards),
            (3, Remark::Torn),
            (5, Remark::Unknown),
            (6, Remark::Ahead),
            (7, Remark::Backwards),
            (7, Remark::Foreign),
            (8, Remark::Torn),
        ]
    );
    assert_eq!(checked.bytes, fs::metadata(&own).unwrap().len());
    assert_eq!(checked.spare_lines, 1);
    assert_eq!(check(&folder.path().join("none"), "home", now), Ok(vec![]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_compacted_file_says_the_same_alone_and_with_all_others(
        own in prop::collection::vec(entries(), 0..40),
        others in prop::collection::vec(entries(), 0..20),
    ) {
        let folder = folder();
        let path = folder.path().join("home.jsonl");
        fs::write(&path, text_of(&own)).unwrap();
        let alone = folded_in(folder.path());
        compact(folder.path(), "home").unwrap();
        prop_assert_eq!(&folded_in(folder.path()), &alone);
        let compacted = fs::read(&path).unwrap();
        fs::write(folder.path().join("other.jsonl"), text_of(&others)).unwrap();
        let with_others = folded_in(folder.path());
        fs::write(&path, text_of(&own)).unwrap();
        prop_assert_eq!(&folded_in(folder.path()), &with_others);
        // nothing more can be left out
        fs::write(&path, &compacted).unwrap();
        prop_assert_eq!(compact(folder.path(), "home").unwrap().lines, 0);
        prop_assert_eq!(fs::read(&path).unwrap(), compacted);
    }
}
