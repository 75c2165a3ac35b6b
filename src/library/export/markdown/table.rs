//! Tables: one row a line.

use std::fmt::Write as _;

use super::Writer;
use crate::library::export::inline::{Marked, Where};
use crate::model::document::{Align, Block};

impl Writer<'_> {
    /// Rows of one table.
    pub(super) fn table(&mut self, rows: &[(usize, &Block)]) {
        let Some(&(index, first)) = rows.first() else {
            return;
        };
        let table = self.document.table_at(index);
        let columns = rows
            .iter()
            .map(|(_, row)| row.text.split('\t').count())
            .max()
            .unwrap_or(1);
        let aligns = table.map_or(&[][..], |table| table.aligns.as_slice());
        let has_heads = table.is_some_and(|table| table.heads > 0 && table.rows.start == index);
        self.begin(first.quotes(), first.within.lists);
        let prefix = self.prefix(first.quotes());
        if !has_heads {
            let _ = write!(self.out, "|{}\n{prefix}", "  |".repeat(columns));
            self.line_under(columns, aligns);
        }
        for (i, (_, row)) in rows.iter().enumerate() {
            if i > 0 || !has_heads {
                let _ = write!(self.out, "\n{prefix}");
            }
            self.row(row, columns);
            if i == 0 && has_heads {
                let _ = write!(self.out, "\n{prefix}");
                self.line_under(columns, aligns);
            }
        }
        self.end(first);
    }

    fn line_under(&mut self, columns: usize, aligns: &[Align]) {
        self.out.push('|');
        for column in 0..columns {
            self.out.push_str(match aligns.get(column) {
                Some(Align::Center) => " :-: |",
                Some(Align::End) => " --: |",
                Some(Align::Start) | None => " --- |",
            });
        }
    }

    fn row(&mut self, row: &Block, columns: usize) {
        let notes = std::mem::take(&mut self.notes);
        let is_note = |number: &str| notes.contains(number);
        let marked = Marked::new(row, &is_note);
        let mut at = 0;
        let mut written = 0;
        self.out.push('|');
        for cell in row.text.split('\t') {
            let range = at..at + cell.len();
            at = range.end + 1;
            let text = marked.write(range, Where::Cell);
            let _ = write!(self.out, " {text} |");
            written += 1;
        }
        self.out.push_str(&"  |".repeat(columns - written));
        drop(marked);
        self.notes = notes;
    }
}
