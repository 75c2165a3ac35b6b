//! Writing notes, and keeping them whatever happens.

use ratatui::layout::{Rect, Size};

use super::App;
use super::effect::Effect;
use super::event::Asked;
use super::overlay::Overlay;
use super::overlay::note::Note;
use crate::action::Action;
use crate::config::keymap::{Key, Keymap, Match, Place};
use crate::model::article::{Article, Bookmark, BookmarkId};
use crate::model::state::Change;

/// What can be done with a note, the most important first.
const HINTS: [(Action, &str); 3] = [
    (Action::SaveNote, "keep"),
    (Action::GiveUpNote, "drop"),
    (Action::EditOutside, "editor"),
];

/// Notes that are not on the disk.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    /// On their way, with what saves them.
    sent: Vec<(Change, Note)>,
    /// Could not be saved: they are offered again.
    owed: Vec<Note>,
}

/// The part of the screen that a note may take: all but the line for notices.
pub(super) fn note_area(screen: Size) -> Rect {
    let bottom = u16::from(screen.height > 1);
    Rect::new(0, 0, screen.width, screen.height - bottom)
}

/// What keys do while a note is written.
pub(super) fn note_hints(keymap: &Keymap) -> Vec<String> {
    let hint = |(action, words): &(Action, &str)| {
        let key = keymap.keys_for(Place::Note, *action).into_iter().next()?;
        Some(format!("{key} {words}"))
    };
    HINTS.iter().filter_map(hint).collect()
}

impl App {
    /// Opens the note of a bookmark, which may be new: what was written and could not be saved, or what it has.
    pub(super) fn write_note(&mut self, article: Article, bookmark: Bookmark) {
        let note = self.drafts.of(&bookmark.id);
        self.show_note(note.unwrap_or_else(|| Note::new(article, bookmark)));
    }

    fn show_note(&mut self, mut note: Note) {
        note.set_area(note_area(self.size));
        self.overlay = Some(Overlay::Note(Box::new(note)));
    }

    /// Takes a key while a note is written.
    pub(super) fn note_key(&mut self, mut note: Box<Note>, key: Key, effects: &mut Vec<Effect>) {
        if note.is_outside {
            self.overlay = Some(Overlay::Note(note));
            return;
        }
        match self.config.keymap.find(Place::Note, &[key]) {
            Match::Action(Action::SaveNote | Action::Back | Action::Close) => {
                return self.keep_note(*note, effects);
            }
            Match::Action(Action::GiveUpNote) => {
                if note.is_changed() {
                    self.tell("the note was not kept".to_owned());
                }
                return;
            }
            Match::Action(Action::EditOutside) => {
                note.is_outside = true;
                effects.push(Effect::Edit(note.typed().text().to_owned()));
            }
            Match::Action(Action::Undo) => {
                if !note.typed().undo() {
                    self.tell("nothing to take back".to_owned());
                }
            }
            Match::Action(Action::Redo) => {
                if !note.typed().redo() {
                    self.tell("nothing to do again".to_owned());
                }
            }
            Match::Action(action @ (Action::Redraw | Action::Suspend)) => {
                let count = None;
                self.act(Asked { action, count }, effects);
            }
            Match::Action(action) => _ = note.moves(action, 1),
            Match::Prefix | Match::None => note.typed().key(key),
        }
        self.overlay = Some(Overlay::Note(note));
    }

    /// The reader's editor has ended. What it changed is kept; else the note is shown as it was.
    pub(super) fn on_edited(&mut self, edited: Result<String, String>, effects: &mut Vec<Effect>) {
        let mut note = match self.overlay.take() {
            Some(Overlay::Note(note)) if note.is_outside => note,
            other => return self.overlay = other,
        };
        note.is_outside = false;
        match edited {
            Ok(text) if note.take(&text) => return self.keep_note(*note, effects),
            Ok(_) => {}
            Err(why) => self.warn(why),
        }
        self.overlay = Some(Overlay::Note(note));
    }

    /// Has a note saved, if there is something to save.
    fn keep_note(&mut self, note: Note, effects: &mut Vec<Effect>) {
        if let Some(change) = note.change() {
            let change = self.undone_by_removing(change);
            self.drafts.owed.retain(|older| older.of() != note.of());
            self.drafts.sent.push((change.clone(), note));
            self.save_passage(change, effects);
        }
    }

    /// Has all notes saved before the end: the one that is being written, and those that could not be saved before.
    pub(super) fn keep_notes(&mut self, effects: &mut Vec<Effect>) {
        let mut notes = std::mem::take(&mut self.drafts.owed);
        match self.overlay.take() {
            Some(Overlay::Note(note)) => notes.push(*note),
            other => self.overlay = other,
        }
        for note in notes {
            self.keep_note(note, effects);
        }
    }

    /// A change is on the disk: if it was a note, that is safe.
    pub(super) fn note_saved(&mut self, change: &Change) {
        self.drafts.take(change);
    }

    /// A change is not on the disk: if it was a note, it is shown again, or waits for the reader to ask for it.
    pub(super) fn note_not_saved(&mut self, change: &Change) {
        let Some(note) = self.drafts.take(change) else {
            return;
        };
        let mut sent = self.drafts.sent.iter_mut();
        if let Some((_, newer)) = sent.find(|(_, newer)| newer.of() == note.of()) {
            newer.follow(note);
            return;
        }
        match &mut self.overlay {
            Some(Overlay::Note(newer)) if newer.of() == note.of() => newer.follow(note),
            None => self.show_note(note),
            Some(_) => self.drafts.owed.push(note),
        }
    }
}

impl Drafts {
    /// The note of a bookmark as it was last written, if it is not on the disk.
    fn of(&mut self, bookmark: &BookmarkId) -> Option<Note> {
        if let Some(owed) = self.owed.iter().position(|note| note.of() == bookmark) {
            return Some(self.owed.remove(owed));
        }
        let mut sent = self.sent.iter().rev();
        let (_, note) = sent.find(|(_, note)| note.of() == bookmark)?;
        Some(note.again())
    }

    fn take(&mut self, change: &Change) -> Option<Note> {
        let sent = self.sent.iter().position(|(sent, _)| sent == change)?;
        Some(self.sent.remove(sent).1)
    }
}
