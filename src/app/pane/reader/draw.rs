//! How the text is drawn.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::Reader;
use crate::app::areas::MARGIN;
use crate::app::paint::{Look, minutes, put, shortened};
use crate::layout::{Line, wrap};
use crate::model::document::{BlockKind, Mark, Position};

/// A stretch of a block that is drawn otherwise.
type Styled = (Range<usize>, Style);

impl Reader {
    /// Draws the text into its column and the signs beside it.
    pub fn draw(&self, buffer: &mut Buffer, column: Rect, look: &Look) {
        let mut block = usize::MAX;
        let mut styled = Vec::new();
        for (row, line) in (column.y..column.bottom()).zip(&self.lines) {
            if line.block != block {
                block = line.block;
                styled = self.styled(block, look);
            }
            self.draw_signs(buffer, (column.x, row), line, look);
            self.draw_line(buffer, (column.x, row), line, (&styled, look));
        }
    }

    /// The left part of the status line: where in the article this is.
    pub fn status_left(&self) -> String {
        let section = self
            .section()
            .map_or("", |s| self.outline.sections[s].title.as_str());
        if section.is_empty() {
            self.article.title.clone()
        } else {
            section.to_owned()
        }
    }

    /// The right part of the status line, as long as there is room for.
    pub fn status_right(&self, room: u16, separator: &str) -> String {
        let (section, article) = self.minutes_left();
        let percent = self.thousandths() / 10;
        let hits = self.search.as_ref().and_then(super::Search::count);
        let mut parts: Vec<String> = hits.into_iter().collect();
        if room >= 70 && section > 0.0 && section < article {
            parts.push(format!("section {}", minutes(whole(section))));
        }
        if room >= 34 {
            let is_end = article <= 0.0;
            parts.push(if is_end {
                "end".to_owned()
            } else {
                format!("{} left", minutes(whole(article)))
            });
        }
        parts.push(format!("{percent} %"));
        parts.join(separator)
    }

    fn draw_signs(&self, buffer: &mut Buffer, (x, y): (u16, u16), line: &Line, look: &Look) {
        let room = x.min(MARGIN);
        if line.bytes.is_empty() {
            return;
        }
        let here = |p: &&super::Placed| p.range.start < line.end() && line.start() < p.range.end;
        let placed = self.placed.iter().find(here);
        if line.block == self.bar && room >= 2 {
            put(buffer, (x - 2, y), 1, look.glyphs.bar, look.theme.rule);
        }
        let Some(placed) = placed else { return };
        let letter = self
            .state
            .bookmarks
            .get(placed.bookmark)
            .and_then(|b| b.letter);
        let first = line.start() <= placed.range.start;
        let at = if room >= 3 {
            x - 3
        } else {
            x.saturating_sub(1)
        };
        match letter {
            _ if !first || room == 0 => {}
            Some(letter) => {
                put(
                    buffer,
                    (at, y),
                    1,
                    letter.encode_utf8(&mut [0; 4]),
                    look.sign(),
                );
            }
            None => {
                put(buffer, (at, y), 1, look.glyphs.bookmark, look.sign());
            }
        }
    }

    fn draw_line(
        &self,
        buffer: &mut Buffer,
        (x, y): (u16, u16),
        line: &Line,
        how: (&[Styled], &Look),
    ) {
        let (styled, look) = how;
        let block = &self.document.blocks()[line.block];
        let base = base_style(block.kind, look);
        let x = x + line.indent;
        if block.kind == BlockKind::Quote && line.indent >= 2 {
            put(buffer, (x - 2, y), 1, look.glyphs.divider, look.theme.rule);
        }
        let shown = &block.text[line.bytes.clone()];
        if styled.is_empty() && !shown.contains('\t') {
            put(buffer, (x, y), u16::MAX, shown, base);
            return;
        }
        let mut run = (line.bytes.start..line.bytes.start, 0, base);
        for cell in wrap::cells(&block.text, line.bytes.clone()) {
            let style = styled
                .iter()
                .filter(|(r, _)| r.contains(&cell.bytes.start))
                .fold(base, |s, (_, o)| s.patch(*o));
            let is_tab = &block.text[cell.bytes.clone()] == "\t";
            if style != run.2 || is_tab {
                put(
                    buffer,
                    (x + run.1, y),
                    u16::MAX,
                    &block.text[run.0.clone()],
                    run.2,
                );
                let start = if is_tab {
                    cell.bytes.end
                } else {
                    cell.bytes.start
                };
                let column = if is_tab {
                    cell.column + cell.width
                } else {
                    cell.column
                };
                run = (start..start, column, style);
            }
            run.0.end = cell.bytes.end;
        }
        put(buffer, (x + run.1, y), u16::MAX, &block.text[run.0], run.2);
    }

    /// The stretches of a block that are drawn otherwise, later ones over earlier ones.
    fn styled(&self, block: usize, look: &Look) -> Vec<Styled> {
        let Some(b) = self.document.blocks().get(block) else {
            return Vec::new();
        };
        let mut styled: Vec<Styled> = b
            .marks
            .iter()
            .map(|(r, mark)| (r.clone(), mark_style(mark, look)))
            .collect();
        for placed in self
            .placed
            .iter()
            .filter(|p| p.range.start.block <= block && block <= p.range.end.block)
        {
            let letter = self
                .state
                .bookmarks
                .get(placed.bookmark)
                .is_some_and(|b| b.letter.is_some());
            let start = if placed.range.start.block < block {
                0
            } else {
                placed.range.start.offset
            };
            let end = if placed.range.end.block > block {
                b.text.len()
            } else {
                placed.range.end.offset
            };
            if !letter {
                styled.push((start..end, look.theme.bookmark));
            }
        }
        if let Some(search) = &self.search {
            for hit in search.pattern.find_in(&b.text) {
                let at = Position {
                    block,
                    offset: hit.start,
                };
                let style = if search.current == Some(at) {
                    look.theme.current_hit
                } else {
                    look.theme.hit
                };
                styled.push((hit, style));
            }
        }
        styled
    }
}

/// Minutes as a whole number, rounded up: what is left is never called nothing before the end.
pub fn whole(minutes: f32) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and is never negative"
    )]
    let whole = minutes.ceil().max(0.0) as u32;
    whole
}

/// The status line under the text.
pub fn status(buffer: &mut Buffer, area: Rect, (left, right): (&str, &str), look: &Look) {
    let right_width = wrap::width(right);
    let room = area.width.saturating_sub(right_width + 5);
    let left = shortened(left, room, look.glyphs.ellipsis);
    put(buffer, (area.x + 2, area.y), room, &left, look.theme.status);
    let x = area.right().saturating_sub(right_width + 2);
    put(buffer, (x, area.y), right_width, right, look.theme.status);
}

fn base_style(kind: BlockKind, look: &Look) -> Style {
    let theme = &look.theme;
    match kind {
        BlockKind::Title => theme.title,
        BlockKind::Heading(1) => theme.heading,
        BlockKind::Heading(_) => theme.heading.remove_modifier(Modifier::UNDERLINED),
        BlockKind::Paragraph
        | BlockKind::ListItem(_)
        | BlockKind::Verse
        | BlockKind::TableRow
        | BlockKind::Footnote => theme.text,
        BlockKind::Quote => theme.quote,
        BlockKind::Code => theme.code,
        BlockKind::Byline => theme.byline,
        BlockKind::Caption | BlockKind::Image | BlockKind::Rule => theme.dim,
        BlockKind::Noise => theme.noise,
    }
}

fn mark_style(mark: &Mark, look: &Look) -> Style {
    match mark {
        Mark::Emphasis => look.theme.emphasis,
        Mark::Strong => look.theme.strong,
        Mark::Code => look.theme.code,
        Mark::Strikethrough => Style::new().add_modifier(Modifier::CROSSED_OUT),
        Mark::Link(_) | Mark::Image(_) => Style::new().add_modifier(Modifier::UNDERLINED),
    }
}
