//! Text of several lines that is typed.

mod past;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect, Size};
use ratatui::style::Style;

use crate::app::paint::put;
use crate::config::keymap::{Code, Key};
use crate::layout::typed::{Flow, line_at, next, previous};
use crate::layout::wrap;
use crate::model::visible::visible;

use past::{Kind, Past};

/// A tab is typed and pasted as so many spaces.
const TAB: &str = "    ";
/// No more bytes than this make one sign on the screen.
const MAX_SIGN: usize = 64;

/// Text that is typed, with its cursor and what can be taken back.
#[derive(Debug)]
pub struct TextEdit {
    /// Without control characters but newlines and tabs.
    text: String,
    /// The place before which the next character goes.
    cursor: usize,
    /// The column that the cursor keeps while it moves up and down.
    goal: Option<u16>,
    /// The place at the start of the first row that is shown.
    top: usize,
    /// What is shown of it at once.
    size: Size,
    past: Past,
}

impl TextEdit {
    /// Text that is there already, with the cursor at its end.
    pub fn holding(text: &str) -> Self {
        let text = clean(text);
        Self {
            cursor: text.len(),
            text,
            goal: None,
            top: 0,
            size: Size::new(80, 24),
            past: Past::default(),
        }
    }

    /// What has been typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Tells how many cells there are to show it in.
    pub fn set_size(&mut self, size: Size) {
        self.size = Size::new(size.width.max(1), size.height.max(1));
        self.scroll();
    }

    /// Takes text as it was pasted.
    pub fn paste(&mut self, text: &str) {
        let is_turning = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let acts = |c: char| c.is_control() && c != '\n';
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.replace('\t', TAB).replace(is_turning, "");
        self.change(
            self.cursor..self.cursor,
            &text.replace(acts, " "),
            Kind::Whole,
        );
    }

    /// Takes another text in the place of this one.
    pub fn replace(&mut self, text: &str) {
        self.change(0..self.text.len(), &clean(text), Kind::Whole);
    }

    /// Takes the last change back. Whether there was one.
    pub fn undo(&mut self) -> bool {
        let place = self.past.undo(&mut self.text);
        self.stand(place)
    }

    /// Makes the change again that was taken back last. Whether there was one.
    pub fn redo(&mut self) -> bool {
        let place = self.past.redo(&mut self.text);
        self.stand(place)
    }

    /// Takes a key that types or moves.
    pub fn key(&mut self, key: Key) {
        let (at, line) = (self.cursor, line_at(&self.text, self.cursor));
        match (key.code, key.ctrl, key.alt) {
            (Code::Char(c), false, false) if !c.is_control() => {
                self.change(at..at, c.encode_utf8(&mut [0; 4]), Kind::Typed);
            }
            (Code::Enter, _, _) | (Code::Char('j'), true, false) => {
                self.change(at..at, "\n", Kind::Typed);
            }
            (Code::Tab, false, false) if !key.shift => self.change(at..at, TAB, Kind::Typed),
            (Code::Backspace, false, false) | (Code::Char('h'), true, false) => {
                self.change(previous(&self.text, at)..at, "", Kind::Erased);
            }
            (Code::Backspace, _, _) | (Code::Char('w'), true, false) => {
                self.change(self.word_before()..at, "", Kind::Whole);
            }
            (Code::Delete, false, false) | (Code::Char('d'), true, false) => {
                self.change(at..next(&self.text, at), "", Kind::Erased);
            }
            (Code::Delete, _, _) | (Code::Char('d'), false, true) => {
                self.change(at..self.word_after(), "", Kind::Whole);
            }
            // at the end of a line they take the newline, so that pressed again and again they go on
            (Code::Char('u'), true, false) => {
                let start = if line.start < at {
                    line.start
                } else {
                    at.saturating_sub(1)
                };
                self.change(start..at, "", Kind::Whole);
            }
            (Code::Char('k'), true, false) => {
                let end = if at < line.end {
                    line.end
                } else {
                    next(&self.text, at)
                };
                self.change(at..end, "", Kind::Whole);
            }
            (Code::Left, false, false) | (Code::Char('b'), true, false) => {
                self.go(previous(&self.text, at));
            }
            (Code::Right, false, false) | (Code::Char('f'), true, false) => {
                self.go(next(&self.text, at));
            }
            (Code::Left, _, _) | (Code::Char('b'), false, true) => self.go(self.word_before()),
            (Code::Right, _, _) | (Code::Char('f'), false, true) => self.go(self.word_after()),
            (Code::Home, _, _) | (Code::Char('a'), true, false) => self.go(line.start),
            (Code::End, _, _) | (Code::Char('e'), true, false) => self.go(line.end),
            _ => {}
        }
    }

    /// Moves so many rows up.
    pub fn up(&mut self, rows: usize) {
        let row = self.flow().up(self.cursor).take(rows).last();
        match row {
            Some(row) => self.go_in(row),
            None => self.top(),
        }
    }

    /// Moves so many rows down.
    pub fn down(&mut self, rows: usize) {
        let row = self.flow().down(self.cursor).skip(1).take(rows).last();
        match row {
            Some(row) => self.go_in(row),
            None => self.end(),
        }
    }

    /// Moves to the start of the text.
    pub fn top(&mut self) {
        self.go(0);
    }

    /// Moves to the end of the text.
    pub fn end(&mut self) {
        self.go(self.text.len());
    }

    /// How many rows are a page.
    pub fn page(&self) -> usize {
        usize::from(self.size.height.saturating_sub(1).max(1))
    }

    /// Moves to a cell of what is shown.
    pub fn point_at(&mut self, column: u16, row: u16) {
        let row = self.flow().down(self.top).take(usize::from(row) + 1).last();
        if let Some(row) = row {
            self.go(self.flow().place(row, column));
        }
    }

    /// Draws what is to be seen of it from the corner of an area on; where the cursor goes, which may be one cell right
    /// of it.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, style: Style) -> Point {
        let flow = self.flow();
        let mut cursor = Point::new(area.x, area.y);
        for (y, row) in (area.y..area.bottom()).zip(flow.down(self.top)) {
            if row.start <= self.cursor && self.cursor <= row.end {
                cursor = Point::new(area.x, y);
            }
            for cell in wrap::cells(&self.text, row) {
                if cell.column.saturating_add(cell.width) > area.width {
                    break;
                }
                let at = (area.x + cell.column, y);
                put(buffer, at, cell.width, sign(cell.symbol), style);
            }
        }
        cursor.x += flow.column(self.cursor).min(area.width);
        cursor
    }

    fn flow(&self) -> Flow<'_> {
        Flow::new(&self.text, self.size.width)
    }

    fn change(&mut self, bytes: Range<usize>, with: &str, kind: Kind) {
        if bytes.is_empty() && with.is_empty() {
            return;
        }
        let place = self.past.change(&mut self.text, bytes, with, kind);
        self.stand(Some(place));
    }

    /// Moves by the reader's wish: what is typed from now on is taken back alone.
    fn go(&mut self, place: usize) {
        self.past.pause();
        self.stand(Some(place));
    }

    fn go_in(&mut self, row: Range<usize>) {
        let goal = self.goal.unwrap_or_else(|| self.flow().column(self.cursor));
        self.go(self.flow().place(row, goal));
        self.goal = Some(goal);
    }

    fn stand(&mut self, place: Option<usize>) -> bool {
        if let Some(place) = place {
            self.cursor = place;
            self.goal = None;
            self.scroll();
        }
        place.is_some()
    }

    /// Has the row of the cursor shown, and as many others as there is room for.
    fn scroll(&mut self) {
        let height = usize::from(self.size.height);
        let top = self.text.floor_char_boundary(self.top.min(self.text.len()));
        let flow = self.flow();
        let above = |at, rows| flow.up(at).take(rows).last().map(|row| row.start);
        let first = flow.row_at(top).start;
        let here = flow.row_at(self.cursor).start;
        let highest = above(here, height - 1).unwrap_or(here);
        let mut top = first.min(here).max(highest);
        let free = height.saturating_sub(flow.down(top).take(height).count());
        top = above(top, free).unwrap_or(top);
        self.top = top;
    }

    /// Where the word before the cursor begins; a newline is a word.
    fn word_before(&self) -> usize {
        let before = &self.text[..self.cursor];
        let word = before.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '\n');
        if word.ends_with('\n') && word.len() == before.len() {
            return word.len() - 1;
        }
        word.trim_end_matches(char::is_alphanumeric).len()
    }

    /// Where the word after the cursor ends; a newline is a word.
    fn word_after(&self) -> usize {
        let after = &self.text[self.cursor..];
        let word = after.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '\n');
        if word.starts_with('\n') && word.len() == after.len() {
            return self.cursor + 1;
        }
        self.text.len() - word.trim_start_matches(char::is_alphanumeric).len()
    }
}

/// Text from outside as it can be edited and drawn.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    visible(Cow::Owned(text)).into_owned()
}

/// A sign as it is drawn: a letter under a thousand accents would be written to the terminal with all of them.
fn sign(symbol: &str) -> &str {
    if symbol.len() > MAX_SIGN {
        "\u{fffd}"
    } else {
        symbol
    }
}
