//! EPUB -> a document: the parts of a book one after the other, its contents as headings, links between parts as links
//! inside of one text. <https://www.w3.org/TR/epub-33/>, and EPUB 2: <https://idpf.org/epub/20/spec/OPF_2.0.1_draft.htm>
//!
//! Nothing is unpacked to disk, and no name in a book becomes a path of the system: names are looked up among those of the
//! archive.

use std::io::{Read, Seek};

use super::decode::{Told, decode};
use super::{clean, html, language};
use crate::model::document::{Block, BlockKind, Document, Mark};

mod archive;
mod contents;
mod join;
mod limits;
mod merge;
mod package;
mod path;
mod protection;
mod xml;

use archive::Archive;
use join::Chapter;
use package::{Package, Part};

/// Of a part that stands for the whole book, at most so many bytes are looked at.
const SAMPLE: usize = 32 * 1024;

/// Why a book cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// It is not what it is called, or not all of it is there.
    #[error("{0}")]
    Broken(String),
    /// Only the program that it was bought for can open it.
    #[error("it is encrypted ({0}): only the program it was bought for can open it")]
    Encrypted(&'static str),
    /// It is larger than any book.
    #[error("{0}")]
    TooLarge(String),
}

impl BookError {
    /// The same error with the names in it made safe to show.
    fn cleaned(self) -> Self {
        match self {
            Self::Broken(why) => Self::Broken(clean::line(&why).into_owned()),
            Self::TooLarge(why) => Self::TooLarge(clean::line(&why).into_owned()),
            Self::Encrypted(name) => Self::Encrypted(name),
        }
    }
}

/// What lists need of a book.
pub struct Sample {
    /// What the book says of itself, and the text of one part of it.
    pub document: Document,
    /// How many times longer the whole book is, about.
    pub share: f32,
}

/// The whole book.
///
/// # Errors
/// When it is no book, is encrypted, is broken in such a way that nothing of it can be read, or reaches a limit.
pub fn document(from: impl Read + Seek) -> Result<Document, BookError> {
    read(from).map_err(BookError::cleaned)
}

fn read(from: impl Read + Seek) -> Result<Document, BookError> {
    let mut archive = Archive::open(from)?;
    let package = open(&mut archive)?;
    let paths = package.parts.iter().filter_map(|part| part.path.as_deref());
    archive.check_sizes(paths)?;
    let entries = contents::entries(&mut archive, &package)?;
    let mut chapters = Vec::with_capacity(package.parts.len());
    let mut first_trouble = None;
    for part in package.in_order() {
        let (chapter, trouble) = chapter(&mut archive, part)?;
        if first_trouble.is_none() {
            first_trouble.clone_from(&trouble);
        }
        chapters.push((chapter, trouble));
    }
    if chapters
        .iter()
        .all(|(c, _)| c.built.blocks.blocks.is_empty())
        && let Some(why) = first_trouble
    {
        return Err(BookError::Broken(format!(
            "nothing of it can be read: {why}"
        )));
    }
    let chapters = chapters.into_iter().map(|(mut chapter, trouble)| {
        if let Some(why) = trouble {
            chapter.built.blocks.push(note(&why), true);
        }
        chapter
    });
    let mut document = join::join(chapters.collect(), &entries, package.metadata);
    if document.metadata.language.is_none() {
        document.metadata.language = language::of(document.blocks());
    }
    Ok(document)
}

/// As much of a book as a list needs: what it says of itself, and one part for its pace.
///
/// # Errors
/// As [`document`].
pub fn sample(from: impl Read + Seek) -> Result<Sample, BookError> {
    look_into(from).map_err(BookError::cleaned)
}

fn look_into(from: impl Read + Seek) -> Result<Sample, BookError> {
    let mut archive = Archive::open(from)?;
    let package = open(&mut archive)?;
    let paths = package.parts.iter().filter_map(|part| part.path.as_deref());
    let sizes: Vec<(u64, &str)> = paths
        .filter_map(|path| Some((archive.size(path)?, path)))
        .collect();
    let whole = sizes.iter().map(|(size, _)| size).sum();
    // the largest that is read in no time, else the smallest
    let (small, large): (Vec<_>, Vec<_>) =
        sizes.iter().partition(|(size, _)| *size <= SAMPLE as u64);
    let chosen = small.into_iter().max().or(large.into_iter().min());
    let mut blocks = Vec::new();
    let mut read = 0;
    if let Some((_, path)) = chosen
        && let Ok(found) = archive.read_start(path, SAMPLE)
    {
        read = found.len();
        let text = decode(&found, Told::InMarkup);
        blocks = html::blocks(&text.text, None).1.blocks.blocks;
    }
    let mut metadata = package.metadata;
    metadata.language = metadata.language.or_else(|| language::of(&blocks));
    Ok(Sample {
        document: Document::new(metadata, blocks),
        share: share(whole, read),
    })
}

#[expect(clippy::cast_precision_loss, reason = "minutes are told to the minute")]
fn share(whole: u64, read: usize) -> f32 {
    if read == 0 {
        1.0
    } else {
        (whole as f32 / read as f32).max(1.0)
    }
}

/// The package of a book that is not encrypted.
fn open<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Package, BookError> {
    let protection = protection::of(archive)?;
    let package = package::read(archive, &protection)?;
    let paths = package.parts.iter().filter_map(|part| part.path.as_deref());
    match protection.of_any(paths) {
        Some(name) => Err(BookError::Encrypted(name)),
        None => Ok(package),
    }
}

/// A part of the book, as far as it could be read, and why that is not all.
fn chapter<R: Read + Seek>(
    archive: &mut Archive<R>,
    part: &Part,
) -> Result<(Chapter, Option<String>), BookError> {
    let mut chapter = Chapter::default();
    let Some(path) = &part.path else {
        let why = format!("the part `{}` is not listed in the book", part.name);
        return Ok((chapter, Some(why)));
    };
    chapter.path.clone_from(path);
    match archive.read(path) {
        Ok(found) => {
            let text = decode(&found.bytes, Told::InMarkup);
            chapter.built = html::blocks(&text.text, None).1;
            Ok((chapter, found.trouble))
        }
        Err(BookError::Broken(why)) => Ok((chapter, Some(why))),
        Err(error @ (BookError::Encrypted(_) | BookError::TooLarge(_))) => Err(error),
    }
}

/// Tells the reader, in the text, that something is not there.
fn note(why: &str) -> Block {
    let text = clean::line(&format!("[{why}]")).into_owned();
    let mut block = Block::new(BlockKind::Paragraph, text, 0);
    block.marks.push((0..block.text.len(), Mark::Emphasis));
    block
}

#[cfg(test)]
mod tests;
