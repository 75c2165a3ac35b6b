//! The bookmarks: of this article, or of the whole library.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::areas;
use crate::app::event::Asked;
use crate::app::find::Pattern;
use crate::app::list::List;
use crate::app::paint::{Look, put, row_style, shortened};
use crate::model::article::{Article, Bookmark};
use crate::model::outline::in_one_line;
use crate::model::state::{Change, Fact};

/// Rows above the first bookmark.
const HEAD: u16 = 2;
/// Rows of a bookmark: its words, where they are, and a free one.
const ROWS: u16 = 3;

/// Whose bookmarks are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of the open article.
    #[default]
    Article,
    /// All there are.
    Library,
}

/// The bookmarks and the one that is chosen.
#[derive(Debug, Default)]
pub struct BookmarksPane {
    /// Whose bookmarks are shown.
    pub scope: Scope,
    items: Vec<(Article, Bookmark)>,
    /// What became of the words of each, where that is known and there is something to say.
    fates: Vec<String>,
    rows: Vec<usize>,
    list: List,
    narrowed: Option<(String, Pattern)>,
}

impl BookmarksPane {
    /// Shows these bookmarks.
    pub fn set(&mut self, items: Vec<(Article, Bookmark)>) {
        self.set_with_fates(items, Vec::new());
    }

    /// Shows these bookmarks, and what became of the words of each.
    pub fn set_with_fates(&mut self, items: Vec<(Article, Bookmark)>, fates: Vec<String>) {
        self.items = items;
        self.fates = fates;
        self.make_rows();
    }

    /// Tells where the list is on the screen now.
    pub fn set_area(&mut self, area: Rect) {
        self.list
            .set_height(usize::from(area.height.saturating_sub(HEAD) / ROWS));
    }

    /// The chosen bookmark with its article.
    pub fn chosen(&self) -> Option<&(Article, Bookmark)> {
        self.items.get(*self.rows.get(self.list.chosen)?)
    }

    /// Shows only the bookmarks whose words, note or article hold what is typed.
    pub fn narrow(&mut self, typed: &str) {
        self.narrowed = Pattern::new(typed).map(|pattern| (typed.to_owned(), pattern));
        self.make_rows();
    }

    /// What the list is narrowed to.
    pub fn narrowed(&self) -> &str {
        self.narrowed.as_ref().map_or("", |(typed, _)| typed)
    }

    /// Does what only moves. Whether it did something.
    pub fn act(&mut self, asked: Asked) -> bool {
        self.list
            .moves(asked.action, asked.count.map_or(1, |c| c as usize))
    }

    /// Chooses the bookmark at a row of the screen. Whether there is one.
    pub fn choose_at(&mut self, area: Rect, row: u16) -> bool {
        let Some(row) = row.checked_sub(area.y + HEAD) else {
            return false;
        };
        let row = self.list.top + usize::from(row / ROWS);
        let exists = row < self.rows.len();
        if exists {
            self.list.choose(row);
        }
        exists
    }

    fn make_rows(&mut self) {
        let holds = |(article, bookmark): &(Article, Bookmark)| {
            self.narrowed.as_ref().is_none_or(|(_, pattern)| {
                let texts = [
                    &bookmark.quote.exact,
                    &bookmark.note,
                    &bookmark.section,
                    &article.title,
                ];
                texts.into_iter().any(|text| pattern.is_in(text))
            })
        };
        self.rows = (0..self.items.len())
            .filter(|&i| holds(&self.items[i]))
            .collect();
        self.list.set_len(self.rows.len());
    }

    /// Draws the list.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, look: &Look) {
        let area = areas::list(area);
        let inner = areas::list_text(area);
        let room = inner.width;
        let head = shortened(&self.head(), room, look.glyphs.ellipsis);
        put(buffer, (inner.x, area.y), room, &head, look.theme.dim);
        for (i, row) in self.list.shown().enumerate() {
            let y = area.y + HEAD + crate::app::paint::cells(i) * ROWS;
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
            let words = "none yet: B bookmarks the paragraph at the margin bar";
            put(
                buffer,
                (inner.x, area.y + HEAD),
                room,
                words,
                look.theme.dim,
            );
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
            Some((typed, _)) => format!("“{typed}”: {} of {head}", self.rows.len()),
            None => head,
        }
    }

    fn draw_row(&self, buffer: &mut Buffer, area: Rect, item: usize, look: &Look) {
        let (article, bookmark) = &self.items[item];
        let sign = bookmark
            .letter
            .map_or_else(|| look.glyphs.bookmark.to_owned(), |l| l.to_string());
        put(buffer, (area.x, area.y), 2, &sign, look.sign());
        let room = area.width.saturating_sub(2);
        let words = bookmark.quote.exact.replace('\n', " ");
        let ellipsis = look.glyphs.ellipsis;
        put(
            buffer,
            (area.x + 2, area.y),
            room,
            &shortened(&words, room, ellipsis),
            look.theme.text,
        );
        let mut parts = Vec::new();
        if let Some(fate) = self.fates.get(item).filter(|fate| !fate.is_empty()) {
            parts.push(fate.as_str());
        }
        if self.scope == Scope::Library {
            parts.push(article.title.as_str());
        }
        if !bookmark.section.is_empty() && bookmark.section != article.title {
            parts.push(&bookmark.section);
        }
        let note = format!("note: {}", in_one_line(&bookmark.note));
        if !bookmark.note.is_empty() {
            parts.push(&note);
        }
        let below = parts.join(&look.separator());
        put(
            buffer,
            (area.x + 2, area.y + 1),
            room,
            &shortened(&below, room, ellipsis),
            look.theme.dim,
        );
    }
}

/// The change that writes a note to a bookmark.
pub fn note(article: &Article, bookmark: &Bookmark, note: &str) -> Change {
    let edited = Bookmark {
        note: note.to_owned(),
        ..bookmark.clone()
    };
    let own = |bookmark| vec![(article.id.clone(), Fact::Bookmark(bookmark))];
    let words = if note.is_empty() {
        "removed the note"
    } else {
        "noted"
    };
    Change {
        does: own(edited),
        undoes: own(bookmark.clone()),
        words: words.to_owned(),
    }
}

/// The change that removes a bookmark.
pub fn remove(article: &Article, bookmark: &Bookmark) -> Change {
    let words = crate::model::outline::first_words(&bookmark.quote.exact);
    Change {
        does: vec![(
            article.id.clone(),
            Fact::BookmarkRemoved(bookmark.id.clone()),
        )],
        undoes: vec![(article.id.clone(), Fact::Bookmark(bookmark.clone()))],
        words: format!("removed the bookmark “{words}”"),
    }
}
