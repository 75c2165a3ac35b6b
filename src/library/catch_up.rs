//! Bringing the list of articles up to date: what the index knows first, then what the folders hold.

mod again;
mod knowledge;
mod work;

use std::collections::{HashMap, HashSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::identity;
use super::read_all::Job;
use super::scan::{Root, Walk};
use super::{Article, Library};
use crate::store::{Order, Row, Store, StoreError};
use knowledge::{Knowledge, is_listed, listed_below};
use work::{Batch, Pace, Work, look_of};

pub use knowledge::Listed;
pub use work::Reading;

/// What is new in the list of articles.
#[derive(Debug)]
pub enum News {
    /// These were there when the index was made.
    Known(Vec<Article>),
    /// These are there; in place of what was told of the same paths before.
    Found(Vec<Article>),
    /// There is nothing at these paths any more.
    Gone(Vec<PathBuf>),
    /// Files that are new or have changed are being read.
    Reading(Reading),
}

impl Library {
    /// Brings the list of articles up to date and tells of it: first all that the index knows, in this order, then what
    /// of it is different in the folders. Returns what could not be read or was left out, one line each. On the very
    /// first start the samples are put into the library folder before.
    pub fn catch_up(&self, order: Order, tell: &mut dyn FnMut(News)) -> Vec<String> {
        if let Some(note) = self.make_folder() {
            return vec![note];
        }
        let mut notes = Vec::new();
        let mut roots = Vec::new();
        for source in self.roots() {
            if source == Path::new(identity::STANDARD_INPUT) {
                match self.describe_standard_input() {
                    Ok((described, _)) => tell(News::Found(self.meet(vec![described]))),
                    Err(error) => notes.push(format!("{error:#}")),
                }
            } else {
                roots.push(source.as_path());
            }
        }
        let library = self.real_folder();
        let begun_anew = self.index.times_begun_anew();
        let mut knowledge = self.tell_known(&library, &roots, order, tell);
        self.look_through(&library, &roots, &mut knowledge, (tell, &mut notes));
        if self.index.times_begun_anew() > begun_anew {
            // what it seemed to know has to be put into the new one
            let mut nothing = Knowledge::default();
            self.look_through(
                &library,
                &roots,
                &mut nothing,
                (&mut |_| {}, &mut Vec::new()),
            );
        }
        self.tell_missing(tell);
        self.read_waiting(tell);
        *self.reading() = None;
        notes.extend(self.index.notes());
        notes
    }

    /// Tells what the index knows of the articles below these roots.
    fn tell_known(
        &self,
        library: &Path,
        roots: &[&Path],
        order: Order,
        tell: &mut dyn FnMut(News),
    ) -> Knowledge {
        let known = self.index.read(|store| {
            let mut knowledge = Knowledge::default();
            let mut batch = Batch::new(self, News::Known, tell);
            let mut told = HashSet::new();
            let listed = listed_below(store, roots)?;
            for (nth, listed) in listed.iter().enumerate() {
                let all = store.folders(&listed.real)?;
                for folder in all.iter().filter(|folder| is_listed(folder, listed)) {
                    if !told.insert(folder.id) {
                        continue;
                    }
                    let mounted = folder.mounted;
                    knowledge.folders.insert(folder.path.clone(), mounted);
                    store.each_in(folder, order, &mut |row| {
                        knowledge.add(&row, nth);
                        batch.push(listed.described(library, row));
                        ControlFlow::Continue(())
                    })?;
                }
            }
            knowledge.listed = listed;
            batch.finish();
            Ok(knowledge)
        });
        known.unwrap_or_default()
    }

    /// The folders that are listed, as the index knows them.
    pub(super) fn listed_by(&self, store: &Store) -> Result<Vec<Listed>, StoreError> {
        let roots = self.roots().iter().map(PathBuf::as_path);
        let roots: Vec<_> = roots
            .filter(|root| *root != Path::new(identity::STANDARD_INPUT))
            .collect();
        listed_below(store, &roots)
    }

    /// The article of a row of the index, if it is listed.
    pub(super) fn listed_article(&self, listed: &[Listed], row: Row) -> Option<Article> {
        let listed = listed
            .iter()
            .find(|listed| row.path.starts_with(&listed.real))?;
        let described = listed.described(&self.real_folder(), row);
        self.meet(vec![described]).pop()
    }

    /// Looks at all files, reads those that are new or have changed, and forgets those that are gone.
    fn look_through(
        &self,
        library: &Path,
        roots: &[&Path],
        knowledge: &mut Knowledge,
        (tell, notes): (&mut dyn FnMut(News), &mut Vec<String>),
    ) {
        let mut found = Vec::new();
        for root in roots {
            match Root::at(root) {
                Ok(root) => found.push(root),
                Err(note) => notes.push(knowledge.kept(root, note)),
            }
        }
        let mut walk = Walk::new(library, found);
        let mut work = Work::new(self, tell);
        for candidate in walk.by_ref() {
            match candidate {
                Ok(candidate) => {
                    let real = identity::path_of(library, &candidate.key);
                    let Ok(metadata) = fs::metadata(&candidate.path) else {
                        // gone since it was listed
                        continue;
                    };
                    let look = look_of(&metadata);
                    if !knowledge.is_still(&real, &look) {
                        let is_named = roots.contains(&candidate.path.as_path());
                        let real = (!is_named).then_some(real);
                        work.add(Job {
                            candidate,
                            real,
                            look,
                        });
                    }
                }
                Err(note) => notes.push(note),
            }
        }
        work.finish(notes);
        let gone = knowledge.gone(&self.index, &walk, notes);
        self.forget(&gone, &walk, roots);
        let paths = gone
            .iter()
            .map(|(_, path)| path.clone())
            .collect::<Vec<_>>();
        if !paths.is_empty() {
            tell(News::Gone(paths));
        }
    }

    /// Takes files that are gone out of the index, and notes which folders and links there are now.
    fn forget(&self, gone: &[(i64, PathBuf)], walk: &Walk, roots: &[&Path]) {
        if walk.folders_seen().is_empty() {
            return;
        }
        let changed = self.index.read(|store| {
            let mut is_changed = !gone.is_empty();
            for root in roots {
                let real = identity::real(root);
                is_changed |= store.links(&real)? != walk.links_below(root);
                let known: HashMap<_, _> = store
                    .folders(&real)?
                    .into_iter()
                    .map(|folder| (folder.path, folder.mounted))
                    .collect();
                is_changed |= walk.folders_seen().iter().any(|(path, seen)| {
                    !seen.is_empty
                        && path.starts_with(&real)
                        && known.get(path) != Some(&seen.mounted)
                });
            }
            Ok(is_changed)
        });
        if changed == Some(false) {
            return;
        }
        self.index.write(|store| {
            let mut bulk = store.bulk()?;
            for (id, _) in gone {
                bulk.remove(*id)?;
            }
            for root in roots {
                bulk.set_links(&identity::real(root), &walk.links_below(root))?;
            }
            let seen = walk.folders_seen().iter();
            let folders: Vec<_> = seen
                .filter(|(_, seen)| !seen.is_empty)
                .map(|(path, seen)| (path.clone(), seen.mounted))
                .collect();
            bulk.set_folders(&folders)?;
            bulk.commit()
        });
    }

    /// Tells of the articles whose files are gone, where they hold bookmarks.
    fn tell_missing(&self, tell: &mut dyn FnMut(News)) {
        let ids: Vec<_> = {
            let journal = self.journal();
            let bookmarked = journal
                .articles()
                .filter(|id| journal.brief(id).bookmarks > 0);
            bookmarked.cloned().collect()
        };
        let roots: Vec<_> = self
            .roots()
            .iter()
            .map(|root| identity::real(root))
            .collect();
        let is_below = |article: &Article| roots.iter().any(|root| article.path.starts_with(root));
        let missing: Vec<_> = ids
            .iter()
            .map(|id| self.article(id))
            .filter(|article| article.missing && is_below(article))
            .collect();
        if !missing.is_empty() {
            tell(News::Found(missing));
        }
    }

    /// Reads the whole of long articles, of which only the beginning was read for the list.
    fn read_waiting(&self, tell: &mut dyn FnMut(News)) {
        let mut last = 0;
        let mut pace = Pace::new();
        loop {
            let waiting = self.index.read(|store| store.waiting(last, 8));
            let Some(waiting) = waiting.filter(|waiting| !waiting.is_empty()) else {
                return;
            };
            for row in waiting {
                last = row.id;
                let put = super::read_all::whole(row);
                if let Some((row, passages)) = put {
                    let done = self.index.write(|store| {
                        let mut bulk = store.bulk()?;
                        bulk.put(&row, passages.as_ref())?;
                        bulk.commit()
                    });
                    if done.is_none() {
                        return;
                    }
                }
                pace.all += 1;
                pace.done += 1;
                pace.tell(self, tell);
            }
        }
    }
}

#[cfg(test)]
mod tests;
