//! The terminal, the threads and the loop: waits for what happens, tells it to the app, does what the app asks for, and
//! shows it. Sleeps when nothing happens.

pub mod terminal;

mod browse;
mod editor;
mod input;
mod perform;
mod signals;
mod watch;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, anyhow};
use rustix::io::Errno;

use self::editor::Editor;
use self::input::Gate;
use self::perform::{Lanes, Quick};
use self::signals::Ending;
use self::terminal::{Mouse, Screen, Tty};
use crate::app::effect::Effect;
use crate::app::event::Event;
use crate::app::{App, Setup};
use crate::library::{Library, Order};
use crate::model::order::Sort;

/// What is still to be written when the reader quits may take so long.
const SAVE_WAIT: Duration = Duration::from_secs(2);
/// An editor that is asked to end with us may take so long.
const EDITOR_WAIT: Duration = Duration::from_millis(500);
/// What waits is taken in before the screen is drawn, but not for longer than this: a large library comes in many pieces.
const LONGEST_DRAIN: Duration = Duration::from_millis(5);
/// The first frame waits so long for the article that is to be in it.
const FIRST_FRAME_WAIT: Duration = Duration::from_millis(20);
/// An answer of the terminal that comes after liseuse ended would be taken for keys by the shell: if one is still to
/// come this soon after asking …
const ANSWER_IS_LATE: Duration = Duration::from_secs(1);
/// … it is waited for so long.
const ANSWER_WAIT: Duration = Duration::from_millis(100);

/// Something in the loop's inbox.
#[derive(Debug)]
enum Mail {
    /// Something happened that the app is to know.
    Event(Event),
    /// The system asks the program to stop for now.
    Stop,
    /// The program goes on after it was stopped.
    Continued,
    /// The reader's editor has ended: the text as it is now, or why it stays as it was.
    Edited(Result<String, String>),
}

/// What the loop is told from outside.
#[derive(Debug)]
pub struct Surroundings {
    /// Where the journal lies, to notice what others write to it. It may not exist yet.
    pub journal: PathBuf,
    /// Whether the terminal is to be asked for its background colour.
    pub background: AskBackground,
}

/// Whether the terminal is to be asked for its background colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskBackground {
    /// The theme follows it.
    Ask,
    /// The reader said which theme to take.
    No,
}

/// Shows liseuse on the terminal until the reader quits. The exit status: 0, or 128 and the number of the signal that
/// ended it. The setup's size and time are filled in here.
///
/// # Errors
/// When there is no terminal to show it on, and when something could not be saved at the end.
pub fn run(
    library: &Arc<Library>,
    mut setup: Setup,
    surroundings: Surroundings,
) -> anyhow::Result<u8> {
    let tty = Tty::open()?;
    terminal::restore_on_panic(&tty);
    let clock = Clock::new();
    setup.size = tty.size();
    setup.now = clock.now();

    let (inbox, mail) = mpsc::channel();
    let ending = Arc::new(Ending::default());
    let lanes = Lanes::start(library, &inbox).context("could not start a thread")?;
    signals::start(Arc::clone(&tty), Arc::clone(&ending), inbox.clone())
        .context("could not listen for signals")?;
    let screen = Screen::new(&tty, setup.size).context("could not write to the terminal")?;
    let order = first_order(&setup.config.sort);
    let (app, effects) = App::new(setup);
    let mut session = Session {
        app,
        order,
        screen,
        tty,
        lanes,
        input: None,
        editor: None,
        inbox,
        mail,
        ending,
        clock,
        asked_background: None,
        pace: Pace::Goes,
    };
    session.perform(effects);
    let ended = session.run(surroundings);
    session.end(ended)
}

/// Everything the loop works with.
struct Session {
    app: App,
    /// In which order the library is listed, as far as the index knows it.
    order: Order,
    screen: Screen,
    tty: Arc<Tty>,
    lanes: Lanes,
    /// Before the thread that reads the terminal, once that runs.
    input: Option<Gate>,
    /// The reader's editor, while it has the terminal.
    editor: Option<Editor>,
    /// For the threads that are yet to be started, and for notes to ourselves.
    inbox: Sender<Mail>,
    mail: Receiver<Mail>,
    ending: Arc<Ending>,
    clock: Clock,
    /// When the terminal was asked for its background, until it answers.
    asked_background: Option<Instant>,
    pace: Pace,
}

/// The order of the index that is most like the reader's: what comes first on the screen is to come first.
fn first_order(sort: &[Sort]) -> Order {
    match sort.first() {
        Some(Sort::Title) => Order::Title,
        Some(Sort::Length) => Order::Minutes,
        _ => Order::Newest,
    }
}

/// Whether the loop goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pace {
    Goes,
    Ends,
}

impl Session {
    /// Shows the first frame, then whatever follows from what happens, until the end is asked for.
    fn run(&mut self, surroundings: Surroundings) -> io::Result<()> {
        self.wait_for_article()?;
        self.draw()?;
        // nothing that the first frame does not need comes before it
        self.input = Some(input::start(
            Arc::clone(&self.tty),
            Arc::clone(&self.ending),
            self.inbox.clone(),
        )?);
        if surroundings.background == AskBackground::Ask {
            self.tty.ask_background()?;
            self.asked_background = Some(Instant::now());
        }
        self.lanes.quick(Quick::WatchJournal(surroundings.journal));
        self.lanes.watch_library(&self.inbox);
        while self.pace == Pace::Goes {
            let mail = self.wait();
            self.take(mail)?;
            let start = Instant::now();
            while self.pace == Pace::Goes
                && start.elapsed() < LONGEST_DRAIN
                && let Ok(mail) = self.mail.try_recv()
            {
                self.take(mail)?;
            }
            if self.pace == Pace::Goes {
                self.draw()?;
            }
        }
        Ok(())
    }

    /// The article that is opened at the start is in the first frame, or the first articles of the list, unless they are
    /// slow to come.
    fn wait_for_article(&mut self) -> io::Result<()> {
        let until = Instant::now() + FIRST_FRAME_WAIT;
        while self.app.is_opening() || self.app.is_listing() {
            let left = until.saturating_duration_since(Instant::now());
            let Ok(mail) = self.mail.recv_timeout(left) else {
                break;
            };
            self.take(mail)?;
        }
        Ok(())
    }

    /// Sleeps until something happens, or the app wants to be woken.
    fn wait(&self) -> Mail {
        let due = Mail::Event(Event::Due);
        let received = match self.app.due() {
            None => self.mail.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(due) => self.mail.recv_timeout(self.clock.until(due)),
        };
        match received {
            Ok(mail) => mail,
            Err(RecvTimeoutError::Timeout) => due,
            // cannot be while `inbox` is ours; an end is better than a loop that spins
            Err(RecvTimeoutError::Disconnected) => Mail::Event(Event::EndAsked),
        }
    }

    fn take(&mut self, mail: Mail) -> io::Result<()> {
        match mail {
            Mail::Event(event) => self.update(event),
            Mail::Stop => self.stop()?,
            // the editor goes on, too, and still has the terminal
            Mail::Continued if self.editor.is_some() => {}
            Mail::Continued => self.come_back()?,
            Mail::Edited(edited) => {
                self.editor = None;
                // the terminal may be gone meanwhile, and the text is not to go with it
                self.update(Event::Edited(edited));
                self.come_back()?;
                if let Some(input) = &self.input {
                    input.open();
                }
            }
        }
        Ok(())
    }

    /// Takes the terminal again, which may have another size now.
    fn come_back(&mut self) -> io::Result<()> {
        self.tty.enter()?;
        self.update(Event::Resized(self.tty.size()));
        self.update(Event::Resumed);
        Ok(())
    }

    fn update(&mut self, event: Event) {
        let is_end = matches!(event, Event::EndAsked);
        if is_end {
            self.end_editor();
        }
        match &event {
            Event::EndAsked => self.ending.answer(),
            Event::Found(_) | Event::Gone(_) | Event::Reading { .. } => self.lanes.batch_taken(),
            Event::Background(_) => self.asked_background = None,
            Event::Resized(size) => {
                // what cannot be written now cannot be written when it is drawn either
                let _ = self.screen.resize(*size);
            }
            _ => {}
        }
        let effects = self.app.update(event, self.clock.now());
        self.perform(effects);
        if is_end {
            self.pace = Pace::Ends;
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Open(path, bookmark) => self.lanes.quick(Quick::Open(path, bookmark)),
                Effect::Scan => self.lanes.scan(self.order),
                Effect::Save(change) => self.lanes.quick(Quick::Save(change)),
                Effect::ListBookmarks => self.lanes.quick(Quick::ListBookmarks),
                Effect::Resurface(count) => self.lanes.quick(Quick::Resurface(count)),
                Effect::Search(query, serial) => self.lanes.search(query, serial),
                Effect::ReadJournal => self.lanes.quick(Quick::ReadJournal),
                Effect::Follow { from, path, anchor } => {
                    self.lanes.quick(Quick::Follow(from, path, anchor));
                }
                Effect::Browse(address) => self.lanes.browse(address),
                Effect::KeepCopy(id, texts) => self.lanes.quick(Quick::KeepCopy(id, texts)),
                Effect::Edit(text) => self.edit(text),
                Effect::Copy(text) => {
                    if let Err(error) = self.screen.copy(&text) {
                        self.tell(Event::Failed(format!("{error:#}")));
                    }
                }
                Effect::Mouse(is_on) => {
                    // a terminal that is gone is noticed where it is read
                    let _ = self
                        .tty
                        .set_mouse(if is_on { Mouse::Ours } else { Mouse::Terminals });
                }
                Effect::Redraw => {
                    let _ = self.screen.clear();
                }
                Effect::Suspend => {
                    if !signals::can_stop() {
                        self.tell(Event::Told("there is no shell to go back to".into()));
                    } else if let Err(error) = signals::ask_to_stop() {
                        self.tell(Event::Failed(format!("could not stop: {error}")));
                    }
                }
                Effect::Quit => self.pace = Pace::Ends,
            }
        }
    }

    /// Gives the terminal and what is typed to the reader's editor until it ends, which comes as [`Mail::Edited`].
    fn edit(&mut self, text: String) {
        if let Some(input) = &self.input {
            input.shut();
        }
        self.tty.lend();
        let (tty, inbox) = (Arc::clone(&self.tty), self.inbox.clone());
        match Editor::start(tty, text, inbox) {
            Ok(editor) => self.editor = Some(editor),
            Err(why) => _ = self.inbox.send(Mail::Edited(Err(why))),
        }
    }

    /// Has the reader's editor end, if it runs, and takes what it has saved: the app is asked to end next.
    fn end_editor(&mut self) {
        let Some(editor) = self.editor.take() else {
            return;
        };
        self.ending.answer();
        editor.hang_up();
        let until = Instant::now() + EDITOR_WAIT;
        let mut others = Vec::new();
        while let Ok(mail) = self
            .mail
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            match mail {
                Mail::Edited(edited) => {
                    others.push(Event::Edited(edited));
                    break;
                }
                Mail::Event(Event::EndAsked) | Mail::Stop | Mail::Continued => {}
                Mail::Event(event) => others.push(event),
            }
        }
        for event in others {
            self.update(event);
        }
    }

    /// A note to ourselves: it is taken up after what already waits.
    fn tell(&self, event: Event) {
        let _ = self.inbox.send(Mail::Event(event));
    }

    /// Gives the terminal back and sleeps until `fg`, which comes as [`Mail::Continued`].
    fn stop(&mut self) -> io::Result<()> {
        if !signals::can_stop() {
            return Ok(());
        }
        // an editor that has the terminal stops, too, and leaves it as it likes
        if self.editor.is_none() {
            self.tty.restore();
        }
        signals::stop()
    }

    fn draw(&mut self) -> io::Result<()> {
        if self.tty.is_taken() {
            self.screen.draw(|frame| self.app.draw(frame))
        } else {
            Ok(())
        }
    }

    /// Has everything written that must not be lost, gives the terminal back, and tells what could not be saved.
    fn end(mut self, ended: io::Result<()>) -> anyhow::Result<u8> {
        if let Err(error) = &ended {
            // the app does not know yet
            self.update(Event::EndAsked);
            if error.raw_os_error() == Some(Errno::IO.raw_os_error()) {
                self.ending.terminal_is_gone();
            }
        }
        let is_done = self.lanes.finish(SAVE_WAIT);
        let mut lost = self.read_last_mail();
        self.tty.restore();
        if !is_done {
            lost = Some("not saved: the disk does not answer".into());
        }
        if let Some(why) = lost {
            return Err(anyhow!(why));
        }
        match self.ending.exit_status() {
            0 => ended.context("could not use the terminal").map(|()| 0),
            status => Ok(status),
        }
    }

    /// Why something was not saved, if so. Also gives an answer of the terminal that is on its way the time to come.
    fn read_last_mail(&mut self) -> Option<String> {
        let mut lost = None;
        let is_late = self
            .asked_background
            .is_some_and(|asked| asked.elapsed() < ANSWER_IS_LATE);
        let mut until = Instant::now() + if is_late { ANSWER_WAIT } else { Duration::ZERO };
        while let Ok(mail) = self
            .mail
            .recv_timeout(until.saturating_duration_since(Instant::now()))
        {
            match mail {
                Mail::Event(Event::NotSaved(_, why)) => lost = Some(why),
                Mail::Event(Event::Background(_)) => until = Instant::now(),
                Mail::Event(_) | Mail::Stop | Mail::Continued | Mail::Edited(_) => {}
            }
        }
        lost
    }
}

/// The time since 1970 that never runs backwards while the program runs.
#[derive(Debug)]
struct Clock {
    /// In milliseconds.
    started_at: i64,
    started: Instant,
}

impl Clock {
    fn new() -> Self {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Self {
            started_at: milliseconds(since),
            started: Instant::now(),
        }
    }

    /// Milliseconds since 1970.
    fn now(&self) -> i64 {
        self.started_at
            .saturating_add(milliseconds(self.started.elapsed()))
    }

    /// How long it is until then.
    fn until(&self, then: i64) -> Duration {
        Duration::from_millis(u64::try_from(then.saturating_sub(self.now())).unwrap_or(0))
    }
}

/// Why the system could not, without the number of its error.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error")
        .next()
        .unwrap_or(&text)
        .to_lowercase()
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_tells_how_long_it_is_until_then() {
        let clock = Clock::new();
        let now = clock.now();
        assert_eq!(clock.until(now - 1), Duration::ZERO);
        let until = clock.until(now + 10_000);
        assert!(
            until > Duration::from_secs(5) && until <= Duration::from_secs(10),
            "{until:?}"
        );
        assert_eq!(clock.until(i64::MIN), Duration::ZERO);
    }
}
