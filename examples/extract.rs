//! The articles of a folder of saved pages, in the form that article-extraction-benchmark compares (`docs/web.md`).
//!
//! `extract FOLDER ANSWERS`: FOLDER holds `NAME.html`; ANSWERS is written, with the text and headings of each.

use std::fs;
use std::time::Instant;

use liseuse::formats::{self, Format};
use liseuse::model::document::{Block, BlockKind};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(folder), Some(answers)) = (arguments.next(), arguments.next()) else {
        eprintln!("extract FOLDER ANSWERS");
        std::process::exit(2);
    };
    let mut paths: Vec<_> = fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "html")
    });
    paths.sort();
    let mut all = serde_json::Map::new();
    for path in paths {
        let bytes = fs::read(&path).expect("a page");
        let start = Instant::now();
        let Ok(document) = formats::parse(&bytes, Format::Html) else {
            continue;
        };
        let time = start.elapsed().as_secs_f64() * 1000.0;
        let is_body = |block: &&Block| {
            !matches!(
                block.kind,
                BlockKind::Title
                    | BlockKind::Byline
                    | BlockKind::Image
                    | BlockKind::Rule
                    | BlockKind::Noise
            )
        };
        let is_caption = |block: &&Block| block.kind == BlockKind::Caption;
        let captions: Vec<&str> = document
            .blocks()
            .iter()
            .filter(is_caption)
            .map(|block| block.text.as_str())
            .collect();
        let is_body = |block: &&Block| is_body(block) && !is_caption(block);
        let body: Vec<&str> = document
            .blocks()
            .iter()
            .filter(is_body)
            .map(|block| block.text.as_str())
            .collect();
        let heading = |block: &Block| match block.kind {
            BlockKind::Heading(level) => Some(serde_json::json!([block.text, level])),
            _ => None,
        };
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        all.insert(
            name,
            serde_json::json!({
                "articleBody": body.join("\n"),
                "captions": captions,
                "headings": document.blocks().iter().filter_map(heading).collect::<Vec<_>>(),
                "title": document.metadata.title,
                "byline": document.metadata.byline,
                "date": document.metadata.date,
                "language": document.metadata.language,
                "milliseconds": time,
                "bytes": bytes.len(),
            }),
        );
    }
    fs::write(answers, serde_json::Value::from(all).to_string())
        .expect("the answers could be written");
}
