//! How the library is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{HEAD, LibraryPane, Row};
use crate::app::paint::{Look, minutes, put, row_style, shortened};
use crate::config::Sort;
use crate::layout::wrap;
use crate::model::article::{Article, Status};

/// Columns beyond which rows do not grow, so that the eye does not lose them.
const WIDEST: u16 = 110;

impl LibraryPane {
    /// Draws the list.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look) {
        let width = area.width.min(WIDEST);
        let area = Rect {
            x: area.x + (area.width - width) / 2,
            width,
            ..area
        };
        let inner = Rect {
            x: area.x + 2,
            width: area.width.saturating_sub(4),
            ..area
        };
        self.draw_head(buffer, inner, look);
        for (y, row) in (area.y + HEAD..area.bottom()).zip(self.list.shown()) {
            let line = Rect {
                y,
                height: 1,
                ..inner
            };
            match self.rows[row] {
                Row::Gap => {}
                Row::Folder(i) => {
                    put(
                        buffer,
                        (line.x, y),
                        line.width,
                        &self.articles[i].folder,
                        look.theme.heading,
                    );
                }
                Row::Article(i) => draw_article(buffer, line, &self.articles[i], look),
            }
            if row == self.list.chosen {
                row_style(
                    buffer,
                    Rect {
                        x: area.x + 1,
                        width: area.width.saturating_sub(2),
                        ..area
                    },
                    y,
                    look.theme.selected,
                );
            }
        }
        if self.rows.is_empty() && area.height > HEAD {
            put(
                buffer,
                (inner.x, area.y + HEAD),
                inner.width,
                self.empty_words(),
                look.theme.dim,
            );
        }
    }

    fn empty_words(&self) -> &'static str {
        match (self.is_scanning, self.filter.is_some()) {
            (true, _) => "looking for articles …",
            (false, true) => "no article has these words; Esc shows all",
            (false, false) => "no articles here yet: put .txt or .md files into the folder",
        }
    }

    fn draw_head(&self, buffer: &mut Buffer, area: Rect, look: &Look) {
        let count =
            |status: fn(Status) -> bool| self.articles.iter().filter(|a| status(a.status)).count();
        let unread = count(|s| s == Status::Unread);
        let begun = count(|s| matches!(s, Status::Begun(_)));
        let order = Sort::NAMES
            .iter()
            .find(|(_, s)| *s == self.sort)
            .map_or("", |(name, _)| name);
        let separator = &look.separator();
        let mut parts = vec![if self.articles.len() == 1 {
            "1 article".into()
        } else {
            format!("{} articles", self.articles.len())
        }];
        if self.filter.is_some() {
            let shown = self
                .rows
                .iter()
                .filter(|r| matches!(r, Row::Article(_)))
                .count();
            parts.insert(
                0,
                format!("“{}”: {shown} of", self.filter()).replace(" of", " shown"),
            );
        }
        parts.push(format!("{unread} unread"));
        if begun > 0 {
            parts.push(format!("{begun} begun"));
        }
        if self.is_scanning {
            parts.push("looking …".to_owned());
        }
        let right = format!("by {order}");
        let left = parts.join(separator);
        let right_width = wrap::width(&right);
        let room = area.width.saturating_sub(right_width + 2);
        put(
            buffer,
            (area.x, area.y),
            room,
            &shortened(&left, room, look.glyphs.ellipsis),
            look.theme.dim,
        );
        put(
            buffer,
            (area.right().saturating_sub(right_width), area.y),
            right_width,
            &right,
            look.theme.dim,
        );
    }
}

fn draw_article(buffer: &mut Buffer, area: Rect, article: &Article, look: &Look) {
    let theme = &look.theme;
    let (sign, sign_style, state, title_style) = match article.status {
        Status::Unread => (
            look.glyphs.unseen,
            theme.unseen,
            String::new(),
            theme.strong,
        ),
        Status::Begun(percent) => (
            look.glyphs.part_seen,
            theme.part_seen,
            format!("{percent} %"),
            theme.text,
        ),
        Status::Read => (look.glyphs.seen, theme.seen, "read".to_owned(), theme.dim),
    };
    put(buffer, (area.x, area.y), 2, sign, sign_style);
    let marks = match article.bookmarks {
        0 => String::new(),
        n => format!("{}{n}", look.glyphs.bookmark),
    };
    let mut right = format!("{:>8}{state:>6}", minutes(article.minutes));
    if area.width >= 56 {
        right = format!(
            "{marks:>4}  {:<2}{right}",
            article.language.as_deref().unwrap_or("")
        );
    }
    let right_width = wrap::width(&right);
    put(
        buffer,
        (area.right().saturating_sub(right_width), area.y),
        right_width,
        &right,
        theme.dim,
    );
    let room = area.width.saturating_sub(right_width + 3);
    let title = shortened(&article.title, room, look.glyphs.ellipsis);
    put(buffer, (area.x + 2, area.y), room, &title, title_style);
}
