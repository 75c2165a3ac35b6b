//! Finds the article that a word on the command line means.

use std::path::Path;

use anyhow::bail;

use crate::config::nearest;
use crate::library::Library;
use crate::model::article::Article;

/// The article of a file, or the one of the library with this title or file name, or the only one whose title holds
/// these words.
pub(super) fn article(library: &Library, asked: &Path) -> anyhow::Result<Article> {
    if asked.exists() {
        return Ok(library.read(asked)?.0);
    }
    let mut articles = Vec::new();
    library.scan(&mut |found| articles.extend(found));
    Ok(meant(&articles, &asked.to_string_lossy())?.clone())
}

fn meant<'a>(articles: &'a [Article], asked: &str) -> anyhow::Result<&'a Article> {
    let wanted = asked.to_lowercase();
    let name = |article: &Article| {
        article
            .path
            .file_stem()
            .map(|stem| stem.to_string_lossy().to_lowercase())
            .unwrap_or_default()
    };
    let is_it =
        |article: &&Article| article.title.to_lowercase() == wanted || name(article) == wanted;
    let holds = |article: &&Article| article.title.to_lowercase().contains(&wanted);
    let whole: Vec<&Article> = articles.iter().filter(is_it).collect();
    let found = if whole.is_empty() {
        articles.iter().filter(holds).collect()
    } else {
        whole
    };
    match found.as_slice() {
        [article] => Ok(article),
        [] => {
            let titles = articles.iter().map(|article| article.title.to_lowercase());
            let names: Vec<String> = titles.chain(articles.iter().map(name)).collect();
            match nearest(&wanted, names.iter().map(String::as_str)) {
                Some(near) => bail!("no article `{asked}`; did you mean `{near}`?"),
                None => bail!("no article `{asked}`; `liseuse list` shows all"),
            }
        }
        [first, second, ..] => bail!(
            "`{asked}` could be `{}` or `{}`; name the file",
            first.path.display(),
            second.path.display()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::{ArticleId, Status};

    fn library() -> Vec<Article> {
        let article = |name: &str, title: &str| Article {
            id: ArticleId(name.to_owned()),
            path: name.into(),
            folder: String::new(),
            title: title.to_owned(),
            language: None,
            minutes: 1,
            modified: 0,
            status: Status::Unread,
            bookmarks: 0,
            last_read: 0,
        };
        vec![
            article("a/dunes.txt", "The Dunes"),
            article("b.md", "The Sea"),
            article("c.md", "Sea Birds"),
        ]
    }

    #[track_caller]
    fn check(asked: &str, expected: &str) {
        let articles = library();
        let found = match meant(&articles, asked) {
            Ok(article) => article.title.clone(),
            Err(why) => why.to_string(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn an_article_is_found_by_title_by_file_name_and_by_words_that_only_it_has() {
        check("the sea", "The Sea");
        check("Dunes", "The Dunes");
        check("b", "The Sea");
        check("birds", "Sea Birds");
        check("sea", "`sea` could be `b.md` or `c.md`; name the file");
        check("dune", "The Dunes");
        check("dunse", "no article `dunse`; did you mean `dunes`?");
        check("xyz", "no article `xyz`; `liseuse list` shows all");
    }
}
