//! A question before something large is changed.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::paint::{Look, put, shortened};
use crate::config::keymap::{Code, Key};
use crate::model::state::Change;

/// A question that `y` or Enter answers with yes and every other key with no.
#[derive(Debug)]
pub struct Confirm {
    /// What is asked.
    pub question: String,
    /// What yes does.
    pub change: Change,
}

impl Confirm {
    /// Whether a key means yes.
    pub fn is_yes(key: Key) -> bool {
        matches!(key.code, Code::Char('y' | 'Y') | Code::Enter) && !key.ctrl && !key.alt
    }

    /// Draws the question in the line at the bottom.
    pub fn draw(&self, buffer: &mut Buffer, line: Rect, look: &Look) {
        let room = line.width.saturating_sub(4);
        let text = shortened(
            &format!("{} y / n", self.question),
            room,
            look.glyphs.ellipsis,
        );
        put(
            buffer,
            (line.x + 2, line.y),
            room,
            &text,
            look.theme.warning,
        );
    }
}
