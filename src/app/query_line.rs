//! A line on which a query is typed: what is wrong is marked and told under its place, what can be completed stands dim
//! behind the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect};

use super::line_edit::LineEdit;
use super::paint::{Look, put, shortened};
use crate::config::keymap::{Code, Key};
use crate::layout::wrap;
use crate::model::query::{self, Mistake, Over};

/// What of a query is shown on its line and on the one under it.
#[derive(Debug, Clone, Copy)]
pub struct QueryLine<'a> {
    /// Before what is typed.
    pub label: &'a str,
    /// What is typed.
    pub line: &'a LineEdit,
    /// What it goes over.
    pub over: Over,
    /// What is wrong in it.
    pub mistake: Option<&'a Mistake>,
    /// What it comes to, when nothing is wrong.
    pub note: &'a str,
}

impl QueryLine<'_> {
    /// Draws the line and, if `under` has rows, the one under it; where the cursor goes.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, under: Rect, look: &Look) -> Point {
        let theme = &look.theme;
        let used = put(
            buffer,
            (area.x, area.y),
            area.width,
            self.label,
            theme.accent,
        );
        let x = area.x + used;
        let room = area.width.saturating_sub(used + 1);
        let (text, cursor) = self.line.shown(room);
        let mut end = x + put(buffer, (x, area.y), room, text, theme.text);
        if let Some(rest) = self.completion() {
            let room = area.right().saturating_sub(end);
            end += put(buffer, (end, area.y), room, &rest, theme.dim);
        }
        if self.mistake.is_some() {
            self.mark(buffer, (x, area.y), (text, end - x), look);
            self.tell(buffer, under, (x, text), look);
        } else if !under.is_empty() {
            let note = if self.line.text().trim().is_empty() {
                fields(self.over)
            } else {
                self.note.to_owned()
            };
            let note = shortened(&note, under.width, look.glyphs.ellipsis);
            put(buffer, (under.x, under.y), under.width, &note, theme.dim);
        }
        let last = area.right().saturating_sub(1);
        Point::new((x + cursor).min(last), area.y)
    }

    /// Marks what is wrong, where it can be seen.
    fn mark(&self, buffer: &mut Buffer, at: (u16, u16), shown: (&str, u16), look: &Look) {
        let Some(mistake) = self.mistake else { return };
        let (text, room) = shown;
        let hidden = self.line.text().len() - text.len();
        let place = |byte: usize| text.get(..byte.saturating_sub(hidden)).map(wrap::width);
        if let (Some(start), Some(end)) = (place(mistake.at.start), place(mistake.at.end)) {
            let (start, end) = (start.min(room), end.min(room));
            let area = Rect::new(at.0 + start, at.1, end - start, 1);
            buffer.set_style(area.intersection(buffer.area), look.theme.warning);
        }
    }

    /// Tells what is wrong under its place, or as near as it fits.
    fn tell(&self, buffer: &mut Buffer, under: Rect, shown: (u16, &str), look: &Look) {
        let Some(mistake) = self.mistake.filter(|_| !under.is_empty()) else {
            return;
        };
        let (x, text) = shown;
        let hidden = self.line.text().len() - text.len();
        let before = text.get(..mistake.at.start.saturating_sub(hidden));
        let what = shortened(
            &format!("{} {}", look.glyphs.above, mistake.what),
            under.width,
            look.glyphs.ellipsis,
        );
        let place = x + before.map_or(0, wrap::width);
        let last = under.right().saturating_sub(wrap::width(&what));
        let at = place.min(last).max(under.x);
        put(
            buffer,
            (at, under.y),
            under.right() - at,
            &what,
            look.theme.warning,
        );
    }

    /// What the key for it would add at the end.
    fn completion(&self) -> Option<String> {
        completion(self.line, self.over)
    }
}

/// Takes a key that may complete: Right or End at the end of the line. Whether it did.
pub fn complete(line: &mut LineEdit, key: Key, over: Over) -> bool {
    if !matches!(key.code, Code::Right | Code::End | Code::Tab) || key.ctrl || key.alt {
        return false;
    }
    let Some(rest) = completion(line, over) else {
        return false;
    };
    let text = format!("{}{rest}", line.text());
    *line = LineEdit::holding(&text);
    true
}

/// What a line whose cursor is at its end may go on with: a name that two letters have begun.
fn completion(line: &LineEdit, over: Over) -> Option<String> {
    let text = line.text();
    let word = text
        .rsplit(|c: char| !c.is_ascii_alphabetic())
        .next()
        .unwrap_or("");
    let is_value = text[..text.len() - word.len()].ends_with(':');
    if !line.is_at_end() || word.len() + usize::from(is_value) < 2 {
        return None;
    }
    let first = query::completions(text, over).into_iter().next()?;
    first.get(text.len()..).map(str::to_owned)
}

/// The names of all fields.
fn fields(over: Over) -> String {
    let names: Vec<String> = query::fields(over)
        .map(|(name, _)| format!("{name}:"))
        .collect();
    format!("{}  \"phrase\"  -not  OR", names.join(" "))
}
