//! A list with one chosen row, of which only the rows on the screen are ever looked at.

use crate::action::Action;

/// Which row is chosen and which is the first on the screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct List {
    /// The chosen row.
    pub chosen: usize,
    /// The first row on the screen.
    pub top: usize,
    /// How many rows there are.
    len: usize,
    /// How many rows the screen shows.
    height: usize,
}

impl List {
    /// Tells how many rows there are now. What was chosen stays, as far as it is there.
    pub fn set_len(&mut self, len: usize) {
        self.len = len;
        self.choose(self.chosen);
    }

    /// Tells how many rows the screen shows now.
    pub fn set_height(&mut self, height: usize) {
        self.height = height.max(1);
        self.choose(self.chosen);
    }

    /// How many rows there are.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Rows that the screen shows, at least 1.
    pub fn height(&self) -> usize {
        self.height.max(1)
    }

    /// Chooses a row, or the last one when there are fewer, and brings it onto the screen.
    pub fn choose(&mut self, row: usize) {
        self.chosen = row.min(self.len.saturating_sub(1));
        let height = self.height();
        let lowest_top = (self.chosen + 1).saturating_sub(height);
        self.top = self
            .top
            .clamp(lowest_top, self.chosen.max(lowest_top))
            .min(self.len.saturating_sub(height));
    }

    /// Moves down so many rows.
    pub fn down(&mut self, rows: usize) {
        self.choose(self.chosen.saturating_add(rows));
    }

    /// Moves up so many rows.
    pub fn up(&mut self, rows: usize) {
        self.choose(self.chosen.saturating_sub(rows));
    }

    /// Does what every list does alike: moving. Whether the action was one of these.
    pub fn moves(&mut self, action: Action, count: usize) -> bool {
        let page = self.height().saturating_sub(1).max(1);
        let half = (self.height() / 2).max(1);
        match action {
            Action::Down => self.down(count),
            Action::Up => self.up(count),
            Action::HalfPageDown => self.down(half.saturating_mul(count)),
            Action::HalfPageUp => self.up(half.saturating_mul(count)),
            Action::PageDown => self.down(page.saturating_mul(count)),
            Action::PageUp => self.up(page.saturating_mul(count)),
            Action::Top => self.choose(0),
            Action::End => self.choose(usize::MAX),
            _ => return false,
        }
        true
    }

    /// The rows on the screen.
    pub fn shown(&self) -> std::ops::Range<usize> {
        self.top..self.len.min(self.top + self.height())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chosen_row_is_always_on_the_screen() {
        let mut list = List::default();
        list.set_height(5);
        list.set_len(12);
        list.down(7);
        assert_eq!((list.chosen, list.shown()), (7, 3..8));
        list.down(100);
        assert_eq!((list.chosen, list.shown()), (11, 7..12));
        list.up(100);
        assert_eq!((list.chosen, list.shown()), (0, 0..5));
        list.set_len(0);
        assert_eq!((list.chosen, list.shown()), (0, 0..0));
    }
}
