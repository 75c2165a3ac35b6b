//! Keys while an overlay is open: the help, the palette, a line that is typed, a question.

use super::App;
use super::effect::Effect;
use super::event::Asked;
use super::overlay::Overlay;
use super::overlay::confirm::Confirm;
use super::overlay::difference::Difference;
use super::overlay::help::Help;
use super::overlay::hints::{Hints, Purpose as HintsFor, Typed};
use super::overlay::links::LinkList;
use super::overlay::palette::Palette;
use super::overlay::prompt::{Prompt, Purpose};
use super::pane::bookmarks::tag;
use super::query_line;
use crate::action::Action;
use crate::config::keymap::{Key, Match, Place};
use crate::model::article::tags;
use crate::model::query::Over;

use super::keys::Outcome;

impl App {
    /// Takes a key while an overlay is open. The overlay has been taken out; it is put back unless the key closes it.
    pub(super) fn overlay_key(&mut self, overlay: Overlay, key: Key, effects: &mut Vec<Effect>) {
        match overlay {
            Overlay::Help(help) => self.help_key(help, key, effects),
            Overlay::Palette(palette) => self.palette_key(palette, key, effects),
            Overlay::Prompt(prompt) => self.prompt_key(prompt, key, effects),
            Overlay::Search(search) => self.search_key(search, key, effects),
            Overlay::Note(note) => self.note_key(note, key, effects),
            Overlay::Browse(browse) => {
                if Confirm::is_yes(key) {
                    effects.push(Effect::Browse(browse.address));
                }
            }
            Overlay::Links(links) => self.links_key(links, key, effects),
            Overlay::Settle(settle) => self.settle_key(settle, key, effects),
            Overlay::Difference(difference) => self.difference_key(difference, key, effects),
            Overlay::Hints(hints) => self.hints_key(hints, key, effects),
            Overlay::Confirm(confirm) => {
                if Confirm::is_yes(key) {
                    self.save(confirm.change, effects);
                }
            }
        }
    }

    fn hints_key(&mut self, mut hints: Hints, key: Key, effects: &mut Vec<Effect>) {
        match hints.type_key(key) {
            Typed::Link(number) => self.use_link(number, hints.purpose, effects),
            Typed::More => {
                self.tell(hints.purpose.question().to_owned());
                self.overlay = Some(Overlay::Hints(hints));
            }
            Typed::Nothing => {}
        }
    }

    fn links_key(&mut self, mut links: LinkList, key: Key, effects: &mut Vec<Effect>) {
        let Some(reader) = &self.reader else { return };
        match self.config.keymap.find(Place::Palette, &[key]) {
            Match::Action(Action::Open) => {
                if let Some(number) = links.chosen() {
                    self.use_link(number, HintsFor::Follow, effects);
                }
                return;
            }
            Match::Action(Action::Back | Action::Close) => return,
            Match::Action(action @ (Action::Redraw | Action::Suspend)) => {
                let count = None;
                self.act(Asked { action, count }, effects);
            }
            Match::Action(action) => _ = links.moves(action),
            Match::Prefix | Match::None => links.type_key(key, &reader.document),
        }
        self.overlay = Some(Overlay::Links(links));
    }

    fn help_key(&mut self, mut help: Help, key: Key, effects: &mut Vec<Effect>) {
        if help.is_typing() {
            help.type_key(key);
        } else {
            match self
                .pending
                .press(key, self.now, Place::Help, &self.config.keymap)
            {
                Outcome::Asked(asked) => match asked.action {
                    Action::Back | Action::Close | Action::Help => return,
                    Action::Quit => return self.quit(effects),
                    Action::Redraw | Action::Suspend => self.act(asked, effects),
                    _ => _ = help.act(asked),
                },
                Outcome::Letter(..) | Outcome::Waiting | Outcome::Nothing => {}
            }
        }
        self.overlay = Some(Overlay::Help(help));
    }

    fn difference_key(&mut self, mut difference: Difference, key: Key, effects: &mut Vec<Effect>) {
        let place = Place::Help;
        if let Outcome::Asked(asked) = self
            .pending
            .press(key, self.now, place, &self.config.keymap)
        {
            let count = asked.count.map_or(1, |count| count as usize);
            match asked.action {
                Action::Back | Action::Close => return,
                Action::Quit => return self.quit(effects),
                Action::Redraw | Action::Suspend => self.act(asked, effects),
                action => _ = difference.moves(action, count),
            }
        }
        self.overlay = Some(Overlay::Difference(difference));
    }

    fn palette_key(&mut self, mut palette: Palette, key: Key, effects: &mut Vec<Effect>) {
        match self.config.keymap.find(Place::Palette, &[key]) {
            Match::Action(Action::Open) => {
                if let Some(action) = palette.chosen() {
                    self.act(
                        Asked {
                            action,
                            count: None,
                        },
                        effects,
                    );
                }
                return;
            }
            Match::Action(Action::Back | Action::Close) => return,
            Match::Action(action @ (Action::Redraw | Action::Suspend)) => {
                self.act(
                    Asked {
                        action,
                        count: None,
                    },
                    effects,
                );
            }
            Match::Action(action) => _ = palette.moves(action),
            Match::Prefix | Match::None => palette.type_key(key),
        }
        self.overlay = Some(Overlay::Palette(palette));
    }

    fn prompt_key(&mut self, mut prompt: Prompt, key: Key, effects: &mut Vec<Effect>) {
        let over = match prompt.purpose {
            Purpose::Filter => Some(Over::Lists),
            Purpose::NarrowBookmarks => Some(Over::Bookmarks),
            Purpose::Search(_) | Purpose::Narrow | Purpose::Tags(_) => None,
        };
        if over.is_some_and(|over| query_line::complete(&mut prompt.line, key, over)) {
            self.overlay = Some(Overlay::Prompt(prompt));
            self.prompt_changed();
            return;
        }
        match self.config.keymap.find(Place::Palette, &[key]) {
            Match::Action(Action::Open) => self.prompt_done(prompt, effects),
            Match::Action(Action::Back | Action::Close) => self.prompt_given_up(&prompt),
            Match::Action(action @ (Action::Redraw | Action::Suspend)) => {
                self.act(
                    Asked {
                        action,
                        count: None,
                    },
                    effects,
                );
                self.overlay = Some(Overlay::Prompt(prompt));
            }
            Match::Action(_) => self.overlay = Some(Overlay::Prompt(prompt)),
            Match::Prefix | Match::None => {
                let is_changed = prompt.line.key(key);
                self.overlay = Some(Overlay::Prompt(prompt));
                if is_changed {
                    self.prompt_changed();
                }
            }
        }
    }

    /// Shows what has been typed so far comes to.
    pub(super) fn prompt_changed(&mut self) {
        let Some(Overlay::Prompt(prompt)) = &self.overlay else {
            return;
        };
        let typed = prompt.line.text();
        match (&prompt.purpose, &mut self.reader) {
            (Purpose::Search(from), Some(reader)) => reader.preview(typed, *from),
            (Purpose::Narrow, Some(reader)) => self.contents.narrow(typed, &reader.outline),
            (Purpose::Filter, _) => self.library.set_filter(typed),
            (Purpose::NarrowBookmarks, _) => self.bookmarks.narrow(typed),
            (Purpose::Search(_) | Purpose::Narrow, None) | (Purpose::Tags(_), _) => {}
        }
    }

    fn prompt_done(&mut self, prompt: Prompt, effects: &mut Vec<Effect>) {
        match (prompt.purpose, &mut self.reader) {
            (Purpose::Search(from), Some(reader)) => {
                if prompt.line.text().trim().is_empty() {
                    reader.give_up_search(from);
                } else if !reader.count_hits() {
                    reader.give_up_search(from);
                    self.warn(format!("not in this article: “{}”", prompt.line.text()));
                }
            }
            (Purpose::Narrow, Some(reader)) => {
                if let Some(section) = self.contents.chosen() {
                    reader.go_to_section(section);
                    self.contents.narrow("", &reader.outline);
                    self.contents.follow(Some(section));
                }
            }
            (Purpose::Tags(about), _) => {
                let (article, bookmark) = *about;
                let tags = tags(prompt.line.text());
                if tags != bookmark.tags {
                    let change = tag(&article, &bookmark, tags);
                    self.save_passage(change, effects);
                }
            }
            (Purpose::Filter | Purpose::NarrowBookmarks, _)
            | (Purpose::Search(_) | Purpose::Narrow, None) => {}
        }
    }

    fn prompt_given_up(&mut self, prompt: &Prompt) {
        match (&prompt.purpose, &mut self.reader) {
            (Purpose::Search(from), Some(reader)) => reader.give_up_search(*from),
            (Purpose::Narrow, Some(reader)) => {
                self.contents.narrow("", &reader.outline);
                self.contents.follow(reader.section());
            }
            (Purpose::Filter, _) => self.library.set_filter(""),
            (Purpose::NarrowBookmarks, _) => self.bookmarks.narrow(""),
            (Purpose::Search(_) | Purpose::Narrow, None) | (Purpose::Tags(_), _) => {}
        }
    }
}
