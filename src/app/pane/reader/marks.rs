//! The passages the reader keeps: bookmarks and letters.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::Reader;
use crate::app::pane::bookmarks::{Fate, remove};
use crate::model::article::{Bookmark, BookmarkId, Kind};
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

impl Placed {
    /// Whether some of it is in a block.
    pub fn touches(&self, block: usize) -> bool {
        self.range.start.block <= block && block <= self.range.end.block
    }
}

/// More bookmarks than this are not drawn at once.
const MAX_ON_SCREEN: usize = 500;

impl Reader {
    /// Bookmarks what is selected, or the paragraph at the margin bar; where that is bookmarked already, removes the
    /// bookmark. `now` in milliseconds since 1970.
    pub fn toggle_bookmark(&mut self, now: i64) -> Option<Change> {
        let range = self.range_here()?;
        let is_plain = |it: &&Bookmark| it.kind.is_none() && it.letter.is_none();
        let in_paragraph = || {
            let here = self.on_screen.iter().map(|placed| &self.placed[*placed]);
            let here = here.filter(|it| self.selection.is_none() && it.touches(self.bar));
            here.filter_map(|it| self.state.bookmarks.get(it.bookmark).map(AsRef::as_ref))
                .find(is_plain)
        };
        if let Some(bookmark) = self.kept_at(&range).find(is_plain).or_else(in_paragraph) {
            return Some(self.remove_bookmark(&bookmark.clone()));
        }
        let bookmark = self.new_bookmark(range, now)?;
        let words = format!("bookmarked “{}”", first_words(&bookmark.quote.exact));
        Some(self.add_bookmark(bookmark, words))
    }

    /// Highlights what is selected as a kind; where nothing is selected, the passage that keys act on becomes one of this
    /// kind, or else the paragraph at the margin bar is highlighted. What is highlighted already becomes one of this kind.
    /// `None` when it is one already. `now` in milliseconds since 1970.
    pub fn highlight(&mut self, kind: Option<Kind>, name: &str, now: i64) -> Option<Change> {
        let is_selected = self.selection().is_some();
        let range = self.range_here()?;
        let own = |it: &&Bookmark| it.letter.is_none() || it.kind.is_some();
        let known = if is_selected {
            self.kept_at(&range).find(own).cloned()
        } else {
            self.passage_here().cloned()
        };
        let as_kind = |bookmark: Bookmark| Bookmark { kind, ..bookmark };
        match known {
            Some(bookmark) if bookmark.kind == kind => None,
            Some(bookmark) => {
                let words = format!("“{}” is {name} now", first_words(&bookmark.quote.exact));
                Some(self.edit_bookmark(&bookmark, as_kind(bookmark.clone()), words))
            }
            None => {
                let bookmark = as_kind(self.new_bookmark(range, now)?);
                let quoted = first_words(&bookmark.quote.exact);
                let words = match kind {
                    Some(_) => format!("highlighted “{quoted}” as {name}"),
                    None => format!("bookmarked “{quoted}”"),
                };
                Some(self.add_bookmark(bookmark, words))
            }
        }
    }

    /// The bookmark that a note or tags are for: of what is selected, or the passage that keys act on; a new one, which is
    /// not kept yet, where there is none and something is selected. `now` in milliseconds since 1970.
    pub fn to_write_on(&self, kind: Option<Kind>, now: i64) -> Option<Bookmark> {
        if self.selection().is_none() {
            return self.passage_here().cloned();
        }
        let range = self.range_here()?;
        let known = self.kept_at(&range).next().cloned();
        known.or_else(|| {
            let bookmark = self.new_bookmark(range, now)?;
            Some(Bookmark { kind, ..bookmark })
        })
    }

    /// The bookmarks of exactly these words.
    fn kept_at(&self, range: &Range<Position>) -> impl Iterator<Item = &Bookmark> {
        let of = self.placed.iter().filter(move |it| it.range == *range);
        of.filter_map(|it| self.state.bookmarks.get(it.bookmark).map(AsRef::as_ref))
    }

    /// What is selected, or all of the paragraph at the margin bar.
    fn range_here(&self) -> Option<Range<Position>> {
        if let Some(selection) = self.selection() {
            return Some(selection.range());
        }
        self.all_of(self.bar)
    }

    fn add_bookmark(&mut self, bookmark: Bookmark, words: String) -> Change {
        self.passage = Some(bookmark.id.clone());
        let undoes = vec![Fact::BookmarkRemoved(bookmark.id.clone())];
        self.change(vec![Fact::Bookmark(bookmark)], undoes, words)
    }

    fn edit_bookmark(&mut self, before: &Bookmark, after: Bookmark, words: String) -> Change {
        self.passage = Some(before.id.clone());
        let undoes = vec![Fact::Bookmark(before.clone())];
        self.change(vec![Fact::Bookmark(after)], undoes, words)
    }

    /// The change that removes a bookmark of this article.
    pub fn remove_bookmark(&self, bookmark: &Bookmark) -> Change {
        remove(&self.article, bookmark)
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
        let mut bookmark = self.new_bookmark(self.all_of(block)?, now)?;
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

    /// Goes to a bookmark's words, and has keys act on it. Whether they were found.
    pub fn go_to_bookmark(&mut self, bookmark: &Bookmark) -> bool {
        let known = self.placed.iter().find(|it| {
            let of = self.state.bookmarks.get(it.bookmark);
            of.is_some_and(|of| of.id == bookmark.id && of.quote == bookmark.quote)
        });
        let start = match known {
            Some(placed) => Some(placed.range.start),
            None if bookmark.is_loose => None,
            None => {
                let found = find(&bookmark.quote, &self.document);
                found.range().map(|range| range.start)
            }
        };
        let Some(start) = start else { return false };
        self.jump_into_view(start);
        self.passage = Some(bookmark.id.clone());
        true
    }

    /// To the next bookmark after the one that keys act on, or after the margin bar. Whether there is one.
    pub fn next_bookmark(&mut self, count: usize) -> bool {
        let first = match self.placed_passage() {
            Some(here) => here + 1,
            None => {
                let bar = Position::start_of(self.bar);
                self.placed.partition_point(|it| it.range.start <= bar)
            }
        };
        let last = self.placed.len().checked_sub(1);
        let wanted = first.saturating_add(count.saturating_sub(1));
        match last {
            Some(last) if first <= last => self.go_to_placed(wanted.min(last)),
            Some(_) | None => false,
        }
    }

    /// To the bookmark before the one that keys act on, or before the margin bar. Whether there is one.
    pub fn previous_bookmark(&mut self, count: usize) -> bool {
        let after = self.placed_passage().unwrap_or_else(|| {
            let bar = Position::start_of(self.bar);
            self.placed.partition_point(|it| it.range.start < bar)
        });
        after > 0 && self.go_to_placed(after.saturating_sub(count.max(1)))
    }

    fn go_to_placed(&mut self, placed: usize) -> bool {
        let Some(Placed { range, bookmark }) = self.placed.get(placed).cloned() else {
            return false;
        };
        self.jump_into_view(range.start);
        self.passage = self.state.bookmarks.get(bookmark).map(|it| it.id.clone());
        true
    }

    /// Which of the bookmarks in the text keys act on, if they act on one at the margin bar.
    fn placed_passage(&self) -> Option<usize> {
        let id = self.passage.as_ref()?;
        let is_it = |placed: &&usize| {
            let it = &self.placed[**placed];
            let of = self.state.bookmarks.get(it.bookmark);
            it.touches(self.bar) && of.is_some_and(|of| of.id == *id)
        };
        self.on_screen.iter().find(is_it).copied()
    }

    /// The bookmark that keys act on: the one that was gone to or made last, else the first at the margin bar.
    pub fn passage_here(&self) -> Option<&Bookmark> {
        let chosen = self.placed_passage().map(|placed| &self.placed[placed]);
        let first = || {
            let mut here = self.on_screen.iter().map(|placed| &self.placed[*placed]);
            here.find(|it| it.touches(self.bar))
        };
        let placed = chosen.or_else(first)?;
        self.state.bookmarks.get(placed.bookmark).map(AsRef::as_ref)
    }

    /// Has keys act on the bookmark that a change makes.
    pub fn choose_passage_of(&mut self, change: &Change) {
        for (article, fact) in &change.does {
            if let Fact::Bookmark(bookmark) = fact
                && *article == self.article.id
            {
                self.passage = Some(bookmark.id.clone());
            }
        }
    }

    /// The bookmark that was gone to or made last, while the margin bar is at it.
    pub fn chosen_passage(&self) -> Option<&Bookmark> {
        let placed = &self.placed[self.placed_passage()?];
        self.state.bookmarks.get(placed.bookmark).map(AsRef::as_ref)
    }

    /// How many bookmarks were not found in the text as it is now.
    pub fn lost_bookmarks(&self) -> usize {
        let loose = self.state.bookmarks.iter().filter(|it| it.is_loose);
        self.state.bookmarks.len() - self.placed.len() - loose.count()
    }

    /// What became of a bookmark's words since they were kept.
    pub fn fate(&self, bookmark: usize) -> Fate {
        let (Some(found), Some(kept)) =
            (self.found.get(bookmark), self.state.bookmarks.get(bookmark))
        else {
            return Fate::InPlace;
        };
        let text = |range: &Range<Position>| Quote::take(&self.document, range.clone()).exact;
        match found {
            _ if kept.is_loose => Fate::Loose,
            Found::InPlace(_) => Fate::InPlace,
            Found::Moved(range) => {
                let here = self.section_title(range.start);
                // text that was added above them is no move to a reader
                if here == kept.section {
                    Fate::InPlace
                } else {
                    Fate::Moved(kept.section.clone(), here.to_owned())
                }
            }
            Found::Changed(range, _) => Fate::Changed(in_one_line(&text(range))),
            Found::Lost(places) => Fate::Lost(places.first().map(|it| first_words(&text(it)))),
        }
    }

    /// Where a bookmark stands in the text, or where it stood.
    pub fn place_of(&self, bookmark: usize) -> Position {
        let found = self.found.get(bookmark).and_then(Found::range);
        let kept = self.state.bookmarks.get(bookmark);
        found
            .map(|range| range.start)
            .or_else(|| kept.map(|kept| kept.quote.hint))
            .unwrap_or_default()
    }

    /// Where a bookmark of this article was found. `None` when it is none of it.
    pub fn found_of(&self, id: &BookmarkId) -> Option<&Found> {
        let mut bookmarks = self.state.bookmarks.iter();
        let number = bookmarks.position(|bookmark| bookmark.id == *id)?;
        self.found.get(number)
    }

    /// The title of the section that holds a place.
    pub fn section_title(&self, at: Position) -> &str {
        let section = self.outline.section_at(at);
        section.map_or("", |s| self.outline.sections[s].title.as_str())
    }

    /// The change that makes a bookmark one of the words that stand at a place now.
    pub fn requote(&mut self, bookmark: &Bookmark, range: Range<Position>) -> Option<Change> {
        let here = self.new_bookmark(range, bookmark.added)?;
        let words = format!("kept with “{}”", first_words(&here.quote.exact));
        let after = Bookmark {
            quote: here.quote,
            section: here.section,
            above: here.above,
            is_loose: false,
            ..bookmark.clone()
        };
        Some(self.edit_bookmark(bookmark, after, words))
    }

    /// Finds the bookmarks in the text; those that are known, with where they were found, need not be looked for again.
    pub(super) fn find_bookmarks(&mut self, known: &[Arc<Bookmark>], found: Vec<Found>) {
        let mut known: HashMap<&BookmarkId, (&Quote, Found)> = known
            .iter()
            .zip(found)
            .map(|(bookmark, found)| (&bookmark.id, (&bookmark.quote, found)))
            .collect();
        let mut new = Vec::new();
        let mut all = Vec::with_capacity(self.state.bookmarks.len());
        for (number, bookmark) in self.state.bookmarks.iter().enumerate() {
            match known.remove(&bookmark.id) {
                Some((quote, found)) if *quote == bookmark.quote => all.push(found),
                Some(_) | None => {
                    new.push(number);
                    all.push(Found::Lost(Vec::new()));
                }
            }
        }
        let quotes = new
            .iter()
            .map(|number| &self.state.bookmarks[*number].quote);
        for (number, found) in new.iter().zip(find_all(quotes, &self.document)) {
            all[*number] = found;
        }
        self.found = all;
        self.place_bookmarks();
    }

    /// Works out where the bookmarks that were found are, in the order of the text.
    pub(super) fn place_bookmarks(&mut self) {
        let placed = self.found.iter().enumerate();
        let placed = placed.filter_map(|(bookmark, found)| {
            let is_loose = self.state.bookmarks[bookmark].is_loose;
            let range = found.range().filter(|_| !is_loose)?.clone();
            Some(Placed { range, bookmark })
        });
        self.placed = placed.collect();
        // of two that begin together the inner one is drawn over the outer one
        self.placed
            .sort_by_key(|p| (p.range.start, std::cmp::Reverse(p.range.end)));
        self.find_on_screen();
        self.bookmarks_in.clear();
        for placed in &self.placed {
            if let Some(section) = self.outline.section_at(placed.range.start) {
                *self.bookmarks_in.entry(section).or_default() += 1;
            }
        }
    }

    /// Works out which bookmarks the lines on the screen show.
    pub(super) fn find_on_screen(&mut self) {
        self.on_screen.clear();
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else {
            return;
        };
        let shown = first.start()..Position {
            offset: last.bytes.end.max(last.bytes.start + 1),
            ..last.end()
        };
        let begun = self.placed.partition_point(|it| it.range.start < shown.end);
        let here = self.placed[..begun].iter().enumerate();
        let here =
            here.filter(|(_, it)| it.range.end > shown.start || it.range.start >= shown.start);
        self.on_screen
            .extend(here.map(|(placed, _)| placed).take(MAX_ON_SCREEN));
    }

    /// A plain bookmark of these words. `None` in noise.
    pub(super) fn new_bookmark(&self, range: Range<Position>, now: i64) -> Option<Bookmark> {
        let block = range.start.block;
        let kind = self.document.blocks().get(block)?.kind;
        if kind == BlockKind::Noise {
            return None;
        }
        let quote = Quote::take(&self.document, range);
        let start = quote.hint;
        let title = |section: usize| self.outline.sections[section].title.clone();
        let section = self.outline.section_at(start);
        let above = section.map_or_else(Vec::new, |section| self.outline.above(section));
        let article = &self.article.id;
        let id = BookmarkId(format!("{now:x}-{article}-{block:x}.{:x}", start.offset));
        Some(Bookmark {
            section: section.map(title).unwrap_or_default(),
            above: above.into_iter().map(title).collect(),
            ..Bookmark::plain(id, quote, now)
        })
    }
}
