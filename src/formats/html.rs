//! HTML -> blocks: pages and parts of pages, however broken.

use url::Url;

use super::build::Built;
use super::clean;
use crate::model::document::{BlockKind, Metadata};

mod lists;
mod notes;
mod picture;
mod script;
mod table;
mod tree;
mod walk;

use tree::Tree;
use walk::Page;

/// What a page or a part of one says of itself, and all its blocks: nothing is left out but what nobody sees. `text` is as
/// it was decoded, not cleaned. `base` is what its links are relative to, where the page does not say so itself.
pub(super) fn blocks(text: &str, base: Option<&Url>) -> (Metadata, Built) {
    let tree = Tree::parse(text);
    let page = Page {
        tree: &tree,
        base,
        own: base,
        left_out: &[],
    };
    let mut built = walk::built(&page, 0);
    settle(&mut built);
    (Metadata::default(), built)
}

/// Makes safe what only becomes unsafe where two pieces of text meet.
fn settle(built: &mut Built) {
    for block in &mut built.blocks.blocks {
        if let std::borrow::Cow::Owned(text) = clean::body(&block.text) {
            block.text = text;
            // nothing tells where they moved to
            block.marks.clear();
        }
        if !matches!(
            block.kind,
            BlockKind::Code | BlockKind::Verse | BlockKind::TableRow
        ) && block.text.contains(['\n', '\t'])
        {
            // a line end that is none in HTML: U+2028, U+0085
            block.text = block.text.replace(['\n', '\t'], " ");
            block.marks.clear();
        }
    }
    for (_, place) in &mut built.anchors {
        if let Some(block) = built.blocks.blocks.get(place.block) {
            place.offset = block
                .text
                .floor_char_boundary(place.offset.min(block.text.len()));
        }
    }
}

#[cfg(test)]
mod tests;
