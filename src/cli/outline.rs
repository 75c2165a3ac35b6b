//! `liseuse outline FILE`: the sections of an article.

use std::io::Write;
use std::path::Path;

use super::json::Sections;
use super::opened::Given;
use super::{Exit, args, complain, corrections, json, tell};
use crate::formats::clean;
use crate::library::Library;
use crate::model::document::{BlockKind, Document};
use crate::model::outline::{Outline, Section, SectionKind, first_words};
use crate::model::pace;

/// Keeps what is said of an article's paragraphs, and prints its sections.
pub(super) fn run(
    given: &Given,
    args: &args::Outline,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let library = given.library(&given.config()?, Vec::new());
    tell(&library);
    corrections::make(&library, &args.file, &args.said)?;
    if args.corrections {
        return corrections::list(&library, args, out);
    }
    if args.explain {
        return explain(&library, &args.file, out);
    }
    let (_, document, outline, _) = library.read(&args.file)?;
    if args.json {
        let listed = if args.all {
            Sections::All
        } else {
            Sections::Headings
        };
        json::print(out, &json::Outline::new(&document, &outline, listed))?;
        return Ok(Exit::Done);
    }
    if let Some(why) = document.metadata.why_no_headings() {
        complain(&why);
    }
    for (number, section) in numbered(&outline) {
        let line = line(&document, section);
        let indent = "  ".repeat(usize::from(section.level.clamp(1, 16) - 1));
        let words = words(&document, section);
        let title = &section.title;
        writeln!(
            out,
            "{number:>4}  line {line:>4}  {words:>6} words  {indent}{title}"
        )?;
    }
    Ok(if outline.sections.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

/// Prints what each block was taken for, and why; what the reader says of it goes before.
fn explain(library: &Library, file: &Path, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let (_, document, _, _) = library.read(file)?;
    let reasons = library.explain(file)?;
    if let Some(why) = document.metadata.why_no_headings() {
        writeln!(out, "{why}")?;
    }
    if let Some(encoding) = document.encoding.filter(|encoding| *encoding != "UTF-8") {
        writeln!(out, "read as {encoding}")?;
    }
    for (reason, said) in &reasons {
        let level = reason
            .level
            .map_or_else(String::new, |level| format!(" {level}"));
        let taken_for = format!("{}{level}", reason.role);
        let words = clean::line(&first_words(&reason.text)).into_owned();
        let (line, score) = (reason.line, reason.score);
        let because = reason.because.join(" · ");
        match said {
            Some(said) => {
                let role = corrections::role(*said);
                writeln!(out, "{line:>5}  {role:<9}  you   {words}")?;
                writeln!(
                    out,
                    "       corrected by you; was taken for {taken_for}, {score:.2} · {because}"
                )?;
            }
            None => {
                writeln!(out, "{line:>5}  {taken_for:<9}  {score:.2}  {words}")?;
                writeln!(out, "       {because}")?;
            }
        }
    }
    Ok(if reasons.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

/// The sections with their numbers: headings or stretches from 1, the opening before them is 0.
pub(super) fn numbered(outline: &Outline) -> impl Iterator<Item = (usize, &Section)> {
    let has_opening = outline
        .sections
        .first()
        .is_some_and(|s| s.kind == SectionKind::Opening);
    let first = usize::from(!has_opening);
    outline
        .sections
        .iter()
        .enumerate()
        .map(move |(i, section)| (i + first, section))
}

/// The line of the file on which a section begins, noise left out.
pub(super) fn line(document: &Document, section: &Section) -> u32 {
    let blocks = document.blocks().iter().skip(section.start.block);
    let mut shown = blocks.filter(|block| block.kind != BlockKind::Noise);
    shown.next().map_or(0, |block| block.line)
}

/// How many words stand under a section's heading, up to the next heading.
pub(super) fn words(document: &Document, section: &Section) -> usize {
    // a section reaches to the start of the next one, or to the end of the text
    let last = if section.end.offset == 0 {
        section.end.block
    } else {
        section.end.block + 1
    };
    let blocks = document
        .blocks()
        .get(section.start.block..last)
        .unwrap_or_default();
    let is_counted = |kind: BlockKind| match kind {
        BlockKind::Title | BlockKind::Heading(_) | BlockKind::Noise | BlockKind::Rule => false,
        BlockKind::Paragraph
        | BlockKind::ListItem(_)
        | BlockKind::Quote
        | BlockKind::Code
        | BlockKind::Verse
        | BlockKind::Byline
        | BlockKind::Caption
        | BlockKind::Image
        | BlockKind::TableRow
        | BlockKind::Footnote => true,
    };
    blocks
        .iter()
        .filter(|block| is_counted(block.kind))
        .map(|block| pace::words(&block.text))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Block, Metadata};

    #[test]
    fn words_are_counted_up_to_the_next_heading_and_the_opening_is_number_0() {
        let block = |kind, text| Block::new(kind, text, 1);
        let blocks = vec![
            block(BlockKind::Title, "The title"),
            block(BlockKind::Paragraph, "one two"),
            block(BlockKind::Heading(1), "First part"),
            block(BlockKind::Paragraph, "one two three"),
            block(BlockKind::Noise, "Share this"),
            block(BlockKind::Heading(2), "Empty"),
            block(BlockKind::Heading(1), "Last"),
            block(BlockKind::Paragraph, "one"),
        ];
        let document = Document::new(Metadata::default(), blocks);
        let outline = Outline::of(&document);
        let found: Vec<(usize, usize)> = numbered(&outline)
            .map(|(number, section)| (number, words(&document, section)))
            .collect();
        assert_eq!(found, [(0, 2), (1, 3), (2, 0), (3, 1)]);
    }
}
