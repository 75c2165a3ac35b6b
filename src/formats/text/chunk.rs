//! Short lines that follow each other -> blocks.

use std::ops::Range;

use super::hyphen::Vocabulary;
use super::line::{self, Line};
use super::shape::{self, Shape};
use super::{Blocks, collapse};
use crate::formats::letters;
use crate::model::document::{Block, BlockKind};

/// So many lines that do not run on are verse.
const VERSE: usize = 3;
/// Lines of verse are at most so wide.
const VERSE_COLUMNS: u16 = 60;
/// So many lines with narrow gaps are rows of a table, …
const GAPS: usize = 3;
/// … and so many lines of strokes a drawing.
const DRAWN: usize = 3;
/// Lines indented so far are kept as they are.
const CODE_INDENT: u16 = 4;

/// Short lines without a blank line between them.
pub(super) struct Chunk<'a, 'b> {
    pub lines: &'b [Line<'a>],
    pub shape: Shape,
    /// Whether a blank line stands before them, and after.
    pub is_apart: bool,
    pub is_closed: bool,
    /// The words of the whole text.
    pub words: &'b Vocabulary<'a>,
}

/// What some lines together are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Running,
    Item(u8),
    Quote,
    Heading(u8),
    /// Kept as they are.
    Code,
}

/// Lines that make one block.
struct Piece {
    kind: Kind,
    lines: Range<usize>,
}

impl Chunk<'_, '_> {
    pub(super) fn parse(&self, out: &mut Blocks) {
        let pieces = self.pieces();
        let mut is_apart = self.is_apart;
        let mut at = 0;
        while at < pieces.len() {
            let verse = self.verse(&pieces[at..]);
            if verse > 0 {
                let lines = &self.lines[pieces[at].lines.start..pieces[at + verse - 1].lines.end];
                out.push(
                    Block::new(
                        BlockKind::Verse,
                        kept(lines, Spaces::Single),
                        lines[0].number,
                    ),
                    is_apart,
                );
                at += verse;
            } else {
                self.block(&pieces[at], is_apart, out);
                at += 1;
            }
            is_apart = false;
        }
    }

    fn pieces(&self) -> Vec<Piece> {
        let width = self.width();
        let base = self.lines.iter().map(|line| line.indent).min().unwrap_or(0);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = 0;
        while at < self.lines.len() {
            let piece = self.piece(at, base, width);
            at = piece.lines.end;
            if let Kind::Heading(_) = piece.kind
                && self
                    .lines
                    .get(at)
                    .is_some_and(|rule| rule.underlines(&self.lines[piece.lines.start]).is_some())
            {
                at += 1;
            }
            pieces.push(piece);
        }
        pieces
    }

    /// The columns at which the lines were broken, when they were.
    fn width(&self) -> Option<u16> {
        match self.shape {
            Shape::Wrapped(width) => Some(width),
            Shape::Lines | Shape::Unknown if self.lines.len() > 5 => shape::width_of(self.lines),
            Shape::Lines | Shape::Unknown => None,
        }
    }

    /// The piece that starts with line `at`.
    fn piece(&self, at: usize, base: u16, width: Option<u16>) -> Piece {
        let line = &self.lines[at];
        if let Some((level, _)) = line.marked_heading() {
            return Piece {
                kind: Kind::Heading(level),
                lines: at..at + 1,
            };
        }
        if let Some(level) = self
            .lines
            .get(at + 1)
            .and_then(|next| next.underlines(line))
        {
            return Piece {
                kind: Kind::Heading(level),
                lines: at..at + 1,
            };
        }
        if let Some(end) = self.kept_lines(at, width) {
            return Piece {
                kind: Kind::Code,
                lines: at..end,
            };
        }
        let kind = if line.quoted().is_some() {
            Kind::Quote
        } else if line::has_bullet(line.text) || self.is_numbered(at) {
            Kind::Item(u8::try_from((line.indent - base) / 2).unwrap_or(8).min(8))
        } else {
            Kind::Running
        };
        let mut end = at + 1;
        while end < self.lines.len() && self.runs_on(kind, at, end, width) {
            end += 1;
        }
        Piece {
            kind,
            lines: at..end,
        }
    }

    /// Whether line `end` belongs to the piece that starts with line `at`.
    fn runs_on(&self, kind: Kind, at: usize, end: usize, width: Option<u16>) -> bool {
        let (first, line, next) = (&self.lines[at], &self.lines[end - 1], &self.lines[end]);
        let is_underlined = self
            .lines
            .get(end + 1)
            .is_some_and(|rule| rule.underlines(next).is_some());
        if is_underlined
            || next.marked_heading().is_some()
            || line::has_bullet(next.text)
            || self.is_numbered(end)
        {
            return false;
        }
        let is_joined = width.is_some_and(|width| {
            let runs_on = !line.ends_sentence() && next.begins_small() && line.columns >= width / 2;
            line.columns <= width + width / 4 && (line.is_full(next, width) || runs_on)
        });
        match (kind, line.quoted(), next.quoted()) {
            (Kind::Quote, Some(text), Some(after)) => {
                !text.is_empty() && !after.is_empty() && is_joined
            }
            (Kind::Quote, ..) | (_, _, Some(_)) => false,
            (Kind::Item(_), ..) => is_joined || next.indent > first.indent,
            // an indented line begins a paragraph
            _ => {
                is_joined
                    && (next.indent <= line.indent || next.indent <= first.indent)
                    && !self.has_rows(end)
            }
        }
    }

    /// Whether line `at` of lines broken by hand is numbered, and a neighbour in the count is near: else a date begins
    /// the line. (Where each line is a block, [`number_items`] tells later.)
    fn is_numbered(&self, at: usize) -> bool {
        if !matches!(self.shape, Shape::Wrapped(_)) {
            return false;
        }
        let Some(number) = line::item_number(self.lines[at].text) else {
            return false;
        };
        let near = &self.lines[at.saturating_sub(8)..self.lines.len().min(at + 9)];
        near.iter()
            .filter_map(|line| line::item_number(line.text))
            .any(|other| other.abs_diff(number) == 1)
    }

    /// Whether this line and the next are rows of a table.
    fn has_rows(&self, at: usize) -> bool {
        let is_wide = matches!(self.lines.get(at..at + 2), Some([a, b]) if a.has_columns() && b.has_columns());
        is_wide
            || self
                .lines
                .get(at..at + GAPS)
                .is_some_and(|lines| lines.iter().all(Line::has_gap))
    }

    /// Up to where the lines from `at` on are kept as they are: rows of a table, or indented code.
    fn kept_lines(&self, at: usize, width: Option<u16>) -> Option<usize> {
        let count = |is_kept: &dyn Fn(&Line<'_>) -> bool| {
            self.lines[at..]
                .iter()
                .take_while(|line| is_kept(line))
                .count()
        };
        let is_filled = |from: usize| {
            let lines = &self.lines[at..at + from];
            width.is_some_and(|width| {
                lines
                    .windows(2)
                    .all(|pair| pair[0].is_full(&pair[1], width))
            })
        };
        if self.has_rows(at) {
            let rows = count(&|line| line.has_columns() || line.has_gap());
            // text that was justified by spaces has gaps too
            if !is_filled(rows) {
                return Some(at + rows);
            }
        }
        // a rule parts, and one under a line marks it as a heading; a drawing has several kinds of strokes
        if self.lines[at].is_drawn() {
            let lines = count(&|line| line.is_drawn());
            if lines >= DRAWN {
                return Some(at + lines);
            }
        }
        if self.lines[at].indent >= CODE_INDENT && !line::has_bullet(self.lines[at].text) {
            let lines = count(&|line| line.indent >= CODE_INDENT);
            let code = self.lines[at..at + lines]
                .iter()
                .filter(|line| line.looks_like_code())
                .count();
            if lines >= 2 && code * 3 >= lines && !is_filled(lines) {
                return Some(at + lines);
            }
        }
        None
    }

    /// How many of the pieces from the first on are lines of verse: short, not run on, few of them sentences, and set
    /// apart from what stands around. 0 when too few are.
    fn verse(&self, pieces: &[Piece]) -> usize {
        let needed = if matches!(self.shape, Shape::Wrapped(_)) {
            VERSE
        } else {
            VERSE + 1
        };
        let is_whole = self.is_apart && self.is_closed;
        let is_verse = |piece: &&Piece| {
            let line = &self.lines[piece.lines.start];
            let is_short =
                line.columns <= VERSE_COLUMNS && line.text.chars().any(char::is_alphabetic);
            piece.kind == Kind::Running
                && piece.lines.len() == 1
                && is_short
                && (is_whole || line.indent >= CODE_INDENT)
        };
        let count = pieces.iter().take_while(is_verse).count();
        let ended = pieces[..count]
            .iter()
            .filter(|piece| self.lines[piece.lines.start].ends_sentence())
            .count();
        if count >= needed && ended * 2 <= count {
            count
        } else {
            0
        }
    }

    fn block(&self, piece: &Piece, is_apart: bool, out: &mut Blocks) {
        let lines = &self.lines[piece.lines.clone()];
        let (kind, text) = match piece.kind {
            Kind::Running => (
                BlockKind::Paragraph,
                joined(lines.iter().map(|line| line.text), self.words),
            ),
            Kind::Item(depth) => (
                BlockKind::ListItem(depth),
                joined(lines.iter().map(|line| line.text), self.words),
            ),
            Kind::Quote => (
                BlockKind::Quote,
                joined(lines.iter().filter_map(Line::quoted), self.words),
            ),
            Kind::Heading(level) => {
                let text = lines[0]
                    .marked_heading()
                    .map_or(lines[0].text, |(_, text)| text);
                let text = joined(std::iter::once(text), self.words);
                (BlockKind::Heading(level), text)
            }
            Kind::Code => (BlockKind::Code, kept(lines, Spaces::All)),
        };
        out.push(Block::new(kind, text, lines[0].number), is_apart);
    }
}

/// Lines as running text: joined by a space, or by nothing between characters that want none. A hyphen at the end of a
/// line goes where it parts two small letters of a word of this text.
pub(super) fn joined<'a>(
    lines: impl Iterator<Item = &'a str> + Clone,
    words: &Vocabulary<'_>,
) -> String {
    let mut text = String::with_capacity(
        lines
            .clone()
            .map(|line| line.len() + 1)
            .sum::<usize>()
            .saturating_sub(1),
    );
    for line in lines {
        let line = letters::trim(line);
        let mut before = text.chars().rev();
        match (before.next(), line.chars().next()) {
            (None, _) | (_, None) => {}
            (Some('-'), Some(next))
                if next.is_alphanumeric()
                    && let Some(last) = before.next().filter(|c| c.is_alphanumeric()) =>
            {
                if last.is_lowercase() && next.is_lowercase() && words.is_broken(&text, line) {
                    text.pop();
                }
            }
            (Some(last), Some(next)) if letters::is_cjk(last) && letters::is_cjk(next) => {}
            (Some(_), Some(_)) => text.push(' '),
        }
        text.push_str(line);
    }
    if text.contains("  ") {
        collapse(&text)
    } else {
        text
    }
}

/// What becomes of spaces inside lines that are kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Spaces {
    All,
    Single,
}

/// Lines with their newlines, and with their indents as far as these differ.
fn kept(lines: &[Line<'_>], spaces: Spaces) -> String {
    let common = lines.iter().map(|line| line.indent).min().unwrap_or(0);
    let mut text = String::new();
    for line in lines {
        if !text.is_empty() {
            text.push('\n');
        }
        text.extend(std::iter::repeat_n(
            ' ',
            usize::from(line.indent - common).min(40),
        ));
        match spaces {
            Spaces::All => text.push_str(line.text),
            Spaces::Single => text.push_str(&collapse(line.text)),
        }
    }
    text
}

/// Makes items of paragraphs that are numbered one after the other.
pub(super) fn number_items(out: &mut Blocks) {
    let mut previous: Option<(usize, u16)> = None;
    for i in 0..out.blocks.len() {
        if out.blocks[i].kind != BlockKind::Paragraph {
            continue;
        }
        let Some(number) = line::item_number(&out.blocks[i].text) else {
            continue;
        };
        if let Some((before, n)) = previous
            && before + 1 == i
            && n + 1 == number
        {
            out.blocks[before].kind = BlockKind::ListItem(0);
            out.blocks[i].kind = BlockKind::ListItem(0);
        }
        previous = Some((i, number));
    }
}
