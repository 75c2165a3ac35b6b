//! Does what the program asks of the world, off the loop: a quick lane for what the reader waits for, first in first out,
//! a slow one for what takes its time, and one for searches.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::Mail;
use super::browse;
use super::terminal::LANE;
use super::watch::{FolderWatch, Watch};
use crate::app::event::{Event, Extent, Opened, Results};
use crate::library::{self, Library, News, Order};
use crate::model::article::{Article, ArticleId, Bookmark};
use crate::model::correction::find_all;
use crate::model::document::Document;
use crate::model::edition::Changes;
use crate::model::link::Address;
use crate::model::outline::Outline;
use crate::model::query::Query;
use crate::model::quote::Found;
use crate::model::state::{Change, State};

/// Documents may nest deeply.
const STACK_BYTES: usize = 16 << 20;

/// How many batches of articles may be on their way to the list …
const BATCHES: usize = 2;
/// … unless the list has not taken one for so long.
const LONGEST_WAIT: Duration = Duration::from_millis(100);
/// How many hits of a search are shown.
const HITS: usize = 200;

/// The lanes.
#[derive(Debug)]
pub struct Lanes {
    inbox: Sender<Mail>,
    quick: Sender<Quick>,
    slow: Sender<Scan>,
    search: Sender<Asked>,
    library: Arc<Library>,
    /// How many batches of articles are on their way.
    batches: Arc<AtomicUsize>,
}

/// An article as it was read.
type Read = (Article, Document, Outline, State);

/// A search, and the number of the question.
type Asked = (Query, u64);

/// Something for the quick lane.
#[derive(Debug)]
pub enum Quick {
    /// Read an article.
    Open(PathBuf, Option<Bookmark>),
    /// Find the article that a link of a file leads to, by the path that it has, and hand its anchor back.
    Follow(PathBuf, String, Option<String>),
    /// Write a change to the journal.
    Save(Change),
    /// List the bookmarks of the whole library.
    ListBookmarks,
    /// Keep the texts of an article's blocks.
    KeepCopy(ArticleId, Vec<String>),
    /// Choose so many passages that were kept long ago.
    Resurface(u16),
    /// Read what others wrote to the journal.
    ReadJournal,
    /// Notice from now on when others write to the journal in this folder.
    WatchJournal(PathBuf),
    /// Tell that everything before this is done.
    Finish(Sender<()>),
}

/// The library is to be scanned; what is known of it is told in this order.
#[derive(Debug)]
struct Scan(Order);

impl Lanes {
    /// Starts both lanes. Their answers go to the inbox.
    pub fn start(library: &Arc<Library>, inbox: &Sender<Mail>) -> io::Result<Self> {
        let (quick, quick_jobs) = mpsc::channel();
        let (slow, slow_jobs) = mpsc::channel();
        let lane = Lane {
            library: Arc::clone(library),
            answers: Answers(inbox.clone()),
            quick: quick.clone(),
            is_changed: Arc::new(AtomicBool::new(false)),
            watch: None,
        };
        spawn(move || lane.run(&quick_jobs))?;
        let (of, answers) = (Arc::clone(library), Answers(inbox.clone()));
        let batches = Arc::new(AtomicUsize::new(0));
        let waiting = Arc::clone(&batches);
        spawn(move || scan_when_asked(&of, &slow_jobs, (&answers, &waiting)))?;
        let (search, questions) = mpsc::channel();
        let (of, answers) = (Arc::clone(library), Answers(inbox.clone()));
        let scans = slow.clone();
        spawn(move || search_when_asked(&of, &questions, (&answers, &scans)))?;
        let inbox = inbox.clone();
        Ok(Self {
            inbox,
            quick,
            slow,
            search,
            library: Arc::clone(library),
            batches,
        })
    }

    /// Has the quick lane do something after everything else it was asked for.
    pub fn quick(&self, job: Quick) {
        // the lane outlives everyone who asks
        let _ = self.quick.send(job);
    }

    /// Notices from now on when articles come, change or go. A thread that cannot be started notices nothing.
    pub fn watch_library(&self, inbox: &Sender<Mail>) {
        let (library, answers) = (Arc::clone(&self.library), Answers(inbox.clone()));
        let slow = self.slow.clone();
        let _ = spawn(move || watch_library(&library, &slow, &answers));
    }

    /// Has the slow lane scan the library, and tell what is known of it in this order first.
    pub fn scan(&self, order: Order) {
        let _ = self.slow.send(Scan(order));
    }

    /// Tells that a batch of articles was taken in: the next one may come.
    pub fn batch_taken(&self) {
        // the watch sends some, too, that nobody counts
        let _ = self
            .batches
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
    }

    /// Has the texts of the library searched; the search before is given up.
    pub fn search(&self, query: Query, serial: u64) {
        self.library.stop_search();
        let _ = self.search.send((query, serial));
    }

    /// Opens an address in the browser, beside both lanes: some browsers end only when they are closed.
    pub fn browse(&self, address: Address) {
        let answers = Answers(self.inbox.clone());
        let failed = answers.0.clone();
        let started = spawn(move || {
            if let Err(why) = browse::open(&address) {
                answers.send(Event::Failed(why));
            }
        });
        if let Err(error) = started {
            Answers(failed).send(Event::Failed(format!("could not open the link: {error}")));
        }
    }

    /// Waits until all that the quick lane was asked for is done, but not longer than this. Whether it is done.
    pub fn finish(&self, wait: Duration) -> bool {
        let (done, is_done) = mpsc::channel();
        self.quick(Quick::Finish(done));
        is_done.recv_timeout(wait).is_ok()
    }
}

fn spawn(lane: impl FnOnce() + Send + 'static) -> io::Result<()> {
    thread::Builder::new()
        .name(LANE.into())
        .stack_size(STACK_BYTES)
        .spawn(lane)
        .map(drop)
}

/// Where answers go.
#[derive(Debug)]
struct Answers(Sender<Mail>);

impl Answers {
    fn send(&self, event: Event) {
        // when nobody listens any more, the program ends
        let _ = self.0.send(Mail::Event(event));
    }
}

/// The quick lane.
struct Lane {
    library: Arc<Library>,
    answers: Answers,
    /// Its own entrance, for the watch.
    quick: Sender<Quick>,
    /// Others wrote to the journal, and it was not read since.
    is_changed: Arc<AtomicBool>,
    watch: Option<Watch>,
}

impl Lane {
    fn run(mut self, jobs: &Receiver<Quick>) {
        // the terminal is being set up meanwhile
        self.library.warm_up();
        for job in jobs {
            match job {
                Quick::Open(path, bookmark) => self.open(&path, bookmark),
                Quick::Follow(from, path, anchor) => self.follow(from, &path, anchor),
                Quick::Save(change) => self.save(change),
                Quick::ListBookmarks => self.list_bookmarks(),
                Quick::KeepCopy(id, texts) => {
                    // a copy that cannot be kept is missed only when the text has changed
                    let _ = guarded(|| self.library.keep_copy(&id, &texts));
                }
                Quick::Resurface(count) => self.resurface(count),
                Quick::ReadJournal => self.read_journal(),
                Quick::WatchJournal(folder) => self.watch_journal(folder),
                Quick::Finish(done) => {
                    // whoever asked may have waited long enough
                    let _ = done.send(());
                }
            }
        }
    }

    fn open(&self, path: &Path, bookmark: Option<Bookmark>) {
        let opened = |(article, document, outline, state): Read, bookmark, extent| {
            let (found, changes) = match extent {
                Extent::Start => (found_in_start(&state, &document), Changes::default()),
                Extent::Whole => {
                    let quotes = state.bookmarks.iter().map(|it| &it.quote);
                    let found = find_all(quotes, &document);
                    (found, self.library.changes(&article.id, &state, &document))
                }
            };
            Event::Opened(Box::new(Opened {
                article,
                document,
                outline,
                state,
                bookmark,
                found,
                changes,
                extent,
            }))
        };
        if bookmark.is_none()
            && let Ok(Some(start)) = guarded(|| {
                let start = self.library.read_start(path)?;
                Some(opened(start, None, Extent::Start))
            })
        {
            self.answers.send(start);
        }
        let read = guarded(|| {
            let whole = self.library.read(path);
            whole.map(|whole| opened(whole, bookmark, Extent::Whole))
        });
        self.answers.send(match read {
            Ok(Ok(whole)) => whole,
            Ok(Err(error)) => Event::Failed(format!("{error:#}")),
            Err(Panicked) => Event::Failed(format!(
                "could not show `{}`: a mistake in liseuse",
                path.display()
            )),
        });
    }

    fn follow(&self, from: PathBuf, path: &str, anchor: Option<String>) {
        let found = guarded(|| self.library.linked(&from, path));
        self.answers.send(match found {
            Ok(Ok(to)) => Event::Linked { from, to, anchor },
            Ok(Err(error)) => Event::Failed(format!("{error:#}")),
            Err(Panicked) => {
                Event::Failed("could not follow the link: a mistake in liseuse".into())
            }
        });
    }

    fn save(&mut self, change: Change) {
        let saved = guarded(|| self.library.save(&change));
        self.answers.send(match saved {
            Ok(Ok(states)) => {
                self.tell_renamed(&states);
                Event::Saved(change, states)
            }
            Ok(Err(error)) => Event::NotSaved(change, format!("{error:#}")),
            Err(Panicked) => Event::NotSaved(change, "not saved: a mistake in liseuse".into()),
        });
        // the folder may be there only now
        if self.watch.as_mut().is_some_and(Watch::follow) {
            self.read_journal();
        }
    }

    /// Tells which articles have another title now, before what the reader did with them is told.
    fn tell_renamed(&self, states: &[(ArticleId, State)]) {
        // a mistake there is one in reading the article, and is told when it is read
        if let Ok(renamed) = guarded(|| self.library.renamed(states))
            && !renamed.is_empty()
        {
            self.answers.send(Event::Renamed(renamed));
        }
    }

    fn list_bookmarks(&self) {
        self.answers
            .send(match guarded(|| self.library.bookmarks()) {
                Ok(bookmarks) => Event::Bookmarks(bookmarks),
                Err(Panicked) => {
                    Event::Failed("could not list the bookmarks: a mistake in liseuse".into())
                }
            });
    }

    fn resurface(&self, count: u16) {
        let old = guarded(|| {
            self.library
                .old_bookmarks(usize::from(count), library::clock())
        });
        // nobody asked for them
        self.answers
            .send(Event::Resurfaced(old.unwrap_or_default()));
    }

    /// Changes that come from now on are read another time, so it must not be forgotten afterwards that there are some.
    fn read_journal(&mut self) {
        self.is_changed.store(false, Ordering::SeqCst);
        if let Some(watch) = &mut self.watch {
            watch.follow();
        }
        match guarded(|| self.library.refresh()) {
            Ok(states) if states.is_empty() => {}
            Ok(states) => {
                self.tell_renamed(&states);
                self.answers.send(Event::StatesChanged(states));
            }
            Err(Panicked) => self.answers.send(Event::Failed(
                "could not read the journal: a mistake in liseuse".into(),
            )),
        }
    }

    fn watch_journal(&mut self, folder: PathBuf) {
        let (quick, is_changed) = (self.quick.clone(), Arc::clone(&self.is_changed));
        self.watch = Some(Watch::start(folder, move || {
            // a burst of writing is read once
            if !is_changed.swap(true, Ordering::SeqCst) {
                let _ = quick.send(Quick::ReadJournal);
            }
        }));
        // what was written before it was watched
        self.read_journal();
    }
}

/// The slow lane.
fn scan_when_asked(
    library: &Library,
    asked: &Receiver<Scan>,
    (answers, batches): (&Answers, &AtomicUsize),
) {
    while let Ok(Scan(order)) = asked.recv() {
        // those who asked while the last scan was running want the same
        while asked.try_recv().is_ok() {}
        let scanned = guarded(|| {
            library.catch_up(order, &mut |news| {
                wait_for_room(batches);
                answers.send(event(news));
            })
        });
        let left_out = scanned.unwrap_or_else(|Panicked| {
            answers.send(Event::Failed(
                "could not scan the whole library: a mistake in liseuse".into(),
            ));
            Vec::new()
        });
        let mut notes = library.journal_notes();
        notes.extend(left_out);
        answers.send(Event::Scanned(notes));
    }
}

/// A key that is pressed while a large library is listed waits for the batches that came before it: so there are never
/// many.
fn wait_for_room(batches: &AtomicUsize) {
    let start = Instant::now();
    while batches.load(Ordering::SeqCst) >= BATCHES && start.elapsed() < LONGEST_WAIT {
        thread::sleep(Duration::from_millis(1));
    }
    batches.fetch_add(1, Ordering::SeqCst);
}

/// The watch over the folders of articles: what lies in them is looked at again where something happened.
fn watch_library(library: &Library, slow: &Sender<Scan>, answers: &Answers) {
    let watch = FolderWatch::start(&library.listed_folders());
    for note in &watch.notes {
        answers.send(Event::Told(note.clone()));
    }
    while let Some(paths) = watch.next() {
        if paths.is_empty() {
            // more happened than the system could tell
            let _ = slow.send(Scan(Order::Newest));
            continue;
        }
        let looked =
            guarded(|| library.look_at_paths(&paths, &mut |news| answers.send(event(news))));
        let notes = looked.unwrap_or_else(|Panicked| {
            vec!["could not look at what has changed: a mistake in liseuse".to_owned()]
        });
        if let Some(note) = notes.into_iter().next() {
            answers.send(Event::Told(note));
        }
    }
}

/// Where bookmarks are in the beginning of an article; what is not in it is not lost.
fn found_in_start(state: &State, start: &Document) -> Vec<Found> {
    let place = |bookmark: &Arc<Bookmark>| bookmark.quote.in_place(start);
    let found = |place: Option<_>| place.map_or_else(|| Found::Lost(Vec::new()), Found::InPlace);
    state.bookmarks.iter().map(place).map(found).collect()
}

fn event(news: News) -> Event {
    match news {
        News::Known(articles) | News::Found(articles) => Event::Found(articles),
        News::Gone(paths) => Event::Gone(paths),
        News::Reading(reading) => Event::Reading {
            done: reading.done,
            all: reading.all,
            rate: reading.rate,
        },
    }
}

/// The lane of searches: only the last question is answered. An index that was lost meanwhile is made anew, once.
fn search_when_asked(
    library: &Library,
    questions: &Receiver<Asked>,
    (answers, slow): (&Answers, &Sender<Scan>),
) {
    let mut is_lost = false;
    while let Ok(mut question) = questions.recv() {
        while let Ok(newer) = questions.try_recv() {
            question = newer;
        }
        let (query, serial) = question;
        match guarded(|| library.search(&query, HITS)) {
            Ok(Some(found)) => {
                if found.is_without_index && !is_lost {
                    is_lost = true;
                    let _ = slow.send(Scan(Order::Newest));
                }
                answers.send(Event::Results(Results {
                    serial,
                    hits: found.hits,
                    is_part: found.is_part,
                    note: found.note,
                }));
            }
            // a newer question is waiting
            Ok(None) => {}
            Err(Panicked) => {
                answers.send(Event::Failed(
                    "could not search: a mistake in liseuse".into(),
                ));
            }
        }
    }
}

/// It panicked.
#[derive(Debug)]
struct Panicked;

/// A mistake in one job is not the end of the session.
fn guarded<T>(job: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(job)).map_err(|_| Panicked)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;
    use crate::library::Folders;
    use crate::model::article::Status;
    use crate::model::state::Fact;

    const SOON: Duration = Duration::from_secs(10);

    /// Both lanes over an empty library, and what they answer.
    fn lanes() -> (TempDir, Lanes, Receiver<Mail>) {
        let home = tempfile::tempdir().unwrap();
        let at = |name| home.path().join(name);
        let folders = Folders {
            library: at("library"),
            state: at("state"),
            index: at("index.db"),
        };
        fs::create_dir(&folders.library).unwrap();
        let library = Arc::new(Library::open(Vec::new(), folders));
        let (inbox, answers) = mpsc::channel();
        let lanes = Lanes::start(&library, &inbox).unwrap();
        (home, lanes, answers)
    }

    fn next(answers: &Receiver<Mail>) -> Event {
        match answers.recv_timeout(SOON).unwrap() {
            Mail::Event(event) => event,
            other => panic!("{other:?}"),
        }
    }

    fn read(id: &str) -> Change {
        let fact = |status| vec![(ArticleId(id.into()), Fact::Status(status))];
        Change {
            does: fact(Status::Read),
            undoes: fact(Status::Unread),
            words: "read".into(),
        }
    }

    #[test]
    fn what_cannot_be_opened_is_told_in_one_line() {
        let (home, lanes, answers) = lanes();
        lanes.quick(Quick::Open(home.path().join("missing.txt"), None));
        let Event::Failed(why) = next(&answers) else {
            panic!("opened")
        };
        assert!(why.contains("missing.txt"), "{why}");
        assert!(!why.contains('\n'), "{why}");
    }

    #[test]
    fn everything_asked_for_is_done_when_it_is_finished() {
        let (_home, lanes, answers) = lanes();
        for n in 0..20 {
            lanes.quick(Quick::Save(read(&format!("{n:016}"))));
        }
        assert!(lanes.finish(SOON));
        let saved = answers
            .try_iter()
            .filter(|mail| matches!(mail, Mail::Event(Event::Saved(..))));
        assert_eq!(saved.count(), 20);
    }

    #[test]
    fn a_change_that_is_not_saved_is_handed_back_with_the_reason() {
        let (home, lanes, answers) = lanes();
        fs::write(home.path().join("state"), "not a folder").unwrap();
        let change = read("0000000000000001");
        lanes.quick(Quick::Save(change.clone()));
        let Event::NotSaved(back, why) = next(&answers) else {
            panic!("saved")
        };
        assert_eq!(back, change);
        assert!(
            why.starts_with("not saved: ") && !why.contains("not saved: not saved"),
            "{why}"
        );
    }

    #[test]
    fn a_scan_ends_with_what_was_left_out() {
        let (home, lanes, answers) = lanes();
        fs::write(
            home.path().join("library/a.txt"),
            "A title\n\nSome words.\n",
        )
        .unwrap();
        lanes.scan(Order::Newest);
        let mut found = 0;
        loop {
            match next(&answers) {
                Event::Found(articles) => found += articles.len(),
                Event::Scanned(left_out) => break assert!(left_out.is_empty(), "{left_out:?}"),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(found, 1);
    }

    #[test]
    fn a_panic_in_a_job_is_an_answer() {
        assert!(guarded(|| 1).is_ok());
        assert!(guarded(|| panic!("a mistake, made on purpose")).is_err());
    }
}
