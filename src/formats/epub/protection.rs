//! Whether a book is encrypted, and by what. Fonts may be garbled, which keeps nobody from reading.
//! <https://www.w3.org/TR/epub-33/#sec-container-metainf-encryption.xml>

use std::collections::HashSet;
use std::io::{Read, Seek};

use super::archive::Archive;
use super::xml::{Piece, walk};
use super::{BookError, path};
use crate::formats::decode::{Told, decode};

const ENCRYPTION: &str = "META-INF/encryption.xml";
/// The two ways to garble fonts.
const OF_FONTS: &[&str] = &[
    "http://www.idpf.org/2008/embedding",
    "http://ns.adobe.com/pdf/enc#RC",
];

/// What of a book is encrypted.
#[derive(Debug, Default)]
pub struct Protection {
    /// Its files.
    files: HashSet<String>,
    /// The name of what protects them.
    name: &'static str,
}

impl Protection {
    /// Whether a file is encrypted.
    pub fn covers(&self, file: &str) -> bool {
        self.files.contains(file)
    }

    /// The name of what protects the book, if it does any of these files.
    pub fn of_any<'a>(&self, mut files: impl Iterator<Item = &'a str>) -> Option<&'static str> {
        files.any(|file| self.covers(file)).then_some(self.name)
    }
}

/// What of a book is encrypted.
///
/// # Errors
/// When what tells it cannot be read: a limit.
pub fn of<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Protection, BookError> {
    if !archive.has(ENCRYPTION) {
        return Ok(Protection::default());
    }
    let found = archive.read(ENCRYPTION)?;
    let text = decode(&found.bytes, Told::InMarkup).text;
    let mut protection = Protection::default();
    let (mut is_data, mut is_of_font, mut is_readium) = (false, false, false);
    walk(&text, ENCRYPTION, |piece| match piece {
        Piece::Open(tag) => match tag.name() {
            "EncryptedData" => (is_data, is_of_font) = (true, false),
            "EncryptionMethod" if is_data => {
                let method = tag.attribute("Algorithm").unwrap_or_default();
                is_of_font = OF_FONTS.contains(&method.as_str());
            }
            "RetrievalMethod" | "ContentKey" => {
                let leads = tag.attribute("URI").unwrap_or_default();
                is_readium |= leads.contains("license.lcpl");
            }
            "CipherReference" if !is_of_font => {
                let file = tag.attribute("URI").unwrap_or_default();
                // relative to the root of the book, not to this file
                let target = path::target("", &file);
                protection.files.extend(target.map(|target| target.path));
            }
            _ => {}
        },
        Piece::Close("EncryptedData") => is_data = false,
        Piece::Close(_) | Piece::Text(_) => {}
    })?;
    protection.name = name(archive, is_readium);
    Ok(protection)
}

/// What is known to leave which traces.
fn name<R: Read + Seek>(archive: &mut Archive<R>, is_readium: bool) -> &'static str {
    if is_readium || archive.has("META-INF/license.lcpl") {
        return "Readium LCP";
    }
    if archive.has("META-INF/sinf.xml") {
        return "Apple FairPlay";
    }
    let Ok(rights) = archive.read("META-INF/rights.xml") else {
        return "its kind is not known";
    };
    let is_of_kobo = memchr::memmem::find(&rights.bytes, b"kdrm").is_some();
    if is_of_kobo { "Kobo" } else { "Adobe ADEPT" }
}
