//! `--format csv`: a table that Readwise, spreadsheets and `liseuse import` take.

use std::io::Write;

use super::told::Told;
use crate::cli::csv;
use crate::formats::clean;
use crate::library::Passage;

const NAMES: [&str; 13] = [
    "Highlight",
    "Title",
    "Author",
    "URL",
    "Note",
    "Location",
    "Date",
    "Section",
    "Link",
    "Path",
    "Id",
    "Prefix",
    "Suffix",
];

/// Prints a line of names, and one for each bookmark.
pub fn print(passages: &[Passage], out: &mut dyn Write) -> anyhow::Result<()> {
    csv::write(out, &NAMES)?;
    for passage in passages {
        let told = Told::new(passage);
        let location = passage.place.as_ref().map(|place| place.start.to_string());
        let quote = &passage.bookmark.quote;
        let added = crate::journal::written(passage.bookmark.added);
        let cells = [
            clean::body(&quote.exact),
            told.title.into(),
            told.author.into(),
            told.url.into(),
            clean::body(&passage.bookmark.note),
            location.unwrap_or_default().into(),
            added.into(),
            clean::line(&passage.bookmark.section),
            told.link.into(),
            told.path.into(),
            told.id.into(),
            clean::body(&quote.prefix),
            clean::body(&quote.suffix),
        ];
        csv::write(out, &cells.each_ref().map(AsRef::as_ref))?;
    }
    Ok(())
}
