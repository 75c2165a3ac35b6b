//! The contents: the outline beside the text, as a map of what has been read.

use std::collections::HashSet;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::reader::Reader;
use crate::action::Action;
use crate::app::event::Asked;
use crate::app::find::Pattern;
use crate::app::list::List;
use crate::app::paint::{Look, cells, put, row_style, shortened};
use crate::layout::wrap;
use crate::model::outline::{Outline, SectionKind};

/// Rows above the first section.
const HEAD: u16 = 2;

/// Which rows the contents have and which is chosen.
#[derive(Debug, Default)]
pub struct Contents {
    list: List,
    /// The sections that are shown: those not folded away and, when narrowed, those whose title holds the words.
    rows: Vec<usize>,
    folded: HashSet<usize>,
    narrowed: Option<(String, Pattern)>,
}

impl Contents {
    /// The contents of another article.
    pub fn open(&mut self, outline: &Outline) {
        self.folded.clear();
        self.narrowed = None;
        self.make_rows(outline);
        self.list.choose(0);
    }

    /// Tells where the contents are on the screen now.
    pub fn set_area(&mut self, area: Rect) {
        self.list
            .set_height(usize::from(area.height.saturating_sub(HEAD)));
    }

    /// Chooses the section being read, or the folded one that holds it.
    pub fn follow(&mut self, section: Option<usize>) {
        let Some(section) = section else { return };
        self.list.choose(
            self.rows
                .partition_point(|&row| row <= section)
                .saturating_sub(1),
        );
    }

    /// Shows only the sections whose title holds what is typed.
    pub fn narrow(&mut self, typed: &str, outline: &Outline) {
        self.narrowed = Pattern::new(typed).map(|pattern| (typed.to_owned(), pattern));
        self.list.choose(0);
        self.make_rows(outline);
    }

    /// What the contents are narrowed to.
    pub fn narrowed(&self) -> &str {
        self.narrowed.as_ref().map_or("", |(typed, _)| typed)
    }

    /// The chosen section.
    pub fn chosen(&self) -> Option<usize> {
        self.rows.get(self.list.chosen).copied()
    }

    /// Chooses the row at a row of the screen. Whether there is one.
    pub fn choose_at(&mut self, area: Rect, row: u16) -> bool {
        let Some(row) = row.checked_sub(area.y + HEAD) else {
            return false;
        };
        let row = self.list.top + usize::from(row);
        let exists = row < self.rows.len();
        if exists {
            self.list.choose(row);
        }
        exists
    }

    /// Does what only moves or folds. Whether it did something.
    pub fn act(&mut self, asked: Asked, outline: &Outline) -> bool {
        let count = asked.count.map_or(1, |c| c as usize);
        if self.list.moves(asked.action, count) {
            return true;
        }
        match asked.action {
            Action::Fold => self.fold(outline),
            Action::Unfold => {
                if let Some(section) = self.chosen() {
                    self.folded.remove(&section);
                }
            }
            Action::FoldAll => {
                self.folded = (0..outline.sections.len())
                    .filter(|&s| outline.has_children(s))
                    .collect();
            }
            Action::UnfoldAll => self.folded.clear(),
            _ => return false,
        }
        let chosen = self.chosen();
        self.make_rows(outline);
        self.follow(chosen);
        true
    }

    /// Folds the chosen section; when it has nothing to fold, the one that holds it.
    fn fold(&mut self, outline: &Outline) {
        let Some(section) = self.chosen() else { return };
        if outline.has_children(section) && !self.folded.contains(&section) {
            self.folded.insert(section);
            return;
        }
        let level = outline.sections[section].level;
        if let Some(parent) = (0..section)
            .rev()
            .find(|&s| outline.sections[s].level < level)
        {
            self.folded.insert(parent);
        }
    }

    fn make_rows(&mut self, outline: &Outline) {
        let mut hidden_under = None;
        let mut rows = Vec::new();
        for (i, section) in outline.sections.iter().enumerate() {
            if let Some((_, pattern)) = &self.narrowed {
                if pattern.is_in(&section.title) {
                    rows.push(i);
                }
                continue;
            }
            if hidden_under.is_some_and(|level| section.level > level) {
                continue;
            }
            hidden_under = self.folded.contains(&i).then_some(section.level);
            rows.push(i);
        }
        self.rows = rows;
        self.list.set_len(self.rows.len());
    }

    /// Draws the contents of what is being read. Only the focused pane shows its chosen row loudly.
    pub fn draw(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        (reader, is_focused): (&Reader, bool),
        look: &Look,
    ) {
        let area = Rect {
            width: area.width.saturating_sub(2),
            ..area
        };
        for y in area.y..area.bottom() {
            put(
                buffer,
                (area.right(), y),
                1,
                look.glyphs.divider,
                look.theme.rule,
            );
        }
        let inferred = reader
            .outline
            .sections
            .iter()
            .any(|s| s.kind == SectionKind::Stretch);
        let head = match (self.narrowed(), inferred) {
            ("", false) => "Contents".to_owned(),
            ("", true) => "Contents (inferred)".to_owned(),
            (typed, _) => format!("Contents: {typed}"),
        };
        let room = area.width.saturating_sub(2);
        put(
            buffer,
            (area.x + 2, area.y),
            room,
            &shortened(&head, room, look.glyphs.ellipsis),
            look.theme.dim,
        );
        let current = reader.section();
        for (y, row) in (area.y + HEAD..area.bottom()).zip(self.list.shown()) {
            let section = self.rows[row];
            let is_chosen = row == self.list.chosen;
            self.draw_row(
                buffer,
                Rect {
                    y,
                    height: 1,
                    ..area
                },
                (reader, section),
                look,
            );
            if is_focused && is_chosen {
                row_style(buffer, area, y, look.theme.selected);
            } else if current == Some(section) || (is_chosen && !is_focused) {
                row_style(buffer, area, y, look.theme.selected_dim);
            }
        }
        if self.rows.is_empty() {
            put(
                buffer,
                (area.x + 2, area.y + HEAD),
                room,
                "nothing here",
                look.theme.dim,
            );
        }
    }

    fn draw_row(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        (reader, index): (&Reader, usize),
        look: &Look,
    ) {
        let section = &reader.outline.sections[index];
        let seen = reader.seen_of(index);
        let (sign, style) = match (seen.is_whole(), seen.some) {
            (true, _) => (look.glyphs.seen, look.theme.seen),
            (false, true) => (look.glyphs.part_seen, look.theme.part_seen),
            (false, false) => (look.glyphs.unseen, look.theme.unseen),
        };
        put(buffer, (area.x, area.y), 2, sign, style);
        let minutes = super::reader_minutes(reader.minutes_of(index));
        let bookmarks = reader.bookmarks_in(index);
        let marks = if bookmarks > 0 {
            format!("{}{bookmarks} ", look.glyphs.bookmark)
        } else {
            String::new()
        };
        let right = wrap::width(&marks) + wrap::width(&minutes);
        let x = area.right().saturating_sub(right + 1);
        put(buffer, (x, area.y), right, &marks, look.theme.bookmark);
        put(
            buffer,
            (x + wrap::width(&marks), area.y),
            right,
            &minutes,
            look.theme.dim,
        );
        let indent = cells(usize::from(section.level.saturating_sub(1)) * 2).min(8);
        let fold = match (
            reader.outline.has_children(index),
            self.folded.contains(&index),
        ) {
            (true, true) => look.glyphs.folded,
            (true, false) => look.glyphs.unfolded,
            (false, _) => "",
        };
        let fold = if fold.is_empty() {
            String::new()
        } else {
            format!("{fold} ")
        };
        let room = area.width.saturating_sub(3 + indent + right + 1);
        let title = shortened(
            &format!("{fold}{}", section.title),
            room,
            look.glyphs.ellipsis,
        );
        let style = title_style(section.kind, look);
        put(buffer, (area.x + 2 + indent, area.y), room, &title, style);
    }
}

fn title_style(kind: SectionKind, look: &Look) -> Style {
    match kind {
        SectionKind::Heading => look.theme.text,
        SectionKind::Opening => look.theme.strong,
        SectionKind::Stretch => look.theme.dim,
    }
}
