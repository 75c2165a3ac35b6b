//! Letters on the links that are on the screen; typing them leads there.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::app::paint::{Look, put};
use crate::app::pane::reader::Reader;
use crate::config::keymap::{Code, Key};
use crate::layout::wrap;

/// The letters, those under the fingers first.
const LETTERS: &[u8] = b"fjdkslahgurieowpqtybnvmcxz";

/// For what a link is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To follow it.
    Follow,
    /// To open it in the browser.
    Open,
}

impl Purpose {
    /// What the reader is told to do.
    pub const fn question(self) -> &'static str {
        match self {
            Self::Follow => "type the letters of a link to follow it",
            Self::Open => "type the letters of a link to open it in the browser",
        }
    }
}

/// Letters on links.
#[derive(Debug)]
pub struct Hints {
    /// For what.
    pub purpose: Purpose,
    /// The letters of each link, all equally many, and its number.
    labels: Vec<(String, usize)>,
    typed: String,
}

/// What a key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The link of this number is chosen.
    Link(usize),
    /// More letters are needed.
    More,
    /// No link has these letters, or the key was none.
    Nothing,
}

impl Hints {
    /// Letters for the links of these numbers.
    pub fn new(numbers: &[usize], purpose: Purpose) -> Self {
        let letters = LETTERS.len();
        let mut length = 1;
        let mut enough = letters;
        while enough < numbers.len() {
            length += 1;
            enough *= letters;
        }
        let label = |(i, number): (usize, &usize)| {
            let mut rest = i;
            let mut label: Vec<char> = Vec::new();
            for _ in 0..length {
                label.push(char::from(LETTERS[rest % letters]));
                rest /= letters;
            }
            (label.into_iter().rev().collect(), *number)
        };
        Self {
            purpose,
            labels: numbers.iter().enumerate().map(label).collect(),
            typed: String::new(),
        }
    }

    /// Takes a key.
    pub fn type_key(&mut self, key: Key) -> Typed {
        match key.code {
            Code::Backspace if !self.typed.is_empty() => _ = self.typed.pop(),
            Code::Char(c) if !key.ctrl && !key.alt => self.typed.extend(c.to_lowercase()),
            _ => return Typed::Nothing,
        }
        let mut left = self.left();
        match (left.next(), left.next()) {
            (Some((label, number)), None) if *label == self.typed => Typed::Link(*number),
            (Some(_), _) => Typed::More,
            (None, _) => Typed::Nothing,
        }
    }

    fn left(&self) -> impl Iterator<Item = &(String, usize)> {
        self.labels
            .iter()
            .filter(|(label, _)| label.starts_with(&self.typed))
    }

    /// Draws the letters over the beginnings of their links.
    pub fn draw(&self, buffer: &mut Buffer, column: Rect, reader: &Reader, look: &Look) {
        let spots = reader.links_on_screen();
        // over a link, which is underlined
        let hint = look.theme.hint.remove_modifier(Modifier::UNDERLINED);
        for (label, number) in self.left() {
            let Some(spot) = spots.iter().find(|spot| spot.number == *number) else {
                continue;
            };
            let at = (column.x + spot.columns.start, column.y + spot.row);
            let room = wrap::width(label);
            put(buffer, at, room, label, hint);
            let typed = wrap::width(&self.typed);
            put(buffer, at, typed, &self.typed, look.theme.dim);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_begins_another() {
        for count in [1, 26, 27, 700] {
            let numbers: Vec<usize> = (1..=count).collect();
            let hints = Hints::new(&numbers, Purpose::Follow);
            let mut labels: Vec<_> = hints.labels.iter().map(|(label, _)| label).collect();
            labels.sort();
            labels.dedup();
            assert_eq!(labels.len(), count);
            assert!(labels.iter().all(|label| label.len() == labels[0].len()));
        }
    }

    #[test]
    fn typing_the_letters_leads_to_the_link() {
        let numbers: Vec<usize> = (1..=30).collect();
        let mut hints = Hints::new(&numbers, Purpose::Follow);
        let key = |c| Key::plain(Code::Char(c));
        assert_eq!(hints.type_key(key('j')), Typed::More);
        assert_eq!(hints.type_key(key('F')), Typed::Link(27));
        let mut hints = Hints::new(&numbers, Purpose::Follow);
        assert_eq!(hints.type_key(key('x')), Typed::Nothing);
    }
}
