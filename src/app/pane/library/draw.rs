//! How the library is drawn.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{HEAD, LibraryPane, Row, words_of};
use crate::app::areas;
use crate::app::paint::{Look, minutes, put, row_style, shortened};
use crate::layout::wrap;
use crate::model::article::{Article, Status};
use crate::model::outline::in_one_line;

impl LibraryPane {
    /// Draws the list.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look) {
        let area = areas::list(area);
        let inner = areas::list_text(area);
        self.draw_head(buffer, inner, look);
        let range = self.selected_rows();
        for (y, row) in (area.y + HEAD..area.bottom()).zip(self.list.shown()) {
            let line = Rect {
                y,
                height: 1,
                ..inner
            };
            match self.rows[row] {
                Row::Gap => {}
                Row::Folder(number) => {
                    let (_, name) = self.articles.folder(number);
                    put(buffer, (line.x, y), line.width, name, look.theme.heading);
                }
                Row::Passage(passage) => self.draw_passage(buffer, line, passage as usize, look),
                Row::Search(search) => self.draw_search(buffer, line, search as usize, look),
                Row::Article(number) => {
                    if let Some(article) = self.articles.get(number) {
                        draw_article(buffer, line, article, look);
                    }
                    if range.contains(&row) || self.is_selected(number) {
                        put(
                            buffer,
                            (area.x + 1, y),
                            1,
                            look.glyphs.bar,
                            look.theme.accent,
                        );
                    }
                }
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
            (true, false) => "looking for articles …",
            (true, true) => "nothing like that so far …",
            (false, true) => "no article is like that; Esc shows all",
            (false, false) => "no articles here yet: put .txt or .md files into the folder",
        }
    }

    fn draw_head(&self, buffer: &mut Buffer, area: Rect, look: &Look) {
        let separator = &look.separator();
        let selected = self.count_selected();
        let mut parts = Vec::new();
        if selected > 0 {
            parts.push(format!("{selected} selected"));
        }
        if let Some(filter) = &self.filter {
            let name = match filter.search.and_then(|search| self.searches.get(search)) {
                Some(counted) => counted.search.name.clone(),
                None => format!("“{}”", filter.typed.trim()),
            };
            parts.push(format!("{name}: {} shown", self.counts.shown));
        }
        parts.push(if self.len() == 1 {
            "1 article".into()
        } else {
            format!("{} articles", self.len())
        });
        parts.push(format!("{} unread", self.counts.unread));
        if self.counts.begun > 0 {
            parts.push(format!("{} begun", self.counts.begun));
        }
        match self.reading {
            Some((done, all, rate)) => {
                parts.push(format!("reading {done} of {all}, {rate} a second"));
            }
            None if self.is_scanning => parts.push("looking …".to_owned()),
            None => {}
        }
        let right = format!("by {}", words_of(self.articles.sort()));
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

    fn draw_passage(&self, buffer: &mut Buffer, area: Rect, passage: usize, look: &Look) {
        let Some((article, bookmark)) = self.old.get(passage) else {
            return;
        };
        let theme = &look.theme;
        let ellipsis = look.glyphs.ellipsis;
        let sign = look.sign_of(bookmark.kind);
        put(buffer, (area.x, area.y), 2, sign, look.sign());
        let age = ago(self.clock.now - bookmark.added);
        let title = shortened(&article.title, area.width / 4, ellipsis);
        let right = if area.width < 56 {
            age
        } else {
            format!("{title}{}{age}", look.separator())
        };
        let width = wrap::width(&right);
        let at = (area.right().saturating_sub(width), area.y);
        put(buffer, at, width, &right, theme.dim);
        let (open, close) = look.glyphs.quotes;
        let room = area.width.saturating_sub(width + 3);
        let words = format!("{open}{}{close}", in_one_line(&bookmark.quote.exact));
        let words = shortened(&words, room, ellipsis);
        put(buffer, (area.x + 2, area.y), room, &words, theme.text);
    }

    fn draw_search(&self, buffer: &mut Buffer, area: Rect, search: usize, look: &Look) {
        let Some(counted) = self.searches.get(search) else {
            return;
        };
        let theme = &look.theme;
        let style = if counted.count == 0 {
            theme.dim
        } else {
            theme.text
        };
        put(
            buffer,
            (area.x, area.y),
            2,
            look.glyphs.folded,
            theme.accent,
        );
        let count = counted.count.to_string();
        let width = wrap::width(&count);
        let at = (area.right().saturating_sub(width), area.y);
        put(buffer, at, width, &count, theme.dim);
        let room = area.width.saturating_sub(width + 3);
        let name = shortened(&counted.search.name, room, look.glyphs.ellipsis);
        put(buffer, (area.x + 2, area.y), room, &name, style);
    }
}

fn draw_article(buffer: &mut Buffer, area: Rect, article: &Article, look: &Look) {
    let theme = &look.theme;
    let (sign, sign_style, state, title_style) = match article.status {
        _ if article.missing => (look.glyphs.gone, theme.dim, "gone".to_owned(), theme.dim),
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

/// How long ago something was, in words.
fn ago(milliseconds: i64) -> String {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let days = milliseconds / DAY;
    let (count, unit) = match days {
        ..=13 => (days.max(0), "day"),
        14..=60 => (days / 7, "week"),
        61..=729 => (days / 30, "month"),
        _ => (days / 365, "year"),
    };
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{s} ago")
}
