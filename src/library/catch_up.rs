//! Bringing the list of articles up to date: what the index knows first, then what the folders hold.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use super::file::shown;
use super::identity;
use super::read_all::{Job, Read, Readers};
use super::scan::{self, Candidate, Described, Root, Walk};
use super::{Article, Library};
use crate::formats::Format;
use crate::store::{Folder, Look, Order, Row, Store, StoreError};

/// How many articles come first, so that there is something to see …
const FIRST: usize = 50;
/// … and how many come at once after that.
const BATCH: usize = 500;
/// So many articles go into the index at once …
const BULK: usize = 2000;
/// … or so many bytes of them.
const BULK_BYTES: usize = 8 * 1024 * 1024;
/// How often it is told how far the reading of files is.
const TELL_EVERY: Duration = Duration::from_millis(200);

/// What is new in the list of articles.
#[derive(Debug)]
pub enum News {
    /// These were there when the index was made.
    Known(Vec<Article>),
    /// These are there; in place of what was told of the same paths before.
    Found(Vec<Article>),
    /// There is nothing at these paths any more.
    Gone(Vec<PathBuf>),
    /// Files that are new or have changed are being read.
    Reading(Reading),
}

/// How far the reading of files is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// How many have been read.
    pub done: usize,
    /// How many there are to read, as far as is known.
    pub all: usize,
    /// How many a second.
    pub rate: usize,
}

/// A folder to list, under the name that the reader gave it.
pub(super) struct Listed {
    /// As the system knows it.
    real: PathBuf,
    /// As the reader named it.
    shown: PathBuf,
    /// The subfolder of the library that it is, clean; empty for the top.
    below: String,
}

impl Listed {
    /// Where it lies.
    pub fn real(&self) -> &Path {
        &self.real
    }

    /// What a row of the index is in the list.
    pub fn described(&self, library: &Path, row: Row) -> Described {
        let rest = row.path.strip_prefix(&self.real).unwrap_or(&row.path);
        let above = rest.parent().into_iter().flat_map(Path::components);
        let mut folder = self.below.clone();
        for name in above {
            if !folder.is_empty() {
                folder.push('/');
            }
            folder.push_str(&shown(name.as_ref()));
        }
        let parent = row.path.parent().unwrap_or(Path::new("/"));
        let name = row.path.file_name().unwrap_or_default();
        Described {
            path: self.shown.join(rest),
            key: identity::key(library, parent, name),
            content: row.content,
            folder,
            title: row.title,
            author: row.author,
            language: row.language,
            minutes: row.minutes,
            modified: row.modified,
        }
    }
}

/// What the index knows of a file.
struct Known {
    id: i64,
    look: Look,
    /// Below which listed folder.
    listed: usize,
    is_seen: bool,
}

/// All that the index knows of the files below the folders that are listed.
#[derive(Default)]
struct Knowledge {
    listed: Vec<Listed>,
    files: HashMap<PathBuf, Known>,
    /// Folders, and their numbers in their file systems.
    folders: HashMap<PathBuf, i64>,
}

impl Library {
    /// Brings the list of articles up to date and tells of it: first all that the index knows, in this order, then what
    /// of it is different in the folders. Returns what could not be read or was left out, one line each. On the very
    /// first start the samples are put into the library folder before.
    pub fn catch_up(&self, order: Order, tell: &mut dyn FnMut(News)) -> Vec<String> {
        if let Some(note) = self.make_folder() {
            return vec![note];
        }
        let mut notes = Vec::new();
        let mut roots = Vec::new();
        for source in self.roots() {
            if source == Path::new(identity::STANDARD_INPUT) {
                match self.describe_standard_input() {
                    Ok((described, _)) => tell(News::Found(self.meet(vec![described]))),
                    Err(error) => notes.push(format!("{error:#}")),
                }
            } else {
                roots.push(source.as_path());
            }
        }
        let library = self.real_folder();
        let begun_anew = self.index.times_begun_anew();
        let mut knowledge = self.tell_known(&library, &roots, order, tell);
        self.look_through(&library, &roots, &mut knowledge, (tell, &mut notes));
        if self.index.times_begun_anew() > begun_anew {
            // what it seemed to know has to be put into the new one
            let mut nothing = Knowledge::default();
            self.look_through(&library, &roots, &mut nothing, (&mut |_| {}, &mut Vec::new()));
        }
        self.tell_missing(tell);
        self.read_waiting(tell);
        *self.reading() = None;
        notes.extend(self.index.notes());
        notes
    }

    /// The folders of which the articles are listed.
    pub fn listed_folders(&self) -> Vec<PathBuf> {
        let folders = self.roots().iter().filter(|root| root.is_dir());
        folders.cloned().collect()
    }

    /// Looks again at what lies at these paths, and tells what is different now. Returns what could not be read or was
    /// left out, one line each.
    pub fn look_at_paths(&self, paths: &BTreeSet<PathBuf>, tell: &mut dyn FnMut(News)) -> Vec<String> {
        let library = self.real_folder();
        let mut notes = Vec::new();
        let mut gone = Vec::new();
        let mut work = Work::new(self, tell);
        for path in paths.iter().filter(|path| self.is_listed(path)) {
            let Ok(metadata) = fs::metadata(path) else {
                gone.extend(self.gone_at(path));
                continue;
            };
            let named = [Root::Folder(path.clone())];
            let found: Vec<Candidate> = if metadata.is_dir() {
                Walk::new(&library, named.into()).flatten().collect()
            } else if metadata.is_file() && Format::of(path).is_some() {
                vec![scan::candidate(&library, path, String::new())]
            } else {
                continue;
            };
            for mut candidate in found {
                candidate.folder = self.subfolder(&candidate.path);
                let real = identity::path_of(&library, &candidate.key);
                let Ok(metadata) = fs::metadata(&candidate.path) else {
                    continue;
                };
                let look = look_of(&metadata);
                let known = self.index.read(|store| store.at(&real)).flatten();
                if !known.is_some_and(|row| row.look.is_still(&look)) {
                    work.add(Job {
                        candidate,
                        real: Some(real),
                        look,
                    });
                }
            }
        }
        work.finish(&mut notes);
        self.remove_gone(gone, tell);
        self.read_waiting(tell);
        notes.extend(self.index.notes());
        notes
    }

    /// Whether what lies at a path is listed: it is below a folder that is, and not hidden there.
    fn is_listed(&self, path: &Path) -> bool {
        let is_hidden = |name: Component| name.as_os_str().as_encoded_bytes().starts_with(b".");
        self.roots().iter().any(|root| {
            let below = path.strip_prefix(root);
            below.is_ok_and(|below| below != Path::new("") && !below.components().any(is_hidden))
        })
    }

    /// What the index has at a path where nothing is any more, be it a file or a folder: numbers and paths.
    fn gone_at(&self, path: &Path) -> Vec<(i64, PathBuf)> {
        let above = identity::real(path.parent().unwrap_or(Path::new("")));
        let real = above.join(path.file_name().unwrap_or_default());
        let gone = self.index.read(|store| {
            let mut gone = Vec::new();
            if let Some(row) = store.at(&real)? {
                gone.push((row.id, path.to_owned()));
            }
            for folder in store.folders(&real)? {
                store.each_in(&folder, Order::Newest, &mut |row| {
                    let below = row.path.strip_prefix(&real).unwrap_or(&row.path);
                    gone.push((row.id, path.join(below)));
                    ControlFlow::Continue(())
                })?;
            }
            Ok(gone)
        });
        // without an index the list is all that knows of it
        gone.unwrap_or_else(|| vec![(0, path.to_owned())])
    }

    fn remove_gone(&self, gone: Vec<(i64, PathBuf)>, tell: &mut dyn FnMut(News)) {
        if gone.is_empty() {
            return;
        }
        let paths = gone.iter().map(|(_, path)| path.clone()).collect();
        tell(News::Gone(paths));
        self.tell_missing(tell);
        self.index.write(|store| {
            let mut bulk = store.bulk()?;
            for (id, _) in &gone {
                bulk.remove(*id)?;
            }
            bulk.commit()
        });
    }

    /// Tells what the index knows of the articles below these roots.
    fn tell_known(
        &self,
        library: &Path,
        roots: &[&Path],
        order: Order,
        tell: &mut dyn FnMut(News),
    ) -> Knowledge {
        let known = self.index.read(|store| {
            let mut knowledge = Knowledge {
                listed: listed_below(store, roots)?,
                ..Knowledge::default()
            };
            let Knowledge {
                listed,
                files,
                folders,
            } = &mut knowledge;
            let mut batch = Batch::new(self, News::Known, tell);
            let mut told = HashSet::new();
            for (nth, listed) in listed.iter().enumerate() {
                let all = store.folders(&listed.real)?;
                for folder in all.iter().filter(|folder| is_listed(folder, listed)) {
                    if !told.insert(folder.id) {
                        continue;
                    }
                    folders.insert(folder.path.clone(), folder.inode);
                    store.each_in(folder, order, &mut |row| {
                        let known = Known {
                            id: row.id,
                            look: row.look,
                            listed: nth,
                            is_seen: false,
                        };
                        files.insert(row.path.clone(), known);
                        batch.push(listed.described(library, row));
                        ControlFlow::Continue(())
                    })?;
                }
            }
            batch.finish();
            Ok(knowledge)
        });
        known.unwrap_or_default()
    }

    /// The folders that are listed, as the index knows them.
    pub(super) fn listed_by(&self, store: &Store) -> Result<Vec<Listed>, StoreError> {
        let roots = self.roots().iter().map(PathBuf::as_path);
        let roots: Vec<_> = roots.filter(|root| *root != Path::new(identity::STANDARD_INPUT)).collect();
        listed_below(store, &roots)
    }

    /// The article of a row of the index, if it is listed.
    pub(super) fn listed_article(&self, listed: &[Listed], row: Row) -> Option<Article> {
        let listed = listed.iter().find(|listed| row.path.starts_with(&listed.real))?;
        let described = listed.described(&self.real_folder(), row);
        self.meet(vec![described]).pop()
    }

    /// Looks at all files, reads those that are new or have changed, and forgets those that are gone.
    fn look_through(
        &self,
        library: &Path,
        roots: &[&Path],
        knowledge: &mut Knowledge,
        (tell, notes): (&mut dyn FnMut(News), &mut Vec<String>),
    ) {
        let mut found = Vec::new();
        for root in roots {
            match Root::at(root) {
                Ok(root) => found.push(root),
                Err(note) => notes.push(knowledge.kept(root, note)),
            }
        }
        let mut walk = Walk::new(library, found);
        let mut work = Work::new(self, tell);
        for candidate in walk.by_ref() {
            match candidate {
                Ok(candidate) => {
                    let real = identity::path_of(library, &candidate.key);
                    let Ok(metadata) = fs::metadata(&candidate.path) else {
                        // gone since it was listed
                        continue;
                    };
                    let look = look_of(&metadata);
                    if !knowledge.is_still(&real, &look) {
                        let is_named = roots.contains(&candidate.path.as_path());
                        let real = (!is_named).then_some(real);
                        work.add(Job {
                            candidate,
                            real,
                            look,
                        });
                    }
                }
                Err(note) => notes.push(note),
            }
        }
        work.finish(notes);
        let gone = knowledge.gone(&walk, notes);
        self.forget(&gone, &walk, roots);
        let paths = gone.iter().map(|(_, path)| path.clone()).collect::<Vec<_>>();
        if !paths.is_empty() {
            tell(News::Gone(paths));
        }
    }

    /// Takes files that are gone out of the index, and notes which folders and links there are now.
    fn forget(&self, gone: &[(i64, PathBuf)], walk: &Walk, roots: &[&Path]) {
        if walk.folders_seen().is_empty() {
            return;
        }
        let changed = self.index.read(|store| {
            let mut is_changed = !gone.is_empty();
            for root in roots {
                let real = identity::real(root);
                is_changed |= store.links(&real)? != walk.links_below(root);
                let known: HashMap<_, _> = store
                    .folders(&real)?
                    .into_iter()
                    .map(|folder| (folder.path, folder.inode))
                    .collect();
                is_changed |= walk.folders_seen().iter().any(|(path, seen)| {
                    !seen.is_empty && path.starts_with(&real) && known.get(path) != Some(&seen.inode)
                });
            }
            Ok(is_changed)
        });
        if changed == Some(false) {
            return;
        }
        self.index.write(|store| {
            let mut bulk = store.bulk()?;
            for (id, _) in gone {
                bulk.remove(*id)?;
            }
            for root in roots {
                bulk.set_links(&identity::real(root), &walk.links_below(root))?;
            }
            let seen = walk.folders_seen().iter();
            let inodes: Vec<_> = seen
                .filter(|(_, seen)| !seen.is_empty)
                .map(|(path, seen)| (path.clone(), seen.inode))
                .collect();
            bulk.set_inodes(&inodes)?;
            bulk.commit()
        });
    }

    /// Tells of the articles whose files are gone, where they hold bookmarks.
    fn tell_missing(&self, tell: &mut dyn FnMut(News)) {
        let ids: Vec<_> = {
            let journal = self.journal();
            let bookmarked = journal.articles().filter(|id| journal.brief(id).bookmarks > 0);
            bookmarked.cloned().collect()
        };
        let roots: Vec<_> = self.roots().iter().map(|root| identity::real(root)).collect();
        let is_below = |article: &Article| roots.iter().any(|root| article.path.starts_with(root));
        let missing: Vec<_> = ids
            .iter()
            .map(|id| self.article(id))
            .filter(|article| article.missing && is_below(article))
            .collect();
        if !missing.is_empty() {
            tell(News::Found(missing));
        }
    }

    /// Reads the whole of long articles, of which only the beginning was read for the list.
    fn read_waiting(&self, tell: &mut dyn FnMut(News)) {
        let mut last = 0;
        let mut pace = Pace::new();
        loop {
            let waiting = self.index.read(|store| store.waiting(last, 8));
            let Some(waiting) = waiting.filter(|waiting| !waiting.is_empty()) else {
                return;
            };
            for row in waiting {
                last = row.id;
                let put = super::read_all::whole(row);
                if let Some((row, passages)) = put {
                    let done = self.index.write(|store| {
                        let mut bulk = store.bulk()?;
                        bulk.put(&row, passages.as_ref())?;
                        bulk.commit()
                    });
                    if done.is_none() {
                        return;
                    }
                }
                pace.all += 1;
                pace.done += 1;
                pace.tell(self, tell);
            }
        }
    }
}

/// The folders below these roots, and those that links below them lead to.
fn listed_below(store: &Store, roots: &[&Path]) -> Result<Vec<Listed>, StoreError> {
    let mut listed = Vec::new();
    for &root in roots.iter().filter(|root| !root.is_file()) {
        let real = identity::real(root);
        let links = store.links(&real)?;
        listed.push(Listed {
            real,
            shown: root.to_owned(),
            below: String::new(),
        });
        listed.extend(links.into_iter().map(|(below, real)| Listed {
            real,
            shown: root.join(&below),
            below: shown(&below),
        }));
    }
    Ok(listed)
}

/// Whether a folder is listed below another: none that is hidden is.
fn is_listed(folder: &Folder, below: &Listed) -> bool {
    let rest = folder.path.strip_prefix(&below.real);
    let is_hidden = |name: Component| name.as_os_str().as_encoded_bytes().starts_with(b".");
    rest.is_ok_and(|rest| !rest.components().any(is_hidden))
}

impl Knowledge {
    /// Whether a file is still what the index knows. It is there, in any case.
    fn is_still(&mut self, real: &Path, look: &Look) -> bool {
        self.files.get_mut(real).is_some_and(|known| {
            known.is_seen = true;
            known.look.is_still(look)
        })
    }

    /// A note of why a root cannot be read, with what becomes of its articles.
    fn kept(&self, root: &Path, note: String) -> String {
        let real = identity::real(root);
        match self.files.keys().filter(|path| path.starts_with(&real)).count() {
            0 => note,
            1 => format!("{note}; its article stays listed"),
            n => format!("{note}; its {n} articles stay listed"),
        }
    }

    /// The files that are gone: number in the index and path as listed. Those stay whose folder cannot be looked into, and
    /// those of a folder that is empty and another one than it was: something was mounted there and is not any more.
    fn gone(&self, walk: &Walk, notes: &mut Vec<String>) -> Vec<(i64, PathBuf)> {
        let seen = walk.folders_seen();
        let mut unmounted: HashMap<&Path, usize> = HashMap::new();
        let mut gone = Vec::new();
        for (path, known) in self.files.iter().filter(|(_, known)| !known.is_seen) {
            let folder = path.ancestors().skip(1).find_map(|at| Some((at, seen.get(at)?)));
            let Some((at, seen)) = folder.filter(|(_, seen)| !seen.has_failed) else {
                continue;
            };
            let before = self.folders.get(at).copied().unwrap_or(0);
            if seen.is_empty && before != 0 && before != seen.inode {
                *unmounted.entry(at).or_default() += 1;
                continue;
            }
            let listed = &self.listed[known.listed];
            let rest = path.strip_prefix(&listed.real).unwrap_or(path);
            gone.push((known.id, listed.shown.join(rest)));
        }
        for (folder, count) in unmounted {
            let (folder, articles) = (shown(folder), if count == 1 { "article" } else { "articles" });
            notes.push(format!(
                "`{folder}` is empty as if it were not mounted; {count} {articles} of it stay listed"
            ));
        }
        gone
    }
}

/// What a file looks like now.
pub(super) fn look_of(metadata: &fs::Metadata) -> Look {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Look {
        size: i64::try_from(metadata.len()).unwrap_or(i64::MAX),
        written: nanoseconds(metadata.mtime(), metadata.mtime_nsec()),
        changed: nanoseconds(metadata.ctime(), metadata.ctime_nsec()),
        inode: metadata.ino().cast_signed(),
        looked: i64::try_from(now.as_nanos()).unwrap_or(i64::MAX),
    }
}

/// Articles that are told together.
struct Batch<'a> {
    library: &'a Library,
    news: fn(Vec<Article>) -> News,
    tell: &'a mut dyn FnMut(News),
    waiting: Vec<Described>,
    size: usize,
}

impl<'a> Batch<'a> {
    fn new(
        library: &'a Library,
        news: fn(Vec<Article>) -> News,
        tell: &'a mut dyn FnMut(News),
    ) -> Self {
        Self {
            library,
            news,
            tell,
            waiting: Vec::with_capacity(FIRST),
            size: FIRST,
        }
    }

    fn push(&mut self, described: Described) {
        self.waiting.push(described);
        if self.waiting.len() >= self.size {
            self.finish();
            self.size = BATCH;
        }
    }

    fn finish(&mut self) {
        if !self.waiting.is_empty() {
            let articles = self.library.meet(std::mem::take(&mut self.waiting));
            (self.tell)((self.news)(articles));
        }
    }
}

/// Files that are read, told and put into the index.
struct Work<'a> {
    batch: Batch<'a>,
    readers: Readers,
    /// Not handed to the readers yet.
    ahead: Vec<Job>,
    /// Read, and not in the index yet.
    bulk: Vec<Read>,
    bytes: usize,
    pace: Pace,
    notes: Vec<String>,
}

impl<'a> Work<'a> {
    fn new(library: &'a Library, tell: &'a mut dyn FnMut(News)) -> Self {
        Self {
            batch: Batch::new(library, News::Found, tell),
            readers: Readers::new(),
            ahead: Vec::new(),
            bulk: Vec::new(),
            bytes: 0,
            pace: Pace::new(),
            notes: Vec::new(),
        }
    }

    /// Adds a file, and hands as much as they take to the readers.
    fn add(&mut self, job: Job) {
        self.pace.all += 1;
        self.ahead.push(job);
        if self.ahead.len() >= Readers::SHARE {
            self.ahead = self.readers.offer(std::mem::take(&mut self.ahead));
            self.take_what_is_read();
        }
    }

    /// Waits until all files are read and in the index.
    fn finish(mut self, notes: &mut Vec<String>) {
        let mut ahead = std::mem::take(&mut self.ahead).into_iter();
        loop {
            let share: Vec<Job> = ahead.by_ref().take(Readers::SHARE).collect();
            if share.is_empty() {
                break;
            }
            self.readers.hand(share);
            self.take_what_is_read();
        }
        while let Some(read) = self.readers.next() {
            self.take(read);
        }
        self.batch.finish();
        self.put();
        notes.append(&mut self.notes);
    }

    fn take_what_is_read(&mut self) {
        while let Some(read) = self.readers.try_next() {
            self.take(read);
        }
    }

    fn take(&mut self, read: Vec<Result<(Described, Read), String>>) {
        for read in read {
            self.pace.done += 1;
            match read {
                Ok((described, read)) => {
                    self.batch.push(described);
                    if let Some(read) = read.kept() {
                        self.bytes += read.size();
                        self.bulk.push(read);
                    }
                }
                Err(note) => self.notes.push(note),
            }
        }
        self.pace.tell(self.batch.library, self.batch.tell);
        if self.bulk.len() >= BULK || self.bytes >= BULK_BYTES {
            self.batch.finish();
            self.put();
        }
    }

    fn put(&mut self) {
        let bulk = std::mem::take(&mut self.bulk);
        self.bytes = 0;
        if bulk.is_empty() {
            return;
        }
        self.batch.library.index.write(|store| {
            let mut transaction = store.bulk()?;
            for read in &bulk {
                transaction.put(&read.row, read.passages.as_ref())?;
            }
            transaction.commit()
        });
    }
}

/// How fast files are read.
struct Pace {
    done: usize,
    all: usize,
    began: Instant,
    told: Instant,
}

impl Pace {
    fn new() -> Self {
        let now = Instant::now();
        Self {
            done: 0,
            all: 0,
            began: now,
            told: now,
        }
    }

    fn tell(&mut self, library: &Library, tell: &mut dyn FnMut(News)) {
        if self.told.elapsed() < TELL_EVERY {
            return;
        }
        self.told = Instant::now();
        let milliseconds = usize::try_from(self.began.elapsed().as_millis()).unwrap_or(usize::MAX);
        let reading = Reading {
            done: self.done,
            all: self.all,
            rate: self.done.saturating_mul(1000) / milliseconds.max(1),
        };
        *library.reading() = Some(reading);
        tell(News::Reading(reading));
    }
}

#[cfg(test)]
mod tests;
