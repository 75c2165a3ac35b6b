//! The changes that can be made to a bookmark, wherever it is chosen.

use crate::model::article::{Article, Bookmark, Kind};
use crate::model::outline::first_words;
use crate::model::state::{Change, Fact};

/// The change that makes of a bookmark another one.
fn edit(article: &Article, before: &Bookmark, after: Bookmark, words: String) -> Change {
    let own = |bookmark| vec![(article.id.clone(), Fact::Bookmark(bookmark))];
    Change {
        does: own(after),
        undoes: own(before.clone()),
        words,
    }
}

/// The change that writes a note to a bookmark.
pub fn note(article: &Article, bookmark: &Bookmark, note: &str) -> Change {
    let words = if note.is_empty() {
        "removed the note"
    } else {
        "noted"
    };
    let after = Bookmark {
        note: note.to_owned(),
        ..bookmark.clone()
    };
    edit(article, bookmark, after, words.to_owned())
}

/// The change that gives a bookmark these tags and no others.
pub fn tag(article: &Article, bookmark: &Bookmark, tags: Vec<String>) -> Change {
    let words = if tags.is_empty() {
        "removed the tags".to_owned()
    } else {
        format!("tagged #{}", tags.join(" #"))
    };
    let after = Bookmark {
        tags,
        ..bookmark.clone()
    };
    edit(article, bookmark, after, words)
}

/// The change that makes a bookmark one of a kind that is called so.
pub fn highlight(
    article: &Article,
    bookmark: &Bookmark,
    kind: Option<Kind>,
    name: &str,
) -> Option<Change> {
    let after = Bookmark {
        kind,
        ..bookmark.clone()
    };
    let words = format!("“{}” is {name} now", first_words(&bookmark.quote.exact));
    (bookmark.kind != kind).then(|| edit(article, bookmark, after, words))
}

/// The change that keeps a bookmark as a note: its words are not looked for any more.
pub fn loosen(article: &Article, bookmark: &Bookmark) -> Change {
    let after = Bookmark {
        is_loose: true,
        ..bookmark.clone()
    };
    edit(article, bookmark, after, "kept as a note".to_owned())
}

/// The change that removes a bookmark.
pub fn remove(article: &Article, bookmark: &Bookmark) -> Change {
    let quoted = first_words(&bookmark.quote.exact);
    let what = if bookmark.kind.is_some() {
        "highlight"
    } else {
        "bookmark"
    };
    Change {
        does: vec![(
            article.id.clone(),
            Fact::BookmarkRemoved(bookmark.id.clone()),
        )],
        undoes: vec![(article.id.clone(), Fact::Bookmark(bookmark.clone()))],
        words: format!("removed the {what} “{quoted}”"),
    }
}
