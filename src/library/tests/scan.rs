//! Finding articles.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use rustix::fs::{CWD, Mode, mkfifoat};

use super::{Folders, Home, Library, SAMPLES, Status, names, scan};

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
