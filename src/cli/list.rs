//! `liseuse list [QUERY]…`: articles with what the reader has read of them.

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::List;
use super::opened::Given;
use super::{Exit, complain, json, query, tell};
use crate::formats::{Format, clean};
use crate::library;
use crate::model::article::{Article, Status};
use crate::model::order::{self, Listed, Sort};
use crate::model::query::{Facts, Over, Query, Texts};

/// Prints a line for each article.
pub(super) fn run(given: &Given, args: List, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let (paths, words): (Vec<OsString>, Vec<OsString>) = args
        .query
        .into_iter()
        .partition(|word| is_path(word.as_ref()));
    let words = words.iter().map(|word| word.to_string_lossy());
    let Some(query) = query::read(&words.collect::<Vec<_>>().join(" "), Over::Lists) else {
        return Ok(Exit::CouldNot);
    };
    let paths = paths.into_iter().map(PathBuf::from);
    let paths: Vec<PathBuf> = paths.chain(args.from).collect();
    let is_gone = |path: &PathBuf| path.as_os_str() != "-" && path.metadata().is_err();
    let misses = paths.iter().any(is_gone);
    let library = given.library(&config, paths);
    tell(&library);
    let mut listed = Asked::new(query);
    // a pipe that was closed ends the list, not the program that reads it
    let mut printed: anyhow::Result<()> = Ok(());
    let left_out = library.scan(&mut |found| {
        let found = listed.take(found);
        if args.jsonl && printed.is_ok() {
            let mut lines = listed.all[found].iter().map(json::Article::new);
            printed = lines
                .try_for_each(|article| json::print_line(out, &article))
                .and_then(|()| Ok(out.flush()?));
        }
    });
    printed?;
    for what in &left_out {
        complain(what);
    }
    let sorted = listed.sorted(&config.sort);
    let is_empty = sorted.is_empty();
    if args.json {
        json::print_all(out, sorted.into_iter().map(json::Article::new))?;
    } else if !args.jsonl {
        for article in sorted {
            print(out, article)?;
        }
    }
    Ok(if misses || (is_empty && !left_out.is_empty()) {
        Exit::CouldNot
    } else if is_empty {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

/// Whether an argument is a file or a folder and no word of a query: it is there, or is written as only a path is.
fn is_path(path: &Path) -> bool {
    let Some(word) = path.to_str() else {
        return true;
    };
    let is_written_so = ["/", "./", "../", "~/"]
        .iter()
        .any(|start| word.starts_with(start));
    let is_named_so = Format::of(path).is_some() && !word.contains([':', '"', ' ']);
    word == "-" || word.ends_with('/') || is_written_so || is_named_so || path.exists()
}

/// The articles that are asked for.
struct Asked {
    query: Query,
    clock: crate::model::query::Clock,
    all: Vec<Article>,
    texts: Texts,
}

impl Asked {
    fn new(query: Query) -> Self {
        Self {
            query,
            clock: library::clock(),
            all: Vec::new(),
            texts: Texts::default(),
        }
    }

    /// Takes those that are asked for among some that were found; which they are now.
    fn take(&mut self, found: Vec<Article>) -> std::ops::Range<usize> {
        let before = self.all.len();
        for article in found {
            let author = article.author.as_deref().unwrap_or("");
            let mut texts = Texts::default();
            texts.push(&article.title, author, &article.folder);
            if self
                .query
                .matches(&Facts::of(&article, texts.get(0)), self.clock)
            {
                self.texts.push(&article.title, author, &article.folder);
                self.all.push(article);
            }
        }
        before..self.all.len()
    }

    fn sorted(&self, sort: &[Sort]) -> Vec<&Article> {
        let listed = |i: usize| Listed {
            article: &self.all[i],
            folded: self.texts.get(i),
        };
        let mut order: Vec<usize> = (0..self.all.len()).collect();
        order.sort_by(|a, b| order::compare(sort, listed(*a), listed(*b)));
        order.into_iter().map(|i| &self.all[i]).collect()
    }
}

fn print(out: &mut dyn Write, article: &Article) -> std::io::Result<()> {
    let state = match article.status {
        _ if article.missing => "gone".to_owned(),
        Status::Begun(percent) => format!("begun {percent}%"),
        Status::Unread | Status::Read => article.status.word().to_owned(),
    };
    let language = article.language.as_deref().unwrap_or("");
    let path = article.path.to_string_lossy();
    let (title, path) = (clean::line(&article.title), clean::line(&path));
    writeln!(
        out,
        "{state:<9}  {:>4} min  {language:<2}  {title}  ({path})",
        article.minutes
    )
}
