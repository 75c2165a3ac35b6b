//! A query made ready to be asked of many articles, one after the other.

use memchr::memmem::Finder;

use super::{Clock, Expr, Facts, Field, Folded, Query, Term, Words};
use crate::model::article::Article;

/// A query made ready to be asked of many articles: days are times, and words are what looks for them.
#[derive(Debug, Clone)]
pub struct Sieve(Part);

#[derive(Debug, Clone)]
enum Part {
    All(Vec<Part>),
    Any(Vec<Part>),
    Not(Box<Part>),
    /// Words anywhere.
    Anywhere(Box<Finder<'static>>),
    /// Words of a title.
    Title(Box<Finder<'static>>),
    /// From this time on.
    After(i64),
    /// Before this time.
    Before(i64),
    Other(Term),
}

impl Query {
    /// The query, ready to be asked of many articles at this time. It lets through what [`Term::matches`] holds for.
    pub fn sieve(&self, clock: Clock) -> Sieve {
        Sieve(Part::of(&self.root, clock))
    }
}

impl Sieve {
    /// Whether an article is asked for.
    pub fn lets(&self, article: &Article, folded: Folded) -> bool {
        self.0.lets(article, folded)
    }
}

impl Part {
    fn of(expr: &Expr, clock: Clock) -> Self {
        let each = |all: &[Expr]| all.iter().map(|expr| Self::of(expr, clock)).collect();
        match expr {
            Expr::All(all) => Self::All(each(all)),
            Expr::Any(any) => Self::Any(each(any)),
            Expr::Not(expr) => Self::Not(Box::new(Self::of(expr, clock))),
            Expr::Term(term) => match term {
                Term::Words(words) if !words.is_start() => Self::Anywhere(finder(words)),
                Term::Text(Field::Title, words) if !words.is_start() => Self::Title(finder(words)),
                Term::After(date) => Self::After(date.start(clock)),
                Term::Before(date) => Self::Before(date.start(clock)),
                Term::Words(_)
                | Term::Text(..)
                | Term::Folder(_)
                | Term::Language(_)
                | Term::Is(_)
                | Term::Minutes(..) => Self::Other(term.clone()),
            },
        }
    }

    fn lets(&self, article: &Article, folded: Folded) -> bool {
        match self {
            Self::All(all) => all.iter().all(|part| part.lets(article, folded)),
            Self::Any(any) => any.iter().any(|part| part.lets(article, folded)),
            Self::Not(part) => !part.lets(article, folded),
            Self::Anywhere(finder) => finder.find(folded.all().as_bytes()).is_some(),
            Self::Title(finder) => finder.find(folded.title().as_bytes()).is_some(),
            Self::After(time) => article.modified >= *time,
            Self::Before(time) => article.modified < *time,
            // of these none asks what time it is
            Self::Other(term) => term.matches(&Facts::of(article, folded), Clock::default()),
        }
    }
}

fn finder(words: &Words) -> Box<Finder<'static>> {
    Box::new(Finder::new(words.folded()).into_owned())
}
