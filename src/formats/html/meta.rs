//! What a page says of itself: in JSON-LD, in its `meta` elements, in microdata and in its headings.

use url::Url;

use super::tree::{Id, Tree, fold};
use crate::formats::clean;
use crate::model::document::Metadata;

mod json;

use json::Json;

/// More of a page's JSON-LD is not read.
const MAX_JSON: usize = 4 * 1024 * 1024;
/// Longer titles and names are left out.
const MAX_LINE: usize = 500;
/// What separates a title from the name of the site.
const SEPARATORS: &[&str] = &[
    " | ", " – ", " — ", " - ", " · ", " « ", " » ", " :: ", " / ", " • ", " ‹ ", "｜",
];

/// What a page says of itself, and what else helps to find its article.
#[derive(Debug, Default)]
pub struct Said {
    /// For the document.
    pub metadata: Metadata,
    /// What its links are relative to.
    pub base: Option<Url>,
    /// Where it was published.
    pub own: Option<Url>,
    /// Its article's text, where it gives it apart.
    pub body: String,
    /// What it is about.
    pub summary: String,
    /// Whether it says that it is an article.
    pub is_article: bool,
    /// The heading that is the title.
    pub heading: Option<Id>,
}

/// Everything that is looked through for it.
#[derive(Default)]
struct Head<'a> {
    /// `meta` elements: name or property, in lower case, and content.
    metas: Vec<(String, &'a str)>,
    title: String,
    headings: Vec<(Id, String)>,
    /// The first `h1`.
    first: Option<Id>,
    language: Option<&'a str>,
    base: Option<&'a str>,
    canonical: Option<&'a str>,
    author: Option<String>,
    time: Option<String>,
    json: Json,
}

/// Reads what a page says of itself. `base` is what its links are relative to where it does not say so.
pub fn said(tree: &Tree, base: Option<&Url>) -> Said {
    let head = Head::of(tree);
    let parsed = |text: &str| {
        base.map_or_else(|| Url::parse(text), |base| base.join(text))
            .ok()
    };
    let own = [
        head.canonical,
        head.meta(&["og:url"]),
        head.json.url.as_deref(),
    ];
    let own = own.into_iter().flatten().filter_map(parsed).find(is_web);
    let around = base.or(own.as_ref());
    let own_base = head.base.and_then(|text| {
        around
            .map_or_else(|| Url::parse(text), |base| base.join(text))
            .ok()
    });
    let (title, heading) = head.title();
    let tags = head.tags();
    let metadata = Metadata {
        byline: head.byline().map(|name| clean::line(&name).into_owned()),
        date: head
            .date()
            .map(|date| clean::line(&fold(&date)).into_owned()),
        language: head.language().map(|code| code.to_ascii_lowercase()),
        url: own.as_ref().map(Url::to_string),
        tags,
        title: clean::line(&title).into_owned(),
        too_many: None,
    };
    Said {
        metadata,
        base: own_base.or_else(|| base.cloned()).or_else(|| own.clone()),
        own: own.or_else(|| base.cloned()),
        summary: head
            .meta(&["og:description", "description", "twitter:description"])
            .map(fold)
            .unwrap_or_default(),
        heading,
        is_article: head.json.headline.is_some()
            || head
                .meta(&["og:type"])
                .is_some_and(|kind| kind.eq_ignore_ascii_case("article")),
        body: head.json.body,
    }
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

impl<'a> Head<'a> {
    fn of(tree: &'a Tree) -> Self {
        let mut head = Self::default();
        let mut read = 0;
        for id in tree.all(0) {
            match tree.name(id) {
                "html" => {
                    let said = tree.attribute(id, "lang");
                    head.language = said.or_else(|| tree.attribute(id, "xml:lang"));
                }
                "title" if head.title.is_empty() => head.title = tree.text_in(id, 2000),
                "meta" => head.add_meta(tree, id),
                "base" if head.base.is_none() => head.base = tree.attribute(id, "href"),
                "link"
                    if head.canonical.is_none()
                        && has_word(tree.attribute(id, "rel"), "canonical") =>
                {
                    head.canonical = tree.attribute(id, "href");
                }
                "script"
                    if tree
                        .attribute(id, "type")
                        .is_some_and(|t| t.contains("ld+json")) =>
                {
                    let texts = tree.children(id).filter_map(|child| tree.text(child));
                    for text in texts.filter(|text| text.len() <= MAX_JSON) {
                        read += text.len();
                        if read <= MAX_JSON {
                            head.json.read(text);
                        }
                    }
                }
                "h1" | "h2" if head.headings.len() < 40 => {
                    let text = tree.text_in(id, MAX_LINE);
                    if !text.is_empty() {
                        if tree.name(id) == "h1" {
                            head.first.get_or_insert(id);
                        }
                        head.headings.push((id, text));
                    }
                }
                "time" if head.time.is_none() => {
                    let time = tree.attribute(id, "datetime").map(ToOwned::to_owned);
                    head.time =
                        time.or_else(|| Some(tree.text_in(id, 60)).filter(|t| !t.is_empty()));
                }
                name => head.add_author(tree, id, name),
            }
        }
        head
    }

    fn add_meta(&mut self, tree: &'a Tree, id: Id) {
        let name = ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .find_map(|name| tree.attribute(id, name));
        if let (Some(name), Some(content)) = (name, tree.attribute(id, "content"))
            && self.metas.len() < 300
        {
            self.metas.push((name.to_ascii_lowercase(), content));
        }
    }

    fn add_author(&mut self, tree: &Tree, id: Id, name: &str) {
        if self.author.is_some() || name.is_empty() {
            return;
        }
        let is_author = has_word(tree.attribute(id, "rel"), "author") && name == "a"
            || has_word(tree.attribute(id, "itemprop"), "author")
            || tree.attribute(id, "class").is_some_and(|class| {
                class.split_whitespace().any(|c| {
                    matches!(
                        c,
                        "byline" | "author-name" | "p-author" | "author" | "byline-name"
                    )
                })
            });
        if is_author {
            let text = tree.text_in(id, 120);
            self.author = Some(text).filter(|text| is_name(text));
        }
    }

    fn meta(&self, names: &[&str]) -> Option<&'a str> {
        let of = |name: &&str| {
            self.metas
                .iter()
                .find(|(known, _)| known == name)
                .map(|(_, content)| *content)
        };
        names
            .iter()
            .find_map(of)
            .filter(|content| !content.trim().is_empty())
    }

    /// The title, and the heading that says it.
    fn title(&self) -> (String, Option<Id>) {
        let said = [
            self.json.headline.as_deref(),
            self.meta(&["og:title", "twitter:title", "dc.title", "citation_title"]),
        ];
        let said: Vec<String> = said
            .into_iter()
            .flatten()
            .map(decoded)
            .filter(|t| t.len() <= MAX_LINE && !t.is_empty())
            .collect();
        let whole = (!self.title.is_empty()).then(|| self.title.clone());
        // the heading that the page is named after, in the same words or in some of them
        let named = || said.iter().chain(&whole);
        let says = |is: fn(&str, &str) -> bool, text: &str| named().any(|title| is(title, text));
        let same = self.headings.iter().find(|(_, text)| says(alike, text));
        let near = || {
            let first = self.headings.iter().find(|(id, _)| self.first == Some(*id));
            first.filter(|(_, text)| says(shares_words, text))
        };
        if let Some((id, text)) = same.or_else(near) {
            return (text.clone(), Some(*id));
        }
        if let Some(title) = said.into_iter().next() {
            return (self.bare(&title), None);
        }
        if let Some(title) = whole {
            return (self.bare(&title), None);
        }
        match self.headings.first() {
            Some((id, text)) => (text.clone(), Some(*id)),
            None => (String::new(), None),
        }
    }

    /// A title without the name of the site.
    fn bare(&self, title: &str) -> String {
        let site = self
            .meta(&["og:site_name", "application-name"])
            .or(self.json.site.as_deref());
        for separator in SEPARATORS {
            let Some((first, last)) = title.rsplit_once(separator) else {
                continue;
            };
            let is_site = site.is_some_and(|site| same(site, last));
            let is_short =
                last.split_whitespace().count() <= 4 && first.split_whitespace().count() >= 3;
            if is_site || (is_short && first.len() > last.len()) {
                return first.trim().to_owned();
            }
        }
        title.to_owned()
    }

    fn byline(&self) -> Option<String> {
        if !self.json.authors.is_empty() {
            return Some(self.json.authors.join(", "));
        }
        let meta = self.meta(&[
            "author",
            "article:author",
            "dc.creator",
            "dcterms.creator",
            "citation_author",
            "parsely-author",
            "sailthru.author",
            "byl",
        ]);
        let meta = meta.map(decoded).filter(|name| is_name(name));
        meta.or_else(|| self.author.clone())
            .map(|name| without_by(&name).to_owned())
    }

    fn date(&self) -> Option<String> {
        let meta = self.meta(&[
            "article:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dc.date.issued",
            "dcterms.created",
            "citation_publication_date",
            "pubdate",
            "parsely-pub-date",
            "sailthru.date",
            "publish-date",
            "og:article:published_time",
        ]);
        let date = self
            .json
            .date
            .clone()
            .or_else(|| meta.map(ToOwned::to_owned))
            .or_else(|| self.time.clone())?;
        // a length of time says nothing of when: "PT7M"
        let digits = date.bytes().filter(u8::is_ascii_digit).count();
        Some(day(&date).to_owned()).filter(|date| date.len() <= 60 && digits > 2)
    }

    fn language(&self) -> Option<String> {
        let said = self
            .language
            .or_else(|| self.meta(&["og:locale", "content-language", "dc.language"]));
        let code = said.or(self.json.language.as_deref())?;
        let code = code.split(['-', '_', ',', ' ']).next()?;
        (code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic())).then(|| code.to_owned())
    }

    fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self.json.keywords.clone();
        let many = self
            .metas
            .iter()
            .filter(|(name, _)| name == "article:tag")
            .map(|(_, content)| *content);
        let few = self.meta(&["keywords", "news_keywords"]).into_iter();
        for tag in many
            .chain(few)
            .flat_map(|content| content.split([',', ';']))
        {
            tags.push(fold(tag));
        }
        let mut seen = Vec::new();
        for tag in tags {
            let tag = clean::line(&tag).trim().to_owned();
            if !tag.is_empty() && tag.len() <= 60 && seen.len() < 20 && !seen.contains(&tag) {
                seen.push(tag);
            }
        }
        seen
    }
}

/// Whether this may be the name of somebody: short, and no address.
fn is_name(text: &str) -> bool {
    (2..=120).contains(&text.len())
        && !text.contains("://")
        && !text.starts_with(['@', '/'])
        && text.chars().any(char::is_alphabetic)
        && !text.to_ascii_lowercase().ends_with(" by")
}

/// A byline without the word before the name.
fn without_by(name: &str) -> &str {
    let lower = [
        "written by ",
        "by ",
        "von ",
        "par ",
        "por ",
        "di ",
        "door ",
        "av ",
        "af ",
    ];
    let found = lower.iter().find(|by| {
        name.len() > by.len()
            && name.is_char_boundary(by.len())
            && name[..by.len()].eq_ignore_ascii_case(by)
    });
    // a name may begin so in small letters: "di Caprio"
    found.map_or(name, |by| {
        if name.starts_with(char::is_uppercase) {
            name[by.len()..].trim()
        } else {
            name
        }
    })
}

/// The day of a point in time as computers write it.
fn day(date: &str) -> &str {
    let date = date.trim();
    let is_iso = date.len() > 10
        && date.is_char_boundary(10)
        && date.as_bytes()[..10].iter().enumerate().all(|(i, b)| {
            if i == 4 || i == 7 {
                *b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    if is_iso { &date[..10] } else { date }
}

/// A text of an attribute or of JSON, where entities were often written twice.
fn decoded(text: &str) -> String {
    if text.contains('&') || text.contains('<') {
        let tree = Tree::parse(text);
        return tree.text_in(0, 4 * MAX_JSON);
    }
    fold(text)
}

fn has_word(value: Option<&str>, word: &str) -> bool {
    value.is_some_and(|value| {
        value
            .split_whitespace()
            .any(|w| w.eq_ignore_ascii_case(word))
    })
}

/// The letters and digits of a text, in small letters.
fn letters(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

fn same(one: &str, other: &str) -> bool {
    letters(one) == letters(other)
}

/// Whether a heading and a title have three in ten of their words in common.
fn shares_words(title: &str, heading: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .map(letters)
            .filter(|w| w.len() > 2)
            .collect()
    };
    let (title, heading) = (words(title), words(heading));
    let shared = heading.iter().filter(|word| title.contains(word)).count();
    shared >= 2 && shared * 10 >= 3 * title.len().max(heading.len())
}

/// Whether a heading says what a title does, perhaps with the name of the site on one side.
fn alike(title: &str, heading: &str) -> bool {
    let (title, heading) = (letters(title), letters(heading));
    if heading.len() < 4 {
        return title == heading;
    }
    title == heading
        || (title.starts_with(&heading) || title.ends_with(&heading))
            && heading.len() * 5 >= title.len() * 2
        || heading.starts_with(&title) && title.len() * 3 >= heading.len() * 2
}
