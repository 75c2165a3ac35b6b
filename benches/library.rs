//! The library pane with 100,000 articles: how long an event takes, drawing included, while they come in batches and
//! afterwards. Prints the median, the 99th of a hundred and the longest, in milliseconds.

use std::time::Instant;

use liseuse::app::effect::Effect;
use liseuse::app::event::Event;
use liseuse::app::{App, Setup, Start};
use liseuse::config::Config;
use liseuse::config::theme::{Background, Depth};
use liseuse::model::article::{Article, ArticleId, Status};
use liseuse::model::state::State;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

const ARTICLES: usize = 100_000;
const BATCH: usize = 500;
const SIZE: Size = Size::new(120, 40);

const WORDS: [&str; 16] = [
    "harbour", "lamp", "été", "the", "long", "winter", "of", "fog", "letters", "L’île", "stone",
    "river", "读书", "night", "market", "bread",
];

struct Session {
    app: App,
    terminal: Terminal<TestBackend>,
    now: i64,
}

impl Session {
    fn new() -> Self {
        let setup = Setup {
            config: Config::builtin(),
            mistakes: Vec::new(),
            start: Start::Library,
            size: SIZE,
            now: 0,
            offset: 0,
            background: Background::Dark,
            depth: Depth::Full,
        };
        Self {
            app: App::new(setup).0,
            terminal: Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a terminal"),
            now: 1_794_958_200_000,
        }
    }

    /// How long an event takes with its frame, in milliseconds; what it asks for.
    fn tell(&mut self, event: Event) -> (f64, Vec<Effect>) {
        let start = Instant::now();
        self.now += 1;
        let effects = self.app.update(event, self.now);
        let drawn = self.terminal.draw(|frame| self.app.draw(frame));
        drawn.expect("a terminal in memory");
        (start.elapsed().as_secs_f64() * 1000.0, effects)
    }

    fn press(&mut self, keys: &str) -> Vec<f64> {
        let pressed = keys.split(' ').map(|key| {
            let key = key.parse().expect("a key");
            self.tell(Event::Key(key)).0
        });
        pressed.collect()
    }
}

fn article(i: usize) -> Article {
    let mut random = u64::try_from(i)
        .unwrap_or(0)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |below: u64| {
        random ^= random >> 29;
        random = random.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (random >> 33) % below
    };
    let mut words = |count: usize| {
        let words: Vec<&str> = (0..count)
            .map(|_| WORDS[usize::try_from(next(16)).unwrap_or(0)])
            .collect();
        words.join(" ")
    };
    let (title, author) = (words(6), words(2));
    let folder = format!("source-{:02}/{}", next(40), 2020 + next(7));
    Article {
        id: ArticleId(format!("{i:032x}")),
        path: format!("/home/reader/articles/{folder}/{i:06}.txt").into(),
        folder,
        title: format!("{title} {i}"),
        author: Some(author),
        language: Some(if next(3) == 0 { "fr" } else { "en" }.to_owned()),
        minutes: u32::try_from(1 + next(30)).unwrap_or(1),
        modified: 1_794_958_200_000 - i64::try_from(next(100_000_000_000)).unwrap_or(0),
        status: match next(10) {
            0 => Status::Read,
            1 => Status::Begun(40),
            _ => Status::Unread,
        },
        bookmarks: 0,
        last_read: 0,
        missing: false,
    }
}

fn report(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    let (half, most, longest) = (at(50), at(99), times[times.len() - 1]);
    let line = format!(
        "{what:<44} {half:>8.2} {most:>8.2} {longest:>8.2}  ({})\n",
        times.len()
    );
    std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes()).expect("an output");
}

fn main() {
    let mut session = Session::new();
    let (mut batches, mut keys) = (Vec::new(), Vec::new());
    let moves = [
        "j", "j", "k", "ctrl-d", "pagedown", "G", "J", "space", "g g", "esc",
    ];
    for (i, start) in (0..ARTICLES).step_by(BATCH).enumerate() {
        let found = (start..start + BATCH).map(article).collect();
        batches.push(session.tell(Event::Found(found)).0);
        keys.extend(session.press(moves[i % moves.len()]));
    }
    report("a batch of 500 articles is found", batches);
    report("a key meanwhile", keys);
    let again: Vec<Article> = (0..BATCH).map(|i| article(i * 7)).collect();
    let again = (0..50).map(|_| session.tell(Event::Found(again.clone())).0);
    let again = again.collect();
    report("500 articles are told anew", again);
    session.tell(Event::Scanned(Vec::new()));

    for key in ["j", "ctrl-d", "G", "J", "g g"] {
        let moves = (0..50).flat_map(|_| session.press(key)).collect();
        report(&format!("a key that moves: {key}"), moves);
    }
    let typed: Vec<f64> = (0..10)
        .flat_map(|_| {
            let typed = session.press("/ l a m p space - i s : r e a d space f r");
            session.press("esc");
            typed
        })
        .collect();
    report("a key that filters", typed);
    report("a saved search is opened and left", {
        (0..10)
            .flat_map(|_| session.press("g g enter esc"))
            .collect()
    });
    report(
        "a key that sorts",
        (0..14).flat_map(|_| session.press("s")).collect(),
    );
    report(
        "a key that groups",
        (0..10).flat_map(|_| session.press("F")).collect(),
    );
    states(&mut session);
}

/// What the reader does, here and on other machines.
fn states(session: &mut Session) {
    let state = |i: usize| {
        let state = State {
            status: Status::Read,
            ..State::default()
        };
        (article(i).id, state)
    };
    report("a state changes", {
        (0..200)
            .map(|i| session.tell(Event::StatesChanged(vec![state(i)])).0)
            .collect()
    });
    report("all states change", {
        let all = (0..ARTICLES).map(state).collect();
        vec![session.tell(Event::StatesChanged(all)).0]
    });
    let mut sorted = session.press("s");
    sorted.extend(session.press("v G r"));
    report("all are selected and marked", sorted);
}
