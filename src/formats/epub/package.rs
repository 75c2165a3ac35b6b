//! The package of a book: which files it is made of, in which order, and what it says of itself.

use std::collections::{HashMap, HashSet};
use std::io::{Read, Seek};

use super::archive::Archive;
use super::protection::Protection;
use super::xml::{Piece, Tag, walk};
use super::{BookError, limits, path};
use crate::formats::clean;
use crate::formats::decode::{Told, decode};
use crate::formats::language;
use crate::model::document::Metadata;

const CONTAINER: &str = "META-INF/container.xml";

/// The package of a book.
#[derive(Debug, Default)]
pub struct Package {
    /// What it says of itself.
    pub metadata: Metadata,
    /// Its parts in the order of the spine.
    pub parts: Vec<Part>,
    /// The file of its contents as EPUB 3 has it.
    pub nav: Option<String>,
    /// The file of its contents as EPUB 2 has it.
    pub ncx: Option<String>,
}

/// A part of a book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What the spine calls it.
    pub name: String,
    /// Its file; `None` when none is listed.
    pub path: Option<String>,
    /// Whether it is read in its place, or stands aside.
    pub is_linear: bool,
}

impl Package {
    /// The parts as they are read: what stands aside comes last. The contents are no part: they are shown beside the text.
    pub fn in_order(&self) -> impl Iterator<Item = &Part> {
        let shown = || {
            let parts = self.parts.iter();
            parts.filter(|part| part.path.is_none() || part.path != self.nav)
        };
        let linear = shown().filter(|part| part.is_linear);
        linear.chain(shown().filter(|part| !part.is_linear))
    }
}

/// Reads the package.
///
/// # Errors
/// When there is none, it is encrypted, names no parts, or reaches a limit.
pub fn read<R: Read + Seek>(
    archive: &mut Archive<R>,
    protection: &Protection,
) -> Result<Package, BookError> {
    let file = file_of_package(archive)?;
    let unreadable = protection.of_any([file.as_str()].into_iter());
    if let Some(name) = unreadable {
        return Err(BookError::Encrypted(name));
    }
    let found = archive.read(&file)?;
    let text = decode(&found.bytes, Told::InMarkup).text;
    let mut reading = Reading::default();
    walk(&text, &file, |piece| reading.take(piece, &file))?;
    let package = reading.package();
    if package.parts.is_empty() {
        return Err(BookError::Broken(format!(
            "its `{file}` names no parts to read"
        )));
    }
    Ok(package)
}

/// The file that is the package: the first one that the container names.
fn file_of_package<R: Read + Seek>(archive: &mut Archive<R>) -> Result<String, BookError> {
    if !archive.has(CONTAINER) {
        return Err(BookError::Broken(no_book(archive)));
    }
    let found = archive.read(CONTAINER)?;
    let text = decode(&found.bytes, Told::InMarkup).text;
    let mut files = Vec::new();
    walk(&text, CONTAINER, |piece| {
        if let Piece::Open(tag) = piece
            && tag.name() == "rootfile"
            && files.len() < limits::PARTS
        {
            let file = tag.attribute("full-path").unwrap_or_default();
            files.extend(path::joined("", &file));
        }
    })?;
    match files.iter().find(|file| archive.has(file)) {
        Some(file) => Ok(file.clone()),
        None => Err(BookError::Broken(match files.first() {
            Some(file) => format!("its package `{file}` is missing"),
            None => format!("its `{CONTAINER}` names no package"),
        })),
    }
}

/// What an archive without a container is.
fn no_book<R: Read + Seek>(archive: &Archive<R>) -> String {
    let what = if archive.has("word/document.xml") {
        "it is a Word document"
    } else if archive.has("xl/workbook.xml") || archive.has("ppt/presentation.xml") {
        "it is an Office document"
    } else if archive.has("content.xml") && archive.has("META-INF/manifest.xml") {
        "it is an OpenDocument file"
    } else {
        return format!("it is a zip archive, not a book: there is no `{CONTAINER}` in it");
    };
    what.to_owned()
}

/// A file that the manifest lists.
#[derive(Debug)]
struct Item {
    path: String,
    is_nav: bool,
    is_ncx: bool,
}

/// A fact of the metadata: an element with its text and what is said of it.
#[derive(Debug, Default)]
struct Fact {
    /// The element: `title`, `creator` …
    name: String,
    text: String,
    /// Its `id`, which others refine.
    id: String,
    /// `opf:role` or `opf:event`; of a `meta` its `property`.
    property: String,
    /// Of a `meta`, the id of what it refines.
    refines: String,
}

/// What was read of a package so far.
#[derive(Debug, Default)]
struct Reading {
    items: HashMap<String, Item>,
    /// Ids in the order of the spine, with whether it is linear.
    spine: Vec<(String, bool)>,
    /// The id of the contents that the spine names.
    toc: Option<String>,
    facts: Vec<Fact>,
    /// The fact whose text is being read.
    open: Option<Fact>,
    is_in_metadata: bool,
}

impl Reading {
    fn take(&mut self, piece: Piece<'_>, file: &str) {
        match piece {
            Piece::Open(tag) => self.open(&tag, file),
            Piece::Text(text) => {
                if let Some(fact) = &mut self.open
                    && fact.text.len() < limits::NAME
                {
                    fact.text.push_str(&text);
                }
            }
            Piece::Close("metadata") => self.is_in_metadata = false,
            Piece::Close(_) => self.facts.extend(self.open.take()),
        }
    }

    fn open(&mut self, tag: &Tag<'_>, file: &str) {
        match tag.name() {
            "metadata" => self.is_in_metadata = true,
            "item" if self.items.len() < usize::try_from(limits::ENTRIES).unwrap_or(usize::MAX) => {
                let target = tag
                    .attribute("href")
                    .and_then(|href| path::target(file, &href));
                if let (Some(id), Some(target)) = (tag.attribute("id"), target) {
                    let kind = tag.attribute("media-type");
                    self.items.insert(
                        id,
                        Item {
                            path: target.path,
                            is_nav: tag.has_word("properties", "nav"),
                            is_ncx: kind.as_deref() == Some("application/x-dtbncx+xml"),
                        },
                    );
                }
            }
            "spine" => self.toc = tag.attribute("toc"),
            "itemref" if self.spine.len() < limits::PARTS => {
                let is_linear = tag.attribute("linear").as_deref() != Some("no");
                self.spine
                    .extend(tag.attribute("idref").map(|id| (id, is_linear)));
            }
            name if self.is_in_metadata && self.facts.len() < limits::FACTS => {
                let said = |name: &str| tag.attribute(name).unwrap_or_default();
                self.facts.extend(self.open.take());
                self.open = Some(Fact {
                    name: name.to_owned(),
                    text: String::new(),
                    id: said("id"),
                    property: said(match name {
                        "creator" => "role",
                        "date" => "event",
                        _ => "property",
                    }),
                    refines: said("refines"),
                });
            }
            _ => {}
        }
    }

    fn package(self) -> Package {
        let metadata = metadata(&self.facts);
        let parts = self.spine.into_iter().map(|(id, is_linear)| Part {
            path: self.items.get(&id).map(|item| item.path.clone()),
            name: id,
            is_linear,
        });
        let mut seen = HashSet::new();
        // a file that is read twice is a mistake, or meant to take for ever
        let is_new = |part: &Part| seen.insert(part.path.as_ref().unwrap_or(&part.name).clone());
        let parts = parts.filter(is_new).collect();
        let path_if = |is_it: fn(&Item) -> bool| {
            let mut paths: Vec<&String> = self
                .items
                .values()
                .filter(|i| is_it(i))
                .map(|i| &i.path)
                .collect();
            paths.sort();
            paths.first().map(|path| (*path).clone())
        };
        let named = self.toc.and_then(|id| self.items.get(&id));
        let ncx = named.map(|item| item.path.clone());
        Package {
            metadata,
            parts,
            nav: path_if(|item| item.is_nav),
            ncx: ncx.or_else(|| path_if(|item| item.is_ncx)),
        }
    }
}

fn metadata(facts: &[Fact]) -> Metadata {
    let text = |fact: &Fact| {
        let text = fact.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Some(clean::line(&text).into_owned()).filter(|text| !text.is_empty())
    };
    let all = |name: &str| -> Vec<&Fact> {
        let is_it = |fact: &&Fact| fact.name == name && text(fact).is_some();
        facts.iter().filter(is_it).collect()
    };
    // what EPUB 2 says in an attribute, EPUB 3 says in an element of its own
    let is_said = |fact: &Fact, property: &str, word: &str| {
        fact.property == word
            || facts.iter().any(|meta| {
                meta.property == property
                    && !fact.id.is_empty()
                    && meta.refines.strip_prefix('#') == Some(&fact.id)
                    && meta.text.trim() == word
            })
    };
    let first = |name: &str, property: &str, word: &str| {
        let all = all(name);
        let best = all.iter().find(|fact| is_said(fact, property, word));
        best.or(all.first()).and_then(|fact| text(fact))
    };
    let creators = all("creator");
    let has_authors = creators.iter().any(|fact| is_said(fact, "role", "aut"));
    let authors = creators
        .iter()
        .filter(|fact| !has_authors || is_said(fact, "role", "aut"));
    let names: Vec<String> = authors.filter_map(|fact| text(fact)).take(20).collect();
    let urls = all("source")
        .into_iter()
        .chain(all("identifier"))
        .filter_map(text);
    let mut is_http = urls.filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    Metadata {
        title: first("title", "title-type", "main").unwrap_or_default(),
        byline: Some(names.join(", ")).filter(|names| !names.is_empty()),
        date: first("date", "event", "publication").and_then(day),
        language: first("language", "", "-").and_then(|tag| language::of_tag(&tag)),
        url: is_http.next(),
        tags: all("subject")
            .into_iter()
            .filter_map(text)
            .take(100)
            .collect(),
        too_many: None,
    }
}

/// A date without the time of the day; `None` where a program that knew none wrote the year 101.
fn day(date: String) -> Option<String> {
    if date.starts_with("0101-") {
        return None;
    }
    Some(match date.split_once('T') {
        Some((day, _)) if day.len() == 10 => day.to_owned(),
        _ => date,
    })
}
