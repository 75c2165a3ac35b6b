//! What `bookmarks --format jsonld` prints, held against the [W3C Web Annotation
//! model](https://www.w3.org/TR/annotation-model/), and taken in again.

use liseuse::library::Library;
use liseuse::model::article::{Article, Bookmark, BookmarkId, Kind};
use liseuse::model::document::{Document, Position};
use liseuse::model::quote::Quote;
use liseuse::model::state::{Change, Fact};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::exports::{elsewhere, parsed, run, with_highlights};
use super::{library, with_dunes};
use crate::harness::Home;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// 3.3.5: what annotations and bodies are for.
const MOTIVATIONS: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];

/// What in a value breaks a MUST of the model: the section that says so, with the place.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn unless(&mut self, holds: bool, section: &str, at: &Value) {
        if !holds {
            self.0.push(format!("{section}: {at}"));
        }
    }

    /// 5.1
    fn collection(&mut self, it: &Value) {
        self.context("5.1", it);
        self.unless(is_iri(&it["id"]), "5.1 id", it);
        self.unless(is_of_class(it, "AnnotationCollection"), "5.1 type", it);
        let labels = several(&it["label"]);
        self.unless(labels.iter().all(|l| l.is_string()), "5.1 label", it);
        self.unless(is_count(&it["total"]), "5.1 total", it);
        let total = it["total"].as_u64().unwrap_or(0);
        let (first, last) = (&it["first"], &it["last"]);
        self.unless(first.is_null() == (total == 0), "5.1 first", it);
        for page in [first, last] {
            let is_page = page.is_null() || is_iri(page) || is_iri(&page["id"]);
            self.unless(is_page, "5.1 pages", it);
        }
        if first.is_object() {
            self.page(first, it, total);
        }
    }

    /// 5.2, of a page that lies in its collection and is the only one.
    fn page(&mut self, it: &Value, of: &Value, total: u64) {
        self.unless(it.get("@context").is_none(), "5.2 context", it);
        self.unless(is_iri(&it["id"]), "5.2 id", it);
        self.unless(is_of_class(it, "AnnotationPage"), "5.2 type", it);
        let part_of = &it["partOf"];
        let id = if part_of.is_string() {
            part_of
        } else {
            &part_of["id"]
        };
        self.unless(*id == of["id"], "5.2 partOf", it);
        self.unless(is_count(&it["startIndex"]), "5.2 startIndex", it);
        let items = it["items"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        self.unless(!items.is_empty(), "5.2 items", it);
        let start = it["startIndex"].as_u64().unwrap_or(0);
        let is_last = start + items.len() as u64 == total;
        self.unless(is_last || is_iri(&it["next"]), "5.2 next", it);
        for item in items {
            self.annotation(item);
        }
        let mut ids: Vec<_> = items.iter().map(|item| item["id"].to_string()).collect();
        ids.sort();
        ids.dedup();
        self.unless(ids.len() == items.len(), "3.1 ids", it);
    }

    fn context(&mut self, section: &str, it: &Value) {
        let context = &it["@context"];
        let is_there = several(context).iter().any(|one| **one == CONTEXT);
        // a single value is a string
        let is_single = context.as_array().is_some_and(|all| all.len() == 1);
        self.unless(is_there && !is_single, &format!("{section} context"), it);
    }

    /// 3.1; the context is that of the collection.
    fn annotation(&mut self, it: &Value) {
        self.unless(is_iri(&it["id"]), "3.1 id", it);
        self.unless(is_of_class(it, "Annotation"), "3.1 type", it);
        let motivations = several(&it["motivation"]);
        let are_known = motivations.iter().all(|one| is_motivation(one));
        self.unless(motivations.len() == 1 && are_known, "3.3.5 motivation", it);
        for time in ["created", "modified", "generated"] {
            self.unless(it[time].is_null() || is_time(&it[time]), "3.3.1 time", it);
        }
        self.unless(it["created"].is_string(), "3.3.1 created", it);
        let has_both = !it["body"].is_null() && !it["bodyValue"].is_null();
        self.unless(!has_both, "3.2.5 bodyValue", it);
        for body in several(&it["body"]) {
            self.body(body);
        }
        let targets = several(&it["target"]);
        self.unless(!targets.is_empty(), "3.1 target", it);
        for target in targets {
            self.target(target);
        }
        // each other name is of the vocabulary that the context names
        let names = it.as_object().into_iter().flatten().map(|(name, _)| name);
        let own = ["id", "type", "motivation", "created", "body", "target"];
        for name in names.filter(|name| !own.contains(&name.as_str())) {
            self.unless(name.starts_with("liseuse:"), "1.2 names", it);
        }
    }

    /// 3.2.4
    fn body(&mut self, it: &Value) {
        self.unless(is_of_class(it, "TextualBody"), "3.2.4 type", it);
        self.unless(it["value"].is_string(), "3.2.4 value", it);
        let format = &it["format"];
        self.unless(
            format.is_null() || format == "text/plain",
            "3.2.4 format",
            it,
        );
        let mut purposes = several(&it["purpose"]).into_iter();
        self.unless(purposes.all(is_motivation), "3.3.5 purpose", it);
    }

    /// 4
    fn target(&mut self, it: &Value) {
        self.unless(is_of_class(it, "SpecificResource"), "4 type", it);
        let source = &it["source"];
        let is_one = is_iri(source) || is_iri(&source["id"]);
        self.unless(is_one, "4 source", it);
        let selectors = several(&it["selector"]);
        self.unless(!selectors.is_empty(), "4.2 selector", it);
        for selector in selectors {
            self.selector(selector);
        }
    }

    fn selector(&mut self, it: &Value) {
        match it["type"].as_str() {
            Some("TextQuoteSelector") => {
                self.unless(it["exact"].is_string(), "4.2.4 exact", it);
                for side in ["prefix", "suffix"] {
                    let is_one = it[side].is_null() || it[side].is_string();
                    self.unless(is_one, "4.2.4 surroundings", it);
                }
            }
            Some("TextPositionSelector") => {
                let are_counts = is_count(&it["start"]) && is_count(&it["end"]);
                self.unless(are_counts, "4.2.5 start and end", it);
                let is_forward = it["start"].as_u64() <= it["end"].as_u64();
                self.unless(is_forward, "4.2.5 order", it);
            }
            _ => self.unless(false, "4.2 type", it),
        }
    }
}

/// None, one or several: the model lets one stand without brackets.
fn several(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(all) => all.iter().collect(),
        one => vec![one],
    }
}

fn is_of_class(it: &Value, class: &str) -> bool {
    several(&it["type"]).iter().any(|one| **one == class)
}

fn is_motivation(value: &Value) -> bool {
    value.as_str().is_some_and(|it| MOTIVATIONS.contains(&it))
}

fn is_count(value: &Value) -> bool {
    value.as_u64().is_some()
}

/// RFC 3987: a scheme, and nothing that cannot stand in an address.
fn is_iri(value: &Value) -> bool {
    let iri = regex::Regex::new(r#"^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`[:cntrl:]]+$"#).unwrap();
    value.as_str().is_some_and(|text| iri.is_match(text))
}

/// `xsd:dateTime` in UTC, told by `Z`.
fn is_time(value: &Value) -> bool {
    let time =
        r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$";
    let time = regex::Regex::new(time).unwrap();
    value.as_str().is_some_and(|text| time.is_match(text))
}

fn faults(collection: &Value) -> Vec<String> {
    let mut faults = Faults::default();
    faults.collection(collection);
    faults.0
}

#[test]
fn what_is_printed_has_all_that_the_model_demands() {
    let home = with_highlights();
    let collection = parsed(&run(&home, &["bookmarks", "--format", "jsonld"]).done());
    assert_eq!(faults(&collection), [""; 0]);
    assert_eq!(
        (&collection["total"], &collection["label"]),
        (&json!(4), &json!("Bookmarks of liseuse"))
    );
    let items = collection["first"]["items"].as_array().unwrap();
    let (loose, highlight, note) = (&items[0], &items[1], &items[3]);
    let body = |purpose: &str, value: &str| json!({ "type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain" });
    let bodies = json!([
        body("commenting", "ask Ida\n\n  - twice"),
        body("classifying", "question"),
        body("tagging", "sea"),
        body("tagging", "salt-water"),
    ]);
    assert_eq!(
        (&highlight["body"], &highlight["motivation"]),
        (&bodies, &json!("commenting"))
    );
    assert_eq!(
        (&highlight["liseuse:kind"], &highlight["liseuse:section"]),
        (&json!(2), &json!("Wind"))
    );
    assert_eq!(
        highlight["liseuse:above"],
        json!(["The Dunes", "North > *East*"])
    );
    assert_eq!(
        (&loose["body"], &loose["motivation"]),
        (&json!([body("tagging", "*odd*")]), &json!("highlighting"))
    );
    assert_eq!(
        (&loose["liseuse:loose"], &highlight["liseuse:loose"]),
        (&json!(true), &Value::Null)
    );
    assert_eq!(loose["target"]["selector"].as_array().unwrap().len(), 1);
    assert_eq!(note["target"]["source"]["id"], "https://a.example/dunes");
    assert_eq!(note["target"]["selector"][1]["start"], 98);
    let empty = parsed(&with_dunes().run(&["bookmarks", "--format", "jsonld"]).out);
    assert_eq!(faults(&empty), [""; 0]);
    assert_eq!(
        (&empty["total"], &empty["first"]),
        (&json!(0), &Value::Null)
    );
}

#[test]
fn what_breaks_the_model_is_found() {
    let home = with_highlights();
    let collection = parsed(&run(&home, &["bookmarks", "--format", "jsonld"]).done());
    #[rustfmt::skip]
    let wrong = [
        ("/@context", json!([CONTEXT])), ("/@context", json!("http://a.example")), ("/id", json!("all")),
        ("/type", json!("Collection")), ("/label", json!(1)), ("/total", json!("4")), ("/total", json!(5)),
        ("/first", Value::Null), ("/last", json!("page")), ("/first/id", Value::Null), ("/first/type", json!([])),
        ("/first/partOf", json!("urn:x")), ("/first/startIndex", json!(-1)), ("/first/items", json!([])),
        ("/first/items/1/id", json!("a b:c")), ("/first/items/1/id", json!("urn:a b")),
        ("/first/items/1/type", json!("annotation")), ("/first/items/1/motivation", json!("reading")),
        ("/first/items/1/created", json!("2023-11-14 12:00:00Z")),
        ("/first/items/1/created", json!("2023-11-14T12:00:00+01:00")), ("/first/items/1/target", json!([])),
        ("/first/items/1/body/0/value", Value::Null), ("/first/items/1/body/0/type", json!("Text")),
        ("/first/items/1/body/1/purpose", json!("kind")), ("/first/items/1/target/source", json!([])),
        ("/first/items/1/target/selector/0/type", json!("Quote")),
        ("/first/items/1/target/selector/0/exact", json!(["a"])),
        ("/first/items/1/target/selector/0/prefix", json!(["a", "b"])),
        ("/first/items/1/target/selector/1/start", json!(1.5)),
        ("/first/items/1/target/selector/1/end", json!(0)),
    ];
    for (at, value) in wrong {
        let mut collection = collection.clone();
        let place = collection.pointer_mut(at);
        *place.unwrap_or_else(|| panic!("{at}")) = value;
        assert_eq!(faults(&collection).len().min(1), 1, "{at}");
    }
}

/// An article in scripts that are written from right to left and from left to right.
const TEXT: &str = "---\ntitle: Two Seas\nurl: https://a.example/seas\n---\n\n# Two Seas\n\n\
    Sand moves at night, when nobody looks at it, and it never moves back to where it was.\n\n## می‌خواهم\n\n\
    می‌خواهم به دریا بروم و نمی‌دانم کی برمی‌گردم، شاید فردا\n\n\
    The word \u{2067}שלום עולם\u{2069} stands in a line, and so does \u{2067}ים המלח\u{2069} behind it, e\u{301}te\u{301}.\n\n\
    ### “Deep” *water*\n\nThe wind is the only gardener here, and it prunes everything down to the same slope.\n";

fn with_seas() -> Home {
    let home = Home::new();
    home.write("news/seas.md", TEXT);
    home
}

/// A bookmark of an article, from where it begins and how long it is.
#[derive(Debug, Clone)]
struct Kept {
    start: usize,
    length: usize,
    kind: Option<Kind>,
    tags: Vec<String>,
    note: String,
    path: Vec<String>,
    has_letter: bool,
    /// 1: it is lost; 2: it is loose; 3: a letter of it has changed; else it is in the text.
    standing: u8,
    added: i64,
}

fn kept() -> impl Strategy<Value = Kept> {
    let texts = [
        "",
        "why?",
        "شاید\nفردا",
        "\u{2067}ים",
        "a\n\n  b “c” #d",
        "\u{200c}x",
        "=1+1",
    ];
    let tags = prop::collection::vec("#?[a-zé海ש*:_-]{1,5}", 0..4);
    let tags = tags.prop_map(|tags| liseuse::model::article::tags(&tags.join(" ")));
    let path = prop::collection::vec(
        prop::sample::select(vec!["Two Seas", "می‌خواهم", "a > b"]),
        0..3,
    );
    let place = (0_usize..300, 1_usize..90, 0_u8..6);
    let kind = (0_u8..8).prop_map(Kind::new);
    let rest = (any::<bool>(), -1_000_000_i64..1_800_000_000_000);
    let parts = (
        place,
        kind,
        tags,
        prop::sample::select(texts.to_vec()),
        path,
        rest,
    );
    parts.prop_map(
        |((start, length, standing), kind, tags, note, path, rest)| Kept {
            start,
            length,
            kind,
            tags,
            note: note.to_owned(),
            path: path.into_iter().map(str::to_owned).collect(),
            has_letter: rest.0,
            standing,
            added: rest.1,
        },
    )
}

/// The place after so many characters of the document, blocks joined.
fn place(document: &Document, characters: usize) -> Position {
    let mut left = characters;
    for (block, it) in document.blocks().iter().enumerate() {
        match it.text.char_indices().nth(left) {
            Some((offset, _)) => return Position { block, offset },
            None => left -= it.text.chars().count(),
        }
    }
    let block = document.blocks().len() - 1;
    document.clamp(Position {
        block,
        offset: usize::MAX,
    })
}

fn bookmarks(all: &[Kept], document: &Document) -> Vec<Bookmark> {
    let mut letters = ('a'..='z').chain('A'..='Z');
    let numbered = all.iter().enumerate().map(|(i, one)| {
        let end = place(document, one.start + one.length);
        let mut quote = Quote::take(document, place(document, one.start)..end);
        match one.standing {
            1 | 2 => quote.exact = format!("nothing of the kind {i}"),
            3 => quote.exact = quote.exact.replacen(' ', "x", 1),
            _ => {}
        }
        let mut path = one.path.clone();
        let id = [
            "2026-11-23T19:20:00.000Z-m",
            "https://a.example/",
            "x y",
            "0:",
        ][i % 4];
        Bookmark {
            section: path.pop().unwrap_or_default(),
            above: path,
            kind: one.kind,
            tags: one.tags.clone(),
            note: one.note.clone(),
            letter: letters.next().filter(|_| one.has_letter),
            is_loose: one.standing == 2,
            ..Bookmark::plain(BookmarkId(format!("{id}{i}")), quote, one.added)
        }
    });
    // of one passage with one note, one is taken in
    let mut passages = Vec::new();
    let mut bookmarks: Vec<Bookmark> = numbered.collect();
    bookmarks.retain(|it| {
        let texts = (
            it.quote.exact.clone(),
            it.quote.prefix.clone(),
            it.note.clone(),
        );
        let is_new = !passages.contains(&texts) && !it.quote.exact.trim().is_empty();
        passages.push(texts);
        is_new
    });
    bookmarks
}

fn save(library: &Library, article: &Article, bookmarks: Vec<Bookmark>) {
    let facts = bookmarks.into_iter().map(Fact::Bookmark);
    let change = Change {
        does: facts.map(|fact| (article.id.clone(), fact)).collect(),
        undoes: Vec::new(),
        words: String::new(),
    };
    library.save(&change).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn all_that_goes_out_comes_back(all in prop::collection::vec(kept(), 1..12)) {
        let home = with_seas();
        let opened = library(&home);
        let (article, document, _, _) = opened.read(&home.path("news/seas.md")).unwrap();
        save(&opened, &article, bookmarks(&all, &document));
        let out = run(&home, &["bookmarks", "--format", "jsonld"]).out;
        prop_assert_eq!(faults(&parsed(&out)), [""; 0]);
        let other = with_seas();
        other.write("out.json", &out);
        run(&other, &["import", "out.json"]);
        prop_assert_eq!(run(&other, &["bookmarks", "--format", "jsonld"]).out, out);
    }
}

#[test]
fn bodies_of_other_programs_become_tags_and_kinds() {
    let home = elsewhere();
    let target = json!({
        "source": "https://a.example/dunes",
        "selector": { "type": "TextQuoteSelector", "exact": "the only gardener" },
    });
    let annotation = json!({
        "@context": CONTEXT, "id": "https://a.example/anno/1", "type": "Annotation", "target": target,
        "body": [
            { "type": "TextualBody", "value": "why?", "purpose": "commenting" },
            { "type": "TextualBody", "value": "salt water", "purpose": "tagging" },
            { "type": "TextualBody", "value": "IDEA", "purpose": "classifying" },
            { "type": "TextualBody", "value": "blue", "purpose": "classifying" },
        ],
    });
    home.write("a.json", annotation.to_string());
    run(&home, &["import", "a.json"]).done();
    let found = &parsed(&run(&home, &["bookmarks", "--json"]).done())[0];
    assert_eq!(
        (&found["note"], &found["kind"]),
        (&json!("why?"), &json!("idea"))
    );
    assert_eq!(found["tags"], json!(["salt_water", "blue"]));
}
