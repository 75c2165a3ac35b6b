//! Markdown -> blocks: CommonMark with tables, footnotes, task lists, definitions, struck text and front matter.
//!
//! `pulldown-cmark` finds the structure; here its events become blocks. What is malformed stays as it was written.

use super::Parsed;
use crate::model::document::{Block, BlockKind, Mark, Within};

mod front;
mod html;
mod lines;
mod notes;
mod picture;
mod read;
mod slug;
mod spans;

pub use front::STRUCTURE;
use read::Reader;
pub use slug::Slugs;

/// Reads a clean Markdown text.
pub(super) fn parse(text: &str) -> Parsed {
    let (front, body, first_line) = front::split(text);
    let mut reader = Reader::new(body, first_line);
    let title = front.metadata.title.as_str();
    if !title.is_empty() && !begins_with(body, title) {
        reader
            .builder
            .open(BlockKind::Title, Within::default(), front.title_line);
        reader.builder.text(title);
    }
    reader.read();
    Parsed {
        metadata: front.metadata,
        built: reader.finish(),
        is_marked: front.is_marked,
    }
}

/// Whether a text begins with a heading of these words.
fn begins_with(body: &str, title: &str) -> bool {
    let body = body.trim_start_matches('\n');
    let end = memchr::memmem::find(body.as_bytes(), b"\n\n").unwrap_or(body.len());
    let mut reader = Reader::new(&body[..end], 1);
    reader.read();
    let first = reader.finish().blocks.blocks.into_iter().next();
    first.is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)) && block.text == title)
}

/// Whether all of a block is strong: a heading, to those who have no other.
pub(super) fn is_all_strong(block: &Block) -> bool {
    matches!(block.marks.as_slice(), [(range, Mark::Strong)] if *range == (0..block.text.len()))
}

#[cfg(test)]
mod tests;
