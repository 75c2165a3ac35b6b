//! What the system tells the program: to end, to stop, to go on, that the window has another size.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use rustix::process::{Signal, getpgrp, getsid, kill_current_process_group};
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::Mail;
use super::terminal::Tty;
use crate::app::event::Event;

/// The loop has so long to take up that it is asked to end …
const ANSWER_WAIT: Duration = Duration::from_secs(1);
/// … and then so long to write what must not be lost.
const END_WAIT: Duration = Duration::from_secs(3);

/// Whether and why the program ends without the reader having asked for it.
#[derive(Debug, Default)]
pub struct Ending {
    /// The first signal that asked for the end; 0 for none.
    signal: AtomicI32,
    /// The loop knows of it.
    is_answered: AtomicBool,
}

impl Ending {
    /// Tells that the loop knows of it.
    pub fn answer(&self) {
        self.is_answered.store(true, Ordering::SeqCst);
    }

    /// A terminal that is gone is what SIGHUP tells, whether or not that reached us.
    pub fn terminal_is_gone(&self) {
        self.asked_by(SIGHUP);
    }

    /// 128 and the signal's number, as a shell tells it; 0 when no signal asked for the end.
    pub fn exit_status(&self) -> u8 {
        match self.signal.load(Ordering::SeqCst) {
            0 => 0,
            signal => u8::try_from(128 + signal).unwrap_or(u8::MAX),
        }
    }

    fn asked_by(&self, signal: i32) {
        let _ = self
            .signal
            .compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst);
    }
}

/// Listens for signals on a thread of its own.
pub fn start(tty: Arc<Tty>, ending: Arc<Ending>, inbox: Sender<Mail>) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let listen = move || {
        for signal in signals.forever() {
            let mail = match signal {
                SIGTSTP => Mail::Stop,
                SIGCONT => Mail::Continued,
                SIGWINCH => Mail::Event(Event::Resized(tty.size())),
                SIGINT | SIGQUIT if tty.has_interrupts_of_others() => continue,
                _ => {
                    ending.asked_by(signal);
                    watch_over(&tty, &ending);
                    Mail::Event(Event::EndAsked)
                }
            };
            // the program ends when nobody reads any more
            let _ = inbox.send(mail);
        }
    };
    thread::Builder::new()
        .name("signals".into())
        .spawn(listen)
        .map(drop)
}

/// Ends the program if the loop does not: it may be stuck, but the terminal is given back in any case.
fn watch_over(tty: &Arc<Tty>, ending: &Arc<Ending>) {
    let (tty, ending) = (Arc::clone(tty), Arc::clone(ending));
    let watch = move || {
        thread::sleep(ANSWER_WAIT);
        if ending.is_answered.load(Ordering::SeqCst) {
            thread::sleep(END_WAIT);
        }
        tty.restore();
        process::exit(i32::from(ending.exit_status()));
    };
    // without another thread there is nobody to watch; the loop most likely ends all the same
    let _ = thread::Builder::new().name("watchdog".into()).spawn(watch);
}

/// Whether there is a shell that can bring a stopped program back. In a terminal that runs nothing but liseuse there is
/// none, and stopping would freeze its window for good.
pub fn can_stop() -> bool {
    // such a program leads its session, or is in the group of a script that does
    getsid(None).is_ok_and(|session| session != getpgrp())
}

/// Asks all of the job to stop, as Ctrl-Z does where a terminal is not raw. Answered by [`Mail::Stop`].
pub fn ask_to_stop() -> io::Result<()> {
    Ok(kill_current_process_group(Signal::TSTP)?)
}

/// Stops at once, until `fg` or SIGCONT. Answered by [`Mail::Continued`].
pub fn stop() -> io::Result<()> {
    emulate_default_handler(SIGTSTP)
}
