//! `liseuse changes FILE`: what has changed in an article since the reader last had it.

use std::io::Write;

use super::args;
use super::opened::Given;
use super::{Exit, complain, json, tell};
use crate::formats::clean;
use crate::model::document::{Document, Position};
use crate::model::edition::{Change, Changes, What, difference};
use crate::model::outline::Outline;

/// One change, as it is printed.
pub(super) struct Told<'a> {
    /// `new`, `changed` or `removed`.
    pub what: &'static str,
    /// The title of the section that holds it.
    pub section: &'a str,
    /// The paragraph as it is; `None` where it was removed.
    pub now: Option<&'a str>,
    /// The paragraph as it was; `None` where it is new, or where that was not kept.
    pub before: Option<&'a str>,
}

/// Prints what has changed.
pub(super) fn run(
    given: &Given,
    args: &args::Changes,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let library = given.library(&given.config()?, Vec::new());
    tell(&library);
    let (article, document, outline, state) = library.read(&args.file)?;
    if state.edition.is_none() {
        let title = clean::line(&article.title);
        complain(&format!("you have not read “{title}” yet"));
    }
    let changes = library.changes(&article.id, &state, &document);
    let told = all(&changes, &document, &outline);
    if args.json {
        json::print(out, &json::Changes::new(changes.counts(), &told))?;
    } else {
        for change in &told {
            print(change, out)?;
        }
    }
    Ok(if told.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

/// All changes in the order of the text.
fn all<'a>(changes: &'a Changes, document: &'a Document, outline: &'a Outline) -> Vec<Told<'a>> {
    let section = |block: usize| {
        let section = outline.section_at(Position::start_of(block));
        section.map_or("", |section| outline.sections[section].title.as_str())
    };
    let mut told = Vec::new();
    for block in 0..=document.blocks().len() {
        for before in changes.removed_texts(block) {
            told.push(Told {
                what: "removed",
                section: section(block),
                now: None,
                before,
            });
        }
        let Some(change) = changes.of_block(block) else {
            continue;
        };
        told.push(Told {
            what: match change {
                Change::New => "new",
                Change::Changed => "changed",
            },
            section: section(block),
            now: Some(&document.blocks()[block].text),
            before: changes.old_text(block),
        });
    }
    told
}

/// Prints a change in a line, in the notation of `wdiff`.
fn print(change: &Told, out: &mut dyn Write) -> anyhow::Result<()> {
    let line = match (change.now, change.before) {
        (Some(now), None) if change.what == "new" => format!("+ {}", clean::line(now)),
        (Some(now), None) => format!("~ {}\n  (the earlier text was not kept)", clean::line(now)),
        (None, Some(before)) => format!("- {}", clean::line(before)),
        (None, None) => "- (the earlier text was not kept)".to_owned(),
        (Some(now), Some(before)) => {
            let pieces = difference(&clean::line(before), &clean::line(now));
            let piece = |piece: &crate::model::edition::Piece| match piece.what {
                What::Same => piece.text.clone(),
                What::Removed => format!("[-{}-]", piece.text),
                What::Added => format!("{{+{}+}}", piece.text),
            };
            format!("~ {}", pieces.iter().map(piece).collect::<String>())
        }
    };
    writeln!(out, "{line}")?;
    Ok(())
}
