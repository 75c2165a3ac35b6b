//! How a plain text was broken into lines, told from its beginning.

use memchr::memchr_iter;

use super::line::{self, Line};
use super::short_columns;
use crate::formats::letters;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 64 * 1024;
/// Nobody breaks lines at fewer columns than this …
const NARROWEST: u16 = 28;

/// So many lines of a script without capitals are looked at to tell that they were broken by hand.
const UNCASED: usize = 8;

/// What the lines of a text are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Most lines are paragraphs of their own.
    Lines,
    /// Too few lines to tell, none of them long.
    Unknown,
    /// Paragraphs were broken at this width, in columns.
    Wrapped(u16),
}

impl Shape {
    pub(super) fn of(text: &str) -> Self {
        let sample = &text[..text.floor_char_boundary(SAMPLE)];
        let mut tally = Tally::default();
        let mut previous: Option<Line<'_>> = None;
        let mut start = 0;
        for end in memchr_iter(b'\n', sample.as_bytes()).chain(std::iter::once(sample.len())) {
            let raw = &sample[start..end];
            start = end + 1;
            let text = letters::trim(raw);
            tally.bytes += text.len();
            if text.is_empty() {
                previous = None;
            } else if let Some(columns) = short_columns(text) {
                let line = Line::new(raw, text, columns, 0);
                tally.pair(previous.as_ref(), &line);
                previous = Some(line);
            } else {
                tally.long += text.len();
                previous = None;
            }
        }
        tally.shape()
    }
}

/// Whether lines that follow each other were broken by hand, all by themselves.
pub(super) fn width_of(lines: &[Line<'_>]) -> Option<u16> {
    let mut tally = Tally::default();
    for pair in lines.windows(2) {
        tally.pair(Some(&pair[0]), &pair[1]);
    }
    match tally.shape() {
        Shape::Wrapped(width) if tally.pairs.len() >= 5 && goes_on(&lines[1..]) => Some(width),
        Shape::Wrapped(_) | Shape::Lines | Shape::Unknown => None,
    }
}

/// Whether so many lines begin with a small letter as only lines broken by hand do; items of a list, names and headlines
/// that happen to be as long as each other do not. Where letters have no capitals, a long run is taken at its widths.
fn goes_on(lines: &[Line<'_>]) -> bool {
    let first = |line: &&Line<'_>| line.text.chars().find(|c| c.is_alphabetic());
    let letters = || lines.iter().filter_map(|line| first(&line));
    let small = letters().filter(|c| c.is_lowercase()).count();
    let cased = letters()
        .filter(|c| c.is_lowercase() || c.is_uppercase())
        .count();
    if cased * 2 > lines.len() {
        small * 3 >= cased
    } else {
        lines.len() >= UNCASED
    }
}

#[derive(Default)]
struct Tally {
    /// Bytes of text, and how many of them are in long lines.
    bytes: usize,
    long: usize,
    /// Of lines that another follows at once: columns, the least width at which the next word would have fitted as well,
    /// whether a sentence ends.
    pairs: Vec<(u16, u16, bool)>,
}

impl Tally {
    fn pair(&mut self, line: Option<&Line<'_>>, next: &Line<'_>) {
        let Some(line) = line else { return };
        let is_marked =
            |line: &Line<'_>| line::has_bullet(line.text) || line::item_number(line.text).is_some();
        if is_marked(next)
            || next.quoted().is_some() != line.quoted().is_some()
            || next.marked_heading().is_some()
        {
            return;
        }
        self.pairs
            .push((line.columns, line.reach(next), line.ends_sentence()));
    }

    fn shape(&self) -> Shape {
        if self.long * 3 > self.bytes {
            return Shape::Lines;
        }
        if self.pairs.is_empty() {
            return if self.long > 0 {
                Shape::Lines
            } else {
                Shape::Unknown
            };
        }
        let mut widths: Vec<u16> = self.pairs.iter().map(|&(columns, ..)| columns).collect();
        widths.sort_unstable();
        // not the widest: one address on a line of its own says nothing
        let width = widths[(widths.len() - 1) * 19 / 20];
        let full = self
            .pairs
            .iter()
            .filter(|&&(_, reach, _)| reach > width)
            .count();
        let ended = self
            .pairs
            .iter()
            .filter(|&&(.., is_ended)| is_ended)
            .count();
        let is_wrapped = full * 5 >= self.pairs.len() * 3 && ended * 2 <= self.pairs.len();
        let is_sure = self.pairs.len() >= 4 || (width >= 50 && ended == 0 && self.long == 0);
        if width >= NARROWEST && is_wrapped && is_sure {
            Shape::Wrapped(width)
        } else {
            Shape::Lines
        }
    }
}
