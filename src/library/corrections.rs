//! What the reader says of the blocks of an article, and what follows from it for lists.

use std::path::Path;

use anyhow::Result;

use super::file;
use super::identity::STANDARD_INPUT;
use super::scan;
use super::{Article, ArticleId, Library, State};
use crate::formats::Format;
use crate::formats::headings::explain::Reason;
use crate::model::correction::{Correction, Said, apply, in_force, places};
use crate::model::document::Document;

/// An article with what the reader says of its blocks.
#[derive(Debug)]
pub struct Corrected {
    /// Which article.
    pub article: Article,
    /// Its text, corrected.
    pub document: Document,
    /// What the reader said, the last word last, each with the block that was found for it.
    pub corrections: Vec<(Correction, Option<usize>)>,
}

impl Library {
    /// What the reader says of the blocks of an article; `-` is standard input. What was taken back is left out.
    ///
    /// # Errors
    /// When the article cannot be read or shown.
    pub fn corrections(&self, path: &Path) -> Result<Corrected> {
        let (article, document, _, state) = self.read(path)?;
        let found = places(&document, &state.corrections);
        let corrections = state.corrections.into_iter().zip(found);
        let corrections = corrections
            .filter(|(correction, _)| correction.said != Said::Nothing)
            .collect();
        Ok(Corrected {
            article,
            document,
            corrections,
        })
    }

    /// What each block of a plain text was taken for and why, with what the reader says of it; `-` is standard input.
    ///
    /// # Errors
    /// When the article cannot be read or shown.
    pub fn explain(&self, path: &Path) -> Result<Vec<(Reason, Option<Said>)>> {
        let (_, document, _, state) = self.read(path)?;
        let said = in_force(&state.corrections, &places(&document, &state.corrections));
        let told: Vec<_> = said
            .into_iter()
            .filter(|(_, said)| *said != Said::Nothing)
            .filter_map(|(block, said)| Some((document.blocks().get(block)?, said)))
            .collect();
        let reasons = self.reasons(path)?.into_iter().map(|reason| {
            let is_it = |block: &crate::model::document::Block| {
                block.line == reason.line && block.text == reason.text
            };
            let said = told.iter().find(|(block, _)| is_it(block));
            let said = said.map(|(_, said)| *said);
            (reason, said)
        });
        Ok(reasons.collect())
    }

    /// The articles among these that are called otherwise now than when they were last met, since the reader says what
    /// their titles are.
    pub fn renamed(&self, states: &[(ArticleId, State)]) -> Vec<Article> {
        let corrected = states
            .iter()
            .filter(|(_, state)| !state.corrections.is_empty());
        let met = |id: &ArticleId| self.met().get(id).map(|met| met.article.clone());
        corrected
            .filter_map(|(id, _)| {
                let before = met(id)?;
                let article = self.look_again(&before)?;
                (article.title != before.title).then_some(article)
            })
            .collect()
    }

    fn look_again(&self, article: &Article) -> Option<Article> {
        if article.path == Path::new(STANDARD_INPUT) {
            return self.read(&article.path).ok().map(|read| read.0);
        }
        self.look_at(&article.path).ok()
    }

    /// The title of an article that the reader corrected, told from as much of it as lists read. `None` when it cannot be
    /// read any more.
    pub(super) fn corrected_title(&self, path: &Path, corrections: &[Correction]) -> Option<String> {
        let mut document = if path == Path::new(STANDARD_INPUT) {
            let bytes = self.standard_input.get()?.as_ref().ok()?;
            file::parse(bytes, Format::Text).ok()?
        } else {
            let candidate = scan::candidate(&self.real_folder(), path, String::new());
            scan::start(candidate).ok()?.document
        };
        apply(&mut document, corrections);
        Some(scan::title(&document, path))
    }
}
