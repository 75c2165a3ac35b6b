//! Notices that another program, or another machine through a synchronised folder, wrote to the journal or changed
//! articles.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::event::{EventKind, ModifyKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};

/// Watches the journal folder. Costs nothing while nothing is written. Where a folder cannot be watched, nothing is
/// noticed: no reason to bother the reader.
pub struct Watch {
    folder: PathBuf,
    watcher: Option<RecommendedWatcher>,
    /// The journal folder, or the one it is going to be made in.
    watched: Option<PathBuf>,
}

impl Watch {
    /// Calls `changed` on another thread when something in the folder was written, made or removed.
    pub fn start(folder: PathBuf, changed: impl Fn() + Send + 'static) -> Self {
        let journal = folder.clone();
        let heard = move |event: notify::Result<Event>| {
            if event.is_ok_and(|event| is_change(&event, &journal)) {
                changed();
            }
        };
        let mut watch = Self {
            folder,
            watcher: notify::recommended_watcher(heard).ok(),
            watched: None,
        };
        watch.follow();
        watch
    }

    /// Watches the journal folder itself as soon as it is there. To be called after each change. Whether it begins to
    /// watch something else now: what was written there before was not noticed.
    pub fn follow(&mut self) -> bool {
        let here = self.folder.is_dir();
        let wanted = if here {
            Some(self.folder.as_path())
        } else {
            self.folder.parent()
        };
        let wanted = wanted.filter(|folder| folder.is_dir());
        let Some(watcher) = &mut self.watcher else {
            return false;
        };
        if wanted == self.watched.as_deref() {
            return false;
        }
        if let Some(watched) = self.watched.take() {
            let _ = watcher.unwatch(&watched);
        }
        self.watched = wanted
            .filter(|wanted| watcher.watch(wanted, RecursiveMode::NonRecursive).is_ok())
            .map(Path::to_path_buf);
        true
    }
}

/// Changes in folders are gathered until there has been none for so long …
const QUIET: Duration = Duration::from_millis(100);
/// … but not longer than this.
const LONGEST: Duration = Duration::from_millis(500);

/// Watches the folders of articles, and all below them. Costs nothing while nothing changes.
pub struct FolderWatch {
    changes: Receiver<notify::Result<Event>>,
    /// What is not noticed, one line each.
    pub notes: Vec<String>,
    /// Changes are noticed as long as it lives.
    _watcher: Option<RecommendedWatcher>,
}

impl FolderWatch {
    /// Watches these folders. Where the system has no watches left for all that is below one, its files alone are watched.
    pub fn start(folders: &[PathBuf]) -> Self {
        let (heard, changes) = mpsc::channel();
        let mut notes = Vec::new();
        let mut watcher = match notify::recommended_watcher(heard) {
            Ok(watcher) => Some(watcher),
            Err(error) => {
                notes.push(not_watched("articles", &error));
                None
            }
        };
        for folder in folders.iter().filter(|folder| folder.is_dir()) {
            let Some(watcher) = &mut watcher else { break };
            let Err(error) = watcher.watch(folder, RecursiveMode::Recursive) else {
                continue;
            };
            let _ = watcher.unwatch(folder);
            // what could be watched of it may still take all that the system has
            let _ = watcher.watch(folder, RecursiveMode::NonRecursive);
            notes.push(not_watched(
                &format!("folders in `{}`", folder.display()),
                &error,
            ));
        }
        Self {
            changes,
            notes,
            _watcher: watcher,
        }
    }

    /// Waits for changes: the paths at which something is otherwise now. Without a path, everything may be. `None` when
    /// there is nothing to wait for.
    pub fn next(&self) -> Option<BTreeSet<PathBuf>> {
        let mut paths = BTreeSet::new();
        let mut is_everything = false;
        let mut take = |event: notify::Result<Event>| match event {
            Ok(event) if is_change_at_all(&event) => {
                is_everything |= event.paths.is_empty() || event.need_rescan();
                let before = paths.len();
                paths.extend(event.paths);
                paths.len() > before || is_everything
            }
            Ok(_) | Err(_) => false,
        };
        while !take(self.changes.recv().ok()?) {}
        let until = Instant::now() + LONGEST;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match self.changes.recv_timeout(QUIET.min(left)) {
                Ok(event) => _ = take(event),
                Err(_) => break,
            }
        }
        if is_everything {
            paths.clear();
        }
        Some(paths)
    }
}

fn not_watched(what: &str, error: &notify::Error) -> String {
    let why = match &error.kind {
        notify::ErrorKind::MaxFilesWatch => "the system watches no more files".to_owned(),
        notify::ErrorKind::Io(error) => crate::library::why(error),
        _ => error.to_string(),
    };
    format!("changes of {what} are noticed at the next start: {why}")
}

/// Whether something may be otherwise now. Reading is no change.
fn is_change_at_all(event: &Event) -> bool {
    match event.kind {
        EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(_)) => false,
        EventKind::Any
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_)
        | EventKind::Other => true,
    }
}

/// Whether a journal may say something else now.
fn is_change(event: &Event, journal: &Path) -> bool {
    let kind = is_change_at_all(event);
    let is_journal = |path: &PathBuf| {
        path == journal
            || (path.starts_with(journal) && path.extension().is_some_and(|name| name == "jsonl"))
    };
    // without paths: events were lost
    kind && (event.paths.is_empty() || event.paths.iter().any(is_journal))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc;
    use std::time::Duration;

    use super::*;

    const SOON: Duration = Duration::from_secs(10);

    #[test]
    fn a_journal_that_is_written_by_another_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let (send, changes) = mpsc::channel();
        let _watch = Watch::start(folder.path().to_owned(), move || send.send(()).unwrap());
        fs::write(folder.path().join("other.jsonl"), "{}\n").unwrap();
        changes.recv_timeout(SOON).unwrap();
    }

    #[test]
    fn a_folder_that_is_made_later_is_watched_from_then_on() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("state");
        let (send, changes) = mpsc::channel();
        let mut watch = Watch::start(folder.clone(), move || send.send(()).unwrap());
        fs::create_dir(&folder).unwrap();
        changes.recv_timeout(SOON).unwrap();
        assert!(watch.follow());
        assert!(!watch.follow());
        fs::write(folder.join("other.jsonl"), "{}\n").unwrap();
        changes.recv_timeout(SOON).unwrap();
    }

    #[test]
    fn what_happens_in_folders_and_below_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("below")).unwrap();
        let watch = FolderWatch::start(&[folder.path().to_owned()]);
        assert_eq!(watch.notes, [""; 0]);
        let path = folder.path().join("below/a.txt");
        fs::write(&path, "words").unwrap();
        assert!(watch.next().unwrap().contains(&path));
        fs::remove_file(&path).unwrap();
        assert!(watch.next().unwrap().contains(&path));
    }

    #[test]
    fn reading_and_other_files_are_no_changes() {
        let journal = Path::new("/state");
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        let read = EventKind::Access(notify::event::AccessKind::Any);
        let wrote = EventKind::Modify(ModifyKind::Any);
        assert!(!is_change(&event(read, "/state/a.jsonl"), journal));
        assert!(!is_change(&event(wrote, "/state/a.lock"), journal));
        assert!(!is_change(&event(wrote, "/other/a.jsonl"), journal));
        assert!(is_change(&event(wrote, "/state/a.jsonl"), journal));
        assert!(is_change(&event(wrote, "/state"), journal));
    }
}
