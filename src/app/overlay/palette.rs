//! The palette: every action by its name, with its keys.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect};

use crate::action::Action;
use crate::app::line_edit::LineEdit;
use crate::app::list::List;
use crate::app::paint::{Look, put, row_style, shortened};
use crate::config::keymap::{Key, Keymap, Place};
use crate::layout::wrap;

/// All actions, the best matches for what is typed first.
#[derive(Debug)]
pub struct Palette {
    line: LineEdit,
    /// Every action with its name and help, and its keys where the palette was opened.
    entries: Vec<(Action, String, String)>,
    rows: Vec<usize>,
    list: List,
}

impl Palette {
    /// The palette, opened at a place.
    pub fn new(place: Place, keymap: &Keymap) -> Self {
        let entry = |action: &Action| {
            let text = format!("{}: {}", action.name().replace('_', " "), action.help());
            (*action, text, keymap.keys_for(place, *action).join("  "))
        };
        let entries = Action::all()
            .iter()
            .filter(|a| **a != Action::Nothing)
            .map(entry)
            .collect();
        let mut palette = Self {
            line: LineEdit::default(),
            entries,
            rows: Vec::new(),
            list: List::default(),
        };
        palette.make_rows();
        palette
    }

    /// Takes a key that types.
    pub fn type_key(&mut self, key: Key) {
        if self.line.key(key) {
            self.make_rows();
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        self.line.paste(text);
        self.make_rows();
    }

    /// Moves in the list.
    pub fn moves(&mut self, action: Action) -> bool {
        self.list.moves(action, 1)
    }

    /// The chosen action.
    pub fn chosen(&self) -> Option<Action> {
        self.rows.get(self.list.chosen).map(|&i| self.entries[i].0)
    }

    fn make_rows(&mut self) {
        let pattern = Pattern::parse(self.line.text(), CaseMatching::Smart, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut scored: Vec<(u32, usize)> = Vec::new();
        for (i, (_, text, _)) in self.entries.iter().enumerate() {
            if let Some(score) = pattern.score(Utf32Str::new(text, &mut buffer), &mut matcher) {
                scored.push((score, i));
            }
        }
        scored.sort_by_key(|&(score, i)| (std::cmp::Reverse(score), i));
        self.rows = scored.into_iter().map(|(_, i)| i).collect();
        self.list.set_len(self.rows.len());
        self.list.choose(0);
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

    /// Draws the palette; where the cursor goes.
    pub fn draw(&self, buffer: &mut Buffer, screen: Rect, look: &Look) -> Point {
        let inner = super::frame(buffer, screen, "Actions", look);
        let used = put(
            buffer,
            (inner.x, inner.y),
            inner.width,
            ": ",
            look.theme.accent,
        );
        let (text, cursor) = self.line.shown(inner.width.saturating_sub(used + 1));
        put(
            buffer,
            (inner.x + used, inner.y),
            inner.width.saturating_sub(used),
            text,
            look.theme.text,
        );
        for (y, row) in (inner.y + 2..inner.bottom()).zip(self.list.shown()) {
            let (_, text, keys) = &self.entries[self.rows[row]];
            let keys = shortened(keys, inner.width / 3, look.glyphs.ellipsis);
            let width = wrap::width(&keys);
            put(
                buffer,
                (inner.right().saturating_sub(width), y),
                width,
                &keys,
                look.theme.accent,
            );
            let room = inner.width.saturating_sub(width + 2);
            put(
                buffer,
                (inner.x, y),
                room,
                &shortened(text, room, look.glyphs.ellipsis),
                look.theme.text,
            );
            if row == self.list.chosen {
                row_style(buffer, inner, y, look.theme.selected);
            }
        }
        if self.rows.is_empty() && inner.height > 2 {
            put(
                buffer,
                (inner.x, inner.y + 2),
                inner.width,
                "no action is called that",
                look.theme.dim,
            );
        }
        Point::new(inner.x + used + cursor, inner.y)
    }
}
