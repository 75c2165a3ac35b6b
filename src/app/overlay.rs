//! What lies over the screen until it is closed; one at a time.

pub mod browse;
pub mod confirm;
pub mod difference;
pub mod help;
pub mod hints;
pub mod links;
pub mod note;
pub mod palette;
pub mod prompt;
pub mod search;
pub mod settle;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Block, BorderType, Clear, Widget};

use crate::app::paint::{Look, put};
use browse::Browse;
use confirm::Confirm;
use difference::Difference;
use help::Help;
use hints::Hints;
use links::LinkList;
use note::Note;
use palette::Palette;
use prompt::Prompt;
use search::Search;
use settle::Settle;

/// What lies over the screen.
#[derive(Debug)]
pub enum Overlay {
    /// The keys that work where it was opened.
    Help(Help),
    /// All actions by name.
    Palette(Palette),
    /// A line that is typed at the bottom.
    Prompt(Prompt),
    /// A note that is written.
    Note(Box<Note>),
    /// What is looked for in the whole library.
    Search(Box<Search>),
    /// A question.
    Confirm(Confirm),
    /// The question before the browser is opened.
    Browse(Browse),
    /// Letters on the links on the screen.
    Hints(Hints),
    /// All links of the article.
    Links(LinkList),
    /// What has changed in a paragraph.
    Difference(Difference),
    /// What is to become of a passage that was lost or has changed.
    Settle(Box<Settle>),
}

/// Rows of an overlay on a screen.
fn height(screen: Rect) -> u16 {
    if screen.height > 16 {
        screen.height - 4
    } else {
        screen.height
    }
}

/// Rows that an overlay has for its list: all but the frame, the line that is typed and the one under it.
fn list_height(screen: Rect) -> usize {
    usize::from(height(screen).saturating_sub(4))
}

/// Draws the frame of an overlay with its title in the middle of the screen; the area inside it.
fn frame(buffer: &mut Buffer, screen: Rect, title: &str, look: &Look) -> Rect {
    let size = (screen.width.min(76), height(screen));
    frame_of(buffer, screen, size, (title, look))
}

/// As [`frame`] for an overlay of this size.
fn frame_of(
    buffer: &mut Buffer,
    screen: Rect,
    (width, height): (u16, u16),
    (title, look): (&str, &Look),
) -> Rect {
    let area = Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    };
    frame_in(buffer, area, title, look)
}

/// Draws the frame of an overlay with its title; the area inside it.
fn frame_in(buffer: &mut Buffer, area: Rect, title: &str, look: &Look) -> Rect {
    Clear.render(area, buffer);
    let ascii = look.glyphs.divider.is_ascii();
    let block = Block::bordered().border_style(look.theme.rule);
    let block = if ascii {
        block.border_set(ASCII_BORDER)
    } else {
        block.border_type(BorderType::Rounded)
    };
    block.render(area, buffer);
    put(
        buffer,
        (area.x + 2, area.y),
        area.width.saturating_sub(4),
        &format!(" {title} "),
        look.theme.title,
    );
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

const ASCII_BORDER: ratatui::symbols::border::Set<'static> = ratatui::symbols::border::Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};
