//! Grows a forest by gradient boosting: log loss, Newton steps, trees that ask one question a level.

use liseuse::formats::readable::forest::{DEPTH, Forest, LEAVES, Tree};

/// A number is told apart into at most so many steps.
const BINS: usize = 48;
/// What each tree adds counts so much.
const RATE: f32 = 0.1;
/// Leaves with little weight vote little.
const CALM: f64 = 8.0;
/// Which share of the numbers a tree may ask, and of the rows it sees.
const ASKED: f64 = 0.4;
const SEEN: f64 = 0.6;

/// Rows to learn from.
pub struct Lesson<'a> {
    pub rows: Vec<&'a [f32]>,
    pub is_kept: Vec<bool>,
    pub weights: Vec<f32>,
    pub width: usize,
}

/// Numbers that look random and are the same each time.
pub struct Dice(pub u64);

impl Dice {
    /// From 0 to 1.
    pub fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        #[expect(clippy::cast_precision_loss, reason = "any number will do")]
        let share = (self.0 >> 11) as f64 / (1_u64 << 53) as f64;
        share
    }
}

/// The bounds between the steps of each number.
fn bounds(lesson: &Lesson, at: usize) -> Vec<f32> {
    let step = (lesson.rows.len() / 40_000).max(1);
    let mut values: Vec<f32> = lesson
        .rows
        .iter()
        .step_by(step)
        .map(|row| row[at])
        .collect();
    values.sort_by(f32::total_cmp);
    let mut bounds: Vec<f32> = (1..BINS)
        .map(|i| values[i * values.len() / BINS])
        .chain(values.iter().copied().filter(|v| *v > values[0]).take(1))
        .map(|v| (v * 1000.0).round() / 1000.0)
        .collect();
    bounds.sort_by(f32::total_cmp);
    bounds.dedup();
    // a question is "more than": nothing is more than the most
    bounds.retain(|bound| *bound < values[values.len() - 1]);
    if values[0] < values[values.len() - 1] && bounds.first() != Some(&values[0]) {
        bounds.insert(0, values[0]);
    }
    bounds
}

#[derive(Clone, Copy, Default)]
struct Slope {
    first: f64,
    second: f64,
}

/// A forest of so many trees.
pub fn grow(lesson: &Lesson, trees: usize, seed: u64) -> Forest {
    let bounds: Vec<Vec<f32>> = (0..lesson.width).map(|at| bounds(lesson, at)).collect();
    let steps: Vec<Vec<u8>> = bounds
        .iter()
        .enumerate()
        .map(|(at, bounds)| {
            let step = |row: &&[f32]| {
                u8::try_from(bounds.partition_point(|b| row[at] > *b)).expect("few steps")
            };
            lesson.rows.iter().map(step).collect()
        })
        .collect();
    let (mut kept, mut all) = (0.0, 0.0);
    for (is_kept, weight) in lesson.is_kept.iter().zip(&lesson.weights) {
        kept += if *is_kept { f64::from(*weight) } else { 0.0 };
        all += f64::from(*weight);
    }
    let mut forest = Forest {
        start: narrow((kept / (all - kept)).ln()),
        trees: Vec::new(),
    };
    let mut votes = vec![forest.start; lesson.rows.len()];
    let mut dice = Dice(seed | 1);
    for _ in 0..trees {
        let tree = tree(lesson, &bounds, &steps, &votes, &mut dice);
        for (vote, row) in votes.iter_mut().zip(&lesson.rows) {
            *vote += tree.leaves[tree.leaf(row)];
        }
        forest.trees.push(tree);
    }
    forest
}

fn tree(
    lesson: &Lesson,
    bounds: &[Vec<f32>],
    steps: &[Vec<u8>],
    votes: &[f32],
    dice: &mut Dice,
) -> Tree {
    let seen: Vec<usize> = (0..votes.len()).filter(|_| dice.roll() < SEEN).collect();
    let asked: Vec<usize> = (0..lesson.width)
        .filter(|&at| !bounds[at].is_empty() && dice.roll() < ASKED)
        .collect();
    let slopes: Vec<(f32, f32)> = seen
        .iter()
        .map(|&i| {
            let p = 1.0 / (1.0 + (-votes[i]).exp());
            let truth = f32::from(u8::from(lesson.is_kept[i]));
            (
                (truth - p) * lesson.weights[i],
                p * (1.0 - p) * lesson.weights[i],
            )
        })
        .collect();
    let mut leaves = vec![0_u8; seen.len()];
    let mut questions = [(0, f32::MAX); DEPTH];
    for (level, question) in questions.iter_mut().enumerate() {
        let halves = asked.split_at(asked.len() / 2);
        let look =
            |asked: &[usize]| best_question(asked, bounds, steps, &seen, &slopes, &leaves, level);
        let (one, other) = std::thread::scope(|scope| {
            let one = scope.spawn(|| look(halves.0));
            let other = look(halves.1);
            (one.join().expect("no panic"), other)
        });
        let Some((_, at, bound)) = [one, other]
            .into_iter()
            .flatten()
            .max_by(|a, b| a.0.total_cmp(&b.0))
        else {
            break;
        };
        *question = (u16::try_from(at).expect("few numbers"), bounds[at][bound]);
        for (leaf, &i) in leaves.iter_mut().zip(&seen) {
            *leaf |= u8::from(usize::from(steps[at][i]) > bound) << level;
        }
    }
    let mut sums = [Slope::default(); LEAVES];
    for (leaf, slope) in leaves.iter().zip(&slopes) {
        sums[usize::from(*leaf)].first += f64::from(slope.0);
        sums[usize::from(*leaf)].second += f64::from(slope.1);
    }
    let vote = |sum: &Slope| {
        let vote = RATE * narrow(sum.first / (sum.second + CALM));
        // as it will be written
        (vote * 1000.0).round() / 1000.0
    };
    Tree {
        questions,
        leaves: sums.iter().map(vote).collect(),
    }
}

fn best_question(
    asked: &[usize],
    bounds: &[Vec<f32>],
    steps: &[Vec<u8>],
    seen: &[usize],
    slopes: &[(f32, f32)],
    leaves: &[u8],
    level: usize,
) -> Option<(f64, usize, usize)> {
    let count = 1 << level;
    let mut best: Option<(f64, usize, usize)> = None;
    for &at in asked {
        let width = bounds[at].len() + 1;
        let mut sums = vec![Slope::default(); count * width];
        for ((&i, slope), leaf) in seen.iter().zip(slopes).zip(leaves) {
            let sum = &mut sums[usize::from(*leaf) * width + usize::from(steps[at][i])];
            sum.first += f64::from(slope.0);
            sum.second += f64::from(slope.1);
        }
        let mut gains = vec![0.0; width - 1];
        for leaf in sums.chunks(width) {
            let all = leaf.iter().fold(Slope::default(), |all, sum| Slope {
                first: all.first + sum.first,
                second: all.second + sum.second,
            });
            let mut low = Slope::default();
            for (gain, sum) in gains.iter_mut().zip(leaf) {
                low.first += sum.first;
                low.second += sum.second;
                let (first, second) = (all.first - low.first, all.second - low.second);
                *gain +=
                    low.first * low.first / (low.second + CALM) + first * first / (second + CALM);
            }
        }
        for (bound, gain) in gains.into_iter().enumerate() {
            if best.is_none_or(|(most, _, _)| gain > most) {
                best = Some((gain, at, bound));
            }
        }
    }
    best
}

#[expect(clippy::cast_possible_truncation, reason = "votes need no more")]
const fn narrow(value: f64) -> f32 {
    value as f32
}
