//! The index as a file among others, and what is put into it.

use std::fs;
use std::ops::ControlFlow;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::*;
use crate::model::outline::SectionKind;
use crate::model::query::{Over, Query};

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cache/index.db");
    (folder, path)
}

fn row(path: &str, title: &str) -> Row {
    Row {
        id: 0,
        path: path.into(),
        look: Look {
            size: 10,
            written: 1,
            changed: 1,
            inode: 7,
            looked: i64::MAX,
        },
        content: format!("content of {title}"),
        title: title.into(),
        author: Some("Ida Holm".into()),
        language: Some("en".into()),
        minutes: 3,
        modified: 5,
        text: TextState::Whole,
    }
}

fn text(title: &str, words: &str) -> Passages {
    Passages::new(vec![Section {
        title: title.into(),
        nth: 0,
        kind: SectionKind::Heading,
        above: String::new(),
        block: 4,
        text: words.into(),
    }])
}

fn put(store: &mut Store, row: &Row, text: &Passages) -> i64 {
    let mut bulk = store.bulk().unwrap();
    let id = bulk.put(row, Some(text)).unwrap();
    bulk.commit().unwrap();
    id
}

fn found(store: &Store, typed: &str) -> Vec<(i64, i64)> {
    let query = Query::parse(typed, Over::Texts).unwrap();
    let expression = expression(&query.root).unwrap();
    let found = store.find(&expression, 100, &mut |_| true).unwrap();
    found.into_iter().map(|m| (m.article, m.section)).collect()
}

#[test]
fn this_sqlite_does_not_lose_pages_between_two_programs() {
    assert!(rusqlite::version_number() >= LEAST_SQLITE);
}

#[test]
fn each_version_has_its_migration() {
    assert_eq!(MIGRATIONS.len(), VERSION as usize);
}

#[test]
fn a_new_index_is_for_the_eyes_of_its_owner_and_marked_as_ours() {
    let (_home, path) = folder();
    let store = Store::open(&path, Access::Write).unwrap();
    assert_eq!(pragma(&store.connection, "user_version"), Ok(VERSION));
    assert_eq!(pragma(&store.connection, "application_id"), Ok(APPLICATION));
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
}

#[test]
fn an_index_of_every_older_version_is_brought_up_to_date() {
    for version in 0..VERSION {
        let (_home, path) = folder();
        fs::create_dir(path.parent().unwrap()).unwrap();
        let old = Connection::open(&path).unwrap();
        for migration in MIGRATIONS.iter().take(version as usize) {
            old.execute_batch(migration).unwrap();
        }
        if version > 0 {
            old.pragma_update(None, "application_id", APPLICATION)
                .unwrap();
            old.pragma_update(None, "user_version", version).unwrap();
        }
        drop(old);
        let mut store = Store::open(&path, Access::Write).unwrap();
        let id = put(
            &mut store,
            &row("/a/b.txt", "B"),
            &text("One", "some words"),
        );
        assert_eq!(found(&store, "words"), [(id, 0)]);
    }
}

/// Nothing at the path, or in its folder, is changed by opening it.
#[track_caller]
fn check_untouched(path: &Path, expected: &StoreError) {
    let before = fs::read(path).unwrap();
    for access in [Access::Write, Access::Read] {
        assert_eq!(Store::open(path, access).unwrap_err(), *expected);
    }
    assert!(fs::read(path).unwrap() == before, "it is another one");
    assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn an_index_of_a_newer_liseuse_stays_byte_for_byte() {
    let (_home, path) = folder();
    drop(Store::open(&path, Access::Write).unwrap());
    file::set_header(&path, 60, VERSION + 1);
    check_untouched(&path, &StoreError::Newer);
}

#[test]
fn the_database_of_another_program_stays_byte_for_byte() {
    let (_home, path) = folder();
    drop(Store::open(&path, Access::Write).unwrap());
    file::set_header(&path, 68, 0x1234_5678);
    check_untouched(&path, &StoreError::Foreign);
    fs::remove_file(&path).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(other);
    check_untouched(&path, &StoreError::Foreign);
    assert_eq!(remove(&path), Err(StoreError::Foreign));
}

#[test]
fn what_is_no_database_is_damaged_and_can_be_set_aside() {
    let (_home, path) = folder();
    fs::create_dir(path.parent().unwrap()).unwrap();
    let random: Vec<u8> = (0..10_000_u32)
        .map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    for bytes in [vec![0; 8192], random, b"words".to_vec()] {
        fs::write(&path, &bytes).unwrap();
        check_untouched(&path, &StoreError::Damaged);
        let aside = set_aside(&path).unwrap();
        assert!(fs::read(&aside).unwrap() == bytes);
        drop(Store::open(&path, Access::Write).unwrap());
        remove(&path).unwrap();
        fs::remove_file(aside).unwrap();
    }
}

#[test]
fn a_truncated_index_is_damaged() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    put(
        &mut store,
        &row("/a/b.txt", "B"),
        &text("One", &"words ".repeat(5000)),
    );
    drop(store);
    let length = fs::metadata(&path).unwrap().len();
    for part in [length / 2, length - 4096, 200, 50] {
        let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
        file.set_len(part).unwrap();
        assert_eq!(
            Store::open(&path, Access::Read).unwrap_err(),
            StoreError::Damaged
        );
    }
    fs::write(&path, "").unwrap();
    assert!(
        Store::open(&path, Access::Write).is_ok(),
        "an empty file is a new index"
    );
}

#[test]
fn what_is_no_file_is_refused() {
    let (home, path) = folder();
    fs::create_dir_all(&path).unwrap();
    assert_eq!(
        Store::open(&path, Access::Write).unwrap_err(),
        StoreError::NotAFile
    );
    let link = home.path().join("link.db");
    fs::write(home.path().join("target"), "").unwrap();
    symlink("target", &link).unwrap();
    assert_eq!(
        Store::open(&link, Access::Write).unwrap_err(),
        StoreError::NotAFile
    );
    assert_eq!(fs::read(home.path().join("target")).unwrap(), b"");
}

#[test]
fn an_index_that_is_locked_can_still_be_read() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    put(&mut store, &row("/a/b.txt", "B"), &text("One", "words"));
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let reader = Store::open(&path, Access::Read).unwrap();
    assert_eq!(found(&reader, "words").len(), 1);
    store.connection.busy_timeout(Duration::ZERO).unwrap();
    assert_eq!(store.bulk().err(), Some(StoreError::Busy));
}

#[test]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    put(&mut store, &row("/a/b.txt", "B"), &text("One", "words"));
    let pages: i64 = store
        .connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    store
        .connection
        .pragma_update(None, "max_page_count", pages)
        .unwrap();
    let many: Vec<String> = (0..20_000).map(|n| format!("word{n}")).collect();
    let mut bulk = store.bulk().unwrap();
    let full = bulk
        .put(&row("/a/c.txt", "C"), Some(&text("Two", &many.join(" "))))
        .and_then(|_| bulk.commit());
    assert_eq!(full, Err(StoreError::Full));
    assert_eq!(found(&store, "words").len(), 1);
}

#[test]
fn an_index_that_cannot_be_written_is_read() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    put(&mut store, &row("/a/b.txt", "B"), &text("One", "words"));
    drop(store);
    let connection = Connection::open_with_flags(
        file::unchanging(&path),
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI,
    )
    .unwrap();
    let store = Store {
        connection,
        file: (0, 0),
    };
    assert_eq!(found(&store, "words").len(), 1);
}

#[test]
fn what_is_put_in_again_takes_the_place_of_what_was_there() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    let id = put(
        &mut store,
        &row("/a/b.txt", "Ferry"),
        &text("One", "first words"),
    );
    let changed = row("/a/b.txt", "Harbour");
    assert_eq!(put(&mut store, &changed, &text("Two", "other words")), id);
    assert_eq!(found(&store, "first"), []);
    assert_eq!(found(&store, "title:ferry"), []);
    assert_eq!(found(&store, "title:harbour section:two other"), [(id, 0)]);
    assert_eq!(store.check(), Ok(vec![]));
    let mut bulk = store.bulk().unwrap();
    bulk.remove(id).unwrap();
    bulk.commit().unwrap();
    assert_eq!(found(&store, "words"), []);
    assert_eq!(store.article(id), Ok(None));
    assert_eq!(store.passage(id, 0), Ok(None));
    assert_eq!(store.check(), Ok(vec![]));
}

#[test]
fn words_are_found_without_accents_and_inside_of_what_has_no_spaces() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    let words = "L’Été des ÉLÈVES 東京タワーに登る ภาษาไทยง่าย Straße";
    let id = put(&mut store, &row("/a/b.txt", "B"), &text("One", words));
    for typed in [
        "ete",
        "été",
        "eleves",
        "东京 OR 東京",
        "タワ",
        "タワー",
        "京タ",
        "塔 OR 登",
        "東",
        "ไทย",
        "straße",
        "\"ete des\"",
        "elev*",
        "author:holm",
    ] {
        assert_eq!(found(&store, typed), [(id, 0)], "{typed}");
    }
    for typed in ["京東", "ワタ", "elev"] {
        assert_eq!(found(&store, typed), [], "{typed}");
    }
}

#[test]
fn the_passage_of_each_section_is_kept() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    let section = |n: usize| Section {
        title: format!("Section\u{1d} {n}"),
        nth: 1,
        kind: SectionKind::Heading,
        above: String::new(),
        block: n,
        text: format!("text {n} {}", "long ".repeat(n * 10)),
    };
    let passages = Passages::new((0..300).map(section).collect());
    let id = put(&mut store, &row("/a/b.txt", "B"), &passages);
    for n in [0, 1, 77, 299] {
        let passage = store.passage(id, i64::from(n)).unwrap().unwrap();
        let expected = section(usize::try_from(n).unwrap());
        assert_eq!(passage.key.title, format!("Section  {n}"));
        assert_eq!((passage.key.nth, passage.block), (1, expected.block));
        assert_eq!(passage.text, expected.text);
    }
    assert_eq!(store.passage(id, 300), Ok(None));
}

#[test]
fn more_sections_than_there_are_numbers_are_put_to_the_last() {
    let section = |n: usize| Section {
        title: String::new(),
        nth: 0,
        kind: SectionKind::Stretch,
        above: String::new(),
        block: n,
        text: format!("word{n}"),
    };
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    let passages = Passages::new((0..70_000).map(section).collect());
    let id = put(&mut store, &row("/a/b.txt", "B"), &passages);
    assert_eq!(found(&store, "word69999"), [(id, 65_535)]);
}

#[test]
fn folders_are_listed_with_those_below_and_no_others() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    for (path, title) in [
        ("/a/b/1.txt", "One"),
        ("/a/b/c/2.txt", "Two"),
        ("/a/b-c/3.txt", "Three"),
        ("/a/b0/4.txt", "Four"),
        ("/a/b/5.txt", "five"),
    ] {
        put(&mut store, &row(path, title), &text("", ""));
    }
    let listed = |root: &str| {
        let mut titles = Vec::new();
        for folder in store.folders(Path::new(root)).unwrap() {
            store
                .each_in(&folder, Order::Title, &mut |row| {
                    titles.push(row.title);
                    ControlFlow::Continue(())
                })
                .unwrap();
        }
        titles
    };
    assert_eq!(listed("/a/b"), ["five", "One", "Two"]);
    assert_eq!(listed("/"), ["five", "One", "Three", "Two", "Four"]);
    assert_eq!(
        store.has_others_than([Path::new("/a")].into_iter()),
        Ok(false)
    );
    assert_eq!(
        store.has_others_than([Path::new("/a/b")].into_iter()),
        Ok(true)
    );
}

#[test]
fn a_file_is_still_the_same_only_where_nothing_could_have_happened_since() {
    let look = Look {
        size: 1,
        written: 1000,
        changed: 2000,
        inode: 1,
        looked: 3_000_000_000,
    };
    let later = Look {
        looked: 9_000_000_000,
        ..look
    };
    assert!(look.is_still(&later));
    for other in [
        Look { size: 2, ..later },
        Look {
            written: 999,
            ..later
        },
        Look {
            changed: 2001,
            ..later
        },
        Look { inode: 2, ..later },
    ] {
        assert!(!look.is_still(&other));
    }
    let hasty = Look {
        looked: 1_999_999_999,
        ..look
    };
    assert!(
        !hasty.is_still(&later),
        "it was written again in the same moment"
    );
    let before_the_clock_went_back = Look { looked: -1, ..look };
    assert!(!before_the_clock_went_back.is_still(&later));
}

#[test]
fn what_another_release_read_is_read_again() {
    let (_home, path) = folder();
    let mut store = Store::open(&path, Access::Write).unwrap();
    let id = put(&mut store, &row("/a/b.txt", "B"), &text("One", "words"));
    store
        .connection
        .execute("UPDATE made SET version = '0.0.1'", [])
        .unwrap();
    drop(store);
    let mut store = Store::open(&path, Access::Write).unwrap();
    assert_eq!(store.article(id).unwrap().unwrap().look.looked, 0);
    put(&mut store, &row("/a/b.txt", "B"), &text("One", "sentences"));
    assert_eq!(found(&store, "sentences"), [(id, 0)]);
}
