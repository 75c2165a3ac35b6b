//! `liseuse completions SHELL`: what the shell needs to complete a command line.

use std::io::Write;

use clap_complete::Shell;

use super::Exit;

/// Prints the completions of a shell.
pub(super) fn run(shell: Shell, out: &mut dyn Write) -> anyhow::Result<Exit> {
    // clap_complete panics when it cannot write, so it writes to memory
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut super::command(), "liseuse", &mut script);
    out.write_all(&script)?;
    Ok(Exit::Done)
}
