//! Bookmarks with all that is told of them elsewhere: what the article says of itself, and where they stand in it.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::identity::STANDARD_INPUT;
use super::{Article, ArticleId, Library};
use crate::model::article::{Bookmark, Kept};
use crate::model::document::{BlockKind, Document, Metadata, Position};
use crate::model::quote::{Finder, Found, fragment};

/// A bookmark with its article.
#[derive(Debug, Clone)]
pub struct Passage {
    /// The article.
    pub article: Arc<Article>,
    /// What its text says of itself; nothing where its file is gone.
    pub metadata: Arc<Metadata>,
    /// The bookmark.
    pub bookmark: Arc<Bookmark>,
    /// Where its words stand: in characters of the article's text, its blocks joined by newlines and noise left out.
    /// `None` when they are not found.
    pub place: Option<Range<usize>>,
    /// What has become of its words; `None` when they were not looked for: the file is gone, or the bookmark is loose.
    pub standing: Option<Standing>,
}

/// What has become of the words of a bookmark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They stand where they stood.
    InPlace,
    /// They stand elsewhere.
    Moved,
    /// Other words stand in their place.
    Changed,
    /// They are not found for certain.
    Lost,
}

impl Standing {
    /// The word for it, in JSON.
    pub const fn word(self) -> &'static str {
        match self {
            Self::InPlace => "in_place",
            Self::Moved => "moved",
            Self::Changed => "changed",
            Self::Lost => "lost",
        }
    }

    const fn of(found: &Found) -> Self {
        match found {
            Found::InPlace(_) => Self::InPlace,
            Found::Moved(_) => Self::Moved,
            Found::Changed(..) => Self::Changed,
            Found::Lost(_) => Self::Lost,
        }
    }
}

impl Passage {
    /// The address that leads to it on its web page, where its article has one.
    pub fn link(&self) -> Option<String> {
        fragment::link(self.metadata.url.as_deref()?, &self.bookmark.quote)
    }
}

impl Library {
    /// Bookmarks with what their articles say, in the order in which they come. Each article is read once.
    pub fn passages(&self, bookmarks: Vec<Kept>) -> Vec<Passage> {
        let mut by_article: HashMap<ArticleId, Vec<usize>> = HashMap::new();
        for (i, (article, _)) in bookmarks.iter().enumerate() {
            by_article.entry(article.id.clone()).or_default().push(i);
        }
        let mut passages: Vec<Passage> = bookmarks
            .into_iter()
            .map(|(article, bookmark)| Passage {
                article,
                metadata: Arc::default(),
                bookmark,
                place: None,
                standing: None,
            })
            .collect();
        for numbers in by_article.values() {
            let first = &passages[numbers[0]].article;
            let Some(document) = self.document_of(first) else {
                continue;
            };
            let metadata = Arc::new(document.metadata.clone());
            let finder = Finder::new(&document);
            let text = Text::of(&document);
            for &number in numbers {
                let passage = &mut passages[number];
                passage.metadata = Arc::clone(&metadata);
                if passage.bookmark.is_loose {
                    continue;
                }
                let found = finder.find(&passage.bookmark.quote);
                passage.place = found.range().map(|range| {
                    text.characters_before(range.start)..text.characters_before(range.end)
                });
                passage.standing = Some(Standing::of(&found));
            }
        }
        passages
    }

    /// The text of an article, if its file is there and still holds it.
    pub(super) fn document_of(&self, article: &Article) -> Option<Document> {
        if !article.path.is_file() || article.path == Path::new(STANDARD_INPUT) {
            return None;
        }
        let (found, document, _, _) = self.read(&article.path).ok()?;
        (found.id == article.id).then_some(document)
    }
}

/// Places of a document as numbers of characters, and back.
pub(super) struct Text<'a> {
    document: &'a Document,
    /// Before each block.
    before: Vec<usize>,
}

impl<'a> Text<'a> {
    pub fn of(document: &'a Document) -> Self {
        let mut sum = 0;
        let before = document.blocks().iter().map(|block| {
            let start = sum;
            if block.kind != BlockKind::Noise {
                sum += block.text.chars().count() + 1;
            }
            start
        });
        let before = before.collect();
        Self { document, before }
    }

    fn characters_before(&self, position: Position) -> usize {
        let Some(block) = self.document.blocks().get(position.block) else {
            return 0;
        };
        let start = &block.text[..block.text.floor_char_boundary(position.offset)];
        self.before[position.block] + start.chars().count()
    }

    /// The place after so many characters, or the end.
    pub fn position_at(&self, characters: usize) -> Position {
        let block = self.before.partition_point(|&before| before <= characters);
        // of blocks that begin at one place the last is no noise, or nothing follows
        let Some(block) = block.checked_sub(1) else {
            return Position::default();
        };
        let text = &self.document.blocks()[block].text;
        let within = characters - self.before[block];
        let offset = text.char_indices().nth(within);
        Position {
            block,
            offset: offset.map_or(text.len(), |(offset, _)| offset),
        }
    }
}
