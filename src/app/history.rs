//! What can be taken back, and what waits to be on the disk.

use std::collections::VecDeque;

use super::effect::Effect;
use crate::model::state::Change;

/// Why a change is being saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The reader asked for it.
    Asked,
    /// It takes back the last change.
    Undo,
    /// It makes a change again.
    Redo,
    /// It goes on unasked: the place, the sections seen.
    Unasked,
}

/// The changes of this session.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
    /// Changes on their way to the disk, in the order in which they will be answered.
    saving: VecDeque<Why>,
}

impl History {
    /// Saves a change.
    pub fn save(&mut self, change: Change, why: Why) -> Effect {
        self.saving.push_back(why);
        Effect::Save(change)
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> Option<Effect> {
        let change = self.done.pop()?;
        let effect = self.save(change.inverse(), Why::Undo);
        self.undone.push(change);
        Some(effect)
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) -> Option<Effect> {
        let change = self.undone.pop()?;
        let effect = self.save(change.clone(), Why::Redo);
        self.done.push(change);
        Some(effect)
    }

    /// A change is on the disk: why it was made.
    pub fn saved(&mut self, change: &Change) -> Why {
        let why = self.saving.pop_front().unwrap_or(Why::Unasked);
        if why == Why::Asked {
            self.done.push(change.clone());
            self.undone.clear();
        }
        why
    }

    /// A change did not reach the disk: it is as if it had not been asked for.
    pub fn not_saved(&mut self) -> Why {
        let why = self.saving.pop_front().unwrap_or(Why::Unasked);
        match why {
            Why::Undo => self.done.extend(self.undone.pop()),
            Why::Redo => self.undone.extend(self.done.pop()),
            Why::Asked | Why::Unasked => {}
        }
        why
    }
}
