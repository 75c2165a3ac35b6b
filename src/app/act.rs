//! What each action does.

use super::effect::Effect;
use super::event::Asked;
use super::keys::LetterFor;
use super::overlay::Overlay;
use super::overlay::help::Help;
use super::overlay::palette::Palette;
use super::overlay::prompt::{Prompt, Purpose};
use super::pane::bookmarks::Scope;
use super::pane::library;
use super::{App, Pane};
use crate::action::Action;
use crate::model::link::{Target, shown};

/// The narrowest and the widest the text can be made.
const MEASURES: std::ops::RangeInclusive<u16> = 20..=200;
/// How much wider or narrower a key makes it.
const STEP: u16 = 4;

impl App {
    /// Does what the reader asked for.
    pub(super) fn act(&mut self, asked: Asked, effects: &mut Vec<Effect>) {
        if self.act_on_selection(asked) || self.act_anywhere(asked, effects) {
            return;
        }
        match self.focus {
            Pane::Library => self.act_in_library(asked, effects),
            Pane::Contents => self.act_in_contents(asked, effects),
            Pane::Text => self.act_in_text(asked, effects),
            Pane::Bookmarks => self.act_in_bookmarks(asked, effects),
        }
    }

    /// Actions that are the same everywhere. Whether it was one.
    fn act_anywhere(&mut self, asked: Asked, effects: &mut Vec<Effect>) -> bool {
        let place = self.place();
        match asked.action {
            Action::Nothing => {}
            Action::Help => {
                self.overlay = Some(Overlay::Help(Help::new(place, &self.config.keymap)));
            }
            Action::Palette => {
                self.overlay = Some(Overlay::Palette(Palette::new(place, &self.config.keymap)));
            }
            Action::Quit => self.quit(effects),
            Action::Close => self.close(effects),
            Action::Back => self.back(),
            Action::NextPane | Action::PreviousPane => self.next_pane(),
            Action::Library => self.focus = Pane::Library,
            Action::Contents => self.focus_contents(),
            Action::Text => self.focus_text(),
            Action::Bookmarks => self.focus_bookmarks(effects),
            Action::ToggleContents => self.change_view(|view| view.contents = !view.contents),
            Action::ToggleStatus => self.change_view(|view| view.status = !view.status),
            Action::Zen => self.change_view(|view| view.zen = !view.zen),
            Action::Wider => self.set_measure(self.measure_now().saturating_add(STEP)),
            Action::Narrower => self.set_measure(self.measure_now().saturating_sub(STEP)),
            Action::DefaultWidth => self.set_measure(self.config.measure),
            Action::Undo => match self.history.undo() {
                Some(effect) => effects.push(effect),
                None => self.tell("nothing to take back".to_owned()),
            },
            Action::Redo => match self.history.redo() {
                Some(effect) => effects.push(effect),
                None => self.tell("nothing to do again".to_owned()),
            },
            Action::SearchLibrary => self.open_search(),
            Action::Redraw => effects.push(Effect::Redraw),
            Action::Suspend => effects.push(Effect::Suspend),
            Action::NextTheme => {
                self.set_theme(self.theme.next());
                self.tell(format!("theme {}", self.theme.name()));
            }
            Action::ToggleMouse => self.toggle_mouse(effects),
            Action::ContinueLast => self.continue_last(effects),
            _ => return false,
        }
        self.set_areas();
        true
    }

    fn act_in_library(&mut self, asked: Asked, effects: &mut Vec<Effect>) {
        if self.library.act(asked) {
            return;
        }
        match asked.action {
            Action::Open => self.open_chosen(effects),
            Action::Search | Action::Filter => {
                let prompt = Prompt::new(Purpose::Filter, self.library.filter());
                self.overlay = Some(Overlay::Prompt(prompt));
            }
            Action::Sort => {
                let order = self.library.next_sort();
                self.tell(format!("by {order}"));
            }
            Action::ToggleFolders => {
                let words = if self.library.toggle_folders() {
                    "by folder"
                } else {
                    "all together"
                };
                self.tell(words.to_owned());
            }
            Action::ToggleRead => {
                if let Some(change) = self.library.toggle_read() {
                    self.save(change, effects);
                }
            }
            Action::MarkAllRead => match self.library.mark_all_read() {
                Some((count, change)) => self.ask(
                    format!(
                        "mark {count} article{} read?",
                        if count == 1 { "" } else { "s" }
                    ),
                    change,
                ),
                None => self.tell("all of them are read".to_owned()),
            },
            _ => {}
        }
    }

    fn act_in_contents(&mut self, asked: Asked, effects: &mut Vec<Effect>) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        if self.contents.act(asked, &reader.outline) {
            return;
        }
        match asked.action {
            Action::Open => {
                if let Some(section) = self.contents.chosen() {
                    reader.go_to_section(section);
                    self.focus = Pane::Text;
                }
            }
            Action::Search | Action::Filter => {
                let prompt = Prompt::new(Purpose::Narrow, self.contents.narrowed());
                self.overlay = Some(Overlay::Prompt(prompt));
            }
            _ => self.act_in_text(asked, effects),
        }
    }

    fn act_in_text(&mut self, asked: Asked, effects: &mut Vec<Effect>) {
        if self.move_in_text(asked)
            || self.correct(asked, effects)
            || self.act_on_passages(asked, effects)
        {
            return;
        }
        let Some(reader) = &mut self.reader else {
            return;
        };
        let count = asked.count.map_or(1, |c| c as usize);
        match asked.action {
            Action::Search => {
                let prompt = Prompt::new(Purpose::Search(reader.place()), "");
                self.overlay = Some(Overlay::Prompt(prompt));
            }
            Action::NextHit | Action::PreviousHit => {
                self.next_hit(asked.action, count, effects);
            }
            Action::SetMark => self.pending.wait_for_letter(LetterFor::Set),
            Action::GoToMark => self.pending.wait_for_letter(LetterFor::Go),
            Action::Copy => self.copy(effects),
            Action::ToggleRead => {
                let change = library::toggle_read(&reader.article, &reader.state);
                self.save(change, effects);
            }
            Action::ToggleNoise => self.toggle_noise(),
            Action::NextArticle | Action::PreviousArticle => {
                self.open_beside(asked.action == Action::NextArticle, effects);
            }
            Action::JumpBack => self.jump_back(effects),
            _ => _ = self.act_on_links(asked, effects),
        }
    }

    /// Moves in the text. Whether the action was a move.
    fn move_in_text(&mut self, asked: Asked) -> bool {
        let Some(reader) = &mut self.reader else {
            return false;
        };
        let count = asked.count.map_or(1, |c| c as usize);
        let (page, half) = (reader.page(), (reader.page() / 2).max(1));
        match asked.action {
            Action::Down => reader.down(count),
            Action::Up => reader.up(count),
            Action::HalfPageDown => reader.down(half.saturating_mul(count)),
            Action::HalfPageUp => reader.up(half.saturating_mul(count)),
            Action::PageDown => reader.down(page.saturating_mul(count)),
            Action::PageUp => reader.up(page.saturating_mul(count)),
            Action::Top => reader.go_to_top(),
            Action::End => reader.go_to_end(),
            Action::NextParagraph => reader.next_paragraph(count),
            Action::PreviousParagraph => reader.previous_paragraph(count),
            Action::NextSection => reader.next_section(count),
            Action::PreviousSection => reader.previous_section(count),
            Action::GoToPercent => reader.go_to_percent(asked.count.unwrap_or(0)),
            Action::JumpForward => {
                if !reader.jump_forward() {
                    self.tell("no later place".to_owned());
                }
            }
            _ => return false,
        }
        true
    }

    fn act_in_bookmarks(&mut self, asked: Asked, effects: &mut Vec<Effect>) {
        if self.bookmarks.act(asked) {
            return;
        }
        match asked.action {
            Action::Open => self.open_bookmark(effects),
            Action::Highlight1
            | Action::Highlight2
            | Action::Highlight3
            | Action::Highlight4
            | Action::Highlight5
            | Action::PlainBookmark => self.highlight_chosen(asked.action, effects),
            Action::Remove => self.remove_chosen(effects),
            Action::Tag => {
                if let Some((article, bookmark)) = self.bookmarks.chosen().cloned() {
                    self.write_tags((*article).clone(), (*bookmark).clone());
                }
            }
            Action::Settle | Action::Difference => self.settle_chosen(effects),
            Action::ToggleOrder if self.bookmarks.scope == Scope::Library => {
                let order = self.bookmarks.toggle_order();
                self.bookmarks.choose_first();
                self.tell(order.to_owned());
                self.fill_bookmarks(effects);
            }
            Action::Note => {
                if let Some((article, bookmark)) = self.bookmarks.chosen().cloned() {
                    self.write_note((*article).clone(), (*bookmark).clone());
                }
            }
            Action::ToggleScope => {
                self.bookmarks.scope = match self.bookmarks.scope {
                    Scope::Article => Scope::Library,
                    Scope::Library => Scope::Article,
                };
                self.fill_bookmarks(effects);
            }
            Action::Search | Action::Filter => {
                let prompt = Prompt::new(Purpose::NarrowBookmarks, self.bookmarks.narrowed());
                self.overlay = Some(Overlay::Prompt(prompt));
            }
            _ => {}
        }
    }

    /// What a letter that was waited for does.
    pub(super) fn letter(&mut self, letter: LetterFor, c: char, effects: &mut Vec<Effect>) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        match (letter, c) {
            (LetterFor::Go, '\'' | '`') => {
                if !reader.swap_back() {
                    self.tell("no earlier place".to_owned());
                }
            }
            (_, c) if !c.is_ascii_alphabetic() => {
                self.tell("a place is marked with a letter a–z or A–Z".to_owned());
            }
            (LetterFor::Set, c) => {
                if let Some(change) = reader.set_letter(c, self.now) {
                    self.save(change, effects);
                }
            }
            (LetterFor::Go, c) => match reader.go_to_letter(c) {
                Some(true) => {}
                Some(false) => self.warn(format!(
                    "the words marked with {c} are no longer in this article"
                )),
                None if c.is_ascii_uppercase() => {
                    self.wanted_letter = Some(c);
                    effects.push(Effect::ListBookmarks);
                }
                None => self.tell(format!("no place is marked with {c}")),
            },
        }
    }

    fn change_view(&mut self, change: impl FnOnce(&mut super::View)) {
        change(&mut self.view);
    }

    fn measure_now(&self) -> u16 {
        self.areas().column.width.min(self.view.measure)
    }

    fn set_measure(&mut self, measure: u16) {
        self.view.measure = measure.clamp(*MEASURES.start(), *MEASURES.end());
        self.set_areas();
        let shown = self.areas().column.width;
        self.tell(format!("{shown} columns"));
    }

    fn toggle_mouse(&mut self, effects: &mut Vec<Effect>) {
        self.view.mouse = !self.view.mouse;
        effects.push(Effect::Mouse(self.view.mouse));
        let words = if self.view.mouse {
            "the mouse scrolls and clicks"
        } else {
            "the mouse selects text"
        };
        self.tell(words.to_owned());
    }

    /// Tells what is to be known of an article that was opened, of which so many bookmarks are lost.
    pub(super) fn tell_of_opened(&mut self, lost: usize) {
        let Some(reader) = &self.reader else { return };
        let notice = reader.document.notice.clone();
        let changed = reader.changed_words();
        if let Some(changed) = changed {
            self.tell(format!("since you read it: {changed}"));
        }
        if lost > 0 {
            self.warn("some bookmarked words are no longer in this article".to_owned());
        }
        if let Some(notice) = notice {
            // what else there is to tell comes with the next key
            self.next_notice = self.notice.take();
            self.tell(notice);
        }
    }

    fn toggle_noise(&mut self) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        let noise = reader.noise();
        let words = match (noise, reader.toggle_noise()) {
            (0, _) => "no lines are folded away here".to_owned(),
            (n, true) => format!("{n} lines that are not of the article are shown"),
            (n, false) => format!("{n} lines that are not of the article are folded away"),
        };
        self.tell(words);
    }

    /// To another hit: of the library, or of this article.
    fn next_hit(&mut self, action: Action, count: usize, effects: &mut Vec<Effect>) {
        if !self.step_in_library(action, count, effects) {
            self.step_hit(action, count);
        }
    }

    fn step_hit(&mut self, action: Action, count: usize) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        if reader.search.is_none() {
            self.tell("nothing is looked for; / does".to_owned());
            return;
        }
        let _ = if action == Action::NextHit {
            reader.next_hit(count)
        } else {
            reader.previous_hit(count)
        };
    }

    pub(super) fn note_here(&mut self) {
        let here = self
            .reader
            .as_ref()
            .and_then(|r| Some((r.article.clone(), r.to_write_on(self.last_kind, self.now)?)));
        match here {
            Some((article, bookmark)) => self.write_note(article, bookmark),
            None => self.tell("no passage here to write a note to; v selects one".to_owned()),
        }
    }

    fn copy(&mut self, effects: &mut Vec<Effect>) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        let is_selected = reader.selection().is_some();
        let address = reader.link_here().map(|link| address(link.target));
        let address = address.filter(|_| !is_selected);
        let words = match (is_selected, &address) {
            (true, _) => "copied what was selected, with its source",
            (false, Some(_)) => "copied the address of the link",
            (false, None) => "copied the paragraph with its source",
        };
        if let Some(text) = address.or_else(|| reader.copied()) {
            reader.leave_selection();
            effects.push(Effect::Copy(text));
            self.tell(words.to_owned());
        }
    }
}

/// A link's target as it can be put elsewhere.
fn address(target: &str) -> String {
    match Target::of(target).address() {
        Some(address) => address.url.clone(),
        None => shown(target).into_owned(),
    }
}
