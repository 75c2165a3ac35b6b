//! The text of an article as the reader last had it, and what has changed in it since.
//!
//! What is kept of it is a hash of each block. Where the texts of the blocks were kept, too, it can also be told what stood
//! there before.

mod alike;
mod common;
mod words;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::document::{BlockKind, Document};
use super::quote::fold;
use alike::Alike;

pub use words::{Piece, What, words};

/// Of a text of more blocks nothing is kept.
const MAX_BLOCKS: usize = 20_000;

/// The text as the reader last had it: a hash of each of its blocks, noise left out, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edition {
    /// See [`hash`].
    pub blocks: Vec<u32>,
}

/// The texts of the blocks of an edition, as far as they are known, by their hashes.
pub type Texts = HashMap<u32, String>;

/// The hash of a block's text: the first four bytes of its BLAKE3, without what does not count when words are compared
/// (white space, forms of quotation marks and dashes). It stands in journals: it stays as it is for ever.
pub fn hash(text: &str) -> u32 {
    let hash = blake3::hash(fold(text).as_bytes());
    let [a, b, c, d, ..] = *hash.as_bytes();
    u32::from_be_bytes([a, b, c, d])
}

/// The blocks of a document that count, each with its hash: those that are no noise by the text, whatever the reader says of
/// them, since that is no change of the text.
fn hashed(document: &Document) -> impl Iterator<Item = (usize, u32)> {
    let blocks = document.blocks().iter().enumerate();
    let is_text = |i: usize| document.parsed_kind(i) != Some(BlockKind::Noise);
    let blocks = blocks.filter(move |(i, block)| is_text(*i) && !block.text.trim().is_empty());
    blocks.map(|(i, block)| (i, hash(&block.text)))
}

impl Edition {
    /// The edition that a document is. `None` when it is empty or has more than 20,000 blocks.
    pub fn of(document: &Document) -> Option<Self> {
        if document.blocks().len() > MAX_BLOCKS {
            return None;
        }
        let blocks: Vec<u32> = hashed(document).map(|(_, hash)| hash).collect();
        (!blocks.is_empty()).then_some(Self { blocks })
    }
}

/// What a block is since an edition was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was not there.
    New,
    /// Some of it was not there.
    Changed,
}

/// How many blocks are new, have changed or are gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// New ones.
    pub new: usize,
    /// Changed ones.
    pub changed: usize,
    /// Removed ones.
    pub removed: usize,
}

/// One thing that has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    /// The block that is new or has changed, or before which some were removed; the number of blocks for the end.
    block: usize,
    /// The hashes of what stood there: none where the block is new.
    old: Vec<u32>,
    /// Whether the block itself is new or has changed; else the old ones were removed before it.
    is_block: bool,
    /// Whether the reader has seen it.
    is_seen: bool,
}

/// What has changed in a document since an edition of it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// By block; what was removed before a block comes before the block.
    items: Vec<Item>,
    /// The blocks of the document that count.
    now: Vec<(usize, u32)>,
    /// How many blocks the document has.
    len: usize,
    before: Texts,
}

impl Changes {
    /// What has changed in a document since this edition of it was read; `before` are the texts of its blocks, as far as
    /// they are known. Blocks that only stand elsewhere have not changed.
    ///
    /// A block that stands where another stood was made of it if they share half of their words; where the other's text is
    /// not known, if it is the next in order.
    pub fn of(edition: &Edition, document: &Document, before: Texts) -> Self {
        let mut changes = Self {
            before,
            ..Self::none(document)
        };
        if changes.len <= MAX_BLOCKS {
            changes.find(&edition.blocks, document);
        }
        changes
    }

    /// Nothing has changed in a document that was not read before.
    pub fn none(document: &Document) -> Self {
        let is_kept = document.blocks().len() <= MAX_BLOCKS;
        Self {
            now: if is_kept {
                hashed(document).collect()
            } else {
                Vec::new()
            },
            len: document.blocks().len(),
            ..Self::default()
        }
    }

    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// What a block is.
    pub fn of_block(&self, block: usize) -> Option<Change> {
        let item = self.items_at(block).iter().find(|item| item.is_block)?;
        Some(if item.old.is_empty() {
            Change::New
        } else {
            Change::Changed
        })
    }

    /// How many blocks were removed between the one before and this one; the number of blocks stands for the end.
    pub fn removed_before(&self, block: usize) -> usize {
        let removed = self.items_at(block).iter().filter(|item| !item.is_block);
        removed.map(|item| item.old.len()).sum()
    }

    /// How many blocks there are of each.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for item in &self.items {
            match (item.is_block, item.old.is_empty()) {
                (true, true) => counts.new += 1,
                (true, false) => counts.changed += 1,
                (false, _) => counts.removed += item.old.len(),
            }
        }
        counts
    }

    /// Where something has changed, in order: the blocks, and the last one for what was removed at the end.
    pub fn blocks(&self) -> impl DoubleEndedIterator<Item = usize> {
        let last = self.len.saturating_sub(1);
        self.items.iter().map(move |item| item.block.min(last))
    }

    /// The text that a changed block had, if that is known.
    pub fn old_text(&self, block: usize) -> Option<&str> {
        let item = self.items_at(block).iter().find(|item| item.is_block)?;
        self.text(*item.old.first()?)
    }

    /// The texts of the blocks that were removed before a block, each if it is known.
    pub fn removed_texts(&self, block: usize) -> impl Iterator<Item = Option<&str>> {
        let removed = self.items_at(block).iter().filter(|item| !item.is_block);
        removed
            .flat_map(|item| &item.old)
            .map(|hash| self.text(*hash))
    }

    /// These blocks were on the screen long enough to be read. Whether something was seen that was not before.
    pub fn see(&mut self, blocks: Range<usize>) -> bool {
        let last = self.len.saturating_sub(1);
        let mut is_news = false;
        for item in &mut self.items {
            if blocks.contains(&item.block.min(last)) && !item.is_seen {
                item.is_seen = true;
                is_news = true;
            }
        }
        is_news
    }

    /// The edition that the reader has now: as it was before where something that has changed was not seen.
    pub fn edition(&self) -> Edition {
        let mut blocks = Vec::with_capacity(self.now.len());
        let mut items = self.items.iter().peekable();
        for &(block, hash) in &self.now {
            let mut own = Some(hash);
            while let Some(item) = items.next_if(|item| item.block <= block) {
                if item.is_seen {
                    continue;
                }
                blocks.extend(&item.old);
                if item.is_block {
                    own = None;
                }
            }
            blocks.extend(own);
        }
        let rest = items.filter(|item| !item.is_seen);
        blocks.extend(rest.flat_map(|item| &item.old));
        Edition { blocks }
    }

    /// The texts of the edition that the reader has now, each once, as far as they are known.
    pub fn texts(&self, document: &Document) -> Vec<String> {
        let mut wanted: HashSet<u32> = self.edition().blocks.into_iter().collect();
        let mut texts = Vec::new();
        for (block, hash) in &self.now {
            if wanted.remove(hash) {
                texts.extend(document.blocks().get(*block).map(|it| it.text.clone()));
            }
        }
        texts.extend(
            wanted
                .iter()
                .filter_map(|hash| self.before.get(hash).cloned()),
        );
        texts
    }

    /// Whether all that has changed was seen.
    pub fn is_seen(&self) -> bool {
        self.items.iter().all(|item| item.is_seen)
    }

    /// The text of an old block, if it is known.
    fn text(&self, hash: u32) -> Option<&str> {
        self.before.get(&hash).map(String::as_str)
    }

    fn items_at(&self, block: usize) -> &[Item] {
        let start = self.items.partition_point(|item| item.block < block);
        let end = self.items.partition_point(|item| item.block <= block);
        &self.items[start..end]
    }

    fn find(&mut self, old: &[u32], document: &Document) {
        let kept_old = kept(old.iter().copied(), self.now.iter().map(|(_, hash)| *hash));
        let kept_new = kept(self.now.iter().map(|(_, hash)| *hash), old.iter().copied());
        let mut alike = Alike::default();
        let mut from = (0, 0);
        let mut anchors = anchors(old, &self.now);
        anchors.push((old.len(), self.now.len()));
        for (old_end, new_end) in anchors {
            let gone = (from.0..old_end).filter(|i| !kept_old[*i]).map(|i| old[i]);
            let fresh = (from.1..new_end).filter(|i| !kept_new[*i]);
            let fresh: Vec<usize> = fresh.map(|i| self.now[i].0).collect();
            let end = self.now.get(new_end).map_or(self.len, |(block, _)| *block);
            self.fill_gap(
                &gone.collect::<Vec<_>>(),
                &fresh,
                end,
                (document, &mut alike),
            );
            from = (old_end + 1, new_end + 1);
        }
        self.items.sort_by_key(|item| (item.block, item.is_block));
    }

    /// Tells which of the new blocks between two that stayed were made of which old ones.
    fn fill_gap(
        &mut self,
        gone: &[u32],
        fresh: &[usize],
        end: usize,
        (document, alike): (&Document, &mut Alike),
    ) {
        let mut item = |block, old: &[u32], is_block| {
            self.items.push(Item {
                block,
                old: old.to_vec(),
                is_block,
                is_seen: false,
            });
        };
        let mut next = 0;
        let mut left: &[u32] = gone;
        for (number, block) in fresh.iter().enumerate() {
            let text = document.blocks()[*block].text.as_str();
            let new = hash(text);
            let is_spent = alike.is_spent();
            // `None` where it is not known whether the block was made of that one
            let mut is_of = |hash: &u32| {
                let old = self.before.get(hash)?;
                alike.are_alike((*hash, old), (new, text))
            };
            let looked_at = if is_spent { 0 } else { left.len() };
            let made_of = left[..looked_at]
                .iter()
                .position(|hash| is_of(hash) == Some(true));
            let unknown = || is_of(left.first()?).is_none().then_some(0);
            let Some(at) = made_of.or_else(unknown) else {
                item(*block, &[], true);
                continue;
            };
            if at > 0 {
                item(*block, &left[..at], false);
            }
            item(*block, &left[at..=at], true);
            left = &left[at + 1..];
            next = number + 1;
        }
        if !left.is_empty() {
            item(fresh.get(next).copied().unwrap_or(end), left, false);
        }
    }
}

/// Which of some hashes are among others, each as often as it is there.
fn kept(hashes: impl Iterator<Item = u32>, others: impl Iterator<Item = u32>) -> Vec<bool> {
    let mut left: HashMap<u32, usize> = HashMap::new();
    for other in others {
        *left.entry(other).or_default() += 1;
    }
    let take = |hash: u32| match left.get_mut(&hash) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        Some(_) | None => false,
    };
    hashes.map(take).collect()
}

/// The blocks that stayed where they were among each other: of those that stand once in both, the longest row in the same
/// order (patience sorting).
fn anchors(old: &[u32], new: &[(usize, u32)]) -> Vec<(usize, usize)> {
    let mut places: HashMap<u32, (usize, usize, usize)> = HashMap::new();
    for (j, (_, hash)) in new.iter().enumerate() {
        let place = places.entry(*hash).or_default();
        *place = (place.0 + 1, j, 0);
    }
    for hash in old {
        if let Some(place) = places.get_mut(hash) {
            place.2 += 1;
        }
    }
    let pairs: Vec<(usize, usize)> = old
        .iter()
        .enumerate()
        .filter_map(|(i, hash)| match places.get(hash) {
            Some(&(1, j, 1)) => Some((i, j)),
            Some(_) | None => None,
        })
        .collect();
    // the last pair of the best row of each length, and the pair before each
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (number, (_, j)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *j);
        before.push(length.checked_sub(1).map(|at| ends[at]));
        if length == ends.len() {
            ends.push(number);
        } else {
            ends[length] = number;
        }
    }
    let last = ends.last().copied();
    let mut row: Vec<(usize, usize)> = std::iter::successors(last, |at| before[*at])
        .map(|at| pairs[at])
        .collect();
    row.reverse();
    row
}

#[cfg(test)]
mod tests;
