//! From the tree of a page to blocks: what is shown is walked through once, in reading order.

use std::mem::Discriminant;

use url::Url;

use super::elements::{is_called_caption, is_heading, is_hidden, is_inline};
use super::link::target;
use super::tree::{Id, Step, Tree, fold};
use super::{lists, notes, picture, script, table};
use crate::formats::build::Builder;
use crate::model::document::{BlockKind, Mark, Within};

mod rows;

/// What of a page becomes blocks.
pub struct Page<'a> {
    /// The page.
    pub tree: &'a Tree,
    /// What its links are relative to.
    pub base: Option<&'a Url>,
    /// Where it was published: a link into it is one within the article.
    pub own: Option<&'a Url>,
    /// For each node, whether it is not of the article, with all that it holds: its text becomes noise. All is of the
    /// article when this is empty.
    pub left_out: &'a [bool],
    /// The heading that is the title, when that is shown already.
    pub title: Option<Id>,
}

/// Adds the blocks of a node to those that were built.
pub fn walk(page: &Page, root: Id, out: Builder) -> Builder {
    let mut walker = Walker {
        page,
        tree: page.tree,
        out,
        quotes: 0,
        lists: Vec::new(),
        kinds: Vec::new(),
        marked: Vec::new(),
        wrapped: Vec::new(),
        tables: Vec::new(),
        notes: notes::Notes::default(),
        noise: None,
    };
    let mut steps = page.tree.walk(root);
    while let Some(step) = steps.next() {
        match step {
            Step::Enter(id) => {
                if !walker.enter(id) {
                    steps.pass(id);
                }
            }
            Step::Leave(id) => walker.leave(id),
        }
    }
    walker.out.close_table();
    walker.out
}

/// What a paragraph's text is, as long as an element is not left.
#[derive(Debug, Clone, Copy)]
struct Around {
    id: Id,
    kind: BlockKind,
}

pub struct Walker<'a> {
    page: &'a Page<'a>,
    tree: &'a Tree,
    out: Builder,
    /// How many quotes are around.
    quotes: u8,
    /// The lists around, outermost first.
    lists: Vec<lists::List>,
    /// The elements around that say what kind of block their text is.
    kinds: Vec<Around>,
    /// The elements around that are a mark; one of each kind, so that a thousand that were never ended cost nothing.
    marked: Vec<(Id, Discriminant<Mark>)>,
    /// The elements around behind which a text still comes: a quote's mark, a bracket.
    wrapped: Vec<(Id, &'static str)>,
    /// The tables around that are shown as tables; at most one.
    tables: Vec<table::Rows>,
    notes: notes::Notes,
    /// The outermost element around that is not of the article.
    noise: Option<Id>,
}

impl Walker<'_> {
    /// Takes a node that is met. Whether to go on into it.
    fn enter(&mut self, id: Id) -> bool {
        let is_left_out = self.page.left_out.get(id as usize).is_some_and(|&out| out);
        let is_outermost = is_left_out && self.noise.is_none();
        if is_outermost {
            self.noise = Some(id);
        }
        if let Some(text) = self.tree.text(id) {
            self.text(text);
            self.noise.take_if(|of| *of == id);
            return false;
        }
        if self.page.title == Some(id) || self.notes.is_left_out(id) || is_hidden(self.tree, id) {
            self.noise.take_if(|of| *of == id);
            return false;
        }
        let name = self.tree.name(id);
        if !is_inline(name) && !self.is_in_row() {
            self.out.close();
        } else if !is_inline(name) {
            self.out.line_break();
        }
        self.name_place(id, name);
        match name {
            "img" | "video" | "audio" | "iframe" | "embed" | "object" => {
                self.picture(id, name);
                self.noise.take_if(|of| *of == id);
                return name == "object";
            }
            "br" => self.line_break(id),
            "hr" => self.rule(),
            "math" => return self.formula(id),
            "sup" | "sub" if self.noise.is_none() => return self.script(id, name),
            "table" => self.enter_table(id),
            "tr" => self.enter_row(id),
            "td" | "th" => self.enter_cell(id),
            _ => self.enter_plain(id, name),
        }
        true
    }

    /// Takes an element that is no more than a kind, a mark or a list.
    fn enter_plain(&mut self, id: Id, name: &str) {
        match name {
            "blockquote" => self.quotes = self.quotes.saturating_add(1),
            "ul" | "ol" | "menu" | "dir" => self.lists.push(lists::List::new(self.tree, id)),
            "li" => self.enter_item(id),
            "dd" => self.lists.push(lists::List::definition()),
            "dt" | "summary" => {
                self.kinds.push(Around {
                    id,
                    kind: self.kind(),
                });
                self.mark(id, Mark::Strong);
            }
            "q" => {
                let depth = self
                    .wrapped
                    .iter()
                    .filter(|(_, end)| matches!(*end, "”" | "’"))
                    .count();
                let (begin, end) = if depth % 2 == 0 {
                    ("“", "”")
                } else {
                    ("‘", "’")
                };
                self.text(begin);
                self.wrapped.push((id, end));
            }
            "rt" => {
                self.text("(");
                self.wrapped.push((id, ")"));
            }
            "a" => self.link(id),
            _ => {
                if let Some(kind) = self.kind_of(id, name) {
                    self.kinds.push(Around { id, kind });
                } else if let Some(mark) = self.mark_of(name) {
                    self.mark(id, mark);
                }
            }
        }
    }

    fn leave(&mut self, id: Id) {
        let name = self.tree.name(id);
        self.leave_marks(id);
        if !is_inline(name) {
            if self.is_in_row() {
                self.out.line_break();
            } else {
                self.out.close();
            }
        }
        let _ = self.kinds.pop_if(|within| within.id == id);
        match name {
            "blockquote" => self.quotes = self.quotes.saturating_sub(1),
            "ul" | "ol" | "menu" | "dir" | "dd" => {
                self.lists.pop();
            }
            "li" => {
                self.notes.leave(id);
                if let Some(list) = self.lists.last_mut() {
                    list.marker = None;
                    list.is_in_item = false;
                }
            }
            "td" | "th" => self.leave_cell(),
            "tr" => self.leave_row(),
            "table" => self.leave_table(id),
            _ => self.notes.leave(id),
        }
        self.noise.take_if(|of| *of == id);
    }

    /// Ends what an element begun within a line.
    fn leave_marks(&mut self, id: Id) {
        while let Some((_, text)) = self.wrapped.pop_if(|(of, _)| *of == id) {
            self.text(text);
        }
        if self.marked.pop_if(|(of, _)| *of == id).is_some() {
            self.out.end();
        }
    }

    /// Adds a text, in a block that is opened if none is.
    fn text(&mut self, text: &str) {
        let is_blank = text
            .bytes()
            .all(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c));
        if is_blank && !self.out.is_open() {
            return;
        }
        let is_in_noise = matches!(self.out.so_far(), Some((BlockKind::Noise, _)));
        if is_in_noise != self.noise.is_some() {
            if is_blank || self.is_in_row() {
                return;
            }
            self.out.close();
        }
        self.open();
        match self.out.so_far() {
            Some((BlockKind::Verse, so_far)) => {
                let begins = so_far.is_empty() || so_far.ends_with(['\n', ' ']);
                let mut folded = fold(text);
                if !begins && text.starts_with([' ', '\t', '\n', '\r']) {
                    folded.insert(0, ' ');
                }
                if !is_blank && text.ends_with([' ', '\t', '\n', '\r']) {
                    folded.push(' ');
                }
                self.out.raw(&folded);
            }
            _ => self.out.raw(text),
        }
    }

    /// Opens the block that the next text stands in, if none is open.
    fn open(&mut self) {
        if self.out.is_open() || self.is_in_row() {
            return;
        }
        if self.noise.is_some() {
            self.out.open(BlockKind::Noise, Within::default(), 0);
            return;
        }
        let lists = self.items_around();
        let quotes = self.quotes;
        let kind = self.kind();
        if let Some(note) = self.notes.begin() {
            self.out
                .open(BlockKind::Footnote, Within { quotes, lists: 0 }, 0);
            let marker = self.take_marker();
            notes::label(&note, marker, &mut self.out);
            return;
        }
        let is_unmarked = matches!(kind, BlockKind::Code | BlockKind::Heading(_));
        if let (Some(marker), false) = (self.take_marker(), is_unmarked) {
            let depth = lists.saturating_sub(1);
            let within = Within {
                quotes,
                lists: depth,
            };
            self.out.open(BlockKind::ListItem(depth), within, 0);
            self.out.text(&marker);
            self.out.text(" ");
            return;
        }
        self.out.open(kind, Within { quotes, lists }, 0);
    }

    /// The bullet or number that is due.
    fn take_marker(&mut self) -> Option<String> {
        self.lists.last_mut().and_then(|list| list.marker.take())
    }

    /// What kind of block text is here.
    fn kind(&self) -> BlockKind {
        match self.kinds.last() {
            Some(Around {
                kind: BlockKind::Paragraph,
                ..
            })
            | None
                if self.quotes > 0 =>
            {
                BlockKind::Quote
            }
            Some(within) => within.kind,
            None => BlockKind::Paragraph,
        }
    }

    fn kind_of(&self, id: Id, name: &str) -> Option<BlockKind> {
        Some(match name {
            name if is_heading(name) => BlockKind::Heading(name.as_bytes()[1] - b'0'),
            "figcaption" | "caption" => BlockKind::Caption,
            "pre" | "listing" | "xmp" | "plaintext" => BlockKind::Code,
            "address" => BlockKind::Verse,
            "p" | "div" if lists::is_verse(self.tree, id) => BlockKind::Verse,
            "p" if self
                .kinds
                .last()
                .is_some_and(|w| w.kind == BlockKind::Verse) =>
            {
                BlockKind::Paragraph
            }
            "div" | "p" | "span" | "dd" | "small" if is_called_caption(self.tree, id) => {
                BlockKind::Caption
            }
            _ if self.tree.attribute(id, "role") == Some("heading") => {
                let level = self
                    .tree
                    .attribute(id, "aria-level")
                    .and_then(|l| l.parse().ok());
                BlockKind::Heading(level.unwrap_or(2_u8).clamp(1, 6))
            }
            _ => return None,
        })
    }

    fn mark_of(&self, name: &str) -> Option<Mark> {
        let kind = self.kind();
        Some(match name {
            "em" | "i" | "cite" | "dfn" | "var" | "mark" => Mark::Emphasis,
            // a heading is strong already
            "strong" | "b" if !matches!(kind, BlockKind::Heading(_)) => Mark::Strong,
            "code" | "kbd" | "samp" | "tt" if kind != BlockKind::Code => Mark::Code,
            "del" | "s" | "strike" => Mark::Strikethrough,
            _ => return None,
        })
    }

    /// Begins a mark that ends where the element does.
    fn mark(&mut self, id: Id, mark: Mark) {
        let kind = std::mem::discriminant(&mark);
        if self.marked.iter().all(|(_, open)| *open != kind) {
            self.out.start(mark);
            self.marked.push((id, kind));
        }
    }

    fn link(&mut self, id: Id) {
        let Some(href) = self.tree.attribute(id, "href") else {
            return;
        };
        if let Some(target) = target(self.page, href) {
            self.mark(id, Mark::Link(target));
            if self.noise.is_none() && notes::is_raised(self.tree, id) {
                self.bracket(id, &self.tree.text_in(id, 40));
            }
        }
    }

    /// Puts what an element holds in brackets, unless it stands in some.
    fn bracket(&mut self, id: Id, text: &str) {
        if !text.is_empty() && !text.starts_with(['[', '(']) {
            self.text("[");
            self.wrapped.push((id, "]"));
        }
    }

    /// Names the place of an element for links to lead to.
    fn name_place(&mut self, id: Id, name: &str) {
        if let Some(place) = self.tree.attribute(id, "id") {
            self.out.anchor(place);
            self.notes.enter(self.page, id, place);
        }
        if let ("a", Some(place)) = (name, self.tree.attribute(id, "name")) {
            self.out.anchor(place);
        }
    }

    fn line_break(&mut self, id: Id) {
        let is_verse = matches!(
            self.out.so_far(),
            Some((BlockKind::Verse | BlockKind::Code, _))
        );
        if is_verse || self.is_in_row() {
            self.out.line_break();
        } else if lists::is_second_break(self.tree, id) {
            self.out.close();
        } else {
            self.out.line_break();
        }
    }

    fn rule(&mut self) {
        if !self.is_in_row() && self.noise.is_none() {
            self.open_as(BlockKind::Rule);
            self.out.text("* * *");
            self.out.close();
        }
    }

    /// How many items of lists are around.
    fn items_around(&self) -> u8 {
        let items = self.lists.iter().filter(|list| list.is_in_item).count();
        u8::try_from(items).unwrap_or(u8::MAX)
    }

    fn open_as(&mut self, kind: BlockKind) {
        let within = Within {
            quotes: self.quotes,
            lists: self.items_around(),
        };
        self.out.open(kind, within, 0);
    }

    fn formula(&mut self, id: Id) -> bool {
        let Some(source) = script::formula(self.tree, id) else {
            return true;
        };
        self.open();
        self.out.start(Mark::Code);
        self.out.raw(&source);
        self.out.end();
        false
    }

    fn script(&mut self, id: Id, name: &str) -> bool {
        let text = self.tree.text_in(id, 40);
        if notes::is_reference(self.tree, id) {
            // a link in it has the brackets in its text
            if !self
                .tree
                .all(id)
                .take(8)
                .any(|node| notes::is_raised(self.tree, node))
            {
                self.bracket(id, &text);
            }
            return true;
        }
        let Some(text) = script::raised(&text, name) else {
            return true;
        };
        self.text(&text);
        false
    }

    fn picture(&mut self, id: Id, name: &str) {
        let Some(picture) = picture::of(self.page, id, name) else {
            return;
        };
        if self.noise.is_some() {
            return;
        }
        let is_in_text =
            self.is_in_row() || self.out.so_far().is_some_and(|(_, text)| !text.is_empty());
        if is_in_text {
            if !picture.alt.is_empty() {
                self.out.text(" ");
                self.out.start(Mark::Image(picture.target));
                self.out.raw(&picture.alt);
                self.out.end();
                self.out.text(" ");
            }
            return;
        }
        self.out.close();
        self.open_as(BlockKind::Image);
        self.out.start(Mark::Image(picture.target));
        self.out.raw(&picture.name);
        self.out.end();
        self.out.close();
    }

    fn enter_item(&mut self, id: Id) {
        if self.lists.is_empty() {
            self.lists.push(lists::List::loose());
        }
        if let (Some(list), None) = (self.lists.last_mut(), self.noise) {
            list.begin_item(self.tree, id);
        }
    }

    /// Whether a row of a table is open: what would be blocks are stretches of a cell there.
    fn is_in_row(&self) -> bool {
        self.tables.last().is_some_and(|rows| rows.is_open)
    }
}
