//! The tree of a page: one list of nodes that point to each other by number, built by html5ever.
//!
//! html5ever takes time by the square of how deep elements are nested, so start tags that would stand deeper than
//! 256 are left out before its tree builder sees them; their text stays. A page of more than two million
//! nodes is cut.

use html5ever::tendril::StrTendril;
use html5ever::{LocalName, QualName};

mod sink;

/// No node.
const NONE: u32 = u32::MAX;

/// A node of the tree.
pub type Id = u32;

/// What a node is.
#[derive(Debug)]
pub enum Kind {
    /// The page itself, and what is nothing to a reader: comments and the like.
    Other,
    /// Text.
    Text(StrTendril),
    /// An element with those of its attributes that say anything to a reader.
    Element {
        name: QualName,
        attributes: Vec<(LocalName, StrTendril)>,
    },
}

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Id,
    first: Id,
    last: Id,
    next: Id,
    before: Id,
    depth: u32,
}

/// The tree of a page. Node 0 is the page.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: Vec<Node>,
    /// Whether the page was longer than is kept.
    pub is_cut: bool,
}

/// One step of a walk through the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A node, before what it holds.
    Enter(Id),
    /// The same node, after what it holds.
    Leave(Id),
}

impl Tree {
    /// The tree of a page or of a part of one. Never fails.
    pub fn parse(text: &str) -> Self {
        sink::parse(text)
    }

    /// How many nodes there are; some may be in no place of the tree.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// What a node is.
    pub fn kind(&self, id: Id) -> &Kind {
        &self.nodes[id as usize].kind
    }

    /// An element's name, in lower case; empty for what is no element.
    pub fn name(&self, id: Id) -> &str {
        match self.kind(id) {
            Kind::Element { name, .. } => &name.local,
            Kind::Text(_) | Kind::Other => "",
        }
    }

    /// A text's text.
    pub fn text(&self, id: Id) -> Option<&str> {
        match self.kind(id) {
            Kind::Text(text) => Some(text),
            Kind::Element { .. } | Kind::Other => None,
        }
    }

    /// An attribute of an element, not empty.
    pub fn attribute(&self, id: Id, wanted: &str) -> Option<&str> {
        match self.kind(id) {
            Kind::Element { attributes, .. } => {
                let found = attributes.iter().find(|(name, _)| &**name == wanted);
                found
                    .map(|(_, value)| value.trim())
                    .filter(|v| !v.is_empty())
            }
            Kind::Text(_) | Kind::Other => None,
        }
    }

    /// Whether an element has an attribute, be it empty.
    pub fn has(&self, id: Id, wanted: &str) -> bool {
        match self.kind(id) {
            Kind::Element { attributes, .. } => {
                attributes.iter().any(|(name, _)| &**name == wanted)
            }
            Kind::Text(_) | Kind::Other => false,
        }
    }

    /// What a node stands in.
    pub fn parent(&self, id: Id) -> Option<Id> {
        some(self.nodes[id as usize].parent)
    }

    /// The nodes that a node stands in, from the inside out.
    pub fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> {
        std::iter::successors(self.parent(id), |&id| self.parent(id))
    }

    /// What stands in a node.
    pub fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let first = some(self.nodes[id as usize].first);
        std::iter::successors(first, |&id| some(self.nodes[id as usize].next))
    }

    /// What stands before a node in the same one.
    pub fn before(&self, id: Id) -> impl Iterator<Item = Id> {
        let before = some(self.nodes[id as usize].before);
        std::iter::successors(before, |&id| some(self.nodes[id as usize].before))
    }

    /// What stands behind a node in the same one.
    pub fn behind(&self, id: Id) -> impl Iterator<Item = Id> {
        let next = some(self.nodes[id as usize].next);
        std::iter::successors(next, |&id| some(self.nodes[id as usize].next))
    }

    /// A node and all that stands in it, in reading order, each entered and left.
    pub fn walk(&self, root: Id) -> Walk<'_> {
        Walk {
            tree: self,
            root,
            next: Some(Step::Enter(root)),
        }
    }

    /// A node and all that stands in it, in reading order.
    pub fn all(&self, root: Id) -> impl Iterator<Item = Id> {
        self.walk(root).filter_map(|step| match step {
            Step::Enter(id) => Some(id),
            Step::Leave(_) => None,
        })
    }

    /// The text in a node, at most so many bytes and a piece, white space folded.
    pub fn text_in(&self, root: Id, most: usize) -> String {
        let mut text = String::new();
        for id in self.all(root) {
            if let Some(piece) = self.text(id) {
                text.push_str(piece);
            } else if !is_inline(self.name(id)) {
                text.push(' ');
            }
            if text.len() > most {
                break;
            }
        }
        fold(&text)
    }
}

/// Elements that stand within a line; a word may go on across them.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
            | ""
    )
}

/// A text with each run of white space as one space; no-break spaces stay.
pub fn fold(text: &str) -> String {
    let words = text.split([' ', '\t', '\n', '\r', '\u{c}']);
    let mut out = String::with_capacity(text.len());
    for word in words.filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A walk through the tree; needs no memory, however deep the tree is.
#[derive(Debug, Clone)]
pub struct Walk<'a> {
    tree: &'a Tree,
    root: Id,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Goes on behind a node that was just entered; it is not left.
    pub fn pass(&mut self, id: Id) {
        self.next = self.after(id);
    }

    fn after(&self, id: Id) -> Option<Step> {
        let node = &self.tree.nodes[id as usize];
        if id == self.root {
            None
        } else if node.next != NONE {
            Some(Step::Enter(node.next))
        } else {
            some(node.parent).map(Step::Leave)
        }
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => Some(match some(self.tree.nodes[id as usize].first) {
                Some(first) => Step::Enter(first),
                None => Step::Leave(id),
            }),
            Step::Leave(id) => self.after(id),
        };
        Some(step)
    }
}

const fn some(id: Id) -> Option<Id> {
    if id == NONE { None } else { Some(id) }
}
