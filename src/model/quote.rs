//! A stretch of text kept with its surroundings, so that it can be found again.
//!
//! Blocks count as joined by a newline, and noise as not there.

use std::cmp::Reverse;
use std::ops::Range;

use memchr::memmem::Finder;

use super::document::{Block, BlockKind, Document, Position};

mod block;

pub use block::blocks_of;

/// How many characters before and after a quote are kept with it.
pub const SURROUNDINGS: usize = 32;

/// By how many characters the surroundings of one place must be more like a quote's than those of any other.
const LEAD: usize = 4;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Where it was.
    InPlace(Range<Position>),
    /// Elsewhere: the words are the same and their surroundings tell them from others like them.
    Moved(Range<Position>),
    /// Nowhere that is certain.
    Lost,
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

    /// Where the quote is in a document that may have changed since it was taken. Where it was, if the words are still
    /// there and nowhere else in surroundings more like its own; else where the same words stand, if their surroundings
    /// tell which of several places it is.
    pub fn find(&self, document: &Document) -> Found {
        if self.exact.is_empty() {
            return self.find_point(document);
        }
        let blocks = document.blocks();
        let in_place = ends_at(blocks, self.hint, &self.exact).map(|end| self.hint..end);
        if let Some(range) = &in_place
            && self.is_at_home(blocks, range)
        {
            return Found::InPlace(range.clone());
        }
        let mut places = occurrences(blocks, &self.exact);
        if places.is_empty() {
            return in_place.map_or(Found::Lost, Found::InPlace);
        }
        if let (1, None) = (places.len(), &in_place) {
            return Found::Moved(places.swap_remove(0));
        }
        self.choose(blocks, &places, in_place)
    }

    /// Where to go on reading: where the quote is, or else the likeliest place by what stood around it. A guess, for
    /// progress only.
    pub fn nearest(&self, document: &Document) -> Option<Position> {
        match self.find(document) {
            Found::InPlace(range) | Found::Moved(range) => Some(range.start),
            Found::Lost => self.guess(document),
        }
    }

    /// Of several places the one whose surroundings are the quote's.
    fn choose(
        &self,
        blocks: &[Block],
        places: &[Range<Position>],
        in_place: Option<Range<Position>>,
    ) -> Found {
        let full = self.prefix.chars().count() + self.suffix.chars().count();
        let likeness: Vec<usize> = places
            .iter()
            .map(|place| self.likeness(blocks, place))
            .collect();
        let is_full = |i: &usize| full > 0 && likeness[*i] == full;
        let nearest = (0..places.len())
            .filter(is_full)
            .min_by_key(|&i| distance(places[i].start, self.hint));
        if let Some(i) = nearest {
            return Found::Moved(places[i].clone());
        }
        let best = (0..places.len())
            .max_by_key(|&i| (likeness[i], Reverse(i)))
            .unwrap_or(0);
        let here = in_place
            .as_ref()
            .map_or(0, |range| self.likeness(blocks, range));
        let others = (0..places.len())
            .filter(|&i| i != best)
            .map(|i| likeness[i])
            .max()
            .unwrap_or(0);
        match in_place {
            Some(range) if likeness[best] < here + 2 * LEAD => Found::InPlace(range),
            _ if likeness[best] >= others + LEAD => Found::Moved(places[best].clone()),
            Some(_) | None => Found::Lost,
        }
    }

    /// How many characters next to a place are as they were next to the quote.
    fn likeness(&self, blocks: &[Block], place: &Range<Position>) -> usize {
        let same = |(a, b): &(char, char)| a == b;
        before(blocks, place.start)
            .zip(self.prefix.chars().rev())
            .take_while(same)
            .count()
            + after(blocks, place.end)
                .zip(self.suffix.chars())
                .take_while(same)
                .count()
    }

    fn is_at_home(&self, blocks: &[Block], place: &Range<Position>) -> bool {
        self.likeness(blocks, place) == self.prefix.chars().count() + self.suffix.chars().count()
    }

    /// Finds a quote of no words: the point between its surroundings.
    fn find_point(&self, document: &Document) -> Found {
        let blocks = document.blocks();
        let is_point = blocks
            .get(self.hint.block)
            .is_some_and(|block| block.text.is_char_boundary(self.hint.offset));
        let here = self.hint..self.hint;
        if is_point && self.is_at_home(blocks, &here) {
            return Found::InPlace(here);
        }
        let around = [self.prefix.as_str(), self.suffix.as_str()].concat();
        match occurrences(blocks, &around).as_slice() {
            [place] => ends_at(blocks, place.start, &self.prefix)
                .map_or(Found::Lost, |at| Found::Moved(at..at)),
            _ => Found::Lost,
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
    let finder = Finder::new(words);
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
    let finder = Finder::new(longest);
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
    let finder = Finder::new(words);
    finder
        .find_iter(text.as_bytes())
        .map(|at| position(at)..position(at + words.len()))
        .collect()
}

#[cfg(test)]
mod tests;
