//! From the pieces that a parser of markup hands over, in reading order, to blocks: white space is folded, text is made
//! safe to show, marks, tables and anchors get the places they have in the end.

use std::borrow::Cow;
use std::ops::Range;

use super::text::Blocks;
use super::{clean, letters};
use crate::model::document::{
    Align, Block, BlockKind, Document, Mark, Metadata, Position, Table, Within,
};

/// Names of places that are longer are left out.
const MAX_NAME: usize = 500;

/// What was built.
#[derive(Debug, Default)]
pub(super) struct Built {
    /// The blocks; headings as the markup has them.
    pub blocks: Blocks,
    /// The tables among them.
    pub tables: Vec<Table>,
    /// The named places in them.
    pub anchors: Vec<(String, Position)>,
}

impl Built {
    /// The document of these blocks.
    pub fn document(self, metadata: Metadata) -> Document {
        Document::new(metadata, self.blocks.blocks)
            .with_tables(self.tables)
            .with_anchors(self.anchors)
    }
}

/// What stands between the last word and the next one.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Due {
    #[default]
    Nothing,
    Space,
    /// The end of a line, which is no space between two characters that want none.
    Line,
}

/// Builds blocks. A parser opens a block, hands over its text with marks around some of it, and opens the next one; a
/// block in which there is nothing to see is none.
#[derive(Debug, Default)]
pub(super) struct Builder {
    built: Built,
    /// The block that is open.
    block: Option<Block>,
    /// Marks that were begun in it and not ended, outermost first, with where they begin.
    open: Vec<(usize, Mark)>,
    /// Names for places in the open block, or where none is open, for the start of the next.
    names: Vec<(String, usize)>,
    /// What was met after the last word.
    due: Due,
    /// Whether a piece began with something that belongs to the character before it.
    is_joined: bool,
    /// Whether the next block stands apart from the one before.
    is_apart: bool,
    /// The table that is open.
    table: Option<Table>,
}

impl Builder {
    /// Begins a block; ends the one before. Marks that were not ended go on in it. `line` is the line of the file, 1-based,
    /// or 0.
    pub fn open(&mut self, kind: BlockKind, within: Within, line: u32) {
        self.close();
        self.block = Some(Block {
            within,
            ..Block::new(kind, "", line)
        });
    }

    /// Whether a block is open.
    pub fn is_open(&self) -> bool {
        self.block.is_some()
    }

    /// The open block's kind and text so far.
    pub fn so_far(&self) -> Option<(BlockKind, &str)> {
        self.block.as_ref().map(|b| (b.kind, b.text.as_str()))
    }

    /// Makes the open block one of another kind.
    pub fn turn_into(&mut self, kind: BlockKind) {
        if let Some(block) = &mut self.block {
            block.kind = kind;
        }
    }

    /// Adds text as it was decoded; it is made safe to show here. Opens a paragraph when nothing is open and there is
    /// something to see.
    pub fn raw(&mut self, text: &str) {
        self.text(&clean::body(text));
    }

    /// As [`Self::raw`] for text that is safe to show already.
    pub fn text(&mut self, text: &str) {
        if self.block.is_none() {
            if letters::is_blank(text) {
                return;
            }
            self.open(BlockKind::Paragraph, Within::default(), 0);
        }
        let Some(block) = &mut self.block else { return };
        if block.text.len() + text.len() > block.text.capacity() {
            block.text.reserve(text.len().max(128));
        }
        let joins = text.as_bytes().first().is_some_and(|&b| b >= 0xCC)
            && text.chars().next().is_some_and(clean::hangs);
        self.is_joined |= joins && !block.text.is_empty();
        if keeps_space(block.kind) {
            if self.due != Due::Nothing {
                self.settle();
            }
            if let Some(block) = &mut self.block {
                block.text.push_str(text);
            }
        } else if is_folded(text) {
            self.word(text);
        } else {
            self.fold(text);
        }
    }

    /// Adds text, of each run of white space one space.
    fn fold(&mut self, text: &str) {
        // no-break spaces are no white space here: they are part of what was written
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let mut words = text.split(is_space).peekable();
        while let Some(word) = words.next() {
            if !word.is_empty() {
                self.word(word);
            }
            if words.peek().is_some() {
                self.due = Due::Space;
            }
        }
    }

    /// Adds what begins and ends with no white space.
    fn word(&mut self, text: &str) {
        let Some(block) = &mut self.block else { return };
        let joint = match self.due {
            Due::Nothing => false,
            Due::Space => true,
            Due::Line => !is_unspaced(&block.text, text),
        };
        if joint && !is_at_start(block) {
            block.text.push(' ');
        }
        self.due = Due::Nothing;
        block.text.push_str(text);
    }

    /// A line of the source ends, and the text goes on in the next: a space, but none between characters that want none.
    pub fn soft_break(&mut self) {
        if self.due == Due::Nothing {
            self.due = Due::Line;
        }
    }

    /// Ends the line within the block: a newline where lines are kept, else a space.
    pub fn line_break(&mut self) {
        match &mut self.block {
            Some(block) if keeps_space(block.kind) => block.text.push('\n'),
            _ => self.due = Due::Space,
        }
    }

    /// Begins a styled stretch.
    pub fn start(&mut self, mark: Mark) {
        let at = self.settle();
        self.open.push((at, mark));
    }

    /// Ends the stretch that was begun last.
    pub fn end(&mut self) {
        if let (Some((start, mark)), Some(block)) = (self.open.pop(), &mut self.block) {
            add_mark(block, start, mark);
        }
    }

    /// Names the place that comes next, for links to lead to.
    pub fn anchor(&mut self, name: &str) {
        if name.is_empty() || name.len() > MAX_NAME {
            return;
        }
        let at = self.block.as_ref().map_or(0, |b| b.text.len());
        self.names.push((name.to_owned(), at));
    }

    /// Names the start of the open block.
    pub fn anchor_block(&mut self, name: &str) {
        if !name.is_empty() && name.len() <= MAX_NAME {
            self.names.push((name.to_owned(), 0));
        }
    }

    /// Says that something stands between this block and the next: a blank line, a rule.
    pub fn apart(&mut self) {
        self.is_apart = true;
    }

    /// Ends the open block.
    pub fn close(&mut self) {
        self.due = Due::Nothing;
        let is_joined = std::mem::take(&mut self.is_joined);
        let Some(mut block) = self.block.take() else {
            return;
        };
        for (start, mark) in &mut self.open {
            // begun here, and goes on in the next block
            add_mark(&mut block, std::mem::take(start), mark.clone());
        }
        if is_joined {
            self.rejoin(&mut block);
        }
        let order = |(range, _): &(Range<usize>, Mark)| (range.start, std::cmp::Reverse(range.end));
        if !block.marks.is_sorted_by_key(order) {
            block.marks.sort_by_key(order);
        }
        if letters::is_blank(&block.text) {
            for (_, at) in &mut self.names {
                *at = 0;
            }
            return;
        }
        let end = if keeps_space(block.kind) { '\n' } else { ' ' };
        block.text.truncate(block.text.trim_end_matches(end).len());
        clip_marks(&mut block);
        let first = self.built.blocks.blocks.len();
        let is_apart = std::mem::take(&mut self.is_apart);
        self.built.blocks.push(block, is_apart);
        self.place_names(first);
    }

    /// Begins a table, and ends the open block.
    pub fn open_table(&mut self, aligns: Vec<Align>) {
        self.close_table();
        let start = self.built.blocks.blocks.len();
        self.table = Some(Table {
            rows: start..start,
            heads: 0,
            aligns,
        });
    }

    /// Begins a row of the open table.
    pub fn open_row(&mut self, within: Within, line: u32) {
        self.open(BlockKind::TableRow, within, line);
    }

    /// Ends a cell before the next one of its row begins.
    pub fn next_cell(&mut self) {
        let Some(block) = &mut self.block else { return };
        block.text.truncate(block.text.trim_end_matches(' ').len());
        block.text.push('\t');
        self.due = Due::Nothing;
    }

    /// Says that the rows so far name the columns.
    pub fn end_heads(&mut self) {
        self.close();
        let rows = self.built.blocks.blocks.len();
        if let Some(table) = &mut self.table {
            table.heads = rows - table.rows.start;
        }
    }

    /// Ends the open table.
    pub fn close_table(&mut self) {
        self.close();
        if let Some(mut table) = self.table.take() {
            table.rows.end = self.built.blocks.blocks.len();
            if !table.rows.is_empty() {
                self.built.tables.push(table);
            }
        }
    }

    /// What was built.
    pub fn finish(mut self) -> Built {
        self.close_table();
        // what was named at the end leads to the end
        if let Some(last) = self.built.blocks.blocks.len().checked_sub(1) {
            let names = self.names.drain(..);
            let places = names.map(|(name, _)| (name, Position::start_of(last)));
            self.built.anchors.extend(places);
        }
        self.built
    }

    /// Writes the space that is due, and gives the place of the next character.
    fn settle(&mut self) -> usize {
        let Some(block) = &mut self.block else {
            return 0;
        };
        // whether the next character wants one is not known yet
        let is_wide =
            self.due == Due::Line && block.text.chars().next_back().is_some_and(letters::is_cjk);
        if self.due != Due::Nothing && !is_wide && !is_at_start(block) {
            block.text.push(' ');
        }
        self.due = Due::Nothing;
        block.text.len()
    }

    /// Makes a text safe again in which a piece changed the character before it; marks and names stay where they were as
    /// well as can be told.
    fn rejoin(&mut self, block: &mut Block) {
        let Cow::Owned(text) = clean::body(&block.text) else {
            return;
        };
        let (old, new) = (block.text.as_bytes(), text.as_bytes());
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        let (old, new) = (&old[same..], &new[same..]);
        let after = old.iter().rev().zip(new.iter().rev());
        let after = after.take_while(|(a, b)| a == b).count();
        let moved = |at: usize| {
            let at = if at >= block.text.len() - after {
                at + text.len() - block.text.len()
            } else {
                at.min(same)
            };
            text.floor_char_boundary(at)
        };
        for (range, _) in &mut block.marks {
            *range = moved(range.start)..moved(range.end);
        }
        for (_, at) in &mut self.names {
            *at = moved(*at);
        }
        block.text = text;
        block.marks.retain(|(range, _)| !range.is_empty());
    }

    /// Gives the names their places in the pieces of the block that was pushed last, the first of which is `first`.
    fn place_names(&mut self, first: usize) {
        let pieces = &self.built.blocks.blocks[first.min(self.built.blocks.blocks.len())..];
        for (name, at) in self.names.drain(..) {
            let mut place = Position::start_of(first);
            let mut before = 0;
            for (i, piece) in pieces.iter().enumerate() {
                let offset = piece
                    .text
                    .floor_char_boundary((at - before).min(piece.text.len()));
                place = Position {
                    block: first + i,
                    offset,
                };
                if at - before < piece.text.len() {
                    break;
                }
                before += piece.text.len().min(at - before);
            }
            self.built.anchors.push((name, place));
        }
    }
}

/// Whether the next word begins its line or cell.
fn is_at_start(block: &Block) -> bool {
    matches!(
        block.text.as_bytes().last(),
        None | Some(b'\t' | b' ' | b'\n')
    )
}

/// Whether two characters meet that are written without a space between words.
fn is_unspaced(before: &str, after: &str) -> bool {
    let (last, first) = (before.chars().next_back(), after.chars().next());
    last.is_some_and(letters::is_cjk) && first.is_some_and(letters::is_cjk)
}

/// Whether a text has no white space but single spaces inside. Without a branch, so that it is done on many bytes at once.
fn is_folded(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return true;
    };
    let is_space = |b: u8| b <= b' ';
    if is_space(*first) || is_space(*last) {
        return false;
    }
    let pairs = bytes.iter().zip(&bytes[1..]);
    pairs.fold(0, |found, (&a, &b)| {
        found | (u8::from(b < b' ') | u8::from(a == b' ') & u8::from(b == b' '))
    }) == 0
}

const fn keeps_space(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Code | BlockKind::Verse)
}

fn add_mark(block: &mut Block, start: usize, mark: Mark) {
    let range: Range<usize> = start.min(block.text.len())..block.text.len();
    if !range.is_empty() {
        block.marks.push((range, mark));
    }
}

fn clip_marks(block: &mut Block) {
    let end = block.text.len();
    block.marks.retain_mut(|(range, _)| {
        range.end = range.end.min(end);
        range.start < range.end
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Within = Within {
        quotes: 0,
        lists: 0,
    };

    fn texts(built: &Built) -> Vec<&str> {
        built
            .blocks
            .blocks
            .iter()
            .map(|b| b.text.as_str())
            .collect()
    }

    #[test]
    fn white_space_is_folded_across_pieces_and_marks_hug_their_words() {
        let mut builder = Builder::default();
        builder.open(BlockKind::Paragraph, PLAIN, 1);
        builder.text("  one \n ");
        builder.start(Mark::Strong);
        builder.text("two ");
        builder.end();
        builder.text(" three\u{a0}! ");
        let built = builder.finish();
        assert_eq!(texts(&built), ["one two three\u{a0}!"]);
        assert_eq!(built.blocks.blocks[0].marks, [(4..7, Mark::Strong)]);
    }

    #[test]
    fn an_escape_that_was_hidden_in_an_entity_is_made_visible() {
        let mut builder = Builder::default();
        builder.raw("a\u{1b}[31m");
        assert_eq!(texts(&builder.finish()), ["a␛[31m"]);
    }

    #[test]
    fn a_mark_that_is_not_ended_goes_on_in_the_next_block() {
        let mut builder = Builder::default();
        builder.open(BlockKind::Paragraph, PLAIN, 1);
        builder.text("one ");
        builder.start(Mark::Emphasis);
        builder.text("two");
        builder.open(BlockKind::Paragraph, PLAIN, 2);
        builder.text("three");
        builder.end();
        builder.text(" four");
        let built = builder.finish();
        assert_eq!(built.blocks.blocks[0].marks, [(4..7, Mark::Emphasis)]);
        assert_eq!(built.blocks.blocks[1].marks, [(0..5, Mark::Emphasis)]);
    }

    #[test]
    fn a_table_is_its_rows_and_knows_its_heads() {
        let mut builder = Builder::default();
        builder.text("before");
        builder.open_table(vec![Align::End]);
        for row in [["a", "b"], ["", "2"]] {
            builder.open_row(PLAIN, 0);
            builder.text(row[0]);
            builder.next_cell();
            builder.text(row[1]);
            if row[0] == "a" {
                builder.end_heads();
            }
        }
        builder.close_table();
        builder.text("after");
        let document = builder.finish().document(Metadata::default());
        let table = document.table_at(2).expect("a row of the table");
        assert_eq!((table.rows.clone(), table.heads), (1..3, 1));
        assert_eq!(document.blocks()[2].text, "\t2");
        assert_eq!(document.table_at(3), None);
    }

    #[test]
    fn anchors_lead_to_the_word_after_them() {
        let mut builder = Builder::default();
        builder.anchor("top");
        builder.open(BlockKind::Paragraph, PLAIN, 1);
        builder.text("one ");
        builder.anchor("two");
        builder.text("two");
        builder.close();
        builder.anchor("end");
        let document = builder.finish().document(Metadata::default());
        assert_eq!(document.anchor("top"), Some(Position::start_of(0)));
        assert_eq!(
            document.anchor("two"),
            Some(Position {
                block: 0,
                offset: 3
            })
        );
        assert_eq!(document.anchor("end"), Some(Position::start_of(0)));
        assert_eq!(document.anchor("none"), None);
    }

    #[test]
    fn an_anchor_in_an_empty_row_leads_to_what_there_is() {
        let mut builder = Builder::default();
        builder.text("before");
        builder.open_table(Vec::new());
        builder.open_row(PLAIN, 0);
        builder.anchor("cell");
        builder.next_cell();
        let document = builder.finish().document(Metadata::default());
        assert_eq!(document.anchor("cell"), Some(Position::start_of(0)));
        assert_eq!(document.table_at(0), None);
    }

    #[test]
    fn lines_of_the_source_are_joined_as_their_script_wants() {
        let text = |one, two| {
            let mut builder = Builder::default();
            builder.text(one);
            builder.soft_break();
            builder.text(two);
            builder.finish().blocks.blocks.remove(0).text
        };
        assert_eq!(text("one", "two"), "one two");
        assert_eq!(text("中文", "字"), "中文字");
        assert_eq!(text("中文", "two"), "中文 two");
    }

    #[test]
    fn a_mark_on_a_character_that_came_apart_is_composed_with_it() {
        let mut builder = Builder::default();
        builder.text("one ");
        builder.start(Mark::Emphasis);
        builder.text("e");
        builder.end();
        builder.raw("\u{301}");
        builder.text(" two ");
        builder.start(Mark::Strong);
        builder.text("three");
        builder.end();
        let block = builder.finish().blocks.blocks.remove(0);
        assert_eq!(block.text, "one é two three");
        assert_eq!(block.marks.last(), Some(&(11..16, Mark::Strong)));
    }
}
