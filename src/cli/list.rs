//! `liseuse list [PATH…]`: articles with what the reader has read of them.

use std::cmp::Reverse;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::List;
use super::opened::Given;
use super::{Exit, complain, json, tell};
use crate::config::Sort;
use crate::formats::clean;
use crate::model::article::{Article, Status};

/// Prints a line for each article.
pub(super) fn run(given: &Given, args: List, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let is_missing = |path: &PathBuf| path != Path::new("-") && fs::metadata(path).is_err();
    let misses = args.paths.iter().any(is_missing);
    let library = given.library(&config, args.paths);
    tell(&library);
    let mut articles = Vec::new();
    let left_out = library.scan(&mut |found| articles.extend(found));
    for what in &left_out {
        complain(what);
    }
    sort(&mut articles, config.sort);
    if args.json {
        json::print(
            out,
            &articles.iter().map(json::Article::new).collect::<Vec<_>>(),
        )?;
    } else {
        for article in &articles {
            print(out, article)?;
        }
    }
    Ok(if misses || (articles.is_empty() && !left_out.is_empty()) {
        Exit::CouldNot
    } else if articles.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

fn sort(articles: &mut [Article], sort: Sort) {
    let title = |article: &Article| article.title.to_lowercase();
    // begun, then unread, then read
    let state = |article: &Article| match article.status {
        Status::Begun(_) => 0,
        Status::Unread => 1,
        Status::Read => 2,
    };
    articles.sort_by_cached_key(|article| article.path.clone());
    match sort {
        Sort::Newest => articles.sort_by_key(|article| Reverse(article.modified)),
        Sort::Title => articles.sort_by_cached_key(title),
        Sort::Length => articles.sort_by_key(|article| article.minutes),
        Sort::State => articles.sort_by_key(|article| (state(article), Reverse(article.modified))),
    }
}

fn print(out: &mut dyn Write, article: &Article) -> std::io::Result<()> {
    let state = match article.status {
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
