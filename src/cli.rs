//! The command line: arguments -> subcommand -> exit code. A thin caller of the library; the only one that writes to
//! standard output and standard error.

use std::ffi::OsString;
use std::fs;
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

mod args;
mod bookmarks;
mod changes;
mod completions;
mod config;
mod corrections;
mod csv;
mod import;
mod index;
mod journal;
mod json;
mod links;
mod list;
mod man;
mod mark;
mod opened;
mod outline;
mod paint;
mod query;
mod search;
mod show;
mod start;

use crate::formats::clean;
use crate::library::Library;
use args::{Args, Command};
use opened::Given;

/// How a command ended, where it could do what it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Exit {
    /// It did it.
    Done,
    /// There is nothing to show.
    NothingFound,
    /// Something of it could not be done, and that has been told.
    CouldNot,
    /// The terminal program ended with this code.
    Code(u8),
}

impl Exit {
    const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NothingFound => 1,
            Self::CouldNot => 2,
            Self::Code(code) => code,
        }
    }
}

/// The command line as clap knows it: help, man page, completions and documents are made from it.
pub fn command() -> clap::Command {
    Args::command()
}

/// Does what the arguments of this program ask for. The exit code: 0 done, 1 nothing found, 2 could not.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let mut out = BufWriter::new(io::stdout().lock());
    let ended = match Args::try_parse_from(arguments) {
        Ok(args) => perform(args, &mut out),
        Err(error) => misused(&error, &mut out),
    };
    let ended = ended.and_then(|exit| Ok(out.flush().map(|()| exit)?));
    match ended {
        Ok(exit) => exit.code(),
        Err(error) if is_broken_pipe(&error) => Exit::Done.code(),
        Err(error) => {
            complain(&words(&error));
            Exit::CouldNot.code()
        }
    }
}

fn perform(args: Args, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let given = Given::new(args.places, args.encoding.as_deref())?;
    match args.command {
        None => start::run(&given, args.paths, out),
        Some(Command::Show(show)) => show::run(&given, &show, out),
        Some(Command::Outline(outline)) => outline::run(&given, &outline, out),
        Some(Command::Links(links)) => links::run(&given, &links, out),
        Some(Command::List(list)) => list::run(&given, list, out),
        Some(Command::Search(search)) => search::run(&given, search, out),
        Some(Command::Index(index)) => index::run(&given, &index, out),
        Some(Command::Bookmarks(bookmarks)) => bookmarks::run(&given, &bookmarks, out),
        Some(Command::Changes(changes)) => changes::run(&given, &changes, out),
        Some(Command::Import(import)) => import::run(&given, &import, out),
        Some(Command::Mark(mark)) => mark::run(&given, &mark),
        Some(Command::Journal { what }) => journal::run(&given, what, out),
        Some(Command::Config { what }) => config::run(&given, what, out),
        Some(Command::Keys) => config::keys(&given, out),
        Some(Command::Completions { shell }) => completions::run(shell, out),
        Some(Command::Man) => man::run(out),
    }
}

/// Help and version are asked for and go to standard output; everything else is a mistake of usage, told in one line.
fn misused(error: &clap::Error, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let text = error.render().to_string();
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        out.write_all(text.as_bytes())?;
        return Ok(Exit::Done);
    }
    let told = text.split("\n\nUsage:").next().unwrap_or(&text);
    let told = told
        .split("\n\nFor more information")
        .next()
        .unwrap_or(told);
    let lines: Vec<&str> = told.split("\n\n").map(str::trim).collect();
    let told = lines
        .join("; ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    complain(&format!(
        "{}; `liseuse --help` tells how",
        told.trim_start_matches("error: ")
    ));
    Ok(Exit::CouldNot)
}

/// Tells a mistake in one clean line on standard error.
fn complain(what: &str) {
    // nobody is left to be told when standard error cannot be written
    let _ = writeln!(io::stderr().lock(), "liseuse: {}", clean::line(what));
}

/// Tells what is wrong with the journal; nothing of it keeps a command from going on.
fn tell(library: &Library) {
    for note in library.journal_notes() {
        complain(&note);
    }
}

/// The text of a file, which is not larger than this, in bytes.
fn text_of(path: &Path, most: u64) -> anyhow::Result<String> {
    let name = path.display();
    let could_not = || format!("could not read `{name}`");
    let file = fs::File::open(path).with_context(could_not)?;
    let mut bytes = Vec::new();
    file.take(most + 1)
        .read_to_end(&mut bytes)
        .with_context(could_not)?;
    if bytes.len() as u64 > most {
        bail!("could not read `{name}`: larger than {} MB", most >> 20);
    }
    String::from_utf8(bytes).map_err(|_| anyhow!("could not read `{name}`: it is no UTF-8"))
}

/// An error with its reasons, outermost first.
fn words(error: &anyhow::Error) -> String {
    let causes = error
        .chain()
        .map(|cause| match cause.downcast_ref::<io::Error>() {
            Some(error) => reason(error),
            None => cause.to_string(),
        });
    causes.collect::<Vec<_>>().join(": ")
}

/// Why the system could not, in our words.
fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => {
            let text = error.to_string();
            text.split(" (os error").next().unwrap_or(&text).to_owned()
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let mut errors = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    errors.any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
