//! The article that a name on the command line means.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Result, bail};

use super::file::{self, shown};
use super::identity::STANDARD_INPUT;
use super::{Article, ArticleId, Library};

/// No article has this name.
#[derive(Debug, thiserror::Error)]
#[error("no article `{name}`{}", .nearest.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
pub struct NoArticle {
    /// What was asked for.
    pub name: String,
    /// The name that is most like it, if one is.
    pub nearest: Option<String>,
}

/// Longer names are compared by their beginnings, in characters.
const MAX_COMPARED: usize = 80;
/// How many articles of one name a message tells.
const MAX_TOLD: usize = 4;

impl Library {
    /// The article of a name: the path of its file (also inside the library folder), its title, its file's name with or
    /// without ending, or its id. Case does not matter but in paths. Articles whose file is gone count too.
    ///
    /// # Errors
    /// [`NoArticle`] when there is none; when there are several; when the path is that of something else.
    pub fn find(&self, name: impl AsRef<Path>) -> Result<Article> {
        let path = name.as_ref();
        if path == Path::new(STANDARD_INPUT) {
            return Ok(self.read(path)?.0);
        }
        for path in [path, &self.folders.library.join(path)] {
            if path.is_file() {
                return self.look_at(path);
            }
        }
        let name = shown(path);
        let all = self.all_articles();
        let meant: Vec<_> = all
            .iter()
            .filter(|article| is_name(&name, article))
            .collect();
        match meant.as_slice() {
            [] if path.exists() => self.look_at(path),
            [] => bail!(NoArticle {
                nearest: nearest(&name, &all),
                name
            }),
            [article] => Ok((*article).clone()),
            [first, ..] if meant.iter().all(|article| article.id == first.id) => {
                Ok((*first).clone())
            }
            several => {
                let paths: Vec<_> = several
                    .iter()
                    .map(|a| format!("`{}`", shown(&a.path)))
                    .collect();
                let told = paths[..paths.len().min(MAX_TOLD)].join(", ");
                bail!(
                    "`{name}` is the name of {} articles, say which: {told}",
                    several.len()
                )
            }
        }
    }

    /// Every article that is there, and those of which only the journal tells.
    pub(super) fn all_articles(&self) -> Vec<Article> {
        let mut all = Vec::new();
        self.scan(&mut |found| all.extend(found));
        let there: HashSet<&ArticleId> = all.iter().map(|article| &article.id).collect();
        let ids: Vec<_> = self.journal().articles().cloned().collect();
        let gone: Vec<_> = ids.into_iter().filter(|id| !there.contains(id)).collect();
        all.extend(gone.iter().map(|id| self.article(id)));
        all
    }
}

pub(super) fn is_name(name: &str, article: &Article) -> bool {
    let name = name.to_lowercase();
    article.id.0 == name || names(article).iter().any(|own| own.to_lowercase() == name)
}

fn names(article: &Article) -> [String; 3] {
    let file = article
        .path
        .file_name()
        .map(|name| shown(name.as_ref()))
        .unwrap_or_default();
    [article.title.clone(), file::stem(&article.path), file]
}

/// The name of an article that is most like this one: at most every third letter is another.
fn nearest(name: &str, articles: &[Article]) -> Option<String> {
    let letters = letters(name);
    let names = articles
        .iter()
        .flat_map(names)
        .map(|own| (distance(&letters, &self::letters(&own)), own));
    let (distance, nearest) = names.min_by_key(|(distance, _)| *distance)?;
    (distance <= (letters.len() / 3).max(1)).then_some(nearest)
}

fn letters(name: &str) -> Vec<char> {
    name.to_lowercase().chars().take(MAX_COMPARED).collect()
}

/// How many letters have to be added, removed or changed to make one word the other: Levenshtein's distance, row by row.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: usize) {
        assert_eq!(distance(&letters(a), &letters(b)), expected);
        assert_eq!(distance(&letters(b), &letters(a)), expected);
    }

    #[test]
    fn names_are_near_when_few_letters_differ() {
        check("", "", 0);
        check("dune", "dunes", 1);
        check("Dune", "dune", 0);
        check("kitten", "sitting", 3);
        check("", "été", 3);
    }
}
