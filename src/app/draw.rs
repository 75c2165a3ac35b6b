//! The whole screen, drawn from what the program knows.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect};

use super::noting::{note_area, note_hints};
use super::overlay::Overlay;
use super::overlay::prompt::{Prompt, Purpose};
use super::paint::{put, shortened};
use super::query_line::QueryLine;
use super::{App, Pane, pane};
use crate::action::Action;
use crate::config::glyphs::Glyphs;
use crate::layout::wrap;
use crate::model::query::Over;

/// What can be done in the library, for who does not know yet.
const LIBRARY_HINTS: [(Action, &str); 3] = [
    (Action::Open, "read"),
    (Action::Search, "filter"),
    (Action::Help, "help"),
];
/// What can be done with what is selected.
const SELECTION_HINTS: [(Action, &str); 5] = [
    (Action::Highlight, "highlight"),
    (Action::Note, "note"),
    (Action::Tag, "tag"),
    (Action::Copy, "copy"),
    (Action::Help, "keys"),
];
/// What can be done with a bookmark.
const BOOKMARK_HINTS: [(Action, &str); 3] = [
    (Action::Open, "go there"),
    (Action::Remove, "remove"),
    (Action::Note, "note"),
];

impl App {
    /// Shows what the program knows; changes nothing.
    pub fn draw(&self, frame: &mut Frame) {
        let screen = frame.area();
        if screen.is_empty() || screen.as_size() != self.size {
            return;
        }
        let buffer = frame.buffer_mut();
        match self.focus {
            Pane::Library => self.library.draw(buffer, self.areas().body, &self.look),
            Pane::Bookmarks => self.bookmarks.draw(buffer, self.areas().body, &self.look),
            Pane::Contents | Pane::Text => self.draw_reading(buffer),
        }
        self.draw_status(buffer);
        let cursor = self.draw_overlay(buffer);
        if self.look.glyphs == Glyphs::ASCII {
            let text = (self.is_reading()).then(|| self.areas().column);
            plain(buffer, text.unwrap_or_default());
        }
        if let Some(cursor) = cursor {
            frame.set_cursor_position(cursor);
        }
    }

    fn draw_reading(&self, buffer: &mut Buffer) {
        let Some(reader) = &self.reader else { return };
        let areas = self.areas();
        if let Some(area) = areas.contents {
            self.contents.draw(
                buffer,
                area,
                (reader, self.focus == Pane::Contents),
                &self.look,
            );
        }
        reader.draw(buffer, (areas.column, areas.text), &self.look);
        if reader.document.is_empty() {
            let words = "this article is empty";
            put(
                buffer,
                (areas.column.x, areas.column.y),
                areas.column.width,
                words,
                self.look.theme.dim,
            );
        }
    }

    fn draw_status(&self, buffer: &mut Buffer) {
        let areas = self.areas();
        let (theme, ellipsis) = (&self.look.theme, self.look.glyphs.ellipsis);
        if let Some(notice) = &self.notice {
            let line = self.bottom_line();
            let style = if notice.is_warning {
                theme.warning
            } else {
                theme.notice
            };
            let room = line.width.saturating_sub(4);
            clear(buffer, line);
            put(
                buffer,
                (line.x + 2, line.y),
                room,
                &shortened(&notice.text, room, ellipsis),
                style,
            );
            return;
        }
        if areas.status.is_empty() {
            return;
        }
        let pending = self.pending.shown();
        let (left, mut right) = match (self.focus, &self.reader) {
            (Pane::Text, Some(reader)) if reader.selection().is_some() => {
                let left = reader.selection_status();
                let room = areas.status.width.saturating_sub(wrap::width(&left));
                (left, self.hints(&SELECTION_HINTS, room))
            }
            (Pane::Text | Pane::Contents, Some(reader)) => {
                let right = reader.status_right(areas.status.width, &self.look.separator());
                (reader.status_left(&self.look), right)
            }
            (Pane::Bookmarks, _) => (
                String::new(),
                self.hints(&BOOKMARK_HINTS, areas.status.width),
            ),
            (_, _) => (
                String::new(),
                self.hints(&LIBRARY_HINTS, areas.status.width),
            ),
        };
        if !pending.is_empty() {
            right = format!("{pending}  {right}");
        }
        pane::reader::status(buffer, areas.status, (&left, &right), &self.look);
    }

    /// Some actions with the keys that ask for them here, as many as fit; those without a key are left out.
    fn hints(&self, hints: &[(Action, &str)], room: u16) -> String {
        let place = self.place();
        let hint = |(action, words): &(Action, &str)| {
            let key = self
                .config
                .keymap
                .keys_for(place, *action)
                .into_iter()
                .next()?;
            Some(format!("{key} {words}"))
        };
        let mut hints: Vec<String> = hints.iter().filter_map(hint).collect();
        let separator = self.look.separator();
        while hints.len() > 1 && wrap::width(&hints.join(&separator)) + 6 > room {
            hints.pop();
        }
        hints.join(&separator)
    }

    fn draw_overlay(&self, buffer: &mut Buffer) -> Option<Point> {
        let body = self.areas().body;
        match self.overlay.as_ref()? {
            Overlay::Help(help) => help.draw(buffer, body, &self.look),
            Overlay::Palette(palette) => Some(palette.draw(buffer, body, &self.look)),
            Overlay::Search(search) => Some(search.draw(buffer, body, &self.look)),
            Overlay::Difference(difference) => {
                difference.draw(buffer, body, &self.look);
                None
            }
            Overlay::Note(note) => {
                let hints = note_hints(&self.config.keymap);
                Some(note.draw(buffer, note_area(self.size), (&hints, &self.look)))
            }
            Overlay::Settle(settle) => {
                settle.draw(buffer, body, &self.look);
                None
            }
            Overlay::Prompt(prompt) => Some(self.draw_prompt(buffer, prompt)),
            Overlay::Browse(browse) => {
                browse.draw(buffer, body, &self.look);
                None
            }
            Overlay::Links(links) => {
                let document = &self.reader.as_ref()?.document;
                Some(links.draw(buffer, body, (document, &self.look)))
            }
            Overlay::Hints(hints) => {
                if let Some(reader) = &self.reader {
                    hints.draw(buffer, self.areas().column, reader, &self.look);
                }
                None
            }
            Overlay::Confirm(confirm) => {
                let line = self.bottom_line();
                clear(buffer, line);
                confirm.draw(buffer, line, &self.look);
                None
            }
        }
    }

    fn draw_prompt(&self, buffer: &mut Buffer, prompt: &Prompt) -> Point {
        let line = &prompt.line;
        match prompt.purpose {
            Purpose::Filter => {
                let (shown, all) = (self.library.shown(), self.library.len());
                let query = QueryLine {
                    label: "filter: ",
                    line,
                    over: Over::Lists,
                    mistake: self.library.mistake(),
                    note: &format!("{shown} of {all} articles"),
                };
                self.draw_query(buffer, query)
            }
            Purpose::NarrowBookmarks => {
                let (shown, all) = self.bookmarks.counts();
                let query = QueryLine {
                    label: "bookmarks: ",
                    line,
                    over: Over::Bookmarks,
                    mistake: self.bookmarks.mistake(),
                    note: &format!("{shown} of {all} bookmarks"),
                };
                self.draw_query(buffer, query)
            }
            Purpose::Search(_) | Purpose::Narrow | Purpose::Tags(_) => {
                let line = self.bottom_line();
                clear(buffer, line);
                prompt.draw(buffer, line, &self.look)
            }
        }
    }

    /// Draws a line on which a query is typed, with one under it for what is wrong or what it comes to.
    fn draw_query(&self, buffer: &mut Buffer, query: QueryLine) -> Point {
        let bottom = self.bottom_line();
        let height = 2.min(self.size.height);
        let area = Rect {
            y: self.size.height - height,
            height,
            ..bottom
        };
        clear(buffer, area);
        let row = |y| Rect {
            x: area.x + 2,
            y,
            width: area.width.saturating_sub(4),
            height: 1,
        };
        let under = if height < 2 {
            Rect::ZERO
        } else {
            row(area.y + 1)
        };
        query.draw(buffer, row(area.y), under, &self.look)
    }

    /// Where notices and prompts go: the status line, or the last row when that is hidden.
    fn bottom_line(&self) -> Rect {
        let y = self.size.height.saturating_sub(1);
        Rect {
            x: 0,
            y,
            width: self.size.width,
            height: 1.min(self.size.height),
        }
    }
}

fn clear(buffer: &mut Buffer, area: Rect) {
    use ratatui::widgets::{Clear, Widget};
    Clear.render(area, buffer);
}

/// Writes our own words without typographic signs: what is not in the article's text.
fn plain(buffer: &mut Buffer, text: Rect) {
    for point in buffer.area.positions().filter(|p| !text.contains(*p)) {
        let cell = &mut buffer[point];
        let sign = match cell.symbol() {
            "“" | "”" => "\"",
            "…" => Glyphs::ASCII.ellipsis,
            "·" => Glyphs::ASCII.dot,
            _ => continue,
        };
        cell.set_symbol(sign);
    }
}
