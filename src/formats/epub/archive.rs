//! The zip archive that a book is: files looked up by name, unpacked into memory, never more than the limits allow.

use std::collections::HashMap;
use std::io::{self, Read, Seek, SeekFrom};

use memchr::memmem;
use zip::ZipArchive;
use zip::result::ZipError;

use super::{BookError, limits, path};

/// The end of an archive is at most so many bytes from the end of its file: a record and a comment.
const TAIL: u64 = 22 + 20 + 65_536;

/// An archive that is read from.
pub struct Archive<R> {
    zip: ZipArchive<R>,
    /// Which file has which name; of two with one name the last counts.
    names: HashMap<String, usize>,
    /// How many bytes were unpacked so far.
    unpacked: u64,
}

/// A file of the archive.
pub struct Unpacked {
    /// What it holds, as far as it could be read.
    pub bytes: Vec<u8>,
    /// Why that is not all.
    pub trouble: Option<String>,
}

impl<R: Read + Seek> Archive<R> {
    /// Opens an archive: reads the list of its files.
    pub fn open(mut from: R) -> Result<Self, BookError> {
        check_count(&mut from)?;
        let zip = ZipArchive::new(from).map_err(|error| not_an_archive(&error))?;
        check_entries(zip.len() as u64)?;
        let mut names = HashMap::with_capacity(zip.len());
        for i in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(i) else {
                continue;
            };
            let is_path = name.len() <= limits::NAME && !name.starts_with(['/', '\\']);
            if is_path && !name.split(['/', '\\']).any(|part| part == "..") {
                names.extend(path::joined("", &name).map(|name| (name, i)));
            }
        }
        Ok(Self {
            zip,
            names,
            unpacked: 0,
        })
    }

    /// Whether there is a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// How long a file is, unpacked, as the archive says.
    pub fn size(&self, name: &str) -> Option<u64> {
        let entry = self.zip.by_index_data(*self.names.get(name)?).ok()?;
        Some(entry.size().min(limits::ENTRY))
    }

    /// Refuses a book whose files, as the archive says, are too large to be read; what is not true of that shows later.
    ///
    /// # Errors
    /// When these files take more than the limit.
    pub fn check_sizes<'a>(&self, names: impl Iterator<Item = &'a str>) -> Result<(), BookError> {
        let whole: u64 = names.filter_map(|name| self.size(name)).sum();
        if self.unpacked + whole > limits::BOOK {
            return Err(too_large_book());
        }
        Ok(())
    }

    /// A whole file. What is damaged is given as far as it goes.
    ///
    /// # Errors
    /// When there is none of this name, or nothing of it can be read, or it is too large.
    pub fn read(&mut self, name: &str) -> Result<Unpacked, BookError> {
        self.unpack(name, limits::ENTRY)
    }

    /// At most so many bytes of the beginning of a file.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_start(&mut self, name: &str, most: usize) -> Result<Vec<u8>, BookError> {
        let index = self.index(name)?;
        let file = self
            .zip
            .by_index(index)
            .map_err(|error| unreadable(name, &error))?;
        let mut bytes = Vec::new();
        let read = file.take(most as u64).read_to_end(&mut bytes);
        match read {
            Err(error) if bytes.is_empty() => Err(unreadable(name, &error.into())),
            _ => Ok(bytes),
        }
    }

    fn index(&self, name: &str) -> Result<usize, BookError> {
        let index = self.names.get(name).copied();
        index.ok_or_else(|| BookError::Broken(format!("`{name}` is missing from the book")))
    }

    fn unpack(&mut self, name: &str, most: u64) -> Result<Unpacked, BookError> {
        let index = self.index(name)?;
        let file = self
            .zip
            .by_index(index)
            .map_err(|error| unreadable(name, &error))?;
        if file.is_symlink() {
            return Err(BookError::Broken(format!("`{name}` is a link, not a file")));
        }
        let packed = file.compressed_size();
        let by_ratio = packed.saturating_mul(limits::RATIO).max(limits::RATIO_FROM);
        let left = limits::BOOK - self.unpacked;
        let limit = most.min(by_ratio).min(left);
        let expected = usize::try_from(file.size().min(limit)).unwrap_or_default();
        let mut bytes = Vec::with_capacity(expected.min(1 << 20));
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        self.unpacked += (bytes.len() as u64).min(left);
        if bytes.len() as u64 > limit {
            return Err(too_large(name, limit, by_ratio, left));
        }
        match read {
            Ok(_) => Ok(Unpacked {
                bytes,
                trouble: None,
            }),
            Err(error) if bytes.is_empty() => Err(unreadable(name, &error.into())),
            Err(_) => Ok(Unpacked {
                bytes,
                trouble: Some(format!("`{name}` is damaged; there may be more of it")),
            }),
        }
    }
}

fn too_large(name: &str, limit: u64, by_ratio: u64, left: u64) -> BookError {
    let megabytes = |bytes: u64| bytes >> 20;
    if limit == left {
        return too_large_book();
    }
    BookError::TooLarge(if limit == by_ratio {
        let most = limits::RATIO;
        format!("`{name}` unpacks to more than {most} times its size, the most that is read")
    } else {
        let most = megabytes(limits::ENTRY);
        format!("`{name}` takes more than {most} MB unpacked, the most that is read of one part")
    })
}

fn too_large_book() -> BookError {
    let most = limits::BOOK >> 20;
    BookError::TooLarge(format!(
        "its text takes more than {most} MB unpacked, the most that is read of a book"
    ))
}

fn check_entries(count: u64) -> Result<(), BookError> {
    let most = limits::ENTRIES;
    if count <= most {
        return Ok(());
    }
    Err(BookError::TooLarge(format!(
        "its zip archive lists {count} files; at most {most} are read"
    )))
}

/// Refuses a list of very many files before it is read into memory. Only the 64-bit form can name more than 65,535, which
/// [`check_entries`] then looks at. <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>, 4.3.14 to 4.3.16
fn check_count(from: &mut (impl Read + Seek)) -> Result<(), BookError> {
    let could_not = |error: io::Error| BookError::Broken(error.to_string());
    let length = from.seek(SeekFrom::End(0)).map_err(could_not)?;
    let start = length.saturating_sub(TAIL);
    from.seek(SeekFrom::Start(start)).map_err(could_not)?;
    let mut tail = Vec::new();
    from.take(TAIL).read_to_end(&mut tail).map_err(could_not)?;
    if !memmem::find_iter(&tail, b"PK\x06\x07").any(|_| true) {
        return Ok(());
    }
    // the record stands right before its locator, unless it holds extensions that no book has
    let mut counts = memmem::find_iter(&tail, b"PK\x06\x06").filter_map(|at| {
        let (count, _) = tail.get(at + 32..)?.split_first_chunk()?;
        Some(u64::from_le_bytes(*count))
    });
    let Some(first) = counts.next() else {
        return Err(BookError::Broken(
            "its zip archive is of an unknown kind".to_owned(),
        ));
    };
    check_entries(counts.fold(first, u64::max))
}

fn not_an_archive(error: &ZipError) -> BookError {
    BookError::Broken(match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            format!("its zip archive cannot be read: {error}")
        }
        _ => "its zip archive is cut short or broken: there is no list of its files".to_owned(),
    })
}

fn unreadable(name: &str, error: &ZipError) -> BookError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            BookError::Encrypted("a zip password")
        }
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            BookError::Broken(format!("`{name}` is packed in a way that is not known"))
        }
        _ => BookError::Broken(format!("`{name}` is damaged")),
    }
}
