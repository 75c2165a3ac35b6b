//! The links in the text: which are on the screen, which one keys act on, and the places they lead to.

use std::ops::Range;

use super::Reader;
use crate::layout::numbers::{self, Number};
use crate::layout::wrap;
use crate::model::document::Position;
use crate::model::link::{Link, decoded};

/// A link on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Its number in the article.
    pub number: usize,
    /// Its first row on the screen, from the top of the text.
    pub row: u16,
    /// The cells it takes there, from the left of the text.
    pub columns: Range<u16>,
}

impl Reader {
    /// The link that keys act on.
    pub fn link(&self) -> Option<Link<'_>> {
        self.document.link(self.link?)
    }

    /// The link that keys act on, if it is on the screen.
    pub fn link_here(&self) -> Option<Link<'_>> {
        let link = self.link()?;
        self.is_on_screen(&link).then_some(link)
    }

    /// Has keys act on no link any more. Whether there was one.
    pub fn leave_link(&mut self) -> bool {
        self.link.take().is_some()
    }

    /// Has keys act on a link, and shows it. Whether there is one of this number.
    pub fn choose_link(&mut self, number: usize) -> bool {
        let Some((start, is_shown)) = self
            .document
            .link(number)
            .map(|link| (link.start(), self.is_on_screen(&link)))
        else {
            return false;
        };
        self.link = Some(number);
        if is_shown {
            self.bar = start.block;
        } else {
            self.jump_into_view(start);
        }
        true
    }

    /// The number of the link so many after this one, or after the top of the screen.
    pub fn link_after(&self, count: usize) -> Option<usize> {
        let last = self.document.links_before(self.document.blocks().len());
        let before = match self.link_here() {
            Some(link) => link.number,
            None => self.first_link_on_screen() - 1,
        };
        (before < last).then(|| (before + count).min(last))
    }

    /// The number of the link so many before this one, or before the top of the screen.
    pub fn link_before(&self, count: usize) -> Option<usize> {
        let after = match self.link_here() {
            Some(link) => link.number,
            None => self.first_link_on_screen(),
        };
        (after > 1).then(|| after.saturating_sub(count).max(1))
    }

    /// The links on the screen, from the top down, each once.
    pub fn links_on_screen(&self) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        for row in 0..self.lines.len() {
            for spot in self.links_on_row(row) {
                if !spots.iter().any(|known| known.number == spot.number) {
                    spots.push(spot);
                }
            }
        }
        spots
    }

    /// The number of the link at a cell, both counted from the top left of the text.
    pub fn link_at(&self, row: u16, column: u16) -> Option<usize> {
        let spots = self.links_on_row(usize::from(row));
        let mut at = spots.iter().filter(|spot| spot.columns.contains(&column));
        at.next().map(|spot| spot.number)
    }

    /// Shows link numbers in the text, or hides them. Whether they are shown now.
    pub fn toggle_numbers(&mut self) -> bool {
        self.measure.numbers = !self.measure.numbers;
        self.lay_out_anew();
        self.measure.numbers
    }

    /// Goes to a named place. Whether the article has it.
    pub fn go_to_anchor(&mut self, name: &str) -> bool {
        let known = self
            .document
            .anchor(name)
            .or_else(|| self.document.anchor(&decoded(name)));
        let is_top = name.is_empty() || name == "top";
        let Some(place) = known.or_else(|| is_top.then(Position::default)) else {
            return false;
        };
        let place = self.document.clamp(place);
        self.remember();
        let back = self.back.len();
        self.jump_into_view(place);
        // the way back was remembered once already
        self.back.truncate(back);
        self.forward.clear();
        true
    }

    fn is_on_screen(&self, link: &Link) -> bool {
        let range = link.start()..Position {
            block: link.block,
            offset: link.bytes.end,
        };
        let mut lines = self.lines.iter().filter(|line| line.block == link.block);
        lines.any(|line| line.shows(&range))
    }

    /// The number that the first link on the screen has, or would have.
    pub fn first_link_on_screen(&self) -> usize {
        let first = self.links_on_screen().first().map(|spot| spot.number);
        first.unwrap_or_else(|| self.document.links_before(self.top.block) + 1)
    }

    fn links_on_row(&self, row: usize) -> Vec<Spot> {
        let Some(line) = self.lines.get(row) else {
            return Vec::new();
        };
        let text = &self.document.blocks()[line.block].text;
        let numbers = if self.measure.numbers {
            numbers::of(&self.document, line.block)
        } else {
            Vec::new()
        };
        let mut spots = Vec::new();
        for (shown, left) in line.stretches() {
            let column = |at: usize| left + cells_before(text, &shown, at, &numbers);
            for link in self.document.links_of(line.block) {
                let bytes = link.bytes.start.max(shown.start)..link.bytes.end.min(shown.end);
                if bytes.start < bytes.end {
                    spots.push(Spot {
                        number: link.number,
                        row: u16::try_from(row).unwrap_or(u16::MAX),
                        columns: column(bytes.start)..column(bytes.end),
                    });
                }
            }
        }
        spots
    }
}

/// The cells of a stretch that are drawn before a byte of it, with the numbers among them.
fn cells_before(text: &str, shown: &Range<usize>, at: usize, numbers: &[Number]) -> u16 {
    let before = numbers::within(numbers, shown).take_while(|n| n.at < at);
    let numbers: u16 = before.map(Number::width).sum();
    wrap::width(&text[shown.start..at]) + numbers
}
