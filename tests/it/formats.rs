//! Articles as they come: books, pages and texts in any encoding, whatever their names say.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::process::Stdio;

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::harness::{Home, fixture};

const RUSSIAN: &str = "Лёд на Байкале\n\nЛёд на Байкале встаёт поздно, и ветер долго его ломает.\n";

/// An archive of these files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The files of a book of two parts, the second with a picture and a note.
const BOOK: &[(&str, &str)] = &[
    (
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path='O/b.opf'/></rootfiles></container>",
    ),
    (
        "O/b.opf",
        "<package><metadata><dc:title>The Night Ferry</dc:title><dc:creator>Jane Roe</dc:creator>\
         <dc:language>en</dc:language></metadata><manifest><item id='n' href='n.xhtml' properties='nav'/>\
         <item id='a' href='a.xhtml'/><item id='b' href='b.xhtml'/></manifest>\
         <spine><itemref idref='a'/><itemref idref='b'/></spine></package>",
    ),
    (
        "O/n.xhtml",
        "<html><nav epub:type='toc'><ol><li><a href='a.xhtml'>1. The Quay</a><ol><li><a href='a.xhtml#w'>Wind</a></li>\
         </ol></li><li><a href='b.xhtml'>The Bay</a></li></ol></nav></html>",
    ),
    (
        "O/a.xhtml",
        "<html><body><h2>1</h2><h2>The Quay</h2><p>The ferry left late.</p><p id='w'>Wind</p><p>It blew.</p></body></html>",
    ),
    (
        "O/b.xhtml",
        "<html><body><p>Nobody minded.</p><img src='map.png' alt='A map'/></body></html>",
    ),
];

#[test]
fn a_book_is_shown_listed_and_told_from_its_content() {
    let home = Home::new();
    let bytes = archive(BOOK);
    let path = home.write("books/ferry.epub", &bytes);
    home.write("books/named-wrong.txt", &bytes);
    let text = home.run(&["show", "books/ferry.epub"]).done();
    assert!(text.starts_with("The Night Ferry\nJane Roe\n"), "{text}");
    assert!(text.contains("\nNobody minded.\n"), "{text}");
    let outline = home
        .run(&["outline", "--json", "books/named-wrong.txt"])
        .done();
    let outline: Value = serde_json::from_str(&outline).unwrap();
    let sections = outline["sections"].as_array().unwrap().iter();
    let sections: Vec<String> = sections
        .map(|s| format!("{} {}", s["level"], s["title"].as_str().unwrap()))
        .collect();
    assert_eq!(sections, ["1 1. The Quay", "2 Wind", "1 The Bay"]);
    let list = home.run(&["list", "books"]).done();
    assert_eq!(list.matches("The Night Ferry").count(), 2, "{list}");
    assert_eq!(fs::read(path).unwrap(), bytes, "the file is never changed");
}

#[test]
fn a_book_comes_through_standard_input_too() {
    let home = Home::new();
    let mut child = home
        .command(&["show", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(&archive(BOOK))
        .unwrap();
    let mut out = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut out)
        .unwrap();
    assert!(child.wait().unwrap().success());
    assert!(out.starts_with("The Night Ferry\n"), "{out}");
}

#[test]
fn what_is_no_book_is_told_in_one_line() {
    let home = Home::new();
    let check = |bytes: &[u8], why: &str| {
        home.write("a.epub", bytes);
        let told = format!("liseuse: could not show `a.epub`: {why}\n");
        home.run(&["show", "a.epub"]).check(2, "", &told);
        let ran = home.run(&["list", "."]);
        assert_eq!(
            (ran.code, ran.err),
            (2, format!("liseuse: left out `./a.epub`: {why}\n"))
        );
    };
    check(b"%PDF-1.7\n", "it is a PDF");
    check(b"Only words.", "it is no EPUB: not a zip archive");
    check(
        &archive(&[("a.txt", "words")]),
        "it is a zip archive, not a book: there is no `META-INF/container.xml` in it",
    );
    check(
        &archive(BOOK)[..600],
        "its zip archive is cut short or broken: there is no list of its files",
    );
    let encryption = "<encryption><EncryptedData><CipherReference URI='O/a.xhtml'/></EncryptedData></encryption>";
    let files = [
        BOOK,
        &[
            ("META-INF/encryption.xml", encryption),
            ("META-INF/rights.xml", "<rights/>"),
        ],
    ]
    .concat();
    check(
        &archive(&files),
        "it is encrypted (Adobe ADEPT): only the program it was bought for can open it",
    );
}

#[test]
fn the_content_says_what_a_file_is_before_its_name() {
    let home = Home::new();
    home.write(
        "page.txt",
        "<!DOCTYPE html><title>x</title><h1>Wind</h1><p>It <b>blew</b>.</p>",
    );
    let page = home.run(&["show", "page.txt"]).done();
    assert!(
        page.contains("Wind\n") && page.contains("It blew.\n") && !page.contains('<'),
        "{page}"
    );
    home.write("words.html", "Only words, a < b.\n");
    home.run(&["show", "words.html"])
        .check(0, "Only words, a < b.\n", "");
}

#[test]
fn the_files_of_a_saved_page_are_no_articles() {
    let home = Home::new();
    home.write("news/page.html", "<p>Words.</p>");
    home.write("news/page_files/frame.html", "<p>Advertisement.</p>");
    home.write("news/other_files/page.html", "<p>More.</p>");
    let list = home.run(&["list", "news"]).done();
    assert!(
        !list.contains("frame") && list.lines().count() == 2,
        "{list}"
    );
}

#[test]
fn old_encodings_are_read_and_can_be_named() {
    let home = Home::new();
    let (koi8, _, _) = encoding_rs::KOI8_R.encode(RUSSIAN);
    home.write("ice.txt", &koi8);
    let told = home.run(&["show", "ice.txt"]).done();
    assert_eq!(told, RUSSIAN);
    let named = home.run(&["show", "--encoding", "koi8r", "ice.txt"]).done();
    assert_eq!(named, told);
    let other = home
        .run(&["--encoding", "windows-1251", "show", "ice.txt"])
        .done();
    assert!(other.starts_with("мЈД ОБ вБКЛБМЕ\n"), "{other}");
    let explained = home.run(&["outline", "--explain", "ice.txt"]).done();
    assert!(explained.starts_with("read as KOI8-"), "{explained}");
    home.run(&["show", "--encoding", "koi9", "ice.txt"]).check(
        2,
        "",
        "liseuse: no encoding `koi9`; did you mean `KOI8-R`, `KOI8-U`, `UTF-8` or `GBK`?\n",
    );
}

#[test]
fn a_page_is_read_in_the_encoding_it_declares() {
    let home = Home::new();
    let (page, _, _) = encoding_rs::SHIFT_JIS.encode("<meta charset=shift_jis><p>湖の氷。");
    home.write("ice.html", &page);
    home.run(&["show", "ice.html"]).check(0, "湖の氷。\n", "");
    let page: Vec<u8> = "\u{feff}<html><p>湖の氷。"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    home.write("ice16.html", &page);
    home.run(&["show", "ice16.html"]).check(0, "湖の氷。\n", "");
}

#[test]
fn a_saved_page_is_shown_without_what_stands_around_its_article() {
    let home = Home::new();
    let page = fixture("page.html");
    let page = page.to_str().unwrap();
    let article = home.run(&["show", page, "--width", "70"]).done();
    let begins = "The last lock keeper of Harrow Weir\nRosa Tindall, Jonas Bree · 2025-03-14\n\nThe first boat";
    assert!(article.starts_with(begins), "{article}");
    for noise in [
        "cookie",
        "Share on",
        "Read more",
        "comments",
        "Sign up",
        "©",
    ] {
        assert!(!article.contains(noise), "{noise}: {article}");
    }
    let all = home.run(&["show", page, "--all", "--width", "70"]).done();
    for noise in [
        "Share on Facebook",
        "Council votes on parking fees",
        "weirwatcher",
    ] {
        assert!(all.contains(noise), "{noise}: {all}");
    }
    let outline = home.run(&["outline", page]).done();
    let sections: Vec<&str> = outline
        .lines()
        .filter_map(|line| line.split_once("words  ").map(|(_, s)| s))
        .collect();
    let title = "The last lock keeper of Harrow Weir";
    assert_eq!(
        sections,
        [
            title,
            "A day at the gates",
            "  The gauge book",
            "What comes after"
        ]
    );
}

#[test]
fn an_article_of_the_web_is_the_same_in_markdown() {
    let home = Home::new();
    let page = fixture("page.html");
    let markdown = home
        .run(&["show", page.to_str().unwrap(), "--format", "markdown"])
        .done();
    home.write("page.md", markdown);
    let words = |file: &str| -> Vec<String> {
        let text = home.run(&["show", file, "--format", "text"]).done();
        text.split_whitespace().map(ToOwned::to_owned).collect()
    };
    assert_eq!(words("page.md"), words(page.to_str().unwrap()));
}

#[test]
fn a_page_without_an_article_says_so() {
    let home = Home::new();
    let links = "<li><a href=/x>Some page or other</a>".repeat(150);
    home.write(
        "index.html",
        format!("<!DOCTYPE html><body><ul>{links}</ul>"),
    );
    let ran = home.run(&["show", "index.html"]);
    ran.check(
        0,
        &"• Some page or other\n".repeat(150),
        "liseuse: no article could be told from the rest of this page: all of it is shown\n",
    );
}
