//! What the trainer is given of a page.

use super::features::{Row, Scene};
use super::pieces::Pieces;
use crate::formats::html::meta;
use crate::formats::html::tree::Tree;

/// A page in pieces and numbers.
#[derive(Debug, Default)]
pub struct Page {
    /// The text of each piece.
    pub texts: Vec<String>,
    /// How many words each has.
    pub words: Vec<usize>,
    /// Whether each is a heading.
    pub headings: Vec<bool>,
    /// The numbers of each, of the first look.
    pub rows: Vec<Row>,
}

/// A page, and for each of the votes that `first` gives its rows, the numbers of the second look added to them.
pub fn page(html: &str, first: impl Fn(&Row) -> f32) -> Page {
    let tree = Tree::parse(html);
    let said = meta::said(&tree, None);
    let pieces = Pieces::of(&tree);
    let scene = Scene::new(&tree, &said, &pieces);
    let mut rows: Vec<Row> = (0..pieces.all.len()).map(|at| scene.row(at)).collect();
    let votes: Vec<f32> = rows.iter().map(first).collect();
    scene.look_again(&votes, &mut rows);
    Page {
        texts: pieces.all.iter().map(|piece| piece.text.clone()).collect(),
        words: pieces.all.iter().map(|piece| piece.words).collect(),
        headings: pieces
            .all
            .iter()
            .map(|piece| tree.name(piece.block).starts_with('h'))
            .collect(),
        rows,
    }
}
