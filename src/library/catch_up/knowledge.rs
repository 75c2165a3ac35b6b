//! What the index knows of the files below the folders that are listed, and which of them are gone.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::num::NonZeroU64;
use std::path::{Component, Path, PathBuf};

use super::super::file::shown;
use super::super::identity;
use super::super::index::Index;
use super::super::scan::{Described, Walk};
use crate::store::{Folder, Look, Row, Store, StoreError};

/// A folder to list, under the name that the reader gave it.
pub struct Listed {
    /// As the system knows it.
    pub real: PathBuf,
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
    /// Its number in the index.
    id: i64,
    /// What it looked like when it was read; `None` when it has to be read again in any case.
    look: Option<NonZeroU64>,
    /// Below which listed folder.
    listed: u32,
    /// Whether it is still there.
    is_seen: bool,
}

/// All that the index knows of the files below the folders that are listed.
#[derive(Default)]
pub struct Knowledge {
    /// The folders that are listed.
    pub listed: Vec<Listed>,
    /// Files by the hash of their paths without links: of a hundred thousand, the paths alone would take more room than
    /// all else. Should two be alike, one of them is read again each time.
    files: HashMap<u64, Known>,
    /// Folders, and whether something was mounted there.
    pub folders: HashMap<PathBuf, bool>,
}

/// The folders below these roots, and those that links below them lead to.
pub fn listed_below(store: &Store, roots: &[&Path]) -> Result<Vec<Listed>, StoreError> {
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
pub fn is_listed(folder: &Folder, below: &Listed) -> bool {
    let rest = folder.path.strip_prefix(&below.real);
    let is_hidden = |name: Component| name.as_os_str().as_encoded_bytes().starts_with(b".");
    rest.is_ok_and(|rest| !rest.components().any(is_hidden))
}

impl Knowledge {
    /// Takes in what the index knows of a file below one of the listed folders.
    pub fn add(&mut self, row: &Row, listed: usize) {
        let known = Known {
            id: row.id,
            look: row.look.is_certain().then(|| hash_of_look(&row.look)),
            listed: u32::try_from(listed).unwrap_or(u32::MAX),
            is_seen: false,
        };
        self.files.insert(hash(&row.path), known);
    }

    /// Whether a file is still what the index knows. It is there, in any case.
    pub fn is_still(&mut self, real: &Path, look: &Look) -> bool {
        self.files.get_mut(&hash(real)).is_some_and(|known| {
            known.is_seen = true;
            known.look == Some(hash_of_look(look))
        })
    }

    /// A note of why a root cannot be read, with what becomes of its articles.
    pub fn kept(&self, root: &Path, note: String) -> String {
        let is_below = |known: &&Known| {
            let listed = self.listed.get(known.listed as usize);
            listed.is_some_and(|listed| listed.shown.starts_with(root))
        };
        match self.files.values().filter(is_below).count() {
            0 => note,
            1 => format!("{note}; its article stays listed"),
            n => format!("{note}; its {n} articles stay listed"),
        }
    }

    /// The files that are gone: number in the index and path as listed. Those stay whose folder cannot be looked into, and
    /// those of a folder that is empty, where something was mounted and is not any more.
    pub fn gone(&self, index: &Index, walk: &Walk, notes: &mut Vec<String>) -> Vec<(i64, PathBuf)> {
        let seen = walk.folders_seen();
        let mut unmounted: HashMap<PathBuf, usize> = HashMap::new();
        let mut gone = Vec::new();
        for known in self.files.values().filter(|known| !known.is_seen) {
            let Some(Some(row)) = index.read(|store| store.article(known.id)) else {
                continue;
            };
            let path = &row.path;
            let folder = path
                .ancestors()
                .skip(1)
                .find_map(|at| Some((at, seen.get(at)?)));
            let Some((at, seen)) = folder.filter(|(_, seen)| !seen.has_failed) else {
                continue;
            };
            if seen.is_empty && !seen.mounted && self.folders.get(at) == Some(&true) {
                *unmounted.entry(at.to_owned()).or_default() += 1;
                continue;
            }
            let listed = &self.listed[known.listed as usize];
            let rest = path.strip_prefix(&listed.real).unwrap_or(path);
            gone.push((known.id, listed.shown.join(rest)));
        }
        for (folder, count) in unmounted {
            let (folder, articles) = (
                shown(&folder),
                if count == 1 { "article" } else { "articles" },
            );
            notes.push(format!(
                "`{folder}` is empty as if it were not mounted; {count} {articles} of it stay listed"
            ));
        }
        gone
    }
}

fn hash(of: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    of.hash(&mut hasher);
    hasher.finish()
}

fn hash_of_look(look: &Look) -> NonZeroU64 {
    let what = (look.size, look.written, look.changed, look.inode);
    NonZeroU64::new(hash(&what)).unwrap_or(NonZeroU64::MIN)
}
