//! Keys, mouse and pastes, from the bytes the terminal sends.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use termina::escape::osc::{ColorOrQuery, DynamicColorNumber, Osc};
use termina::event::{
    KeyCode, KeyEvent, KeyEventKind, Modifiers, MouseButton, MouseEvent, MouseEventKind,
};
use termina::{Event as Reported, Parser};

use super::Mail;
use super::signals::Ending;
use super::terminal::Tty;
use crate::app::event::{Event, Mouse, MouseKind};
use crate::config::keymap::{Code, Key};
use crate::config::theme::Background;

#[cfg(test)]
mod tests;

/// How long after an escape the rest of a key's sequence may come; then it was the Escape key.
const ESCAPE_WAIT: Duration = Duration::from_millis(25);
/// How long a sequence that is clearly one may pause before it is given up.
const SEQUENCE_WAIT: Duration = Duration::from_millis(100);
/// The same for answers of the terminal, which may be cut by a slow line; given up too early they would become keys.
const ANSWER_WAIT: Duration = Duration::from_secs(1);
/// A sequence that is longer is none of a terminal's.
const MAX_SEQUENCE_BYTES: usize = 4096;
/// How long a paste may take without an end, unless it is still pouring in.
const PASTE_WAIT: Duration = Duration::from_secs(1);
/// So many bytes at once are not typed: the paste goes on.
const POURING_BYTES: usize = 32;
/// More of a paste is left out.
const MAX_PASTE_BYTES: usize = 1 << 20;
/// How long the thread may take to see that its gate is shut.
const GATE_WAIT: Duration = Duration::from_secs(1);
const PASTE_BEGINS: &[u8] = b"\x1b[200~";
const PASTE_ENDS: &[u8] = b"\x1b[201~";
const ESC: u8 = 0x1b;

/// Has the thread that reads the terminal leave what is typed to another program.
#[derive(Debug)]
pub struct Gate {
    orders: PipeWriter,
    is_shut: Receiver<()>,
}

/// What the thread is told, in a byte each.
const SHUT: u8 = b's';
const OPEN: u8 = b'o';

impl Gate {
    /// From when this returns, nothing is read.
    pub fn shut(&self) {
        self.order(SHUT);
        // a thread that has ended reads nothing either
        let _ = self.is_shut.recv_timeout(GATE_WAIT);
    }

    /// What is typed is ours again.
    pub fn open(&self) {
        self.order(OPEN);
    }

    fn order(&self, order: u8) {
        // nobody reads it any more when the terminal is gone
        let _ = (&self.orders).write_all(&[order]);
    }
}

/// Reads the terminal on a thread of its own until it is gone, which asks for the end.
pub fn start(tty: Arc<Tty>, ending: Arc<Ending>, inbox: Sender<Mail>) -> io::Result<Gate> {
    let (told, orders) = io::pipe()?;
    let (tell, is_shut) = mpsc::channel();
    let read = move || {
        // the reader of the other end is gone when sending fails: so is the program
        let _ = read(&tty, &inbox, (told, &tell));
        ending.terminal_is_gone();
        let _ = inbox.send(Mail::Event(Event::EndAsked));
    };
    thread::Builder::new().name("input".into()).spawn(read)?;
    Ok(Gate { orders, is_shut })
}

/// Returns when the terminal is gone, which is noticed behind a shut gate, too. Sleeps for as long as nothing is typed.
fn read(
    tty: &Tty,
    inbox: &Sender<Mail>,
    (mut orders, is_shut): (PipeReader, &Sender<()>),
) -> Option<()> {
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4096];
    let mut wanted = PollFlags::IN;
    loop {
        let wait = decoder
            .due()
            .map(|due| due.saturating_duration_since(Instant::now()));
        let wait = wait.and_then(|wait| Timespec::try_from(wait).ok());
        let mut fds = [
            PollFd::new(tty, wanted),
            PollFd::new(&orders, PollFlags::IN),
        ];
        let polled = poll(&mut fds, wait.as_ref());
        let [has_input, has_order] = [&fds[0], &fds[1]].map(|fd| !fd.revents().is_empty());
        let events = match polled {
            Err(Errno::INTR) => continue,
            Err(_) => return None,
            Ok(0) => decoder.elapse(Instant::now()),
            Ok(_) if has_order => {
                let mut order = [0];
                orders.read_exact(&mut order).ok()?;
                decoder = Decoder::default();
                if order == [SHUT] {
                    wanted = PollFlags::empty();
                    is_shut.send(()).ok()?;
                } else {
                    wanted = PollFlags::IN;
                }
                continue;
            }
            // it is not asked for input now, so it is gone
            Ok(_) if wanted.is_empty() && has_input => return None,
            Ok(_) => match rustix::io::read(tty.as_fd(), &mut bytes) {
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(_) | Ok(0) => return None,
                Ok(length) => decoder.feed(&bytes[..length], Instant::now()),
            },
        };
        for event in events {
            inbox.send(Mail::Event(event)).ok()?;
        }
    }
}

/// Makes events of bytes. It cuts them into whole sequences itself, so that nothing a terminal or a reader sends, or does
/// not end, can swallow what comes after; what a sequence means is left to termina.
#[derive(Debug, Default)]
pub struct Decoder {
    /// The sequence that has begun.
    sequence: Vec<u8>,
    /// When it was last added to.
    touched: Option<Instant>,
    paste: Option<Paste>,
    parser: Parser,
}

/// A paste that has begun.
#[derive(Debug)]
struct Paste {
    bytes: Vec<u8>,
    /// Something of it was left out.
    is_cut: bool,
    /// When it is taken as it is.
    until: Instant,
}

/// How a sequence stands.
#[derive(Debug, PartialEq, Eq)]
enum Shape {
    /// More has to come.
    Open,
    /// It is complete.
    Whole,
    /// The last byte is not of it.
    Broken,
}

impl Decoder {
    /// The events that these bytes complete.
    pub fn feed(&mut self, mut bytes: &[u8], now: Instant) -> Vec<Event> {
        let mut events = Vec::new();
        let is_pouring = bytes.len() >= POURING_BYTES;
        while let Some((&first, rest)) = bytes.split_first() {
            if let Some(paste) = &mut self.paste {
                if is_pouring {
                    paste.until = now + PASTE_WAIT;
                }
                let Some(after) = paste.take(bytes) else {
                    break;
                };
                self.end_paste(&mut events);
                bytes = &bytes[after..];
            } else {
                self.push(first, now, &mut events);
                bytes = rest;
            }
        }
        self.touched = Some(now);
        events
    }

    /// When [`Decoder::elapse`] has something to say, should nothing more come.
    pub fn due(&self) -> Option<Instant> {
        if let Some(paste) = &self.paste {
            return Some(paste.until);
        }
        let wait = match self.sequence[..] {
            [] => return None,
            [ESC] => ESCAPE_WAIT,
            [ESC, b']' | b'P', _, ..] => ANSWER_WAIT,
            _ => SEQUENCE_WAIT,
        };
        self.touched.map(|touched| touched + wait)
    }

    /// The events that follow from nothing more having come until now.
    pub fn elapse(&mut self, now: Instant) -> Vec<Event> {
        let mut events = Vec::new();
        if self.due().is_some_and(|due| due <= now) {
            if self.paste.is_some() {
                self.end_paste(&mut events);
            } else {
                self.give_up(&mut events);
            }
        }
        events
    }

    fn push(&mut self, byte: u8, now: Instant, events: &mut Vec<Event>) {
        self.sequence.push(byte);
        match shape(&self.sequence) {
            Shape::Open if self.sequence.len() > MAX_SEQUENCE_BYTES => self.sequence.clear(),
            Shape::Open => {}
            Shape::Whole if self.sequence == PASTE_BEGINS => {
                self.sequence.clear();
                self.paste = Some(Paste {
                    bytes: Vec::new(),
                    is_cut: false,
                    until: now + PASTE_WAIT,
                });
            }
            Shape::Whole => {
                events.extend(self.decode());
                self.sequence.clear();
            }
            Shape::Broken => {
                self.sequence.pop();
                self.give_up(events);
                self.push(byte, now, events);
            }
        }
    }

    /// What a whole sequence means.
    fn decode(&mut self) -> Option<Event> {
        // termina calls these Ctrl with 4 to 7
        if let &[byte @ 0x1c..=0x1f] = &self.sequence[..] {
            return Some(Event::Key(Key {
                ctrl: true,
                ..Key::plain(Code::Char(char::from(byte + 0x40)))
            }));
        }
        self.parser.parse(&self.sequence, false);
        let first = self.parser.pop();
        let is_one = first.is_some() && self.parser.pop().is_none();
        if !is_one {
            // it was not understood, and its end may have been taken for something else
            self.parser = Parser::default();
        }
        first.filter(|_| is_one).and_then(event)
    }

    /// Takes a sequence that did not end for the keys that it can be.
    fn give_up(&mut self, events: &mut Vec<Event>) {
        match self.sequence[..] {
            [ESC] => events.push(Event::Key(Key::plain(Code::Esc))),
            [ESC, byte @ 0x20..=0x7e] => {
                events.push(Event::Key(Key {
                    alt: true,
                    ..Key::plain(Code::Char(char::from(byte)))
                }));
            }
            _ => {}
        }
        self.sequence.clear();
    }

    fn end_paste(&mut self, events: &mut Vec<Event>) {
        let Some(mut paste) = self.paste.take() else {
            return;
        };
        paste.bytes.truncate(MAX_PASTE_BYTES);
        let text = String::from_utf8_lossy(&paste.bytes)
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        let text: String = text
            .chars()
            .filter(|c| matches!(c, '\n' | '\t') || !c.is_control())
            .collect();
        if !text.is_empty() {
            events.push(Event::Pasted(text));
        }
        if paste.is_cut {
            events.push(Event::Told(
                "only the first MB of the paste was taken".into(),
            ));
        }
    }
}

impl Paste {
    /// Takes these bytes up to the paste's end. How many of them were of it, or `None` when the end has not come.
    fn take(&mut self, bytes: &[u8]) -> Option<usize> {
        let before = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        // the end may have been cut in two
        let from = before.saturating_sub(PASTE_ENDS.len() - 1);
        let mut ends = self.bytes[from..].windows(PASTE_ENDS.len());
        if let Some(at) = ends.position(|bytes| bytes == PASTE_ENDS) {
            self.bytes.truncate(from + at);
            return Some(from + at + PASTE_ENDS.len() - before);
        }
        let keep = MAX_PASTE_BYTES + PASTE_ENDS.len();
        if self.bytes.len() > keep {
            let end = self.bytes.len() - PASTE_ENDS.len();
            self.bytes.drain(MAX_PASTE_BYTES..end);
            self.is_cut = true;
        }
        None
    }
}

/// Whether a sequence is complete. Follows ECMA-48 §5.4 and §5.6, and what terminals really send.
fn shape(sequence: &[u8]) -> Shape {
    match sequence {
        [] | [ESC] | [ESC, b'[' | b'O' | b']' | b'P'] => Shape::Open,
        [ESC, b'[', rest @ ..] => control_sequence(rest),
        [ESC, b'O', 0x40..=0x7e] => Shape::Whole,
        [ESC, b']', b'0'..=b'9', rest @ ..]
        | [
            ESC,
            b'P',
            b'0'..=b'9' | b'>' | b'!' | b'$' | b'+',
            rest @ ..,
        ] => control_string(rest),
        // the Alt key with one of these, as no answer begins like that; or the Escape key twice
        [ESC, b'O' | b']' | b'P', ..] | [ESC, ESC] => Shape::Broken,
        [ESC, rest @ ..] | rest => character(rest),
    }
}

/// Keys with modifiers, the mouse, answers: parameters, then a final byte.
fn control_sequence(bytes: &[u8]) -> Shape {
    match bytes {
        // the first is of F1 to F5 on the Linux console, the second a mouse that was asked for in an older way
        [b'[' | b'M'] | [b'M', _] | [b'M', _, _] => Shape::Open,
        [b'[' | b'M', ..] | [.., 0x40..=0x7e] => Shape::Whole,
        [.., 0x20..=0x3f] => Shape::Open,
        _ => Shape::Broken,
    }
}

/// Answers in text: ended by BEL or `ESC \`, and by any other control character.
fn control_string(bytes: &[u8]) -> Shape {
    match bytes {
        [.., 0x07] | [.., ESC, b'\\'] => Shape::Whole,
        [.., ESC, _] => Shape::Broken,
        [.., last] if last.is_ascii_control() && *last != ESC => Shape::Broken,
        _ => Shape::Open,
    }
}

/// One character in UTF-8.
fn character(bytes: &[u8]) -> Shape {
    let [first, rest @ ..] = bytes else {
        return Shape::Open;
    };
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => 1,
    };
    if rest.last().is_some_and(|last| !matches!(last, 0x80..=0xbf)) {
        Shape::Broken
    } else if bytes.len() < length {
        Shape::Open
    } else {
        Shape::Whole
    }
}

/// What was reported, as far as liseuse has a use for it.
fn event(reported: Reported) -> Option<Event> {
    match reported {
        Reported::Key(pressed) => key(pressed).map(Event::Key),
        Reported::Mouse(report) => mouse(report).map(Event::Mouse),
        Reported::Osc(Osc::ChangeDynamicColors(what, colors)) => match (what, &colors[..]) {
            (DynamicColorNumber::TextBackgroundColor, [ColorOrQuery::Color(color)]) => {
                Some(Event::Background(background([
                    color.red,
                    color.green,
                    color.blue,
                ])))
            }
            _ => None,
        },
        // everything else was not asked for: focus, other answers
        _ => None,
    }
}

/// The key that was pressed. Releases are none, and neither are keys held with those of the window system.
fn key(event: KeyEvent) -> Option<Key> {
    let held = event.modifiers;
    if event.kind == KeyEventKind::Release || held.intersects(Modifiers::SUPER | Modifiers::HYPER) {
        return None;
    }
    let code = match event.code {
        KeyCode::Char(c) if c.is_control() => return None,
        KeyCode::Char(c) => Code::Char(shifted(c, held)),
        KeyCode::Function(n) => Code::Function(n),
        KeyCode::Enter => Code::Enter,
        KeyCode::Escape => Code::Esc,
        KeyCode::Tab | KeyCode::BackTab => Code::Tab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        _ => return None,
    };
    let is_character = matches!(code, Code::Char(_));
    let is_back_tab = event.code == KeyCode::BackTab;
    Some(Key {
        code,
        ctrl: held.contains(Modifiers::CONTROL),
        alt: held.intersects(Modifiers::ALT | Modifiers::META),
        shift: !is_character && (is_back_tab || held.contains(Modifiers::SHIFT)),
    })
}

/// A character as shift makes it, where the terminal tells the two apart.
fn shifted(c: char, held: Modifiers) -> char {
    let mut upper = c.to_uppercase();
    match (held.contains(Modifiers::SHIFT), upper.next(), upper.next()) {
        (true, Some(upper), None) => upper,
        _ => c,
    }
}

fn mouse(report: MouseEvent) -> Option<Mouse> {
    let kind = match report.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    Some(Mouse {
        kind,
        column: report.column,
        row: report.row,
    })
}

/// By how bright the colour seems: the luma of ITU-R BT.709.
fn background([red, green, blue]: [u8; 3]) -> Background {
    let luma = 2126 * u32::from(red) + 7152 * u32::from(green) + 722 * u32::from(blue);
    if luma > 10_000 * 127 {
        Background::Light
    } else {
        Background::Dark
    }
}
