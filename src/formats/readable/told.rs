//! How much of a piece is told elsewhere in the same words.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// So many words in a row are compared.
const RUN: usize = 3;

/// A text that pieces are compared with.
#[derive(Debug, Default)]
pub struct Told {
    runs: HashSet<u64>,
    words: HashSet<u64>,
}

impl Told {
    pub fn new(text: &str) -> Self {
        let words = hashes(text);
        Self {
            runs: words.windows(RUN).map(hash).collect(),
            words: words.into_iter().collect(),
        }
    }

    /// Which share of a text is told, from 0 to 1.
    pub fn share_of(&self, text: &str) -> f32 {
        if self.words.is_empty() {
            return 0.0;
        }
        let words = hashes(text);
        let (known, all) = if words.len() < RUN + 1 {
            (
                words
                    .iter()
                    .filter(|word| self.words.contains(word))
                    .count(),
                words.len(),
            )
        } else {
            let runs = words
                .windows(RUN)
                .filter(|run| self.runs.contains(&hash(run)));
            (runs.count(), words.len() + 1 - RUN)
        };
        if all == 0 {
            return 0.0;
        }
        #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
        let share = known as f32 / all as f32;
        share
    }
}

fn hashes(text: &str) -> Vec<u64> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words
        .map(|word| {
            let mut hasher = DefaultHasher::new();
            for c in word.chars().flat_map(char::to_lowercase) {
                c.hash(&mut hasher);
            }
            hasher.finish()
        })
        .collect()
}

fn hash(run: &[u64]) -> u64 {
    let mut hasher = DefaultHasher::new();
    run.hash(&mut hasher);
    hasher.finish()
}
