//! The program's state: `update` alone changes it, `draw` shows it. Neither touches a disk, a clock or a terminal.

pub mod areas;
pub mod effect;
pub mod event;

mod act;
mod draw;
mod find;
mod history;
mod keys;
mod line_edit;
mod list;
mod overlay;
mod paint;
mod pane;
mod prompting;
mod saving;

use std::path::PathBuf;

use ratatui::layout::Size;

use crate::config::Config;
use crate::config::glyphs::Glyphs;
use crate::config::keymap::{Code, Key, Place};
use crate::config::theme::{Background, Depth, Theme, ThemeName};
use crate::model::article::Bookmark;
use areas::{Areas, Shown, Status};
use effect::Effect;
use event::{Event, Mouse, MouseKind, Opened};
use history::History;
use keys::{Outcome, Pending};
use overlay::Overlay;
use overlay::confirm::Confirm;
use paint::Look;
use pane::bookmarks::{BookmarksPane, Scope};
use pane::contents::Contents;
use pane::library::LibraryPane;
use pane::reader::Reader;

/// Rows that a turn of the wheel scrolls.
const WHEEL: usize = 3;

/// With what the program starts.
#[derive(Debug)]
pub struct Setup {
    /// The settings and keys.
    pub config: Config,
    /// What is wrong in the reader's configuration, one line each.
    pub mistakes: Vec<String>,
    /// What is shown first.
    pub start: Start,
    /// The size of the screen.
    pub size: Size,
    /// Milliseconds since 1970.
    pub now: i64,
    /// The terminal's background, where it is known without asking.
    pub background: Background,
    /// How many colours the terminal has.
    pub depth: Depth,
}

/// What is shown first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// The list of articles.
    Library,
    /// One article.
    Article(PathBuf),
}

/// One line that tells the reader something.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Notice {
    text: String,
    is_warning: bool,
}

/// Which pane has the keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pane {
    Library,
    Contents,
    Text,
    Bookmarks,
}

impl Pane {
    const fn place(self) -> Place {
        match self {
            Self::Library => Place::Library,
            Self::Contents => Place::Contents,
            Self::Text => Place::Text,
            Self::Bookmarks => Place::Bookmarks,
        }
    }
}

/// What is shown besides the text, and how wide that is.
#[derive(Debug, Clone, Copy)]
struct View {
    contents: bool,
    status: bool,
    zen: bool,
    measure: u16,
    mouse: bool,
}

/// All that the program knows.
#[derive(Debug)]
pub struct App {
    config: Config,
    theme: ThemeName,
    background: Background,
    depth: Depth,
    look: Look,
    size: Size,
    view: View,
    focus: Pane,
    library: LibraryPane,
    contents: Contents,
    bookmarks: BookmarksPane,
    reader: Option<Reader>,
    overlay: Option<Overlay>,
    pending: Pending,
    notice: Option<Notice>,
    history: History,
    /// The article that is being opened.
    opening: Option<PathBuf>,
    /// A letter for all articles that is being looked for among the bookmarks of the library.
    wanted_letter: Option<char>,
    now: i64,
}

impl App {
    /// The program at its start, and what it asks for first.
    pub fn new(setup: Setup) -> (Self, Vec<Effect>) {
        let Setup {
            config,
            mistakes,
            start,
            size,
            now,
            background,
            depth,
        } = setup;
        let theme = config.theme;
        let look = Look {
            theme: Theme::of(theme, background, depth),
            glyphs: Glyphs::of(config.ascii),
        };
        let view = View {
            contents: config.contents,
            status: config.status,
            zen: false,
            measure: config.measure,
            mouse: config.mouse,
        };
        let mut app = Self {
            library: LibraryPane::new(config.sort),
            config,
            theme,
            background,
            depth,
            look,
            size,
            view,
            focus: Pane::Library,
            contents: Contents::default(),
            bookmarks: BookmarksPane::default(),
            reader: None,
            overlay: None,
            pending: Pending::default(),
            notice: None,
            history: History::default(),
            opening: None,
            wanted_letter: None,
            now,
        };
        app.set_areas();
        if let Some(first) = mistakes.first() {
            let more = mistakes.len() - 1;
            let others = if more > 0 {
                format!(" (and {more} more; `liseuse config check`)")
            } else {
                String::new()
            };
            app.warn(format!("{first}{others}"));
        }
        let mut effects = Vec::new();
        if let Start::Article(path) = start {
            app.opening = Some(path.clone());
            effects.push(Effect::Open(path, None));
        }
        effects.push(Effect::Scan);
        if app.view.mouse {
            effects.push(Effect::Mouse(true));
        }
        (app, effects)
    }

    /// Takes what happened; what it asks of the world. `now` is in milliseconds since 1970 and never runs backwards.
    pub fn update(&mut self, event: Event, now: i64) -> Vec<Effect> {
        self.now = now;
        let mut effects = Vec::new();
        match event {
            Event::Key(key) => self.on_key(key, &mut effects),
            Event::Pasted(text) => self.on_paste(&text),
            Event::Mouse(mouse) => self.on_mouse(mouse, &mut effects),
            Event::Resized(size) => {
                self.size = size;
                self.set_areas();
            }
            Event::Due => self.on_due(&mut effects),
            Event::Background(background) => {
                self.background = background;
                self.set_theme(self.theme);
            }
            Event::Resumed => effects.push(Effect::Redraw),
            Event::EndAsked => self.quit(&mut effects),
            Event::Found(articles) => self.library.add(articles),
            Event::Scanned(left_out) => {
                self.library.is_scanning = false;
                if let Some(first) = left_out.first() {
                    let more = left_out.len() - 1;
                    let others = if more > 0 {
                        format!(" (and {more} more)")
                    } else {
                        String::new()
                    };
                    self.warn(format!("{first}{others}"));
                }
            }
            Event::Opened(opened) => self.on_opened(*opened),
            Event::Saved(change, states) => self.on_saved(&change, &states, &mut effects),
            Event::NotSaved(change, why) => self.on_not_saved(&change, why),
            Event::StatesChanged(states) => self.set_states(&states, &mut effects),
            Event::Bookmarks(all) => self.on_bookmarks(all, &mut effects),
            Event::Failed(what) => {
                self.opening = None;
                self.warn(what);
            }
            Event::Told(what) => self.tell(what),
        }
        effects
    }

    /// When [`Event::Due`] is wanted; `None` as long as nothing is waited for.
    pub fn due(&self) -> Option<i64> {
        let reader = self.reader.as_ref().filter(|_| self.is_reading());
        let reading = reader.and_then(|r| r.due(self.seen_after()));
        self.pending.due().into_iter().chain(reading).min()
    }

    fn on_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        self.notice = None;
        self.look_back(effects);
        if let Some(overlay) = self.overlay.take() {
            self.overlay_key(overlay, key, effects);
        } else if key.code == Code::Esc && self.pending.is_waiting() {
            self.pending.clear();
        } else {
            match self
                .pending
                .press(key, self.now, self.focus.place(), &self.config.keymap)
            {
                Outcome::Asked(asked) => self.act(asked, effects),
                Outcome::Letter(letter, c) => self.letter(letter, c, effects),
                Outcome::Waiting | Outcome::Nothing => {}
            }
        }
        self.look_on();
    }

    fn on_paste(&mut self, text: &str) {
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => palette.paste(text),
            Some(Overlay::Prompt(prompt)) => {
                prompt.line.paste(text);
                self.prompt_changed();
            }
            Some(Overlay::Help(_) | Overlay::Confirm(_)) | None => {}
        }
    }

    fn on_mouse(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        self.look_back(effects);
        match mouse.kind {
            MouseKind::WheelDown | MouseKind::WheelUp => self.wheel(mouse),
            MouseKind::Click => self.click(mouse, effects),
        }
        self.look_on();
    }

    fn wheel(&mut self, mouse: Mouse) {
        use crate::action::Action::{Down, Up};
        let action = if mouse.kind == MouseKind::WheelDown {
            Down
        } else {
            Up
        };
        let asked = event::Asked {
            action,
            count: Some(3),
        };
        if let Some(Overlay::Help(help)) = &mut self.overlay {
            help.act(asked);
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
                reader.down(WHEEL)
            }
            (Pane::Contents | Pane::Text, Some(reader)) => reader.up(WHEEL),
            (Pane::Contents | Pane::Text, None) => {}
        }
    }

    fn click(&mut self, mouse: Mouse, effects: &mut Vec<Effect>) {
        if self.overlay.is_some() {
            self.overlay = None;
            return;
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
                    if self.contents.choose_at(area, mouse.row) {
                        if let Some(section) = self.contents.chosen() {
                            reader.to_section(section);
                        }
                    }
                    self.focus = Pane::Contents;
                }
                (_, Some(reader)) => {
                    if let Some(row) = mouse.row.checked_sub(areas.column.y) {
                        reader.point_at_row(usize::from(row));
                    }
                    self.focus = Pane::Text;
                }
                (_, None) => {}
            },
        }
    }

    fn on_due(&mut self, effects: &mut Vec<Effect>) {
        if let Some(asked) = self.pending.lone_digit(self.now) {
            self.act(asked, effects);
        }
        self.look_back(effects);
        let change = self.reader.as_mut().and_then(|r| r.place_to_save(self.now));
        effects.extend(change.map(|change| self.history.save(change, history::Why::Unasked)));
    }

    fn on_opened(&mut self, opened: Opened) {
        if self
            .opening
            .take_if(|path| *path == opened.article.path)
            .is_none()
        {
            return;
        }
        let path = opened.article.path.clone();
        let wanted = opened.bookmark.is_some();
        let column = self.areas().column;
        let reader = Reader::open(opened, column, self.now);
        self.contents.open(&reader.outline);
        let lost = reader.lost_bookmarks();
        self.reader = Some(reader);
        self.focus = Pane::Text;
        self.library.choose(&path);
        self.set_areas();
        if wanted && lost > 0 {
            self.warn("some bookmarked words are no longer in this article".to_owned());
        }
        self.follow();
    }

    fn on_bookmarks(
        &mut self,
        all: Vec<(crate::model::article::Article, Bookmark)>,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(letter) = self.wanted_letter.take() {
            let found = all
                .iter()
                .filter(|(_, b)| b.letter == Some(letter))
                .max_by_key(|(_, b)| b.added);
            match found {
                Some((article, bookmark)) => {
                    self.go_to(&article.clone(), bookmark.clone(), effects)
                }
                None => self.tell(format!("no place is marked with {letter}")),
            }
        } else if self.bookmarks.scope == Scope::Library {
            self.bookmarks.set(all);
        }
    }

    fn tell(&mut self, text: String) {
        self.notice = Some(Notice {
            text,
            is_warning: false,
        });
    }

    fn warn(&mut self, text: String) {
        self.notice = Some(Notice {
            text,
            is_warning: true,
        });
    }

    fn set_theme(&mut self, name: ThemeName) {
        self.theme = name;
        self.look.theme = Theme::of(name, self.background, self.depth);
    }

    fn seen_after(&self) -> i64 {
        i64::try_from(self.config.seen_after.as_millis()).unwrap_or(i64::MAX)
    }

    /// Whether the text is on the screen.
    fn is_reading(&self) -> bool {
        self.reader.is_some() && matches!(self.focus, Pane::Text | Pane::Contents)
    }

    fn areas(&self) -> Areas {
        let contents = self.view.contents && !self.view.zen;
        let status = self.view.status && !self.view.zen;
        Areas::new(
            self.size,
            Shown {
                contents: contents.then_some(self.contents_width()),
                status: if status {
                    Status::Shown
                } else {
                    Status::Hidden
                },
                measure: self.view.measure,
            },
        )
    }

    /// The contents take what the text leaves free on a wide screen, up to half more than usual.
    fn contents_width(&self) -> u16 {
        let usual = self.config.contents_width;
        let free = self
            .size
            .width
            .saturating_sub(self.view.measure + 2 * areas::MARGIN + 4);
        free.clamp(usual, usual + usual / 2)
    }

    /// Tells every pane where it is now. The word at the top of the text stays.
    fn set_areas(&mut self) {
        let areas = self.areas();
        self.library.set_area(areas.body);
        self.bookmarks.set_area(areas.body);
        if let Some(area) = areas.contents {
            self.contents.set_area(area);
        }
        if let Some(reader) = &mut self.reader {
            reader.set_area(areas.column);
        }
        match &mut self.overlay {
            Some(Overlay::Help(help)) => help.set_area(areas.body),
            Some(Overlay::Palette(palette)) => palette.set_area(areas.body),
            Some(Overlay::Prompt(_) | Overlay::Confirm(_)) | None => {}
        }
        if areas.contents.is_none() && self.focus == Pane::Contents {
            self.focus = Pane::Text;
        }
    }

    /// The contents choose the section being read, unless the reader is choosing there.
    fn follow(&mut self) {
        if let Some(reader) = self
            .reader
            .as_ref()
            .filter(|_| self.focus != Pane::Contents)
        {
            self.contents.follow(reader.section());
        }
    }

    fn ask(&mut self, question: String, change: crate::model::state::Change) {
        self.overlay = Some(Overlay::Confirm(Confirm { question, change }));
    }
}

#[cfg(test)]
mod tests;
