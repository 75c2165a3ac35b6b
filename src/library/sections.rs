//! The text of a document by sections, as it is searched.

use crate::model::document::{BlockKind, Document};
use crate::model::outline::{Outline, SectionKind};
use crate::store::{BLOCK_END, Section};

/// The sections of a document with their text, in reading order.
pub fn of(document: &Document, outline: &Outline) -> Vec<Section> {
    let blocks = document.blocks();
    let mut above: Vec<(u8, &str)> = Vec::new();
    let mut sections = Vec::with_capacity(outline.sections.len());
    for (i, (section, key)) in outline.sections.iter().zip(outline.keys()).enumerate() {
        let start = section.start.block;
        let next = outline.sections.get(i + 1);
        let end = next.map_or(blocks.len(), |next| next.start.block);
        let mut text = String::new();
        for (n, block) in blocks.iter().take(end).skip(start).enumerate() {
            if n > 0 {
                text.push(BLOCK_END);
            }
            if block.kind != BlockKind::Noise {
                push_clean(&mut text, &block.text);
            }
        }
        above.retain(|(level, _)| *level < section.level);
        let titles: Vec<&str> = above.iter().map(|(_, title)| *title).collect();
        sections.push(Section {
            title: match section.kind {
                SectionKind::Opening => String::new(),
                SectionKind::Heading | SectionKind::Stretch => key.title,
            },
            nth: key.nth,
            kind: section.kind,
            above: titles.join("\n"),
            block: start,
            text,
        });
        if section.kind == SectionKind::Heading {
            above.push((section.level, &section.title));
        }
    }
    if sections.is_empty() {
        // a title alone can be found too
        sections.push(Section {
            title: String::new(),
            nth: 0,
            kind: SectionKind::Opening,
            above: String::new(),
            block: 0,
            text: String::new(),
        });
    }
    sections
}

/// A clean text does not have the sign between blocks; should it, places are still right.
fn push_clean(into: &mut String, text: &str) {
    if text.contains(BLOCK_END) {
        into.push_str(&text.replace(BLOCK_END, " "));
    } else {
        into.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Format, parse};

    #[test]
    fn sections_know_where_they_are_and_what_they_lie_in() {
        let text = "Before.\n\n# One\n\nFirst.\n\n## Deep\n\nSecond.\n\nThird.\n\n# Two\n\nLast.\n";
        let document = parse(text.as_bytes(), Format::Markdown).unwrap();
        let sections = of(&document, &Outline::of(&document));
        let told: Vec<_> = sections
            .iter()
            .map(|s| (s.title.as_str(), s.above.as_str(), s.text.as_str(), s.block))
            .collect();
        assert_eq!(
            told,
            [
                ("", "", "Before.", 0),
                ("One", "", "One\u{1e}First.", 1),
                ("Deep", "One", "Deep\u{1e}Second.\u{1e}Third.", 3),
                ("Two", "", "Two\u{1e}Last.", 6),
            ]
        );
    }
}
