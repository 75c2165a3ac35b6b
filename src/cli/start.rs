//! `liseuse [PATH…]`: the program on the terminal.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, bail};
use ratatui::layout::Size;

use super::Exit;
use super::opened::Given;
use crate::app::{Setup, Start};
use crate::config::Beginning;
use crate::config::theme::{self, Background, Depth, ThemeName};
use crate::library;
use crate::tui::{self, AskBackground, Surroundings};

/// Shows the library, or the files and folders that were asked for.
pub(super) fn run(given: &Given, paths: Vec<PathBuf>, out: &mut dyn Write) -> anyhow::Result<Exit> {
    tui::terminal::check()?;
    if theme::is_terminal_dumb() {
        bail!("the terminal is `dumb`; `liseuse show FILE` prints an article");
    }
    out.flush()?;
    for path in paths.iter().filter(|path| *path != Path::new("-")) {
        fs::metadata(path).with_context(|| format!("could not read `{}`", path.display()))?;
    }
    let (config, mistakes) = given.config_and_mistakes()?;
    let only = match paths.as_slice() {
        [path] if !path.is_dir() => Some(path.clone()),
        _ => None,
    };
    let is_library = paths.is_empty();
    let library = Arc::new(given.library(&config, paths));
    let first = only.or_else(|| library.first_article());
    let first = first.or_else(|| {
        let wanted = is_library && config.start == Beginning::Continue;
        wanted.then(|| library.last_begun()).flatten()
    });
    let start = first.map_or(Start::Library, Start::Article);
    let is_background_needed = config.theme == ThemeName::Auto;
    let setup = Setup {
        config,
        mistakes: mistakes.iter().map(ToString::to_string).collect(),
        start,
        // both are filled in once the terminal is ours
        size: Size::default(),
        now: 0,
        offset: library::clock().offset,
        background: Background::default(),
        depth: Depth::of_environment(),
    };
    let surroundings = Surroundings {
        journal: given.paths.state.clone(),
        background: if is_background_needed {
            AskBackground::Ask
        } else {
            AskBackground::No
        },
    };
    Ok(Exit::Code(tui::run(&library, setup, surroundings)?))
}
