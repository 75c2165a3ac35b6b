//! Putting text on the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::config::glyphs::Glyphs;
use crate::config::theme::Theme;
use crate::layout::wrap::{fitting, width};

/// How things look.
#[derive(Debug, Clone)]
pub struct Look {
    /// The styles.
    pub theme: Theme,
    /// The signs.
    pub glyphs: Glyphs,
}

impl Look {
    /// Between two things on one line.
    pub fn separator(&self) -> String {
        format!(" {} ", self.glyphs.dot)
    }
}

/// Writes text into a row, from `column` of the area on, cut with an ellipsis where it does not fit into `room` cells.
/// How many cells it took.
pub fn put(buffer: &mut Buffer, at: (u16, u16), room: u16, text: &str, style: Style) -> u16 {
    let (x, y) = at;
    let area = buffer.area;
    if room == 0 || y >= area.bottom() || x >= area.right() {
        return 0;
    }
    let room = room.min(area.right() - x);
    let (end, _) = buffer.set_stringn(x, y, text, usize::from(room), style);
    end - x
}

/// Text that fits into `room` cells: whole, or cut with an ellipsis.
pub fn shortened(text: &str, room: u16, ellipsis: &str) -> String {
    let mark = width(ellipsis);
    if width(text) <= room {
        text.to_owned()
    } else if room <= mark {
        fitting(text, room).to_owned()
    } else {
        format!("{}{ellipsis}", fitting(text, room - mark).trim_end())
    }
}

/// Gives a row of the screen one style.
pub fn row_style(buffer: &mut Buffer, area: Rect, row: u16, style: Style) {
    buffer.set_style(
        Rect {
            y: row,
            height: 1,
            ..area
        }
        .intersection(buffer.area),
        style,
    );
}

/// Minutes in words that fit anywhere: `3 min`, `2 h 05`.
pub fn minutes(minutes: u32) -> String {
    match minutes {
        0..100 => format!("{minutes} min"),
        _ => format!("{} h {:02}", minutes / 60, minutes % 60),
    }
}

/// A number as `u16`, the largest one when it is too large.
pub fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
