//! A query cut into its tokens, each with the bytes it stands on.

use std::ops::Range;

use super::{Date, Is, Mistake, Over, Words};
use crate::model::near::nearest;

/// A field of the language.
pub(super) struct FieldName {
    /// Before the colon.
    pub name: &'static str,
    /// What it asks for.
    pub help: &'static str,
    /// Where it means something.
    pub over: &'static [Over],
    /// What it is called by those who have not read the help.
    other: &'static [&'static str],
}

const ALL: &[Over] = &[Over::Lists, Over::Texts, Over::Bookmarks];

/// Every field, in the order they are told.
pub(super) const FIELDS: &[FieldName] = &[
    FieldName {
        name: "title",
        help: "words of the title",
        over: ALL,
        other: &["name", "headline"],
    },
    FieldName {
        name: "author",
        help: "words of the author's name",
        over: ALL,
        other: &["by", "byline", "from"],
    },
    FieldName {
        name: "in",
        help: "the folder, or one above it",
        over: ALL,
        other: &["folder", "path", "dir"],
    },
    FieldName {
        name: "section",
        help: "words of the section's heading",
        over: &[Over::Texts, Over::Bookmarks],
        other: &["heading", "chapter"],
    },
    FieldName {
        name: "note",
        help: "words of a note to a bookmark",
        over: &[Over::Texts, Over::Bookmarks],
        other: &["notes", "comment"],
    },
    FieldName {
        name: "tag",
        help: "a tag of the bookmark",
        over: &[Over::Bookmarks],
        other: &["tags", "label"],
    },
    FieldName {
        name: "kind",
        help: "the kind of the bookmark",
        over: &[Over::Bookmarks],
        other: &["type", "color", "colour"],
    },
    FieldName {
        name: "is",
        help: "unread, begun, read, bookmarked or missing",
        over: ALL,
        other: &["state", "status"],
    },
    FieldName {
        name: "lang",
        help: "the language, by its code: fr",
        over: ALL,
        other: &["language", "locale"],
    },
    FieldName {
        name: "time",
        help: "minutes to read: 5, <10, >=10, 5..10",
        over: ALL,
        other: &["minutes", "length", "duration"],
    },
    FieldName {
        name: "after",
        help: "changed on that day or later: 2026-01-31, 7d, today, this-week",
        over: ALL,
        other: &["since", "newer", "date"],
    },
    FieldName {
        name: "before",
        help: "changed before that day",
        over: ALL,
        other: &["until", "older"],
    },
];

/// The values of a field that have names.
pub(super) fn values(field: &str) -> Vec<&'static str> {
    match field {
        "is" => Is::NAMES.iter().map(|(name, _)| *name).collect(),
        "after" | "before" => Date::NAMES.iter().map(|(name, _)| *name).collect(),
        _ => Vec::new(),
    }
}

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: Kind<'a>,
    /// The bytes it stands on.
    pub at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// Nothing: `AND`, a lone dash, or what was wrong and has been told.
    Nothing,
    Open,
    Close,
    Or,
    Not,
    /// A word or a phrase.
    Value(Value<'a>),
    /// A field with what stands behind its colon.
    Field(&'static str, Value<'a>),
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value<'a> {
    pub text: &'a str,
    /// A `*` follows.
    pub is_start: bool,
    /// It stands in quotes.
    pub is_quoted: bool,
    /// The bytes it stands on, quotes and `*` included; empty when there is nothing.
    pub at: Range<usize>,
}

impl Value<'_> {
    /// The words of it; `None` when there are none.
    pub fn words(&self) -> Option<Words> {
        let words = Words {
            is_start: self.is_start,
            ..Words::new(self.text)
        };
        (!words.text.is_empty()).then_some(words)
    }
}

/// The tokens of a query. What is wrong is left out of them.
pub(super) fn tokens<'a>(text: &'a str, over: Over, mistakes: &mut Vec<Mistake>) -> Vec<Token<'a>> {
    let mut lexer = Lexer {
        text,
        at: 0,
        over,
        mistakes,
    };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next() {
        if token.kind != Kind::Nothing {
            tokens.push(token);
        }
    }
    tokens
}

struct Lexer<'a, 'm> {
    text: &'a str,
    at: usize,
    over: Over,
    mistakes: &'m mut Vec<Mistake>,
}

impl<'a> Lexer<'a, '_> {
    /// The next token; `None` at the end.
    fn next(&mut self) -> Option<Token<'a>> {
        self.skip(char::is_whitespace);
        let start = self.at;
        let first = self.rest().chars().next()?;
        let kind = match first {
            '(' => self.sign(Kind::Open),
            ')' => self.sign(Kind::Close),
            '|' => {
                self.skip(|c| c == '|');
                Kind::Or
            }
            '-' if self.is_not() => self.sign(Kind::Not),
            _ => match self.field() {
                Some(field) => field,
                None => match self.value() {
                    Some(value) => word(value, self.text),
                    None => Kind::Nothing,
                },
            },
        };
        let at = start..self.at;
        Some(Token { kind, at })
    }

    fn sign(&mut self, kind: Kind<'a>) -> Kind<'a> {
        self.at += 1;
        kind
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn skip(&mut self, skipped: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(skipped).len();
    }

    /// Whether the `-` here turns round what follows; `->` and `--flag` are words.
    fn is_not(&self) -> bool {
        let next = self.rest().chars().nth(1);
        next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '"' | '“'))
    }

    /// A field, if a name with a colon comes next.
    fn field(&mut self) -> Option<Kind<'a>> {
        let rest = self.rest();
        let colon = rest.find(|c: char| !c.is_ascii_alphabetic())?;
        if colon == 0 || !rest[colon..].starts_with(':') {
            return None;
        }
        let (name, start) = (&rest[..colon], self.at);
        let lower = name.to_ascii_lowercase();
        let found = FIELDS.iter().find(|field| field.name == lower);
        let wrong = match found {
            Some(field) if field.over.contains(&self.over) => None,
            Some(field) => Some(elsewhere(field, self.over)),
            // `Re: walking` is no field
            None => Some(unknown(&lower, &rest[colon + 1..], self.over)?),
        };
        self.at += colon + 1;
        let here = self.at;
        let value = self.value().unwrap_or(Value {
            text: "",
            is_start: false,
            is_quoted: false,
            at: here..here,
        });
        Some(match (found, wrong) {
            (_, Some(what)) => {
                self.wrong(start..start + colon, what);
                Kind::Nothing
            }
            (Some(field), None) => Kind::Field(field.name, value),
            (None, None) => Kind::Nothing,
        })
    }

    /// A word or a phrase, if one comes right here.
    fn value(&mut self) -> Option<Value<'a>> {
        let start = self.at;
        let close = match self.rest().chars().next()? {
            '"' => '"',
            '“' => '”',
            _ => return self.word(),
        };
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
        let rest = self.rest();
        let (text, after) = if let Some(end) = rest.find(close) {
            (&rest[..end], self.at + end + close.len_utf8())
        } else {
            self.mistakes.push(Mistake {
                at: start..self.text.len(),
                what: format!("the quote is not closed: `{close}` ends it"),
                is_unfinished: true,
            });
            (rest, self.text.len())
        };
        self.at = after;
        let is_start = self.rest().starts_with('*');
        self.at += usize::from(is_start);
        Some(Value {
            text,
            is_start,
            is_quoted: true,
            at: start..self.at,
        })
    }

    fn word(&mut self) -> Option<Value<'a>> {
        let (start, rest) = (self.at, self.rest());
        let mut depth = 0;
        let ends = |(_, c): &(usize, char)| match c {
            '(' => {
                depth += 1;
                false
            }
            ')' if depth > 0 => {
                depth -= 1;
                false
            }
            c => c.is_whitespace() || matches!(c, ')' | '|' | '"' | '“'),
        };
        let end = rest
            .char_indices()
            .find(ends)
            .map_or(rest.len(), |(i, _)| i);
        if end == 0 {
            return None;
        }
        self.at += end;
        let word = &rest[..end];
        let begun = word
            .strip_suffix('*')
            .filter(|word| word.contains(char::is_alphanumeric));
        Some(Value {
            text: begun.unwrap_or(word),
            is_start: begun.is_some(),
            is_quoted: false,
            at: start..self.at,
        })
    }

    fn wrong(&mut self, at: Range<usize>, what: String) {
        self.mistakes.push(Mistake {
            at,
            what,
            is_unfinished: false,
        });
    }
}

/// What a bare word is: `OR`, `NOT`, nothing for `AND`, or itself.
fn word<'a>(value: Value<'a>, text: &str) -> Kind<'a> {
    match &text[value.at.clone()] {
        "OR" => Kind::Or,
        "NOT" => Kind::Not,
        "AND" => Kind::Nothing,
        // a dash between two words of a title that was pasted
        _ if !value.is_quoted && value.text.chars().all(|c| matches!(c, '-' | '–' | '—')) => {
            Kind::Nothing
        }
        _ if value.text.trim().is_empty() => Kind::Nothing,
        _ => Kind::Value(value),
    }
}

fn elsewhere(field: &FieldName, over: Over) -> String {
    let name = field.name;
    match over {
        Over::Lists if field.over.contains(&Over::Texts) => {
            format!("lists do not know `{name}:`; a search does")
        }
        Over::Lists | Over::Texts => format!("only bookmarks have a `{name}:`"),
        Over::Bookmarks => format!("bookmarks have no `{name}:`"),
    }
}

/// That a name is no field, if it is meant as one: another is like it, or something stands right behind it.
fn unknown(name: &str, value: &str, over: Over) -> Option<String> {
    let other = FIELDS.iter().find(|field| field.other.contains(&name));
    let names = FIELDS.iter().filter(|field| field.over.contains(&over));
    let meant = other
        .map(|field| field.name)
        .or_else(|| nearest(name, names.map(|field| field.name)));
    let what = match meant {
        Some(meant) => format!("no field `{name}`; did you mean `{meant}`?"),
        None if value.is_empty() || value.starts_with(char::is_whitespace) => return None,
        None => format!("no field `{name}`; in quotes it is looked for as it stands"),
    };
    Some(what)
}
