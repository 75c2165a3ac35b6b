//! From the votes on pieces to what is kept: what holds for an article as a whole.

use std::collections::{HashMap, HashSet};

use super::features::comments;
use super::pieces::{Piece, Pieces};
use crate::formats::headings::noise;
use crate::formats::html::meta::Said;
use crate::formats::html::tree::{Id, Tree};
use crate::formats::html::{table, walk::Page};

/// A piece is of the article when the vote is higher …
const ENOUGH: f32 = 0.5;
/// … a quote between pieces of the article when it is more than this …
const ENOUGH_QUOTED: f32 = 0.2;
/// … a table …
const ENOUGH_TABLE: f32 = 0.3;
/// … a heading with text of the article under it …
const ENOUGH_HEADING: f32 = 0.25;
/// … one with nothing of the article under it …
const ENOUGH_ALONE: f32 = 0.8;
/// … and a phrase that pages have around their articles.
const ENOUGH_NOISE: f32 = 0.97;
/// Where no running text has a vote of more than this, there is no article.
const DOUBTFUL: f32 = 0.3;
/// A text of so many words is said once in an article.
const ONCE: usize = 8;
/// An article of so many words stands without its comments.
const ARTICLE: usize = 40;

/// Which pieces are of the article. `None` where nothing looks like one.
pub fn kept(tree: &Tree, said: &Said, pieces: &Pieces, votes: &[f32]) -> Option<Vec<bool>> {
    let enough = enough(pieces, votes)?;
    let mut kept: Vec<bool> = votes.iter().map(|vote| *vote > enough).collect();
    tables(tree, pieces, votes, &mut kept);
    quotes(tree, pieces, votes, &mut kept);
    phrases(pieces, votes, &mut kept);
    repeated(pieces, &mut kept);
    without_comments(tree, said, pieces, &mut kept);
    headings(tree, pieces, votes, &mut kept);
    Some(kept)
}

/// What a vote has to be more than: less than [`ENOUGH`] where nothing has that much. `None` where nothing looks like an
/// article.
fn enough(pieces: &Pieces, votes: &[f32]) -> Option<f32> {
    let running = pieces
        .all
        .iter()
        .zip(votes)
        .filter(|(piece, _)| piece.is_running());
    let most = running.map(|(_, vote)| *vote).fold(0.0, f32::max);
    (most > DOUBTFUL).then_some(ENOUGH.min(most * 0.7))
}

/// Tables are kept as a whole or not at all.
fn tables(tree: &Tree, pieces: &Pieces, votes: &[f32], kept: &mut [bool]) {
    let page = Page {
        tree,
        base: None,
        own: None,
        left_out: &[],
        title: None,
    };
    let mut tables: HashMap<Id, Vec<usize>> = HashMap::new();
    for (i, piece) in pieces.all.iter().enumerate() {
        let around = std::iter::once(piece.block).chain(tree.ancestors(piece.block));
        if let Some(table) = around.into_iter().find(|&id| tree.name(id) == "table") {
            tables.entry(table).or_default().push(i);
        }
    }
    for (table, rows) in tables {
        if !table::is_table(&page, table) {
            continue;
        }
        let mean = rows.iter().map(|&i| votes[i]).sum::<f32>() / count(rows.len());
        for i in rows {
            kept[i] = mean > ENOUGH_TABLE;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of pieces are small")]
fn count(pieces: usize) -> f32 {
    pieces as f32
}

/// Quotes between what is kept.
fn quotes(tree: &Tree, pieces: &Pieces, votes: &[f32], kept: &mut [bool]) {
    let is_quoted = |piece: &Piece| {
        let mut around = std::iter::once(piece.block)
            .chain(tree.ancestors(piece.block))
            .take(5);
        around.any(|id| tree.name(id) == "blockquote")
    };
    let was_kept = kept.to_vec();
    let is_near = |range: &[bool]| range.iter().any(|kept| *kept);
    for (i, piece) in pieces.all.iter().enumerate() {
        let is_between = is_near(&was_kept[i.saturating_sub(4)..i])
            && is_near(&was_kept[i..(i + 6).min(was_kept.len())]);
        kept[i] |= is_between && votes[i] > ENOUGH_QUOTED && is_quoted(piece);
    }
}

/// Leaves out phrases that pages have around their articles.
fn phrases(pieces: &Pieces, votes: &[f32], kept: &mut [bool]) {
    let mut buffer = String::new();
    for (i, piece) in pieces.all.iter().enumerate() {
        kept[i] &= votes[i] > ENOUGH_NOISE
            || piece.words > 12
            || !noise::is_noise(&piece.text, &mut buffer);
    }
}

/// Leaves out what was said before in the same words.
fn repeated(pieces: &Pieces, kept: &mut [bool]) {
    let mut said = HashSet::new();
    for (i, piece) in pieces.all.iter().enumerate() {
        if kept[i] && piece.words >= ONCE {
            kept[i] = said.insert(piece.text.as_str());
        }
    }
}

/// Leaves out comments on an article, unless they are what the page is there for.
fn without_comments(tree: &Tree, said: &Said, pieces: &Pieces, kept: &mut [bool]) {
    let comments = comments(tree, pieces);
    let words = |is_comment: bool| -> usize {
        let counted = (0..kept.len())
            .filter(|&i| kept[i] && comments[i] == is_comment && pieces.all[i].is_running());
        counted.map(|i| pieces.all[i].words).sum()
    };
    let (article, commented) = (words(false), words(true));
    if article >= ARTICLE && (said.is_article || commented < 10 * article) {
        for (kept, is_comment) in kept.iter_mut().zip(comments) {
            *kept &= !is_comment;
        }
    }
}

/// A heading is kept for what is kept under it.
fn headings(tree: &Tree, pieces: &Pieces, votes: &[f32], kept: &mut [bool]) {
    let first = kept.iter().position(|kept| *kept).unwrap_or(0);
    let mut has_text = false;
    for (i, piece) in pieces.all.iter().enumerate().rev() {
        let mut around = std::iter::once(piece.block).chain(tree.ancestors(piece.block).take(2));
        if !around.any(|id| is_heading(tree.name(id))) {
            has_text |= kept[i];
            continue;
        }
        let is_link = piece.linked * 5 > piece.text.len() * 3;
        let enough = match has_text {
            _ if is_link => ENOUGH,
            true => ENOUGH_HEADING,
            false => ENOUGH_ALONE,
        };
        // a heading may stand right above one of a lower level
        has_text = votes[i] > enough && (i >= first || kept[i]);
        kept[i] = has_text;
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
