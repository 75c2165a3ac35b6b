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
    /// Where so many blocks look like headings that none is shown as one: how many, and of how many.
    pub too_many: Option<(usize, usize)>,
}

impl Metadata {
    /// Why an article without headings has none, where there is more to say than that there are none.
    pub fn why_no_headings(&self) -> Option<String> {
        let (some, all) = self.too_many?;
        Some(format!(
            "no headings shown: {some} of {all} lines look like headings"
        ))
    }
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

    /// The position that has `bytes` of text before it, moved back to a character's start. Never in noise, unless there is
    /// nothing else.
    pub fn position_at(&self, bytes: usize) -> Position {
        let bytes = bytes.min(self.len());
        let mut block = self
            .before
            .partition_point(|&b| b <= bytes)
            .saturating_sub(1);
        if bytes == self.len() {
            // noise at the end has as many bytes before it as the end of the text
            block = self
                .before
                .partition_point(|&b| b < bytes)
                .saturating_sub(1);
        }
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A document of these blocks; `~` begins noise.
    fn document(texts: &[&str]) -> Document {
        let block = |text: &&str| match text.strip_prefix('~') {
            Some(noise) => Block::new(BlockKind::Noise, noise, 1),
            None => Block::new(BlockKind::Paragraph, *text, 1),
        };
        Document::new(Metadata::default(), texts.iter().map(block).collect())
    }

    const fn at(block: usize, offset: usize) -> Position {
        Position { block, offset }
    }

    #[test]
    fn an_empty_document_has_one_position() {
        let document = Document::default();
        assert!(document.is_empty());
        assert_eq!(document.position_at(7), Position::default());
        assert_eq!(document.end(), Position::default());
        assert_eq!(document.clamp(at(3, 3)), Position::default());
        assert_eq!(document.bytes_before(at(3, 3)), 0);
    }

    #[test]
    fn noise_counts_nothing() {
        let document = document(&["abc", "~noise", "déf"]);
        assert_eq!(document.len(), 7);
        assert_eq!(document.bytes_before(at(1, 4)), 3);
        assert_eq!(document.bytes_before(at(2, 1)), 4);
    }

    #[test]
    fn a_position_is_never_looked_up_in_noise() {
        let with_noise = document(&["~noise", "abc", "~noise", "def", "~noise"]);
        assert_eq!(with_noise.position_at(0), at(1, 0));
        assert_eq!(with_noise.position_at(3), at(3, 0));
        assert_eq!(with_noise.position_at(6), at(3, 3));
        assert_eq!(with_noise.position_at(99), at(3, 3));
        assert_eq!(document(&["~noise"]).position_at(0), at(0, 0));
    }

    #[test]
    fn clamping_finds_the_start_of_a_character() {
        let document = document(&["é", "b"]);
        assert_eq!(document.clamp(at(0, 1)), at(0, 0));
        assert_eq!(document.clamp(at(0, 9)), at(0, 2));
        assert_eq!(document.clamp(at(9, 0)), at(1, 1));
    }

    proptest! {
        #[test]
        fn bytes_and_positions_agree(
            texts in prop::collection::vec("~?[aé中]{1,5}", 0..6),
            bytes in 0..60_usize,
            block in 0..8_usize,
            offset in 0..20_usize,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let document = document(&texts);
            let found = document.position_at(bytes);
            prop_assert_eq!(document.clamp(found), found);
            let before = document.bytes_before(found);
            prop_assert!(before <= bytes && bytes.min(document.len()) - before < 4);
            prop_assert_eq!(document.position_at(before), found);
            let any = document.clamp(at(block, offset));
            prop_assert!(document.bytes_before(any) <= document.len());
            prop_assert!(document.bytes_before(document.end()) == document.len());
        }
    }
}
