//! What the reader says that paragraphs are.

use super::Reader;
use crate::model::correction::{self, Open, Said};
use crate::model::document::BlockKind;
use crate::model::outline::Outline;
use crate::model::pace::Pace;
use crate::model::pieces::Pieces;
use crate::model::state::{Change, State};

impl Reader {
    /// The paragraph at the margin bar.
    pub fn bar(&self) -> usize {
        self.bar
    }

    /// The first paragraph of a section that is shown.
    pub fn first_shown_of(&self, section: usize) -> Option<usize> {
        let section = self.outline.sections.get(section)?;
        let blocks = section.start.block..=section.end.block;
        blocks.into_iter().find(|&block| {
            let block = self.document.blocks().get(block);
            block.is_some_and(|b| b.kind != BlockKind::Noise)
        })
    }

    /// The change that says what a paragraph is. `None` when that is known. `now` in milliseconds since 1970.
    pub fn correction(&self, block: usize, said: Said, now: i64) -> Option<Change> {
        let open = Open {
            id: &self.article.id,
            document: &self.document,
            state: &self.state,
        };
        correction::change(open, &[(block, said)], now)
    }

    /// Takes over the corrections of a state. The place stays; the margin bar leaves a paragraph that is hidden now. The
    /// outline before.
    pub(super) fn correct(&mut self, state: &State) -> Outline {
        correction::apply(&mut self.document, &state.corrections);
        let outline = Outline::of(&self.document);
        self.pieces = Pieces::of(&self.document, &outline);
        self.pace = Pace::of(&self.document);
        // what was worked out of blocks that look otherwise now
        self.wrapped = crate::layout::Wrapped::default();
        let before = std::mem::replace(&mut self.outline, outline);
        if !self.is_shown(self.top.block) {
            self.top = self.nearest_shown(self.top.block);
        }
        self.lay_out_anew();
        if !self.is_shown(self.bar) {
            self.bar = self.nearest_shown(self.bar).block;
        }
        self.settle_bar();
        before
    }
}
