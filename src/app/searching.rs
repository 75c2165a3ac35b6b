//! Searching the whole library: the overlay, landing on what was found, going on from there, and the way back.

use ratatui::layout::Position as Point;

use super::effect::Effect;
use super::event::{Mouse, Results};
use super::overlay::Overlay;
use super::overlay::search::Search;
use super::pane::reader::{Reach, Side};
use super::{App, Pane, navigate, query_line};
use crate::action::Action;
use crate::config::keymap::{Key, Match, Place};
use crate::model::article::{Article, Hit};
use crate::model::query::Over;

/// Where to land in an article once it is open.
#[derive(Debug)]
pub(super) struct Landing {
    hit: Hit,
    side: Side,
}

impl App {
    /// Opens the overlay, as it was left.
    pub(super) fn open_search(&mut self) {
        let search = self.found.take().unwrap_or_default();
        self.overlay = Some(Overlay::Search(search));
        self.set_areas();
    }

    /// Takes a key while the overlay is open.
    pub(super) fn search_key(
        &mut self,
        mut search: Box<Search>,
        key: Key,
        effects: &mut Vec<Effect>,
    ) {
        if !query_line::complete(&mut search.line, key, Over::Texts) {
            match self.config.keymap.find(Place::Palette, &[key]) {
                Match::Action(Action::Open) => return self.land_on_chosen(search, effects),
                Match::Action(Action::Back | Action::Close) => {
                    self.found = Some(search);
                    self.forget_hits();
                    return;
                }
                Match::Action(Action::Redraw) => effects.push(Effect::Redraw),
                Match::Action(Action::Suspend) => effects.push(Effect::Suspend),
                Match::Action(action) => _ = search.moves(action, 1),
                Match::Prefix | Match::None => _ = search.line.key(key),
            }
        }
        self.overlay = Some(Overlay::Search(search));
        self.search_typed(effects);
    }

    /// Asks for what is typed now, if that is something else than before.
    pub(super) fn search_typed(&mut self, effects: &mut Vec<Effect>) {
        let serial = self.serial + 1;
        if let Some(Overlay::Search(search)) = &mut self.overlay
            && let Some(query) = search.typed(serial)
        {
            self.serial = serial;
            effects.push(Effect::Search(query, serial));
        }
    }

    /// Asks again when more is known now than when it was answered.
    pub(super) fn search_again(&mut self, effects: &mut Vec<Effect>) {
        let serial = self.serial + 1;
        let ((Some(Overlay::Search(search)), _) | (_, Some(search))) =
            (&mut self.overlay, &mut self.found)
        else {
            return;
        };
        if let Some(query) = search.anew(serial) {
            self.serial = serial;
            effects.push(Effect::Search(query, serial));
        }
    }

    pub(super) fn on_results(&mut self, results: Results) {
        match (&mut self.overlay, &mut self.found) {
            (Some(Overlay::Search(search)), _) => search.answer(results),
            (_, Some(search)) => search.answer(results),
            (_, None) => {}
        }
    }

    /// A click on a hit goes there; beside the overlay, it closes.
    pub(super) fn click_in_search(
        &mut self,
        mouse: Mouse,
        mut search: Box<Search>,
        effects: &mut Vec<Effect>,
    ) {
        let (screen, at) = (self.areas().body, Point::new(mouse.column, mouse.row));
        if search.choose_at(screen, at) {
            self.land_on_chosen(search, effects);
        } else if Search::contains(screen, at) {
            self.overlay = Some(Overlay::Search(search));
        } else {
            self.found = Some(search);
            self.forget_hits();
        }
    }

    fn land_on_chosen(&mut self, search: Box<Search>, effects: &mut Vec<Effect>) {
        let Some(hit) = search.chosen().cloned() else {
            self.overlay = Some(Overlay::Search(search));
            return;
        };
        if hit.article.missing {
            let words = navigate::gone(&hit.article);
            self.overlay = Some(Overlay::Search(search));
            return self.warn(words);
        }
        self.found = Some(search);
        self.land(hit, Side::Hit, effects);
    }

    /// Goes to a hit, wherever it is.
    fn land(&mut self, hit: Hit, side: Side, effects: &mut Vec<Effect>) {
        let path = hit.article.path.clone();
        let is_open = self.reader.as_ref().is_some_and(|r| r.article.path == path);
        self.landing = Some(Landing { hit, side });
        if is_open {
            self.focus = Pane::Text;
            self.land_here();
        } else {
            self.open(path, None, effects);
        }
    }

    /// Goes to the hit for which the open article was opened.
    pub(super) fn land_here(&mut self) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        let is_here = |landing: &mut Landing| landing.hit.article.path == reader.article.path;
        let Some(Landing { hit, side }) = self.landing.take_if(is_here) else {
            return;
        };
        let pattern = self.found.as_ref().and_then(|search| search.pattern());
        reader.land(pattern, &hit, side);
        self.follow();
    }

    /// To the next hit of the library, or the one before: in this article, then in the next one that was found. Whether
    /// hits of the library are shown at all.
    pub(super) fn step_in_library(
        &mut self,
        action: Action,
        count: usize,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let forward = action == Action::NextHit;
        let Some(reader) = self.reader.as_mut().filter(|reader| {
            let search = reader.search.as_ref();
            search.is_some_and(|search| search.reach == Reach::Library)
        }) else {
            return false;
        };
        for _ in 0..count.max(1) {
            if !reader.step_on(forward) {
                let article = reader.article.clone();
                self.land_beside(&article, forward, effects);
                break;
            }
        }
        true
    }

    fn land_beside(&mut self, article: &Article, forward: bool, effects: &mut Vec<Effect>) {
        let found = self.found.as_mut();
        let mut hit = found.and_then(|search| search.beside(article, forward).cloned());
        while let Some(gone) = hit.take_if(|hit| hit.article.missing) {
            let found = self.found.as_mut();
            hit = found.and_then(|search| search.beside(&gone.article, forward).cloned());
        }
        match (hit, forward) {
            (Some(hit), true) => self.land(hit, Side::Start, effects),
            (Some(hit), false) => self.land(hit, Side::End, effects),
            (None, _) => {
                let side = if forward { "last" } else { "first" };
                self.tell(format!(
                    "that was the {side} hit of the library; S lists them"
                ));
            }
        }
    }

    /// Whether the text shows what a search of the library found.
    pub(super) fn is_landed(&self) -> bool {
        let search = self.reader.as_ref().and_then(|r| r.search.as_ref());
        self.found.is_some() && search.is_some_and(|search| search.reach == Reach::Library)
    }

    /// What a search of the library found is no longer shown in the text.
    fn forget_hits(&mut self) {
        if self.is_landed()
            && let Some(reader) = &mut self.reader
        {
            reader.search = None;
        }
    }
}
