//! From a document to the lines on the screen: only the blocks that are asked for are wrapped.

pub mod wrap;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

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

/// So many blocks stay wrapped.
const MAX_WRAPPED: usize = 256;

/// The lines of the blocks that were wrapped lately: a step of one line wraps nothing anew. Its lines are those of one
/// document; they are forgotten when the measure changes.
#[derive(Debug, Default)]
pub struct Wrapped {
    measure: Cell<Option<Measure>>,
    lines: RefCell<HashMap<usize, Rc<Vec<Line>>>>,
}

impl Wrapped {
    fn lines(&self, document: &Document, measure: Measure, block: usize) -> Rc<Vec<Line>> {
        let mut known = self.lines.borrow_mut();
        let is_other = self.measure.replace(Some(measure)) != Some(measure);
        if is_other || known.len() >= MAX_WRAPPED {
            known.clear();
        }
        let lines = known.entry(block);
        Rc::clone(lines.or_insert_with(|| Rc::new(block_lines(document, measure, block))))
    }
}

/// A document as it is laid out.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// The text.
    pub document: &'a Document,
    /// How wide it is.
    pub measure: Measure,
    /// What of it has been wrapped.
    pub wrapped: &'a Wrapped,
}

impl<'a> Page<'a> {
    /// The lines from the one that shows `from` downwards, as many as are asked for. Costs the wrapping of the blocks
    /// that are reached, wherever they are.
    pub fn down(self, from: Position) -> impl Iterator<Item = Line> + use<'a> {
        let next = move |from| next_shown(self.document, self.measure, from);
        std::iter::successors(next(from.block), move |&block| next(block + 1)).flat_map(
            move |block| {
                let lines = self.lines(block);
                let first = if block == from.block {
                    line_at(&lines, from.offset)
                } else {
                    0
                };
                (first..lines.len()).map(move |i| lines[i].clone())
            },
        )
    }

    /// The lines above the one that shows `from`, nearest first.
    pub fn up(self, from: Position) -> impl Iterator<Item = Line> + use<'a> {
        let previous = move |before| previous_shown(self.document, self.measure, before);
        let start = previous(from.block.checked_add(1));
        std::iter::successors(start, move |&block| previous(Some(block))).flat_map(move |block| {
            let lines = self.lines(block);
            let end = if block == from.block {
                line_at(&lines, from.offset)
            } else {
                lines.len()
            };
            (0..end).rev().map(move |i| lines[i].clone())
        })
    }

    /// The start of the line that shows a position.
    pub fn line_start(self, position: Position) -> Position {
        self.down(position)
            .next()
            .map_or(position, |line| line.start())
    }

    fn lines(self, block: usize) -> Rc<Vec<Line>> {
        self.wrapped.lines(self.document, self.measure, block)
    }
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
        // code or verse of which the reader said that it is something else
        _ if block.text.contains('\n') => verse(&block.text, widths, language),
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

    fn shown(document: &Document, lines: Vec<Line>) -> Vec<&str> {
        lines
            .into_iter()
            .map(|l| &document.blocks()[l.block].text[l.bytes])
            .collect()
    }

    fn down(document: &Document, measure: Measure, from: Position) -> Vec<Line> {
        let wrapped = Wrapped::default();
        Page {
            document,
            measure,
            wrapped: &wrapped,
        }
        .down(from)
        .collect()
    }

    fn up(document: &Document, measure: Measure, from: Position) -> Vec<Line> {
        let wrapped = Wrapped::default();
        Page {
            document,
            measure,
            wrapped: &wrapped,
        }
        .up(from)
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
        );
        assert_eq!(lines.iter().map(|l| l.indent).collect::<Vec<_>>(), [0, 2]);
    }

    #[test]
    fn an_empty_document_has_no_lines() {
        let d = document(&[]);
        assert_eq!(down(&d, TEN, Position::default()).len(), 0);
        assert_eq!(up(&d, TEN, Position::start_of(7)).len(), 0);
    }

    proptest! {
        #[test]
        fn lines_start_at_increasing_positions_and_up_is_down_reversed(
            texts in prop::collection::vec("[ a-zé漢«»]{1,80}", 1..6), width in 1u16..40, at in 0usize..400) {
            let texts: Vec<_> = texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect();
            let d = document(&texts);
            let measure = Measure { width, noise: false };
            let all: Vec<_> = down(&d, measure, Position::default());
            prop_assert!(all.windows(2).all(|w| w[0].start() < w[1].start()));
            let from = d.position_at(at);
            let below: Vec<_> = down(&d, measure, from);
            let mut above: Vec<_> = up(&d, measure, from);
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
                let line = down(&d, Measure { width, noise: false }, top).into_iter().next().expect("a line");
                prop_assert_eq!(line.block, top.block);
                prop_assert!(line.bytes.start <= top.offset);
                let next = down(&d, Measure { width, noise: false }, top).into_iter().nth(1);
                prop_assert!(next.is_none_or(|n| n.start() > top));
            }
        }
    }
}
