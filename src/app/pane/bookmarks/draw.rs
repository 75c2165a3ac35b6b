//! How the bookmarks are drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{BookmarksPane, Fate, HEAD, ROWS, Scope};
use crate::app::areas;
use crate::app::paint::{Look, cells, put, row_style, shortened};
use crate::layout::wrap;
use crate::model::outline::in_one_line;

impl BookmarksPane {
    /// Draws the list.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look) {
        let area = areas::list(area);
        let inner = areas::list_text(area);
        self.draw_head(buffer, inner, look);
        for (i, row) in self.list.shown().enumerate() {
            let y = area.y + HEAD + cells(i) * ROWS;
            let line = Rect {
                y,
                height: ROWS,
                ..inner
            };
            self.draw_row(buffer, line.intersection(area), self.rows[row], look);
            if row == self.list.chosen {
                let bar = Rect {
                    x: area.x + 1,
                    width: area.width.saturating_sub(2),
                    ..area
                };
                row_style(buffer, bar, y, look.theme.selected);
            }
        }
        if self.rows.is_empty() && area.height > HEAD {
            let words = if self.items.is_empty() {
                "none yet: B bookmarks the paragraph at the margin bar, v selects words"
            } else {
                "no bookmark is like that; Esc shows all"
            };
            let at = (inner.x, area.y + HEAD);
            put(buffer, at, inner.width, words, look.theme.dim);
        }
    }

    fn draw_head(&self, buffer: &mut Buffer, area: Rect, look: &Look) {
        let (left, right) = (self.head(), self.order_words());
        let (own, others) = (wrap::width(&left), wrap::width(right));
        let head = shortened(&left, area.width, look.glyphs.ellipsis);
        put(buffer, (area.x, area.y), area.width, &head, look.theme.dim);
        // the order is told where there is room for both
        if own + others + 2 <= area.width {
            let at = (area.right() - others, area.y);
            put(buffer, at, others, right, look.theme.dim);
        }
    }

    fn head(&self) -> String {
        let of = match self.scope {
            Scope::Article => "of this article",
            Scope::Library => "of the whole library",
        };
        let count = self.items.len();
        let bookmarks = if count == 1 { "bookmark" } else { "bookmarks" };
        let head = format!("{count} {bookmarks} {of}");
        match &self.narrowed {
            Some(narrowed) => {
                let typed = narrowed.typed.trim();
                format!("“{typed}”: {} of {head}", self.rows.len())
            }
            None => head,
        }
    }

    fn draw_row(&self, buffer: &mut Buffer, area: Rect, item: usize, look: &Look) {
        let (_, bookmark) = &self.items[item];
        let sign = bookmark.letter.map_or_else(
            || look.sign_of(bookmark.kind).to_owned(),
            |letter| letter.to_string(),
        );
        put(buffer, (area.x, area.y), 2, &sign, look.sign());
        let room = area.width.saturating_sub(2);
        let ellipsis = look.glyphs.ellipsis;
        let words = shortened(&in_one_line(&bookmark.quote.exact), room, ellipsis);
        let at = (area.x + 2, area.y);
        let used = put(buffer, at, room, &words, look.theme.text);
        if bookmark.kind.is_some() {
            let words = Rect::new(at.0, at.1, used, 1).intersection(buffer.area);
            buffer.set_style(words, look.style_of(bookmark.kind));
        }
        let fate = self.fates.get(item).unwrap_or(&Fate::InPlace);
        let told = fate.words();
        let mut x = area.x + 2;
        if !told.is_empty() {
            let style = match fate {
                Fate::Lost(_) => look.theme.warning,
                Fate::InPlace | Fate::Moved(..) | Fate::Changed(_) | Fate::Loose => {
                    look.theme.notice
                }
            };
            let told = shortened(&told, room, ellipsis);
            x += put(buffer, (x, area.y + 1), room, &told, style);
        }
        let mut below = self.about(item, look).join(&look.separator());
        if x > area.x + 2 && !below.is_empty() {
            below = format!("{}{below}", look.separator());
        }
        let room = area.right().saturating_sub(x);
        let below = shortened(&below, room, ellipsis);
        put(buffer, (x, area.y + 1), room, &below, look.theme.dim);
    }

    /// What is told of a bookmark under its words.
    fn about(&self, item: usize, look: &Look) -> Vec<String> {
        let (article, bookmark) = &self.items[item];
        let mut parts = Vec::new();
        parts.extend(bookmark.kind.map(|kind| look.kinds.name(kind)));
        if !bookmark.tags.is_empty() {
            parts.push(format!("#{}", bookmark.tags.join(" #")));
        }
        if self.scope == Scope::Library {
            parts.push(article.title.clone());
        }
        if !bookmark.section.is_empty() && bookmark.section != article.title {
            parts.push(bookmark.section.clone());
        }
        if !bookmark.note.is_empty() {
            parts.push(format!("note: {}", in_one_line(&bookmark.note)));
        }
        parts
    }
}

impl Fate {
    /// What is told of it in the list; empty when there is nothing to tell.
    fn words(&self) -> String {
        match self {
            Self::InPlace => String::new(),
            Self::Moved(from, to) if from.is_empty() => format!("moved to “{to}”"),
            Self::Moved(from, to) => format!("moved from “{from}” to “{to}”"),
            Self::Changed(now) => format!("changed, now: “{now}”"),
            Self::Lost(None) => "lost: no longer in the text".to_owned(),
            Self::Lost(Some(like)) => format!("lost; most like it: “{like}”"),
            Self::Loose => "a note: its words are gone".to_owned(),
        }
    }
}
