//! A forest of small trees that votes for what is of the article, and its table.
//!
//! As in `headings::forest`, every level of a tree asks one question of all its nodes; here a leaf holds one vote.

use std::fmt;

/// How many questions a tree asks.
pub const DEPTH: usize = 6;
/// How many leaves a tree has.
pub const LEAVES: usize = 1 << DEPTH;
/// Votes are written as whole numbers of this part.
const UNIT: f32 = 0.001;

/// One tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Which number of the row is asked, and what it has to be greater than.
    pub questions: [(u16, f32); DEPTH],
    /// The vote of each leaf.
    pub leaves: Vec<f32>,
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
    pub start: f32,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Forest {
    /// The probability that a row is of the article.
    pub fn probability(&self, row: &[f32]) -> f32 {
        let votes: f32 = self
            .trees
            .iter()
            .map(|tree| tree.leaves[tree.leaf(row)])
            .sum();
        1.0 / (1.0 + (-self.start - votes).exp())
    }

    /// Reads lines that [`Self::write`] wrote: `NUMBER BOUND …: VOTE …`. `None` when a line is not one of them.
    pub fn parse<'a>(lines: impl Iterator<Item = &'a str>, width: usize) -> Option<Self> {
        let mut forest = Self::default();
        for line in lines {
            let (head, votes) = line.split_once(':')?;
            if head == "start" {
                forest.start = votes.trim().parse().ok()?;
                continue;
            }
            let mut asked = head.split(' ');
            let mut questions = [(0, 0.0); DEPTH];
            for question in &mut questions {
                let at: u16 = asked.next()?.parse().ok()?;
                *question = (at, asked.next()?.parse().ok()?);
                if usize::from(at) >= width {
                    return None;
                }
            }
            let votes = votes
                .split_ascii_whitespace()
                .map(|vote| vote.parse::<i16>().ok().map(|vote| f32::from(vote) * UNIT));
            let leaves: Vec<f32> = votes.collect::<Option<_>>()?;
            if leaves.len() != LEAVES {
                return None;
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
    pub fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        writeln!(out, "start: {}", self.start)?;
        for tree in &self.trees {
            for (i, (at, bound)) in tree.questions.iter().enumerate() {
                write!(out, "{}{at} {bound}", if i > 0 { " " } else { "" })?;
            }
            write!(out, ":")?;
            for vote in &tree.leaves {
                write!(out, " {}", (vote / UNIT).round())?;
            }
            writeln!(out)?;
        }
        Ok(())
    }
}
