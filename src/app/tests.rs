//! The program driven by keys: what it asks of the world is answered as the library would, and the screen is read.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

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
use crate::model::article::{Article, ArticleId, Status};
use crate::model::outline::Outline;
use crate::model::state::{Change, Fact, State};

/// The program with a library in memory.
struct Session {
    app: App,
    size: Size,
    now: i64,
    files: BTreeMap<PathBuf, String>,
    states: BTreeMap<ArticleId, State>,
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
        let text = &self.files[path];
        let document = parse(text.as_bytes(), Format::Text);
        let id = ArticleId(path.display().to_string());
        let state = self.states.get(&id).cloned().unwrap_or_default();
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

    fn tell(&mut self, event: Event) {
        let effects = self.app.update(event, self.now);
        self.answer(effects);
    }

    fn answer(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.asked.push(effect.clone());
            let event = match effect {
                Effect::Open(path, bookmark) => {
                    let article = self.article(&path);
                    let document = parse(self.files[&path].as_bytes(), Format::Text);
                    let outline = Outline::of(&document);
                    let state = self.states.get(&article.id).cloned().unwrap_or_default();
                    Event::Opened(Box::new(Opened {
                        article,
                        document,
                        outline,
                        state,
                        bookmark,
                        extent: Extent::Whole,
                    }))
                }
                Effect::Scan => {
                    let paths: Vec<PathBuf> = self.files.keys().cloned().collect();
                    let found = paths.iter().map(|p| self.article(p)).collect();
                    self.tell(Event::Found(found));
                    Event::Scanned(Vec::new())
                }
                Effect::Save(change) if self.disk_is_full => {
                    Event::NotSaved(change, "not saved: the disk is full".to_owned())
                }
                Effect::Save(change) => self.save(change),
                Effect::ListBookmarks => {
                    let paths: Vec<PathBuf> = self.files.keys().cloned().collect();
                    let articles = paths.iter().map(|p| self.article(p));
                    let all = articles.flat_map(|a| {
                        let state = self.states.get(&a.id).cloned().unwrap_or_default();
                        state.bookmarks.into_iter().map(move |b| (a.clone(), b))
                    });
                    Event::Bookmarks(all.collect())
                }
                Effect::Search(..)
                | Effect::ReadJournal
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
                    state.bookmarks.push(bookmark);
                }
                Fact::BookmarkRemoved(id) => state.bookmarks.retain(|b| b.id != id),
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

#[test]
fn an_article_beside_its_contents() {
    let session = Session::new(
        (120, 30),
        &[("a.txt", SHORT)],
        Start::Article("a.txt".into()),
    );
    insta::assert_snapshot!(session.screen());
}

#[test]
fn an_article_on_a_small_screen() {
    let mut session = Session::reading(&long());
    session.resize(40, 12);
    insta::assert_snapshot!(session.screen());
}

#[test]
fn the_library_by_folder() {
    let files = [("sea/a.txt", SHORT), ("sea/b.txt", SHORT), ("c.txt", SHORT)];
    insta::assert_snapshot!(Session::library(&files).screen());
}

#[test]
fn the_help_and_the_palette() {
    let mut session = Session::reading(SHORT);
    session.press("?");
    session.shows("Go to the next section");
    session.press("/");
    session.type_text("percent");
    session.press("enter");
    session.shows("Go to a percentage");
    session.hides("Go to the next section");
    session.press("esc");
    session.hides("Keys:");
    session.press(":");
    session.type_text("nxsec");
    insta::assert_snapshot!(session.screen());
    session.press("enter");
    session.shows("The Wick");
}

#[test]
fn the_place_survives_every_resize() {
    let mut session = Session::reading(&long());
    session.press("space space j j j");
    let word = session.top_words().split(' ').next().unwrap().to_owned();
    let before = session.screen();
    for (width, height) in [(20, 5), (200, 60), (61, 7), (1, 1), (33, 20)] {
        session.resize(width, height);
        if width > 10 {
            assert!(
                session.top_words().contains(&word),
                "{width}x{height}: {}",
                session.top_words()
            );
        }
    }
    session.press("t t z z p p");
    session.resize(80, 24);
    assert_eq!(session.screen(), before);
}

#[test]
fn the_place_is_kept_when_the_article_is_opened_again() {
    let files = [("a.txt", long()), ("b.txt", SHORT.to_owned())];
    let files: Vec<_> = files.iter().map(|(a, b)| (*a, b.as_str())).collect();
    let mut session = Session::new((80, 24), &files, Start::Article("a.txt".into()));
    session.press("] ] j j j");
    let top = session.top_words();
    session.press("J");
    session.shows("The Lamp");
    session.press("K");
    assert_eq!(session.top_words(), top);
}

#[test]
fn the_place_is_written_down_soon_after_a_move_and_nothing_wakes_up_after() {
    let mut session = Session::reading(&long());
    assert_eq!(session.app.due(), None, "an open article waits for nothing");
    session.press("space");
    session.wait(10_000);
    assert!(session.state().progress.is_some());
    assert_eq!(session.app.due(), None);
}

#[test]
fn sections_are_gone_to_and_the_contents_follow() {
    let mut session = Session::reading(&long());
    session.press("2 0 j");
    session.press("]");
    assert_eq!(session.top_words(), "Day Number 2");
    session.press("[ [");
    session.press("3 ]");
    assert_eq!(session.top_words(), "Day Number 3");
    session.press("tab j enter");
    assert_eq!(session.top_words(), "Day Number 4");
}

#[test]
fn counts_percents_and_lone_digits() {
    let mut session = Session::reading(&long());
    session.press("5 0 %");
    session.shows("50 %");
    session.press("g g 1");
    session.shows("A Long Walk");
    session.wait(600);
    session.shows("1 article");
    session.press("3");
    session.wait(600);
    session.shows("Day Number 1");
    session.press("5 j");
    let five = session.top_words();
    session.press("g g j j j j j");
    assert_eq!(session.top_words(), five);
}

#[test]
fn jumps_are_gone_back_and_forward() {
    let mut session = Session::reading(&long());
    session.press("j j");
    let start = session.top_words();
    session.press("G");
    let end = session.top_words();
    session.press("ctrl-o");
    assert_eq!(session.top_words(), start);
    session.press(">");
    assert_eq!(session.top_words(), end);
    session.press("' '");
    assert_eq!(session.top_words(), start);
    session.press("' '");
    assert_eq!(session.top_words(), end);
}

#[test]
fn words_are_looked_for_without_case_and_accents() {
    let mut session = Session::reading(&long());
    session.press("/");
    session.type_text("ELAN".to_lowercase().as_str());
    session.press("enter");
    session.shows("1/50");
    session.press("n n");
    session.shows("3/50");
    session.press("N");
    session.shows("2/50");
    session.press("esc");
    session.hides("2/50");
    session.press("/");
    session.type_text("Elan");
    session.press("enter");
    session.shows("not in this article");
}

#[test]
fn a_search_that_is_given_up_leaves_the_place() {
    let mut session = Session::reading(&long());
    session.press("space");
    let before = session.screen();
    session.press("/");
    session.type_text("Paragraph 5.10");
    session.shows("5.10");
    session.press("esc");
    assert_eq!(session.screen(), before);
}

#[test]
fn a_full_disk_is_told_of_once_and_what_was_read_meanwhile_is_saved_when_there_is_room() {
    let mut session = Session::reading(&long());
    session.disk_is_full = true;
    session.press("j");
    session.wait(3000);
    session.shows("not saved: the disk is full");
    for _ in 0..3 {
        session.press("space");
        session.wait(3000);
        session.hides("not saved");
    }
    session.press("B");
    session.shows("not saved: the disk is full");
    assert!(session.states.is_empty());
    session.disk_is_full = false;
    session.press("k");
    session.wait(3000);
    let state = session.state();
    assert!(state.progress.is_some());
    assert!(state.seen.values().all(|seen| seen.some));
    assert!(!state.seen.is_empty(), "{state:?}");
}

#[test]
fn a_bookmark_is_told_of_only_when_it_is_saved() {
    let mut session = Session::reading(SHORT);
    session.press("}");
    session.disk_is_full = true;
    session.press("B");
    session.shows("not saved: the disk is full");
    session.hides("◆");
    session.disk_is_full = false;
    session.press("B");
    session.shows("bookmarked “");
    session.shows("◆");
    session.press("U");
    session.shows("taken back: bookmarked");
    session.hides("◆");
    session.press("ctrl-r");
    session.shows("done again: bookmarked");
    session.press("B");
    session.shows("removed the bookmark");
    assert_eq!(session.state().bookmarks, []);
}

#[test]
fn a_letter_marks_a_place_and_leads_back() {
    let mut session = Session::reading(&long());
    session.press("] m a G");
    session.press("' a");
    session.shows("Day Number 1");
    session.press("m a");
    assert_eq!(
        session.state().bookmarks.len(),
        1,
        "a letter marks one place"
    );
    session.press("' q");
    session.shows("no place is marked with q");
}

#[test]
fn the_bookmarks_pane_lists_notes_and_goes_to_the_words() {
    let mut session = Session::reading(&long());
    session.press("] ] } B g g M");
    session.shows("1 bookmark of this article");
    session.press("a");
    session.type_text("to keep");
    session.press("enter");
    session.shows("note: to keep");
    session.press("enter");
    session.shows("Paragraph 2.1");
    session.press("M d");
    session.shows("removed the bookmark");
    session.shows("none yet");
    session.press("U");
    session.shows("note: to keep");
}

#[test]
fn an_article_is_begun_when_a_section_was_seen_and_read_at_its_end() {
    let mut session = Session::reading(&long());
    session.wait(5000);
    assert!(session.states.is_empty(), "opening is not reading");
    session.press("space");
    session.wait(5000);
    assert!(matches!(session.state().status, Status::Begun(_)));
    session.press("G");
    session.wait(5000);
    assert_eq!(session.state().status, Status::Read);
    session.shows("read “A Long Walk” to its end");
    session.press("U");
    assert!(matches!(session.state().status, Status::Begun(_)));
}

#[test]
fn pages_that_are_leafed_through_are_not_seen() {
    let mut session = Session::reading(&long());
    session.press("space space space");
    session.now += 100;
    session.press("g g");
    assert!(session.states.values().all(|s| s.seen.is_empty()));
}

#[test]
fn the_library_is_filtered_sorted_and_marked() {
    let other = SHORT.replace("The Lamp", "A Candle");
    let files = [("a.txt", SHORT), ("b.txt", other.as_str())];
    let mut session = Session::library(&files);
    session.press("/");
    session.type_text("candle");
    session.hides("The Lamp");
    session.press("enter r");
    session.shows("marked read “A Candle”");
    session.press("esc");
    session.shows("The Lamp");
    session.press("s");
    session.shows("by title");
    session.press("R");
    session.shows("mark 1 article read?");
    session.press("y");
    session.shows("0 unread");
    session.press("U");
    session.shows("1 unread");
}

#[test]
fn q_closes_the_innermost_and_quits_only_at_the_outermost() {
    let files = [("a.txt", SHORT), ("b.txt", SHORT)];
    let mut session = Session::library(&files);
    session.press("enter ? q");
    session.shows("The Wick");
    session.press("M q q");
    session.shows("2 articles");
    assert!(!session.asked.contains(&Effect::Quit));
    session.press("esc esc esc");
    assert!(!session.asked.contains(&Effect::Quit));
    session.press("q");
    assert!(session.asked.contains(&Effect::Quit));
}

#[test]
fn pasted_text_never_fires_keys() {
    let mut session = Session::reading(SHORT);
    session.tell(Event::Pasted("Qq\nB".to_owned()));
    assert!(!session.asked.contains(&Effect::Quit));
    session.press("/");
    session.tell(Event::Pasted("wick\nno".to_owned()));
    session.shows("/wick no");
}

#[test]
fn every_action_can_be_asked_for_everywhere_at_every_size() {
    for (width, height) in [(1, 1), (20, 5), (80, 24)] {
        let mut session = Session::new(
            (width, height),
            &[("a.txt", &long()), ("b.txt", SHORT)],
            Start::Library,
        );
        for place in ["1", "enter", "2", "M"] {
            for action in crate::action::Action::all() {
                session.press(place);
                session.wait(600);
                let mut effects = Vec::new();
                session.app.act(
                    super::event::Asked {
                        action: *action,
                        count: Some(3),
                    },
                    &mut effects,
                );
                session.answer(effects);
                session.screen();
                session.app.pending.clear();
                session.app.overlay = None;
            }
        }
    }
}

#[test]
fn keys_before_the_article_is_there_do_nothing_to_the_library() {
    let mut session = Session::library(&[("a.txt", SHORT)]);
    let setup = Setup {
        config: Config::builtin(),
        mistakes: Vec::new(),
        start: Start::Article("a.txt".into()),
        size: session.size,
        now: 0,
        offset: 0,
        background: Background::Dark,
        depth: Depth::Ansi,
    };
    let (mut app, _) = App::new(setup);
    assert_eq!(app.update(Event::Key(Key::plain(Code::Char('r'))), 2), []);
    session.app = app;
    session.hides("article");
    session.tell(Event::Failed(
        "could not read `a.txt`: no such file".to_owned(),
    ));
    session.shows("could not read `a.txt`");
    session.shows("1 article");
}

#[test]
fn the_beginning_of_a_long_article_is_read_while_the_rest_comes() {
    let text = long();
    let mut session = Session::library(&[("a.txt", &text), ("b.txt", SHORT)]);
    let opened = |session: &Session, text: &str, extent| {
        let article = session.article(Path::new("a.txt"));
        let document = parse(text.as_bytes(), Format::Text);
        let outline = Outline::of(&document);
        let (state, bookmark) = (State::default(), None);
        Event::Opened(Box::new(Opened {
            article,
            document,
            outline,
            state,
            bookmark,
            extent,
        }))
    };
    session.now = 1;
    let effects = session.app.update(Event::Key(Key::plain(Code::Enter)), 1);
    assert!(matches!(effects.as_slice(), [Effect::Open(..)]));
    let start = &text[..text.find("Paragraph 2.1").unwrap()];
    session.tell(opened(&session, start, Extent::Start));
    session.press("space j");
    let top = session.top_words();
    session.press("/");
    session.type_text("Paragraph 5.10");
    session.press("enter");
    assert_eq!(session.top_words(), top, "the search waits for the whole");
    session.tell(opened(&session, &text, Extent::Whole));
    session.shows("Paragraph 5.10");
    session.press("ctrl-o");
    assert_eq!(session.top_words(), top);
}

#[test]
fn what_a_scan_has_to_tell_waits_for_the_answer_on_the_screen() {
    let mut session = Session::reading(SHORT);
    session.disk_is_full = true;
    session.press("B");
    session.tell(Event::Scanned(vec![
        "left out `x`: it is a pipe".to_owned(),
    ]));
    session.shows("not saved: the disk is full");
    session.press("j");
    session.shows("left out `x`");
}

#[test]
fn an_empty_article_says_so() {
    let session = Session::reading("");
    session.shows("this article is empty");
}
