//! The library with real files.

use std::fs;

use tempfile::TempDir;

use super::*;
use crate::model::article::{Bookmark, BookmarkId, Status};
use crate::model::document::Position;
use crate::model::quote::Quote;

mod begun;
mod corrections;
mod find;
mod identity;
mod open;
mod save;
mod scan;

/// A reader's home: `articles/` and `state/`, neither there yet.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A home with these articles, each of some words of its own.
    fn with(articles: &[&str]) -> Self {
        let home = Self::new();
        fs::create_dir(home.at("articles")).unwrap();
        for path in articles {
            home.write(
                path,
                &format!("# About {path}\n\nThis tells all there is to tell of {path}.\n"),
            );
        }
        home
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn article(&self, path: &str) -> PathBuf {
        self.at("articles").join(path)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.article(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn library(&self) -> Library {
        self.library_of(&[])
    }

    fn library_of(&self, sources: &[&Path]) -> Library {
        let sources = sources.iter().map(|path| path.to_path_buf()).collect();
        let folders = Folders {
            library: self.at("articles"),
            state: self.at("state"),
            index: self.at("index.db"),
        };
        Library::open(sources, folders)
    }

    fn journal(&self) -> String {
        let files = fs::read_dir(self.at("state")).unwrap();
        files
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect()
    }
}

fn scan(library: &Library) -> (Vec<Article>, Vec<String>) {
    let mut all = Vec::new();
    let notes = library.scan(&mut |found| all.extend(found));
    (all, notes)
}

fn names(articles: &[Article]) -> Vec<&str> {
    articles
        .iter()
        .map(|article| article.path.file_name().unwrap().to_str().unwrap())
        .collect()
}

fn change(id: &ArticleId, fact: Fact) -> Change {
    Change {
        does: vec![(id.clone(), fact)],
        undoes: Vec::new(),
        words: String::new(),
    }
}

fn mark_read(library: &Library, path: &Path) -> ArticleId {
    let id = library.read(path).unwrap().0.id;
    library
        .save_at(&change(&id, Fact::Status(Status::Read)), 1)
        .unwrap();
    id
}

fn bookmark(id: &str, added: i64) -> Fact {
    let hint = Position::default();
    let quote = Quote {
        exact: id.into(),
        prefix: String::new(),
        suffix: String::new(),
        hint,
    };
    Fact::Bookmark(Bookmark {
        section: "s".into(),
        ..Bookmark::plain(BookmarkId(id.into()), quote, added)
    })
}

fn status(library: &Library, path: &Path) -> Status {
    library.read(path).unwrap().3.status
}
