//! The parts of a book as one text: links between them lead to places inside of it.

use std::collections::HashMap;

use super::contents::Entry;
use super::merge::{Aim, merge};
use super::path;
use crate::formats::build::Built;
use crate::model::document::{Block, BlockKind, Document, Mark, Metadata, Position, Table};

/// A part that was read.
#[derive(Debug, Default)]
pub struct Chapter {
    /// Its file.
    pub path: String,
    /// Its text.
    pub built: Built,
}

/// A text whose headings are not settled yet.
#[derive(Debug, Default)]
pub struct Text {
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The tables among them.
    pub tables: Vec<Table>,
    /// Its named places: `file` is where a file begins, `file#name` a place in it.
    pub anchors: Vec<(String, Position)>,
    /// Where each part begins, and where the last one ends.
    pub borders: Vec<usize>,
}

/// The document that these parts make, with the lines of the contents as headings.
pub fn join(chapters: Vec<Chapter>, entries: &[Entry], metadata: Metadata) -> Document {
    let mut text = Text::default();
    let mut files = HashMap::new();
    let mut froms = Vec::with_capacity(chapters.len());
    for Chapter { path, built } in chapters {
        let first = text.blocks.len();
        let place = |at: Position| Position {
            block: first + at.block,
            ..at
        };
        text.borders.push(first);
        text.anchors.push((path.clone(), Position::start_of(first)));
        let named = built.anchors.into_iter();
        text.anchors
            .extend(named.map(|(name, at)| (format!("{path}#{name}"), place(at))));
        text.tables
            .extend(built.tables.into_iter().map(|table| Table {
                rows: first + table.rows.start..first + table.rows.end,
                ..table
            }));
        text.blocks.extend(built.blocks.blocks);
        files.entry(path.clone()).or_insert(froms.len());
        froms.push(path);
    }
    text.borders.push(text.blocks.len());
    let places = first_of_each(&text.anchors);
    for (i, from) in froms.iter().enumerate() {
        let blocks = text.borders[i]..text.borders[i + 1];
        for block in &mut text.blocks[blocks] {
            // lines of the files inside of a book tell nobody anything
            block.line = 0;
            for (_, mark) in &mut block.marks {
                lead(mark, from, &files, &places);
            }
        }
    }
    let aims = aims(entries, &places);
    let text = merge(text, aims, &metadata);
    Document::new(metadata, text.blocks)
        .with_tables(text.tables)
        .with_anchors(text.anchors)
}

fn first_of_each(anchors: &[(String, Position)]) -> HashMap<String, Position> {
    let mut places = HashMap::with_capacity(anchors.len());
    for (name, at) in anchors {
        places.entry(name.clone()).or_insert(*at);
    }
    places
}

/// Makes a link lead where it leads to in the whole text.
fn lead(
    mark: &mut Mark,
    from: &str,
    files: &HashMap<String, usize>,
    places: &HashMap<String, Position>,
) {
    match mark {
        Mark::Link(link) => {
            let Some(target) = path::target(from, link).filter(|t| files.contains_key(&t.path))
            else {
                return;
            };
            let name = name(&target);
            let name = if places.contains_key(&name) {
                name
            } else {
                target.path
            };
            *link = format!("#{name}");
        }
        Mark::Image(link) => {
            if let Some(target) = path::target(from, link) {
                *link = target.path;
            }
        }
        Mark::Emphasis | Mark::Strong | Mark::Code | Mark::Strikethrough => {}
    }
}

fn name(target: &path::Target) -> String {
    match &target.place {
        Some(place) => format!("{}#{place}", target.path),
        None => target.path.clone(),
    }
}

/// Where the lines of the contents lead. One that leads nowhere stands where the first one under it does.
fn aims(entries: &[Entry], places: &HashMap<String, Position>) -> Vec<Aim> {
    let mut aims: Vec<Aim> = Vec::with_capacity(entries.len());
    for entry in entries.iter().rev() {
        let found = entry.target.as_ref().and_then(|target| {
            let exact = places.get(&name(target));
            exact.or_else(|| places.get(&target.path)).copied()
        });
        let below = aims.last().filter(|next| next.depth > entry.depth);
        if let Some(at) = found.or_else(|| below.map(|next| next.at)) {
            aims.push(Aim {
                label: entry.label.clone(),
                at,
                depth: entry.depth,
            });
        }
    }
    aims.reverse();
    aims
}

/// A block is not made a heading of when it is one of these.
pub const fn may_be_heading(kind: BlockKind) -> bool {
    match kind {
        BlockKind::Title
        | BlockKind::Heading(_)
        | BlockKind::Paragraph
        | BlockKind::Quote
        | BlockKind::Verse
        | BlockKind::Byline
        | BlockKind::Caption => true,
        BlockKind::ListItem(_)
        | BlockKind::Code
        | BlockKind::Image
        | BlockKind::TableRow
        | BlockKind::Footnote
        | BlockKind::Rule
        | BlockKind::Noise => false,
    }
}
