//! Where everything is on the screen: a pure function of its size and what is shown.

use ratatui::layout::{Position as Point, Rect, Size};

/// Under so many columns the contents hide themselves.
const CONTENTS_FROM: u16 = 60;
/// The text keeps so many columns beside the contents.
const LEAST_TEXT: u16 = 28;
/// Columns left of the text for the margin bar and the signs of bookmarks.
pub const MARGIN: u16 = 3;

/// What is shown besides the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown {
    /// Columns of the contents; `None` when they are not wanted.
    pub contents: Option<u16>,
    /// Whether the status line is shown.
    pub status: Status,
    /// How wide the text should be.
    pub measure: u16,
}

/// Whether the line at the bottom is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It is.
    Shown,
    /// It is not.
    Hidden,
}

/// The areas of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// Everything above the status line: where lists and overlays go.
    pub body: Rect,
    /// The contents, when there is room for them.
    pub contents: Option<Rect>,
    /// The pane of the text, margins included.
    pub text: Rect,
    /// The column in which the text stands.
    pub column: Rect,
    /// The status line; where notices and prompts go. Empty when hidden.
    pub status: Rect,
}

impl Areas {
    /// The areas of a screen of this size.
    pub fn new(size: Size, shown: Shown) -> Self {
        let status_height = u16::from(shown.status == Status::Shown && size.height > 1);
        let body = Rect::new(0, 0, size.width, size.height - status_height);
        let status = Rect::new(0, body.height, size.width, status_height);
        let contents_width = match shown.contents {
            Some(width) if size.width >= CONTENTS_FROM => width.min(size.width - LEAST_TEXT),
            _ => 0,
        };
        let contents = (contents_width > 0).then(|| Rect {
            width: contents_width,
            ..body
        });
        let text = Rect {
            x: contents_width,
            width: body.width - contents_width,
            ..body
        };
        Self {
            body,
            contents,
            text,
            column: column(text, shown.measure),
            status,
        }
    }

    /// Whether a cell is in the contents.
    pub fn in_contents(&self, column: u16, row: u16) -> bool {
        self.contents
            .is_some_and(|area| area.contains(Point::new(column, row)))
    }
}

/// The column of the text: as wide as asked for where there is room, in the middle of its pane, under a free row where
/// the pane is high enough.
fn column(pane: Rect, measure: u16) -> Rect {
    let margin = if pane.width > 30 { MARGIN } else { 1 };
    let width = measure
        .min(pane.width.saturating_sub(2 * margin))
        .max(1)
        .min(pane.width.max(1));
    let left = (pane.width.saturating_sub(width)) / 2;
    let top = u16::from(pane.height > 12);
    Rect {
        x: pane.x + left,
        y: pane.y + top,
        width,
        height: pane.height - top,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(width: u16, height: u16) -> Areas {
        let shown = Shown {
            contents: Some(30),
            status: Status::Shown,
            measure: 72,
        };
        Areas::new(Size::new(width, height), shown)
    }

    #[test]
    fn the_contents_hide_on_a_narrow_screen() {
        assert!(areas(80, 24).contents.is_some());
        assert!(areas(59, 24).contents.is_none());
    }

    #[test]
    fn the_text_is_in_the_middle_and_never_wider_than_its_pane() {
        assert_eq!(areas(120, 40).column, Rect::new(39, 1, 72, 38));
        assert_eq!(areas(40, 12).column, Rect::new(3, 0, 34, 11));
    }

    #[test]
    fn every_size_has_areas_inside_the_screen() {
        for width in 0..130 {
            for height in 0..50 {
                let screen = Rect::new(0, 0, width, height);
                let a = areas(width, height);
                for area in [Some(a.body), a.contents, Some(a.text), Some(a.status)]
                    .into_iter()
                    .flatten()
                {
                    assert_eq!(area.intersection(screen), area, "{width}x{height}");
                }
                assert!(
                    a.column.right() <= width.max(1) && a.column.bottom() <= height,
                    "{width}x{height}"
                );
            }
        }
    }
}
