//! What was learned from real pages: the table of votes.

use std::sync::LazyLock;

use super::features::{ALL, COUNT};
use super::forest::Forest;

/// The two forests.
#[derive(Debug)]
pub struct Learned {
    /// Votes on a piece by itself and what stands around it.
    pub first: Forest,
    /// Votes again with what the first told of the page.
    pub second: Forest,
}

static LEARNED: LazyLock<Learned> =
    LazyLock::new(|| read(include_str!("weights.txt")).expect("a test reads the table"));

/// The table, read once.
pub fn learned() -> &'static Learned {
    &LEARNED
}

/// Reads a table: trees under `[first]` and `[second]`. Lines that begin with `#` are for the reader.
fn read(table: &str) -> Option<Learned> {
    let (first, second) = table.split_once("[second]\n")?;
    Some(Learned {
        first: Forest::parse(lines(first), COUNT)?,
        second: Forest::parse(lines(second), ALL)?,
    })
}

fn lines(part: &str) -> impl Iterator<Item = &str> {
    part.lines()
        .filter(|line| !line.is_empty() && !line.starts_with(['#', '[']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_of_this_program() {
        assert!(!learned().first.trees.is_empty() && !learned().second.trees.is_empty());
    }

    #[test]
    fn a_table_is_read_as_it_was_written() {
        let mut text = String::new();
        learned().second.write(&mut text).unwrap();
        assert_eq!(
            Forest::parse(text.lines(), ALL).as_ref(),
            Some(&learned().second)
        );
        assert_eq!(Forest::parse("nothing".lines(), ALL), None);
    }
}
