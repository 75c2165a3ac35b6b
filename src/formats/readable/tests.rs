//! Tests: Saved pages, reduced to their articles.

use super::*;
use crate::formats::{Format, parse};
use crate::model::document::BlockKind::{
    self, Byline, Caption, Footnote, Heading, Image, ListItem, Paragraph, Quote, TableRow, Title,
};
use crate::model::document::{Document, Mark};

const PAGE: &str = include_str!("../../../tests/it/fixtures/page.html");

fn page() -> Document {
    parse(PAGE.as_bytes(), Format::Html).unwrap()
}

/// The blocks that are shown, each with its kind.
fn shown(document: &Document) -> Vec<(BlockKind, &str)> {
    let blocks = document.blocks().iter();
    let shown = blocks.filter(|block| block.kind != BlockKind::Noise);
    shown
        .map(|block| (block.kind, block.text.as_str()))
        .collect()
}

#[test]
fn a_saved_page_becomes_its_article() {
    let document = page();
    let shown = shown(&document);
    let kinds: Vec<BlockKind> = shown.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(
        kinds,
        [
            Title,
            Byline,
            Paragraph,
            Image,
            Caption,
            Paragraph,
            Heading(1),
            Paragraph,
            ListItem(0),
            ListItem(0),
            ListItem(0),
            ListItem(0),
            Quote,
            Heading(2),
            Paragraph,
            TableRow,
            TableRow,
            TableRow,
            TableRow,
            TableRow,
            Heading(1),
            Paragraph,
            Paragraph,
            Footnote
        ],
        "{shown:#?}"
    );
}

#[test]
fn what_a_page_says_of_itself_is_known() {
    let metadata = page().metadata;
    assert_eq!(metadata.title, "The last lock keeper of Harrow Weir");
    assert_eq!(metadata.byline.as_deref(), Some("Rosa Tindall, Jonas Bree"));
    assert_eq!(metadata.date.as_deref(), Some("2025-03-14"));
    assert_eq!(metadata.language.as_deref(), Some("en"));
    assert_eq!(
        metadata.url.as_deref(),
        Some("https://courier.example/2025/lock-keeper.html")
    );
    assert_eq!(metadata.tags, ["rivers", "work", "local history"]);
}

#[test]
fn the_rest_of_the_page_is_kept_as_noise() {
    let document = page();
    let noise: Vec<&str> = document
        .blocks()
        .iter()
        .filter(|b| b.kind == BlockKind::Noise)
        .map(|b| b.text.as_str())
        .collect();
    for line in [
        "Share on Facebook",
        "Council votes on parking fees",
        "Advertisement",
        "3 comments",
    ] {
        assert!(
            noise.iter().any(|text| text.contains(line)),
            "{line}: {noise:#?}"
        );
    }
}

#[test]
fn links_and_notes_of_the_article_lead_somewhere() {
    let document = page();
    let links: Vec<&str> = document
        .blocks()
        .iter()
        .flat_map(|block| &block.marks)
        .filter_map(|(_, mark)| match mark {
            Mark::Link(target) | Mark::Image(target) => Some(target.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(
        links,
        [
            "https://courier.example/img/weir.jpg",
            "#fn1",
            "https://courier.example/people/captain",
            "#ref1"
        ]
    );
    let note = document.anchor("fn1").expect("the note");
    assert!(
        document.blocks()[note.block]
            .text
            .starts_with("[1] The office")
    );
    assert!(document.anchor("ref1").is_some());
}

#[test]
fn a_page_without_an_article_is_shown_whole() {
    let links = "<li><a href=/x>some page or other</a>".repeat(150);
    let document = parse(format!("<body><ul>{links}</ul>").as_bytes(), Format::Html).unwrap();
    assert!(document.notice.is_some());
    assert_eq!(
        document
            .blocks()
            .iter()
            .filter(|b| b.kind == BlockKind::ListItem(0))
            .count(),
        150
    );
}

#[test]
fn a_part_of_a_page_is_shown_as_it_is() {
    let document = parse(
        b"<h2>Bread</h2><p>Flour, water, salt.<p>Bake it.",
        Format::Html,
    )
    .unwrap();
    assert_eq!(document.notice, None);
    assert_eq!(shown(&document).len(), 3);
    assert_eq!(document.blocks().len(), 3);
}

#[test]
fn nothing_is_no_article() {
    let tree = Tree::parse("");
    assert!(left_out(&tree, &mut Said::default()).is_none());
}

#[test]
fn who_wrote_it_and_when_may_stand_below_the_title_only() {
    let text =
        "They went down to the harbour before it was light, and nobody said a word on the way. "
            .repeat(3);
    let page = format!(
        "<title>The ferry</title><main><h1>The ferry</h1><div>By Ada Fenn</div><div>3 May 2024</div><p>{text}<p>{text}</main>"
    );
    let metadata = parse(page.as_bytes(), Format::Html).unwrap().metadata;
    assert_eq!(metadata.byline.as_deref(), Some("Ada Fenn"));
    assert_eq!(metadata.date.as_deref(), Some("3 May 2024"));
}
