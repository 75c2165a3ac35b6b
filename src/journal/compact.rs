//! Looking a file of the journal over line by line, and leaving out of this machine's own what does not count any more.
//!
//! A line is left out only when a later one of the same file says all that it said: so that what the journal adds up to
//! is the same with or without it, whatever other machines bring. What this version cannot read stays byte for byte.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::ops::Range;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::OFlags;

use super::fold::{Entry, Folded, Rest};
use super::line::{self, MAX_LINE};
use super::write::{Locked, sync_folder};
use super::{JournalError, files, shown};

/// A larger file is not looked over, in bytes.
const MAX_FILE: u64 = 1024 * 1024 * 1024;
/// A fact may be dated so much after now, in milliseconds: clocks differ.
const MAX_AHEAD: i64 = 24 * 60 * 60 * 1000;

/// One file of the journal, looked over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// The name of the file.
    pub name: String,
    /// Whether it is the one that this machine writes.
    pub is_own: bool,
    /// Its size.
    pub bytes: u64,
    /// How many lines it has, empty ones left out.
    pub lines: usize,
    /// How many of them are facts.
    pub facts: usize,
    /// When the first and the last fact were written, in milliseconds since 1970.
    pub times: Option<(i64, i64)>,
    /// What is to be told of its lines, in their order; lines are counted from 1.
    pub remarks: Vec<(usize, Remark)>,
    /// How many lines compacting would leave out.
    pub spare_lines: usize,
    /// … and how many bytes.
    pub spare_bytes: u64,
}

/// What there is to tell of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remark {
    /// It was not written to its end, or is nothing of ours.
    Torn,
    /// It is whole, but of a kind that this version does not know.
    Unknown,
    /// It is longer than a line may be.
    TooLong,
    /// It is dated before a line above it.
    Backwards,
    /// It is dated more than a day after now.
    Ahead,
    /// Another machine wrote it than the file is named for.
    Foreign,
}

impl Remark {
    /// Whether the line could not be read and should have been: what a later version wrote is no mistake.
    pub const fn is_unread(self) -> bool {
        match self {
            Self::Torn | Self::TooLong => true,
            Self::Unknown | Self::Backwards | Self::Ahead | Self::Foreign => false,
        }
    }
}

/// What compacting did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compacted {
    /// How many lines were left out.
    pub lines: usize,
    /// The size of the file before.
    pub before: u64,
    /// … and after.
    pub after: u64,
}

/// Where compacting is, for tests that stop it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The file is locked and read.
    Read,
    /// The new file has been made, with nothing in it.
    Made,
    /// Half of it is written.
    Half,
    /// All of it is written.
    Written,
    /// It is on the disk.
    Synced,
    /// It has the name of the old one.
    Renamed,
}

/// Looks over the files of a folder, in the order of their names; those that cannot be read come with the reason why.
/// `now` is in milliseconds since 1970. Writes nothing.
///
/// # Errors
/// When the folder cannot be read; none when there is none.
pub fn check(
    folder: &Path,
    machine: &str,
    now: i64,
) -> Result<Vec<Result<Checked, JournalError>>, JournalError> {
    let own = own_name(machine);
    let names = match files(folder) {
        Ok(names) => names,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(could_not_read(folder, &error)),
    };
    let checked = names.into_iter().map(|name| {
        let path = folder.join(&name);
        let text = open(&path)
            .and_then(|file| whole(&file))
            .map_err(|error| could_not_read(&path, &error))?;
        let name = shown(name.as_ref());
        Ok(Checked {
            is_own: name == own,
            ..look_over(name, &text, now)
        })
    });
    Ok(checked.collect())
}

/// Leaves out of this machine's file what does not count any more. The folder always holds the whole file as it was or
/// the whole file as it is then, whenever the power goes; programs that have it open go on with the new one.
///
/// # Errors
/// When the file is not on the disk as it is to be; it is as it was then, or already compacted.
pub fn compact(folder: &Path, machine: &str) -> Result<Compacted, JournalError> {
    compact_in_steps(folder, machine, &mut |_| Ok(()))
}

pub(super) fn compact_in_steps(
    folder: &Path,
    machine: &str,
    at: &mut dyn FnMut(Step) -> io::Result<()>,
) -> Result<Compacted, JournalError> {
    let path = folder.join(own_name(machine));
    let failed = |error: io::Error| JournalError::new(&path, &error);
    match fs::symlink_metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Compacted::default()),
        _ => {}
    }
    let locked = Locked::open(&path)?;
    if !locked.is_sure() {
        return Err(JournalError::NoLocks(shown(&path)));
    }
    let text = whole(locked.file()).map_err(|error| could_not_read(&path, &error))?;
    at(Step::Read).map_err(failed)?;
    let plan = Plan::of(&text);
    let before = text.len() as u64;
    let mut compacted = Compacted {
        lines: plan.spare_lines,
        before,
        after: before,
    };
    if plan.spare_bytes() == 0 {
        return Ok(compacted);
    }
    let kept: Vec<u8> = plan.kept().flat_map(|line| &text[line]).copied().collect();
    if folded(&kept) != plan.folded {
        let why = "the compacted file would not say the same".to_owned();
        return Err(JournalError::Other(shown(&path), why));
    }
    compacted.after = kept.len() as u64;
    replace(&locked, &path, before, &kept, at).map_err(failed)?;
    Ok(compacted)
}

/// Puts a new file in place of the locked one. The new one is begun in the same folder, under a name that is none of a
/// journal's file; what is left of it after a power cut is overwritten the next time.
fn replace(
    locked: &Locked,
    path: &Path,
    before: u64,
    text: &[u8],
    at: &mut dyn FnMut(Step) -> io::Result<()>,
) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let new = path.with_file_name(format!(".{name}.new"));
    let done = write_new(locked, &new, text, at).and_then(|()| {
        // a folder that is carried between machines may have got another file meanwhile
        if !locked.is_at(path) || locked.file().metadata()?.len() != before {
            return Err(io::Error::other("another program replaced it meanwhile"));
        }
        fs::rename(&new, path)
    });
    if let Err(error) = done {
        // it is in nobody's way when that fails too
        let _ = fs::remove_file(&new);
        return Err(error);
    }
    at(Step::Renamed)?;
    sync_folder(path.parent().unwrap_or(Path::new("/")))
}

fn write_new(
    locked: &Locked,
    new: &Path,
    text: &[u8],
    at: &mut dyn FnMut(Step) -> io::Result<()>,
) -> io::Result<()> {
    match fs::remove_file(new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mode = locked.file().metadata()?.permissions().mode() & 0o777;
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(new)?;
    at(Step::Made)?;
    let (start, end) = text.split_at(text.len() / 2);
    file.write_all(start)?;
    at(Step::Half)?;
    file.write_all(end)?;
    at(Step::Written)?;
    file.set_permissions(fs::Permissions::from_mode(mode))?;
    file.sync_all()?;
    at(Step::Synced)
}

/// Which lines of a file count.
struct Plan {
    lines: Vec<Planned>,
    folded: Folded,
    spare_lines: usize,
}

struct Planned {
    /// With its newline, if it has one.
    bytes: Range<usize>,
    entry: Option<Entry>,
    is_kept: bool,
}

impl Plan {
    fn of(text: &[u8]) -> Self {
        let mut folded = Folded::default();
        let mut lines = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive(|&byte| byte == b'\n') {
            let bytes = at..at + line.len();
            at = bytes.end;
            let entry = decoded(line);
            if let Some(entry) = &entry {
                folded.add(entry.clone());
            }
            lines.push(Planned {
                bytes,
                entry,
                is_kept: true,
            });
        }
        let mut plan = Self {
            lines,
            folded,
            spare_lines: 0,
        };
        plan.spare(text);
        plan
    }

    fn spare(&mut self, text: &[u8]) {
        let mut kept: HashSet<&[u8]> = HashSet::new();
        for planned in &mut self.lines {
            let line = text[planned.bytes.clone()].trim_ascii();
            planned.is_kept = match &planned.entry {
                _ if line.is_empty() => false,
                Some(entry) if self.folded.counts(entry) => kept.insert(line),
                Some(entry) => !line::says_only(line, entry),
                None => true,
            };
            self.spare_lines += usize::from(!planned.is_kept && !line.is_empty());
        }
    }

    fn kept(&self) -> impl Iterator<Item = Range<usize>> {
        let kept = self.lines.iter().filter(|line| line.is_kept);
        kept.map(|line| line.bytes.clone())
    }

    fn spare_bytes(&self) -> u64 {
        let spare = self.lines.iter().filter(|line| !line.is_kept);
        spare.map(|line| line.bytes.len() as u64).sum()
    }
}

fn look_over(name: String, text: &[u8], now: i64) -> Checked {
    let plan = Plan::of(text);
    let mut checked = Checked {
        is_own: false,
        bytes: text.len() as u64,
        lines: 0,
        facts: 0,
        times: None,
        remarks: Vec::new(),
        spare_lines: plan.spare_lines,
        spare_bytes: plan.spare_bytes(),
        name,
    };
    let mut newest = i64::MIN;
    for (number, planned) in (1..).zip(&plan.lines) {
        let line = text[planned.bytes.clone()].trim_ascii();
        if line.is_empty() {
            continue;
        }
        checked.lines += 1;
        let Some(entry) = &planned.entry else {
            checked.remarks.push((number, unread(line)));
            continue;
        };
        checked.facts += 1;
        let time = entry.stamp.time;
        let (first, last) = checked.times.unwrap_or((time, time));
        checked.times = Some((first.min(time), last.max(time)));
        let odd = [
            (time < newest, Remark::Backwards),
            (time > now.saturating_add(MAX_AHEAD), Remark::Ahead),
            (
                !checked.name.starts_with(&*entry.stamp.machine),
                Remark::Foreign,
            ),
        ];
        let odd = odd.into_iter().filter(|(is_so, _)| *is_so);
        checked
            .remarks
            .extend(odd.map(|(_, remark)| (number, remark)));
        newest = newest.max(time);
    }
    checked
}

/// Why a line could not be read.
fn unread(line: &[u8]) -> Remark {
    if line.len() > MAX_LINE {
        Remark::TooLong
    } else if serde_json::from_slice::<Rest>(line).is_ok() {
        Remark::Unknown
    } else {
        Remark::Torn
    }
}

fn decoded(line: &[u8]) -> Option<Entry> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    (line.len() <= MAX_LINE)
        .then(|| line::decode(line, None))
        .flatten()
}

fn folded(text: &[u8]) -> Folded {
    let mut folded = Folded::default();
    let lines = text.split(|&byte| byte == b'\n');
    for entry in lines.filter_map(decoded) {
        folded.add(entry);
    }
    folded
}

fn own_name(machine: &str) -> String {
    format!("{}.jsonl", super::machine::clean(machine))
}

fn open(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let flags = i32::try_from(flags.bits()).unwrap_or(0);
    File::options().read(true).custom_flags(flags).open(path)
}

/// All that is in a file, read from its beginning.
fn whole(file: &File) -> io::Result<Vec<u8>> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "not a regular file",
        ));
    }
    if metadata.len() > MAX_FILE {
        return Err(io::Error::other("larger than 1 GB"));
    }
    let mut text = Vec::new();
    let mut file = file;
    io::Seek::rewind(&mut file)?;
    file.take(MAX_FILE).read_to_end(&mut text)?;
    Ok(text)
}

fn could_not_read(path: &Path, error: &io::Error) -> JournalError {
    JournalError::Unread(shown(path), super::why(error))
}
