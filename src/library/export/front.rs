//! Front matter: what is known of an article, as YAML.

use std::fmt::Write as _;

use crate::formats::markdown::STRUCTURE;
use crate::model::document::Metadata;

/// How a reader knows title and headings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Structure {
    /// It tells them as in any text.
    Told,
    /// It is told that all of them are marked.
    Marked,
}

/// Front matter with an empty line after it; empty when there is nothing to say.
pub(super) fn write(metadata: &Metadata, structure: Structure) -> String {
    let mut lines = String::new();
    let mut line = |key: &str, value: &str| {
        let _ = writeln!(lines, "{key}: {value}");
    };
    if !metadata.title.is_empty() {
        line("title", &quoted(&metadata.title));
    }
    if let Some(byline) = &metadata.byline {
        line("author", &quoted(byline));
    }
    if let Some(date) = &metadata.date {
        line("date", &quoted(date));
    }
    if let Some(language) = &metadata.language {
        line("language", &quoted(language));
    }
    if let Some(url) = &metadata.url {
        line("url", &quoted(url));
    }
    if !metadata.tags.is_empty() {
        let tags: Vec<String> = metadata.tags.iter().map(|tag| quoted(tag)).collect();
        line("tags", &format!("[{}]", tags.join(", ")));
    }
    if structure == Structure::Marked {
        lines.push_str(STRUCTURE);
        lines.push('\n');
    }
    if lines.is_empty() {
        lines
    } else {
        format!("---\n{lines}---\n\n")
    }
}

/// A word or a number as it is, anything else in quotes.
fn quoted(value: &str) -> String {
    let is_plain = value.starts_with(|c: char| c.is_alphanumeric())
        && value
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '_'))
        && !value.ends_with(' ');
    let is_address = value.starts_with("http") && !value.contains([' ', '#', '"', '\'', '\\']);
    // what YAML takes for something else than words
    let is_word = !matches!(
        value.to_ascii_lowercase().as_str(),
        "true" | "false" | "yes" | "no" | "on" | "off" | "null" | "y" | "n"
    );
    if (is_plain || is_address) && is_word {
        return value.to_owned();
    }
    let mut out = String::with_capacity(value.len() + 2);
    out.push('"');
    for c in value.chars() {
        if matches!(c, '"' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out.push('"');
    out
}
