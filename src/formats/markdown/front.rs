//! Front matter: what a Markdown file says of itself before its text.

use crate::formats::{clean, letters};
use crate::model::document::Metadata;

/// No front matter is longer, in lines.
const MOST_LINES: u32 = 200;

/// What front matter says.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub metadata: Metadata,
    /// The line of the file that gives the title.
    pub title_line: u32,
}

/// Front matter, the text after it, and the number of the text's first line. Without a closing line, or when something in
/// it is neither a key nor belongs to one, it is no front matter.
pub(super) fn split(text: &str) -> (Front, &str, u32) {
    let none = (Front::default(), text, 1);
    let Some((first, mut rest)) = text.split_once('\n') else {
        return none;
    };
    let (fence, sign) = match first.trim_end() {
        "---" => ("---", ':'),
        "+++" => ("+++", '='),
        _ => return none,
    };
    let mut front = Front::default();
    for number in 2..MOST_LINES {
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        if line.trim_end() == fence {
            return (front, after, number + 1);
        }
        if rest.is_empty() || !take(line, sign, number, &mut front) {
            return none;
        }
        rest = after;
    }
    none
}

/// Takes one line. `false` when it cannot be front matter.
fn take(line: &str, sign: char, number: u32, front: &mut Front) -> bool {
    let is_part = line.starts_with([' ', '\t', '#', '-', '[', ']', '}', '"']);
    if line.trim().is_empty() || is_part {
        return true;
    }
    let Some((key, value)) = line.split_once(sign) else {
        return false;
    };
    if key.contains(' ') && key.trim().contains(' ') {
        return false;
    }
    let value = unquoted(value.trim());
    if value.is_empty() {
        return true;
    }
    let value = || letters::trim(&clean::line(value)).to_owned();
    match key.trim().to_ascii_lowercase().as_str() {
        "title" => {
            front.metadata.title = value();
            front.title_line = number;
        }
        "author" | "authors" | "by" | "byline" => front.metadata.byline = Some(value()),
        "date" | "published" => front.metadata.date = Some(value()),
        _ => {}
    }
    true
}

fn unquoted(value: &str) -> &str {
    let quoted = |mark: char| {
        value
            .strip_prefix(mark)
            .and_then(|rest| rest.strip_suffix(mark))
    };
    let listed = value
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    quoted('"')
        .or_else(|| quoted('\''))
        .or(listed)
        .unwrap_or(value)
}
