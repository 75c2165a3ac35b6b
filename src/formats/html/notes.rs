//! Footnotes: what refers to one, what is one, and the way back.

use super::link::target;
use super::tree::{Id, Tree};
use super::walk::Page;
use crate::formats::build::Builder;
use crate::model::document::Mark;

/// So many texts and elements of a note are looked at to find its number and the way back.
const LOOK: usize = 600;

/// A footnote that begins with the next text.
#[derive(Debug)]
pub struct Note {
    /// Its number as it gives it itself.
    number: Option<String>,
    /// Where it is referred to.
    back: Option<String>,
}

/// The footnotes of a page as they are met.
#[derive(Debug, Default)]
pub struct Notes {
    due: Option<(Id, Note)>,
    /// Links back and numbers that stand in the label already.
    left_out: Vec<Id>,
}

impl Notes {
    /// Takes an element with a name; it may be a footnote.
    pub fn enter(&mut self, page: &Page, id: Id, name: &str) {
        if !is_note(page.tree, id, name) {
            return;
        }
        self.left_out.clear();
        let mut note = Note {
            number: None,
            back: None,
        };
        let links = page
            .tree
            .all(id)
            .take(LOOK)
            .filter(|&node| page.tree.name(node) == "a");
        for link in links {
            let Some(href) = page
                .tree
                .attribute(link, "href")
                .and_then(|href| target(page, href))
            else {
                continue;
            };
            let text = page.tree.text_in(link, 24);
            let is_back = is_place(&href);
            if is_back && (is_arrow(&text) || is_said_back(page.tree, link)) {
                self.left_out.push(link);
                note.back.get_or_insert(href);
            } else if is_back && note.back.is_none() && is_number(&text) {
                self.left_out.push(link);
                note.number = Some(bare(&text).to_owned());
                note.back = Some(href);
            }
        }
        self.due = Some((id, note));
    }

    /// The note that begins here.
    pub fn begin(&mut self) -> Option<Note> {
        self.due.take().map(|(_, note)| note)
    }

    /// Takes the end of an element.
    pub fn leave(&mut self, id: Id) {
        if self.due.as_ref().is_some_and(|(of, _)| *of == id) {
            self.due = None;
        }
    }

    /// Whether an element says only what the label says.
    pub fn is_left_out(&self, id: Id) -> bool {
        self.left_out.contains(&id)
    }
}

/// Writes what a note begins with: its number in brackets, linked to where it is referred to.
pub fn label(note: &Note, marker: Option<String>, out: &mut Builder) {
    let number = note.number.clone().or(marker);
    let Some(number) = number.as_deref().map(bare).filter(|number| *number != "•") else {
        return;
    };
    if let Some(back) = &note.back {
        out.start(Mark::Link(back.clone()));
    }
    out.raw(&format!("[{number}]"));
    if note.back.is_some() {
        out.end();
    }
    out.text(" ");
}

/// Whether a link is all that a raised text is: its number stands in brackets then.
pub fn is_raised(tree: &Tree, link: Id) -> bool {
    let is_inside = tree
        .attribute(link, "href")
        .is_some_and(|href| href.starts_with('#'));
    is_inside
        && tree
            .ancestors(link)
            .take(2)
            .any(|up| tree.name(up) == "sup")
}

/// Whether a raised text refers to a note: it is, or stands in, a link to a place in the page.
pub fn is_reference(tree: &Tree, id: Id) -> bool {
    let is_inside = |node: Id| tree.attribute(node, "href").is_some_and(is_place);
    let is_role = |node: Id| {
        tree.attribute(node, "role") == Some("doc-noteref")
            || tree.attribute(node, "epub:type") == Some("noteref")
    };
    let is = |node: Id| is_inside(node) || is_role(node);
    tree.all(id).take(8).any(is) || tree.parent(id).is_some_and(is)
}

/// Whether a link leads to a place in the page, or in another file of the same book.
fn is_place(href: &str) -> bool {
    let place = href.split_once('#');
    place.is_some_and(|(file, place)| !place.is_empty() && !file.contains(':'))
}

/// Whether an element with this name is a footnote.
pub fn is_note(tree: &Tree, id: Id, name: &str) -> bool {
    if matches!(
        tree.attribute(id, "role"),
        Some("doc-footnote" | "doc-endnote")
    ) {
        return true;
    }
    if let Some(kind) = tree.attribute(id, "epub:type") {
        return kind
            .split_whitespace()
            .any(|k| matches!(k, "footnote" | "endnote" | "rearnote"));
    }
    let begins = [
        "fn",
        "footnote",
        "endnote",
        "cite_note",
        "note-",
        "note_",
        "en-",
    ];
    let name = name.trim_start_matches("user-content-");
    let is_named = begins.iter().any(|begin| name.starts_with(begin)) && !name.contains("ref");
    is_named && tree.name(id) == "li"
}

fn is_said_back(tree: &Tree, link: Id) -> bool {
    tree.attribute(link, "role") == Some("doc-backlink")
        || tree.attribute(link, "epub:type") == Some("backlink")
        || tree
            .attribute(link, "class")
            .is_some_and(|class| class.contains("backref") || class.contains("back-ref"))
}

fn is_arrow(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| {
            matches!(
                c,
                '↩' | '↑' | '^' | '⤴' | '←' | '⏎' | '↵' | '\u{fe0e}' | '\u{fe0f}'
            )
        })
}

fn bare(text: &str) -> &str {
    text.trim_matches(['[', ']', '(', ')', '.', ':', ' ', '^'])
}

fn is_number(text: &str) -> bool {
    let text = bare(text);
    (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        || matches!(text, "*" | "†" | "‡" | "**")
}
