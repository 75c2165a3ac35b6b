//! What the reader says of the blocks of an article, and what follows from it for lists.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Result;

use super::file;
use super::identity::STANDARD_INPUT;
use super::scan;
use super::{Article, ArticleId, Library, State};
use crate::formats::headings::explain::Reason;
use crate::model::correction::{self, Correction, Open, Said, apply, in_force, places};
use crate::model::document::{Block, Document};

/// An article as the reader corrected it.
#[derive(Debug)]
pub struct Corrected {
    /// Which article.
    pub article: Article,
    /// Its text, corrected.
    pub document: Document,
    /// What the reader did with it.
    pub state: State,
}

/// What the reader says of a block.
#[derive(Debug)]
pub struct Listed<'a> {
    /// What was said.
    pub correction: &'a Correction,
    /// The block that was found for it; `None` when it is not found in the text as it is now.
    pub block: Option<usize>,
    /// Whether it counts: it was found, and nothing else was said later that contradicts it.
    pub is_in_force: bool,
}

impl Corrected {
    /// All that the reader says of its blocks, in the order in which it was said. What was taken back is left out.
    pub fn list(&self) -> Vec<Listed<'_>> {
        let corrections = &self.state.corrections;
        let places = places(&self.document, corrections);
        let last = in_force(corrections, &places);
        let listed = corrections.iter().zip(&places).enumerate();
        let listed = listed.filter(|(_, (correction, _))| correction.said != Said::Nothing);
        listed
            .map(|(i, (correction, &block))| Listed {
                correction,
                block,
                is_in_force: block.is_some_and(|block| last.get(&block) == Some(&i)),
            })
            .collect()
    }
}

impl Library {
    /// An article as the reader corrected it; `-` is standard input.
    ///
    /// # Errors
    /// When the article cannot be read or shown.
    pub fn corrected(&self, path: &Path) -> Result<Corrected> {
        let (article, document, _, state) = self.read(path)?;
        Ok(Corrected {
            article,
            document,
            state,
        })
    }

    /// Says of blocks of an article what they are, now. Nothing is saved when that is known already.
    ///
    /// # Errors
    /// When it is not on the disk: why, in one line.
    pub fn correct(&self, corrected: &Corrected, asked: &[(usize, Said)]) -> Result<()> {
        let Corrected {
            article,
            document,
            state,
        } = corrected;
        let open = Open {
            id: &article.id,
            document,
            state,
        };
        let now = super::now();
        if let Some(change) = correction::change(open, asked, now) {
            self.save_at(&change, now)?;
        }
        Ok(())
    }

    /// What each block of a plain text was taken for and why, with what the reader says of it; `-` is standard input.
    ///
    /// # Errors
    /// When the article cannot be read or shown.
    pub fn explain(&self, path: &Path) -> Result<Vec<(Reason, Option<Said>)>> {
        let (_, document, _, state) = self.read(path)?;
        let corrections = &state.corrections;
        let last = in_force(corrections, &places(&document, corrections));
        let said = |i: usize, block: &Block| match last.get(&i).map(|&i| corrections[i].said) {
            // another one is the title
            None | Some(Said::Nothing) if document.parsed_kind(i) != Some(block.kind) => {
                Some(Said::Text)
            }
            None | Some(Said::Nothing) => None,
            said => said,
        };
        let blocks = document.blocks().iter().enumerate();
        let told: HashMap<(u32, &str), Said> = blocks
            .filter_map(|(i, block)| Some(((block.line, block.text.as_str()), said(i, block)?)))
            .collect();
        let reasons = self.reasons(path)?.into_iter().map(|reason| {
            let said = told.get(&(reason.line, reason.text.as_str())).copied();
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
    pub(super) fn corrected_title(
        &self,
        path: &Path,
        corrections: &[Correction],
    ) -> Option<String> {
        let mut document = if path == Path::new(STANDARD_INPUT) {
            let bytes = self.standard_input.get()?.as_ref().ok()?;
            file::parse(bytes, path, self.encoding).ok()?
        } else {
            let candidate = scan::candidate(&self.real_folder(), path, String::new());
            scan::start(candidate, self.encoding).ok()?.document
        };
        apply(&mut document, corrections);
        Some(scan::title(&document, path))
    }
}
