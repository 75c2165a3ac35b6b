//! Grows a forest: gradient boosting of oblivious trees with a vote for each class.
//!
//! Each tree is grown on what the ones before it got wrong (the gradient of the log loss). On each of its levels the one
//! question is asked that tells most when it is asked in all nodes at once. Votes are Newton steps, shrunk by `RATE`.

use liseuse::formats::headings::forest::{
    Ballot, CLASSES, Class, DEPTH, Forest, LEAVES, Tree, Votes, softmax,
};

/// Trees in a forest.
const TREES: usize = 160;
/// Part of a step that is taken.
const RATE: f32 = 0.075;
/// Keeps votes of small leaves small.
const RIDGE: f32 = 0.5;
/// Part of the questions that a tree may ask, and of the rows it sees.
const QUESTIONS: f32 = 0.35;
const ROWS: f32 = 0.7;
/// A side of a question holds at least so many rows, by weight.
const LEAST: f32 = 8.0;
/// No vote is greater.
const MOST: f32 = 1.5;
/// Values of a number are told apart by at most so many bounds.
const BINS: usize = 64;
/// Gradients of the classes, then the hessian, then the weight.
const WIDTH: usize = CLASSES + 2;

type Sums = [f32; WIDTH];

/// Rows with their classes and weights.
#[derive(Default)]
pub struct Examples {
    pub rows: Vec<Vec<f32>>,
    pub classes: Vec<Class>,
    pub weights: Vec<f32>,
}

/// Numbers without a pattern, the same each time (xorshift).
struct Dice(u64);

impl Dice {
    fn throw(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f32::from(u16::try_from(self.0 >> 48).unwrap_or(0)) / 65536.0
    }
}

/// A forest for these examples. The same examples and seed give the same forest.
pub fn grow(examples: &Examples, seed: u64) -> Forest {
    let mut grower = Grower::new(examples, seed);
    let mut forest = Forest {
        start: ballot(&grower.votes[0]),
        trees: Vec::with_capacity(TREES),
    };
    for _ in 0..TREES {
        let tree = grower.tree();
        forest.trees.push(tree);
    }
    forest
}

struct Grower<'a> {
    examples: &'a Examples,
    /// Bounds of each number, and for each number and row how many bounds its value is greater than.
    bounds: Vec<Vec<f32>>,
    bins: Vec<Vec<u8>>,
    /// The votes of each row so far.
    votes: Vec<Votes>,
    dice: Dice,
    sums: Vec<Sums>,
}

impl<'a> Grower<'a> {
    fn new(examples: &'a Examples, seed: u64) -> Self {
        let width = examples.rows[0].len();
        let bounds: Vec<Vec<f32>> = (0..width).map(|at| bounds(examples, at)).collect();
        let bin = |at: usize, row: &Vec<f32>| {
            u8::try_from(bounds[at].partition_point(|&bound| row[at] > bound)).unwrap_or(u8::MAX)
        };
        let bins = (0..width)
            .map(|at| examples.rows.iter().map(|row| bin(at, row)).collect())
            .collect();
        let mut totals = [1.0; CLASSES];
        for (class, weight) in examples.classes.iter().zip(&examples.weights) {
            totals[*class as usize] += weight;
        }
        let sum: f32 = totals.iter().sum();
        let start = totals.map(|total: f32| thousandth((total / sum).ln()));
        Self {
            examples,
            bounds,
            bins,
            votes: vec![start; examples.rows.len()],
            dice: Dice(0x9E37_79B9_7F4A_7C15 ^ (seed + 1)),
            sums: vec![[0.0; WIDTH]; BINS << (DEPTH - 1)],
        }
    }

    fn tree(&mut self) -> Tree {
        let count = self.examples.rows.len();
        let used: Vec<usize> = (0..count).filter(|_| self.dice.throw() < ROWS).collect();
        let pulls: Vec<Sums> = used.iter().map(|&i| self.pull(i)).collect();
        let asked: Vec<usize> = (0..self.bounds.len())
            .filter(|&at| self.dice.throw() < QUESTIONS && !self.bounds[at].is_empty())
            .collect();
        let mut leaves = vec![0_usize; used.len()];
        let mut questions = [(0, f32::MAX); DEPTH];
        let mut chosen = Vec::with_capacity(DEPTH);
        for (level, question) in questions.iter_mut().enumerate() {
            let Some((at, bin)) = self.question(&used, &pulls, &leaves, &asked) else {
                break;
            };
            *question = (u16::try_from(at).unwrap_or(0), self.bounds[at][bin]);
            chosen.push((at, bin));
            for (leaf, &i) in leaves.iter_mut().zip(&used) {
                *leaf |= usize::from(usize::from(self.bins[at][i]) > bin) << level;
            }
        }
        let votes = self.leaves(&used, &pulls, &leaves);
        for i in 0..count {
            let answers = chosen.iter().enumerate().map(|(level, &(at, bin))| {
                usize::from(usize::from(self.bins[at][i]) > bin) << level
            });
            for (sum, vote) in self.votes[i].iter_mut().zip(&votes[answers.sum::<usize>()]) {
                *sum += vote;
            }
        }
        let mut leaves = [Ballot::default(); LEAVES];
        for (leaf, votes) in leaves.iter_mut().zip(&votes) {
            *leaf = ballot(votes);
        }
        Tree { questions, leaves }
    }

    /// Gradients, hessian and weight of a row.
    fn pull(&self, i: usize) -> Sums {
        let weight = self.examples.weights[i];
        let mut pull = [0.0; WIDTH];
        for (class, p) in softmax(self.votes[i]).into_iter().enumerate() {
            let is_it = f32::from(u8::from(self.examples.classes[i] as usize == class));
            pull[class] = weight * (is_it - p);
            pull[CLASSES] += weight * p * (1.0 - p);
        }
        pull[CLASSES + 1] = weight;
        pull
    }

    /// The number and the bound that tell most in all leaves together.
    fn question(
        &mut self,
        used: &[usize],
        pulls: &[Sums],
        leaves: &[usize],
        asked: &[usize],
    ) -> Option<(usize, usize)> {
        let count = leaves
            .iter()
            .max()
            .map_or(1, |most| (most + 1).next_power_of_two());
        let mut best = (1e-6, None);
        for &at in asked {
            self.sums[..count * BINS].fill([0.0; WIDTH]);
            for ((&i, pull), leaf) in used.iter().zip(pulls).zip(leaves) {
                let cell = &mut self.sums[leaf * BINS + usize::from(self.bins[at][i])];
                for (sum, value) in cell.iter_mut().zip(pull) {
                    *sum += value;
                }
            }
            let mut gains = [0.0; BINS];
            for cells in self.sums[..count * BINS].chunks_exact(BINS) {
                add_gains(cells, &mut gains[..self.bounds[at].len()]);
            }
            for (bin, &gain) in gains.iter().enumerate() {
                if gain > best.0 {
                    best = (gain, Some((at, bin)));
                }
            }
        }
        best.1
    }

    fn leaves(&self, used: &[usize], pulls: &[Sums], leaf_of: &[usize]) -> Vec<Votes> {
        let mut pulled = vec![Votes::default(); LEAVES];
        let mut bent = vec![Votes::default(); LEAVES];
        for ((&i, pull), &leaf) in used.iter().zip(pulls).zip(leaf_of) {
            for (class, p) in softmax(self.votes[i]).into_iter().enumerate() {
                pulled[leaf][class] += pull[class];
                bent[leaf][class] += self.examples.weights[i] * p * (1.0 - p);
            }
        }
        let vote = |(pull, bend): (&f32, &f32)| {
            thousandth((RATE * pull / (bend + RIDGE)).clamp(-MOST, MOST))
        };
        let votes = |(pulled, bent): (&Votes, &Votes)| {
            let mut out = Votes::default();
            for (vote_of, pair) in out.iter_mut().zip(pulled.iter().zip(bent)) {
                *vote_of = vote(pair);
            }
            out
        };
        pulled.iter().zip(&bent).map(votes).collect()
    }
}

/// Adds what each bound gains in one leaf.
fn add_gains(cells: &[Sums], gains: &mut [f32]) {
    let score = |sums: &Sums| {
        sums[..CLASSES].iter().map(|sum| sum * sum).sum::<f32>() / (sums[CLASSES] + RIDGE)
    };
    let mut all = [0.0; WIDTH];
    for cell in cells {
        add(&mut all, cell);
    }
    if all[CLASSES + 1] == 0.0 {
        return;
    }
    let base = score(&all);
    let mut left = [0.0; WIDTH];
    for (gain, cell) in gains.iter_mut().zip(cells) {
        add(&mut left, cell);
        let mut right = all;
        for (rest, taken) in right.iter_mut().zip(&left) {
            *rest -= taken;
        }
        if left[CLASSES + 1] >= LEAST && right[CLASSES + 1] >= LEAST {
            *gain += score(&left) + score(&right) - base;
        }
    }
}

fn add(sums: &mut Sums, cell: &Sums) {
    for (sum, value) in sums.iter_mut().zip(cell) {
        *sum += value;
    }
}

/// As the table keeps it.
fn thousandth(value: f32) -> f32 {
    (value * 1000.0).round() * 0.001
}

/// Votes in thousandths, as a forest has them.
#[expect(clippy::cast_possible_truncation, reason = "votes are small")]
fn ballot(votes: &Votes) -> Ballot {
    let mut ballot = Ballot::default();
    for (thousandths, vote) in ballot.iter_mut().zip(votes) {
        *thousandths = (vote * 1000.0).round() as i16;
    }
    ballot
}

/// Bounds between the values of a number, about as many rows between each two of them.
fn bounds(examples: &Examples, at: usize) -> Vec<f32> {
    let mut all: Vec<f32> = examples.rows.iter().map(|row| row[at]).collect();
    all.sort_unstable_by(f32::total_cmp);
    let mut different = all.clone();
    different.dedup();
    if different.len() <= BINS {
        return different
            .windows(2)
            .map(|pair| between(pair[0], pair[1]))
            .collect();
    }
    let mut out: Vec<f32> = Vec::new();
    for k in 1..BINS {
        let value = all[k * all.len() / BINS - 1];
        let after = different.partition_point(|&other| other <= value);
        if after < different.len() {
            let bound = between(different[after - 1], different[after]);
            if out.last() != Some(&bound) {
                out.push(bound);
            }
        }
    }
    out
}

/// A value between two others that is short to write, where there is one.
fn between(low: f32, high: f32) -> f32 {
    let middle = f32::midpoint(low, high);
    let short = (middle * 1000.0).round() / 1000.0;
    if (low..high).contains(&short) {
        short
    } else {
        middle
    }
}
