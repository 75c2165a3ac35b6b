//! Who an article is: told from where its file lies and what is in it, by what the journal knows.

use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::fs;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use crate::journal::Journal;
use crate::model::article::ArticleId;

/// Of contents longer than two of these, so many bytes at each end are hashed.
pub const WINDOW: usize = 512 * 1024;
/// How many hex digits of a hash are kept of a content …
const CONTENT_DIGITS: usize = 32;
/// … and of an article's first content, as its id.
const ID_DIGITS: usize = 16;

/// What the journal has as the path of standard input.
pub const STANDARD_INPUT: &str = "-";

/// The hash of a content: 32 hex digits. Of one beyond 1 MB its length and its two ends are hashed, so that it takes no
/// longer for a huge file.
pub fn content_hash(bytes: &[u8]) -> String {
    if bytes.len() <= 2 * WINDOW {
        return digits(blake3::hash(bytes));
    }
    hash_of_ends(
        bytes.len() as u64,
        &bytes[..WINDOW],
        &bytes[bytes.len() - WINDOW..],
    )
}

/// The hash of a content beyond 1 MB, given its length and both ends.
pub fn hash_of_ends(length: u64, start: &[u8], end: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(&length.to_le_bytes())
        .update(start)
        .update(end);
    digits(hasher.finalize())
}

fn digits(hash: blake3::Hash) -> String {
    hash.to_hex()[..CONTENT_DIGITS].to_owned()
}

/// The hash of nothing tells nothing.
fn is_of_nothing(content: &str) -> bool {
    content == content_hash(b"")
}

/// Who the article with this key and content is.
///
/// A content that is known at this very path says most, then a known content wherever it lies (the file was moved), then
/// a known path (the file was changed), unless its article has moved elsewhere and something new lies here now. What is
/// none of these is met for the first time, and named for its content.
pub fn who(journal: &Journal, library: &Path, key: &str, content: &str) -> ArticleId {
    let here = if key == STANDARD_INPUT {
        None
    } else {
        journal.id_at(key)
    };
    let is_known_here = |id: &ArticleId| {
        journal
            .known(id)
            .iter()
            .any(|known| known.path == key && known.content == content)
    };
    if let Some(id) = here.filter(|id| is_known_here(id)) {
        return id.clone();
    }
    if let Some(id) = journal
        .id_of_content(content)
        .filter(|_| !is_of_nothing(content))
    {
        return id.clone();
    }
    if let Some(id) = here.filter(|id| !has_moved(journal, library, key, id)) {
        return id.clone();
    }
    let own = if is_of_nothing(content) {
        &content_hash(key.as_bytes())
    } else {
        content
    };
    ArticleId(own[..ID_DIGITS].to_owned())
}

fn has_moved(journal: &Journal, library: &Path, key: &str, id: &ArticleId) -> bool {
    let last = journal.known(id).first().map(|known| known.path.clone());
    last.is_some_and(|last| last != key && path_of(library, &last).is_file())
}

/// The folder as the system knows it, without links; as it is where it cannot be found.
pub fn real(folder: &Path) -> PathBuf {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    fs::canonicalize(folder)
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned())
}

/// The path of a file as the journal has it: relative to the library folder where it lies in it, so that it is the same
/// on all machines, else absolute. Both folders are to be [`real`].
pub fn key(library: &Path, folder: &Path, name: &OsStr) -> String {
    let path = folder.join(name);
    let path = path.strip_prefix(library).unwrap_or(&path);
    match path.to_str() {
        Some(STANDARD_INPUT) | None => {
            format!("//{}", escaped(path.as_os_str()))
        }
        Some(path) => path.to_owned(),
    }
}

/// Names that are no UTF-8 stay apart: what is not is written as `%FF`, and `%` itself as `%25`. Two slashes tell that
/// it was done; no path begins with them otherwise.
fn escaped(path: &OsStr) -> String {
    let mut escaped = String::new();
    for chunk in path.as_bytes().utf8_chunks() {
        escaped.push_str(&chunk.valid().replace('%', "%25"));
        for byte in chunk.invalid() {
            write!(escaped, "%{byte:02X}").expect("a string takes anything");
        }
    }
    escaped
}

/// Where the file of a key lies on this machine.
pub fn path_of(library: &Path, key: &str) -> PathBuf {
    let path = key
        .strip_prefix("//")
        .map_or_else(|| OsString::from(key), unescaped);
    library.join(path)
}

/// A text in which `%FF` stands for a byte. A sign of percent before anything else stays.
pub fn unescaped(escaped: &str) -> OsString {
    let mut bytes = Vec::with_capacity(escaped.len());
    let mut rest = escaped;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend_from_slice(before.as_bytes());
        let byte = after
            .get(..2)
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(b'%'));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    bytes.extend_from_slice(rest.as_bytes());
    OsString::from_vec(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn long_contents_are_told_apart_by_length_and_ends() {
        let long = vec![b'x'; 3 * WINDOW];
        let mut other = long.clone();
        other.push(b'x');
        assert_ne!(content_hash(&long), content_hash(&other));
        other.pop();
        other[0] = b'y';
        assert_ne!(content_hash(&long), content_hash(&other));
        other[0] = b'x';
        other[3 * WINDOW - 1] = b'y';
        assert_ne!(content_hash(&long), content_hash(&other));
        assert_eq!(content_hash(&long).len(), CONTENT_DIGITS);
    }

    #[track_caller]
    fn check(folder: &str, name: &[u8], expected: &str) {
        let library = Path::new("/home/r/articles");
        let name = OsStr::from_bytes(name);
        assert_eq!(key(library, Path::new(folder), name), expected);
        assert_eq!(path_of(library, expected), Path::new(folder).join(name));
    }

    #[test]
    fn keys_are_relative_inside_the_library_and_absolute_outside() {
        check("/home/r/articles", b"ferry.txt", "ferry.txt");
        check(
            "/home/r/articles/sea",
            b"ferry 100%.txt",
            "sea/ferry 100%.txt",
        );
        check("/home/r/other", b"ferry.txt", "/home/r/other/ferry.txt");
        check(
            "/home/r/articles2",
            b"ferry.txt",
            "/home/r/articles2/ferry.txt",
        );
    }

    #[test]
    fn names_that_are_no_utf8_stay_apart() {
        check("/home/r/articles/sea", b"\xff 5%.txt", "//sea/%FF 5%25.txt");
        check("/x", b"\xfe.txt", "///x/%FE.txt");
        check("/home/r/articles", b"-", "//-");
    }

    proptest! {
        #[test]
        fn every_key_leads_back_to_its_path(name in prop::collection::vec(1..=255u8, 1..20)) {
            prop_assume!(!name.contains(&b'/') && name != b"." && name != b"..");
            let library = Path::new("/l");
            for folder in ["/l", "/l/a", "/m"].map(Path::new) {
                let key = key(library, folder, OsStr::from_bytes(&name));
                prop_assert_eq!(path_of(library, &key), folder.join(OsStr::from_bytes(&name)));
            }
        }

        #[test]
        fn any_key_leads_somewhere(key in "\\PC{0,20}") {
            path_of(Path::new("/l"), &key);
        }
    }
}
