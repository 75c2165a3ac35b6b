//! Tables: how wide the columns are, and the rows as lines. A row whose columns would be too narrow is shown cell by
//! cell, as a record.

use std::ops::Range;
use std::rc::Rc;

use super::wrap::{self, Widths};
use super::{Line, Shape};
use crate::model::document::{Align, Block, Document, Table};

/// Between two columns: a space, a line, a space.
pub const GAP: u16 = 3;
/// Columns that would be narrower make records of the rows.
const LEAST: u16 = 6;
/// A longer word may be cut so that the other columns have room.
const LONG_WORD: u16 = 24;
/// So many rows of a table are measured, from all parts of it …
const SAMPLED_ROWS: usize = 400;
/// … and so many bytes of them.
const SAMPLED_BYTES: usize = 24 * 1024;
/// A table of more columns is always shown as records.
const MAX_COLUMNS: usize = 200;

/// A stretch of a cell on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The bytes of the block's text that it shows; empty where the cell has no more.
    pub bytes: Range<usize>,
    /// Where its column begins, in cells from the line's indent.
    pub left: u16,
    /// How wide its column is.
    pub width: u16,
    /// Where its text begins, in cells from the line's indent.
    pub start: u16,
}

/// How a table is set at one width.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// Side by side: the left edge and the width of each column, and how its cells are set.
    Columns(Vec<(u16, u16, Align)>),
    /// Cell by cell: how many cells the names of the columns take.
    Records(u16),
}

impl Setting {
    /// Works out how a table is set into so many cells.
    pub fn of(document: &Document, table: &Table, width: u16) -> Self {
        let columns = measured(document, table);
        if let Some(widths) = fitted(&columns, width) {
            let mut left = 0;
            let set = widths.into_iter().enumerate().map(|(i, width)| {
                let at = left;
                left += width + GAP;
                (at, width, table.aligns.get(i).copied().unwrap_or_default())
            });
            return Self::Columns(set.collect());
        }
        let heads = names(document, table);
        let longest = heads
            .iter()
            .map(|(block, bytes)| wrap::width(&document.blocks()[*block].text[bytes.clone()]));
        let named = longest.max().filter(|_| width >= 2 * LEAST);
        Self::Records(named.map_or(0, |longest| longest.min(width / 3) + 2))
    }
}

/// The cells of a row: byte ranges of its text.
pub fn cells(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    text.split('\t').map(move |cell| {
        let range = start..start + cell.len();
        start = range.end + 1;
        range
    })
}

/// The names of a table's columns: the cells of the last row that names them, with its block.
pub fn names(document: &Document, table: &Table) -> Vec<(usize, Range<usize>)> {
    let Some(block) = (table.rows.start + table.heads).checked_sub(1) else {
        return Vec::new();
    };
    if table.heads == 0 {
        return Vec::new();
    }
    let text = document.blocks().get(block).map_or("", |b| &b.text);
    cells(text).map(|bytes| (block, bytes)).collect()
}

/// What a column asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Wanted {
    /// Cells of its longest text.
    natural: u16,
    /// Cells of its longest word.
    word: u16,
}

/// What the columns ask for; of a long table, in a sample of its rows.
fn measured(document: &Document, table: &Table) -> Vec<Wanted> {
    let mut columns: Vec<Wanted> = Vec::new();
    let step = table.rows.len().div_ceil(SAMPLED_ROWS).max(1);
    let mut bytes = 0;
    let heads = table.rows.clone().take(table.heads);
    let sample = heads.chain(table.rows.clone().skip(table.heads).step_by(step));
    for block in sample.filter_map(|block| document.blocks().get(block)) {
        for (i, cell) in cells(&block.text).take(MAX_COLUMNS + 1).enumerate() {
            let text = &block.text[cell];
            if columns.len() <= i {
                columns.push(Wanted::default());
            }
            let wanted = &mut columns[i];
            // each space is one cell, so that each word is measured once
            let mut natural = 0_u16;
            for (n, word) in text.split(' ').enumerate() {
                let width = wrap::width(word);
                wanted.word = wanted.word.max(width);
                natural = natural.saturating_add(width).saturating_add((n > 0).into());
            }
            wanted.natural = wanted.natural.max(natural);
        }
        bytes += block.text.len();
        if bytes > SAMPLED_BYTES {
            break;
        }
    }
    columns
}

/// The widths of columns that fit side by side; `None` when they would be too narrow.
fn fitted(columns: &[Wanted], width: u16) -> Option<Vec<u16>> {
    let gaps = GAP.checked_mul(u16::try_from(columns.len()).ok()?.checked_sub(1)?)?;
    let room = u32::from(width.checked_sub(gaps)?);
    let sum = |widths: &[u16]| widths.iter().map(|w| u32::from(*w)).sum::<u32>();
    let natural: Vec<u16> = columns.iter().map(|c| c.natural.max(1)).collect();
    if columns.len() > MAX_COLUMNS || columns.is_empty() {
        return None;
    }
    if sum(&natural) <= room {
        return Some(natural);
    }
    // a word is cut only where there is no other way, the longest first
    let whole_words = columns.iter().map(|c| c.word.clamp(LEAST, LONG_WORD));
    let whole_words = whole_words.zip(&natural).map(|(word, n)| word.min(*n));
    let whole_words: Vec<u16> = whole_words.collect();
    let capped = |cap: u16| {
        whole_words
            .iter()
            .map(|w| (*w).min(cap))
            .collect::<Vec<u16>>()
    };
    let fits = |cap: &u16| sum(&capped(*cap)) <= room;
    let mut widths = capped((LEAST..=LONG_WORD).rev().find(fits)?);
    let spare = room.checked_sub(sum(&widths))?;
    share(&mut widths, &natural, spare);
    Some(widths)
}

/// Gives so many cells to the columns: all that it is short of to each that needs no more than its part, and the rest to
/// the others after what they are short of.
fn share(widths: &mut [u16], natural: &[u16], spare: u32) {
    let mut left = spare;
    loop {
        let shorts = widths
            .iter()
            .zip(natural)
            .map(|(w, n)| u32::from(n.saturating_sub(*w)));
        let shorts: Vec<u32> = shorts.collect();
        let part =
            left / u32::try_from(shorts.iter().filter(|s| **s > 0).count().max(1)).unwrap_or(1);
        let mut given = 0;
        for (width, short) in widths
            .iter_mut()
            .zip(&shorts)
            .filter(|(_, s)| (1..=part).contains(*s))
        {
            *width += u16::try_from(*short).unwrap_or(0);
            given += short;
        }
        left -= given;
        if given == 0 {
            return share_rest(widths, &shorts, left);
        }
    }
}

fn share_rest(widths: &mut [u16], shorts: &[u32], spare: u32) {
    let all: u64 = shorts.iter().map(|short| u64::from(*short)).sum();
    let mut left = spare;
    for (width, short) in widths.iter_mut().zip(shorts) {
        let given = u64::from(spare) * u64::from(*short) / all.max(1);
        let given = u16::try_from(given).unwrap_or(0);
        *width += given;
        left -= u32::from(given);
    }
    for (width, _) in widths
        .iter_mut()
        .zip(shorts)
        .filter(|(_, short)| **short > 0)
    {
        let one = left.min(1);
        *width += u16::try_from(one).unwrap_or(0);
        left -= one;
    }
}

/// A row that is to be laid out.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its block …
    pub block: &'a Block,
    /// … and which one it is.
    pub index: usize,
    /// Cells left free before it.
    pub indent: u16,
    /// Cells that it may take.
    pub width: u16,
}

/// Wraps a stretch of a block's text.
pub type Wrap<'a> = dyn Fn(Range<usize>, Widths) -> Vec<Range<usize>> + 'a;

impl Row<'_> {
    /// Its lines with the cells side by side; `None` when it has more cells than the table has columns.
    pub fn side_by_side(&self, columns: &[(u16, u16, Align)], wrap: &Wrap) -> Option<Vec<Line>> {
        let text = &self.block.text;
        if text.is_empty() {
            return Some(Vec::new());
        }
        let found: Vec<_> = cells(text).take(columns.len() + 1).collect();
        if found.len() > columns.len() {
            return None;
        }
        let wrapped = found.iter().zip(columns).map(|(cell, (_, width, _))| {
            let (first, rest) = (*width, *width);
            wrap(cell.clone(), Widths { first, rest })
        });
        let wrapped: Vec<_> = wrapped.collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let start = |line: usize| {
            let mut cells = wrapped.iter().filter_map(|lines| lines.get(line));
            match line {
                0 => 0,
                _ => cells.next().map_or(text.len(), |bytes| bytes.start),
            }
        };
        let line = |i: usize| {
            let pieces = columns.iter().enumerate().map(|(c, column)| {
                let end = found.get(c).map_or(text.len(), |cell| cell.end);
                let bytes = wrapped.get(c).and_then(|lines| lines.get(i)).cloned();
                piece(text, bytes.unwrap_or(end..end), *column)
            });
            Line {
                block: self.index,
                bytes: start(i)..start(i + 1),
                indent: self.indent,
                shape: Shape::Cells(pieces.collect()),
            }
        };
        Some((0..height).map(line).collect())
    }

    /// Its lines cell by cell, each after the name of its column.
    pub fn record(&self, label: u16, names: &[(usize, Range<usize>)], wrap: &Wrap) -> Vec<Line> {
        let mut lines = Vec::new();
        let room = self.width.saturating_sub(label).max(1);
        for (i, cell) in cells(&self.block.text).enumerate() {
            let widths = Widths {
                first: room,
                rest: room,
            };
            for (n, bytes) in wrap(cell, widths).into_iter().enumerate() {
                if bytes.is_empty() {
                    continue;
                }
                let name = names.get(i).filter(|_| n == 0 && label > 2);
                lines.push(Line {
                    block: self.index,
                    bytes,
                    indent: self.indent + label,
                    shape: match name {
                        Some((block, bytes)) => Shape::Named {
                            block: *block,
                            bytes: bytes.clone(),
                            room: label,
                        },
                        None => Shape::Text,
                    },
                });
            }
        }
        lines
    }

    /// Its lines with the cells one after the other, as many on a line as fit: the names of the columns of records.
    pub fn flowing(&self, wrap: &Wrap) -> Vec<Line> {
        let text = &self.block.text;
        let widths = Widths {
            first: self.width,
            rest: self.width,
        };
        let mut lines: Vec<Vec<Piece>> = Vec::new();
        for bytes in cells(text).flat_map(|cell| wrap(cell, widths)) {
            let width = wrap::width(&text[bytes.clone()]);
            if width == 0 {
                continue;
            }
            let last = lines.last().and_then(|line| line.last());
            let after = last.map_or(0, |p| p.left + p.width + GAP);
            let (left, is_new) = match last {
                Some(_) if after + width <= self.width => (after, false),
                Some(_) | None => (0, true),
            };
            if is_new {
                lines.push(Vec::new());
            }
            if let Some(line) = lines.last_mut() {
                let start = left;
                line.push(Piece {
                    bytes,
                    left,
                    width,
                    start,
                });
            }
        }
        let starts: Vec<usize> = lines.iter().map(|line| line[0].bytes.start).collect();
        let line = |(i, pieces): (usize, Vec<Piece>)| Line {
            block: self.index,
            bytes: starts[i]..starts.get(i + 1).copied().unwrap_or(text.len()),
            indent: self.indent,
            shape: Shape::Cells(pieces.into()),
        };
        lines.into_iter().enumerate().map(line).collect()
    }
}

/// The columns of a line across.
pub fn across(columns: &[(u16, u16, Align)]) -> Rc<[Piece]> {
    let piece = |&(left, width, _): &(u16, u16, Align)| Piece {
        bytes: 0..0,
        left,
        width,
        start: left,
    };
    columns.iter().map(piece).collect()
}

fn piece(text: &str, bytes: Range<usize>, (left, width, align): (u16, u16, Align)) -> Piece {
    let free = match align {
        Align::Start => 0,
        Align::Center | Align::End => width.saturating_sub(wrap::width(&text[bytes.clone()])),
    };
    let start = match align {
        Align::Start => left,
        Align::Center => left + free / 2,
        Align::End => left + free,
    };
    Piece {
        bytes,
        left,
        width,
        start,
    }
}
