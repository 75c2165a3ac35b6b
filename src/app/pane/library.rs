//! The library: every article, what has been read of it, and which to open next.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::action::Action;
use crate::app::event::Asked;
use crate::app::find::Pattern;
use crate::app::list::List;
use crate::app::paint::{Look, minutes, put, row_style, shortened};
use crate::config::Sort;
use crate::layout::wrap;
use crate::model::article::{Article, ArticleId, Status};
use crate::model::state::{Change, Fact, State};

/// Rows above the first article.
const HEAD: u16 = 2;
/// Columns beyond which rows do not grow, so that the eye does not lose them.
const WIDEST: u16 = 110;

/// The articles, the order they are in and the one that is chosen.
#[derive(Debug, Default)]
pub struct LibraryPane {
    articles: Vec<Article>,
    rows: Vec<Row>,
    list: List,
    sort: Sort,
    filter: Option<(String, Pattern)>,
    /// Whether articles are still being found.
    pub is_scanning: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A subfolder: the one of this article.
    Folder(usize),
    /// An article.
    Article(usize),
}

impl LibraryPane {
    /// An empty library in this order.
    pub fn new(sort: Sort) -> Self {
        Self {
            sort,
            is_scanning: true,
            ..Self::default()
        }
    }

    /// Adds articles that were found.
    pub fn add(&mut self, found: Vec<Article>) {
        let chosen = self.chosen().map(|a| a.path.clone());
        self.articles.extend(found);
        self.make_rows();
        match chosen {
            Some(path) if self.list.chosen > 1 => self.choose(&path),
            _ => self.choose_first(),
        }
    }

    /// Takes what the reader did with some articles.
    pub fn set_states(&mut self, states: &[(ArticleId, State)]) {
        for (id, state) in states {
            for article in self.articles.iter_mut().filter(|a| a.id == *id) {
                article.status = state.status;
                article.bookmarks = state.bookmarks.len();
                article.last_read = state.last_read;
            }
        }
    }

    /// Tells where the list is on the screen now.
    pub fn set_area(&mut self, area: Rect) {
        self.list
            .set_height(usize::from(area.height.saturating_sub(HEAD)));
    }

    /// The chosen article.
    pub fn chosen(&self) -> Option<&Article> {
        match self.rows.get(self.list.chosen)? {
            Row::Article(i) | Row::Folder(i) => self.articles.get(*i),
        }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Chooses the article at a path.
    pub fn choose(&mut self, path: &Path) {
        let is_it = |row: &Row| matches!(row, Row::Article(i) if self.articles[*i].path == path);
        if let Some(row) = self.rows.iter().position(is_it) {
            self.list.choose(row);
        }
    }

    /// The article that was read last and is not read to its end; else the one that was read last.
    pub fn last_begun(&self) -> Option<&Article> {
        let begun = |a: &&Article| matches!(a.status, Status::Begun(_));
        let last = |a: &&Article| a.last_read;
        self.articles.iter().filter(begun).max_by_key(last)
    }

    /// The unread article after, or before, the one at a path, in the order of the list.
    pub fn unread_beside(&self, path: &Path, forward: bool) -> Option<PathBuf> {
        let order: Vec<&Article> = self
            .rows
            .iter()
            .filter_map(|row| self.article(*row))
            .collect();
        let here = order.iter().position(|a| a.path == path);
        let unread = |a: &&&Article| a.status != Status::Read;
        let found = match (here, forward) {
            (Some(here), true) => order[here + 1..].iter().find(unread),
            (Some(here), false) => order[..here].iter().rev().find(unread),
            (None, _) => order.iter().find(unread),
        };
        found.map(|a| a.path.clone())
    }

    /// Shows only articles whose title, folder or language holds what is typed.
    pub fn set_filter(&mut self, typed: &str) {
        self.filter = Pattern::new(typed).map(|pattern| (typed.to_owned(), pattern));
        self.make_rows();
        self.choose_first();
    }

    /// What the list is filtered by.
    pub fn filter(&self) -> &str {
        self.filter.as_ref().map_or("", |(typed, _)| typed)
    }

    /// Takes the next order; its name.
    pub fn next_sort(&mut self) -> &'static str {
        let names = Sort::NAMES;
        let here = names.iter().position(|(_, s)| *s == self.sort).unwrap_or(0);
        let (name, sort) = names[(here + 1) % names.len()];
        let chosen = self.chosen().map(|a| a.path.clone());
        self.sort = sort;
        self.make_rows();
        if let Some(path) = chosen {
            self.choose(&path);
        }
        name
    }

    /// Chooses the row at a row of the screen. Whether an article is there.
    pub fn choose_at(&mut self, area: Rect, row: u16) -> bool {
        let Some(row) = row.checked_sub(area.y + HEAD) else {
            return false;
        };
        let row = self.list.top + usize::from(row);
        let is_article = matches!(self.rows.get(row), Some(Row::Article(_)));
        if is_article {
            self.list.choose(row);
        }
        is_article
    }

    /// Does what only moves. Whether it did something.
    pub fn act(&mut self, asked: Asked) -> bool {
        let before = self.list.chosen;
        let count = asked.count.map_or(1, |c| c as usize);
        match asked.action {
            Action::NextUnread => self.step_unread(true),
            Action::PreviousUnread => self.step_unread(false),
            action if self.list.moves(action, count) => self.leave_folder(before),
            _ => return false,
        }
        true
    }

    /// Marks the chosen article read, or unread when it is read.
    pub fn toggle_read(&self) -> Option<Change> {
        self.chosen()
            .map(|article| toggle_read(article, &State::default()))
    }

    /// Marks all articles shown read; how many that changes.
    pub fn mark_all_read(&self) -> Option<(usize, Change)> {
        let shown = self.rows.iter().filter_map(|row| self.article(*row));
        let unread: Vec<&Article> = shown.filter(|a| a.status != Status::Read).collect();
        let does = unread
            .iter()
            .map(|a| (a.id.clone(), Fact::Status(Status::Read)))
            .collect();
        let undoes = unread
            .iter()
            .map(|a| (a.id.clone(), Fact::Status(a.status)))
            .collect();
        let words = format!("marked {} articles read", unread.len());
        (!unread.is_empty()).then_some((
            unread.len(),
            Change {
                does,
                undoes,
                words,
            },
        ))
    }

    fn article(&self, row: Row) -> Option<&Article> {
        match row {
            Row::Article(i) => self.articles.get(i),
            Row::Folder(_) => None,
        }
    }

    fn step_unread(&mut self, forward: bool) {
        let Some(path) = self.chosen().map(|a| a.path.clone()) else {
            return;
        };
        if let Some(next) = self.unread_beside(&path, forward) {
            self.choose(&next);
        }
    }

    fn choose_first(&mut self) {
        let first = self.rows.iter().position(|r| matches!(r, Row::Article(_)));
        self.list.choose(first.unwrap_or(0));
    }

    /// The name of a folder is passed over in the direction of the move.
    fn leave_folder(&mut self, before: usize) {
        if !matches!(self.rows.get(self.list.chosen), Some(Row::Folder(_))) {
            return;
        }
        if self.list.chosen < before && self.list.chosen > 0 {
            self.list.up(1);
        } else {
            // the first folder's name stays on the screen above its first article
            let top = self.list.top;
            self.list.down(1);
            self.list.top = top.min(self.list.top);
            self.list.choose(self.list.chosen);
        }
    }

    fn make_rows(&mut self) {
        let articles = &self.articles;
        let shown = |a: &Article| {
            self.filter.as_ref().is_none_or(|(_, pattern)| {
                let language = a.language.as_deref().unwrap_or("");
                [&a.title, &a.folder].into_iter().any(|t| pattern.is_in(t))
                    || pattern.is_in(language)
            })
        };
        let mut order: Vec<usize> = (0..articles.len())
            .filter(|&i| shown(&articles[i]))
            .collect();
        match self.sort {
            Sort::Newest => order.sort_by_key(|&i| (Reverse(articles[i].modified), i)),
            Sort::Title => order.sort_by_cached_key(|&i| (articles[i].title.to_lowercase(), i)),
            Sort::Length => order.sort_by_key(|&i| (articles[i].minutes, i)),
            Sort::State => order.sort_by_key(|&i| (state_rank(articles[i].status), i)),
        }
        let has_folders = order.iter().any(|&i| !articles[i].folder.is_empty());
        if has_folders {
            order.sort_by(|&a, &b| articles[a].folder.cmp(&articles[b].folder));
        }
        let mut rows = Vec::with_capacity(order.len());
        let mut folder = "";
        for i in order {
            if articles[i].folder != folder {
                folder = &articles[i].folder;
                rows.push(Row::Folder(i));
            }
            rows.push(Row::Article(i));
        }
        self.rows = rows;
        self.list.set_len(self.rows.len());
    }

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

/// The change that marks an article read, or unread when it is read. Taking it back also gives back which sections of
/// `state` were seen.
pub fn toggle_read(article: &Article, state: &State) -> Change {
    let (status, words) = match article.status {
        Status::Read => (Status::Unread, "marked unread"),
        Status::Unread | Status::Begun(_) => (Status::Read, "marked read"),
    };
    let own = |fact| (article.id.clone(), fact);
    let mut undoes = vec![own(Fact::Status(article.status))];
    undoes.extend(
        state
            .seen
            .iter()
            .map(|(key, seen)| own(Fact::Seen(key.clone(), *seen))),
    );
    Change {
        does: vec![own(Fact::Status(status))],
        undoes,
        words: format!("{words} “{}”", article.title),
    }
}

fn state_rank(status: Status) -> u8 {
    match status {
        Status::Begun(_) => 0,
        Status::Unread => 1,
        Status::Read => 2,
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
