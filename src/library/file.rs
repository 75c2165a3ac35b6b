//! Reading the files of articles: regular files only, never waiting for one, never more than fits.

use std::ffi::OsStr;
use std::fs::{self, File, FileType, Metadata};
use std::io::{self, BufReader, Read};
use std::os::unix::fs::{FileExt, FileTypeExt, MetadataExt};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use rustix::fs::{Mode, OFlags};

use super::identity::{self, WINDOW};
use crate::formats::decode::{self, Encoding};
use crate::formats::{self, Format, ParseError, clean};
use crate::journal::why;
use crate::model::document::Document;

/// The largest file that is read, in bytes.
const MAX_FILE: u64 = 1 << 30;
/// Files up to this size are parsed whole for the list, …
const SMALL: usize = 256 * 1024;
/// … and of larger ones so many bytes.
const HEAD: usize = 64 * 1024;
/// … and of a page, which begins with much that is not its article.
const PAGE_HEAD: usize = WINDOW;

/// What lists need of a file.
pub struct Peek {
    /// The file, or its beginning.
    pub head: Vec<u8>,
    /// What it is written in, told by its content first.
    pub format: Format,
    /// Its size in bytes.
    pub size: u64,
    /// The hash of its content.
    pub content: String,
    /// When it last changed, in milliseconds since 1970.
    pub modified: i64,
}

/// Opens a file for reading.
///
/// # Errors
/// When it cannot be opened, or is no regular file: why, in words.
fn open(path: &Path) -> Result<(File, Metadata), String> {
    // told before it is opened: to open a pipe or a device does something to it
    let metadata = fs::metadata(path).map_err(|error| why(&error))?;
    regular(metadata.file_type())?;
    open_regular(path)
}

/// As [`open`] for what was a regular file a moment ago.
fn open_regular(path: &Path) -> Result<(File, Metadata), String> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = rustix::fs::open(path, flags, Mode::empty()).map_err(|error| why(&error.into()))?;
    let file = File::from(file);
    let metadata = file.metadata().map_err(|error| why(&error))?;
    regular(metadata.file_type())?;
    Ok((file, metadata))
}

/// Whether a file can be read as an article.
///
/// # Errors
/// When it is something else: what, in words.
pub fn regular(kind: FileType) -> Result<(), String> {
    let words = match kind {
        _ if kind.is_file() => return Ok(()),
        _ if kind.is_dir() => "it is a folder",
        _ if kind.is_fifo() => "it is a pipe; `-` reads standard input",
        _ if kind.is_socket() => "it is a socket",
        _ => "it is a device",
    };
    Err(words.to_owned())
}

/// A whole file, and when it last changed in milliseconds since 1970.
///
/// # Errors
/// When it cannot be read, is no regular file, or is larger than 1 GB: why, in words.
pub fn whole(path: &Path) -> Result<(Vec<u8>, i64), String> {
    let (file, metadata) = open(path)?;
    if metadata.len() > MAX_FILE {
        return Err(too_large());
    }
    let bytes = read_all(&file, metadata.len())?;
    Ok((bytes, modified(&metadata)))
}

/// Everything that comes from standard input.
///
/// # Errors
/// When it cannot be read, or is larger than 1 GB: why, in words.
pub fn standard_input() -> Result<Vec<u8>, String> {
    read_all(io::stdin().lock(), 0)
}

fn read_all(from: impl Read, expected: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::with_capacity(usize::try_from(expected + 1).unwrap_or_default());
    from.take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| why(&error))?;
    if bytes.len() as u64 > MAX_FILE {
        Err(too_large())
    } else {
        Ok(bytes)
    }
}

fn too_large() -> String {
    "larger than 1 GB".to_owned()
}

/// What lists need of a file that was a regular one a moment ago: it reads at most 1 MB.
///
/// # Errors
/// When it cannot be read, or is no regular file: why, in words.
pub fn peek(path: &Path) -> Result<Peek, String> {
    let (file, metadata) = open_regular(path)?;
    let modified = modified(&metadata);
    let size = metadata.len();
    if size <= 2 * WINDOW as u64 {
        let mut head = read_all(&file, size)?;
        let content = identity::content_hash(&head);
        let size = head.len() as u64;
        let format = Format::tell(&head, path).map_err(|error| error.to_string())?;
        cut(&mut head, format);
        return Ok(Peek {
            head,
            format,
            size,
            content,
            modified,
        });
    }
    let mut head = vec![0; WINDOW];
    let mut end = vec![0; WINDOW];
    let read = file
        .read_exact_at(&mut head, 0)
        .and_then(|()| file.read_exact_at(&mut end, size - WINDOW as u64));
    read.map_err(|error| why(&error))?;
    let content = identity::hash_of_ends(size, &head, &end);
    let format = Format::tell(whole_lines(&head, HEAD), path).map_err(|error| error.to_string())?;
    cut(&mut head, format);
    Ok(Peek {
        head,
        format,
        size,
        content,
        modified,
    })
}

/// Leaves as many bytes of the beginning of a long text as lists look at, up to the end of a line where there is one.
fn cut(head: &mut Vec<u8>, format: Format) {
    let (small, most) = match format {
        Format::Html => (PAGE_HEAD, PAGE_HEAD),
        Format::Text | Format::Markdown => (SMALL, HEAD),
        // its files are looked up in it
        Format::Epub => (0, 0),
    };
    if head.len() <= small {
        return;
    }
    head.truncate(whole_lines(head, most).len());
    head.truncate(decode::whole_characters(head));
    head.shrink_to_fit();
}

/// So many bytes of the beginning, up to the end of a line where there is one.
fn whole_lines(head: &[u8], most: usize) -> &[u8] {
    let head = &head[..head.len().min(most)];
    &head[..memchr::memrchr(b'\n', head).map_or(head.len(), |end| end + 1)]
}

fn modified(metadata: &Metadata) -> i64 {
    metadata
        .mtime()
        .saturating_mul(1000)
        .saturating_add(metadata.mtime_nsec() / 1_000_000)
}

/// The document in these bytes, and what they are written in: told by them first, then by the file's name.
///
/// # Errors
/// When they are no article or a broken one, and where a parser failed, which is a mistake in it: why, in words.
pub fn parse(bytes: &[u8], path: &Path, encoding: Option<Encoding>) -> Result<Document, String> {
    let format = Format::tell(bytes, path).map_err(|error| error.to_string())?;
    guarded(|| formats::parse_as(bytes, format, encoding))
}

/// As much of an article as a list needs, given its beginning, and how many times longer all of it is.
///
/// # Errors
/// As [`parse`].
pub fn sample(
    peek: &Peek,
    path: &Path,
    encoding: Option<Encoding>,
) -> Result<(Document, f32), String> {
    if peek.format == Format::Epub {
        // the list of what is in a book stands at its end
        let (file, _) = open_regular(path)?;
        return guarded(|| formats::sample_of_book(BufReader::new(&file)));
    }
    let document = guarded(|| formats::parse_as(&peek.head, peek.format, encoding))?;
    Ok((document, share(peek.size, peek.head.len())))
}

fn guarded<T>(parse: impl FnOnce() -> Result<T, ParseError>) -> Result<T, String> {
    let parsed = panic::catch_unwind(AssertUnwindSafe(parse));
    parsed
        .map_err(|_| "a mistake in liseuse".to_owned())?
        .map_err(|error| clean::line(&error.to_string()).into_owned())
}

#[expect(clippy::cast_precision_loss, reason = "minutes are told to the minute")]
fn share(size: u64, head: usize) -> f32 {
    if head == 0 {
        1.0
    } else {
        size as f32 / head as f32
    }
}

/// A path as a message may show it.
pub fn shown(path: &Path) -> String {
    clean::line(&path.to_string_lossy()).into_owned()
}

/// The title of an article whose text has none: its file's name without the ending.
pub fn stem(path: &Path) -> String {
    let name = path
        .file_stem()
        .or(path.file_name())
        .unwrap_or(OsStr::new(""));
    let name = clean::line(&name.to_string_lossy()).trim().to_owned();
    if name.is_empty() {
        "untitled".to_owned()
    } else {
        name
    }
}
