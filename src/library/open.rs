//! Reading one article: its text, its sections, and what the reader did with it.

use std::path::Path;

use anyhow::{Result, anyhow, bail};

use super::file::{self, shown};
use super::identity::{self, STANDARD_INPUT};
use super::scan::{self, Candidate, Described};
use super::{Article, Library, State};
use crate::formats::Format;
use crate::formats::decode::Told;
use crate::formats::headings::explain::{Reason, explain};
use crate::model::correction;
use crate::model::document::Document;
use crate::model::outline::Outline;

/// The beginning of a file that is larger is shown while the rest of it is being read, in bytes.
const LONG: u64 = 2 * 1024 * 1024;

impl Library {
    /// Reads the article at a path as the reader corrected it; `-` is standard input, which is read to its end once.
    ///
    /// # Errors
    /// When it cannot be read or shown, is no regular file, or is larger than 1 GB.
    pub fn read(&self, path: &Path) -> Result<(Article, Document, Outline, State)> {
        let (described, mut document) = if path == Path::new(STANDARD_INPUT) {
            self.describe_standard_input()?
        } else {
            self.describe_whole(path)?
        };
        let Some(article) = self.meet(vec![described]).pop() else {
            bail!("could not read `{}`", shown(path))
        };
        let state = self.journal().state(&article.id);
        correction::apply(&mut document, &state.corrections);
        let outline = Outline::of(&document);
        Ok((article, document, outline, state))
    }

    /// The beginning of a long article that is read from its beginning, to be shown while the rest is being read. `None`
    /// for any other.
    pub fn read_start(&self, path: &Path) -> Option<(Article, Document, Outline, State)> {
        let is_long = std::fs::metadata(path).is_ok_and(|m| m.is_file() && m.len() > LONG);
        if !is_long {
            return None;
        }
        let candidate = scan::candidate(&self.real_folder(), path, self.subfolder(path));
        let start = scan::start(candidate, self.encoding).ok()?;
        match start.format {
            Format::Text | Format::Markdown => {}
            // what of its beginning is of the article, only the whole tells; of a book, a part was looked at
            Format::Html | Format::Epub => return None,
        }
        let article = self.meet(vec![start.described]).pop()?;
        let state = self.journal().state(&article.id);
        let is_elsewhere = state
            .progress
            .as_ref()
            .is_some_and(|p| p.quote.hint.block > 0);
        if is_elsewhere || start.document.is_empty() {
            return None;
        }
        let mut document = start.document;
        correction::apply(&mut document, &state.corrections);
        let outline = Outline::of(&document);
        Some((article, document, outline, state))
    }

    /// What each block of a plain text was taken for, and why, whatever the reader says.
    ///
    /// # Errors
    /// When it cannot be read, or is no plain text.
    pub(super) fn reasons(&self, path: &Path) -> Result<Vec<Reason>> {
        if path == Path::new(STANDARD_INPUT) {
            return self.reasons_of(path, self.standard_input_bytes()?);
        }
        let read = file::whole(path);
        let (bytes, _) = read.map_err(|why| anyhow!("could not read `{}`: {why}", shown(path)))?;
        self.reasons_of(path, &bytes)
    }

    fn reasons_of(&self, path: &Path, bytes: &[u8]) -> Result<Vec<Reason>> {
        let could_not = |why: &str| anyhow!("could not explain `{}`: {why}", shown(path));
        let format = Format::tell(bytes, path).map_err(|error| could_not(&error.to_string()))?;
        match format {
            Format::Text | Format::Markdown => Ok(explain(
                bytes,
                self.encoding.map_or(Told::Nowhere, Told::As),
            )),
            Format::Html | Format::Epub => Err(could_not("its headings are marked, not found")),
        }
    }

    fn standard_input_bytes(&self) -> Result<&[u8]> {
        let bytes = self.standard_input.get_or_init(file::standard_input);
        let bytes = bytes
            .as_ref()
            .map_err(|why| anyhow!("could not read standard input: {why}"))?;
        Ok(bytes)
    }

    fn describe_whole(&self, path: &Path) -> Result<(Described, Document)> {
        let read = file::whole(path);
        let (bytes, modified) =
            read.map_err(|why| anyhow!("could not read `{}`: {why}", shown(path)))?;
        let candidate = scan::candidate(&self.real_folder(), path, self.subfolder(path));
        let (described, document) = self.describe_bytes(candidate, &bytes)?;
        Ok((
            Described {
                modified,
                ..described
            },
            document,
        ))
    }

    /// The subfolder that holds a file, as the list has it.
    fn subfolder(&self, path: &Path) -> String {
        let below = self
            .roots()
            .iter()
            .find_map(|root| path.strip_prefix(root).ok()?.parent());
        let names = below.into_iter().flat_map(Path::components);
        names
            .map(|name| shown(name.as_ref()))
            .collect::<Vec<_>>()
            .join("/")
    }

    /// What is on standard input.
    ///
    /// # Errors
    /// When it cannot be read or shown.
    pub(super) fn describe_standard_input(&self) -> Result<(Described, Document)> {
        let bytes = self.standard_input_bytes()?;
        let path = Path::new(STANDARD_INPUT);
        let candidate = Candidate {
            path: path.to_owned(),
            key: STANDARD_INPUT.to_owned(),
            folder: String::new(),
        };
        self.describe_bytes(candidate, bytes)
    }

    /// The article in a file, as lists have it.
    ///
    /// # Errors
    /// When it cannot be read or shown, or is no regular file.
    pub(super) fn look_at(&self, path: &Path) -> Result<Article> {
        let could_not = |why: String| anyhow!("could not read `{}`: {why}", shown(path));
        let metadata =
            std::fs::metadata(path).map_err(|error| could_not(crate::journal::why(&error)))?;
        file::regular(metadata.file_type()).map_err(could_not)?;
        let candidate = scan::candidate(&self.real_folder(), path, self.subfolder(path));
        let described = scan::describe(candidate, self.encoding).map_err(could_not)?;
        self.meet(vec![described])
            .pop()
            .ok_or_else(|| could_not(String::new()))
    }

    fn describe_bytes(&self, candidate: Candidate, bytes: &[u8]) -> Result<(Described, Document)> {
        let document = file::parse(bytes, &candidate.path, self.encoding)
            .map_err(|why| anyhow!("could not show `{}`: {why}", shown(&candidate.path)))?;
        let content = identity::content_hash(bytes);
        let described = Described::new(candidate, &document, 1.0);
        Ok((
            Described {
                content,
                ..described
            },
            document,
        ))
    }
}
