//! The contents that a book comes with: the nav of EPUB 3, the NCX of EPUB 2.
//! <https://www.w3.org/TR/epub-33/#sec-nav>, <https://idpf.org/epub/20/spec/OPF_2.0.1_draft.htm#Section2.4.1>

use std::io::{Read, Seek};

use super::archive::Archive;
use super::package::Package;
use super::path::{Target, target};
use super::xml::{Piece, walk};
use super::{BookError, limits};
use crate::formats::clean;
use crate::formats::decode::{Told, decode};

/// A line of the contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it says.
    pub label: String,
    /// Where it leads; a line that leads nowhere stands for those under it.
    pub target: Option<Target>,
    /// How deep it is nested; 1 is outermost.
    pub depth: u8,
}

/// The contents of a book in their order; none where it has none that can be read.
///
/// # Errors
/// When they reach a limit.
pub fn entries<R: Read + Seek>(
    archive: &mut Archive<R>,
    package: &Package,
) -> Result<Vec<Entry>, BookError> {
    let mut entries = Vec::new();
    for (file, kind) in [(&package.nav, Kind::Nav), (&package.ncx, Kind::Ncx)] {
        let Some(file) = file.as_ref().filter(|_| entries.is_empty()) else {
            continue;
        };
        let found = match archive.read(file) {
            Ok(found) => found,
            Err(BookError::Broken(_)) => continue,
            Err(error @ (BookError::Encrypted(_) | BookError::TooLarge(_))) => return Err(error),
        };
        let text = decode(&found.bytes, Told::InMarkup).text;
        entries = match kind {
            Kind::Nav => nav(&text, file)?,
            Kind::Ncx => ncx(&text, file)?,
        };
    }
    Ok(entries)
}

/// How contents are written.
#[derive(Clone, Copy)]
enum Kind {
    /// As EPUB 3 has them.
    Nav,
    /// As EPUB 2 has them.
    Ncx,
}

/// Lines of contents as they are read.
#[derive(Default)]
struct Lines {
    entries: Vec<Entry>,
    /// The line whose words are being read.
    open: Option<Entry>,
}

impl Lines {
    fn begin(&mut self, depth: u8) {
        self.end();
        self.open = Some(Entry {
            label: String::new(),
            target: None,
            depth: depth.clamp(1, limits::NESTING),
        });
    }

    fn say(&mut self, text: &str) {
        if let Some(entry) = &mut self.open
            && entry.label.len() < limits::NAME
        {
            entry.label.push_str(text);
        }
    }

    fn lead(&mut self, to: Option<Target>) {
        if let Some(entry) = &mut self.open {
            entry.target = entry.target.take().or(to);
        }
    }

    fn end(&mut self) {
        let Some(mut entry) = self.open.take() else {
            return;
        };
        let label = entry.label.split_whitespace().collect::<Vec<_>>().join(" ");
        entry.label = clean::line(&label).into_owned();
        if !entry.label.is_empty() && self.entries.len() < limits::PARTS {
            self.entries.push(entry);
        }
    }
}

/// The lines of the `nav` whose type is `toc`; of the first one where none says its type.
fn nav(text: &str, file: &str) -> Result<Vec<Entry>, BookError> {
    let mut lines = Lines::default();
    let mut fallback = None;
    let (mut is_in, mut is_toc, mut depth) = (false, false, 0_u8);
    walk(text, file, |piece| match piece {
        Piece::Open(tag) => match tag.name() {
            "nav" => {
                is_toc = tag.has_word("type", "toc") || tag.has_word("role", "doc-toc");
                let is_typed = tag.attribute("type").is_some();
                is_in = is_toc || (!is_typed && fallback.is_none());
                depth = 0;
            }
            "ol" | "ul" if is_in => depth = depth.saturating_add(1),
            "a" | "span" if is_in && depth > 0 => {
                // a span inside of a link belongs to its words
                if tag.name() == "a" || lines.open.is_none() {
                    lines.begin(depth);
                }
                let leads = tag.attribute("href").and_then(|href| target(file, &href));
                lines.lead(leads);
            }
            "img" if is_in => lines.say(&tag.attribute("alt").unwrap_or_default()),
            _ => {}
        },
        Piece::Close("nav") => {
            lines.end();
            if is_toc && !lines.entries.is_empty() {
                is_in = false;
                fallback.get_or_insert_with(Vec::new);
            } else if is_in {
                fallback.get_or_insert_with(|| std::mem::take(&mut lines.entries));
                is_in = false;
            }
        }
        Piece::Close("ol" | "ul") if is_in => {
            lines.end();
            depth = depth.saturating_sub(1);
        }
        Piece::Close("a" | "li") => lines.end(),
        Piece::Close(_) => {}
        Piece::Text(text) => lines.say(&text),
    })?;
    lines.end();
    Ok(if lines.entries.is_empty() {
        fallback.unwrap_or_default()
    } else {
        lines.entries
    })
}

/// The lines of a `navMap`.
fn ncx(text: &str, file: &str) -> Result<Vec<Entry>, BookError> {
    let mut lines = Lines::default();
    let (mut depth, mut is_label) = (0_u8, false);
    walk(text, file, |piece| match piece {
        Piece::Open(tag) => match tag.name() {
            "navPoint" => {
                depth = depth.saturating_add(1);
                lines.begin(depth);
            }
            "text" => is_label = true,
            "content" => {
                let leads = tag.attribute("src").and_then(|src| target(file, &src));
                lines.lead(leads);
            }
            _ => {}
        },
        Piece::Close("navPoint") => {
            lines.end();
            depth = depth.saturating_sub(1);
        }
        Piece::Close("text") => is_label = false,
        Piece::Close(_) => {}
        Piece::Text(text) if is_label => lines.say(&text),
        Piece::Text(_) => {}
    })?;
    lines.end();
    Ok(lines.entries)
}
