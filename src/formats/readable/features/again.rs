//! The second look: what the first told of a page, as numbers.

use std::collections::HashMap;

use super::{Row, Scene, number};
use crate::formats::html::tree::Id;
use crate::formats::readable::pieces::Piece;

impl Scene<'_> {
    /// Adds the numbers of the second look to the row of each piece; `votes` are the probabilities of the first.
    pub fn look_again(&self, votes: &[f32], rows: &mut [Row]) {
        let held = self.held(votes);
        let likes = self.liked(votes);
        let yeses: Vec<usize> = (0..votes.len())
            .filter(|&i| votes[i] > 0.5 && self.pieces.all[i].words > 5)
            .collect();
        let weight = |i: usize| number(self.pieces.all[i].words.min(60)) + 1.0;
        let kept: f32 = (0..votes.len()).map(|i| weight(i) * votes[i]).sum::<f32>() + 1.0;
        let mut kept_before = 0.0;
        for (at, row) in rows.iter_mut().enumerate() {
            let vote = |by: isize| {
                at.checked_add_signed(by)
                    .and_then(|i| votes.get(i))
                    .copied()
                    .unwrap_or(0.0)
            };
            row.extend([0, -1, -2, 1, 2].map(vote));
            let mean = |range: std::ops::Range<usize>| {
                let sum: f32 = range
                    .clone()
                    .filter(|&i| i != at)
                    .map(|i| weight(i) * votes[i])
                    .sum();
                let whole: f32 = range.filter(|&i| i != at).map(weight).sum();
                if whole > 0.0 { sum / whole } else { 0.0 }
            };
            row.push(mean(at.saturating_sub(5)..(at + 6).min(votes.len())));
            row.push(mean(at.saturating_sub(8)..at));
            row.push(mean(at + 1..(at + 9).min(votes.len())));
            for level in 0..4 {
                let around = self.around[at].get(level).and_then(|id| held.get(id));
                row.push(around.map_or(-1.0, |held| held.mean_without(weight(at), votes[at])));
            }
            row.push(likes[self.alike[at]].mean_without(weight(at), votes[at]));
            row.push(kept_before / kept);
            kept_before += weight(at) * votes[at];
            row.push(1.0 - kept_before / kept);
            let next = yeses.partition_point(|&yes| yes < at);
            let after = yeses.partition_point(|&yes| yes <= at);
            row.push(number(next.min(50)));
            row.push(number((yeses.len() - after).min(50)));
            row.push(
                next.checked_sub(1)
                    .map_or(100.0, |i| number((at - yeses[i]).min(100))),
            );
            row.push(
                yeses
                    .get(after)
                    .map_or(100.0, |&yes| number((yes - at).min(100))),
            );
            for level in [1, 2] {
                let around = self.around[at].get(level).and_then(|id| held.get(id));
                row.push(around.map_or(0.0, |held| held.votes / kept));
            }
        }
    }

    /// For each element, what the votes in it come to.
    fn held(&self, votes: &[f32]) -> HashMap<Id, Held> {
        let mut held: HashMap<Id, Held> = HashMap::new();
        for (i, up) in self.around.iter().enumerate() {
            for &id in up.iter().take(5) {
                held.entry(id)
                    .or_default()
                    .add(&self.pieces.all[i], votes[i]);
            }
        }
        // what an element holds deeper down counts too
        for (i, up) in self.around.iter().enumerate() {
            for &id in up.iter().skip(5) {
                if let Some(held) = held.get_mut(&id) {
                    held.add(&self.pieces.all[i], votes[i]);
                }
            }
        }
        held
    }

    fn liked(&self, votes: &[f32]) -> Vec<Held> {
        let mut liked = vec![Held::default(); self.likes.len()];
        for (i, &like) in self.alike.iter().enumerate() {
            liked[like].add(&self.pieces.all[i], votes[i]);
        }
        liked
    }
}

/// What votes come to.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    votes: f32,
    weight: f32,
}

impl Held {
    fn add(&mut self, piece: &Piece, vote: f32) {
        let weight = number(piece.words.min(60)) + 1.0;
        self.votes += weight * vote;
        self.weight += weight;
    }

    /// The mean vote of the others.
    fn mean_without(self, weight: f32, vote: f32) -> f32 {
        let rest = self.weight - weight;
        if rest < 0.5 {
            -1.0
        } else {
            (self.votes - weight * vote) / rest
        }
    }
}
