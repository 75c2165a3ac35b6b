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
pub const CLASSES: usize = Class::ALL.len();
/// How many questions a tree asks.
pub const DEPTH: usize = 5;
/// How many leaves a tree has.
pub const LEAVES: usize = 1 << DEPTH;
/// How many rows are asked together.
pub const LANES: usize = 16;

impl Class {
    /// All of them, in the order of their votes.
    pub const ALL: [Self; 6] = [
        Self::Body,
        Self::Heading,
        Self::Title,
        Self::Noise,
        Self::Caption,
        Self::Item,
    ];
}

/// A number for each class.
pub type Votes = [f32; CLASSES];

/// Votes of a leaf for each class, in thousandths; two more than there are classes, so that they are added at once.
pub type Ballot = [i16; 8];

/// One tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Which number of the row is asked, and what it has to be greater than.
    pub questions: [(u16, f32); DEPTH],
    /// The votes of each leaf.
    pub leaves: [Ballot; LEAVES],
}

impl Tree {
    /// The leaf of a row.
    fn leaf(&self, row: &[f32]) -> usize {
        let answer = |(i, (at, bound)): (usize, &(u16, f32))| {
            usize::from(row[usize::from(*at)] > *bound) << i
        };
        self.questions.iter().enumerate().map(answer).sum()
    }

    /// The leaves of many rows, whose numbers of a kind stand side by side: no branch, so that the compiler does several
    /// at once.
    fn leaves_of(&self, numbers: &[[f32; LANES]]) -> [u32; LANES] {
        let mut leaves = [0; LANES];
        for (i, &(at, bound)) in self.questions.iter().enumerate() {
            let bit = 1_u32 << i;
            for (leaf, &number) in leaves.iter_mut().zip(&numbers[usize::from(at)]) {
                *leaf |= if number > bound { bit } else { 0 };
            }
        }
        leaves
    }
}

/// Trees that vote together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Forest {
    /// What is known before any question.
    pub start: Ballot,
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

/// What a vote of one is worth.
const UNIT: f32 = 0.001;

impl Forest {
    /// The probability of each class for one row.
    pub fn probabilities(&self, row: &[f32]) -> Votes {
        let mut sum = self.start;
        for tree in &self.trees {
            add(&mut sum, &tree.leaves[tree.leaf(row)]);
        }
        probabilities(&sum)
    }

    /// The probability of each class for many rows, as [`Self::probabilities`] gives them one by one. `numbers` has the
    /// first number of all rows, then the second of all rows, and so on.
    pub fn probabilities_of_all(&self, numbers: &[[f32; LANES]]) -> [Votes; LANES] {
        let mut sums = [self.start; LANES];
        for tree in &self.trees {
            for (sum, leaf) in sums.iter_mut().zip(tree.leaves_of(numbers)) {
                add(sum, &tree.leaves[leaf as usize % LEAVES]);
            }
        }
        sums.map(|sum| probabilities(&sum))
    }

    /// Reads lines that [`fmt::Display`] wrote. `None` when a line is not one of them, or asks for more than `width`
    /// numbers.
    pub fn parse<'a>(lines: impl Iterator<Item = &'a str>, names: &[&str]) -> Option<Self> {
        let mut forest = Self::default();
        for line in lines {
            let (head, rest) = line.split_once(" = ")?;
            let mut rest = rest.as_bytes();
            let mut next = || -> Option<Ballot> {
                let mut all = Ballot::default();
                for vote in &mut all[..CLASSES] {
                    *vote = i16::try_from(take_number(&mut rest)?).ok()?;
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
            let mut leaves = [Ballot::default(); LEAVES];
            for leaf in &mut leaves {
                *leaf = next()?;
            }
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

fn write_votes(votes: &Ballot, out: &mut impl fmt::Write) -> fmt::Result {
    votes[..CLASSES]
        .iter()
        .try_for_each(|vote| write!(out, " {vote}"))
}

/// Adds the votes of a leaf. No forest sums up to more than a few thousand; whatever a table says, nothing overflows.
fn add(sum: &mut Ballot, leaf: &Ballot) {
    // one by one: the compiler makes one instruction of it, and where it does not, in tests, nothing is faster
    *sum = [
        sum[0].saturating_add(leaf[0]),
        sum[1].saturating_add(leaf[1]),
        sum[2].saturating_add(leaf[2]),
        sum[3].saturating_add(leaf[3]),
        sum[4].saturating_add(leaf[4]),
        sum[5].saturating_add(leaf[5]),
        sum[6].saturating_add(leaf[6]),
        sum[7].saturating_add(leaf[7]),
    ];
}

/// Votes as probabilities.
fn probabilities(sum: &Ballot) -> Votes {
    let mut votes = Votes::default();
    for (vote, &thousandths) in votes.iter_mut().zip(sum) {
        *vote = f32::from(thousandths) * UNIT;
    }
    softmax(votes)
}

/// Votes as probabilities.
pub fn softmax(votes: Votes) -> Votes {
    let most = votes.iter().copied().fold(f32::MIN, f32::max);
    let powers = votes.map(|vote| (vote - most).exp());
    let sum: f32 = powers.iter().sum();
    powers.map(|power| power / sum)
}
