//! Which blocks are the title, headings, byline, date and noise.
//!
//! The one place that decides this: `roles` is given the blocks of an article and what stood between them, and says of
//! each what it is. It never changes a block; another way to tell may take its place without anything else changing.
//!
//! Where the text marks its headings itself, they are its headings (`marked`). Where it marks nothing, a small model that
//! was trained on real articles tells them (`docs/structure.md`): each short block is put in numbers ([`features`]), a
//! forest of small trees votes on it ([`forest`]), a second one votes again knowing what its like were taken for
//! ([`family`]), and what holds for the whole article is looked to last (`decide`). [`explain`] says why. What is public
//! besides it is there for the trainer, `examples/train_headings`.

use super::text::Blocks;
use crate::model::document::{Block, BlockKind};

pub(super) mod byline;
mod decide;
pub mod explain;
pub mod family;
pub mod features;
pub mod forest;
mod learned;
mod level;
mod lexicon;
mod look;
mod marked;
pub(super) mod noise;
pub mod study;

/// What a block is to its article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The title. At most one block.
    Title,
    /// A heading; 1 is the highest level, and at least one heading has it.
    Heading(u8),
    /// Who wrote it, without the "By".
    Byline(String),
    /// When it was written.
    Date,
    /// What stands under a picture.
    Caption,
    /// Not of the article.
    Noise,
    /// The article itself: the block stays what it is.
    Body,
}

/// Reads the table of weights, so that the first article does not wait for it.
pub fn warm_up() {
    learned::learned();
}

/// The role of each block; and where too many look like headings, so that none is one, how many those are and of how many.
pub(super) fn roles(blocks: &Blocks) -> (Vec<Role>, Option<(usize, usize)>) {
    if is_marked(blocks) {
        (marked::roles(blocks), None)
    } else {
        let decision = decide::decide(blocks);
        (decision.roles, decision.too_many)
    }
}

/// The roles of a text that says that all its headings are marked: nothing is guessed.
pub(super) fn marked_roles(blocks: &Blocks, title: &str) -> Vec<Role> {
    marked::as_told(&blocks.blocks, title)
}

/// Whether the text says itself which its headings are.
fn is_marked(blocks: &Blocks) -> bool {
    let says = |block: &Block| {
        matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title)
            || super::markdown::is_all_strong(block)
    };
    blocks.blocks.iter().any(says)
}

#[cfg(test)]
mod tests;
