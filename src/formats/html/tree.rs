//! The tree of a page: one list of nodes that point to each other by number, built by html5ever.
//!
//! html5ever takes time by the square of how deep elements are nested, so start tags that would stand deeper than
//! [`MAX_DEPTH`] are left out before its tree builder sees them; their text stays. A page of more than [`MAX_NODES`] nodes
//! is cut.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName};

/// Elements are nested at most so deep.
const MAX_DEPTH: u32 = 256;
/// A page has at most so many elements and texts.
const MAX_NODES: usize = 2_000_000;
/// A longer attribute is left out.
const MAX_ATTRIBUTE: usize = 64 * 1024;
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
        let sink = Sink::default();
        let options = TreeBuilderOpts {
            // what stands in `noscript` is looked at as elements
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        };
        let shallow = Shallow(TreeBuilder::new(sink, options));
        let tokenizer = Tokenizer::new(shallow, TokenizerOpts::default());
        let queue = BufferQueue::default();
        for piece in pieces(text) {
            queue.push_back(StrTendril::from(piece));
            // it stops after each script, and where the page names its encoding
            while tokenizer.feed(&queue) != html5ever::TokenizerResult::Done {}
            if tokenizer.sink.0.sink.is_full() {
                break;
            }
        }
        tokenizer.end();
        tokenizer.sink.0.sink.finish()
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

/// A text in pieces, so that reading can stop between two of them.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    const PIECE: usize = 1 << 20;
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (piece, tail) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = tail;
        Some(piece)
    })
}

/// Whether an attribute says anything to a reader.
fn is_kept(name: &str) -> bool {
    matches!(
        name,
        "align"
            | "alt"
            | "alttext"
            | "allowfullscreen"
            | "aria-hidden"
            | "aria-label"
            | "aria-level"
            | "aria-modal"
            | "class"
            | "colspan"
            | "content"
            | "data"
            | "data-lazy-src"
            | "data-original"
            | "data-src"
            | "data-srcset"
            | "datetime"
            | "encoding"
            | "epub:type"
            | "height"
            | "hidden"
            | "href"
            | "http-equiv"
            | "id"
            | "itemprop"
            | "itemscope"
            | "itemtype"
            | "lang"
            | "name"
            | "poster"
            | "property"
            | "rel"
            | "reversed"
            | "role"
            | "rowspan"
            | "src"
            | "srcset"
            | "start"
            | "style"
            | "title"
            | "type"
            | "value"
            | "width"
            | "xml:lang"
    )
}

/// Leaves out start tags that would stand too deep, and stops when the page is too long.
struct Shallow(TreeBuilder<Id, Sink>);

impl TokenSink for Shallow {
    type Handle = Id;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Id> {
        let sink = &self.0.sink;
        if sink.is_full() && !matches!(token, Token::EOFToken) {
            return TokenSinkResult::Continue;
        }
        if let Token::TagToken(tag) = &token
            && tag.kind == TagKind::StartTag
            && sink.depth.get() > MAX_DEPTH
            // they decide how their text is read
            && !matches!(&*tag.name, "script" | "style" | "textarea" | "title" | "xmp" | "iframe" | "noembed" | "noframes")
        {
            return TokenSinkResult::Continue;
        }
        self.0.process_token(token, line_number)
    }

    fn end(&self) {
        self.0.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// What html5ever builds the tree in.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    /// How deep the place is where the next node goes, as far as can be told.
    depth: Cell<u32>,
}

impl Default for Sink {
    fn default() -> Self {
        let sink = Self {
            nodes: RefCell::default(),
            depth: Cell::new(0),
        };
        sink.add(Kind::Other);
        sink
    }
}

impl Sink {
    fn is_full(&self) -> bool {
        self.nodes.borrow().len() >= MAX_NODES
    }

    fn add(&self, kind: Kind) -> Id {
        let mut nodes = self.nodes.borrow_mut();
        let id = Id::try_from(nodes.len()).expect("there is a limit to the nodes");
        nodes.push(Node {
            kind,
            parent: NONE,
            first: NONE,
            last: NONE,
            next: NONE,
            before: NONE,
            depth: 0,
        });
        id
    }

    /// Puts a node at the end of another.
    fn put(&self, parent: Id, child: Id) {
        let mut nodes = self.nodes.borrow_mut();
        detach(&mut nodes, child);
        let last = nodes[parent as usize].last;
        let depth = nodes[parent as usize].depth + 1;
        let node = &mut nodes[child as usize];
        (node.parent, node.before, node.depth) = (parent, last, depth);
        match some(last) {
            Some(last) => nodes[last as usize].next = child,
            None => nodes[parent as usize].first = child,
        }
        nodes[parent as usize].last = child;
        self.depth.set(depth);
    }

    /// Puts a node before another.
    fn put_before(&self, sibling: Id, child: Id) {
        let mut nodes = self.nodes.borrow_mut();
        detach(&mut nodes, child);
        let Node {
            parent,
            before,
            depth,
            ..
        } = nodes[sibling as usize];
        let node = &mut nodes[child as usize];
        (node.parent, node.before, node.next, node.depth) = (parent, before, sibling, depth);
        nodes[sibling as usize].before = child;
        match some(before) {
            Some(before) => nodes[before as usize].next = child,
            None if parent != NONE => nodes[parent as usize].first = child,
            None => {}
        }
        self.depth.set(depth);
    }

    /// Adds text to a text, if the node is one.
    fn add_to(&self, node: Id, more: &StrTendril) -> bool {
        match self
            .nodes
            .borrow_mut()
            .get_mut(node as usize)
            .map(|n| &mut n.kind)
        {
            Some(Kind::Text(text)) => {
                text.push_tendril(more);
                true
            }
            Some(Kind::Element { .. } | Kind::Other) | None => false,
        }
    }
}

fn detach(nodes: &mut [Node], id: Id) {
    let Node {
        parent,
        next,
        before,
        ..
    } = nodes[id as usize];
    match some(before) {
        Some(before) => nodes[before as usize].next = next,
        None if parent != NONE => nodes[parent as usize].first = next,
        None => {}
    }
    match some(next) {
        Some(next) => nodes[next as usize].before = before,
        None if parent != NONE => nodes[parent as usize].last = before,
        None => {}
    }
    let node = &mut nodes[id as usize];
    (node.parent, node.next, node.before) = (NONE, NONE, NONE);
}

/// The name of an element that is looked at.
#[derive(Debug)]
struct Name<'a>(Ref<'a, QualName>);

impl ElemName for Name<'_> {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl TreeSink for Sink {
    type Handle = Id;
    type Output = Tree;
    type ElemName<'a> = Name<'a>;

    fn finish(self) -> Tree {
        Tree {
            is_cut: self.is_full(),
            nodes: self.nodes.into_inner(),
        }
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Id {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a Id) -> Name<'a> {
        Name(Ref::map(self.nodes.borrow(), |nodes| {
            match &nodes[*target as usize].kind {
                Kind::Element { name, .. } => name,
                Kind::Text(_) | Kind::Other => {
                    unreachable!("html5ever asks elements only for their names")
                }
            }
        }))
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Id {
        let attributes = attributes.into_iter();
        let attributes = attributes
            .filter(|a| is_kept(&a.name.local) && a.value.len() <= MAX_ATTRIBUTE)
            .map(|a| (a.name.local, a.value))
            .collect();
        self.add(Kind::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> Id {
        self.add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Id {
        self.add(Kind::Other)
    }

    fn append(&self, parent: &Id, child: NodeOrText<Id>) {
        match child {
            NodeOrText::AppendNode(child) => self.put(*parent, child),
            NodeOrText::AppendText(text) => {
                let last = self.nodes.borrow()[*parent as usize].last;
                if !self.add_to(last, &text) {
                    let child = self.add(Kind::Text(text));
                    self.put(*parent, child);
                }
                let depth = self.nodes.borrow()[*parent as usize].depth;
                self.depth.set(depth);
            }
        }
    }

    fn append_based_on_parent_node(&self, element: &Id, before: &Id, child: NodeOrText<Id>) {
        let has_parent = self.nodes.borrow()[*element as usize].parent != NONE;
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Id) {
        let depth = self.nodes.borrow()[*node as usize].depth;
        self.depth.set(depth.saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Id) -> Id {
        *target
    }

    fn same_node(&self, x: &Id, y: &Id) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Id, child: NodeOrText<Id>) {
        match child {
            NodeOrText::AppendNode(child) => self.put_before(*sibling, child),
            NodeOrText::AppendText(text) => {
                let before = self.nodes.borrow()[*sibling as usize].before;
                if !self.add_to(before, &text) {
                    let child = self.add(Kind::Text(text));
                    self.put_before(*sibling, child);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &Id, more: Vec<Attribute>) {
        if let Kind::Element { attributes, .. } =
            &mut self.nodes.borrow_mut()[*target as usize].kind
        {
            for attribute in more {
                let name = &attribute.name.local;
                if is_kept(name) && attributes.iter().all(|(n, _)| n != name) {
                    attributes.push((attribute.name.local, attribute.value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Id) {
        detach(&mut self.nodes.borrow_mut(), *target);
    }

    fn reparent_children(&self, node: &Id, new_parent: &Id) {
        loop {
            let first = self.nodes.borrow()[*node as usize].first;
            match some(first) {
                Some(first) => self.put(*new_parent, first),
                None => break,
            }
        }
    }

    fn allow_declarative_shadow_roots(&self, _: &Id) -> bool {
        false
    }
}
