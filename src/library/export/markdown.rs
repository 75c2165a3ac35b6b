//! A document as Markdown, block by block.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use super::Part;

use super::front::{self, Structure};
use super::inline::{Marked, Where};
use crate::model::document::{Block, BlockKind, Document};

mod ahead;
mod item;
mod table;

use ahead::{anchors, deepen, note_number, notes};
use item::{Item, item};

/// The part of a document as Markdown.
pub(super) fn write(document: &Document, part: &Part, structure: Structure) -> String {
    let blocks: Vec<(usize, &Block)> = part.of(document).collect();
    let mut metadata = document.metadata.clone();
    // of a heading with its words the title would make the title
    if matches!(blocks.first(), Some((_, block)) if matches!(block.kind, BlockKind::Heading(_)) && block.text == metadata.title)
    {
        metadata.title.clear();
    }
    let mut writer = Writer {
        document,
        notes: notes(&blocks),
        anchors: anchors(document, &blocks),
        deepen: deepen(&blocks),
        out: front::write(&metadata, structure),
        indents: Vec::new(),
        numbers: Vec::new(),
        list_quotes: 0,
        before: None,
        marker: None,
    };
    let mut at = 0;
    while let Some(&(index, block)) = blocks.get(at) {
        if block.kind == BlockKind::TableRow {
            let is_row = |&&(i, b): &&(usize, &Block)| {
                b.kind == BlockKind::TableRow && same_table(document, index, i)
            };
            let rows = blocks[at..].iter().take_while(is_row).count();
            writer.table(&blocks[at..at + rows]);
            at += rows;
        } else {
            let next = blocks.get(at + 1).map(|(_, block)| *block);
            writer.block(index, block, next);
            at += 1;
        }
    }
    let mut out = writer.out;
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    out
}

fn same_table(document: &Document, one: usize, other: usize) -> bool {
    match document.table_at(one) {
        Some(table) => table.rows.contains(&other),
        None => document.table_at(other).is_none(),
    }
}

struct Writer<'a> {
    document: &'a Document,
    notes: HashSet<String>,
    anchors: HashMap<usize, Vec<&'a str>>,
    deepen: usize,
    out: String,
    /// How far the text of each item around is indented, outermost first.
    indents: Vec<usize>,
    /// For each of them its number and what stands after it; `None` with bullets.
    numbers: Vec<Option<(u64, char)>>,
    /// How many quotes are around the list.
    list_quotes: u8,
    /// The kind and quotes of the block before.
    before: Option<(BlockKind, u8)>,
    /// What stands before the next block instead of an indent.
    marker: Option<String>,
}

impl Writer<'_> {
    fn block(&mut self, index: usize, block: &Block, next: Option<&Block>) {
        match block.kind {
            BlockKind::ListItem(depth) => {
                if !self.item(index, block, depth, next) {
                    self.paragraph(index, block, 0);
                }
            }
            BlockKind::Title => self.heading(index, block, 1),
            BlockKind::Heading(level) => {
                self.heading(index, block, usize::from(level.max(1)) + self.deepen);
            }
            BlockKind::Footnote => self.footnote(index, block),
            BlockKind::Code => self.code(block),
            BlockKind::Verse => self.verse(index, block),
            BlockKind::Rule => {
                self.begin(block.quotes(), block.within.lists);
                self.out.push_str("***");
                self.end(block);
            }
            BlockKind::Paragraph
            | BlockKind::Quote
            | BlockKind::Byline
            | BlockKind::Caption
            | BlockKind::Image
            | BlockKind::TableRow
            | BlockKind::Noise => self.paragraph(index, block, block.within.lists),
        }
    }

    fn end(&mut self, block: &Block) {
        self.before = Some((block.kind, block.quotes()));
        self.out.push('\n');
    }

    /// Parts the next block from the one before, and writes what stands before its first line.
    fn begin(&mut self, quotes: u8, lists: u8) {
        let is_in_list = quotes >= self.list_quotes;
        let lists = if is_in_list {
            usize::from(lists).min(self.indents.len())
        } else {
            0
        };
        self.indents.truncate(lists);
        self.numbers.truncate(lists);
        if let Some(marker) = self.marker.take() {
            self.out.push_str(&marker);
            return;
        }
        self.part(quotes);
        let prefix = self.prefix(quotes);
        self.out.push_str(&prefix);
    }

    /// An empty line, marked as quoted when it stands inside of a quote.
    fn part(&mut self, quotes: u8) {
        if let Some((_, before)) = self.before {
            let shared = if self.indents.is_empty() {
                quotes.min(before)
            } else {
                self.list_quotes.min(quotes)
            };
            let line = "> ".repeat(usize::from(shared));
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }

    /// What stands before each line of a block.
    fn prefix(&self, quotes: u8) -> String {
        let outer = if self.indents.is_empty() {
            quotes
        } else {
            self.list_quotes.min(quotes)
        };
        let mut prefix = "> ".repeat(usize::from(outer));
        prefix.push_str(&" ".repeat(self.indents.last().copied().unwrap_or(0)));
        prefix.push_str(&"> ".repeat(usize::from(quotes - outer)));
        prefix
    }

    fn inline(&self, block: &Block, from: usize, place: Where) -> String {
        let is_note = |number: &str| self.notes.contains(number);
        Marked::new(block, &is_note).write(from..block.text.len(), place)
    }

    fn names(&mut self, index: usize) {
        for name in self.anchors.remove(&index).unwrap_or_default() {
            let name = name
                .replace('&', "&amp;")
                .replace('"', "&quot;")
                .replace('<', "&lt;");
            let _ = write!(self.out, "<a id=\"{name}\"></a>");
        }
    }

    fn paragraph(&mut self, index: usize, block: &Block, lists: u8) {
        self.begin(block.quotes(), lists);
        self.names(index);
        let text = self.inline(block, 0, Where::Line);
        self.out.push_str(&text);
        self.end(block);
    }

    fn heading(&mut self, index: usize, block: &Block, level: usize) {
        self.begin(0, 0);
        self.out.push_str(&"#".repeat(level.clamp(1, 6)));
        self.out.push(' ');
        self.names(index);
        let text = self.inline(block, 0, Where::Heading);
        self.out.push_str(&text);
        self.end(block);
    }

    fn footnote(&mut self, index: usize, block: &Block) {
        let number = note_number(block).filter(|number| self.notes.contains(*number));
        let Some(number) = number else {
            self.paragraph(index, block, 0);
            return;
        };
        self.begin(0, 0);
        let _ = write!(self.out, "[^{number}]: ");
        let text = self.inline(block, number.len() + 3, Where::Line);
        self.out.push_str(&text);
        self.end(block);
        (self.indents, self.numbers, self.list_quotes) = (vec![4], vec![None], 0);
    }

    /// Writes an item of a list, when its text can be one.
    fn item(&mut self, index: usize, block: &Block, depth: u8, next: Option<&Block>) -> bool {
        let Some(item) = item(&block.text) else {
            return false;
        };
        let (number, task, rest) = match item {
            Item::Bullet(rest) => (None, "", rest),
            Item::Number(number, delimiter, rest) => (Some((number, delimiter)), "", rest),
            Item::Task(sign, rest) => (None, sign, rest),
        };
        let is_filled = |next: &Block| {
            next.within.lists > depth
                && next.quotes() == block.quotes()
                && matches!(next.kind, BlockKind::Code | BlockKind::TableRow)
        };
        if rest.is_empty() && !next.is_some_and(is_filled) {
            return false;
        }
        let quotes = block.quotes();
        let prefix = self.begin_item(quotes, depth, number, rest);
        let marker = number.map_or("- ".to_owned(), |(number, delimiter)| {
            format!("{number}{delimiter} ")
        });
        let around = self.indents.last().copied().unwrap_or(0);
        self.indents.push(around + marker.len());
        self.numbers.push(number);
        if rest.is_empty() {
            self.marker = Some(format!("{prefix}{marker}"));
            self.before = Some((block.kind, quotes));
            return true;
        }
        self.out.push_str(&prefix);
        self.out.push_str(&marker);
        if !task.is_empty() {
            self.out.push_str(task);
            self.out.push(' ');
        }
        self.names(index);
        let text = self.inline(block, block.text.len() - rest.len(), Where::Line);
        self.out.push_str(&text);
        self.end(block);
        true
    }

    /// Parts an item from what stands before it, as far as it has to be. What stands before its marker.
    fn begin_item(
        &mut self,
        quotes: u8,
        depth: u8,
        number: Option<(u64, char)>,
        rest: &str,
    ) -> String {
        if self.list_quotes != quotes {
            self.indents.clear();
        }
        let depth = usize::from(depth).min(self.indents.len());
        let is_sibling = depth < self.indents.len();
        let sibling = self.numbers.get(depth).copied().filter(|_| is_sibling);
        self.indents.truncate(depth);
        self.numbers.truncate(depth);
        self.list_quotes = quotes;
        let follows = match (sibling, number) {
            (Some(Some((last, sign))), Some((number, delimiter))) => {
                last + 1 == number && sign == delimiter
            }
            (Some(None), None) => true,
            _ => false,
        };
        let is_close =
            matches!(self.before, Some((BlockKind::ListItem(_), before)) if before == quotes);
        let opens = sibling.is_none() && number.is_none_or(|(number, _)| number == 1);
        if !(is_close && !rest.is_empty() && (follows || opens && depth > 0)) {
            self.part(quotes);
        }
        let prefix = self.prefix(quotes);
        if matches!((sibling, number), (Some(Some(_)), Some(_))) && !follows {
            // without something between them two lists would be one, and counted on
            let _ = write!(self.out, "{prefix}<!-- -->\n{}\n", prefix.trim_end());
        }
        prefix
    }

    fn code(&mut self, block: &Block) {
        let mut longest = 2;
        for run in block.text.split(|c| c != '`') {
            longest = longest.max(run.len());
        }
        let fence = "`".repeat(longest + 1);
        self.begin(block.quotes(), block.within.lists);
        let prefix = self.prefix(block.quotes());
        self.out.push_str(&fence);
        for line in block.text.split('\n') {
            let line = format!("{prefix}{line}");
            let _ = write!(
                self.out,
                "\n{}",
                if line.trim().is_empty() { "" } else { &line }
            );
        }
        let _ = write!(self.out, "\n{prefix}{fence}");
        self.end(block);
    }

    /// Lines that are kept: each but the last of a stanza ends in a backslash.
    fn verse(&mut self, index: usize, block: &Block) {
        let notes = std::mem::take(&mut self.notes);
        let is_note = |number: &str| notes.contains(number);
        let marked = Marked::new(block, &is_note);
        let mut at = 0;
        let mut is_first = true;
        for line in block.text.split('\n') {
            let start = at;
            at += line.len() + 1;
            if line.trim().is_empty() {
                is_first = true;
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            let text = marked.write(start + indent..start + line.trim_end().len(), Where::Line);
            if is_first {
                if start > 0 {
                    self.end(block);
                }
                self.begin(block.quotes(), block.within.lists);
                self.names(index);
            } else {
                let prefix = self.prefix(block.quotes());
                let _ = write!(self.out, "\\\n{prefix}{}", "&nbsp;".repeat(indent));
            }
            self.out.push_str(&text);
            is_first = false;
        }
        self.end(block);
        drop(marked);
        self.notes = notes;
    }
}
