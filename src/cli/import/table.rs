//! Tables of highlights: those of `liseuse bookmarks --format csv`, and of Readwise.

use anyhow::{Result, bail};

use super::{take_kind, time};
use crate::cli::bookmarks::csv::ABOVE;
use crate::cli::csv;
use crate::config::kinds::Kinds;
use crate::formats::clean;
use crate::library::Incoming;
use crate::model::article::{add_tag, tag};

/// What columns are called, by what they hold.
const COLUMNS: [(&str, &[&str]); 14] = [
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
    ("kind", &["kind"]),
    ("above", &["above"]),
    ("loose", &["loose"]),
];

/// The passages in a table, whose first row names the columns.
pub fn read(text: &str, kinds: &Kinds) -> Result<Vec<Incoming>> {
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
    Ok(rows.map(|row| incoming(&row, &columns, kinds)).collect())
}

fn incoming(row: &[String], columns: &[(&str, Option<usize>)], kinds: &Kinds) -> Incoming {
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
    let above = line("above").unwrap_or_default();
    let above = above.split(ABOVE).map(|title| title.trim().to_owned());
    let mut incoming = Incoming {
        id: line("id"),
        url: line("url"),
        title: line("title"),
        path: line("path").map(Into::into),
        exact: body("highlight"),
        prefix: body("prefix"),
        suffix: body("suffix"),
        section: line("section").unwrap_or_default(),
        above: above.filter(|title| !title.is_empty()).collect(),
        is_loose: line("loose").is_some(),
        note: body("note"),
        added: time(cell("date")),
        ..Incoming::default()
    };
    for word in cell("tags").split(',') {
        if let Some(tag) = tag(&clean::line(word)) {
            add_tag(&mut incoming.tags, tag);
        }
    }
    take_kind(cell("kind"), kinds, &mut incoming);
    incoming
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::model::article::Kind;

    #[test]
    fn what_readwise_exports_is_read() {
        let text = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,\
                    Highlighted at,Document tags\r\n\
                    \"Sand moves, at night\",The Dunes,Ada Lind,,why?,yellow,\"sea,salt water\",offset,12,\
                    2023-11-15 12:00:00+00:00,\r\nonly words\r\n";
        let all = read(text, &Kinds::default()).unwrap();
        let expected = Incoming {
            title: Some("The Dunes".into()),
            exact: "Sand moves, at night".into(),
            note: "why?".into(),
            tags: vec!["sea".into(), "salt_water".into()],
            added: Some(1_700_049_600_000),
            ..Incoming::default()
        };
        assert_eq!(all[0], expected);
        assert_eq!((all.len(), all[1].exact.as_str()), (2, "only words"));
    }

    #[test]
    fn kinds_sections_and_what_is_loose_are_read() {
        let kinds = Config::builtin().kinds;
        let text =
            "highlight,kind,above,loose,tags\na,Question,Lamps > Oil,,\nb,\"'=blue\",,yes,sea\n";
        let all = read(text, &kinds).unwrap();
        assert_eq!((all[0].kind, all[1].kind), (Kind::new(2), None));
        assert_eq!(all[0].above, ["Lamps", "Oil"]);
        assert_eq!(all[1].tags, ["sea", "=blue"]);
        assert_eq!((all[0].is_loose, all[1].is_loose), (false, true));
        assert!(all[1].above.is_empty());
    }
}
