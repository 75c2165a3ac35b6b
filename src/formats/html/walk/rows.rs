//! Tables on the way through a page.

use super::super::table;
use super::super::tree::Id;
use super::Walker;
use crate::model::document::Within;

impl Walker<'_> {
    pub(super) fn enter_table(&mut self, id: Id) {
        if !self.tables.is_empty() || self.noise.is_some() || !table::is_table(self.page, id) {
            return;
        }
        let rows = table::Rows::new(self.page, id);
        self.tables.push(rows);
    }

    pub(super) fn enter_row(&mut self, id: Id) {
        let within = Within {
            quotes: self.quotes,
            lists: self.items_around(),
        };
        if let Some(rows) = self.tables.last_mut() {
            rows.enter_row(self.tree, id, within, &mut self.out);
        }
    }

    pub(super) fn enter_cell(&mut self, id: Id) {
        if let Some(rows) = self.tables.last_mut() {
            rows.enter_cell(self.tree, id, &mut self.out);
        }
    }

    pub(super) fn leave_cell(&mut self) {
        if let Some(rows) = self.tables.last_mut() {
            rows.leave_cell(&mut self.out);
        }
    }

    pub(super) fn leave_row(&mut self) {
        if let Some(rows) = self.tables.last_mut() {
            rows.leave_row(&mut self.out);
        }
    }

    pub(super) fn leave_table(&mut self, id: Id) {
        if self.tables.pop_if(|rows| rows.id == id).is_some() {
            self.out.close_table();
        }
    }
}
