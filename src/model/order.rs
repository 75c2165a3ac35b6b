//! The orders that lists of articles can have.

use std::cmp::Ordering;

use super::article::{Article, Status};
use super::query::Folded;

/// An order of articles. What is alike in one order is put in the next one of several.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The file that changed last comes first.
    #[default]
    Newest,
    /// By title.
    Title,
    /// By the author's name; those without one come last.
    Author,
    /// By folder.
    Folder,
    /// The shortest comes first.
    Length,
    /// Begun, then unread, then read.
    State,
    /// The one that was read last comes first.
    LastRead,
}

impl Sort {
    /// Every order with its name, in the order the key goes through them.
    pub const NAMES: [(&str, Self); 7] = [
        ("newest", Self::Newest),
        ("title", Self::Title),
        ("author", Self::Author),
        ("folder", Self::Folder),
        ("length", Self::Length),
        ("state", Self::State),
        ("last_read", Self::LastRead),
    ];

    /// Its name in words: `last read`.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Title => "title",
            Self::Author => "author",
            Self::Folder => "folder",
            Self::Length => "length",
            Self::State => "state",
            Self::LastRead => "last read",
        }
    }

    /// The order that the key takes next.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Newest => Self::Title,
            Self::Title => Self::Author,
            Self::Author => Self::Folder,
            Self::Folder => Self::Length,
            Self::Length => Self::State,
            Self::State => Self::LastRead,
            Self::LastRead => Self::Newest,
        }
    }

    /// Which of two comes first.
    pub fn compare(self, a: Listed, b: Listed) -> Ordering {
        match self {
            Self::Newest | Self::Length | Self::State | Self::LastRead => {
                self.leading(a).cmp(&self.leading(b))
            }
            Self::Title => a.folded.title().cmp(b.folded.title()),
            Self::Author => author(a).cmp(&author(b)),
            Self::Folder => a.folded.folder().cmp(b.folded.folder()),
        }
    }

    /// A number that is smaller for what comes first; of what has the same one, [`Sort::compare`] knows. Numbers are
    /// compared much faster than names.
    pub fn leading(self, listed: Listed) -> u64 {
        match self {
            Self::Newest => !ordered(listed.article.modified),
            Self::LastRead => !ordered(listed.article.last_read),
            Self::Length => u64::from(listed.article.minutes),
            Self::State => match listed.article.status {
                Status::Begun(_) => 0,
                Status::Unread => 1,
                Status::Read => 2,
            },
            Self::Title => first_letters(listed.folded.title().as_bytes()),
            Self::Folder => first_letters(listed.folded.folder().as_bytes()),
            Self::Author => match first_letters(listed.folded.author().as_bytes()) {
                0 => u64::MAX,
                letters => letters,
            },
        }
    }

    /// The name that it orders by, if it is one.
    pub fn name(self, listed: Listed<'_>) -> Option<&str> {
        match self {
            Self::Title => Some(listed.folded.title()),
            Self::Author => Some(listed.folded.author()),
            Self::Folder => Some(listed.folded.folder()),
            Self::Newest | Self::Length | Self::State | Self::LastRead => None,
        }
    }
}

/// An article as lists order it.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its title, author and folder.
    pub folded: Folded<'a>,
}

/// Which of two articles comes first in these orders; what is alike in all of them is in the order of its file's name,
/// then of its path.
pub fn compare(order: &[Sort], a: Listed, b: Listed) -> Ordering {
    let mut by = order.iter().map(|sort| sort.compare(a, b));
    by.find(|by| by.is_ne()).unwrap_or_else(|| {
        let (a, b) = (&a.article.path, &b.article.path);
        let by_name = a.file_name().cmp(&b.file_name());
        by_name.then_with(|| a.as_os_str().cmp(b.as_os_str()))
    })
}

/// A number that is ordered as this one is.
const fn ordered(number: i64) -> u64 {
    number.cast_unsigned() ^ (1 << 63)
}

/// The first eight bytes of a text as a number that is ordered as the text is.
pub fn first_letters(text: &[u8]) -> u64 {
    let mut letters = [0; 8];
    let length = text.len().min(8);
    letters[..length].copy_from_slice(&text[..length]);
    u64::from_be_bytes(letters)
}

/// An author's name; none comes after all.
fn author(listed: Listed<'_>) -> (bool, &str) {
    let author = listed.folded.author();
    (author.is_empty(), author)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::ArticleId;
    use crate::model::query::Texts;

    fn article(title: &str, author: &str, modified: i64, status: Status) -> Article {
        Article {
            id: ArticleId(title.to_owned()),
            path: format!("{title}.txt").into(),
            folder: String::new(),
            title: title.to_owned(),
            author: (!author.is_empty()).then(|| author.to_owned()),
            language: None,
            minutes: 1,
            modified,
            status,
            bookmarks: 0,
            last_read: 0,
            missing: false,
        }
    }

    #[track_caller]
    fn check(order: &[Sort], expected: &str) {
        let articles = [
            article("Éclair", "", 5, Status::Read),
            article("door", "Bo", -3, Status::Unread),
            article("Echo", "Åse", 9, Status::Begun(4)),
            article("ample", "Bo", 9, Status::Unread),
        ];
        let mut texts = Texts::default();
        for a in &articles {
            texts.push(&a.title, a.author.as_deref().unwrap_or(""), &a.folder);
        }
        let listed = |i: &usize| Listed {
            article: &articles[*i],
            folded: texts.get(*i),
        };
        let mut sorted = [0, 1, 2, 3];
        sorted.sort_by(|a, b| compare(order, listed(a), listed(b)));
        let titles: Vec<_> = sorted.iter().map(|i| articles[*i].title.as_str()).collect();
        assert_eq!(titles.join(" "), expected);
        for pair in sorted.windows(2) {
            let leading = |i: &usize| order[0].leading(listed(i));
            assert!(leading(&pair[0]) <= leading(&pair[1]));
        }
    }

    #[test]
    fn what_is_alike_in_one_order_is_put_in_the_next() {
        check(&[Sort::Title], "ample door Echo Éclair");
        check(&[Sort::Newest], "Echo ample Éclair door");
        check(&[Sort::Newest, Sort::Title], "ample Echo Éclair door");
        check(&[Sort::State, Sort::Newest], "Echo ample door Éclair");
        check(&[Sort::Author, Sort::Title], "Echo ample door Éclair");
        check(&[Sort::Length], "Echo ample door Éclair");
    }

    #[test]
    fn the_key_goes_through_all_orders() {
        for (i, (name, sort)) in Sort::NAMES.iter().enumerate() {
            assert_eq!(sort.next(), Sort::NAMES[(i + 1) % Sort::NAMES.len()].1);
            assert_eq!(name.replace('_', " "), sort.words());
        }
    }
}
