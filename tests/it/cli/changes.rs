//! `liseuse changes`: what has changed in an article since it was read.

use std::fs;
use std::sync::Arc;

use liseuse::model::edition::Edition;
use liseuse::model::state::{Change, Fact};
use serde_json::Value;

use super::library;
use crate::harness::{Home, Ran};

const TEXT: &str = "The Harbour\n\nThe lamp was lit at six by the first keeper of the house.\n\n\
    The second keeper wrote it down in the book, as he did every day of the year.\n\n\
    A third paragraph tells of the oil, of the wick, and of the long winter that came after it.\n";

const CHANGED: &str = "The Harbour\n\nA new paragraph stands before all the others, and says what they say.\n\n\
    The lamp was lit at seven by the first keeper of the house.\n\n\
    A third paragraph tells of the oil, of the wick, and of the long winter that came after it.\n";

/// A home with an article that was read as it was.
fn read() -> Home {
    let home = Home::new();
    home.write("news/a.txt", TEXT);
    let library = library(&home);
    let (article, document, ..) = library.read(&home.path("news/a.txt")).unwrap();
    let edition = Edition::of(&document).unwrap();
    let change = Change {
        does: vec![(article.id.clone(), Fact::Edition(Arc::new(edition)))],
        undoes: Vec::new(),
        words: String::new(),
    };
    library.save(&change).unwrap();
    let blocks = document.blocks().iter();
    let texts: Vec<String> = blocks.map(|block| block.text.clone()).collect();
    library.keep_copy(&article.id, &texts);
    home
}

fn changes(home: &Home, arguments: &[&str]) -> Ran {
    home.run(&[&["--library", "news", "changes"], arguments].concat())
}

#[test]
fn what_has_changed_is_told_in_words() {
    let home = read();
    changes(&home, &["news/a.txt"]).check(1, "", "");
    home.write("news/a.txt", CHANGED);
    let told = changes(&home, &["news/a.txt"]).done();
    let expected = "+ A new paragraph stands before all the others, and says what they say.\n\
        ~ The lamp was lit at [-six-]{+seven+} by the first keeper of the house.\n\
        - The second keeper wrote it down in the book, as he did every day of the year.\n";
    assert_eq!(told, expected);
    let json: Value =
        serde_json::from_str(&changes(&home, &["--json", "news/a.txt"]).done()).unwrap();
    assert_eq!(
        (&json["new"], &json["changed"], &json["removed"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert_eq!(json["changes"][2]["what"], "removed");
    assert_eq!(json["changes"][2]["text"], Value::Null);
}

#[test]
fn without_a_copy_it_is_said_that_there_is_none() {
    let home = read();
    home.write("news/a.txt", CHANGED);
    let copies = home.path(".cache/liseuse/index.db-copies");
    let copy = fs::read_dir(&copies)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let whole = fs::read(&copy).unwrap();
    for torn in [
        &b""[..],
        b"liseuse copy 1\n",
        b"liseuse copy 1\n\x78\x9c\xff\xff",
        &whole[..whole.len() / 2],
        b"\x1b[31m",
    ] {
        fs::write(&copy, torn).unwrap();
        let told = changes(&home, &["news/a.txt"]).done();
        assert!(told.contains(" A new paragraph"), "{told}");
        assert!(!told.contains('\u{1b}'));
    }
    fs::remove_dir_all(&copies).unwrap();
    let told = changes(&home, &["news/a.txt"]).done();
    assert!(told.contains("(the earlier text was not kept)"), "{told}");
}

#[test]
fn an_article_that_was_never_read_is_told() {
    let home = Home::new();
    home.write("news/a.txt", TEXT);
    changes(&home, &["news/a.txt"]).check(1, "", "liseuse: you have not read “The Harbour” yet\n");
    let missing = changes(&home, &["news/b.txt"]);
    assert_eq!(missing.code, 2);
}
