//! What the names that pages give their parts (`class`, `id`) tell of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::formats::html::tree::{Id, Tree};

/// One bit for each group of [`GROUPS`].
pub type Groups = u32;

/// Words that mean alike in the names of a page's parts. No name of a site is among them.
pub const GROUPS: &[(&str, &[&str])] = &[
    (
        "text",
        &[
            "article",
            "articlebody",
            "body",
            "content",
            "entry",
            "post",
            "story",
            "text",
            "main",
            "prose",
            "richtext",
            "rich",
            "paragraph",
            "copy",
            "hentry",
            "contents",
            "blog",
            "artikel",
            "texte",
            "inhalt",
            "contenu",
            "cuerpo",
            "noticia",
            "nota",
            "corps",
            "document",
            "markdown",
            "section",
            "single",
        ],
    ),
    (
        "title",
        &["title", "headline", "heading", "titre", "titulo", "hed"],
    ),
    (
        "lead",
        &[
            "summary",
            "dek",
            "standfirst",
            "subtitle",
            "excerpt",
            "lead",
            "lede",
            "intro",
            "abstract",
            "description",
            "subhead",
            "subheadline",
            "teaser",
            "deck",
            "chapo",
            "vorspann",
            "entradilla",
            "sapo",
            "bajada",
        ],
    ),
    (
        "comment",
        &[
            "comment",
            "comments",
            "commentlist",
            "reply",
            "replies",
            "respond",
            "disqus",
            "discussion",
            "kommentar",
            "kommentare",
            "commentaires",
            "comentarios",
            "reactions",
            "forum",
            "responses",
        ],
    ),
    (
        "share",
        &[
            "share",
            "sharing",
            "sharebar",
            "social",
            "follow",
            "like",
            "tweet",
            "facebook",
            "twitter",
            "whatsapp",
            "linkedin",
            "pinterest",
            "email",
            "print",
            "tools",
            "toolbar",
            "actions",
            "buttons",
            "partage",
            "teilen",
            "compartir",
            "bookmark",
            "save",
        ],
    ),
    (
        "related",
        &[
            "related",
            "relatedposts",
            "recommend",
            "recommended",
            "recommendation",
            "recommendations",
            "more",
            "popular",
            "trending",
            "also",
            "latest",
            "recent",
            "read",
            "similar",
            "suggested",
            "next",
            "prev",
            "previous",
            "teasers",
            "card",
            "cards",
            "carousel",
            "slider",
            "listing",
            "promos",
            "mehr",
            "lire",
            "feed",
            "stories",
            "links",
            "linklist",
            "grid",
            "inline",
            "readmore",
            "most",
        ],
    ),
    (
        "navigation",
        &[
            "nav",
            "navbar",
            "navigation",
            "menu",
            "menus",
            "breadcrumb",
            "breadcrumbs",
            "pagination",
            "pager",
            "topbar",
            "masthead",
            "header",
            "submenu",
            "tabs",
            "tab",
            "skip",
            "sitemap",
            "logo",
            "branding",
            "search",
            "dropdown",
            "hamburger",
        ],
    ),
    (
        "footer",
        &[
            "footer",
            "foot",
            "copyright",
            "legal",
            "colophon",
            "bottom",
            "disclaimer",
            "imprint",
            "impressum",
        ],
    ),
    (
        "sidebar",
        &[
            "sidebar",
            "aside",
            "widget",
            "widgets",
            "rail",
            "secondary",
            "side",
            "sidebars",
            "column",
            "complementary",
            "module",
            "panel",
            "box",
            "infobox",
        ],
    ),
    (
        "offer",
        &[
            "ad",
            "ads",
            "adv",
            "advert",
            "advertisement",
            "advertising",
            "sponsor",
            "sponsored",
            "promo",
            "promotion",
            "promoted",
            "banner",
            "adslot",
            "dfp",
            "gpt",
            "outbrain",
            "taboola",
            "affiliate",
            "commercial",
            "anzeige",
            "werbung",
            "pub",
            "publicite",
            "publicidad",
            "marketing",
            "cta",
            "partner",
            "billboard",
            "leaderboard",
            "mpu",
        ],
    ),
    (
        "sign up",
        &[
            "newsletter",
            "subscribe",
            "subscription",
            "signup",
            "paywall",
            "form",
            "login",
            "register",
            "signin",
            "abo",
            "donate",
            "donation",
            "support",
            "membership",
            "member",
            "premium",
            "piano",
            "regwall",
            "email",
            "mailing",
            "optin",
            "account",
            "user",
        ],
    ),
    (
        "author",
        &[
            "author",
            "authors",
            "byline",
            "bylines",
            "bio",
            "contributor",
            "writer",
            "profile",
            "avatar",
            "vcard",
            "autor",
            "auteur",
            "reporter",
            "biography",
            "about",
            "credits",
        ],
    ),
    (
        "about it",
        &[
            "meta",
            "metadata",
            "date",
            "dateline",
            "published",
            "time",
            "timestamp",
            "tag",
            "tags",
            "taglist",
            "category",
            "categories",
            "cat",
            "label",
            "labels",
            "kicker",
            "eyebrow",
            "topic",
            "topics",
            "keywords",
            "info",
            "postmeta",
            "datum",
            "fecha",
            "updated",
            "byline",
            "section",
            "views",
            "reading",
            "duration",
            "count",
            "rubrik",
            "rubric",
        ],
    ),
    (
        "picture",
        &[
            "caption",
            "captions",
            "figure",
            "image",
            "img",
            "photo",
            "photos",
            "gallery",
            "media",
            "video",
            "player",
            "credit",
            "slideshow",
            "picture",
            "thumb",
            "thumbnail",
            "figcaption",
            "bildunterschrift",
            "legende",
            "embed",
            "audio",
            "lightbox",
            "imagecaption",
            "attribution",
        ],
    ),
    (
        "overlay",
        &[
            "cookie",
            "cookies",
            "consent",
            "gdpr",
            "popup",
            "modal",
            "overlay",
            "dialog",
            "lightbox",
            "toast",
            "notification",
            "alert",
            "notice",
            "interstitial",
            "message",
            "hidden",
            "hide",
            "tooltip",
            "warning",
            "invisible",
            "sr",
            "screen",
            "visually",
            "noprint",
            "offscreen",
        ],
    ),
    ("contents", &["toc", "tableofcontents", "jump", "outline"]),
    (
        "quote",
        &[
            "quote",
            "pullquote",
            "blockquote",
            "quoted",
            "testimonial",
            "callout",
            "highlight",
            "highlights",
            "key",
            "takeaways",
            "factbox",
            "fact",
        ],
    ),
    (
        "shop",
        &[
            "price", "product", "products", "cart", "shop", "buy", "checkout", "sku", "rating",
            "ratings", "review", "reviews", "stars", "deal", "deals", "store", "shipping",
            "wishlist",
        ],
    ),
    (
        "note",
        &[
            "note",
            "notes",
            "footnote",
            "footnotes",
            "reference",
            "references",
            "citation",
            "correction",
            "editor",
            "endnote",
            "sources",
            "bibliography",
            "appendix",
        ],
    ),
    (
        "code",
        &[
            "code",
            "highlight",
            "syntax",
            "snippet",
            "example",
            "language",
            "sourcecode",
            "codeblock",
        ],
    ),
];

static WORDS: LazyLock<HashMap<&str, Groups>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Groups> = HashMap::new();
    for (i, (_, group)) in GROUPS.iter().enumerate() {
        for word in *group {
            *words.entry(word).or_default() |= 1 << i;
        }
    }
    words
});

/// The groups of what elements are called; asked once for each name.
#[derive(Debug, Default)]
pub struct Hints<'a>(HashMap<&'a str, Groups>);

impl<'a> Hints<'a> {
    /// The groups that an element's names belong to.
    pub fn of(&mut self, tree: &'a Tree, id: Id) -> Groups {
        let names = ["class", "id", "role", "itemprop"];
        let all = names.iter().filter_map(|name| tree.attribute(id, name));
        all.map(|name| *self.0.entry(name).or_insert_with(|| groups(name)))
            .fold(0, |all, more| all | more)
    }
}

/// The groups of all words in a name: `relatedPosts__title-2`.
fn groups(name: &str) -> Groups {
    let mut all = 0;
    let mut word = String::new();
    let mut was_small = false;
    for c in name.chars().take(600).chain(std::iter::once(' ')) {
        let is_new = !c.is_ascii_alphabetic() || c.is_ascii_uppercase() && was_small;
        if is_new && !word.is_empty() {
            all |= group(&word);
            word.clear();
        }
        if c.is_ascii_alphabetic() {
            word.push(c.to_ascii_lowercase());
        }
        was_small = c.is_ascii_lowercase();
    }
    all
}

/// The groups of a word, or of the two that it is made of.
fn group(word: &str) -> Groups {
    if let Some(found) = WORDS.get(word) {
        return *found;
    }
    if !(7..=40).contains(&word.len()) {
        return 0;
    }
    let halves = (3..=word.len() - 3).map(|at| word.split_at(at));
    let known = |word: &str| {
        if word.len() >= 4 {
            WORDS.get(word).copied()
        } else {
            None
        }
    };
    halves
        .map(|(first, second)| known(first).unwrap_or(0) | known(second).unwrap_or(0))
        .fold(0, |all, more| all | more)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str) -> Vec<&'static str> {
        let bits = groups(name);
        GROUPS
            .iter()
            .enumerate()
            .filter(|(i, _)| bits >> i & 1 == 1)
            .map(|(_, (name, _))| *name)
            .collect()
    }

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(names("relatedPosts__title-2"), ["title", "related"]);
        assert_eq!(names("articlebody"), ["text"]);
        assert_eq!(names("newsletterbox"), ["sidebar", "sign up"]);
        assert_eq!(names("shadow gradient"), [""; 0]);
    }
}
