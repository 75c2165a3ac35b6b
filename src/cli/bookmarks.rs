//! `liseuse bookmarks [ARTICLE]`: the passages that were kept, in the form that is asked for.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};

use super::args::{BookmarkFormat, Bookmarks};
use super::opened::Given;
use super::{Exit, json, query, tell};
use crate::config::kinds::Kinds;
use crate::formats::clean;
use crate::library::{self, Passage};
use crate::model::article::Kept;
use crate::model::query::{Over, Query, unknown_kind};

pub(super) mod csv;
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
    let kinds = &config.kinds;
    let Some(query) = asked(args.query.as_deref().unwrap_or_default(), kinds) else {
        return Ok(Exit::CouldNot);
    };
    let library = given.library(&config, Vec::new());
    tell(&library);
    let mut bookmarks = library.bookmarks();
    if let Some(asked) = &args.article {
        let wanted = library.find(asked)?;
        bookmarks.retain(|(article, _)| article.id == wanted.id);
    }
    keep_asked(&mut bookmarks, &query, kinds);
    let exit = if bookmarks.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    };
    let Some(format) = format else {
        list(&bookmarks, kinds, out)?;
        return Ok(exit);
    };
    let passages = library.passages(bookmarks);
    match format {
        BookmarkFormat::Markdown => {
            markdown::print(&by_article(&passages), &template, kinds, out)?;
        }
        BookmarkFormat::Json => {
            let all = passages.iter();
            json::print_all(out, all.map(|passage| json::Bookmark::new(passage, kinds)))?;
        }
        BookmarkFormat::Jsonld => json::print(out, &json::Annotations::new(&passages, kinds))?,
        BookmarkFormat::Org => org::print(&by_article(&passages), kinds, out)?,
        BookmarkFormat::Csv => csv::print(&passages, kinds, out)?,
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

/// What is asked for; `None` when it is wrong, and that has been told.
fn asked(text: &str, kinds: &Kinds) -> Option<Query> {
    let query = query::read(text, Over::Bookmarks)?;
    let names: Vec<String> = Kinds::all().map(|kind| kinds.name(kind)).collect();
    if let Some(mistake) = unknown_kind(text, &names) {
        query::tell(text, &mistake);
        return None;
    }
    Some(query)
}

/// Leaves out what is not asked for.
fn keep_asked(bookmarks: &mut Vec<Kept>, query: &Query, kinds: &Kinds) {
    if query.is_everything() {
        return;
    }
    let clock = library::clock();
    bookmarks.retain(|(article, bookmark)| {
        let kind = bookmark.kind.map(|kind| kinds.name(kind));
        let kept = crate::model::query::Kept::of(article, bookmark, &kind.unwrap_or_default());
        query.matches_bookmark(article, &kept, clock)
    });
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

fn list(bookmarks: &[Kept], kinds: &Kinds, out: &mut dyn Write) -> anyhow::Result<()> {
    for (article, bookmark) in bookmarks {
        let letter = bookmark
            .letter
            .map_or_else(String::new, |letter| format!("'{letter}  "));
        let mut places = vec![clean::line(&article.title).into_owned()];
        let sections = told::path(article, bookmark).join(" › ");
        places.extend(Some(sections).filter(|sections| !sections.is_empty()));
        writeln!(out, "{letter}{}", places.join(" · "))?;
        writeln!(out, "    “{}”", clean::line(&bookmark.quote.exact))?;
        let marks = told::marks(bookmark, kinds);
        if !marks.is_empty() {
            writeln!(out, "    {marks}")?;
        }
        for line in clean::body(&bookmark.note).lines() {
            writeln!(out, "{}", format!("    {}", clean::line(line)).trim_end())?;
        }
    }
    Ok(())
}
