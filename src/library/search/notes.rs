//! The reader's own words: notes of bookmarks, and the passages of articles that are gone.

use std::sync::Arc;

use super::super::Library;
use super::snippet;
use crate::model::article::{Article, Bookmark, Hit, Kept, SectionKey};
use crate::model::query::{Clock, Expr, Facts, Field, Query, Term, Texts, Words};
use crate::store::{Wanted, places};

/// A note that has what is asked for.
pub struct Noted {
    /// The note as a hit.
    pub hit: Hit,
}

impl Library {
    /// The notes that have what a query asks for, newest first.
    pub(super) fn noted(&self, query: &Query, clock: Clock) -> Vec<Noted> {
        let mut words = Vec::new();
        words_for_notes(&query.root, &mut words);
        let wanted: Vec<Wanted> = words.into_iter().filter_map(Wanted::new).collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        let noted = |(article, bookmark): Kept| {
            let own = own_words(&article, &bookmark);
            let is_asked = !places(&own, &wanted).is_empty()
                && holds(query, clock, (&article, &bookmark), &own);
            is_asked.then(|| Noted {
                hit: Hit {
                    snippet: snippet::of_text(&own, &wanted),
                    in_note: !bookmark.note.is_empty(),
                    section: SectionKey {
                        title: bookmark.section.clone(),
                        nth: 0,
                    },
                    position: bookmark.quote.hint,
                    article: Arc::unwrap_or_clone(article),
                },
            })
        };
        self.bookmarks().into_iter().filter_map(noted).collect()
    }
}

/// The note; where the article is gone, the passage too: it is found nowhere else any more.
fn own_words(article: &Article, bookmark: &Bookmark) -> String {
    match (article.missing, bookmark.note.as_str()) {
        (false, note) => note.to_owned(),
        (true, "") => bookmark.quote.exact.clone(),
        (true, note) => format!("{note}\n{}", bookmark.quote.exact),
    }
}

fn words_for_notes<'a>(expr: &'a Expr, words: &mut Vec<&'a Words>) {
    match expr {
        Expr::All(all) | Expr::Any(all) => all.iter().for_each(|one| words_for_notes(one, words)),
        Expr::Term(Term::Words(own) | Term::Text(Field::Note, own)) => words.push(own),
        Expr::Not(_) | Expr::Term(_) => {}
    }
}

fn holds(
    query: &Query,
    clock: Clock,
    (article, bookmark): (&Article, &Bookmark),
    own: &str,
) -> bool {
    let mut texts = Texts::default();
    let author = article.author.as_deref().unwrap_or("");
    texts.push(&article.title, author, &article.folder);
    let facts = Facts::of(article, texts.get(0));
    let is_in = |words: &Words, text: &str| {
        Wanted::new(words).is_none_or(|wanted| !places(text, &[wanted]).is_empty())
    };
    query.holds(|term| match term {
        Term::Words(words) => is_in(words, own) || is_in(words, &article.title),
        Term::Text(Field::Note, words) => is_in(words, &bookmark.note),
        Term::Text(Field::Section, words) => is_in(words, &bookmark.section),
        Term::Text(Field::Title, words) => is_in(words, &article.title),
        Term::Text(Field::Author, words) => is_in(words, author),
        Term::Text(Field::Tag | Field::Kind, _)
        | Term::Folder(_)
        | Term::Language(_)
        | Term::Is(_)
        | Term::Minutes(..)
        | Term::After(_)
        | Term::Before(_) => term.matches(&facts, clock),
    })
}
