//! What is to become of a passage whose words were lost or have changed: another place, a note, or nothing.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{frame, height};
use crate::app::paint::{Look, put, shortened};
use crate::app::pane::reader::Reader;
use crate::config::keymap::{Code, Key};
use crate::layout::wrap::{Widths, paragraph};
use crate::model::article::Kept;
use crate::model::document::Position;
use crate::model::outline::in_one_line;
use crate::model::quote::{Found, Quote};

/// A passage is shown with so many rows at most.
const ROWS: usize = 4;

/// A passage whose words were lost or have changed, and where it may be.
#[derive(Debug)]
pub struct Settle {
    /// The passage, with its article.
    pub kept: Kept,
    is_lost: bool,
    places: Vec<Candidate>,
}

/// A place where the passage may be.
#[derive(Debug)]
struct Candidate {
    range: Range<Position>,
    section: String,
    text: String,
}

/// What a key answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The words at this place are the passage from now on.
    Take(Range<Position>),
    /// It is kept as a note.
    Loosen,
    /// It is removed.
    Remove,
    /// Nothing becomes of it now.
    Leave,
    /// The key means nothing here.
    Nothing,
}

impl Settle {
    /// What can be asked of a passage of the open article that was found so. `None` when its words are as they were.
    pub fn of(reader: &Reader, kept: Kept, found: &Found) -> Option<Self> {
        let (is_lost, ranges) = match found {
            _ if kept.1.is_loose => (true, Vec::new()),
            Found::InPlace(_) | Found::Moved(_) => return None,
            Found::Changed(range, _) => (false, vec![range.clone()]),
            Found::Lost(places) => (true, places.clone()),
        };
        let candidate = |range: Range<Position>| Candidate {
            section: reader.section_title(range.start).to_owned(),
            text: Quote::take(&reader.document, range.clone()).exact,
            range,
        };
        Some(Self {
            kept,
            is_lost,
            places: ranges.into_iter().map(candidate).collect(),
        })
    }

    /// What a key answers.
    pub fn answer(&self, key: Key) -> Answer {
        let take = |place: usize| {
            let place = self.places.get(place);
            place.map_or(Answer::Nothing, |it| Answer::Take(it.range.clone()))
        };
        match key.code {
            _ if key.ctrl || key.alt => Answer::Nothing,
            Code::Esc | Code::Char('q') => Answer::Leave,
            Code::Char('1') => take(0),
            Code::Char('2') => take(1),
            Code::Char('k') if self.is_lost && !self.kept.1.is_loose => Answer::Loosen,
            Code::Char('d') => Answer::Remove,
            _ => Answer::Nothing,
        }
    }

    /// Draws the question.
    pub fn draw(&self, buffer: &mut Buffer, screen: Rect, look: &Look) {
        let title = match (self.is_lost, self.kept.1.is_loose) {
            (_, true) => "A note whose words are gone",
            (true, false) => "These words are no longer in the text",
            (false, false) => "These words have changed",
        };
        let inner = frame(buffer, screen, title, look);
        let mut y = inner.y + 1;
        let last = inner.bottom().saturating_sub(2);
        let mut rows = |y: &mut u16, (x, text): (u16, &str), style, most: usize| {
            let room = inner.width.saturating_sub(x);
            let widths = Widths {
                first: room,
                rest: room,
            };
            for bytes in paragraph(text, widths, None).into_iter().take(most) {
                if *y < last {
                    put(buffer, (inner.x + x, *y), room, &text[bytes], style);
                    *y += 1;
                }
            }
        };
        let (_, bookmark) = &self.kept;
        let path: Vec<&str> = bookmark.path().collect();
        let arrow = format!(" {} ", look.glyphs.arrow);
        let was = format!("kept from {}", path.join(&arrow));
        if !path.is_empty() {
            rows(&mut y, (0, &was), look.theme.dim, 1);
        }
        let words = in_one_line(&bookmark.quote.exact);
        rows(&mut y, (2, &words), look.theme.text, ROWS);
        if !bookmark.note.is_empty() {
            let note = format!("note: {}", in_one_line(&bookmark.note));
            rows(&mut y, (2, &note), look.theme.dim, 2);
        }
        for (number, place) in self.places.iter().enumerate() {
            y += 1;
            let like = match (self.is_lost, number) {
                (false, _) => "now",
                (true, 0) => "most like it",
                (true, _) => "or",
            };
            let head = format!("{}  {like}, in {}", number + 1, place.section);
            rows(&mut y, (0, &head), look.theme.accent, 1);
            rows(
                &mut y,
                (3, &in_one_line(&place.text)),
                look.theme.text,
                ROWS,
            );
        }
        let hints = shortened(&self.hints(), inner.width, look.glyphs.ellipsis);
        let at = (inner.x, inner.bottom().saturating_sub(1));
        if height(screen) > 4 {
            put(buffer, at, inner.width, &hints, look.theme.dim);
        }
    }

    fn hints(&self) -> String {
        let mut hints = Vec::new();
        match (self.is_lost, self.places.len()) {
            (false, _) => hints.push("1 keep the words as they are now"),
            (true, 0) => {}
            (true, 1) => hints.push("1 it is there"),
            (true, _) => hints.push("1 2 it is there"),
        }
        if self.is_lost && !self.kept.1.is_loose {
            hints.push("k keep as a note");
        }
        hints.extend(["d delete", "Esc leave it"]);
        hints.join("   ")
    }
}
