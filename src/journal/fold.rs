//! What all the lines of the journal add up to. Lines may come in any order, in any pieces and more than once: the result
//! is the same.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::sync::Arc;

use crate::model::article::{ArticleId, Bookmark, BookmarkId, Progress, SectionKey, Seen, Status};
use crate::model::correction::Correction;
use crate::model::edition::Edition;
use crate::model::quote::Quote;
use crate::model::state::{Fact, State};

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

/// What the facts about one article add up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sum {
    /// The time of the newest of them, in milliseconds since 1970.
    newest: Option<i64>,
    status: Newest<Status>,
    /// When it was last marked unread: what was seen before that is forgotten.
    unread: Option<Stamp>,
    progress: Newest<Progress>,
    /// When the start, the end and some of a section were last seen, since it was last marked unread.
    seen: BTreeMap<SectionKey, [Option<Stamp>; 3]>,
    /// `None` where it was removed.
    bookmarks: BTreeMap<BookmarkId, Newest<Option<Kept>>>,
    known: BTreeMap<String, Newest<Known>>,
    /// By the words quoted, and those before and after them.
    corrections: BTreeMap<[String; 3], Newest<Correction>>,
    edition: Newest<Arc<Edition>>,
}

/// A bookmark that is there.
#[derive(Debug, Clone, PartialEq)]
struct Kept {
    bookmark: Arc<Bookmark>,
    rest: Rest,
}

impl Sum {
    fn add(&mut self, stamp: &Stamp, fact: Fact, rest: Rest) -> bool {
        self.newest = self.newest.max(Some(stamp.time));
        match fact {
            Fact::Known {
                path,
                content,
                title,
            } => {
                let known = Known {
                    path: path.clone(),
                    content,
                    title,
                };
                self.known.entry(path).or_default().put(stamp, known)
            }
            Fact::Status(status) => {
                let forgot = status == Status::Unread && self.forget_before(stamp);
                self.status.put(stamp, without_percent(status)) || forgot
            }
            Fact::Progress(progress) => self.progress.put(stamp, progress),
            Fact::Seen(section, seen) => self.see(stamp, section, seen),
            Fact::Bookmark(bookmark) => self.bookmarks.entry(bookmark.id.clone()).or_default().put(
                stamp,
                Some(Kept {
                    bookmark: Arc::new(bookmark),
                    rest,
                }),
            ),
            Fact::BookmarkRemoved(id) => self.bookmarks.entry(id).or_default().put(stamp, None),
            Fact::Correction(correction) => self.correct(stamp, correction),
            Fact::Edition(edition) => self.edition.put(stamp, edition),
        }
    }

    fn forget_before(&mut self, stamp: &Stamp) -> bool {
        if self.unread.as_ref().is_some_and(|unread| unread >= stamp) {
            return false;
        }
        self.unread = Some(stamp.clone());
        let before = self.seen.len();
        let mut forgot = false;
        self.seen.retain(|_, flags| {
            for flag in flags.iter_mut() {
                forgot |= flag.take_if(|last| *last <= *stamp).is_some();
            }
            flags.iter().any(Option::is_some)
        });
        forgot || self.seen.len() != before
    }

    fn see(&mut self, stamp: &Stamp, section: SectionKey, seen: Seen) -> bool {
        let is_forgotten = self.unread.as_ref().is_some_and(|unread| stamp <= unread);
        if is_forgotten || seen == Seen::default() {
            return false;
        }
        let flags = self.seen.entry(section).or_default();
        let before = seen_of(flags);
        for (flag, is_seen) in flags.iter_mut().zip([seen.start, seen.end, seen.some]) {
            if is_seen && flag.as_ref().is_none_or(|last| last < stamp) {
                *flag = Some(stamp.clone());
            }
        }
        before != seen_of(flags)
    }

    fn correct(&mut self, stamp: &Stamp, correction: Correction) -> bool {
        let newest = self.corrections.entry(key(&correction.quote)).or_default();
        let before = newest.stamp().cloned();
        // to say a thing again makes it the last that was said
        newest.put(stamp, correction) || newest.stamp() != before.as_ref()
    }

    /// Whether the reader ever said what a block is.
    pub fn is_corrected(&self) -> bool {
        !self.corrections.is_empty()
    }

    fn corrections(&self) -> Vec<Correction> {
        let mut all: Vec<&(Stamp, Correction)> = self
            .corrections
            .values()
            .filter_map(|newest| newest.0.as_ref())
            .collect();
        all.sort_by_key(|(stamp, _)| stamp);
        all.into_iter()
            .map(|(_, correction)| correction.clone())
            .collect()
    }

    /// The time of the newest fact, in milliseconds since 1970.
    pub fn newest(&self) -> Option<i64> {
        self.newest
    }

    /// How far the reader is.
    pub fn status(&self) -> Status {
        match self.status.value() {
            Some(Status::Begun(_)) => {
                let thousandths = self.progress.value().map_or(0, |p| p.thousandths.min(1000));
                Status::Begun(u8::try_from(thousandths / 10).unwrap_or(100))
            }
            Some(&status) => status,
            None => Status::Unread,
        }
    }

    /// How many bookmarks there are.
    pub fn bookmarks(&self) -> usize {
        self.kept().count()
    }

    fn kept(&self) -> impl Iterator<Item = &Arc<Bookmark>> {
        let kept = self.bookmarks.values();
        kept.filter_map(|kept| Some(&kept.value()?.as_ref()?.bookmark))
    }

    /// What a later version says of a bookmark that is there.
    pub fn rest(&self, id: &BookmarkId) -> Option<&Rest> {
        Some(&self.bookmarks.get(id)?.value()?.as_ref()?.rest)
    }

    fn counts(&self, stamp: &Stamp, fact: &Fact) -> bool {
        self.newest == Some(stamp.time)
            || match fact {
                Fact::Known { path, .. } => self.known.get(path).is_some_and(|it| it.is_of(stamp)),
                Fact::Status(_) => self.status.is_of(stamp) || self.unread.as_ref() == Some(stamp),
                Fact::Progress(_) => self.progress.is_of(stamp),
                Fact::Seen(section, _) => {
                    let flags = self.seen.get(section).into_iter().flatten();
                    flags.flatten().any(|last| last == stamp)
                }
                Fact::Bookmark(Bookmark { id, .. }) | Fact::BookmarkRemoved(id) => {
                    self.bookmarks.get(id).is_some_and(|it| it.is_of(stamp))
                }
                Fact::Correction(correction) => {
                    let newest = self.corrections.get(&key(&correction.quote));
                    newest.is_some_and(|it| it.is_of(stamp))
                }
                Fact::Edition(_) => self.edition.is_of(stamp),
            }
    }

    /// All of it.
    pub fn state(&self) -> State {
        let seen = self.seen.iter();
        let mut bookmarks: Vec<_> = self.kept().cloned().collect();
        // they come ordered by id
        bookmarks.sort_by_key(|bookmark| bookmark.added);
        State {
            status: self.status(),
            progress: self.progress.value().cloned(),
            seen: seen
                .map(|(section, flags)| (section.clone(), seen_of(flags)))
                .collect(),
            bookmarks,
            corrections: self.corrections(),
            edition: self.edition.value().cloned(),
            last_read: self.last_read(),
        }
    }

    /// When the reader's place last changed, in milliseconds since 1970; 0 for never.
    pub fn last_read(&self) -> i64 {
        self.progress.0.as_ref().map_or(0, |(stamp, _)| stamp.time)
    }

    /// Where it lay, newest first.
    pub fn known(&self) -> Vec<&Known> {
        let mut known: Vec<_> = self
            .known
            .values()
            .filter_map(|known| known.0.as_ref())
            .collect();
        known.sort_by(|a, b| b.0.cmp(&a.0));
        known.into_iter().map(|(_, known)| known).collect()
    }
}

/// Which correction: its words, and those before and after them.
fn key(quote: &Quote) -> [String; 3] {
    [&quote.exact, &quote.prefix, &quote.suffix].map(Clone::clone)
}

fn seen_of(flags: &[Option<Stamp>; 3]) -> Seen {
    let [start, end, some] = flags.each_ref().map(Option::is_some);
    Seen { start, end, some }
}

/// The percentage is not kept: it follows from the progress.
fn without_percent(status: Status) -> Status {
    match status {
        Status::Begun(_) => Status::Begun(0),
        Status::Unread | Status::Read => status,
    }
}

/// A value of which the newest wins.
#[derive(Debug, Clone, PartialEq)]
struct Newest<T>(Option<(Stamp, T)>);

impl<T> Default for Newest<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: PartialEq + Debug> Newest<T> {
    /// Keeps the value if it is newer. Tells whether the value is another one now.
    fn put(&mut self, stamp: &Stamp, value: T) -> bool {
        let Some((old_stamp, old)) = &mut self.0 else {
            self.0 = Some((stamp.clone(), value));
            return true;
        };
        let is_newer = match stamp.cmp(old_stamp) {
            std::cmp::Ordering::Less => false,
            std::cmp::Ordering::Greater => true,
            // only in a file changed by other hands; any order will do, if all machines take the same
            std::cmp::Ordering::Equal => *old != value && format!("{old:?}") < format!("{value:?}"),
        };
        if !is_newer {
            return false;
        }
        let is_other = *old != value;
        *old = value;
        old_stamp.clone_from(stamp);
        is_other
    }

    fn value(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    fn stamp(&self) -> Option<&Stamp> {
        self.0.as_ref().map(|(stamp, _)| stamp)
    }

    fn is_of(&self, stamp: &Stamp) -> bool {
        self.stamp() == Some(stamp)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::line::tests::entries;
    use super::*;
    use crate::model::correction::Said;
    use crate::model::document::Position;

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
