//! The headings of a document as a tree, and the section at a position.

use std::collections::HashMap;

use super::article::SectionKey;
use super::document::{Block, BlockKind, Document, Position};

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
/// A title is cut after so many bytes.
const MAX_TITLE: usize = 1024;

impl Outline {
    /// The outline of a document: its headings, or stretches of it where there is none.
    pub fn of(document: &Document) -> Self {
        Self::by(document, |_, block| block.kind, &document.metadata.title)
    }

    /// The outline of a document as it was before the reader corrected it.
    pub(super) fn as_parsed(document: &Document) -> Self {
        let kind = |i, block: &Block| document.parsed_kind(i).unwrap_or(block.kind);
        Self::by(document, kind, &document.parsed_metadata().title)
    }

    /// The outline of a document whose blocks are of these kinds.
    fn by(document: &Document, kind: impl Fn(usize, &Block) -> BlockKind, title: &str) -> Self {
        let counted = |(i, block)| (i, (block, kind(i, block)));
        let blocks = || document.blocks().iter().enumerate().map(counted);
        let mut sections = headings(blocks(), title);
        if !sections.iter().any(|s| s.kind == SectionKind::Heading) {
            sections = stretches(blocks(), title);
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

    /// The name of a section that survives an edit. All of them together are had faster from [`Self::keys`].
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

    /// The names of all sections, in their order.
    pub fn keys(&self) -> Vec<SectionKey> {
        let mut counts: HashMap<&str, u32> = HashMap::new();
        let mut keys = Vec::with_capacity(self.sections.len());
        for section in &self.sections {
            let count = counts.entry(&section.title).or_default();
            keys.push(SectionKey {
                title: section.title.clone(),
                nth: *count,
            });
            *count = count.saturating_add(1);
        }
        keys
    }

    /// The sections that a section lies under, the outermost first.
    pub fn above(&self, section: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut level = self.sections.get(section).map_or(0, |s| s.level);
        for i in (0..section.min(self.sections.len())).rev() {
            let other = &self.sections[i];
            if other.level < level && other.kind == SectionKind::Heading {
                level = other.level;
                above.push(i);
            }
        }
        above.reverse();
        above
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

/// A block, where it stands and what it counts as.
type Counted<'a> = (usize, (&'a Block, BlockKind));

fn headings<'a>(blocks: impl Iterator<Item = Counted<'a>>, title: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    for (i, (block, kind)) in blocks {
        match kind {
            BlockKind::Heading(level) => {
                let title = in_one_line(&block.text);
                sections.push(section(title, level.max(1), SectionKind::Heading, i));
            }
            BlockKind::Noise => {}
            _ if sections.is_empty() => {
                let title = if title.is_empty() {
                    first_words(&block.text)
                } else {
                    title.to_owned()
                };
                sections.push(section(title, 1, SectionKind::Opening, 0));
            }
            _ => {}
        }
    }
    sections
}

fn stretches<'a>(blocks: impl Iterator<Item = Counted<'a>>, title: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut length = 0;
    let mut is_empty = true;
    for (i, (block, kind)) in blocks {
        is_empty &= kind == BlockKind::Noise || block.text.is_empty();
        if matches!(
            kind,
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
    if sections.is_empty() && !is_empty {
        sections.push(section(title.to_owned(), 1, SectionKind::Opening, 0));
    }
    sections
}

/// A text as a title: in one line, without what changes direction, and not endless. Most are so already.
pub fn in_one_line(text: &str) -> String {
    let cut = &text[..text.floor_char_boundary(MAX_TITLE)];
    let mut line: String = cut
        .chars()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(' '),
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => None,
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            _ => Some(c),
        })
        .collect();
    if cut.len() < text.len() {
        line.push('…');
    }
    line
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::document::Metadata;
    use super::*;

    /// A document: `#` begins a heading and says its level, `=` the title, `~` noise.
    fn document(texts: &[&str]) -> Document {
        let mut metadata = Metadata::default();
        let mut blocks = Vec::new();
        for &text in texts {
            let bare = text.trim_start_matches(['#', '=', '~']);
            let kind = match text.as_bytes().first() {
                Some(b'#') => BlockKind::Heading(u8::try_from(text.len() - bare.len()).unwrap()),
                Some(b'=') => BlockKind::Title,
                Some(b'~') => BlockKind::Noise,
                _ => BlockKind::Paragraph,
            };
            if kind == BlockKind::Title {
                metadata.title = bare.to_owned();
            }
            blocks.push(Block::new(kind, bare, 1));
        }
        Document::new(metadata, blocks)
    }

    fn titles(outline: &Outline) -> Vec<(&str, u8)> {
        outline
            .sections
            .iter()
            .map(|section| (section.title.as_str(), section.level))
            .collect()
    }

    #[test]
    fn the_opening_bears_the_title_and_headings_follow() {
        let outline = Outline::of(&document(&[
            "~Share", "=Title", "text", "#One", "text", "##Two", "text", "#Three", "text",
        ]));
        assert_eq!(
            titles(&outline),
            [("Title", 1), ("One", 1), ("Two", 2), ("Three", 1)]
        );
        assert_eq!(outline.sections[0].kind, SectionKind::Opening);
        assert_eq!(outline.sections[1].start, Position::start_of(3));
        assert_eq!(outline.sections[0].end, Position::start_of(3));
        assert!(
            outline.has_children(1)
                && !outline.has_children(0)
                && !outline.has_children(3)
                && !outline.has_children(9)
        );
    }

    #[test]
    fn a_text_that_begins_with_a_heading_has_no_opening() {
        let outline = Outline::of(&document(&["~Share", "#One", "text"]));
        assert_eq!(titles(&outline), [("One", 1)]);
        assert_eq!(outline.section_at(Position::default()), Some(0));
    }

    #[test]
    fn a_text_without_headings_is_told_by_stretches() {
        let long = "word ".repeat(400);
        let outline = Outline::of(&document(&[
            "=Title",
            "First words of the text that goes on",
            &long,
            "Second stretch",
            &long,
            "Third",
        ]));
        assert!(
            outline
                .sections
                .iter()
                .all(|section| section.kind == SectionKind::Stretch)
        );
        assert_eq!(titles(&outline)[0], ("First words of the text that…", 1));
        assert_eq!(titles(&outline)[1], ("Second stretch", 1));
        assert_eq!(outline.sections[0].start, Position::default());
        assert_eq!(Outline::of(&Document::default()), Outline::default());
        assert_eq!(titles(&Outline::of(&document(&["=Title"]))), [("Title", 1)]);
    }

    #[test]
    fn sections_of_one_name_are_counted() {
        let outline = Outline::of(&document(&["#A", "text", "#B", "text", "#A", "text"]));
        let keys: Vec<(String, u32)> = outline
            .keys()
            .into_iter()
            .map(|key| (key.title, key.nth))
            .collect();
        assert_eq!(
            keys,
            [
                ("A".to_owned(), 0),
                ("B".to_owned(), 0),
                ("A".to_owned(), 1)
            ]
        );
        assert_eq!(outline.key(2), outline.keys().pop());
        assert_eq!(outline.key(3), None);
    }

    #[test]
    fn first_words_are_short() {
        assert_eq!(first_words("a few words"), "a few words");
        assert_eq!(
            first_words("one two three four five six seven"),
            "one two three four five six…"
        );
        assert_eq!(first_words(&"é".repeat(900)).chars().count(), 48);
    }

    proptest! {
        #[test]
        fn sections_cover_the_text_without_gap_or_overlap(
            texts in prop::collection::vec("(#|##|~|)[ab]{1,3}", 0..20), block in 0..20_usize, offset in 0..3_usize,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let document = document(&texts);
            let outline = Outline::of(&document);
            prop_assert_eq!(outline.sections.is_empty(), document.is_empty());
            for pair in outline.sections.windows(2) {
                prop_assert!(pair[0].start < pair[1].start);
                prop_assert_eq!(pair[0].end, pair[1].start);
            }
            if let (Some(first), Some(last)) = (outline.sections.first(), outline.sections.last()) {
                prop_assert_eq!(document.bytes_before(first.start), 0);
                prop_assert_eq!(last.end, document.end());
                let at = document.clamp(Position { block, offset });
                let section = &outline.sections[outline.section_at(at).unwrap()];
                prop_assert!(document.bytes_before(section.start) <= document.bytes_before(at));
                prop_assert!(at < section.end || at == document.end() || section.end == document.end());
            }
            let keys: Vec<_> = (0..outline.sections.len()).filter_map(|i| outline.key(i)).collect();
            prop_assert_eq!(keys, outline.keys());
        }
    }
}
