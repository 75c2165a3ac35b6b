//! A stretch of text kept with its surroundings, so that it can be found again.

use std::ops::Range;

use memchr::memmem::Finder;

use super::document::{BlockKind, Document, Position};

/// How many characters before and after a quote are kept with it.
pub const SURROUNDINGS: usize = 32;

/// Of several places with the same words, the best must agree with the surroundings by so many characters more than the
/// next best.
const LEAD: usize = 6;
/// The place of the reader may be told from so many characters of the surroundings when the words are gone.
const ENOUGH: usize = 12;
/// More places with the same words than these are not looked at.
const MAX_PLACES: usize = 10_000;

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
    /// The quote of a stretch of a document. Noise inside it is left out, and surroundings reach over it.
    pub fn take(document: &Document, range: Range<Position>) -> Self {
        let (start, end) = (document.clamp(range.start), document.clamp(range.end));
        let mut exact = String::new();
        for block in start.block..=end.block {
            let Some(text) = text_of(document, block) else {
                continue;
            };
            let from = if block == start.block {
                start.offset
            } else {
                0
            };
            let to = if block == end.block {
                end.offset
            } else {
                text.len()
            };
            if block > start.block {
                exact.push('\n');
            }
            exact.push_str(text.get(from..to).unwrap_or(""));
        }
        Self {
            exact,
            prefix: before(document, start),
            suffix: after(document, end),
            hint: start,
        }
    }

    /// Finds the words again: where they were; else in the only place that has them; else in the place whose
    /// surroundings agree clearly better than those of any other.
    pub fn find(&self, document: &Document) -> Found {
        if self.exact.is_empty() {
            return Found::Lost;
        }
        let here = self.ends_at(document, self.hint);
        if let Some(end) =
            here.filter(|&end| self.agreement(document, self.hint, end) >= self.most_agreement())
        {
            return Found::InPlace(self.hint..end);
        }
        let places = self.places(document);
        let mut scored: Vec<_> = places
            .into_iter()
            .map(|range| (self.agreement(document, range.start, range.end), range))
            .collect();
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        match scored.as_slice() {
            [] => Found::Lost,
            [(_, only)] => self.found(only),
            [(best, range), (next, _), ..] if *best >= next + LEAD => self.found(range),
            [(best, _), ..] => {
                // as good as others: it is the one only where it was, with nothing changed that could tell
                let here = scored
                    .iter()
                    .find(|(score, range)| score == best && range.start == self.hint);
                here.map_or(Found::Lost, |(_, range)| self.found(range))
            }
        }
    }

    /// Where the words are or, when they are gone, where their surroundings are. For a place to go on reading at, which
    /// may be guessed, not for a passage.
    pub fn nearest(&self, document: &Document) -> Option<Position> {
        if let Found::InPlace(range) | Found::Moved(range) = self.find(document) {
            return Some(range.start);
        }
        let by_distance = |range: &Range<Position>| range.start.block.abs_diff(self.hint.block);
        if let Some(range) = self.places(document).into_iter().min_by_key(by_distance) {
            return Some(range.start);
        }
        let head: String = self.exact.chars().take(SURROUNDINGS).collect();
        let texts = [
            (head.as_str(), 0),
            (&self.suffix, 0),
            (&self.prefix, self.prefix.len()),
        ];
        texts
            .into_iter()
            .filter(|(text, _)| text.trim().chars().count() >= ENOUGH)
            .find_map(|(text, skip)| {
                let line = text
                    .split('\n')
                    .max_by_key(|line| line.len())
                    .unwrap_or(text);
                let finder = Finder::new(line.trim().as_bytes());
                let found = (0..document.blocks().len()).filter_map(|block| {
                    let at = finder.find(text_of(document, block)?.as_bytes())?;
                    Some(document.clamp(Position {
                        block,
                        offset: at + skip.min(line.trim().len()),
                    }))
                });
                found.min_by_key(|place| place.block.abs_diff(self.hint.block))
            })
    }

    fn found(&self, range: &Range<Position>) -> Found {
        if range.start == self.hint {
            Found::InPlace(range.clone())
        } else {
            Found::Moved(range.clone())
        }
    }

    /// Every place that has the words, in the order of the text.
    fn places(&self, document: &Document) -> Vec<Range<Position>> {
        let first = self.exact.split('\n').next().unwrap_or("");
        let is_one_block = first.len() == self.exact.len();
        let finder = Finder::new(first.as_bytes());
        let mut places = Vec::new();
        for block in 0..document.blocks().len() {
            let Some(text) = text_of(document, block) else {
                continue;
            };
            // words that go on in the next block can only be at the end of this one
            let from = if is_one_block {
                0
            } else {
                text.len().saturating_sub(first.len())
            };
            for at in finder.find_iter(&text.as_bytes()[from..]) {
                let start = Position {
                    block,
                    offset: from + at,
                };
                if let Some(end) = self.ends_at(document, start) {
                    places.push(start..end);
                }
                if places.len() == MAX_PLACES {
                    return places;
                }
            }
        }
        places
    }

    /// Where the words end if they start at a position.
    fn ends_at(&self, document: &Document, start: Position) -> Option<Position> {
        let mut at = start;
        for (i, line) in self.exact.split('\n').enumerate() {
            if i > 0 {
                if at.offset != text_of(document, at.block)?.len() {
                    // a newline inside a block that keeps its lines
                    at.offset += usize::from(
                        text_of(document, at.block)?
                            .get(at.offset..)?
                            .starts_with('\n'),
                    );
                    if at.offset == 0 {
                        return None;
                    }
                } else {
                    let next = (at.block + 1..document.blocks().len())
                        .find(|&b| text_of(document, b).is_some())?;
                    at = Position::start_of(next);
                }
            }
            if !text_of(document, at.block)?
                .get(at.offset..)?
                .starts_with(line)
            {
                return None;
            }
            at.offset += line.len();
        }
        Some(at)
    }

    /// By how many characters the surroundings of a place agree with those kept.
    fn agreement(&self, document: &Document, start: Position, end: Position) -> usize {
        let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| {
            a.zip(b).take_while(|(x, y)| x == y).count()
        };
        let (prefix, suffix) = (before(document, start), after(document, end));
        same(&mut prefix.chars().rev(), &mut self.prefix.chars().rev())
            + same(&mut suffix.chars(), &mut self.suffix.chars())
    }

    fn most_agreement(&self) -> usize {
        self.prefix.chars().count() + self.suffix.chars().count()
    }
}

/// A block's text, unless it is noise.
fn text_of(document: &Document, block: usize) -> Option<&str> {
    document
        .blocks()
        .get(block)
        .filter(|b| b.kind != BlockKind::Noise)
        .map(|b| b.text.as_str())
}

/// The characters before a position, over the blocks before it.
fn before(document: &Document, position: Position) -> String {
    let mut reversed: Vec<char> = Vec::with_capacity(SURROUNDINGS);
    let here = document
        .blocks()
        .get(position.block)
        .map_or("", |b| b.text.get(..position.offset).unwrap_or(""));
    reversed.extend(here.chars().rev().take(SURROUNDINGS));
    for block in (0..position.block.min(document.blocks().len())).rev() {
        if reversed.len() >= SURROUNDINGS {
            break;
        }
        let Some(text) = text_of(document, block) else {
            continue;
        };
        reversed.push('\n');
        reversed.extend(text.chars().rev().take(SURROUNDINGS - reversed.len()));
    }
    reversed.into_iter().rev().collect()
}

/// The characters after a position, over the blocks after it.
fn after(document: &Document, position: Position) -> String {
    let here = document
        .blocks()
        .get(position.block)
        .map_or("", |b| b.text.get(position.offset..).unwrap_or(""));
    let mut text: String = here.chars().take(SURROUNDINGS).collect();
    let mut count = text.chars().count();
    for block in position.block + 1..document.blocks().len() {
        if count >= SURROUNDINGS {
            break;
        }
        let Some(more) = text_of(document, block) else {
            continue;
        };
        text.push('\n');
        text.extend(more.chars().take(SURROUNDINGS - count - 1));
        count = text.chars().count();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Block, Metadata};
    use proptest::prelude::*;

    fn document(texts: &[&str]) -> Document {
        let blocks = texts
            .iter()
            .map(|t| Block::new(BlockKind::Paragraph, *t, 0))
            .collect();
        Document::new(Metadata::default(), blocks)
    }

    fn at(block: usize, offset: usize) -> Position {
        Position { block, offset }
    }

    #[test]
    fn surroundings_reach_over_blocks_and_noise() {
        let mut blocks: Vec<_> = ["one", "advertisement", "two three", "four"]
            .map(|t| Block::new(BlockKind::Paragraph, t, 0))
            .into();
        blocks[1].kind = BlockKind::Noise;
        let d = Document::new(Metadata::default(), blocks);
        let quote = Quote::take(&d, at(2, 0)..at(2, 3));
        assert_eq!(
            (
                quote.prefix.as_str(),
                quote.exact.as_str(),
                quote.suffix.as_str()
            ),
            ("one\n", "two", " three\nfour")
        );
        let both = Quote::take(&d, at(2, 4)..at(3, 4));
        assert_eq!(both.exact, "three\nfour");
        assert_eq!(both.find(&d), Found::InPlace(at(2, 4)..at(3, 4)));
    }

    #[test]
    fn a_quote_moves_with_its_words() {
        let old = document(&["first", "the words that count are here", "last"]);
        let quote = Quote::take(&old, at(1, 4)..at(1, 15));
        let new = document(&["new", "first", "and the words that count are here", "last"]);
        assert_eq!(quote.find(&new), Found::Moved(at(2, 8)..at(2, 19)));
    }

    #[test]
    fn of_two_alike_the_surroundings_decide_or_nothing_does() {
        let old = document(&[
            "a bell rang in the north",
            "yes",
            "a bell rang in the south",
        ]);
        let quote = Quote::take(&old, at(2, 0)..at(2, 11));
        let swapped = document(&[
            "new",
            "a bell rang in the south",
            "a bell rang in the north",
        ]);
        assert_eq!(quote.find(&swapped), Found::Lost);
        let moved = document(&[
            "new",
            "a bell rang in the north",
            "yes",
            "a bell rang in the south",
        ]);
        assert_eq!(quote.find(&moved), Found::Moved(at(3, 0)..at(3, 11)));
        assert_eq!(quote.find(&document(&["nothing"])), Found::Lost);
    }

    #[test]
    fn a_place_is_told_from_what_stood_around_it() {
        let old = document(&[
            "some text that stands before",
            "gone",
            "and a text that stands after",
        ]);
        let quote = Quote::take(&old, at(1, 0)..at(1, 4));
        let new = document(&["x", "and a text that stands after it all"]);
        assert_eq!(quote.nearest(&new), Some(at(1, 0)));
        assert_eq!(quote.nearest(&document(&["something else"])), None);
    }

    fn texts() -> impl Strategy<Value = Vec<String>> {
        prop::collection::vec("[ab é漢]{0,12}", 1..6)
    }

    proptest! {
        #[test]
        fn a_quote_is_found_in_place(texts in texts(), from in 0usize..80, len in 1usize..30) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let d = document(&texts);
            let range = d.position_at(from)..d.position_at(from + len);
            let quote = Quote::take(&d, range.clone());
            prop_assume!(!quote.exact.trim().is_empty());
            prop_assert_eq!(quote.find(&d), Found::InPlace(range));
        }

        #[test]
        fn what_is_found_has_the_words(old in texts(), new in texts(), from in 0usize..80, block in 0usize..9, offset in 0usize..99) {
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
            let (old, new) = (document(&old), document(&new));
            let mut quote = Quote::take(&old, old.position_at(from)..old.position_at(from + 5));
            quote.hint = at(block, offset);
            if let Found::InPlace(range) | Found::Moved(range) = quote.find(&new) {
                prop_assert_eq!(Quote::take(&new, range).exact, quote.exact.clone());
            }
            quote.nearest(&new);
        }
    }
}
