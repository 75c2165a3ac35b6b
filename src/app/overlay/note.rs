//! A note to a bookmark, as it is written.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect, Size};

use crate::action::Action;
use crate::app::paint::{Look, put, shortened};
use crate::app::pane::bookmarks;
use crate::app::text_edit::TextEdit;
use crate::layout::wrap;
use crate::model::article::{Article, Bookmark, BookmarkId};
use crate::model::outline::first_words;
use crate::model::state::Change;

/// Cells of the frame, where there are so many.
const WIDTH: u16 = 76;
/// Rows of the frame, where there are so many: half of the screen, but at least and at most these.
const HEIGHTS: (u16, u16) = (8, 16);
/// A smaller area is no place for a frame.
const FRAMED_FROM: Size = Size::new(12, 5);
/// Rows inside the frame from which on the last one tells the keys.
const HINTS_FROM: u16 = 3;

/// A note that is written, and to which bookmark, which may be new and not be kept yet.
#[derive(Debug)]
pub struct Note {
    about: Box<(Article, Bookmark)>,
    text: TextEdit,
    /// What it was before.
    was: String,
    /// Whether the reader's own editor has it: keys are not for us then.
    pub is_outside: bool,
}

impl Note {
    /// The note of a bookmark, to be gone on with.
    pub fn new(article: Article, bookmark: Bookmark) -> Self {
        let text = TextEdit::holding(&bookmark.note);
        Self {
            was: text.text().to_owned(),
            text,
            about: Box::new((article, bookmark)),
            is_outside: false,
        }
    }

    /// The note as it will be when it is kept, to be gone on with.
    pub fn again(&self) -> Self {
        let (article, bookmark) = &*self.about;
        let note = self.text().to_owned();
        let bookmark = Bookmark {
            note,
            ..bookmark.clone()
        };
        Self::new(article.clone(), bookmark)
    }

    /// Takes the place of an older one that did not get to the disk: what is there is what was there before that.
    pub fn follow(&mut self, older: Self) {
        (self.about, self.was) = (older.about, older.was);
    }

    /// Which bookmark it is of.
    pub fn of(&self) -> &BookmarkId {
        &self.about.1.id
    }

    /// The text as it is kept: without the blanks at its end.
    pub fn text(&self) -> &str {
        self.text.text().trim_end()
    }

    /// The text as it is typed.
    pub fn typed(&mut self) -> &mut TextEdit {
        &mut self.text
    }

    /// Whether there is something to keep.
    pub fn is_changed(&self) -> bool {
        self.text() != self.was.trim_end()
    }

    /// What keeps it, if there is something to keep.
    pub fn change(&self) -> Option<Change> {
        let (article, bookmark) = &*self.about;
        let change = || bookmarks::note(article, bookmark, self.text());
        self.is_changed().then(change)
    }

    /// Takes text as it was pasted.
    pub fn paste(&mut self, text: &str) {
        if !self.is_outside {
            self.text.paste(text);
        }
    }

    /// Takes the text that the reader's editor has made. Whether it is another one.
    pub fn take(&mut self, edited: &str) -> bool {
        let before = self.text().to_owned();
        self.text.replace(edited);
        let is_other = self.text() != before;
        if !is_other {
            self.text.undo();
        }
        is_other
    }

    /// Moves in the text. Whether the action is a move.
    pub fn moves(&mut self, action: Action, count: usize) -> bool {
        let page = self.text.page();
        let text = &mut self.text;
        match action {
            Action::Down => text.down(count),
            Action::Up => text.up(count),
            Action::PageDown => text.down(page),
            Action::PageUp => text.up(page),
            Action::HalfPageDown => text.down(page.div_ceil(2)),
            Action::HalfPageUp => text.up(page.div_ceil(2)),
            Action::Top => text.top(),
            Action::End => text.end(),
            _ => return false,
        }
        true
    }

    /// Tells how large the screen is, without the line for notices.
    pub fn set_area(&mut self, screen: Rect) {
        self.text.set_size(Areas::new(screen).text.as_size());
    }

    /// Moves to a cell of the screen, if it is one of the text.
    pub fn point_at(&mut self, screen: Rect, column: u16, row: u16) {
        let area = Areas::new(screen).text;
        if area.contains(Point::new(column, row)) && !self.is_outside {
            self.text.point_at(column - area.x, row - area.y);
        }
    }

    /// Draws the note over the lower part of the screen; where the cursor goes. The hints are what keys do, the most
    /// important first.
    pub fn draw(
        &self,
        buffer: &mut Buffer,
        screen: Rect,
        (hints, look): (&[String], &Look),
    ) -> Point {
        let areas = Areas::new(screen);
        if areas.is_framed {
            let room = areas.whole.width.saturating_sub(6);
            let title = format!("Note: {}", first_words(&self.about.1.quote.exact));
            let title = shortened(&title, room, look.glyphs.ellipsis);
            super::frame_in(buffer, areas.whole, &title, look);
        } else {
            use ratatui::widgets::{Clear, Widget};
            Clear.render(areas.whole, buffer);
        }
        if let Some(row) = areas.hints {
            let hints = fitting(hints, row.width, &look.separator());
            put(buffer, (row.x, row.y), row.width, &hints, look.theme.dim);
        }
        self.text.draw(buffer, areas.text, look.theme.text)
    }
}

/// As many hints as fit, closer together where that helps.
fn fitting(hints: &[String], room: u16, separator: &str) -> String {
    let all = hints.join(separator);
    if wrap::width(&all) <= room {
        return all;
    }
    let mut shown = String::new();
    for hint in hints {
        let between = if shown.is_empty() { "" } else { "  " };
        let more = format!("{shown}{between}{hint}");
        if wrap::width(&more) > room {
            break;
        }
        shown = more;
    }
    shown
}

/// Where the parts of a note are.
struct Areas {
    whole: Rect,
    is_framed: bool,
    /// Right of it is a free column, for the cursor behind a full row.
    text: Rect,
    hints: Option<Rect>,
}

impl Areas {
    fn new(screen: Rect) -> Self {
        let (least, most) = HEIGHTS;
        let (width, height) = (
            screen.width.min(WIDTH),
            (screen.height / 2).clamp(least, most).min(screen.height),
        );
        let whole = Rect {
            x: screen.x + (screen.width - width) / 2,
            y: screen.bottom() - height,
            width,
            height,
        };
        let is_framed = width >= FRAMED_FROM.width && height >= FRAMED_FROM.height;
        let inner = if is_framed {
            Rect {
                x: whole.x + 2,
                y: whole.y + 1,
                width: width - 4,
                height: height - 2,
            }
        } else {
            Rect {
                width: width.saturating_sub(1),
                ..whole
            }
        };
        let has_hints = is_framed && inner.height >= HINTS_FROM;
        Self {
            whole,
            is_framed,
            text: Rect {
                height: inner.height - u16::from(has_hints),
                ..inner
            },
            hints: has_hints.then(|| Rect {
                y: inner.bottom() - 1,
                height: 1,
                ..inner
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_has_a_place_for_the_text() {
        for width in 1..130 {
            for height in 1..50 {
                let screen = Rect::new(0, 0, width, height);
                let areas = Areas::new(screen);
                for area in [Some(areas.whole), Some(areas.text), areas.hints]
                    .into_iter()
                    .flatten()
                {
                    assert_eq!(area.intersection(screen), area, "{width}x{height}");
                }
                assert!(
                    areas.text.height > 0 && areas.text.right() < width.max(2),
                    "{width}x{height}"
                );
            }
        }
    }

    #[test]
    fn hints_that_do_not_fit_are_left_out() {
        let hints = ["esc keep", "ctrl-g drop", "ctrl-o editor"].map(str::to_owned);
        let check = |room, expected: &str| assert_eq!(fitting(&hints, room, " · "), expected);
        check(40, "esc keep · ctrl-g drop · ctrl-o editor");
        check(36, "esc keep  ctrl-g drop  ctrl-o editor");
        check(30, "esc keep  ctrl-g drop");
        check(3, "");
    }
}
