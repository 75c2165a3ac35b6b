//! The headings of a document as a tree, and the section at a position.

use super::article::SectionKey;
use super::document::{BlockKind, Document, Position};

/// The sections of a document in reading order. Together they cover all of it, without gap or overlap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// In reading order; the tree is in their levels.
    pub sections: Vec<Section>,
}

/// A heading and the text under it, up to the next heading of any level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title in one line.
    pub title: String,
    /// 1 is the outermost.
    pub level: u8,
    /// Where its title comes from.
    pub kind: SectionKind,
    /// Where it starts: its heading.
    pub start: Position,
    /// Where the next one starts, or the end of the text.
    pub end: Position,
}

/// Where a section's title comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// The text before the first heading; it bears the article's title.
    Opening,
    /// A heading of the text.
    Heading,
    /// A stretch of a text without headings; its title is its first words.
    Stretch,
}

/// A text without headings gets a stretch about every so many bytes.
const STRETCH_BYTES: usize = 1500;
/// … and at most so many words as its title.
const STRETCH_WORDS: usize = 6;

impl Outline {
    /// The outline of a document: its headings, or stretches of it where there is none.
    pub fn of(document: &Document) -> Self {
        let mut sections = headings(document);
        if !sections.iter().any(|s| s.kind == SectionKind::Heading) {
            sections = stretches(document);
        }
        let end = document.end();
        for i in 0..sections.len() {
            sections[i].end = sections.get(i + 1).map_or(end, |next| next.start);
        }
        Self { sections }
    }

    /// Which section a position lies in. `None` only when there are no sections.
    pub fn section_at(&self, position: Position) -> Option<usize> {
        if self.sections.is_empty() {
            return None;
        }
        Some(
            self.sections
                .partition_point(|s| s.start <= position)
                .saturating_sub(1),
        )
    }

    /// The name of a section that survives an edit.
    pub fn key(&self, section: usize) -> Option<SectionKey> {
        let title = &self.sections.get(section)?.title;
        let nth = self.sections[..section]
            .iter()
            .filter(|s| s.title == *title)
            .count();
        Some(SectionKey {
            title: title.clone(),
            nth: u32::try_from(nth).unwrap_or(u32::MAX),
        })
    }

    /// Whether another section lies under this one.
    pub fn has_children(&self, section: usize) -> bool {
        match (self.sections.get(section), self.sections.get(section + 1)) {
            (Some(this), Some(next)) => next.level > this.level,
            _ => false,
        }
    }
}

fn section(title: String, level: u8, kind: SectionKind, block: usize) -> Section {
    let start = Position::start_of(block);
    Section {
        title,
        level,
        kind,
        start,
        end: start,
    }
}

fn headings(document: &Document) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut has_opening = false;
    for (i, block) in document.blocks().iter().enumerate() {
        match block.kind {
            BlockKind::Heading(level) => {
                sections.push(section(
                    block.text.clone(),
                    level.max(1),
                    SectionKind::Heading,
                    i,
                ));
            }
            BlockKind::Noise => {}
            _ if sections.is_empty() && !has_opening => {
                has_opening = true;
                let title = &document.metadata.title;
                let title = if title.is_empty() {
                    first_words(&block.text)
                } else {
                    title.clone()
                };
                sections.push(section(title, 1, SectionKind::Opening, 0));
            }
            _ => {}
        }
    }
    sections
}

fn stretches(document: &Document) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut length = 0;
    for (i, block) in document.blocks().iter().enumerate() {
        if matches!(
            block.kind,
            BlockKind::Noise | BlockKind::Title | BlockKind::Byline
        ) {
            continue;
        }
        if sections.is_empty() || length >= STRETCH_BYTES {
            let first = if sections.is_empty() { 0 } else { i };
            sections.push(section(
                first_words(&block.text),
                1,
                SectionKind::Stretch,
                first,
            ));
            length = 0;
        }
        length += block.text.len();
    }
    if sections.is_empty() && !document.is_empty() {
        sections.push(section(
            document.metadata.title.clone(),
            1,
            SectionKind::Opening,
            0,
        ));
    }
    sections
}

/// The first words of a text, with an ellipsis when there are more.
pub fn first_words(text: &str) -> String {
    let head = &text[..text.floor_char_boundary(text.len().min(400))];
    let mut words = head.split_whitespace();
    let mut title = words
        .by_ref()
        .take(STRETCH_WORDS)
        .collect::<Vec<_>>()
        .join(" ");
    if title.chars().count() > 48 {
        title = title.chars().take(47).collect();
        title.push('…');
    } else if words.next().is_some() || head.len() < text.len() {
        title.push('…');
    }
    title
}
