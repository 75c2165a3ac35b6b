//! What may stand on the command line. Help, man page, completions and `docs/commands.md` are made from it.

use std::ffi::OsString;
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
    /// List bookmarks, of one article or of all
    #[command(after_long_help = BOOKMARKS)]
    Bookmarks(Bookmarks),
    /// Mark articles read or unread
    Mark(Mark),
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
    /// Print JSON
    #[arg(long)]
    pub json: bool,
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

const SHOW: &str = "\
With --format markdown: CommonMark with tables and footnotes, one paragraph a line, and front matter in YAML
(title, author, date, language, url, tags). Read again, it has the same headings and the same text. Where a
reader might guess the headings otherwise, the front matter says `structure: marked`: then liseuse guesses
none.

With --format json, one object:
  title     the article's title; empty when it has none
  byline    who wrote it, or null
  date      when, as the text has it, or null
  language  ISO 639-1 code, or null
  url       where it was published, or null
  tags      what it was filed under
  sections  as in `liseuse outline --json`
  blocks    the text in reading order; each with
    kind    title, heading, paragraph, item, quote, code, verse, byline, caption, image, row, footnote,
            rule or noise
    level   of a heading, 1 is the highest; of an item how deep it is, 0 is outermost; not for others
    quotes  how many quotes it stands in
    lists   how many items of lists it stands in, its own not counted
    line    its line in the file, from 1; 0 when the format has no lines
    text    its text; the cells of a row are parted by tabs, the lines of code and verse by newlines
    marks   styled stretches, by where they start; they may overlap. Each with
      start, end  the first character and the one after the last, counted in Unicode code points from 0
      kind        emphasis, strong, code, strikethrough, link or image
      target      of a link or image: where it leads; `#name` is one of the anchors
  tables    each with
    start, end  the first of its rows and the block after the last, counted in blocks from 0
    heads       how many rows at the top name the columns
    aligns      how the columns are set: start, center or end
  anchors   places that links lead to; each with name, block and start

Noise is left out without --all.";

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

const LINKS: &str = "\
With --json, an array of objects in reading order:
  number   as in the text, from 1
  text     the words that are the link; of a picture what it shows
  target   where it leads, as the article has it
  kind     web, mail, anchor (a place in the article), file, or refused (never opened)
  image    whether it is a picture
  url      what the browser would be given, or null
  host     its host, beyond ASCII in punycode; of a mail to whom it goes; or null
  warnings what should be known before it is opened, or why it is refused
  section  the title of the section that holds it, empty when it is in none
  line     the line of its paragraph in the file, from 1; 0 when the format has no lines";

const LIST: &str = "\
The arguments are read as one query, in the language of docs/search.md; words are looked for in titles, authors and
folders. An argument that is there as a file or folder, or is written as a path (./news), lists what is in it instead of
the library. Put -- before a query that begins with -: `liseuse list -- -is:read`.

With --json, an array of objects in the order of the list; with --jsonl, one object a line as they are found:
  id         who the article is; stays when the file is moved
  path       the file
  folder     the subfolder of the library that holds it, empty at the top
  title      its title
  author     who wrote it, or null
  language   ISO 639-1 code, or null
  minutes    reading time, at least 1
  modified   when the file last changed, in milliseconds since 1970
  state      unread, begun or read
  percent    how far you are: 0 when unread, 100 when read
  bookmarks  how many passages of it are bookmarked
  missing    whether its file is gone";

const SEARCH: &str = "\
Without --json, each article is followed by its hits; a note of yours begins with `note:`. With --json, an array of
objects, the best article first and its hits one behind the other:
  article   an object: id, path and title of the article
  section   the title of the section, empty before the first heading
  block     the block of the text that has the words, from 0 …
  offset    … and the byte in it, as they were when the article was indexed
  text      the words with some of what stands around them
  hits      where in that text the words are: pairs of byte offsets
  in_note   whether the text is that of a note of yours";

const INDEX: &str = "\
The index holds what can be worked out again from the articles: their list and their words. It may be deleted at any
time. Without options, the folders are looked through as at each start, and what is new is read.";

const BOOKMARKS: &str = "\
With --json, an array of objects, the newest bookmark first:
  id       which bookmark
  article  an object: id, path and title of the article
  section  the title of the section that held the passage
  text     the passage
  prefix   up to 32 characters before it
  suffix   up to 32 characters after it
  note     what you wrote to it, empty when nothing
  letter   the letter it can be jumped to with, or null
  added    when it was made, in milliseconds since 1970";

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_holds_together() {
        crate::cli::command().debug_assert();
    }
}
