//! Lists: what stands before their items.

use super::{BULLET, Marker, Reader};

impl Reader<'_> {
    /// A list that is all there is of an item hides its bullet; a number is kept.
    pub(super) fn open_list(&mut self, offset: usize) {
        match &self.marker {
            Some(Marker::Item(marker)) if marker == BULLET => self.marker = None,
            Some(_) => self.flush_marker(offset),
            None if self.lists == 0 => self.builder.apart(),
            None => {}
        }
    }

    pub(super) fn item(&mut self, offset: usize) {
        let marker = match self.numbers.last_mut() {
            Some(Some(number)) => {
                let this = *number;
                *number = number.saturating_add(1);
                let digits = self.source[offset..].trim_start();
                let delimiter = digits.trim_start_matches(|c: char| c.is_ascii_digit());
                let delimiter = if delimiter.starts_with(')') { ')' } else { '.' };
                format!("{this}{delimiter}")
            }
            Some(None) | None => BULLET.to_owned(),
        };
        self.marker = Some(Marker::Item(marker));
    }

    pub(super) fn task(&mut self, is_done: bool) {
        let sign = if is_done { "[x]" } else { "[ ]" };
        self.marker = Some(Marker::Item(match self.marker.take() {
            Some(Marker::Item(marker)) if marker != BULLET => format!("{marker} {sign}"),
            _ => sign.to_owned(),
        }));
    }
}
