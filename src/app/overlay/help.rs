//! The help: the keys that work where it was opened, made from the bindings in force.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect};

use crate::action::Action;
use crate::app::event::Asked;
use crate::app::find::Pattern;
use crate::app::line_edit::LineEdit;
use crate::app::list::List;
use crate::app::paint::{Look, put, shortened};
use crate::config::keymap::{Code, Key, Keymap, Place};
use crate::layout::wrap;

/// Columns of the keys.
const KEYS: u16 = 22;

/// The help of one place.
#[derive(Debug)]
pub struct Help {
    place: Place,
    entries: Vec<(String, Action)>,
    rows: Vec<usize>,
    list: List,
    /// The words looked for, while and after they are typed.
    line: Option<LineEdit>,
    is_typing: bool,
}

impl Help {
    /// The help of a place: each action once, with all its keys, in the order of the actions.
    pub fn new(place: Place, keymap: &Keymap) -> Self {
        let mut entries: Vec<(String, Action)> = Vec::new();
        for action in Action::all() {
            let keys = keymap.keys_for(place, *action);
            if !keys.is_empty() {
                entries.push((keys.join("  "), *action));
            }
        }
        let mut help = Self {
            place,
            entries,
            rows: Vec::new(),
            list: List::default(),
            line: None,
            is_typing: false,
        };
        help.make_rows();
        help
    }

    /// Whether keys type words to look for.
    pub const fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// Takes a key that types. Enter keeps what was found, Esc shows everything again.
    pub fn type_key(&mut self, key: Key) {
        match key.code {
            Code::Enter => self.is_typing = false,
            Code::Esc => {
                self.is_typing = false;
                self.line = None;
            }
            _ => {
                if let Some(line) = &mut self.line {
                    line.key(key);
                }
            }
        }
        self.make_rows();
    }

    /// Does an action here. Whether it was one for the help.
    pub fn act(&mut self, asked: Asked) -> bool {
        if asked.action == Action::Search {
            self.line.get_or_insert_default();
            self.is_typing = true;
            return true;
        }
        self.list
            .moves(asked.action, asked.count.map_or(1, |c| c as usize))
    }

    fn make_rows(&mut self) {
        let pattern = self
            .line
            .as_ref()
            .and_then(|line| Pattern::new(line.text()));
        let holds = |(keys, action): &(String, Action)| {
            pattern
                .as_ref()
                .is_none_or(|p| p.is_in(&action.help()) || p.is_in(&action.name()) || p.is_in(keys))
        };
        self.rows = (0..self.entries.len())
            .filter(|&i| holds(&self.entries[i]))
            .collect();
        self.list.set_len(self.rows.len());
    }

    /// Tells how large the screen is.
    pub fn set_area(&mut self, screen: Rect) {
        let height = if screen.height > 16 {
            screen.height - 4
        } else {
            screen.height
        };
        self.list.set_height(usize::from(height.saturating_sub(4)));
    }

    /// Draws the help; where the cursor goes when words are typed.
    pub fn draw(&self, buffer: &mut Buffer, screen: Rect, look: &Look) -> Option<Point> {
        let inner = super::frame(
            buffer,
            screen,
            &format!("Keys: {}", self.place.name()),
            look,
        );
        let cursor = match &self.line {
            Some(line) => {
                let used = put(
                    buffer,
                    (inner.x, inner.y),
                    inner.width,
                    "/",
                    look.theme.accent,
                );
                let (text, cursor) = line.shown(inner.width.saturating_sub(2));
                put(
                    buffer,
                    (inner.x + used, inner.y),
                    inner.width - used.min(inner.width),
                    text,
                    look.theme.text,
                );
                self.is_typing
                    .then(|| Point::new(inner.x + used + cursor, inner.y))
            }
            None => {
                put(
                    buffer,
                    (inner.x, inner.y),
                    inner.width,
                    "/ finds a key, Esc closes",
                    look.theme.dim,
                );
                None
            }
        };
        let keys = KEYS.min(inner.width / 3);
        for (y, row) in (inner.y + 2..inner.bottom()).zip(self.list.shown()) {
            let (written, action) = &self.entries[self.rows[row]];
            let written = shortened(written, keys.saturating_sub(1), look.glyphs.ellipsis);
            put(buffer, (inner.x, y), keys, &written, look.theme.accent);
            let room = inner.width.saturating_sub(keys);
            let help = shortened(&action.help(), room, look.glyphs.ellipsis);
            put(buffer, (inner.x + keys, y), room, &help, look.theme.text);
            if row == self.list.chosen {
                crate::app::paint::row_style(buffer, inner, y, look.theme.selected_dim);
            }
        }
        let more = self.list.len() > self.list.shown().end;
        if more {
            let x = inner.right().saturating_sub(wrap::width(look.glyphs.below));
            put(
                buffer,
                (x, inner.bottom()),
                1,
                look.glyphs.below,
                look.theme.dim,
            );
        }
        cursor
    }
}
