//! Reading one article.

use std::fs::File;
use std::os::unix::net::UnixListener;
use std::path::Path;

use rustix::fs::{CWD, Mode, mkfifoat};

use super::{Home, State, Status, mark_read, scan, status};

#[test]
fn an_article_is_read_with_its_sections_and_state() {
    let home = Home::with(&[]);
    home.write(
        "sea/a.md",
        "# Tides\n\nThe sea rises.\n\n## Ebb\n\nIt falls.\n",
    );
    let library = home.library();
    let path = home.article("sea/a.md");
    let (article, document, outline, state) = library.read(&path).unwrap();
    assert_eq!(
        (article.title.as_str(), article.folder.as_str()),
        ("Tides", "sea")
    );
    assert!(!document.is_empty() && outline.sections.len() == 2);
    assert_eq!(state, State::default());
    let (listed, _) = scan(&library);
    assert_eq!(listed, [article]);
}

#[test]
fn what_is_no_file_is_told_and_not_waited_for() {
    let home = Home::with(&[]);
    mkfifoat(CWD, home.at("pipe"), Mode::RUSR | Mode::WUSR).unwrap();
    let _socket = UnixListener::bind(home.at("socket")).unwrap();
    let library = home.library();
    let error = |path: &Path| library.read(path).unwrap_err().to_string();
    let expected =
        |path: &str, why: &str| format!("could not read `{}`: {why}", home.at(path).display());
    assert_eq!(
        error(&home.at("articles")),
        expected("articles", "it is a folder")
    );
    let pipe = expected("pipe", "it is a pipe; `-` reads standard input");
    assert_eq!(error(&home.at("pipe")), pipe);
    assert_eq!(
        error(&home.at("socket")),
        expected("socket", "it is a socket")
    );
    assert_eq!(
        error(Path::new("/dev/zero")),
        "could not read `/dev/zero`: it is a device"
    );
    assert_eq!(error(&home.at("none")), expected("none", "no such file"));
    assert_eq!(error(Path::new("")), "could not read ``: no such file");
}

#[test]
fn a_file_that_is_too_large_is_told() {
    let home = Home::with(&["a.txt"]);
    let path = home.article("a.txt");
    File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len((1 << 30) + 1)
        .unwrap();
    let error = home.library().read(&path).unwrap_err().to_string();
    assert_eq!(
        error,
        format!("could not read `{}`: larger than 1 GB", path.display())
    );
    assert_eq!(scan(&home.library()).0.len(), 1);
}

#[test]
fn a_large_article_is_the_same_in_the_list_as_when_it_is_read() {
    let home = Home::with(&[]);
    for (name, lines) in [("a.txt", 3_000), ("b.txt", 5_000), ("c.txt", 20_000)] {
        let text = "One line of a hundred characters or so, as there are many in a long text of this kind, é.\n";
        home.write(
            name,
            &format!("# The title of {name}\n\n{}", text.repeat(lines)),
        );
    }
    let library = home.library();
    for listed in scan(&library).0 {
        let (read, ..) = library.read(&listed.path).unwrap();
        assert_eq!((&listed.id, &listed.title), (&read.id, &read.title));
        let ratio = f64::from(listed.minutes) / f64::from(read.minutes);
        assert!(
            (0.9..1.1).contains(&ratio),
            "{} for {}",
            listed.minutes,
            read.minutes
        );
    }
}

#[test]
fn standard_input_is_read_once_and_can_be_opened_again() {
    let home = Home::with(&["a.txt"]);
    let library = home.library_of(&[Path::new("-")]);
    library
        .standard_input
        .set(Ok(b"# Piped\n\nSome words.\n".to_vec()))
        .unwrap();
    let (articles, notes) = scan(&library);
    assert_eq!((articles.len(), articles[0].title.as_str()), (1, "Piped"));
    assert!(notes.is_empty());
    let id = mark_read(&library, Path::new("-"));
    assert_eq!(id, articles[0].id);
    let again = home.library_of(&[Path::new("-")]);
    again
        .standard_input
        .set(Ok(b"# Piped\n\nSome words.\n".to_vec()))
        .unwrap();
    assert_eq!(status(&again, Path::new("-")), Status::Read);
    let other = home.library_of(&[Path::new("-")]);
    other
        .standard_input
        .set(Ok(b"# Piped\n\nOther words.\n".to_vec()))
        .unwrap();
    assert_eq!(status(&other, Path::new("-")), Status::Unread);
}
