//! Tokens to a query. Never fails: what is wrong is left out and told.

use std::ops::Range;

use super::lex::{self, Kind, Token, Value};
use super::{Date, Expr, Field, Is, MAX_DEPTH, MAX_LENGTH, Mistake, Over, Query, Term, Words};
use crate::model::near::nearest;

/// Longest reading time that is told apart, in minutes.
const MAX_MINUTES: u32 = 1_000_000;

/// The query of a text, and what is wrong in it in the order of the text.
pub(super) fn parse(text: &str, over: Over) -> (Query, Vec<Mistake>) {
    if text.len() > MAX_LENGTH {
        let mistake = Mistake {
            at: 0..text.len(),
            what: format!("longer than {MAX_LENGTH} bytes"),
            is_unfinished: false,
        };
        return (Query::default(), vec![mistake]);
    }
    let mut mistakes = Vec::new();
    let tokens = lex::tokens(text, over, &mut mistakes);
    let mut parser = Parser {
        tokens: &tokens,
        next: 0,
        end: text.len(),
        mistakes,
    };
    let root = parser.everything();
    let mut mistakes = parser.mistakes;
    mistakes.sort_by_key(|mistake| (mistake.at.start, mistake.at.end));
    (Query { root }, mistakes)
}

struct Parser<'a, 't> {
    tokens: &'a [Token<'t>],
    next: usize,
    /// Where the text ends.
    end: usize,
    mistakes: Vec<Mistake>,
}

impl<'a, 't> Parser<'a, 't> {
    fn everything(&mut self) -> Expr {
        let mut all = Vec::new();
        loop {
            push_all(&mut all, self.either(0));
            let Some(token) = self.take() else {
                return joined(all);
            };
            // only a `)` ends what stands side by side before the text does
            self.wrong(token.at.clone(), "no `(` before this `)`".to_owned());
        }
    }

    /// Ways divided by `OR`.
    fn either(&mut self, depth: usize) -> Expr {
        let mut ways = vec![self.all(depth)];
        while let Some(or) = self.take_if(&Kind::Or) {
            let before = ways.last().is_none_or(Option::is_none);
            let way = self.all(depth);
            if before && ways.len() == 1 {
                self.wrong(or.clone(), "nothing before `OR`".to_owned());
            }
            if way.is_none() {
                let what = "nothing after `OR`".to_owned();
                if self.next == self.tokens.len() {
                    self.unfinished(or, what);
                } else {
                    self.wrong(or, what);
                }
            }
            ways.push(way);
        }
        let mut any: Vec<Expr> = Vec::new();
        for way in ways.into_iter().flatten() {
            match way {
                Expr::Any(more) => any.extend(more),
                Expr::All(all) if all.is_empty() => {}
                way => any.push(way),
            }
        }
        match any.len() {
            0 => Expr::default(),
            1 => any.remove(0),
            _ => Expr::Any(any),
        }
    }

    /// What stands side by side; `None` where nothing stands at all.
    fn all(&mut self, depth: usize) -> Option<Expr> {
        let mut all = Vec::new();
        let start = self.next;
        while let Some(token) = self.tokens.get(self.next) {
            match token.kind {
                Kind::Or | Kind::Close => break,
                Kind::Not | Kind::Open | Kind::Value(_) | Kind::Field(..) | Kind::Nothing => {
                    if let Some(expr) = self.one(depth) {
                        push_all(&mut all, expr);
                    }
                }
            }
        }
        (self.next > start).then(|| joined(all))
    }

    fn one(&mut self, depth: usize) -> Option<Expr> {
        let token = self.take()?;
        if depth >= MAX_DEPTH && matches!(token.kind, Kind::Not | Kind::Open) {
            self.wrong(
                token.at.clone(),
                format!("more than {MAX_DEPTH} inside each other"),
            );
            return None;
        }
        match &token.kind {
            Kind::Open => self.group(token.at.clone(), depth),
            Kind::Not => self.not(token.at.clone(), depth),
            Kind::Value(value) => value.words().map(|words| Expr::Term(Term::Words(words))),
            Kind::Field(name, value) => self.field(name, value, &token.at).map(Expr::Term),
            // not handed on by `all`
            Kind::Close | Kind::Or | Kind::Nothing => None,
        }
    }

    fn group(&mut self, open: Range<usize>, depth: usize) -> Option<Expr> {
        let start = self.next;
        let inner = self.either(depth + 1);
        let is_empty = self.next == start;
        if self.take_if(&Kind::Close).is_none() {
            self.unfinished(open, "this `(` is not closed".to_owned());
        } else if is_empty {
            let end = self.tokens[self.next - 1].at.end;
            self.wrong(
                open.start..end,
                "nothing between the parentheses".to_owned(),
            );
        }
        (inner != Expr::default()).then_some(inner)
    }

    fn not(&mut self, at: Range<usize>, depth: usize) -> Option<Expr> {
        let follows = self.tokens.get(self.next).map(|token| &token.kind);
        match follows {
            None => {
                self.unfinished(at, "nothing after `NOT`".to_owned());
                None
            }
            Some(Kind::Or | Kind::Close) => {
                self.wrong(at, "nothing after `NOT`".to_owned());
                None
            }
            Some(_) => {
                let turned = self.one(depth + 1)?;
                Some(match turned {
                    Expr::Not(inner) => *inner,
                    other => Expr::Not(Box::new(other)),
                })
            }
        }
    }

    fn field(&mut self, name: &str, value: &Value, at: &Range<usize>) -> Option<Term> {
        if value.text.trim().is_empty() && !(name == "in" && value.is_quoted) {
            let what = format!("nothing after `{name}:`; what it asks for stands right behind it");
            if at.end == self.end {
                self.unfinished(at.clone(), what);
            } else {
                self.wrong(at.clone(), what);
            }
            return None;
        }
        let text = |field| value.words().map(|words| Term::Text(field, words));
        match name {
            "title" => text(Field::Title),
            "author" => text(Field::Author),
            "section" => text(Field::Section),
            "note" => text(Field::Note),
            "tag" => text(Field::Tag),
            "kind" => text(Field::Kind),
            "in" => Some(Term::Folder(folder(value))),
            _ => {
                let told = match name {
                    "is" => is(value.text),
                    "lang" => language(value.text),
                    "time" => minutes(value.text),
                    _ => date(name, value.text),
                };
                match told {
                    Ok(term) => Some(term),
                    Err((what, goes_on)) if goes_on && value.at.end == self.end => {
                        self.unfinished(value.at.clone(), what);
                        None
                    }
                    Err((what, _)) => {
                        self.wrong(value.at.clone(), what);
                        None
                    }
                }
            }
        }
    }

    fn take(&mut self) -> Option<&'a Token<'t>> {
        let token = self.tokens.get(self.next)?;
        self.next += 1;
        Some(token)
    }

    fn take_if(&mut self, kind: &Kind) -> Option<Range<usize>> {
        let token = self.tokens.get(self.next).filter(|t| t.kind == *kind)?;
        self.next += 1;
        Some(token.at.clone())
    }

    fn wrong(&mut self, at: Range<usize>, what: String) {
        self.mistakes.push(Mistake {
            at,
            what,
            is_unfinished: false,
        });
    }

    fn unfinished(&mut self, at: Range<usize>, what: String) {
        self.mistakes.push(Mistake {
            at,
            what,
            is_unfinished: true,
        });
    }
}

/// What is wrong with a value, and whether it may come right when it goes on.
type Wrong = (String, bool);

fn folder(value: &Value) -> Words {
    let names = value.text.split('/').map(str::trim);
    let path: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    let words = Words::new(&path.join("/"));
    Words {
        is_start: value.is_start && !words.text.is_empty(),
        ..words
    }
}

fn is(text: &str) -> Result<Term, Wrong> {
    let lower = text.to_lowercase();
    if let Some((_, is)) = Is::NAMES.iter().find(|(name, _)| *name == lower) {
        return Ok(Term::Is(*is));
    }
    let mut names = Is::NAMES.iter().map(|(name, _)| *name);
    let goes_on = names.any(|name| name.starts_with(&lower));
    let meant = nearest(&lower, Is::NAMES.iter().map(|(name, _)| *name));
    let all = "there are unread, begun, read, bookmarked and missing".to_owned();
    let hint = meant.map_or(all, |name| format!("did you mean `{name}`?"));
    Err((format!("nothing is `{text}`; {hint}"), goes_on))
}

fn language(text: &str) -> Result<Term, Wrong> {
    let code = super::primary(text).to_lowercase();
    let is_code = (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
    if is_code {
        return Ok(Term::Language(code));
    }
    let goes_on = text.len() == 1;
    let what = format!("no language `{text}`; it is a code of two letters: `lang:fr`");
    Err((what, goes_on))
}

fn minutes(text: &str) -> Result<Term, Wrong> {
    let number = |digits: &str| {
        let digits = digits.trim_end_matches("min").trim_end_matches('m');
        let number: Option<u32> = digits.parse().ok();
        number.filter(|n| *n <= MAX_MINUTES && !digits.starts_with('+'))
    };
    let how = || {
        let goes_on = text
            .chars()
            .all(|c| c.is_ascii_digit() || "<=>.min".contains(c));
        (
            format!("no time `{text}`; minutes are written 5, <10, >=10 or 5..10"),
            goes_on,
        )
    };
    let (least, most) = if let Some((from, to)) = text.split_once("..") {
        let least = if from.is_empty() {
            Some(0)
        } else {
            number(from)
        };
        let most = if to.is_empty() {
            Some(u32::MAX)
        } else {
            number(to)
        };
        if from.is_empty() && to.is_empty() {
            return Err(how());
        }
        (least.ok_or_else(how)?, most.ok_or_else(how)?)
    } else {
        let digits = text.trim_start_matches(['<', '>', '=']);
        let number = number(digits).ok_or_else(how)?;
        match &text[..text.len() - digits.len()] {
            "" | "=" => (number, number),
            "<=" => (0, number),
            ">=" => (number, u32::MAX),
            ">" => (number + 1, u32::MAX),
            "<" if number > 0 => (0, number - 1),
            _ => return Err(how()),
        }
    };
    if least > most {
        return Err((format!("`{text}` goes from more to less"), true));
    }
    Ok(Term::Minutes(least, most))
}

fn date(name: &str, text: &str) -> Result<Term, Wrong> {
    if let Some(date) = Date::parse(text) {
        return Ok(match name {
            "after" => Term::After(date),
            _ => Term::Before(date),
        });
    }
    let lower = text.to_lowercase();
    let mut names = Date::NAMES.iter().map(|(name, _)| *name);
    let goes_on = names.any(|name| name.starts_with(&lower))
        || lower.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let what = format!("no day `{text}`; days are written 2026-01-31, 7d, today or this-week");
    Err((what, goes_on))
}

/// Puts a part beside others; of what stands side by side itself, its parts.
fn push_all(all: &mut Vec<Expr>, expr: Expr) {
    match expr {
        Expr::All(more) => all.extend(more),
        expr => all.push(expr),
    }
}

fn joined(mut all: Vec<Expr>) -> Expr {
    if all.len() == 1 {
        all.remove(0)
    } else {
        Expr::All(all)
    }
}
