//! An article that was asked for is there, or the bookmarks of the library are.

use std::sync::Arc;

use super::effect::Effect;
use super::event::{Extent, Opened};
use super::pane::bookmarks::Scope;
use super::pane::reader::Reader;
use super::{App, Pane};
use crate::config::keymap::{Key, Match};
use crate::model::article::Kept;

impl App {
    pub(super) fn on_opened(&mut self, opened: Opened, effects: &mut Vec<Effect>) {
        let path = opened.article.path.clone();
        if self.rereading.as_ref() == Some(&path) {
            return self.on_reread(opened);
        }
        if self.opening.as_ref() != Some(&path) {
            return;
        }
        let wanted = opened.bookmark.clone();
        let is_whole = opened.extent == Extent::Whole;
        let column = self.areas().column;
        let mut reader = Reader::open(opened, column, self.now);
        let start = self.reader.take_if(|start| start.is_start_of(&reader));
        let is_new = start.is_none();
        if let Some(start) = start {
            reader.go_on_from(start);
        }
        self.contents.open(&reader.outline);
        let lost = reader.lost_bookmarks();
        self.reader = Some(reader);
        if is_new {
            self.focus = Pane::Text;
            self.library.choose(&path);
        }
        self.set_areas();
        self.tell_of_opened(if wanted.is_some() { lost } else { 0 });
        self.follow();
        if let Some((bookmark, reader)) = wanted.zip(self.reader.as_ref())
            && reader.chosen_passage().is_none()
        {
            let article = Arc::new(reader.article.clone());
            self.settle((article, Arc::new(bookmark)));
        }
        if is_whole {
            self.opening = None;
            self.land_here();
            if let Some(name) = self.trail.wanted.take() {
                self.go_to_anchor(&name);
            }
            self.scan(effects);
            for key in std::mem::take(&mut self.held) {
                self.on_key(key, effects);
            }
        }
    }

    /// Whether a key has to wait until all of the article is here: all but those that move within its beginning.
    pub(super) fn must_wait(&self, key: Key) -> bool {
        use crate::action::Action as A;
        let is_start = |reader: &Reader| reader.extent == Extent::Start && self.opening.is_some();
        if !self.is_reading() || !self.reader.as_ref().is_some_and(is_start) {
            return false;
        }
        let moves = match self.config.keymap.find(self.focus.place(), &[key]) {
            Match::Action(A::Down | A::Up | A::PageDown | A::PageUp | A::HalfPageDown) => true,
            Match::Action(A::HalfPageUp | A::Quit | A::Suspend | A::Redraw) => true,
            Match::Action(_) | Match::Prefix | Match::None => false,
        };
        !self.held.is_empty() || self.overlay.is_some() || self.pending.is_waiting() || !moves
    }

    pub(super) fn on_bookmarks(&mut self, all: Vec<Kept>, effects: &mut Vec<Effect>) {
        if let Some(letter) = self.wanted_letter.take() {
            let found = all
                .iter()
                .filter(|(_, b)| b.letter == Some(letter))
                .max_by_key(|(_, b)| b.added);
            match found {
                Some((article, bookmark)) => {
                    self.go_to(&article.clone(), (**bookmark).clone(), effects);
                }
                None => self.tell(format!("no place is marked with {letter}")),
            }
        } else if self.bookmarks.scope == Scope::Library {
            self.bookmarks.set(all);
        }
    }
}
