//! Which line of the file an offset is on.

use memchr::memchr_iter;

/// Counts lines up to ever later offsets.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    source: &'a str,
    /// An offset, and the line it is on.
    at: usize,
    number: u32,
    first: u32,
    /// Where each line ends; filled when an earlier offset is asked for.
    ends: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) const fn new(source: &'a str, first: u32) -> Self {
        Self {
            source,
            at: 0,
            number: first,
            first,
            ends: Vec::new(),
        }
    }

    /// The line that an offset is on.
    pub(super) fn of(&mut self, offset: usize) -> u32 {
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let bytes = self.source.as_bytes();
        if offset >= self.at && self.ends.is_empty() {
            let lines = memchr_iter(b'\n', &bytes[self.at..offset.min(bytes.len())]).count();
            self.number = self.number.saturating_add(short(lines));
            self.at = offset.min(bytes.len());
            return self.number;
        }
        if self.ends.is_empty() {
            self.ends = memchr_iter(b'\n', bytes).collect();
        }
        let before = self.ends.partition_point(|&end| end < offset);
        self.first.saturating_add(short(before))
    }
}
