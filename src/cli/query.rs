//! A query on the command line, and how a mistake in it is shown.

use std::io::{self, Write};

use super::complain;
use crate::formats::clean;
use crate::layout::wrap;
use crate::model::query::{Mistake, Over, Query};

/// Columns of a query that are shown before a mistake.
const BEFORE: usize = 60;

/// The query of a text; `None` when it is wrong, and that has been told.
pub(super) fn read(text: &str, over: Over) -> Option<Query> {
    match Query::parse(text, over) {
        Ok(query) => Some(query),
        Err(mistake) => {
            tell(text, &mistake);
            None
        }
    }
}

/// Tells what is wrong in the query of a text, and where.
pub(super) fn tell(text: &str, mistake: &Mistake) {
    complain(&mistake.what);
    // nobody is left to be told when standard error cannot be written
    let _ = write!(io::stderr().lock(), "{}", pointed(text, mistake));
}

/// The query with a line under it that points at the mistake; the part around it of a long one.
fn pointed(text: &str, mistake: &Mistake) -> String {
    let before = &text[..mistake.at.start];
    let start = before
        .char_indices()
        .rev()
        .nth(BEFORE)
        .map_or(0, |(i, _)| i);
    let end = text[mistake.at.start..].char_indices().nth(BEFORE);
    let end = end.map_or(text.len(), |(i, _)| mistake.at.start + i);
    let shown = |from: usize, to: usize| clean::line(&text[from..to.max(from)]).into_owned();
    let space = wrap::width(&shown(start, mistake.at.start));
    let wrong = wrap::width(&shown(mistake.at.start, mistake.at.end.min(end))).max(1);
    format!(
        "  {}\n  {}{}\n",
        shown(start, end),
        " ".repeat(space.into()),
        "^".repeat(wrong.into())
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mistake = Query::parse(text, Over::Lists).expect_err("a mistake");
        assert_eq!(pointed(text, &mistake), expected);
    }

    #[test]
    fn the_line_under_a_query_points_at_the_mistake() {
        check("été titel:x", "  été titel:x\n      ^^^^^\n");
        check("读 time:soon a", "  读 time:soon a\n          ^^^^\n");
        check("a OR", "  a OR\n    ^^\n");
    }

    #[test]
    fn of_a_long_query_the_part_around_the_mistake_is_shown() {
        let text = format!("{}titel:x {}", "a ".repeat(200), "b ".repeat(200));
        let mistake = Query::parse(&text, Over::Lists).expect_err("a mistake");
        let pointed = pointed(&text, &mistake);
        assert!(pointed.lines().all(|line| line.len() < 130), "{pointed}");
        assert!(pointed.contains("titel:x b"));
    }
}
