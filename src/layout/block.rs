//! The lines of one block.

use std::ops::Range;

use super::indent::{self, Left};
use super::numbers::{self, Number};
use super::table::{self, Row, Setting};
use super::wrap::{self, Widths};
use super::{Line, Measure, Page, Shape};
use crate::model::document::{Block, BlockKind, Document, Table};

/// All lines of a block, the blank row or the line under it included.
pub(super) fn lines(page: Page, index: usize) -> Vec<Line> {
    let Page {
        document, measure, ..
    } = page;
    let block = &document.blocks()[index];
    let left = left(page, index);
    let numbers = if measure.numbers {
        numbers::of(document, index)
    } else {
        Vec::new()
    };
    let table = match block.kind {
        BlockKind::TableRow => document.table_at(index),
        _ => None,
    };
    let mut lines = match table {
        Some(table) => rows(page, (index, table), left, &numbers),
        None => text(page, index, left, &numbers),
    };
    lines.extend(last(page, index, table));
    lines
}

/// What stands left of a block.
pub(super) fn left(page: Page, index: usize) -> Left {
    if indent::is_plain(&page.document.blocks()[index]) {
        return Left::default();
    }
    indent::left(page.document, index, page.measure.width)
}

fn text(page: Page, index: usize, left: Left, numbers: &[Number]) -> Vec<Line> {
    let Page {
        document, measure, ..
    } = page;
    let block = &document.blocks()[index];
    let widths = Widths {
        first: measure.width - left.first,
        rest: measure.width - left.rest,
    };
    let language = document.metadata.language.as_deref();
    let ranges = match block.kind {
        BlockKind::Code => wrap::preformatted(&block.text, widths),
        BlockKind::Verse => verse(&block.text, widths, language),
        // code or verse of which the reader said that it is something else
        _ if block.text.contains('\n') => verse(&block.text, widths, language),
        _ => paragraph(block, 0..block.text.len(), numbers, (widths, language)),
    };
    let line = |bytes: Range<usize>| Line {
        block: index,
        indent: if bytes.start == 0 {
            left.first
        } else {
            left.rest
        },
        bytes,
        shape: match block.kind {
            BlockKind::Rule => Shape::Rule([].into()),
            _ => Shape::Text,
        },
    };
    let lines = ranges.into_iter().map(line);
    match block.kind {
        BlockKind::Rule => lines.take(1).collect(),
        _ => lines.collect(),
    }
}

/// A stretch of running text, with numbers in it or without.
fn paragraph(
    block: &Block,
    bytes: Range<usize>,
    numbers: &[Number],
    (widths, language): (Widths, Option<&str>),
) -> Vec<Range<usize>> {
    if !numbers.is_empty() {
        return numbers::paragraph(&block.text, bytes, numbers, (widths, language));
    }
    let start = bytes.start;
    let mut lines = wrap::paragraph(&block.text[bytes], widths, language);
    if start > 0 {
        for line in &mut lines {
            *line = line.start + start..line.end + start;
        }
    }
    lines
}

/// The lines of a table's row.
fn rows(page: Page, (index, table): (usize, &Table), left: Left, numbers: &[Number]) -> Vec<Line> {
    let Page {
        document, measure, ..
    } = page;
    let block = &document.blocks()[index];
    let language = document.metadata.language.as_deref();
    let row = Row {
        block,
        index,
        indent: left.first,
        width: measure.width - left.first,
    };
    let wrap = |bytes, widths| paragraph(block, bytes, numbers, (widths, language));
    let setting = page.wrapped.setting(page, table);
    let side_by_side = match &*setting {
        Setting::Columns(columns) => row.side_by_side(columns, &wrap),
        Setting::Records(_) if index < table.rows.start + table.heads => Some(row.flowing(&wrap)),
        Setting::Records(_) => None,
    };
    side_by_side.unwrap_or_else(|| {
        let label = match *setting {
            Setting::Records(label) => label,
            Setting::Columns(_) => 0,
        };
        row.record(label, &table::names(document, table), &wrap)
    })
}

/// Lines that are kept, and wrapped where they do not fit.
fn verse(text: &str, widths: Widths, language: Option<&str>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if line.is_empty() {
            lines.push(start..start);
        }
        let wrapped = wrap::paragraph(line, widths, language);
        lines.extend(wrapped.into_iter().map(|r| start + r.start..start + r.end));
        start += line.len() + 1;
    }
    lines
}

/// The row at the end of a block: blank, or the line under the heads of a table.
fn last(page: Page, index: usize, table: Option<&Table>) -> Option<Line> {
    let document = page.document;
    let end = document.blocks()[index].text.len();
    let shape = match table {
        Some(table) if table.rows.contains(&(index + 1)) => {
            let is_last_head = index + 1 == table.rows.start + table.heads;
            match &*page.wrapped.setting(page, table) {
                Setting::Columns(columns) if is_last_head => Shape::Rule(table::across(columns)),
                Setting::Columns(_) => return None,
                Setting::Records(_) if index + 1 < table.rows.start + table.heads => return None,
                Setting::Records(_) => Shape::Text,
            }
        }
        _ if has_blank_after(document, index) => Shape::Text,
        _ => return None,
    };
    let indent = match shape {
        Shape::Rule(_) => left(page, index).first,
        Shape::Text | Shape::Cells(_) | Shape::Named { .. } => 0,
    };
    Some(Line {
        block: index,
        bytes: end..end,
        indent,
        shape,
    })
}

/// The items of a list, and a title with its byline, stand without a row between them.
fn has_blank_after(document: &Document, index: usize) -> bool {
    let blocks = document.blocks();
    let Some(next) = blocks.get(index + 1) else {
        return false;
    };
    !matches!(
        (blocks[index].kind, next.kind),
        (BlockKind::ListItem(_), BlockKind::ListItem(_))
            | (BlockKind::Title | BlockKind::Byline, BlockKind::Byline)
            | (BlockKind::Noise, BlockKind::Noise)
            | (BlockKind::Footnote, BlockKind::Footnote)
            | (BlockKind::Image, BlockKind::Caption)
    )
}

/// The measure of a table: its rows are as wide as the first one may be.
pub(super) fn set(page: Page, table: &Table) -> Setting {
    let Measure { width, .. } = page.measure;
    let room = width - left(page, table.rows.start).first;
    Setting::of(page.document, table, room)
}
