//! What a command works with: the paths, the configuration and the library that were asked for.

use std::path::{Path, PathBuf};

use super::args::Places;
use super::complain;
use crate::config::{Asked, Config, Mistake, Paths};
use crate::library::{Folders, Library};
use crate::model::document::Document;
use crate::model::outline::Outline;

/// What was given on the command line to all commands.
pub(super) struct Given {
    /// Where liseuse keeps things.
    pub paths: Paths,
}

impl Given {
    /// The places that were asked for, or else those of the environment.
    pub fn new(places: Places) -> Self {
        let Places {
            config,
            state,
            library,
        } = places;
        Self {
            paths: Paths::of_environment(Asked {
                config,
                state,
                library,
            }),
        }
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

    /// The reader's library, or one of these files and folders.
    pub fn library(&self, config: &Config, sources: Vec<PathBuf>) -> Library {
        let library = self.paths.library(config);
        let state = self.paths.state.clone();
        Library::open(sources, Folders { library, state })
    }

    /// The document of a file, or of standard input for `-`, with its sections.
    pub fn read(&self, config: &Config, file: &Path) -> anyhow::Result<(Document, Outline)> {
        let (_, document, outline, _) = self.library(config, Vec::new()).read(file)?;
        Ok((document, outline))
    }
}
