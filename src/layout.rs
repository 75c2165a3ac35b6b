//! From a document to the lines on the screen: only the blocks that are asked for are wrapped.

pub mod numbers;
pub mod sentence;
pub mod table;
pub mod typed;
pub mod wrap;

mod block;
mod indent;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::model::document::{Block, BlockKind, Document, Position, Table};
use table::{Piece, Setting};

/// One row of wrapped text with the positions it shows. The lines of a document start at strictly increasing positions:
/// a blank row between two blocks is the end of the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The block it is of.
    pub block: usize,
    /// The bytes of the block's text it shows; empty for a blank row. Of a table's row it shows only what its pieces say.
    pub bytes: Range<usize>,
    /// How many cells it is indented.
    pub indent: u16,
    /// How its text stands in it.
    pub shape: Shape,
}

/// How text stands in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// From the indent on.
    Text,
    /// Pieces of the cells of a table's row stand side by side.
    Cells(Rc<[Piece]>),
    /// A line across stands for it; the pieces are the columns of the table that it parts, if it does.
    Rule(Rc<[Piece]>),
    /// From the indent on, after the name of its column.
    Named {
        /// The block that holds the name.
        block: usize,
        /// The name in that block's text.
        bytes: Range<usize>,
        /// How many cells left of the indent it may take, with what parts it from the text.
        room: u16,
    },
}

impl Line {
    /// The position of its first byte.
    pub const fn start(&self) -> Position {
        Position {
            block: self.block,
            offset: self.bytes.start,
        }
    }

    /// The position after its last byte.
    pub const fn end(&self) -> Position {
        Position {
            block: self.block,
            offset: self.bytes.end,
        }
    }

    /// The stretches of text that it shows, each with the cells left of it.
    pub fn stretches(&self) -> impl Iterator<Item = (Range<usize>, u16)> {
        let (whole, pieces): (_, &[Piece]) = match &self.shape {
            Shape::Text | Shape::Named { .. } => (Some((self.bytes.clone(), self.indent)), &[]),
            Shape::Cells(pieces) => (None, pieces),
            Shape::Rule(_) => (Some((self.bytes.clone(), self.indent)), &[]),
        };
        let pieces = pieces
            .iter()
            .map(|p| (p.bytes.clone(), self.indent + p.start));
        whole
            .into_iter()
            .chain(pieces)
            .filter(|(bytes, _)| !bytes.is_empty())
    }

    /// Whether it shows something of a stretch of the text.
    pub fn shows(&self, range: &Range<Position>) -> bool {
        let at = |offset| Position {
            block: self.block,
            offset,
        };
        let mut stretches = self.stretches();
        stretches.any(|(bytes, _)| range.start < at(bytes.end) && at(bytes.start) < range.end)
    }
}

/// How the text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Cells in a row, at least 1.
    pub width: u16,
    /// Whether noise is shown.
    pub noise: bool,
    /// Whether links are followed by their numbers.
    pub numbers: bool,
}

impl Measure {
    /// Whether lines are made of this block.
    pub fn shows(self, block: &Block) -> bool {
        self.noise || block.kind != BlockKind::Noise
    }
}

/// So many blocks stay wrapped.
const MAX_WRAPPED: usize = 256;

/// The lines of the blocks that were wrapped lately: a step of one line wraps nothing anew. Its lines are those of one
/// document; they are forgotten when the measure changes.
#[derive(Debug, Default)]
pub struct Wrapped {
    measure: Cell<Option<Measure>>,
    lines: RefCell<HashMap<usize, Rc<Vec<Line>>>>,
    /// How the tables are set that were reached, by their first block.
    tables: RefCell<HashMap<usize, Rc<Setting>>>,
}

impl Wrapped {
    fn lines(&self, page: Page, block: usize) -> Rc<Vec<Line>> {
        self.settle(page.measure);
        if let Some(lines) = self.lines.borrow().get(&block) {
            return Rc::clone(lines);
        }
        let lines = Rc::new(block::lines(page, block));
        let mut known = self.lines.borrow_mut();
        if known.len() >= MAX_WRAPPED {
            known.clear();
        }
        known.insert(block, Rc::clone(&lines));
        lines
    }

    /// How a table is set; it is measured once.
    fn setting(&self, page: Page, table: &Table) -> Rc<Setting> {
        self.settle(page.measure);
        let mut known = self.tables.borrow_mut();
        let setting = known.entry(table.rows.start);
        Rc::clone(setting.or_insert_with(|| Rc::new(block::set(page, table))))
    }

    /// Forgets what belongs to another measure.
    fn settle(&self, measure: Measure) {
        if self.measure.replace(Some(measure)) != Some(measure) {
            self.lines.borrow_mut().clear();
            self.tables.borrow_mut().clear();
        }
    }
}

/// A document as it is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The text.
    pub document: &'a Document,
    /// How wide it is.
    pub measure: Measure,
    /// What of it has been wrapped.
    pub wrapped: &'a Wrapped,
}

impl<'a> Page<'a> {
    /// The lines from the one that shows `from` downwards, as many as are asked for. Costs the wrapping of the blocks
    /// that are reached, wherever they are.
    pub fn down(self, from: Position) -> impl Iterator<Item = Line> + use<'a> {
        let next = move |from| next_shown(self.document, self.measure, from);
        std::iter::successors(next(from.block), move |&block| next(block + 1)).flat_map(
            move |block| {
                let lines = self.lines(block);
                let first = if block == from.block {
                    line_at(&lines, from.offset)
                } else {
                    0
                };
                (first..lines.len()).map(move |i| lines[i].clone())
            },
        )
    }

    /// The lines above the one that shows `from`, nearest first.
    pub fn up(self, from: Position) -> impl Iterator<Item = Line> + use<'a> {
        let previous = move |before| previous_shown(self.document, self.measure, before);
        let start = previous(from.block.checked_add(1));
        std::iter::successors(start, move |&block| previous(Some(block))).flat_map(move |block| {
            let lines = self.lines(block);
            let end = if block == from.block {
                line_at(&lines, from.offset)
            } else {
                lines.len()
            };
            (0..end).rev().map(move |i| lines[i].clone())
        })
    }

    /// The start of the line that shows a position.
    pub fn line_start(self, position: Position) -> Position {
        self.down(position)
            .next()
            .map_or(position, |line| line.start())
    }

    /// The columns, from the left, of the bars of the quotes that a line stands in.
    pub fn bars(self, line: &Line) -> impl Iterator<Item = u16> {
        let is_quoted = self.document.blocks()[line.block].quotes() > 0;
        let is_blank = line.bytes.is_empty() && line.shape == Shape::Text;
        let is_end = line.bytes.end == self.document.blocks()[line.block].text.len();
        let left = if !is_quoted {
            indent::Left::default()
        } else if is_blank && is_end {
            indent::between(self.document, line.block, self.measure.width)
        } else {
            block::left(self, line.block)
        };
        left.bars()
    }

    fn lines(self, block: usize) -> Rc<Vec<Line>> {
        self.wrapped.lines(self, block)
    }
}

fn next_shown(document: &Document, measure: Measure, from: usize) -> Option<usize> {
    let blocks = document.blocks().get(from..)?;
    blocks
        .iter()
        .position(|b| measure.shows(b))
        .map(|i| from + i)
}

/// The last shown block before `before`.
fn previous_shown(document: &Document, measure: Measure, before: Option<usize>) -> Option<usize> {
    let before = before?.min(document.blocks().len());
    document.blocks()[..before]
        .iter()
        .rposition(|b| measure.shows(b))
}

/// Which of a block's lines shows the byte at `offset`.
fn line_at(lines: &[Line], offset: usize) -> usize {
    let first = lines.first().map(|line| &line.shape);
    if !matches!(first, Some(Shape::Cells(_))) {
        return lines
            .partition_point(|line| line.bytes.start <= offset)
            .saturating_sub(1);
    }
    // the last stretch that begins there or before; a blank row or a line across is the end of the block
    let starts = lines.iter().enumerate().flat_map(|(i, line)| {
        let own = (!matches!(line.shape, Shape::Cells(_)) || i == 0).then_some(line.bytes.start);
        let stretches = line.stretches().map(|(bytes, _)| bytes.start);
        own.into_iter()
            .chain(stretches)
            .map(move |start| (start, i))
    });
    let before = starts.filter(|(start, _)| *start <= offset);
    before.max().map_or(0, |(_, i)| i)
}

#[cfg(test)]
mod tests;
