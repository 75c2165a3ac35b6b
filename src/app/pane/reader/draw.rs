//! How the text is drawn.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::Reader;
use crate::app::areas::MARGIN;
use crate::app::paint::{Look, minutes, put, shortened};
use crate::app::text::{Drawn, Styled};
use crate::layout::{Line, Shape, wrap};
use crate::model::article::Bookmark;
use crate::model::document::Position;
use crate::model::outline::in_one_line;

impl Reader {
    /// Draws the text into its column and the signs beside it.
    pub fn draw(&self, buffer: &mut Buffer, (column, pane): (Rect, Rect), look: &Look) {
        let mut drawn: Option<(usize, Drawn)> = None;
        for (row, (i, line)) in (column.y..column.bottom()).zip(self.lines.iter().enumerate()) {
            let has_sign = self.draw_signs(buffer, (column.x, row), line, look);
            if let Some(sign) = self.change_sign(i) {
                let left = column.x - pane.x;
                let away = match (left, has_sign) {
                    (5.., _) => 4,
                    (3.., false) => 3,
                    _ => 1.min(left),
                };
                put(
                    buffer,
                    (column.x - away, row),
                    away,
                    sign,
                    look.theme.accent,
                );
            }
            let of_line = drawn.take_if(|(block, _)| *block == line.block);
            let of_line = of_line.map_or_else(|| self.drawn(line.block, look), |(_, drawn)| drawn);
            of_line.draw(buffer, (column.x, row), line);
            drawn = Some((line.block, of_line));
        }
    }

    /// The left part of the status line while something is being selected.
    pub fn selection_status(&self) -> String {
        let Some(selection) = self.selection() else {
            return String::new();
        };
        let unit = selection.unit().word();
        match self.selected_words() {
            None | Some(0 | 1) => format!("selecting by {unit}"),
            Some(n) => format!("{n} words, by {unit}"),
        }
    }

    /// The left part of the status line: what is kept of the passage that was gone to, or where in the article this is.
    pub fn status_left(&self, look: &Look) -> String {
        if let Some(told) = self.chosen_passage().and_then(|it| about(it, look)) {
            return told;
        }
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

    /// Draws the bar and the signs of bookmarks. Whether there is a sign.
    fn draw_signs(
        &self,
        buffer: &mut Buffer,
        (x, y): (u16, u16),
        line: &Line,
        look: &Look,
    ) -> bool {
        let room = x.min(MARGIN);
        if line.bytes.is_empty() && line.shape == Shape::Text {
            return false;
        }
        if line.block == self.bar && room >= 2 {
            put(buffer, (x - 2, y), 1, look.glyphs.bar, look.theme.rule);
        }
        if room == 0 {
            return false;
        }
        // of several that begin here, the one that keys act on
        let begins = |placed: &&super::Placed| {
            line.start() <= placed.range.start && line.shows(&placed.range)
        };
        let bookmark = |it: &super::Placed| self.state.bookmarks.get(it.bookmark);
        let begun = self.on_screen.iter().map(|placed| &self.placed[*placed]);
        let is_chosen = |it: &&super::Placed| {
            self.passage.is_some() && bookmark(it).map(|it| &it.id) == self.passage.as_ref()
        };
        let mut begun = begun.filter(begins).peekable();
        let first = begun.peek().copied();
        let Some(bookmark) = begun.find(is_chosen).or(first).and_then(bookmark) else {
            return false;
        };
        let at = if room >= 3 { x - 3 } else { x - 1 };
        let style = look.sign();
        match bookmark.letter {
            Some(letter) => {
                let letter = letter.encode_utf8(&mut [0; 4]).to_owned();
                put(buffer, (at, y), 1, &letter, style);
            }
            None => _ = put(buffer, (at, y), 1, look.sign_of(bookmark.kind), style),
        }
        true
    }

    /// A block with what is drawn otherwise of it: bookmarks, its own marks over them, and over all what the reader is at.
    fn drawn<'a>(&'a self, block: usize, look: &'a Look) -> Drawn<'a> {
        let mut drawn = Drawn::new(self.laid_out(), block, look);
        drawn.styled.splice(0..0, self.bookmarked(block, look));
        if let Some(link) = self.link().filter(|link| link.block == block) {
            drawn.styled.push((link.bytes, look.theme.current_link));
        }
        if let Some(selection) = self.selection() {
            let range = selection.range();
            if let Some(bytes) = self.bytes_in(&range, block) {
                drawn.styled.push((bytes, look.theme.selection));
            }
        }
        if let Some(search) = &self.search {
            let text = &self.document.blocks()[block].text;
            for hit in search.pattern.find_in(text) {
                let offset = hit.start;
                let is_current = search.current == Some(Position { block, offset });
                let style = if is_current {
                    look.theme.current_hit
                } else {
                    look.theme.hit
                };
                drawn.styled.push((hit, style));
            }
        }
        drawn
    }

    /// The bookmarked stretches of a block.
    fn bookmarked(&self, block: usize, look: &Look) -> Vec<Styled> {
        let here = self.on_screen.iter().map(|placed| &self.placed[*placed]);
        let stretch = |placed: &super::Placed| {
            let bookmark = self.state.bookmarks.get(placed.bookmark)?;
            // a letter marks a place, not words
            let is_place = bookmark.letter.is_some() && bookmark.kind.is_none();
            let bytes = self.bytes_in(&placed.range, block).filter(|_| !is_place)?;
            Some((bytes, look.style_of(bookmark.kind)))
        };
        here.filter_map(stretch).collect()
    }

    /// The bytes of a block that lie in a range of the text, if any do.
    fn bytes_in(&self, range: &Range<Position>, block: usize) -> Option<Range<usize>> {
        if range.start.block > block || range.end.block < block {
            return None;
        }
        let start = match range.start {
            start if start.block < block => 0,
            start => start.offset,
        };
        let end = match range.end {
            end if end.block > block => self.document.blocks()[block].text.len(),
            end => end.offset,
        };
        Some(start..end)
    }
}

/// What is to be told of a bookmark besides its words; `None` when there is nothing.
fn about(bookmark: &Bookmark, look: &Look) -> Option<String> {
    let mut parts = Vec::new();
    parts.extend(bookmark.kind.map(|kind| look.kinds.name(kind)));
    if !bookmark.tags.is_empty() {
        parts.push(format!("#{}", bookmark.tags.join(" #")));
    }
    if !bookmark.note.is_empty() {
        parts.push(in_one_line(&bookmark.note));
    }
    (!parts.is_empty()).then(|| parts.join(&look.separator()))
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
