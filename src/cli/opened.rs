//! What a command works with: the paths, the configuration and the library that were asked for.

use std::path::{Path, PathBuf};

use super::args::Places;
use super::{complain, tell};
use crate::config::{Asked, Config, Mistake, Paths};
use crate::formats::decode::Encoding;
use crate::library::{Folders, Library};
use crate::model::document::Document;
use crate::model::outline::Outline;

/// What was given on the command line to all commands.
pub(super) struct Given {
    /// Where liseuse keeps things.
    pub paths: Paths,
    /// What the texts are written in, if the reader says so.
    pub encoding: Option<Encoding>,
}

impl Given {
    /// The places that were asked for, or else those of the environment.
    ///
    /// # Errors
    /// When there is no encoding of the name that was given.
    pub fn new(places: Places, encoding: Option<&str>) -> anyhow::Result<Self> {
        let Places {
            config,
            state,
            library,
        } = places;
        Ok(Self {
            paths: Paths::of_environment(Asked {
                config,
                state,
                library,
            }),
            encoding: encoding.map(Encoding::named).transpose()?,
        })
    }

    /// The configuration; its mistakes are told on standard error.
    pub fn config(&self) -> anyhow::Result<Config> {
        let (config, mistakes) = crate::config::read(&self.paths)?;
        for mistake in &mistakes {
            complain(&mistake.to_string());
        }
        Ok(config)
    }

    /// The configuration and its mistakes.
    pub fn config_and_mistakes(&self) -> anyhow::Result<(Config, Vec<Mistake>)> {
        Ok(crate::config::read(&self.paths)?)
    }

    /// The document of a file, or of standard input for `-`, as the reader corrected it, with its sections.
    pub fn read(&self, config: &Config, file: &Path) -> anyhow::Result<(Document, Outline)> {
        let library = self.library(config, Vec::new());
        tell(&library);
        let (_, document, outline, _) = library.read(file)?;
        if let Some(notice) = &document.notice {
            complain(notice);
        }
        Ok((document, outline))
    }

    /// The reader's library, or one of these files and folders.
    pub fn library(&self, config: &Config, paths: Vec<PathBuf>) -> Library {
        let folders = Folders {
            library: self.paths.library(config),
            state: self.paths.state.clone(),
        };
        Library::open(paths, folders).written_in(self.encoding)
    }
}
