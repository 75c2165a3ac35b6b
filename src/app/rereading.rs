//! An article that changes on the disk while it is open is read again, and the reader stays at the same words.

use super::App;
use super::effect::Effect;
use super::event::{Extent, Opened};
use super::pane::reader::Reader;
use crate::model::article::Article;

impl App {
    /// Takes articles that were found; the open one is read again when its file is another one now.
    pub(super) fn on_found(&mut self, articles: Vec<Article>, effects: &mut Vec<Effect>) {
        if let Some(reader) = self.reader.as_ref().filter(|_| self.opening.is_none()) {
            let open = &reader.article;
            let is_changed =
                |new: &&Article| new.path == open.path && new.modified != open.modified;
            if let Some(new) = articles.iter().find(is_changed).filter(|new| !new.missing) {
                self.rereading = Some(new.path.clone());
                effects.push(Effect::Open(new.path.clone(), None));
            }
        }
        self.library.add(articles);
    }

    /// Shows the open article as it is now, at the same words.
    pub(super) fn on_reread(&mut self, opened: Opened) {
        if opened.extent == Extent::Start {
            return;
        }
        self.rereading = None;
        let is_open = |reader: &mut Reader| reader.article.path == opened.article.path;
        let Some(before) = self.reader.take_if(is_open) else {
            return;
        };
        let column = self.areas().column;
        let mut reader = Reader::open(opened, column, self.now);
        reader.go_on_from(before);
        reader.settle_bar();
        self.contents.open(&reader.outline);
        self.reader = Some(reader);
        self.set_areas();
        self.follow();
        let changed = self.reader.as_ref().and_then(Reader::changed_words);
        let changed = changed.map_or_else(String::new, |changed| format!(": {changed}"));
        self.tell(format!(
            "the article has changed and was read again{changed}"
        ));
    }
}
