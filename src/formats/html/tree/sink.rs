//! What html5ever builds a tree with: a filter before its tree builder, and a list of nodes behind it.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::interface::{ElemName, ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, Namespace, QualName};

use super::{Id, Kind, NONE, Node, Tree, some};

/// Elements are nested at most so deep.
const MAX_DEPTH: u32 = 256;
/// A page has at most so many elements and texts.
const MAX_NODES: usize = 2_000_000;
/// A longer attribute is left out.
const MAX_ATTRIBUTE: usize = 64 * 1024;
/// The tree of a page or of a part of one.
pub fn parse(text: &str) -> Tree {
    let options = TreeBuilderOpts {
        // what stands in `noscript` is looked at as elements
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let shallow = Shallow(TreeBuilder::new(Sink::default(), options));
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
