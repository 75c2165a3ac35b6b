//! What a page says of itself in JSON-LD. <https://schema.org/Article>

use serde_json::Value;

use super::super::tree::fold;
use super::{decoded, is_name};

/// So many values of JSON-LD are looked through.
const MAX_VALUES: usize = 20_000;
/// What JSON-LD tells.
#[derive(Debug, Default)]
pub struct Json {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub date: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub body: String,
    pub keywords: Vec<String>,
    pub site: Option<String>,
}

impl Json {
    /// Adds what a text of it tells; nothing when it is broken.
    pub fn read(&mut self, text: &str) {
        let Ok(value) = serde_json::from_str::<Value>(text.trim()) else {
            return;
        };
        let mut stack = vec![&value];
        let mut seen = 0;
        while let Some(value) = stack.pop() {
            seen += 1;
            if seen > MAX_VALUES {
                break;
            }
            match value {
                Value::Array(all) => stack.extend(all.iter().rev()),
                Value::Object(object) => {
                    if is_article(object.get("@type")) {
                        self.take(object);
                    } else if let Some(name) = object.get("name").and_then(Value::as_str)
                        && types(object.get("@type")).any(|t| {
                            matches!(t, "WebSite" | "Organization" | "NewsMediaOrganization")
                        })
                    {
                        self.site.get_or_insert_with(|| decoded(name));
                    }
                    stack.extend(
                        object
                            .get("@graph")
                            .into_iter()
                            .chain(object.get("mainEntity")),
                    );
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, object: &serde_json::Map<String, Value>) {
        let text = |name: &str| {
            object
                .get(name)
                .and_then(Value::as_str)
                .map(decoded)
                .filter(|t| !t.is_empty())
        };
        if self.headline.is_none() {
            self.headline = text("headline").or_else(|| text("name"));
        }
        if self.date.is_none() {
            self.date = text("datePublished").or_else(|| text("dateCreated"));
        }
        if self.url.is_none() {
            self.url = text("url");
        }
        if self.language.is_none() {
            self.language = text("inLanguage");
        }
        let body = text("articleBody").unwrap_or_default();
        if body.len() > self.body.len() {
            self.body = body;
        }
        if self.authors.is_empty() {
            self.authors = names(object.get("author"));
        }
        if self.keywords.is_empty() {
            self.keywords = match object.get("keywords") {
                Some(Value::String(all)) => all.split(',').map(fold).collect(),
                Some(Value::Array(all)) => all
                    .iter()
                    .filter_map(Value::as_str)
                    .take(40)
                    .map(fold)
                    .collect(),
                _ => Vec::new(),
            };
        }
    }
}

fn types(value: Option<&Value>) -> impl Iterator<Item = &str> {
    let all: &[Value] = match value {
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    all.iter().filter_map(Value::as_str)
}

fn is_article(value: Option<&Value>) -> bool {
    types(value).any(|kind| {
        kind.ends_with("Article")
            || matches!(
                kind,
                "BlogPosting" | "LiveBlogPosting" | "Report" | "Review" | "Recipe"
            )
    })
}

/// The names of people.
fn names(value: Option<&Value>) -> Vec<String> {
    let all: &[Value] = match value {
        Some(Value::Array(all)) => all,
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let name = |value: &Value| match value {
        Value::String(name) => Some(decoded(name)),
        Value::Object(object) => object.get("name").and_then(Value::as_str).map(decoded),
        _ => None,
    };
    let mut names: Vec<String> = Vec::new();
    for name in all
        .iter()
        .take(20)
        .filter_map(name)
        .filter(|name| is_name(name))
    {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
