//! The list of articles, and their text by sections.

use std::ffi::{OsStr, OsString};
use std::ops::ControlFlow;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, params};

use super::{Store, StoreError};
use crate::model::outline::SectionKind;

/// A file that was written so shortly before it was looked at may have been written again since, in nanoseconds: clocks
/// of file systems are coarse.
const COARSEST_CLOCK: i64 = 2_000_000_000;

/// What a file looks like without reading it, and when that was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Its size in bytes.
    pub size: i64,
    /// When its content was last written, in nanoseconds since 1970.
    pub written: i64,
    /// When anything about it last changed, in nanoseconds since 1970.
    pub changed: i64,
    /// Its number in its file system.
    pub inode: i64,
    /// When this was seen, in nanoseconds since 1970.
    pub looked: i64,
}

impl Look {
    /// Whether a file that looks so now still is what it was when it was read.
    pub fn is_still(&self, now: &Self) -> bool {
        let same = |look: &Self| (look.size, look.written, look.changed, look.inode);
        same(self) == same(now) && self.is_certain()
    }

    /// Whether it could not have been written again in the moment in which it was looked at.
    pub fn is_certain(&self) -> bool {
        let last = self.written.max(self.changed);
        last.saturating_add(COARSEST_CLOCK) <= self.looked
    }
}

/// What the index knows of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the index; 0 for one that is not in it yet.
    pub id: i64,
    /// Its file: no link in its folders.
    pub path: PathBuf,
    /// What the file looked like when it was read.
    pub look: Look,
    /// The hash of its content.
    pub content: String,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Reading time in minutes.
    pub minutes: u32,
    /// When the file last changed, in milliseconds since 1970.
    pub modified: i64,
    /// Whether its text can be searched.
    pub text: TextState,
}

/// Whether a text can be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextState {
    /// Not yet.
    Waiting,
    /// All of it.
    Whole,
    /// Never: it is too long.
    TooLong,
}

impl TextState {
    pub(super) const fn number(self) -> i64 {
        match self {
            Self::Waiting => 0,
            Self::Whole => 1,
            Self::TooLong => 2,
        }
    }

    pub(super) const fn of(number: i64) -> Self {
        match number {
            1 => Self::Whole,
            2 => Self::TooLong,
            _ => Self::Waiting,
        }
    }
}

/// The text of a section, to be searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title; empty before the first heading.
    pub title: String,
    /// How many sections of the same title stand before it.
    pub nth: u32,
    /// Where its title comes from.
    pub kind: SectionKind,
    /// The titles of the sections it lies in, outermost first.
    pub above: String,
    /// The block it starts with.
    pub block: usize,
    /// The text of its blocks, with [`BLOCK_END`] between them, so that a place can be told. Noise is an empty block.
    pub text: String,
}

/// Stands between two blocks: a character that is in no clean text.
pub const BLOCK_END: char = '\u{1e}';

/// A folder that holds articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Its number in the index.
    pub id: i64,
    /// Where it lies: no link in it.
    pub path: PathBuf,
    /// Whether something was mounted there when it was looked into.
    pub mounted: bool,
}

/// In which order a folder is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// What changed last comes first.
    Newest,
    /// By title.
    Title,
    /// The shortest comes first.
    Minutes,
}

const COLUMNS: &str = "id, name, size, written, changed, inode, looked, content, title, author, language, minutes, \
                       modified, text";

impl Store {
    /// The folders at and below one, in the order of their paths.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn folders(&self, root: &Path) -> Result<Vec<Folder>, StoreError> {
        let mut first = root.as_os_str().as_bytes().to_vec();
        if first != b"/" {
            first.push(b'/');
        }
        let mut beyond = first.clone();
        if let Some(last) = beyond.last_mut() {
            *last += 1;
        }
        let sql = "SELECT id, path, mounted FROM folders WHERE path = ?1 OR (path >= ?2 AND path < ?3) ORDER BY path";
        let mut statement = self.connection.prepare_cached(sql)?;
        let root = root.as_os_str().as_bytes();
        let found = statement.query_map(params![root, first, beyond], |row| {
            Ok(Folder {
                id: row.get(0)?,
                path: path_of(row.get_ref(1)?)?,
                mounted: row.get(2)?,
            })
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// The links that a scan of a root followed: below the root, and where they lead.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn links(&self, root: &Path) -> Result<Vec<(PathBuf, PathBuf)>, StoreError> {
        let sql = "SELECT below, target FROM links WHERE root = ?1 ORDER BY below";
        let mut statement = self.connection.prepare_cached(sql)?;
        let root = root.as_os_str().as_bytes();
        let found = statement.query_map([root], |row| {
            Ok((path_of(row.get_ref(0)?)?, path_of(row.get_ref(1)?)?))
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Tells of the articles in a folder, in this order, until it has been told enough.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn each_in(
        &self,
        folder: &Folder,
        order: Order,
        tell: &mut dyn FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let by = match order {
            Order::Newest => "modified DESC",
            Order::Title => "title COLLATE NOCASE",
            Order::Minutes => "minutes",
        };
        let sql = format!("SELECT {COLUMNS} FROM articles WHERE folder = ?1 ORDER BY {by}");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([folder.id])?;
        while let Some(row) = rows.next()? {
            if tell(article(row, &folder.path)?).is_break() {
                break;
            }
        }
        Ok(())
    }

    /// What is known of the file at a path, which has no link in its folders.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn at(&self, path: &Path) -> Result<Option<Row>, StoreError> {
        let (folder, name) = parts(path);
        let sql = format!(
            "SELECT {COLUMNS} FROM articles WHERE name = ?2 AND folder = (SELECT id FROM folders WHERE path = ?1)"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row(params![bytes(folder), name.as_bytes()], |row| {
            article(row, folder)
        });
        Ok(found.optional()?)
    }

    /// The article of a number in the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn article(&self, id: i64) -> Result<Option<Row>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, (SELECT path FROM folders WHERE folders.id = folder) FROM articles WHERE id = ?1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let found = statement.query_row([id], |row| article(row, &path_of(row.get_ref(14)?)?));
        Ok(found.optional()?)
    }

    /// The files whose text is still to be read, a few of those after a number in the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn waiting(&self, after: i64, most: usize) -> Result<Vec<Row>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS}, (SELECT path FROM folders WHERE folders.id = folder) FROM articles WHERE text = 0 \
             AND id > ?1 ORDER BY id LIMIT ?2"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let found = statement.query_map([after, most], |row| {
            article(row, &path_of(row.get_ref(14)?)?)
        })?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Whether the text of some article is still to be read.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn has_waiting(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM articles WHERE text = 0)";
        Ok(self
            .connection
            .prepare_cached(sql)?
            .query_row([], |row| row.get(0))?)
    }

    /// Whether there are folders with articles that are not at or below one of these.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn has_others_than<'a>(
        &self,
        roots: impl Iterator<Item = &'a Path>,
    ) -> Result<bool, StoreError> {
        let roots: Vec<&Path> = roots.collect();
        let sql = "SELECT path FROM folders WHERE EXISTS (SELECT 1 FROM articles WHERE folder = folders.id)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let path = path_of(row.get_ref(0)?)?;
            if !roots.iter().any(|root| path.starts_with(root)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn article(row: &rusqlite::Row, folder: &Path) -> rusqlite::Result<Row> {
    let name = path_of(row.get_ref(1)?)?;
    Ok(Row {
        id: row.get(0)?,
        path: folder.join(name),
        look: Look {
            size: row.get(2)?,
            written: row.get(3)?,
            changed: row.get(4)?,
            inode: row.get(5)?,
            looked: row.get(6)?,
        },
        content: row.get(7)?,
        title: row.get(8)?,
        author: row.get(9)?,
        language: row.get(10)?,
        minutes: row.get(11)?,
        modified: row.get(12)?,
        text: TextState::of(row.get(13)?),
    })
}

fn path_of(value: ValueRef) -> rusqlite::Result<PathBuf> {
    Ok(OsString::from_vec(value.as_bytes()?.to_vec()).into())
}

pub(super) fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_bytes()
}

pub(super) fn parts(path: &Path) -> (&Path, &OsStr) {
    let folder = path.parent().unwrap_or(Path::new("/"));
    (folder, path.file_name().unwrap_or_default())
}
