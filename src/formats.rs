//! From bytes to a [`Document`]: which format it is, and one parser for each.

use std::borrow::Cow;
use std::path::Path;

use crate::model::document::{Block, BlockKind, Document, Metadata};

#[expect(dead_code, reason = "its first user is being written")]
mod build;
pub mod clean;
pub mod decode;
pub mod headings;
mod html;
mod language;
mod letters;
mod markdown;
pub mod readable;
mod text;

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
}

impl Format {
    /// The format of a file, told from its name. `None` when liseuse does not read such files.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Text),
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
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
    if format == Format::Html {
        return html::article(&decoded);
    }
    let text = clean::body(&decoded);
    let (mut metadata, mut blocks) = match format {
        Format::Text => (Metadata::default(), text::blocks(&text)),
        Format::Markdown => markdown::blocks(&text),
        Format::Html => unreachable!("pages were taken above"),
    };
    let roles = headings::roles(&blocks);
    for (block, role) in blocks.blocks.iter_mut().zip(roles) {
        apply(role, block, &mut metadata);
    }
    metadata.language = metadata.language.or_else(|| language::of(&blocks.blocks));
    Document::new(metadata, blocks.blocks)
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
