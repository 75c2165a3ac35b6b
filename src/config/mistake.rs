//! What is wrong in a configuration file: where, and what would be right.

use std::fmt;

/// Something wrong in a configuration file. Shown as `name:line:column: what is wrong; what would be right`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The file, as it is shown.
    pub name: String,
    /// Its line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl Mistake {
    /// A mistake at a byte of the file's text. What could act on a terminal is shown as `\\u{1b}`.
    pub fn at(name: &str, text: &str, byte: usize, what: &str) -> Self {
        let before = &text[..text.floor_char_boundary(byte.min(text.len()))];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            name: visible(name),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            what: visible(what),
        }
    }
}

/// A text with its controls and its marks of direction written out.
fn visible(text: &str) -> String {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}",
            self.name, self.line, self.column, self.what
        )
    }
}

/// The name that was probably meant: the nearest one, when it is near enough to be a slip of the fingers.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let longest = (word.chars().count() / 3).max(1);
    let near = names.map(|name| (distance(&word, name), name));
    near.filter(|(far, _)| *far <= longest)
        .min_by_key(|(far, _)| *far)
        .map(|(_, name)| name)
}

/// How many letters must be added, removed, changed or swapped with their neighbour to make one word of the other (the
/// optimal string alignment distance).
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().take(64).collect();
    let other: Vec<char> = other.chars().take(64).collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let change = usize::from(one[i - 1] != other[j - 1]);
            let above = &rows[i - 1];
            let mut best = (above[j] + 1)
                .min(row[j - 1] + 1)
                .min(above[j - 1] + change);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_file_is_told_in_lines_and_characters() {
        let text = "a = 1\né = \"ü\" # x\n";
        let at = |byte| Mistake::at("c.toml", text, byte, "wrong").to_string();
        assert_eq!(at(0), "c.toml:1:1: wrong");
        assert_eq!(at(text.find('ü').unwrap()), "c.toml:2:6: wrong");
        assert_eq!(at(9999), "c.toml:3:1: wrong");
    }

    #[test]
    fn slips_of_the_fingers_are_recognised_and_other_words_are_not() {
        let names = ["theme", "measure", "next_section"];
        let found = |word| nearest(word, names.into_iter());
        assert_eq!(found("tehme"), Some("theme"));
        assert_eq!(found("Theme"), Some("theme"));
        assert_eq!(found("mesure"), Some("measure"));
        assert_eq!(found("next-section"), Some("next_section"));
        assert_eq!(found("colour"), None);
        assert_eq!(found(""), None);
    }
}
