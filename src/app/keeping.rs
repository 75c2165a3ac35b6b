//! What is done with the passages that are kept: tags, notes, kinds, and what becomes of those that were lost.

use super::App;
use super::effect::Effect;
use super::event::Asked;
use super::overlay::Overlay;
use super::overlay::difference::Difference;
use super::overlay::prompt::{Prompt, Purpose};
use super::overlay::settle::{Answer, Settle};
use super::pane::bookmarks::{highlight, loosen, remove};
use super::pane::reader::{Reader, Way};
use crate::action::Action;
use crate::config::keymap::Key;
use crate::model::article::{Article, Bookmark, Kept, Kind};
use crate::model::state::{Change, Fact};

impl App {
    /// Does what is for the passages that are kept, and for what has changed. Whether the action was that.
    pub(super) fn act_on_passages(&mut self, asked: Asked, effects: &mut Vec<Effect>) -> bool {
        match asked.action {
            Action::SelectText | Action::SelectParagraphs => self.select(asked.action),
            Action::Highlight
            | Action::Highlight1
            | Action::Highlight2
            | Action::Highlight3
            | Action::Highlight4
            | Action::Highlight5
            | Action::PlainBookmark => self.highlight(asked.action, effects),
            Action::Bookmark => self.bookmark_here(effects),
            Action::Note => self.note_here(),
            Action::Tag => self.tag_here(),
            Action::Remove => self.remove_here(effects),
            Action::NextBookmark | Action::PreviousBookmark => self.step_bookmark(asked),
            Action::NextChange | Action::PreviousChange => self.step_change(asked),
            Action::Difference => self.show_difference(),
            _ => return false,
        }
        true
    }

    fn bookmark_here(&mut self, effects: &mut Vec<Effect>) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        let change = reader.toggle_bookmark(self.now);
        reader.leave_selection();
        if let Some(change) = change {
            self.save(change, effects);
        }
    }

    fn step_bookmark(&mut self, asked: Asked) {
        let count = asked.count.map_or(1, |count| count as usize);
        let is_there = match &mut self.reader {
            Some(reader) if asked.action == Action::NextBookmark => reader.next_bookmark(count),
            Some(reader) => reader.previous_bookmark(count),
            None => return,
        };
        if !is_there {
            self.tell("no bookmark there".to_owned());
        }
    }

    fn step_change(&mut self, asked: Asked) {
        let count = asked.count.map_or(1, |count| count as usize);
        let way = if asked.action == Action::NextChange {
            Way::Forward
        } else {
            Way::Back
        };
        let is_there = |reader: &mut Reader| reader.go_to_change(way, count);
        if !self.reader.as_mut().is_some_and(is_there) {
            let words = match way {
                Way::Forward => "nothing below has changed since you read it",
                Way::Back => "nothing above has changed since you read it",
            };
            self.tell(words.to_owned());
        }
    }

    fn show_difference(&mut self) {
        let here = self.reader.as_ref().and_then(Reader::change_here);
        match here {
            Some(here) => {
                let mut difference = Difference::of(&here, &self.look);
                difference.set_area(self.areas().body);
                self.overlay = Some(Overlay::Difference(difference));
            }
            None => self.tell("nothing has changed here since you read it".to_owned()),
        }
    }

    /// Saves a change of a bookmark, and has keys act on it.
    pub(super) fn save_passage(&mut self, change: Change, effects: &mut Vec<Effect>) {
        if let Some(reader) = &mut self.reader {
            reader.leave_selection();
            reader.choose_passage_of(&change);
        }
        let change = self.undone_by_removing(change);
        self.save(change, effects);
    }

    /// A change of a bookmark that, taken back, removes one that was not kept before.
    pub(super) fn undone_by_removing(&self, mut change: Change) -> Change {
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
        change
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
        let is_here = |reader: &Reader| reader.article.id == article.id;
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
