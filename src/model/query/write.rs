//! A query as text: what is written reads as the same query.

use std::fmt::{self, Display, Formatter};

use super::{Date, Expr, Query, Term, Words};

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(all) => write_between(f, all, " "),
            Self::Any(any) => write_between(f, any, " OR "),
            Self::Not(expr) => match &**expr {
                // a term that begins with a sign of its own would swallow a mere `-`
                Self::Term(Term::Words(words)) if !is_plain(words.text()) => {
                    write!(f, "-{}", Quoted(words))
                }
                Self::Term(term) => write!(f, "-{term}"),
                Self::All(_) | Self::Any(_) | Self::Not(_) => write!(f, "-({expr})"),
            },
            Self::Term(term) => term.fmt(f),
        }
    }
}

fn write_between(f: &mut Formatter<'_>, all: &[Expr], between: &str) -> fmt::Result {
    for (i, expr) in all.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        match expr {
            Expr::Any(_) => write!(f, "({expr})")?,
            Expr::All(_) | Expr::Not(_) | Expr::Term(_) => expr.fmt(f)?,
        }
    }
    Ok(())
}

impl Display for Term {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Words(words) => words.fmt(f),
            Self::Text(field, words) => write!(f, "{}:{words}", field.name()),
            Self::Folder(words) if words.text().is_empty() => f.write_str("in:/"),
            Self::Folder(words) => write!(f, "in:{words}"),
            Self::Language(code) => write!(f, "lang:{code}"),
            Self::Is(is) => write!(f, "is:{}", is.name()),
            Self::Minutes(least, most) => write_minutes(f, *least, *most),
            Self::After(date) => write_date(f, "after", *date),
            Self::Before(date) => write_date(f, "before", *date),
        }
    }
}

fn write_date(f: &mut Formatter<'_>, name: &str, date: Date) -> fmt::Result {
    write!(f, "{name}:{date}")
}

fn write_minutes(f: &mut Formatter<'_>, least: u32, most: u32) -> fmt::Result {
    match (least, most) {
        (least, u32::MAX) => write!(f, "time:>={least}"),
        (least, most) if least == most => write!(f, "time:{least}"),
        (0, most) => write!(f, "time:<={most}"),
        (least, most) => write!(f, "time:{least}..{most}"),
    }
}

impl Display for Words {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_plain(self.text()) {
            write!(f, "{}{}", self.text(), if self.is_start { "*" } else { "" })
        } else {
            Quoted(self).fmt(f)
        }
    }
}

struct Quoted<'a>(&'a Words);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = self.0.text();
        let (open, close) = if text.contains('"') {
            ('“', '”')
        } else {
            ('"', '"')
        };
        let star = if self.0.is_start() { "*" } else { "" };
        write!(f, "{open}{text}{close}{star}")
    }
}

/// Whether words can stand without quotes: letters and digits, and signs inside that mean nothing.
fn is_plain(text: &str) -> bool {
    let is_sign = |c: char| {
        matches!(
            c,
            '\'' | '’' | '-' | '.' | ',' | '/' | '_' | '+' | '#' | '@'
        )
    };
    text.starts_with(char::is_alphanumeric)
        && text.chars().all(|c| c.is_alphanumeric() || is_sign(c))
        && !matches!(text, "OR" | "AND" | "NOT")
}
