//! Going from pane to pane and from article to article.

use std::path::PathBuf;
use std::sync::Arc;

use super::effect::Effect;
use super::pane::bookmarks::Scope;
use super::{App, Pane};
use crate::model::article::{Article, Bookmark};

impl App {
    /// Closes what is innermost.
    pub(super) fn close(&mut self, effects: &mut Vec<Effect>) {
        match self.focus {
            Pane::Library => self.quit(effects),
            Pane::Bookmarks => self.focus_text(),
            Pane::Contents | Pane::Text if self.library.len() > 1 => {
                self.leave_article(effects);
                self.focus = Pane::Library;
            }
            Pane::Contents | Pane::Text => self.quit(effects),
        }
    }

    /// Backs out one level; never quits.
    pub(super) fn back(&mut self) {
        match self.focus {
            Pane::Library if self.library.select_none() => {}
            Pane::Library => self.library.set_filter(""),
            Pane::Bookmarks if !self.bookmarks.narrowed().is_empty() => self.bookmarks.narrow(""),
            Pane::Bookmarks => self.focus_text(),
            Pane::Contents => self.focus = Pane::Text,
            Pane::Text if self.is_landed() => self.open_search(),
            Pane::Text => match &mut self.reader {
                Some(reader) if reader.link_here().is_some() => _ = reader.leave_link(),
                Some(reader) if reader.search.is_some() => reader.search = None,
                Some(_) | None => self.focus = Pane::Library,
            },
        }
    }

    pub(super) fn next_pane(&mut self) {
        match self.focus {
            Pane::Text => self.focus_contents(),
            Pane::Contents | Pane::Library | Pane::Bookmarks => self.focus_text(),
        }
    }

    pub(super) fn focus_text(&mut self) {
        self.focus = if self.reader.is_some() {
            Pane::Text
        } else {
            Pane::Library
        };
    }

    pub(super) fn focus_contents(&mut self) {
        if self.reader.is_none() {
            return;
        }
        self.view.contents = true;
        self.view.zen = false;
        if self.areas().contents.is_some() {
            self.focus = Pane::Contents;
        } else {
            self.focus = Pane::Text;
            self.tell(
                "the contents need 60 columns; / searches, ] and [ go by sections".to_owned(),
            );
        }
    }

    pub(super) fn focus_bookmarks(&mut self, effects: &mut Vec<Effect>) {
        if matches!(self.focus, Pane::Library) {
            self.bookmarks.scope = Scope::Library;
        } else if self.focus != Pane::Bookmarks {
            self.bookmarks.scope = Scope::Article;
        }
        self.focus = Pane::Bookmarks;
        self.fill_bookmarks(effects);
    }

    pub(super) fn continue_last(&mut self, effects: &mut Vec<Effect>) {
        match self.library.last_begun().map(|a| a.path.clone()) {
            Some(path) => self.open(path, None, effects),
            None => self.tell("no article is begun".to_owned()),
        }
    }

    pub(super) fn open_beside(&mut self, forward: bool, effects: &mut Vec<Effect>) {
        let Some(here) = self.reader.as_ref().map(|r| r.article.path.clone()) else {
            return;
        };
        match self.library.unread_beside(&here, forward) {
            Some(path) => self.open(path, None, effects),
            None => self.tell("no other article is unread there".to_owned()),
        }
    }

    /// Opens the article chosen in the library; the one that is open already is just shown.
    pub(super) fn open_chosen(&mut self, effects: &mut Vec<Effect>) {
        if let Some(search) = self.library.chosen_search() {
            return self.library.open_search(search);
        }
        if let Some((article, bookmark)) = self.library.chosen_passage().cloned() {
            if article.missing {
                return self.warn(gone(&article));
            }
            return self.go_to(&article, (*bookmark).clone(), effects);
        }
        let Some(article) = self.library.chosen() else {
            return;
        };
        let path = article.path.clone();
        if article.missing {
            let words = gone(article);
            return self.warn(words);
        }
        if self.reader.as_ref().is_some_and(|r| r.article.path == path) {
            self.focus = Pane::Text;
        } else {
            self.open(path, None, effects);
        }
    }

    /// Goes to the bookmark chosen in the bookmarks pane.
    pub(super) fn open_bookmark(&mut self, effects: &mut Vec<Effect>) {
        if let Some((article, bookmark)) = self.bookmarks.chosen().cloned() {
            self.go_to(&article, (*bookmark).clone(), effects);
        }
    }

    /// Goes to a bookmark, wherever it is.
    pub(super) fn go_to(
        &mut self,
        article: &Article,
        bookmark: Bookmark,
        effects: &mut Vec<Effect>,
    ) {
        match &mut self.reader {
            Some(reader) if reader.article.id == article.id => {
                if reader.go_to_bookmark(&bookmark) {
                    self.focus = Pane::Text;
                } else {
                    let kept = (Arc::new(article.clone()), Arc::new(bookmark));
                    if !self.settle(kept) {
                        self.warn("these words are no longer in the article".to_owned());
                    }
                }
            }
            Some(_) | None => self.open(article.path.clone(), Some(bookmark), effects),
        }
    }

    pub(super) fn open(
        &mut self,
        path: PathBuf,
        bookmark: Option<Bookmark>,
        effects: &mut Vec<Effect>,
    ) {
        self.leave_article(effects);
        self.trail.wanted = None;
        self.opening = Some(path.clone());
        effects.push(Effect::Open(path, bookmark));
    }
}

/// That the file of an article is gone, and what is left of it.
pub(super) fn gone(article: &Article) -> String {
    let left = match article.bookmarks {
        0 => String::new(),
        1 => "; M lists its bookmark".to_owned(),
        n => format!("; M lists its {n} bookmarks"),
    };
    format!("the file of “{}” is gone{left}", article.title)
}
