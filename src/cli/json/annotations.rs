//! What `bookmarks --format jsonld` prints: the [W3C Web Annotation model](https://www.w3.org/TR/annotation-model/).

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::config::kinds::Kinds;
use crate::journal::written;
use crate::library::Passage;
use crate::model::article::Kind;
use crate::model::quote::fragment::encoded;

/// The context that every annotation has.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What the names of the bookmarks begin with.
pub const BOOKMARK: &str = "urn:liseuse:bookmark:";
const ARTICLE: &str = "urn:liseuse:article:";
const COLLECTION: &str = "urn:liseuse:bookmarks";
const PAGE: &str = "urn:liseuse:bookmarks:all";

/// All bookmarks as one collection. Its annotations are made as they are written.
#[derive(Serialize)]
pub struct Annotations<'a> {
    #[serde(rename = "@context")]
    context: Value,
    id: &'static str,
    #[serde(rename = "type")]
    class: &'static str,
    label: &'static str,
    total: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<Page<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<&'static str>,
}

/// The one page that holds all annotations.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'a> {
    id: &'static str,
    #[serde(rename = "type")]
    class: &'static str,
    part_of: &'static str,
    start_index: usize,
    items: Items<'a>,
}

struct Items<'a>(&'a [Passage], &'a Kinds);

#[derive(Serialize)]
struct Annotation<'a> {
    id: String,
    #[serde(rename = "type")]
    class: &'static str,
    motivation: &'static str,
    created: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    body: Vec<Body<'a>>,
    target: Target<'a>,
    #[serde(rename = "liseuse:section", skip_serializing_if = "str::is_empty")]
    section: &'a str,
    #[serde(rename = "liseuse:above", skip_serializing_if = "<[_]>::is_empty")]
    above: &'a [String],
    #[serde(rename = "liseuse:kind", skip_serializing_if = "Option::is_none")]
    kind: Option<u8>,
    #[serde(rename = "liseuse:letter", skip_serializing_if = "Option::is_none")]
    letter: Option<char>,
    #[serde(rename = "liseuse:loose", skip_serializing_if = "std::ops::Not::not")]
    loose: bool,
}

/// A `TextualBody`.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    class: &'static str,
    purpose: &'static str,
    value: &'a str,
    format: &'static str,
}

/// A `SpecificResource`.
#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    class: &'static str,
    source: Source<'a>,
    selector: Vec<Selector<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: String,
    #[serde(rename = "type")]
    class: &'static str,
    #[serde(rename = "dc:title", skip_serializing_if = "str::is_empty")]
    title: &'a str,
    #[serde(rename = "dc:creator", skip_serializing_if = "Option::is_none")]
    creator: Option<&'a str>,
    #[serde(rename = "dc:date", skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(rename = "liseuse:article")]
    article: &'a str,
    #[serde(rename = "liseuse:path")]
    path: String,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    #[serde(rename = "TextQuoteSelector")]
    Quote {
        exact: &'a str,
        prefix: &'a str,
        suffix: &'a str,
    },
    #[serde(rename = "TextPositionSelector")]
    Position { start: usize, end: usize },
}

impl<'a> Annotations<'a> {
    /// These bookmarks; their kinds have these names.
    pub fn new(passages: &'a [Passage], kinds: &'a Kinds) -> Self {
        let has_any = !passages.is_empty();
        Self {
            context: json!([CONTEXT, { "liseuse": "urn:liseuse:" }]),
            id: COLLECTION,
            class: "AnnotationCollection",
            label: "Bookmarks of liseuse",
            total: passages.len(),
            first: has_any.then_some(Page {
                id: PAGE,
                class: "AnnotationPage",
                part_of: COLLECTION,
                start_index: 0,
                items: Items(passages, kinds),
            }),
            last: has_any.then_some(PAGE),
        }
    }
}

impl Serialize for Items<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(passages, kinds) = self;
        serializer.collect_seq(passages.iter().map(|passage| {
            let kind = passage.bookmark.kind.map(|kind| kinds.name(kind));
            Named(passage, kind)
        }))
    }
}

/// A passage with the name of its kind.
struct Named<'a>(&'a Passage, Option<String>);

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        annotation(self.0, self.1.as_deref()).serialize(serializer)
    }
}

fn annotation<'a>(passage: &'a Passage, kind: Option<&'a str>) -> Annotation<'a> {
    let bookmark = &passage.bookmark;
    let note = Some(bookmark.note.as_str()).filter(|note| !note.is_empty());
    let note = note.map(|note| body("commenting", note));
    let has_note = note.is_some();
    let kind = kind.map(|kind| body("classifying", kind));
    let tags = bookmark.tags.iter().map(|tag| body("tagging", tag));
    let quote = &bookmark.quote;
    let mut selector = vec![Selector::Quote {
        exact: &quote.exact,
        prefix: &quote.prefix,
        suffix: &quote.suffix,
    }];
    if let Some(place) = &passage.place {
        selector.push(Selector::Position {
            start: place.start,
            end: place.end,
        });
    }
    Annotation {
        id: name(&bookmark.id.0),
        class: "Annotation",
        motivation: if has_note {
            "commenting"
        } else {
            "highlighting"
        },
        created: written(bookmark.added),
        body: note.into_iter().chain(kind).chain(tags).collect(),
        target: Target {
            class: "SpecificResource",
            source: source(passage),
            selector,
        },
        section: &bookmark.section,
        above: &bookmark.above,
        kind: bookmark.kind.map(Kind::number),
        letter: bookmark.letter,
        loose: bookmark.is_loose,
    }
}

const fn body<'a>(purpose: &'static str, value: &'a str) -> Body<'a> {
    Body {
        class: "TextualBody",
        purpose,
        value,
        format: "text/plain",
    }
}

/// The name of a bookmark among all things: what came from elsewhere keeps its own.
fn name(id: &str) -> String {
    if is_iri(id) {
        id.to_owned()
    } else {
        format!("{BOOKMARK}{}", encoded(id))
    }
}

/// Whether a text can stand where an IRI must: a scheme, and none of the signs that
/// [RFC 3987](https://www.rfc-editor.org/rfc/rfc3987) leaves out.
fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let is_left_out = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric())
        && !rest.is_empty()
        && !rest.contains(is_left_out)
}

fn source(passage: &Passage) -> Source<'_> {
    let (article, metadata) = (&passage.article, &passage.metadata);
    let url = given(metadata.url.as_deref()).filter(|url| is_iri(url));
    Source {
        id: url.map_or_else(
            || format!("{ARTICLE}{}", encoded(&article.id.0)),
            str::to_owned,
        ),
        class: "Text",
        title: &article.title,
        creator: given(metadata.byline.as_deref()),
        date: given(metadata.date.as_deref()),
        language: given(metadata.language.as_deref()),
        article: &article.id.0,
        path: article.path.to_string_lossy().into_owned(),
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|text| !text.is_empty())
}
