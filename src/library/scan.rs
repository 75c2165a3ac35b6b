//! Finding the articles in files and folders, in batches, so that a list fills at once.

use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, FileType};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::thread;

use super::file::{self, shown};
use super::identity;
use crate::formats::decode::Encoding;
use crate::formats::{Format, clean};
use crate::journal::why;
use crate::model::document::Document;
use crate::model::pace::Pace;

/// How many articles come first, so that there is something to see …
const FIRST: usize = 50;
/// … and how many come at once after that.
const BATCH: usize = 500;

/// A file that is to be read.
pub struct Candidate {
    /// Where it lies.
    pub path: PathBuf,
    /// What the journal has as its path.
    pub key: String,
    /// The subfolder that holds it, `/`-separated and clean.
    pub folder: String,
}

/// An article as its file tells of it.
pub struct Described {
    /// Where it lies.
    pub path: PathBuf,
    /// What the journal has as its path.
    pub key: String,
    /// The hash of its content.
    pub content: String,
    /// The subfolder that holds it.
    pub folder: String,
    /// Its title, or its file's name.
    pub title: String,
    /// Who wrote it, when the text says so.
    pub author: Option<String>,
    /// ISO 639-1, when it could be told.
    pub language: Option<String>,
    /// Reading time in minutes, at least 1.
    pub minutes: u32,
    /// When the file last changed, in milliseconds since 1970.
    pub modified: i64,
}

impl Described {
    /// What a document tells, if it is `share` of the article (at least 1).
    pub fn new(candidate: Candidate, document: &Document, share: f32) -> Self {
        Self {
            title: title(document, &candidate.path),
            author: document.metadata.byline.clone(),
            path: candidate.path,
            key: candidate.key,
            folder: candidate.folder,
            content: String::new(),
            language: document.metadata.language.clone(),
            minutes: whole_minutes(Pace::of(document).minutes(document.len()) * share),
            modified: 0,
        }
    }
}

/// The title that lists show: the document's, or the name of its file.
pub fn title(document: &Document, path: &Path) -> String {
    match document.metadata.title.trim() {
        "" if path == Path::new(identity::STANDARD_INPUT) => "standard input".to_owned(),
        "" => file::stem(path),
        title => title.to_owned(),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rounded, at least 1, and a cast that is too large ends at the largest"
)]
fn whole_minutes(minutes: f32) -> u32 {
    minutes.round().max(1.0) as u32
}

/// Reads as much of a file as a list needs.
///
/// # Errors
/// When it cannot be read or shown: why, in words.
pub fn describe(candidate: Candidate, encoding: Option<Encoding>) -> Result<Described, String> {
    start(candidate, encoding).map(|start| start.described)
}

/// A file, and the document of its beginning.
pub struct Start {
    /// The file, as lists have it.
    pub described: Described,
    /// What it begins with; all of it when it is small.
    pub document: Document,
    /// What it is written in. Of a book, any part of it is here instead of its beginning.
    pub format: Format,
}

/// As [`describe`], with the document that was made for it.
///
/// # Errors
/// When it cannot be read or shown: why, in words.
pub fn start(candidate: Candidate, encoding: Option<Encoding>) -> Result<Start, String> {
    let peek = file::peek(&candidate.path)?;
    let (document, share) = file::sample(&peek, &candidate.path, encoding)?;
    let described = Described::new(candidate, &document, share);
    let described = Described {
        content: peek.content,
        modified: peek.modified,
        ..described
    };
    Ok(Start {
        described,
        document,
        format: peek.format,
    })
}

/// Reads the candidates on two threads and tells of them in batches, in their order. What was left out is noted.
pub fn in_batches(
    candidates: impl Iterator<Item = Result<Candidate, String>>,
    encoding: Option<Encoding>,
    tell: &mut dyn FnMut(Vec<Described>),
) -> Vec<String> {
    let mut notes = Vec::new();
    let mut batch = Vec::with_capacity(FIRST);
    let mut size = FIRST;
    for candidate in candidates {
        match candidate {
            Ok(candidate) => batch.push(candidate),
            Err(note) => notes.push(note),
        }
        if batch.len() == size {
            tell(described(std::mem::take(&mut batch), encoding, &mut notes));
            size = BATCH;
        }
    }
    if !batch.is_empty() {
        tell(described(batch, encoding, &mut notes));
    }
    notes
}

fn described(
    mut batch: Vec<Candidate>,
    encoding: Option<Encoding>,
    notes: &mut Vec<String>,
) -> Vec<Described> {
    let other = batch.split_off(batch.len() / 2);
    let (mut first, second) = thread::scope(|scope| {
        let other = scope.spawn(|| describe_all(other, encoding));
        (describe_all(batch, encoding), other.join())
    });
    // a parser's panic is caught where it is called: this cannot be one
    first.extend(second.unwrap_or_default());
    first
        .into_iter()
        .filter_map(|described| described.map_err(|note| notes.push(note)).ok())
        .collect()
}

fn describe_all(
    batch: Vec<Candidate>,
    encoding: Option<Encoding>,
) -> Vec<Result<Described, String>> {
    let describe = |candidate: Candidate| {
        let path = shown(&candidate.path);
        describe(candidate, encoding).map_err(|why| left_out(&path, &why))
    };
    batch.into_iter().map(describe).collect()
}

fn left_out(path: &str, why: &str) -> String {
    format!("left out `{path}`: {why}")
}

/// Where to look for articles.
pub enum Root {
    /// A folder, and all below it.
    Folder(PathBuf),
    /// One file, whatever its name.
    File(PathBuf),
}

impl Root {
    /// What lies at a path that the reader gave.
    ///
    /// # Errors
    /// When there is nothing, or no article and no folder: the whole message.
    pub fn at(path: &Path) -> Result<Self, String> {
        let could_not = |why: &str| format!("could not read `{}`: {why}", shown(path));
        let kind = fs::metadata(path)
            .map_err(|error| could_not(&why(&error)))?
            .file_type();
        if kind.is_dir() {
            return Ok(Self::Folder(path.to_owned()));
        }
        file::regular(kind).map_err(|why| could_not(&why))?;
        Ok(Self::File(path.to_owned()))
    }
}

/// The candidate at a path that the reader gave: any name will do.
pub fn candidate(library: &Path, path: &Path, folder: String) -> Candidate {
    let above = identity::real(path.parent().unwrap_or(Path::new("")));
    let key = identity::key(
        library,
        &above,
        path.file_name().unwrap_or(path.as_os_str()),
    );
    Candidate {
        path: path.to_owned(),
        key,
        folder,
    }
}

/// A walk through folders: files before subfolders, both by name; each folder once, however many links lead to it.
pub struct Walk<'a> {
    library: &'a Path,
    /// What is to be looked at, last first.
    ahead: Vec<Ahead>,
    /// What was found and not handed out yet, last first.
    found: Vec<Result<Candidate, String>>,
    /// Folders that were looked at, by device and number.
    folders: HashSet<(u64, u64)>,
    /// Files that were handed out; only where there are several roots that may hold the same.
    keys: Option<HashSet<String>>,
}

enum Ahead {
    File(PathBuf),
    /// A folder, and its name below the root.
    Folder(PathBuf, String),
}

impl<'a> Walk<'a> {
    /// A walk from these roots. The library folder is to be real.
    pub fn new(library: &'a Path, roots: Vec<Root>) -> Self {
        let keys = (roots.len() > 1).then(HashSet::new);
        let ahead = roots.into_iter().rev().map(|root| match root {
            Root::Folder(path) => Ahead::Folder(path, String::new()),
            Root::File(path) => Ahead::File(path),
        });
        let (found, folders) = (Vec::new(), HashSet::new());
        Self {
            library,
            ahead: ahead.collect(),
            found,
            folders,
            keys,
        }
    }

    fn look_into(&mut self, path: &Path, below: &str) -> io::Result<()> {
        let metadata = fs::metadata(path)?;
        if !self.folders.insert((metadata.dev(), metadata.ino())) {
            return Ok(());
        }
        let mut entries = fs::read_dir(path)?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_cached_key(|entry| std::cmp::Reverse(entry.file_name()));
        let real = identity::real(path);
        let names: HashSet<OsString> = entries.iter().map(DirEntry::file_name).collect();
        for entry in entries {
            let name = entry.file_name();
            if name.as_encoded_bytes().starts_with(b".") || is_of_page(&name, &names) {
                continue;
            }
            if let Err(why) = self.look_at(&entry, &name, &real, below) {
                self.found.push(Err(left_out(&shown(&entry.path()), &why)));
            }
        }
        Ok(())
    }

    fn look_at(
        &mut self,
        entry: &DirEntry,
        name: &OsStr,
        real: &Path,
        below: &str,
    ) -> Result<(), String> {
        let is_article = Format::of(Path::new(name)).is_some();
        let kind = match kind(entry) {
            Ok(kind) => kind,
            // a link that leads nowhere is none of ours if it is not called an article
            Err(_) if !is_article => return Ok(()),
            Err(error) => return Err(why(&error)),
        };
        if kind.is_dir() {
            let name = clean::line(&name.to_string_lossy()).into_owned();
            let below = if below.is_empty() {
                name
            } else {
                format!("{below}/{name}")
            };
            self.ahead.push(Ahead::Folder(entry.path(), below));
        } else if !kind.is_file() {
            return Err("not a regular file".to_owned());
        } else if is_article {
            let key = identity::key(self.library, real, name);
            self.found.push(Ok(Candidate {
                path: entry.path(),
                key,
                folder: below.to_owned(),
            }));
        }
        Ok(())
    }

    fn is_new(&mut self, found: &Result<Candidate, String>) -> bool {
        match (found, &mut self.keys) {
            (Ok(candidate), Some(keys)) => keys.insert(candidate.key.clone()),
            _ => true,
        }
    }
}

/// Whether this is the folder in which a browser put the pictures, frames and scripts of a page that it saved beside it.
fn is_of_page(name: &OsStr, names: &HashSet<OsString>) -> bool {
    let page = name.to_str().and_then(|name| name.strip_suffix("_files"));
    page.is_some_and(|page| {
        let mut endings = ["html", "htm", "xhtml"].iter();
        endings.any(|ending| names.contains(OsStr::new(&format!("{page}.{ending}"))))
    })
}

fn kind(entry: &DirEntry) -> io::Result<FileType> {
    let kind = entry.file_type()?;
    if kind.is_symlink() {
        Ok(fs::metadata(entry.path())?.file_type())
    } else {
        Ok(kind)
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<Candidate, String>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            while let Some(found) = self.found.pop() {
                if self.is_new(&found) {
                    return Some(found);
                }
            }
            match self.ahead.pop()? {
                Ahead::File(path) => {
                    self.found
                        .push(Ok(candidate(self.library, &path, String::new())));
                }
                Ahead::Folder(path, below) => {
                    if let Err(error) = self.look_into(&path, &below) {
                        self.found.push(Err(left_out(&shown(&path), &why(&error))));
                    }
                }
            }
        }
    }
}
