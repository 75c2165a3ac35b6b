//! What `bookmarks --json` prints.

use serde::Serialize;

use crate::config::kinds::Kinds;
use crate::library::{Passage, Standing};
use crate::model::article::Kind;

/// One of what `bookmarks --json` prints.
#[derive(Debug, Serialize)]
pub struct Bookmark<'a> {
    id: &'a str,
    article: Holder<'a>,
    section: &'a str,
    above: &'a [String],
    text: &'a str,
    prefix: &'a str,
    suffix: &'a str,
    kind: Option<String>,
    kind_number: Option<u8>,
    tags: &'a [String],
    note: &'a str,
    letter: Option<char>,
    loose: bool,
    state: Option<&'static str>,
    link: Option<String>,
    added: i64,
}

/// The article that a bookmark is in.
#[derive(Debug, Serialize)]
struct Holder<'a> {
    id: &'a str,
    path: String,
    title: &'a str,
    author: Option<&'a str>,
    date: Option<&'a str>,
    url: Option<&'a str>,
}

impl<'a> Bookmark<'a> {
    /// A bookmark with the article that holds it.
    pub fn new(passage: &'a Passage, kinds: &Kinds) -> Self {
        let Passage {
            article,
            metadata,
            bookmark,
            standing,
            ..
        } = passage;
        Self {
            id: &bookmark.id.0,
            article: Holder {
                id: &article.id.0,
                path: article.path.to_string_lossy().into_owned(),
                title: &article.title,
                author: metadata.byline.as_deref(),
                date: metadata.date.as_deref(),
                url: metadata.url.as_deref(),
            },
            section: &bookmark.section,
            above: &bookmark.above,
            text: &bookmark.quote.exact,
            prefix: &bookmark.quote.prefix,
            suffix: &bookmark.quote.suffix,
            kind: bookmark.kind.map(|kind| kinds.name(kind)),
            kind_number: bookmark.kind.map(Kind::number),
            tags: &bookmark.tags,
            note: &bookmark.note,
            letter: bookmark.letter,
            loose: bookmark.is_loose,
            state: standing.map(Standing::word),
            link: passage.link(),
            added: bookmark.added,
        }
    }
}
