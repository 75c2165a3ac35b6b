//! Searches over real files.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::library::{Folders, News};
use crate::model::article::{ArticleId, Bookmark, BookmarkId, Piece, Status};
use crate::model::document::Position;
use crate::model::query::Over;
use crate::model::quote::Quote;
use crate::model::state::{Change, Fact};

struct Home(TempDir);

impl Home {
    /// A library of these files.
    fn with(files: &[(&str, &str)]) -> (Self, Library) {
        let home = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            let path = home.article(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let library = home.library();
        assert_eq!(library.catch_up(Order::Newest, &mut |_: News| {}), [""; 0]);
        (home, library)
    }

    fn article(&self, name: &str) -> PathBuf {
        self.0.path().join("articles").join(name)
    }

    fn library(&self) -> Library {
        let at = |name| self.0.path().join(name);
        let folders = Folders {
            library: at("articles"),
            state: at("state"),
            index: at("index.db"),
        };
        Library::open(Vec::new(), folders)
    }
}

const FERRY: &str = "# The Ferry\n\nBy Ida Holm\n\nIt left the quay at noon, and nobody waved.\n\n\
                     ## Oranges\n\nA crate of oranges fell into the harbour.\n\n\
                     ## Letters\n\nThe captain wrote letters about herring.\n";
const PHARE: &str = "# Le Phare\n\nLe gardien du phare a mangé une orange à l’été, et la mer était très calme ce \
                     jour-là, comme tous les autres jours de la saison.\n\nIl ne restait de l’après-midi que le vent, \
                     le sel et la lumière qui tournait lentement. « Nous avons le temps », dit-elle, et elle prit le \
                     chemin le plus long autour de la baie, sans que personne ne s’en plaigne.\n";
const ORANGE: &str = "# Oranges\n\nNothing else is told of them here but this.\n";

fn library() -> (Home, Library) {
    Home::with(&[
        ("ferry.md", FERRY),
        ("pays/phare.md", PHARE),
        ("fruit/orange.md", ORANGE),
    ])
}

fn search(library: &Library, typed: &str) -> Vec<Hit> {
    let query = Query::parse(typed, Over::Texts).unwrap();
    library.search(&query, 20).unwrap().hits
}

/// `article › section` of each hit; `~` for a section of a text without headings.
#[track_caller]
fn check(library: &Library, typed: &str, expected: &[&str]) {
    let hits = search(library, typed);
    let told: Vec<String> = hits
        .iter()
        .map(|hit| match hit.section.title.as_str() {
            title if title.ends_with('…') => format!("{} › ~", hit.article.title),
            title => format!("{} › {title}", hit.article.title),
        })
        .collect();
    assert_eq!(told, expected, "{typed}");
}

#[test]
fn hits_are_sections_and_those_named_so_come_first() {
    let (_home, library) = library();
    check(&library, "oranges", &["Oranges › ~", "The Ferry › Oranges"]);
    check(&library, "crate harbour", &["The Ferry › Oranges"]);
    check(&library, "\"crate of oranges\"", &["The Ferry › Oranges"]);
    check(&library, "\"oranges of crate\"", &[]);
    check(&library, "herr*", &["The Ferry › Letters"]);
    check(&library, "ETE", &["Le Phare › ~"]);
}

#[test]
fn words_may_stand_in_different_sections_of_an_article() {
    let (_home, library) = library();
    check(&library, "crate herring", &["The Ferry › Letters"]);
    check(&library, "crate herring -waved", &[]);
    check(&library, "crate herring gardien", &[]);
}

#[test]
fn fields_or_and_not_are_about_the_whole_article() {
    let (_home, library) = library();
    check(&library, "oranges -herring", &["Oranges › ~"]);
    check(&library, "title:oranges", &["Oranges › ~"]);
    check(&library, "author:holm oranges", &["The Ferry › Oranges"]);
    check(&library, "section:letters", &["The Ferry › Letters"]);
    check(&library, "orange* in:fruit", &["Oranges › ~"]);
    check(&library, "orange lang:fr", &["Le Phare › ~"]);
    check(
        &library,
        "gardien OR captain",
        &["The Ferry › Letters", "Le Phare › ~"],
    );
    check(&library, "oranges is:read", &[]);
    check(&library, "oranges before:2001", &[]);
    check(&library, "in:pays", &["Le Phare › ~"]);
    check(&library, "quay (lang:fr OR herring)", &["The Ferry › "]);
}

#[test]
fn a_hit_leads_to_the_words() {
    let (home, library) = library();
    let hits = search(&library, "herring");
    let (_, document, outline, _) = library.read(&home.article("ferry.md")).unwrap();
    let position = hits[0].position;
    let block = &document.blocks()[position.block];
    assert!(
        block.text[position.offset..].starts_with("herring"),
        "{position:?}"
    );
    let section = outline.section_at(position).unwrap();
    assert_eq!(outline.key(section).unwrap(), hits[0].section);
    let marked: Vec<&Piece> = hits[0]
        .snippet
        .iter()
        .filter(|piece| piece.is_hit)
        .collect();
    assert_eq!((marked.len(), marked[0].text.as_str()), (1, "herring"));
}

#[test]
fn notes_are_found_and_so_are_the_passages_of_articles_that_are_gone() {
    let (home, library) = library();
    let id = library.find(home.article("ferry.md")).unwrap().id;
    let quote = Quote {
        exact: "fell into the harbour".into(),
        prefix: String::new(),
        suffix: String::new(),
        hint: Position::start_of(4),
    };
    let bookmark = Bookmark {
        section: "Oranges".into(),
        note: "compare with the narwhal".into(),
        ..Bookmark::plain(BookmarkId("1".into()), quote, 1)
    };
    save(&library, &id, Fact::Bookmark(bookmark));
    for typed in [
        "narwhal",
        "note:narwhal",
        "narwhal ferry",
        "is:bookmarked narwhal",
    ] {
        let hits = search(&library, typed);
        assert!(hits.len() == 1 && hits[0].in_note, "{typed}: {hits:?}");
        assert_eq!(hits[0].position, Position::start_of(4));
    }
    check(&library, "note:oranges", &[]);
    check(&library, "narwhal -compare", &[]);
    fs::remove_file(home.article("ferry.md")).unwrap();
    let library = home.library();
    library.catch_up(Order::Newest, &mut |_| {});
    let hits = search(&library, "harbour");
    assert!(hits.len() == 1 && hits[0].article.missing, "{hits:?}");
}

fn save(library: &Library, id: &ArticleId, fact: Fact) {
    let change = Change {
        does: vec![(id.clone(), fact)],
        undoes: vec![],
        words: String::new(),
    };
    library.save(&change).unwrap();
}

#[test]
fn what_the_reader_did_a_moment_ago_counts() {
    let (home, library) = library();
    let id = library.find(home.article("ferry.md")).unwrap().id;
    check(&library, "crate is:read", &[]);
    save(&library, &id, Fact::Status(Status::Read));
    check(&library, "crate is:read", &["The Ferry › Oranges"]);
    check(&library, "crate is:unread", &[]);
}

#[test]
fn only_what_is_listed_is_found() {
    let (home, _) = library();
    let folders = Folders {
        library: home.0.path().join("articles"),
        state: home.0.path().join("state"),
        index: home.0.path().join("index.db"),
    };
    let part = Library::open(vec![home.article("fruit")], folders);
    check(&part, "oranges", &["Oranges › ~"]);
    check(&part, "gardien", &[]);
}

#[test]
fn of_a_long_article_some_sections_are_shown_and_of_others_as_well() {
    let many = "## Part\n\nThe kraken was seen.\n\n".repeat(30);
    let (_home, library) = Home::with(&[
        ("long.md", &format!("# Long\n\n{many}")),
        (
            "short.md",
            "# Short\n\nNo kraken here, and much else that is of no weight.\n",
        ),
    ]);
    let query = Query::parse("kraken", Over::Texts).unwrap();
    let found = library.search(&query, 20).unwrap();
    let short = found.hits.iter().filter(|hit| hit.article.title == "Short");
    assert_eq!((found.hits.len(), short.count()), (MOST_SHOWN + 1, 1));
    assert!(found.is_part);
    assert_eq!(library.search(&query, 2).unwrap().hits.len(), 2);
}

#[test]
fn without_an_index_nothing_is_found_and_that_is_told() {
    let (home, _) = library();
    fs::remove_file(home.0.path().join("index.db")).unwrap();
    let query = Query::parse("oranges", Over::Texts).unwrap();
    let found = home.library().search(&query, 5).unwrap();
    assert_eq!(
        (found.hits.len(), found.note.as_str()),
        (0, "there is no index to search")
    );
    assert!(found.is_without_index);
}

#[test]
fn a_query_that_can_mean_nothing_finds_nothing() {
    let (_home, library) = library();
    for typed in ["\"'\"", "note:\"-\"", "-\"?\"", "title:\"*\" OR \"(\""] {
        if let Ok(query) = Query::parse(typed, Over::Texts) {
            library.search(&query, 5).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_back_into_the_library_shows_no_article_twice() {
    let (home, library) = library();
    std::os::unix::fs::symlink("..", home.article("pays/loop")).unwrap();
    library.catch_up(Order::Newest, &mut |_: News| {});
    check(&library, "in:pays", &["Le Phare › ~"]);
}
