//! Reading files on all cores.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, SyncSender, TrySendError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use super::file::{self, shown};
use super::scan::{self, Candidate, Described, Extent};
use super::{identity, sections};
use crate::model::document::Document;
use crate::model::outline::Outline;
use crate::store::{Look, Passages, Row, TextState};

/// The text of longer files is not searched, in bytes.
const MAX_SEARCHED: i64 = 64 * 1024 * 1024;
/// Documents may nest deeply.
const STACK_BYTES: usize = 16 << 20;
/// How many shares wait to be read.
const AHEAD: usize = 16;

/// A file to read.
pub struct Job {
    /// The file.
    pub candidate: Candidate,
    /// Where it lies, without links in its folders; `None` for one that does not go into the index.
    pub real: Option<PathBuf>,
    /// What it looked like before it was read.
    pub look: Look,
}

/// What the index is to know of a file.
pub struct Read {
    /// What lists show.
    pub row: Row,
    /// Its text.
    pub passages: Option<Passages>,
    is_kept: bool,
}

impl Read {
    /// It, unless it does not go into the index.
    pub fn kept(self) -> Option<Self> {
        self.is_kept.then_some(self)
    }

    /// How many bytes it holds, about.
    pub fn size(&self) -> usize {
        usize::try_from(self.row.look.size).unwrap_or(0)
    }
}

type Answer = Vec<Result<(Described, Read), String>>;

/// Threads that read files.
pub struct Readers {
    jobs: Option<SyncSender<Vec<Job>>>,
    read: Receiver<Answer>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    /// How many files are handed over at once.
    pub const SHARE: usize = 64;

    /// As many as there are cores, at most four.
    pub fn new() -> Self {
        let (jobs, waiting) = mpsc::sync_channel::<Vec<Job>>(AHEAD);
        let (answers, read) = mpsc::channel();
        let waiting = Arc::new(Mutex::new(waiting));
        let cores = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(4);
        let start = |_| {
            let (waiting, answers) = (Arc::clone(&waiting), answers.clone());
            let work = move || {
                loop {
                    let share = {
                        let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
                        waiting.recv()
                    };
                    let Ok(share) = share else { return };
                    let read = share.into_iter().map(read_guarded).collect();
                    if answers.send(read).is_err() {
                        return;
                    }
                }
            };
            thread::Builder::new()
                .stack_size(STACK_BYTES)
                .spawn(work)
                .ok()
        };
        Self {
            threads: (0..cores).filter_map(start).collect(),
            jobs: Some(jobs),
            read,
        }
    }

    /// Hands files over if someone has time for them; gives them back otherwise.
    pub fn offer(&self, share: Vec<Job>) -> Vec<Job> {
        let mut share = share;
        let rest = share.split_off(share.len().min(Self::SHARE));
        let Some(jobs) = self.jobs.as_ref().filter(|_| !self.threads.is_empty()) else {
            share.extend(rest);
            return share;
        };
        match jobs.try_send(share) {
            Ok(()) => rest,
            Err(TrySendError::Full(mut share) | TrySendError::Disconnected(mut share)) => {
                share.extend(rest);
                share
            }
        }
    }

    /// Hands files over as soon as someone has time for them.
    pub fn hand(&self, share: Vec<Job>) {
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(share);
        }
    }

    /// What has been read meanwhile.
    pub fn try_next(&self) -> Option<Answer> {
        self.read.try_recv().ok()
    }

    /// What is read next; `None` when all that was handed over has been read.
    pub fn next(&mut self) -> Option<Answer> {
        // without it they end when they have nothing left to do
        self.jobs = None;
        self.read.recv().ok()
    }
}

fn read_guarded(job: Job) -> Result<(Described, Read), String> {
    let path = shown(&job.candidate.path);
    let read = catch_unwind(AssertUnwindSafe(|| read(job)));
    let read = read.unwrap_or_else(|_| Err("a mistake in liseuse".to_owned()));
    read.map_err(|why| scan::left_out(&path, &why))
}

fn read(job: Job) -> Result<(Described, Read), String> {
    let Job {
        candidate,
        real,
        look,
    } = job;
    // the index holds what everybody would see, whatever encoding is asked for this time
    let start = scan::start(candidate, None)?;
    let is_kept = real.is_some();
    let (text, passages) = match start.extent {
        Extent::Whole if is_kept => (TextState::Whole, Some(passages(&start.document))),
        Extent::Start if look.size > MAX_SEARCHED => (TextState::TooLong, None),
        Extent::Whole | Extent::Start => (TextState::Waiting, None),
    };
    let described = start.described;
    let row = Row {
        id: 0,
        path: real.unwrap_or_default(),
        look,
        content: described.content.clone(),
        title: described.title.clone(),
        author: described.author.clone(),
        language: described.language.clone(),
        minutes: described.minutes,
        modified: described.modified,
        text,
    };
    Ok((
        described,
        Read {
            row,
            passages,
            is_kept,
        },
    ))
}

fn passages(document: &Document) -> Passages {
    Passages::new(sections::of(document, &Outline::of(document)))
}

/// The whole text of a long article of which the index knows the beginning. `None` when it cannot be read now, or is
/// another one by now.
pub fn whole(mut row: Row) -> Option<(Row, Option<Passages>)> {
    let (bytes, _) = file::whole(&row.path).ok()?;
    if identity::content_hash(&bytes) != row.content {
        return None;
    }
    row.text = TextState::TooLong;
    let document = catch_unwind(|| file::parse(&bytes, &row.path, None).ok());
    let Ok(Some(document)) = document else {
        return Some((row, None));
    };
    row.text = TextState::Whole;
    let passages = catch_unwind(AssertUnwindSafe(|| passages(&document))).ok();
    Some((row, passages))
}
