//! Searching the texts of all articles, and the notes of the reader.

mod notes;
mod snippet;

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering;

use super::catch_up::Listed;
use super::{Article, Library, clock};
use crate::model::article::Hit;
use crate::model::query::{Clock, Expr, Facts, Field, Query, Term, Texts};
use crate::store::{Match, Order, Store, StoreError, Wanted, expression, term_expression};
use notes::Noted;

/// Of sections that have common words, only so many are compared: those of the articles that came last …
const MOST_COMPARED: usize = 3000;
/// … and so many that have them in titles and headings.
const MOST_TITLED: usize = 500;
/// Of one article, so many sections are shown …
const MOST_SHOWN: usize = 5;
/// … of so many that are looked at.
const MOST_LOOKED_AT: usize = 12;

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The best hits, those of an article one behind the other, the best article first.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub is_part: bool,
    /// Whether there was no index to look into, so that only notes can have been found.
    pub is_without_index: bool,
    /// What the reader is to know of them: that not all texts are in the index yet. Empty for nothing.
    pub note: String,
}

/// An article that has the words.
struct Candidate {
    article: Article,
    sections: Vec<Match>,
    score: f64,
}

impl Library {
    /// The best hits of a query in the texts and notes of the library, at most so many. `None` when it was stopped.
    pub fn search(&self, query: &Query, limit: usize) -> Option<Found> {
        let turn = self.turn.load(Ordering::SeqCst);
        let clock = clock();
        let noted = self.noted(query, clock);
        let searched = self.index.search(|store| {
            let search = Search::new(self, store, query, (clock, turn, &noted))?;
            search.run(limit)
        });
        let Ok(searched) = searched else {
            return None;
        };
        let mut found = searched.unwrap_or_else(|| Found {
            is_without_index: true,
            ..Found::default()
        });
        let hits = noted.into_iter().map(|noted| noted.hit);
        // the reader's own words come first
        found.hits = hits.chain(found.hits).collect();
        found.is_part |= found.hits.len() > limit;
        found.hits.truncate(limit);
        found.note = self.index_note();
        Some(found)
    }

    /// Stops the search that is going on: its answer is not wanted any more. Does not wait for it.
    pub fn stop_search(&self) {
        self.turn.fetch_add(1, Ordering::SeqCst);
        self.index.stop_search();
    }

    fn index_note(&self) -> String {
        let reading = *self.reading();
        if let Some(reading) = reading.filter(|reading| reading.done < reading.all) {
            return format!("{} of {} texts are read", reading.done, reading.all);
        }
        match self.index.read(Store::has_waiting) {
            None => "there is no index to search".to_owned(),
            Some(true) => "long texts are still being read".to_owned(),
            Some(false) => String::new(),
        }
    }
}

/// One search, going on.
struct Search<'a> {
    library: &'a Library,
    store: &'a Store,
    query: &'a Query,
    clock: Clock,
    turn: u64,
    listed: Vec<Listed>,
    /// The articles that have words of which FTS5 has not seen to it.
    having: Vec<(Term, HashSet<i64>)>,
    /// Whether the query asks for more than FTS5 sees to, or there are articles in the index that are not listed.
    is_to_check: bool,
    /// The articles with notes that have what is asked for in notes.
    noted: HashSet<&'a str>,
    wanted: Vec<Wanted>,
}

impl<'a> Search<'a> {
    fn new(
        library: &'a Library,
        store: &'a Store,
        query: &'a Query,
        (clock, turn, noted): (Clock, u64, &'a [Noted]),
    ) -> Result<Self, StoreError> {
        let mut unseen = Vec::new();
        unseen_terms(&query.root, Need::Must, &mut unseen);
        let mut having = Vec::new();
        for term in &unseen {
            if let Some(expression) = term_expression(term) {
                having.push(((*term).clone(), store.articles_with(&expression)?));
            }
        }
        let listed = library.listed_by(store)?;
        let is_elsewhere = store.has_others_than(listed.iter().map(Listed::real))?;
        Ok(Self {
            library,
            store,
            query,
            clock,
            turn,
            listed,
            is_to_check: is_elsewhere || !unseen.is_empty(),
            having,
            noted: noted
                .iter()
                .map(|noted| noted.hit.article.id.0.as_str())
                .collect(),
            wanted: query.words().into_iter().filter_map(Wanted::new).collect(),
        })
    }

    fn run(&self, limit: usize) -> Result<Found, StoreError> {
        let mut articles: HashMap<i64, Option<Article>> = HashMap::new();
        let Some(expression) = expression(&self.query.root) else {
            return self.without_words(limit);
        };
        let mut matches = self.find(&expression, &mut articles)?;
        let found: HashSet<i64> = matches.iter().map(|m| m.article).collect();
        if found.len() < limit {
            let wider = self.anywhere_in_articles(&found, limit - found.len(), &mut articles)?;
            matches.extend(wider);
        }
        let is_part = matches.len() >= MOST_COMPARED;
        let candidates = self.ranked(matches, limit, &mut articles)?;
        self.shown(candidates, limit, is_part)
    }

    /// Sections that have all the words.
    fn find(
        &self,
        expression: &str,
        articles: &mut HashMap<i64, Option<Article>>,
    ) -> Result<Vec<Match>, StoreError> {
        let mut error = None;
        let mut is_wanted = |id: i64| match self.wanted_article(id, articles) {
            Ok(is_wanted) => is_wanted,
            Err(why) => {
                error = Some(why);
                false
            }
        };
        let mut found = self.store.find(expression, MOST_COMPARED, &mut is_wanted)?;
        if found.len() == MOST_COMPARED {
            let titled = format!("{{title heading}} : {expression}");
            let known: HashSet<_> = found.iter().map(|m| (m.article, m.section)).collect();
            let titled = self.store.find(&titled, MOST_TITLED, &mut is_wanted)?;
            found.extend(
                titled
                    .into_iter()
                    .filter(|m| !known.contains(&(m.article, m.section))),
            );
        }
        error.map_or(Ok(found), Err)
    }

    /// Articles that have all the words, each in another section.
    fn anywhere_in_articles(
        &self,
        known: &HashSet<i64>,
        most: usize,
        articles: &mut HashMap<i64, Option<Article>>,
    ) -> Result<Vec<Match>, StoreError> {
        let Expr::All(all) = &self.query.root else {
            return Ok(Vec::new());
        };
        let parts: Vec<String> = all.iter().filter_map(expression).collect();
        if parts.len() < 2 {
            return Ok(Vec::new());
        }
        let mut having: Option<HashSet<i64>> = None;
        for part in &parts {
            let with = self.store.articles_with(part)?;
            having = Some(match having {
                Some(having) => having.intersection(&with).copied().collect(),
                None => with,
            });
        }
        let mut ids: Vec<i64> = having
            .unwrap_or_default()
            .into_iter()
            .filter(|id| !known.contains(id))
            .collect();
        ids.sort_unstable_by_key(|id| Reverse(*id));
        let any = format!("({})", parts.join(" OR "));
        let mut found = Vec::new();
        for id in ids {
            if found.len() >= most {
                break;
            }
            if self.wanted_article(id, articles)? {
                let best = self.store.find_in(&any, id)?;
                // a section that has only some of the words is worth less than one that has all
                found.extend(best.map(|m| Match {
                    score: m.score / 2.0,
                    ..m
                }));
            }
        }
        Ok(found)
    }

    /// The newest articles of a query that asks for no words.
    fn without_words(&self, limit: usize) -> Result<Found, StoreError> {
        if asks_for_notes(&self.query.root) {
            return Ok(Found::default());
        }
        let mut articles = Vec::new();
        for listed in &self.listed {
            for folder in self.store.folders(listed.real())? {
                self.go_on()?;
                self.store.each_in(&folder, Order::Newest, &mut |row| {
                    let id = row.id;
                    let article = self.library.listed_article(&self.listed, row);
                    if let Some(article) = article.filter(|article| self.holds(id, article)) {
                        articles.push((id, article));
                    }
                    std::ops::ControlFlow::Continue(())
                })?;
            }
        }
        articles.sort_by_key(|(id, article)| (Reverse(article.modified), *id));
        // a link may lead to a folder that is listed already
        articles.dedup_by_key(|(id, _)| *id);
        let is_part = articles.len() > limit;
        articles.truncate(limit);
        let first = |(id, article): (i64, Article)| Candidate {
            sections: vec![Match {
                article: id,
                section: 0,
                score: 0.0,
            }],
            article,
            score: 0.0,
        };
        self.shown(articles.into_iter().map(first).collect(), limit, is_part)
    }

    /// The articles that have the best sections, each with those; what is alike otherwise, the newest first.
    fn ranked(
        &self,
        matches: Vec<Match>,
        limit: usize,
        articles: &mut HashMap<i64, Option<Article>>,
    ) -> Result<Vec<Candidate>, StoreError> {
        let mut by_article: HashMap<i64, Vec<Match>> = HashMap::new();
        for found in matches {
            by_article.entry(found.article).or_default().push(found);
        }
        let mut best: Vec<(f64, i64)> = by_article
            .iter()
            .map(|(id, all)| (all.iter().map(|m| m.score).fold(f64::MIN, f64::max), *id))
            .collect();
        best.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
        best.truncate(limit.saturating_mul(2));
        let mut candidates = Vec::with_capacity(best.len());
        for (score, id) in best {
            if let Some(article) = self.article(id, articles)? {
                let mut sections = by_article.remove(&id).unwrap_or_default();
                sections
                    .sort_by(|a, b| b.score.total_cmp(&a.score).then(a.section.cmp(&b.section)));
                candidates.push(Candidate {
                    article,
                    sections,
                    score,
                });
            }
        }
        let rounded = |candidate: &Candidate| (candidate.score * 4.0).round();
        candidates.sort_by(|a, b| {
            let by_score = rounded(b).total_cmp(&rounded(a));
            by_score.then(b.article.modified.cmp(&a.article.modified))
        });
        Ok(candidates)
    }

    fn shown(
        &self,
        candidates: Vec<Candidate>,
        limit: usize,
        is_part: bool,
    ) -> Result<Found, StoreError> {
        let mut found = Found {
            is_part,
            ..Found::default()
        };
        for candidate in candidates {
            self.go_on()?;
            if found.hits.len() >= limit {
                found.is_part = true;
                break;
            }
            let room = (limit - found.hits.len()).min(MOST_SHOWN);
            let mut hits = self.hits_of(&candidate)?;
            found.is_part |= hits.len() > room;
            hits.truncate(room);
            hits.sort_by_key(|(section, _)| *section);
            found.hits.extend(hits.into_iter().map(|(_, hit)| hit));
        }
        Ok(found)
    }

    /// The hits of an article: the sections in which the words are seen; else the one that was found.
    fn hits_of(&self, candidate: &Candidate) -> Result<Vec<(i64, Hit)>, StoreError> {
        let mut hits = Vec::new();
        let mut unseen = None;
        for found in candidate.sections.iter().take(MOST_LOOKED_AT) {
            let Some(passage) = self.store.passage(found.article, found.section)? else {
                continue;
            };
            let snippet = snippet::of_passage(&passage, &candidate.article.title, &self.wanted);
            let has_words = snippet.pieces.iter().any(|piece| piece.is_hit);
            let hit = Hit {
                article: candidate.article.clone(),
                section: passage.key,
                position: snippet.position,
                snippet: snippet.pieces,
                in_note: false,
            };
            if has_words {
                hits.push((found.section, hit));
            } else if unseen.is_none() {
                unseen = Some((found.section, hit));
            }
        }
        if hits.is_empty() {
            hits.extend(unseen);
        }
        Ok(hits)
    }

    /// Whether an article is listed and is one that the whole query asks for.
    fn wanted_article(
        &self,
        id: i64,
        articles: &mut HashMap<i64, Option<Article>>,
    ) -> Result<bool, StoreError> {
        if !self.is_to_check {
            return Ok(true);
        }
        self.go_on()?;
        let article = self.article(id, articles)?;
        Ok(article.is_some_and(|article| self.holds(id, &article)))
    }

    /// The article of a number in the index, if it is listed.
    fn article(
        &self,
        id: i64,
        articles: &mut HashMap<i64, Option<Article>>,
    ) -> Result<Option<Article>, StoreError> {
        if let Some(article) = articles.get(&id) {
            return Ok(article.clone());
        }
        let row = self.store.article(id)?;
        let article = row.and_then(|row| self.library.listed_article(&self.listed, row));
        articles.insert(id, article.clone());
        Ok(article)
    }

    fn holds(&self, id: i64, article: &Article) -> bool {
        let mut texts = Texts::default();
        let author = article.author.as_deref().unwrap_or("");
        texts.push(&article.title, author, &article.folder);
        let facts = Facts::of(article, texts.get(0));
        self.query.holds(|term| match term {
            Term::Text(Field::Note | Field::Tag | Field::Kind, _) => {
                self.noted.contains(article.id.0.as_str())
            }
            // where it is not known FTS5 has seen to it, or there is no letter in it
            Term::Words(_) | Term::Text(..) => {
                let having = self.having.iter().find(|(own, _)| own == term);
                having.is_none_or(|(_, having)| having.contains(&id))
            }
            Term::Folder(_)
            | Term::Language(_)
            | Term::Is(_)
            | Term::Minutes(..)
            | Term::After(_)
            | Term::Before(_) => term.matches(&facts, self.clock),
        })
    }

    /// Ends a search whose answer is not wanted any more.
    fn go_on(&self) -> Result<(), StoreError> {
        if self.library.turn.load(Ordering::SeqCst) == self.turn {
            Ok(())
        } else {
            Err(StoreError::Stopped)
        }
    }
}

/// Whether what is found has to have a term.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Must,
    May,
}

/// The terms that the expression for FTS5 does not see to.
fn unseen_terms<'a>(expr: &'a Expr, need: Need, unseen: &mut Vec<&'a Term>) {
    match expr {
        Expr::All(all) => all.iter().for_each(|one| unseen_terms(one, need, unseen)),
        Expr::Any(any) if need == Need::Must && any.iter().all(is_seen_to) => {}
        Expr::Any(any) => any
            .iter()
            .for_each(|one| unseen_terms(one, Need::May, unseen)),
        Expr::Not(one) => unseen_terms(one, Need::May, unseen),
        Expr::Term(term) if need == Need::Must && term_expression(term).is_some() => {}
        Expr::Term(term) => unseen.push(term),
    }
}

/// Whether the expression for FTS5 says the same.
fn is_seen_to(expr: &Expr) -> bool {
    match expr {
        Expr::All(all) | Expr::Any(all) => !all.is_empty() && all.iter().all(is_seen_to),
        Expr::Not(_) => false,
        Expr::Term(term) => term_expression(term).is_some(),
    }
}

/// Whether what is found has to have a note: nothing but notes is found then.
fn asks_for_notes(expr: &Expr) -> bool {
    match expr {
        Expr::All(all) => all.iter().any(asks_for_notes),
        Expr::Any(any) => any.iter().all(asks_for_notes),
        Expr::Not(_) => false,
        Expr::Term(term) => matches!(term, Term::Text(Field::Note | Field::Tag | Field::Kind, _)),
    }
}

#[cfg(test)]
mod tests;
