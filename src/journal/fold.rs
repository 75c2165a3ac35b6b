//! What all the lines of the journal add up to. Lines may come in any order, in any pieces and more than once: the result
//! is the same.

mod newest;
mod sum;

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::article::ArticleId;
use crate::model::state::Fact;

use newest::Newest;
pub use sum::Sum;

/// One line of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// When and where it was written.
    pub stamp: Stamp,
    /// Which article it is about.
    pub article: ArticleId,
    /// What it says.
    pub fact: Fact,
    /// What a later version says of the bookmark besides.
    pub rest: Rest,
}

/// Fields of a bookmark that only a later version knows: they are passed on when this one writes the bookmark anew.
pub type Rest = serde_json::Map<String, serde_json::Value>;

/// When and where a fact was written: the order in which facts count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Milliseconds since 1970.
    pub time: i64,
    /// Which machine; decides between facts of one time.
    pub machine: Arc<str>,
}

/// Where an article lay, what it was called there, and what was in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// See [`Fact::Known`].
    pub path: String,
    /// The hash of its content.
    pub content: String,
    /// Its title.
    pub title: String,
}

/// What all facts add up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Folded {
    articles: HashMap<ArticleId, Sum>,
    paths: HashMap<String, Newest<ArticleId>>,
    contents: HashMap<String, Newest<ArticleId>>,
}

impl Folded {
    /// Adds an entry. Tells whether it changed what there is to know of its article.
    pub fn add(&mut self, entry: Entry) -> bool {
        let Entry {
            stamp,
            article,
            fact,
            rest,
        } = entry;
        if let Fact::Known { path, content, .. } = &fact {
            self.paths
                .entry(path.clone())
                .or_default()
                .put(&stamp, article.clone());
            self.contents
                .entry(content.clone())
                .or_default()
                .put(&stamp, article.clone());
        }
        let sum = self.articles.entry(article).or_default();
        sum.add(&stamp, fact, rest)
    }

    /// Whether an entry that was added counts for anything: without those that do not, all adds up to the same, whatever
    /// is added to it later.
    pub fn counts(&self, entry: &Entry) -> bool {
        let Entry {
            stamp,
            article,
            fact,
            ..
        } = entry;
        let is_of = |newest: Option<&Newest<ArticleId>>| newest.is_some_and(|n| n.is_of(stamp));
        let counts_for_all = match fact {
            Fact::Known { path, content, .. } => {
                is_of(self.paths.get(path)) || is_of(self.contents.get(content))
            }
            Fact::Status(_)
            | Fact::Progress(_)
            | Fact::Seen(..)
            | Fact::Bookmark(_)
            | Fact::BookmarkRemoved(_)
            | Fact::Correction(_)
            | Fact::Edition(_) => false,
        };
        counts_for_all || self.sum(article).is_some_and(|sum| sum.counts(stamp, fact))
    }

    /// What is known of an article.
    pub fn sum(&self, article: &ArticleId) -> Option<&Sum> {
        self.articles.get(article)
    }

    /// All articles of which something is known.
    pub fn articles(&self) -> impl Iterator<Item = &ArticleId> {
        self.articles.keys()
    }

    /// Which article was last known to lie at this path.
    pub fn id_at(&self, path: &str) -> Option<&ArticleId> {
        self.paths.get(path)?.value()
    }

    /// Which article was last known to have this content.
    pub fn id_of_content(&self, content: &str) -> Option<&ArticleId> {
        self.contents.get(content)?.value()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::line::tests::entries;
    use super::*;
    use crate::model::article::{Bookmark, BookmarkId, Progress, SectionKey, Seen, Status};
    use crate::model::correction::{Correction, Said};
    use crate::model::document::Position;
    use crate::model::quote::Quote;
    use crate::model::state::State;

    fn folded(entries: impl IntoIterator<Item = Entry>) -> Folded {
        let mut folded = Folded::default();
        for entry in entries {
            folded.add(entry);
        }
        folded
    }

    fn some_entries() -> impl Strategy<Value = (Vec<Entry>, Vec<Entry>)> {
        prop::collection::vec(entries(), 0..40).prop_flat_map(|entries| {
            let mut twice = entries.clone();
            twice.extend(entries.iter().step_by(2).cloned());
            (Just(entries), Just(twice).prop_shuffle())
        })
    }

    proptest! {
        #[test]
        fn order_and_repetition_do_not_matter((entries, shuffled) in some_entries()) {
            let (one, other) = (folded(entries), folded(shuffled));
            prop_assert_eq!(&one, &other);
            for id in one.articles() {
                prop_assert_eq!(one.sum(id).unwrap().state(), other.sum(id).unwrap().state());
                prop_assert_eq!(one.sum(id).unwrap().known(), other.sum(id).unwrap().known());
            }
        }

        #[test]
        fn a_change_of_the_state_is_told(entries in prop::collection::vec(entries(), 0..40)) {
            let mut folded = Folded::default();
            for entry in entries {
                let id = entry.article.clone();
                let before = folded.sum(&id).map(Sum::state).unwrap_or_default();
                let told = folded.add(entry);
                prop_assert!(told || folded.sum(&id).unwrap().state() == before);
            }
        }
    }

    const A: &str = "A";

    fn at(time: i64, fact: Fact) -> Entry {
        let stamp = Stamp {
            time,
            machine: "m".into(),
        };
        Entry {
            stamp,
            article: ArticleId(A.into()),
            fact,
            rest: Rest::new(),
        }
    }

    fn state(entries: impl IntoIterator<Item = Entry>) -> State {
        folded(entries).sum(&ArticleId(A.into())).unwrap().state()
    }

    fn quote() -> Quote {
        let (exact, prefix, suffix) = ("words".into(), String::new(), String::new());
        Quote {
            exact,
            prefix,
            suffix,
            hint: Position::default(),
        }
    }

    fn bookmark(id: &str, added: i64) -> Bookmark {
        Bookmark::plain(BookmarkId(id.into()), quote(), added)
    }

    fn seen(start: bool, end: bool) -> Fact {
        let section = SectionKey {
            title: "s".into(),
            nth: 0,
        };
        Fact::Seen(
            section,
            Seen {
                start,
                end,
                some: true,
            },
        )
    }

    #[test]
    fn the_newest_status_wins_and_the_machine_decides_a_tie() {
        let read = at(2, Fact::Status(Status::Read));
        let unread = at(1, Fact::Status(Status::Unread));
        assert_eq!(state([read.clone(), unread]).status, Status::Read);
        let mut other = at(2, Fact::Status(Status::Unread));
        other.stamp.machine = "n".into();
        assert_eq!(state([other, read]).status, Status::Unread);
    }

    #[test]
    fn the_percentage_follows_from_the_progress() {
        let begun = at(1, Fact::Status(Status::Begun(99)));
        assert_eq!(state([begun.clone()]).status, Status::Begun(0));
        let progress = Fact::Progress(Progress {
            quote: quote(),
            thousandths: 417,
        });
        assert_eq!(state([begun, at(2, progress)]).status, Status::Begun(41));
    }

    #[test]
    fn sections_seen_add_up_until_the_article_is_marked_unread() {
        let whole = state([at(1, seen(true, false)), at(2, seen(false, true))]);
        assert!(whole.seen.values().all(|seen| seen.is_whole()));
        let unread = at(3, Fact::Status(Status::Unread));
        assert!(
            state([at(1, seen(true, true)), unread.clone()])
                .seen
                .is_empty()
        );
        let again = state([at(4, seen(true, false)), at(1, seen(false, true)), unread]);
        assert_eq!(again.seen.len(), 1);
        assert!(again.seen.values().all(|seen| seen.start && !seen.end));
    }

    #[test]
    fn a_removed_bookmark_stays_removed_until_it_is_added_again() {
        let added = at(1, Fact::Bookmark(bookmark("b", 1)));
        let removed = at(2, Fact::BookmarkRemoved(BookmarkId("b".into())));
        assert!(state([removed.clone(), added.clone()]).bookmarks.is_empty());
        let again = at(3, Fact::Bookmark(bookmark("b", 1)));
        assert_eq!(
            state([again, removed, added]).bookmarks,
            [Arc::new(bookmark("b", 1))]
        );
    }

    #[test]
    fn bookmarks_come_in_the_order_in_which_they_were_made() {
        let entries = [("b", 5), ("a", 5), ("c", 1)]
            .map(|(id, added)| at(added, Fact::Bookmark(bookmark(id, added))));
        let ids: Vec<_> = state(entries)
            .bookmarks
            .into_iter()
            .map(|b| b.id.0.clone())
            .collect();
        assert_eq!(ids, ["c", "a", "b"]);
    }

    fn correction(exact: &str, said: Said) -> Fact {
        let quote = Quote {
            exact: exact.into(),
            ..quote()
        };
        Fact::Correction(Correction {
            quote,
            section: String::new(),
            said,
            made: 0,
        })
    }

    #[test]
    fn of_corrections_of_one_block_the_newest_counts_wherever_it_was_written() {
        let heading = at(2, correction("a", Said::Heading(1)));
        let mut text = at(3, correction("a", Said::Text));
        text.stamp.machine = "n".into();
        let other = at(1, correction("b", Said::Noise));
        let said = |entries: Vec<Entry>| -> Vec<(String, Said)> {
            let corrections = state(entries).corrections.into_iter();
            corrections.map(|it| (it.quote.exact, it.said)).collect()
        };
        let expected = [("b".to_owned(), Said::Noise), ("a".to_owned(), Said::Text)];
        let entries = vec![text.clone(), heading.clone(), other.clone()];
        assert_eq!(said(entries), expected);
        let again = at(4, correction("b", Said::Noise));
        let mut folded = folded([text, heading, other]);
        assert!(folded.add(again), "it is the last that was said");
        let state = folded.sum(&ArticleId(A.into())).unwrap().state();
        assert_eq!(state.corrections[1].quote.exact, "b");
    }

    #[test]
    fn paths_and_contents_lead_to_the_article_that_was_there_last() {
        let known = |path: &str| Fact::Known {
            path: path.into(),
            content: "c".into(),
            title: "t".into(),
        };
        let mut other = at(2, known("p"));
        other.article = ArticleId("B".into());
        let folded = folded([at(1, known("p")), other, at(3, known("q"))]);
        assert_eq!(folded.id_at("p"), Some(&ArticleId("B".into())));
        assert_eq!(folded.id_of_content("c"), Some(&ArticleId(A.into())));
        let sum = folded.sum(&ArticleId(A.into())).unwrap();
        let paths: Vec<_> = sum
            .known()
            .into_iter()
            .map(|known| known.path.as_str())
            .collect();
        assert_eq!(paths, ["q", "p"]);
    }
}
