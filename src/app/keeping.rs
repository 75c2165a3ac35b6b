//! What is done with the passages that are kept: tags, notes, kinds, and what becomes of those that were lost.

use super::App;
use super::effect::Effect;
use super::overlay::Overlay;
use super::overlay::prompt::{Prompt, Purpose};
use super::overlay::settle::{Answer, Settle};
use super::pane::bookmarks::{highlight, loosen, remove};
use crate::action::Action;
use crate::config::keymap::Key;
use crate::model::article::{Article, Bookmark, Kept, Kind};
use crate::model::state::{Change, Fact};

impl App {
    /// Saves a change of a bookmark. Taking it back removes one that was not kept before.
    pub(super) fn save_passage(&mut self, mut change: Change, effects: &mut Vec<Effect>) {
        let new = change.does.iter().find_map(|(article, fact)| match fact {
            Fact::Bookmark(bookmark) => {
                let reader = self
                    .reader
                    .as_ref()
                    .filter(|it| it.article.id == *article)?;
                let mut kept = reader.state.bookmarks.iter();
                let is_kept = kept.any(|it| it.id == bookmark.id);
                (!is_kept).then(|| (article.clone(), bookmark.id.clone()))
            }
            _ => None,
        });
        if let Some((article, id)) = new {
            change.undoes = vec![(article, Fact::BookmarkRemoved(id))];
        }
        if let Some(reader) = &mut self.reader {
            reader.leave_selection();
            reader.choose_passage_of(&change);
        }
        self.save(change, effects);
    }

    /// Asks for the tags of the passage that keys act on, or of what is selected.
    pub(super) fn tag_here(&mut self) {
        let reader = self.reader.as_ref();
        let here = reader
            .and_then(|r| Some((r.article.clone(), r.to_write_on(self.last_kind, self.now)?)));
        match here {
            Some((article, bookmark)) => self.write_tags(article, bookmark),
            None => self.tell("no passage here to give tags to; v selects one".to_owned()),
        }
    }

    pub(super) fn write_tags(&mut self, article: Article, bookmark: Bookmark) {
        let text = bookmark.tags.join(" ");
        let purpose = Purpose::Tags(Box::new((article, bookmark)));
        self.overlay = Some(Overlay::Prompt(Prompt::new(purpose, &text)));
    }

    /// Removes the passage that keys act on.
    pub(super) fn remove_here(&mut self, effects: &mut Vec<Effect>) {
        let here = self.reader.as_ref();
        let here = here.and_then(|r| Some((r.article.clone(), r.passage_here()?.clone())));
        match here {
            Some((article, bookmark)) => self.save(remove(&article, &bookmark), effects),
            None => self.tell("no passage here".to_owned()),
        }
    }

    /// Removes the bookmark that is chosen in the list.
    pub(super) fn remove_chosen(&mut self, effects: &mut Vec<Effect>) {
        let chosen = self.bookmarks.chosen();
        if let Some(change) = chosen.map(|(article, bookmark)| remove(article, bookmark)) {
            self.save(change, effects);
        }
    }

    /// Makes the bookmark that is chosen in the list one of a kind.
    pub(super) fn highlight_chosen(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let kind = kind_of(action);
        let name = self.kind_name(kind);
        let Some((article, bookmark)) = self.bookmarks.chosen() else {
            return;
        };
        match highlight(article, bookmark, kind, &name) {
            Some(change) => self.save(change, effects),
            None => self.tell(format!("it is {name} already")),
        }
    }

    /// Asks what is to become of the bookmark that is chosen in the list.
    pub(super) fn settle_chosen(&mut self, effects: &mut Vec<Effect>) {
        let Some((article, bookmark)) = self.bookmarks.chosen().cloned() else {
            return;
        };
        let is_here = |reader: &super::pane::reader::Reader| reader.article.id == article.id;
        if !self.reader.as_ref().is_some_and(is_here) {
            // only its text tells what became of it
            self.go_to(&article, (*bookmark).clone(), effects);
        } else if !self.settle((article, bookmark)) {
            self.tell("its words are where they were".to_owned());
        }
    }

    /// Asks what is to become of a bookmark of the open article, if its words were lost or have changed. Whether they
    /// were.
    pub(super) fn settle(&mut self, (article, bookmark): Kept) -> bool {
        let Some(reader) = &self.reader else {
            return false;
        };
        let settle = reader
            .found_of(&bookmark.id)
            .and_then(|found| Settle::of(reader, (article, bookmark), found));
        let is_asked = settle.is_some();
        if let Some(settle) = settle {
            self.overlay = Some(Overlay::Settle(Box::new(settle)));
        }
        is_asked
    }

    /// Takes a key while it is asked what is to become of a passage.
    pub(super) fn settle_key(&mut self, settle: Box<Settle>, key: Key, effects: &mut Vec<Effect>) {
        let (article, bookmark) = settle.kept.clone();
        let change = match settle.answer(key) {
            Answer::Leave => return,
            Answer::Nothing => {
                self.overlay = Some(Overlay::Settle(settle));
                return;
            }
            Answer::Take(range) => {
                let reader = self.reader.as_mut();
                reader.and_then(|reader| {
                    reader.jump_into_view(range.start);
                    reader.requote(&bookmark, range)
                })
            }
            Answer::Loosen => Some(loosen(&article, &bookmark)),
            Answer::Remove => Some(remove(&article, &bookmark)),
        };
        if let Some(change) = change {
            self.save(change, effects);
        }
    }
}

/// The kind that an action highlights as; `None` for a plain bookmark.
pub(super) fn kind_of(action: Action) -> Option<Kind> {
    let number = match action {
        Action::Highlight1 => 1,
        Action::Highlight2 => 2,
        Action::Highlight3 => 3,
        Action::Highlight4 => 4,
        Action::Highlight5 => 5,
        _ => 0,
    };
    Kind::new(number)
}
