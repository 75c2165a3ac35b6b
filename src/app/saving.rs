//! What the program does with what the journal says, and what goes to it unasked.

use std::sync::Arc;

use super::effect::Effect;
use super::history::Why;
use super::pane::bookmarks::Scope;
use super::pane::reader::Reader;
use super::{App, Pane};
use crate::model::article::ArticleId;
use crate::model::state::{Change, Fact, State};

impl App {
    /// Before the reader's next step: what was on the screen long enough counts as seen.
    pub(super) fn look_back(&mut self, effects: &mut Vec<Effect>) {
        if !self.is_reading() {
            return;
        }
        let seen_after = self.seen_after();
        if let Some(reader) = &mut self.reader {
            reader.settle_bar();
        }
        let change = self
            .reader
            .as_mut()
            .and_then(|r| r.look_back(self.now, seen_after));
        if let Some(change) = change {
            self.keep_copy(&change, effects);
            let why = if change.words.is_empty() {
                Why::Unasked
            } else {
                Why::Asked
            };
            effects.extend(self.history.save(change, why));
        }
    }

    /// Has the texts kept of an edition that is about to be written down.
    fn keep_copy(&self, change: &Change, effects: &mut Vec<Effect>) {
        let is_edition = |(_, fact): &(ArticleId, Fact)| matches!(fact, Fact::Edition(_));
        let reader = self.reader.as_ref();
        if let Some(reader) = reader.filter(|_| change.does.iter().any(is_edition)) {
            let id = reader.article.id.clone();
            effects.push(Effect::KeepCopy(id, reader.texts_read()));
        }
    }

    /// After the reader's step.
    pub(super) fn look_on(&mut self) {
        if let Some(reader) = &mut self.reader {
            reader.look_on(self.now);
        }
        self.follow();
    }

    /// Saves something the reader asked for.
    pub(super) fn save(&mut self, change: Change, effects: &mut Vec<Effect>) {
        effects.extend(self.history.save(change, Why::Asked));
    }

    /// Writes down the place before the article is left.
    pub(super) fn leave_article(&mut self, effects: &mut Vec<Effect>) {
        self.look_back(effects);
        if let Some(change) = self.reader.as_ref().and_then(Reader::edition_left) {
            self.keep_copy(&change, effects);
            effects.extend(self.history.save(change, Why::Unasked));
        }
        let change = self.reader.as_mut().and_then(Reader::leave);
        match change {
            Some(change) => effects.extend(self.history.save(change, Why::Unasked)),
            None => effects.extend(self.history.retry()),
        }
    }

    pub(super) fn on_saved(
        &mut self,
        change: &Change,
        states: &[(ArticleId, State)],
        effects: &mut Vec<Effect>,
    ) {
        let why = self.history.saved(change);
        self.note_saved(change);
        self.set_states(states, effects);
        self.choose_corrected(change);
        match why {
            Why::Asked => self.tell(self.told_of(change)),
            Why::Undo => self.tell(format!("taken back: {}", change.words)),
            Why::Redo => self.tell(format!("done again: {}", change.words)),
            Why::Unasked => {}
        }
    }

    pub(super) fn on_not_saved(&mut self, change: &Change, why: String) {
        if self.history.not_saved(change).is_some() {
            self.warn(why);
        }
        self.note_not_saved(change);
    }

    pub(super) fn set_states(&mut self, states: &[(ArticleId, State)], effects: &mut Vec<Effect>) {
        self.library.set_states(states);
        if let Some(reader) = &mut self.reader
            && let Some((_, state)) = states.iter().find(|(id, _)| *id == reader.article.id)
        {
            let outline = reader.set_state(state.clone());
            if let Some(before) = outline {
                self.contents.reopen(&before, &reader.outline);
                self.follow();
            }
        }
        if self.focus == Pane::Bookmarks {
            self.fill_bookmarks(effects);
        }
    }

    /// Fills the bookmarks pane, or asks for what it shows.
    pub(super) fn fill_bookmarks(&mut self, effects: &mut Vec<Effect>) {
        match (self.bookmarks.scope, &self.reader) {
            (Scope::Article, Some(reader)) => {
                let article = Arc::new(reader.article.clone());
                let kept = reader.state.bookmarks.iter().enumerate();
                let mut items: Vec<_> = kept
                    .map(|(i, b)| ((Arc::clone(&article), Arc::clone(b)), i))
                    .collect();
                items.sort_by_key(|(_, i)| reader.place_of(*i));
                let (items, fates) = items
                    .into_iter()
                    .map(|(item, i)| (item, reader.fate(i)))
                    .unzip();
                self.bookmarks.set_with_fates(items, fates);
            }
            (Scope::Article, None) => self.bookmarks.set(Vec::new()),
            (Scope::Library, _) => effects.push(Effect::ListBookmarks),
        }
    }

    pub(super) fn quit(&mut self, effects: &mut Vec<Effect>) {
        self.keep_notes(effects);
        self.leave_article(effects);
        effects.push(Effect::Quit);
    }
}
