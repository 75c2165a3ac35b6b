//! Reading one file of the journal: only what is new, whole lines only, whatever the file is made of.

use std::fs::File;
use std::io;
use std::os::unix::fs::{FileExt, MetadataExt};
use std::path::Path;
use std::sync::Arc;

use rustix::fs::{Mode, OFlags};

use super::fold::Entry;
use super::line::{self, MAX_LINE};

/// How many bytes are read at once.
const CHUNK: usize = 256 * 1024;
/// How many bytes before the place reached are remembered, to tell a file that was replaced from one that grew.
const TAIL: usize = 128;

/// How far one file has been read.
#[derive(Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is so or not by itself")]
pub struct Source {
    /// What the file was when it was looked at last.
    look: Option<Look>,
    /// Bytes taken in: up to the end of a line, or to where a line that is too long was given up.
    reached: u64,
    /// The last bytes before it.
    tail: Vec<u8>,
    /// Whether the place reached is inside a line that is too long.
    is_inside: bool,
    /// Lines that could not be read.
    bad: usize,
    /// Whether one of them has zeros in it: a hole that a sync tool may fill later.
    is_hollow: bool,
    /// Whether the file ends in a line without a newline.
    is_open_ended: bool,
    /// … which could not be read: torn, or still on its way.
    is_torn: bool,
    /// The time of the newest line, in milliseconds since 1970.
    newest: Option<i64>,
    /// The machine of the line read last.
    machine: Option<Arc<str>>,
}

/// What tells one state of a file from another without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Look {
    file: (u64, u64),
    length: u64,
    modified: (i64, i64),
}

impl Look {
    fn of(metadata: &std::fs::Metadata) -> Self {
        Self {
            file: (metadata.dev(), metadata.ino()),
            length: metadata.len(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

impl Source {
    /// Lines that could not be read.
    pub fn skipped(&self) -> usize {
        self.bad + usize::from(self.is_torn)
    }

    /// The time of the newest line, in milliseconds since 1970.
    pub fn newest(&self) -> Option<i64> {
        self.newest
    }

    /// Whether the file ends in a line without a newline.
    pub fn is_open_ended(&self) -> bool {
        self.is_open_ended
    }

    /// Reads what is new in the file at this path, if anything may be.
    ///
    /// # Errors
    /// When the file is gone, may not be read, or is no regular file.
    pub fn read(&mut self, path: &Path, take: &mut dyn FnMut(Entry)) -> io::Result<()> {
        let metadata = std::fs::symlink_metadata(path)?;
        if self.look == Some(Look::of(&metadata)) {
            return Ok(());
        }
        if !metadata.is_file() {
            return Err(not_a_file());
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        self.read_file(
            &File::from(rustix::fs::open(path, flags, Mode::empty())?),
            take,
        )
    }

    /// Reads what is new in a file that is open.
    ///
    /// # Errors
    /// When it cannot be read, or is no regular file.
    pub fn read_file(&mut self, file: &File, take: &mut dyn FnMut(Entry)) -> io::Result<()> {
        let metadata = file.metadata()?;
        if !metadata.is_file() {
            return Err(not_a_file());
        }
        let look = Look::of(&metadata);
        let is_filled = self.is_hollow && self.look != Some(look);
        if is_filled || !self.is_continued_by(file, look)? {
            *self = Self::default();
        }
        self.look = None;
        self.read_on(file, take)?;
        self.look = Some(look);
        Ok(())
    }

    /// Whether what has been read of the file is still the beginning of it.
    fn is_continued_by(&self, file: &File, look: Look) -> io::Result<bool> {
        if self.look.is_none_or(|last| last.file != look.file) || look.length < self.reached {
            return Ok(false);
        }
        let mut tail = vec![0; self.tail.len()];
        let start = self.reached - tail.len() as u64;
        match file.read_exact_at(&mut tail, start) {
            Ok(()) => Ok(tail == self.tail),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn read_on(&mut self, file: &File, take: &mut dyn FnMut(Entry)) -> io::Result<()> {
        let mut waiting = Vec::new();
        loop {
            let start = waiting.len();
            waiting.resize(start + CHUNK, 0);
            let read = file.read_at(&mut waiting[start..], self.reached + start as u64)?;
            waiting.truncate(start + read);
            // what waited has no newline in it: the search goes on where it ended
            let whole = memchr::memrchr(b'\n', &waiting[start..]).map_or(0, |at| start + at + 1);
            for line in waiting[..whole].split_inclusive(|&byte| byte == b'\n') {
                self.take_line(&line[..line.len() - 1], take);
            }
            self.reach(&waiting[..whole]);
            waiting.drain(..whole);
            if waiting.len() > MAX_LINE || (self.is_inside && !waiting.is_empty()) {
                self.bad += usize::from(!self.is_inside);
                self.is_inside = true;
                self.is_hollow |= waiting.contains(&0);
                self.reach(&waiting);
                waiting.clear();
            }
            if read == 0 {
                self.end(&waiting, take);
                return Ok(());
            }
        }
    }

    fn take_line(&mut self, line: &[u8], take: &mut dyn FnMut(Entry)) {
        if std::mem::take(&mut self.is_inside) || line.trim_ascii().is_empty() {
            return;
        }
        match line::decode(line, self.machine.as_ref()) {
            Some(entry) if line.len() <= MAX_LINE => self.give(entry, take),
            _ => {
                self.bad += 1;
                self.is_hollow |= line.contains(&0);
            }
        }
    }

    /// The last line when it has no newline. It may be whole (an editor left the newline out) and counts then, but it is
    /// read again when there is more: it may as well be on its way.
    fn end(&mut self, line: &[u8], take: &mut dyn FnMut(Entry)) {
        self.is_open_ended = self.is_inside || !line.is_empty();
        let entry = line::decode(line, self.machine.as_ref());
        self.is_torn = entry.is_none() && !line.trim_ascii().is_empty();
        if let Some(entry) = entry {
            self.give(entry, take);
        }
    }

    fn give(&mut self, entry: Entry, take: &mut dyn FnMut(Entry)) {
        self.newest = self.newest.max(Some(entry.stamp.time));
        self.machine = Some(Arc::clone(&entry.stamp.machine));
        take(entry);
    }

    fn reach(&mut self, bytes: &[u8]) {
        self.reached += bytes.len() as u64;
        self.tail
            .extend_from_slice(&bytes[bytes.len().saturating_sub(TAIL)..]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL));
    }
}

fn not_a_file() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, "not a regular file")
}
