//! `liseuse bookmarks [ARTICLE]`: the passages that were kept, in the form that is asked for.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};

use super::args::{BookmarkFormat, Bookmarks};
use super::opened::Given;
use super::{Exit, json, tell};
use crate::formats::clean;
use crate::library::Passage;
use crate::model::article::{Article, Bookmark};

mod csv;
pub(super) mod fragment;
pub(super) mod jsonld;
mod markdown;
mod org;
mod template;
mod told;

use template::Template;

/// A longer template is none, in bytes.
const MAX_TEMPLATE: u64 = 1024 * 1024;

/// Prints the bookmarks of one article or of all.
pub(super) fn run(given: &Given, args: &Bookmarks, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let format = if args.json {
        Some(BookmarkFormat::Json)
    } else {
        args.format
    };
    let configured = given.paths.template(&config);
    let template = template(args, format, configured)?;
    let library = given.library(&config, Vec::new());
    tell(&library);
    let mut bookmarks = library.bookmarks();
    if let Some(asked) = &args.article {
        let wanted = library.find(asked)?;
        bookmarks.retain(|(article, _)| article.id == wanted.id);
    }
    if let Some(words) = &args.words {
        let words = words.to_lowercase();
        bookmarks.retain(|(article, bookmark)| has_words(article, bookmark, &words));
    }
    let exit = if bookmarks.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    };
    let Some(format) = format else {
        list(&bookmarks, out)?;
        return Ok(exit);
    };
    let passages = library.passages(bookmarks);
    match format {
        BookmarkFormat::Markdown => markdown::print(&by_article(&passages), &template, out)?,
        BookmarkFormat::Json => {
            let all: Vec<_> = passages.iter().map(json::Bookmark::new).collect();
            json::print(out, &all)?;
        }
        BookmarkFormat::Jsonld => json::print(out, &jsonld::collection(&passages))?,
        BookmarkFormat::Org => org::print(&by_article(&passages), out)?,
        BookmarkFormat::Csv => csv::print(&passages, out)?,
    }
    Ok(exit)
}

/// The template that was asked for, or else the reader's own, or else the built-in one.
fn template(
    args: &Bookmarks,
    format: Option<BookmarkFormat>,
    configured: Option<PathBuf>,
) -> anyhow::Result<Template> {
    let is_used = format == Some(BookmarkFormat::Markdown);
    if args.template.is_some() && !is_used {
        bail!("a template is only for --format markdown");
    }
    let Some(file) = &args.template.clone().or(configured).filter(|_| is_used) else {
        return Ok(Template::default());
    };
    let name = file.display();
    let text = super::text_of(file, MAX_TEMPLATE)?;
    Template::read(&text).with_context(|| format!("could not use `{name}`"))
}

fn has_words(article: &Article, bookmark: &Bookmark, words: &str) -> bool {
    let places = [
        &bookmark.quote.exact,
        &bookmark.note,
        &bookmark.section,
        &article.title,
    ];
    let places = places.map(|text| text.to_lowercase());
    let mut words = words.split_whitespace();
    words.all(|word| places.iter().any(|text| text.contains(word)))
}

/// Those of one article together, in the order of its text; the article with the newest bookmark comes first.
fn by_article(passages: &[Passage]) -> Vec<Vec<&Passage>> {
    let mut articles: Vec<Vec<&Passage>> = Vec::new();
    let mut numbers = HashMap::new();
    for passage in passages {
        let next = articles.len();
        let number = *numbers.entry(&passage.article.id).or_insert(next);
        if number == next {
            articles.push(Vec::new());
        }
        articles[number].push(passage);
    }
    for article in &mut articles {
        article.sort_by_key(|passage| {
            let place = passage.place.as_ref().map(|place| place.start);
            (place.is_none(), place, passage.bookmark.quote.hint)
        });
    }
    articles
}

fn list(bookmarks: &[(Article, Bookmark)], out: &mut dyn Write) -> anyhow::Result<()> {
    for (article, bookmark) in bookmarks {
        let letter = bookmark
            .letter
            .map_or_else(String::new, |letter| format!("'{letter}  "));
        let (title, section) = (clean::line(&article.title), clean::line(&bookmark.section));
        // the opening bears the article's title
        let is_told = section.is_empty() || section == title;
        let section = if is_told {
            String::new()
        } else {
            format!(" · {section}")
        };
        writeln!(out, "{letter}{title}{section}")?;
        writeln!(out, "    “{}”", clean::line(&bookmark.quote.exact))?;
        for line in clean::body(&bookmark.note).trim().lines() {
            writeln!(out, "{}", format!("    {line}").trim_end())?;
        }
    }
    Ok(())
}
