//! The library with real files.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::sync::Arc;
use std::thread;

use rustix::fs::{CWD, Mode, mkfifoat};
use tempfile::TempDir;

use super::*;
use crate::model::article::{Bookmark, BookmarkId, Status};
use crate::model::document::Position;
use crate::model::quote::Quote;

/// A reader's home: `articles/` and `state/`, neither there yet.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A home with these articles, each of some words of its own.
    fn with(articles: &[&str]) -> Self {
        let home = Self::new();
        fs::create_dir(home.at("articles")).unwrap();
        for path in articles {
            home.write(
                path,
                &format!("# About {path}\n\nThis tells all there is to tell of {path}.\n"),
            );
        }
        home
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn article(&self, path: &str) -> PathBuf {
        self.at("articles").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.article(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn library(&self) -> Library {
        self.library_of(&[])
    }

    fn library_of(&self, sources: &[&Path]) -> Library {
        let sources = sources.iter().map(|path| path.to_path_buf()).collect();
        let folders = Folders {
            library: self.at("articles"),
            state: self.at("state"),
            index: self.at("index.db"),
        };
        Library::open(sources, folders)
    }

    fn journal(&self) -> String {
        let files = fs::read_dir(self.at("state")).unwrap();
        files
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect()
    }
}

fn scan(library: &Library) -> (Vec<Article>, Vec<String>) {
    let mut all = Vec::new();
    let notes = library.scan(&mut |found| all.extend(found));
    (all, notes)
}

fn names(articles: &[Article]) -> Vec<&str> {
    articles
        .iter()
        .map(|article| article.path.file_name().unwrap().to_str().unwrap())
        .collect()
}

fn change(id: &ArticleId, fact: Fact) -> Change {
    Change {
        does: vec![(id.clone(), fact)],
        undoes: Vec::new(),
        words: String::new(),
    }
}

fn mark_read(library: &Library, path: &Path) -> ArticleId {
    let id = library.read(path).unwrap().0.id;
    library
        .save_at(&change(&id, Fact::Status(Status::Read)), 1)
        .unwrap();
    id
}

fn bookmark(id: &str, added: i64) -> Fact {
    let hint = Position::default();
    let quote = Quote {
        exact: id.into(),
        prefix: String::new(),
        suffix: String::new(),
        hint,
    };
    let (section, note) = ("s".into(), String::new());
    Fact::Bookmark(Bookmark {
        id: BookmarkId(id.into()),
        quote,
        section,
        note,
        letter: None,
        added,
    })
}

fn status(library: &Library, path: &Path) -> Status {
    library.read(path).unwrap().3.status
}

#[test]
fn the_first_start_shows_the_samples() {
    let home = Home::new();
    let library = home.library();
    let (articles, notes) = scan(&library);
    assert_eq!(articles.len(), SAMPLES.len());
    assert!(notes.is_empty(), "{notes:?}");
    assert!(
        articles
            .iter()
            .all(|article| article.status == Status::Unread && article.minutes >= 1)
    );
    fs::remove_dir_all(home.at("articles")).unwrap();
    fs::create_dir(home.at("articles")).unwrap();
    assert!(
        scan(&library).0.is_empty(),
        "an empty library folder stays empty"
    );
    assert!(!home.at("state").exists(), "looking changes nothing");
}

#[test]
fn samples_that_cannot_be_placed_are_a_note() {
    let home = Home::new();
    File::create(home.at("file")).unwrap();
    let folders = Folders {
        library: home.at("file/articles"),
        state: home.at("state"),
        index: home.at("index.db"),
    };
    let (articles, notes) = scan(&Library::open(Vec::new(), folders));
    assert!(articles.is_empty());
    let library = home.at("file/articles");
    let note = format!(
        "could not put the sample articles into `{}`: file exists",
        library.display()
    );
    assert_eq!(notes, [note]);
}

#[test]
fn articles_come_from_all_subfolders_and_nothing_else_does() {
    let home = Home::with(&["b.txt", "a.md", "sea/deep/d.txt", "sea/c.TXT", "sky/e.text"]);
    home.write(".hidden.txt", "x");
    home.write(".git/f.txt", "x");
    home.write("picture.png", "x");
    home.write("b.txt~", "x");
    let (articles, notes) = scan(&home.library());
    assert_eq!(
        names(&articles),
        ["a.md", "b.txt", "c.TXT", "d.txt", "e.text"]
    );
    let folders: Vec<_> = articles
        .iter()
        .map(|article| article.folder.as_str())
        .collect();
    assert_eq!(folders, ["", "", "sea", "sea/deep", "sky"]);
    assert_eq!(articles[0].title, "About a.md");
    assert!(articles[0].modified > 1_700_000_000_000);
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn pipes_and_sockets_are_left_out_with_a_note() {
    let home = Home::with(&["a.txt"]);
    mkfifoat(CWD, home.article("pipe.txt"), Mode::RUSR | Mode::WUSR).unwrap();
    let _socket = UnixListener::bind(home.article("socket")).unwrap();
    symlink(home.article("pipe.txt"), home.article("link.txt")).unwrap();
    symlink("/dev/zero", home.article("zero.txt")).unwrap();
    symlink("nowhere", home.article("lost.txt")).unwrap();
    symlink("nowhere", home.article("lost.png")).unwrap();
    let (articles, notes) = scan(&home.library());
    assert_eq!(names(&articles), ["a.txt"]);
    let note =
        |name: &str, why: &str| format!("left out `{}`: {why}", home.article(name).display());
    let expected = [
        note("link.txt", "not a regular file"),
        note("lost.txt", "no such file"),
        note("pipe.txt", "not a regular file"),
        note("socket", "not a regular file"),
        note("zero.txt", "not a regular file"),
    ];
    assert_eq!(notes, expected);
}

#[test]
fn folders_that_hold_themselves_are_walked_once() {
    let home = Home::with(&["a.txt", "sea/b.txt"]);
    symlink(home.article(""), home.article("sea/loop")).unwrap();
    symlink("sea", home.article("again")).unwrap();
    fs::create_dir(home.at("elsewhere")).unwrap();
    fs::write(home.at("elsewhere/c.txt"), "c").unwrap();
    symlink(home.at("elsewhere"), home.article("linked")).unwrap();
    let (articles, notes) = scan(&home.library());
    assert_eq!(names(&articles), ["a.txt", "b.txt", "c.txt"]);
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn files_and_folders_given_by_name_are_read_once_each_whatever_their_names() {
    let home = Home::with(&["a.txt", "sea/b.txt"]);
    fs::write(home.at("README"), "Read this\n").unwrap();
    let (readme, sea) = (home.at("README"), home.article("sea"));
    let (missing, file) = (home.at("missing.txt"), home.article("sea/b.txt"));
    let sources = [
        readme.as_path(),
        &missing,
        &sea,
        &file,
        Path::new("/dev/null"),
    ];
    let (articles, notes) = scan(&home.library_of(&sources));
    assert_eq!(names(&articles), ["README", "b.txt"]);
    let missing = format!("could not read `{}`: no such file", missing.display());
    assert_eq!(
        notes,
        [
            missing,
            "could not read `/dev/null`: it is a device".to_owned()
        ]
    );
}

#[test]
fn the_first_batch_is_small() {
    let home = Home::with(&[]);
    for i in 0..700 {
        home.write(&format!("{i:03}.txt"), "words");
    }
    let mut batches = Vec::new();
    home.library().scan(&mut |found| batches.push(found.len()));
    assert_eq!((batches[0], batches.iter().sum()), (50, 700));
}

#[test]
fn names_are_shown_clean() {
    let home = Home::with(&[]);
    let name = OsStr::from_bytes(b"\x1b]0;x\x07\xff.txt");
    fs::write(home.at("articles").join(name), "").unwrap();
    fs::create_dir(home.article("se\u{202e}a\n")).unwrap();
    home.write("se\u{202e}a\n/b.txt", "");
    let (articles, _) = scan(&home.library());
    assert_eq!(articles[0].title, "␛]0;x␇\u{fffd}");
    assert_eq!(articles[1].folder.trim(), "sea");
    let error = home
        .library()
        .read(&home.article("\u{1b}[31m.txt"))
        .unwrap_err()
        .to_string();
    assert!(error.ends_with("␛[31m.txt`: no such file"), "{error}");
}

#[test]
fn an_article_is_read_with_its_sections_and_state() {
    let home = Home::with(&[]);
    home.write(
        "sea/a.md",
        "# Tides\n\nThe sea rises.\n\n## Ebb\n\nIt falls.\n",
    );
    let library = home.library();
    let path = home.article("sea/a.md");
    let (article, document, outline, state) = library.read(&path).unwrap();
    assert_eq!(
        (article.title.as_str(), article.folder.as_str()),
        ("Tides", "sea")
    );
    assert!(!document.is_empty() && outline.sections.len() == 2);
    assert_eq!(state, State::default());
    let (listed, _) = scan(&library);
    assert_eq!(listed, [article]);
}

#[test]
fn what_is_no_file_is_told_and_not_waited_for() {
    let home = Home::with(&[]);
    mkfifoat(CWD, home.at("pipe"), Mode::RUSR | Mode::WUSR).unwrap();
    let _socket = UnixListener::bind(home.at("socket")).unwrap();
    let library = home.library();
    let error = |path: &Path| library.read(path).unwrap_err().to_string();
    let expected =
        |path: &str, why: &str| format!("could not read `{}`: {why}", home.at(path).display());
    assert_eq!(
        error(&home.at("articles")),
        expected("articles", "it is a folder")
    );
    let pipe = expected("pipe", "it is a pipe; `-` reads standard input");
    assert_eq!(error(&home.at("pipe")), pipe);
    assert_eq!(
        error(&home.at("socket")),
        expected("socket", "it is a socket")
    );
    assert_eq!(
        error(Path::new("/dev/zero")),
        "could not read `/dev/zero`: it is a device"
    );
    assert_eq!(error(&home.at("none")), expected("none", "no such file"));
    assert_eq!(error(Path::new("")), "could not read ``: no such file");
}

#[test]
fn a_file_that_is_too_large_is_told() {
    let home = Home::with(&["a.txt"]);
    let path = home.article("a.txt");
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len((1 << 30) + 1)
        .unwrap();
    let error = home.library().read(&path).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("could not read `{}`: larger than 1 GB", path.display())
    );
    assert_eq!(scan(&home.library()).0.len(), 1);
}

#[test]
fn a_large_article_is_the_same_in_the_list_as_when_it_is_read() {
    let home = Home::with(&[]);
    for (name, lines) in [("a.txt", 3_000), ("b.txt", 5_000), ("c.txt", 20_000)] {
        let text = "One line of a hundred characters or so, as there are many in a long text of this kind, é.\n";
        home.write(
            name,
            &format!("# The title of {name}\n\n{}", text.repeat(lines)),
        );
    }
    let library = home.library();
    for listed in scan(&library).0 {
        let (read, ..) = library.read(&listed.path).unwrap();
        assert_eq!((&listed.id, &listed.title), (&read.id, &read.title));
        let ratio = f64::from(listed.minutes) / f64::from(read.minutes);
        assert!(
            (0.9..1.1).contains(&ratio),
            "{} for {}",
            listed.minutes,
            read.minutes
        );
    }
}

#[test]
fn standard_input_is_read_once_and_can_be_opened_again() {
    let home = Home::with(&["a.txt"]);
    let library = home.library_of(&[Path::new("-")]);
    library
        .standard_input
        .set(Ok(b"# Piped\n\nSome words.\n".to_vec()))
        .unwrap();
    let (articles, notes) = scan(&library);
    assert_eq!((articles.len(), articles[0].title.as_str()), (1, "Piped"));
    assert!(notes.is_empty());
    let id = mark_read(&library, Path::new("-"));
    assert_eq!(id, articles[0].id);
    let again = home.library_of(&[Path::new("-")]);
    again
        .standard_input
        .set(Ok(b"# Piped\n\nSome words.\n".to_vec()))
        .unwrap();
    assert_eq!(status(&again, Path::new("-")), Status::Read);
    let other = home.library_of(&[Path::new("-")]);
    other
        .standard_input
        .set(Ok(b"# Piped\n\nOther words.\n".to_vec()))
        .unwrap();
    assert_eq!(status(&other, Path::new("-")), Status::Unread);
}

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
fn a_moved_file_keeps_its_state() {
    let home = Home::with(&["a.txt", "b.txt"]);
    mark_read(&home.library(), &home.article("a.txt"));
    fs::create_dir(home.article("sea")).unwrap();
    fs::rename(home.article("a.txt"), home.article("sea/c.txt")).unwrap();
    let library = home.library();
    assert_eq!(status(&library, &home.article("sea/c.txt")), Status::Read);
    // once something is saved of it there, it may change there too
    mark_read(&library, &home.article("sea/c.txt"));
    home.write("sea/c.txt", "something else\n");
    assert_eq!(
        status(&home.library(), &home.article("sea/c.txt")),
        Status::Read
    );
}

#[test]
fn an_edited_file_keeps_its_state() {
    let home = Home::with(&["a.txt"]);
    let library = home.library();
    let id = mark_read(&library, &home.article("a.txt"));
    for text in ["# Changed\n\nquite a bit\n", "# Again\n", ""] {
        home.write("a.txt", text);
        assert_eq!(mark_read(&library, &home.article("a.txt")), id);
    }
    assert_eq!(scan(&home.library()).0[0].id, id);
    // moved and read in its second shape
    home.write("b.txt", "# Again\n");
    fs::remove_file(home.article("a.txt")).unwrap();
    assert_eq!(
        home.library().read(&home.article("b.txt")).unwrap().0.id,
        id
    );
}

#[test]
fn what_comes_in_the_place_of_a_moved_file_is_another_article() {
    let home = Home::with(&["today.txt"]);
    mark_read(&home.library(), &home.article("today.txt"));
    fs::rename(home.article("today.txt"), home.article("yesterday.txt")).unwrap();
    mark_read(&home.library(), &home.article("yesterday.txt"));
    home.write("today.txt", "# News\n");
    assert_eq!(
        status(&home.library(), &home.article("today.txt")),
        Status::Unread
    );
    assert_eq!(
        status(&home.library(), &home.article("yesterday.txt")),
        Status::Read
    );
}

#[test]
fn a_file_moved_over_another_brings_its_own_state() {
    let home = Home::with(&["a.txt", "b.txt"]);
    let id = mark_read(&home.library(), &home.article("b.txt"));
    let library = home.library();
    let other = library.read(&home.article("a.txt")).unwrap().0.id;
    library
        .save_at(&change(&other, bookmark("x", 1)), 1)
        .unwrap();
    fs::rename(home.article("b.txt"), home.article("a.txt")).unwrap();
    assert_eq!(
        home.library().read(&home.article("a.txt")).unwrap().0.id,
        id
    );
}

#[test]
fn empty_files_are_not_all_one_article() {
    let home = Home::with(&[]);
    home.write("a.txt", "");
    home.write("b.txt", "");
    mark_read(&home.library(), &home.article("a.txt"));
    assert_eq!(
        status(&home.library(), &home.article("b.txt")),
        Status::Unread
    );
}

#[test]
fn the_library_may_lie_elsewhere_on_another_machine() {
    let home = Home::with(&["sea/a.txt"]);
    let id = mark_read(&home.library(), &home.article("sea/a.txt"));
    fs::create_dir(home.at("usb")).unwrap();
    fs::rename(home.at("articles"), home.at("usb/texts")).unwrap();
    fs::write(home.at("usb/texts/sea/a.txt"), "edited").unwrap();
    let folders = Folders {
        library: home.at("usb/texts"),
        state: home.at("state"),
        index: home.at("index.db"),
    };
    let library = Library::open(Vec::new(), folders);
    let (articles, _) = scan(&library);
    assert_eq!((&articles[0].id, articles[0].status), (&id, Status::Read));
}

#[test]
fn a_path_through_a_link_is_the_same_path() {
    let home = Home::with(&["sea/a.txt"]);
    symlink(home.article("sea"), home.at("link")).unwrap();
    mark_read(&home.library(), &home.at("link/a.txt"));
    assert!(home.journal().contains(r#""path":"sea/a.txt""#));
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
fn an_article_is_found_by_path_title_and_file_name() {
    let home = Home::with(&["sea/dunes.txt", "ferry.txt"]);
    home.write("sky/ferry.txt", "# Another ferry\n");
    let library = home.library();
    let found = |name: &str| library.find(name).map(|article| article.title);
    for name in [
        "sea/dunes.txt",
        "dunes",
        "DUNES",
        "dunes.txt",
        "about sea/dunes.txt",
    ] {
        assert_eq!(found(name).unwrap(), "About sea/dunes.txt");
    }
    let path = home.article("sky/ferry.txt");
    assert_eq!(library.find(&path).unwrap().title, "Another ferry");
    let id = library.find(&path).unwrap().id;
    assert_eq!(found(&id.0).unwrap(), "Another ferry");
    let error = found("ferry").unwrap_err().to_string();
    let (one, two) = (home.article("ferry.txt"), home.article("sky/ferry.txt"));
    let paths = format!("`{}`, `{}`", one.display(), two.display());
    assert_eq!(
        error,
        format!("`ferry` is the name of 2 articles, say which: {paths}")
    );
}

#[test]
fn a_name_that_is_none_is_told_with_the_nearest_that_is() {
    let home = Home::with(&["dunes.txt"]);
    let library = home.library();
    let error = |name: &str| library.find(name).unwrap_err();
    assert_eq!(
        error("dune").to_string(),
        "no article `dune`; did you mean `dunes`?"
    );
    assert!(error("dune").is::<NoArticle>());
    assert_eq!(error("penguins").to_string(), "no article `penguins`");
    let folder = home.at("articles");
    let expected = format!("could not read `{}`: it is a folder", folder.display());
    assert_eq!(library.find(&folder).unwrap_err().to_string(), expected);
}

#[test]
fn an_article_whose_file_is_gone_is_still_found_by_its_title() {
    let home = Home::with(&["dunes.txt"]);
    let id = mark_read(&home.library(), &home.article("dunes.txt"));
    fs::remove_file(home.article("dunes.txt")).unwrap();
    let article = home.library().find("about dunes.txt").unwrap();
    assert_eq!((article.id, article.status), (id, Status::Read));
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
