//! `liseuse index`: brings the index up to date, makes it anew, tells what it holds, or looks whether it is whole.

use std::io::Write;

use super::args::Index;
use super::opened::Given;
use super::{Exit, complain, tell};
use crate::formats::clean;
use crate::library::{Library, News, Order};

/// Does what is asked of the index.
pub(super) fn run(given: &Given, args: &Index, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let library = given.library(&given.config()?, Vec::new());
    if args.check {
        return check(&library, out);
    }
    if args.status {
        return status(&library, out);
    }
    tell(&library);
    if args.rebuild {
        library.forget_index()?;
    }
    let (mut known, mut read) = (0, 0);
    let notes = library.catch_up(Order::Newest, &mut |news| match news {
        News::Known(articles) => known += articles.len(),
        News::Found(articles) => read += articles.len(),
        News::Gone(paths) => known -= paths.len().min(known),
        News::Reading(_) => {}
    });
    for note in &notes {
        complain(note);
    }
    if library.index_summary().is_err() {
        return Ok(Exit::CouldNot);
    }
    writeln!(out, "{read} articles read, {known} were known")?;
    Ok(Exit::Done)
}

fn status(library: &Library, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let path = clean::line(&library.index_path().to_string_lossy()).into_owned();
    let Some(summary) = library.index_summary()? else {
        writeln!(out, "there is no index at `{path}` yet")?;
        return Ok(Exit::NothingFound);
    };
    writeln!(out, "index     {path}")?;
    writeln!(out, "version   {}", summary.version)?;
    writeln!(out, "size      {} kB", summary.bytes.div_ceil(1000))?;
    writeln!(out, "articles  {}", summary.articles)?;
    writeln!(out, "sections  {}", summary.sections)?;
    let (copies, bytes) = library.copies_kept();
    writeln!(
        out,
        "copies    {copies} texts as you last read them, {} kB",
        bytes.div_ceil(1000)
    )?;
    if summary.waiting > 0 {
        writeln!(
            out,
            "waiting   {} long texts are still to be read",
            summary.waiting
        )?;
    }
    if summary.too_long > 0 {
        writeln!(
            out,
            "left out  {} texts beyond 64 MB are not searched",
            summary.too_long
        )?;
    }
    Ok(Exit::Done)
}

fn check(library: &Library, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let Some(wrong) = library.check_index()? else {
        writeln!(out, "there is no index yet")?;
        return Ok(Exit::NothingFound);
    };
    for what in &wrong {
        complain(what);
    }
    if wrong.is_empty() {
        writeln!(out, "the index is whole")?;
        Ok(Exit::Done)
    } else {
        complain("`liseuse index --rebuild` makes it anew");
        Ok(Exit::CouldNot)
    }
}
