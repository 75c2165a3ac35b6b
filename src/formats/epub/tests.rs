//! Books made by code, as they should be and as they should not.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::*;
use crate::model::document::{Metadata, Position};

const CONTAINER: &str = r#"<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"#;

/// A book: its files in order.
#[derive(Clone)]
struct Book(Vec<(String, Vec<u8>)>);

impl Book {
    /// A book with these parts, each with its name, body and whether it is linear; and these lines in its package and files
    /// beside it.
    fn new(parts: &[(&str, &str)], manifest: &str, spine: &str) -> Self {
        let (mut items, mut refs) = (manifest.to_owned(), spine.to_owned());
        for (i, (name, _)) in parts.iter().enumerate() {
            let _ = writeln!(
                items,
                r#"<item id="p{i}" href="{name}" media-type="application/xhtml+xml"/>"#
            );
            let _ = writeln!(refs, r#"<itemref idref="p{i}"/>"#);
        }
        let package = format!(
            r#"<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">
<dc:title>The Ice &amp; the Wind</dc:title><dc:creator opf:role="aut">Jane Roe</dc:creator>
<dc:creator opf:role="ill">Ida Ill</dc:creator><dc:language>en-GB</dc:language><dc:date>2011-05-03T00:00:00+00:00</dc:date>
<dc:identifier id="id">https://example.org/ice</dc:identifier><dc:subject>Lakes</dc:subject><dc:subject>Ice</dc:subject>
</metadata><manifest>{items}</manifest><spine toc="ncx">{refs}</spine></package>"#
        );
        let mut book = Self(vec![
            ("mimetype".to_owned(), b"application/epub+zip".to_vec()),
            ("META-INF/container.xml".to_owned(), CONTAINER.into()),
            ("OEBPS/book.opf".to_owned(), package.into_bytes()),
        ]);
        for (name, body) in parts {
            let page = format!(
                "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml' \
                 xmlns:epub='http://www.idpf.org/2007/ops'><head><title>x</title></head><body>{body}</body></html>"
            );
            book = book.with(&format!("OEBPS/{name}"), page.as_bytes());
        }
        book
    }

    fn with(mut self, name: &str, bytes: &[u8]) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), bytes.to_vec()));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in &self.0 {
            let method = if name == "mimetype" {
                CompressionMethod::Stored
            } else {
                CompressionMethod::Deflated
            };
            let options = SimpleFileOptions::default().compression_method(method);
            zip.start_file(name.as_str(), options).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[track_caller]
    fn read(&self) -> Document {
        document(Cursor::new(self.bytes())).unwrap()
    }

    #[track_caller]
    fn fails(&self, expected: &str) {
        let bytes = self.bytes();
        let error = document(Cursor::new(&bytes)).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(sample(Cursor::new(&bytes)).is_err() || expected.contains("unpack"));
    }
}

/// One line a block: its kind's first letter, the level of headings, its text.
fn shape(document: &Document) -> Vec<String> {
    let line = |block: &Block| {
        let kind = match block.kind {
            BlockKind::Title => "T".to_owned(),
            BlockKind::Heading(level) => level.to_string(),
            BlockKind::Image => "I".to_owned(),
            BlockKind::Byline => "B".to_owned(),
            BlockKind::Footnote => "F".to_owned(),
            _ => "-".to_owned(),
        };
        format!("{kind} {}", block.text)
    };
    document.blocks().iter().map(line).collect()
}

fn links(document: &Document) -> Vec<&str> {
    let marks = document.blocks().iter().flat_map(|block| &block.marks);
    let links = marks.filter_map(|(_, mark)| match mark {
        Mark::Link(link) => Some(link.as_str()),
        _ => None,
    });
    links.collect()
}

fn nav(list: &str) -> String {
    format!(
        "<html xmlns='http://www.w3.org/1999/xhtml' xmlns:epub='http://www.idpf.org/2007/ops'><body>\
         <nav epub:type='landmarks'><ol><li><a href='one.xhtml'>Start</a></li></ol></nav>\
         <nav epub:type='toc'><h1>Contents</h1>{list}</nav></body></html>"
    )
}

const NAV: &str =
    r#"<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>"#;
const NCX: &str = r#"<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>"#;

#[test]
fn a_book_is_one_text_in_the_order_of_its_spine() {
    let book = Book::new(
        &[
            (
                "one.xhtml",
                "<h1>One</h1><p>First <a href='two.xhtml#b'>part</a>.</p>",
            ),
            (
                "two.xhtml",
                "<h1>Two</h1><p>Second.</p><h2>Under</h2><p id='b'>Its <a href='one.xhtml'>end</a>.</p>",
            ),
        ],
        "",
        "",
    );
    let document = book.read();
    assert_eq!(
        shape(&document),
        [
            "T The Ice & the Wind",
            "B Jane Roe",
            "1 One",
            "- First part.",
            "1 Two",
            "- Second.",
            "2 Under",
            "- Its end."
        ]
    );
    assert_eq!(
        document.metadata,
        Metadata {
            title: "The Ice & the Wind".into(),
            byline: Some("Jane Roe".into()),
            date: Some("2011-05-03".into()),
            language: Some("en".into()),
            url: Some("https://example.org/ice".into()),
            tags: vec!["Lakes".into(), "Ice".into()],
            too_many: None,
        }
    );
    assert_eq!(links(&document), ["#OEBPS/two.xhtml#b", "#OEBPS/one.xhtml"]);
    assert_eq!(
        document.anchor("OEBPS/two.xhtml#b"),
        Some(Position::start_of(7))
    );
    assert_eq!(
        document.anchor("OEBPS/one.xhtml"),
        Some(Position::start_of(2))
    );
}

#[test]
fn the_contents_give_headings_their_levels_and_are_not_doubled() {
    let list = "<ol><li><span>Part I</span><ol><li><a href='one.xhtml'>1. One</a></li>\
        <li><a href='two.xhtml'>Chapter 2: Two</a><ol><li><a href='two.xhtml#u'>Under it</a></li></ol></li></ol></li>\
        <li><a href='three.xhtml'>Afterword</a></li></ol>";
    let book = Book::new(
        &[
            ("one.xhtml", "<h2>One</h2><p>First.</p><h3>Not listed</h3><p>More.</p>"),
            ("two.xhtml", "<p>CHAPTER 2</p><h2>Two</h2><p>Second.</p><p id='u'><b>Under it</b></p><p>Last.</p>"),
            ("three.xhtml", "<p>After all, there are no headings here, only words.</p>"),
        ],
        NAV,
        "<itemref idref='nav'/>",
    )
    .with("OEBPS/nav.xhtml", nav(list).as_bytes());
    assert_eq!(
        shape(&book.read()),
        [
            "T The Ice & the Wind",
            "B Jane Roe",
            "1 Part I",
            "2 One",
            "- First.",
            "3 Not listed",
            "- More.",
            "2 CHAPTER 2. Two",
            "- Second.",
            "3 Under it",
            "- Last.",
            "1 Afterword",
            "- After all, there are no headings here, only words."
        ]
    );
}

#[test]
fn the_older_contents_are_read_too() {
    let ncx = "<ncx><docTitle><text>No line</text></docTitle><navMap>\
        <navPoint><navLabel><text>One</text></navLabel><content src='one.xhtml'/>\
        <navPoint><navLabel><text>In&#32;one</text></navLabel><content src='one.xhtml#i'/></navPoint></navPoint>\
        </navMap></ncx>";
    let book = Book::new(
        &[("one.xhtml", "<p>Words.</p><p id='i'>More words.</p>")],
        NCX,
        "",
    )
    .with("OEBPS/toc.ncx", ncx.as_bytes());
    let document = book.read();
    assert_eq!(
        shape(&document)[2..],
        ["1 One", "- Words.", "2 In one", "- More words."]
    );
    assert_eq!(
        document.anchor("OEBPS/one.xhtml"),
        Some(Position::start_of(2))
    );
    assert_eq!(
        document.anchor("OEBPS/one.xhtml#i"),
        Some(Position::start_of(4))
    );
}

#[test]
fn a_title_page_is_the_title() {
    let list = "<ol><li><a href='title.xhtml'>The Ice &amp; the Wind</a></li><li><a href='one.xhtml'>One</a></li></ol>";
    let parts = [
        (
            "title.xhtml",
            "<p><img src='cover.jpg' alt='Cover'/></p><h1>THE ICE &amp; THE WIND</h1><p>by Jane Roe</p>",
        ),
        ("one.xhtml", "<h1>One</h1><p>First.</p>"),
    ];
    let book = Book::new(&parts, NAV, "").with("OEBPS/nav.xhtml", nav(list).as_bytes());
    let shape = shape(&book.read());
    assert_eq!(
        shape[1..],
        ["T THE ICE & THE WIND", "- by Jane Roe", "1 One", "- First."]
    );
    assert!(shape[0].starts_with("I "), "{}", shape[0]);
}

#[test]
fn what_stands_aside_comes_last() {
    let aside = "<item id='x' href='aside.xhtml' media-type='application/xhtml+xml'/>";
    let book = Book::new(
        &[("one.xhtml", "<h1>One</h1><p>First.</p>")],
        aside,
        "<itemref idref='x' linear='no'/>",
    )
    .with("OEBPS/aside.xhtml", b"<p>Aside.</p>");
    assert_eq!(shape(&book.read())[2..], ["1 One", "- First.", "- Aside."]);
}

#[test]
fn notes_in_a_file_of_their_own_are_followed_and_lead_back() {
    let book = Book::new(
        &[
            (
                "one.xhtml",
                "<p>Words<sup><a id='r1' href='notes.xhtml#n1'>1</a></sup>.</p>",
            ),
            (
                "notes.xhtml",
                "<aside epub:type='footnote' id='n1'><p><a href='one.xhtml#r1'>1</a> The note.</p></aside>",
            ),
        ],
        "",
        "",
    );
    let document = book.read();
    assert_eq!(shape(&document)[2..], ["- Words[1].", "F [1] The note."]);
    assert_eq!(
        links(&document),
        ["#OEBPS/notes.xhtml#n1", "#OEBPS/one.xhtml#r1"]
    );
    let place = |name| document.anchor(name).map(|at| at.block);
    assert_eq!(place("OEBPS/notes.xhtml#n1"), Some(3));
    assert_eq!(place("OEBPS/one.xhtml#r1"), Some(2));
}

#[test]
fn a_missing_part_is_told_in_its_place() {
    let parts = [
        ("one.xhtml", "<p>First.</p>"),
        ("two.xhtml", "<p>Second.</p>"),
        ("three.xhtml", "<p>Third.</p>"),
    ];
    let book = Book::new(&parts, "", "<itemref idref='nobody'/>").without("OEBPS/two.xhtml");
    assert_eq!(
        shape(&book.read())[2..],
        [
            "- [the part `nobody` is not listed in the book]",
            "- First.",
            "- [`OEBPS/two.xhtml` is missing from the book]",
            "- Third."
        ]
    );
}

#[test]
fn broken_books_say_what_is_wrong() {
    let book = Book::new(&[("one.xhtml", "<p>First.</p>")], "", "");
    book.clone()
        .without("META-INF/container.xml")
        .fails("it is a zip archive, not a book: there is no `META-INF/container.xml` in it");
    book.clone()
        .without("OEBPS/book.opf")
        .fails("its package `OEBPS/book.opf` is missing");
    book.clone()
        .with("META-INF/container.xml", b"<container/>")
        .fails("its `META-INF/container.xml` names no package");
    book.clone()
        .with("OEBPS/book.opf", b"<package><spine/></package>")
        .fails("its `OEBPS/book.opf` names no parts to read");
    let empty = book.clone().without("OEBPS/one.xhtml").bytes();
    let error = document(Cursor::new(empty)).unwrap_err().to_string();
    assert_eq!(
        error,
        "nothing of it can be read: `OEBPS/one.xhtml` is missing from the book"
    );
    let bytes = book.bytes();
    let error = document(Cursor::new(&bytes[..bytes.len() / 2]))
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "its zip archive is cut short or broken: there is no list of its files"
    );
    book.without("META-INF/container.xml")
        .with("word/document.xml", b"<w/>")
        .fails("it is a Word document");
}

fn encryption(method: &str, file: &str) -> String {
    format!(
        "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' xmlns:enc='http://www.w3.org/2001/04/xmlenc#'>\
         <enc:EncryptedData><enc:EncryptionMethod Algorithm='{method}'/>\
         <enc:CipherData><enc:CipherReference URI='{file}'/></enc:CipherData></enc:EncryptedData></encryption>"
    )
}

#[test]
fn protected_books_are_told_by_what_protects_them() {
    let aes = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";
    let book = Book::new(&[("one.xhtml", "<p>First.</p>")], "", "");
    let book = book.with(
        "META-INF/encryption.xml",
        encryption(aes, "OEBPS/one.xhtml").as_bytes(),
    );
    let told =
        |name| format!("it is encrypted ({name}): only the program it was bought for can open it");
    book.fails(&told("its kind is not known"));
    book.clone()
        .with(
            "META-INF/rights.xml",
            b"<rights xmlns='http://ns.adobe.com/adept'/>",
        )
        .fails(&told("Adobe ADEPT"));
    book.clone()
        .with("META-INF/rights.xml", b"<kdrm/>")
        .fails(&told("Kobo"));
    book.clone()
        .with("META-INF/license.lcpl", b"{}")
        .fails(&told("Readium LCP"));
    book.clone()
        .with("META-INF/sinf.xml", b"<s/>")
        .fails(&told("Apple FairPlay"));
    let fonts = encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf");
    let garbled = book
        .clone()
        .with("META-INF/encryption.xml", fonts.as_bytes());
    assert_eq!(garbled.read().blocks().len(), 3);
}

#[test]
fn bombs_are_refused() {
    let book = Book::new(&[("one.xhtml", "<p>First.</p>")], "", "");
    book.clone()
        .with("OEBPS/one.xhtml", &vec![b' '; 8 << 20])
        .fails("`OEBPS/one.xhtml` unpacks to more than 250 times its size, the most that is read");
    let long: Vec<u8> = (0..33_u32 << 20)
        .map(|i| (i.wrapping_mul(i) >> 11).to_le_bytes()[0] & 31 | 64)
        .collect();
    book.clone().with("OEBPS/one.xhtml", &long).fails(
        "`OEBPS/one.xhtml` takes more than 32 MB unpacked, the most that is read of one part",
    );
    let mut many = book;
    many.0
        .extend((0..20_001).map(|i| (format!("x{i}"), Vec::new())));
    many.fails("its zip archive lists 20005 files; at most 20000 are read");
}

#[test]
fn names_never_lead_out_of_the_archive() {
    let mut book = Book::new(&[("../../../../etc/passwd", "<p>First.</p>")], "", "");
    book.0.retain(|(name, _)| !name.contains("passwd"));
    let book = book
        .with("/etc/passwd", b"<p>absolute</p>")
        .with("../etc/passwd", b"<p>above</p>");
    let error = document(Cursor::new(book.bytes())).unwrap_err().to_string();
    assert_eq!(
        error,
        "nothing of it can be read: `etc/passwd` is missing from the book"
    );
    let book = book.with("etc/passwd", b"<p>inside</p>");
    assert_eq!(
        shape(&book.read()).last().map(String::as_str),
        Some("- inside")
    );
}

#[test]
fn entities_are_not_expanded_and_depth_has_an_end() {
    let book = Book::new(&[("one.xhtml", "<p>First.</p>")], NCX, "");
    let ncx = "<!DOCTYPE ncx [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>\
        <ncx><navMap><navPoint><navLabel><text>&b;&x;&eacute;</text></navLabel><content src='one.xhtml'/></navPoint></navMap></ncx>";
    let document = book.clone().with("OEBPS/toc.ncx", ncx.as_bytes()).read();
    assert_eq!(shape(&document)[2], "1 &b;&x;é");
    let deep = format!("<ncx>{}", "<navPoint>".repeat(100_000));
    let error = super::document(Cursor::new(
        book.with("OEBPS/toc.ncx", deep.as_bytes()).bytes(),
    ));
    assert_eq!(
        error.unwrap_err().to_string(),
        "`OEBPS/toc.ncx` is nested more than 256 deep, the most that is read"
    );
}

#[test]
fn a_sample_tells_of_the_whole_book() {
    let long = format!("<h1>One</h1><p>{}</p>", "Words of the book. ".repeat(500));
    let parts = [
        ("one.xhtml", long.as_str()),
        ("two.xhtml", long.as_str()),
        ("three.xhtml", "<p>End.</p>"),
    ];
    let sample = sample(Cursor::new(Book::new(&parts, "", "").bytes())).unwrap();
    assert_eq!(sample.document.metadata.title, "The Ice & the Wind");
    assert!((2.0..2.1).contains(&sample.share), "{}", sample.share);
    assert!(sample.document.len() > 9_000);
}

#[test]
fn parts_in_old_encodings_are_read() {
    let page = b"<?xml version='1.0' encoding='windows-1251'?><html><body><p>\xcb\xb8\xe4</p></body></html>";
    let book = Book::new(&[("one.xhtml", "")], "", "").with("OEBPS/one.xhtml", page);
    assert_eq!(
        shape(&book.read()).last().map(String::as_str),
        Some("- Лёд")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_damaged_book_never_stops_the_program(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20),
        end in any::<prop::sample::Index>(),
    ) {
        let list = "<ol><li><a href='one.xhtml'>One</a><ol><li><a href='one.xhtml#a'>A</a></li></ol></li></ol>";
        let book = Book::new(&[("one.xhtml", "<h1>One</h1><p id='a'>First.</p>")], NAV, "")
            .with("OEBPS/nav.xhtml", nav(list).as_bytes());
        let mut bytes = book.bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = document(Cursor::new(&bytes));
        let _ = sample(Cursor::new(&bytes));
        let _ = document(Cursor::new(&bytes[..end.index(bytes.len())]));
    }

    #[test]
    fn any_contents_make_an_outline(
        lines in prop::collection::vec((0..3_usize, 0..4_usize, 1..5_u8, "[A-D]{1,2}"), 0..12),
        parts in prop::collection::vec("(<h[1-3] id='[a-c]'>[A-D]</h1>|<p id='[a-c]'>[A-D]</p>|<table><tr><td id='d'>x</td></tr></table>){0,5}", 1..4),
    ) {
        let names = ["0.xhtml", "1.xhtml", "2.xhtml"];
        let places = ["", "#a", "#b", "#d"];
        let mut ncx = String::from("<ncx><navMap>");
        for (part, place, depth, label) in lines {
            let target = format!("{}{}", names[part], places[place]);
            let point = format!("<navLabel><text>{label}</text></navLabel><content src='{target}'/>");
            let (open, close) = ("<navPoint>".repeat(depth.into()), "</navPoint>".repeat(depth.into()));
            let _ = write!(ncx, "{open}{point}{close}");
        }
        ncx.push_str("</navMap></ncx>");
        let parts: Vec<(&str, &str)> = names.into_iter().zip(parts.iter().map(String::as_str)).collect();
        let document = Book::new(&parts, NCX, "").with("OEBPS/toc.ncx", ncx.as_bytes()).read();
        for (_, at) in document.anchors() {
            prop_assert_eq!(document.clamp(*at), *at);
        }
        for block in document.blocks() {
            prop_assert!(!block.text.is_empty());
            if let BlockKind::Heading(level) = block.kind {
                prop_assert!((1..=6).contains(&level));
            }
            let is_row = block.kind == BlockKind::TableRow;
            let index = document.blocks().iter().position(|b| std::ptr::eq(b, block)).unwrap();
            prop_assert_eq!(document.table_at(index).is_some(), is_row);
        }
    }
}
