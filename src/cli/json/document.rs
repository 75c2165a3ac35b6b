//! A whole document as JSON.

use serde::Serialize;

use super::{Outline, Sections};
use crate::library::export::Part;
use crate::model::document::{self, Align, BlockKind};
use crate::model::outline;

/// What `show --format json` prints.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Document<'a> {
    byline: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
    tags: &'a [String],
    #[serde(flatten)]
    outline: Outline<'a>,
    blocks: Vec<Block<'a>>,
    tables: Vec<Table>,
    anchors: Vec<Anchor<'a>>,
}

#[derive(Debug, Serialize)]
struct Block<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<u8>,
    quotes: u8,
    lists: u8,
    line: u32,
    text: &'a str,
    marks: Vec<Mark<'a>>,
}

#[derive(Debug, Serialize)]
struct Mark<'a> {
    start: usize,
    end: usize,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Table {
    start: usize,
    end: usize,
    heads: usize,
    aligns: Vec<&'static str>,
}

#[derive(Debug, Serialize)]
struct Anchor<'a> {
    name: &'a str,
    block: usize,
    start: usize,
}

impl<'a> Document<'a> {
    /// The part of a document. Blocks are counted anew from 0.
    pub(in crate::cli) fn new(
        document: &'a document::Document,
        outline: &'a outline::Outline,
        part: &Part,
    ) -> Self {
        let indexes: Vec<usize> = part.of(document).map(|(index, _)| index).collect();
        let moved = |index: usize| indexes.partition_point(|&other| other < index);
        let is_in = |index: usize| indexes.binary_search(&index).is_ok();
        let rows = |table: &&document::Table| table.rows.clone().any(is_in);
        let tables = indexes.iter().filter_map(|&index| document.table_at(index));
        let mut tables: Vec<&document::Table> = tables.collect();
        tables.dedup();
        let anchors = document.anchors().iter();
        let anchors = anchors.filter(|(_, position)| is_in(position.block));
        let metadata = &document.metadata;
        Self {
            byline: metadata.byline.as_deref(),
            date: metadata.date.as_deref(),
            url: metadata.url.as_deref(),
            tags: &metadata.tags,
            outline: Outline::new(document, outline, Sections::Headings),
            blocks: part
                .of(document)
                .map(|(_, block)| Block::new(block))
                .collect(),
            tables: tables
                .into_iter()
                .filter(rows)
                .map(|table| Table {
                    start: moved(table.rows.start),
                    end: moved(table.rows.end),
                    heads: table.heads,
                    aligns: table.aligns.iter().copied().map(align).collect(),
                })
                .collect(),
            anchors: anchors
                .map(|(name, position)| Anchor {
                    name,
                    block: moved(position.block),
                    start: document.blocks()[position.block].text[..position.offset]
                        .chars()
                        .count(),
                })
                .collect(),
        }
    }
}

impl<'a> Block<'a> {
    fn new(block: &'a document::Block) -> Self {
        let (kind, level) = kind(block.kind);
        let characters = Characters::of(block);
        let marks = block.marks.iter().map(|(range, mark)| {
            let (kind, target) = style(mark);
            Mark {
                start: characters.before(range.start),
                end: characters.before(range.end),
                kind,
                target,
            }
        });
        Self {
            kind,
            level,
            quotes: block.quotes(),
            lists: block.within.lists,
            line: block.line,
            text: &block.text,
            marks: marks.collect(),
        }
    }
}

/// Counts the characters before a byte.
struct Characters<'a> {
    text: &'a str,
    /// How many begin before each byte; empty when every byte is one.
    counts: Vec<usize>,
}

impl<'a> Characters<'a> {
    fn of(block: &'a document::Block) -> Self {
        let text = block.text.as_str();
        let mut counts = Vec::new();
        if !block.marks.is_empty() && !text.is_ascii() {
            let mut count = 0;
            for at in 0..text.len() {
                counts.push(count);
                count += usize::from(text.is_char_boundary(at + 1));
            }
            counts.push(count);
        }
        Self { text, counts }
    }

    fn before(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        self.counts.get(byte).copied().unwrap_or(byte)
    }
}

const fn kind(kind: BlockKind) -> (&'static str, Option<u8>) {
    match kind {
        BlockKind::Title => ("title", None),
        BlockKind::Heading(level) => ("heading", Some(level)),
        BlockKind::Paragraph => ("paragraph", None),
        BlockKind::ListItem(depth) => ("item", Some(depth)),
        BlockKind::Quote => ("quote", None),
        BlockKind::Code => ("code", None),
        BlockKind::Verse => ("verse", None),
        BlockKind::Byline => ("byline", None),
        BlockKind::Caption => ("caption", None),
        BlockKind::Image => ("image", None),
        BlockKind::TableRow => ("row", None),
        BlockKind::Footnote => ("footnote", None),
        BlockKind::Rule => ("rule", None),
        BlockKind::Noise => ("noise", None),
    }
}

fn style(mark: &document::Mark) -> (&'static str, Option<&str>) {
    match mark {
        document::Mark::Emphasis => ("emphasis", None),
        document::Mark::Strong => ("strong", None),
        document::Mark::Code => ("code", None),
        document::Mark::Strikethrough => ("strikethrough", None),
        document::Mark::Link(target) => ("link", Some(target)),
        document::Mark::Image(target) => ("image", Some(target)),
    }
}

const fn align(align: Align) -> &'static str {
    match align {
        Align::Start => "start",
        Align::Center => "center",
        Align::End => "end",
    }
}
