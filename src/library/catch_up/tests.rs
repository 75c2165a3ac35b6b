//! The list, brought up to date with real files and a real index.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use tempfile::TempDir;

use std::time::{Duration, Instant};

use super::super::file::shown;
use super::*;
use crate::library::Folders;
use crate::model::article::{ArticleId, Bookmark, BookmarkId};
use crate::model::quote::Quote;
use crate::model::state::{Change, Fact};

struct Home(TempDir);

impl Home {
    fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::create_dir(home.at("articles")).unwrap();
        home
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.at("articles").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn library(&self) -> Library {
        self.library_of(Vec::new())
    }

    fn library_of(&self, sources: Vec<PathBuf>) -> Library {
        let folders = Folders {
            library: self.at("articles"),
            state: self.at("state"),
            index: self.at("cache/index.db"),
        };
        Library::open(sources, folders)
    }

    /// As if all files had been looked at long after they were written: files of a test are new.
    fn let_time_pass(&self) {
        self.change("UPDATE articles SET looked = 9000000000000000000");
    }

    fn change(&self, sql: &str) {
        let index = rusqlite::Connection::open(self.at("cache/index.db")).unwrap();
        index.execute(sql, []).unwrap();
    }

    fn damage(&self, damage: impl FnOnce(&mut Vec<u8>)) {
        let path = self.at("cache/index.db");
        let mut bytes = fs::read(&path).unwrap();
        damage(&mut bytes);
        fs::write(&path, bytes).unwrap();
    }
}

/// What was told: known, found and gone, by file name, and the notes.
#[derive(Debug, Default, PartialEq)]
struct Told {
    known: Vec<String>,
    found: Vec<String>,
    gone: Vec<String>,
    notes: Vec<String>,
}

fn told(library: &Library) -> Told {
    let mut told = Told::default();
    let name = |path: &Path| shown(path.file_name().unwrap().as_ref());
    let names = |articles: Vec<Article>| articles.iter().map(|a| name(&a.path)).collect::<Vec<_>>();
    told.notes = library.catch_up(Order::Title, &mut |news| match news {
        News::Known(articles) => told.known.extend(names(articles)),
        News::Found(articles) => told.found.extend(names(articles)),
        News::Gone(paths) => told.gone.extend(paths.iter().map(|path| name(path))),
        News::Reading(_) => {}
    });
    for names in [&mut told.found, &mut told.gone] {
        names.sort();
    }
    told
}

#[track_caller]
fn check(library: &Library, known: &[&str], found: &[&str], gone: &[&str]) {
    let told = told(library);
    let is = (told.known, told.found, told.gone, told.notes);
    let owned = |names: &[&str]| {
        names
            .iter()
            .map(|name| (*name).to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(is, (owned(known), owned(found), owned(gone), vec![]));
}

#[test]
fn only_what_is_new_or_has_changed_is_read_again() {
    let home = Home::new();
    home.write("a.txt", "A\n\nfirst");
    home.write("sub/b.md", "# B\n\nsecond");
    check(&home.library(), &[], &["a.txt", "b.md"], &[]);
    home.let_time_pass();
    check(&home.library(), &["a.txt", "b.md"], &[], &[]);
    home.write("a.txt", "A\n\nfirst, changed");
    home.write("c.txt", "C\n\nthird");
    check(
        &home.library(),
        &["a.txt", "b.md"],
        &["a.txt", "c.txt"],
        &[],
    );
    fs::remove_file(home.at("articles/sub/b.md")).unwrap();
    home.let_time_pass();
    check(&home.library(), &["a.txt", "c.txt", "b.md"], &[], &["b.md"]);
    check(&home.library(), &["a.txt", "c.txt"], &[], &[]);
}

#[test]
fn what_was_just_written_is_looked_at_again() {
    let home = Home::new();
    home.write("a.txt", "A\n\nfirst");
    told(&home.library());
    check(&home.library(), &["a.txt"], &["a.txt"], &[]);
}

#[test]
fn an_article_that_moves_keeps_its_state() {
    let home = Home::new();
    let path = home.write("a.txt", "A\n\nfirst");
    let library = home.library();
    told(&library);
    let id = library.find(&path).unwrap().id;
    bookmark(&library, &id);
    home.let_time_pass();
    fs::create_dir(home.at("articles/sub")).unwrap();
    fs::rename(&path, home.at("articles/sub/z.txt")).unwrap();
    let library = home.library();
    check(&library, &["a.txt"], &["z.txt"], &["a.txt"]);
    assert_eq!(library.find("z").unwrap().bookmarks, 1);
}

fn bookmark(library: &Library, id: &ArticleId) {
    let quote = Quote {
        exact: "first".into(),
        prefix: String::new(),
        suffix: String::new(),
        hint: crate::model::document::Position::default(),
    };
    let bookmark = Bookmark {
        note: "a note on herring".into(),
        ..Bookmark::plain(BookmarkId("1".into()), quote, 1)
    };
    let change = Change {
        does: vec![(id.clone(), Fact::Bookmark(bookmark))],
        undoes: vec![],
        words: String::new(),
    };
    library.save(&change).unwrap();
}

#[test]
fn what_is_gone_stays_in_the_list_only_where_it_holds_bookmarks() {
    let home = Home::new();
    let path = home.write("a.txt", "A\n\nfirst");
    let other = home.write("b.txt", "B\n\nsecond");
    let library = home.library();
    told(&library);
    bookmark(&library, &library.find(&path).unwrap().id);
    fs::remove_file(path).unwrap();
    fs::remove_file(other).unwrap();
    home.write("c.txt", "C\n\nthird");
    let mut missing = Vec::new();
    home.library().catch_up(Order::Newest, &mut |news| {
        if let News::Found(articles) = news {
            missing.extend(articles.into_iter().filter(|article| article.missing));
        }
    });
    assert_eq!(missing.len(), 1);
    assert_eq!((missing[0].title.as_str(), missing[0].bookmarks), ("A", 1));
}

#[test]
fn a_folder_that_is_not_there_keeps_its_articles() {
    let home = Home::new();
    home.write("usb/a.txt", "A\n\nfirst");
    let usb = home.at("articles/usb");
    told(&home.library_of(vec![usb.clone()]));
    fs::rename(&usb, home.at("elsewhere")).unwrap();
    let gone = told(&home.library_of(vec![usb.clone()]));
    assert_eq!((gone.known.len(), gone.gone.len()), (1, 0));
    let why = format!(
        "could not read `{}`: no such file; its article stays listed",
        usb.display()
    );
    assert_eq!(gone.notes, [why]);
    // what is under a mount is an empty folder
    fs::create_dir(&usb).unwrap();
    home.change("UPDATE folders SET mounted = 1");
    let empty = told(&home.library_of(vec![usb.clone()]));
    assert_eq!((empty.known.len(), empty.gone.len()), (1, 0));
    assert!(
        empty.notes[0].contains("as if it were not mounted"),
        "{:?}",
        empty.notes
    );
    fs::remove_dir(&usb).unwrap();
    fs::rename(home.at("elsewhere"), &usb).unwrap();
    assert_eq!(told(&home.library_of(vec![usb.clone()])).notes, [""; 0]);
    fs::remove_file(usb.join("a.txt")).unwrap();
    assert_eq!(told(&home.library_of(vec![usb])).gone, ["a.txt"]);
}

#[test]
fn one_index_serves_several_folders() {
    let home = Home::new();
    home.write("one/a.txt", "A\n\nfirst");
    home.write("two/b.txt", "B\n\nsecond");
    told(&home.library());
    home.let_time_pass();
    let two = home.library_of(vec![home.at("articles/two")]);
    check(&two, &["b.txt"], &[], &[]);
    check(&home.library(), &["a.txt", "b.txt"], &[], &[]);
}

#[test]
fn what_lies_behind_links_is_listed_where_the_links_are() {
    let home = Home::new();
    fs::create_dir(home.at("far")).unwrap();
    fs::write(home.at("far/a.txt"), "A\n\nfirst").unwrap();
    symlink(home.at("far"), home.at("articles/near")).unwrap();
    symlink(home.at("articles"), home.at("articles/loop")).unwrap();
    check(&home.library(), &[], &["a.txt"], &[]);
    home.let_time_pass();
    let mut paths = Vec::new();
    home.library()
        .catch_up(Order::Newest, &mut |news| match news {
            News::Known(articles) => paths.extend(articles.into_iter().map(|a| (a.path, a.folder))),
            other => panic!("{other:?}"),
        });
    assert_eq!(paths, [(home.at("articles/near/a.txt"), "near".to_owned())]);
}

#[test]
fn names_may_be_anything() {
    let home = Home::new();
    for name in [
        &b"\xff\xfe.txt"[..],
        b"new\nline.txt",
        b"\x1b[31mred.txt",
        b"-.txt",
    ] {
        let path = home.at("articles").join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, [b"words of ", name].concat()).unwrap();
    }
    assert_eq!(told(&home.library()).found.len(), 4);
    home.let_time_pass();
    let again = told(&home.library());
    assert_eq!(
        (again.known.len(), again.found.len(), again.gone.len()),
        (4, 0, 0)
    );
}

/// Whatever is in the place of the index, all articles are listed, one note tells, and the next start is as ever.
#[track_caller]
fn check_damaged(damage: impl FnOnce(&mut Vec<u8>)) {
    let home = Home::new();
    for i in 0..200 {
        home.write(
            &format!("{i}.txt"),
            &format!("Title {i}\n\nword{i} and others that are here"),
        );
    }
    told(&home.library());
    home.let_time_pass();
    home.damage(damage);
    let library = home.library();
    let mut all = 0;
    let notes = library.scan(&mut |found| all += found.len());
    assert_eq!(all, 200);
    assert!(
        notes.len() == 1 && notes[0].starts_with("the index was damaged and is made anew"),
        "{notes:?}"
    );
    home.let_time_pass();
    let again = told(&home.library());
    assert_eq!(
        (again.known.len(), again.found.len(), again.notes.len()),
        (200, 0, 0)
    );
}

#[test]
fn an_index_that_is_zeroed_truncated_or_random_is_made_anew() {
    check_damaged(|bytes| bytes.fill(0));
    check_damaged(|bytes| bytes.truncate(bytes.len() / 2));
    check_damaged(|bytes| bytes.truncate(20));
    check_damaged(|bytes| bytes.reverse());
    // the header is right, all else is not
    check_damaged(|bytes| bytes[200..].fill(0xa5));
}

#[test]
fn without_an_index_the_articles_are_listed_all_the_same() {
    for obstacle in ["a folder", "no folder can be made"] {
        let home = Home::new();
        home.write("a.txt", "A\n\nfirst");
        if obstacle == "a folder" {
            fs::create_dir_all(home.at("cache/index.db")).unwrap();
        } else {
            fs::write(home.at("cache"), "").unwrap();
        }
        let library = home.library();
        let first = told(&library);
        assert_eq!(
            (first.found, first.notes.len()),
            (vec!["a.txt".to_owned()], 1)
        );
        assert!(
            first.notes[0].contains("going on without"),
            "{:?}",
            first.notes
        );
        assert_eq!(told(&library).notes, [""; 0], "once is enough");
    }
}

#[test]
fn an_index_that_another_program_holds_does_not_hold_the_list() {
    let home = Home::new();
    home.write("a.txt", "A\n\nfirst");
    told(&home.library());
    home.let_time_pass();
    let other = rusqlite::Connection::open(home.at("cache/index.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let start = Instant::now();
    check(&home.library(), &["a.txt"], &[], &[]);
    assert!(
        start.elapsed() < Duration::from_secs(4),
        "it waits for nothing"
    );
}

#[test]
fn two_at_once_both_list_everything() {
    let home = Home::new();
    for i in 0..300 {
        home.write(&format!("{i}.txt"), &format!("Title {i}\n\nwords"));
    }
    std::thread::scope(|scope| {
        let one = || {
            let mut all = 0;
            let notes = home.library().scan(&mut |found| all += found.len());
            (all, notes)
        };
        let threads = [scope.spawn(one), scope.spawn(one)];
        for thread in threads {
            assert_eq!(thread.join().unwrap(), (300, vec![]));
        }
    });
    home.let_time_pass();
    assert_eq!(told(&home.library()).known.len(), 300);
}

#[test]
fn long_articles_are_listed_by_their_beginning_and_read_later() {
    let home = Home::new();
    let long = "A sentence of words that goes on. ".repeat(20_000);
    home.write(
        "long.txt",
        &format!("Long\n\n{long}\n\nThe last is a narwhal.\n"),
    );
    let library = home.library();
    told(&library);
    let query =
        crate::model::query::Query::parse("narwhal", crate::model::query::Over::Texts).unwrap();
    assert_eq!(library.search(&query, 5).unwrap().hits.len(), 1);
}
