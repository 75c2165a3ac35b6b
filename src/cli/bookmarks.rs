//! `liseuse bookmarks [ARTICLE]`: the passages that were kept.

use std::io::Write;

use super::args::Bookmarks;
use super::opened::Given;
use super::{Exit, json, tell};
use crate::formats::clean;

/// Prints the bookmarks of one article or of all.
pub(super) fn run(given: &Given, args: &Bookmarks, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let library = given.library(&config, Vec::new());
    tell(&library);
    let mut bookmarks = library.bookmarks();
    if let Some(asked) = &args.article {
        let wanted = library.find(asked)?;
        bookmarks.retain(|(article, _)| article.id == wanted.id);
    }
    if args.json {
        let all: Vec<_> = bookmarks
            .iter()
            .map(|(a, b)| json::Bookmark::new(a, b))
            .collect();
        json::print(out, &all)?;
    } else {
        for (article, bookmark) in &bookmarks {
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
            if !bookmark.note.is_empty() {
                writeln!(out, "    {}", clean::line(&bookmark.note))?;
            }
        }
    }
    Ok(if bookmarks.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}
