//! Looking again at what has changed in the folders while they are listed.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Component, Path, PathBuf};

use super::super::identity;
use super::super::read_all::Job;
use super::super::scan::{self, Candidate, Root, Walk};
use super::work::{Work, look_of};
use super::{Library, News};
use crate::formats::Format;
use crate::store::Order;

impl Library {
    /// The folders of which the articles are listed.
    pub fn listed_folders(&self) -> Vec<PathBuf> {
        let folders = self.roots().iter().filter(|root| root.is_dir());
        folders.cloned().collect()
    }

    /// Looks again at what lies at these paths, and tells what is different now. Returns what could not be read or was
    /// left out, one line each.
    pub fn look_at_paths(
        &self,
        paths: &BTreeSet<PathBuf>,
        tell: &mut dyn FnMut(News),
    ) -> Vec<String> {
        let library = self.real_folder();
        let mut notes = Vec::new();
        let mut gone = Vec::new();
        let mut work = Work::new(self, tell);
        for path in paths.iter().filter(|path| self.is_listed(path)) {
            let Ok(metadata) = fs::metadata(path) else {
                gone.extend(self.gone_at(path));
                continue;
            };
            let named = [Root::Folder(path.clone())];
            let found: Vec<Candidate> = if metadata.is_dir() {
                Walk::new(&library, named.into()).flatten().collect()
            } else if metadata.is_file() && Format::of(path).is_some() {
                vec![scan::candidate(&library, path, String::new())]
            } else {
                continue;
            };
            for mut candidate in found {
                candidate.folder = self.subfolder(&candidate.path);
                let real = identity::path_of(&library, &candidate.key);
                let Ok(metadata) = fs::metadata(&candidate.path) else {
                    continue;
                };
                let look = look_of(&metadata);
                let known = self.index.read(|store| store.at(&real)).flatten();
                if !known.is_some_and(|row| row.look.is_still(&look)) {
                    work.add(Job {
                        candidate,
                        real: Some(real),
                        look,
                    });
                }
            }
        }
        work.finish(&mut notes);
        self.remove_gone(&gone, tell);
        self.read_waiting(tell);
        notes.extend(self.index.notes());
        notes
    }

    /// Whether what lies at a path is listed: it is below a folder that is, and not hidden there.
    fn is_listed(&self, path: &Path) -> bool {
        let is_hidden = |name: Component| name.as_os_str().as_encoded_bytes().starts_with(b".");
        self.roots().iter().any(|root| {
            let below = path.strip_prefix(root);
            below.is_ok_and(|below| below != Path::new("") && !below.components().any(is_hidden))
        })
    }

    /// What the index has at a path where nothing is any more, be it a file or a folder: numbers and paths.
    fn gone_at(&self, path: &Path) -> Vec<(i64, PathBuf)> {
        let above = identity::real(path.parent().unwrap_or(Path::new("")));
        let real = above.join(path.file_name().unwrap_or_default());
        let gone = self.index.read(|store| {
            let mut gone = Vec::new();
            if let Some(row) = store.at(&real)? {
                gone.push((row.id, path.to_owned()));
            }
            for folder in store.folders(&real)? {
                store.each_in(&folder, Order::Newest, &mut |row| {
                    let below = row.path.strip_prefix(&real).unwrap_or(&row.path);
                    gone.push((row.id, path.join(below)));
                    ControlFlow::Continue(())
                })?;
            }
            Ok(gone)
        });
        // without an index the list is all that knows of it
        gone.unwrap_or_else(|| vec![(0, path.to_owned())])
    }

    fn remove_gone(&self, gone: &[(i64, PathBuf)], tell: &mut dyn FnMut(News)) {
        if gone.is_empty() {
            return;
        }
        let paths = gone.iter().map(|(_, path)| path.clone()).collect();
        tell(News::Gone(paths));
        self.tell_missing(tell);
        self.index.write(|store| {
            let mut bulk = store.bulk()?;
            for (id, _) in gone {
                bulk.remove(*id)?;
            }
            bulk.commit()
        });
    }
}
