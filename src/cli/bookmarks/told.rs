//! What is told of a bookmark in every form that is text: clean, and under the names that templates have for it.

use crate::cli::journal::day;
use crate::formats::clean;
use crate::library::Passage;

/// A bookmark as texts; empty where there is nothing.
#[derive(Debug, Default)]
pub struct Told {
    pub title: String,
    pub author: String,
    pub date: String,
    pub url: String,
    pub path: String,
    pub quote: String,
    pub note: String,
    pub section: String,
    pub letter: String,
    pub added: String,
    pub link: String,
    pub id: String,
}

/// One of the things that are told of a bookmark.
pub type Field = fn(&Told) -> &str;

/// All of them, by their names in templates.
pub const NAMES: [(&str, Field); 12] = [
    ("title", |told| &told.title),
    ("author", |told| &told.author),
    ("date", |told| &told.date),
    ("url", |told| &told.url),
    ("path", |told| &told.path),
    ("quote", |told| &told.quote),
    ("note", |told| &told.note),
    ("section", |told| &told.section),
    ("letter", |told| &told.letter),
    ("added", |told| &told.added),
    ("link", |told| &told.link),
    ("id", |told| &told.id),
];

impl Told {
    /// What is told of a bookmark.
    pub fn new(passage: &Passage) -> Self {
        let Passage {
            article,
            metadata,
            bookmark,
            ..
        } = passage;
        let line = |text: &str| clean::line(text).trim().to_owned();
        let lines = |text: &str| clean::body(text).trim().to_owned();
        let given = |text: &Option<String>| text.as_deref().map(line).unwrap_or_default();
        let section = line(&bookmark.section);
        Self {
            // the opening bears the article's title
            section: if section == line(&article.title) {
                String::new()
            } else {
                section
            },
            title: line(&article.title),
            author: given(&metadata.byline),
            date: given(&metadata.date),
            url: given(&metadata.url),
            path: line(&article.path.to_string_lossy()),
            quote: lines(&bookmark.quote.exact),
            note: lines(&bookmark.note),
            letter: bookmark.letter.map(String::from).unwrap_or_default(),
            added: day(bookmark.added),
            link: passage.link().unwrap_or_default(),
            id: line(&bookmark.id.0),
        }
    }
}
