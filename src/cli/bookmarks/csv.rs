//! `--format csv`: a table that Readwise, spreadsheets and `liseuse import` take.

use std::io::Write;

use super::told::Told;
use crate::cli::csv;
use crate::config::kinds::Kinds;
use crate::formats::clean;
use crate::library::Passage;

/// What stands between the sections in one cell.
pub const ABOVE: &str = " > ";
/// What stands in a cell that says whether.
const YES: &str = "yes";

const NAMES: [&str; 17] = [
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
    "Tags",
    "Kind",
    "Above",
    "Loose",
];

/// Prints a line of names, and one for each bookmark.
pub fn print(passages: &[Passage], kinds: &Kinds, out: &mut dyn Write) -> anyhow::Result<()> {
    csv::write(out, &NAMES)?;
    for passage in passages {
        let told = Told::new(passage, kinds);
        let location = passage.place.as_ref().map(|place| place.start.to_string());
        let bookmark = &passage.bookmark;
        let quote = &bookmark.quote;
        let loose = if bookmark.is_loose { YES } else { "" };
        let added = crate::journal::written(bookmark.added);
        let cells = [
            clean::body(&quote.exact),
            told.title.into(),
            told.author.into(),
            told.url.into(),
            clean::body(&bookmark.note),
            location.unwrap_or_default().into(),
            added.into(),
            clean::line(&bookmark.section),
            told.link.into(),
            told.file.into(),
            told.id.into(),
            clean::body(&quote.prefix),
            clean::body(&quote.suffix),
            clean::line(&bookmark.tags.join(",")).into_owned().into(),
            told.kind.into(),
            clean::line(&bookmark.above.join(ABOVE)).into_owned().into(),
            loose.into(),
        ];
        csv::write(out, &cells.each_ref().map(AsRef::as_ref))?;
    }
    Ok(())
}
