//! What the program can do: find articles, read one, keep what the reader did with them. The command line and the TUI are
//! two thin callers of it.
//!
//! [`Library`] is used from several threads at once. The journal is the only state that lasts; what was met of articles in
//! this run is kept beside it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::SystemTime;

use anyhow::Result;

use crate::formats::decode::Encoding;
use crate::journal::{self, Journal, machine_name};
use crate::model::article::{Article, ArticleId, Status};
use crate::model::query::Clock;
use crate::model::state::{Change, Fact, State};

mod bookmarks;
mod catch_up;
mod copies;
mod corrections;
pub mod export;
mod file;
mod find;
mod identity;
mod import;
mod index;
mod index_care;
mod link;
mod met;
mod open;
mod passages;
mod read_all;
mod samples;
mod scan;
mod search;
mod sections;
mod upkeep;

pub use catch_up::{News, Reading};
pub use corrections::{Corrected, Listed};
pub use find::NoArticle;
pub use identity::{content_hash, unescaped};
pub use import::{Incoming, Outcome};
pub use passages::{Passage, Standing};
pub use samples::SAMPLES;
pub use search::Found;

pub use crate::journal::why;
use index::Index;
use met::Met;
use scan::Described;

pub use crate::store::{Order, Summary};

/// Where the reader's things lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// The articles that are shown when no others are asked for.
    pub library: PathBuf,
    /// The journal.
    pub state: PathBuf,
    /// The file of the index.
    pub index: PathBuf,
}

/// The reader's articles and what can be done to them.
#[derive(Debug)]
pub struct Library {
    sources: Vec<PathBuf>,
    folders: Folders,
    journal: Mutex<Journal>,
    index: Index,
    met: Mutex<HashMap<ArticleId, Met>>,
    standard_input: OnceLock<Result<Vec<u8>, String>>,
    encoding: Option<Encoding>,
    /// How often searches were stopped.
    turn: AtomicU64,
    /// How far the reading of new files is, while they are read.
    reading: Mutex<Option<Reading>>,
}

/// The time, here.
pub fn clock() -> Clock {
    let now = chrono::Local::now();
    Clock {
        now: now.timestamp_millis(),
        offset: now.offset().local_minus_utc(),
    }
}

impl Library {
    /// The library of these files and folders; `-` is standard input; of the library folder where there are none. Never
    /// fails, reads the journal and nothing else.
    pub fn open(sources: Vec<PathBuf>, folders: Folders) -> Self {
        let journal = Mutex::new(Journal::open(&folders.state, &machine_name()));
        let met = Mutex::default();
        let index = Index::new(folders.index.clone());
        Self {
            index,
            sources,
            folders,
            journal,
            met,
            standard_input: OnceLock::new(),
            encoding: None,
            turn: AtomicU64::new(0),
            reading: Mutex::default(),
        }
    }

    /// The same library for a reader who knows what the texts that are opened are written in; nothing else is looked for
    /// then.
    #[must_use]
    pub fn written_in(self, encoding: Option<Encoding>) -> Self {
        Self { encoding, ..self }
    }

    /// Finds all articles and tells of them in batches: those that are new to the index as they are read, the others
    /// once it is certain that they are there. Returns what could not be read or was left out, one line each. On the very
    /// first start the samples are put into the library folder before.
    pub fn scan(&self, found: &mut dyn FnMut(Vec<Article>)) -> Vec<String> {
        let mut known: HashMap<PathBuf, Article> = HashMap::new();
        let notes = self.catch_up(Order::Newest, &mut |news| match news {
            News::Known(articles) => {
                known.extend(articles.into_iter().map(|a| (a.path.clone(), a)));
            }
            News::Found(articles) => {
                for article in &articles {
                    known.remove(&article.path);
                }
                found(articles);
            }
            News::Gone(paths) => {
                for path in paths {
                    known.remove(&path);
                }
            }
            News::Reading(_) => {}
        });
        if !known.is_empty() {
            found(known.into_values().collect());
        }
        notes
    }

    /// On the very first start, when the library folder is asked for and not even there, makes it with the samples in
    /// it. Returns why it could not.
    fn make_folder(&self) -> Option<String> {
        let library = &self.folders.library;
        if !self.sources.is_empty() || library.symlink_metadata().is_ok() {
            return None;
        }
        let error = samples::place(library).err()?;
        let (library, why) = (file::shown(library), journal::why(&error));
        Some(format!(
            "could not put the sample articles into `{library}`: {why}"
        ))
    }

    /// Makes the library folder with the samples in it if this is the very first start. The article to begin with, then.
    pub fn first_article(&self) -> Option<PathBuf> {
        let is_first = self.sources.is_empty() && self.folders.library.symlink_metadata().is_err();
        if !is_first || self.make_folder().is_some() {
            return None;
        }
        let welcome = self.folders.library.join(samples::FIRST);
        welcome.is_file().then_some(welcome)
    }

    /// Of the articles of the library that are begun and whose file is there, the one that was read last; from the journal
    /// alone.
    pub fn last_begun(&self) -> Option<PathBuf> {
        let library = self.real_folder();
        let journal = self.journal();
        let mut begun: Vec<_> = journal
            .articles()
            .map(|id| (journal.brief(id), id))
            .filter(|(brief, _)| matches!(brief.status, Status::Begun(_)))
            .collect();
        begun.sort_by_key(|(brief, _)| std::cmp::Reverse(brief.last_read));
        let mut paths = begun.into_iter().flat_map(|(_, id)| journal.known(id));
        paths.find_map(|known| {
            let path = identity::path_of(&library, &known.path);
            path.is_file().then_some(path)
        })
    }

    /// Gets ready what reading the first article needs.
    pub fn warm_up(&self) {
        crate::formats::headings::warm_up();
    }

    /// Writes a change to the journal. It is on the disk when this returns. Returns what the journal adds up to now for
    /// the articles that it is about.
    ///
    /// # Errors
    /// When it is not on the disk: why, in one line.
    pub fn save(&self, change: &Change) -> Result<Vec<(ArticleId, State)>> {
        self.save_at(change, now())
    }

    /// As [`Library::save`], at a time in milliseconds since 1970.
    ///
    /// # Errors
    /// When it is not on the disk: why, in one line.
    pub fn save_at(&self, change: &Change, now: i64) -> Result<Vec<(ArticleId, State)>> {
        let mut journal = self.journal();
        let mut facts = Vec::with_capacity(change.does.len() + 1);
        let mut ids = HashSet::new();
        for (id, fact) in &change.does {
            if ids.insert(id) {
                facts.extend(
                    self.newly_known(&journal, id)
                        .map(|known| (id.clone(), known)),
                );
            }
            facts.push((id.clone(), fact.clone()));
        }
        journal.append(&facts, now)?;
        Ok(ids
            .into_iter()
            .map(|id| (id.clone(), journal.state(id)))
            .collect())
    }

    /// Where an article lies and what is in it, if the journal does not know that yet.
    fn newly_known(&self, journal: &Journal, id: &ArticleId) -> Option<Fact> {
        let met = self.met();
        let met = met.get(id)?;
        let (key, content) = (met.key(), met.content());
        let mut known = journal.known(id).into_iter();
        let is_known = known.any(|known| known.path == key && known.content == content);
        if is_known && journal.id_at(key) == Some(id) {
            return None;
        }
        Some(Fact::Known {
            path: key.to_owned(),
            content,
            title: met.title().to_owned(),
        })
    }

    /// Takes in what other programs and machines wrote to the journal since: the states that are different now.
    pub fn refresh(&self) -> Vec<(ArticleId, State)> {
        let mut journal = self.journal();
        let changed = journal.refresh();
        changed
            .into_iter()
            .map(|id| (id.clone(), journal.state(&id)))
            .collect()
    }

    /// What is wrong with the journal, for the reader to know, one line each.
    pub fn journal_notes(&self) -> Vec<String> {
        let journal = self.journal();
        let mut notes = journal.troubles().to_vec();
        match journal.skipped() {
            0 => {}
            1 => notes.push("1 line of the journal could not be read and was left as it is".into()),
            n => notes.push(format!(
                "{n} lines of the journal could not be read and were left as they are"
            )),
        }
        notes
    }

    /// Where the journal lies; it may not be there yet.
    pub fn state_folder(&self) -> &Path {
        &self.folders.state
    }

    /// The name of this machine in the journal.
    pub fn machine(&self) -> String {
        self.journal().machine().to_owned()
    }

    /// Who these articles are, and what the reader did with them.
    fn meet(&self, described: Vec<Described>) -> Vec<Article> {
        let mut articles = self.meet_as_parsed(described);
        for article in &mut articles {
            self.correct_title(article);
        }
        articles
    }

    /// Gives an article the title that the reader says it has.
    fn correct_title(&self, article: &mut Article) {
        let corrections = {
            let journal = self.journal();
            if !journal.is_corrected(&article.id) {
                return;
            }
            journal.state(&article.id).corrections
        };
        if let Some(title) = self.corrected_title(&article.path, &corrections) {
            article.title.clone_from(&title);
            if let Some(met) = self.met().get_mut(&article.id) {
                met.set_title(&title);
            }
        }
    }

    /// As [`Self::meet`], with the titles as their texts have them.
    fn meet_as_parsed(&self, described: Vec<Described>) -> Vec<Article> {
        let library = self.real_folder();
        let journal = self.journal();
        let mut met = self.met();
        let tell = |described: Described| {
            let Described {
                path,
                key,
                content,
                folder,
                title,
                author,
                language,
                minutes,
                modified,
            } = described;
            let id = identity::who(&journal, &library, &key, &content);
            let brief = journal.brief(&id);
            let article = Article {
                id,
                path,
                folder,
                title,
                author,
                language,
                minutes,
                modified,
                status: brief.status,
                bookmarks: brief.bookmarks,
                last_read: brief.last_read,
                missing: false,
            };
            met.insert(article.id.clone(), Met::new(&article, &key, &content));
            article
        };
        described.into_iter().map(tell).collect()
    }

    /// Where to look for articles.
    fn roots(&self) -> &[PathBuf] {
        if self.sources.is_empty() {
            std::slice::from_ref(&self.folders.library)
        } else {
            &self.sources
        }
    }

    fn real_folder(&self) -> PathBuf {
        identity::real(&self.folders.library)
    }

    fn journal(&self) -> MutexGuard<'_, Journal> {
        self.journal.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reading(&self) -> MutexGuard<'_, Option<Reading>> {
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was met. Where both are needed the journal comes first.
    fn met(&self) -> MutexGuard<'_, HashMap<ArticleId, Met>> {
        self.met.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(now.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
