//! Several articles chosen at once: one by one, or from here to there.

use std::collections::BTreeSet;

use super::{LibraryPane, Row};

/// The articles that are selected.
#[derive(Debug, Default)]
pub struct Selection {
    one_by_one: BTreeSet<u32>,
    /// The article at which a range was begun that ends where the reader is.
    range_from: Option<u32>,
}

impl LibraryPane {
    /// Selects the chosen article, or no longer, and goes on to the next one.
    pub fn select(&mut self) {
        let Some(number) = self.chosen_number() else {
            return;
        };
        if !self.selection.one_by_one.remove(&number) {
            self.selection.one_by_one.insert(number);
        }
        let before = self.list.chosen;
        self.list.down(1);
        self.leave_folder(before);
    }

    /// Begins to select all from here on, or keeps what is selected so.
    pub fn select_range(&mut self) {
        if self.selection.range_from.is_some() {
            let selected = self.selected();
            self.selection.one_by_one.extend(selected);
            self.selection.range_from = None;
        } else {
            self.selection.range_from = self.chosen_number();
        }
    }

    /// Selects nothing any more. Whether anything was.
    pub fn select_none(&mut self) -> bool {
        let was = self.has_selection();
        self.selection = Selection::default();
        was
    }

    /// Whether anything is selected.
    pub fn has_selection(&self) -> bool {
        self.selection.range_from.is_some() || !self.selection.one_by_one.is_empty()
    }

    /// The numbers of the articles that are selected and shown, in the order of the list.
    pub(super) fn selected(&self) -> Vec<u32> {
        if !self.has_selection() {
            return Vec::new();
        }
        let range = self.selected_rows();
        let rows = self.rows.iter().enumerate();
        let selected = rows.filter_map(|(row, kind)| match kind {
            Row::Article(number) => {
                let is = range.contains(&row) || self.selection.one_by_one.contains(number);
                is.then_some(*number)
            }
            Row::Folder(_) | Row::Gap | Row::Search(_) | Row::Passage(_) => None,
        });
        selected.collect()
    }

    /// How many are selected.
    pub(super) fn count_selected(&self) -> usize {
        let range = self.rows[self.selected_rows()].iter();
        let is_new = |row: &&Row| matches!(row, Row::Article(n) if !self.is_selected(*n));
        range.filter(is_new).count() + self.selection.one_by_one.len()
    }

    /// The rows from where a range was begun to where the reader is; none without one.
    pub(super) fn selected_rows(&self) -> std::ops::Range<usize> {
        let from = self
            .selection
            .range_from
            .and_then(|number| self.row_of(Row::Article(number)));
        let Some(from) = from else { return 0..0 };
        let here = self.list.chosen;
        from.min(here)..from.max(here) + 1
    }

    /// Whether an article was selected by itself.
    pub(super) fn is_selected(&self, number: u32) -> bool {
        self.selection.one_by_one.contains(&number)
    }
}
