//! What has changed in a paragraph, word by word.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{frame_of, height};
use crate::action::Action;
use crate::app::list::List;
use crate::app::paint::{Look, cells, put, shortened};
use crate::app::pane::reader::ChangeHere;
use crate::layout::wrap::{self, Widths, paragraph};
use crate::model::edition::{Change, What, words};

/// It is not wider, in columns.
pub(super) const WIDEST: u16 = 76;

/// What is said where the earlier text is not known.
const NOT_KEPT: &str = "the earlier text was not kept";

/// A text with some of its bytes drawn otherwise.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// All of it.
    pub text: String,
    styled: Vec<(Range<usize>, What)>,
    base: Style,
}

/// What has changed in a paragraph, word by word.
#[derive(Debug)]
pub struct Difference {
    title: String,
    parts: Vec<Told>,
    list: List,
}

impl Difference {
    /// What has changed at the margin bar. Where the look is plain, signs tell what was removed and what was added.
    pub fn of(here: &ChangeHere, look: &Look) -> Self {
        let mut parts = Vec::new();
        for removed in &here.removed {
            parts.push(match removed {
                Some(text) => told(text, "", look),
                None => {
                    let words = format!("a paragraph was removed; {NOT_KEPT}");
                    Told::plain(words, look.theme.dim)
                }
            });
        }
        let title = match &here.paragraph {
            Some((Change::New, _, new)) => {
                parts.push(told("", new, look));
                "new since you read it"
            }
            Some((Change::Changed, Some(old), new)) => {
                parts.push(told(old, new, look));
                "changed since you read it"
            }
            Some((Change::Changed, None, new)) => {
                let words = format!("{NOT_KEPT}; it is now:");
                parts.push(Told::plain(words, look.theme.dim));
                parts.push(Told::plain(new.clone(), look.theme.text));
                "changed since you read it"
            }
            None => "removed since you read it",
        };
        Self {
            title: title.to_owned(),
            parts,
            list: List::default(),
        }
    }

    /// Tells where it is on the screen now.
    pub fn set_area(&mut self, screen: Rect) {
        let width = screen.width.min(WIDEST).saturating_sub(4);
        self.list.set_len(self.rows(width).count());
        let rows = usize::from(height(screen).saturating_sub(4));
        self.list.set_height(rows);
    }

    /// Scrolls. Whether the action does.
    pub fn moves(&mut self, action: Action, count: usize) -> bool {
        let last = self.list.len().saturating_sub(self.list.height());
        let top = self.list.top;
        let page = self.list.height();
        let to = match action {
            Action::Down => top.saturating_add(count),
            Action::Up => top.saturating_sub(count),
            Action::PageDown | Action::HalfPageDown => top.saturating_add(page),
            Action::PageUp | Action::HalfPageUp => top.saturating_sub(page),
            Action::Top => 0,
            Action::End => usize::MAX,
            _ => return false,
        };
        self.list.top = to.min(last);
        true
    }

    /// Draws it.
    pub fn draw(&self, buffer: &mut Buffer, screen: Rect, look: &Look) {
        let width = screen.width.min(WIDEST);
        let high = cells(self.list.len()).saturating_add(4).min(height(screen));
        let inner = frame_of(buffer, screen, (width, high), (&self.title, look));
        let rows = usize::from(inner.height.saturating_sub(2));
        let shown = self.rows(inner.width).skip(self.list.top).take(rows);
        for (i, row) in shown.enumerate() {
            let Some((part, bytes)) = row else { continue };
            let row = Rect {
                y: inner.y + cells(i),
                ..inner
            };
            part.draw(buffer, row, bytes, look);
        }
        let more = if self.list.len() > rows {
            "j k scroll   "
        } else {
            ""
        };
        let hints = shortened(
            &format!("{more}Esc closes"),
            inner.width,
            look.glyphs.ellipsis,
        );
        let at = (inner.x, inner.bottom().saturating_sub(1));
        put(buffer, at, inner.width, &hints, look.theme.dim);
    }

    /// The rows at this width; `None` is a free one between two parts.
    fn rows(&self, width: u16) -> impl Iterator<Item = Option<(&Told, Range<usize>)>> {
        self.parts.iter().enumerate().flat_map(move |(i, part)| {
            let lines = part.lines(width).into_iter();
            let gap = (i > 0).then_some(None);
            gap.into_iter()
                .chain(lines.map(move |bytes| Some((part, bytes))))
        })
    }
}

impl Told {
    /// A text of one style.
    pub const fn plain(text: String, base: Style) -> Self {
        Self {
            text,
            styled: Vec::new(),
            base,
        }
    }

    /// In rows of this width.
    pub fn lines(&self, width: u16) -> Vec<Range<usize>> {
        let widths = Widths {
            first: width.max(1),
            rest: width.max(1),
        };
        paragraph(&self.text, widths, None)
    }

    /// Draws some of its bytes into a row.
    pub fn draw(&self, buffer: &mut Buffer, row: Rect, bytes: Range<usize>, look: &Look) {
        let mut x = row.x;
        for cell in wrap::cells(&self.text, bytes) {
            let style = self.style_at(cell.bytes.start, look);
            let room = row.right().saturating_sub(x);
            x += put(buffer, (x, row.y), room, cell.symbol, style);
        }
    }

    fn style_at(&self, byte: usize, look: &Look) -> Style {
        let of = self.styled.iter().find(|(bytes, _)| bytes.contains(&byte));
        match of.map(|(_, what)| *what) {
            Some(What::Removed) => look.theme.strikethrough.add_modifier(Modifier::CROSSED_OUT),
            Some(What::Added) => look.theme.accent.add_modifier(Modifier::UNDERLINED),
            Some(What::Same) | None => self.base,
        }
    }
}

/// The difference of two texts as one text.
pub(super) fn told(old: &str, new: &str, look: &Look) -> Told {
    let is_plain = look.glyphs.bookmark.is_ascii() || look.theme.accent.fg.is_none();
    let mut told = Told::plain(String::new(), look.theme.text);
    for piece in words(old, new) {
        let signs = match piece.what {
            _ if !is_plain => ("", ""),
            What::Same => ("", ""),
            What::Removed => ("[-", "-]"),
            What::Added => ("{+", "+}"),
        };
        let start = told.text.len();
        let text = piece.text.replace(['\n', '\t'], " ");
        told.text.extend([signs.0, text.as_str(), signs.1]);
        told.styled.push((start..told.text.len(), piece.what));
    }
    told
}
