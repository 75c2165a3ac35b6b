//! The library: every article, what has been read of it, and which to open next; above them the saved searches.

mod articles;
mod draw;
mod filter;
mod selection;

use std::path::{Path, PathBuf};

use ratatui::layout::Rect;

use crate::action::Action;
use crate::app::event::Asked;
use crate::app::list::List;
use crate::config::{Config, SavedSearch, Sort};
use crate::model::article::{Article, ArticleId, Kept, Status};
use crate::model::query::Clock;
use crate::model::state::{Change, Fact, State};
use articles::Articles;
use filter::{Count, Counted, Counts, Filter};
use selection::Selection;

/// Rows above the first article.
const HEAD: u16 = 2;

/// The articles, the order they are in and the one that is chosen.
#[derive(Debug, Default)]
pub struct LibraryPane {
    articles: Articles,
    rows: Vec<Row>,
    list: List,
    filter: Option<Filter>,
    searches: Vec<Counted>,
    /// Passages that were kept long ago.
    old: Vec<Kept>,
    counts: Counts,
    selection: Selection,
    clock: Clock,
    /// Whether the reader has gone anywhere in the list as it is: then what is chosen stays chosen.
    is_moved: bool,
    /// Whether articles are still being found.
    pub is_scanning: bool,
    /// How many files have been read, how many there are to read, and how many a second; while they are read.
    pub reading: Option<(usize, usize, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// A free row before a subfolder and behind the searches.
    Gap,
    /// A passage that was kept long ago.
    Passage(u32),
    /// A saved search.
    Search(u32),
    /// A subfolder: the one of the article of this number.
    Folder(u32),
    /// The article of this number.
    Article(u32),
}

impl Row {
    /// Whether it can be chosen.
    const fn is_stop(self) -> bool {
        match self {
            Self::Article(_) | Self::Search(_) | Self::Passage(_) => true,
            Self::Gap | Self::Folder(_) => false,
        }
    }
}

impl LibraryPane {
    /// An empty library as the reader wants it.
    pub fn new(config: &Config, clock: Clock) -> Self {
        let counted = |search: &SavedSearch| Counted::new(search, clock);
        Self {
            articles: Articles::new(config.sort.clone(), config.group),
            searches: config.searches.iter().map(counted).collect(),
            is_scanning: true,
            clock,
            ..Self::default()
        }
    }

    /// Adds articles that were found; of one at a path that is known, it takes what is told now.
    pub fn add(&mut self, found: Vec<Article>) {
        for article in found {
            let number = match self.articles.at(&article.path) {
                Some(number) => {
                    self.count(number, Count::Out);
                    self.articles.replace(number, article);
                    number
                }
                None => self.articles.push(article),
            };
            self.count(number, Count::In);
            self.look_at(number);
        }
        self.make_rows_around();
    }

    /// Takes away the articles at these paths.
    pub fn remove(&mut self, gone: &[PathBuf]) {
        for path in gone {
            if let Some(number) = self.articles.at(path) {
                self.count(number, Count::Out);
                self.articles.remove(number);
            }
        }
        self.make_rows_around();
    }

    /// Takes what the reader did with some articles. They stay where they are until the list changes.
    pub fn set_states(&mut self, states: &[(ArticleId, State)]) {
        for (id, state) in states {
            let is_kept = |(article, old): &Kept| {
                article.id != *id || state.bookmarks.iter().any(|it| it.id == old.id)
            };
            if !self.old.iter().all(is_kept) {
                self.old.retain(is_kept);
                self.make_rows_around();
            }
            for number in self.articles.of_id(id) {
                self.count(number, Count::Out);
                self.articles.change(number, |article| {
                    article.status = state.status;
                    article.bookmarks = state.bookmarks.len();
                    article.last_read = state.last_read;
                });
                self.count(number, Count::In);
                self.look_again_at(number);
            }
        }
    }

    /// Takes the titles that some articles have now.
    pub fn rename(&mut self, renamed: &[Article]) {
        for new in renamed {
            for number in self.articles.of_id(&new.id) {
                if let Some(old) = self.articles.get(number).cloned() {
                    let title = new.title.clone();
                    self.count(number, Count::Out);
                    self.articles.replace(number, Article { title, ..old });
                    self.count(number, Count::In);
                }
            }
        }
        self.make_rows_around();
    }

    /// Tells where the list is on the screen now.
    pub fn set_area(&mut self, area: Rect) {
        self.list
            .set_height(usize::from(area.height.saturating_sub(HEAD)));
    }

    /// The chosen article.
    pub fn chosen(&self) -> Option<&Article> {
        self.articles.get(self.chosen_number()?)
    }

    /// The saved search that is chosen.
    pub fn chosen_search(&self) -> Option<usize> {
        match self.rows.get(self.list.chosen)? {
            Row::Search(search) => Some(*search as usize),
            Row::Article(_) | Row::Folder(_) | Row::Gap | Row::Passage(_) => None,
        }
    }

    /// The passage that is chosen.
    pub fn chosen_passage(&self) -> Option<&Kept> {
        match self.rows.get(self.list.chosen)? {
            Row::Passage(passage) => self.old.get(*passage as usize),
            Row::Article(_) | Row::Folder(_) | Row::Gap | Row::Search(_) => None,
        }
    }

    /// Shows these passages above everything.
    pub fn set_old(&mut self, old: Vec<Kept>) {
        self.old = old;
        self.make_rows_around();
    }

    fn chosen_number(&self) -> Option<u32> {
        match self.rows.get(self.list.chosen)? {
            Row::Article(number) => Some(*number),
            Row::Search(_) | Row::Folder(_) | Row::Gap | Row::Passage(_) => None,
        }
    }

    /// How many articles there are.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    /// Chooses the article at a path.
    pub fn choose(&mut self, path: &Path) {
        let row = self.articles.at(path).map(Row::Article);
        if let Some(row) = row.and_then(|row| self.row_of(row)) {
            self.is_moved = true;
            self.list.choose(row);
        }
    }

    /// Of the articles that are begun, the one that was read last.
    pub fn last_begun(&self) -> Option<&Article> {
        let order = self.articles.order().iter();
        let all = order.filter_map(|number| self.articles.get(*number));
        all.filter(|a| matches!(a.status, Status::Begun(_)) && !a.missing)
            .max_by_key(|a| a.last_read)
    }

    /// The unread article after, or before, the one at a path, in the order of the list.
    pub fn unread_beside(&self, path: &Path, forward: bool) -> Option<PathBuf> {
        let here = self.articles.at(path).map(Row::Article);
        let here = here.and_then(|row| self.row_of(row));
        let unread = |row: &Row| {
            let article = self.article(*row)?;
            (article.status != Status::Read && !article.missing).then(|| article.path.clone())
        };
        match (here, forward) {
            (Some(here), true) => self.rows[here + 1..].iter().find_map(unread),
            (Some(here), false) => self.rows[..here].iter().rev().find_map(unread),
            (None, _) => self.rows.iter().find_map(unread),
        }
    }

    /// Takes the next order; what it is now.
    pub fn next_sort(&mut self) -> String {
        let (first, rest) = self
            .articles
            .sort()
            .split_first()
            .unwrap_or((&Sort::Newest, &[]));
        let mut sort = vec![first.next()];
        sort.extend(
            rest.iter()
                .filter(|other| **other != sort[0])
                .collect::<Vec<_>>(),
        );
        let words = words_of(&sort);
        self.set_order(sort, self.articles.is_grouped());
        words
    }

    /// Lists the articles by folder, or all together again. Whether by folder.
    pub fn toggle_folders(&mut self) -> bool {
        let group = !self.articles.is_grouped();
        self.set_order(self.articles.sort().to_vec(), group);
        group
    }

    fn set_order(&mut self, sort: Vec<Sort>, group: bool) {
        let chosen = self.rows.get(self.list.chosen).copied();
        self.articles.set_order(sort, group);
        self.make_rows();
        if let Some(row) = chosen {
            self.choose_row(row);
        }
    }

    /// Chooses the row at a row of the screen. Whether it can be opened.
    pub fn choose_at(&mut self, area: Rect, row: u16) -> bool {
        let Some(row) = row.checked_sub(area.y + HEAD) else {
            return false;
        };
        let row = self.list.top + usize::from(row);
        let is_stop = self.rows.get(row).is_some_and(|row| row.is_stop());
        if is_stop {
            self.is_moved = true;
            self.list.choose(row);
        }
        is_stop
    }

    /// Does what only moves or selects. Whether it did something.
    pub fn act(&mut self, asked: Asked) -> bool {
        let before = self.list.chosen;
        let count = asked.count.map_or(1, |c| c as usize);
        match asked.action {
            Action::NextUnread => self.step_unread(true),
            Action::PreviousUnread => self.step_unread(false),
            Action::Select => (0..count.min(self.rows.len())).for_each(|_| self.select()),
            Action::SelectRange => self.select_range(),
            action if self.list.moves(action, count) => self.leave_folder(before),
            _ => return false,
        }
        self.is_moved = true;
        true
    }

    /// Marks the chosen article read, or unread when it is read; of several that are selected, all of them read, or
    /// unread when all are read. Nothing is selected afterwards.
    pub fn toggle_read(&mut self) -> Option<Change> {
        let selected = self.selected();
        if selected.is_empty() {
            self.select_none();
            return self
                .chosen()
                .map(|article| toggle_read(article, &State::default()));
        }
        let articles: Vec<&Article> = selected
            .iter()
            .filter_map(|number| self.articles.get(*number))
            .collect();
        let is_read = articles.iter().all(|a| a.status == Status::Read);
        let status = if is_read {
            Status::Unread
        } else {
            Status::Read
        };
        let change = marked(&articles, status);
        self.select_none();
        Some(change)
    }

    /// Marks all articles shown read; how many that changes.
    pub fn mark_all_read(&self) -> Option<(usize, Change)> {
        let shown = self.rows.iter().filter_map(|row| self.article(*row));
        let unread: Vec<&Article> = shown.filter(|a| a.status != Status::Read).collect();
        (!unread.is_empty()).then(|| (unread.len(), marked(&unread, Status::Read)))
    }

    fn article(&self, row: Row) -> Option<&Article> {
        match row {
            Row::Article(number) => self.articles.get(number),
            Row::Folder(_) | Row::Gap | Row::Search(_) | Row::Passage(_) => None,
        }
    }

    fn step_unread(&mut self, forward: bool) {
        let next = match self.chosen().map(|a| a.path.clone()) {
            Some(path) => self.unread_beside(&path, forward),
            None => self.unread_beside(Path::new(""), forward),
        };
        if let Some(next) = next {
            self.choose(&next);
        }
    }

    fn row_of(&self, wanted: Row) -> Option<usize> {
        self.rows.iter().position(|row| *row == wanted)
    }

    fn choose_row(&mut self, wanted: Row) {
        if let Some(row) = self.row_of(wanted) {
            self.list.choose(row);
        }
    }

    fn choose_first(&mut self) {
        let first = self.rows.iter().position(|r| matches!(r, Row::Article(_)));
        self.list.top = 0;
        self.list.choose(first.unwrap_or(0));
    }

    /// The name of a folder and the gap before it are passed over in the direction of the move.
    fn leave_folder(&mut self, before: usize) {
        let here = self.list.chosen;
        if self.rows.get(here).is_none_or(|row| row.is_stop()) {
            return;
        }
        let above = self.rows[..here]
            .iter()
            .rposition(|row| row.is_stop())
            .filter(|_| here < before);
        let below = self.rows[here..]
            .iter()
            .position(|row| row.is_stop())
            .map(|i| here + i);
        // the name of the first folder stays on the screen above its first article
        let top = self.list.top;
        self.list.choose(above.or(below).unwrap_or(here));
        if above.is_none() && self.list.chosen < top + self.list.height() {
            self.list.top = top;
        }
    }

    /// Makes the rows anew after articles came or went. What the reader has chosen stays where it is on the screen.
    fn make_rows_around(&mut self) {
        let chosen = self.rows.get(self.list.chosen).copied();
        let below_top = self.list.chosen.saturating_sub(self.list.top);
        self.articles.put_in_order();
        self.make_rows();
        match chosen
            .filter(|_| self.is_moved)
            .and_then(|row| self.row_of(row))
        {
            Some(row) => {
                self.list.top = row.saturating_sub(below_top);
                self.list.choose(row);
            }
            None if self.is_moved => self.list.choose(self.list.chosen),
            None => self.choose_first(),
        }
    }

    fn make_rows(&mut self) {
        let order = self.articles.order();
        let mut rows = std::mem::take(&mut self.rows);
        rows.clear();
        if self.filter.is_none() && !order.is_empty() {
            let old = 0..u32::try_from(self.old.len()).unwrap_or(0);
            rows.extend(old.map(Row::Passage));
            if !self.old.is_empty() && !self.searches.is_empty() {
                rows.push(Row::Gap);
            }
            let searches = 0..u32::try_from(self.searches.len()).unwrap_or(0);
            rows.extend(searches.map(Row::Search));
        }
        let searches = rows.len();
        let shown = self.filter.as_ref().map(|filter| &filter.shown);
        let is_shown = |number: &&u32| {
            shown.is_none_or(|shown| shown.get(**number as usize).copied().unwrap_or(false))
        };
        let is_grouped = self.articles.is_grouped();
        let mut folder = None;
        let mut count = 0;
        for number in order.iter().filter(is_shown).copied() {
            if is_grouped {
                let (here, name) = self.articles.folder(number);
                if folder != Some(here) {
                    if !rows.is_empty() {
                        rows.push(Row::Gap);
                    }
                    if !name.is_empty() {
                        rows.push(Row::Folder(number));
                    }
                    folder = Some(here);
                }
            } else if count == 0 && searches > 0 {
                rows.push(Row::Gap);
            }
            rows.push(Row::Article(number));
            count += 1;
        }
        self.counts.shown = count;
        self.rows = rows;
        self.list.set_len(self.rows.len());
    }
}

/// Orders in words: `state, newest`.
fn words_of(sort: &[Sort]) -> String {
    let words: Vec<&str> = sort.iter().map(|sort| sort.words()).collect();
    words.join(", ")
}

/// The change that marks several articles.
fn marked(articles: &[&Article], status: Status) -> Change {
    let own = |article: &Article, status| (article.id.clone(), Fact::Status(status));
    let count = articles.len();
    let s = if count == 1 { "" } else { "s" };
    Change {
        does: articles.iter().map(|a| own(a, status)).collect(),
        undoes: articles.iter().map(|a| own(a, a.status)).collect(),
        words: format!("marked {count} article{s} {}", status.word()),
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

#[cfg(test)]
mod tests;
