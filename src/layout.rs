//! From a document to the lines on the screen: only the blocks that are asked for are wrapped.

pub mod wrap;

use std::ops::Range;

use crate::model::document::{Block, BlockKind, Document, Position};
use wrap::Widths;

/// A pane that is narrower shows everything without indent.
const NARROW: u16 = 16;

/// One row of wrapped text with the positions it shows. The lines of a document start at strictly increasing positions:
/// a blank row between two blocks is the end of the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The block it is of.
    pub block: usize,
    /// The bytes of the block's text it shows; empty for a blank row.
    pub bytes: Range<usize>,
    /// How many cells it is indented.
    pub indent: u16,
}

impl Line {
    /// The position of its first byte.
    pub const fn start(&self) -> Position {
        Position {
            block: self.block,
            offset: self.bytes.start,
        }
    }

    /// The position after its last byte.
    pub const fn end(&self) -> Position {
        Position {
            block: self.block,
            offset: self.bytes.end,
        }
    }
}

/// How the text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Cells in a row, at least 1.
    pub width: u16,
    /// Whether noise is shown.
    pub noise: bool,
}

impl Measure {
    /// Whether lines are made of this block.
    pub fn shows(self, block: &Block) -> bool {
        self.noise || block.kind != BlockKind::Noise
    }
}

/// The lines from the one that shows `from` downwards, as many as are asked for. Costs the wrapping of the blocks that
/// are reached, wherever they are.
pub fn down(document: &Document, measure: Measure, from: Position) -> impl Iterator<Item = Line> {
    let start = next_shown(document, measure, from.block);
    std::iter::successors(start, move |&block| {
        next_shown(document, measure, block + 1)
    })
    .flat_map(move |block| {
        let mut lines = block_lines(document, measure, block);
        if block == from.block {
            let first = line_at(&lines, from.offset);
            lines.drain(..first);
        }
        lines
    })
}

/// The lines above the one that shows `from`, nearest first.
pub fn up(document: &Document, measure: Measure, from: Position) -> impl Iterator<Item = Line> {
    let start = previous_shown(document, measure, from.block.checked_add(1));
    std::iter::successors(start, move |&block| {
        previous_shown(document, measure, Some(block))
    })
    .flat_map(move |block| {
        let mut lines = block_lines(document, measure, block);
        if block == from.block {
            let first = line_at(&lines, from.offset);
            lines.truncate(first);
        }
        lines.into_iter().rev()
    })
}

/// The start of the line that shows a position.
pub fn line_start(document: &Document, measure: Measure, position: Position) -> Position {
    down(document, measure, position)
        .next()
        .map_or(position, |line| line.start())
}

fn next_shown(document: &Document, measure: Measure, from: usize) -> Option<usize> {
    let blocks = document.blocks().get(from..)?;
    blocks
        .iter()
        .position(|b| measure.shows(b))
        .map(|i| from + i)
}

/// The last shown block before `before`.
fn previous_shown(document: &Document, measure: Measure, before: Option<usize>) -> Option<usize> {
    let before = before?.min(document.blocks().len());
    document.blocks()[..before]
        .iter()
        .rposition(|b| measure.shows(b))
}

/// Which of a block's lines shows the byte at `offset`.
fn line_at(lines: &[Line], offset: usize) -> usize {
    lines
        .partition_point(|line| line.bytes.start <= offset)
        .saturating_sub(1)
}

/// All lines of a block, the blank row after it included.
fn block_lines(document: &Document, measure: Measure, index: usize) -> Vec<Line> {
    let block = &document.blocks()[index];
    let (first, rest) = indents(block, measure.width);
    let widths = Widths {
        first: measure.width - first,
        rest: measure.width - rest,
    };
    let language = document.metadata.language.as_deref();
    let ranges = match block.kind {
        BlockKind::Code => wrap::preformatted(&block.text, widths),
        BlockKind::Verse => verse(&block.text, widths, language),
        _ => wrap::paragraph(&block.text, widths, language),
    };
    let mut lines: Vec<_> = ranges
        .into_iter()
        .map(|bytes| {
            let indent = if bytes.start == 0 { first } else { rest };
            Line {
                block: index,
                bytes,
                indent,
            }
        })
        .collect();
    if has_blank_after(document, index) {
        let end = block.text.len();
        lines.push(Line {
            block: index,
            bytes: end..end,
            indent: 0,
        });
    }
    lines
}

/// Lines that are kept, and wrapped where they do not fit.
fn verse(text: &str, widths: Widths, language: Option<&str>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        if line.is_empty() {
            lines.push(start..start);
        }
        let wrapped = wrap::paragraph(line, widths, language);
        lines.extend(wrapped.into_iter().map(|r| start + r.start..start + r.end));
        start += line.len() + 1;
    }
    lines
}

/// Cells left free before the first line of a block, and before the others.
fn indents(block: &Block, width: u16) -> (u16, u16) {
    if width < NARROW {
        return (0, 0);
    }
    let most = width / 3;
    let (first, rest) = match block.kind {
        BlockKind::ListItem(depth) => {
            let first = u16::from(depth) * 2;
            (first, first + bullet_width(&block.text))
        }
        BlockKind::Quote | BlockKind::Code | BlockKind::Verse => (2, 2),
        _ => (0, 0),
    };
    (first.min(most), rest.min(most))
}

/// The cells of a bullet or number with the space after it.
fn bullet_width(text: &str) -> u16 {
    let head = text.split_inclusive(' ').next().unwrap_or("");
    if head.len() < text.len() && head.chars().count() <= 6 {
        wrap::width(head)
    } else {
        0
    }
}

/// The items of a list, and a title with its byline, stand without a row between them.
fn has_blank_after(document: &Document, index: usize) -> bool {
    let blocks = document.blocks();
    let Some(next) = blocks.get(index + 1) else {
        return false;
    };
    !matches!(
        (blocks[index].kind, next.kind),
        (BlockKind::ListItem(_), BlockKind::ListItem(_))
            | (BlockKind::Title | BlockKind::Byline, BlockKind::Byline)
            | (BlockKind::Noise, BlockKind::Noise)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Metadata;
    use proptest::prelude::*;

    fn document(texts: &[&str]) -> Document {
        let blocks = texts
            .iter()
            .map(|t| Block::new(BlockKind::Paragraph, *t, 0))
            .collect();
        Document::new(Metadata::default(), blocks)
    }

    fn shown(document: &Document, lines: impl Iterator<Item = Line>) -> Vec<&str> {
        lines
            .map(|l| &document.blocks()[l.block].text[l.bytes])
            .collect()
    }

    const TEN: Measure = Measure {
        width: 10,
        noise: false,
    };

    #[test]
    fn a_blank_row_stands_between_blocks_and_is_the_end_of_the_first() {
        let d = document(&["one two three", "four"]);
        assert_eq!(
            shown(&d, down(&d, TEN, Position::default())),
            ["one two", "three", "", "four"]
        );
        let end = Position {
            block: 0,
            offset: 13,
        };
        assert_eq!(shown(&d, down(&d, TEN, end)), ["", "four"]);
    }

    #[test]
    fn going_up_gives_the_same_lines_nearest_first() {
        let d = document(&["one two three", "four"]);
        assert_eq!(
            shown(&d, up(&d, TEN, Position::start_of(1))),
            ["", "three", "one two"]
        );
        assert_eq!(
            shown(&d, up(&d, TEN, Position::default())),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn noise_is_passed_over_unless_asked_for() {
        let mut blocks: Vec<_> = ["a", "b", "c"]
            .map(|t| Block::new(BlockKind::Paragraph, t, 0))
            .into();
        blocks[0].kind = BlockKind::Noise;
        blocks[2].kind = BlockKind::Noise;
        let d = Document::new(Metadata::default(), blocks);
        assert_eq!(shown(&d, down(&d, TEN, Position::default())), ["b", ""]);
        assert_eq!(shown(&d, up(&d, TEN, d.end())), ["", "b"]);
        let all = Measure { noise: true, ..TEN };
        assert_eq!(
            shown(&d, down(&d, all, Position::default())),
            ["a", "", "b", "", "c"]
        );
    }

    #[test]
    fn the_lines_of_a_list_hang_under_their_text() {
        let d = Document::new(
            Metadata::default(),
            vec![Block::new(
                BlockKind::ListItem(0),
                "• one two three four five",
                0,
            )],
        );
        let lines: Vec<_> = down(
            &d,
            Measure {
                width: 20,
                noise: false,
            },
            Position::default(),
        )
        .collect();
        assert_eq!(lines.iter().map(|l| l.indent).collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn an_empty_document_has_no_lines() {
        let d = document(&[]);
        assert_eq!(down(&d, TEN, Position::default()).count(), 0);
        assert_eq!(up(&d, TEN, Position::start_of(7)).count(), 0);
    }

    proptest! {
        #[test]
        fn lines_start_at_increasing_positions_and_up_is_down_reversed(
            texts in prop::collection::vec("[ a-zé漢«»]{1,80}", 1..6), width in 1u16..40, at in 0usize..400) {
            let texts: Vec<_> = texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect();
            let d = document(&texts);
            let measure = Measure { width, noise: false };
            let all: Vec<_> = down(&d, measure, Position::default()).collect();
            prop_assert!(all.windows(2).all(|w| w[0].start() < w[1].start()));
            let from = d.position_at(at);
            let below: Vec<_> = down(&d, measure, from).collect();
            let mut above: Vec<_> = up(&d, measure, from).collect();
            above.reverse();
            above.extend(below);
            prop_assert_eq!(above, all);
        }

        #[test]
        fn the_word_at_the_top_stays_at_the_top(
            texts in prop::collection::vec("[a-zé漢]{1,9}( [a-zé]{1,9}){0,30}", 1..8),
            at in 0usize..2000, widths in prop::collection::vec(1u16..100, 1..8)) {
            let texts: Vec<_> = texts.iter().map(String::as_str).collect();
            let d = document(&texts);
            let top = d.position_at(at);
            for width in widths {
                let line = down(&d, Measure { width, noise: false }, top).next().expect("a line");
                prop_assert_eq!(line.block, top.block);
                prop_assert!(line.bytes.start <= top.offset);
                let next = down(&d, Measure { width, noise: false }, top).nth(1);
                prop_assert!(next.is_none_or(|n| n.start() > top));
            }
        }
    }
}
