//! Where in a text words of a quote stand, so that it is compared only where it may be found: the short beginnings of all
//! words, looked up by their hash.

use std::collections::HashMap;

/// How many characters of a word and what follows it are looked up.
const SEED: usize = 7;
/// … where every character is a word.
const SEED_OF_CHARACTERS: usize = 3;
/// A seed that stands at more places tells nothing.
const MOST: usize = 64;
/// Places that differ by no more bytes than this are one.
pub(super) const NEAR: usize = 96;

/// The seeds of a text.
#[derive(Debug)]
pub(super) struct Seeds {
    /// Hash and byte, ordered.
    places: Vec<(u32, u32)>,
}

impl Seeds {
    /// The seeds of a folded text.
    pub fn of(text: &str) -> Self {
        let mut places: Vec<(u32, u32)> = seeds(text)
            .filter_map(|(hash, at)| Some((hash, u32::try_from(at).ok()?)))
            .collect();
        places.sort_unstable();
        Self { places }
    }

    /// About which bytes of the text words may begin that have `before` bytes of surroundings before them, the likeliest
    /// first, at most `most`.
    pub fn likely(&self, with_surroundings: &str, before: usize, most: usize) -> Vec<usize> {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        for (hash, at) in seeds(with_surroundings) {
            let first = self.places.partition_point(|&(h, _)| h < hash);
            let here = self.places[first..].iter().take_while(|&&(h, _)| h == hash);
            if here.clone().nth(MOST).is_some() {
                continue;
            }
            for &(_, place) in here {
                let begin = (place as usize + before).saturating_sub(at);
                *votes.entry(begin / NEAR).or_default() += 1;
            }
        }
        // a place may lie on the border of two
        let sum =
            |slot: usize| votes.get(&slot).unwrap_or(&0) + votes.get(&(slot + 1)).unwrap_or(&0);
        let mut slots: Vec<(usize, usize)> = votes.keys().map(|&slot| (sum(slot), slot)).collect();
        slots.sort_unstable_by_key(|&(votes, slot)| (std::cmp::Reverse(votes), slot));
        slots.truncate(most);
        slots
            .into_iter()
            .map(|(_, slot)| (slot + 1) * NEAR)
            .collect()
    }
}

/// The hash and place of the beginning of each word.
fn seeds(text: &str) -> impl Iterator<Item = (u32, usize)> {
    let mut was_letter = false;
    text.char_indices().filter_map(move |(at, c)| {
        let is_word = stands_alone(c);
        let begins = c.is_alphanumeric() && (!was_letter || is_word);
        was_letter = c.is_alphanumeric() && !is_word;
        if !begins {
            return None;
        }
        let length = if is_word { SEED_OF_CHARACTERS } else { SEED };
        hash(&text[at..], length).map(|hash| (hash, at))
    })
}

/// The hash of the first characters; `None` when there are fewer. FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo), of 32 bits.
fn hash(text: &str, length: usize) -> Option<u32> {
    let mut hash = 0x811c_9dc5_u32;
    let mut count = 0;
    for c in text.chars().take(length) {
        hash = (hash ^ u32::from(c)).wrapping_mul(0x0100_0193);
        count += 1;
    }
    (count == length).then_some(hash)
}

/// Whether words are not told apart by spaces in its script, or it is one by itself.
pub(super) const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, quote: &str, expected: usize) {
        let likely = Seeds::of(text).likely(quote, 0, 2);
        let place = *likely.first().expect("a place");
        assert!(
            place.abs_diff(expected) <= NEAR,
            "{place} is not {expected}"
        );
    }

    #[test]
    fn a_quote_is_looked_for_where_its_words_are() {
        let filler = "Nothing of this is like it at all, and it goes on. ".repeat(40);
        let words = "Seldom had the harbour been quieter than on that morning.";
        let text = format!("{filler}{words}{filler}");
        check(&text, words, filler.len());
        check(
            &text,
            "Seldom had a harbour bean quieter than on that mourning.",
            filler.len(),
        );
        let filler = "这里没有什么可看的。".repeat(60);
        let text = format!("{filler}港口从来没有这么安静过{filler}");
        check(&text, "港口从没有这么安静过", filler.len());
    }

    #[test]
    fn nothing_is_likely_where_nothing_is_alike() {
        assert!(
            Seeds::of("abc def")
                .likely("wholly other words", 0, 2)
                .is_empty()
        );
        assert!(Seeds::of("").likely("", 0, 2).is_empty());
    }
}
