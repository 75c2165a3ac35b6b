//! What is to become of a passage whose words were lost or have changed: another place, a note, or nothing.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::difference::{Told, WIDEST, told};
use super::{frame_of, height};
use crate::app::paint::{Look, cells, put, shortened};
use crate::app::pane::reader::Reader;
use crate::config::keymap::{Code, Key};
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

/// A text that is shown: how far in, and in how many rows at most.
struct Part {
    indent: u16,
    told: Told,
    rows: usize,
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

    /// Draws the question, no larger than it is.
    pub fn draw(&self, buffer: &mut Buffer, screen: Rect, look: &Look) {
        let title = match (self.is_lost, self.kept.1.is_loose) {
            (_, true) => "A note whose words are gone",
            (true, false) => "These words are no longer in the text",
            (false, false) => "These words have changed",
        };
        let width = screen.width.min(WIDEST);
        let room = width.saturating_sub(4);
        let parts = self.parts(look);
        let lines = |part: &Part| {
            let mut lines = part.told.lines(room.saturating_sub(part.indent));
            lines.truncate(part.rows);
            lines
        };
        let count: usize = parts.iter().map(|part| lines(part).len()).sum();
        let high = cells(count).saturating_add(5).min(height(screen));
        let inner = frame_of(buffer, screen, (width, high), (title, look));
        let rows = parts
            .iter()
            .flat_map(|part| lines(part).into_iter().map(move |b| (part, b)));
        let last = inner.bottom().saturating_sub(2);
        for (y, (part, bytes)) in (inner.y + 1..last).zip(rows) {
            let row = Rect {
                x: inner.x + part.indent,
                width: inner.width.saturating_sub(part.indent),
                y,
                height: 1,
            };
            part.told.draw(buffer, row, bytes, look);
        }
        let hints = shortened(&self.hints(), inner.width, look.glyphs.ellipsis);
        let at = (inner.x, inner.bottom().saturating_sub(1));
        put(buffer, at, inner.width, &hints, look.theme.dim);
    }

    /// What is shown, from the top down.
    fn parts(&self, look: &Look) -> Vec<Part> {
        let (_, bookmark) = &self.kept;
        let mut parts = Vec::new();
        let mut add = |indent, told, rows| {
            parts.push(Part { indent, told, rows });
        };
        let path: Vec<&str> = bookmark.path().collect();
        if !path.is_empty() {
            let arrow = format!(" {} ", look.glyphs.arrow);
            let was = format!("kept from {}", path.join(&arrow));
            add(0, Told::plain(was, look.theme.dim), 1);
        }
        let words = in_one_line(&bookmark.quote.exact);
        add(2, Told::plain(words.clone(), look.theme.text), ROWS);
        if !bookmark.note.is_empty() {
            let note = format!("note: {}", in_one_line(&bookmark.note));
            add(2, Told::plain(note, look.theme.dim), 2);
        }
        for (number, place) in self.places.iter().enumerate() {
            let like = match (self.is_lost, number) {
                (false, _) => "now",
                (true, 0) => "most like it",
                (true, _) => "or",
            };
            let section = match place.section.as_str() {
                "" => String::new(),
                section => format!(", in {section}"),
            };
            let head = format!("{}  {like}{section}", number + 1);
            add(0, Told::plain(head, look.theme.accent), 1);
            let text = in_one_line(&place.text);
            let told = if self.is_lost {
                Told::plain(text, look.theme.text)
            } else {
                told(&words, &text, look)
            };
            add(3, told, 2 * ROWS);
        }
        parts
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
