//! What has been read: the place, the sections that were on the screen long enough, and when to write it down.

use super::Reader;
use crate::model::article::{Progress, Status};
use crate::model::document::Position;
use crate::model::quote::Quote;
use crate::model::state::{Change, Fact};

/// The place is written down so many milliseconds after the last move.
const REST_MS: i64 = 300;
/// … and at the latest so many after the first that was not written.
const LATEST_MS: i64 = 2000;
/// The place is kept by so many bytes of text.
const PLACE_BYTES: usize = 80;

/// What is being waited for.
#[derive(Debug)]
pub struct Watch {
    /// Since when this screen has been shown.
    shown_since: i64,
    /// Whether what is on the screen has been counted as seen.
    counted: bool,
    /// Whether the reader did anything here yet: opening an article is not reading it.
    touched: bool,
    /// Whether the place changed since it was last looked at.
    pub moved: bool,
    /// When the place first and last changed since it was written down.
    unsaved: Option<(i64, i64)>,
}

impl Watch {
    /// An article that was just opened.
    pub const fn new(now: i64) -> Self {
        Self {
            shown_since: now,
            counted: false,
            touched: false,
            moved: false,
            unsaved: None,
        }
    }
}

impl Reader {
    /// Before the reader's next step: counts what has been on the screen for `seen_after` milliseconds. A change to be
    /// saved, if that is news.
    pub fn look_back(&mut self, now: i64, seen_after: i64) -> Option<Change> {
        self.watch.touched = true;
        if self.watch.counted || now - self.watch.shown_since < seen_after {
            return None;
        }
        self.watch.counted = true;
        self.count_seen()
    }

    /// After the reader's step: the clock starts again when something else is on the screen.
    pub fn look_on(&mut self, now: i64) {
        if std::mem::take(&mut self.watch.moved) {
            self.watch.shown_since = now;
            self.watch.counted = false;
            let first = self.watch.unsaved.map_or(now, |(first, _)| first);
            self.watch.unsaved = Some((first, now));
        }
    }

    /// When there is next something to count or to write down without the reader doing anything.
    pub fn due(&self, seen_after: i64) -> Option<i64> {
        let place = self
            .watch
            .unsaved
            .map(|(first, last)| (last + REST_MS).min(first + LATEST_MS));
        let seen = (self.watch.touched && !self.watch.counted)
            .then_some(self.watch.shown_since + seen_after);
        place.into_iter().chain(seen).min()
    }

    /// The place, when it is time to write it down.
    pub fn place_to_save(&mut self, now: i64) -> Option<Change> {
        let (first, last) = self.watch.unsaved?;
        (now >= (last + REST_MS).min(first + LATEST_MS))
            .then(|| self.leave())
            .flatten()
    }

    /// The place, at once: the article is being left.
    pub fn leave(&mut self) -> Option<Change> {
        self.watch.unsaved.take()?;
        let fact = Fact::Progress(self.progress());
        let undoes = self.state.progress.clone().map(Fact::Progress);
        Some(self.change(vec![fact], undoes.into_iter().collect(), String::new()))
    }

    /// The place was not written: it is tried again after the next move.
    pub fn progress(&self) -> Progress {
        let start = self.first_word();
        let text = self
            .document
            .blocks()
            .get(start.block)
            .map_or("", |b| b.text.as_str());
        let end = text.floor_char_boundary((start.offset + PLACE_BYTES).min(text.len()));
        let quote = Quote::take(
            &self.document,
            start..Position {
                offset: end,
                ..start
            },
        );
        Progress {
            quote,
            thousandths: self.thousandths(),
        }
    }

    /// A change of this article.
    pub fn change(&self, does: Vec<Fact>, undoes: Vec<Fact>, words: String) -> Change {
        let own = |facts: Vec<Fact>| {
            facts
                .into_iter()
                .map(|fact| (self.article.id.clone(), fact))
                .collect()
        };
        Change {
            does: own(does),
            undoes: own(undoes),
            words,
        }
    }

    /// The place at the top, or the first word under it when a blank row is there.
    fn first_word(&self) -> Position {
        let word = self.lines.iter().find(|l| !l.bytes.is_empty());
        match word {
            Some(line) if line.start() > self.top => line.start(),
            _ => self.document.clamp(self.top),
        }
    }

    fn count_seen(&mut self) -> Option<Change> {
        let mut does = Vec::new();
        let mut undoes = Vec::new();
        self.count_sections(&mut does);
        let bytes = |p| self.document.bytes_before(p);
        let at_end = bytes(self.bottom()) >= self.document.len();
        let begun = self.top > Position::default() || self.seen.iter().any(|s| s.is_whole());
        let mut words = String::new();
        match self.state.status {
            Status::Unread | Status::Begun(_) if at_end => {
                does.push(Fact::Status(Status::Read));
                undoes.push(Fact::Status(Status::Begun(0)));
                words = format!("read “{}” to its end", self.article.title);
            }
            Status::Unread if begun => does.push(Fact::Status(Status::Begun(0))),
            Status::Unread | Status::Begun(_) | Status::Read => {}
        }
        does.extend(self.edition_read());
        (!does.is_empty()).then(|| self.change(does, undoes, words))
    }

    /// The pieces of the text of which more has been seen now.
    fn count_sections(&mut self, news: &mut Vec<Fact>) {
        let (top, bottom) = (self.top, self.bottom());
        let Some((first, last)) = self.pieces.at(top).zip(self.pieces.at(bottom)) else {
            return;
        };
        let (from, to) = (
            self.document.bytes_before(top),
            self.document.bytes_before(bottom),
        );
        for i in first..=last {
            let piece = self.pieces.range(i);
            let start = self.document.bytes_before(piece.start);
            let end = self.document.bytes_before(piece.end);
            let before = self.seen[i];
            let mut seen = before;
            seen.some = true;
            seen.start |= from <= start && start < to;
            seen.end |= from < end && end <= to;
            if start == end && from <= start && start <= to {
                // nothing of it is shown
                (seen.start, seen.end) = (true, true);
            }
            if seen != before {
                self.seen[i] = seen;
                news.push(Fact::Seen(self.pieces.keys()[i].clone(), seen));
            }
        }
    }
}
