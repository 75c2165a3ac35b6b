//! Footnotes: their numbers, and what is read of them last.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::Event;

/// Numbers up to this are kept as the text has them.
const MOST: u32 = 99_999;

/// The events of a note, in the order of the text.
pub(super) type Events<'a> = Vec<(Event<'a>, Range<usize>)>;

/// The footnotes of a text.
#[derive(Debug, Default)]
pub(super) struct Notes<'a> {
    /// Numbers that are names of notes in the text.
    taken: HashSet<u32>,
    numbers: HashMap<String, u32>,
    last: u32,
    /// Notes that were referred to.
    referred: HashSet<u32>,
    /// Notes that were met, each with its number once it is known.
    met: Vec<(String, Events<'a>)>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(source: &str) -> Self {
        let names = memchr::memmem::find_iter(source.as_bytes(), "[^");
        let number = |at: usize| {
            let rest = &source[at + 2..];
            let digits = rest.bytes().take_while(u8::is_ascii_digit).take(6).count();
            number(&rest[..digits]).filter(|_| rest[digits..].starts_with("]:"))
        };
        Self {
            taken: names.filter_map(number).collect(),
            ..Self::default()
        }
    }

    /// The number of a note: its own name when that is one, else the next that is free.
    pub(super) fn number(&mut self, label: &str) -> u32 {
        if let Some(&known) = self.numbers.get(label) {
            return known;
        }
        let number = number(label)
            .filter(|n| self.taken.contains(n))
            .unwrap_or_else(|| {
                self.last += 1;
                while self.taken.contains(&self.last) {
                    self.last += 1;
                }
                self.last
            });
        self.numbers.insert(label.to_owned(), number);
        number
    }

    /// Says that the text refers to a note. Whether that is the first time.
    pub(super) fn refer(&mut self, number: u32) -> bool {
        self.referred.insert(number)
    }

    pub(super) fn keep(&mut self, label: String, events: Events<'a>) {
        self.met.push((label, events));
    }

    /// The notes by their numbers.
    pub(super) fn take(&mut self) -> Vec<(u32, Events<'a>)> {
        let met = std::mem::take(&mut self.met);
        let mut notes: Vec<_> = met
            .into_iter()
            .map(|(label, events)| (self.number(&label), events))
            .collect();
        notes.sort_by_key(|(number, _)| *number);
        notes
    }
}

/// The number that a name is.
fn number(label: &str) -> Option<u32> {
    let number = label.parse().ok().filter(|n| (1..=MOST).contains(n))?;
    (!label.starts_with(['0', '+'])).then_some(number)
}
