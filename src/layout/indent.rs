//! What stands left of a block: how far it is indented, and the bars of the quotes around it.

use super::wrap;
use crate::model::document::{Block, BlockKind, Document};

/// A pane that is narrower shows everything without indent.
const NARROW: u16 = 16;
/// Cells of a level of quotes or lists, and of the gutter beside code and pictures.
const STEP: u16 = 2;
/// So far above a block the item of a list that holds it is looked for, in blocks.
const FAR: usize = 64;

/// What stands left of a block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Cells left free before its first line.
    pub first: u16,
    /// … and before the others.
    pub rest: u16,
    bars: Bars,
}

/// The bars of quotes: some around the list that holds the block, some in it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Bars {
    outer: u16,
    inner: u16,
    /// The column of the first inner one.
    inner_at: u16,
    /// They end before this column.
    end: u16,
}

impl Left {
    /// The columns of the bars, from the left.
    pub fn bars(self) -> impl Iterator<Item = u16> {
        let Bars {
            outer,
            inner,
            inner_at,
            end,
        } = self.bars;
        let inner = (0..inner).map(move |i| inner_at + i * STEP);
        (0..outer)
            .map(|i| i * STEP)
            .chain(inner)
            .take_while(move |at| *at < end)
    }
}

/// What stands left of a block in a pane of so many cells.
pub fn left(document: &Document, index: usize, width: u16) -> Left {
    let block = &document.blocks()[index];
    let gutter = match block.kind {
        BlockKind::Code | BlockKind::Verse | BlockKind::Image => STEP,
        _ => 0,
    };
    if width < NARROW {
        // code that is cut still has its sign
        let least = match block.kind {
            BlockKind::Code | BlockKind::Image => (width / 4).min(1),
            _ => 0,
        };
        return Left {
            first: least,
            rest: least,
            ..Left::default()
        };
    }
    let quotes = u16::from(block.quotes());
    let (outer, list) = around(document, index, quotes);
    let (item, hang) = match block.kind {
        BlockKind::ListItem(depth) => (u16::from(depth) * STEP, bullet_width(&block.text)),
        BlockKind::Footnote => (0, bullet_width(&block.text)),
        _ => (gutter, 0),
    };
    let inner = quotes - outer;
    let first = quotes * STEP + list + item;
    let most = width / 3;
    let (first, rest) = (first.min(most), (first + hang).min(most));
    let bars = Bars {
        outer,
        inner,
        inner_at: outer * STEP + list,
        end: first.saturating_sub(gutter.max(1)),
    };
    Left { first, rest, bars }
}

/// The bars on the row between two blocks: those that go on.
pub fn between(document: &Document, index: usize, width: u16) -> Left {
    let here = left(document, index, width);
    let Some(next) = document.blocks().get(index + 1) else {
        return Left::default();
    };
    if here.bars.outer + here.bars.inner == 0 || next.quotes() == 0 {
        return Left::default();
    }
    let next = left(document, index + 1, width);
    let fewer = if next.bars().count() < here.bars().count() {
        next
    } else {
        here
    };
    Left {
        first: 0,
        rest: 0,
        ..fewer
    }
}

/// How many of a block's quotes are around the list that holds it, and how far the item that holds it is indented.
fn around(document: &Document, index: usize, quotes: u16) -> (u16, u16) {
    let block = &document.blocks()[index];
    let Some(depth) = block.within.lists.checked_sub(1) else {
        return (quotes, 0);
    };
    if matches!(block.kind, BlockKind::ListItem(_)) {
        return (quotes, 0);
    }
    let above = document.blocks()[..index].iter().rev().take(FAR);
    let item = above
        .take_while(|b| b.within.lists > 0 || matches!(b.kind, BlockKind::ListItem(_)))
        .find(|b| b.kind == BlockKind::ListItem(depth));
    match item {
        Some(item) => {
            let hang = bullet_width(&item.text);
            let outer = u16::from(item.quotes()).min(quotes);
            (outer, u16::from(depth) * STEP + hang)
        }
        None => (quotes, (u16::from(depth) + 1) * STEP),
    }
}

/// The cells of a bullet or number with the space after it.
fn bullet_width(text: &str) -> u16 {
    let head = text.split_inclusive(' ').next().unwrap_or("");
    if head.len() < text.len() && head.chars().count() <= 6 {
        wrap::width(head)
    } else {
        0
    }
}

/// Whether a block stands in nothing and begins at the left.
pub const fn is_plain(block: &Block) -> bool {
    block.within.quotes == 0
        && block.within.lists == 0
        && matches!(
            block.kind,
            BlockKind::Paragraph
                | BlockKind::Title
                | BlockKind::Heading(_)
                | BlockKind::Byline
                | BlockKind::Noise
        )
}
