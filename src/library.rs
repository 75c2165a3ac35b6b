//! What the program can do.
/// stub
#[derive(Debug)]
pub struct Library;
use crate::model::{article::*, document::Document, outline::Outline, state::*};
use std::path::Path;
#[allow(missing_docs, clippy::all)]
impl Library {
    pub fn read(&self, _: &Path) -> anyhow::Result<(Article, Document, Outline, State)> {
        todo!()
    }
    pub fn scan(&self, _: &mut dyn FnMut(Vec<Article>)) -> Vec<String> {
        todo!()
    }
    pub fn save(&self, _: &Change) -> anyhow::Result<Vec<(ArticleId, State)>> {
        todo!()
    }
    pub fn refresh(&self) -> Vec<(ArticleId, State)> {
        todo!()
    }
    pub fn bookmarks(&self) -> Vec<(Article, Bookmark)> {
        todo!()
    }
}
