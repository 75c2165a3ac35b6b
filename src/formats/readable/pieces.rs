//! The pieces that a page's text comes in: what stands between two ends of a block.

use std::collections::HashMap;

use crate::formats::html::tree::{Id, Step, Tree, fold};
use crate::formats::html::walk::{Page, is_hidden, is_inline};
use crate::formats::html::{lists, table};

/// A piece of text.
#[derive(Debug)]
pub struct Piece {
    /// The element whose text it is.
    pub block: Id,
    /// Its texts and pictures, in the order of the page.
    pub nodes: Vec<Id>,
    /// Its text, white space folded.
    pub text: String,
    /// Bytes of it that are links.
    pub linked: usize,
    /// Bytes of it that are strong or emphasised.
    pub strong: usize,
    /// How many words it has; of what is written without spaces, characters count as half a word.
    pub words: usize,
}

/// What is summed up for each element over the pieces in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sum {
    pub pieces: usize,
    pub words: usize,
    pub bytes: usize,
    pub linked: usize,
    /// Words in pieces that are running text by the look of them.
    pub running: usize,
}

/// The pieces of a page, and what they come to in each element.
#[derive(Debug, Default)]
pub struct Pieces {
    pub all: Vec<Piece>,
    sums: HashMap<Id, Sum>,
}

/// A piece of so many words is running text when few of them are links.
const RUNNING: usize = 15;

impl Pieces {
    /// The pieces of a page.
    pub fn of(tree: &Tree) -> Self {
        let mut all = Gather::new(tree).gather();
        all.retain(|piece| !piece.text.is_empty());
        let mut sums: HashMap<Id, Sum> = HashMap::new();
        for piece in &all {
            for id in std::iter::once(piece.block).chain(tree.ancestors(piece.block)) {
                let sum = sums.entry(id).or_default();
                sum.pieces += 1;
                sum.words += piece.words;
                sum.bytes += piece.text.len();
                sum.linked += piece.linked;
                if piece.is_running() {
                    sum.running += piece.words;
                }
            }
        }
        Self { all, sums }
    }

    /// What the pieces in an element come to.
    pub fn sum(&self, id: Id) -> Sum {
        self.sums.get(&id).copied().unwrap_or_default()
    }
}

impl Piece {
    /// Whether it looks like a sentence or more of running text.
    pub fn is_running(&self) -> bool {
        self.words >= RUNNING && self.linked * 3 < self.text.len()
    }
}

struct Gather<'a> {
    tree: &'a Tree,
    out: Vec<Piece>,
    raw: String,
    nodes: Vec<Id>,
    linked: usize,
    strong: usize,
    links: usize,
    strongs: usize,
}

impl<'a> Gather<'a> {
    fn new(tree: &'a Tree) -> Self {
        Self {
            tree,
            out: Vec::new(),
            raw: String::new(),
            nodes: Vec::new(),
            linked: 0,
            strong: 0,
            links: 0,
            strongs: 0,
        }
    }

    fn gather(mut self) -> Vec<Piece> {
        let mut steps = self.tree.walk(0);
        let mut blocks = vec![0];
        let page = Page {
            tree: self.tree,
            base: None,
            own: None,
            left_out: &[],
            title: None,
        };
        // the table whose rows are being read
        let mut rows = None;
        while let Some(step) = steps.next() {
            match step {
                Step::Enter(id) => {
                    if let Some(text) = self.tree.text(id) {
                        self.text(id, text);
                        continue;
                    }
                    if is_hidden(self.tree, id) {
                        steps.pass(id);
                        continue;
                    }
                    let name = self.tree.name(id);
                    match name {
                        "a" => self.links += 1,
                        "b" | "strong" | "em" | "i" => self.strongs += 1,
                        "br" if lists::is_second_break(self.tree, id) => {
                            self.end(blocks.last().copied().unwrap_or(0))
                        }
                        "br" => self.raw.push(' '),
                        _ if rows.is_some() && name != "tr" => self.raw.push(' '),
                        _ if !is_inline(name) => {
                            if name == "table" && table::is_table(&page, id) {
                                rows = Some(id);
                            }
                            self.end(blocks.last().copied().unwrap_or(0));
                            blocks.push(id);
                        }
                        _ => {}
                    }
                }
                Step::Leave(id) => match self.tree.name(id) {
                    "a" => self.links = self.links.saturating_sub(1),
                    "b" | "strong" | "em" | "i" => self.strongs = self.strongs.saturating_sub(1),
                    name if rows.is_some() && name != "tr" && rows != Some(id) => {
                        if !is_inline(name) {
                            self.raw.push(' ');
                        }
                    }
                    name if !is_inline(name) => {
                        rows.take_if(|of| *of == id);
                        self.end(id);
                        if blocks.last() == Some(&id) {
                            blocks.pop();
                        }
                    }
                    _ => {}
                },
            }
        }
        self.end(0);
        self.out
    }

    fn text(&mut self, id: Id, text: &str) {
        self.nodes.push(id);
        let before = self.raw.len();
        self.raw.push_str(text);
        let letters = self.raw[before..]
            .bytes()
            .filter(|b| !b.is_ascii_whitespace())
            .count();
        if self.links > 0 {
            self.linked += letters;
        }
        if self.strongs > 0 {
            self.strong += letters;
        }
    }

    fn end(&mut self, block: Id) {
        let nodes = std::mem::take(&mut self.nodes);
        let text = fold(&self.raw);
        self.raw.clear();
        let (linked, strong) = (
            std::mem::take(&mut self.linked),
            std::mem::take(&mut self.strong),
        );
        if text.is_empty() {
            return;
        }
        self.out.push(Piece {
            block,
            nodes,
            words: words(&text),
            text,
            linked,
            strong,
        });
    }
}

/// How many words a text has.
fn words(text: &str) -> usize {
    let spaced = text.split_whitespace().count();
    let unspaced = text.chars().filter(|c| matches!(*c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}')).count();
    spaced.max(unspaced / 2)
}
