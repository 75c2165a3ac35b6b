//! Plain text -> blocks: paragraphs however their lines were broken, lists, quotes, code and verse.
//!
//! The text is walked once, in runs of lines without a blank line between them. A long line is a paragraph at once; a run
//! of short ones is looked at more closely ([`chunk`]): its lines may be a paragraph broken by hand, or a block each. What
//! the beginning of the text looks like ([`shape`]) tells how much to expect of which.

use memchr::{memchr_iter, memmem};

use super::letters;
use crate::model::document::{Block, BlockKind, MAX_BLOCK_BYTES};

mod chunk;
mod hyphen;
mod line;
mod shape;

use hyphen::Vocabulary;
use line::Line;
use shape::Shape;

/// A line of more columns than this was not broken by hand.
const LONG: usize = 120;
/// … nor one of more bytes than this, which saves counting.
const LONG_BYTES: usize = 3 * LONG;
/// So many short lines are looked at together at most.
const MAX_CHUNK: usize = 4096;

/// Blocks of a text in reading order, and what stood between them.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// The blocks; headings only where the text marks them as such.
    pub blocks: Vec<Block>,
    /// For each block, whether a blank line stands before it.
    pub apart: Vec<bool>,
}

impl Blocks {
    /// Adds a block, cut where it is too long; not when there is nothing to see.
    pub(super) fn push(&mut self, block: Block, is_apart: bool) {
        if letters::is_blank(&block.text) {
            return;
        }
        if block.text.len() <= MAX_BLOCK_BYTES {
            self.blocks.push(block);
            self.apart.push(is_apart);
            return;
        }
        let keeps_lines = matches!(block.kind, BlockKind::Code | BlockKind::Verse);
        let mut rest = block.text.as_str();
        let mut is_apart = is_apart;
        while !rest.is_empty() {
            let (head, tail) = rest.split_at(cut(rest, keeps_lines));
            let (head, tail) = if keeps_lines {
                (head.trim_end_matches('\n'), tail)
            } else {
                (head, letters::trim(tail))
            };
            let head = if keeps_lines {
                head
            } else {
                letters::trim(head)
            };
            if !letters::is_blank(head) {
                self.push_piece(&block, head, is_apart);
                is_apart = false;
            }
            rest = tail;
        }
    }

    fn push_piece(&mut self, whole: &Block, text: &str, is_apart: bool) {
        let start = text.as_ptr().addr() - whole.text.as_ptr().addr();
        let mut piece = Block::new(whole.kind, text, whole.line);
        piece.within = whole.within;
        for (range, mark) in &whole.marks {
            let clip = |at: usize| at.saturating_sub(start).min(text.len());
            let range = clip(range.start)..clip(range.end);
            if !range.is_empty() {
                piece.marks.push((range, mark.clone()));
            }
        }
        self.blocks.push(piece);
        self.apart.push(is_apart);
    }
}

/// Where a text of more than [`MAX_BLOCK_BYTES`] is cut: at the last newline (where lines are kept) or space of the last
/// part before the limit, else between two characters.
fn cut(text: &str, keeps_lines: bool) -> usize {
    if text.len() <= MAX_BLOCK_BYTES {
        return text.len();
    }
    let limit = text.floor_char_boundary(MAX_BLOCK_BYTES);
    let from = MAX_BLOCK_BYTES - MAX_BLOCK_BYTES / 16;
    let near = &text.as_bytes()[from..limit];
    let newline = if keeps_lines {
        memchr::memrchr(b'\n', near)
    } else {
        None
    };
    newline
        .or_else(|| memchr::memrchr(b' ', near))
        .map_or(limit, |i| from + i + 1)
}

/// The blocks of a clean text.
pub(super) fn blocks(text: &str) -> Blocks {
    let mut parser = Parser {
        shape: Shape::of(text),
        has_spaces: memmem::Finder::new("  "),
        chunk: Vec::new(),
        is_apart: false,
        words: Vocabulary::of(text),
        out: Blocks::default(),
    };
    let mut start = 0;
    let mut number = 1;
    for end in memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len())) {
        parser.line(&text[start..end], number);
        start = end + 1;
        number = number.saturating_add(1);
    }
    parser.flush(true);
    chunk::number_items(&mut parser.out);
    parser.out
}

/// The columns of a line that may have been broken by hand; `None` of a long one.
fn short_columns(text: &str) -> Option<usize> {
    if text.len() > LONG_BYTES {
        return None;
    }
    Some(letters::columns(text)).filter(|&columns| columns <= LONG)
}

struct Parser<'a> {
    shape: Shape,
    /// Finds two spaces.
    has_spaces: memmem::Finder<'static>,
    /// Short lines without a blank line between them.
    chunk: Vec<Line<'a>>,
    /// Whether a blank line stands before what comes next.
    is_apart: bool,
    /// What tells whether a word was broken at the end of a line.
    words: Vocabulary<'a>,
    out: Blocks,
}

impl<'a> Parser<'a> {
    fn line(&mut self, raw: &'a str, number: u32) {
        let text = letters::trim(raw);
        if text.is_empty() {
            self.flush(true);
            self.is_apart = true;
        } else if let Some(columns) = short_columns(text) {
            self.chunk.push(Line::new(raw, text, columns, number));
            if self.chunk.len() >= MAX_CHUNK {
                self.flush(false);
            }
        } else {
            self.flush(false);
            self.long(text, number);
        }
    }

    /// A line that is a block whatever stands around it.
    fn long(&mut self, text: &str, number: u32) {
        let (kind, text) = match text.strip_prefix("> ") {
            Some(quoted) => (BlockKind::Quote, letters::trim(quoted)),
            None if line::has_bullet(text) => (BlockKind::ListItem(0), text),
            None => (BlockKind::Paragraph, text),
        };
        let text = if self.has_spaces.find(text.as_bytes()).is_some() {
            collapse(text)
        } else {
            text.into()
        };
        self.out.push(Block::new(kind, text, number), self.is_apart);
        self.is_apart = false;
    }

    /// Turns the gathered lines into blocks. `is_closed`: a blank line or the end follows.
    fn flush(&mut self, is_closed: bool) {
        if self.chunk.is_empty() {
            return;
        }
        let mut lines = std::mem::take(&mut self.chunk);
        chunk::Chunk {
            lines: &lines,
            shape: self.shape,
            is_apart: self.is_apart,
            is_closed,
            words: &self.words,
        }
        .parse(&mut self.out);
        lines.clear();
        self.chunk = lines;
        self.is_apart = false;
    }
}

/// The text with each run of plain spaces as one.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, part) in text.split(' ').filter(|part| !part.is_empty()).enumerate() {
        if i > 0 {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests;
