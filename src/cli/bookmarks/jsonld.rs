//! `--format jsonld`: the [W3C Web Annotation model](https://www.w3.org/TR/annotation-model/).

use serde_json::{Map, Value, json};

use crate::journal::written;
use crate::library::Passage;
use crate::model::quote::fragment::encoded;

/// The context that every annotation has.
pub const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What the names of the bookmarks begin with.
pub const BOOKMARK: &str = "urn:liseuse:bookmark:";
const ARTICLE: &str = "urn:liseuse:article:";

/// All bookmarks as one collection.
pub fn collection(passages: &[Passage]) -> Value {
    let mut collection = json!({
        "@context": [CONTEXT, { "liseuse": "urn:liseuse:" }],
        "id": "urn:liseuse:bookmarks",
        "type": "AnnotationCollection",
        "label": "Bookmarks of liseuse",
        "total": passages.len(),
    });
    if !passages.is_empty() {
        let items: Vec<Value> = passages.iter().map(annotation).collect();
        collection["first"] = json!({
            "id": "urn:liseuse:bookmarks:all",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        });
    }
    collection
}

fn annotation(passage: &Passage) -> Value {
    let bookmark = &passage.bookmark;
    let has_note = !bookmark.note.is_empty();
    let mut annotation = json!({
        "id": name(&bookmark.id.0),
        "type": "Annotation",
        "motivation": if has_note { "commenting" } else { "highlighting" },
        "created": written(bookmark.added),
        "target": {
            "type": "SpecificResource",
            "source": source(passage),
            "selector": selectors(passage),
        },
    });
    if has_note {
        annotation["body"] = json!([{
            "type": "TextualBody",
            "value": bookmark.note,
            "format": "text/plain",
            "purpose": "commenting",
        }]);
    }
    if !bookmark.section.is_empty() {
        annotation["liseuse:section"] = json!(bookmark.section);
    }
    if let Some(letter) = bookmark.letter {
        annotation["liseuse:letter"] = json!(letter);
    }
    annotation
}

/// The name of a bookmark among all things: what came from elsewhere keeps its own.
fn name(id: &str) -> String {
    match id.split_once(':') {
        Some((scheme, _)) if scheme.chars().all(|c| c.is_ascii_alphanumeric()) => id.to_owned(),
        _ => format!("{BOOKMARK}{}", encoded(id)),
    }
}

fn source(passage: &Passage) -> Value {
    let (article, metadata) = (&passage.article, &passage.metadata);
    let mut source = Map::new();
    let id = metadata
        .url
        .clone()
        .unwrap_or_else(|| format!("{ARTICLE}{}", encoded(&article.id.0)));
    source.insert("id".into(), id.into());
    source.insert("type".into(), "Text".into());
    source.insert("liseuse:article".into(), article.id.0.clone().into());
    source.insert("liseuse:path".into(), article.path.to_string_lossy().into());
    let others = [
        ("dc:title", Some(&article.title)),
        ("dc:creator", metadata.byline.as_ref()),
        ("dc:date", metadata.date.as_ref()),
        ("language", metadata.language.as_ref()),
    ];
    for (name, value) in others {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            source.insert(name.into(), value.clone().into());
        }
    }
    source.into()
}

fn selectors(passage: &Passage) -> Value {
    let quote = &passage.bookmark.quote;
    let mut selectors = vec![json!({
        "type": "TextQuoteSelector",
        "exact": quote.exact,
        "prefix": quote.prefix,
        "suffix": quote.suffix,
    })];
    if let Some(place) = &passage.place {
        selectors.push(json!({
            "type": "TextPositionSelector",
            "start": place.start,
            "end": place.end,
        }));
    }
    selectors.into()
}
