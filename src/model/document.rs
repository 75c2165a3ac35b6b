//! An article's text as blocks, and places in it.

use std::collections::BTreeMap;
use std::ops::Range;

use super::link;

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
    /// Where it was published: an http(s) address.
    pub url: Option<String>,
    /// The words it was filed under.
    pub tags: Vec<String>,
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
    /// The encoding that its bytes were taken for (`windows-1252`); `None` for a book, which is many files.
    pub encoding: Option<&'static str>,
    /// What the reader is to be told on opening it: that it could not be read as it should.
    pub notice: Option<String>,
    blocks: Vec<Block>,
    /// `before[i]`: bytes of text in the blocks before block `i`; one longer than `blocks`.
    before: Vec<usize>,
    tables: Vec<Table>,
    /// Ordered by name.
    anchors: Vec<(String, Position)>,
    /// The blocks that hold links, and how many links there are before each.
    linked: Vec<(usize, usize)>,
    /// The highest level of its headings.
    highest: u8,
    /// What was made of the text before the reader corrected it; `None` when nothing is corrected.
    parsed: Option<Box<Parsed>>,
}

/// What was made of a text before the reader corrected it.
#[derive(Debug, Clone)]
struct Parsed {
    metadata: Metadata,
    /// What the corrected blocks were, by block.
    kinds: BTreeMap<usize, BlockKind>,
}

impl Document {
    /// A document of these blocks. Noise counts nothing towards the length.
    pub fn new(metadata: Metadata, blocks: Vec<Block>) -> Self {
        let before = sums(&blocks);
        let highest = highest(&blocks);
        let mut linked = Vec::new();
        let mut links = 0;
        for (i, block) in blocks.iter().enumerate() {
            let here = link::in_marks(&block.marks).count();
            if here > 0 {
                linked.push((i, links));
                links += here;
            }
        }
        Self {
            metadata,
            encoding: None,
            notice: None,
            blocks,
            before,
            tables: Vec::new(),
            anchors: Vec::new(),
            linked,
            highest,
            parsed: None,
        }
    }

    /// Makes blocks what the reader says they are. Texts stay as they are, and so does every position.
    pub(super) fn correct(&mut self, metadata: Metadata, kinds: BTreeMap<usize, BlockKind>) {
        self.take_corrections_back();
        let mut parsed = Parsed {
            metadata: std::mem::replace(&mut self.metadata, metadata),
            kinds: BTreeMap::new(),
        };
        for (i, kind) in kinds {
            if let Some(block) = self.blocks.get_mut(i) {
                parsed
                    .kinds
                    .insert(i, std::mem::replace(&mut block.kind, kind));
            }
        }
        self.before = sums(&self.blocks);
        self.highest = highest(&self.blocks);
        self.parsed = Some(Box::new(parsed));
    }

    /// Makes everything again what it was before the reader corrected it.
    pub(super) fn take_corrections_back(&mut self) {
        let Some(parsed) = self.parsed.take() else {
            return;
        };
        self.metadata = parsed.metadata;
        for (i, kind) in parsed.kinds {
            if let Some(block) = self.blocks.get_mut(i) {
                block.kind = kind;
            }
        }
        self.before = sums(&self.blocks);
        self.highest = highest(&self.blocks);
    }

    /// The blocks of which the reader said something, whether that changed anything or not.
    pub(super) fn corrected(&self) -> impl Iterator<Item = usize> {
        let kinds = self.parsed.iter().flat_map(|parsed| parsed.kinds.keys());
        kinds.copied()
    }

    /// What the text says of itself, whatever the reader says of it.
    pub(super) fn parsed_metadata(&self) -> &Metadata {
        self.parsed
            .as_ref()
            .map_or(&self.metadata, |parsed| &parsed.metadata)
    }

    /// What a block was taken for, whatever the reader says of it. `None` when there is no such block.
    pub fn parsed_kind(&self, block: usize) -> Option<BlockKind> {
        let parsed = self.parsed.as_ref();
        let corrected = parsed.and_then(|parsed| parsed.kinds.get(&block).copied());
        corrected.or_else(|| self.blocks.get(block).map(|block| block.kind))
    }

    /// The same document with a notice for who opens it.
    #[must_use]
    pub fn with_notice(mut self, notice: Option<&str>) -> Self {
        self.notice = notice.map(ToOwned::to_owned);
        self
    }

    /// The same document with these tables, in reading order.
    #[must_use]
    pub fn with_tables(mut self, tables: Vec<Table>) -> Self {
        self.tables = tables;
        self
    }

    /// The same document with these named places. Of two with one name, the first counts.
    #[must_use]
    pub fn with_anchors(mut self, mut anchors: Vec<(String, Position)>) -> Self {
        anchors.sort_by(|a, b| a.0.cmp(&b.0));
        anchors.dedup_by(|later, first| later.0 == first.0);
        self.anchors = anchors;
        self
    }

    /// The table that a block is a row of.
    pub fn table_at(&self, block: usize) -> Option<&Table> {
        let after = self.tables.partition_point(|t| t.rows.start <= block);
        let table = self.tables.get(after.checked_sub(1)?)?;
        table.rows.contains(&block).then_some(table)
    }

    /// The place that a link `#name` leads to.
    pub fn anchor(&self, name: &str) -> Option<Position> {
        let found = self.anchors.binary_search_by(|(n, _)| n.as_str().cmp(name));
        found.ok().map(|i| self.anchors[i].1)
    }

    /// The named places, ordered by name.
    pub fn anchors(&self) -> &[(String, Position)] {
        &self.anchors
    }

    /// The blocks that hold links, in order, each with how many links there are before it.
    pub(super) fn linked_blocks(&self) -> &[(usize, usize)] {
        &self.linked
    }

    /// How many links there are in the blocks before one.
    pub fn links_before(&self, block: usize) -> usize {
        let after = self.linked.partition_point(|(b, _)| *b < block);
        if let Some((_, before)) = self.linked.get(after) {
            return *before;
        }
        let last = self
            .linked
            .last()
            .map(|(b, before)| (&self.blocks[*b], before));
        last.map_or(0, |(b, before)| before + link::in_marks(&b.marks).count())
    }

    /// How far a heading stands below the highest ones of this document: 0 for those.
    pub fn depth_of(&self, level: u8) -> u8 {
        level.saturating_sub(self.highest)
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

/// Bytes of text before each block, and in all of them. Noise counts nothing.
fn sums(blocks: &[Block]) -> Vec<usize> {
    let mut before = Vec::with_capacity(blocks.len() + 1);
    let mut sum = 0;
    for block in blocks {
        before.push(sum);
        if block.kind != BlockKind::Noise {
            sum += block.text.len();
        }
    }
    before.push(sum);
    before
}

/// The highest level of the headings; the lowest there is where there are none.
fn highest(blocks: &[Block]) -> u8 {
    let levels = blocks.iter().filter_map(|block| match block.kind {
        BlockKind::Heading(level) => Some(level),
        _ => None,
    });
    levels.min().unwrap_or(u8::MAX)
}

/// A paragraph-sized piece of text with its kind and styled stretches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Its text: clean (see `formats::clean`), in NFC. Only [`BlockKind::Code`] and [`BlockKind::Verse`] hold newlines, only
    /// these and [`BlockKind::TableRow`] hold tabs.
    pub text: String,
    /// Styled stretches: byte ranges of `text`, ordered by start. They may overlap.
    pub marks: Vec<(Range<usize>, Mark)>,
    /// What it stands inside of.
    pub within: Within,
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
            within: Within::default(),
            line,
        }
    }

    /// How many quotes it stands in: at least one for quoted text.
    pub fn quotes(&self) -> u8 {
        match self.kind {
            BlockKind::Quote => self.within.quotes.max(1),
            _ => self.within.quotes,
        }
    }
}

/// What a block stands inside of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Within {
    /// How many quotes are around it.
    pub quotes: u8,
    /// How many items of lists are around it: a second paragraph or a code block of an item has one. An item's own depth is
    /// in its kind.
    pub lists: u8,
}

/// A table: blocks of [`BlockKind::TableRow`], one after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its blocks.
    pub rows: Range<usize>,
    /// How many rows at the top name the columns.
    pub heads: usize,
    /// How each column is set; columns beyond these as [`Align::Start`].
    pub aligns: Vec<Align>,
}

/// How the cells of a column are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Align {
    /// Where reading begins: left.
    #[default]
    Start,
    /// In the middle.
    Center,
    /// Where reading ends: right.
    End,
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
    /// A picture, or a film, or a sound. The text says what it shows (or its file's name), a [`Mark::Image`] over all of it
    /// where it is.
    Image,
    /// One row of a table; a tab stands between two cells. Which table, [`Document::table_at`] says.
    TableRow,
    /// A note at the end. The text begins with its number in brackets, linked back to where it is referred to.
    Footnote,
    /// A line across the text; the text is `* * *`.
    Rule,
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
    /// Struck through.
    Strikethrough,
    /// A link to this target: an address as the source gives it, made absolute where the source says what it is relative
    /// to; `#name` leads to an anchor of the same document.
    Link(String),
    /// A picture: its address as the source gives it; `data:` addresses are left out (empty).
    Image(String),
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
