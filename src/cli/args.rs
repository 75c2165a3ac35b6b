//! What may stand on the command line. Help, man page, completions and `docs/commands.md` are made from it.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::model::correction::MAX_LEVEL;
use help::{BOOKMARKS, CHANGES, CHECK, COMPACT, IMPORT, INDEX, LINKS, LIST, OUTLINE, SEARCH, SHOW};

mod help;

/// The best place to read in a terminal: articles, their sections, your place and your passages
#[derive(Debug, Parser)]
#[command(
    name = "liseuse",
    version,
    disable_help_subcommand = true,
    max_term_width = 100,
    override_usage = "liseuse [OPTIONS] [PATH]...\n       liseuse [OPTIONS] <COMMAND>",
    after_help = "Exit codes: 0 done, 1 nothing found, 2 could not."
)]
pub(super) struct Args {
    /// Files and folders to read, `-` for standard input; the library when there are none
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
    /// What the texts are written in (`windows-1251`, `Shift_JIS`); else it is told from each text
    #[arg(long, global = true, value_name = "NAME")]
    pub encoding: Option<String>,
    #[command(flatten)]
    pub places: Places,
}

/// Where liseuse finds things.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Where things are")]
pub(super) struct Places {
    /// The configuration file; else `LISEUSE_CONFIG`
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// The folder of the journal, where all that you read and bookmark is kept; else `LISEUSE_STATE`
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub state: Option<PathBuf>,
    /// The folder of articles; else `LISEUSE_LIBRARY`
    #[arg(long, global = true, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub library: Option<PathBuf>,
    /// The file of the index, which can always be made anew; else `LISEUSE_INDEX`
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub index: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print an article: wrapped, as Markdown or as JSON
    #[command(after_long_help = SHOW)]
    Show(Show),
    /// Print the sections of an article
    #[command(after_long_help = OUTLINE)]
    Outline(Outline),
    /// Print where the links and pictures of an article lead
    #[command(after_long_help = LINKS)]
    Links(Links),
    /// List articles with what you have read of them
    #[command(after_long_help = LIST)]
    List(List),
    /// Search the texts of the library, and your notes
    #[command(after_long_help = SEARCH)]
    Search(Search),
    /// Bring the index of the library up to date, or see to it
    #[command(after_long_help = INDEX)]
    Index(Index),
    /// Tell what has changed in an article since you last read it
    #[command(after_long_help = CHANGES)]
    Changes(Changes),
    /// List bookmarks, of one article or of all, or take them out in other forms
    #[command(after_long_help = BOOKMARKS)]
    Bookmarks(Bookmarks),
    /// Take in bookmarks: those that `bookmarks --format jsonld` or `csv` printed, or Readwise exported
    #[command(after_long_help = IMPORT)]
    Import(Import),
    /// Mark articles read or unread
    Mark(Mark),
    /// Look the journal over, where all that you read and bookmark is kept, or make it smaller
    #[command(subcommand_required = true, arg_required_else_help = false)]
    Journal {
        #[command(subcommand)]
        what: JournalCommand,
    },
    /// Check the configuration, or tell about it
    #[command(subcommand_required = true, arg_required_else_help = false)]
    Config {
        #[command(subcommand)]
        what: ConfigCommand,
    },
    /// Print the keys in force, as they can stand in `config.toml`
    Keys,
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page
    Man,
}

#[derive(Debug, clap::Args)]
pub(super) struct Show {
    /// The article, `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// How many columns the text takes; else the `measure` of the configuration, or the terminal's if it has less
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub width: Option<u16>,
    /// Print only this section with those under it, by its number in `liseuse outline`
    #[arg(long, value_name = "NUMBER")]
    pub section: Option<usize>,
    /// Print the lines of the web page too, that are folded away
    #[arg(long)]
    pub all: bool,
    /// Print numbers after links, and at the end where they lead
    #[arg(long)]
    pub links: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// As what to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ShowAs,
}

/// As what an article is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowAs {
    /// Text, wrapped
    Text,
    /// Markdown that reads as the same article
    Markdown,
    /// All that is known of it, as JSON
    Json,
}

#[derive(Debug, clap::Args)]
pub(super) struct Links {
    /// The article, `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Changes {
    /// The article
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing that is asked for or not"
)]
pub(super) struct Outline {
    /// The article, `-` for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// With --json, list all sections: the opening, and the stretches of a text without headings, too
    #[arg(long)]
    pub all: bool,
    /// Tell of each block of a plain text what it was taken for, how surely, and the three numbers that decided; before
    /// them, the encoding that it was read in when it is not UTF-8
    #[arg(long, conflicts_with_all = ["json", "all"])]
    pub explain: bool,
    /// List what you said that its paragraphs are, in the program or with the options below
    #[arg(long, conflicts_with_all = ["all", "explain"])]
    pub corrections: bool,
    #[command(flatten)]
    pub said: Said,
}

/// What the reader says of paragraphs, each told by the line of the file on which it begins.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "What you say of it, kept in the journal and applied ever after")]
pub(super) struct Said {
    /// The paragraph that begins on this line is a heading; without a level, of that of the heading before it
    #[arg(long, value_name = "LINE[:LEVEL]", value_parser = heading)]
    pub heading: Vec<(u32, Option<u8>)>,
    /// It is no heading and not the title
    #[arg(long, value_name = "LINE")]
    pub not_heading: Vec<u32>,
    /// It is the title
    #[arg(long, value_name = "LINE")]
    pub title: Option<u32>,
    /// It is not of the article: a line of the web page
    #[arg(long, value_name = "LINE")]
    pub noise: Vec<u32>,
    /// It is of the article
    #[arg(long, value_name = "LINE")]
    pub not_noise: Vec<u32>,
    /// You say nothing of it any more: it is what it was taken for
    #[arg(long, value_name = "LINE")]
    pub forget: Vec<u32>,
}

/// `12` or `12:2`: a line and the level of the heading on it.
fn heading(text: &str) -> Result<(u32, Option<u8>), String> {
    let (line, level) = match text.split_once(':') {
        Some((line, level)) => (line, Some(level)),
        None => (text, None),
    };
    let line = line.parse().map_err(|_| "a line is a number")?;
    let level = match level.map(str::parse::<u8>) {
        None => None,
        Some(Ok(level @ 1..=MAX_LEVEL)) => Some(level),
        Some(_) => return Err(format!("a level is a number from 1 to {MAX_LEVEL}")),
    };
    Ok((line, level))
}

#[derive(Debug, clap::Args)]
pub(super) struct List {
    /// What the articles must be like, as on the filter line: words, "phrases", is:unread, time:<10 …; files and folders
    /// list what is in them
    #[arg(value_name = "QUERY", value_hint = ValueHint::AnyPath)]
    pub query: Vec<OsString>,
    /// A file or folder to list instead of the library, whatever it is called; may be given several times
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub from: Vec<PathBuf>,
    /// Print JSON: one array, in the order of the list
    #[arg(long)]
    pub json: bool,
    /// Print JSON: one object a line, each as soon as its article is found
    #[arg(long, conflicts_with = "json")]
    pub jsonl: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Search {
    /// What to look for: words, "phrases", -not, OR, begin*, title:, author:, section:, note:, in:, lang:, is:, time:,
    /// after:, before:
    #[arg(required = true, value_name = "QUERY")]
    pub query: Vec<String>,
    /// A file or folder to search instead of the library; may be given several times
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub from: Vec<PathBuf>,
    /// How many hits at most
    #[arg(long, value_name = "HITS", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    pub limit: u32,
    /// Search what the index knows, without looking for new articles before
    #[arg(long)]
    pub quick: bool,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Index {
    /// Make it anew
    #[arg(long, group = "what")]
    pub rebuild: bool,
    /// Tell what it holds
    #[arg(long, group = "what")]
    pub status: bool,
    /// Look whether it is whole; exits with 2 when it is not
    #[arg(long, group = "what")]
    pub check: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Bookmarks {
    /// The article: its file, or its title
    #[arg(value_hint = ValueHint::FilePath)]
    pub article: Option<PathBuf>,
    /// Only those that are asked for: words of the passage, the note, a tag, a section or the article's title, "phrases",
    /// -not, OR, begin*, tag:, kind:, note:, section:, after: …, as docs/search.md tells
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// In which form; else in short, to be looked at
    #[arg(long, value_name = "FORM")]
    pub format: Option<BookmarkFormat>,
    /// Print JSON, as --format json does
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// A file that tells what --format markdown prints; else the `template` of the configuration
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "json")]
    pub template: Option<PathBuf>,
}

/// In which form bookmarks are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum BookmarkFormat {
    /// By article, in the order of the text; what it looks like is told by --template
    Markdown,
    /// An array of objects
    Json,
    /// W3C Web Annotations
    Jsonld,
    /// An Org outline by article and section
    Org,
    /// A table with a line of names
    Csv,
}

#[derive(Debug, clap::Args)]
pub(super) struct Import {
    /// W3C Web Annotations (JSON-LD), or a table of highlights (CSV)
    #[arg(value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Only tell what would be done
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum JournalCommand {
    /// Tell of each file how many lines it has, which of them could not be read, and what compacting would save
    #[command(after_long_help = CHECK)]
    Check {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Leave out of this machine's file what does not count any more
    #[command(after_long_help = COMPACT)]
    Compact,
}

#[derive(Debug, clap::Args)]
pub(super) struct Mark {
    /// As what to mark them
    #[arg(value_name = "STATE")]
    pub marked: Marked,
    /// The articles: their files, or their titles
    #[arg(required = true, value_name = "ARTICLE", value_hint = ValueHint::FilePath)]
    pub articles: Vec<PathBuf>,
}

/// As what an article can be marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Marked {
    /// Read to the end
    Read,
    /// Not read; what was seen of it is forgotten, bookmarks stay
    Unread,
}

#[derive(Debug, Clone, Copy, Subcommand)]
pub(super) enum ConfigCommand {
    /// Tell every mistake in the configuration file; exits with 2 when there is one
    Check,
    /// Print the built-in configuration, which explains every setting and key
    Default,
    /// Print where the configuration file is
    Path,
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_holds_together() {
        crate::cli::command().debug_assert();
    }
}
