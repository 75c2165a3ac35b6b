//! `liseuse config check|default|path` and `liseuse keys`.

use std::io::Write;

use super::Exit;
use super::args::ConfigCommand;
use super::opened::Given;
use crate::config::BUILTIN;
use crate::formats::clean;

/// Tells about the configuration.
pub(super) fn run(given: &Given, what: ConfigCommand, out: &mut dyn Write) -> anyhow::Result<Exit> {
    match what {
        ConfigCommand::Check => check(given, out),
        ConfigCommand::Default => {
            out.write_all(BUILTIN.as_bytes())?;
            Ok(Exit::Done)
        }
        ConfigCommand::Path => {
            let path = given.paths.config.display().to_string();
            writeln!(out, "{}", clean::line(&path))?;
            Ok(Exit::Done)
        }
    }
}

fn check(given: &Given, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let (_, mistakes) = crate::config::read(&given.paths)?;
    for mistake in &mistakes {
        writeln!(out, "{}", clean::line(&mistake.to_string()))?;
    }
    if !mistakes.is_empty() {
        return Ok(Exit::CouldNot);
    }
    let path = given.paths.config.display().to_string();
    let path = clean::line(&path);
    if given.paths.config.exists() {
        writeln!(out, "`{path}` is right")?;
    } else {
        writeln!(
            out,
            "there is no `{path}`; the built-in settings are in force"
        )?;
    }
    Ok(Exit::Done)
}

/// Prints the keys in force as TOML.
pub(super) fn keys(given: &Given, out: &mut dyn Write) -> anyhow::Result<Exit> {
    out.write_all(given.config()?.keys_as_toml().as_bytes())?;
    Ok(Exit::Done)
}
