//! Selecting a passage: a paragraph, a sentence or a word, and from there on by any of them.

use std::ops::Range;

use super::Reader;
use crate::layout::sentence::{sentences, words};
use crate::layout::{Line, wrap};
use crate::model::document::{BlockKind, Position};
use crate::model::quote::Quote;

/// A count cannot ask for more steps than this.
const MAX_STEPS: usize = 10_000;

/// The words of a longer selection are not counted, in bytes.
const MAX_COUNTED: usize = 64 * 1024;

/// By what a selection goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A block.
    Paragraph,
    /// A sentence of a block.
    Sentence,
    /// A word of a block, without the punctuation around it.
    Word,
}

impl Unit {
    /// The next narrower one; after the narrowest the widest.
    const fn narrower(self) -> Self {
        match self {
            Self::Paragraph => Self::Sentence,
            Self::Sentence => Self::Word,
            Self::Word => Self::Paragraph,
        }
    }

    /// The word for one of it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Sentence => "sentence",
            Self::Word => "word",
        }
    }
}

/// Towards which end of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Towards the end.
    Forward,
    /// Towards the start.
    Back,
}

/// Which edge of a unit is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    Start,
    End,
}

/// What is selected: everything from one unit to another, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    anchor: Range<Position>,
    /// The end that moves.
    head: Range<Position>,
    unit: Unit,
}

impl Selection {
    /// What is selected.
    pub fn range(&self) -> Range<Position> {
        self.anchor.start.min(self.head.start)..self.anchor.end.max(self.head.end)
    }

    /// By what it goes.
    pub const fn unit(&self) -> Unit {
        self.unit
    }
}

impl Reader {
    /// What is selected, if anything is.
    pub const fn selection(&self) -> Option<&Selection> {
        self.selection.as_ref()
    }

    /// Selects nothing any more. Whether something was selected.
    pub fn leave_selection(&mut self) -> bool {
        self.selection.take().is_some()
    }

    /// Selects the first sentence of the paragraph at the margin bar that begins on the screen; where something is
    /// selected already, narrows it to its first sentence, then to a word, and widens it to the paragraph again. Whether
    /// there is anything to select.
    pub fn select(&mut self) -> bool {
        let (unit, range) = match &self.selection {
            Some(selection) => (selection.unit.narrower(), selection.range()),
            None => {
                let Some(block) = self.all_of(self.bar) else {
                    return false;
                };
                let top = self.lines.first().map_or(self.top, Line::start);
                (Unit::Sentence, block.start.max(top)..block.end)
            }
        };
        let here = self.units(range.start.block, unit);
        let first = here.iter().find(|it| it.start >= range.start);
        let around = || here.iter().rfind(|it| it.start <= range.start);
        let Some(found) = first
            .filter(|it| unit != Unit::Paragraph && it.start < range.end)
            .or_else(around)
        else {
            return false;
        };
        self.choose(found.clone(), unit);
        true
    }

    /// Selects the paragraph at the margin bar; where something is selected already, all paragraphs of it. Whether there is
    /// anything to select.
    pub fn select_paragraphs(&mut self) -> bool {
        let blocks = match &self.selection {
            Some(it) => (it.anchor.start.block, it.head.start.block),
            None => (self.bar, self.bar),
        };
        let (Some(anchor), Some(head)) = (self.all_of(blocks.0), self.all_of(blocks.1)) else {
            return false;
        };
        let unit = Unit::Paragraph;
        self.selection = Some(Selection { anchor, head, unit });
        self.show_head(Way::Forward);
        true
    }

    /// Selects the unit so many after, or before, the one at the end that moves, and nothing else.
    pub fn step_selection(&mut self, way: Way, count: usize) {
        let Some(Selection { head, unit, .. }) = self.selection.clone() else {
            return;
        };
        let edge = match way {
            Way::Forward => Edge::End,
            Way::Back => Edge::Start,
        };
        if let Some(found) = self.unit_beyond(&head, unit, (way, edge, count)) {
            self.choose(found, unit);
        }
    }

    /// Takes so many units more, or fewer, at the end that moves.
    pub fn extend_selection(&mut self, unit: Unit, way: Way, count: usize) {
        let Some(Selection { anchor, head, .. }) = self.selection.clone() else {
            return;
        };
        let is_ahead = head.end > anchor.end;
        let is_behind = head.start < anchor.start;
        let edge = match way {
            _ if is_ahead => Edge::End,
            _ if is_behind => Edge::Start,
            Way::Forward => Edge::End,
            Way::Back => Edge::Start,
        };
        let mut found = self.unit_beyond(&head, unit, (way, edge, count));
        // what shrinks stops where it began
        let is_back_at_start = match (way, &found) {
            (Way::Back, found) if is_ahead => found.as_ref().is_none_or(|it| it.end <= anchor.end),
            (Way::Forward, found) if is_behind => {
                found.as_ref().is_none_or(|it| it.start >= anchor.start)
            }
            (Way::Back | Way::Forward, _) => false,
        };
        if is_back_at_start {
            found = Some(anchor);
        }
        if let (Some(found), Some(selection)) = (found, &mut self.selection) {
            selection.head = found;
            self.show_head(way);
        }
    }

    /// Selects the unit under, or over, the end that moves, so many lines away.
    pub fn step_selection_by_lines(&mut self, way: Way, count: usize) {
        let Some(Selection { head, unit, .. }) = self.selection.clone() else {
            return;
        };
        let line = self.laid_out().line_start(head.start);
        let column = self.column_of(head.start);
        let count = count.clamp(1, MAX_STEPS);
        let has_text = |line: &Line| !line.bytes.is_empty();
        let target = match way {
            Way::Forward => {
                let mut lines = self.laid_out().down(line).skip(1).filter(has_text);
                lines.nth(count - 1)
            }
            Way::Back => self.laid_out().up(line).filter(has_text).take(count).last(),
        };
        let Some(at) = target.map(|line| self.position_in(&line, column)) else {
            return;
        };
        let found = self.unit_at(at, unit);
        // a long sentence reaches over several lines
        let is_other = |it: &Range<Position>| match way {
            Way::Forward => it.start > head.start,
            Way::Back => it.start < head.start,
        };
        match found.filter(is_other) {
            Some(found) => self.choose(found, unit),
            None => self.step_selection(way, 1),
        }
    }

    /// From now on the other end moves.
    pub fn swap_ends(&mut self) {
        if let Some(selection) = &mut self.selection {
            std::mem::swap(&mut selection.anchor, &mut selection.head);
            let way = if selection.head.start < selection.anchor.start {
                Way::Back
            } else {
                Way::Forward
            };
            self.show_head(way);
        }
    }

    /// Selects the words from one place to another, as a mouse is dragged over them.
    pub fn select_between(&mut self, from: Position, to: Position) {
        let unit = Unit::Word;
        if let (Some(anchor), Some(head)) = (self.unit_at(from, unit), self.unit_at(to, unit)) {
            self.bar = head.start.block;
            self.selection = Some(Selection { anchor, head, unit });
        }
    }

    /// How many words are selected; `None` where they are too many to be counted for each frame.
    pub fn selected_words(&self) -> Option<usize> {
        let range = self.selection.as_ref()?.range();
        let bytes = |at| self.document.bytes_before(at);
        if bytes(range.end) - bytes(range.start).min(bytes(range.end)) > MAX_COUNTED {
            return None;
        }
        let blocks = range.start.block..=range.end.block;
        let words = blocks.flat_map(|block| self.units(block, Unit::Word));
        let words = words.filter(|word| range.start <= word.start && word.end <= range.end);
        Some(words.count())
    }

    /// The place in the text at a cell, both counted from the top left of the text.
    pub fn position_at_cell(&self, row: u16, column: u16) -> Option<Position> {
        let line = self.lines.get(usize::from(row)).or(self.lines.last())?;
        Some(self.position_in(line, column))
    }

    /// The quote of what is selected.
    pub fn selected(&self) -> Option<(Range<Position>, Quote)> {
        let range = self.selection.as_ref()?.range();
        let quote = Quote::take(&self.document, range.clone());
        Some((range, quote))
    }

    fn choose(&mut self, unit_range: Range<Position>, unit: Unit) {
        let way = match &self.selection {
            Some(before) if unit_range.start < before.head.start => Way::Back,
            Some(_) | None => Way::Forward,
        };
        self.selection = Some(Selection {
            anchor: unit_range.clone(),
            head: unit_range,
            unit,
        });
        self.show_head(way);
    }

    /// The units of a block; none of one that is not shown.
    fn units(&self, block: usize, unit: Unit) -> Vec<Range<Position>> {
        let Some(whole) = self.all_of(block) else {
            return Vec::new();
        };
        let text = &self.document.blocks()[block].text;
        let language = self.document.metadata.language.as_deref();
        let bytes = match unit {
            Unit::Paragraph => return vec![whole],
            Unit::Sentence => sentences(text, language),
            Unit::Word => words(text),
        };
        let at = |offset| Position { block, offset };
        let units: Vec<_> = bytes.iter().map(|it| at(it.start)..at(it.end)).collect();
        // a line of signs has no words, and can be kept as well
        if units.is_empty() { vec![whole] } else { units }
    }

    /// All of a block, if it is shown and holds anything.
    pub(super) fn all_of(&self, block: usize) -> Option<Range<Position>> {
        let text = &self.document.blocks().get(block)?.text;
        let is_there = self.is_shown(block) && !text.trim().is_empty();
        let end = Position {
            block,
            offset: text.len(),
        };
        is_there.then(|| Position::start_of(block)..end)
    }

    /// The unit that holds a place, or the next one in its block, or the last one.
    fn unit_at(&self, at: Position, unit: Unit) -> Option<Range<Position>> {
        let units = self.units(at.block, unit);
        let found = units.iter().find(|it| at < it.end);
        found.or(units.last()).cloned()
    }

    /// The unit so many beyond an edge of the end that moves, as far as there are any; `None` when there is not one.
    fn unit_beyond(
        &self,
        head: &Range<Position>,
        unit: Unit,
        (way, edge, count): (Way, Edge, usize),
    ) -> Option<Range<Position>> {
        let of = |range: &Range<Position>| match edge {
            Edge::Start => range.start,
            Edge::End => range.end,
        };
        let mut left = count.clamp(1, MAX_STEPS);
        let mut found = None;
        let mut block = Some(of(head).block);
        while let Some(here) = block {
            let mut units = self.units(here, unit);
            match way {
                Way::Forward => units.retain(|it| of(it) > of(head)),
                Way::Back => {
                    units.retain(|it| of(it) < of(head));
                    units.reverse();
                }
            }
            let taken = units.len().min(left);
            found = units.into_iter().take(taken).next_back().or(found);
            left -= taken;
            if left == 0 {
                break;
            }
            block = self.text_beside(here, way);
        }
        found
    }

    /// The next block that holds anything to select.
    fn text_beside(&self, block: usize, way: Way) -> Option<usize> {
        let is_text = |block: &usize| {
            let kind = self.document.blocks().get(*block).map(|b| b.kind);
            kind.is_some_and(|kind| kind != BlockKind::Rule) && self.all_of(*block).is_some()
        };
        match way {
            Way::Forward => (block + 1..self.document.blocks().len()).find(is_text),
            Way::Back => (0..block).rev().find(is_text),
        }
    }

    /// Brings the end that moves onto the screen; the margin bar goes with it.
    fn show_head(&mut self, way: Way) {
        let Some(head) = self.selection.as_ref().map(|it| it.head.clone()) else {
            return;
        };
        let edge = match way {
            Way::Back => head.start,
            Way::Forward => Position {
                offset: head.end.offset.saturating_sub(1),
                ..head.end
            },
        };
        let line = self.laid_out().line_start(edge);
        let first = self.lines.first().map(Line::start);
        if first.is_some_and(|first| line < first) {
            self.move_to(line);
        } else if !self.lines.iter().any(|it| it.start() == line) {
            let above = self.laid_out().up(line).take(self.height - 1).last();
            let top = above.map_or(line, |line| line.start());
            self.move_to(top.min(self.last_top.max(self.top)));
        }
        self.bar = head.start.block;
    }

    /// The cells left of a place in its line.
    fn column_of(&self, at: Position) -> u16 {
        let Some(line) = self.laid_out().down(at).next() else {
            return 0;
        };
        let text = &self.document.blocks()[at.block].text;
        let mut stretches = line.stretches();
        let here = stretches.find(|(bytes, _)| bytes.contains(&at.offset));
        here.map_or(line.indent, |(bytes, left)| {
            left + wrap::width(&text[bytes.start..at.offset])
        })
    }

    /// The place in a line at a column, or the nearest one.
    fn position_in(&self, line: &Line, column: u16) -> Position {
        let text = &self.document.blocks()[line.block].text;
        let mut offset = line.bytes.start;
        for (bytes, left) in line.stretches() {
            if left > column {
                break;
            }
            let fitting = wrap::fitting(&text[bytes.clone()], column - left);
            offset = (bytes.start + fitting.len()).min(bytes.end.saturating_sub(1));
        }
        Position {
            block: line.block,
            offset: text.floor_char_boundary(offset),
        }
    }
}
