//! The reader's terminal: found, taken, written to and given back as it was.

use std::io::{self, IsTerminal, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use crossterm::clipboard::CopyToClipboard;
use crossterm::queue;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags, fcntl_getfl, fcntl_setfl};
use rustix::io::{Errno, retry_on_intr};
use rustix::termios::{
    InputModes, LocalModes, OptionalActions, OutputModes, SpecialCodeIndex, Termios, tcgetattr,
    tcgetwinsize, tcsetattr, ttyname,
};

/// Saves the title, takes the alternate screen, hides the cursor, and has pastes come in brackets.
const ENTER: &[u8] = b"\x1b[22;0t\x1b[?1049h\x1b]2;liseuse\x1b\\\x1b[?2004h\x1b[?25l\x1b[0m\x1b[2J";
/// Takes back all that [`ENTER`] and the mouse may have changed. It starts by ending whatever a frame that was cut short
/// may have left open: a control string, then a synchronized update.
const LEAVE: &[u8] =
    b"\x1b\\\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?2004l\x1b[?25h\x1b[?1049l\x1b[23;0t";
/// Presses, the wheel, and motion while a button is down; coordinates beyond 223.
/// <https://invisible-island.net/xterm/ctlseqs/ctlseqs.html#h2-Mouse-Tracking>
const MOUSE_ON: &[u8] = b"\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l";
/// What is written between these appears at once, where the terminal knows of it.
/// <https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036>
const FRAME_BEGINS: &[u8] = b"\x1b[?2026h";
const FRAME_ENDS: &[u8] = b"\x1b[?2026l";
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";
/// The name of the lanes' threads: a panic there is told as an event and is not the end.
pub(super) const LANE: &str = "lane";
/// Asks for the background colour.
const ASK_BACKGROUND: &[u8] = b"\x1b]11;?\x1b\\";
/// No window has more rows or columns; a terminal that says so must not cost gigabytes.
const MAX_SIDE: u16 = 1024;
/// The size of a terminal that does not know its own.
const USUAL: Size = Size {
    width: 80,
    height: 24,
};
/// How long giving the terminal back waits for one that takes no output.
const PATIENCE: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 200_000_000,
};
/// A signal that was sent to two programs reaches both within this.
const INTERRUPT_WAIT: Duration = Duration::from_millis(200);
/// Terminals drop what is longer than about 100 kB once it is in base64.
pub(super) const MAX_COPY_BYTES: usize = 74_000;

/// Whether liseuse can show itself. Keys come from the terminal it shows itself on, so standard input may be anything.
///
/// # Errors
/// When standard output is not a terminal.
pub fn check() -> anyhow::Result<()> {
    if !io::stdout().is_terminal() {
        bail!("standard output is not a terminal; `liseuse show FILE` prints an article");
    }
    Ok(())
}

/// The reader's terminal as a device. It is taken with [`Tty::enter`] and given back with [`Tty::restore`], from
/// whichever thread is first to know that it must be.
#[derive(Debug)]
pub(super) struct Tty {
    fd: OwnedFd,
    /// The settings found at the start.
    found: Termios,
    /// Whether it is ours at the moment.
    is_taken: AtomicBool,
    /// Whether the mouse is wanted.
    has_mouse: AtomicBool,
    lent: Mutex<Lent>,
}

/// Whether another program has the terminal on our behalf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lent {
    No,
    Yes,
    /// It had, until then.
    Until(Instant),
}

impl Tty {
    /// Finds the terminal that standard output is on, and its settings. Changes nothing yet.
    pub(super) fn open() -> anyhow::Result<Arc<Self>> {
        check()?;
        let fd = find().context("could not open the terminal")?;
        let found = tcgetattr(&fd).context("could not read the terminal's settings")?;
        let is_raw = !found.local_modes.contains(LocalModes::ICANON);
        let found = if is_raw { sane(found) } else { found };
        Ok(Arc::new(Self {
            fd,
            found,
            is_taken: AtomicBool::new(false),
            has_mouse: AtomicBool::new(false),
            lent: Mutex::new(Lent::No),
        }))
    }

    /// Takes the terminal: raw mode, alternate screen, no cursor, bracketed paste, and the mouse if it is wanted. To be
    /// followed by a whole frame, as the screen is empty afterwards.
    pub(super) fn enter(&self) -> io::Result<()> {
        let mut raw = self.found.clone();
        raw.make_raw();
        {
            let mut lent = self.lent();
            if *lent == Lent::Yes {
                *lent = Lent::Until(Instant::now());
            }
        }
        // before anything is changed, so that a signal in between gives it back
        self.is_taken.store(true, Ordering::SeqCst);
        retry_on_intr(|| tcsetattr(&self.fd, OptionalActions::Now, &raw))?;
        self.write(ENTER)?;
        if self.has_mouse.load(Ordering::SeqCst) {
            self.write(MOUSE_ON)?;
        }
        Ok(())
    }

    /// Gives the terminal back as it was found. May be called at any time, by any thread, as often as wanted; only the
    /// first call after [`Tty::enter`] does something. Waits for a terminal that takes no output, but not for ever.
    pub(super) fn restore(&self) {
        let was_lent = std::mem::replace(&mut *self.lent(), Lent::No) == Lent::Yes;
        if !self.is_taken.swap(false, Ordering::SeqCst) && !was_lent {
            return;
        }
        if let Ok(flags) = fcntl_getfl(&self.fd) {
            let _ = fcntl_setfl(&self.fd, flags | OFlags::NONBLOCK);
            let _ = self.write_patiently(LEAVE, Some(&PATIENCE));
            let _ = fcntl_setfl(&self.fd, flags);
        }
        let _ = retry_on_intr(|| tcsetattr(&self.fd, OptionalActions::Now, &self.found));
    }

    /// Gives the terminal to another program, from which [`Tty::enter`] or [`Tty::restore`] takes it back.
    pub(super) fn lend(&self) {
        self.restore();
        *self.lent() = Lent::Yes;
    }

    /// Whether what is typed to interrupt a program is meant for another one: that has the terminal, or had it a moment
    /// ago, as the interrupt that ended it reaches us, too, and perhaps later.
    pub(super) fn has_interrupts_of_others(&self) -> bool {
        match *self.lent() {
            Lent::No => false,
            Lent::Yes => true,
            Lent::Until(then) => then.elapsed() < INTERRUPT_WAIT,
        }
    }

    fn lent(&self) -> MutexGuard<'_, Lent> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the terminal is ours at the moment.
    pub(super) fn is_taken(&self) -> bool {
        self.is_taken.load(Ordering::SeqCst)
    }

    /// How many cells it has; something usual if it does not know, and never too many for a frame.
    pub(super) fn size(&self) -> Size {
        match tcgetwinsize(&self.fd) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => Size {
                width: size.ws_col.min(MAX_SIDE),
                height: size.ws_row.min(MAX_SIDE),
            },
            _ => USUAL,
        }
    }

    /// Asks for the background colour. The answer, if one comes, comes as input.
    pub(super) fn ask_background(&self) -> io::Result<()> {
        self.write(ASK_BACKGROUND)
    }

    /// Has the terminal report clicks and the wheel, or keep them for its own selection.
    pub(super) fn set_mouse(&self, mouse: Mouse) -> io::Result<()> {
        self.has_mouse.store(mouse == Mouse::Ours, Ordering::SeqCst);
        self.write(match mouse {
            Mouse::Ours => MOUSE_ON,
            Mouse::Terminals => MOUSE_OFF,
        })
    }

    /// Writes all of it, unless the terminal is not ours.
    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        if self.is_taken() {
            self.write_patiently(bytes, None)
        } else {
            Ok(())
        }
    }

    /// Writes all of it, waiting at most so long each time that the terminal takes nothing; without a patience for ever.
    fn write_patiently(&self, mut bytes: &[u8], patience: Option<&Timespec>) -> io::Result<()> {
        while !bytes.is_empty() {
            match rustix::io::write(&self.fd, bytes) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => bytes = &bytes[written..],
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => {
                    let mut fds = [PollFd::new(&self.fd, PollFlags::OUT)];
                    if retry_on_intr(|| poll(&mut fds, patience))? == 0 {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

impl AsFd for Tty {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }
}

/// Whose the mouse is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mouse {
    /// It scrolls and clicks in liseuse.
    Ours,
    /// It selects text, as the terminal does it.
    Terminals,
}

/// Opened anew by its name where that can be done: the way we wait for input then is ours alone, and macOS, where
/// `/dev/tty` cannot be polled, works too.
fn find() -> io::Result<OwnedFd> {
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC;
    let named = ttyname(io::stdout(), Vec::new())
        .and_then(|name| rustix::fs::open(name, flags, Mode::empty()));
    let opened = named.or_else(|_| rustix::fs::open("/dev/tty", flags, Mode::empty()));
    opened.or_else(|error| {
        let stdin = io::stdin();
        if stdin.is_terminal() {
            stdin.as_fd().try_clone_to_owned()
        } else {
            Err(error.into())
        }
    })
}

/// The settings of a terminal that was left raw, made those a shell can be used with.
fn sane(mut found: Termios) -> Termios {
    found.input_modes |= InputModes::ICRNL | InputModes::IXON | InputModes::BRKINT;
    found.output_modes |= OutputModes::OPOST | OutputModes::ONLCR;
    found.local_modes |= LocalModes::ICANON
        | LocalModes::ECHO
        | LocalModes::ECHOE
        | LocalModes::ECHOK
        | LocalModes::ISIG
        | LocalModes::IEXTEN;
    found.special_codes[SpecialCodeIndex::VMIN] = 1;
    found.special_codes[SpecialCodeIndex::VTIME] = 0;
    found
}

/// Has a panic give the terminal back before it is told. A panic in a lane is no end: it is told as an event.
pub(super) fn restore_on_panic(tty: &Arc<Tty>) {
    let tty = Arc::clone(tty);
    let before = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if thread::current().name() != Some(LANE) {
            tty.restore();
            before(panic);
        }
    }));
}

/// Frames on the terminal, from when it is taken until this is dropped.
#[derive(Debug)]
pub(super) struct Screen {
    tty: Arc<Tty>,
    size: Size,
    frames: Terminal<CrosstermBackend<Output>>,
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn new(tty: &Arc<Tty>, size: Size) -> io::Result<Self> {
        let screen = Self {
            tty: Arc::clone(tty),
            size,
            frames: frames(tty, size)?,
        };
        tty.enter()?;
        Ok(screen)
    }

    /// Shows a frame: what changed since the last is written, in one piece.
    pub(super) fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.frames.draw(draw).map(drop)
    }

    /// Forgets what is shown: the next frame is drawn whole.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        // `Terminal::clear` would ask the terminal for the cursor's place and wait for the answer
        self.frames = frames(&self.tty, self.size)?;
        self.frames.backend_mut().write_all(CLEAR)
    }

    /// The next frame is of this size, and drawn whole.
    pub(super) fn resize(&mut self, size: Size) -> io::Result<()> {
        self.size = size;
        self.clear()
    }

    /// Puts text on the reader's clipboard, where the terminal allows it (OSC 52).
    ///
    /// # Errors
    /// Text of more than [`MAX_COPY_BYTES`] is not sent, as terminals drop it silently.
    pub(super) fn copy(&mut self, text: &str) -> anyhow::Result<()> {
        if text.len() > MAX_COPY_BYTES {
            let (length, most) = (text.len().div_ceil(1000), MAX_COPY_BYTES / 1000);
            bail!("not copied: {length} kB is more than the {most} kB that terminals take");
        }
        let output = self.frames.backend_mut();
        queue!(output, CopyToClipboard::to_clipboard_from(text)).context("not copied")?;
        Write::flush(output).context("not copied")
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.tty.restore();
    }
}

/// An empty screen. A fixed viewport, as any other has ratatui ask for the size before each frame.
fn frames(tty: &Arc<Tty>, size: Size) -> io::Result<Terminal<CrosstermBackend<Output>>> {
    let output = Output {
        tty: Arc::clone(tty),
        bytes: Vec::with_capacity(16 * 1024),
    };
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.width, size.height));
    Terminal::with_options(CrosstermBackend::new(output), TerminalOptions { viewport })
}

/// Collects a frame and writes it at once.
#[derive(Debug)]
struct Output {
    tty: Arc<Tty>,
    bytes: Vec<u8>,
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        self.bytes.splice(..0, FRAME_BEGINS.iter().copied());
        self.bytes.extend_from_slice(FRAME_ENDS);
        let written = self.tty.write(&self.bytes);
        self.bytes.clear();
        written
    }
}
