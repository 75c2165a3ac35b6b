//! The file of the index: what it is, before SQLite touches it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::{APPLICATION, StoreError, VERSION};

/// What every SQLite file begins with.
const MAGIC: &[u8] = b"SQLite format 3\0";
/// Its header, in bytes.
const HEADER: usize = 100;

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => Self::NotAFile,
            _ => {
                let words = error.to_string();
                Self::Other(
                    words
                        .split(" (os error")
                        .next()
                        .unwrap_or("")
                        .to_lowercase(),
                )
            }
        }
    }
}

/// The path without links in its folders: SQLite is told to follow none, and the reader's home may well be one.
pub fn real(path: &Path) -> Result<PathBuf, StoreError> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(StoreError::NotAFile);
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    match fs::canonicalize(folder) {
        Ok(folder) => Ok(folder.join(name)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(path.to_owned()),
        Err(error) => Err(error.into()),
    }
}

/// Makes the file and its folder where there are none, for the eyes of their owner only.
pub fn make(path: &Path) -> Result<(), StoreError> {
    if path.symlink_metadata().is_ok() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let mut options = OpenOptions::new();
    match options.write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether SQLite may open the file: it is a regular one, and empty or ours as far as its first bytes tell. What is
/// refused here is not changed by a byte.
pub fn look_at(path: &Path) -> Result<(), StoreError> {
    let metadata = path.symlink_metadata()?;
    if !metadata.is_file() {
        return Err(StoreError::NotAFile);
    }
    if metadata.len() == 0 {
        return Ok(());
    }
    let mut header = Vec::with_capacity(HEADER);
    File::open(path)?
        .take(HEADER as u64)
        .read_to_end(&mut header)?;
    if header.len() < HEADER || !header.starts_with(MAGIC) {
        return Err(StoreError::Damaged);
    }
    // https://www.sqlite.org/fileformat2.html#the_database_header
    let number = |at: usize| {
        let bytes = [header[at], header[at + 1], header[at + 2], header[at + 3]];
        u32::from_be_bytes(bytes)
    };
    let (pages, version, application) = (number(28), number(60), number(68));
    if application != APPLICATION && (application, version) != (0, 0) {
        return Err(StoreError::Foreign);
    }
    if version > VERSION {
        return Err(StoreError::Newer);
    }
    let page_size = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        size => u64::from(size),
    };
    let has_log = beside(path, "-wal")
        .metadata()
        .is_ok_and(|log| log.len() > 0);
    if metadata.len() < page_size * u64::from(pages) && !has_log {
        return Err(StoreError::Damaged);
    }
    Ok(())
}

/// Device and number of a file.
pub fn number(path: &Path) -> Result<(u64, u64), StoreError> {
    let metadata = path.symlink_metadata()?;
    Ok((metadata.dev(), metadata.ino()))
}

/// The file that SQLite keeps beside another, by the end of its name.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The address that tells SQLite that nobody changes the file.
pub fn unchanging(path: &Path) -> String {
    use std::fmt::Write;
    let mut address = String::from("file:");
    for &byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'_' | b'-') {
            address.push(char::from(byte));
        } else {
            write!(address, "%{byte:02X}").expect("a string takes anything");
        }
    }
    address + "?mode=ro&immutable=1"
}

/// Whether the file lies on another machine, as far as the system says so.
pub fn is_on_network(path: &Path) -> bool {
    // NFS, SMB, SMB2, CIFS, 9p, FUSE, AFS, Ceph: from Linux's magic.h
    const NETWORKS: [i64; 8] = [
        0x6969,
        0x517B,
        0xFE53_4D42,
        0xFF53_4D42,
        0x0102_1997,
        0x6573_5546,
        0x5346_414F,
        0x00C3_6400,
    ];
    #[cfg(target_os = "linux")]
    return rustix::fs::statfs(path).is_ok_and(|system| NETWORKS.contains(&system.f_type));
    #[cfg(not(target_os = "linux"))]
    return false;
}

const PARTS: [&str; 3] = ["", "-wal", "-shm"];

/// Gives the file a free name beside its own; what SQLite keeps beside it goes along.
pub fn set_aside(path: &Path) -> Result<PathBuf, StoreError> {
    let free = (1..=u32::MAX)
        .map(|n| beside(path, &format!(".damaged-{n}")))
        .find(|name| name.symlink_metadata().is_err())
        .expect("there is a number beyond all that are taken");
    fs::rename(path, &free)?;
    for part in &PARTS[1..] {
        // the log of another file must not be taken for the new one's
        match fs::rename(beside(path, part), beside(&free, part)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(free)
}

/// Removes the file with what SQLite keeps beside it.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    for part in PARTS {
        match fs::remove_file(beside(path, part)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// Changes one number in the header, to make a file of another version or program.
#[cfg(test)]
pub fn set_header(path: &Path, at: u64, number: u32) {
    use std::os::unix::fs::FileExt;
    let file = OpenOptions::new().write(true).open(path).unwrap();
    file.write_all_at(&number.to_be_bytes(), at).unwrap();
}
