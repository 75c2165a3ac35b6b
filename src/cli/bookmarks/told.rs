//! What is told of a bookmark in every form that is text: clean, and under the names that templates have for it.

use crate::cli::journal::day;
use crate::config::kinds::Kinds;
use crate::formats::clean;
use crate::library::Passage;
use crate::model::article::{Article, Bookmark};

/// Said of a bookmark whose words are not looked for any more.
const LOOSE: &str = "no longer in the text";
/// The sign of a kind that only a later version has.
const SIGN: &str = "*";

/// A bookmark as texts; empty where there is nothing.
#[derive(Debug, Default)]
pub struct Told {
    pub title: String,
    pub author: String,
    pub date: String,
    pub url: String,
    pub file: String,
    pub quote: String,
    pub note: String,
    pub section: String,
    pub sections: String,
    /// The titles of `sections`, one by one.
    pub path: Vec<String>,
    pub sign: String,
    pub kind: String,
    pub tags: String,
    pub loose: String,
    pub letter: String,
    pub added: String,
    pub link: String,
    pub id: String,
}

/// One of the things that are told of a bookmark.
pub type Field = fn(&Told) -> &str;

/// All of them, by their names in templates.
pub const NAMES: [(&str, Field); 17] = [
    ("title", |told| &told.title),
    ("author", |told| &told.author),
    ("date", |told| &told.date),
    ("url", |told| &told.url),
    ("path", |told| &told.file),
    ("quote", |told| &told.quote),
    ("note", |told| &told.note),
    ("section", |told| &told.section),
    ("sections", |told| &told.sections),
    ("sign", |told| &told.sign),
    ("kind", |told| &told.kind),
    ("tags", |told| &told.tags),
    ("loose", |told| &told.loose),
    ("letter", |told| &told.letter),
    ("added", |told| &told.added),
    ("link", |told| &told.link),
    ("id", |told| &told.id),
];

impl Told {
    /// What is told of a bookmark, with the kinds under these names.
    pub fn new(passage: &Passage, kinds: &Kinds) -> Self {
        let Passage {
            article,
            metadata,
            bookmark,
            ..
        } = passage;
        let lines = |text: &str| clean::body(text).trim().to_owned();
        let given = |text: &Option<String>| text.as_deref().map(line).unwrap_or_default();
        let path = path(article, bookmark);
        let section = line(&bookmark.section);
        Self {
            section: path
                .last()
                .filter(|last| **last == section)
                .cloned()
                .unwrap_or_default(),
            sections: path.join(" › "),
            path,
            title: line(&article.title),
            author: given(&metadata.byline),
            date: given(&metadata.date),
            url: given(&metadata.url),
            file: line(&article.path.to_string_lossy()),
            quote: lines(&bookmark.quote.exact),
            note: lines(&bookmark.note),
            sign: bookmark
                .kind
                .map(|kind| kinds.sign(kind, SIGN).to_owned())
                .unwrap_or_default(),
            kind: bookmark
                .kind
                .map(|kind| kinds.name(kind))
                .unwrap_or_default(),
            tags: tags(bookmark),
            loose: loose(bookmark).to_owned(),
            letter: bookmark.letter.map(String::from).unwrap_or_default(),
            added: day(bookmark.added),
            link: passage.link().unwrap_or_default(),
            id: line(&bookmark.id.0),
        }
    }
}

fn line(text: &str) -> String {
    clean::line(text).trim().to_owned()
}

/// The titles of the sections that held a bookmark, the outermost first. The opening bears the article's title, and so
/// may the heading above all others: it is left out.
pub fn path(article: &Article, bookmark: &Bookmark) -> Vec<String> {
    let title = line(&article.title);
    let path = bookmark.path().map(line);
    path.filter(|section| !section.is_empty() && *section != title)
        .collect()
}

/// The kind of a bookmark with its sign, its tags, and whether it is loose, in one line.
pub fn marks(bookmark: &Bookmark, kinds: &Kinds) -> String {
    let kind = bookmark.kind;
    let kind = kind.map(|kind| format!("{} {}", kinds.sign(kind, SIGN), kinds.name(kind)));
    let marks = [
        kind.unwrap_or_default(),
        tags(bookmark),
        loose(bookmark).to_owned(),
    ];
    let marks: Vec<String> = marks.into_iter().filter(|mark| !mark.is_empty()).collect();
    marks.join(" · ")
}

fn tags(bookmark: &Bookmark) -> String {
    let tags = bookmark.tags.iter().map(|tag| format!("#{}", line(tag)));
    tags.collect::<Vec<_>>().join(" ")
}

const fn loose(bookmark: &Bookmark) -> &'static str {
    if bookmark.is_loose { LOOSE } else { "" }
}
