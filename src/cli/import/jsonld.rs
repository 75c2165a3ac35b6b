//! W3C Web Annotations: those of `liseuse bookmarks`, and of others as far as they quote words.

use std::path::PathBuf;

use anyhow::{Result, anyhow};
use serde_json::Value;

use super::{take_kind, time};
use crate::cli::json::BOOKMARK;
use crate::config::kinds::Kinds;
use crate::formats::clean;
use crate::journal::visible;
use crate::library::{Incoming, unescaped};
use crate::model::article::{Kind, add_tag, tag};

/// How deep collections, pages and selectors may lie in each other.
const MAX_DEPTH: usize = 8;

/// The passages in a collection, a page, an array of annotations, or one annotation. What is none of these is left out.
pub fn read(text: &str, kinds: &Kinds) -> Result<Vec<Incoming>> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| anyhow!("it is no JSON: {error}"))?;
    let mut annotations = Vec::new();
    gather(&value, MAX_DEPTH, &mut annotations);
    let incoming = annotations.into_iter().flat_map(|annotation| {
        let targets = all(&annotation["target"]).iter();
        targets.map(|target| incoming(annotation, target, kinds))
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

fn incoming(annotation: &Value, target: &Value, kinds: &Kinds) -> Incoming {
    let texts = Texts::of(target);
    let number = annotation["liseuse:kind"].as_u64();
    let above = all(&annotation["liseuse:above"]).iter();
    let mut incoming = Incoming {
        id: annotation["id"].as_str().map(|id| own_id(id, texts)),
        section: texts
            .line(&annotation["liseuse:section"])
            .unwrap_or_default(),
        above: above.filter_map(|title| texts.line(title)).collect(),
        kind: number.and_then(|number| Kind::new(u8::try_from(number).ok()?)),
        letter: annotation["liseuse:letter"]
            .as_str()
            .and_then(|letter| letter.chars().next()),
        is_loose: annotation["liseuse:loose"] == true,
        added: annotation["created"].as_str().and_then(time),
        ..Incoming::default()
    };
    for source in all(&target["source"]) {
        let id = source.as_str().or_else(|| source["id"].as_str());
        incoming.url = id.filter(|id| id.starts_with("http")).map(str::to_owned);
        incoming.article = texts.line(&source["liseuse:article"]);
        incoming.title = texts.line(&source["dc:title"]);
        incoming.path = source["liseuse:path"].as_str().map(PathBuf::from);
    }
    select(&target["selector"], MAX_DEPTH, texts, &mut incoming);
    take_bodies(annotation, texts, kinds, &mut incoming);
    incoming
}

/// Takes what the selectors say.
fn select(selector: &Value, depth: usize, texts: Texts, incoming: &mut Incoming) {
    let Some(depth) = depth.checked_sub(1) else {
        return;
    };
    for selector in all(selector) {
        match selector["type"].as_str() {
            Some("TextQuoteSelector") => {
                incoming.exact = texts.body(&selector["exact"]);
                incoming.prefix = texts.body(&selector["prefix"]);
                incoming.suffix = texts.body(&selector["suffix"]);
            }
            Some("TextPositionSelector") => {
                let start = selector["start"].as_u64();
                incoming.start = start.and_then(|start| usize::try_from(start).ok());
            }
            _ => {}
        }
        select(&selector["refinedBy"], depth, texts, incoming);
    }
}

fn own_id(id: &str, texts: Texts) -> String {
    let id = match id.strip_prefix(BOOKMARK) {
        Some(encoded) => unescaped(encoded).to_string_lossy().into_owned(),
        None => id.to_owned(),
    };
    texts.clean_line(&id)
}

/// Takes what the bodies say: a note, a kind, tags.
fn take_bodies(annotation: &Value, texts: Texts, kinds: &Kinds, incoming: &mut Incoming) {
    let mut notes: Vec<String> = Vec::new();
    if annotation["bodyValue"].is_string() {
        notes.push(texts.body(&annotation["bodyValue"]));
    }
    let has_number = incoming.kind.is_some();
    for part in all(&annotation["body"]) {
        let Some(value) = part["value"].as_str() else {
            continue;
        };
        let is_for = |purpose: &str| all(&part["purpose"]).iter().any(|it| it == purpose);
        if is_for("tagging") {
            if let Some(tag) = tag(&texts.clean_line(value)) {
                add_tag(&mut incoming.tags, tag);
            }
        } else if !is_for("classifying") {
            notes.push(texts.body(&part["value"]));
        } else if !has_number {
            take_kind(value, kinds, incoming);
        }
    }
    incoming.note = notes.join("\n\n");
}

/// How texts are made safe to show.
#[derive(Clone, Copy)]
enum Texts {
    /// As those of articles are: they may be anything.
    Foreign,
    /// As those of the journal are, from which they came: a quote that begins inside of a word stays as it is.
    Own,
}

impl Texts {
    /// The texts of an annotation with this target.
    fn of(target: &Value) -> Self {
        let mut sources = all(&target["source"]).iter();
        if sources.any(|source| source["liseuse:article"].is_string()) {
            Self::Own
        } else {
            Self::Foreign
        }
    }

    fn body(self, value: &Value) -> String {
        let text = value.as_str().unwrap_or_default();
        match self {
            Self::Foreign => clean::body(text).into_owned(),
            Self::Own => visible(text.into()),
        }
    }

    fn line(self, value: &Value) -> Option<String> {
        Some(self.clean_line(value.as_str()?))
    }

    fn clean_line(self, text: &str) -> String {
        match self {
            Self::Foreign => clean::line(text).into_owned(),
            Self::Own => visible(text.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn annotations_of_others_are_read_as_far_as_they_quote() {
        let text = r#"[{
            "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://a.example/anno/1", "type": "Annotation",
            "created": "2023-11-15T12:00:00Z",
            "body": [{"type": "TextualBody", "value": "a \u001b[31mnote"}, {"value": "sea", "purpose": "tagging"},
                {"value": "idea", "purpose": "classifying"}, {"value": "blue sky", "purpose": ["classifying"]}],
            "target": {"source": "https://a.example/x", "selector": {"type": "FragmentSelector", "value": "p",
                "refinedBy": {"type": "TextQuoteSelector", "exact": "words\u202e", "prefix": "some "}}}
        }, {"type": "Annotation", "target": [{"source": {"id": "urn:x"}}]}, {"items": {"first": {"target": {}}}}]"#;
        let all = read(text, &Config::builtin().kinds).unwrap();
        assert_eq!(all.len(), 3);
        let expected = Incoming {
            id: Some("https://a.example/anno/1".into()),
            url: Some("https://a.example/x".into()),
            exact: "words".into(),
            prefix: "some ".into(),
            note: "a ␛[31mnote".into(),
            kind: Kind::new(3),
            tags: vec!["sea".into(), "blue_sky".into()],
            added: Some(1_700_049_600_000),
            ..Incoming::default()
        };
        assert_eq!(all[0], expected);
        assert_eq!(all[1], Incoming::default());
    }

    #[test]
    fn what_is_nested_too_deep_is_left_out() {
        let deep = format!("{}{}", "[".repeat(100), "]".repeat(100));
        assert_eq!(read(&deep, &Kinds::default()).unwrap(), []);
        read(&"[".repeat(100_000), &Kinds::default()).unwrap_err();
        let selectors = r#"{"refinedBy":"#.repeat(90) + "1" + &"}".repeat(90);
        let text = format!(r#"{{"target":{{"selector":{selectors}}}}}"#);
        assert_eq!(
            read(&text, &Kinds::default()).unwrap(),
            [Incoming::default()]
        );
    }
}
