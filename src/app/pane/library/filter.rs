//! What the library pane shows of its articles: what was typed, or a saved search; and how many each saved search finds.

use super::{LibraryPane, Row};
use crate::config::SavedSearch;
use crate::model::article::Status;
use crate::model::query::{Clock, Mistake, Over, Query, Sieve};

/// What the pane is filtered by.
#[derive(Debug)]
pub struct Filter {
    /// As it was typed.
    pub typed: String,
    query: Query,
    pub sieve: Sieve,
    /// What is wrong in it.
    pub mistake: Option<Mistake>,
    /// The saved search that it is.
    pub search: Option<usize>,
    /// For each article by its number, whether it is shown.
    pub shown: Vec<bool>,
    /// What was chosen before there was a filter.
    before: Option<Row>,
}

/// A saved search, and how many articles it finds now.
#[derive(Debug)]
pub struct Counted {
    pub search: SavedSearch,
    pub count: usize,
    sieve: Sieve,
}

impl Counted {
    /// A search before any article is there.
    pub fn new(search: &SavedSearch, clock: Clock) -> Self {
        Self {
            search: search.clone(),
            count: 0,
            sieve: search.query.sieve(clock),
        }
    }
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
        if typed.trim().is_empty() {
            return self.leave_filter();
        }
        let (query, mistake) = Query::typed(typed, Over::Lists);
        if let Some(filter) = &mut self.filter
            && filter.query == query
            && filter.search.is_none()
        {
            typed.clone_into(&mut filter.typed);
            filter.mistake = mistake;
            return;
        }
        self.show_filtered(self.filtered(typed, query, mistake));
    }

    /// Shows all articles again. Chosen is the one that was gone to in what was shown, or else what was chosen before.
    fn leave_filter(&mut self) {
        let Some(filter) = self.filter.take() else {
            return;
        };
        self.select_none();
        let here = self.chosen_number().map(Row::Article);
        let here = here.filter(|_| self.is_moved && filter.search.is_none());
        self.make_rows();
        match here.or(filter.before).and_then(|row| self.row_of(row)) {
            Some(row) => {
                self.is_moved = true;
                self.list.choose(row);
            }
            None => self.choose_first(),
        }
    }

    fn show_filtered(&mut self, filter: Filter) {
        self.filter = Some(filter);
        self.select_none();
        self.is_moved = false;
        self.make_rows();
        self.choose_first();
    }

    /// Shows what a saved search finds.
    pub fn open_search(&mut self, number: usize) {
        let Some(Counted { search, .. }) = self.searches.get(number) else {
            return;
        };
        let (text, query) = (search.text.clone(), search.query.clone());
        let filter = self.filtered(&text, query, None);
        self.show_filtered(Filter {
            search: Some(number),
            ..filter
        });
    }

    fn filtered(&self, typed: &str, query: Query, mistake: Option<Mistake>) -> Filter {
        let sieve = query.sieve(self.clock);
        let numbers = 0..self.articles.numbers();
        // what is hidden already is not looked at again
        let wider = self.filter.as_ref().filter(|old| query.narrows(&old.query));
        let was_shown = |number: u32| {
            wider.is_none_or(|old| old.shown.get(number as usize).copied().unwrap_or(false))
        };
        let shown = numbers.map(|number| was_shown(number) && self.articles.passes(number, &sieve));
        let before = match &self.filter {
            Some(filter) => filter.before,
            None => self.rows.get(self.list.chosen).copied(),
        };
        Filter {
            shown: shown.collect(),
            before,
            typed: typed.to_owned(),
            query,
            sieve,
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
        for counted in &mut self.searches {
            counted.sieve = counted.search.query.sieve(clock);
            let there = self.articles.order().iter();
            let finds = |number: &&u32| self.articles.passes(**number, &counted.sieve);
            counted.count = there.filter(finds).count();
        }
    }

    /// Counts an article, or no longer.
    pub(super) fn count(&mut self, number: u32, how: Count) {
        let Some(article) = self.articles.get(number) else {
            return;
        };
        let change = |count: &mut usize, is: bool| match how {
            Count::In => *count += usize::from(is),
            Count::Out => *count -= usize::from(is && *count > 0),
        };
        change(&mut self.counts.unread, article.status == Status::Unread);
        change(
            &mut self.counts.begun,
            matches!(article.status, Status::Begun(_)),
        );
        for counted in &mut self.searches {
            let is = self.articles.passes(number, &counted.sieve);
            change(&mut counted.count, is);
        }
    }

    /// An article that the filter asks for only now is shown when the list changes; what it no longer asks for stays.
    pub(super) fn look_again_at(&mut self, number: u32) {
        let was = self
            .filter
            .as_ref()
            .and_then(|f| f.shown.get(number as usize));
        if was == Some(&false) {
            self.look_at(number);
        }
    }

    /// Whether the filter shows an article that is new or has changed.
    pub(super) fn look_at(&mut self, number: u32) {
        let Some(filter) = &mut self.filter else {
            return;
        };
        let is_shown = self.articles.passes(number, &filter.sieve);
        let number = number as usize;
        if filter.shown.len() <= number {
            filter.shown.resize(number + 1, false);
        }
        filter.shown[number] = is_shown;
    }
}
