//! What the facts about one article add up to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::newest::Newest;
use super::{Known, Rest, Stamp};
use crate::model::article::{Bookmark, BookmarkId, Progress, SectionKey, Seen, Status};
use crate::model::correction::Correction;
use crate::model::edition::Edition;
use crate::model::quote::Quote;
use crate::model::state::{Fact, State};

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
    pub(super) fn add(&mut self, stamp: &Stamp, fact: Fact, rest: Rest) -> bool {
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
        let mut all: Vec<&(Stamp, Correction)> =
            self.corrections.values().filter_map(Newest::told).collect();
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

    pub(super) fn counts(&self, stamp: &Stamp, fact: &Fact) -> bool {
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
        self.progress.stamp().map_or(0, |stamp| stamp.time)
    }

    /// Where it lay, newest first.
    pub fn known(&self) -> Vec<&Known> {
        let mut known: Vec<_> = self.known.values().filter_map(Newest::told).collect();
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
