//! From bytes to a [`Document`]: which format it is, and one parser for each.

use std::path::Path;

use crate::model::document::Document;

pub mod clean;
pub mod decode;

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

/// The document in these bytes. Cannot fail: broken input is still an article.
pub fn parse(bytes: &[u8], format: Format) -> Document {
    let _ = (bytes, format);
    todo!()
}
