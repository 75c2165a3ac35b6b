//! Link numbers in the text: they take room where a line is broken, and are no part of the text.

use std::ops::Range;

use super::wrap::{self, Widths};
use crate::model::document::{Block, BlockKind, Document};

/// A number after a link, as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The byte of the block's text before which it stands.
    pub at: usize,
    /// Which.
    pub number: usize,
}

impl Number {
    /// The cells it takes: its digits, and a sign on either side.
    pub fn width(&self) -> u16 {
        let digits = self.number.checked_ilog10().unwrap_or(0) + 1;
        u16::try_from(digits).unwrap_or(u16::MAX) + 2
    }
}

/// The numbers of a block's links, ordered by place.
pub fn of(document: &Document, index: usize) -> Vec<Number> {
    let is_code = |b: &Block| b.kind == BlockKind::Code;
    if document.blocks().get(index).is_none_or(is_code) {
        return Vec::new();
    }
    let number = |link: crate::model::link::Link| Number {
        at: link.bytes.end,
        number: link.number,
    };
    let mut numbers: Vec<Number> = document.links_of(index).map(number).collect();
    numbers.sort_by_key(|number| number.at);
    numbers
}

/// Those that stand in or right after some bytes of the text.
pub fn within<'a>(
    numbers: &'a [Number],
    bytes: &Range<usize>,
) -> impl Iterator<Item = &'a Number> + use<'a> {
    let bytes = bytes.clone();
    let first = numbers.partition_point(|n| n.at <= bytes.start);
    numbers[first..]
        .iter()
        .take_while(move |n| n.at <= bytes.end)
}

/// Wraps a stretch of text as if the numbers stood in it.
pub fn paragraph(
    text: &str,
    bytes: Range<usize>,
    numbers: &[Number],
    (widths, language): (Widths, Option<&str>),
) -> Vec<Range<usize>> {
    let mut longer = String::with_capacity(bytes.len() + 8 * numbers.len());
    // where a number is in the longer text, and how much longer that is until after it
    let mut inserted: Vec<(Range<usize>, usize)> = Vec::new();
    let mut from = bytes.start;
    for number in within(numbers, &bytes) {
        longer.push_str(&text[from..number.at]);
        from = number.at;
        let start = longer.len();
        // a number stays with its link
        longer.push('\u{2060}');
        longer.extend(std::iter::repeat_n('0', number.width().into()));
        inserted.push((start..longer.len(), number.at));
    }
    longer.push_str(&text[from..bytes.end]);
    let back = |at: usize| {
        let before = inserted.partition_point(|(range, _)| range.start < at);
        match before.checked_sub(1).map(|i| &inserted[i]) {
            Some((range, place)) => place + at.saturating_sub(range.end),
            None => bytes.start + at,
        }
    };
    let mut lines: Vec<Range<usize>> = Vec::new();
    for line in wrap::paragraph(&longer, widths, language) {
        let line = back(line.start)..back(line.end);
        // a number that did not fit beside its link is drawn there as far as there is room
        if line.is_empty() && !lines.is_empty() {
            continue;
        }
        lines.push(line);
    }
    lines
}
