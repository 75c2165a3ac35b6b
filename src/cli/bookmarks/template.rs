//! What the Markdown form looks like: text with placeholders.

use std::io::{self, Write};

use anyhow::{Result, anyhow};

use super::told::{Field, NAMES, Told};
use crate::model::near::nearest;

/// What is printed for each article, and then for each of its bookmarks.
#[derive(Debug)]
pub struct Template {
    article: Vec<Vec<Part>>,
    bookmark: Vec<Vec<Part>>,
}

/// A part of a line.
#[derive(Debug)]
enum Part {
    Text(String),
    Value {
        of: Field,
        /// Whether its signs of Markdown are to be shown as they are.
        is_foreign: bool,
    },
}

const BUILTIN: &str = "\
# {title}

{author}
{date}
{url}

{each}
> {quote}

{note}

{sign} {kind}
{tags}
{loose}
*{sections}*
{added}
{link}
";

/// The line between what is printed for each article and what for each bookmark.
const EACH: &str = "{each}";

impl Default for Template {
    fn default() -> Self {
        Self::read(BUILTIN).expect("the built-in template is right")
    }
}

impl Template {
    /// Reads a template. Without a line `{each}` all of it is for each bookmark.
    ///
    /// # Errors
    /// When a placeholder is none that there is, or is not closed: with line and column, from 1.
    pub fn read(text: &str) -> Result<Self> {
        let mut article = Vec::new();
        let mut bookmark = Vec::new();
        for (i, line) in text.lines().enumerate() {
            if line.trim() == EACH {
                article.append(&mut bookmark);
                continue;
            }
            let parts = parts(line).map_err(|(before, what)| {
                let column = line[..before].chars().count() + 1;
                anyhow!("{}:{column}: {what}", i + 1)
            })?;
            bookmark.push(parts);
        }
        Ok(Self { article, bookmark })
    }

    /// Prints the bookmarks of an article, each when it comes.
    pub fn print(&self, all: impl Iterator<Item = Told>, out: &mut dyn Write) -> io::Result<()> {
        let mut all = all.peekable();
        let Some(first) = all.peek() else {
            return Ok(());
        };
        let mut paper = Paper {
            out,
            is_blank: true,
        };
        paper.print(&self.article, first)?;
        for told in all {
            paper.blank()?;
            paper.print(&self.bookmark, &told)?;
        }
        paper.blank()
    }
}

/// The parts of a line; else the byte where it is wrong, and how.
fn parts(line: &str) -> Result<Vec<Part>, (usize, String)> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut at = 0;
    while let Some(found) = line[at..].find(['{', '}']) {
        text.push_str(&line[at..at + found]);
        at += found;
        let rest = &line[at..];
        if rest.starts_with("{{") || rest.starts_with("}}") {
            text.push_str(&rest[..1]);
            at += 2;
            continue;
        }
        let Some(end) = rest.find('}').filter(|_| rest.starts_with('{')) else {
            let sign = &rest[..1];
            return Err((
                at,
                format!("a `{sign}` alone; write `{sign}{sign}` for the sign itself"),
            ));
        };
        let name = &rest[1..end];
        let Some((_, of)) = NAMES.iter().find(|(own, _)| *own == name) else {
            let near = nearest(name, NAMES.iter().map(|(name, _)| *name));
            let near =
                near.map_or_else(String::new, |near| format!("; did you mean `{{{near}}}`?"));
            return Err((at, format!("no placeholder `{{{name}}}`{near}")));
        };
        parts.push(Part::Text(std::mem::take(&mut text)));
        parts.push(Part::Value {
            of: *of,
            is_foreign: !matches!(name, "url" | "link" | "note"),
        });
        at += end + 1;
    }
    text.push_str(&line[at..]);
    parts.push(Part::Text(text));
    Ok(parts)
}

/// Where it is printed: never two empty lines together, none at the beginning.
struct Paper<'a> {
    out: &'a mut dyn Write,
    is_blank: bool,
}

impl Paper<'_> {
    fn print(&mut self, lines: &[Vec<Part>], told: &Told) -> io::Result<()> {
        for parts in lines {
            let mut values = parts.iter().filter_map(|part| match part {
                Part::Text(_) => None,
                Part::Value { of, .. } => Some(of(told)),
            });
            let has_values = values.clone().next().is_some();
            if has_values && values.all(str::is_empty) {
                continue;
            }
            let line = filled(parts, told);
            for line in line.split('\n') {
                let line = line.trim_end();
                if line.is_empty() {
                    self.blank()?;
                } else {
                    writeln!(self.out, "{line}")?;
                    self.is_blank = false;
                }
            }
        }
        Ok(())
    }

    fn blank(&mut self) -> io::Result<()> {
        if !self.is_blank {
            writeln!(self.out)?;
            self.is_blank = true;
        }
        Ok(())
    }
}

fn filled(parts: &[Part], told: &Told) -> String {
    let mut line = String::new();
    for part in parts {
        match part {
            Part::Text(text) => line.push_str(text),
            Part::Value { of, is_foreign } => {
                let start = line.rfind('\n').map_or(0, |at| at + 1);
                let before = format!("\n{}", &line[start..]);
                let value = if *is_foreign {
                    escaped(of(told))
                } else {
                    of(told).to_owned()
                };
                line.push_str(&value.replace('\n', &before));
            }
        }
    }
    line
}

/// A text in which nothing is a sign of Markdown.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            escaped.push('\n');
        }
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            let is_sign = match c {
                '\\' | '`' | '*' | '[' | ']' | '<' | '&' => true,
                // inside of a word it is none
                '_' => {
                    let after = line[at + 1..].chars().next();
                    !(before.is_alphanumeric() && after.is_some_and(char::is_alphanumeric))
                }
                '+' | '-' | '>' | '=' | '~' | '|' => line[..at].trim().is_empty(),
                // a tag is no heading
                '#' => line[..at].trim().is_empty() && is_heading(&line[at..]),
                '.' | ')' => digits > 0 && at == digits,
                _ => false,
            };
            if is_sign {
                escaped.push('\\');
            }
            escaped.push(c);
            before = c;
        }
    }
    escaped
}

/// Whether signs of a heading stand at the beginning of a line, and nothing right behind them.
fn is_heading(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    text.chars().next().is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told() -> Told {
        Told {
            title: "The *Dunes*".into(),
            quote: "Sand moves\n\n# by <night>".into(),
            note: "a *note*".into(),
            added: "2026-11-23".into(),
            ..Told::default()
        }
    }

    #[track_caller]
    fn check(template: &str, expected: &str) {
        let mut out = Vec::new();
        let template = Template::read(template).unwrap();
        template
            .print([told(), told()].into_iter(), &mut out)
            .unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn lines_without_values_are_left_out_and_prefixes_repeated() {
        check(
            "# {title}\n{author}\n{each}\n\n\n> {quote}\n\n{note} ({section})\n{url}{link}\n",
            "# The \\*Dunes\\*\n\n> Sand moves\n>\n> \\# by \\<night>\n\na *note* ()\n\n\
             > Sand moves\n>\n> \\# by \\<night>\n\na *note* ()\n\n",
        );
        check(
            "{{{title}}} {{}}",
            "{The \\*Dunes\\*} {}\n\n{The \\*Dunes\\*} {}\n\n",
        );
        check("", "");
    }

    #[test]
    fn a_wrong_placeholder_is_told_with_its_place() {
        let told = |text: &str| Template::read(text).unwrap_err().to_string();
        assert_eq!(
            told("x\né {qoute}"),
            "2:3: no placeholder `{qoute}`; did you mean `{quote}`?"
        );
        assert_eq!(told("{xyzzy}"), "1:1: no placeholder `{xyzzy}`");
        assert_eq!(
            told("a {title"),
            "1:3: a `{` alone; write `{{` for the sign itself"
        );
        assert_eq!(
            told("}"),
            "1:1: a `}` alone; write `}}` for the sign itself"
        );
    }

    #[test]
    fn the_help_shows_the_built_in_template() {
        let command = crate::cli::command();
        let bookmarks = command.find_subcommand("bookmarks").unwrap();
        let help = bookmarks.get_after_long_help().unwrap().to_string();
        let shown = help
            .lines()
            .map(|line| line.strip_prefix("  ").unwrap_or(line));
        let shown: Vec<&str> = shown.collect();
        let builtin: Vec<&str> = BUILTIN.lines().collect();
        assert!(shown.ends_with(&builtin));
    }

    #[test]
    fn signs_of_markdown_are_shown_as_they_are() {
        assert_eq!(escaped("1. a_b _c_ - d"), "1\\. a_b \\_c\\_ - d");
        assert_eq!(escaped("- [x] `y` &amp;"), "\\- \\[x\\] \\`y\\` \\&amp;");
        assert_eq!(escaped("#sea # x\n## x\n#"), "#sea # x\n\\## x\n\\#");
        assert_eq!(
            escaped("été #1 3.5"),
            "été #1 3\\.5".replace("3\\.5", "3.5")
        );
    }
}
