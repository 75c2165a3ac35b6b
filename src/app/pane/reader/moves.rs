//! Moving through the text.

use super::Reader;
use crate::model::document::{BlockKind, Position};

/// So many places are remembered for going back.
const MAX_JUMPS: usize = 200;
/// A count cannot ask for more lines than this.
const MAX_LINES: usize = 1_000_000;

impl Reader {
    /// Down by lines, as far as the end on the last row.
    pub fn down(&mut self, lines: usize) {
        let next = self.laid_out().down(self.top).nth(lines.min(MAX_LINES));
        let top = next.map_or(self.last_top, |line| line.start());
        self.move_to(top.min(self.last_top.max(self.top)));
    }

    /// Up by lines.
    pub fn up(&mut self, lines: usize) {
        let Some(steps) = lines.min(MAX_LINES).checked_sub(1) else {
            return;
        };
        let previous = self.laid_out().up(self.top).nth(steps);
        self.move_to(previous.map_or(Position::default(), |line| line.start()));
    }

    /// Lines of a page: all but two of them when there are many, so that the eye finds its line again.
    pub fn page(&self) -> usize {
        if self.height > 10 {
            self.height - 2
        } else {
            self.height.saturating_sub(1).max(1)
        }
    }

    /// To the start of the text.
    pub fn go_to_top(&mut self) {
        self.jump(Position::default());
    }

    /// To the end of the text.
    pub fn go_to_end(&mut self) {
        self.jump(self.last_top);
        self.bar = self.lines.last().map_or(self.bar, |l| l.block);
    }

    /// To a percentage of the text.
    pub fn go_to_percent(&mut self, percent: u32) {
        let all = self.document.bytes_before(self.last_top);
        let bytes =
            all / 100 * percent.min(100) as usize + all % 100 * percent.min(100) as usize / 100;
        let position = self.document.position_at(bytes);
        let mut lines = self.laid_out().down(position);
        let line = lines.find(|line| line.start() >= position);
        drop(lines);
        self.jump(line.map_or(self.last_top, |line| line.start()));
    }

    /// Moves the margin bar down by paragraphs.
    pub fn next_paragraph(&mut self, count: usize) {
        for _ in 0..count {
            let after = self.bar + 1..self.document.blocks().len();
            let Some(block) = after.into_iter().find(|&b| self.is_shown(b)) else {
                break;
            };
            self.bar = block;
        }
        self.reveal_bar();
    }

    /// Moves the margin bar up by paragraphs.
    pub fn previous_paragraph(&mut self, count: usize) {
        for _ in 0..count {
            let Some(block) = (0..self.bar).rev().find(|&b| self.is_shown(b)) else {
                break;
            };
            self.bar = block;
        }
        self.reveal_bar();
    }

    /// To the section so many after the one being read.
    pub fn next_section(&mut self, count: usize) {
        let Some(here) = self.section() else { return };
        self.go_to_section((here + count).min(self.outline.sections.len() - 1));
    }

    /// To the start of this section, or to one before it when the bar is there already.
    pub fn previous_section(&mut self, count: usize) {
        let Some(here) = self.section() else { return };
        let start = self.outline.sections[here].start.block;
        let inside = usize::from(self.bar > start && self.top > Position::start_of(start));
        self.go_to_section(here.saturating_sub(count - inside.min(count)));
    }

    /// To a section's heading.
    pub fn go_to_section(&mut self, section: usize) {
        let Some(start) = self.outline.sections.get(section).map(|s| s.start) else {
            return;
        };
        self.jump(start);
        let blocks = start.block..self.document.blocks().len();
        self.bar = blocks
            .into_iter()
            .find(|&b| self.shows(b))
            .unwrap_or(start.block);
    }

    /// To a position, remembering the way back. What is there comes to the top as far as the text goes.
    pub fn jump(&mut self, to: Position) {
        self.remember();
        self.forward.clear();
        self.move_to(to.min(self.last_top));
    }

    /// To a position that must be on the screen; when it is not, it comes to the upper third.
    pub fn jump_into_view(&mut self, to: Position) {
        let line = self.laid_out().line_start(to);
        if self.lines.iter().any(|l| l.start() == line) {
            self.bar = to.block;
            return;
        }
        let above = self.laid_out().up(to).take(self.height / 3).last();
        self.jump(above.map_or(line, |l| l.start()));
        self.bar = to.block;
    }

    /// Remembers this place to come back to.
    pub fn remember(&mut self) {
        if self.back.last() != Some(&self.top) {
            self.back.push(self.top);
        }
        if self.back.len() > MAX_JUMPS {
            self.back.remove(0);
        }
    }

    /// Back to where the reader was before the last jump. Whether there was one.
    pub fn jump_back(&mut self) -> bool {
        while let Some(place) = self.back.pop() {
            if place != self.top {
                self.forward.push(self.top);
                self.move_to(place);
                return true;
            }
        }
        false
    }

    /// Forward again. Whether there was a place.
    pub fn jump_forward(&mut self) -> bool {
        let Some(place) = self.forward.pop() else {
            return false;
        };
        self.remember();
        self.move_to(place);
        true
    }

    /// To the place before the last jump, from which the same key leads here again.
    pub fn swap_back(&mut self) -> bool {
        let Some(place) = self.back.pop() else {
            return false;
        };
        self.back.push(self.top);
        self.move_to(place);
        true
    }

    /// Puts the margin bar at a row of the screen, counted from the top of the column.
    pub fn point_at_row(&mut self, row: usize) {
        if let Some(line) = self.lines.get(row) {
            self.bar = line.block;
        }
    }

    pub(super) fn move_to(&mut self, top: Position) {
        if top != self.top {
            self.top = top;
            self.watch.moved = true;
        }
        self.show_lines();
    }

    fn shows(&self, block: usize) -> bool {
        let block = self.document.blocks().get(block);
        block.is_some_and(|b| self.measure.shows(b) && b.kind != BlockKind::Noise)
    }

    /// Whether a block is shown; noise is when it was asked for.
    pub(super) fn is_shown(&self, block: usize) -> bool {
        let block = self.document.blocks().get(block);
        block.is_some_and(|b| self.measure.shows(b))
    }

    /// The start of the first block from this one on that is shown, else of the last one before it.
    pub(super) fn nearest_shown(&self, block: usize) -> Position {
        let after = (block..self.document.blocks().len()).find(|&b| self.is_shown(b));
        let before = || (0..block).rev().find(|&b| self.is_shown(b));
        Position::start_of(after.or_else(before).unwrap_or_default())
    }

    /// Brings the block at the bar onto the screen, all of it if it fits.
    fn reveal_bar(&mut self) {
        let first = self.lines.first().map(super::Line::start);
        let last = self.lines.last().map(super::Line::end);
        let start = Position::start_of(self.bar);
        let end = Position {
            block: self.bar,
            offset: self
                .document
                .blocks()
                .get(self.bar)
                .map_or(0, |b| b.text.len()),
        };
        if first.is_none_or(|f| f <= start) && last.is_none_or(|l| end <= l) {
            return;
        }
        let bar = self.bar;
        self.move_to(start.min(self.last_top));
        self.bar = bar;
    }
}
