//! What the reader did, one line each: the only writer of the reader's state, and its only copy.
//!
//! Each machine appends to a file of its own in the folder, `<machine>.jsonl`, and reads those of all. Nothing is ever
//! rewritten in place; only when the reader asks for it is this machine's file replaced by a shorter one that says the
//! same (see `compact`). Which line counts is told in `fold`; what a line looks like in `line`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::article::{ArticleId, BookmarkId, Status};
use crate::model::state::{Fact, State};

mod compact;
mod fold;
mod line;
mod machine;
mod read;
mod write;

pub use compact::{Checked, Compacted, Remark, check, compact};
pub use fold::Known;
pub use line::{read_time, visible, written};
pub use machine::machine_name;

use fold::{Entry, Folded, Rest, Stamp};
use line::{MAX_LINE, MAX_TIME};
use read::Source;
use write::Locked;

/// Why something is not saved.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// There is no room; there may be some later.
    #[error("not saved: the disk is full")]
    Full,
    /// The folder may be read only.
    #[error("not saved: `{0}` is read-only")]
    ReadOnly(String),
    /// Another program holds the file; it may be free later.
    #[error("not saved: `{0}` has been locked by another program for five seconds")]
    Busy(String),
    /// Something else has the file's name.
    #[error("not saved: `{0}` is not a regular file")]
    NotAFile(String),
    /// One fact is longer than a line may be.
    #[error("not saved: longer than {} MB", MAX_LINE / 1024 / 1024)]
    TooLong,
    /// Two programs could write to it at once.
    #[error("not compacted: `{0}` lies where files cannot be locked")]
    NoLocks(String),
    /// It could not be looked over.
    #[error("could not read `{0}`: {1}")]
    Unread(String, String),
    /// Anything else.
    #[error("not saved: could not write `{0}`: {1}")]
    Other(String, String),
}

impl JournalError {
    fn new(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            _ if is_link(error) => Self::NotAFile(shown(path)),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                Self::ReadOnly(shown(path))
            }
            io::ErrorKind::IsADirectory => Self::NotAFile(shown(path)),
            _ => Self::Other(shown(path), why(error)),
        }
    }
}

/// What lists show of what the reader did with an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brief {
    /// How far the reader is.
    pub status: Status,
    /// How many bookmarks there are.
    pub bookmarks: usize,
    /// When the reader was last in it, in milliseconds since 1970; 0 for never.
    pub last_read: i64,
}

/// The journal of a folder, as far as it has been read.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    machine: Arc<str>,
    sources: BTreeMap<OsString, Source>,
    folded: Folded,
    /// What later versions said of the bookmarks that were removed in this run.
    removed: HashMap<BookmarkId, Rest>,
    /// The articles that others changed and that have not been told yet.
    changed: BTreeSet<ArticleId>,
    /// Why files, or the folder, could not be read.
    troubles: Vec<String>,
    /// Whether the folder is known to hold this machine's file even after a power cut.
    is_settled: bool,
}

impl Journal {
    /// The journal in a folder; `machine` names the file that is written (see [`machine_name`]). Never fails: where nothing
    /// can be read there is nothing yet, and where nothing can be written [`Journal::append`] says so. Writes nothing.
    pub fn open(folder: &Path, machine: &str) -> Self {
        let mut journal = Self {
            folder: folder.to_owned(),
            machine: machine::clean(machine).into(),
            sources: BTreeMap::new(),
            folded: Folded::default(),
            removed: HashMap::new(),
            changed: BTreeSet::new(),
            troubles: Vec::new(),
            is_settled: false,
        };
        journal.refresh();
        journal
    }

    /// Writes facts to this machine's file, in this order, all at once. They are on the disk when it returns, and on no
    /// disk when it fails. `now` is in milliseconds since 1970; a fact is never dated before what it follows, be that the
    /// line before it or what is known of its article from elsewhere.
    ///
    /// # Errors
    /// When they are not on the disk.
    pub fn append(&mut self, facts: &[(ArticleId, Fact)], now: i64) -> Result<(), JournalError> {
        if facts.is_empty() {
            return Ok(());
        }
        let name = OsString::from(format!("{}.jsonl", self.machine));
        let path = self.folder.join(&name);
        // a folder that is carried between machines may get another file in place of this one at any time
        for _ in 0..3 {
            let mut locked = Locked::open(&path)?;
            let failed = |error: io::Error| JournalError::new(&path, &error);
            let others = self.read_own(&name, &locked).map_err(failed)?;
            self.changed.extend(others);
            self.remember(facts);
            let lines = self.lines(&name, facts, now)?;
            locked.append(&lines).map_err(failed)?;
            if !self.is_settled {
                write::sync_folder(&self.folder).map_err(failed)?;
                self.is_settled = true;
            }
            // on the disk: that they cannot be read back is no failure any more
            let _ = self.read_own(&name, &locked);
            if locked.is_at(&path) {
                break;
            }
            self.is_settled = false;
        }
        Ok(())
    }

    /// Takes in what is new in this machine's file.
    fn read_own(&mut self, name: &OsStr, locked: &Locked) -> io::Result<BTreeSet<ArticleId>> {
        let mut changed = BTreeSet::new();
        let source = self.sources.entry(name.to_owned()).or_default();
        let take = &mut |entry| add(&mut self.folded, &mut changed, entry);
        source.read_file(locked.file(), take)?;
        Ok(changed)
    }

    fn lines(
        &self,
        name: &OsStr,
        facts: &[(ArticleId, Fact)],
        now: i64,
    ) -> Result<Vec<u8>, JournalError> {
        let source = self.sources.get(name);
        let mut last = source.and_then(Source::newest);
        let mut lines = Vec::new();
        if source.is_some_and(Source::is_open_ended) {
            // what was torn must not take this line with it
            lines.push(b'\n');
        }
        for (article, fact) in facts {
            let known = self.folded.sum(article).and_then(fold::Sum::newest);
            let follows = last
                .max(known)
                .map_or(i64::MIN, |time| time.saturating_add(1));
            let time = now.max(follows).min(MAX_TIME);
            last = Some(time);
            let stamp = Stamp {
                time,
                machine: Arc::clone(&self.machine),
            };
            let line = line::encode(&Entry {
                stamp,
                article: article.clone(),
                fact: fact.clone(),
                rest: self.rest(article, fact),
            });
            if line.len() > MAX_LINE {
                return Err(JournalError::TooLong);
            }
            lines.extend_from_slice(line.as_bytes());
            lines.push(b'\n');
        }
        Ok(lines)
    }

    /// What a later version said of a bookmark that is written anew, or comes back.
    fn rest(&self, article: &ArticleId, fact: &Fact) -> Rest {
        let Fact::Bookmark(bookmark) = fact else {
            return Rest::new();
        };
        let sum = self.folded.sum(article);
        let rest = sum.and_then(|sum| sum.rest(&bookmark.id));
        let rest = rest.or_else(|| self.removed.get(&bookmark.id));
        rest.cloned().unwrap_or_default()
    }

    /// Keeps what a later version said of bookmarks that are about to be removed: they may come back.
    fn remember(&mut self, facts: &[(ArticleId, Fact)]) {
        for (article, fact) in facts {
            let Fact::BookmarkRemoved(id) = fact else {
                continue;
            };
            let rest = self.folded.sum(article).and_then(|sum| sum.rest(id));
            if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
                self.removed.insert(id.clone(), rest.clone());
            }
        }
    }

    /// Takes in what other programs and machines wrote since. Returns the articles whose state is another one now.
    pub fn refresh(&mut self) -> Vec<ArticleId> {
        self.troubles.clear();
        match files(&self.folder) {
            Ok(names) => {
                self.sources.retain(|name, _| names.contains(name));
                for name in names {
                    self.refresh_from(name);
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                let folder = shown(&self.folder);
                self.troubles.push(format!(
                    "could not read the journal in `{folder}`: {}",
                    why(&error)
                ));
            }
        }
        std::mem::take(&mut self.changed).into_iter().collect()
    }

    fn refresh_from(&mut self, name: OsString) {
        let path = self.folder.join(&name);
        let source = self.sources.entry(name).or_default();
        let take = &mut |entry| add(&mut self.folded, &mut self.changed, entry);
        match source.read(&path, take) {
            Ok(()) => {}
            // gone between listing and reading
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                self.troubles.push(format!(
                    "could not read `{}`: {}",
                    shown(&path),
                    why(&error)
                ));
            }
        }
    }

    /// How many lines could not be read: torn, of another version, or nothing of ours. They stay where they are.
    pub fn skipped(&self) -> usize {
        self.sources.values().map(Source::skipped).sum()
    }

    /// Which files could not be read when it was tried last, one line each.
    pub fn troubles(&self) -> &[String] {
        &self.troubles
    }

    /// Where it lies.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name of this machine.
    pub fn machine(&self) -> &str {
        &self.machine
    }

    /// What the reader did with an article.
    pub fn state(&self, article: &ArticleId) -> State {
        self.folded
            .sum(article)
            .map(fold::Sum::state)
            .unwrap_or_default()
    }

    /// How far the reader is with an article, and how many bookmarks it has: what a list shows of its state.
    pub fn brief(&self, article: &ArticleId) -> Brief {
        let brief = |sum: &fold::Sum| Brief {
            status: sum.status(),
            bookmarks: sum.bookmarks(),
            last_read: sum.last_read(),
        };
        self.folded.sum(article).map(brief).unwrap_or_default()
    }

    /// Whether the reader ever said what a block of an article is.
    pub fn is_corrected(&self, article: &ArticleId) -> bool {
        self.folded
            .sum(article)
            .is_some_and(fold::Sum::is_corrected)
    }

    /// Which article was last known to lie at this path (see [`Fact::Known`]).
    pub fn id_at(&self, path: &str) -> Option<&ArticleId> {
        self.folded.id_at(path)
    }

    /// Which article was last known to have the content of this hash.
    pub fn id_of_content(&self, content: &str) -> Option<&ArticleId> {
        self.folded.id_of_content(content)
    }

    /// Every article of which the journal tells, in no order.
    pub fn articles(&self) -> impl Iterator<Item = &ArticleId> {
        self.folded.articles()
    }

    /// Where an article lay and what it was called there, newest first; one for each path.
    pub fn known(&self, article: &ArticleId) -> Vec<&Known> {
        self.folded
            .sum(article)
            .map(fold::Sum::known)
            .unwrap_or_default()
    }
}

fn add(folded: &mut Folded, changed: &mut BTreeSet<ArticleId>, entry: Entry) {
    let article = entry.article.clone();
    if folded.add(entry) {
        changed.insert(article);
    }
}

/// The names of the journal's files in a folder, in order.
fn files(folder: &Path) -> io::Result<BTreeSet<OsString>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let bytes = name.as_encoded_bytes();
        if bytes.ends_with(b".jsonl") && !bytes.starts_with(b".") {
            names.insert(name);
        }
    }
    Ok(names)
}

/// A path as a message may show it.
fn shown(path: &Path) -> String {
    path.to_string_lossy().replace(char::is_control, "\u{fffd}")
}

/// Whether a symbolic link was met where none is followed.
fn is_link(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

/// What went wrong, in words: lower case and without the system's number.
pub fn why(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => return "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => return "permission denied".to_owned(),
        io::ErrorKind::NotADirectory => return "not a folder".to_owned(),
        _ if is_link(error) => return "not a regular file".to_owned(),
        _ => error.to_string(),
    };
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests;
