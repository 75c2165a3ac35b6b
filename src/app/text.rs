//! How a line of an article's text is drawn: the reader's pane and `liseuse show` draw it alike.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use super::paint::{Look, put, shortened};
use crate::layout::numbers::{self, Number};
use crate::layout::table::{GAP, Piece};
use crate::layout::{Line, Page, Shape, wrap};
use crate::model::document::{Block, BlockKind, Document, Mark, Table};
use crate::model::link;

/// Where a picture lies is not shown in fewer cells.
const LEAST_TARGET: u16 = 12;

/// A stretch of a block that is drawn otherwise.
pub type Styled = (Range<usize>, Style);

/// A block that is being drawn, line by line.
#[derive(Debug)]
pub struct Drawn<'a> {
    page: Page<'a>,
    block: &'a Block,
    base: Style,
    /// The stretches of it that are drawn otherwise, later ones over earlier ones.
    pub styled: Vec<Styled>,
    numbers: Vec<Number>,
    look: &'a Look,
}

impl<'a> Drawn<'a> {
    /// A block of a page, drawn as its kind and marks ask for.
    pub fn new(page: Page<'a>, index: usize, look: &'a Look) -> Self {
        let block = &page.document.blocks()[index];
        let marks = block.marks.iter();
        let styled = marks.map(|(range, mark)| (range.clone(), mark_style(mark, look)));
        let numbers = if page.measure.numbers {
            numbers::of(page.document, index)
        } else {
            Vec::new()
        };
        Self {
            page,
            block,
            base: base_style(page.document, index, look),
            styled: styled.collect(),
            numbers,
            look,
        }
    }

    /// Draws a line of the block; the pane of the text begins at this column of this row.
    pub fn draw(&self, buffer: &mut Buffer, (x, y): (u16, u16), line: &Line) {
        let look = self.look;
        for bar in self.page.bars(line) {
            put(
                buffer,
                (x + bar, y),
                1,
                look.glyphs.divider,
                look.theme.rule,
            );
        }
        match &line.shape {
            Shape::Text if line.bytes.is_empty() => {}
            Shape::Text => {
                self.sign(buffer, (x + line.indent, y), line);
                let end = self.stretch(buffer, (x + line.indent, y), &line.bytes);
                self.target(buffer, (x, end, y), line);
            }
            Shape::Cells(pieces) => self.cells(buffer, (x + line.indent, y), pieces),
            Shape::Rule(pieces) => self.rule(buffer, (x + line.indent, y), pieces, line),
            Shape::Named { block, bytes, room } => {
                let names = &self.page.document.blocks()[*block].text;
                let at = x + line.indent.saturating_sub(*room);
                let name = shortened(&names[bytes.clone()], room - 2, look.glyphs.ellipsis);
                let used = put(buffer, (at, y), *room, &name, look.theme.dim);
                put(buffer, (at + used, y), 1, ":", look.theme.dim);
                self.stretch(buffer, (x + line.indent, y), &line.bytes);
            }
        }
    }

    /// The sign before a picture, and before code that goes on from the row above.
    fn sign(&self, buffer: &mut Buffer, (x, y): (u16, u16), line: &Line) {
        let glyphs = &self.look.glyphs;
        let before = line.bytes.start.checked_sub(1);
        let sign = match (self.block.kind, before) {
            (BlockKind::Image, None) => glyphs.image,
            (BlockKind::Code, Some(before)) if self.block.text.as_bytes()[before] != b'\n' => {
                glyphs.continued
            }
            _ => return,
        };
        let room = line.indent.min(2);
        if room > 0 {
            put(buffer, (x - room, y), 1, sign, self.look.theme.dim);
        }
    }

    /// Where a picture lies, after what it shows.
    fn target(&self, buffer: &mut Buffer, (x, end, y): (u16, u16, u16), line: &Line) {
        if self.block.kind != BlockKind::Image || line.bytes.end < self.block.text.len() {
            return;
        }
        let mut images = self.block.marks.iter().filter_map(|(_, mark)| match mark {
            Mark::Image(target) if !target.is_empty() => Some(link::shown(target)),
            _ => None,
        });
        let room = (x + self.page.measure.width).saturating_sub(end + 2);
        let Some(target) = images.next().filter(|_| room >= LEAST_TARGET) else {
            return;
        };
        let target = shortened(&target, room, self.look.glyphs.ellipsis);
        put(buffer, (end + 2, y), room, &target, self.look.theme.dim);
    }

    fn cells(&self, buffer: &mut Buffer, (x, y): (u16, u16), pieces: &[Piece]) {
        let look = self.look;
        for piece in pieces {
            if let Some(at) = piece.left.checked_sub(GAP - 1) {
                put(buffer, (x + at, y), 1, look.glyphs.divider, look.theme.rule);
            }
            self.stretch(buffer, (x + piece.start, y), &piece.bytes);
        }
    }

    fn rule(&self, buffer: &mut Buffer, (x, y): (u16, u16), pieces: &[Piece], line: &Line) {
        let look = self.look;
        let end = pieces
            .last()
            .map_or(self.page.measure.width - line.indent, |p| p.left + p.width);
        for at in 0..end {
            put(buffer, (x + at, y), 1, look.glyphs.rule, look.theme.rule);
        }
        for at in pieces.iter().filter_map(|p| p.left.checked_sub(GAP - 1)) {
            put(
                buffer,
                (x + at, y),
                1,
                look.glyphs.crossing,
                look.theme.rule,
            );
        }
    }

    /// Draws some bytes of the text with what is drawn otherwise of them, and the numbers of links. The column after it.
    fn stretch(&self, buffer: &mut Buffer, (x, y): (u16, u16), bytes: &Range<usize>) -> u16 {
        let text = &self.block.text;
        let shown = &text[bytes.clone()];
        let is_here = |(range, _): &&Styled| range.start < bytes.end && bytes.start < range.end;
        let styled: Vec<&Styled> = self.styled.iter().filter(is_here).collect();
        if styled.is_empty() && !shown.contains('\t') {
            return x + put(buffer, (x, y), u16::MAX, shown, self.base);
        }
        let style_at = |at: usize| {
            let over = styled.iter().filter(|(range, _)| range.contains(&at));
            over.fold(self.base, |style, (_, other)| style.patch(*other))
        };
        let mut numbers = numbers::within(&self.numbers, bytes).peekable();
        let mut shift = 0;
        let mut run = (bytes.start..bytes.start, x, self.base);
        for cell in wrap::cells(text, bytes.clone()) {
            let style = style_at(cell.bytes.start);
            let is_tab = &text[cell.bytes.clone()] == "\t";
            let is_number = numbers.peek().is_some_and(|n| n.at <= cell.bytes.start);
            if style != run.2 || is_tab || is_number {
                put(buffer, (run.1, y), u16::MAX, &text[run.0.clone()], run.2);
                while let Some(number) = numbers.next_if(|n| n.at <= cell.bytes.start) {
                    shift += self.number(buffer, (x + cell.column + shift, y), number);
                }
                let (start, tab) = if is_tab {
                    (cell.bytes.end, cell.width)
                } else {
                    (cell.bytes.start, 0)
                };
                run = (start..start, x + cell.column + shift + tab, style);
            }
            run.0.end = cell.bytes.end;
        }
        let mut end = run.1 + put(buffer, (run.1, y), u16::MAX, &text[run.0], run.2);
        for number in numbers {
            end += self.number(buffer, (end, y), number);
        }
        end
    }

    fn number(&self, buffer: &mut Buffer, at: (u16, u16), number: &Number) -> u16 {
        let text = numbered(number.number, self.look);
        put(buffer, at, u16::MAX, &text, self.look.theme.dim)
    }
}

/// A link's number as it stands in the text.
pub fn numbered(number: usize, look: &Look) -> String {
    let (open, close) = look.glyphs.number;
    format!("{open}{number}{close}")
}

/// How a block is drawn.
fn base_style(document: &Document, index: usize, look: &Look) -> Style {
    let theme = &look.theme;
    match document.blocks()[index].kind {
        BlockKind::Title => theme.title,
        BlockKind::Heading(level) => theme.heading_at(document.depth_of(level)),
        BlockKind::TableRow => {
            let is_head = |t: &Table| index < t.rows.start + t.heads;
            if document.table_at(index).is_some_and(is_head) {
                theme.table_head
            } else {
                theme.text
            }
        }
        BlockKind::Paragraph
        | BlockKind::ListItem(_)
        | BlockKind::Verse
        | BlockKind::Footnote
        | BlockKind::Image => theme.text,
        BlockKind::Quote => theme.quote,
        BlockKind::Code => theme.code,
        BlockKind::Byline => theme.byline,
        BlockKind::Caption | BlockKind::Rule => theme.dim,
        BlockKind::Noise => theme.noise,
    }
}

fn mark_style(mark: &Mark, look: &Look) -> Style {
    match mark {
        Mark::Emphasis => look.theme.emphasis,
        Mark::Strong => look.theme.strong,
        Mark::Code => look.theme.code,
        Mark::Strikethrough => look.theme.strikethrough,
        Mark::Link(_) => look.theme.link,
        Mark::Image(_) => look.theme.image,
    }
}
