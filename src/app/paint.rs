//! Putting text on the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::config::glyphs::Glyphs;
use crate::config::kinds::Kinds;
use crate::config::theme::Theme;
use crate::layout::wrap::{fitting, width};
use crate::model::article::Kind;

/// How things look.
#[derive(Debug, Clone)]
pub struct Look {
    /// The styles.
    pub theme: Theme,
    /// The signs.
    pub glyphs: Glyphs,
    /// What the kinds of highlights are called, and their signs.
    pub kinds: Kinds,
}

/// The signs of the kinds where their own cannot be drawn.
const NUMBERS: [&str; Kind::COUNT] = ["1", "2", "3", "4", "5"];

impl Look {
    /// The style of a bookmark's sign: that of its words, but not underlined.
    pub fn sign(&self) -> Style {
        self.theme.bookmark.remove_modifier(Modifier::UNDERLINED)
    }

    /// The sign of a bookmark of this kind.
    pub fn sign_of(&self, kind: Option<Kind>) -> &str {
        let Some(kind) = kind else {
            return self.glyphs.bookmark;
        };
        let sign = self.kinds.sign(kind, self.glyphs.bookmark);
        let is_drawn = sign.is_ascii() || !self.glyphs.bookmark.is_ascii();
        match NUMBERS.get(kind.index()) {
            Some(number) if !is_drawn => number,
            Some(_) | None => sign,
        }
    }

    /// The style of the words of a bookmark of this kind.
    pub fn style_of(&self, kind: Option<Kind>) -> Style {
        let highlight = kind.map(|kind| kind.index() % Kind::COUNT);
        highlight.map_or(self.theme.bookmark, |index| self.theme.highlights[index])
    }

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
