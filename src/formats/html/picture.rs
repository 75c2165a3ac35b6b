//! Pictures, films and sounds: what they show and where they are.

use super::tree::{Id, Tree};
use super::walk::{Page, target};

/// A picture, a film or a sound.
#[derive(Debug)]
pub struct Picture {
    /// What it shows, in words that the page gives; may be empty.
    pub alt: String,
    /// `alt`, or the name of its file.
    pub name: String,
    /// Where it is; empty when it is in the page itself.
    pub target: String,
}

/// What an element shows. `None` when it is nothing to a reader: a dot that counts visitors, an empty place.
pub fn of(page: &Page, id: Id, element: &str) -> Option<Picture> {
    let tree = page.tree;
    let source = match element {
        "img" => image_source(tree, id),
        "object" => tree.attribute(id, "data"),
        "iframe" | "embed" => tree
            .attribute(id, "src")
            .or_else(|| tree.attribute(id, "data-src")),
        _ => tree.attribute(id, "src").or_else(|| {
            let mut sources = tree.all(id).take(40).filter(|&n| tree.name(n) == "source");
            sources.find_map(|n| tree.attribute(n, "src"))
        }),
    };
    if element == "img" && is_dot(tree, id) {
        return None;
    }
    let words = ["alt", "title", "aria-label"];
    let alt = words
        .iter()
        .find_map(|name| tree.attribute(id, name))
        .unwrap_or_default();
    let target = source
        .and_then(|source| target(page, source))
        .unwrap_or_default();
    let is_frame = matches!(element, "iframe" | "embed" | "object");
    if is_frame && !target.starts_with("http") || target.is_empty() && alt.is_empty() {
        return None;
    }
    let name = if alt.is_empty() {
        file_name(&target)
    } else {
        alt.to_owned()
    };
    Some(Picture {
        alt: alt.to_owned(),
        name,
        target,
    })
}

/// Whether what is in a `noscript` stands in for a picture that only a script would load.
pub fn is_stand_in(tree: &Tree, id: Id) -> bool {
    let images = |root: Id| tree.all(root).take(60).filter(|&n| tree.name(n) == "img");
    let is_seen = |node: Id| images(node).any(|image| image_source(tree, image).is_some());
    let mut before = tree.before(id).filter(|&n| !tree.name(n).is_empty());
    images(id).next().is_some()
        && tree.text_in(id, 200).is_empty()
        && !before.next().is_some_and(is_seen)
}

/// Where an image is: where a script would take it from, when it is not loaded yet.
fn image_source(tree: &Tree, id: Id) -> Option<&str> {
    let plain = ["src", "data-src", "data-lazy-src", "data-original"];
    let sets = ["srcset", "data-srcset"];
    let is_there = |source: &&str| {
        !source.starts_with("data:") && !source.starts_with("blob:") && *source != "about:blank"
    };
    let found = plain
        .iter()
        .filter_map(|name| tree.attribute(id, name))
        .find(is_there);
    found
        .or_else(|| {
            sets.iter()
                .filter_map(|name| tree.attribute(id, name))
                .filter_map(largest)
                .find(is_there)
        })
        .or_else(|| {
            let picture = tree.parent(id).filter(|&p| tree.name(p) == "picture")?;
            let mut sources = tree.children(picture).filter(|&n| tree.name(n) == "source");
            sources
                .find_map(|n| {
                    sets.iter()
                        .find_map(|name| tree.attribute(n, name))
                        .and_then(largest)
                })
                .filter(is_there)
        })
}

/// The largest of several sizes of an image, which is given last as a rule.
/// <https://html.spec.whatwg.org/multipage/images.html#srcset-attributes>
fn largest(set: &str) -> Option<&str> {
    let size = |entry: &&str| {
        let size = entry.split_whitespace().nth(1).unwrap_or("1x");
        let number: f64 = size
            .trim_end_matches(['w', 'x', 'h'])
            .parse()
            .unwrap_or(1.0);
        number.clamp(0.0, 1e6)
    };
    let entries = set
        .split(", ")
        .flat_map(|entry| entry.split(",http").take(1));
    let best = entries
        .map(str::trim)
        .filter(|e| !e.is_empty())
        .max_by(|a, b| size(a).total_cmp(&size(b)))?;
    best.split_whitespace().next()
}

/// Whether an image is a dot that only counts who looks.
fn is_dot(tree: &Tree, id: Id) -> bool {
    let is_small = |name| {
        let size = tree
            .attribute(id, name)
            .and_then(|v| v.trim_end_matches("px").parse::<f32>().ok());
        size.is_some_and(|size| size <= 2.0)
    };
    is_small("width") || is_small("height")
}

/// The name of the file in an address.
fn file_name(target: &str) -> String {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    let name = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let name = if name.is_empty() { target } else { name };
    percent_decoded(name)
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digits = text.get(at + 1..at + 3).filter(|_| byte == b'%');
        if let Some(decoded) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
            out.push(decoded);
            at += 3;
        } else {
            out.push(byte);
            at += 1;
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_image_of_a_set_is_taken() {
        assert_eq!(
            largest("a.jpg 300w, b.jpg 1200w, c.jpg 600w"),
            Some("b.jpg")
        );
        assert_eq!(largest("a.jpg, b.jpg 2x"), Some("b.jpg"));
        assert_eq!(largest(" "), None);
    }

    #[test]
    fn a_file_has_a_name_one_can_read() {
        assert_eq!(
            file_name("https://example.org/a/Caf%C3%A9%20noir.jpg?w=3"),
            "Café noir.jpg"
        );
        assert_eq!(file_name("https://example.org/"), "example.org");
        assert_eq!(file_name("%zz%4"), "%zz%4");
    }
}
