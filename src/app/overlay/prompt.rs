//! A line that is typed at the bottom of the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect};

use crate::app::line_edit::LineEdit;
use crate::app::paint::{Look, put};
use crate::layout::wrap;
use crate::model::article::{Article, Bookmark};
use crate::model::document::Position;

/// A line that is typed, and what for.
#[derive(Debug)]
pub struct Prompt {
    /// What for.
    pub purpose: Purpose,
    /// What has been typed.
    pub line: LineEdit,
}

/// What a line is typed for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// To look for words in the text; from where the reader was.
    Search(Position),
    /// To filter the library.
    Filter,
    /// To narrow the contents.
    Narrow,
    /// To narrow the bookmarks.
    NarrowBookmarks,
    /// To give a bookmark tags.
    Tags(Box<(Article, Bookmark)>),
}

impl Prompt {
    /// A prompt that holds some text already.
    pub fn new(purpose: Purpose, text: &str) -> Self {
        Self {
            purpose,
            line: LineEdit::holding(text),
        }
    }

    /// Draws the prompt; where the cursor goes.
    pub fn draw(&self, buffer: &mut Buffer, line: Rect, look: &Look) -> Point {
        let label = match self.purpose {
            Purpose::Search(_) => "/",
            Purpose::Filter => "filter: ",
            Purpose::Narrow => "contents: ",
            Purpose::NarrowBookmarks => "bookmarks: ",
            Purpose::Tags(_) => "tags: ",
        };
        let x = line.x + 2;
        let used = put(
            buffer,
            (x, line.y),
            line.width.saturating_sub(2),
            label,
            look.theme.accent,
        );
        let room = line.width.saturating_sub(4 + wrap::width(label));
        let (text, cursor) = self.line.shown(room);
        put(buffer, (x + used, line.y), room, text, look.theme.text);
        Point::new(
            (x + used + cursor).min(line.right().saturating_sub(1)),
            line.y,
        )
    }
}
