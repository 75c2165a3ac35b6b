//! `liseuse search QUERY`: the texts of the library that have the words, and the reader's notes.

use std::io::Write;

use super::args::Search;
use super::opened::Given;
use super::{Exit, complain, json, query, tell};
use crate::formats::clean;
use crate::library::Order;
use crate::model::article::Hit;
use crate::model::query::Over;

/// Prints each article that has hits, with them under it.
pub(super) fn run(given: &Given, args: Search, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let Some(query) = query::read(&args.query.join(" "), Over::Texts) else {
        return Ok(Exit::CouldNot);
    };
    let library = given.library(&config, args.from);
    tell(&library);
    if !args.quick {
        for what in library.catch_up(Order::Newest, &mut |_| {}) {
            complain(&what);
        }
    }
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    let found = library.search(&query, limit).unwrap_or_default();
    if !found.note.is_empty() {
        complain(&found.note);
    }
    if args.json {
        json::print_all(out, found.hits.iter().map(json::Hit::new))?;
    } else {
        print(out, &found.hits)?;
    }
    Ok(if found.hits.is_empty() && found.is_without_index {
        Exit::CouldNot
    } else if found.hits.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

fn print(out: &mut dyn Write, hits: &[Hit]) -> std::io::Result<()> {
    let mut before = None;
    for hit in hits {
        if before != Some(&hit.article.path) {
            let path = hit.article.path.to_string_lossy();
            let (title, path) = (clean::line(&hit.article.title), clean::line(&path));
            writeln!(out, "{title}  ({path})")?;
            before = Some(&hit.article.path);
        }
        let text: String = hit
            .snippet
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        let section = match hit.section.title.as_str() {
            "" => String::new(),
            title => format!("{}: ", clean::line(title)),
        };
        let note = if hit.in_note { "note: " } else { "" };
        writeln!(out, "    {section}{note}{text}")?;
    }
    Ok(())
}
