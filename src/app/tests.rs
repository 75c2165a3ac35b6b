//! The program driven by keys: what it asks of the world is answered as the library would, and the screen is read.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

use super::effect::Effect;
use super::event::{Event, Extent, Opened};
use super::{App, Setup, Start};
use crate::config::Config;
use crate::config::keymap::{Code, Key};
use crate::config::theme::{Background, Depth, ThemeName};
use crate::formats::{Format, parse};
use crate::model::article::{Article, ArticleId, Bookmark, Kept, Status};
use crate::model::correction::{apply, find_all};
use crate::model::document::Document;
use crate::model::edition::{Changes, Texts, hash};
use crate::model::outline::Outline;
use crate::model::state::{Change, Fact, State};

mod bookmarks;
mod changes;
mod corrections;
mod library;
mod links;
mod notes;
mod passages;
mod query;
mod saving;
mod screen;
mod search;
mod text;

/// The program with a library in memory.
struct Session {
    app: App,
    size: Size,
    now: i64,
    files: BTreeMap<PathBuf, String>,
    states: BTreeMap<ArticleId, State>,
    /// The texts that were kept of each article.
    copies: BTreeMap<ArticleId, Texts>,
    /// Everything that was asked of the world.
    asked: Vec<Effect>,
    disk_is_full: bool,
}

const SHORT: &str = "The Lamp

By Ida Holm

A lamp stood on the table and nobody had lit it for a long while, or so it seemed to those who came.

It was one of those lamps that are handed on with a house, and nobody asks from whom they were at first.

The Wick

It was dry and as old as the house, and the house was older than the road that led to it from the sea.

Nobody would have thought that it could still take a flame, and nobody had tried since the last winter.

The Oil

Somebody had filled it all the same, on a day that nobody remembered, for a night that had not come.

So it stood there, full and dark, and those who passed it looked at it as one looks at a closed door.
";

/// An article of five sections of ten numbered paragraphs each.
fn long() -> String {
    let mut text = String::from(
        "A Long Walk\n\nThis is the story of a walk that took five days, told by those who walked it, and written \
         down by one who stayed at home and had the time to listen to all of them.\n\n",
    );
    for section in 1..=5 {
        let _ = write!(text, "Day Number {section}\n\n");
        for paragraph in 1..=10 {
            let _ = write!(
                text,
                "Paragraph {section}.{paragraph} tells of a road that went on between hedges, past a mill and two farms, \
                 until the evening came and the walkers found a place to sleep under the élan of old trees.\n\n"
            );
        }
    }
    text
}

impl Session {
    fn new(size: (u16, u16), files: &[(&str, &str)], start: Start) -> Self {
        let mut config = Config::builtin();
        config.theme = ThemeName::Plain;
        let size = Size::new(size.0, size.1);
        let setup = Setup {
            config,
            mistakes: Vec::new(),
            start,
            size,
            now: 0,
            offset: 0,
            background: Background::Dark,
            depth: Depth::Ansi,
        };
        let (app, effects) = App::new(setup);
        let files = files
            .iter()
            .map(|(path, text)| (PathBuf::from(path), (*text).to_owned()))
            .collect();
        let mut session = Self {
            app,
            size,
            now: 0,
            files,
            states: BTreeMap::new(),
            copies: BTreeMap::new(),
            asked: Vec::new(),
            disk_is_full: false,
        };
        session.answer(effects);
        session
    }

    fn library(files: &[(&str, &str)]) -> Self {
        Self::new((80, 24), files, Start::Library)
    }

    fn reading(text: &str) -> Self {
        Self::new((80, 24), &[("a.txt", text)], Start::Article("a.txt".into()))
    }

    fn article(&self, path: &Path) -> Article {
        let id = ArticleId(path.display().to_string());
        let state = self.states.get(&id).cloned().unwrap_or_default();
        let document = self.document(path);
        let folder = path
            .parent()
            .map(|p| p.display().to_string())
            .unwrap_or_default();
        Article {
            id,
            path: path.to_owned(),
            folder,
            title: document.metadata.title.clone(),
            author: document.metadata.byline.clone(),
            language: Some("en".into()),
            minutes: 2,
            modified: 0,
            status: state.status,
            bookmarks: state.bookmarks.len(),
            last_read: state.last_read,
            missing: false,
        }
    }

    /// The text of a file, as the reader corrected it.
    fn document(&self, path: &Path) -> Document {
        let is_markdown = path.extension().is_some_and(|it| it == "md");
        let format = if is_markdown {
            Format::Markdown
        } else {
            Format::Text
        };
        let mut document = parse(self.files[path].as_bytes(), format).unwrap();
        if let Some(state) = self.states.get(&ArticleId(path.display().to_string())) {
            apply(&mut document, &state.corrections);
        }
        document
    }

    fn tell(&mut self, event: Event) {
        let effects = self.app.update(event, self.now);
        self.answer(effects);
    }

    fn all_kept(&self) -> Vec<Kept> {
        let paths = self.files.keys();
        let articles = paths.map(|path| Arc::new(self.article(path)));
        let kept = articles.flat_map(|article| {
            let state = self.states.get(&article.id).cloned().unwrap_or_default();
            let bookmarks = state.bookmarks.into_iter();
            bookmarks.map(move |bookmark| (Arc::clone(&article), bookmark))
        });
        kept.collect()
    }

    fn open(&self, path: &Path, bookmark: Option<Bookmark>) -> Event {
        let article = self.article(path);
        let document = self.document(path);
        let outline = Outline::of(&document);
        let state = self.states.get(&article.id).cloned().unwrap_or_default();
        let quotes = state.bookmarks.iter().map(|it| &it.quote);
        let found = find_all(quotes, &document);
        let before = self.copies.get(&article.id).cloned().unwrap_or_default();
        let changes = match &state.edition {
            Some(edition) => Changes::of(edition, &document, before),
            None => Changes::none(&document),
        };
        Event::Opened(Box::new(Opened {
            found,
            changes,
            article,
            document,
            outline,
            state,
            bookmark,
            extent: Extent::Whole,
        }))
    }

    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.asked.push(effect.clone());
            let event = match effect {
                Effect::Open(path, bookmark) => self.open(&path, bookmark),
                Effect::Scan => {
                    let paths: Vec<PathBuf> = self.files.keys().cloned().collect();
                    let found = paths.iter().map(|p| self.article(p)).collect();
                    self.tell(Event::Found(found));
                    Event::Scanned(Vec::new())
                }
                Effect::Save(change) if self.disk_is_full => {
                    Event::NotSaved(change, "not saved: the disk is full".to_owned())
                }
                Effect::Save(change) => {
                    let saved = self.save(change);
                    let paths: Vec<PathBuf> = self.files.keys().cloned().collect();
                    let articles = paths.iter().map(|p| self.article(p)).collect();
                    self.tell(Event::Renamed(articles));
                    saved
                }
                Effect::ListBookmarks => {
                    let all = self.all_kept();
                    Event::Bookmarks(all)
                }
                Effect::Resurface(count) => {
                    let week_ago = self.now - 7 * 24 * 60 * 60 * 1000;
                    let paths: Vec<PathBuf> = self.files.keys().cloned().collect();
                    let articles = paths.iter().map(|p| Arc::new(self.article(p)));
                    let all = articles.flat_map(|a| {
                        let state = self.states.get(&a.id).cloned().unwrap_or_default();
                        state
                            .bookmarks
                            .into_iter()
                            .map(move |b| (Arc::clone(&a), b))
                    });
                    let old = all.into_iter().filter(|(_, b)| b.added <= week_ago);
                    Event::Resurfaced(old.take(usize::from(count)).collect())
                }
                Effect::KeepCopy(id, texts) => {
                    let texts = texts.into_iter().map(|text| (hash(&text), text));
                    self.copies.insert(id, texts.collect());
                    continue;
                }
                Effect::Search(..)
                | Effect::ReadJournal
                | Effect::Follow { .. }
                | Effect::Browse(_)
                | Effect::Edit(_)
                | Effect::Copy(_)
                | Effect::Mouse(_)
                | Effect::Redraw
                | Effect::Suspend
                | Effect::Quit => continue,
            };
            self.tell(event);
        }
    }

    fn save(&mut self, change: Change) -> Event {
        for (id, fact) in &change.does {
            let state = self.states.entry(id.clone()).or_default();
            match fact.clone() {
                Fact::Known { .. } => {}
                Fact::Status(status) => {
                    state.status = status;
                    if status == Status::Unread {
                        state.seen.clear();
                    }
                }
                Fact::Progress(progress) => state.progress = Some(progress),
                Fact::Seen(key, seen) => {
                    let entry = state.seen.entry(key).or_default();
                    *entry = entry.or(seen);
                }
                Fact::Bookmark(bookmark) => {
                    state.bookmarks.retain(|b| b.id != bookmark.id);
                    state.bookmarks.push(Arc::new(bookmark));
                }
                Fact::BookmarkRemoved(id) => state.bookmarks.retain(|b| b.id != id),
                Fact::Correction(correction) => {
                    state.corrections.retain(|c| c.quote != correction.quote);
                    state.corrections.push(correction);
                }
                Fact::Edition(edition) => state.edition = Some(edition),
            }
        }
        let touched = change
            .does
            .iter()
            .map(|(id, _)| (id.clone(), self.states[id].clone()));
        let states = touched.collect();
        Event::Saved(change, states)
    }

    /// Presses keys, written as in `config.toml` with a space between them. Time passes enough for nothing.
    fn press(&mut self, keys: &str) {
        for key in keys.split(' ') {
            self.now += 1;
            self.tell(Event::Key(key.parse().unwrap()));
        }
    }

    fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.tell(Event::Key(Key::plain(Code::Char(c))));
        }
    }

    /// Time passes, with the wake-ups that were asked for.
    fn wait(&mut self, ms: i64) {
        let until = self.now + ms;
        while let Some(due) = self.app.due().filter(|due| *due <= until) {
            self.now = due.max(self.now);
            self.tell(Event::Due);
            assert!(
                self.app.due() != Some(due),
                "a wake-up that changes nothing comes again and again"
            );
        }
        self.now = until;
    }

    fn resize(&mut self, width: u16, height: u16) {
        self.size = Size::new(width, height);
        self.tell(Event::Resized(self.size));
    }

    fn screen(&self) -> String {
        let mut terminal =
            Terminal::new(TestBackend::new(self.size.width, self.size.height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let rows = (0..self.size.height).map(|y| {
            let row: String = (0..self.size.width)
                .map(|x| buffer[(x, y)].symbol())
                .collect();
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<_>>().join("\n")
    }

    #[track_caller]
    fn shows(&self, words: &str) {
        let screen = self.screen();
        assert!(
            screen.contains(words),
            "not on the screen: {words}\n{screen}"
        );
    }

    #[track_caller]
    fn hides(&self, words: &str) {
        let screen = self.screen();
        assert!(!screen.contains(words), "on the screen: {words}\n{screen}");
    }

    /// The first words of the text on the screen, beside the contents if they are there.
    fn top_words(&self) -> String {
        let column = self.app.areas().column;
        let mut terminal =
            Terminal::new(TestBackend::new(self.size.width, self.size.height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let row: String = (column.x..column.right())
            .map(|x| buffer[(x, column.y)].symbol())
            .collect();
        row.trim().to_owned()
    }

    fn state(&self) -> &State {
        self.states.values().next().expect("something was saved")
    }
}
