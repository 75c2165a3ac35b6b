//! The reader has the last word, in every list and at every opening.

use std::path::{Path, PathBuf};

use super::{Fact, Home, Library, Status, change, scan};
use crate::model::correction::Said;
use crate::model::document::BlockKind;

const TEXT: &str = "# The Lamp\n\nBy Ida Holm\n\nA lamp stood on the table and nobody had lit it for a long while, or so it \
    seemed.\n\n## The Wick\n\nIt was dry and as old as the house, and the house was older than the road that led to it.\n\n\
    ## The Oil\n\nSomebody had filled it all the same, on a day that nobody remembered, for a night not yet come.\n";

fn with_lamp() -> (Home, PathBuf) {
    let home = Home::with(&[]);
    home.write("lamp.md", TEXT);
    let path = home.article("lamp.md");
    (home, path)
}

/// Says of the block that begins with these words what it is.
fn say(library: &Library, path: &Path, words: &str, said: Said) {
    let corrected = library.corrected(path).unwrap();
    let blocks = corrected.document.blocks();
    let block = blocks.iter().position(|b| b.text.starts_with(words));
    library
        .correct(&corrected, &[(block.unwrap(), said)])
        .unwrap();
}

fn titles(library: &Library, path: &Path) -> Vec<String> {
    let (_, _, outline, _) = library.read(path).unwrap();
    outline.sections.into_iter().map(|s| s.title).collect()
}

#[test]
fn a_correction_is_there_in_the_next_run_and_in_every_list() {
    let (home, path) = with_lamp();
    let library = home.library();
    assert_eq!(titles(&library, &path), ["The Lamp", "The Wick", "The Oil"]);
    say(&library, &path, "The Wick", Said::Title);
    say(&library, &path, "The Oil", Said::Text);
    for library in [library, home.library()] {
        assert_eq!(library.read(&path).unwrap().0.title, "The Wick");
        assert_eq!(library.find(&path).unwrap().title, "The Wick");
        assert_eq!(scan(&library).0[0].title, "The Wick");
        let (_, document, _, _) = library.read(&path).unwrap();
        let headings = document.blocks().iter();
        assert!(
            !headings
                .into_iter()
                .any(|b| matches!(b.kind, BlockKind::Heading(_)))
        );
    }
    say(&home.library(), &path, "The Wick", Said::Nothing);
    say(&home.library(), &path, "The Lamp", Said::Noise);
    let library = home.library();
    assert_eq!(
        scan(&library).0[0].title,
        "lamp",
        "without a title it has its file's name"
    );
    assert_eq!(library.corrected(&path).unwrap().list().len(), 2);
}

#[test]
fn corrections_follow_their_words_and_are_lost_with_them() {
    let (home, path) = with_lamp();
    say(&home.library(), &path, "The Oil", Said::Heading(2));
    say(&home.library(), &path, "The Wick", Said::Text);
    let changed = format!("A new beginning of it all, in one line.\n\n{TEXT}")
        .replace("The Oil", "Oil and Fire");
    home.write("lamp.md", &changed);
    let library = home.library();
    let corrected = library.corrected(&path).unwrap();
    let found: Vec<_> = corrected
        .list()
        .iter()
        .map(|listed| {
            (
                listed.correction.quote.exact.clone(),
                listed.block.is_some(),
                listed.is_in_force,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("The Oil".to_owned(), false, false),
            ("The Wick".to_owned(), true, true)
        ]
    );
    assert!(!titles(&library, &path).contains(&"The Wick".to_owned()));
}

#[test]
fn a_correction_of_another_machine_is_applied_and_the_newest_wins() {
    let (home, path) = with_lamp();
    say(&home.library(), &path, "The Oil", Said::Text);
    let line = home.journal().lines().last().unwrap().to_owned();
    let year = |line: &str, year: &str| {
        let start = line.find(r#""time":""#).unwrap() + 8;
        format!("{}{year}{}", &line[..start], &line[start + 4..])
    };
    let said = r#""said":"text""#;
    let line = line.replace(r#""machine":""#, r#""machine":"other-"#);
    let later = year(&line, "9000").replace(said, r#""said":"heading","level":3"#);
    let earlier = year(&line, "2001").replace(said, r#""said":"noise""#);
    std::fs::write(
        home.at("state/other.jsonl"),
        format!("{later}\n{earlier}\n"),
    )
    .unwrap();
    let library = home.library();
    assert!(library.journal_notes().is_empty());
    let (_, document, _, _) = library.read(&path).unwrap();
    let oil = document
        .blocks()
        .iter()
        .find(|b| b.text == "The Oil")
        .unwrap();
    assert_eq!(oil.kind, BlockKind::Heading(3));
    say(&library, &path, "The Oil", Said::Text);
    assert!(!titles(&home.library(), &path).contains(&"The Oil".to_owned()));
}

#[test]
fn articles_with_another_title_are_told() {
    let (home, path) = with_lamp();
    let library = home.library();
    let other = home.library();
    scan(&library);
    say(&other, &path, "The Oil", Said::Title);
    let states = library.refresh();
    let renamed = library.renamed(&states);
    assert_eq!(renamed.len(), 1);
    assert_eq!(renamed[0].title, "The Oil");
    assert!(library.renamed(&states).is_empty(), "it is told once");
    let read = change(&renamed[0].id, Fact::Status(Status::Read));
    let states = library.save_at(&read, 1).unwrap();
    assert!(library.renamed(&states).is_empty());
}

#[test]
fn the_reasons_say_where_the_reader_overruled_them() {
    let home = Home::with(&[]);
    home.write("lamp.txt", &TEXT.replace('#', ""));
    let (library, path) = (home.library(), home.article("lamp.txt"));
    say(&library, &path, "The Oil", Said::Noise);
    say(&library, &path, "The Wick", Said::Heading(1));
    say(&library, &path, "The Wick", Said::Heading(2));
    say(&library, &path, "The Wick", Said::Nothing);
    let told: Vec<_> = library
        .explain(&path)
        .unwrap()
        .into_iter()
        .filter_map(|(reason, said)| Some((reason.text, said?)))
        .collect();
    assert_eq!(told, [("The Oil".to_owned(), Said::Noise)]);
    say(&library, &path, "The Wick", Said::Title);
    let lamp = library.explain(&path).unwrap().remove(0);
    assert_eq!(
        (lamp.0.role, lamp.1),
        ("title", Some(Said::Text)),
        "another is the title"
    );
}
