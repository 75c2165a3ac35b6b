//! The bookmarks of the whole library, those of articles whose file is gone included.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file;
use super::identity;
use super::{Article, ArticleId, Library};
use crate::formats::clean;
use crate::model::article::{Bookmark, Kept, Status};
use crate::model::query::Clock;

/// Milliseconds of a day.
const DAY: i64 = 24 * 60 * 60 * 1000;
/// What was kept so long ago is shown again, in milliseconds.
const OLD: i64 = 7 * DAY;

impl Library {
    /// All bookmarks, newest first, each with its article.
    pub fn bookmarks(&self) -> Vec<Kept> {
        let ids: Vec<_> = {
            let journal = self.journal();
            journal
                .articles()
                .filter(|id| journal.brief(id).bookmarks > 0)
                .cloned()
                .collect()
        };
        let mut all = Vec::new();
        for id in ids {
            let article = Arc::new(self.article(&id));
            let bookmarks = self.journal().state(&id).bookmarks;
            all.extend(
                bookmarks
                    .into_iter()
                    .map(|bookmark| (Arc::clone(&article), bookmark)),
            );
        }
        all.sort_by(|(_, a), (_, b)| (Reverse(a.added), &a.id).cmp(&(Reverse(b.added), &b.id)));
        all
    }

    /// So many passages of the articles that were met which were kept more than a week ago, to be shown again: the same for
    /// all of a day, others the next.
    pub fn old_bookmarks(&self, count: usize, clock: Clock) -> Vec<Kept> {
        let day = clock
            .now
            .saturating_add(i64::from(clock.offset) * 1000)
            .div_euclid(DAY);
        let is_worth_it = |bookmark: &Bookmark| {
            let is_old = bookmark.added <= clock.now - OLD;
            let is_mere_place =
                bookmark.letter.is_some() && bookmark.kind.is_none() && bookmark.note.is_empty();
            is_old && !is_mere_place && !bookmark.quote.exact.trim().is_empty()
        };
        let mut old: Vec<(blake3::Hash, ArticleId, Arc<Bookmark>)> = Vec::new();
        {
            let journal = self.journal();
            let met = self.met();
            for id in journal.articles() {
                if journal.brief(id).bookmarks == 0 || !met.contains_key(id) {
                    continue;
                }
                for bookmark in journal.state(id).bookmarks {
                    if is_worth_it(&bookmark) {
                        let lot = blake3::hash(format!("{day} {}", bookmark.id.0).as_bytes());
                        old.push((lot, id.clone(), bookmark));
                    }
                }
            }
        }
        old.sort_unstable_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
        let article = |(_, id, bookmark)| (Arc::new(self.article(&id)), bookmark);
        old.into_iter().take(count).map(article).collect()
    }

    /// The article of which the journal tells: as its file has it, or as it was when the file was last there.
    pub(super) fn article(&self, id: &ArticleId) -> Article {
        let met = self.met().get(id).map(|met| met.article(id));
        let mut article = match met {
            Some(met) if met.path.is_file() || met.path == Path::new(identity::STANDARD_INPUT) => {
                met
            }
            _ => self.known_article(id),
        };
        let brief = self.journal().brief(id);
        article.status = brief.status;
        article.bookmarks = brief.bookmarks;
        article.last_read = brief.last_read;
        article
    }

    fn known_article(&self, id: &ArticleId) -> Article {
        let library = self.real_folder();
        let known: Vec<(PathBuf, String)> = {
            let journal = self.journal();
            let known = journal.known(id).into_iter();
            known
                .map(|known| {
                    (
                        identity::path_of(&library, &known.path),
                        known.title.clone(),
                    )
                })
                .collect()
        };
        let here = known.iter().filter(|(path, _)| path.is_file());
        let mut here = here.filter_map(|(path, _)| self.look_at(path).ok());
        // something else may lie where it lay
        if let Some(article) = here.find(|article| article.id == *id) {
            return article;
        }
        let (path, title) = known.into_iter().next().unwrap_or_default();
        let title = clean::line(&title).trim().to_owned();
        Article {
            id: id.clone(),
            title: if title.is_empty() {
                file::stem(&path)
            } else {
                title
            },
            path,
            author: None,
            folder: String::new(),
            language: None,
            minutes: 1,
            modified: 0,
            status: Status::Unread,
            bookmarks: 0,
            last_read: 0,
            missing: true,
        }
    }
}
