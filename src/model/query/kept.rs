//! Which bookmarks a query asks for.

use super::fold::{Texts, fold};
use super::lex::{self, Kind};
use super::{Clock, Facts, Field, Mistake, Over, Query, Term, Words};
use crate::model::article::{Article, Bookmark};
use crate::model::near::nearest;

/// A bookmark as queries look at it: its texts without case and accents, a line each.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Where each line of `text` ends.
    ends: [usize; 5],
    /// The words, the note, the tags (each between spaces), the section with those above it, the title of the article.
    text: String,
    kind: String,
    added: i64,
}

impl Kept {
    /// A bookmark of an article, and the name of its kind; empty for a plain one.
    pub fn of(article: &Article, bookmark: &Bookmark, kind: &str) -> Self {
        let mut text = String::new();
        let tags: Vec<String> = bookmark.tags.iter().map(|tag| fold(tag)).collect();
        let sections: Vec<&str> = bookmark.path().collect();
        let lines = [
            fold(&bookmark.quote.exact),
            fold(&bookmark.note),
            format!(" {} ", tags.join(" ")),
            fold(&sections.join("\n")),
            fold(&article.title),
        ];
        let ends = lines.map(|line| {
            text.push_str(&line);
            text.push('\n');
            text.len()
        });
        Self {
            ends,
            text,
            kind: fold(kind),
            added: bookmark.added,
        }
    }

    fn line(&self, line: usize) -> &str {
        let start = line.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[line]]
    }

    fn has_tag(&self, words: &Words) -> bool {
        let wanted = words.folded().trim_start_matches('#').replace(' ', "_");
        let tags = self.line(2);
        let end = if words.is_start() { "" } else { " " };
        tags.contains(&format!(" {wanted}{end}"))
    }

    fn has_kind(&self, words: &Words) -> bool {
        is_kind(words, &self.kind)
    }
}

fn is_kind(words: &Words, folded: &str) -> bool {
    if words.is_start() {
        folded.starts_with(words.folded())
    } else {
        folded == words.folded()
    }
}

/// The first `kind:` of a query that asks for none of these kinds. It may still become one where it ends the text.
pub fn unknown_kind(text: &str, names: &[String]) -> Option<Mistake> {
    let tokens = lex::tokens(text, Over::Bookmarks, &mut Vec::new());
    tokens.into_iter().find_map(|token| {
        let Kind::Field("kind", value) = token.kind else {
            return None;
        };
        let words = value.words()?;
        let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
        if folded.iter().any(|name| is_kind(&words, name)) {
            return None;
        }
        let (asked, ends) = (words.text(), value.at.end == text.len());
        let is_begun = |name: &String| name.starts_with(words.folded());
        let is_unfinished = ends && !words.is_start() && folded.iter().any(is_begun);
        let near = nearest(asked, names.iter().map(String::as_str));
        let what = match (near, names.split_last()) {
            (Some(near), _) => format!("no kind `{asked}`; did you mean `{near}`?"),
            (None, Some((last, all))) if !all.is_empty() => {
                format!("no kind `{asked}`; there are {} and {last}", all.join(", "))
            }
            (None, _) => format!("no kind `{asked}`"),
        };
        Some(Mistake {
            at: value.at,
            what,
            is_unfinished,
        })
    })
}

impl Query {
    /// Whether a bookmark of this article is asked for: words in its quote, note, tags, sections or title.
    pub fn matches_bookmark(&self, article: &Article, kept: &Kept, clock: Clock) -> bool {
        // most queries are words and ask nothing of the article
        let facts_of = |term: &Term| {
            let mut texts = Texts::default();
            let author = article.author.as_deref().unwrap_or("");
            texts.push(&article.title, author, &article.folder);
            term.matches(&Facts::of(article, texts.get(0)), clock)
        };
        self.holds(|term| match term {
            Term::Words(words) => words.is_in(&kept.text),
            Term::Text(Field::Note, words) => words.is_in(kept.line(1)),
            Term::Text(Field::Tag, words) => kept.has_tag(words),
            Term::Text(Field::Section, words) => words.is_in(kept.line(3)),
            Term::Text(Field::Kind, words) => kept.has_kind(words),
            Term::Text(Field::Title, words) => words.is_in(kept.line(4)),
            Term::After(date) => kept.added >= date.start(clock),
            Term::Before(date) => kept.added < date.start(clock),
            Term::Text(Field::Author, _)
            | Term::Folder(_)
            | Term::Language(_)
            | Term::Is(_)
            | Term::Minutes(..) => facts_of(term),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::{self, ArticleId, BookmarkId, Status};
    use crate::model::document::Position;
    use crate::model::query::Over;
    use crate::model::quote::Quote;

    #[track_caller]
    fn check(query: &str, expected: bool) {
        let quote = Quote {
            exact: "The Wíck is cut\nonce a day".into(),
            prefix: String::new(),
            suffix: String::new(),
            hint: Position::default(),
        };
        let bookmark = Bookmark {
            section: "Oil".into(),
            above: vec!["Lamps".into()],
            kind: article::Kind::new(2),
            tags: vec!["Light".into(), "salt_water".into()],
            note: "ask\nIda".into(),
            ..Bookmark::plain(BookmarkId("b".into()), quote, 86_400_000 * 40)
        };
        let article = Article {
            id: ArticleId("a".into()),
            path: "a".into(),
            folder: "north".into(),
            title: "Harbours".into(),
            author: Some("Holm".into()),
            language: None,
            minutes: 3,
            modified: 0,
            status: Status::Read,
            bookmarks: 1,
            last_read: 0,
            missing: false,
        };
        let query = Query::parse(query, Over::Bookmarks).expect("a query");
        let clock = Clock::default();
        let kept = Kept::of(&article, &bookmark, "question");
        assert_eq!(query.matches_bookmark(&article, &kept, clock), expected);
    }

    #[test]
    fn a_bookmark_is_asked_for_by_words_kind_tag_and_its_article() {
        for query in [
            "",
            "wick",
            "\"cut once\"",
            "ida",
            "harbours",
            "salt_water",
            "note:ida",
            "section:lamps",
            "section:oil",
            "tag:light",
            "tag:\"salt water\"",
            "tag:sal*",
            "kind:question",
            "kind:quest*",
            "author:holm is:read in:north",
            "after:1970-02-01 before:1971",
            "-lamp OR wick",
        ] {
            check(query, true);
        }
        for query in [
            "candle",
            "note:wick",
            "section:wick",
            "tag:sal",
            "tag:ligh",
            "tag:question",
            "kind:important",
            "kind:quest",
            "-ida",
            "is:unread",
            "before:1970-02-01",
        ] {
            check(query, false);
        }
    }

    #[track_caller]
    fn told(query: &str, expected: Option<&str>) {
        let names = ["important", "question", "next step"].map(str::to_owned);
        let mistake = unknown_kind(query, &names);
        assert_eq!(mistake.as_ref().map(|it| it.what.as_str()), expected);
    }

    #[test]
    fn a_kind_that_is_not_there_is_told() {
        for query in [
            "",
            "oil",
            "kind:",
            "kind:QUESTION",
            "-kind:imp*",
            "kind:\"next step\"",
            "\"kind:x\"",
        ] {
            told(query, None);
        }
        told(
            "oil OR (kind:blue tag:x)",
            Some("no kind `blue`; there are important, question and next step"),
        );
        told(
            "kind:questoin",
            Some("no kind `questoin`; did you mean `question`?"),
        );
        told(
            "kind:quest oil",
            Some("no kind `quest`; there are important, question and next step"),
        );
        let names = ["question".to_owned()];
        let unfinished = |query| unknown_kind(query, &names).map(|it| (it.at, it.is_unfinished));
        assert_eq!(unfinished("a kind:que"), Some((7..10, true)));
        assert_eq!(unfinished("a kind:que b"), Some((7..10, false)));
        assert_eq!(unfinished("kind:x"), Some((5..6, false)));
    }
}
