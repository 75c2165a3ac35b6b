//! `liseuse outline --corrections FILE`, `--heading LINE` and the like: the reader has the last word.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::args::{self, Outline};
use super::{Exit, json};
use crate::formats::clean;
use crate::library::{Corrected, Library};
use crate::model::correction::{Said, usual_level};
use crate::model::document::Document;
use crate::model::outline::{first_words, in_one_line};

/// Prints what the reader says of the paragraphs of an article.
pub(super) fn list(library: &Library, args: &Outline, out: &mut dyn Write) -> Result<Exit> {
    let corrected = library.corrected(&args.file)?;
    let all = corrected.list();
    let line = |block: Option<usize>| Some(corrected.document.blocks().get(block?)?.line);
    if args.json {
        let all: Vec<_> = all
            .iter()
            .map(|listed| json::Correction::new(listed, line(listed.block)))
            .collect();
        json::print(out, &all)?;
        return Ok(Exit::Done);
    }
    for listed in &all {
        let place = match line(listed.block) {
            Some(line) if listed.is_in_force => format!("line {line:>4}"),
            Some(_) => "overruled".to_owned(),
            None => "not found".to_owned(),
        };
        let words = in_one_line(&listed.correction.quote.exact);
        let words = clean::line(&first_words(&words)).into_owned();
        writeln!(
            out,
            "{place:<9}  {:<9}  {words}",
            role(listed.correction.said)
        )?;
    }
    Ok(if all.is_empty() {
        Exit::NothingFound
    } else {
        Exit::Done
    })
}

/// What a block is said to be, with the level of a heading.
pub(super) fn role(said: Said) -> String {
    match said {
        Said::Heading(level) => format!("heading {level}"),
        Said::Title | Said::Text | Said::Noise | Said::Nothing => said.word().to_owned(),
    }
}

/// Keeps what is said of the paragraphs of an article on the command line.
pub(super) fn make(library: &Library, file: &Path, said: &args::Said) -> Result<()> {
    let is_nothing_said = said.title.is_none()
        && said.heading.is_empty()
        && [
            &said.not_heading,
            &said.noise,
            &said.not_noise,
            &said.forget,
        ]
        .iter()
        .all(|lines| lines.is_empty());
    if is_nothing_said {
        return Ok(());
    }
    let corrected = library.corrected(file)?;
    let asked = asked(&corrected, file, said)?;
    library.correct(&corrected, &asked)
}

fn asked(corrected: &Corrected, file: &Path, said: &args::Said) -> Result<Vec<(usize, Said)>> {
    let document = &corrected.document;
    let block = |line: u32| block_on(document, file, line);
    let mut asked = Vec::new();
    for &(line, level) in &said.heading {
        let block = block(line)?;
        let level = level.unwrap_or_else(|| usual_level(document, block));
        asked.push((block, Said::Heading(level)));
    }
    let others = [
        (said.title.as_slice(), Said::Title),
        (&said.not_heading, Said::Text),
        (&said.noise, Said::Noise),
        (&said.not_noise, Said::Text),
        (&said.forget, Said::Nothing),
    ];
    for (lines, said) in others {
        for &line in lines {
            asked.push((block(line)?, said));
        }
    }
    let mut blocks: Vec<usize> = asked.iter().map(|(block, _)| *block).collect();
    blocks.sort_unstable();
    if let Some(twice) = blocks.windows(2).find(|pair| pair[0] == pair[1]) {
        let line = document.blocks()[twice[0]].line;
        bail!("line {line} cannot be two things at once");
    }
    Ok(asked)
}

/// The block that begins on a line of the file.
fn block_on(document: &Document, file: &Path, line: u32) -> Result<usize> {
    let blocks = document.blocks();
    if let Some(block) = blocks.iter().position(|block| block.line == line) {
        return Ok(block);
    }
    let nearest = blocks.iter().min_by_key(|block| block.line.abs_diff(line));
    let nearest = nearest.map_or_else(String::new, |block| {
        format!("; the nearest begins on line {}", block.line)
    });
    bail!(
        "no paragraph begins on line {line} of `{}`{nearest}",
        file.display()
    )
}
