//! The sample articles, and how they get into the library folder on the first start.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// The one that teaches the keys by being read.
pub const FIRST: &str = "welcome.md";

/// The sample articles: paths inside the library folder, and texts.
pub const SAMPLES: &[(&str, &str)] = &[
    (
        "city/lost-rivers.txt",
        include_str!("../../articles/city/lost-rivers.txt"),
    ),
    (
        "city/night-bakers.txt",
        include_str!("../../articles/city/night-bakers.txt"),
    ),
    (
        "crafts/kintsugi.txt",
        include_str!("../../articles/crafts/kintsugi.txt"),
    ),
    (
        "crafts/letterpress.md",
        include_str!("../../articles/crafts/letterpress.md"),
    ),
    (
        "crafts/plain-text.md",
        include_str!("../../articles/crafts/plain-text.md"),
    ),
    (
        "letters/found-in-books.txt",
        include_str!("../../articles/letters/found-in-books.txt"),
    ),
    (
        "nature/acequias.txt",
        include_str!("../../articles/nature/acequias.txt"),
    ),
    (
        "nature/baikal-ice.txt",
        include_str!("../../articles/nature/baikal-ice.txt"),
    ),
    (
        "nature/mauersegler.txt",
        include_str!("../../articles/nature/mauersegler.txt"),
    ),
    (
        "sea/ferry-line.txt",
        include_str!("../../articles/sea/ferry-line.txt"),
    ),
    (
        "sea/tide-machines.txt",
        include_str!("../../articles/sea/tide-machines.txt"),
    ),
    (
        "sky/leap-second.txt",
        include_str!("../../articles/sky/leap-second.txt"),
    ),
    ("welcome.md", include_str!("../../articles/welcome.md")),
];

/// Makes the library folder with the samples in it. Until it is whole it has another name, so that a start that was
/// killed halfway is followed by another first start.
///
/// Whatever has its name by now is left alone: another program had its first start at the same time.
///
/// # Errors
/// When it cannot be made.
pub fn place(library: &Path) -> io::Result<()> {
    let above = library
        .parent()
        .filter(|above| !above.as_os_str().is_empty());
    let above = above.unwrap_or(Path::new("."));
    fs::create_dir_all(above)?;
    let mut unfinished = tempfile::Builder::new();
    let open_to_all = fs::Permissions::from_mode(0o777);
    // the reader's umask takes from these what it takes from any new folder
    let unfinished = unfinished
        .prefix(".liseuse-")
        .permissions(open_to_all)
        .tempdir_in(above)?;
    for (path, text) in SAMPLES {
        let path = unfinished.path().join(path);
        fs::create_dir_all(path.parent().unwrap_or(unfinished.path()))?;
        fs::write(path, text)?;
    }
    if fs::symlink_metadata(library).is_ok() {
        return Ok(());
    }
    match fs::rename(unfinished.path(), library) {
        Err(_) if library.is_dir() => return Ok(()),
        moved => moved?,
    }
    // it has gone to its place: there is nothing left to clear away
    let _ = unfinished.keep();
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(files(&path));
            } else {
                found.push(path);
            }
        }
        found
    }

    #[test]
    fn every_sample_article_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("articles");
        let mut expected = files(&folder);
        expected.sort();
        let samples: Vec<_> = SAMPLES.iter().map(|(path, _)| folder.join(path)).collect();
        let mut sorted = samples.clone();
        sorted.sort();
        assert_eq!(sorted, expected, "SAMPLES and articles/ differ");
        for ((_, text), path) in SAMPLES.iter().zip(samples) {
            assert_eq!(*text, fs::read_to_string(path).unwrap());
        }
    }

    #[test]
    fn the_samples_are_put_into_a_new_library_folder_only() {
        let home = tempfile::tempdir().unwrap();
        let library = home.path().join("deep/articles");
        place(&library).unwrap();
        assert_eq!(files(&library).len(), SAMPLES.len());
        fs::write(library.join("welcome.md"), "mine").unwrap();
        place(&library).unwrap();
        assert_eq!(
            fs::read_to_string(library.join("welcome.md")).unwrap(),
            "mine"
        );
        let left = fs::read_dir(home.path().join("deep")).unwrap().count();
        assert_eq!(left, 1, "nothing unfinished is left");
    }
}
