//! Reading files, telling of them in batches, and putting them into the index.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::time::{Duration, Instant, SystemTime};

use super::super::read_all::{Job, Read, Readers};
use super::super::scan::Described;
use super::{Library, News};
use crate::model::article::Article;
use crate::store::Look;

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

/// What a file looks like now.
pub fn look_of(metadata: &fs::Metadata) -> Look {
    let nanoseconds =
        |seconds: i64, rest: i64| seconds.saturating_mul(1_000_000_000).saturating_add(rest);
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
pub struct Batch<'a> {
    library: &'a Library,
    news: fn(Vec<Article>) -> News,
    tell: &'a mut dyn FnMut(News),
    waiting: Vec<Described>,
    size: usize,
}

impl<'a> Batch<'a> {
    pub fn new(
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

    pub fn push(&mut self, described: Described) {
        self.waiting.push(described);
        if self.waiting.len() >= self.size {
            self.finish();
            self.size = BATCH;
        }
    }

    pub fn finish(&mut self) {
        if !self.waiting.is_empty() {
            let articles = self.library.meet(std::mem::take(&mut self.waiting));
            (self.tell)((self.news)(articles));
        }
    }
}

/// Files that are read, told and put into the index.
pub struct Work<'a> {
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
    pub fn new(library: &'a Library, tell: &'a mut dyn FnMut(News)) -> Self {
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
    pub fn add(&mut self, job: Job) {
        self.pace.all += 1;
        self.ahead.push(job);
        if self.ahead.len() >= Readers::SHARE {
            self.ahead = self.readers.offer(std::mem::take(&mut self.ahead));
            self.take_what_is_read();
        }
    }

    /// Waits until all files are read and in the index.
    pub fn finish(mut self, notes: &mut Vec<String>) {
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
pub struct Pace {
    /// How many have been read.
    pub done: usize,
    /// How many there are to read.
    pub all: usize,
    began: Instant,
    told: Instant,
}

impl Pace {
    pub fn new() -> Self {
        let now = Instant::now();
        Self {
            done: 0,
            all: 0,
            began: now,
            told: now,
        }
    }

    pub fn tell(&mut self, library: &Library, tell: &mut dyn FnMut(News)) {
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
