//! Who an article is when files are moved and changed.

use std::fs;
use std::os::unix::fs::symlink;

use super::{Folders, Home, Library, Status, bookmark, change, mark_read, scan, status};

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
