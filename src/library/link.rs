//! From a link in an article to the other article that it leads to, never outside of the library.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow, bail};

use super::Library;
use super::file::{self, shown};
use super::identity::{self, STANDARD_INPUT};
use crate::formats::Format;
use crate::journal::why;

impl Library {
    /// The article that a link leads to. `path` is relative to the file `from` that holds the link, or absolute. Where it
    /// really lies counts: a symbolic link does not lead out of the library. The library are the folders that are being
    /// read, and the folders of files that were given one by one.
    ///
    /// # Errors
    /// When it leads out of the library, or to nothing that liseuse reads: one line.
    pub fn linked(&self, from: &Path, path: &str) -> Result<PathBuf> {
        let told = shown(Path::new(path));
        if from == Path::new(STANDARD_INPUT) {
            bail!("`{told}`: a text from standard input lies in no folder");
        }
        let could_not = |why: String| anyhow!("could not follow `{told}`: {why}");
        let folder = from.parent().unwrap_or(Path::new(""));
        let asked = identity::real(folder).join(path);
        let real = fs::canonicalize(&asked).map_err(|error| could_not(why(&error)))?;
        let Some(found) = self.roots().iter().find_map(|root| below(root, &real)) else {
            return Err(could_not("it lies outside of the library".to_owned()));
        };
        let metadata = fs::metadata(&found).map_err(|error| could_not(why(&error)))?;
        file::regular(metadata.file_type()).map_err(could_not)?;
        if Format::of(&found).is_none() {
            return Err(could_not("it is no article that liseuse reads".to_owned()));
        }
        Ok(found)
    }
}

/// A file in a folder, by the path that lists have.
fn below(root: &Path, real: &Path) -> Option<PathBuf> {
    if root == Path::new(STANDARD_INPUT) {
        return None;
    }
    let folder = if root.is_dir() { root } else { root.parent()? };
    let rest = real.strip_prefix(identity::real(folder)).ok()?;
    Some(folder.join(rest))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;
    use crate::library::Folders;

    #[test]
    fn a_link_leads_to_another_article_and_never_out_of_the_library() {
        let home = tempfile::tempdir().unwrap();
        let at = |name: &str| home.path().join(name);
        for name in [
            "lib/a.md",
            "lib/b c.md",
            "lib/sub/d.txt",
            "out.md",
            "lib/x.pdf",
        ] {
            fs::create_dir_all(at(name).parent().unwrap()).unwrap();
            fs::write(at(name), "words").unwrap();
        }
        symlink(at("out.md"), at("lib/sly.md")).unwrap();
        symlink(at("lib/sub"), at("lib/alias")).unwrap();
        let folders = Folders {
            library: at("lib"),
            state: at("state"),
        };
        let library = Library::open(Vec::new(), folders.clone());
        let linked = |path: &str| {
            let found = library.linked(&at("lib/sub/d.txt"), path);
            found.map_err(|error| error.to_string())
        };
        assert_eq!(linked("../b c.md"), Ok(at("lib/b c.md")));
        assert_eq!(linked("../alias/d.txt"), Ok(at("lib/sub/d.txt")));
        assert_eq!(linked(at("lib/a.md").to_str().unwrap()), Ok(at("lib/a.md")));
        let outside = "it lies outside of the library";
        for path in [
            "../../out.md",
            "../sly.md",
            "/etc/passwd",
            "../../../../../../../../etc/passwd",
        ] {
            let told = format!("could not follow `{path}`: {outside}");
            assert_eq!(linked(path), Err(told));
        }
        assert!(
            linked("../x.pdf")
                .unwrap_err()
                .ends_with("no article that liseuse reads")
        );
        assert!(linked("..").unwrap_err().ends_with("it is a folder"));
        assert!(linked("none.md").unwrap_err().ends_with("no such file"));
        let single = Library::open(vec![at("lib/a.md")], folders);
        assert_eq!(
            single.linked(&at("lib/a.md"), "b c.md").unwrap(),
            at("lib/b c.md")
        );
        assert!(single.linked(&at("lib/a.md"), "../out.md").is_err());
    }
}
