//! Front matter: what a Markdown file says of itself before its text, in YAML between `---` or in TOML between `+++`.

use toml::{Table, Value};

use crate::formats::{clean, letters};
use crate::model::document::Metadata;

/// No front matter is longer, in lines …
const MOST_LINES: u32 = 1000;
/// … or in bytes.
const MOST_BYTES: usize = 64 * 1024;
/// So many tags are kept.
const MOST_TAGS: usize = 100;

/// The line of front matter that says that title and headings are all marked, so that none has to be guessed.
pub const STRUCTURE: &str = "structure: marked";

/// What front matter says.
#[derive(Debug, Default)]
pub(super) struct Front {
    pub metadata: Metadata,
    /// The line of the file that gives the title.
    pub title_line: u32,
    /// Whether it says [`STRUCTURE`].
    pub is_marked: bool,
}

/// Front matter, the text after it, and the number of the text's first line. Without a closing line, or when something in
/// it is neither a key nor belongs to one, it is no front matter.
pub(super) fn split(text: &str) -> (Front, &str, u32) {
    let found = between(text).and_then(|(inside, after, first)| {
        let front = if text.starts_with('+') {
            toml(inside)?
        } else {
            yaml(inside)?
        };
        Some((front, after, first))
    });
    found.unwrap_or_else(|| (Front::default(), text, 1))
}

/// What stands between two fences at the start of a text, what stands after them, and on which line that begins.
fn between(text: &str) -> Option<(&str, &str, u32)> {
    let (fence, inside) = text.split_once('\n')?;
    let fence = fence.trim_end();
    if fence != "---" && fence != "+++" {
        return None;
    }
    let mut at = 0;
    for number in 2..MOST_LINES {
        let line = inside[at..].split('\n').next().unwrap_or_default();
        let end = at + line.len();
        let closing = line.trim_end();
        if closing == fence || closing == "..." && fence == "---" {
            let after = inside.get(end + 1..).unwrap_or_default();
            return Some((&inside[..at], after, number + 1));
        }
        if end >= inside.len() || end > MOST_BYTES {
            return None;
        }
        at = end + 1;
    }
    None
}

fn toml(text: &str) -> Option<Front> {
    let table: Table = text.parse().ok()?;
    let mut front = Front::default();
    for (key, value) in &table {
        let mut values = Vec::new();
        gather(value, &mut values);
        let number = text
            .lines()
            .position(|line| line.trim_start().starts_with(key.as_str()));
        let number = u32::try_from(number.unwrap_or(0)).unwrap_or(0) + 2;
        front.take(key, &values, number);
    }
    // Hugo and Zola keep what they do not know themselves in tables
    for inner in ["taxonomies", "extra", "params"] {
        let Some(Value::Table(inner)) = table.get(inner) else {
            continue;
        };
        for (key, value) in inner {
            let mut values = Vec::new();
            gather(value, &mut values);
            front.take(key, &values, 0);
        }
    }
    Some(front)
}

/// The words in a value: of each of a list, and of an author the name.
fn gather(value: &Value, values: &mut Vec<String>) {
    match value {
        Value::String(text) => values.push(text.clone()),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
            values.push(value.to_string());
        }
        Value::Array(array) => {
            for value in array {
                gather(value, values);
            }
        }
        Value::Table(table) => {
            if let Some(Value::String(name)) = table.get("name") {
                values.push(name.clone());
            }
        }
    }
}

/// The little of YAML that front matter is written in: keys of one level, with a word, a list or a folded text each.
/// `None` when a line is neither a key nor belongs to one.
fn yaml(text: &str) -> Option<Front> {
    let mut front = Front::default();
    // the key that is open, its line and values
    let mut open: Option<(&str, u32, Vec<String>)> = None;
    let mut is_folded = false;
    for (number, line) in (2..).zip(text.lines()) {
        let words = line.trim();
        let is_part = line.starts_with([' ', '\t', '-', ']', '}', '"', '[', '{']);
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        if is_part {
            if let Some((_, _, values)) = &mut open {
                part(words, is_folded, values);
            }
            continue;
        }
        let (key, value) = line.split_once(':')?;
        if key.trim().contains(' ') || key.trim().is_empty() {
            return None;
        }
        if let Some((key, number, values)) = open.take() {
            front.take(key, &values, number);
        }
        let value = uncommented(value.trim());
        is_folded = matches!(value.as_bytes(), [b'>' | b'|', ..] if value.len() <= 2);
        let values = if is_folded { Vec::new() } else { listed(value) };
        open = Some((key.trim(), number, values));
    }
    if let Some((key, number, values)) = open {
        front.take(key, &values, number);
    }
    Some(front)
}

/// Takes a line that belongs to the key before it.
fn part(words: &str, is_folded: bool, values: &mut Vec<String>) {
    if is_folded {
        match values.first_mut() {
            Some(text) => {
                text.push(' ');
                text.push_str(words);
            }
            None => values.push(words.to_owned()),
        }
        return;
    }
    let is_item = words.starts_with("- ");
    let words = words.trim_start_matches("- ").trim();
    let words = match words.strip_prefix("name:") {
        Some(name) => name.trim(),
        None if is_item || values.is_empty() => words,
        None => return,
    };
    // what an author is besides his name
    let is_other = words
        .split_once(": ")
        .is_some_and(|(key, _)| !key.contains([' ', '"', '\'']));
    if !is_other {
        values.extend(listed(uncommented(words.trim_end_matches(','))));
    }
}

/// The words of a list in brackets, or the one there is.
fn listed(value: &str) -> Vec<String> {
    let inner = value
        .strip_prefix('[')
        .map(|rest| rest.strip_suffix(']').unwrap_or(rest));
    let Some(inner) = inner else {
        return if value.is_empty() || value.starts_with(['{', ']', '}']) {
            Vec::new()
        } else {
            vec![unquoted(value)]
        };
    };
    let mut values = Vec::new();
    let mut quote = None;
    let mut start = 0;
    for (i, b) in inner.bytes().enumerate() {
        match (quote, b) {
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), _) if open == b => quote = None,
            (None, b',') => {
                values.push(unquoted(inner[start..i].trim()));
                start = i + 1;
            }
            _ => {}
        }
    }
    values.push(unquoted(inner[start..].trim()));
    values.retain(|value| !value.is_empty());
    values
}

/// A value without the comment after it.
fn uncommented(value: &str) -> &str {
    if value.starts_with(['"', '\'']) {
        return value;
    }
    value.find(" #").map_or(value, |at| value[..at].trim_end())
}

fn unquoted(value: &str) -> String {
    let inner = |mark: char| value.strip_prefix(mark)?.strip_suffix(mark);
    if let Some(inner) = inner('\'') {
        return inner.replace("''", "'");
    }
    let Some(inner) = inner('"') else {
        return value.to_owned();
    };
    // JSON's strings are YAML's, or near enough
    let mut out = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 't') => out.push(' '),
                Some(c) => out.push(c),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

impl Front {
    /// Takes a key with its values.
    fn take(&mut self, key: &str, values: &[String], number: u32) {
        let clean = |value: &String| letters::trim(&clean::line(value)).to_owned();
        let values: Vec<String> = values.iter().map(clean).filter(|v| !v.is_empty()).collect();
        let Some(first) = values.first() else {
            return;
        };
        let metadata = &mut self.metadata;
        match key.to_ascii_lowercase().as_str() {
            "title" => {
                metadata.title.clone_from(first);
                self.title_line = number;
            }
            "author" | "authors" | "by" | "byline" | "creator" => {
                metadata.byline = Some(values.join(", "));
            }
            "date" | "published" | "pubdate" | "date_published" => {
                metadata.date = Some(first.clone());
            }
            "language" | "lang" | "locale" => metadata.language = language(first),
            "url" | "link" | "canonical" | "canonical_url" | "source" | "permalink" => {
                let is_address = first.starts_with("https://") || first.starts_with("http://");
                if is_address && metadata.url.is_none() {
                    metadata.url = Some(first.clone());
                }
            }
            "tags" | "tag" | "categories" | "category" | "keywords" => {
                let words = values.iter().flat_map(|value| value.split(','));
                for tag in words.map(letters::trim).filter(|tag| !tag.is_empty()) {
                    let is_new = !metadata.tags.iter().any(|known| known == tag);
                    if is_new && metadata.tags.len() < MOST_TAGS {
                        metadata.tags.push(tag.to_owned());
                    }
                }
            }
            "structure" => self.is_marked = first == "marked",
            _ => {}
        }
    }
}

/// The language of a locale: `fr` of `fr-CA`.
fn language(locale: &str) -> Option<String> {
    let language = locale.split(['-', '_', '.']).next()?.to_ascii_lowercase();
    let is_code =
        matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase());
    is_code.then_some(language)
}
