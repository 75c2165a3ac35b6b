//! The configuration: the built-in `config.toml` with the reader's own laid over it, and where liseuse keeps things.

use std::time::Duration;

pub mod glyphs;
mod key;
pub mod keymap;
pub mod kinds;
mod lay;
mod mistake;
mod paths;
mod searches;
mod settings;
pub mod theme;

use keymap::{Keymap, Tables};
use kinds::Kinds;
use lay::Laid;
pub use mistake::Mistake;
pub use paths::{Asked, ConfigError, Paths, read};
pub use searches::SavedSearch;
use theme::ThemeName;

pub use crate::model::order::Sort;

/// The built-in settings and keys: default, example and reference in one.
pub const BUILTIN: &str = include_str!("../config.toml");

const LESS: &str = include_str!("config/presets/less.toml");

/// What the reader wants: the built-in `config.toml` with the reader's own laid over it.
#[derive(Debug, Clone, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct Config {
    /// The folder of articles as it was written, perhaps with `~/`; empty for the usual one. See [`Paths::library`].
    pub folder: String,
    /// How the library is ordered; what is alike in one order is put in the next one. At least one.
    pub sort: Vec<Sort>,
    /// List the articles of each folder under its name.
    pub group: bool,
    /// What is shown first when no article is asked for.
    pub start: Beginning,
    /// The saved searches, in the order of the file.
    pub searches: Vec<SavedSearch>,
    /// The usual width of the text in columns, 20–200.
    pub measure: u16,
    /// How long a screen must stay before what it shows counts as seen.
    pub seen_after: Duration,
    /// The theme.
    pub theme: ThemeName,
    /// Draw all signs of liseuse with ASCII.
    pub ascii: bool,
    /// Show the contents beside the text.
    pub contents: bool,
    /// How many columns the contents take, 16–60.
    pub contents_width: u16,
    /// Show the status line.
    pub status: bool,
    /// The file that tells what bookmarks look like as Markdown, as it was written, perhaps with `~/`; empty for the
    /// built-in way. See [`Paths::template`].
    pub template: String,
    /// What the kinds of highlights are called.
    pub kinds: Kinds,
    /// How many passages that were kept long ago the library shows again, 0–9.
    pub resurface: u16,
    /// Let the mouse scroll and click.
    pub mouse: bool,
    /// Which keys lie under the reader's own.
    pub preset: Preset,
    /// The keys in force.
    pub keymap: Keymap,
}

/// What is shown first when no article is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Beginning {
    /// The library.
    #[default]
    Library,
    /// The article that was read last, if it is not read to its end.
    Continue,
}

impl Beginning {
    /// Every one with its name.
    pub const NAMES: [(&str, Self); 2] = [("library", Self::Library), ("continue", Self::Continue)];
}

/// Which keys lie under the reader's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Preset {
    /// The built-in ones.
    #[default]
    Vim,
    /// The pager's laid over them.
    Less,
}

impl Preset {
    /// Every preset with its name.
    pub const NAMES: [(&str, Self); 2] = [("vim", Self::Vim), ("less", Self::Less)];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Vim => "vim",
            Self::Less => "less",
        }
    }
}

impl Config {
    /// What is in force when the reader has no file.
    pub fn builtin() -> Self {
        Self::load("", "").0
    }

    /// The reader's file laid over the built-in one, and all that is wrong in it, in the order of the file. For what is
    /// wrong the built-in value stays. `name` is how the file is shown.
    pub fn load(text: &str, name: &str) -> (Self, Vec<Mistake>) {
        let mut laid = Laid::new(Self::blank());
        laid.lay(BUILTIN, "config.toml");
        if lay::preset(text) == Preset::Less {
            laid.lay(LESS, "less.toml");
        }
        debug_assert_eq!(laid.mistakes, [], "the built-in files are right");
        laid.lay(text, name);
        laid.finish(text, name)
    }

    /// The keys in force as TOML that can stand in a `config.toml`.
    pub fn keys_as_toml(&self) -> String {
        format!(
            "[keys]\npreset = \"{}\"\n{}",
            self.preset.name(),
            self.keymap.to_toml()
        )
    }

    /// What stands before the built-in file has been laid over it; a test holds that nothing of it is left.
    fn blank() -> Self {
        Self {
            folder: String::new(),
            sort: Vec::new(),
            group: false,
            start: Beginning::default(),
            searches: Vec::new(),
            measure: 0,
            seen_after: Duration::ZERO,
            theme: ThemeName::default(),
            ascii: false,
            contents: false,
            contents_width: 0,
            status: false,
            template: String::new(),
            kinds: Kinds::default(),
            resurface: 0,
            mouse: false,
            preset: Preset::default(),
            keymap: Keymap::new(Tables::default()),
        }
    }
}

#[cfg(test)]
mod tests;
