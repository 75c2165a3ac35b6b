//! What may stand on the command line. Help, man page, completions and `docs/commands.md` are made from it.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use crate::model::correction::MAX_LEVEL;

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
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print an article, wrapped
    Show(Show),
    /// Print the sections of an article
    #[command(after_long_help = OUTLINE)]
    Outline(Outline),
    /// List articles with what you have read of them
    #[command(after_long_help = LIST)]
    List(List),
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
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
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
    /// Tell of each block of a plain text what it was taken for, how surely, and the three numbers that decided
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
    /// Files and folders; the library when there are none
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
pub(super) struct Bookmarks {
    /// The article: its file, or its title
    #[arg(value_hint = ValueHint::FilePath)]
    pub article: Option<PathBuf>,
    /// Only those in which all of these words stand: in the passage, the note, the section or the article's title
    #[arg(long, value_name = "WORDS")]
    pub words: Option<String>,
    /// In which form; else in short, to be looked at
    #[arg(long, value_name = "FORM")]
    pub format: Option<BookmarkFormat>,
    /// Print JSON, as --format json does
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// A file that tells what --format markdown prints
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

const OUTLINE: &str = "\
With --json, one object:
  title     the article's title; empty when it has none
  language  ISO 639-1 code, or null
  sections  the headings in reading order; each with
    title   the heading
    level   1 is the highest
    line    the line of the heading in the file, from 1; 0 when the format has no lines
    words   how many words stand under it, up to the next heading of any level

With --all, each section also has
  kind      heading, opening (the text before the first heading) or stretch (of a text without
            headings; its title is its first words)

The text before the first heading is no section without --all. Without --json it has the number 0, and a
text without headings is shown in stretches with their first words.

With --corrections --json, an array of objects in the order in which it was said:
  role      what you said that it is: title, heading, text (no heading, and of the article) or noise
  level     of a heading, else null
  exact     the words of the paragraph
  prefix    up to 32 characters before it
  suffix    up to 32 characters after it
  section   the title of the section that held it
  found     whether it is still in the text; a correction that is not found changes nothing
  in_force  whether it was found, and nothing that you said later contradicts it
  line      the line of the file on which it begins, or null when it is not found
  made      when you said it, in milliseconds since 1970";

const LIST: &str = "\
With --json, an array of objects in the order of the list:
  id         who the article is; stays when the file is moved
  path       the file
  folder     the subfolder of the library that holds it, empty at the top
  title      its title
  language   ISO 639-1 code, or null
  minutes    reading time, at least 1
  modified   when the file last changed, in milliseconds since 1970
  state      unread, begun or read
  percent    how far you are: 0 when unread, 100 when read
  bookmarks  how many passages of it are bookmarked";

const BOOKMARKS: &str = "\
With --json, an array of objects, the newest bookmark first:
  id       which bookmark
  article  an object: id, path and title of the article; author, date and url as its text gives them, or null
  section  the title of the section that held the passage
  text     the passage
  prefix   up to 64 characters before it
  suffix   up to 64 characters after it
  note     what you wrote to it, empty when nothing
  letter   the letter it can be jumped to with, or null
  link     the address that leads to the passage on the web page (#:~:text=), or null
  added    when it was made, in milliseconds since 1970

With --format jsonld, an AnnotationCollection of the W3C Web Annotation model with one annotation for each, its
motivation highlighting, or commenting where there is a note. The passage is a TextQuoteSelector, and where the
file is there and holds it also a TextPositionSelector, in characters of the text as `liseuse show --all` has its
paragraphs, each ended by one newline. `liseuse import` takes all of it back.

With --format csv, the names are Highlight, Title, Author, URL, Note, Location (in
characters of the text), Date, Section, Link, Path, Id, Prefix and Suffix. In
front of a cell that a spreadsheet would take for a formula stands an apostrophe.

A template for --format markdown is text with placeholders:
  {title} {author} {date} {url} {path}       of the article
  {quote} {note} {section} {letter} {added}  of the bookmark; added is the day, as 2026-11-23
  {link}                                     the address of the passage on the web page
  {id}                                       which bookmark
  {{ and }}                                  braces
A line with placeholders that are all empty is left out, and of several empty lines one stays. What stands before a
placeholder in its line is repeated before each line of its value: `> {quote}`. What is above a line `{each}` is
printed once for each article, what is below for each bookmark. Without --template:
  # {title}

  {author}
  {date}
  {url}

  {each}
  > {quote}

  {note}

  *{section}* · {added}
  {link}";

const IMPORT: &str = "\
A passage is kept with the article that it is from: the one with the same id, or else the same address, title or
file. Where its words are not found in the text any more, it is listed among the bookmarks that were lost, with its
words. Passages of articles that are not here are told and not kept: put the article into the library and import the
file again. What is here already is not taken in twice, however often a file is imported.

Of a table the first line names the columns. Known are, in any order and case:
  Highlight                     the passage; needed
  Title, Book Title             the article's title
  URL, Source URL               its address
  Note                          your note
  Tags                          put after the note, as #tag
  Highlighted at, Date          when it was made: 2026-11-23, or 2026-11-23 19:20:00+00:00
  Prefix, Suffix, Section, Path, Id
Others are left out.

Exit codes: 0 all is here now, 1 there is no passage in the file, 2 some could not be taken in.";

const CHECK: &str = "\
Exit codes: 0 every line could be read, 1 there is no journal yet, 2 some lines or files could not be read. A line
that a later version wrote, of a kind that this one does not know, is told and is no mistake, and so is a clock that
went wrong: what is dated later counts.

With --json, an array of objects, one for each file:
  name         the file
  own          whether this machine writes it
  bytes        its size
  lines        how many lines it has, empty ones left out
  facts        how many of them could be read
  first, last  when the first and the last fact were written, in milliseconds since 1970, or null
  remarks      an array of objects: line (from 1), and what: torn, unknown, too_long, backwards (dated before a line
               above), ahead (dated more than a day after now) or foreign (another machine's)
  spare_lines  how many lines compacting would leave out
  spare_bytes  … and how many bytes";

const COMPACT: &str = "\
Left out are the lines that later ones of the same file make void: all but the last place in an article, bookmarks
that were changed since. Whatever other machines bring, all adds up to the same as before. Lines that this version
cannot read stay as they are. The new file is complete on the disk before it takes the old one's place, and programs
that have the journal open go on with it. The files of other machines are never written: run it there.";

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_holds_together() {
        crate::cli::command().debug_assert();
    }
}
