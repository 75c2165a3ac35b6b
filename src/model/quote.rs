//! A stretch of text kept with its surroundings, so that it can be found again.

use std::ops::Range;

use super::document::{Document, Position};

/// How many characters before and after a quote are kept with it.
pub const SURROUNDINGS: usize = 32;

/// A stretch of text with its surroundings and where it was: the text quote and text position selectors of the W3C Web
/// Annotation model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The words themselves. Where they reach over blocks, the blocks are joined by a newline.
    pub exact: String,
    /// Up to [`SURROUNDINGS`] characters before them.
    pub prefix: String,
    /// Up to [`SURROUNDINGS`] characters after them.
    pub suffix: String,
    /// Where they were: a hint, never the truth.
    pub hint: Position,
}

/// Where a quote was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Where it was.
    InPlace(Range<Position>),
    /// Elsewhere: the words are the same and their surroundings tell them from others like them.
    Moved(Range<Position>),
    /// Nowhere that is certain.
    Lost,
}
