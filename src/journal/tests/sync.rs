//! Folders that are carried between machines: whatever arrives in whatever order, all come to know the same.

use std::time::{Duration, SystemTime};

use super::super::line::tests::facts;
use super::*;

const MACHINES: [&str; 3] = ["here", "there", "away"];

/// What happens to the folders.
#[derive(Debug, Clone)]
enum Event {
    /// A machine writes down facts, at what it takes for the time.
    Append(usize, Vec<(ArticleId, Fact)>, i64),
    /// A machine's own file comes to another machine, as it was a while ago.
    Deliver {
        from: usize,
        to: usize,
        /// How many deliveries it is late, 0 for not at all.
        late: usize,
        how: How,
    },
    Refresh(usize),
    Restart(usize),
    Compact(usize),
}

/// How a file arrives.
#[derive(Debug, Clone, Copy)]
enum How {
    /// As another file put in place of the old one.
    Renamed,
    /// Written over the old one.
    Over,
    /// Written over the old one, to so many hundredths.
    Torn(usize),
    /// Made as long as it is to be, with a hole between these hundredths.
    Hollow(usize, usize),
    /// Beside the old one, as sync tools do when they cannot decide.
    Beside,
    /// Back to the machine itself, beside its own.
    Back,
}

fn events() -> impl Strategy<Value = Event> {
    let machine = || 0..MACHINES.len();
    let fact = ("[AB]", facts()).prop_map(|(article, fact)| (ArticleId(article), fact));
    let how = prop_oneof![
        Just(How::Renamed),
        Just(How::Over),
        (0..100usize).prop_map(How::Torn),
        (0..100usize, 0..100usize).prop_map(|(from, to)| How::Hollow(from, to)),
        Just(How::Beside),
        Just(How::Back),
    ];
    prop_oneof![
        4 => (machine(), prop::collection::vec(fact, 1..4), 0..12i64)
            .prop_map(|(machine, facts, now)| Event::Append(machine, facts, now)),
        4 => (machine(), machine(), 0..3usize, how)
            .prop_map(|(from, to, late, how)| Event::Deliver { from, to, late, how }),
        1 => machine().prop_map(Event::Refresh),
        1 => machine().prop_map(Event::Restart),
        1 => machine().prop_map(Event::Compact),
    ]
}

/// Some machines, each with its folder.
struct World {
    folders: [TempDir; 3],
    journals: [Journal; 3],
    /// Of each machine its own file as it was after each change.
    versions: [Vec<Vec<u8>>; 3],
    /// All lines that were ever written.
    written: Folded,
    clock: Duration,
}

impl World {
    fn new() -> Self {
        let folders = MACHINES.map(|_| folder());
        let journals = [0, 1, 2].map(|i| Journal::open(folders[i].path(), MACHINES[i]));
        Self {
            folders,
            journals,
            versions: Default::default(),
            written: Folded::default(),
            clock: Duration::ZERO,
        }
    }

    fn path(&self, folder: usize, name: &str) -> PathBuf {
        self.folders[folder].path().join(format!("{name}.jsonl"))
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Append(machine, facts, now) => {
                self.journals[machine].append(&facts, now).unwrap();
                self.note(machine);
            }
            Event::Deliver {
                from,
                to,
                late,
                how,
            } => {
                let versions = &self.versions[from];
                let version = versions.len().checked_sub(late + 1);
                if let Some(text) = version.map(|at| versions[at].clone()) {
                    self.deliver(from, to, &text, how);
                }
            }
            Event::Refresh(machine) => {
                self.journals[machine].refresh();
            }
            Event::Restart(machine) => {
                let folder = self.folders[machine].path();
                self.journals[machine] = Journal::open(folder, MACHINES[machine]);
            }
            Event::Compact(machine) => {
                super::super::compact(self.folders[machine].path(), MACHINES[machine]).unwrap();
                self.note(machine);
            }
        }
    }

    fn note(&mut self, machine: usize) {
        let Ok(text) = fs::read(self.path(machine, MACHINES[machine])) else {
            return;
        };
        for line in text.split(|&byte| byte == b'\n') {
            if let Some(entry) = line::decode(line, None) {
                self.written.add(entry);
            }
        }
        self.versions[machine].push(text);
    }

    fn deliver(&mut self, from: usize, to: usize, text: &[u8], how: How) {
        let name = MACHINES[from];
        let beside = format!("{name}.sync-conflict-20260101-101010-ABCDEFG");
        let to = match how {
            How::Back => from,
            _ if from == to => return,
            _ => to,
        };
        let (path, arrives) = (self.path(to, name), text.to_vec());
        let filled = |hundredths: usize| text.len() * hundredths / 100;
        let path = match how {
            How::Renamed => {
                let new = self.folders[to].path().join(".new");
                fs::write(&new, arrives).unwrap();
                fs::rename(&new, &path).unwrap();
                path
            }
            How::Over => over(path, &arrives),
            How::Torn(hundredths) => over(path, &arrives[..filled(hundredths)]),
            How::Hollow(a, b) => {
                let mut hollow = arrives;
                hollow[filled(a.min(b))..filled(a.max(b))].fill(0);
                over(path, &hollow)
            }
            How::Beside | How::Back => over(self.path(to, &beside), &arrives),
        };
        // clocks of file systems are coarse; what comes later is to look later
        self.clock += Duration::from_secs(1);
        let modified = SystemTime::UNIX_EPOCH + self.clock;
        let file = OpenOptions::new().append(true).open(path).unwrap();
        file.set_modified(modified).unwrap();
    }

    /// All own files come to all machines.
    fn settle(&mut self) {
        for from in 0..MACHINES.len() {
            self.note(from);
            for to in 0..MACHINES.len() {
                if let Some(text) = self.versions[from].last().cloned() {
                    self.deliver(from, to, &text, How::Over);
                }
            }
        }
        for journal in &mut self.journals {
            journal.refresh();
        }
    }
}

fn over(path: PathBuf, bytes: &[u8]) -> PathBuf {
    // never shortened to nothing first: the worst that a tool can do
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)
        .unwrap();
    file.write_all(bytes).unwrap();
    file.set_len(bytes.len() as u64).unwrap();
    path
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn machines_that_have_all_files_know_the_same(
        history in prop::collection::vec(events(), 1..40),
    ) {
        let mut world = World::new();
        for event in history {
            world.happen(event);
        }
        world.settle();
        for (journal, folder) in world.journals.iter().zip(&world.folders) {
            prop_assert_eq!(&journal.folded, &world.written);
            let again = Journal::open(folder.path(), journal.machine());
            prop_assert_eq!(&again.folded, &world.written);
            for article in again.articles() {
                prop_assert_eq!(again.state(article), journal.state(article));
            }
        }
    }

    #[test]
    fn files_may_be_merged_in_any_grouping(
        files in prop::array::uniform3(prop::collection::vec(entries(), 0..12)),
        order in Just([0, 1, 2]).prop_shuffle(),
    ) {
        let add = |folded: &mut Folded, file: usize| {
            for entry in &files[file] {
                folded.add(entry.clone());
            }
        };
        let mut all = Folded::default();
        for file in 0..3 {
            add(&mut all, file);
        }
        let mut other = Folded::default();
        for file in order.into_iter().chain(order) {
            add(&mut other, file);
        }
        prop_assert_eq!(all, other);
    }
}

#[test]
fn what_a_later_version_says_is_passed_on_when_a_bookmark_is_edited_or_comes_back() {
    let folder = folder();
    let other = folder.path().join("newer.jsonl");
    let (article, fact) = bookmark("A", "words");
    let kept = line(5, "newer", (article, fact.clone())).replace(
        r#""added""#,
        r#""mood":"doubt","places":["sea",{"x":[1]}],"added""#,
    );
    let unknown =
        r#"{"time":"2026-11-23T19:20:00.123Z","machine":"newer","article":"A","star":{"a":1}}"#;
    let text = format!("{kept}{unknown}\n");
    add_to(&other, text.as_bytes());
    let mut journal = Journal::open(folder.path(), "home");
    let own = folder.path().join("home.jsonl");
    let last = || {
        let text = fs::read_to_string(&own).unwrap();
        let line: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
        line["bookmark"].clone()
    };
    let Fact::Bookmark(mut edited) = fact.clone() else {
        panic!("a bookmark")
    };
    edited.note = "what for?".into();
    let (a, key) = (id("A"), edited.id.clone());
    journal
        .append(&[(a.clone(), Fact::Bookmark(edited))], 9)
        .unwrap();
    assert_eq!(
        (&last()["mood"], &last()["note"]),
        (&"doubt".into(), &"what for?".into())
    );
    assert_eq!(last()["places"][1]["x"][0], 1);
    journal
        .append(&[(a.clone(), Fact::BookmarkRemoved(key))], 10)
        .unwrap();
    journal.append(&[(a, fact)], 11).unwrap();
    assert_eq!(last()["mood"], "doubt");
    assert_eq!(fs::read_to_string(&other).unwrap(), text);
    assert_eq!(journal.skipped(), 1);
}

#[test]
fn a_note_of_a_megabyte_with_escapes_comes_back_harmless() {
    let folder = folder();
    let (article, fact) = bookmark("A", "words");
    let Fact::Bookmark(mut long) = fact else {
        panic!("a bookmark")
    };
    long.note = "a note \u{1b}[31m\u{9b}1m\u{202e} of\nlines ".repeat(40_000);
    assert!(long.note.len() > 1024 * 1024);
    let mut journal = Journal::open(folder.path(), "home");
    journal
        .append(&[(article, Fact::Bookmark(long))], 1)
        .unwrap();
    let again = Journal::open(folder.path(), "home");
    assert_eq!((again.skipped(), again.articles().count()), (0, 1));
    let note = &again.state(&id("A")).bookmarks[0].note;
    assert!(!note.chars().any(|c| c.is_control() && c != '\n'));
    assert!(!note.contains('\u{202e}'));
    assert_eq!(note.matches("a note ␛[31m").count(), 40_000);
    assert_eq!(journal.state(&id("A")), again.state(&id("A")));
}
