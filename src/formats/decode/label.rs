//! Names of encodings, as readers write them.

use encoding_rs::Encoding as Known;

/// What a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(pub(super) &'static Known);

/// The names that are told where one is wrong.
const NAMES: &[&str] = &[
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "ISO-8859-1",
    "ISO-8859-2",
    "ISO-8859-3",
    "ISO-8859-4",
    "ISO-8859-5",
    "ISO-8859-6",
    "ISO-8859-7",
    "ISO-8859-8",
    "ISO-8859-9",
    "ISO-8859-10",
    "ISO-8859-13",
    "ISO-8859-14",
    "ISO-8859-15",
    "ISO-8859-16",
    "IBM866",
    "KOI8-R",
    "KOI8-U",
    "macintosh",
    "x-mac-cyrillic",
    "Shift_JIS",
    "EUC-JP",
    "ISO-2022-JP",
    "EUC-KR",
    "GBK",
    "GB18030",
    "Big5",
];
/// How many names are told.
const TOLD: usize = 4;

/// A name that no encoding has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no encoding `{name}`; did you mean {near}?")]
pub struct UnknownEncoding {
    name: String,
    near: String,
}

impl Encoding {
    /// The encoding of this name: any label of <https://encoding.spec.whatwg.org/#names-and-labels>, small or large, with
    /// or without hyphens.
    ///
    /// # Errors
    /// When there is none: the names that come near.
    pub fn named(name: &str) -> Result<Self, UnknownEncoding> {
        if let Some(known) = Known::for_label_no_replacement(name.as_bytes()) {
            return Ok(Self(known));
        }
        let wanted = bare(name);
        let same = NAMES.iter().find(|known| bare(known) == wanted);
        let known = same.and_then(|known| Known::for_label_no_replacement(known.as_bytes()));
        known.map(Self).ok_or_else(|| UnknownEncoding {
            near: near(&wanted),
            name: super::super::clean::line(name).into_owned(),
        })
    }

    /// Its name: `windows-1252`.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// The names that are most like this one, as words: `a`, `b` or `c`.
fn near(wanted: &str) -> String {
    let mut names: Vec<&str> = NAMES.to_vec();
    names.sort_by_cached_key(|name| distance(&bare(name), wanted));
    let (last, first) = names[..TOLD]
        .split_last()
        .expect("there are more names than are told");
    let first: Vec<String> = first.iter().map(|name| format!("`{name}`")).collect();
    format!("{} or `{last}`", first.join(", "))
}

fn bare(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric).take(40);
    let small: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    match small.strip_prefix("cp") {
        Some(number) => format!("windows{number}"),
        None => small,
    }
}

/// How many letters have to be changed, added or left out to make one name of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let changed = before + usize::from(x != *y);
            before = row[j + 1];
            row[j + 1] = changed.min(before + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_however_they_are_written() {
        for (name, expected) in [
            ("utf8", "UTF-8"),
            ("latin1", "windows-1252"),
            ("ISO-8859-1", "windows-1252"),
            ("cp1251", "windows-1251"),
            ("shiftjis", "Shift_JIS"),
            ("koi8r", "KOI8-R"),
            ("big-5", "Big5"),
            ("GB2312", "GBK"),
        ] {
            assert_eq!(
                Encoding::named(name).map(Encoding::name),
                Ok(expected),
                "{name}"
            );
        }
    }

    #[test]
    fn a_wrong_name_is_told_with_those_that_come_near() {
        let error = Encoding::named("windows-1259\u{1b}")
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("no encoding `windows-1259␛`; did you mean `windows-125"),
            "{error}"
        );
        assert!(Encoding::named("replacement").is_err());
        assert!(Encoding::named("").is_err());
        assert!(NAMES.iter().all(|name| Encoding::named(name).is_ok()));
    }
}
