//! Finding words in the sections of articles, and the text around them.

use std::collections::HashSet;
use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::OptionalExtension;

use super::articles::BLOCK_END;
use super::{Section, Store, StoreError, words};
use crate::model::article::SectionKey;
use crate::model::query::{Expr, Field, Term};

/// Sections that are read together are kept together up to this size, in bytes.
const PASSAGE: usize = 16 * 1024;
/// No passage is longer, in bytes.
const MAX_INFLATED: u64 = 256 * 1024 * 1024;
/// Ends a section in a passage.
const SECTION_END: char = '\u{1d}';
/// Ends a field of a section in a passage.
const FIELD_END: char = '\u{1f}';

/// How much a word counts in title, author, heading, the headings above, and body.
const WEIGHTS: &str = "8.0, 4.0, 5.0, 1.5, 1.0";

/// A section that has the words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    /// The article's number in the index.
    pub article: i64,
    /// Which section, from 0.
    pub section: i64,
    /// How well it fits: BM25, more is better.
    pub score: f64,
}

/// The text of a section as it is in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Which section.
    pub key: SectionKey,
    /// The block it starts with.
    pub block: usize,
    /// Its blocks, with [`BLOCK_END`] between them.
    pub text: String,
}

/// What FTS5 is to be asked for, so that every section with the words that a query asks for is found; perhaps more.
/// `None` when the query does not say which words.
pub fn expression(expr: &Expr) -> Option<String> {
    let several = |all: &[Expr], between: &str| {
        let parts: Vec<String> = all.iter().filter_map(expression).collect();
        (!parts.is_empty()).then(|| format!("({})", parts.join(between)))
    };
    match expr {
        Expr::All(all) => several(all, " AND "),
        Expr::Any(any) if any.iter().all(|one| expression(one).is_some()) => several(any, " OR "),
        Expr::Any(_) | Expr::Not(_) => None,
        Expr::Term(term) => term_expression(term),
    }
}

/// As [`expression`] of a single term.
pub fn term_expression(term: &Term) -> Option<String> {
    match term {
        Term::Words(words) => words::phrase(words),
        Term::Text(field, words) => {
            let column = match field {
                Field::Title => "title",
                Field::Author => "author",
                Field::Section => "heading",
                Field::Note | Field::Tag | Field::Kind => return None,
            };
            Some(format!("{column} : {}", words::phrase(words)?))
        }
        Term::Folder(_)
        | Term::Language(_)
        | Term::Is(_)
        | Term::Minutes(..)
        | Term::After(_)
        | Term::Before(_) => None,
    }
}

impl Store {
    /// The sections that FTS5 finds for an expression, those of the articles that came last into the index first; at
    /// most so many, of articles that are wanted.
    ///
    /// # Errors
    /// When the index cannot be read, and when it was asked to stop.
    pub fn find(
        &self,
        expression: &str,
        most: usize,
        is_wanted: &mut dyn FnMut(i64) -> bool,
    ) -> Result<Vec<Match>, StoreError> {
        let sql = format!(
            "SELECT rowid, bm25(words, {WEIGHTS}) FROM words WHERE words MATCH ?1 ORDER BY rowid DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([expression])?;
        let mut found = Vec::new();
        let mut last = (0, false);
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let article = id >> 16;
            if last.0 != article {
                last = (article, is_wanted(article));
            }
            if last.1 {
                let score: f64 = row.get(1)?;
                found.push(Match {
                    article,
                    section: id & 0xffff,
                    score: -score,
                });
                if found.len() == most {
                    break;
                }
            }
        }
        Ok(found)
    }

    /// The section of an article that fits an expression best.
    ///
    /// # Errors
    /// When the index cannot be read, and when it was asked to stop.
    pub fn find_in(&self, expression: &str, article: i64) -> Result<Option<Match>, StoreError> {
        let sql = format!(
            "SELECT rowid, bm25(words, {WEIGHTS}) FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 \
             ORDER BY 2 LIMIT 1"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let first = article << 16;
        let found = statement.query_row((expression, first, first | 0xffff), |row| {
            let (id, score): (i64, f64) = (row.get(0)?, row.get(1)?);
            Ok(Match {
                article,
                section: id & 0xffff,
                score: -score,
            })
        });
        Ok(found.optional()?)
    }

    /// The articles in which FTS5 finds an expression somewhere.
    ///
    /// # Errors
    /// When the index cannot be read, and when it was asked to stop.
    pub fn articles_with(&self, expression: &str) -> Result<HashSet<i64>, StoreError> {
        let sql = "SELECT rowid FROM words WHERE words MATCH ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([expression])?;
        let mut found = HashSet::new();
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            found.insert(id >> 16);
        }
        Ok(found)
    }

    /// The text of a section, if it is in the index.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn passage(&self, article: i64, section: i64) -> Result<Option<Passage>, StoreError> {
        let first = article << 16;
        let sql =
            "SELECT id, text FROM passages WHERE id BETWEEN ?1 AND ?2 ORDER BY id DESC LIMIT 1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_row((first, first + section), |row| {
            Ok((row.get::<_, i64>(0)?, inflated(row.get_ref(1)?.as_bytes()?)))
        });
        let Some((id, text)) = found.optional()? else {
            return Ok(None);
        };
        let text = text.ok_or(StoreError::Damaged)?;
        let nth = usize::try_from(first + section - id).unwrap_or(usize::MAX);
        Ok(text.split(SECTION_END).nth(nth).and_then(unpacked))
    }
}

/// The text of sections in passages that are read at once: which section each begins with.
pub(super) fn passages(sections: &[Section]) -> Vec<(i64, Vec<u8>)> {
    let mut passages: Vec<(i64, Vec<u8>)> = Vec::new();
    for (n, section) in (0_i64..).zip(sections) {
        let is_full = passages
            .last()
            .is_none_or(|(_, text)| text.len() + section.text.len() > PASSAGE);
        if is_full {
            passages.push((n, Vec::new()));
        }
        if let Some((_, passage)) = passages.last_mut() {
            pack(passage, section);
        }
    }
    for (_, passage) in &mut passages {
        *passage = deflated(passage);
    }
    passages
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::fast());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .expect("memory takes anything")
}

/// `None` when it is not what was put in.
fn inflated(bytes: &[u8]) -> Option<String> {
    let mut text = Vec::with_capacity(bytes.len() * 3);
    // a single section may be longer than a passage, but not longer than a file that is searched
    let decoder = DeflateDecoder::new(bytes);
    decoder.take(MAX_INFLATED).read_to_end(&mut text).ok()?;
    String::from_utf8(text).ok()
}

fn pack(into: &mut Vec<u8>, section: &Section) {
    let numbers = format!(
        "{FIELD_END}{}{FIELD_END}{}{FIELD_END}",
        section.nth, section.block
    );
    let ends = [FIELD_END, SECTION_END];
    into.extend(
        section
            .title
            .replace(ends, " ")
            .replace(BLOCK_END, " ")
            .as_bytes(),
    );
    into.extend(numbers.as_bytes());
    into.extend(section.text.replace(ends, " ").as_bytes());
    into.extend(SECTION_END.to_string().as_bytes());
}

fn unpacked(section: &str) -> Option<Passage> {
    let mut fields = section.splitn(4, FIELD_END);
    let (title, nth, block) = (fields.next()?, fields.next()?, fields.next()?);
    Some(Passage {
        key: SectionKey {
            title: title.to_owned(),
            nth: nth.parse().ok()?,
        },
        block: block.parse().ok()?,
        text: fields.next()?.to_owned(),
    })
}
