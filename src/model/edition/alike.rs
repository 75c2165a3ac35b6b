//! Whether one block was made of another: by what they share.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Of a block so much is looked at, in bytes.
const LOOKED_AT: usize = 4 * 1024;
/// Steps of comparing for all blocks of a text: beyond that nothing more is found to be alike.
const MAX_STEPS: usize = 20_000_000;
/// A text of no more words is compared by its characters.
const FEW: usize = 2;

/// What blocks consist of, each looked at once.
#[derive(Debug, Default)]
pub(super) struct Alike {
    bags: HashMap<u32, Bag>,
    steps: usize,
}

/// The words of a text in no order, or its characters.
#[derive(Debug)]
struct Bag {
    items: Vec<u64>,
    is_of_words: bool,
}

impl Alike {
    /// Whether two blocks, each with the hash of its text, share half of their words; of few words, most characters. `None`
    /// when too much was compared already.
    pub fn are_alike(&mut self, old: (u32, &str), new: (u32, &str)) -> Option<bool> {
        if self.is_spent() {
            return None;
        }
        for (hash, text) in [old, new] {
            self.bags.entry(hash).or_insert_with(|| Bag::of(text));
        }
        let (old, new) = (self.bags.get(&old.0)?, self.bags.get(&new.0)?);
        let all = old.items.len() + new.items.len();
        self.steps += all + 1;
        let shared = 2 * shared(&old.items, &new.items);
        Some(match (old.is_of_words, new.is_of_words) {
            (true, true) => shared * 2 >= all,
            (false, false) => shared * 10 >= 7 * all,
            (true, false) | (false, true) => false,
        })
    }
}

impl Alike {
    /// Whether too much was compared already.
    pub const fn is_spent(&self) -> bool {
        self.steps > MAX_STEPS
    }
}

impl Bag {
    fn of(text: &str) -> Self {
        let text = text[..text.floor_char_boundary(LOOKED_AT)].to_lowercase();
        let hash = |item: &str| {
            let mut hasher = DefaultHasher::new();
            item.hash(&mut hasher);
            hasher.finish()
        };
        let words = text.split(|c: char| !c.is_alphanumeric());
        let mut items: Vec<u64> = words.filter(|word| !word.is_empty()).map(hash).collect();
        let is_of_words = items.len() > FEW;
        if !is_of_words {
            items = text.chars().map(u64::from).collect();
        }
        items.sort_unstable();
        Self { items, is_of_words }
    }
}

/// How many items two bags have in common.
fn shared(old: &[u64], new: &[u64]) -> usize {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < old.len() && j < new.len() {
        match old[i].cmp(&new[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, shared) = (i + 1, j + 1, shared + 1);
            }
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: bool) {
        let found = Alike::default().are_alike((1, old), (2, new));
        assert_eq!(found, Some(expected), "{old} / {new}");
    }

    #[test]
    fn blocks_that_share_half_of_their_words_are_alike() {
        check(
            "The lamp was lit at six.",
            "The lamp was lit at SEVEN!",
            true,
        );
        check(
            "The lamp was lit at six.",
            "Nobody came that night, at last.",
            false,
        );
        check("The Oil", "The Oils", true);
        check("The Oil", "A Wick", false);
        check("漢字を書くのはむずかしい", "漢字を読むのはむずかしい", true);
        check("漢字", "A text of many words.", false);
        check("", "", true);
    }

    #[test]
    fn there_is_an_end_to_comparing() {
        let mut alike = Alike::default();
        let long = "a b c ".repeat(600);
        let told = (0..20_000).map(|_| alike.are_alike((1, &long), (2, "d e f g")));
        assert!(told.last().flatten().is_none());
    }
}
