//! The mouse: the wheel scrolls what is under it, a click chooses.

use ratatui::layout::Rect;

use super::effect::Effect;
use super::event::{Asked, Mouse, MouseKind};
use super::noting::note_area;
use super::overlay::Overlay;
use super::overlay::hints::Purpose;
use super::pane::reader::Reader;
use super::{App, Pane};
use crate::action::Action;
use crate::model::document::Position;

/// Rows that a turn of the wheel scrolls.
const WHEEL: u32 = 3;

impl App {
    pub(super) fn on_mouse(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        self.look_back(effects);
        match mouse.kind {
            MouseKind::WheelDown | MouseKind::WheelUp => self.wheel(mouse),
            MouseKind::Click => self.click(mouse, effects),
            MouseKind::Drag => self.drag(mouse),
            MouseKind::Release => self.pressed = None,
        }
        self.look_on();
    }

    fn wheel(&mut self, mouse: Mouse) {
        let action = if mouse.kind == MouseKind::WheelDown {
            Action::Down
        } else {
            Action::Up
        };
        let asked = Asked {
            action,
            count: Some(WHEEL),
        };
        if let Some(Overlay::Help(help)) = &mut self.overlay {
            help.act(asked);
            return;
        }
        if let Some(Overlay::Search(search)) = &mut self.overlay {
            search.moves(action, WHEEL as usize);
            return;
        }
        if let Some(Overlay::Note(note)) = &mut self.overlay {
            note.moves(action, WHEEL as usize);
            return;
        }
        let in_contents = self.areas().in_contents(mouse.column, mouse.row);
        match (self.focus, &mut self.reader) {
            (Pane::Library, _) => _ = self.library.act(asked),
            (Pane::Bookmarks, _) => _ = self.bookmarks.act(asked),
            (Pane::Contents | Pane::Text, Some(reader)) if in_contents => {
                self.contents.act(asked, &reader.outline);
            }
            (Pane::Contents | Pane::Text, Some(reader)) if mouse.kind == MouseKind::WheelDown => {
                reader.down(WHEEL as usize);
            }
            (Pane::Contents | Pane::Text, Some(reader)) => reader.up(WHEEL as usize),
            (Pane::Contents | Pane::Text, None) => {}
        }
    }

    /// Selects the words from where the button went down to here; over the edge of the text it scrolls.
    fn drag(&mut self, mouse: Mouse) {
        let column = self.areas().column;
        let (Some(from), Some(reader)) = (self.pressed, &mut self.reader) else {
            return;
        };
        if mouse.row < column.y {
            reader.up(1);
        } else if mouse.row >= column.bottom() {
            reader.down(1);
        }
        if let Some(to) = place_at(reader, column, mouse) {
            reader.select_between(from, to);
        }
    }

    fn click(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        match self.overlay.take() {
            Some(Overlay::Search(search)) => return self.click_in_search(mouse, search, effects),
            Some(Overlay::Note(mut note)) => {
                // beside it nothing happens: what is written is not to be closed by a slip
                note.point_at(note_area(self.size), mouse.column, mouse.row);
                self.overlay = Some(Overlay::Note(note));
                return;
            }
            Some(_) => return,
            None => {}
        }
        let areas = self.areas();
        match self.focus {
            Pane::Library => {
                if self.library.choose_at(areas.body, mouse.row) {
                    self.open_chosen(effects);
                }
            }
            Pane::Bookmarks => {
                if self.bookmarks.choose_at(areas.body, mouse.row) {
                    self.open_bookmark(effects);
                }
            }
            Pane::Contents | Pane::Text => match (areas.contents, &mut self.reader) {
                (Some(area), Some(reader)) if areas.in_contents(mouse.column, mouse.row) => {
                    let is_row = self.contents.choose_at(area, mouse.row, &reader.outline);
                    if let Some(section) = self.contents.chosen().filter(|_| is_row) {
                        reader.go_to_section(section);
                    }
                    self.focus = Pane::Contents;
                }
                (_, Some(reader)) => {
                    self.pressed = place_at(reader, areas.column, mouse);
                    reader.leave_selection();
                    if let Some(row) = mouse.row.checked_sub(areas.column.y) {
                        reader.point_at_row(usize::from(row));
                        let column = mouse.column.checked_sub(areas.column.x);
                        let link = column.and_then(|column| reader.link_at(row, column));
                        // a first click chooses a link, a second one follows it
                        let chosen = reader.link_here().map(|link| link.number);
                        match link {
                            Some(number) if chosen == Some(number) => {
                                self.use_link(number, Purpose::Follow, effects);
                            }
                            Some(number) => _ = reader.choose_link(number),
                            None => _ = reader.leave_link(),
                        }
                    }
                    self.focus = Pane::Text;
                }
                (_, None) => {}
            },
        }
    }
}

/// The place in the text at the cell of the mouse, or the nearest one.
fn place_at(reader: &Reader, column: Rect, mouse: Mouse) -> Option<Position> {
    let row = mouse
        .row
        .max(column.y)
        .min(column.bottom().saturating_sub(1))
        - column.y;
    reader.position_at_cell(row, mouse.column.saturating_sub(column.x))
}
