//! What `docs/search.md` says of the language is so.

use std::fs;
use std::path::Path;

use liseuse::config::Config;
use liseuse::config::kinds::Kinds;
use liseuse::model::query::{Over, Query, fields, unknown_kind};

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/search.md");
    fs::read_to_string(path).unwrap()
}

/// The lines of a fenced block.
fn block(page: &str, name: &str) -> Vec<String> {
    let (_, rest) = page.split_once(&format!("```{name}\n")).unwrap();
    let (block, _) = rest.split_once("```").unwrap();
    block.lines().map(str::to_owned).collect()
}

#[test]
fn every_example_is_a_query() {
    let page = page();
    for (name, over) in [
        ("search", Over::Texts),
        ("list", Over::Lists),
        ("bookmarks", Over::Bookmarks),
    ] {
        for line in block(&page, name) {
            let query = Query::parse(&line, over).unwrap_or_else(|wrong| panic!("{line}: {wrong}"));
            assert!(!query.is_everything(), "{line}");
        }
    }
    let (_, words) = page.split_once("## Words").unwrap();
    let (words, _) = words.split_once("Case and accents").unwrap();
    let rows: Vec<&str> = words.lines().filter(|row| row.starts_with("| `")).collect();
    assert_eq!(rows.len(), 6);
    for row in rows {
        for query in row.split('`').skip(1).step_by(2) {
            let query = query.replace("\\|", "|");
            assert!(Query::parse(&query, Over::Lists).is_ok(), "{query}");
        }
    }
}

#[test]
fn the_table_of_fields_is_whole() {
    let has = |over: Over, name: &str| fields(over).any(|(own, _)| own == name);
    let everywhere = [Over::Lists, Over::Texts, Over::Bookmarks];
    // each field means something for bookmarks
    let rows = fields(Over::Bookmarks).map(|(name, help)| {
        let place = match everywhere.map(|over| has(over, name)) {
            [true, true, true] => "everywhere",
            [false, true, true] => "search, bookmarks",
            [false, false, true] => "bookmarks",
            other => panic!("{name}: {other:?}"),
        };
        format!("| `{name}:` | {help} | {place} |\n")
    });
    let table: String = rows.collect();
    assert!(page().contains(&table), "the page should have\n{table}");
    for (name, _) in fields(Over::Lists).chain(fields(Over::Texts)) {
        assert!(has(Over::Bookmarks, name), "{name}");
    }
}

#[test]
fn mistakes_are_told_as_the_page_has_them() {
    for line in block(&page(), "mistakes") {
        let (query, told) = line.split_once(" → ").unwrap();
        let mistake = Query::parse(query, Over::Lists).unwrap_err();
        assert_eq!(mistake.what, told, "{query}");
    }
}

#[test]
fn kinds_that_are_not_there_are_told_as_the_page_has_them() {
    let kinds = Config::builtin().kinds;
    let names: Vec<String> = Kinds::all().map(|kind| kinds.name(kind)).collect();
    for line in block(&page(), "kinds") {
        let (query, told) = line.split_once(" → ").unwrap();
        assert_eq!(unknown_kind(query, &names).unwrap().what, told, "{query}");
    }
}

#[test]
fn the_saved_searches_of_the_page_can_be_saved() {
    let text = block(&page(), "toml").join("\n");
    let (config, mistakes) = Config::load(&text, "c.toml");
    assert_eq!(mistakes, []);
    let names: Vec<_> = config.searches.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(
        names,
        ["Ten-minute reads", "This week in French", "From the north"]
    );
}
