//! A stretch of text kept with its surroundings, so that it can be found again.
//!
//! Blocks count as joined by a newline, and noise as not there.

use std::cmp::Reverse;
use std::ops::Range;

use memchr::memmem;

use super::document::{Block, BlockKind, Document, Position};

mod align;
mod block;
mod find;
mod fold;
pub mod fragment;
mod places;
mod seeds;

pub use block::blocks_of;
pub use find::Finder;
pub(in crate::model) use fold::fold;

/// How many characters before and after a quote are kept with it.
pub const SURROUNDINGS: usize = 64;

/// A part of the surroundings is not looked for by itself when it is shorter, in bytes.
const LEAST_PART: usize = 12;

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
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// Where it was.
    InPlace(Range<Position>),
    /// Elsewhere: the words are the same and their surroundings tell them from others like them.
    Moved(Range<Position>),
    /// The words are not the same any more, but their surroundings are; how like they are, from 0 to 1.
    Changed(Range<Position>, f32),
    /// Nowhere that is certain; up to two places where it might be, the likelier first.
    Lost(Vec<Range<Position>>),
}

impl Found {
    /// The words, if they were found.
    pub fn range(&self) -> Option<&Range<Position>> {
        match self {
            Self::InPlace(range) | Self::Moved(range) | Self::Changed(range, _) => Some(range),
            Self::Lost(_) => None,
        }
    }
}

impl Quote {
    /// The quote of a range of a document, either way round and clamped to it. An end at the very edge of a block is moved
    /// to the block that holds the words, and so is one in noise, unless all of the range is.
    pub fn take(document: &Document, range: Range<Position>) -> Self {
        let blocks = document.blocks();
        let (start, end) = (
            document.clamp(range.start.min(range.end)),
            document.clamp(range.start.max(range.end)),
        );
        let (start, end) = words_between(blocks, start, end);
        let mut prefix: Vec<char> = before(blocks, start).take(SURROUNDINGS).collect();
        prefix.reverse();
        Self {
            exact: between(blocks, start, end),
            prefix: prefix.into_iter().collect(),
            suffix: after(blocks, end).take(SURROUNDINGS).collect(),
            hint: start,
        }
    }

    /// Where the quote is in a document that may have changed since it was taken. Many quotes of one document are found
    /// faster with one [`Finder`].
    pub fn find(&self, document: &Document) -> Found {
        Finder::new(document).find(self)
    }

    /// Where the quote is, if all of it and around it is as it was.
    pub fn in_place(&self, document: &Document) -> Option<Range<Position>> {
        let blocks = document.blocks();
        let range = self.hint..ends_at(blocks, self.hint, &self.exact)?;
        is_at_home(self, blocks, &range).then_some(range)
    }

    /// Where to go on reading: where the quote is, or else the likeliest place by what stood around it. A guess, for
    /// progress only.
    pub fn nearest(&self, document: &Document) -> Option<Position> {
        match self.find(document).range() {
            Some(range) => Some(range.start),
            None => self.guess(document),
        }
    }

    /// The place with the longest part of the surroundings, or of the words, nearest to the hint.
    fn guess(&self, document: &Document) -> Option<Position> {
        let blocks = document.blocks();
        let head = &self.exact[..self.exact.floor_char_boundary(4 * SURROUNDINGS)];
        let mut parts = [
            (
                self.suffix.split('\n').max_by_key(|part| part.len())?,
                Side::After,
            ),
            (head.split('\n').max_by_key(|part| part.len())?, Side::After),
            (
                self.prefix.split('\n').max_by_key(|part| part.len())?,
                Side::Before,
            ),
        ];
        while parts.iter().any(|(part, _)| part.len() >= LEAST_PART) {
            parts.sort_by_key(|(part, _)| Reverse(part.len()));
            let (part, side) = parts[0];
            let places = within_blocks(blocks, part, is_text);
            if let Some(place) = places
                .into_iter()
                .min_by_key(|place| distance(place.start, self.hint))
            {
                return Some(match side {
                    Side::After => place.start,
                    Side::Before => past(blocks, place.end),
                });
            }
            parts[0].0 = side.half(part);
        }
        None
    }
}

/// Whether all of a quote's surroundings stand around a place.
fn is_at_home(quote: &Quote, blocks: &[Block], place: &Range<Position>) -> bool {
    let mut prefix = quote.prefix.chars().rev();
    let mut suffix = quote.suffix.chars();
    let mut there = before(blocks, place.start);
    let is_before = prefix.all(|c| there.next() == Some(c));
    let mut there = after(blocks, place.end);
    is_before && suffix.all(|c| there.next() == Some(c))
}

/// Finds a quote of no words: the point between its surroundings.
fn find_point(quote: &Quote, document: &Document) -> Found {
    let blocks = document.blocks();
    let is_point = blocks
        .get(quote.hint.block)
        .is_some_and(|block| block.text.is_char_boundary(quote.hint.offset));
    let here = quote.hint..quote.hint;
    if is_point && is_at_home(quote, blocks, &here) {
        return Found::InPlace(here);
    }
    let around = [quote.prefix.as_str(), quote.suffix.as_str()].concat();
    match occurrences(blocks, &around).as_slice() {
        [place] => ends_at(blocks, place.start, &quote.prefix)
            .map_or_else(|| Found::Lost(Vec::new()), |at| Found::Moved(at..at)),
        _ => Found::Lost(Vec::new()),
    }
}

/// On which side of the place that is looked for a part of the surroundings stands.
#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

impl Side {
    /// The half of a text that is nearer to the place.
    fn half(self, text: &str) -> &str {
        let middle = text.floor_char_boundary(text.len() / 2);
        match self {
            Self::Before => &text[middle..],
            Self::After => &text[..middle],
        }
    }
}

fn is_text(block: &Block) -> bool {
    block.kind != BlockKind::Noise
}

fn next_block(blocks: &[Block], block: usize) -> Option<usize> {
    (block + 1..blocks.len()).find(|&i| is_text(&blocks[i]))
}

/// The start of the next block when a position is at the end of its own.
fn past(blocks: &[Block], at: Position) -> Position {
    let is_end = blocks
        .get(at.block)
        .is_some_and(|block| at.offset >= block.text.len());
    if is_end {
        next_block(blocks, at.block).map_or(at, Position::start_of)
    } else {
        at
    }
}

/// The range of the words between two positions, which may be at the edge of other blocks or in noise.
fn words_between(blocks: &[Block], start: Position, end: Position) -> (Position, Position) {
    if start.block == end.block || blocks.is_empty() {
        return (start, end);
    }
    let last_of = |i: usize| Position {
        block: i,
        offset: blocks[i].text.len(),
    };
    let is_before_words = start == last_of(start.block) || !is_text(&blocks[start.block]);
    let first = if is_before_words {
        next_block(blocks, start.block).map(Position::start_of)
    } else {
        Some(start)
    };
    let is_after_words = end.offset == 0 || !is_text(&blocks[end.block]);
    let last = if is_after_words {
        (0..end.block)
            .rev()
            .find(|&i| is_text(&blocks[i]))
            .map(last_of)
    } else {
        Some(end)
    };
    match (first, last) {
        (Some(first), Some(last)) if first < last => (first, last),
        // nothing but edges and noise
        _ => (start, last_of(start.block)),
    }
}

/// How far two positions are apart: in blocks, and then in bytes.
const fn distance(a: Position, b: Position) -> (usize, usize) {
    (a.block.abs_diff(b.block), a.offset.abs_diff(b.offset))
}

/// The text between two positions that exist.
fn between(blocks: &[Block], start: Position, end: Position) -> String {
    let mut text = String::new();
    for (i, block) in blocks
        .iter()
        .enumerate()
        .take(end.block + 1)
        .skip(start.block)
    {
        if i != start.block && !is_text(block) {
            continue;
        }
        if i > start.block {
            text.push('\n');
        }
        let from = if i == start.block { start.offset } else { 0 };
        let to = if i == end.block {
            end.offset
        } else {
            block.text.len()
        };
        text.push_str(&block.text[from..to]);
    }
    text
}

/// The characters before a position, nearest first.
fn before(blocks: &[Block], at: Position) -> impl Iterator<Item = char> {
    let own = blocks
        .get(at.block)
        .and_then(|block| block.text.get(..at.offset))
        .unwrap_or_default();
    let others = blocks[..at.block.min(blocks.len())]
        .iter()
        .rev()
        .filter(|block| is_text(block));
    own.chars()
        .rev()
        .chain(others.flat_map(|block| std::iter::once('\n').chain(block.text.chars().rev())))
}

/// The characters after a position.
fn after(blocks: &[Block], at: Position) -> impl Iterator<Item = char> {
    let own = blocks
        .get(at.block)
        .and_then(|block| block.text.get(at.offset..))
        .unwrap_or_default();
    let others = blocks[blocks.len().min(at.block + 1)..]
        .iter()
        .filter(|block| is_text(block));
    own.chars()
        .chain(others.flat_map(|block| std::iter::once('\n').chain(block.text.chars())))
}

/// Where these words end when they begin at a position; `None` when they do not.
fn ends_at(blocks: &[Block], start: Position, words: &str) -> Option<Position> {
    let (mut at, mut rest) = (start, words);
    loop {
        let text = blocks.get(at.block)?.text.get(at.offset..)?;
        if let Some(more) = rest
            .strip_prefix(text)
            .and_then(|rest| rest.strip_prefix('\n'))
        {
            at = Position::start_of(next_block(blocks, at.block)?);
            rest = more;
        } else {
            return text.starts_with(rest).then_some(Position {
                block: at.block,
                offset: at.offset + rest.len(),
            });
        }
    }
}

/// Everywhere these words stand, in order. In noise only when nowhere else.
fn occurrences(blocks: &[Block], words: &str) -> Vec<Range<Position>> {
    if words.is_empty() {
        return Vec::new();
    }
    if words.contains('\n') {
        return across_blocks(blocks, words);
    }
    let places = within_blocks(blocks, words, is_text);
    if places.is_empty() {
        within_blocks(blocks, words, |block| !is_text(block))
    } else {
        places
    }
}

fn within_blocks(
    blocks: &[Block],
    words: &str,
    is_searched: fn(&Block) -> bool,
) -> Vec<Range<Position>> {
    let finder = memmem::Finder::new(words);
    let mut places = Vec::new();
    if words.is_empty() {
        return places;
    }
    for (block, it) in blocks.iter().enumerate().filter(|(_, it)| is_searched(it)) {
        for offset in finder.find_iter(it.text.as_bytes()) {
            places.push(
                Position { block, offset }..Position {
                    block,
                    offset: offset + words.len(),
                },
            );
        }
    }
    places
}

fn across_blocks(blocks: &[Block], words: &str) -> Vec<Range<Position>> {
    // most quotes that are lost are told so without the whole text being joined
    let longest = words
        .split('\n')
        .max_by_key(|part| part.len())
        .unwrap_or_default();
    let finder = memmem::Finder::new(longest);
    if !blocks
        .iter()
        .any(|block| is_text(block) && finder.find(block.text.as_bytes()).is_some())
    {
        return Vec::new();
    }
    let mut text = String::new();
    // where each block that is no noise starts in `text`
    let mut starts = Vec::new();
    for (i, block) in blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| is_text(block))
    {
        if !starts.is_empty() {
            text.push('\n');
        }
        starts.push((text.len(), i));
        text.push_str(&block.text);
    }
    let position = |at: usize| {
        let (start, block) = starts[starts
            .partition_point(|&(start, _)| start <= at)
            .saturating_sub(1)];
        Position {
            block,
            offset: at - start,
        }
    };
    let finder = memmem::Finder::new(words);
    finder
        .find_iter(text.as_bytes())
        .map(|at| position(at)..position(at + words.len()))
        .collect()
}

#[cfg(test)]
mod tests;
