//! A saved page -> its article: which of the page's text is of the article, and which is menus, offers and the rest.
//!
//! The page's text comes in pieces (`pieces`). Each piece is put in numbers ([`features`]): what it looks like, what its
//! element and those around it are and are called, where it stands, what the page says of itself. A forest of small trees,
//! trained on real pages, votes on each; a second one votes again knowing how the first took what stands around. How it was
//! trained and how good it is: `docs/web.md`. What is public is there for the trainer, `examples/train_readable`.

use std::collections::HashMap;

use super::clean;
use super::headings::byline;
use super::html::meta::Said;
use super::html::tree::{Id, Tree};

pub mod features;
pub mod forest;
mod hints;
mod learned;
mod pieces;
mod rules;
pub mod study;
mod told;

use features::{Row, Scene};
use pieces::{Piece, Pieces};

/// Author and date are looked for in so many pieces below the title.
const BELOW: usize = 8;
/// A paragraph with this vote is of the article, however short that is.
const SURE: f32 = 0.3;
/// When less than this share of a page's words is kept, and fewer than [`FEW`] paragraphs, something went wrong.
const LITTLE: f32 = 0.1;
const FEW: usize = 3;

/// For each node of a page, whether it is left out of its article. `None` when no article is found in the page.
pub(super) fn left_out(tree: &Tree, said: &mut Said) -> Option<Vec<bool>> {
    let pieces = Pieces::of(tree)?;
    name_author(tree, said, &pieces);
    let votes = votes(tree, said, &pieces);
    let kept = rules::kept(tree, said, &pieces, &votes)?;
    if is_too_little(&pieces, &votes, &kept) {
        return None;
    }
    Some(marked(tree, &pieces, &kept))
}

/// Looks for who wrote it and when right under the title, where the page says it in no other way.
fn name_author(tree: &Tree, said: &mut Said, pieces: &Pieces) {
    let Some(title) = said.heading else { return };
    let is_title =
        |piece: &Piece| piece.block == title || tree.ancestors(piece.block).any(|id| id == title);
    let Some(at) = pieces.all.iter().rposition(is_title) else {
        return;
    };
    let below = pieces.all[at + 1..]
        .iter()
        .take(BELOW)
        .take_while(|piece| !piece.is_running());
    for piece in below {
        let metadata = &mut said.metadata;
        if metadata.date.is_none() && byline::is_date(&piece.text) {
            metadata.date = Some(clean::line(&piece.text).into_owned());
        } else if metadata.byline.is_none() {
            metadata.byline = byline::author(&piece.text)
                .filter(|name| !name.contains(char::is_numeric))
                .map(|name| clean::line(&name).into_owned());
        }
    }
}

/// The vote on each piece.
fn votes(tree: &Tree, said: &Said, pieces: &Pieces) -> Vec<f32> {
    let learned = learned::learned();
    let scene = Scene::new(tree, said, pieces);
    let mut rows: Vec<Row> = (0..pieces.all.len()).map(|at| scene.row(at)).collect();
    let votes: Vec<f32> = rows
        .iter()
        .map(|row| learned.first.probability(row))
        .collect();
    scene.look_again(&votes, &mut rows);
    rows.iter()
        .map(|row| learned.second.probability(row))
        .collect()
}

fn is_too_little(pieces: &Pieces, votes: &[f32], kept: &[bool]) -> bool {
    let is_sure = (0..kept.len()).any(|i| kept[i] && votes[i] > SURE && pieces.all[i].is_running());
    if is_sure {
        return false;
    }
    let words = |is_counted: &dyn Fn(usize) -> bool| -> usize {
        (0..kept.len())
            .filter(|&i| is_counted(i))
            .map(|i| pieces.all[i].words)
            .sum()
    };
    let all = words(&|_| true);
    let some = words(&|i| kept[i]);
    let paragraphs = (0..kept.len())
        .filter(|&i| kept[i] && pieces.all[i].is_running())
        .count();
    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    let share = some as f32 / all.max(1) as f32;
    some == 0 || share < LITTLE && paragraphs < FEW
}

/// For each node whether it is left out: texts that are not kept, elements in which no text is kept, and pictures that do
/// not stand in the article.
fn marked(tree: &Tree, pieces: &Pieces, kept: &[bool]) -> Vec<bool> {
    let mut left_out = vec![false; tree.len()];
    // for each element, its words and those that are kept
    let mut words: HashMap<Id, (usize, usize)> = HashMap::new();
    for (piece, kept) in pieces.all.iter().zip(kept) {
        let of_article = if *kept { piece.words.max(1) } else { 0 };
        for &node in &piece.nodes {
            left_out[node as usize] = !kept;
        }
        let inline = piece.nodes.iter().filter_map(|&node| tree.parent(node));
        let mut seen: Vec<Id> = inline.take(50).collect();
        seen.dedup();
        for id in std::iter::once(piece.block).chain(tree.ancestors(piece.block)) {
            let sums = words.entry(id).or_default();
            sums.0 += piece.words.max(1);
            sums.1 += of_article;
        }
    }
    let nodes = |kept_only: bool| {
        let pieces = pieces
            .all
            .iter()
            .zip(kept)
            .filter(move |(_, kept)| **kept || !kept_only);
        pieces.flat_map(|(piece, _)| piece.nodes.iter().copied())
    };
    let (first, last) = (nodes(true).next(), nodes(true).last());
    let mut is_within = false;
    for id in tree.all(0) {
        if Some(id) == first {
            is_within = true;
        }
        if let Some((_, of_article)) = words.get(&id) {
            left_out[id as usize] = *of_article == 0;
        } else if is_media(tree.name(id)) {
            let around = tree
                .ancestors(id)
                .find_map(|up| words.get(&up))
                .copied()
                .unwrap_or_default();
            let is_lead = first.is_some_and(|first| shares_parent(tree, id, first));
            left_out[id as usize] = !(is_within || is_lead) || around.1 * 2 < around.0;
        }
        if Some(id) == last {
            is_within = false;
        }
    }
    left_out
}

fn is_media(name: &str) -> bool {
    matches!(
        name,
        "img" | "figure" | "picture" | "video" | "audio" | "iframe" | "embed" | "object" | "hr"
    )
}

/// Whether a picture stands near a text: in an element not far around it.
fn shares_parent(tree: &Tree, picture: Id, text: Id) -> bool {
    let near: Vec<Id> = tree.ancestors(text).take(4).collect();
    tree.ancestors(picture)
        .take(4)
        .any(|up| near.contains(&up) && tree.name(up) != "body")
}

#[cfg(test)]
mod tests;
