//! An article in a form for other programs.

use std::ops::Range;

use crate::formats;
use crate::model::document::{Block, BlockKind, Document};
use crate::model::outline::{Outline, SectionKind};

mod front;
mod inline;
mod markdown;
mod stretches;

/// What of an article is exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which blocks.
    pub blocks: Range<usize>,
    /// Whether noise is exported, too.
    pub noise: bool,
}

impl Part {
    /// The blocks of a document, each with its index.
    pub fn of<'a>(&self, document: &'a Document) -> impl Iterator<Item = (usize, &'a Block)> {
        let noise = self.noise;
        let end = self.blocks.end.min(document.blocks().len());
        let blocks = document.blocks()[self.blocks.start.min(end)..end].iter();
        (self.blocks.start..)
            .zip(blocks)
            .filter(move |(_, block)| noise || block.kind != BlockKind::Noise)
    }
}

/// The article as Markdown (CommonMark with tables, footnotes and front matter in YAML). Read again, it has the same outline
/// and the same text; the bullets of its lists are all written alike.
///
/// Where title and headings would otherwise be guessed differently, the front matter says that they are marked
/// ([`formats::markdown::STRUCTURE`]).
pub fn markdown(document: &Document, part: &Part) -> String {
    let plain = markdown::write(document, part, front::Structure::Told);
    let again = formats::markdown_of(&plain);
    if contents(&again) == contents_of(document, part) {
        plain
    } else {
        markdown::write(document, part, front::Structure::Marked)
    }
}

/// What has to stay: which headings there are, and which blocks nothing is shown of.
fn contents(document: &Document) -> Contents {
    let all = Part {
        blocks: 0..document.blocks().len(),
        noise: false,
    };
    contents_of(document, &all)
}

#[derive(Debug, PartialEq, Eq)]
struct Contents {
    title: String,
    headings: Vec<(String, u8)>,
    words: usize,
}

fn contents_of(document: &Document, part: &Part) -> Contents {
    let blocks: Vec<Block> = part.of(document).map(|(_, block)| block.clone()).collect();
    let words = blocks.iter().map(|b| b.text.split_whitespace().count());
    let words = words.sum();
    let title = document.metadata.title.clone();
    let part = Document::new(document.metadata.clone(), blocks);
    let sections = Outline::of(&part).sections.into_iter();
    let headings: Vec<(String, u8)> = sections
        .filter(|section| section.kind == SectionKind::Heading)
        .map(|section| (section.title, section.level))
        .collect();
    let highest = headings.iter().map(|(_, level)| *level).min().unwrap_or(1);
    let headings = headings.into_iter();
    Contents {
        title,
        headings: headings
            .map(|(title, level)| (title, level - highest))
            .collect(),
        words,
    }
}

#[cfg(test)]
mod tests;
