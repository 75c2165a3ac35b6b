//! What can be taken back, and what waits to be on the disk.

use std::collections::VecDeque;

use super::effect::Effect;
use crate::model::article::ArticleId;
use crate::model::state::{Change, Fact};

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
    /// What goes on unasked and did not reach the disk: it is tried again with the next change.
    owed: Vec<(ArticleId, Fact)>,
    /// Whether the reader knows that nothing can be saved at the moment.
    is_failure_told: bool,
}

impl History {
    /// Saves a change, after what did not reach the disk before.
    pub fn save(&mut self, change: Change, why: Why) -> impl Iterator<Item = Effect> + use<> {
        let retried = self.retry();
        retried.into_iter().chain([self.ask(change, why)])
    }

    /// Tries again what did not reach the disk before.
    pub fn retry(&mut self) -> Option<Effect> {
        let does = std::mem::take(&mut self.owed);
        let change = Change {
            does,
            undoes: Vec::new(),
            words: String::new(),
        };
        (!change.does.is_empty()).then(|| self.ask(change, Why::Unasked))
    }

    fn ask(&mut self, change: Change, why: Why) -> Effect {
        self.saving.push_back(why);
        Effect::Save(change)
    }

    /// Takes the last change back.
    pub fn undo(&mut self) -> Option<Effect> {
        let change = self.done.pop()?;
        let effect = self.ask(change.inverse(), Why::Undo);
        self.undone.push(change);
        Some(effect)
    }

    /// Makes the change again that was taken back last.
    pub fn redo(&mut self) -> Option<Effect> {
        let change = self.undone.pop()?;
        let effect = self.ask(change.clone(), Why::Redo);
        self.done.push(change);
        Some(effect)
    }

    /// A change is on the disk: why it was made.
    pub fn saved(&mut self, change: &Change) -> Why {
        self.is_failure_told = false;
        let why = self.saving.pop_front().unwrap_or(Why::Unasked);
        if why == Why::Asked {
            self.done.push(change.clone());
            self.undone.clear();
        }
        why
    }

    /// A change did not reach the disk. What was asked for is as if it had not been; what goes on unasked is tried again.
    /// Why it was made, if the reader is to be told: of what goes on unasked only once, until something is saved again.
    pub fn not_saved(&mut self, change: &Change) -> Option<Why> {
        let why = self.saving.pop_front().unwrap_or(Why::Unasked);
        match why {
            Why::Undo => self.done.extend(self.undone.pop()),
            Why::Redo => self.undone.extend(self.done.pop()),
            Why::Asked | Why::Unasked => self.owe(change, why),
        }
        let is_news = !std::mem::replace(&mut self.is_failure_told, true);
        (is_news || why != Why::Unasked).then_some(why)
    }

    fn owe(&mut self, change: &Change, why: Why) {
        // what was seen has been seen, whatever else was asked for with it
        let is_owed = |fact: &Fact| why == Why::Unasked || matches!(fact, Fact::Seen(..));
        for (id, fact) in change.does.iter().filter(|(_, fact)| is_owed(fact)) {
            self.owed
                .retain(|(of, old)| of != id || !is_replaced(old, fact));
            self.owed.push((id.clone(), fact.clone()));
        }
    }
}

/// Whether nothing is left of a fact after another one of the same article.
fn is_replaced(old: &Fact, by: &Fact) -> bool {
    match (old, by) {
        (Fact::Progress(_), Fact::Progress(_))
        | (Fact::Status(_), Fact::Status(_))
        | (Fact::Edition(_), Fact::Edition(_)) => true,
        (Fact::Seen(section, _), Fact::Seen(by, _)) => section == by,
        _ => false,
    }
}
