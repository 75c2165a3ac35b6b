//! From bytes to a [`Document`]: which format it is, and one parser for each.

use std::borrow::Cow;
use std::path::Path;

use crate::model::document::{Block, BlockKind, Document, Metadata, Within};

pub mod address;
mod build;
pub mod clean;
pub mod decode;
pub mod headings;
mod language;
mod letters;
pub mod markdown;
mod text;

use build::Built;
use headings::Role;

/// What a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
}

impl Format {
    /// The format of a file, told from its name. `None` when liseuse does not read such files.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// Whether these bytes are no text, whatever their file's name says.
pub fn is_binary(bytes: &[u8]) -> bool {
    decode::is_binary(bytes)
}

/// The document in these bytes. Cannot fail: broken input is still an article.
pub fn parse(bytes: &[u8], format: Format) -> Document {
    let decoded = decode::decode(bytes);
    let text = clean::body(&decoded);
    let parsed = match format {
        Format::Text => Parsed {
            built: Built {
                blocks: text::blocks(&text),
                ..Built::default()
            },
            ..Parsed::default()
        },
        Format::Markdown => markdown::parse(&text),
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
