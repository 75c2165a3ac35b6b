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
}
