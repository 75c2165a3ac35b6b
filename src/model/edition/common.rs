//! What two sequences have in common, in order: found quickly however different they are.
//!
//! What only one of them has is left out first. Small rests are compared by Myers' algorithm (E. W. Myers: An O(ND)
//! Difference Algorithm and Its Variations, 1986), which finds all that can be had but takes the product of the length and
//! the differences; large ones are cut at what each has once and in the same order, as in Bram Cohen's patience
//! difference, until they are small. No clock bounds the work, so that the same is found on every machine.

use std::collections::HashMap;
use std::convert::Infallible;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use similar::algorithms::{DiffHook, myers};

/// Rests of no more elements, of both sequences together, are compared by Myers' algorithm.
const SMALL: usize = 2048;
/// What is cut at: one that both have once, else so many in a row.
const WINDOWS: [usize; 3] = [1, 4, 16];
/// How often a rest is cut into smaller ones. What is still large then has next to nothing in common.
const MAX_CUTS: u32 = 16;

/// The pairs of places at which both have the same, rising in both. Time: n log n, and for what is small and repeated no
/// more than [`SMALL`] steps for each element.
pub(super) fn common(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut both = Common {
        old,
        new,
        pairs: Vec::new(),
    };
    both.compare(0..old.len(), 0..new.len(), 0);
    both.pairs
}

struct Common<'a> {
    old: &'a [u32],
    new: &'a [u32],
    pairs: Vec<(usize, usize)>,
}

impl Common<'_> {
    fn compare(&mut self, mut old: Range<usize>, mut new: Range<usize>, cuts: u32) {
        while !old.is_empty() && !new.is_empty() && self.old[old.start] == self.new[new.start] {
            self.pairs.push((old.start, new.start));
            old.start += 1;
            new.start += 1;
        }
        let mut ends = 0;
        while !old.is_empty() && !new.is_empty() && self.old[old.end - 1] == self.new[new.end - 1] {
            old.end -= 1;
            new.end -= 1;
            ends += 1;
        }
        self.compare_middle(old.clone(), new.clone(), cuts);
        let ends = (old.end..old.end + ends).zip(new.end..new.end + ends);
        self.pairs.extend(ends);
    }

    /// Neither begins nor ends with the same.
    fn compare_middle(&mut self, old: Range<usize>, new: Range<usize>, cuts: u32) {
        let counts = self.counts(old.clone(), new.clone());
        let in_both = |at: &u32| counts.get(at).is_some_and(|c| c.old > 0 && c.new > 0);
        let left: Vec<usize> = old.filter(|&i| in_both(&self.old[i])).collect();
        let right: Vec<usize> = new.filter(|&i| in_both(&self.new[i])).collect();
        if left.is_empty() {
            return;
        }
        if left.len() + right.len() <= SMALL {
            let values = |of: &[u32], places: &[usize]| -> Vec<u32> {
                places.iter().map(|&i| of[i]).collect()
            };
            let found = myers_pairs(&values(self.old, &left), &values(self.new, &right));
            self.pairs
                .extend(found.into_iter().map(|(i, j)| (left[i], right[j])));
        } else if cuts < MAX_CUTS {
            self.cut(&left, &right, cuts);
        }
    }

    /// Cuts at what both have once, and compares what lies between.
    fn cut(&mut self, left: &[usize], right: &[usize], cuts: u32) {
        let anchors = WINDOWS.iter().find_map(|&window| {
            let anchors = longest_rising(&self.once(left, right, window));
            (!anchors.is_empty()).then_some(anchors)
        });
        let (Some(anchors), [first, .., last], [first_new, .., last_new]) = (anchors, left, right)
        else {
            return;
        };
        let (mut old, mut new) = (*first, *first_new);
        for (i, j) in anchors {
            self.compare(old..i, new..j, cuts + 1);
            self.pairs.push((i, j));
            (old, new) = (i + 1, j + 1);
        }
        self.compare(old..last + 1, new..last_new + 1, cuts + 1);
    }

    /// The places in both where so many in a row begin that both have once.
    fn once(&self, left: &[usize], right: &[usize], window: usize) -> Vec<(usize, usize)> {
        let key = |of: &[u32], places: &[usize]| {
            let mut hasher = DefaultHasher::new();
            for &i in places {
                of[i].hash(&mut hasher);
            }
            hasher.finish()
        };
        let mut counts: HashMap<u64, Count> = HashMap::with_capacity(left.len());
        let keys: Vec<u64> = left.windows(window).map(|at| key(self.old, at)).collect();
        for key in &keys {
            counts.entry(*key).or_default().old += 1;
        }
        for at in right.windows(window) {
            if let Some(count) = counts.get_mut(&key(self.new, at)) {
                count.new += 1;
                count.at = at[0];
            }
        }
        let once = left.iter().zip(&keys).filter_map(|(&i, key)| {
            let count = counts[key];
            // hashes may be the same by chance
            let is_same = self.old[i] == self.new[count.at];
            (count.old == 1 && count.new == 1 && is_same).then_some((i, count.at))
        });
        once.collect()
    }

    fn counts(&self, old: Range<usize>, new: Range<usize>) -> HashMap<u32, Count> {
        let mut counts: HashMap<u32, Count> = HashMap::with_capacity(old.len());
        for i in old {
            counts.entry(self.old[i]).or_default().old += 1;
        }
        for i in new {
            if let Some(count) = counts.get_mut(&self.new[i]) {
                count.new += 1;
            }
        }
        counts
    }
}

/// How often something stands in each sequence.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    old: usize,
    new: usize,
    /// Where it stood last in the new one, if that is asked for.
    at: usize,
}

/// Of pairs that rise on the left, the most that rise on the right, too: by patience sorting.
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // the pair on top of each pile, and for each pair the one below it on the pile before
    let mut tops: Vec<usize> = Vec::new();
    let mut below: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (i, pair) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|&top| pairs[top].1 < pair.1);
        below.push(pile.checked_sub(1).map(|pile| tops[pile]));
        if pile == tops.len() {
            tops.push(i);
        } else {
            tops[pile] = i;
        }
    }
    let mut rising = Vec::with_capacity(tops.len());
    let mut at = tops.last().copied();
    while let Some(i) = at {
        rising.push(pairs[i]);
        at = below[i];
    }
    rising.reverse();
    rising
}

fn myers_pairs(old: &[u32], new: &[u32]) -> Vec<(usize, usize)> {
    let mut pairs = Pairs(Vec::new());
    let Ok(()) = myers::diff(&mut pairs, old, 0..old.len(), new, 0..new.len());
    pairs.0
}

struct Pairs(Vec<(usize, usize)>);

impl DiffHook for Pairs {
    type Error = Infallible;

    fn equal(&mut self, old: usize, new: usize, length: usize) -> Result<(), Infallible> {
        self.0.extend((old..old + length).zip(new..new + length));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        let numbers = |text: &str| -> Vec<u32> { text.chars().map(u32::from).collect() };
        let found = common(&numbers(old), &numbers(new));
        let letters: Vec<char> = old.chars().collect();
        let found: String = found.iter().map(|&(i, _)| letters[i]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_common_is_found_in_order() {
        check("", "abc", "");
        check("abc", "abc", "abc");
        check("abc", "axc", "ac");
        check("abcd", "bcde", "bcd");
        check("xyz", "abc", "");
        check("aaa", "aa", "aa");
        check("abcabba", "xcbbay", "cbba");
    }

    #[test]
    fn what_is_large_is_cut_where_it_is_certain() {
        let old: Vec<u32> = (0..10_000).collect();
        // every tenth is another one, and a stretch in the middle has moved to the end
        let mut new: Vec<u32> = (0..10_000)
            .map(|i| if i % 10 == 0 { i + 100_000 } else { i })
            .collect();
        let moved: Vec<u32> = new.drain(4000..4100).collect();
        new.extend(moved);
        assert_eq!(common(&old, &new).len(), 9000 - 90);
    }

    #[test]
    fn what_has_nothing_in_common_is_told_at_once() {
        let old: Vec<u32> = (0..100_000).collect();
        let new: Vec<u32> = (100_000..200_000).collect();
        assert_eq!(common(&old, &new), []);
        let backwards: Vec<u32> = old.iter().rev().copied().collect();
        assert_eq!(common(&old, &backwards).len(), 1);
        // many that stand there again and again: no end of pairs, and none of them certain
        let often: Vec<u32> = old.iter().map(|i| i % 7).collect();
        let others: Vec<u32> = old.iter().map(|i| i % 5).collect();
        assert!(common(&often, &others).len() <= 100_000);
    }

    /// The length of the longest common subsequence.
    fn longest(old: &[u32], new: &[u32]) -> usize {
        let mut row = vec![0; new.len() + 1];
        for i in old {
            let mut diagonal = 0;
            for (j, n) in new.iter().enumerate() {
                let above = row[j + 1];
                row[j + 1] = if i == n {
                    diagonal + 1
                } else {
                    above.max(row[j])
                };
                diagonal = above;
            }
        }
        row[new.len()]
    }

    proptest! {
        #[test]
        fn of_what_is_small_nothing_is_missed(
            old in prop::collection::vec(0..6_u32, 0..40),
            new in prop::collection::vec(0..6_u32, 0..40),
        ) {
            let pairs = common(&old, &new);
            prop_assert!(pairs.iter().all(|&(i, j)| old[i] == new[j]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
            prop_assert_eq!(pairs.len(), longest(&old, &new));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn large_ones_are_compared_soundly(
            old in prop::collection::vec(0..3000_u32, 1200..2600),
            new in prop::collection::vec(0..3000_u32, 1200..2600),
        ) {
            let pairs = common(&old, &new);
            prop_assert!(pairs.iter().all(|&(i, j)| old[i] == new[j]));
            prop_assert!(pairs.windows(2).all(|two| two[0].0 < two[1].0 && two[0].1 < two[1].1));
        }
    }
}
