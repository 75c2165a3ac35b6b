//! Quotes of whole blocks, which are found again only as whole blocks and only where that is certain.
//!
//! Noise counts among their surroundings: what is noise may change with the next version, or by what the reader says; the
//! text does not.

use std::collections::HashMap;
use std::iter::once;

use super::{Quote, SURROUNDINGS};
use crate::model::document::{Document, Position};

/// Words of so many characters are hardly there a second time by chance: they are known without their surroundings …
const TELLING: usize = 48;
/// … and shorter ones by so many characters on one side.
const ENOUGH: usize = 12;
/// By how many characters the surroundings of one block must be more like a quote's than those of any other.
const LEAD: usize = 4;
/// Among more blocks of the same words none is looked for.
const MAX_ALIKE: usize = 256;

impl Quote {
    /// The quote of a whole block. `None` when there is no such block.
    pub fn of_block(document: &Document, block: usize) -> Option<Self> {
        let exact = document.blocks().get(block)?.text.clone();
        let mut prefix: Vec<char> = before(document, block).take(SURROUNDINGS).collect();
        prefix.reverse();
        Some(Self {
            exact,
            prefix: prefix.into_iter().collect(),
            suffix: after(document, block).take(SURROUNDINGS).collect(),
            hint: Position::start_of(block),
        })
    }

    /// The one of these blocks, all of which have the quote's words, that is the quoted one. `None` when that is not
    /// certain.
    fn choose_block(&self, document: &Document, alike: &[usize]) -> Option<usize> {
        let (before, after) = (self.prefix.chars().count(), self.suffix.chars().count());
        let hint = self.hint.block;
        if alike.contains(&hint) && self.block_likeness(document, hint) == (before, after) {
            return Some(hint);
        }
        if alike.len() > MAX_ALIKE {
            return None;
        }
        let likeness: Vec<(usize, usize)> = alike
            .iter()
            .map(|&block| self.block_likeness(document, block))
            .collect();
        let best = (0..alike.len()).max_by_key(|&i| likeness[i].0 + likeness[i].1)?;
        let others = (0..alike.len()).filter(|&i| i != best);
        let next = others.map(|i| likeness[i].0 + likeness[i].1).max();
        let (like_before, like_after) = likeness[best];
        if next.is_some_and(|next| like_before + like_after < next + LEAD) {
            return None;
        }
        let block = alike[best];
        let is_known_before = match before {
            0 => block == 0,
            _ => like_before >= before.min(ENOUGH),
        };
        let is_known_after = match after {
            0 => block + 1 == document.blocks().len(),
            _ => like_after >= after.min(ENOUGH),
        };
        let is_telling = self.exact.chars().nth(TELLING - 1).is_some();
        (is_known_before || is_known_after || is_telling).then_some(block)
    }

    /// How many characters before and after a block are as they were next to the quote.
    fn block_likeness(&self, document: &Document, block: usize) -> (usize, usize) {
        let same = |(a, b): &(char, char)| a == b;
        let prefix = self.prefix.chars().rev();
        (
            before(document, block).zip(prefix).take_while(same).count(),
            after(document, block)
                .zip(self.suffix.chars())
                .take_while(same)
                .count(),
        )
    }
}

/// For each of these quotes of whole blocks the block that it is of. `None` where the words are gone, and where it cannot
/// be told for certain which of several blocks, or whether this one, is meant: a look-alike is never taken for it.
pub fn blocks_of(quotes: &[&Quote], document: &Document) -> Vec<Option<usize>> {
    let mut alike: HashMap<&str, Vec<usize>> = quotes
        .iter()
        .map(|quote| (quote.exact.as_str(), Vec::new()))
        .collect();
    let lengths: Vec<usize> = {
        let mut lengths: Vec<usize> = alike.keys().map(|exact| exact.len()).collect();
        lengths.sort_unstable();
        lengths
    };
    for (i, block) in document.blocks().iter().enumerate() {
        if lengths.binary_search(&block.text.len()).is_ok()
            && let Some(blocks) = alike.get_mut(block.text.as_str())
        {
            blocks.push(i);
        }
    }
    let find = |quote: &&Quote| quote.choose_block(document, alike.get(quote.exact.as_str())?);
    quotes.iter().map(find).collect()
}

/// The characters before a block, nearest first.
fn before(document: &Document, block: usize) -> impl Iterator<Item = char> {
    let blocks = &document.blocks()[..block.min(document.blocks().len())];
    blocks
        .iter()
        .rev()
        .flat_map(|block| once('\n').chain(block.text.chars().rev()))
}

/// The characters after a block.
fn after(document: &Document, block: usize) -> impl Iterator<Item = char> {
    let from = document.blocks().len().min(block.saturating_add(1));
    document.blocks()[from..]
        .iter()
        .flat_map(|block| once('\n').chain(block.text.chars()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::document::{Block, BlockKind, Metadata};

    /// A document; `~` begins noise.
    fn document(texts: &[&str]) -> Document {
        let block = |text: &&str| match text.strip_prefix('~') {
            Some(noise) => Block::new(BlockKind::Noise, noise, 1),
            None => Block::new(BlockKind::Paragraph, *text, 1),
        };
        Document::new(Metadata::default(), texts.iter().map(block).collect())
    }

    /// Where a block of one text is in another.
    #[track_caller]
    fn check(texts: &[&str], block: usize, changed: &[&str], expected: Option<usize>) {
        let quote = Quote::of_block(&document(texts), block).unwrap();
        assert_eq!(blocks_of(&[&quote], &document(changed)), [expected]);
    }

    const TEXT: [&str; 5] = [
        "The title",
        "A first paragraph of some words.",
        "Summary",
        "What there is to say in short.",
        "The end of all that.",
    ];

    #[test]
    fn a_block_is_found_in_the_same_text_and_where_it_moved_to() {
        for block in 0..TEXT.len() {
            check(&TEXT, block, &TEXT, Some(block));
        }
        let moved = [&["~Share", "Something new."], &TEXT[..]].concat();
        check(&TEXT, 2, &moved, Some(4));
        let after = ["Other words stand here now.", "Summary", TEXT[3], TEXT[4]];
        check(&TEXT, 2, &after, Some(1));
    }

    #[test]
    fn words_that_are_gone_or_no_block_of_their_own_are_not_found() {
        check(&TEXT, 2, &[TEXT[0], TEXT[1], TEXT[3]], None);
        check(&TEXT, 2, &[TEXT[1], "Summary of all", TEXT[3]], None);
        check(&TEXT, 2, &[], None);
    }

    #[test]
    fn a_look_alike_elsewhere_is_not_taken_for_it() {
        check(
            &TEXT,
            2,
            &["Another text.", "Summary", "About something else."],
            None,
        );
        let long = "A whole sentence that nobody writes a second time by mere chance.";
        check(&["a", long, "b"], 1, &["c", "d", long, "e"], Some(2));
    }

    #[test]
    fn one_of_several_alike_is_told_by_what_stands_around_it_or_not_at_all() {
        let texts = [
            "Share",
            "One thing that is told.",
            "Share",
            "Two things that are told.",
            "Share",
        ];
        check(&texts, 2, &texts, Some(2));
        let moved = [&["New."], &texts[..]].concat();
        check(&texts, 2, &moved, Some(3));
        let same = ["Share", "again"].repeat(12);
        let moved = [&["New."], &same[..]].concat();
        check(&same, 12, &same, Some(12));
        check(&same, 12, &moved, None);
    }

    #[test]
    fn noise_is_found_and_what_counts_as_noise_does_not_matter() {
        let noisy = ["~Share", "Words", "~Read more", "Other words"];
        check(&noisy, 2, &noisy, Some(2));
        check(
            &noisy,
            1,
            &["Share", "~Words", "Read more", "Other words"],
            Some(1),
        );
    }

    proptest! {
        #[test]
        fn a_block_is_never_taken_for_one_of_other_words(
            texts in prop::collection::vec("[ab]{1,2}", 1..8), changed in prop::collection::vec("[ab]{1,2}", 0..8),
            block in 0..8_usize,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let changed: Vec<&str> = changed.iter().map(String::as_str).collect();
            let block = block % texts.len();
            let quote = Quote::of_block(&document(&texts), block).unwrap();
            prop_assert_eq!(blocks_of(&[&quote], &document(&texts)), [Some(block)]);
            if let Some(found) = blocks_of(&[&quote], &document(&changed))[0] {
                prop_assert_eq!(changed[found], texts[block]);
            }
        }
    }
}
