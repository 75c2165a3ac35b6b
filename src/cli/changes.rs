//! `liseuse changes FILE`: what has changed in an article since the reader last had it.

use std::io::Write;

use super::args;
use super::opened::Given;
use super::{Exit, complain, json, tell};
use crate::formats::clean;
use crate::model::document::{Document, Position};
use crate::model::edition::{Change, Changes, Piece, What, words};
use crate::model::outline::{Outline, SectionKind};

/// One change, as it is printed.
pub(super) struct Told<'a> {
    /// `new`, `changed` or `removed`.
    pub what: &'static str,
    /// The heading of the section that holds it; empty where there is none.
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
        let mut section = "";
        for change in &told {
            if change.section != section {
                section = change.section;
                writeln!(out, "{}", clean::line(section))?;
            }
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
        let section = section.map(|section| &outline.sections[section]);
        let heading = section.filter(|section| section.kind == SectionKind::Heading);
        heading.map_or("", |section| section.title.as_str())
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
            let (before, now) = (clean::line(before), clean::line(now));
            let piece = |piece: &Piece| match piece.what {
                What::Same => piece.text.to_owned(),
                What::Removed => format!("[-{}-]", piece.text),
                What::Added => format!("{{+{}+}}", piece.text),
            };
            let told: String = words(&before, &now).iter().map(piece).collect();
            format!("~ {told}")
        }
    };
    writeln!(out, "{line}")?;
    Ok(())
}
