//! Markdown -> blocks: the part of it that articles are written in. What is malformed stays as it was written.

use super::letters;
use super::text::{Blocks, Hyphens, joined};
use crate::model::document::{Block, BlockKind, Mark, Metadata};

mod front;
mod inline;

/// A list is drawn at most so deep.
const DEEPEST: usize = 8;

/// What a clean Markdown text says of itself, and its blocks.
pub(super) fn blocks(text: &str) -> (Metadata, Blocks) {
    let (front, text, mut number) = front::split(text);
    let mut parser = Parser::default();
    for raw in text.split('\n') {
        parser.line(raw, number);
        number = number.saturating_add(1);
    }
    parser.end();
    let mut out = parser.out;
    let begins_with_title = matches!(out.blocks.first(), Some(block)
        if matches!(block.kind, BlockKind::Heading(_)) && block.text == front.metadata.title);
    if !front.metadata.title.is_empty() && !begins_with_title {
        out.blocks.insert(
            0,
            Block::new(
                BlockKind::Title,
                front.metadata.title.as_str(),
                front.title_line,
            ),
        );
        out.apart.insert(0, false);
    }
    (front.metadata, out)
}

/// Lines that are gathered for one block.
#[derive(Default)]
enum Open<'a> {
    #[default]
    Nothing,
    /// Running text.
    Text {
        kind: BlockKind,
        lines: Vec<&'a str>,
        number: u32,
    },
    /// Code between fences: the character and length of the fence, and how far it is indented.
    Fence {
        fence: (u8, usize),
        indent: usize,
        lines: Vec<&'a str>,
        number: u32,
    },
    /// Indented code, with the blank lines in it.
    Indented { lines: Vec<&'a str>, number: u32 },
    /// Rows of a table.
    Table { lines: Vec<&'a str>, number: u32 },
}

#[derive(Default)]
struct Parser<'a> {
    open: Open<'a>,
    /// How far the items around are indented, outermost first.
    lists: Vec<usize>,
    is_apart: bool,
    out: Blocks,
}

impl<'a> Parser<'a> {
    fn line(&mut self, raw: &'a str, number: u32) {
        if self.fenced(raw) || self.indented(raw, number) {
            return;
        }
        let text = letters::trim(raw);
        if text.is_empty() {
            self.flush();
            self.is_apart = true;
            return;
        }
        let indent = indent(raw);
        if indent < 2
            && item(text).is_none()
            && !matches!(
                self.open,
                Open::Text {
                    kind: BlockKind::ListItem(_),
                    ..
                }
            )
        {
            self.lists.clear();
        }
        if let Some(fence) = fence(text) {
            self.flush();
            self.open = Open::Fence {
                fence,
                indent,
                lines: Vec::new(),
                number,
            };
        } else if let Some((level, text)) = heading(text) {
            self.flush();
            self.text_block(BlockKind::Heading(level), text.to_owned(), number);
        } else if !self.underlined(text) && !self.rule(text) {
            self.running(text, indent, number);
        }
    }

    fn end(&mut self) {
        self.flush();
    }

    /// Takes a line between fences.
    fn fenced(&mut self, raw: &'a str) -> bool {
        let Open::Fence {
            fence: (mark, length),
            indent,
            lines,
            ..
        } = &mut self.open
        else {
            return false;
        };
        let text = letters::trim(raw);
        if text.len() >= *length && text.bytes().all(|b| b == *mark) {
            self.flush();
        } else {
            lines.push(unindented(raw, *indent));
        }
        true
    }

    /// Takes a line of indented code.
    fn indented(&mut self, raw: &'a str, number: u32) -> bool {
        let is_blank = letters::is_blank(raw);
        let is_deep = indent(raw) >= 4 && !is_blank;
        match &mut self.open {
            Open::Indented { lines, .. } if is_deep || is_blank => {
                lines.push(unindented(raw, 4));
                true
            }
            Open::Nothing if is_deep && self.lists.is_empty() => {
                self.open = Open::Indented {
                    lines: vec![unindented(raw, 4)],
                    number,
                };
                true
            }
            Open::Indented { .. } => {
                self.flush();
                self.is_apart = true;
                false
            }
            Open::Nothing | Open::Text { .. } | Open::Fence { .. } | Open::Table { .. } => false,
        }
    }

    /// Makes a heading of the lines before, when this line underlines them.
    fn underlined(&mut self, text: &str) -> bool {
        let level = match text.as_bytes() {
            [b'=', ..] if text.bytes().all(|b| b == b'=') => 1,
            [b'-', ..] if text.bytes().all(|b| b == b'-') => 2,
            _ => return false,
        };
        let Open::Text {
            kind: kind @ BlockKind::Paragraph,
            ..
        } = &mut self.open
        else {
            return false;
        };
        *kind = BlockKind::Heading(level);
        self.flush();
        true
    }

    /// Drops a rule.
    fn rule(&mut self, text: &str) -> bool {
        let marks = text.bytes().filter(|&b| b != b' ');
        let first = text.as_bytes()[0];
        let is_rule = matches!(first, b'-' | b'*' | b'_')
            && marks.clone().all(|b| b == first)
            && marks.count() >= 3;
        if is_rule {
            self.flush();
            self.is_apart = true;
        }
        is_rule
    }

    /// Takes a line of running text: of a paragraph, quote, list or table.
    fn running(&mut self, text: &'a str, indent: usize, number: u32) {
        if text.starts_with('>') {
            let inner = letters::trim(text.trim_start_matches(['>', ' ']));
            let is_open = matches!(
                self.open,
                Open::Text {
                    kind: BlockKind::Quote,
                    ..
                }
            );
            if !is_open || inner.is_empty() || item(inner).is_some() {
                self.flush();
            }
            self.gather(BlockKind::Quote, inner, number);
        } else if text.starts_with('|') {
            match &mut self.open {
                Open::Table { lines, .. } => lines.push(text),
                Open::Nothing | Open::Text { .. } | Open::Fence { .. } | Open::Indented { .. } => {
                    self.flush();
                    self.open = Open::Table {
                        lines: vec![text],
                        number,
                    };
                }
            }
        } else if let Some(item) = item(text).filter(|item| self.may_begin(item)) {
            self.flush();
            while self.lists.last().is_some_and(|&last| indent < last + 2) {
                self.lists.pop();
            }
            let depth = u8::try_from(self.lists.len().min(DEEPEST)).unwrap_or(0);
            self.lists.push(indent);
            let lines = match item {
                Item::Bullet(text) => vec!["•", text],
                Item::Number(..) => vec![text],
            };
            self.open = Open::Text {
                kind: BlockKind::ListItem(depth),
                lines,
                number,
            };
        } else {
            if matches!(self.open, Open::Table { .. }) {
                self.flush();
            }
            self.gather(BlockKind::Paragraph, text, number);
        }
    }

    /// Whether an item may begin here: in the middle of a paragraph only the first of a list does.
    fn may_begin(&self, item: &Item<'_>) -> bool {
        let in_paragraph = matches!(
            self.open,
            Open::Text {
                kind: BlockKind::Paragraph,
                ..
            }
        );
        match item {
            Item::Bullet(_) => true,
            Item::Number(number) => *number == 1 || !in_paragraph,
        }
    }

    /// Adds a line to the text that is open, or opens one.
    fn gather(&mut self, kind: BlockKind, text: &'a str, number: u32) {
        match &mut self.open {
            Open::Text { lines, .. } => lines.push(text),
            Open::Nothing | Open::Fence { .. } | Open::Indented { .. } | Open::Table { .. }
                if text.is_empty() => {}
            Open::Nothing | Open::Fence { .. } | Open::Indented { .. } | Open::Table { .. } => {
                self.open = Open::Text {
                    kind,
                    lines: vec![text],
                    number,
                };
            }
        }
    }

    /// Closes what is open.
    fn flush(&mut self) {
        match std::mem::take(&mut self.open) {
            Open::Nothing => {}
            Open::Text {
                kind,
                lines,
                number,
            } => {
                self.text_block(kind, joined(lines.iter().copied(), Hyphens::Keep), number);
            }
            Open::Fence { lines, number, .. }
            | Open::Indented { lines, number }
            | Open::Table { lines, number } => {
                let text = lines.join("\n");
                let text = text.trim_matches('\n').trim_end();
                self.out
                    .push(Block::new(BlockKind::Code, text, number), self.is_apart);
                self.is_apart = false;
            }
        }
    }

    fn text_block(&mut self, kind: BlockKind, text: String, number: u32) {
        let (text, marks, is_picture) = inline::parse(text);
        let kind = if is_picture && kind == BlockKind::Paragraph {
            BlockKind::Caption
        } else {
            kind
        };
        self.out.push(
            Block {
                marks,
                ..Block::new(kind, text, number)
            },
            self.is_apart,
        );
        self.is_apart = false;
    }
}

/// Whether all of a block is strong: a heading, to those who have no other.
pub(super) fn is_all_strong(block: &Block) -> bool {
    matches!(block.marks.as_slice(), [(range, Mark::Strong)] if *range == (0..block.text.len()))
}

/// What begins an item of a list, with the text after the bullet, or the number.
enum Item<'a> {
    Bullet(&'a str),
    Number(u32),
}

fn item(text: &str) -> Option<Item<'_>> {
    if let Some(rest) = text.strip_prefix(['-', '*', '+', '•']) {
        let rest = rest.strip_prefix([' ', '\t'])?;
        return Some(Item::Bullet(letters::trim(rest)));
    }
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    let is_item = matches!(text.as_bytes().get(digits..digits + 2), Some(b". " | b") "));
    if is_item {
        text[..digits].parse().ok().map(Item::Number)
    } else {
        None
    }
}

/// Level and text of a heading.
fn heading(text: &str) -> Option<(u8, &str)> {
    let rest = text.trim_start_matches('#');
    let level = u8::try_from(text.len() - rest.len())
        .ok()
        .filter(|level| (1..=6).contains(level))?;
    let rest = letters::trim(rest.strip_prefix([' ', '\t'])?);
    let bare = rest.trim_end_matches('#');
    let is_closed = bare.len() < rest.len() && bare.ends_with(' ');
    Some((level, if is_closed { letters::trim(bare) } else { rest }))
}

/// The character and length of a fence.
fn fence(text: &str) -> Option<(u8, usize)> {
    let mark = *text.as_bytes().first()?;
    let length = text.bytes().take_while(|&b| b == mark).count();
    let is_fence = (mark == b'~' || mark == b'`' && !text[length..].contains('`')) && length >= 3;
    is_fence.then_some((mark, length))
}

/// Columns of white space at the start of a line.
fn indent(raw: &str) -> usize {
    let mut columns = 0;
    for b in raw.bytes() {
        match b {
            b' ' => columns += 1,
            b'\t' => columns = columns / 4 * 4 + 4,
            _ => break,
        }
    }
    columns
}

/// The line without up to so many columns of its indent.
fn unindented(raw: &str, most: usize) -> &str {
    let mut columns = 0;
    for (i, b) in raw.bytes().enumerate() {
        let next = match b {
            b' ' => columns + 1,
            b'\t' => columns / 4 * 4 + 4,
            _ => return &raw[i..],
        };
        if next > most {
            return &raw[i..];
        }
        columns = next;
    }
    ""
}

#[cfg(test)]
mod tests;
