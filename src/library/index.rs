//! The index as the library uses it: opened when it is first needed, done without when it cannot be used.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::file::shown;
use crate::store::{self, Access, Stop, Store, StoreError};

/// The index, and what went wrong with it.
#[derive(Debug)]
pub struct Index {
    path: PathBuf,
    writing: Mutex<Slot>,
    reading: Mutex<Slot>,
    searching: Mutex<Slot>,
    /// What stops a search, whoever holds it.
    stop: Mutex<Option<Stop>>,
    /// How often a damaged one was set aside in this run.
    begun_anew: AtomicU32,
    notes: Mutex<Notes>,
}

#[derive(Debug, Default)]
enum Slot {
    /// Not needed yet, or to be tried again.
    #[default]
    Closed,
    Open(Store),
    /// Not to be tried again in this run.
    Without,
}

/// Where a damaged index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damaged {
    Here,
    /// Another program has put a new one in its place already.
    Replaced,
}

impl Damaged {
    fn of(store: &Store, path: &Path) -> Self {
        if store.is_at(path) {
            Self::Here
        } else {
            Self::Replaced
        }
    }
}

#[derive(Debug, Default)]
struct Notes {
    /// Not told yet.
    new: Vec<String>,
    /// What has been noted in this run is not noted again.
    all: Vec<String>,
}

impl Index {
    /// The index at a path. Touches nothing yet.
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            writing: Mutex::default(),
            reading: Mutex::default(),
            searching: Mutex::default(),
            stop: Mutex::default(),
            begun_anew: AtomicU32::new(0),
            notes: Mutex::default(),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is to be told of it, once.
    pub fn notes(&self) -> Vec<String> {
        std::mem::take(&mut self.lock_notes().new)
    }

    /// Reads from it. `None` where it cannot be read; that has been noted, unless there is none yet.
    pub fn read<T>(&self, read: impl FnOnce(&Store) -> Result<T, StoreError>) -> Option<T> {
        self.read_in(&self.reading, read).unwrap_or_default()
    }

    /// As [`Index::read`], through a connection of its own: a search does not wait for a list.
    ///
    /// # Errors
    /// [`StoreError::Stopped`] alone.
    pub fn search<T>(
        &self,
        read: impl FnOnce(&Store) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        self.read_in(&self.searching, |store| {
            *self.lock_stop() = Some(store.stop());
            let done = read(store);
            *self.lock_stop() = None;
            done
        })
    }

    /// Stops what is being searched.
    pub fn stop_search(&self) {
        if let Some(stop) = &*self.lock_stop() {
            stop.now();
        }
    }

    fn lock_stop(&self) -> MutexGuard<'_, Option<Stop>> {
        self.stop.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_in<T>(
        &self,
        slot: &Mutex<Slot>,
        read: impl FnOnce(&Store) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut slot = lock(slot);
        if matches!(*slot, Slot::Closed) {
            *slot = self.open_to_read();
        }
        let Slot::Open(store) = &*slot else {
            return Ok(None);
        };
        match read(store) {
            Ok(read) => Ok(Some(read)),
            Err(StoreError::Stopped) => Err(StoreError::Stopped),
            Err(StoreError::Busy) => Ok(None),
            Err(StoreError::Damaged) => {
                let damaged = Damaged::of(store, &self.path);
                *slot = Slot::Closed;
                drop(slot);
                self.begin_anew(damaged);
                Ok(None)
            }
            Err(error) => {
                self.note(&error);
                Ok(None)
            }
        }
    }

    fn open_to_read(&self) -> Slot {
        if self.path.symlink_metadata().is_err() {
            return Slot::Closed;
        }
        match Store::open(&self.path, Access::Read) {
            Ok(store) => Slot::Open(store),
            // whoever writes sees to these, and tells
            Err(StoreError::Damaged | StoreError::Busy) => Slot::Closed,
            Err(error) => {
                self.note(&error);
                Slot::Without
            }
        }
    }

    /// Changes it. `None` where that cannot be done; that has been noted.
    pub fn write<T>(&self, write: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> Option<T> {
        let mut slot = lock(&self.writing);
        if matches!(*slot, Slot::Closed) {
            *slot = self.open_or_begin_anew();
        }
        let Slot::Open(store) = &mut *slot else {
            return None;
        };
        match write(store) {
            Ok(written) => Some(written),
            Err(StoreError::Damaged) => {
                let damaged = Damaged::of(store, &self.path);
                *slot = Slot::Closed;
                drop(slot);
                self.begin_anew(damaged);
                None
            }
            Err(error) => {
                self.note(&error);
                // what is full, locked or read only now may be otherwise at the next start
                *slot = Slot::Without;
                None
            }
        }
    }

    /// How often a damaged one was set aside in this run: what it knew is not known any more, then.
    pub fn times_begun_anew(&self) -> u32 {
        self.begun_anew.load(Ordering::SeqCst)
    }

    fn open_or_begin_anew(&self) -> Slot {
        let opened = match Store::open(&self.path, Access::Write) {
            Err(StoreError::Damaged) => self
                .set_aside()
                .and_then(|()| Store::open(&self.path, Access::Write)),
            other => other,
        };
        match opened {
            Ok(store) => Slot::Open(store),
            Err(error) => {
                self.note(&error);
                Slot::Without
            }
        }
    }

    /// Sets a damaged index aside, unless another program was faster; a new one is made by whoever writes next.
    fn begin_anew(&self, damaged: Damaged) {
        let slots = [&self.writing, &self.reading, &self.searching];
        let done = match damaged {
            Damaged::Here => self.set_aside(),
            Damaged::Replaced => Ok(()),
        };
        if let Err(error) = &done {
            self.note(error);
        }
        for slot in slots {
            *lock(slot) = if done.is_ok() {
                Slot::Closed
            } else {
                Slot::Without
            };
        }
    }

    fn set_aside(&self) -> Result<(), StoreError> {
        let aside = store::set_aside(&self.path)?;
        self.begun_anew.fetch_add(1, Ordering::SeqCst);
        let aside = shown(&aside);
        self.push_note(format!(
            "the index was damaged and is made anew; the old one is now `{aside}`"
        ));
        Ok(())
    }

    fn note(&self, error: &StoreError) {
        let path = shown(&self.path);
        self.push_note(format!(
            "could not use the index `{path}`: {error}; going on without"
        ));
    }

    fn push_note(&self, note: String) {
        let mut notes = self.lock_notes();
        if !notes.all.contains(&note) {
            notes.all.push(note.clone());
            notes.new.push(note);
        }
    }

    fn lock_notes(&self) -> MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lock(slot: &Mutex<Slot>) -> MutexGuard<'_, Slot> {
    slot.lock().unwrap_or_else(PoisonError::into_inner)
}
