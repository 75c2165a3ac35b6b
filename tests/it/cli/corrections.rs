//! The reader has the last word: `outline --heading` and the like, `--corrections`, and what follows from them.

use std::fs;

use serde_json::Value;

use super::with_dunes;
use crate::harness::Home;

const FILE: &str = "news/dunes.md";

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// Title and level of each heading.
fn headings(home: &Home) -> Vec<(String, u64)> {
    let outline = json(&home.run(&["outline", "--json", FILE]).done());
    let sections = outline["sections"].as_array().unwrap().iter();
    let heading = |s: &Value| {
        (
            s["title"].as_str().unwrap().to_owned(),
            s["level"].as_u64().unwrap(),
        )
    };
    sections.map(heading).collect()
}

#[track_caller]
fn has(home: &Home, expected: &[(&str, u64)]) {
    let found = headings(home);
    let found: Vec<(&str, u64)> = found
        .iter()
        .map(|(title, level)| (title.as_str(), *level))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_correction_is_made_by_its_line_and_applied_ever_after() {
    let home = with_dunes();
    has(&home, &[("Wind", 1), ("Grass", 2), ("Sea", 1)]);
    let out = home
        .run(&["outline", FILE, "--not-heading", "7", "--heading", "15:3"])
        .done();
    assert!(!out.contains("Wind") && out.contains("    Sea"), "{out}");
    has(&home, &[("Grass", 2), ("Sea", 3)]);
    home.run(&["outline", FILE, "--heading", "17"]).done();
    assert_eq!(headings(&home).len(), 3);
    assert_eq!(headings(&home)[2].1, 3, "as the heading before it");
    home.run(&[
        "outline", FILE, "--forget", "7", "--forget", "15", "--forget", "17",
    ])
    .done();
    has(&home, &[("Wind", 1), ("Grass", 2), ("Sea", 1)]);
    home.run(&["outline", FILE, "--corrections"])
        .check(1, "", "");
}

#[test]
fn the_title_and_noise_are_corrected_in_lists_and_in_print() {
    let home = with_dunes();
    home.run(&[
        "outline", FILE, "--title", "7", "--noise", "1", "--noise", "5",
    ])
    .done();
    let out = home.run(&["list", "news"]).done();
    assert!(out.contains("  Wind  ("), "{out}");
    assert_eq!(
        json(&home.run(&["list", "--json", "news"]).done())[0]["title"],
        "Wind"
    );
    let outline = json(&home.run(&["outline", "--json", FILE]).done());
    assert_eq!(outline["title"], "Wind");
    let out = home.run(&["show", FILE]).done();
    assert!(
        !out.contains("The Dunes") && !out.contains("Sand moves"),
        "{out}"
    );
    let out = home.run(&["show", "--all", FILE]).done();
    assert!(
        out.contains("The Dunes") && out.contains("Sand moves"),
        "{out}"
    );
    home.run(&["outline", FILE, "--not-noise", "5"]).done();
    assert!(home.run(&["show", FILE]).done().contains("Sand moves"));
    home.run(&["mark", "read", "Wind"]).done();
}

/// Some corrections, and then another text in which one of them is not found.
fn with_corrections() -> Home {
    let home = with_dunes();
    let said = ["--heading", "15:2", "--noise", "17", "--title", "7"];
    home.run(&[&["outline", FILE], &said[..]].concat()).done();
    let text = fs::read_to_string(home.path(FILE)).unwrap();
    let text = text.replace("always", "never");
    home.write(FILE, format!("Words before all others.\n\n{text}"));
    home
}

#[test]
fn corrections_are_exported_and_those_not_found_are_told() {
    let home = with_corrections();
    let told = "line   17  heading 2  Sea\nline    9  title      Wind\nnot found  noise      Behind the last dune lies the…\n";
    home.run(&["outline", "--corrections", FILE])
        .check(0, told, "");
    assert!(
        home.run(&["show", FILE])
            .done()
            .contains("Behind the last dune")
    );
}

#[test]
fn corrections_json_has_exactly_these_keys() {
    let home = with_corrections();
    let all = json(
        &home
            .run(&["outline", "--corrections", "--json", FILE])
            .done(),
    );
    let keys = all[0].as_object().unwrap().keys().map(String::as_str);
    let expected = [
        "exact", "found", "in_force", "level", "line", "made", "prefix", "role", "section",
        "suffix",
    ];
    assert_eq!(keys.collect::<Vec<_>>(), expected);
    let check =
        |i: usize, key: &str, expected: Value| assert_eq!(all[i][key], expected, "{key} of {i}");
    check(0, "role", "heading".into());
    check(0, "level", 2.into());
    check(0, "exact", "Sea".into());
    check(0, "found", true.into());
    check(0, "in_force", true.into());
    check(0, "line", 17.into());
    check(1, "role", "title".into());
    check(1, "level", Value::Null);
    check(2, "found", false.into());
    check(2, "in_force", false.into());
    check(2, "line", Value::Null);
    let text = |key: &str| all[0][key].as_str().unwrap();
    assert!(text("prefix").ends_with("tree in the village.\n"));
    assert!(text("suffix").starts_with("\nBehind the last dune"));
    assert!(all[0]["made"].as_i64().unwrap() > 1_700_000_000_000);
}

#[test]
fn the_reasons_say_what_you_corrected() {
    let home = Home::new();
    home.write(
        "a.txt",
        "The title\n\nSome words that are a paragraph, and end with a full stop.\n",
    );
    home.run(&["outline", "a.txt", "--heading", "3:2"]).done();
    let out = home.run(&["outline", "--explain", "a.txt"]).done();
    let lines: Vec<&str> = out.lines().collect();
    assert!(
        lines[2].starts_with("    3  heading 2  you   Some words that"),
        "{out}"
    );
    assert!(
        lines[3].starts_with("       corrected by you; was taken for "),
        "{out}"
    );
}

#[test]
fn standard_input_is_corrected_too() {
    let home = Home::new();
    let text = "A title\n\nSome words.\n\nMore words of the kind.\n";
    home.run_on(text, &["outline", "-", "--heading", "3"])
        .done();
    let out = home.run_on(text, &["outline", "--json", "-"]).done();
    assert_eq!(json(&out)["sections"][0]["title"], "Some words.");
}

#[test]
fn what_cannot_be_said_is_told_and_nothing_is_saved() {
    let home = with_dunes();
    let check = |arguments: &[&str], told: &str| {
        let arguments = [&["outline", FILE], arguments].concat();
        home.run(&arguments)
            .check(2, "", &format!("liseuse: {told}\n"));
    };
    check(
        &["--title", "6"],
        "no paragraph begins on line 6 of `news/dunes.md`; the nearest begins on line 5",
    );
    check(
        &["--title", "7", "--noise", "7"],
        "line 7 cannot be two things at once",
    );
    let misused = |arguments: &[&str], told: &str| {
        let ran = home.run(&[&["outline", FILE], arguments].concat());
        assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{}", ran.err);
        assert!(ran.err.contains(told), "{}", ran.err);
    };
    misused(&["--heading", "7:9"], "a level is a number from 1 to 6");
    misused(&["--heading", "x"], "a line is a number");
    misused(&["--heading", "7:"], "a level is a number from 1 to 6");
    misused(&["--corrections", "--explain"], "cannot be used with");
    home.run(&["outline", "--corrections", FILE])
        .check(1, "", "");
    home.run(&["outline", "no.txt", "--title", "1"]).check(
        2,
        "",
        "liseuse: could not read `no.txt`: no such file\n",
    );
}

#[test]
fn a_journal_that_cannot_be_written_says_why_nothing_is_corrected() {
    let home = with_dunes();
    home.write("state", "a file");
    let ran = home.run(&["--state", "state", "outline", FILE, "--title", "7"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{}", ran.err);
    assert!(
        ran.err.contains("not saved: could not write `"),
        "{}",
        ran.err
    );
}

#[test]
fn a_hostile_journal_corrects_nothing_it_cannot_name() {
    let home = with_dunes();
    home.run(&["--state", "state", "outline", FILE, "--heading", "17"])
        .done();
    let folder = home.path("state");
    let own = fs::read_dir(&folder)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let lines = fs::read_to_string(&own).unwrap();
    let line = lines
        .lines()
        .last()
        .unwrap()
        .replace(r#""machine":""#, r#""machine":"other-"#);
    let hostile = [
        line.replace(r#""block":"#, r#""block":1844674407370955161"#),
        line.replace(r#""exact":""#, "\"exact\":\"\\u001b]0;x\\u0007"),
        line.replace("heading", "poem"),
        line.replace(r#""said":"heading","#, ""),
        line[..line.len() / 2].to_owned(),
    ];
    fs::write(folder.join("other.jsonl"), hostile.join("\n") + "\n").unwrap();
    let ran = home.run(&["--state", "state", "outline", "--corrections", FILE]);
    assert_eq!(ran.code, 0);
    assert!(!ran.out.contains('\u{1b}'), "{:?}", ran.out);
    assert!(
        ran.err.contains("lines of the journal could not be read"),
        "{}",
        ran.err
    );
    let out = home.run(&["--state", "state", "outline", "--json", FILE]);
    assert_eq!(json(&out.out)["sections"].as_array().unwrap().len(), 4);
}
