//! An article's text as blocks, and places in it.

use std::ops::Range;

/// A block of text that is longer than this is cut when it is parsed, so that one endless line cannot stall a frame.
pub const MAX_BLOCK_BYTES: usize = 64 * 1024;

/// What is known of an article from its own text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The title; empty when the text has none.
    pub title: String,
    /// Who wrote it, without the "By".
    pub byline: Option<String>,
    /// The date as the text gives it.
    pub date: Option<String>,
    /// The language as an ISO 639-1 code (`fr`), when it could be told.
    pub language: Option<String>,
}

/// An article's text: blocks in reading order.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// What the text says of itself.
    pub metadata: Metadata,
    blocks: Vec<Block>,
    /// `before[i]`: bytes of text in the blocks before block `i`; one longer than `blocks`.
    before: Vec<usize>,
}

impl Document {
    /// A document of these blocks. Noise counts nothing towards the length.
    pub fn new(metadata: Metadata, blocks: Vec<Block>) -> Self {
        let mut before = Vec::with_capacity(blocks.len() + 1);
        let mut sum = 0;
        for block in &blocks {
            before.push(sum);
            if block.kind != BlockKind::Noise {
                sum += block.text.len();
            }
        }
        before.push(sum);
        Self {
            metadata,
            blocks,
            before,
        }
    }

    /// The blocks in reading order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// Bytes of text, noise left out.
    pub fn len(&self) -> usize {
        self.before.last().copied().unwrap_or(0)
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes of text before a position: what progress, percent and the scrollbar go by.
    pub fn bytes_before(&self, position: Position) -> usize {
        let Some(&before) = self.before.get(position.block) else {
            return self.len();
        };
        let next = self
            .before
            .get(position.block + 1)
            .copied()
            .unwrap_or(before);
        (before + position.offset).min(next)
    }

    /// The position that has `bytes` of text before it, moved back to a character's start.
    pub fn position_at(&self, bytes: usize) -> Position {
        let bytes = bytes.min(self.len());
        let block = self
            .before
            .partition_point(|&b| b <= bytes)
            .saturating_sub(1);
        let block = block.min(self.blocks.len().saturating_sub(1));
        let Some(found) = self.blocks.get(block) else {
            return Position::default();
        };
        let offset = (bytes - self.before[block]).min(found.text.len());
        Position {
            block,
            offset: found.text.floor_char_boundary(offset),
        }
    }

    /// The end of the text.
    pub fn end(&self) -> Position {
        match self.blocks.last() {
            Some(last) => Position {
                block: self.blocks.len() - 1,
                offset: last.text.len(),
            },
            None => Position::default(),
        }
    }

    /// The nearest position that exists in this document and lies on a character's start.
    pub fn clamp(&self, position: Position) -> Position {
        match self.blocks.get(position.block) {
            Some(block) => Position {
                block: position.block,
                offset: block
                    .text
                    .floor_char_boundary(position.offset.min(block.text.len())),
            },
            None => self.end(),
        }
    }
}

/// A paragraph-sized piece of text with its kind and styled stretches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its text: clean (see `formats::clean`), in NFC. Only [`BlockKind::Code`] and [`BlockKind::Verse`] hold newlines.
    pub text: String,
    /// Styled stretches: byte ranges of `text`, ordered by start.
    pub marks: Vec<(Range<usize>, Mark)>,
    /// The 1-based line of the file on which the block starts; 0 when the format has no lines.
    pub line: u32,
}

impl Block {
    /// A block without styled stretches.
    pub fn new(kind: BlockKind, text: impl Into<String>, line: u32) -> Self {
        Self {
            kind,
            text: text.into(),
            marks: Vec::new(),
            line,
        }
    }
}

/// What a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// The article's title.
    Title,
    /// A heading; 1 is the highest level.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// One item of a list, with how deep it is nested (0 is outermost). The text holds the bullet or number.
    ListItem(u8),
    /// Quoted text.
    Quote,
    /// Text whose lines and spaces are kept.
    Code,
    /// Lines that are kept but may be wrapped: poems, addresses.
    Verse,
    /// Who wrote it, and when.
    Byline,
    /// What stands under a picture.
    Caption,
    /// A line of the web page that is not of the article; not shown unless asked for.
    Noise,
}

/// A style inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// Code inside running text.
    Code,
}

/// A place in a document. Positions are ordered as the text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Which block, from 0.
    pub block: usize,
    /// Which byte of the block's text; always on a character's start.
    pub offset: usize,
}

impl Position {
    /// The start of a block.
    pub const fn start_of(block: usize) -> Self {
        Self { block, offset: 0 }
    }
}
