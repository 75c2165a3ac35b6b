//! The pieces of a text by which it is known what has been seen: its sections, cut also where the reader's corrections
//! began or ended one.
//!
//! A piece keeps its name when the reader says that its heading is none, and when that is taken back. So a section that
//! was put together of two counts as read when both were, and one that was cut in two stays read on both sides.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::article::{SectionKey, Seen};
use super::document::{Document, Position};
use super::outline::{Outline, Section, in_one_line};

/// The pieces of a text in reading order. Every section is one or several of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pieces {
    starts: Vec<Position>,
    keys: Vec<SectionKey>,
    end: Position,
}

impl Pieces {
    /// The pieces of a document with this outline. Where the reader corrected nothing they are its sections.
    pub fn of(document: &Document, outline: &Outline) -> Self {
        let end = document.end();
        let mut corrected = document.corrected().peekable();
        if corrected.peek().is_none() {
            return Self {
                starts: outline.sections.iter().map(|s| s.start).collect(),
                keys: outline.keys(),
                end,
            };
        }
        let parsed = Outline::as_parsed(document);
        let keys = parsed.keys();
        let mut counts: HashMap<String, u32> = HashMap::new();
        for key in &keys {
            *counts.entry(key.title.clone()).or_default() += 1;
        }
        let mut pieces: BTreeMap<Position, Option<SectionKey>> = corrected
            .map(Position::start_of)
            .chain(outline.sections.iter().map(|s| s.start))
            .map(|start| (start, None))
            .collect();
        let parsed = parsed.sections.iter().map(|s| s.start);
        pieces.extend(parsed.zip(keys.into_iter().map(Some)));
        let mut name = |start: Position| {
            let text = document.blocks().get(start.block);
            let title = in_one_line(text.map_or("", |block| block.text.as_str()));
            let count = counts.entry(title.clone()).or_default();
            let nth = *count;
            *count = count.saturating_add(1);
            SectionKey { title, nth }
        };
        let (starts, keys) = pieces
            .into_iter()
            .map(|(start, key)| (start, key.unwrap_or_else(|| name(start))))
            .unzip();
        Self { starts, keys, end }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The names of all of them, in their order.
    pub fn keys(&self) -> &[SectionKey] {
        &self.keys
    }

    /// From where to where one reaches. Empty at the end of the text when there is no such piece.
    pub fn range(&self, piece: usize) -> Range<Position> {
        let start = |i: usize| self.starts.get(i).copied().unwrap_or(self.end);
        start(piece)..start(piece + 1)
    }

    /// Which one a position lies in. `None` only when there are none.
    pub fn at(&self, position: Position) -> Option<usize> {
        if self.is_empty() {
            return None;
        }
        let after = self.starts.partition_point(|start| *start <= position);
        Some(after.saturating_sub(1))
    }

    /// What has been seen of a section, given what has been seen of each piece.
    pub fn seen_of(&self, section: &Section, seen: &[Seen]) -> Seen {
        let first = self.starts.partition_point(|start| *start < section.start);
        let last = self.starts.partition_point(|start| *start < section.end);
        let of_it = seen.get(first..last.max(first + 1)).unwrap_or_default();
        let (Some(head), Some(tail)) = (of_it.first(), of_it.last()) else {
            return Seen::default();
        };
        let is_whole = of_it.iter().all(|seen| seen.is_whole());
        Seen {
            start: head.start,
            // begun and ended, with something in between that was not seen, is not read
            end: tail.end && (is_whole || !head.start),
            some: of_it.iter().any(|seen| seen.some),
        }
    }

    /// What has been seen of those among the pieces of the same text after a correction that are new: where all of what
    /// they were a part of was seen, so were they.
    pub fn carried(
        &self,
        after: &Self,
        seen: &BTreeMap<SectionKey, Seen>,
    ) -> Vec<(SectionKey, Seen)> {
        let mut carried = Vec::new();
        for (i, key) in after.keys.iter().enumerate() {
            let range = after.range(i);
            let Some(held) = self.at(range.start).filter(|_| !self.keys.contains(key)) else {
                continue;
            };
            let seen = seen.get(&self.keys[held]).copied().unwrap_or_default();
            let is_last = range.end == self.range(held).end;
            let end = seen.is_whole() || (seen.end && is_last);
            let part = Seen {
                start: seen.is_whole(),
                end,
                some: end,
            };
            if part != Seen::default() {
                carried.push((key.clone(), part));
            }
        }
        carried
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::correction::{Correction, Said, apply};
    use crate::model::document::{Block, BlockKind, Metadata};
    use crate::model::quote::Quote;

    /// A document: `#` begins a heading.
    fn document(texts: &[&str]) -> Document {
        let block = |text: &&str| match text.strip_prefix('#') {
            Some(heading) => Block::new(BlockKind::Heading(1), heading, 1),
            None => Block::new(BlockKind::Paragraph, *text, 1),
        };
        Document::new(Metadata::default(), texts.iter().map(block).collect())
    }

    fn say(document: &mut Document, said: &[(usize, Said)]) -> Pieces {
        let corrections: Vec<Correction> = said
            .iter()
            .map(|&(block, said)| Correction {
                quote: Quote::of_block(document, block).unwrap(),
                section: String::new(),
                said,
                made: 0,
            })
            .collect();
        apply(document, &corrections);
        Pieces::of(document, &Outline::of(document))
    }

    fn names(pieces: &Pieces) -> Vec<(&str, u32)> {
        let keys = pieces.keys().iter();
        keys.map(|key| (key.title.as_str(), key.nth)).collect()
    }

    const WHOLE: Seen = Seen {
        start: true,
        end: true,
        some: true,
    };

    const TEXT: [&str; 6] = ["#One", "words", "Two", "more words", "#Three", "last words"];

    #[test]
    fn the_pieces_are_the_sections_where_nothing_is_corrected() {
        let document = document(&TEXT);
        let outline = Outline::of(&document);
        let pieces = Pieces::of(&document, &outline);
        assert_eq!(pieces.keys(), outline.keys());
        assert_eq!(pieces.range(1), Position::start_of(4)..document.end());
        assert_eq!(pieces.at(Position::start_of(3)), Some(0));
        assert_eq!(Pieces::default().at(Position::default()), None);
    }

    #[test]
    fn a_section_that_is_cut_stays_read_on_both_sides() {
        let mut document = document(&TEXT);
        let before = Pieces::of(&document, &Outline::of(&document));
        let after = say(&mut document, &[(2, Said::Heading(1))]);
        assert_eq!(names(&after), [("One", 0), ("Two", 0), ("Three", 0)]);
        let seen: BTreeMap<_, _> = [(before.keys()[0].clone(), WHOLE)].into();
        let two = after.keys()[1].clone();
        assert_eq!(before.carried(&after, &seen), [(two.clone(), WHOLE)]);
        let begun = Seen {
            end: false,
            ..WHOLE
        };
        let seen = [(before.keys()[0].clone(), begun)].into();
        assert_eq!(before.carried(&after, &seen), []);
        let ended = Seen {
            start: false,
            ..WHOLE
        };
        let seen = [(before.keys()[0].clone(), ended)].into();
        assert_eq!(before.carried(&after, &seen), [(two, ended)]);
    }

    #[test]
    fn a_section_put_together_is_read_when_both_parts_were() {
        let mut document = document(&TEXT);
        let pieces = say(&mut document, &[(4, Said::Text)]);
        let outline = Outline::of(&document);
        assert_eq!(outline.sections.len(), 1);
        assert_eq!(names(&pieces), [("One", 0), ("Three", 0)]);
        let seen_of = |seen: &[Seen]| pieces.seen_of(&outline.sections[0], seen);
        assert_eq!(seen_of(&[WHOLE, WHOLE]), WHOLE);
        assert_eq!(
            seen_of(&[WHOLE, Seen::default()]),
            Seen {
                end: false,
                ..WHOLE
            }
        );
        let begun = Seen {
            end: false,
            ..WHOLE
        };
        assert!(!seen_of(&[begun, WHOLE]).is_whole());
        assert_eq!(seen_of(&[Seen::default(); 2]), Seen::default());
    }

    #[test]
    fn a_piece_keeps_its_name_when_its_heading_comes_and_goes() {
        let mut document = document(&["#Two", "words", "Two", "more", "#Two", "last"]);
        let with = say(&mut document, &[(2, Said::Heading(2))]);
        assert_eq!(names(&with), [("Two", 0), ("Two", 2), ("Two", 1)]);
        for said in [Said::Nothing, Said::Text] {
            assert_eq!(say(&mut document, &[(2, said)]), with);
        }
        let gone = say(&mut document, &[(2, Said::Heading(2)), (0, Said::Text)]);
        assert_eq!(gone.keys(), with.keys());
    }

    #[test]
    fn a_text_of_stretches_becomes_one_of_sections_and_loses_nothing() {
        let long = "word ".repeat(400);
        let texts = ["First words", &long, "Second words", &long, "Third"];
        let mut document = document(&texts);
        let before = Pieces::of(&document, &Outline::of(&document));
        let after = say(&mut document, &[(3, Said::Heading(1))]);
        assert!(before.keys().iter().all(|key| after.keys().contains(key)));
        let seen: BTreeMap<_, _> = before
            .keys()
            .iter()
            .map(|key| (key.clone(), WHOLE))
            .collect();
        let mut all = seen.clone();
        all.extend(before.carried(&after, &seen));
        let flags: Vec<Seen> = after.keys().iter().map(|key| all[key]).collect();
        for section in &Outline::of(&document).sections {
            assert_eq!(after.seen_of(section, &flags), WHOLE);
        }
    }
}
