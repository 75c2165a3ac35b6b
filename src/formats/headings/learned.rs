//! What was learned from real articles: the table of weights.

use std::sync::LazyLock;

use super::family;
use super::features::{self, COUNT};
use super::forest::Forest;

/// Forests and what is usual.
#[derive(Debug, Default)]
pub(super) struct Learned {
    /// Votes on a block by itself and what stands around it.
    pub first: Forest,
    /// Votes again with what the first told of the document.
    pub second: Forest,
    /// For each number of a block, its middle value in real articles.
    pub usual: Vec<f32>,
}

static LEARNED: LazyLock<Learned> =
    LazyLock::new(|| read(include_str!("weights.txt")).expect("a test reads the table of weights"));

/// The table, read once.
pub(super) fn learned() -> &'static Learned {
    &LEARNED
}

/// The names of all numbers of a block, those of the first look before those of the second.
pub fn names() -> Vec<&'static str> {
    features::NAMES
        .iter()
        .chain(family::NAMES)
        .copied()
        .collect()
}

/// Reads a table: lines of the form `usual NAME = VALUE`, and the trees under `[first]` and `[second]`. Lines that begin
/// with `#` are for the reader.
fn read(table: &str) -> Option<Learned> {
    let names = names();
    let mut usual = vec![0.0; names.len()];
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let mut section = "";
    for line in table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        match (section, line) {
            (_, "[usual]" | "[first]" | "[second]") => section = line,
            ("[usual]", _) => {
                let (name, value) = line.split_once(" = ")?;
                usual[names.iter().position(|known| *known == name)?] = value.parse().ok()?;
            }
            ("[first]", _) => first.push(line),
            ("[second]", _) => second.push(line),
            _ => return None,
        }
    }
    let first = Forest::parse(first.into_iter(), &names[..COUNT])?;
    let second = Forest::parse(second.into_iter(), &names)?;
    (!first.trees.is_empty() && !second.trees.is_empty()).then_some(Learned {
        first,
        second,
        usual,
    })
}

#[cfg(test)]
mod tests {
    use super::super::forest::LANES;
    use super::*;

    #[test]
    fn the_table_is_of_this_program() {
        let learned = learned();
        assert_eq!(learned.first.trees.len(), learned.second.trees.len());
        assert_eq!(learned.usual.len(), family::COUNT);
    }

    #[test]
    fn no_two_numbers_have_the_same_name() {
        let mut all = names();
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn rows_asked_together_get_the_votes_they_get_alone() {
        let forest = &learned().first;
        let mut numbers = [[0.0; LANES]; COUNT];
        for (at, numbers) in numbers.iter_mut().enumerate() {
            for (lane, number) in numbers.iter_mut().enumerate() {
                // about as great as the numbers of real blocks
                *number = f32::from(u8::try_from((at * 31 + lane * 17) % 97).unwrap()) / 4.0;
            }
        }
        let together = forest.probabilities_of_all(&numbers);
        for (lane, votes) in together.iter().enumerate() {
            let row: Vec<f32> = numbers.iter().map(|numbers| numbers[lane]).collect();
            let alone = forest.probabilities(&row);
            assert_eq!(votes.map(f32::to_bits), alone.map(f32::to_bits));
        }
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let mut text = String::new();
        learned().second.write(&names(), &mut text).unwrap();
        assert_eq!(
            Forest::parse(text.lines(), &names()).as_ref(),
            Some(&learned().second)
        );
        assert_eq!(Forest::parse("nothing".lines(), &names()), None);
        assert!(read("columns = 3").is_none());
    }
}
