//! The articles of a folder of saved pages, in the form that article-extraction-benchmark compares (`docs/web.md`).
//!
//! `extract FOLDER ANSWERS`: FOLDER holds `NAME.html`; ANSWERS is written, with the text and headings of each.

use std::fs;
use std::path::Path;
use std::time::Instant;

use liseuse::formats::{self, Format};
use liseuse::model::document::{Block, BlockKind, Document};
use serde_json::{Value, json};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(answers)) = (arguments.next(), arguments.next()) else {
        eprintln!("extract FOLDER ANSWERS");
        std::process::exit(2);
    };
    let entries = fs::read_dir(folder).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_page = |path: &std::path::PathBuf| {
        path.extension()
            .is_some_and(|extension| extension == "html")
    };
    let all: serde_json::Map<String, Value> =
        paths.filter(is_page).map(|path| answer(&path)).collect();
    fs::write(answers, Value::from(all).to_string()).expect("the answers could be written");
}

/// A page's name, and what was found in it.
fn answer(path: &Path) -> (String, Value) {
    let bytes = fs::read(path).expect("a page");
    let start = Instant::now();
    let document = formats::parse(&bytes, Format::Html).expect("a page cannot fail");
    let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
    let is_body = |kind| {
        !matches!(
            kind,
            BlockKind::Title
                | BlockKind::Byline
                | BlockKind::Image
                | BlockKind::Caption
                | BlockKind::Rule
                | BlockKind::Noise
        )
    };
    let heading = |block: &Block| match block.kind {
        BlockKind::Heading(level) => Some(json!([block.text, level])),
        _ => None,
    };
    let answer = json!({
        "articleBody": texts(&document, is_body).join("\n"),
        "captions": texts(&document, |kind| kind == BlockKind::Caption),
        "headings": document.blocks().iter().filter_map(heading).collect::<Vec<_>>(),
        "title": document.metadata.title,
        "byline": document.metadata.byline,
        "date": document.metadata.date,
        "language": document.metadata.language,
        "milliseconds": milliseconds,
        "bytes": bytes.len(),
    });
    let name = path
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    (name, answer)
}

fn texts(document: &Document, is_wanted: impl Fn(BlockKind) -> bool) -> Vec<&str> {
    let blocks = document
        .blocks()
        .iter()
        .filter(|block| is_wanted(block.kind));
    blocks.map(|block| block.text.as_str()).collect()
}
