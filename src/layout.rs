//! From a document to the lines on the screen: only the blocks that are asked for are wrapped.

use std::ops::Range;

use crate::model::document::{Document, Position};

/// One row of wrapped text with the positions it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The block it is of.
    pub block: usize,
    /// The bytes of the block's text it shows; empty for the blank row at the end of a block.
    pub bytes: Range<usize>,
    /// How many cells it is indented.
    pub indent: u16,
}

impl Line {
    /// The position of its first byte.
    pub fn start(&self) -> Position {
        Position { block: self.block, offset: self.bytes.start }
    }
}

/// How the text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Cells in a row, at least 1.
    pub width: u16,
    /// Whether noise is shown.
    pub noise: bool,
}

/// The lines from the one that shows `from` downwards, as many as are asked for.
pub fn down(document: &Document, measure: Measure, from: Position) -> impl Iterator<Item = Line> {
    let _ = (document, measure, from);
    std::iter::empty()
}

/// The lines above the one that shows `from`, nearest first.
pub fn up(document: &Document, measure: Measure, from: Position) -> impl Iterator<Item = Line> {
    let _ = (document, measure, from);
    std::iter::empty()
}
