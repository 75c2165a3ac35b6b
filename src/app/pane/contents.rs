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
/// Columns for the sign of what has been seen.
const SIGN: u16 = 3;
/// Columns for minutes and bookmarks.
const RIGHT: u16 = 7;
/// Sections are not indented further.
const MAX_INDENT: u16 = 8;
/// A title takes at most so many lines.
const MAX_LINES: usize = 2;

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

    /// The contents of the same article after its sections became others. What was folded stays folded, and what was
    /// chosen, chosen, or the section that holds it now.
    pub fn reopen(&mut self, before: &Outline, outline: &Outline) {
        let chosen = self.chosen().and_then(|i| before.sections.get(i));
        let chosen = chosen.and_then(|section| outline.section_at(section.start));
        let still = |&i: &usize| {
            let start = before.sections.get(i)?.start;
            let sections = &outline.sections;
            sections.binary_search_by_key(&start, |s| s.start).ok()
        };
        self.folded = self.folded.iter().filter_map(still).collect();
        self.make_rows(outline);
        self.follow(chosen);
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
    pub fn choose_at(&mut self, area: Rect, y: u16, outline: &Outline) -> bool {
        let rows = self.placed(area, outline);
        let found = rows
            .iter()
            .rfind(|placed| placed.y <= y && y < placed.y + placed.height());
        let Some(row) = found.map(|placed| placed.row) else {
            return false;
        };
        self.list.choose(row);
        true
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
        // either all sections are stretches or none is
        let first = reader.outline.sections.first();
        let inferred = first.is_some_and(|s| s.kind == SectionKind::Stretch);
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
        if let (Some((some, all)), "") = (reader.document.metadata.too_many, self.narrowed()) {
            // under the head, where a blank row is otherwise
            let why = format!("no headings: too many ({some} of {all})");
            let why = shortened(&why, room, look.glyphs.ellipsis);
            put(buffer, (area.x + 2, area.y + 1), room, &why, look.theme.dim);
        }
        let current = reader.section();
        for placed in self.placed(area, &reader.outline) {
            let section = self.rows[placed.row];
            let is_chosen = placed.row == self.list.chosen;
            self.draw_row(buffer, area, (reader, &placed), look);
            let style = match (
                is_focused && is_chosen,
                current == Some(section) || is_chosen,
            ) {
                (true, _) => look.theme.selected,
                (false, true) => look.theme.selected_dim,
                (false, false) => continue,
            };
            for y in placed.y..area.bottom().min(placed.y + placed.height()) {
                row_style(buffer, area, y, style);
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

    /// The rows on the screen with their titles wrapped; the chosen one is among them.
    fn placed(&self, area: Rect, outline: &Outline) -> Vec<Placed> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let height = area.height.saturating_sub(HEAD);
        let place = |row| self.place(row, area.width, outline);
        // titles of two lines push the chosen row down: as many rows go off above as it takes to bring it back
        let mut room = height;
        let mut first = self.list.chosen + 1;
        while first > self.list.top.min(self.list.chosen) {
            let Some(left) = room.checked_sub(place(first - 1).height()) else {
                break;
            };
            room = left;
            first -= 1;
        }
        let first = first
            .min(self.list.chosen)
            .max(self.list.top.min(self.list.chosen));
        let mut y = area.y + HEAD;
        let mut rows = Vec::new();
        for row in first..self.rows.len() {
            if y >= area.bottom() {
                break;
            }
            let placed = Placed { y, ..place(row) };
            y += placed.height();
            rows.push(placed);
        }
        rows
    }

    fn place(&self, row: usize, width: u16, outline: &Outline) -> Placed {
        let section = &outline.sections[self.rows[row]];
        let level = usize::from(section.level.saturating_sub(1));
        let indent = SIGN + cells(level * 2).min(MAX_INDENT);
        let room = width.saturating_sub(indent + RIGHT).max(4);
        let widths = wrap::Widths {
            first: room,
            rest: room,
        };
        let lines = wrap::paragraph(&section.title, widths, None);
        let mut title: Vec<String> = lines
            .iter()
            .take(MAX_LINES)
            .map(|l| section.title[l.clone()].to_owned())
            .collect();
        if let (Some(last), true) = (title.last_mut(), lines.len() > MAX_LINES) {
            let rest = &section.title[lines[MAX_LINES - 1].start..];
            rest.clone_into(last);
        }
        Placed {
            row,
            y: 0,
            indent,
            title,
        }
    }

    fn draw_row(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        (reader, placed): (&Reader, &Placed),
        look: &Look,
    ) {
        let index = self.rows[placed.row];
        let section = &reader.outline.sections[index];
        let seen = reader.seen_of(index);
        let (sign, style) = match (seen.is_whole(), seen.some) {
            (true, _) => (look.glyphs.seen, look.theme.seen),
            (false, true) => (look.glyphs.part_seen, look.theme.part_seen),
            (false, false) => (look.glyphs.unseen, look.theme.unseen),
        };
        put(buffer, (area.x + 1, placed.y), 1, sign, style);
        self.draw_right(
            buffer,
            Rect {
                y: placed.y,
                height: 1,
                ..area
            },
            (reader, index),
            look,
        );
        let style = title_style(section.kind, look);
        let room = area.width.saturating_sub(placed.indent + RIGHT);
        for (y, line) in (placed.y..area.bottom()).zip(&placed.title) {
            let line = shortened(line, room, look.glyphs.ellipsis);
            put(buffer, (area.x + placed.indent, y), room, &line, style);
        }
    }

    /// Minutes, bookmarks, and whether something is folded under the row.
    fn draw_right(
        &self,
        buffer: &mut Buffer,
        area: Rect,
        (reader, index): (&Reader, usize),
        look: &Look,
    ) {
        let minutes = super::reader_minutes(reader.minutes_of(index));
        let bookmarks = match reader.bookmarks_in(index) {
            0 => String::new(),
            n => format!("{}{n} ", look.glyphs.bookmark),
        };
        let folded = if self.folded.contains(&index) {
            format!("{} ", look.glyphs.folded)
        } else {
            String::new()
        };
        let parts = [
            (folded, look.theme.accent),
            (bookmarks, look.sign()),
            (minutes, look.theme.dim),
        ];
        let width: u16 = parts.iter().map(|(text, _)| wrap::width(text)).sum();
        let mut x = area.right().saturating_sub(width + 1);
        for (text, style) in parts {
            x += put(
                buffer,
                (x, area.y),
                area.right().saturating_sub(x),
                &text,
                style,
            );
        }
    }
}

/// A row and where it is on the screen.
#[derive(Debug)]
struct Placed {
    row: usize,
    y: u16,
    indent: u16,
    title: Vec<String>,
}

impl Placed {
    fn height(&self) -> u16 {
        cells(self.title.len()).max(1)
    }
}

fn title_style(kind: SectionKind, look: &Look) -> Style {
    match kind {
        SectionKind::Heading => look.theme.text,
        SectionKind::Opening => look.theme.strong,
        SectionKind::Stretch => look.theme.dim,
    }
}
