//! The passages the reader keeps: bookmarks and letters.

use std::ops::Range;

use super::Reader;
use crate::model::article::{Bookmark, BookmarkId};
use crate::model::correction::{find, find_all};
use crate::model::document::{BlockKind, Position};
use crate::model::outline::{first_words, in_one_line};
use crate::model::quote::{Found, Quote};
use crate::model::state::{Change, Fact};

/// A bookmark and where it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its words.
    pub range: Range<Position>,
    /// Which of the state's bookmarks.
    pub bookmark: usize,
}

impl Reader {
    /// Bookmarks the paragraph at the margin bar, or removes its bookmark. `now` in milliseconds since 1970.
    pub fn toggle_bookmark(&mut self, now: i64) -> Option<Change> {
        if let Some(bookmark) = self.bookmark_here() {
            return Some(self.remove_bookmark(&bookmark.clone()));
        }
        let bookmark = self.new_bookmark(self.bar, now)?;
        let words = format!("bookmarked “{}”", first_words(&bookmark.quote.exact));
        let undoes = vec![Fact::BookmarkRemoved(bookmark.id.clone())];
        Some(self.change(vec![Fact::Bookmark(bookmark)], undoes, words))
    }

    /// The change that removes a bookmark of this article.
    pub fn remove_bookmark(&self, bookmark: &Bookmark) -> Change {
        let words = format!(
            "removed the bookmark “{}”",
            first_words(&bookmark.quote.exact)
        );
        let does = vec![Fact::BookmarkRemoved(bookmark.id.clone())];
        self.change(does, vec![Fact::Bookmark(bookmark.clone())], words)
    }

    /// Marks the place with a letter; the letter leaves the place it had in this article.
    pub fn set_letter(&mut self, letter: char, now: i64) -> Option<Change> {
        let top_is_read = self
            .lines
            .iter()
            .find(|l| !l.bytes.is_empty())
            .map_or(self.bar, |l| l.block);
        let block = if self.bar < top_is_read {
            top_is_read
        } else {
            self.bar
        };
        let mut bookmark = self.new_bookmark(block, now)?;
        bookmark.letter = Some(letter);
        let words = format!(
            "marked “{}” with {letter}",
            first_words(&bookmark.quote.exact)
        );
        let mut undoes = vec![Fact::BookmarkRemoved(bookmark.id.clone())];
        let mut does = vec![Fact::Bookmark(bookmark)];
        for old in self
            .state
            .bookmarks
            .iter()
            .filter(|b| b.letter == Some(letter))
        {
            does.push(Fact::BookmarkRemoved(old.id.clone()));
            undoes.push(Fact::Bookmark((**old).clone()));
        }
        Some(self.change(does, undoes, words))
    }

    /// Goes to the place of this article marked with a letter. `None` when it marks none, else whether it was found.
    pub fn go_to_letter(&mut self, letter: char) -> Option<bool> {
        let bookmark = self
            .state
            .bookmarks
            .iter()
            .rev()
            .find(|b| b.letter == Some(letter))?
            .clone();
        Some(self.go_to_bookmark(&bookmark))
    }

    /// Goes to a bookmark's words. Whether they were found.
    pub fn go_to_bookmark(&mut self, bookmark: &Bookmark) -> bool {
        match find(&bookmark.quote, &self.document).range() {
            Some(range) => {
                self.jump_into_view(range.start);
                true
            }
            None => false,
        }
    }

    /// To the next bookmark after the margin bar.
    pub fn next_bookmark(&mut self, count: usize) -> bool {
        let after = self
            .placed
            .iter()
            .map(|p| p.range.start)
            .filter(|p| p.block > self.bar);
        let target = after
            .clone()
            .nth(count.saturating_sub(1))
            .or_else(|| after.clone().next_back());
        target.is_some_and(|to| {
            self.jump_into_view(to);
            true
        })
    }

    /// To the bookmark before the margin bar.
    pub fn previous_bookmark(&mut self, count: usize) -> bool {
        let before = self
            .placed
            .iter()
            .rev()
            .map(|p| p.range.start)
            .filter(|p| p.block < self.bar);
        let target = before
            .clone()
            .nth(count.saturating_sub(1))
            .or_else(|| before.clone().next_back());
        target.is_some_and(|to| {
            self.jump_into_view(to);
            true
        })
    }

    /// How many bookmarks were not found in the text as it is now.
    pub fn lost_bookmarks(&self) -> usize {
        self.state.bookmarks.len() - self.placed.len()
    }

    /// What became of a bookmark's words since they were kept, for the list: whether they have moved, changed or are gone.
    /// Empty when they are where they were.
    pub fn fate(&self, bookmark: usize) -> String {
        let (Some(found), Some(kept)) =
            (self.found.get(bookmark), self.state.bookmarks.get(bookmark))
        else {
            return String::new();
        };
        match found {
            Found::InPlace(_) => String::new(),
            Found::Moved(range) => {
                let section = self.outline.section_at(range.start);
                let here = section.map_or("", |s| self.outline.sections[s].title.as_str());
                // text that was added above them is no move to a reader
                if here == kept.section {
                    String::new()
                } else {
                    format!("moved to “{here}”")
                }
            }
            Found::Changed(range, _) => {
                let now = Quote::take(&self.document, range.clone()).exact;
                format!("changed, now: “{}”", in_one_line(&now))
            }
            Found::Lost(places) => match places.first() {
                None => "lost: no longer in the text".to_owned(),
                Some(place) => {
                    let there = Quote::take(&self.document, place.clone()).exact;
                    format!("lost; most like it: “{}”", first_words(&there))
                }
            },
        }
    }

    /// Finds the bookmarks in the text.
    pub(super) fn place_bookmarks(&mut self) {
        let quotes = self.state.bookmarks.iter().map(|b| &b.quote);
        self.found = find_all(quotes, &self.document);
        let placed = self.found.iter().enumerate();
        let placed = placed.filter_map(|(bookmark, found)| {
            let range = found.range()?.clone();
            Some(Placed { range, bookmark })
        });
        self.placed = placed.collect();
        self.placed.sort_by_key(|p| p.range.start);
        self.bookmarks_in.clear();
        for placed in &self.placed {
            if let Some(section) = self.outline.section_at(placed.range.start) {
                *self.bookmarks_in.entry(section).or_default() += 1;
            }
        }
    }

    fn new_bookmark(&self, block: usize, now: i64) -> Option<Bookmark> {
        let b = self
            .document
            .blocks()
            .get(block)
            .filter(|b| b.kind != BlockKind::Noise)?;
        let start = Position::start_of(block);
        let quote = Quote::take(
            &self.document,
            start..Position {
                block,
                offset: b.text.len(),
            },
        );
        let title = |section: usize| self.outline.sections[section].title.clone();
        let section = self.outline.section_at(start);
        let above = section.map_or_else(Vec::new, |section| self.outline.above(section));
        let id = BookmarkId(format!("{now:x}-{}-{block:x}", self.article.id));
        Some(Bookmark {
            section: section.map(title).unwrap_or_default(),
            above: above.into_iter().map(title).collect(),
            ..Bookmark::plain(id, quote, now)
        })
    }
}
