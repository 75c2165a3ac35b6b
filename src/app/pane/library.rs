//! The library: every article, what has been read of it, and which to open next.

mod draw;

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;

use crate::action::Action;
use crate::app::event::Asked;
use crate::app::find::Pattern;
use crate::app::list::List;
use crate::config::Sort;
use crate::model::article::{Article, ArticleId, Status};
use crate::model::state::{Change, Fact, State};

/// Rows above the first article.
const HEAD: u16 = 2;

/// The articles, the order they are in and the one that is chosen.
#[derive(Debug, Default)]
pub struct LibraryPane {
    articles: Vec<Article>,
    /// Their titles in lower case.
    titles: Vec<String>,
    /// Which articles, in the order they are listed.
    order: Vec<usize>,
    rows: Vec<Row>,
    list: List,
    sort: Sort,
    filter: Option<(String, Pattern)>,
    /// Whether articles are still being found.
    pub is_scanning: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A free row before a subfolder.
    Gap,
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
        let chosen = self.rows.get(self.list.chosen).copied();
        self.order
            .extend(self.articles.len()..self.articles.len() + found.len());
        self.titles
            .extend(found.iter().map(|a| a.title.to_lowercase()));
        self.articles.extend(found);
        self.put_in_order();
        self.make_rows();
        match chosen.filter(|_| self.list.chosen > 1) {
            Some(row) => self.choose_row(row),
            None => self.choose_first(),
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

    /// Takes the titles that some articles have now.
    pub fn rename(&mut self, renamed: &[Article]) {
        for new in renamed {
            let listed = self.articles.iter_mut().zip(&mut self.titles);
            for (article, title) in listed.filter(|(article, _)| article.id == new.id) {
                article.title.clone_from(&new.title);
                *title = new.title.to_lowercase();
            }
        }
        let chosen = self.rows.get(self.list.chosen).copied();
        self.put_in_order();
        self.make_rows();
        if let Some(row) = chosen {
            self.choose_row(row);
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
            Row::Article(i) => self.articles.get(*i),
            Row::Folder(_) | Row::Gap => None,
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
        let chosen = self.rows.get(self.list.chosen).copied();
        self.sort = sort;
        self.put_in_order();
        self.make_rows();
        if let Some(row) = chosen {
            self.choose_row(row);
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
        let articles = if unread.len() == 1 {
            "article"
        } else {
            "articles"
        };
        let words = format!("marked {} {articles} read", unread.len());
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
            Row::Folder(_) | Row::Gap => None,
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

    fn choose_row(&mut self, wanted: Row) {
        if let Some(row) = self.rows.iter().position(|row| *row == wanted) {
            self.list.choose(row);
        }
    }

    fn choose_first(&mut self) {
        let first = self.rows.iter().position(|r| matches!(r, Row::Article(_)));
        self.list.choose(first.unwrap_or(0));
    }

    /// The name of a folder and the gap before it are passed over in the direction of the move.
    fn leave_folder(&mut self, before: usize) {
        let is_article = |row: &Row| matches!(row, Row::Article(_));
        let here = self.list.chosen;
        if self.rows.get(here).is_none_or(is_article) {
            return;
        }
        let above = self.rows[..here]
            .iter()
            .rposition(is_article)
            .filter(|_| here < before);
        let below = self.rows[here..]
            .iter()
            .position(is_article)
            .map(|i| here + i);
        // the name of the first folder stays on the screen above its first article
        let top = self.list.top;
        self.list.choose(above.or(below).unwrap_or(here));
        if above.is_none() && self.list.chosen < top + self.list.height() {
            self.list.top = top;
        }
    }

    /// Puts the articles in order. What is in order already costs little, so that a library can grow while it is shown.
    fn put_in_order(&mut self) {
        let (articles, titles, sort) = (&self.articles, &self.titles, self.sort);
        let by_sort = |a: usize, b: usize| {
            let (x, y) = (&articles[a], &articles[b]);
            match sort {
                Sort::Newest => y.modified.cmp(&x.modified),
                Sort::Title => titles[a].cmp(&titles[b]),
                Sort::Length => x.minutes.cmp(&y.minutes),
                Sort::State => state_rank(x.status).cmp(&state_rank(y.status)),
            }
        };
        let path = |i: usize| articles[i].path.as_os_str();
        self.order.sort_by(|&a, &b| {
            let by_folder = articles[a].folder.cmp(&articles[b].folder);
            // what is alike otherwise is in the order of its path, however the files were found
            by_folder
                .then_with(|| by_sort(a, b))
                .then_with(|| path(a).cmp(path(b)))
        });
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
        let order = self.order.iter().copied().filter(|&i| shown(&articles[i]));
        let mut rows = Vec::with_capacity(self.order.len());
        let mut folder = "";
        for i in order {
            if articles[i].folder != folder {
                folder = &articles[i].folder;
                if !rows.is_empty() {
                    rows.push(Row::Gap);
                }
                rows.push(Row::Folder(i));
            }
            rows.push(Row::Article(i));
        }
        self.rows = rows;
        self.list.set_len(self.rows.len());
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
