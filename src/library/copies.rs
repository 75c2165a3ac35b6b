//! Copies of the texts that were read, to show what stood there before they changed. They are kept beside the index and may
//! be deleted at any time: then it can be told that something has changed, but not what it was.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::{ArticleId, Library};
use crate::formats::clean;
use crate::model::document::{Document, MAX_BLOCK_BYTES};
use crate::model::edition::{Changes, Texts, hash};
use crate::model::state::State;

/// The first line of a copy.
const MAGIC: &[u8] = b"liseuse copy 1\n";
/// The name of a copy has so many hex digits.
const NAME: usize = 32;
/// Of longer texts none is kept, in bytes.
const MAX_TEXT: usize = 4 * 1024 * 1024;
/// All copies together have so many bytes at most: the oldest go.
const MAX_ALL: u64 = 64 * 1024 * 1024;

impl Library {
    /// What has changed in an article since the reader last had it.
    pub fn changes(&self, id: &ArticleId, state: &State, document: &Document) -> Changes {
        match &state.edition {
            Some(edition) => {
                let changes = Changes::of(edition, document, Texts::new());
                if changes.is_empty() {
                    return changes;
                }
                let mut before = quoted(state);
                before.extend(self.copy(id).unwrap_or_default());
                Changes::of(edition, document, before)
            }
            None => Changes::none(document),
        }
    }

    /// Keeps the texts of an article's blocks, in place of those that were kept before. That they cannot be kept is no
    /// failure: they are a convenience.
    pub fn keep_copy(&self, id: &ArticleId, texts: &[String]) {
        let size: usize = texts.iter().map(String::len).sum();
        let path = self.copy_path(id);
        if size > MAX_TEXT {
            // what was kept is of another edition
            let _ = fs::remove_file(path);
            return;
        }
        if let Some(folder) = path.parent()
            && write(folder, &path, texts).is_ok()
        {
            make_room(folder, MAX_ALL);
        }
    }

    /// The texts that were kept of an article.
    fn copy(&self, id: &ArticleId) -> Option<Texts> {
        let path = self.copy_path(id);
        // a pipe would be waited for
        if !path.symlink_metadata().ok()?.is_file() {
            return None;
        }
        let file = fs::File::open(path).ok()?;
        let mut start = [0; MAGIC.len()];
        let mut file = io::BufReader::new(file);
        file.read_exact(&mut start).ok()?;
        if start != *MAGIC {
            return None;
        }
        let mut bytes = Vec::new();
        // each text has its length before it
        let most = 2 * MAX_TEXT as u64;
        let read = ZlibDecoder::new(file).take(most).read_to_end(&mut bytes);
        // of what is torn, what is whole
        let _ = read;
        let mut texts = Texts::new();
        let mut rest = bytes.as_slice();
        while let Some((length, after)) = rest.split_first_chunk::<4>() {
            let length = u32::from_le_bytes(*length) as usize;
            let Some((text, after)) = after.split_at_checked(length) else {
                break;
            };
            // others may have written there, and none of it may act on the terminal
            let text = clean::body(&String::from_utf8_lossy(text)).into_owned();
            texts.insert(hash(&text), text);
            rest = after;
        }
        Some(texts)
    }

    /// Where the copy of an article lies. Its id may be anything that stands in a journal.
    fn copy_path(&self, id: &ArticleId) -> PathBuf {
        let name = blake3::hash(id.0.as_bytes()).to_hex();
        self.copies().join(&name[..NAME])
    }

    /// The folder of the copies, beside the index: `index.db-copies`.
    fn copies(&self) -> PathBuf {
        let index = self.index_path();
        let mut name = index.file_name().unwrap_or_default().to_owned();
        name.push("-copies");
        index.with_file_name(name)
    }

    /// How many copies there are, and their bytes.
    pub fn copies_kept(&self) -> (usize, u64) {
        let copies = copies_in(&self.copies());
        (copies.len(), copies.iter().map(|copy| copy.size).sum())
    }
}

/// Paragraphs that the reader bookmarked as a whole: their texts are known whatever becomes of a copy.
fn quoted(state: &State) -> Texts {
    let quotes = state.bookmarks.iter().map(|bookmark| &bookmark.quote.exact);
    let paragraphs = quotes.filter(|text| !text.contains('\n') && text.len() <= MAX_BLOCK_BYTES);
    paragraphs.map(|text| (hash(text), text.clone())).collect()
}

fn write(folder: &Path, path: &Path, texts: &[String]) -> io::Result<()> {
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(MAGIC)?;
    let mut deflated = ZlibEncoder::new(&mut file, Compression::fast());
    for text in texts {
        let length = u32::try_from(text.len()).map_err(io::Error::other)?;
        deflated.write_all(&length.to_le_bytes())?;
        deflated.write_all(text.as_bytes())?;
    }
    deflated.finish()?;
    file.persist(path)?;
    Ok(())
}

/// A copy on the disk.
struct Copy {
    modified: SystemTime,
    size: u64,
    path: PathBuf,
}

/// The copies in a folder: nothing else that lies there is touched.
fn copies_in(folder: &Path) -> Vec<Copy> {
    let is_name = |name: &str| name.len() == NAME && name.bytes().all(|b| b.is_ascii_hexdigit());
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let copy = |entry: fs::DirEntry| {
        let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        entry.file_name().to_str().filter(|name| is_name(name))?;
        Some(Copy {
            modified: metadata.modified().ok()?,
            size: metadata.len(),
            path: entry.path(),
        })
    };
    entries.filter_map(Result::ok).filter_map(copy).collect()
}

/// Removes the oldest copies while there are more than so many bytes of them.
fn make_room(folder: &Path, most: u64) {
    let mut copies = copies_in(folder);
    copies.sort_unstable_by_key(|copy| copy.modified);
    let mut all: u64 = copies.iter().map(|copy| copy.size).sum();
    for copy in copies {
        if all <= most {
            break;
        }
        if fs::remove_file(copy.path).is_ok() {
            all -= copy.size;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn the_oldest_copies_go_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let names = [1, 2, 3].map(|n| format!("{n:032x}"));
        for (age, name) in (0..).zip(&names) {
            let file = fs::File::create(path(name)).unwrap();
            file.set_len(100).unwrap();
            let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(1000 + age);
            file.set_modified(modified).unwrap();
        }
        fs::write(path("letters.txt"), [b'x'; 1000]).unwrap();
        fs::create_dir(path(&"a".repeat(32))).unwrap();
        make_room(folder.path(), 250);
        let is_there = names.each_ref().map(|name| path(name).exists());
        assert_eq!(is_there, [false, true, true]);
        make_room(folder.path(), 0);
        assert!(path("letters.txt").exists() && path(&"a".repeat(32)).exists());
        assert_eq!(copies_in(folder.path()).len(), 0);
    }
}
