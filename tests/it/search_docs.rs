//! What `docs/search.md` says of the language is so.

use std::fs;
use std::path::Path;

use liseuse::config::Config;
use liseuse::model::query::{Over, Query, fields};

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
    for (name, over) in [("search", Over::Texts), ("list", Over::Lists)] {
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
    let lists: Vec<&str> = fields(Over::Lists).map(|(name, _)| name).collect();
    let rows = fields(Over::Texts).map(|(name, help)| {
        let place = if lists.contains(&name) {
            "everywhere"
        } else {
            "search"
        };
        format!("| `{name}:` | {help} | {place} |\n")
    });
    let table: String = rows.collect();
    assert!(page().contains(&table), "the page should have\n{table}");
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
