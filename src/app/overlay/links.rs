//! All links of the article: what they say and where they lead.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect};

use crate::action::Action;
use crate::app::find::Pattern;
use crate::app::line_edit::LineEdit;
use crate::app::list::List;
use crate::app::paint::{Look, put, row_style, shortened};
use crate::app::text::numbered;
use crate::config::keymap::Key;
use crate::layout::wrap;
use crate::model::document::Document;
use crate::model::link::{Link, Target, shown};

/// The links of an article, narrowed by what is typed.
#[derive(Debug)]
pub struct LinkList {
    line: LineEdit,
    /// Their numbers.
    rows: Vec<usize>,
    list: List,
}

impl LinkList {
    /// The links of a document, this one chosen. `None` when there are none.
    pub fn new(document: &Document, chosen: usize) -> Option<Self> {
        let mut links = Self {
            line: LineEdit::default(),
            rows: Vec::new(),
            list: List::default(),
        };
        links.make_rows(document);
        links.list.choose(chosen.saturating_sub(1));
        (!links.rows.is_empty()).then_some(links)
    }

    /// Takes a key that types.
    pub fn type_key(&mut self, key: Key, document: &Document) {
        if self.line.key(key) {
            self.make_rows(document);
        }
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str, document: &Document) {
        self.line.paste(text);
        self.make_rows(document);
    }

    /// Moves in the list.
    pub fn moves(&mut self, action: Action) -> bool {
        self.list.moves(action, 1)
    }

    /// The number of the chosen link.
    pub fn chosen(&self) -> Option<usize> {
        self.rows.get(self.list.chosen).copied()
    }

    /// Tells how large the screen is.
    pub fn set_area(&mut self, screen: Rect) {
        self.list.set_height(super::list_height(screen));
    }

    fn make_rows(&mut self, document: &Document) {
        let pattern = Pattern::new(self.line.text());
        let has = |link: &Link| {
            let text = &document.blocks()[link.block].text[link.bytes.clone()];
            let is_in = |p: &Pattern| p.is_in(text) || p.is_in(link.target);
            pattern.as_ref().is_none_or(is_in)
        };
        self.rows = document.links().filter(has).map(|l| l.number).collect();
        self.list.set_len(self.rows.len());
        self.list.choose(0);
    }

    /// Draws the list; where the cursor goes.
    pub fn draw(
        &self,
        buffer: &mut Buffer,
        screen: Rect,
        (document, look): (&Document, &Look),
    ) -> Point {
        let inner = super::frame(buffer, screen, "Links", look);
        let used = put(
            buffer,
            (inner.x, inner.y),
            inner.width,
            "/ ",
            look.theme.accent,
        );
        let room = inner.width.saturating_sub(used);
        let (text, cursor) = self.line.shown(room.saturating_sub(1));
        put(
            buffer,
            (inner.x + used, inner.y),
            room,
            text,
            look.theme.text,
        );
        for (y, row) in (inner.y + 2..inner.bottom()).zip(self.list.shown()) {
            if let Some(link) = document.link(self.rows[row]) {
                draw_row(buffer, Rect { y, ..inner }, (&link, document), look);
            }
            if row == self.list.chosen {
                row_style(buffer, inner, y, look.theme.selected);
            }
        }
        if self.rows.is_empty() && inner.height > 2 {
            let at = (inner.x, inner.y + 2);
            put(
                buffer,
                at,
                inner.width,
                "no link says or leads to that",
                look.theme.dim,
            );
        }
        Point::new(inner.x + used + cursor, inner.y)
    }
}

/// The number of a link, what it says, and at the right the host or place it leads to.
fn draw_row(buffer: &mut Buffer, row: Rect, (link, document): (&Link, &Document), look: &Look) {
    let ellipsis = look.glyphs.ellipsis;
    let number = numbered(link.number, look);
    let used = put(buffer, (row.x, row.y), row.width, &number, look.theme.dim) + 1;
    let room = row.width.saturating_sub(used);
    let target = Target::of(link.target);
    let (leads, style) = match &target {
        Target::Web(address) | Target::Mail(address) => (address.host.as_str(), look.theme.dim),
        Target::Anchor(_) | Target::File(..) => (link.target, look.theme.dim),
        Target::Refused(why) => (why.as_str(), look.theme.warning),
    };
    // of a host the end says most, and it is shown whole before it is opened
    let text = &document.blocks()[link.block].text[link.bytes.clone()];
    let free = room.saturating_sub(wrap::width(text) + 2);
    let leads = shortened(&shown(leads), free.max(room / 2), ellipsis);
    let width = wrap::width(&leads);
    put(
        buffer,
        (row.right().saturating_sub(width), row.y),
        width,
        &leads,
        style,
    );
    let room = room.saturating_sub(width + 2);
    let text = shortened(text, room, ellipsis);
    put(buffer, (row.x + used, row.y), room, &text, look.theme.text);
}
