//! What is kept of each article that was met in this run: as little as will do, for there may be a hundred thousand.

use std::path::Path;

use crate::model::article::{Article, ArticleId, Status};

/// An article that was met in this run.
#[derive(Debug)]
pub struct Met {
    path: Box<Path>,
    /// What the journal has as its path, where that is another one.
    key: Option<Box<str>>,
    /// Its 32 hex digits as a number.
    content: u128,
    folder: Box<str>,
    title: Box<str>,
    author: Option<Box<str>>,
    language: Option<Box<str>>,
    minutes: u32,
    modified: i64,
}

impl Met {
    /// An article, what the journal has as its path, and the hash of its content.
    pub fn new(article: &Article, key: &str, content: &str) -> Self {
        Self {
            key: (article.path.to_str() != Some(key)).then(|| key.into()),
            path: article.path.as_path().into(),
            content: u128::from_str_radix(content, 16).unwrap_or(0),
            folder: article.folder.as_str().into(),
            title: article.title.as_str().into(),
            author: article.author.as_deref().map(Into::into),
            language: article.language.as_deref().map(Into::into),
            minutes: article.minutes,
            modified: article.modified,
        }
    }

    /// What the journal has as its path.
    pub fn key(&self) -> &str {
        let own = self.key.as_deref();
        own.or_else(|| self.path.to_str()).unwrap_or_default()
    }

    /// The hash of its content.
    pub fn content(&self) -> String {
        format!("{:032x}", self.content)
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Gives it another title.
    pub fn set_title(&mut self, title: &str) {
        self.title = title.into();
    }

    /// The article, as if nothing had been done with it.
    pub fn article(&self, id: &ArticleId) -> Article {
        Article {
            id: id.clone(),
            path: self.path.to_path_buf(),
            folder: self.folder.to_string(),
            title: self.title.to_string(),
            author: self.author.as_deref().map(str::to_owned),
            language: self.language.as_deref().map(str::to_owned),
            minutes: self.minutes,
            modified: self.modified,
            status: Status::Unread,
            bookmarks: 0,
            last_read: 0,
            missing: false,
        }
    }
}
