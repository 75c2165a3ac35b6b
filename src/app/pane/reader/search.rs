//! Looking for words in the text.

use std::ops::Range;

use super::Reader;
use crate::app::find::Pattern;
use crate::model::article as found;
use crate::model::document::{Block, Position};

/// More hits are not counted.
const MAX_HITS: usize = 100_000;

/// What is looked for and where it is.
#[derive(Debug)]
pub struct Search {
    /// What it looks for.
    pub pattern: Pattern,
    /// Every hit, once they have been counted.
    hits: Option<Vec<Hit>>,
    /// Where the current hit starts.
    pub current: Option<Position>,
    /// Whether noise was unfolded for a hit while the words are being typed.
    unfolded: bool,
    /// Where the next hit is looked for behind the last one.
    pub reach: Reach,
}

/// How far a search reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// In this article: round from its end to its start.
    Article,
    /// In the whole library.
    Library,
}

/// From which side an article is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// At its first hit.
    Start,
    /// At its last one.
    End,
    /// At the hit that was chosen.
    Hit,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Hit {
    block: u32,
    start: u32,
}

impl Hit {
    fn position(&self) -> Position {
        Position {
            block: self.block as usize,
            offset: self.start as usize,
        }
    }
}

impl Search {
    /// `3/17`; `17` when none is current; nothing while they are not counted.
    pub fn count(&self) -> Option<String> {
        let hits = self.hits.as_ref()?;
        let more = if hits.len() == MAX_HITS { "+" } else { "" };
        let current = self
            .current
            .and_then(|at| hits.binary_search_by(|h| h.position().cmp(&at)).ok());
        Some(match current {
            Some(i) => format!("{}/{}{more}", i + 1, hits.len()),
            None => format!("{}{more}", hits.len()),
        })
    }
}

impl Reader {
    /// Shows the first hit from a place on while the words are being typed.
    pub fn preview(&mut self, typed: &str, from: Position) {
        self.fold_again();
        self.move_to(from);
        self.search = Pattern::new(typed).map(|pattern| Search {
            pattern,
            hits: None,
            current: None,
            reach: Reach::Article,
            unfolded: false,
        });
        if let Some(hit) = self.hit_from(from) {
            self.show_hit(hit.start, from);
        }
    }

    /// Counts the hits once the words are typed. Whether there is one.
    pub fn count_hits(&mut self) -> bool {
        let blocks = self.document.blocks();
        let Some(search) = &mut self.search else {
            return false;
        };
        let mut hits = Vec::new();
        // what is folded away as noise is found too: going there unfolds it
        'all: for (block, b) in blocks.iter().enumerate() {
            for hit in search.pattern.find_in(&b.text) {
                let (Ok(block), Ok(start)) = (u32::try_from(block), u32::try_from(hit.start))
                else {
                    break 'all;
                };
                hits.push(Hit { block, start });
                if hits.len() == MAX_HITS {
                    break 'all;
                }
            }
        }
        let found = !hits.is_empty();
        search.hits = Some(hits);
        search.unfolded = false;
        found
    }

    /// To the hit so many after the current one; round by the start of the text.
    pub fn next_hit(&mut self, count: usize) -> bool {
        self.step(count, Self::hit_after)
    }

    /// To the hit so many before the current one; round by the end of the text.
    pub fn previous_hit(&mut self, count: usize) -> bool {
        self.step(count, Self::hit_before)
    }

    /// Lands on the words that a search of the library found. They are looked for where they were, then in their section.
    pub fn land(&mut self, pattern: Option<Pattern>, hit: &found::Hit, side: Side) {
        self.remember();
        let place = self.document.clamp(hit.position);
        let section = self
            .outline
            .keys()
            .iter()
            .position(|key| *key == hit.section);
        self.search = pattern.map(|pattern| Search {
            pattern,
            hits: None,
            current: None,
            reach: Reach::Library,
            unfolded: false,
        });
        let is_at_home = section.is_some() && self.outline.section_at(place) == section;
        let start = section.map_or(place, |section| self.outline.sections[section].start);
        let end = section.map(|section| self.outline.sections[section].end);
        let from = if is_at_home { place } else { start };
        let in_section =
            |hit: &Range<Position>| hit.start >= start && end.is_none_or(|end| hit.start < end);
        let found = match side {
            Side::Start => self.hit_from(Position::default()),
            Side::End => self.hit_before(Position::start_of(self.document.blocks().len())),
            Side::Hit => self
                .hit_from(from)
                .filter(in_section)
                .or_else(|| self.hit_from(start).filter(in_section)),
        };
        match found {
            Some(found) => self.show_hit(found.start, self.top),
            None => self.jump_into_view(from),
        }
        self.count_hits();
    }

    /// To the next hit, or the one before, without going round. Whether there was one.
    pub fn step_on(&mut self, forward: bool) -> bool {
        let at = self.search.as_ref().and_then(|s| s.current);
        let at = at.unwrap_or(self.top);
        let next = if forward {
            self.hit_after(at).filter(|hit| hit.start > at)
        } else {
            self.hit_before(at).filter(|hit| hit.start < at)
        };
        if let Some(hit) = &next {
            self.show_hit(hit.start, self.top);
        }
        next.is_some()
    }

    /// Where the reader is, for a search to start from.
    pub const fn place(&self) -> Position {
        self.top
    }

    /// Goes back to where a search started that was given up.
    pub fn give_up_search(&mut self, place: Position) {
        self.fold_again();
        self.search = None;
        self.move_to(place);
    }

    /// Folds away again what was unfolded for words that were not what was looked for.
    fn fold_again(&mut self) {
        if self.search.as_ref().is_some_and(|search| search.unfolded) && self.measure.noise {
            self.toggle_noise();
        }
    }

    fn step(&mut self, count: usize, step: fn(&Self, Position) -> Option<Range<Position>>) -> bool {
        let mut at = self
            .search
            .as_ref()
            .and_then(|s| s.current)
            .unwrap_or(self.top);
        let mut found = false;
        for _ in 0..count.min(MAX_HITS) {
            let Some(hit) = step(self, at) else {
                return false;
            };
            at = hit.start;
            found = true;
        }
        if found {
            self.remember();
            self.show_hit(at, self.top);
        }
        found
    }

    fn show_hit(&mut self, hit: Position, from: Position) {
        if let Some(search) = &mut self.search {
            search.current = Some(hit);
        }
        let is_folded = |b: &Block| !self.measure.shows(b);
        if self.document.blocks().get(hit.block).is_some_and(is_folded) {
            self.toggle_noise();
            if let Some(search) = &mut self.search {
                search.unfolded = search.hits.is_none();
            }
        }
        let back = self.back.len();
        self.jump_into_view(hit);
        // while typing the way back is remembered once, when the search is done
        if self.top == from {
            self.back.truncate(back);
        }
    }

    /// The first hit that starts at a position or later; round by the start of the text.
    fn hit_from(&self, from: Position) -> Option<Range<Position>> {
        let pattern = &self.search.as_ref()?.pattern;
        let count = self.document.blocks().len();
        let first = self.hit_in(pattern, from.block, from.offset);
        first.or_else(|| {
            (from.block + 1..count)
                .chain(0..=from.block)
                .find_map(|b| self.hit_in(pattern, b, 0))
        })
    }

    fn hit_after(&self, at: Position) -> Option<Range<Position>> {
        let text = &self.document.blocks().get(at.block)?.text;
        let step = text[at.offset.min(text.len())..]
            .chars()
            .next()
            .map_or(1, char::len_utf8);
        self.hit_from(Position {
            offset: (at.offset + step).min(text.len()),
            ..at
        })
    }

    fn hit_before(&self, at: Position) -> Option<Range<Position>> {
        let pattern = &self.search.as_ref()?.pattern;
        let count = self.document.blocks().len();
        let last_in = |block: usize, before: usize| {
            let b = self.document.blocks().get(block)?;
            let hit = pattern
                .find_in(&b.text)
                .take_while(|hit| hit.start < before)
                .last()?;
            Some(span(block, hit))
        };
        let here = last_in(at.block, at.offset);
        here.or_else(|| {
            let others = (0..at.block).rev().chain((at.block..count).rev());
            others.into_iter().find_map(|b| last_in(b, usize::MAX))
        })
    }

    fn hit_in(&self, pattern: &Pattern, block: usize, from: usize) -> Option<Range<Position>> {
        let b = self.document.blocks().get(block)?;
        pattern
            .find_from(&b.text, from.min(b.text.len()))
            .map(|hit| span(block, hit))
    }
}

fn span(block: usize, bytes: Range<usize>) -> Range<Position> {
    Position {
        block,
        offset: bytes.start,
    }..Position {
        block,
        offset: bytes.end,
    }
}
