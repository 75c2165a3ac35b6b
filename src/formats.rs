//! From bytes to a [`Document`]: which format it is, and one parser for each.

use std::borrow::Cow;
use std::io::{Cursor, Read, Seek};
use std::path::Path;

use crate::model::document::{Block, BlockKind, Document, Metadata, Within};

pub mod address;
mod build;
pub mod clean;
pub mod decode;
mod epub;
pub mod headings;
mod html;
mod language;
mod letters;
pub mod markdown;
pub mod readable;
mod tell;
mod text;

use build::Built;
use decode::{Encoding, Told};
pub use epub::BookError;
use headings::Role;

/// What a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page, or a part of one.
    Html,
    /// A book.
    Epub,
}

impl Format {
    /// The format that a file's name tells. `None` when it is no name of an article.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" | "mkd" => Some(Self::Markdown),
            "htm" | "html" | "xhtml" | "xht" => Some(Self::Html),
            "epub" => Some(Self::Epub),
            _ => None,
        }
    }

    /// The format of a file, told by its content, or the beginning of it; by its name where that says nothing. A zip
    /// archive counts as a book: whether it is one shows when it is read.
    ///
    /// # Errors
    /// When it is no article: what it is.
    pub fn tell(bytes: &[u8], path: &Path) -> Result<Self, ParseError> {
        tell::tell(bytes, path)
    }
}

/// Why there is no document in a file. Its words go on after "could not show it:".
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// It is something else, and this is what.
    #[error("it is {0}")]
    NoArticle(&'static str),
    /// It is something else.
    #[error("it is no text")]
    NoText,
    /// It is called a book, and is not even an archive.
    #[error("it is no EPUB: not a zip archive")]
    NotZip,
    /// It is a book that cannot be read.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// The document in these bytes. Texts cannot fail: broken input is still an article.
///
/// # Errors
/// When a book is encrypted, or nothing of it can be read, or reaches a limit.
pub fn parse(bytes: &[u8], format: Format) -> Result<Document, ParseError> {
    parse_as(bytes, format, None)
}

/// As [`parse`], for a reader who knows the encoding; a book says its own.
///
/// # Errors
/// As [`parse`].
pub fn parse_as(
    bytes: &[u8],
    format: Format,
    encoding: Option<Encoding>,
) -> Result<Document, ParseError> {
    let told = match format {
        Format::Html => Told::InMarkup,
        Format::Text | Format::Markdown => Told::Nowhere,
        Format::Epub => return Ok(epub::document(Cursor::new(bytes))?),
    };
    let decoded = decode::decode(bytes, encoding.map_or(told, Told::As));
    let mut document = match format {
        Format::Html => html::article(&decoded.text),
        Format::Text | Format::Markdown | Format::Epub => text(&decoded.text, format),
    };
    document.encoding = Some(decoded.encoding.name());
    Ok(document)
}

/// The document in a Markdown text, which cannot fail.
pub fn markdown_of(markdown: &str) -> Document {
    text(markdown, Format::Markdown)
}

/// As much of a book as a list needs, and how many times longer all of it is.
///
/// # Errors
/// When it is encrypted, broken, no book, or reaches a limit.
pub fn sample_of_book(from: impl Read + Seek) -> Result<(Document, f32), ParseError> {
    let sample = epub::sample(from)?;
    Ok((sample.document, sample.share))
}

fn text(text: &str, format: Format) -> Document {
    let text = clean::body(text);
    let parsed = match format {
        Format::Markdown => markdown::parse(&text),
        Format::Text | Format::Html | Format::Epub => Parsed {
            built: Built {
                blocks: text::blocks(&text),
                ..Built::default()
            },
            ..Parsed::default()
        },
    };
    finish(parsed, format)
}

/// What a parser found in a text.
#[derive(Debug, Default)]
struct Parsed {
    /// What the text says of itself beside its blocks.
    metadata: Metadata,
    /// Its blocks.
    built: Built,
    /// Whether it says that its title and headings are all marked, so that none has to be guessed.
    is_marked: bool,
}

/// Tells what each block is to its article.
fn finish(parsed: Parsed, format: Format) -> Document {
    let Parsed {
        mut metadata,
        mut built,
        is_marked,
    } = parsed;
    let (roles, too_many) = if is_marked {
        let roles = headings::marked_roles(&built.blocks, &metadata.title);
        (roles, None)
    } else {
        headings::roles(&built.blocks)
    };
    metadata.too_many = too_many;
    for (block, role) in built.blocks.blocks.iter_mut().zip(roles) {
        if format == Format::Text || is_open_to(&role, block) {
            apply(role, block, &mut metadata);
        }
    }
    metadata.language = metadata
        .language
        .or_else(|| language::of(&built.blocks.blocks));
    built.document(metadata)
}

/// Whether a block of a text with markup may be something else than it is marked as: what its writer made an item of a list
/// stays one, and what was made a heading is of the article.
fn is_open_to(role: &Role, block: &Block) -> bool {
    let is_plain = block.kind == BlockKind::Paragraph && block.within == Within::default();
    match role {
        Role::Noise | Role::Caption => is_plain && block.marks.is_empty(),
        Role::Title | Role::Heading(_) | Role::Byline(_) | Role::Date | Role::Body => {
            is_plain || matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title)
        }
    }
}

/// Makes a block what it was found to be. What the metadata say already, in front matter, stays.
fn apply(role: Role, block: &mut Block, metadata: &mut Metadata) {
    block.kind = match role {
        Role::Body => return,
        Role::Title => {
            one_line(block);
            if metadata.title.is_empty() {
                metadata.title.clone_from(&block.text);
            }
            BlockKind::Title
        }
        Role::Heading(level) => {
            one_line(block);
            BlockKind::Heading(level)
        }
        Role::Byline(name) => {
            metadata
                .byline
                .get_or_insert_with(|| clean::line(&name).into_owned());
            BlockKind::Byline
        }
        Role::Date => {
            metadata
                .date
                .get_or_insert_with(|| clean::line(&block.text).into_owned());
            BlockKind::Byline
        }
        Role::Caption => BlockKind::Caption,
        Role::Noise => BlockKind::Noise,
    };
}

/// Makes the text of a block fit for lists and borders, where less may be shown than in running text.
fn one_line(block: &mut Block) {
    if let Cow::Owned(text) = clean::line(&block.text) {
        block.text = text;
        // nothing tells where they moved to
        block.marks.clear();
    }
}

#[cfg(test)]
mod tests;
