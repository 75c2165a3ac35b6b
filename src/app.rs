//! The program's state: `update` alone changes it, `draw` shows it. Neither touches a disk, a clock or a terminal.

pub mod areas;
pub mod effect;
pub mod event;
pub mod text;

mod act;
mod correcting;
mod draw;
mod find;
mod history;
mod keeping;
mod keys;
mod line_edit;
mod links;
mod list;
mod mouse;
mod navigate;
mod noting;
mod opening;
mod overlay;
mod paint;
mod pane;
mod prompting;
mod query_line;
mod rereading;
mod saving;
mod searching;
mod selecting;
mod text_edit;
mod view;

use std::path::PathBuf;

use ratatui::layout::Size;

use crate::config::Config;
use crate::config::glyphs::Glyphs;
use crate::config::keymap::{Code, Key, Place};
use crate::config::theme::{Background, Depth, Theme, ThemeName};
use crate::model::article::Kind;
use crate::model::document::Position;
use crate::model::query::Clock;
use effect::Effect;
use event::Event;
use history::History;
use keys::{Outcome, Pending};
use links::Trail;
use noting::Drafts;
use overlay::Overlay;
use overlay::confirm::Confirm;
use overlay::search::Search;
pub use paint::Look;
use pane::bookmarks::BookmarksPane;
use pane::contents::Contents;
use pane::library::LibraryPane;
use pane::reader::Reader;
use searching::Landing;
use view::View;

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
    /// How far the reader's time is before UTC, in seconds.
    pub offset: i32,
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
    /// What is told after the notice on the screen.
    next_notice: Option<Notice>,
    history: History,
    drafts: Drafts,
    /// The article that is being opened.
    opening: Option<PathBuf>,
    /// The open article, while it is read again because it has changed.
    rereading: Option<PathBuf>,
    /// Whether the articles of the library have been asked for.
    is_scan_asked: bool,
    /// Whether passages that were kept long ago have been asked for.
    is_old_asked: bool,
    /// Keys that wait until all of a long article is here.
    held: Vec<Key>,
    /// The search of the library that was closed last.
    found: Option<Box<Search>>,
    /// The number of the last question to the library.
    serial: u64,
    /// Where to go in the article that is being opened.
    landing: Option<Landing>,
    /// A letter for all articles that is being looked for among the bookmarks of the library.
    wanted_letter: Option<char>,
    trail: Trail,
    /// As what the reader highlighted last.
    last_kind: Option<Kind>,
    /// Where the mouse was pressed in the text.
    pressed: Option<Position>,
    now: i64,
    offset: i32,
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
            offset,
            background,
            depth,
        } = setup;
        let theme = config.theme;
        let look = Look {
            theme: Theme::of(theme, background, depth),
            glyphs: Glyphs::of(config.ascii),
            kinds: config.kinds.clone(),
        };
        let mut app = Self {
            view: View::new(&config),
            library: LibraryPane::new(&config, Clock { now, offset }),
            config,
            theme,
            background,
            depth,
            bookmarks: BookmarksPane::new(look.kinds.clone()),
            look,
            size,
            focus: Pane::Library,
            contents: Contents::default(),
            reader: None,
            overlay: None,
            pending: Pending::default(),
            notice: None,
            next_notice: None,
            history: History::default(),
            drafts: Drafts::default(),
            opening: None,
            rereading: None,
            is_scan_asked: false,
            is_old_asked: false,
            held: Vec::new(),
            found: None,
            serial: 0,
            landing: None,
            wanted_letter: None,
            trail: Trail::default(),
            last_kind: Kind::new(1),
            pressed: None,
            now,
            offset,
        };
        let effects = app.begin(start, &mistakes);
        (app, effects)
    }

    fn begin(&mut self, start: Start, mistakes: &[String]) -> Vec<Effect> {
        self.set_areas();
        self.warn_of(mistakes, "; `liseuse config check` tells them");
        let mut effects = Vec::new();
        if let Start::Article(path) = start {
            self.opening = Some(path.clone());
            // keys that come before the text are not for the library behind it
            self.focus = Pane::Text;
            effects.push(Effect::Open(path, None));
        } else {
            self.scan(&mut effects);
        }
        if self.view.mouse {
            effects.push(Effect::Mouse(true));
        }
        effects
    }

    /// Takes what happened; what it asks of the world. `now` is in milliseconds since 1970 and never runs backwards.
    pub fn update(&mut self, event: Event, now: i64) -> Vec<Effect> {
        self.now = now;
        self.set_clock();
        let mut effects = Vec::new();
        match event {
            Event::Key(key) => self.on_key(key, &mut effects),
            Event::Pasted(text) => self.on_paste(&text, &mut effects),
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
            Event::Found(articles) => self.on_found(articles, &mut effects),
            Event::Gone(paths) => self.library.remove(&paths),
            Event::Reading { done, all, rate } => self.library.reading = Some((done, all, rate)),
            Event::Scanned(left_out) => self.on_scanned(&left_out, &mut effects),
            Event::Opened(opened) => self.on_opened(*opened, &mut effects),
            Event::Saved(change, states) => self.on_saved(&change, &states, &mut effects),
            Event::NotSaved(change, why) => self.on_not_saved(&change, why),
            Event::Edited(edited) => self.on_edited(edited, &mut effects),
            Event::StatesChanged(states) => self.set_states(&states, &mut effects),
            Event::Results(results) => self.on_results(results),
            Event::Renamed(articles) => self.on_renamed(&articles),
            Event::Resurfaced(old) => self.library.set_old(old),
            Event::Bookmarks(all) => self.on_bookmarks(all, &mut effects),
            Event::Failed(what) => {
                self.opening = None;
                self.rereading = None;
                self.landing = None;
                self.held.clear();
                self.scan(&mut effects);
                if self.reader.is_none() {
                    self.focus = Pane::Library;
                }
                self.warn(what);
            }
            Event::Told(what) => self.tell(what),
            Event::Linked { from, to, anchor } => self.on_linked(from, (to, anchor), &mut effects),
        }
        effects
    }

    fn on_scanned(&mut self, left_out: &[String], effects: &mut Vec<Effect>) {
        self.library.is_scanning = false;
        self.library.reading = None;
        let before = self.notice.take();
        self.warn_of(left_out, "");
        if before.is_some() {
            // the answer to what the reader did stays until the next key
            self.next_notice = std::mem::replace(&mut self.notice, before);
        }
        self.search_again(effects);
        if self.config.resurface > 0 && !std::mem::replace(&mut self.is_old_asked, true) {
            effects.push(Effect::Resurface(self.config.resurface));
        }
    }

    fn set_clock(&mut self) {
        let clock = Clock {
            now: self.now,
            offset: self.offset,
        };
        self.library.set_clock(clock);
        self.bookmarks.set_clock(clock);
    }

    /// Whether an article is awaited and there is no other to show until it comes.
    pub fn is_opening(&self) -> bool {
        self.opening.is_some() && self.reader.is_none()
    }

    /// Whether the list of articles is shown and the first of them are still to come.
    pub fn is_listing(&self) -> bool {
        self.focus == Pane::Library && self.library.is_scanning && self.library.len() == 0
    }

    /// When [`Event::Due`] is wanted; `None` as long as nothing is waited for.
    pub fn due(&self) -> Option<i64> {
        let reader = self.reader.as_ref().filter(|_| self.is_reading());
        let reading = reader.and_then(|r| r.due(self.seen_after()));
        self.pending.due().into_iter().chain(reading).min()
    }

    fn on_key(&mut self, key: Key, effects: &mut Vec<Effect>) {
        if self.must_wait(key) {
            self.held.push(key);
            return;
        }
        self.notice = self.next_notice.take();
        self.look_back(effects);
        if let Some(overlay) = self.overlay.take() {
            self.overlay_key(overlay, key, effects);
        } else if key.code == Code::Esc && self.pending.is_waiting() {
            self.pending.clear();
        } else {
            let place = self.place();
            match self
                .pending
                .press(key, self.now, place, &self.config.keymap)
            {
                Outcome::Asked(asked) => self.act(asked, effects),
                Outcome::Letter(letter, c) => self.letter(letter, c, effects),
                Outcome::Waiting | Outcome::Nothing => {}
            }
        }
        self.look_on();
    }

    fn on_paste(&mut self, text: &str, effects: &mut Vec<Effect>) {
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => palette.paste(text),
            Some(Overlay::Prompt(prompt)) => {
                prompt.line.paste(text);
                self.prompt_changed();
            }
            Some(Overlay::Note(note)) => note.paste(text),
            Some(Overlay::Search(search)) => {
                search.line.paste(text);
                self.search_typed(effects);
            }
            Some(Overlay::Links(links)) => {
                if let Some(reader) = &self.reader {
                    links.paste(text, &reader.document);
                }
            }
            Some(
                Overlay::Help(_)
                | Overlay::Confirm(_)
                | Overlay::Browse(_)
                | Overlay::Hints(_)
                | Overlay::Difference(_)
                | Overlay::Settle(_),
            )
            | None => {}
        }
    }

    fn on_due(&mut self, effects: &mut Vec<Effect>) {
        if let Some(asked) = self.pending.lone_digit(self.now) {
            self.act(asked, effects);
        }
        self.look_back(effects);
        let change = self.reader.as_mut().and_then(|r| r.place_to_save(self.now));
        if let Some(change) = change {
            effects.extend(self.history.save(change, history::Why::Unasked));
        }
    }

    /// Has the library scanned, once: at the start, or when the article that was asked for is there.
    fn scan(&mut self, effects: &mut Vec<Effect>) {
        if !std::mem::replace(&mut self.is_scan_asked, true) {
            effects.push(Effect::Scan);
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

    /// Warns of the first of several things, and tells how many more there are.
    fn warn_of(&mut self, what: &[String], where_to_find_the_others: &str) {
        let Some((first, more)) = what.split_first() else {
            return;
        };
        let others = match more.len() {
            0 => String::new(),
            n => format!(" (and {n} more{where_to_find_the_others})"),
        };
        self.warn(format!("{first}{others}"));
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
