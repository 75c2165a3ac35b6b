//! The configuration: the built-in `config.toml` with the reader's own laid over it, and where liseuse keeps things.

pub mod keymap;
pub mod theme;
