//! The reader's own editor, which takes the terminal while it runs.

use std::env;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, OnceLock};
use std::thread;

use rustix::process::{Pid, Signal, kill_process};
use tempfile::NamedTempFile;

use super::terminal::Tty;
use super::{Mail, reason};

/// Where nothing says which editor to take.
const USUAL: &str = "vi";
/// More of a text is not taken back, in bytes.
const MAX_TEXT: u64 = 8 << 20;
/// Cells of an editor's name in a message.
const MAX_NAME: usize = 40;
/// How a shell ends that could not run a command.
/// <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02>
const NOT_EXECUTABLE: i32 = 126;
const NOT_FOUND: i32 = 127;

/// An editor that runs.
#[derive(Debug)]
pub struct Editor {
    process: Arc<OnceLock<Pid>>,
    is_over: Arc<AtomicBool>,
}

impl Editor {
    /// Starts the reader's editor with a text, on the terminal, which has been lent. Answered by [`Mail::Edited`].
    ///
    /// # Errors
    /// When no thread could be started that waits for it, and why, in one line.
    pub fn start(tty: Arc<Tty>, text: String, inbox: Sender<Mail>) -> Result<Self, String> {
        let editor = Self {
            process: Arc::new(OnceLock::new()),
            is_over: Arc::new(AtomicBool::new(false)),
        };
        let (process, is_over) = (Arc::clone(&editor.process), Arc::clone(&editor.is_over));
        let run = move || {
            let edited = edit(&tty, &text, (&process, &is_over));
            // the loop may have ended
            let _ = inbox.send(Mail::Edited(edited));
        };
        let started = thread::Builder::new().name("editor".into()).spawn(run);
        match started {
            Ok(_) => Ok(editor),
            Err(error) => Err(format!("could not run the editor: {}", reason(&error))),
        }
    }

    /// Asks it to end, as if its window were closed: editors then put away what was not saved. What has been saved is
    /// the answer, however it ends.
    pub fn hang_up(&self) {
        self.is_over.store(true, Ordering::SeqCst);
        if let Some(process) = self.process.get() {
            // it may have ended by itself
            let _ = kill_process(*process, Signal::HUP);
        }
    }
}

/// Has a text edited. What became of it, or why it stays as it was.
fn edit(
    tty: &Tty,
    text: &str,
    (process, is_over): (&OnceLock<Pid>, &AtomicBool),
) -> Result<String, String> {
    let command = command();
    let name = name(&command);
    let could_not = |error: &io::Error| format!("could not run `{name}`: {}", reason(error));
    let file = file(text).map_err(|error| could_not(&error))?;
    let mut child = spawn(tty, &command, file.path()).map_err(|error| could_not(&error))?;
    let pid = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
    if let Some(pid) = pid {
        let _ = process.set(pid);
    }
    let status = child.wait().map_err(|error| could_not(&error))?;
    if !is_over.load(Ordering::SeqCst) {
        ended(status, &name)?;
    }
    take_back(file)
}

/// The command of `$VISUAL`, else of `$EDITOR`, else the usual one.
fn command() -> String {
    let told = ["VISUAL", "EDITOR"].map(|name| env::var(name).unwrap_or_default());
    let told = told.into_iter().find(|command| !command.trim().is_empty());
    told.unwrap_or_else(|| USUAL.to_owned())
}

fn name(command: &str) -> String {
    let name: String = command.trim().chars().filter(|c| !c.is_control()).collect();
    match name.char_indices().nth(MAX_NAME) {
        Some((cut, _)) => format!("{}…", &name[..cut]),
        None => name,
    }
}

/// A file that only the reader can read, named so that editors know what it holds.
fn file(text: &str) -> io::Result<NamedTempFile> {
    let mut named = tempfile::Builder::new();
    let mut file = named.prefix("liseuse-note-").suffix(".md").tempfile()?;
    file.write_all(text.as_bytes())?;
    if !text.is_empty() && !text.ends_with('\n') {
        file.write_all(b"\n")?;
    }
    file.flush()?;
    Ok(file)
}

/// Starts the command as a shell understands it, as git does: it may have arguments, quoted or not. Standard input of
/// liseuse may be an article, so the terminal is given to it for everything.
fn spawn(tty: &Tty, command: &str, file: &Path) -> io::Result<std::process::Child> {
    let terminal = || Ok::<_, io::Error>(Stdio::from(tty.as_fd().try_clone_to_owned()?));
    Command::new("/bin/sh")
        .arg("-c")
        .arg(script(command))
        .arg(command)
        .arg(file)
        .stdin(terminal()?)
        .stdout(terminal()?)
        .stderr(terminal()?)
        .spawn()
}

/// The command with the file after it. Where it is a single one, the editor takes the place of the shell, so that it alone
/// gets our signals.
fn script(command: &str) -> String {
    let has_parts = command.contains(['|', '&', ';', '(', ')', '<', '>', '\n']);
    let sets = command.split_whitespace().next();
    let sets = sets.is_some_and(|word| word.contains('='));
    let exec = if has_parts || sets { "" } else { "exec " };
    format!("{exec}{command} \"$@\"")
}

/// Whether an editor ended well; else what to tell.
fn ended(status: ExitStatus, name: &str) -> Result<(), String> {
    match (status.code(), status.signal()) {
        (Some(0), _) => Ok(()),
        (Some(NOT_FOUND), _) => Err(format!(
            "could not run `{name}`: no such command; EDITOR can name another"
        )),
        (Some(NOT_EXECUTABLE), _) => Err(format!("could not run `{name}`: permission denied")),
        (Some(code), _) => Err(format!(
            "the editor ended with {code}; the note stays as it was"
        )),
        (None, signal) => Err(format!(
            "the editor was ended by signal {}; the note stays as it was",
            signal.unwrap_or_default()
        )),
    }
}

/// Reads the text, by the file's name: many editors put another file in its place. A text that cannot be taken stays
/// where it is.
fn take_back(file: NamedTempFile) -> Result<String, String> {
    let mut bytes = Vec::new();
    let read =
        File::open(file.path()).and_then(|file| file.take(MAX_TEXT + 1).read_to_end(&mut bytes));
    let why = match read {
        Ok(_) if bytes.len() as u64 <= MAX_TEXT => {
            return Ok(String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(_) => "it is longer than 8 MB".to_owned(),
        Err(error) => reason(&error),
    };
    let path = file.path().display().to_string();
    // what is not kept is told all the same
    let _ = file.keep();
    Err(format!("could not take the note from `{path}`: {why}"))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_an_editor_ends_with_is_told_in_one_line() {
        let told = |status: i32| ended(ExitStatus::from_raw(status), "vim -f");
        assert_eq!(told(0), Ok(()));
        let check = |status, expected: &str| assert_eq!(told(status), Err(expected.to_owned()));
        check(1 << 8, "the editor ended with 1; the note stays as it was");
        check(
            9,
            "the editor was ended by signal 9; the note stays as it was",
        );
        check(
            127 << 8,
            "could not run `vim -f`: no such command; EDITOR can name another",
        );
        check(126 << 8, "could not run `vim -f`: permission denied");
        assert_eq!(name("a\u{1b}[2Jb"), "a[2Jb");
        assert_eq!(name(&"x".repeat(100)).chars().count(), MAX_NAME + 1);
    }

    #[test]
    fn a_single_command_takes_the_place_of_the_shell() {
        assert_eq!(script("code --wait"), "exec code --wait \"$@\"");
        assert_eq!(script("A=1 vim"), "A=1 vim \"$@\"");
        assert_eq!(script("cd / && vi"), "cd / && vi \"$@\"");
    }

    #[test]
    fn the_text_is_for_the_readers_eyes_and_goes_when_it_was_taken() {
        let file = file("a note").unwrap();
        let path = file.path().to_owned();
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(path.extension().unwrap(), "md");
        fs::write(&path, b"a \xff note\n").unwrap();
        assert_eq!(take_back(file), Ok("a \u{fffd} note\n".to_owned()));
        assert!(!path.exists());
    }

    #[test]
    fn a_text_that_is_too_long_is_left_in_its_file() {
        let file = file("").unwrap();
        let path = file.path().to_owned();
        file.as_file().set_len(MAX_TEXT + 1).unwrap();
        let told = take_back(file).unwrap_err();
        assert!(
            told.contains("longer than 8 MB") && told.contains(path.to_str().unwrap()),
            "{told}"
        );
        assert_eq!(fs::metadata(&path).unwrap().len(), MAX_TEXT + 1);
        fs::remove_file(path).unwrap();
    }
}
