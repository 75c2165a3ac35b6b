//! Taking in passages that another program, or liseuse elsewhere, kept.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::PathBuf;

use anyhow::Result;

use super::find::is_name;
use super::identity::content_hash;
use super::passages::Text;
use super::{Article, ArticleId, Library};
use crate::model::article::{Bookmark, BookmarkId, Kind};
use crate::model::document::{BlockKind, Document, Position};
use crate::model::quote::{Finder, Found, Quote};
use crate::model::state::{Change, Fact};

/// A passage as a file tells of it. All texts are to be clean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Incoming {
    /// Which bookmark, if the file says so.
    pub id: Option<String>,
    /// The article's id in liseuse.
    pub article: Option<String>,
    /// The article's address.
    pub url: Option<String>,
    /// The article's title.
    pub title: Option<String>,
    /// The article's file.
    pub path: Option<PathBuf>,
    /// The words.
    pub exact: String,
    /// What stood before them; may be empty.
    pub prefix: String,
    /// What stood after them; may be empty.
    pub suffix: String,
    /// Where they began, in characters of the text (see [`Passage`](super::Passage)).
    pub start: Option<usize>,
    /// The section's title.
    pub section: String,
    /// The titles of the sections in which it stood, the outermost first.
    pub above: Vec<String>,
    /// What it was highlighted as.
    pub kind: Option<Kind>,
    /// The words it is filed under, as [`tag`](crate::model::article::tag) writes them.
    pub tags: Vec<String>,
    /// What the reader wrote to it.
    pub note: String,
    /// Its letter.
    pub letter: Option<char>,
    /// Whether its words are not to be looked for.
    pub is_loose: bool,
    /// When it was made, in milliseconds since 1970.
    pub added: Option<i64>,
}

/// What becomes of a passage.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is taken in.
    New(Article, Bookmark),
    /// It is taken in, but its words are not in the text any more.
    NewButLost(Article, Bookmark),
    /// It is here already.
    Here,
    /// It has no words.
    NoWords,
    /// Its article is not here.
    NoArticle,
    /// Several articles could be its.
    SeveralArticles,
}

/// The articles that are here, as imports name them.
struct Shelf<'a> {
    library: &'a Library,
    articles: Vec<Article>,
    /// By address; read when it is first asked for.
    addresses: Option<HashMap<String, Vec<usize>>>,
}

impl Library {
    /// What is to become of passages, in their order. Saves nothing; see [`Self::take_in`].
    pub fn import(&self, incoming: &[Incoming]) -> Vec<Outcome> {
        let mut known = Shelf {
            library: self,
            articles: self.all_articles(),
            addresses: None,
        };
        let mut outcomes = vec![Outcome::NoArticle; incoming.len()];
        let mut by_article: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, one) in incoming.iter().enumerate() {
            if one.exact.trim().is_empty() {
                outcomes[i] = Outcome::NoWords;
                continue;
            }
            match known.find(one).as_slice() {
                [] => {}
                [article] => by_article.entry(*article).or_default().push(i),
                _ => outcomes[i] = Outcome::SeveralArticles,
            }
        }
        let capitals = self.letters_of_all();
        for (article, numbers) in by_article {
            let article = &known.articles[article];
            let document = self.document_of(article);
            let bookmarks = self.journal().state(&article.id).bookmarks;
            let own = bookmarks.iter().filter_map(|bookmark| bookmark.letter);
            let mut placed = Placed {
                article,
                text: document
                    .as_ref()
                    .map(|it| (it, Finder::new(it), Text::of(it))),
                letters: own.chain(capitals.iter().copied()).collect(),
                ids: bookmarks.iter().map(|b| b.id.0.clone()).collect(),
                texts: bookmarks.iter().map(|bookmark| texts(bookmark)).collect(),
                now: super::now(),
            };
            for i in numbers {
                outcomes[i] = placed.place(&incoming[i]);
            }
        }
        outcomes
    }

    /// Keeps what is new of an import: all of it or, when it is not on the disk, nothing.
    ///
    /// # Errors
    /// When it is not on the disk: why, in one line.
    pub fn take_in(&self, outcomes: &[Outcome]) -> Result<()> {
        let does = outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::New(article, bookmark) | Outcome::NewButLost(article, bookmark) => {
                Some((article.id.clone(), Fact::Bookmark(bookmark.clone())))
            }
            Outcome::Here | Outcome::NoWords | Outcome::NoArticle | Outcome::SeveralArticles => {
                None
            }
        });
        let does: Vec<(ArticleId, Fact)> = does.collect();
        if does.is_empty() {
            return Ok(());
        }
        self.save(&Change {
            does,
            undoes: Vec::new(),
            words: String::new(),
        })?;
        Ok(())
    }

    /// The capital letters that lead to bookmarks of all articles.
    fn letters_of_all(&self) -> Vec<char> {
        let all = self.bookmarks().into_iter();
        all.filter_map(|(_, bookmark)| bookmark.letter)
            .filter(char::is_ascii_uppercase)
            .collect()
    }
}

impl Shelf<'_> {
    /// The articles that a passage can be from: by id, else by address, else by title, else by file.
    fn find(&mut self, one: &Incoming) -> Vec<usize> {
        let by = |is_it: &dyn Fn(&Article) -> bool| -> Vec<usize> {
            let articles = self.articles.iter().enumerate();
            let found = articles.filter(|(_, article)| is_it(article));
            let mut found: Vec<usize> = found.map(|(i, _)| i).collect();
            found.dedup_by_key(|i| &self.articles[*i].id);
            found
        };
        if let Some(id) = &one.article {
            let found = by(&|article| article.id.0 == *id);
            if !found.is_empty() {
                return found;
            }
        }
        let by_title = one
            .title
            .as_ref()
            .filter(|title| !title.trim().is_empty())
            .map(|title| by(&|article| is_name(title.trim(), article)));
        let by_path = one
            .path
            .as_ref()
            .map(|path| by(&|article| article.path == *path));
        if let Some(url) = &one.url {
            let found = self.at(url);
            if !found.is_empty() {
                return found;
            }
        }
        let mut others = [by_title, by_path].into_iter().flatten();
        others.find(|found| !found.is_empty()).unwrap_or_default()
    }

    fn at(&mut self, url: &str) -> Vec<usize> {
        let (library, articles) = (self.library, &self.articles);
        let addresses = self.addresses.get_or_insert_with(|| {
            let mut addresses: HashMap<String, Vec<usize>> = HashMap::new();
            for (i, article) in articles.iter().enumerate() {
                let document = library.document_of(article);
                if let Some(url) = document.and_then(|document| document.metadata.url) {
                    addresses.entry(address(&url)).or_default().push(i);
                }
            }
            addresses
        });
        addresses.get(&address(url)).cloned().unwrap_or_default()
    }
}

/// An address without what does not tell one article from another.
fn address(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url).trim();
    let url = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .unwrap_or(url);
    url.trim_end_matches('/').to_owned()
}

/// An article with the bookmarks that it has so far.
struct Placed<'a> {
    article: &'a Article,
    /// Its text; `None` when its file is gone.
    text: Option<(&'a Document, Finder<'a>, Text<'a>)>,
    ids: HashSet<String>,
    texts: HashSet<[String; 3]>,
    /// Those that were taken before: a file may give one twice.
    letters: HashSet<char>,
    now: i64,
}

impl Placed<'_> {
    fn place(&mut self, one: &Incoming) -> Outcome {
        let (quote, is_found) = self.quote(one);
        let id = one.id.clone().unwrap_or_else(|| self.id_of(one));
        let bookmark = Bookmark {
            section: one.section.clone(),
            above: one.above.clone(),
            kind: one.kind,
            tags: one.tags.clone(),
            is_loose: one.is_loose,
            note: one.note.clone(),
            letter: one.letter.filter(|letter| self.is_free(*letter)),
            ..Bookmark::plain(BookmarkId(id), quote, one.added.unwrap_or(self.now))
        };
        let is_here = self.ids.contains(&bookmark.id.0) || self.texts.contains(&texts(&bookmark));
        if is_here {
            return Outcome::Here;
        }
        self.ids.insert(bookmark.id.0.clone());
        self.texts.insert(texts(&bookmark));
        let article = self.article.clone();
        if is_found {
            Outcome::New(article, bookmark)
        } else {
            Outcome::NewButLost(article, bookmark)
        }
    }

    /// The quote as it is kept, and whether it is where it should be: in the text, unless it is loose. One that came without surroundings gets those that it has.
    fn quote(&self, one: &Incoming) -> (Quote, bool) {
        let mut quote = Quote {
            exact: one.exact.clone(),
            prefix: one.prefix.clone(),
            suffix: one.suffix.clone(),
            ..nothing()
        };
        if one.is_loose {
            return (quote, true);
        }
        let Some((document, finder, text)) = &self.text else {
            return (quote, false);
        };
        if let Some(start) = one.start {
            quote.hint = text.position_at(start);
        }
        let is_bare = quote.prefix.is_empty() && quote.suffix.is_empty();
        let found = finder.find(&quote);
        let bare = match &found {
            Found::InPlace(range) | Found::Moved(range) if is_bare => Some(range.clone()),
            Found::Lost(_) if is_bare => only_place(document, &quote.exact),
            _ => None,
        };
        if let Some(range) = bare {
            return (Quote::take(document, range), true);
        }
        let Some(range) = found.range() else {
            return (quote, false);
        };
        quote.hint = range.start;
        (quote, true)
    }

    fn is_free(&self, letter: char) -> bool {
        letter.is_ascii_alphabetic() && !self.letters.contains(&letter)
    }

    /// The same for the same passage, so that it is taken in once.
    fn id_of(&self, one: &Incoming) -> String {
        let parts = [
            &self.article.id.0,
            &one.exact,
            &one.prefix,
            &one.suffix,
            &one.note,
        ];
        let text = parts.map(|part| format!("{}:{part}", part.len())).concat();
        format!("import-{}", content_hash(text.as_bytes()))
    }
}

/// Where words stand that stand in one place only. They may be too few to be found for certain in a text that changes;
/// here they are looked for in the text that they were taken from.
fn only_place(document: &Document, words: &str) -> Option<Range<Position>> {
    let blocks = document.blocks().iter().enumerate();
    let blocks = blocks.filter(|(_, block)| block.kind != BlockKind::Noise);
    let mut places = blocks.flat_map(|(block, it)| {
        let found = it.text.match_indices(words);
        found.map(move |(offset, _)| Position { block, offset })
    });
    let (Some(start), None) = (places.next(), places.next()) else {
        return None;
    };
    let end = Position {
        offset: start.offset + words.len(),
        ..start
    };
    Some(start..end)
}

/// What makes two bookmarks of an article the same, whatever their ids are.
fn texts(bookmark: &Bookmark) -> [String; 3] {
    let quote = &bookmark.quote;
    [&quote.exact, &quote.prefix, &bookmark.note].map(Clone::clone)
}

fn nothing() -> Quote {
    Quote {
        exact: String::new(),
        prefix: String::new(),
        suffix: String::new(),
        hint: Position::default(),
    }
}
