//! The bookmarks: of this article, or of the whole library.

mod change;
mod draw;

use std::cmp::Reverse;

use ratatui::layout::Rect;

use crate::app::event::Asked;
use crate::app::list::List;
use crate::config::kinds::Kinds;
use crate::model::article::Kept;
use crate::model::query::{Clock, Kept as Asking, Mistake, Over, Query, unknown_kind};

pub use change::{highlight, loosen, note, remove, tag};

/// Rows above the first bookmark.
const HEAD: u16 = 2;
/// Rows of a bookmark: its words, where they are, and a free one.
const ROWS: u16 = 3;

/// Whose bookmarks are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// Those of the open article, in the order of its text.
    #[default]
    Article,
    /// All there are.
    Library,
}

/// In which order those of the library are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// Those of one article together, in the order of its text.
    Article,
}

/// What became of a passage since it was kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Fate {
    /// Nothing, or nothing is known.
    #[default]
    InPlace,
    /// It stood in the first of these sections, and stands in the second one now.
    Moved(String, String),
    /// These are its words now.
    Changed(String),
    /// It is not in the text any more; what is most like it there, if anything is.
    Lost(Option<String>),
    /// The reader keeps it as a note.
    Loose,
}

/// The bookmarks and the one that is chosen.
#[derive(Debug, Default)]
pub struct BookmarksPane {
    /// Whose bookmarks are shown.
    pub scope: Scope,
    order: Order,
    items: Vec<Kept>,
    /// What became of each, where that is known.
    fates: Vec<Fate>,
    rows: Vec<usize>,
    list: List,
    narrowed: Option<Narrowed>,
    /// The items as queries look at them; empty until there is a query.
    asked: Vec<Asking>,
    kinds: Kinds,
    clock: Clock,
}

/// What the list is narrowed to.
#[derive(Debug)]
struct Narrowed {
    typed: String,
    query: Query,
    mistake: Option<Mistake>,
}

impl BookmarksPane {
    /// An empty list of bookmarks whose kinds are called so.
    pub fn new(kinds: Kinds) -> Self {
        Self {
            kinds,
            ..Self::default()
        }
    }

    /// Tells what time it is.
    pub const fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
    }

    /// Shows the bookmarks of the library.
    pub fn set(&mut self, mut items: Vec<Kept>) {
        match self.order {
            Order::Newest => items.sort_by_key(|(_, bookmark)| Reverse(bookmark.added)),
            Order::Article => items.sort_by(|(a, b), (c, d)| {
                (&a.title, &a.id, b.quote.hint).cmp(&(&c.title, &c.id, d.quote.hint))
            }),
        }
        self.set_with_fates(items, Vec::new());
    }

    /// Shows these bookmarks in this order, and what became of each.
    pub fn set_with_fates(&mut self, items: Vec<Kept>, fates: Vec<Fate>) {
        let chosen = self.chosen().map(|(_, bookmark)| bookmark.id.clone());
        self.items = items;
        self.fates = fates;
        self.asked.clear();
        self.make_rows();
        // what was chosen stays so, wherever it stands now
        let is_chosen = |row: &usize| Some(&self.items[*row].1.id) == chosen.as_ref();
        if let Some(row) = self.rows.iter().position(is_chosen) {
            self.list.choose(row);
        }
    }

    /// Takes the other order; what it is now.
    pub fn toggle_order(&mut self) -> &'static str {
        self.order = match self.order {
            Order::Newest => Order::Article,
            Order::Article => Order::Newest,
        };
        self.order_words()
    }

    fn order_words(&self) -> &'static str {
        match (self.scope, self.order) {
            (Scope::Article, _) => "as they stand in the text",
            (Scope::Library, Order::Newest) => "newest first",
            (Scope::Library, Order::Article) => "by article",
        }
    }

    /// Tells where the list is on the screen now.
    pub fn set_area(&mut self, area: Rect) {
        self.list
            .set_height(usize::from(area.height.saturating_sub(HEAD) / ROWS));
    }

    /// The chosen bookmark with its article.
    pub fn chosen(&self) -> Option<&Kept> {
        self.items.get(*self.rows.get(self.list.chosen)?)
    }

    /// Chooses the first one.
    pub fn choose_first(&mut self) {
        self.list.choose(0);
    }

    /// Shows only the bookmarks that a query asks for, as far as it has been typed.
    pub fn narrow(&mut self, typed: &str) {
        let (query, mistake) = Query::typed(typed, Over::Bookmarks);
        let unknown = || {
            let names: Vec<String> = Kinds::all().map(|kind| self.kinds.name(kind)).collect();
            unknown_kind(typed, &names).filter(|it| !it.is_unfinished)
        };
        let mistake = mistake.or_else(unknown);
        self.narrowed = (!typed.trim().is_empty()).then(|| Narrowed {
            typed: typed.to_owned(),
            query,
            mistake,
        });
        self.make_rows();
    }

    /// What the list is narrowed to.
    pub fn narrowed(&self) -> &str {
        self.narrowed.as_ref().map_or("", |it| it.typed.as_str())
    }

    /// What is wrong in what was typed.
    pub fn mistake(&self) -> Option<&Mistake> {
        self.narrowed.as_ref()?.mistake.as_ref()
    }

    /// How many bookmarks are shown, and how many there are.
    pub fn counts(&self) -> (usize, usize) {
        (self.rows.len(), self.items.len())
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
        if let Some(narrowed) = &self.narrowed {
            if self.asked.is_empty() {
                let kinds = &self.kinds;
                let asking = |(article, bookmark): &Kept| {
                    let kind = bookmark.kind.map(|kind| kinds.name(kind));
                    Asking::of(article, bookmark, kind.as_deref().unwrap_or(""))
                };
                self.asked.extend(self.items.iter().map(asking));
            }
            let is_asked = |i: &usize| {
                let article = &self.items[*i].0;
                let query = &narrowed.query;
                query.matches_bookmark(article, &self.asked[*i], self.clock)
            };
            self.rows = (0..self.items.len()).filter(is_asked).collect();
        } else {
            self.rows = (0..self.items.len()).collect();
        }
        self.list.set_len(self.rows.len());
    }
}
