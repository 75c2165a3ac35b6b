//! What has changed in the text since the reader last had it.

use std::sync::Arc;

use super::Reader;
use super::selection::Way;
use crate::app::event::Extent;
use crate::layout::{Line, Shape};
use crate::model::document::Position;
use crate::model::edition::{Change, Counts};
use crate::model::state::{Change as StateChange, Fact};

/// Of longer texts no copy is kept, in bytes.
const MAX_COPY: usize = 4 * 1024 * 1024;

/// What has changed at the margin bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeHere {
    /// What the paragraph is, with its text as it was, if that is known, and as it is.
    pub paragraph: Option<(Change, Option<String>, String)>,
    /// The paragraphs that were removed before it or, at the end, after it; each if its text is known.
    pub removed: Vec<Option<String>>,
}

impl Reader {
    /// How much has changed, in words; `None` when nothing has.
    pub fn changed_words(&self) -> Option<String> {
        let Counts {
            new,
            changed,
            removed,
        } = self.changes.counts();
        let parts = [(new, "new"), (changed, "changed"), (removed, "removed")];
        let parts: Vec<String> = parts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// To the change so many after, or before, the margin bar. Whether there is one.
    pub fn go_to_change(&mut self, way: Way, count: usize) -> bool {
        let mut blocks: Vec<usize> = self.changes.blocks().collect();
        blocks.dedup();
        let step = count.saturating_sub(1);
        let found = match way {
            Way::Forward => {
                let after = blocks.partition_point(|block| *block <= self.bar);
                let last = blocks.len().saturating_sub(1);
                blocks.get(after.saturating_add(step).min(last.max(after)))
            }
            Way::Back => {
                let before = blocks.partition_point(|block| *block < self.bar);
                let at = before.checked_sub(1).map(|last| last.saturating_sub(step));
                at.and_then(|at| blocks.get(at))
            }
        };
        match found {
            Some(block) => {
                self.jump_into_view(Position::start_of(*block));
                true
            }
            None => false,
        }
    }

    /// What has changed at the margin bar. `None` when nothing has.
    pub fn change_here(&self) -> Option<ChangeHere> {
        let block = self.bar;
        let text = &self.document.blocks().get(block)?.text;
        let change = self.changes.of_block(block);
        let old = self.changes.old_text(block).map(str::to_owned);
        let paragraph = change.map(|change| (change, old, text.clone()));
        let mut removed: Vec<Option<String>> = Vec::new();
        let texts = |block| self.changes.removed_texts(block);
        removed.extend(texts(block).map(|text| text.map(str::to_owned)));
        let end = self.document.blocks().len();
        if block + 1 == end {
            removed.extend(texts(end).map(|text| text.map(str::to_owned)));
        }
        (paragraph.is_some() || !removed.is_empty()).then_some(ChangeHere { paragraph, removed })
    }

    /// What is on the screen was read. What is to be written down of the text as the reader has it now, unless more of it
    /// has changed that is still to be seen: then that waits until the article is left.
    pub(super) fn edition_read(&mut self) -> Option<Fact> {
        let blocks = self.lines.first()?.block..self.lines.last()?.block + 1;
        self.changes.see(blocks);
        let is_first = self.state.edition.is_none();
        (is_first || self.changes.is_seen())
            .then(|| self.edition_now())
            .flatten()
    }

    /// The text as the reader has it now, if that is not written down yet.
    pub(super) fn edition_now(&self) -> Option<Fact> {
        if self.extent == Extent::Start {
            return None;
        }
        let edition = self.changes.edition();
        let is_known = self.state.edition.as_deref() == Some(&edition);
        (!edition.blocks.is_empty() && !is_known).then(|| Fact::Edition(Arc::new(edition)))
    }

    /// The change that writes down what of the text was read, when the article is left. `None` when that is known.
    pub fn edition_left(&self) -> Option<StateChange> {
        // an article that nothing was read of was not read
        self.state.edition.as_ref()?;
        let edition = self.edition_now()?;
        Some(self.change(vec![edition], Vec::new(), String::new()))
    }

    /// The texts to keep of the edition that the reader has; none where that is too much.
    pub fn texts_read(&self) -> Vec<String> {
        if self.document.len() > MAX_COPY {
            return Vec::new();
        }
        self.changes.texts(&self.document)
    }

    /// The sign of a change beside a row of the screen.
    pub(super) fn change_sign(&self, row: usize) -> Option<&'static str> {
        let line = self.lines.get(row)?;
        let is_blank = |line: &Line| line.bytes.is_empty() && line.shape == Shape::Text;
        let is_removed = |block: usize| self.changes.removed_before(block) > 0;
        if is_blank(line) {
            let next = self.lines.get(row + 1)?;
            return is_removed(next.block).then_some("-");
        }
        let is_first = line.bytes.start == 0;
        match self.changes.of_block(line.block).filter(|_| is_first) {
            Some(Change::New) => return Some("+"),
            Some(Change::Changed) => return Some("~"),
            None => {}
        }
        let above = row.checked_sub(1).and_then(|above| self.lines.get(above));
        let is_below_blank = above.is_some_and(is_blank);
        let is_at_end = line.end() >= self.document.end();
        let end = self.document.blocks().len();
        let is_gone =
            is_first && !is_below_blank && is_removed(line.block) || is_at_end && is_removed(end);
        is_gone.then_some("-")
    }
}
