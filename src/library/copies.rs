//! Copies of the texts that were read, to show what stood there before they changed. They are kept beside the index and may
//! be deleted at any time: then it can be told that something has changed, but not what it was.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

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
        if size > MAX_TEXT {
            return;
        }
        let path = self.copy_path(id);
        if let Some(folder) = path.parent()
            && write(folder, &path, texts).is_ok()
        {
            make_room(folder);
        }
    }

    /// The texts that were kept of an article.
    fn copy(&self, id: &ArticleId) -> Option<Texts> {
        let file = fs::File::open(self.copy_path(id)).ok()?;
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
        let folder = self.index_path().with_file_name("read");
        folder.join(&name[..32])
    }
}

/// Paragraphs that the reader bookmarked as a whole: their texts are known whatever becomes of a copy.
fn quoted(state: &State) -> Texts {
    let quotes = state.bookmarks.iter().map(|bookmark| &bookmark.quote.exact);
    let paragraphs = quotes.filter(|text| !text.contains('\n') && text.len() <= MAX_BLOCK_BYTES);
    paragraphs.map(|text| (hash(text), text.clone())).collect()
}

fn write(folder: &Path, path: &Path, texts: &[String]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
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

/// Removes the oldest copies while there is too much of them.
fn make_room(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let entries = entries.filter_map(Result::ok);
    let mut copies: Vec<_> = entries
        .filter_map(|entry| {
            let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((metadata.modified().ok()?, metadata.len(), entry.path()))
        })
        .collect();
    copies.sort_unstable();
    let mut all: u64 = copies.iter().map(|(_, size, _)| size).sum();
    for (_, size, path) in copies {
        if all <= MAX_ALL {
            break;
        }
        if fs::remove_file(path).is_ok() {
            all -= size;
        }
    }
}
