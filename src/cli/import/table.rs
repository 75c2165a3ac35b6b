//! Tables of highlights: those of `liseuse bookmarks --format csv`, and of Readwise.

use anyhow::{Result, bail};

use super::{time, with_tags};
use crate::cli::csv;
use crate::formats::clean;
use crate::library::Incoming;

/// What columns are called, by what they hold.
const COLUMNS: [(&str, &[&str]); 11] = [
    ("highlight", &["highlight"]),
    ("title", &["title", "book title"]),
    ("url", &["url", "source url"]),
    ("note", &["note"]),
    ("tags", &["tags"]),
    ("date", &["highlighted at", "date"]),
    ("section", &["section"]),
    ("path", &["path"]),
    ("id", &["id"]),
    ("prefix", &["prefix"]),
    ("suffix", &["suffix"]),
];

/// The passages in a table, whose first row names the columns.
pub fn read(text: &str) -> Result<Vec<Incoming>> {
    let mut rows = csv::read(text).into_iter();
    let names: Vec<String> = rows
        .next()
        .unwrap_or_default()
        .iter()
        .map(|name| name.trim().to_lowercase())
        .collect();
    let columns = COLUMNS.map(|(what, called)| {
        let column = names
            .iter()
            .position(|name| called.contains(&name.as_str()));
        (what, column)
    });
    if columns[0].1.is_none() {
        bail!("its first line names no column `Highlight`");
    }
    Ok(rows.map(|row| incoming(&row, &columns)).collect())
}

fn incoming(row: &[String], columns: &[(&str, Option<usize>)]) -> Incoming {
    let cell = |wanted: &str| {
        let column = columns.iter().find(|(what, _)| *what == wanted);
        let cell = column.and_then(|(_, column)| row.get((*column)?));
        cell.map_or("", |cell| csv::unguarded(cell))
    };
    let body = |what: &str| clean::body(cell(what)).into_owned();
    let line = |what: &str| {
        let text = clean::line(cell(what)).trim().to_owned();
        (!text.is_empty()).then_some(text)
    };
    let tags: Vec<String> = cell("tags").split(',').map(str::to_owned).collect();
    Incoming {
        id: line("id"),
        url: line("url"),
        title: line("title"),
        path: line("path").map(Into::into),
        exact: body("highlight"),
        prefix: body("prefix"),
        suffix: body("suffix"),
        section: line("section").unwrap_or_default(),
        note: with_tags(&body("note"), &tags),
        added: time(cell("date")),
        ..Incoming::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_readwise_exports_is_read() {
        let text = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,\
                    Highlighted at,Document tags\r\n\
                    \"Sand moves, at night\",The Dunes,Ada Lind,,why?,yellow,\"sea,salt water\",offset,12,\
                    2023-11-15 12:00:00+00:00,\r\nonly words\r\n";
        let all = read(text).unwrap();
        let expected = Incoming {
            title: Some("The Dunes".into()),
            exact: "Sand moves, at night".into(),
            note: "why?\n#sea #salt_water".into(),
            added: Some(1_700_049_600_000),
            ..Incoming::default()
        };
        assert_eq!(all[0], expected);
        assert_eq!((all.len(), all[1].exact.as_str()), (2, "only words"));
    }
}
