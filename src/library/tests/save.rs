//! Keeping what the reader did.

use std::fs::{self, File};
use std::sync::Arc;
use std::thread;

use super::{Change, Fact, Home, Status, bookmark, change, mark_read, scan, status};

#[test]
fn what_was_done_is_there_in_the_next_run() {
    let home = Home::with(&["a.txt", "b.txt"]);
    let library = home.library();
    let id = mark_read(&library, &home.article("a.txt"));
    let known: Vec<_> = home
        .journal()
        .lines()
        .map(|line| line.contains("\"known\""))
        .collect();
    assert_eq!(known, [true, false]);
    mark_read(&library, &home.article("a.txt"));
    assert_eq!(
        home.journal().matches("\"known\"").count(),
        1,
        "it is known by now"
    );
    let (articles, _) = scan(&home.library());
    let read: Vec<_> = articles
        .iter()
        .filter(|a| a.status == Status::Read)
        .map(|a| &a.id)
        .collect();
    assert_eq!(read, [&id]);
}

#[test]
fn saving_tells_what_the_facts_add_up_to() {
    let home = Home::with(&["a.txt", "b.txt"]);
    let library = home.library();
    let (articles, _) = scan(&library);
    let does = articles
        .iter()
        .map(|a| (a.id.clone(), Fact::Status(Status::Read)))
        .collect();
    let change = Change {
        does,
        undoes: Vec::new(),
        words: String::new(),
    };
    let states = library.save_at(&change, 1).unwrap();
    assert_eq!(states.len(), 2);
    assert!(states.iter().all(|(_, state)| state.status == Status::Read));
    assert!(library.refresh().is_empty());
}

#[test]
fn what_cannot_be_saved_is_told_in_one_line() {
    let home = Home::with(&["a.txt"]);
    File::create(home.at("state")).unwrap();
    let library = home.library();
    assert_eq!(library.journal_notes().len(), 1);
    let id = library.read(&home.article("a.txt")).unwrap().0.id;
    let error = library
        .save_at(&change(&id, Fact::Status(Status::Read)), 1)
        .unwrap_err();
    assert!(
        format!("{error:#}").starts_with("not saved: could not write `"),
        "{error:#}"
    );
    assert_eq!(status(&library, &home.article("a.txt")), Status::Unread);
}

#[test]
fn another_program_at_the_same_time_is_noticed() {
    let home = Home::with(&["a.txt"]);
    let (one, two) = (home.library(), home.library());
    let id = mark_read(&one, &home.article("a.txt"));
    let changed = two.refresh();
    assert_eq!(changed.len(), 1);
    assert_eq!((&changed[0].0, changed[0].1.status), (&id, Status::Read));
    assert!(two.refresh().is_empty());
}

#[test]
fn bookmarks_of_all_articles_come_newest_first_even_when_files_are_gone() {
    let home = Home::with(&["a.txt", "b.txt", "c.txt"]);
    let library = home.library();
    let (articles, _) = scan(&library);
    for (article, (name, added)) in articles.iter().zip([("p", 5), ("q", 9), ("r", 7)]) {
        library
            .save_at(&change(&article.id, bookmark(name, added)), added)
            .unwrap();
    }
    fs::remove_file(home.article("b.txt")).unwrap();
    fs::rename(home.article("c.txt"), home.article("d.txt")).unwrap();
    for library in [library, home.library()] {
        let all = library.bookmarks();
        let told: Vec<_> = all
            .iter()
            .map(|(a, b)| (b.id.0.as_str(), a.title.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("q", "About b.txt"),
                ("r", "About c.txt"),
                ("p", "About a.txt")
            ]
        );
        assert_eq!(all[0].0.path, home.article("b.txt"));
        assert_eq!(all[0].0.bookmarks, 1);
    }
}

#[test]
fn lines_of_the_journal_that_were_skipped_are_told() {
    let home = Home::with(&[]);
    fs::create_dir(home.at("state")).unwrap();
    let path = home.at("state/other.jsonl");
    fs::write(&path, "torn").unwrap();
    let one = "1 line of the journal could not be read and was left as it is";
    assert_eq!(home.library().journal_notes(), [one]);
    fs::write(&path, "torn\nagain\n").unwrap();
    let two = "2 lines of the journal could not be read and were left as they are";
    assert_eq!(home.library().journal_notes(), [two]);
}

#[test]
fn a_library_serves_several_threads() {
    let home = Home::with(&["a.txt", "b.txt", "c.txt"]);
    let library = Arc::new(home.library());
    let threads = ["a.txt", "b.txt", "c.txt"].map(|name| {
        let (library, path) = (Arc::clone(&library), home.article(name));
        thread::spawn(move || {
            for _ in 0..5 {
                mark_read(&library, &path);
                library.scan(&mut |_| {});
                library.refresh();
            }
        })
    });
    for thread in threads {
        thread.join().unwrap();
    }
    assert!(
        scan(&library)
            .0
            .iter()
            .all(|article| article.status == Status::Read)
    );
}
