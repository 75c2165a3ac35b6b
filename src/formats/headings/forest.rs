//! A forest of small trees that votes for what a block is, and its table.
//!
//! Every level of a tree asks one question of all its nodes (an *oblivious* tree), so that a leaf is found without a jump:
//! its number has one bit for each answer. A leaf holds a vote for each class; the sums of the votes are turned into
//! probabilities (softmax).

use std::fmt;

/// What a block may be to the forest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Running text.
    Body,
    /// A heading.
    Heading,
    /// The title.
    Title,
    /// Of the page, not of the article; bylines and dates too.
    Noise,
    /// What stands under a picture.
    Caption,
    /// An item of a list.
    Item,
}

/// How many classes there are.
pub const CLASSES: usize = 6;
/// How many questions a tree asks.
pub const DEPTH: usize = 5;
/// How many leaves a tree has.
pub const LEAVES: usize = 1 << DEPTH;

/// A number for each class.
pub type Votes = [f32; CLASSES];

/// One tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Which number of the row is asked, and what it has to be greater than.
    pub questions: [(u16, f32); DEPTH],
    /// The votes of each leaf.
    pub leaves: Vec<Votes>,
}

impl Tree {
    /// The leaf of a row.
    pub fn leaf(&self, row: &[f32]) -> usize {
        let answer = |(i, (at, bound)): (usize, &(u16, f32))| {
            usize::from(row[usize::from(*at)] > *bound) << i
        };
        self.questions.iter().enumerate().map(answer).sum()
    }
}

/// Trees that vote together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    /// What is known before any question.
    pub start: Votes,
    /// The trees.
    pub trees: Vec<Tree>,
}

/// Takes a whole number and the space after it from the front of a line. Some sixty thousand are read before the first
/// article is shown: this takes a tenth of the time of splitting and parsing.
fn take_number(line: &mut &[u8]) -> Option<i32> {
    let sign = if line.first() == Some(&b'-') { -1 } else { 1 };
    let digits = &line[usize::from(sign < 0)..];
    let end = digits
        .iter()
        .position(|&b| b == b' ')
        .unwrap_or(digits.len());
    let mut number = 0_i32;
    for digit in &digits[..end] {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number = number.checked_mul(10)?.checked_add(i32::from(digit))?;
    }
    *line = digits.get(end + 1..).unwrap_or_default();
    (end > 0).then_some(sign * number)
}

/// Votes are written as whole numbers of this part.
const UNIT: f32 = 0.001;

impl Forest {
    /// The probability of each class.
    pub fn probabilities(&self, row: &[f32]) -> Votes {
        let mut votes = self.start;
        self.add(row, &mut votes);
        softmax(votes)
    }

    /// Adds the votes of all trees for a row.
    pub fn add(&self, row: &[f32], votes: &mut Votes) {
        for tree in &self.trees {
            for (sum, vote) in votes.iter_mut().zip(&tree.leaves[tree.leaf(row)]) {
                *sum += vote;
            }
        }
    }

    /// Reads lines that [`fmt::Display`] wrote. `None` when a line is not one of them, or asks for more than `width`
    /// numbers.
    pub fn parse<'a>(lines: impl Iterator<Item = &'a str>, names: &[&str]) -> Option<Self> {
        let mut forest = Self::default();
        for line in lines {
            let (head, rest) = line.split_once(" = ")?;
            let mut rest = rest.as_bytes();
            let mut next = || -> Option<Votes> {
                let mut all = Votes::default();
                for vote in &mut all {
                    *vote = from_unit(take_number(&mut rest)?);
                }
                Some(all)
            };
            if head == "start" {
                forest.start = next()?;
                continue;
            }
            let mut questions = [(0, 0.0); DEPTH];
            let mut asked = head.split(" & ");
            for question in &mut questions {
                let (name, bound) = asked.next()?.rsplit_once(" > ")?;
                let at = names.iter().position(|known| *known == name)?;
                *question = (u16::try_from(at).ok()?, bound.parse().ok()?);
            }
            let leaves = (0..LEAVES).map(|_| next()).collect::<Option<Vec<_>>>()?;
            forest.trees.push(Tree { questions, leaves });
        }
        Some(forest)
    }

    /// The lines of the table.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written to.
    pub fn write(&self, names: &[&str], out: &mut impl fmt::Write) -> fmt::Result {
        write!(out, "start =")?;
        write_votes(&self.start, out)?;
        for tree in &self.trees {
            writeln!(out)?;
            for (i, (at, bound)) in tree.questions.iter().enumerate() {
                write!(
                    out,
                    "{}{} > {bound}",
                    if i > 0 { " & " } else { "" },
                    names[usize::from(*at)]
                )?;
            }
            write!(out, " =")?;
            tree.leaves
                .iter()
                .try_for_each(|votes| write_votes(votes, out))?;
        }
        writeln!(out)
    }
}

fn write_votes(votes: &Votes, out: &mut impl fmt::Write) -> fmt::Result {
    votes
        .iter()
        .try_for_each(|vote| write!(out, " {}", to_unit(*vote)))
}

#[expect(clippy::cast_possible_truncation, reason = "votes are small")]
fn to_unit(vote: f32) -> i32 {
    (vote / UNIT).round() as i32
}

#[expect(clippy::cast_precision_loss, reason = "votes are small")]
fn from_unit(units: i32) -> f32 {
    units as f32 * UNIT
}

/// Votes as probabilities.
pub fn softmax(votes: Votes) -> Votes {
    let most = votes.iter().copied().fold(f32::MIN, f32::max);
    let powers = votes.map(|vote| (vote - most).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}
