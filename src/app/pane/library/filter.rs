//! What the library pane shows of its articles: what was typed, or a saved search; and how many each saved search finds.

use super::{LibraryPane, Row};
use crate::config::SavedSearch;
use crate::model::article::Status;
use crate::model::query::{Clock, Mistake, Over, Query};

/// What the pane is filtered by.
#[derive(Debug)]
pub struct Filter {
    /// As it was typed.
    pub typed: String,
    pub query: Query,
    /// What is wrong in it.
    pub mistake: Option<Mistake>,
    /// The saved search that it is.
    pub search: Option<usize>,
    /// For each article by its number, whether it is shown.
    pub shown: Vec<bool>,
}

/// A saved search, and how many articles it finds now.
#[derive(Debug)]
pub struct Counted {
    pub search: SavedSearch,
    pub count: usize,
}

/// How many articles there are of each kind.
#[derive(Debug, Default, Clone, Copy)]
pub struct Counts {
    pub unread: usize,
    pub begun: usize,
    /// Rows of articles.
    pub shown: usize,
}

/// Whether an article comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    In,
    Out,
}

impl LibraryPane {
    /// Shows only what is asked for; what is wrong in it or not finished is left out.
    pub fn set_filter(&mut self, typed: &str) {
        let search = self.filter.take().and_then(|filter| filter.search);
        let (query, mistake) = Query::typed(typed, Over::Lists);
        if !typed.trim().is_empty() {
            self.filter = Some(self.filtered(typed, query, mistake));
        }
        self.is_moved = false;
        self.make_rows();
        self.choose_first();
        // back where the search was opened
        if let Some(row) = search.filter(|_| self.filter.is_none()) {
            self.choose_row(Row::Search(row));
        }
    }

    /// Shows what a saved search finds.
    pub fn open_search(&mut self, number: usize) {
        let Some(Counted { search, .. }) = self.searches.get(number) else {
            return;
        };
        let (text, query) = (search.text.clone(), search.query.clone());
        let filter = self.filtered(&text, query, None);
        self.filter = Some(Filter {
            search: Some(number),
            ..filter
        });
        self.is_moved = false;
        self.make_rows();
        self.choose_first();
    }

    fn filtered(&self, typed: &str, query: Query, mistake: Option<Mistake>) -> Filter {
        let numbers = 0..self.articles.numbers();
        let shown = numbers.map(|n| query.matches(&self.articles.facts(n), self.clock));
        Filter {
            shown: shown.collect(),
            typed: typed.to_owned(),
            query,
            mistake,
            search: None,
        }
    }

    /// What the list is filtered by, as it was typed.
    pub fn filter(&self) -> &str {
        self.filter.as_ref().map_or("", |filter| &filter.typed)
    }

    /// What is wrong in what was typed.
    pub fn mistake(&self) -> Option<&Mistake> {
        self.filter.as_ref()?.mistake.as_ref()
    }

    /// How many articles are shown.
    pub const fn shown(&self) -> usize {
        self.counts.shown
    }

    /// Tells what time it is. On a new day other articles may be of this week.
    pub fn set_clock(&mut self, clock: Clock) {
        let is_new_day = clock.today() != self.clock.today() || clock.offset != self.clock.offset;
        self.clock = clock;
        if !is_new_day {
            return;
        }
        for Counted { search, count } in &mut self.searches {
            let there = self.articles.order().iter();
            let finds = |n: &&u32| search.query.matches(&self.articles.facts(**n), clock);
            *count = there.filter(finds).count();
        }
    }

    /// Counts an article, or no longer.
    pub(super) fn count(&mut self, number: u32, how: Count) {
        let facts = self.articles.facts(number);
        let change = |count: &mut usize, is: bool| match how {
            Count::In => *count += usize::from(is),
            Count::Out => *count -= usize::from(is && *count > 0),
        };
        change(&mut self.counts.unread, facts.status == Status::Unread);
        change(
            &mut self.counts.begun,
            matches!(facts.status, Status::Begun(_)),
        );
        for Counted { search, count } in &mut self.searches {
            change(count, search.query.matches(&facts, self.clock));
        }
    }

    /// Whether the filter shows an article that is new or has changed.
    pub(super) fn look_at(&mut self, number: u32) {
        let Some(filter) = &mut self.filter else {
            return;
        };
        let is_shown = filter
            .query
            .matches(&self.articles.facts(number), self.clock);
        let number = number as usize;
        if filter.shown.len() <= number {
            filter.shown.resize(number + 1, false);
        }
        filter.shown[number] = is_shown;
    }
}
