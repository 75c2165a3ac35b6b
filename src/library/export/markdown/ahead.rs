//! What has to be known of a document before its first block is written.

use std::collections::{HashMap, HashSet};

use crate::formats::markdown::Slugs;
use crate::model::document::{Block, BlockKind, Document, Mark};

/// The numbers of the footnotes, when these are all at the end and in order, as a reader of Markdown will put them.
pub(super) fn notes(blocks: &[(usize, &Block)]) -> HashSet<String> {
    let first = blocks
        .iter()
        .position(|(_, b)| b.kind == BlockKind::Footnote);
    let tail = &blocks[first.unwrap_or(blocks.len())..];
    let mut last = 0;
    let mut numbers = HashSet::new();
    for (_, block) in tail {
        if block.kind == BlockKind::Footnote {
            let number = note_number(block).and_then(|n| n.parse::<u32>().ok());
            match number.filter(|&n| n > last && n < 100_000) {
                Some(number) => last = number,
                None => return HashSet::new(),
            }
            numbers.insert(last.to_string());
        } else if block.within.lists == 0 || block.within.quotes > 0 {
            return HashSet::new();
        }
    }
    numbers
}

/// The number of a footnote: of `[3] text` the `3`.
pub(super) fn note_number(block: &Block) -> Option<&str> {
    let (number, _) = block.text.strip_prefix('[')?.split_once("] ")?;
    let is_number = !number.is_empty()
        && !number.starts_with('0')
        && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(number)
}

/// Names that links lead to and that no heading has by itself, by block.
pub(super) fn anchors<'a>(
    document: &'a Document,
    blocks: &[(usize, &Block)],
) -> HashMap<usize, Vec<&'a str>> {
    let mut wanted: HashSet<&str> = HashSet::new();
    for (_, block) in blocks {
        for (_, mark) in &block.marks {
            if let Mark::Link(target) = mark {
                wanted.extend(target.strip_prefix('#'));
            }
        }
    }
    let mut slugs = Slugs::default();
    let mut known: HashSet<(usize, String)> = HashSet::new();
    for (index, block) in blocks {
        if matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title) {
            known.insert((*index, slugs.next(&block.text)));
        }
    }
    let mut anchors: HashMap<usize, Vec<&str>> = HashMap::new();
    for (name, position) in document.anchors() {
        let is_note = name.starts_with("fn-") || name.starts_with("fnref-");
        if wanted.contains(name.as_str())
            && !is_note
            && !known.contains(&(position.block, name.clone()))
        {
            anchors.entry(position.block).or_default().push(name);
        }
    }
    anchors
}

/// By how much headings are deeper below a title.
pub(super) fn deepen(blocks: &[(usize, &Block)]) -> usize {
    let has_title = blocks.iter().any(|(_, b)| b.kind == BlockKind::Title);
    let is_deepest = |block: &Block| matches!(block.kind, BlockKind::Heading(level) if level >= 6);
    usize::from(has_title && !blocks.iter().any(|(_, b)| is_deepest(b)))
}
