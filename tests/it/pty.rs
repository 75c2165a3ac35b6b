//! The real program in a real pseudo-terminal: it opens, reads, resizes, is killed, and gives the terminal back.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::fs;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{
    CommandBuilder, ExitStatus, MasterPty, PtyPair, PtySize, SlavePty, native_pty_system,
};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{LocalModes, tcgetattr};
use tempfile::TempDir;

mod corrections;
mod links;
mod notes;
mod passages;

/// Whatever takes longer does not happen.
const LONG: Duration = Duration::from_secs(20);
pub(crate) const LISEUSE: &str = env!("CARGO_BIN_EXE_liseuse");
/// An article as it is copied from the web: a stray line, one block a line, headings without a mark.
pub(crate) const TWIN: &str = include_str!("fixtures/seed-twin.txt");
pub(crate) const USUAL: (u16, u16) = (80, 24);

/// A reader's home: library, journal and settings of one test.
pub(crate) struct Home(TempDir);

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        fs::create_dir(home.library()).unwrap();
        home
    }

    pub(crate) fn library(&self) -> PathBuf {
        self.0.path().join("library")
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.0.path().join("state")
    }

    /// Puts an article into the library. Its path.
    pub(crate) fn article(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        let path = self.library().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// All that the journal says.
    pub(crate) fn journal(&self) -> String {
        let Ok(files) = fs::read_dir(self.state()) else {
            return String::new();
        };
        let journals = files
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension() == Some("jsonl".as_ref()));
        journals
            .map(|path| fs::read_to_string(path).unwrap())
            .collect()
    }

    /// The environment that keeps a program at home.
    fn environment(&self) -> Vec<(&'static str, String)> {
        let path = |path: &Path| path.to_str().unwrap().to_owned();
        vec![
            ("HOME", path(self.0.path())),
            ("PATH", std::env::var("PATH").unwrap_or_default()),
            ("TERM", "xterm-256color".into()),
            ("LISEUSE_LIBRARY", path(&self.library())),
            ("LISEUSE_STATE", path(&self.state())),
        ]
    }

    pub(crate) fn command(&self, program: &str, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        for (name, value) in self.environment() {
            command.env(name, value);
        }
        command.cwd(self.0.path());
        command
    }

    /// liseuse, running.
    pub(crate) fn liseuse(&self, arguments: &[&str]) -> Session {
        Session::start(self.command(LISEUSE, arguments), USUAL)
    }

    /// A shell script, running, with liseuse as `$0` and the arguments after it.
    fn shell(&self, script: &str, arguments: &[&str]) -> Session {
        let arguments = [&["-c", script, LISEUSE], arguments].concat();
        Session::start(self.command("/bin/sh", &arguments), USUAL)
    }
}

fn pty((columns, rows): (u16, u16)) -> PtyPair {
    native_pty_system()
        .openpty(PtySize {
            rows,
            cols: columns,
            ..PtySize::default()
        })
        .unwrap()
}

/// A program in a terminal of its own.
pub(crate) struct Session {
    master: Box<dyn MasterPty + Send>,
    /// Held, so that the terminal outlives the program and can be looked at.
    _slave: Box<dyn SlavePty + Send>,
    keys: Box<dyn Write + Send>,
    process: Pid,
    ended: Receiver<ExitStatus>,
    shown: Arc<(Mutex<Shown>, Condvar)>,
}

/// A test that failed while it held this has told so.
fn locked(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What the program wrote.
struct Shown {
    terminal: vt100::Parser,
    bytes: Vec<u8>,
    /// How many of the bytes the terminal shows.
    done: usize,
}

impl Shown {
    /// Shows what was written; a frame that has begun only when it is whole, as terminals do.
    fn take(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        let new = &self.bytes[self.done..];
        let last = |mark: &[u8]| new.windows(mark.len()).rposition(|bytes| bytes == mark);
        let whole = match (last(b"\x1b[?2026h"), last(b"\x1b[?2026l")) {
            (Some(begin), end) if end.is_none_or(|end| end < begin) => begin,
            _ => new.len(),
        };
        self.terminal.process(&new[..whole]);
        self.done += whole;
    }
}

impl Session {
    pub(crate) fn start(command: CommandBuilder, size: (u16, u16)) -> Self {
        let PtyPair { master, slave } = pty(size);
        let mut child = slave.spawn_command(command).unwrap();
        let process = i32::try_from(child.process_id().unwrap()).unwrap();
        let (tell, ended) = channel();
        thread::spawn(move || tell.send(child.wait().unwrap()));

        let [columns, rows] = [size.0, size.1].map(|side| NonZeroU16::new(side).unwrap());
        let shown = Shown {
            terminal: vt100::Parser::new(rows, columns, 0),
            bytes: Vec::new(),
            done: 0,
        };
        let shown = Arc::new((Mutex::new(shown), Condvar::new()));
        let (mut output, told) = (master.try_clone_reader().unwrap(), Arc::clone(&shown));
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut bytes) {
                locked(&told.0).take(&bytes[..length]);
                told.1.notify_all();
            }
        });
        let keys = master.take_writer().unwrap();
        Self {
            master,
            _slave: slave,
            keys,
            process: Pid::from_raw(process).unwrap(),
            ended,
            shown,
        }
    }

    pub(crate) fn send(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Waits until the screen is as described, and takes something from it.
    #[track_caller]
    pub(crate) fn wait_for<T>(
        &self,
        what: &str,
        mut take: impl FnMut(&vt100::Screen) -> Option<T>,
    ) -> T {
        let deadline = Instant::now() + LONG;
        let mut shown = locked(&self.shown.0);
        loop {
            if let Some(taken) = take(shown.terminal.screen()) {
                return taken;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero(),
                "never came: {what}; the screen is\n{}",
                shown.terminal.screen().contents()
            );
            shown = self.shown.1.wait_timeout(shown, left).unwrap().0;
        }
    }

    #[track_caller]
    pub(crate) fn wait_for_text(&self, text: &str) {
        self.wait_for(text, |screen| {
            screen.contents().contains(text).then_some(())
        });
    }

    /// Waits until the twin is open; its title alone is in the library, too.
    #[track_caller]
    fn wait_for_article(&self) {
        self.wait_for_text("Partage des Nuits");
    }

    /// The words at the top of the text, which has to be all that is shown.
    #[track_caller]
    fn wait_for_top(&self, what: &str, accept: impl Fn(&str) -> bool) -> String {
        self.wait_for(what, |screen| top(screen).filter(|top| accept(top)))
    }

    pub(crate) fn resize(&self, (columns, rows): (u16, u16)) {
        let [width, height] = [columns, rows].map(|side| NonZeroU16::new(side).unwrap());
        locked(&self.shown.0).terminal.set_size(height, width);
        self.master
            .resize(PtySize {
                rows,
                cols: columns,
                ..PtySize::default()
            })
            .unwrap();
    }

    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.process, signal).unwrap();
    }

    /// Waits for the end.
    #[track_caller]
    pub(crate) fn end(&self) -> u32 {
        let ended = self.ended.recv_timeout(LONG);
        let status = ended.unwrap_or_else(|_| {
            let shown = locked(&self.shown.0);
            panic!(
                "does not end; the screen is\n{}",
                shown.terminal.screen().contents()
            )
        });
        status.exit_code()
    }

    /// Quits, whatever is open.
    #[track_caller]
    pub(crate) fn quit(mut self) {
        self.send("Q");
        assert_eq!(self.end(), 0);
    }

    /// Whether the terminal echoes and edits lines, as a shell needs it.
    fn is_cooked(&self) -> bool {
        let name = self.master.tty_name().unwrap();
        let terminal =
            rustix::fs::open(name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
        tcgetattr(terminal)
            .unwrap()
            .local_modes
            .contains(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
    }

    #[track_caller]
    fn check_given_back(&self) {
        self.wait_for("the terminal as it was", |screen| {
            let is_given_back = !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None;
            is_given_back.then_some(())
        });
        assert!(self.is_cooked());
    }

    /// All that was written to the terminal.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        locked(&self.shown.0).bytes.clone()
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // most have ended by now
        let _ = kill_process(self.process, Signal::KILL);
    }
}

/// The first row that shows some of the twin's body.
fn top(screen: &vt100::Screen) -> Option<String> {
    let plain = |text: &str| text.replace(['\u{202f}', '\u{a0}'], " ");
    let body = plain(&TWIN.lines().skip(2).collect::<Vec<_>>().join("\n"));
    let (_, columns) = screen.size();
    let mut tops = screen.rows(0, columns.get()).filter_map(|row| {
        // what stands in the margin and beside the text is no text
        let part = plain(row.rsplit("  ").find(|part| part.trim().len() > 5)?);
        let part = part.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '«');
        Some(part.trim_end().to_owned())
    });
    tops.find(|part| body.contains(part.as_str()))
}

fn first_word(line: &str) -> &str {
    line.split_whitespace().next().unwrap()
}

/// Waits for something that no output tells.
#[track_caller]
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + LONG;
    while !is_so() {
        assert!(Instant::now() < deadline, "never came: {what}");
        thread::park_timeout(Duration::from_millis(5));
    }
}

/// The twin, its text alone on the screen, a few pages down. What stands at the top.
#[track_caller]
fn read_on(session: &mut Session) -> String {
    session.wait_for_article();
    session.send("z");
    let first = session.wait_for("the text alone", |screen| {
        let is_alone = !screen.contents().contains("Contents");
        top(screen).filter(|_| is_alone)
    });
    session.send("5j");
    let second = session.wait_for_top("the text five lines down", |top| top != first);
    session.send(" ");
    session.wait_for_top("the next page", |top| top != second)
}

#[test]
fn the_place_and_a_bookmark_survive_a_kill() {
    let home = Home::new();
    let twin = home.article("twin.txt", TWIN);
    let mut session = home.liseuse(&[&twin]);
    session.wait_for("no stray line", |screen| {
        let contents = screen.contents();
        (contents.contains("Partage des Nuits") && !contents.contains("Table of Contents"))
            .then_some(())
    });
    let top = read_on(&mut session);
    session.send("B");
    session.wait_for_text("bookmarked");
    wait_until("the place in the journal", || {
        home.journal()
            .lines()
            .any(|line| line.contains("progress") && line.contains(&top))
    });
    session.signal(Signal::KILL);
    session.end();

    let mut session = home.liseuse(&[&twin]);
    session.wait_for_text(&top);
    session.send("z");
    session.wait_for_top("the same words at the top", |now| now == top);
    session.send("M");
    session.wait_for_text("of this article");
    session.wait_for_text(&top);
    session.quit();
}

#[test]
fn the_word_at_the_top_survives_a_tiny_window() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    let before = read_on(&mut session);
    session.resize((20, 5));
    session.wait_for_top("the same word at the top", |now| {
        now.chars().count() <= 20
            && now
                .split_whitespace()
                .any(|word| word == first_word(&before))
    });
    session.resize(USUAL);
    session.wait_for_top("the same words at the top", |now| now == before);
    session.quit();
}

#[test]
fn signals_give_the_terminal_back_and_end_with_their_number() {
    let home = Home::new();
    let twin = home.article("twin.txt", TWIN);
    for (signal, status) in [
        (Signal::TERM, 143),
        (Signal::HUP, 129),
        (Signal::INT, 130),
        (Signal::QUIT, 131),
    ] {
        let session = home.liseuse(&[&twin]);
        session.wait_for_article();
        assert!(!session.is_cooked());
        session.signal(signal);
        assert_eq!(session.end(), status);
        session.check_given_back();
    }
}

#[test]
fn quitting_gives_the_terminal_back() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_article();
    session.send("Q");
    assert_eq!(session.end(), 0);
    session.check_given_back();
}

#[test]
fn ctrl_z_goes_to_the_shell_and_fg_comes_back() {
    let home = Home::new();
    let twin = home.article("twin.txt", TWIN);
    let script = r#"set -m; "$0" "$1"; echo stopped; read key; fg >/dev/null; echo "ended, $?""#;
    let mut session = home.shell(script, &[&twin]);
    let top = read_on(&mut session);
    session.send("\x1a");
    session.wait_for_text("stopped");
    session.check_given_back();
    session.send("\n");
    session.wait_for("the article again", |screen| {
        screen.alternate_screen().then_some(())
    });
    session.wait_for_top("the same words at the top", |now| now == top);
    assert!(!session.is_cooked());
    session.send("Q");
    session.wait_for_text("ended, 0");
    session.end();
    session.check_given_back();
}

#[test]
fn without_a_shell_ctrl_z_says_so_and_goes_on() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_article();
    session.send("\x1a");
    session.wait_for_text("no shell");
    session.quit();
}

#[test]
fn a_terminal_that_vanishes_ends_the_program() {
    let home = Home::new();
    let PtyPair { master, slave } = pty(USUAL);
    let mut child = slave
        .spawn_command(home.command(LISEUSE, &[&home.article("twin.txt", TWIN)]))
        .unwrap();
    drop(slave);
    let mut output = master.try_clone_reader().unwrap();
    let mut bytes = Vec::new();
    while !String::from_utf8_lossy(&bytes).contains("Deux") {
        let mut some = [0; 4096];
        let length = output.read(&mut some).unwrap();
        assert!(length > 0);
        bytes.extend_from_slice(&some[..length]);
    }
    // the last that hold the terminal
    drop(output);
    drop(master);
    let (tell, ended) = channel();
    thread::spawn(move || tell.send(child.wait().unwrap()));
    assert_eq!(ended.recv_timeout(LONG).expect("ends").exit_code(), 129);
}

#[test]
fn an_unended_paste_does_not_swallow_the_keys() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_article();
    session.send("\x1b[200~Q");
    // pasted text is never a key, and after a while keys are keys again
    let deadline = Instant::now() + LONG;
    while session
        .ended
        .recv_timeout(Duration::from_millis(200))
        .is_err()
    {
        assert!(Instant::now() < deadline, "keys are swallowed");
        session.send("Q");
    }
    session.check_given_back();
}

#[test]
fn pasted_text_is_not_taken_for_keys() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_article();
    session.send("\x1b[200~QQQ\x1b[201~");
    session.send("?");
    session.wait_for_text("Keys:");
    session.quit();
}

#[test]
fn keys_come_from_the_terminal_while_an_article_comes_from_standard_input() {
    let home = Home::new();
    let mut session = home.shell(r#""$0" - < "$1""#, &[&home.article("twin.txt", TWIN)]);
    session.wait_for_article();
    session.send("Q");
    assert_eq!(session.end(), 0);
    session.check_given_back();
}

#[test]
fn without_a_terminal_the_error_names_a_way_on() {
    let home = Home::new();
    let mut command = Command::new(LISEUSE);
    command
        .arg(home.article("twin.txt", TWIN))
        .env_clear()
        .envs(home.environment())
        .stdin(Stdio::null());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.contains("is not a terminal; `liseuse show FILE` prints an article"),
        "{error}"
    );
}

#[test]
fn an_article_does_nothing_to_the_terminal() {
    let home = Home::new();
    let hostile = "Un titre \x1b]0;pris\x07 innocent\n\nDu texte \x1b[31mrouge\x1b[0m, \x1b]52;c;dm9sw6k=\x07 \
                   \u{9b}2J \x1b[?1049l \x1bP1$r\x1b\\ \x08\x08 \u{202e}\u{90} et la fin.\n";
    let session = home.liseuse(&[&home.article("un\x1b[35mfichier.txt", hostile)]);
    session.wait_for_text("et la fin");
    let bytes = String::from_utf8_lossy(&session.bytes()).into_owned();
    for sequence in [
        "\x1b]0;",
        "\x1b[31mrouge",
        "\x1b]52",
        "\u{9b}",
        "\x1b[?1049l",
        "\x1bP",
        "\u{8}",
        "\u{202e}",
        "\u{90}",
        "\x1b[35mf",
    ] {
        assert!(!bytes.contains(sequence), "{sequence:?} in {bytes:?}");
    }
    session.wait_for_text("␛");
    session.quit();
}

#[test]
fn changes_by_another_program_are_noticed() {
    let home = Home::new();
    let twin = home.article("twin.txt", TWIN);
    let mut session = home.liseuse(&[]);
    session.wait_for_text("Deux observatoires");
    session.wait_for_text("1 unread");
    let mut command = Command::new(LISEUSE);
    command
        .args(["mark", "read", &twin])
        .env_clear()
        .envs(home.environment());
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    session.wait_for_text("0 unread");
    session.send("j");
    session.quit();
}

#[test]
fn the_background_is_asked_for_once_and_the_answer_is_no_key() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_article();
    let question = b"\x1b]11;?\x1b\\";
    let asked = |session: &Session| {
        let bytes = session.bytes();
        bytes
            .windows(question.len())
            .filter(|bytes| bytes == question)
            .count()
    };
    wait_until("the question", || asked(&session) > 0);
    session.send("\x1b]11;rgb:ffff/ffff/");
    session.send("ffff\x1b\\?");
    session.wait_for_text("Keys:");
    assert_eq!(asked(&session), 1);
    session.quit();
}

#[test]
fn a_paragraph_is_copied_through_the_terminal() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    session.wait_for_article();
    session.send("y");
    let copy = b"\x1b]52;c;";
    wait_until("the copy", || {
        session
            .bytes()
            .windows(copy.len())
            .any(|bytes| bytes == copy)
    });
    session.quit();
}

#[test]
fn the_wheel_scrolls_the_text() {
    let home = Home::new();
    let mut session = home.liseuse(&[&home.article("twin.txt", TWIN)]);
    let before = read_on(&mut session);
    session.send("\x1b[<64;40;8M");
    session.wait_for_top("what stood above", |top| top != before);
    session.quit();
}
