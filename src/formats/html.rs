//! HTML -> blocks: pages and parts of pages, however broken.

use std::borrow::Cow;

use url::Url;

use super::build::{Builder, Built};
use super::text::Blocks;
use super::{clean, readable};
use crate::model::document::{BlockKind, Document, Mark, Metadata, Within};

pub(super) mod elements;
mod limit;
mod link;
pub(super) mod lists;
pub(super) mod meta;
pub(super) mod notes;
mod picture;
mod script;
pub(super) mod table;
pub(super) mod tree;
pub(super) mod walk;

use meta::Said;
use tree::Tree;
use walk::Page;

/// What the reader is told of a page in which no article was found.
const WHOLE: &str = "no article could be told from the rest of this page: all of it is shown";
/// … and of one of which only the beginning is read.
const CUT: &str = "this page is too long: only its beginning is shown";
/// A page of fewer nodes is a part of one as a rule, and shown as it is without a word.
const MANY: usize = 200;

/// What a page or a part of one says of itself, and all its blocks: nothing is left out but what nobody sees. `text` is as
/// it was decoded, not cleaned. `base` is what its links are relative to, where the page does not say so itself.
pub(super) fn blocks(text: &str, base: Option<&Url>) -> (Metadata, Built) {
    let (tree, _) = tree_of(text);
    let said = meta::said(&tree, base);
    let built = built(&tree, &said, &[], Builder::default());
    (said.metadata, built)
}

/// The article of a saved page, without what stands around it; the whole page when no article is found in it.
pub(super) fn article(text: &str) -> Document {
    let (tree, is_cut) = tree_of(text);
    let mut said = meta::said(&tree, None);
    let Some(left_out) = readable::left_out(&tree, &mut said) else {
        let document = whole_of(&tree, said);
        let is_page = !document.is_empty() && tree.len() > MANY;
        let notice = if is_cut {
            Some(CUT)
        } else {
            is_page.then_some(WHOLE)
        };
        return document.with_notice(notice);
    };
    let mut out = Builder::default();
    let title = said.metadata.title.clone();
    if !title.is_empty() {
        open(&mut out, BlockKind::Title, &title);
    }
    if let Some(line) = byline(&said.metadata) {
        open(&mut out, BlockKind::Byline, &line);
    }
    let mut built = built(&tree, &said, &left_out, out);
    raise(&mut built.blocks);
    said.metadata.language = said
        .metadata
        .language
        .or_else(|| super::language::of(&built.blocks.blocks));
    built
        .document(said.metadata)
        .with_notice(is_cut.then_some(CUT))
}

/// A page's tree, and whether there is more of the page than is kept.
fn tree_of(text: &str) -> (Tree, bool) {
    let (text, is_cut) = limit::bounded(text);
    let tree = Tree::parse(&text);
    let is_cut = is_cut || tree.is_cut;
    (tree, is_cut)
}

/// All of a page, where no article is found in it.
fn whole_of(tree: &Tree, mut said: Said) -> Document {
    let mut built = built(tree, &said, &[], Builder::default());
    let title = said.metadata.title.as_str();
    let of_title = built
        .blocks
        .blocks
        .iter_mut()
        .find(|block| matches!(block.kind, BlockKind::Heading(_)) && block.text == title);
    if let Some(block) = of_title {
        block.kind = BlockKind::Title;
    }
    raise(&mut built.blocks);
    said.metadata.language = said
        .metadata
        .language
        .or_else(|| super::language::of(&built.blocks.blocks));
    built.document(said.metadata)
}

fn built(tree: &Tree, said: &Said, left_out: &[bool], out: Builder) -> Built {
    let page = Page {
        tree,
        base: said.base.as_ref(),
        own: said.own.as_ref(),
        left_out,
        title: said.heading.filter(|_| !left_out.is_empty()),
    };
    let mut built = walk::walk(&page, 0, out).finish();
    settle(&mut built);
    built
}

fn open(out: &mut Builder, kind: BlockKind, text: &str) {
    out.open(kind, Within::default(), 0);
    out.text(text);
    out.close();
}

/// Who wrote it and when, in one line.
fn byline(metadata: &Metadata) -> Option<String> {
    let parts: Vec<&str> = [&metadata.byline, &metadata.date]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Makes the highest headings those of level 1.
fn raise(blocks: &mut Blocks) {
    let level = |kind: BlockKind| match kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    };
    let highest = blocks
        .blocks
        .iter()
        .filter_map(|block| level(block.kind))
        .min()
        .unwrap_or(1);
    for block in &mut blocks.blocks {
        if let Some(level) = level(block.kind) {
            block.kind = BlockKind::Heading(level - highest + 1);
            if let Cow::Owned(text) = clean::line(&block.text) {
                block.text = text;
                block.marks.clear();
            }
        }
    }
}

/// Makes safe what only becomes unsafe where two pieces of text meet.
fn settle(built: &mut Built) {
    for block in &mut built.blocks.blocks {
        if block.kind == BlockKind::Noise {
            // links are numbered through the article, and a menu has a hundred
            block
                .marks
                .retain(|(_, mark)| !matches!(mark, Mark::Link(_)));
        }
        if let Cow::Owned(text) = clean::body(&block.text) {
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
