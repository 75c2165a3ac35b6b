//! Changing the index: several articles at once, all or none.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use rusqlite::{CachedStatement, OptionalExtension, Transaction, TransactionBehavior, params};

use super::articles::{BLOCK_END, Row, Section, TextState, bytes, parts};
use super::search::passages;
use super::{Store, StoreError, words};
use crate::model::outline::SectionKind;

/// An article has at most so many rows of words; further sections are put to the last.
const MAX_SECTIONS: usize = 1 << 16;

impl Store {
    /// Begins to change the index. Others wait until it is done, so it is to be short.
    ///
    /// # Errors
    /// When another program is changing it, and goes on doing so.
    pub fn bulk(&mut self) -> Result<Bulk<'_>, StoreError> {
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let folders = HashMap::new();
        Ok(Bulk {
            transaction,
            folders,
        })
    }
}

/// Several changes at once: all of them are kept, or none.
pub struct Bulk<'a> {
    transaction: Transaction<'a>,
    /// The numbers of folders, by path.
    folders: HashMap<PathBuf, i64>,
}

/// What is known of a file that is put in again.
struct Before {
    id: i64,
    sections: i64,
    looked: i64,
    is_whole: bool,
    content: String,
}

impl Bulk<'_> {
    /// Puts an article in, in place of what was known of its file. Without sections its text stays what it was when
    /// [`Row::text`] says that it is whole.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn put(&mut self, row: &Row, sections: Option<&Passages>) -> Result<i64, StoreError> {
        let (folder, name) = parts(&row.path);
        let folder = self.folder(folder)?;
        let before = self.before(folder, name)?;
        let id = self.put_row(row, folder, before.as_ref().map(|before| before.id))?;
        let is_known = |before: &Before| {
            // looked at by this release, and found to be the same
            before.is_whole && before.looked > 0 && before.content == row.content
        };
        let count = before.as_ref().map_or(0, |before| before.sections);
        match sections {
            Some(_) if before.as_ref().is_some_and(is_known) => {}
            Some(sections) => {
                self.forget_text(id, count)?;
                self.put_text(id, row, sections)?;
            }
            None if row.text != TextState::Whole => self.forget_text(id, count)?,
            None => {}
        }
        Ok(id)
    }

    fn before(&self, folder: i64, name: &OsStr) -> Result<Option<Before>, StoreError> {
        let sql = "SELECT id, sections, looked, text, content FROM articles WHERE folder = ?1 AND name = ?2";
        let mut statement = self.transaction.prepare_cached(sql)?;
        let before = statement.query_row(params![folder, name.as_bytes()], |row| {
            Ok(Before {
                id: row.get(0)?,
                sections: row.get(1)?,
                looked: row.get(2)?,
                is_whole: TextState::of(row.get(3)?) == TextState::Whole,
                content: row.get(4)?,
            })
        });
        Ok(before.optional()?)
    }

    fn put_row(&self, row: &Row, folder: i64, known: Option<i64>) -> Result<i64, StoreError> {
        let sql = "INSERT INTO articles (id, folder, name, size, written, changed, inode, looked, content, title, \
                   author, language, minutes, modified, text) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15) \
                   ON CONFLICT (id) DO UPDATE SET size = ?4, written = ?5, changed = ?6, inode = ?7, looked = ?8, \
                   content = ?9, title = ?10, author = ?11, language = ?12, minutes = ?13, modified = ?14, text = ?15";
        let (_, name) = parts(&row.path);
        let mut statement = self.transaction.prepare_cached(sql)?;
        statement.execute(params![
            known,
            folder,
            name.as_bytes(),
            row.look.size,
            row.look.written,
            row.look.changed,
            row.look.inode,
            row.look.looked,
            row.content,
            row.title,
            row.author,
            row.language,
            row.minutes,
            row.modified,
            row.text.number(),
        ])?;
        Ok(known.unwrap_or_else(|| self.transaction.last_insert_rowid()))
    }

    fn put_text(&self, id: i64, row: &Row, text: &Passages) -> Result<(), StoreError> {
        let first = id << 16;
        let mut put = self.words_statement()?;
        let title = words::indexed(&row.title);
        let author = words::indexed(row.author.as_deref().unwrap_or(""));
        for (n, section) in (0_i64..).zip(&text.words) {
            let [heading, above, body] = section;
            put.execute(params![first + n, title, author, heading, above, body])?;
        }
        let sql = "INSERT OR REPLACE INTO passages (id, text) VALUES (?1, ?2)";
        let mut put = self.transaction.prepare_cached(sql)?;
        for (n, passage) in &text.passages {
            put.execute(params![first + n, passage])?;
        }
        let sql = "UPDATE articles SET sections = ?2 WHERE id = ?1";
        let count = i64::try_from(text.words.len()).unwrap_or(0);
        self.transaction
            .prepare_cached(sql)?
            .execute(params![id, count])?;
        Ok(())
    }

    fn words_statement(&self) -> Result<CachedStatement<'_>, StoreError> {
        let sql = "INSERT INTO words (rowid, title, author, heading, above, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        Ok(self.transaction.prepare_cached(sql)?)
    }

    /// Forgets the text of an article that has so many sections.
    fn forget_text(&self, id: i64, sections: i64) -> Result<(), StoreError> {
        let first = id << 16;
        let mut statement = self
            .transaction
            .prepare_cached("DELETE FROM words WHERE rowid = ?1")?;
        for n in 0..sections {
            statement.execute([first + n])?;
        }
        if sections > 0 {
            self.transaction
                .prepare_cached("DELETE FROM passages WHERE id >= ?1 AND id < ?2")?
                .execute([first, (id + 1) << 16])?;
            self.transaction
                .prepare_cached("UPDATE articles SET sections = 0 WHERE id = ?1")?
                .execute([id])?;
        }
        Ok(())
    }

    /// Takes an article out.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn remove(&mut self, id: i64) -> Result<(), StoreError> {
        let sections = self
            .transaction
            .prepare_cached("SELECT sections FROM articles WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        self.forget_text(id, sections.unwrap_or(0))?;
        self.transaction
            .prepare_cached("DELETE FROM articles WHERE id = ?1")?
            .execute([id])?;
        Ok(())
    }

    /// Takes note of the links that a scan of a root followed, in place of those known.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn set_links(&self, root: &Path, links: &[(PathBuf, PathBuf)]) -> Result<(), StoreError> {
        let root = bytes(root);
        self.transaction
            .execute("DELETE FROM links WHERE root = ?1", [root])?;
        for (below, target) in links {
            self.transaction.execute(
                "INSERT OR REPLACE INTO links (root, below, target) VALUES (?1, ?2, ?3)",
                params![root, bytes(below), bytes(target)],
            )?;
        }
        Ok(())
    }

    /// Takes note of folders, and whether something is mounted there.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn set_folders(&mut self, folders: &[(PathBuf, bool)]) -> Result<(), StoreError> {
        let sql = "INSERT INTO folders (path, mounted) VALUES (?1, ?2) \
                   ON CONFLICT (path) DO UPDATE SET mounted = ?2 WHERE mounted <> ?2";
        let mut statement = self.transaction.prepare_cached(sql)?;
        for (path, mounted) in folders {
            statement.execute(params![bytes(path), mounted])?;
        }
        Ok(())
    }

    /// Keeps the changes.
    ///
    /// # Errors
    /// When they could not be kept; none of them is, then.
    pub fn commit(self) -> Result<(), StoreError> {
        Ok(self.transaction.commit()?)
    }

    fn folder(&mut self, path: &Path) -> Result<i64, StoreError> {
        if let Some(&id) = self.folders.get(path) {
            return Ok(id);
        }
        let known = self
            .transaction
            .prepare_cached("SELECT id FROM folders WHERE path = ?1")?
            .query_row([bytes(path)], |row| row.get(0))
            .optional()?;
        let id = match known {
            Some(id) => id,
            None => {
                self.transaction
                    .prepare_cached("INSERT INTO folders (path) VALUES (?1)")?
                    .execute([bytes(path)])?;
                self.transaction.last_insert_rowid()
            }
        };
        self.folders.insert(path.to_owned(), id);
        Ok(id)
    }
}

/// The text of an article, made ready to be put in: what takes time and needs no index.
#[derive(Debug)]
pub struct Passages {
    /// Heading, headings above and body of each section, as they are searched.
    words: Vec<[String; 3]>,
    /// What is shown of hits: which section each begins with.
    passages: Vec<(i64, Vec<u8>)>,
}

impl Passages {
    /// Of the sections of an article, in reading order.
    pub fn new(mut sections: Vec<Section>) -> Self {
        let rest = sections.split_off(sections.len().min(MAX_SECTIONS));
        if let Some(last) = sections.last_mut() {
            for section in rest {
                last.text.push(BLOCK_END);
                last.text.push_str(&section.text);
            }
        }
        let words = |section: &Section| {
            let heading = match section.kind {
                SectionKind::Heading => words::indexed(&section.title),
                SectionKind::Opening | SectionKind::Stretch => String::new(),
            };
            let above = words::indexed(&section.above);
            [heading, above, words::indexed(&section.text)]
        };
        Self {
            words: sections.iter().map(words).collect(),
            passages: passages(&sections),
        }
    }
}
