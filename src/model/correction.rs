//! What the reader says that a block is. The reader has the last word: it counts whatever the text was taken for.

use std::collections::BTreeMap;

use super::article::{ArticleId, Seen};
use super::document::{Block, BlockKind, Document, Metadata};
use super::outline::{Outline, first_words, in_one_line};
use super::pieces::Pieces;
use super::quote::{Finder, Found, Quote, blocks_of};
use super::state::{Change, Fact, State};

/// The deepest level of a heading.
pub const MAX_LEVEL: u8 = 6;

/// What the reader says of one block.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// The block: all of its words, with its surroundings (see [`Quote::of_block`]).
    pub quote: Quote,
    /// The title of the section that held it.
    pub section: String,
    /// What it is.
    pub said: Said,
    /// When it was said, in milliseconds since 1970.
    pub made: i64,
}

/// What the reader says that a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// The title of the article.
    Title,
    /// A heading of this level, from 1 to [`MAX_LEVEL`].
    Heading(u8),
    /// Of the article, but no heading and not its title.
    Text,
    /// Not of the article.
    Noise,
    /// Nothing: it is what it was taken for.
    Nothing,
}

impl Said {
    /// The word for it, in lists, in JSON and in the journal.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Heading(_) => "heading",
            Self::Text => "text",
            Self::Noise => "noise",
            Self::Nothing => "nothing",
        }
    }

    /// What that makes of a block that was taken for something.
    const fn kind(self, parsed: BlockKind) -> BlockKind {
        match self {
            Self::Title => BlockKind::Title,
            Self::Heading(0) => BlockKind::Heading(1),
            Self::Heading(level @ 1..=MAX_LEVEL) => BlockKind::Heading(level),
            Self::Heading(_) => BlockKind::Heading(MAX_LEVEL),
            Self::Noise => BlockKind::Noise,
            Self::Nothing => parsed,
            Self::Text => match parsed {
                BlockKind::Title
                | BlockKind::Heading(_)
                | BlockKind::Byline
                | BlockKind::Caption
                | BlockKind::Noise => BlockKind::Paragraph,
                BlockKind::Paragraph
                | BlockKind::ListItem(_)
                | BlockKind::Quote
                | BlockKind::Code
                | BlockKind::Verse
                | BlockKind::Image
                | BlockKind::TableRow
                | BlockKind::Footnote
                | BlockKind::Rule => parsed,
            },
        }
    }
}

/// Makes the blocks of a document what these corrections say, the later ones before the earlier ones, and nothing else:
/// what other corrections made of it before is taken back. For each of them its block; `None` where it is not found, and
/// changes nothing.
pub fn apply(document: &mut Document, corrections: &[Correction]) -> Vec<Option<usize>> {
    document.take_corrections_back();
    if corrections.is_empty() {
        return Vec::new();
    }
    let places = places(document, corrections);
    let said = last_words(corrections, &places);
    let title = said
        .iter()
        .find_map(|(&block, &said)| (said == Said::Title).then_some(block));
    let mut kinds = BTreeMap::new();
    if title.is_some() {
        let blocks = document.blocks().iter().enumerate();
        let titles = blocks.filter(|(_, block)| block.kind == BlockKind::Title);
        kinds.extend(titles.map(|(i, block)| (i, Said::Text.kind(block.kind))));
    }
    for block in places.iter().copied().flatten() {
        let said = said.get(&block).copied().unwrap_or(Said::Nothing);
        let parsed = document.blocks()[block].kind;
        if said != Said::Nothing || parsed != BlockKind::Title || title.is_none() {
            kinds.insert(block, said.kind(parsed));
        }
    }
    let metadata = metadata(document, &kinds, title);
    document.correct(metadata, kinds);
    places
}

/// For each correction its block, as in [`apply`], whether it is in force or not.
pub fn places(document: &Document, corrections: &[Correction]) -> Vec<Option<usize>> {
    let quotes: Vec<&Quote> = corrections.iter().map(|it| &it.quote).collect();
    blocks_of(&quotes, document)
}

/// The correction that counts for each block, by its place in the list: the last word on it, and one title.
pub fn in_force(corrections: &[Correction], places: &[Option<usize>]) -> BTreeMap<usize, usize> {
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    for (i, block) in places.iter().enumerate() {
        if let Some(block) = block {
            last.insert(*block, i);
        }
    }
    let is_title = |i: &usize| corrections[*i].said == Said::Title;
    let title = last.values().copied().filter(is_title).max();
    last.retain(|_, i| !is_title(i) || Some(*i) == title);
    last
}

/// What is said of each block in the end.
fn last_words(corrections: &[Correction], places: &[Option<usize>]) -> BTreeMap<usize, Said> {
    let last = in_force(corrections, places).into_iter();
    last.map(|(block, i)| (block, corrections[i].said))
        .collect()
}

/// What the text says of itself, when its blocks are of these kinds and one is the title.
fn metadata(
    document: &Document,
    kinds: &BTreeMap<usize, BlockKind>,
    title: Option<usize>,
) -> Metadata {
    let mut metadata = document.metadata.clone();
    let blocks = document.blocks();
    let changed = kinds
        .iter()
        .filter_map(|(&i, &kind)| Some((blocks.get(i)?, kind)))
        .filter(|(block, kind)| block.kind != *kind);
    for (block, _) in changed {
        forget(&mut metadata, block);
    }
    if let Some(block) = title.and_then(|i| blocks.get(i)) {
        metadata.title = in_one_line(&block.text);
    }
    metadata
}

/// Leaves out of the metadata what came from a block that is something else.
fn forget(metadata: &mut Metadata, block: &Block) {
    let is_of_it = |value: &String| block.text.contains(value.as_str());
    match block.kind {
        BlockKind::Title if metadata.title == block.text => metadata.title.clear(),
        BlockKind::Byline => {
            metadata.byline.take_if(|byline| is_of_it(byline));
            metadata.date.take_if(|date| is_of_it(date));
        }
        BlockKind::Title
        | BlockKind::Heading(_)
        | BlockKind::Paragraph
        | BlockKind::ListItem(_)
        | BlockKind::Quote
        | BlockKind::Code
        | BlockKind::Verse
        | BlockKind::Caption
        | BlockKind::Image
        | BlockKind::TableRow
        | BlockKind::Footnote
        | BlockKind::Rule
        | BlockKind::Noise => {}
    }
}

/// Where a quote is in a document, whether it was taken before the reader corrected it or after: what is noise by a
/// correction stands, or does not, between the words of a passage over several blocks.
pub fn find(quote: &Quote, document: &Document) -> Found {
    find_all(std::iter::once(quote), document).remove(0)
}

/// As [`find`] for many quotes, in their order.
pub fn find_all<'a>(quotes: impl Iterator<Item = &'a Quote>, document: &Document) -> Vec<Found> {
    let is_corrected = document.corrected().next().is_some();
    let finder = Finder::new(document);
    let mut parsed = None;
    let mut found: Vec<(&Quote, Found)> = quotes.map(|quote| (quote, finder.find(quote))).collect();
    for (quote, found) in found.iter_mut().filter(|_| is_corrected) {
        if matches!(found, Found::Changed(..) | Found::Lost(_)) {
            let parsed = parsed.get_or_insert_with(|| {
                let mut parsed = document.clone();
                parsed.take_corrections_back();
                parsed
            });
            let as_parsed = quote.find(parsed);
            if matches!(as_parsed, Found::InPlace(_) | Found::Moved(_)) {
                *found = as_parsed;
            }
        }
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// The level a new heading is expected to have: that of the heading before it, else of the first one after it, else 1.
pub fn usual_level(document: &Document, block: usize) -> u8 {
    let level = |block: &Block| match block.kind {
        BlockKind::Heading(level) => Some(level.clamp(1, MAX_LEVEL)),
        _ => None,
    };
    let (before, after) = document
        .blocks()
        .split_at(block.min(document.blocks().len()));
    let last = before.iter().rev().find_map(level);
    last.or_else(|| after.iter().skip(1).find_map(level))
        .unwrap_or(1)
}

/// An article as it is open: what a change to it goes by.
#[derive(Debug, Clone, Copy)]
pub struct Open<'a> {
    /// Which article.
    pub id: &'a ArticleId,
    /// Its text, corrected as its state says.
    pub document: &'a Document,
    /// What the reader did with it.
    pub state: &'a State,
}

/// The change that says of blocks what they are. What has been seen of a section counts for the parts that it falls into.
/// `made` in milliseconds since 1970. `None` when it would change nothing.
pub fn change(of: Open, asked: &[(usize, Said)], made: i64) -> Option<Change> {
    let Open {
        id,
        document,
        state,
    } = of;
    let outline = Outline::of(document);
    let before = last_words(&state.corrections, &places(document, &state.corrections));
    let mut all = state.corrections.clone();
    let (mut does, mut undoes, mut words) = (Vec::new(), Vec::new(), Vec::new());
    for &(block, said) in asked {
        let old = before.get(&block).copied().unwrap_or(Said::Nothing);
        let Some(quote) = Quote::of_block(document, block).filter(|_| said != old) else {
            continue;
        };
        let section = outline
            .section_at(quote.hint)
            .map(|i| outline.sections[i].title.clone());
        let correction = Correction {
            quote,
            section: section.unwrap_or_default(),
            said,
            made,
        };
        words.push(words_for(document, block, said));
        undoes.push(Fact::Correction(Correction {
            said: old,
            ..correction.clone()
        }));
        all.push(correction.clone());
        does.push(Fact::Correction(correction));
    }
    if does.is_empty() {
        return None;
    }
    let mut corrected = document.clone();
    apply(&mut corrected, &all);
    let pieces = Pieces::of(document, &outline);
    let after = Pieces::of(&corrected, &Outline::of(&corrected));
    let seen = pieces.carried(&after, &state.seen);
    does.extend(
        seen.into_iter()
            .map(|(key, seen): (_, Seen)| Fact::Seen(key, seen)),
    );
    let own = |facts: Vec<Fact>| facts.into_iter().map(|fact| (id.clone(), fact)).collect();
    undoes.reverse();
    Some(Change {
        does: own(does),
        undoes: own(undoes),
        words: words.join(", "),
    })
}

/// What is said of a block, for a notice: first what, then of which, as the end is cut where there is no room.
fn words_for(document: &Document, block: usize, said: Said) -> String {
    let Some(Block { kind, text, .. }) = document.blocks().get(block) else {
        return String::new();
    };
    let what = match (said, kind) {
        (Said::Title, _) => "the title".to_owned(),
        (Said::Heading(level), _) => format!("heading of level {level}"),
        (Said::Noise, _) => "not of the article".to_owned(),
        (Said::Text, BlockKind::Heading(_)) => "no heading".to_owned(),
        (Said::Text, BlockKind::Title) => "not the title".to_owned(),
        (Said::Text, BlockKind::Noise) => "of the article".to_owned(),
        (Said::Text, _) => "text".to_owned(),
        (Said::Nothing, _) => "as it was taken for".to_owned(),
    };
    format!("{what}: “{}”", first_words(&in_one_line(text)))
}

#[cfg(test)]
mod tests;
