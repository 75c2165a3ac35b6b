//! W3C Web Annotations: those of `liseuse bookmarks`, and of others as far as they quote words.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use serde_json::Value;

use super::{time, with_tags};
use crate::cli::bookmarks::jsonld::BOOKMARK;
use crate::formats::clean;
use crate::library::{Incoming, unescaped};

/// How deep collections, pages and selectors may lie in each other.
const MAX_DEPTH: usize = 8;

/// The passages in a collection, a page, an array of annotations, or one annotation. What is none of these is left out.
pub fn read(text: &str) -> Result<Vec<Incoming>> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| anyhow!("it is no JSON: {error}"))?;
    let mut annotations = Vec::new();
    gather(&value, MAX_DEPTH, &mut annotations);
    let incoming = annotations.into_iter().flat_map(|annotation| {
        let targets = all(&annotation["target"]).iter();
        targets.map(|target| incoming(annotation, target))
    });
    Ok(incoming.collect())
}

fn gather<'a>(value: &'a Value, depth: usize, annotations: &mut Vec<&'a Value>) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    if value["target"].is_array() || value["target"].is_object() {
        annotations.push(value);
    }
    let below = [value, &value["items"], &value["first"], &value["@graph"]];
    for below in below {
        match below {
            Value::Array(values) => values
                .iter()
                .for_each(|value| gather(value, depth, annotations)),
            Value::Object(_) if !std::ptr::eq(below, value) => gather(below, depth, annotations),
            _ => {}
        }
    }
}

/// One or several: JSON-LD may leave the brackets out.
fn all(value: &Value) -> &[Value] {
    match value {
        Value::Array(values) => values,
        Value::Null => &[],
        value => std::slice::from_ref(value),
    }
}

fn incoming(annotation: &Value, target: &Value) -> Incoming {
    let mut incoming = Incoming {
        id: annotation["id"].as_str().map(own_id),
        section: line(&annotation["liseuse:section"]).unwrap_or_default(),
        letter: annotation["liseuse:letter"]
            .as_str()
            .and_then(|letter| letter.chars().next()),
        added: annotation["created"].as_str().and_then(time),
        note: note(annotation),
        ..Incoming::default()
    };
    for source in all(&target["source"]) {
        let id = source.as_str().or_else(|| source["id"].as_str());
        incoming.url = id.filter(|id| id.starts_with("http")).map(str::to_owned);
        incoming.article = line(&source["liseuse:article"]);
        incoming.title = line(&source["dc:title"]);
        incoming.path = source["liseuse:path"].as_str().map(PathBuf::from);
    }
    select(&target["selector"], MAX_DEPTH, &mut incoming);
    incoming
}

/// Takes what the selectors say.
fn select(selector: &Value, depth: usize, incoming: &mut Incoming) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    for selector in all(selector) {
        match selector["type"].as_str() {
            Some("TextQuoteSelector") => {
                incoming.exact = body(&selector["exact"]);
                incoming.prefix = body(&selector["prefix"]);
                incoming.suffix = body(&selector["suffix"]);
            }
            Some("TextPositionSelector") => {
                let start = selector["start"].as_u64();
                incoming.start = start.and_then(|start| usize::try_from(start).ok());
            }
            _ => {}
        }
        select(&selector["refinedBy"], depth, incoming);
    }
}

fn own_id(id: &str) -> String {
    let id = match id.strip_prefix(BOOKMARK) {
        Some(encoded) => unescaped(encoded).to_string_lossy().into_owned(),
        None => id.to_owned(),
    };
    clean::line(&id).into_owned()
}

/// What the bodies say, tags at the end.
fn note(annotation: &Value) -> String {
    let mut notes: Vec<String> = Vec::new();
    let mut tags = Vec::new();
    notes.extend(annotation["bodyValue"].as_str().map(str::to_owned));
    for part in all(&annotation["body"]) {
        let Some(value) = part["value"].as_str() else {
            continue;
        };
        let is_tag = all(&part["purpose"]).iter().any(|it| it == "tagging");
        let list = if is_tag { &mut tags } else { &mut notes };
        list.push(clean::body(value).into_owned());
    }
    with_tags(&clean::body(&notes.join("\n\n")), &tags)
}

fn body(value: &Value) -> String {
    clean::body(value.as_str().unwrap_or_default()).into_owned()
}

fn line(value: &Value) -> Option<String> {
    Some(clean::line(value.as_str()?).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_of_others_are_read_as_far_as_they_quote() {
        let text = r#"[{
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://a.example/anno/1", "type": "Annotation",
            "created": "2023-11-15T12:00:00Z",
            "body": [{"type": "TextualBody", "value": "a \u001b[31mnote"}, {"value": "sea", "purpose": "tagging"}],
            "target": {"source": "https://a.example/x", "selector": {"type": "FragmentSelector", "value": "p",
                "refinedBy": {"type": "TextQuoteSelector", "exact": "words\u202e", "prefix": "some "}}}
        }, {"type": "Annotation", "target": [{"source": {"id": "urn:x"}}]}, {"items": {"first": {"target": {}}}}]"#;
        let all = read(text).unwrap();
        assert_eq!(all.len(), 3);
        let expected = Incoming {
            id: Some("https://a.example/anno/1".into()),
            url: Some("https://a.example/x".into()),
            exact: "words".into(),
            prefix: "some ".into(),
            note: "a ␛[31mnote\n#sea".into(),
            added: Some(1_700_049_600_000),
            ..Incoming::default()
        };
        assert_eq!(all[0], expected);
        assert_eq!(all[1], Incoming::default());
    }

    #[test]
    fn what_is_nested_too_deep_is_left_out() {
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(read(&deep).unwrap(), []);
        read(&"[".repeat(100_000)).unwrap_err();
        let selectors = r#"{"refinedBy":"#.repeat(90) + "1" + &"}".repeat(90);
        let text = format!(r#"{{"target":{{"selector":{selectors}}}}}"#);
        assert_eq!(read(&text).unwrap(), [Incoming::default()]);
    }
}
