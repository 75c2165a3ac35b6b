//! The index: what can be worked out again from the files. The only SQL.
//!
//! It is a cache. It may be deleted at any time, and whatever is wrong with it, the reader goes on reading: every error
//! here is one line for the reader and a reason to do without it. A file that is not ours or that a newer liseuse wrote
//! is never changed.

mod articles;
mod bulk;
mod file;
mod search;
mod words;

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, TransactionBehavior};

pub use articles::{BLOCK_END, Folder, Look, Order, Row, Section, TextState};
pub use bulk::{Bulk, Passages};
pub use search::{Match, Passage, expression, term_expression};
pub use words::{Wanted, places};

/// “LISE”: what marks a file as ours.
const APPLICATION: u32 = 0x4C49_5345;
/// Each brings the index from the version of its place to the next. Those that were released are never changed.
const MIGRATIONS: &[&str] = &[include_str!("store/migrations/0001.sql")];
/// Older ones can lose pages when two programs write and checkpoint at once.
const LEAST_SQLITE: i32 = 3_051_003;

/// The version of the index this program writes.
pub const VERSION: u32 = 1;

/// Why the index cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It is no database, or a broken one: it may be set aside and made anew.
    #[error("it is damaged")]
    Damaged,
    /// Its version is beyond what is known here.
    #[error("it was written by a newer liseuse")]
    Newer,
    /// It is the database of another program.
    #[error("it belongs to another program")]
    Foreign,
    /// A folder, a link or a device has its name.
    #[error("it is not a regular file")]
    NotAFile,
    /// Another program holds it.
    #[error("it is locked by another program")]
    Busy,
    /// There is no room; there may be some later.
    #[error("the disk is full")]
    Full,
    /// It cannot be written, nor read as it is.
    #[error("it is read-only")]
    ReadOnly,
    /// It was asked to stop.
    #[error("stopped")]
    Stopped,
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly
            }
            Some(ErrorCode::OperationInterrupted) => Self::Stopped,
            // a column holds what it never should: a table was tampered with
            None if matches!(
                error,
                rusqlite::Error::InvalidColumnType(..)
                    | rusqlite::Error::FromSqlConversionFailure(..)
                    | rusqlite::Error::IntegralValueOutOfRange(..)
            ) =>
            {
                Self::Damaged
            }
            _ => Self::Other(error.to_string()),
        }
    }
}

/// What the index may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reading and writing, waiting long for others: for work behind the reader's back. Makes it where there is none.
    Write,
    /// Reading what is there, hardly waiting.
    Read,
}

impl Access {
    const fn patience(self) -> Duration {
        match self {
            Self::Write => Duration::from_secs(5),
            Self::Read => Duration::from_millis(50),
        }
    }
}

/// The index, open.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    /// Its device and number, to know it from another that has its name.
    file: (u64, u64),
}

/// Stops what an open index is doing, from another thread.
pub struct Stop(rusqlite::InterruptHandle);

impl Stop {
    /// Stops it; it answers [`StoreError::Stopped`].
    pub fn now(&self) {
        self.0.interrupt();
    }
}

impl fmt::Debug for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stop")
    }
}

/// What can be told of the index as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How many articles it holds.
    pub articles: i64,
    /// … of which the text cannot be searched yet.
    pub waiting: i64,
    /// … of which the text is too long to be searched.
    pub too_long: i64,
    /// How many sections can be searched.
    pub sections: i64,
    /// Its size on the disk in bytes.
    pub bytes: u64,
    /// Its version.
    pub version: u32,
}

impl Store {
    /// Opens the index at a path. What was there as an older version is brought up to date.
    ///
    /// # Errors
    /// When it cannot be used, and why.
    pub fn open(path: &Path, access: Access) -> Result<Self, StoreError> {
        if rusqlite::version_number() < LEAST_SQLITE {
            let version = rusqlite::version();
            return Err(StoreError::Other(format!("SQLite {version} is too old")));
        }
        let path = file::real(path)?;
        if access == Access::Write {
            file::make(&path)?;
        }
        file::look_at(&path)?;
        let mut store = Self::open_checked(&path, access)?;
        store.bring_up_to_date(access)?;
        if access == Access::Write {
            store.take_over()?;
        }
        Ok(store)
    }

    fn open_checked(path: &Path, access: Access) -> Result<Self, StoreError> {
        let file = file::number(path)?;
        let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let writable = flags | OpenFlags::SQLITE_OPEN_READ_WRITE;
        let opened = Connection::open_with_flags(path, writable)
            .map_err(StoreError::from)
            .and_then(|connection| set_up(connection, access))
            .and_then(|connection| Self { connection, file }.begin(path, access));
        match opened {
            Err(StoreError::ReadOnly) if access == Access::Read => {
                // on a disk that cannot be written, not even what readers share; safe only where nothing waits to be
                // taken over
                let log = file::beside(path, "-wal");
                if log.metadata().is_ok_and(|log| log.len() > 0) {
                    return Err(StoreError::ReadOnly);
                }
                let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                let connection = Connection::open_with_flags(file::unchanging(path), flags)?;
                connection.busy_timeout(access.patience())?;
                Ok(Self { connection, file })
            }
            other => other,
        }
    }

    /// What is only done to a file that is ours.
    fn begin(self, path: &Path, access: Access) -> Result<Self, StoreError> {
        if self.version()? > VERSION {
            return Err(StoreError::Newer);
        }
        if access == Access::Read {
            return Ok(self);
        }
        // programs on several machines cannot share the memory that a write-ahead log needs
        let mode = if file::is_on_network(path) {
            "delete"
        } else {
            "wal"
        };
        let connection = &self.connection;
        connection.pragma_update_and_check(None, "journal_mode", mode, |_| Ok(()))?;
        connection.pragma_update(None, "journal_size_limit", 1024 * 1024)?;
        // pages; checkpointing more seldom writes less
        connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
        // a power cut may take the last articles from it, which are found again; it does not damage it
        connection.pragma_update(None, "synchronous", "normal")?;
        Ok(self)
    }

    /// Makes the tables that are missing, all or none of a version's.
    fn bring_up_to_date(&mut self, access: Access) -> Result<(), StoreError> {
        if self.version()? == VERSION {
            return Ok(());
        }
        if access == Access::Read {
            // whoever writes brings it up to date first
            return Err(StoreError::Busy);
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        // another program may have been faster
        let version: u32 = pragma(&transaction, "user_version")?;
        for migration in MIGRATIONS.iter().skip(version as usize) {
            transaction.execute_batch(migration)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
        transaction.commit()?;
        Ok(())
    }

    /// What another release read from the files is read again, little by little.
    fn take_over(&mut self) -> Result<(), StoreError> {
        let version = env!("CARGO_PKG_VERSION");
        let made: Option<String> = self
            .connection
            .query_row("SELECT version FROM made", [], |row| row.get(0))
            .optional()?;
        if made.as_deref() == Some(version) {
            return Ok(());
        }
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM made", [])?;
        transaction.execute("INSERT INTO made (version) VALUES (?1)", [version])?;
        transaction.execute("UPDATE articles SET looked = 0", [])?;
        transaction.commit()?;
        Ok(())
    }

    fn version(&self) -> Result<u32, StoreError> {
        // one look at all of it: another program may be making its tables at this very moment
        let look = self.connection.unchecked_transaction()?;
        let tables: i64 =
            look.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        let application: u32 = pragma(&look, "application_id")?;
        let version: u32 = pragma(&look, "user_version")?;
        look.commit()?;
        let is_new = application == 0 && version == 0 && tables == 0;
        if application != APPLICATION && !is_new {
            return Err(StoreError::Foreign);
        }
        Ok(version)
    }

    /// Whether this is the file of that name, or another has taken its place.
    pub fn is_at(&self, path: &Path) -> bool {
        file::real(path).and_then(|path| file::number(&path)) == Ok(self.file)
    }

    /// What stops a long search from another thread.
    pub fn stop(&self) -> Stop {
        Stop(self.connection.get_interrupt_handle())
    }

    /// What can be told of it as a whole.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn summary(&self, path: &Path) -> Result<Summary, StoreError> {
        let number = |sql: &str| self.connection.query_row(sql, [], |row| row.get(0));
        let size = |suffix| file::beside(path, suffix).metadata().map_or(0, |m| m.len());
        Ok(Summary {
            articles: number("SELECT count(*) FROM articles")?,
            waiting: number("SELECT count(*) FROM articles WHERE text = 0")?,
            too_long: number("SELECT count(*) FROM articles WHERE text = 2")?,
            sections: number("SELECT count(*) FROM words_docsize")?,
            bytes: size("") + size("-wal"),
            version: VERSION,
        })
    }

    /// Looks at every page of it: what is wrong, one line each.
    ///
    /// # Errors
    /// When it cannot even be looked at.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check(20)")?;
        let lines = statement.query_map([], |row| row.get::<_, String>(0))?;
        let mut wrong = lines.collect::<Result<Vec<_>, _>>()?;
        wrong.retain(|line| line != "ok");
        let words = "INSERT INTO words (words) VALUES ('integrity-check')";
        match self.connection.execute(words, []).map_err(StoreError::from) {
            Err(StoreError::Damaged) => wrong.push("the words are damaged".to_owned()),
            other => {
                other?;
            }
        }
        Ok(wrong)
    }
}

/// Sets a damaged index aside under a free name beside it, so that a new one can be made.
///
/// # Errors
/// When it cannot be moved.
pub fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    file::set_aside(&file::real(path)?)
}

/// Removes the index, if it is one of ours or nothing that anyone could miss.
///
/// # Errors
/// When it is not ours, or cannot be removed.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    let path = file::real(path)?;
    match Store::open(&path, Access::Read).map(drop) {
        // an older version is told as busy
        Ok(()) | Err(StoreError::Newer | StoreError::Busy) => file::remove(&path),
        Err(StoreError::Damaged) => file::set_aside(&path).map(drop),
        Err(error) => Err(error),
    }
}

fn set_up(connection: Connection, access: Access) -> Result<Connection, StoreError> {
    connection.busy_timeout(access.patience())?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    // kibibytes, as SQLite has it for negative numbers
    let cache = match access {
        Access::Write => 16 * 1024,
        Access::Read => 4 * 1024,
    };
    connection.pragma_update(None, "cache_size", -cache)?;
    Ok(connection)
}

fn pragma(connection: &Connection, name: &str) -> Result<u32, StoreError> {
    let value: i64 = connection.pragma_query_value(None, name, |row| row.get(0))?;
    Ok(u32::try_from(value).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests;
