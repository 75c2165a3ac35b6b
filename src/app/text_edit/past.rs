//! What was done to a text that is typed, so that it can be taken back.

use std::ops::Range;

/// So many bytes are remembered; the oldest changes are forgotten first.
const MAX_BYTES: usize = 16 << 20;
/// Keys are taken back together up to so many bytes.
const MAX_TOGETHER: usize = 1024;

/// How a change came about: what is typed or erased key by key is taken back word by word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A character was typed.
    Typed,
    /// A character was erased.
    Erased,
    /// It is taken back alone.
    Whole,
}

/// A change of a text: at a place, something was put in the place of something.
#[derive(Debug)]
struct Edit {
    at: usize,
    removed: String,
    inserted: String,
    kind: Kind,
    /// Where the cursor was.
    cursor: usize,
}

/// The changes of a text.
#[derive(Debug, Default)]
pub struct Past {
    done: Vec<Edit>,
    undone: Vec<Edit>,
    /// The bytes in both.
    bytes: usize,
    /// Whether the next change begins anew.
    is_paused: bool,
}

impl Past {
    /// Puts a text in the place of some bytes, where the cursor is at one end of them. Where the cursor goes.
    pub fn change(
        &mut self,
        text: &mut String,
        bytes: Range<usize>,
        with: &str,
        kind: Kind,
    ) -> usize {
        let edit = Edit {
            at: bytes.start,
            removed: text[bytes.clone()].to_owned(),
            inserted: with.to_owned(),
            kind,
            cursor: bytes.end,
        };
        text.replace_range(bytes, with);
        let place = edit.at + with.len();
        for undone in self.undone.drain(..) {
            self.bytes -= undone.bytes();
        }
        self.bytes += edit.bytes();
        let is_paused = std::mem::replace(&mut self.is_paused, false);
        let last = self.done.last_mut().filter(|_| !is_paused);
        if let Some(edit) = match last {
            Some(last) => last.join(edit),
            None => Some(edit),
        } {
            self.done.push(edit);
        }
        self.forget();
        place
    }

    /// Has the next change taken back alone.
    pub fn pause(&mut self) {
        self.is_paused = true;
    }

    /// Takes the last change back. Where the cursor goes, if there is one.
    pub fn undo(&mut self, text: &mut String) -> Option<usize> {
        let edit = self.done.pop()?;
        text.replace_range(edit.at..edit.at + edit.inserted.len(), &edit.removed);
        let cursor = edit.cursor;
        self.undone.push(edit);
        self.is_paused = true;
        Some(cursor)
    }

    /// Makes the change again that was taken back last. Where the cursor goes, if there is one.
    pub fn redo(&mut self, text: &mut String) -> Option<usize> {
        let edit = self.undone.pop()?;
        text.replace_range(edit.at..edit.at + edit.removed.len(), &edit.inserted);
        let cursor = edit.at + edit.inserted.len();
        self.done.push(edit);
        self.is_paused = true;
        Some(cursor)
    }

    fn forget(&mut self) {
        let mut forgotten = 0;
        while self.bytes > MAX_BYTES && forgotten < self.done.len() {
            self.bytes -= self.done[forgotten].bytes();
            forgotten += 1;
        }
        self.done.drain(..forgotten);
    }
}

impl Edit {
    const fn bytes(&self) -> usize {
        self.removed.len() + self.inserted.len()
    }

    /// Takes in a change that goes on with this one; gives it back when it does not.
    fn join(&mut self, next: Self) -> Option<Self> {
        if self.kind != next.kind || self.bytes() > MAX_TOGETHER {
            return Some(next);
        }
        match self.kind {
            Kind::Typed if next.at == self.at + self.inserted.len() => {
                let is_word = |text: &str| !text.ends_with(char::is_whitespace);
                // a word and the spaces after it are one change
                if is_word(&next.inserted) && !is_word(&self.inserted) {
                    return Some(next);
                }
                self.inserted.push_str(&next.inserted);
            }
            Kind::Erased if next.at + next.removed.len() == self.at => {
                self.removed.insert_str(0, &next.removed);
                self.at = next.at;
            }
            Kind::Erased if next.at == self.at => self.removed.push_str(&next.removed),
            Kind::Typed | Kind::Erased | Kind::Whole => return Some(next),
        }
        None
    }
}
