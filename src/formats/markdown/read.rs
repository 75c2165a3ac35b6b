//! From the events of the parser to blocks.

use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd,
};

use super::lines::Lines;
use super::notes::Notes;
use super::picture::Pictures;
use super::slug::Slugs;
use super::spans::Spans;
use crate::formats::address;
use crate::formats::build::{Builder, Built};
use crate::model::document::{Align, BlockKind, Mark, Within};

mod html;
mod inline;
mod list;

/// Quotes and lists are told to be at most so deep.
const DEEPEST: u8 = 64;

/// What is read besides CommonMark.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_MATH);

/// What stands before the text of the next block.
enum Marker {
    /// A bullet or number.
    Item(String),
    /// The number of a footnote.
    Note(u32),
}

/// Where the events are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Text,
    Code,
}

/// Reads Markdown into blocks.
pub(super) struct Reader<'a> {
    pub(super) builder: Builder,
    source: &'a str,
    lines: Lines<'a>,
    slugs: Slugs,
    notes: Notes<'a>,
    /// Addresses in the text, and the first of them that has not been passed.
    addresses: Vec<Range<usize>>,
    next_address: usize,
    /// What lies before this offset has been taken as part of an address.
    done: usize,
    spans: Spans,
    pictures: Pictures,
    /// How many pictures the text is inside of: it describes them.
    depicted: usize,
    /// The tag of HTML whose content is left out.
    hidden: Option<String>,
    inside: Inside,
    /// HTML that stands for itself, and where it begins.
    html: String,
    html_at: usize,
    /// How many quotes and lists are around.
    quotes: usize,
    lists: usize,
    /// The next number of each list that is open; `None` with bullets.
    numbers: Vec<Option<u64>>,
    marker: Option<Marker>,
    /// The kind of the next block that text opens.
    kind: BlockKind,
    cell: usize,
}

impl<'a> Reader<'a> {
    /// A reader of this text, which begins on this line of its file.
    pub(super) fn new(source: &'a str, first_line: u32) -> Self {
        Self {
            builder: Builder::default(),
            source,
            lines: Lines::new(source, first_line),
            slugs: Slugs::default(),
            notes: Notes::new(source),
            addresses: address::bare(source),
            next_address: 0,
            done: 0,
            spans: Spans::default(),
            pictures: Pictures::default(),
            depicted: 0,
            hidden: None,
            inside: Inside::Text,
            html: String::new(),
            html_at: 0,
            quotes: 0,
            lists: 0,
            numbers: Vec::new(),
            marker: None,
            kind: BlockKind::Paragraph,
            cell: 0,
        }
    }

    /// Reads all of the text; footnotes last.
    pub(super) fn read(&mut self) {
        let mut events = Parser::new_ext(self.source, OPTIONS).into_offset_iter();
        while let Some((event, range)) = events.next() {
            let Event::Start(Tag::FootnoteDefinition(label)) = event else {
                self.event(event, range);
                continue;
            };
            self.close();
            let mut depth = 0_usize;
            let mut kept = Vec::new();
            for (event, range) in events.by_ref() {
                match event {
                    Event::Start(Tag::FootnoteDefinition(_)) => depth += 1,
                    Event::End(TagEnd::FootnoteDefinition) if depth == 0 => break,
                    Event::End(TagEnd::FootnoteDefinition) => depth -= 1,
                    event => kept.push((event, range)),
                }
            }
            self.notes.keep(label.into_string(), kept);
        }
        self.close();
        for (number, events) in self.notes.take() {
            self.marker = Some(Marker::Note(number));
            (self.quotes, self.lists, self.done, self.next_address) = (0, 1, 0, 0);
            let start = events.first().map_or(0, |(_, range)| range.start);
            self.next_address = self.addresses.partition_point(|a| a.end <= start);
            for (event, range) in events {
                self.event(event, range);
            }
            self.close();
            self.marker = None;
        }
    }

    /// What was read.
    pub(super) fn finish(mut self) -> Built {
        self.close();
        self.builder.finish()
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) if is_inline(&tag) => self.start_inline(tag, range),
            Event::Start(Tag::TableCell) => self.start_cell(),
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, range),
            Event::Code(text) => {
                self.open_text(range.start);
                self.start_span(Mark::Code);
                self.piece(&text);
                self.spans.end(&mut self.builder);
            }
            Event::InlineMath(text) => self.math("$", &text, range.start),
            Event::DisplayMath(text) => self.math("$$", &text, range.start),
            Event::Html(text) => self.html.push_str(&text),
            Event::InlineHtml(text) => self.inline_html(&text, range.start),
            Event::FootnoteReference(label) => self.note(&label, range.start),
            Event::SoftBreak => {
                self.pictures.is_line_over = self.pictures.count > 0;
                self.builder.soft_break();
            }
            Event::HardBreak => self.hard_break(range.start),
            Event::Rule => self.rule(range.start),
            Event::TaskListMarker(is_done) => self.task(is_done),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        self.close();
        match tag {
            Tag::Paragraph => self.builder.apart(),
            Tag::Heading { level, id, .. } => {
                self.builder.apart();
                self.open_heading(level_of(level), range.start);
                if let Some(id) = id {
                    self.builder.anchor_block(&id);
                }
            }
            Tag::BlockQuote(kind) => {
                self.quotes += 1;
                self.alert(kind, range.start);
            }
            Tag::CodeBlock(_) => {
                self.flush_marker(range.start);
                self.builder.apart();
                self.open(BlockKind::Code, range.start);
                self.inside = Inside::Code;
            }
            Tag::HtmlBlock => self.html_at = range.start,
            Tag::List(first) => {
                self.open_list(range.start);
                self.numbers.push(first);
                self.lists += 1;
            }
            Tag::Item => self.item(range.start),
            Tag::DefinitionListDefinition => self.lists += 1,
            Tag::Table(aligns) => {
                self.flush_marker(range.start);
                self.builder.apart();
                self.builder
                    .open_table(aligns.into_iter().map(align).collect());
            }
            Tag::TableHead | Tag::TableRow => {
                let line = self.lines.of(range.start);
                self.cell = 0;
                self.builder.open_row(self.within(), line);
            }
            Tag::TableCell
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::FootnoteDefinition(_)
            | Tag::MetadataBlock(_) => {}
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
        }
    }

    fn start_cell(&mut self) {
        if self.cell > 0 {
            self.spans.end_all(&mut self.builder);
            self.builder.next_cell();
        }
        self.cell += 1;
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => self.spans.end(&mut self.builder),
            TagEnd::Image => self.end_image(),
            TagEnd::TableCell => {}
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::CodeBlock => {
                self.inside = Inside::Text;
                self.close();
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::List(_) => {
                self.close();
                self.numbers.pop();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::Item => {
                self.close();
                // an item of nothing is none
                self.marker = None;
            }
            TagEnd::DefinitionListDefinition => {
                self.close();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::TableHead => {
                let is_blank = self
                    .builder
                    .so_far()
                    .is_some_and(|(_, text)| text.trim().is_empty());
                if is_blank {
                    // a table without heads has to be written with an empty row of them
                    self.builder.turn_into(BlockKind::Paragraph);
                }
                self.close();
                self.builder.end_heads();
            }
            TagEnd::Table => {
                self.close();
                self.builder.close_table();
            }
            TagEnd::Paragraph
            | TagEnd::TableRow
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_) => self.close(),
        }
    }

    /// Ends the block that is open.
    fn close(&mut self) {
        if !self.builder.is_open() {
            return;
        }
        self.spans.end_all(&mut self.builder);
        self.hidden = None;
        self.depicted = 0;
        let pictures = std::mem::take(&mut self.pictures);
        let kind = self.builder.so_far().map(|(kind, _)| kind);
        if pictures.is_one() && matches!(kind, Some(BlockKind::Paragraph | BlockKind::Quote)) {
            self.builder.turn_into(BlockKind::Image);
            if let Some(target) = pictures.unnamed {
                self.name_picture(&target);
            }
        }
        self.builder.close();
        self.kind = BlockKind::Paragraph;
    }

    fn within(&self) -> Within {
        Within {
            quotes: clamped(self.quotes),
            lists: clamped(self.lists),
        }
    }

    /// Opens a block of no text's kind.
    fn open(&mut self, kind: BlockKind, offset: usize) {
        let line = self.lines.of(offset);
        self.builder.open(kind, self.within(), line);
    }

    /// Opens the block that text at this offset stands in, when none is open.
    fn open_text(&mut self, offset: usize) {
        if self.builder.is_open() {
            return;
        }
        let line = self.lines.of(offset);
        let within = self.within();
        let outside = Within { lists: 0, ..within };
        match self.marker.take() {
            Some(Marker::Item(marker)) => {
                let depth = within.lists.saturating_sub(1);
                self.builder.open(BlockKind::ListItem(depth), outside, line);
                self.builder.text(&marker);
                self.builder.text(" ");
            }
            Some(Marker::Note(number)) => {
                self.builder.open(BlockKind::Footnote, outside, line);
                self.builder.anchor_block(&format!("fn-{number}"));
                self.builder.start(Mark::Link(format!("#fnref-{number}")));
                self.builder.text(&format!("[{number}]"));
                self.builder.end();
                self.builder.text(" ");
            }
            None => {
                let kind = match self.kind {
                    BlockKind::Paragraph if self.quotes > 0 => BlockKind::Quote,
                    kind => kind,
                };
                self.builder.open(kind, within, line);
            }
        }
    }

    /// Shows a bullet or number that has no text of its own.
    fn flush_marker(&mut self, offset: usize) {
        if self.marker.is_some() {
            self.open_text(offset);
            self.close();
        }
    }

    /// A heading of the article; in a quote it is none of it.
    fn open_heading(&mut self, level: u8, offset: usize) {
        let line = self.lines.of(offset);
        let within = self.within();
        if self.quotes > 0 || matches!(self.marker, Some(Marker::Note(_))) {
            self.open_text(offset);
            self.start_span(Mark::Strong);
            return;
        }
        let marker = self.marker.take();
        let within = Within { lists: 0, ..within };
        self.builder.open(BlockKind::Heading(level), within, line);
        if let Some(Marker::Item(marker)) = marker
            && marker != BULLET
        {
            self.builder.text(&marker);
            self.builder.text(" ");
        }
    }

    fn end_heading(&mut self) {
        if let Some((BlockKind::Heading(_), text)) = self.builder.so_far() {
            let slug = self.slugs.next(text);
            self.builder.anchor_block(&slug);
        }
        self.close();
    }

    /// Says what a quote is that GitHub shows as a note or a warning.
    fn alert(&mut self, kind: Option<BlockQuoteKind>, offset: usize) {
        let word = match kind {
            None => return,
            Some(BlockQuoteKind::Note) => "Note",
            Some(BlockQuoteKind::Tip) => "Tip",
            Some(BlockQuoteKind::Important) => "Important",
            Some(BlockQuoteKind::Warning) => "Warning",
            Some(BlockQuoteKind::Caution) => "Caution",
        };
        self.builder.apart();
        self.open_text(offset);
        self.start_span(Mark::Strong);
        self.builder.text(word);
        self.close();
    }

    fn rule(&mut self, offset: usize) {
        self.close();
        self.flush_marker(offset);
        self.builder.apart();
        self.open(BlockKind::Rule, offset);
        self.builder.text("* * *");
        self.close();
        self.builder.apart();
    }
}

const fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

/// What stands before an item without a number.
const BULLET: &str = "•";

fn clamped(depth: usize) -> u8 {
    u8::try_from(depth).unwrap_or(u8::MAX).min(DEEPEST)
}

const fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn align(align: Alignment) -> Align {
    match align {
        Alignment::None | Alignment::Left => Align::Start,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::End,
    }
}
