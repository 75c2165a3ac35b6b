//! Writing to this machine's file of the journal: whole lines at its end, under a lock, on the disk before it is said.

use std::fs::{DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::Path;
use std::thread;
use std::time::Duration;

use rustix::fs::{FlockOperation, Mode, OFlags};
use rustix::io::Errno;

use super::JournalError;

/// How long to wait between two tries to lock the file.
const PAUSE: Duration = Duration::from_millis(10);
/// How many tries: about five seconds.
const TRIES: u32 = 500;

/// This machine's file, open and locked until it is dropped.
pub struct Locked {
    file: File,
    is_sure: bool,
}

/// Whether a lock was got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lock {
    /// It was.
    Held,
    /// The file system has none: one program at a time is all it can do.
    None,
    /// Another program has it.
    Busy,
}

impl Locked {
    /// Opens and locks the file; makes it, and its folder, when there is none. Others may not look into either.
    ///
    /// # Errors
    /// When it cannot be opened for writing, is no regular file, or stays locked for five seconds.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        for _ in 0..TRIES {
            let file = open_or_make(path).map_err(|error| JournalError::new(path, &error))?;
            let metadata = file
                .metadata()
                .map_err(|error| JournalError::new(path, &error))?;
            if !metadata.is_file() {
                return Err(JournalError::NotAFile(super::shown(path)));
            }
            let lock = lock(&file).map_err(|error| JournalError::new(path, &error))?;
            if lock == Lock::Busy {
                thread::sleep(PAUSE);
                continue;
            }
            let is_sure = lock == Lock::Held;
            let locked = Self { file, is_sure };
            // another file may have been put in its place before it was locked
            if locked.is_at(path) {
                return Ok(locked);
            }
        }
        Err(JournalError::Busy(super::shown(path)))
    }

    /// The open file.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// Whether no other program can be writing to it; not so where the file system has no locks.
    pub fn is_sure(&self) -> bool {
        self.is_sure
    }

    /// Whether this is still the file that has the name.
    pub fn is_at(&self, path: &Path) -> bool {
        match (self.file.metadata(), std::fs::symlink_metadata(path)) {
            (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
            _ => false,
        }
    }

    /// Appends whole lines, in one write where the system lets it, and waits until they are on the disk. What could be
    /// written of them before an error is taken back.
    ///
    /// # Errors
    /// When not all of it is on the disk.
    pub fn append(&mut self, lines: &[u8]) -> io::Result<()> {
        let length = self.file.metadata()?.len();
        let done = self
            .file
            .write_all(lines)
            .and_then(|()| self.file.sync_data());
        if done.is_err() {
            // when that fails too a torn line stays: the next append begins a new line, and readers skip it
            let _ = self
                .file
                .set_len(length)
                .and_then(|()| self.file.sync_data());
        }
        done
    }
}

fn open_or_make(path: &Path) -> io::Result<File> {
    let flags =
        OFlags::RDWR | OFlags::APPEND | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let private = Mode::RUSR | Mode::WUSR;
    match rustix::fs::open(path, flags | OFlags::CREATE, private) {
        Ok(file) => Ok(file.into()),
        Err(Errno::NOENT) => {
            make_folder(path.parent().unwrap_or(Path::new("/")))?;
            Ok(rustix::fs::open(path, flags | OFlags::CREATE, private)?.into())
        }
        Err(error) => Err(error.into()),
    }
}

fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    for above in folder.ancestors().skip(1).take(2) {
        // only so that a new folder outlives a power cut; where it cannot be done, the write still counts
        let _ = sync_folder(above);
    }
    Ok(())
}

/// Makes sure that the names in a folder are on the disk.
///
/// # Errors
/// When the system cannot.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    File::open(folder)?.sync_all()
}

fn lock(file: &File) -> io::Result<Lock> {
    match rustix::fs::flock(file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Lock::Held),
        Err(Errno::NOTSUP | Errno::NOLCK | Errno::INVAL | Errno::NOSYS) => Ok(Lock::None),
        Err(Errno::WOULDBLOCK | Errno::INTR) => Ok(Lock::Busy),
        Err(error) => Err(error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unlocked(file: File) -> Locked {
        Locked {
            file,
            is_sure: false,
        }
    }

    #[test]
    fn what_cannot_be_written_leaves_the_file_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("home.jsonl");
        std::fs::write(&path, "before\n").unwrap();
        let mut locked = unlocked(File::open(&path).unwrap());
        locked
            .append(b"not through a file opened for reading\n")
            .unwrap_err();
        assert_eq!(std::fs::read(&path).unwrap(), b"before\n");
    }

    #[test]
    fn a_full_device_is_told_as_such() {
        let mut locked = unlocked(File::options().append(true).open("/dev/full").unwrap());
        let error = locked.append(b"line\n").unwrap_err();
        let error = JournalError::new(Path::new("home.jsonl"), &error);
        assert_eq!(error.to_string(), "not saved: the disk is full");
    }
}
