//! The command line: exact text, each command, each error.

use std::fs;
use std::io::Read;
use std::process::{Command, Stdio};

use liseuse::library::{Folders, Library};
use liseuse::model::article::{Bookmark, BookmarkId};
use liseuse::model::document::Position;
use liseuse::model::quote::Quote;
use liseuse::model::state::{Change, Fact};
use serde_json::Value;

use crate::harness::{Home, fixture};

const DUNES: &str = "The Dunes\n\nBy Ada Lind\n\nSand moves at night, when nobody looks at it, and it never moves back.\n\n\
    # Wind\n\nThe wind is the only gardener here, and it prunes everything down to the same slope.\n\n\
    ## Grass\n\nGrass holds on with roots longer than any tree in the village.\n\n\
    # Sea\n\nBehind the last dune lies the sea, which has always been patient.\n";

mod annotations;
mod changes;
mod corrections;
mod exports;
mod journal;
mod links;
mod list;

fn with_dunes() -> Home {
    let home = Home::new();
    home.write("news/dunes.md", DUNES.replace("The Dunes", "# The Dunes"));
    home
}

#[test]
fn show_wraps_an_article() {
    let home = with_dunes();
    let out = home.run(&["show", "news/dunes.md", "--width", "40"]).done();
    assert!(out.starts_with("The Dunes\nBy Ada Lind\n\nSand"), "{out}");
    assert!(out.contains("\nThe wind is the only gardener here, and\nit prunes everything down to the same\nslope.\n"), "{out}");
    assert!(out.ends_with("patient.\n"));
    assert!(!out.contains('\u{1b}') && !out.contains(" \n"));
}

#[test]
fn show_prints_one_section_with_those_under_it() {
    let home = with_dunes();
    let out = home
        .run(&["show", "news/dunes.md", "--section", "1"])
        .done();
    assert!(
        out.starts_with("Wind\n") && out.contains("\nGrass\n") && !out.contains("Sea"),
        "{out}"
    );
    let out = home
        .run(&["show", "news/dunes.md", "--section", "0"])
        .done();
    assert!(out.contains("Sand moves") && !out.contains("Wind"), "{out}");
    let told = "liseuse: no section 9 in `news/dunes.md`; the last is 3\n";
    home.run(&["show", "news/dunes.md", "--section", "9"])
        .check(1, "", told);
}

#[test]
fn show_colours_when_it_is_asked_to() {
    let home = with_dunes();
    let coloured = home
        .run(&["show", "news/dunes.md", "--color", "always"])
        .done();
    assert!(
        coloured.contains("\u{1b}[1;36mWind\u{1b}[0m\n"),
        "{coloured:?}"
    );
    let plain = home
        .run(&["show", "news/dunes.md", "--color", "never"])
        .done();
    assert_eq!(home.run(&["show", "news/dunes.md"]).done(), plain);
}

#[test]
fn show_reads_standard_input() {
    let home = Home::new();
    let out = home
        .run_on(
            "A title\n\nSome words on the standard input.\n",
            &["show", "-"],
        )
        .done();
    assert_eq!(out, "A title\n\nSome words on the standard input.\n");
}

#[test]
fn show_lets_nothing_of_an_article_act_on_the_terminal() {
    let home = Home::new();
    let escapes = fixture("escapes.txt");
    let out = home.run(&["show", escapes.to_str().unwrap()]).done();
    assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{out:?}");
    home.write("plain.txt", "Title\n\nred \u{1b}[31m text\n");
    assert!(
        home.run(&["show", "plain.txt"])
            .done()
            .contains("red ␛[31m text")
    );
}

#[test]
fn what_cannot_be_read_is_told_in_one_line() {
    let home = Home::new();
    home.run(&["show", "no.txt"])
        .check(2, "", "liseuse: could not read `no.txt`: no such file\n");
    home.write("folder/a.txt", "a");
    let ran = home.run(&["outline", "folder"]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{}", ran.err);
    let ran = home.run(&["show", "a\u{1b}[31mb\nc.txt"]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{}", ran.err);
    assert!(!ran.err.contains('\u{1b}'), "{:?}", ran.err);
}

#[test]
fn what_is_no_text_is_refused_and_latin_1_is_read() {
    let home = Home::new();
    home.write(
        "a.png",
        [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 500]].concat(),
    );
    let told = "liseuse: could not show `a.png`: it is a picture\n";
    home.run(&["show", "a.png"]).check(2, "", told);
    home.run(&["outline", "a.png"]).check(2, "", told);
    home.write("old.txt", b"Le caf\xe9 \x97 ferm\xe9.\n");
    home.run(&["show", "old.txt"])
        .check(0, "Le café — fermé.\n", "");
    home.write("nul.txt", b"A \0 and no more.\n");
    home.run(&["show", "nul.txt"])
        .check(0, "A ␀ and no more.\n", "");
}

#[test]
fn nothing_in_a_file_is_nothing_found() {
    let home = Home::new();
    home.write("empty.txt", "");
    let told = "liseuse: there is nothing to read in `empty.txt`\n";
    home.run(&["show", "empty.txt"]).check(1, "", told);
}

#[test]
fn what_is_no_article_in_a_folder_is_told_and_the_others_are_listed() {
    let home = Home::new();
    home.write("news/good.txt", "Some words.\n");
    home.write("news/bad.txt", [0; 1000]);
    let pipe = home.path("news/pipe.txt");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let ran = home.run(&["list", "news"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1), "{}", ran.out);
    assert!(
        ran.err
            .contains("left out `news/pipe.txt`: not a regular file"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("left out `news/bad.txt`: it is no text"),
        "{}",
        ran.err
    );
}

#[test]
fn the_outline_of_the_seeds_twin_is_found() {
    let home = Home::new();
    let out = home
        .run(&[
            "outline",
            fixture("seed-twin.txt").to_str().unwrap(),
            "--json",
        ])
        .done();
    let outline: Value = serde_json::from_str(&out).unwrap();
    let titles = outline["sections"].as_array().unwrap().iter();
    let titles: Vec<(&str, u64, u64)> = titles
        .map(|s| {
            (
                s["title"].as_str().unwrap(),
                s["level"].as_u64().unwrap(),
                s["line"].as_u64().unwrap(),
            )
        })
        .collect();
    let expected = [
        ("Partage des Nuits et des Coupoles", 1, 5),
        ("Lumières et Silence des Vallées", 1, 9),
        ("Renouvellement des Instruments et Soirées Publiques", 1, 12),
    ];
    assert_eq!(titles, expected);
    assert_eq!(outline["language"], "fr");
    assert!(
        outline["title"]
            .as_str()
            .unwrap()
            .starts_with("Deux observatoires des Alpes")
    );
}

#[test]
fn outline_json_has_exactly_these_keys() {
    let home = with_dunes();
    let out = home.run(&["outline", "news/dunes.md", "--json"]).done();
    let outline: Value = serde_json::from_str(&out).unwrap();
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(&outline), ["language", "sections", "title"]);
    assert_eq!(
        keys(&outline["sections"][0]),
        ["level", "line", "title", "words"]
    );
    assert!(
        out.starts_with("{\n  \"title\": \"The Dunes\",\n  \"language\": "),
        "{out}"
    );
    assert_eq!(outline["sections"][2]["words"], 12);
}

#[test]
fn outline_shows_the_sections_with_their_numbers() {
    let home = with_dunes();
    let out = home.run(&["outline", "news/dunes.md"]).done();
    let lines: Vec<&str> = out.lines().map(str::trim_start).collect();
    assert_eq!(lines.len(), 4, "{out}");
    assert!(
        lines[0].starts_with("0  line    1") && lines[0].ends_with("  The Dunes"),
        "{out}"
    );
    assert!(lines[2].ends_with("    Grass"), "{out}");
}

#[test]
fn list_shows_articles_with_what_was_read_of_them() {
    let home = with_dunes();
    home.write("news/sea.txt", "The Sea\n\nIt is there.\n");
    home.write(".config/liseuse/config.toml", "library.sort = 'title'");
    let out = home.run(&["list", "news"]).done();
    assert_eq!(
        out,
        "unread        1 min  en  The Dunes  (news/dunes.md)\nunread        1 min      The Sea  (news/sea.txt)\n"
    );
    assert_eq!(home.run(&["mark", "read", "news/sea.txt"]).done(), "");
    let out = home.run(&["list", "--json", "news"]).done();
    let list: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (&list[0]["state"], &list[1]["state"]),
        (&"unread".into(), &"read".into())
    );
    assert_eq!(
        (&list[0]["percent"], &list[1]["percent"]),
        (&0.into(), &100.into())
    );
    let keys: Vec<_> = list[0].as_object().unwrap().keys().cloned().collect();
    let expected = [
        "author",
        "bookmarks",
        "folder",
        "id",
        "language",
        "minutes",
        "missing",
        "modified",
        "path",
        "percent",
        "state",
        "title",
    ];
    assert_eq!(keys, expected);
}

#[test]
fn list_tells_what_is_missing_and_goes_on() {
    let home = with_dunes();
    let ran = home.run(&["list", "news", "./nowhere"]);
    assert_eq!((ran.code, ran.out.lines().count()), (2, 1));
    assert_eq!(
        ran.err,
        "liseuse: could not read `./nowhere`: no such file\n"
    );
    fs::create_dir(home.path("empty")).unwrap();
    home.run(&["list", "empty"]).check(1, "", "");
    home.run(&["list", "empty", "--json"]).check(1, "[]\n", "");
}

#[test]
fn the_first_list_of_the_library_has_the_samples() {
    let home = Home::new();
    let out = home.run(&["list"]).done();
    assert!(out.contains("Welcome to liseuse"), "{out}");
    assert!(
        home.path(".local/share/liseuse/articles/welcome.md")
            .is_file()
    );
}

#[test]
fn the_folders_are_those_of_flags_before_variables_before_the_configuration() {
    let home = Home::new();
    for name in ["flag", "variable", "configured"] {
        home.write(
            &format!("{name}/a.txt"),
            format!("Title {name}\n\nWords.\n"),
        );
    }
    home.write(
        ".config/liseuse/config.toml",
        "[library]\nfolder = '~/configured'\n",
    );
    assert!(home.run(&["list"]).done().contains("Title configured"));
    let by_variable = home
        .command(&["list"])
        .env("LISEUSE_LIBRARY", home.path("variable"))
        .output()
        .unwrap();
    assert!(
        String::from_utf8(by_variable.stdout)
            .unwrap()
            .contains("Title variable")
    );
    let mut command = home.command(&["list", "--library", "flag"]);
    let by_flag = command
        .env("LISEUSE_LIBRARY", home.path("variable"))
        .output()
        .unwrap();
    assert!(
        String::from_utf8(by_flag.stdout)
            .unwrap()
            .contains("Title flag")
    );
    assert_eq!(
        home.run(&["mark", "read", "flag/a.txt", "--state", "journal"])
            .done(),
        ""
    );
    assert_eq!(fs::read_dir(home.path("journal")).unwrap().count(), 1);
}

#[test]
fn mark_finds_articles_by_file_and_by_title_and_goes_on_past_a_wrong_one() {
    let home = Home::new();
    home.write("news/dunes.txt", "The Dunes\n\nSand.\n");
    home.write("news/sea.txt", "The Sea\n\nWater.\n");
    let mark = |arguments: &[&str]| home.run(&[&["--library", "news", "mark"], arguments].concat());
    let states = || {
        let out = home.run(&["--library", "news", "list", "--json"]).done();
        let list: Value = serde_json::from_str(&out).unwrap();
        let mut states: Vec<(String, String)> = Vec::new();
        for article in list.as_array().unwrap() {
            let text = |key: &str| article[key].as_str().unwrap().to_owned();
            states.push((text("title"), text("state")));
        }
        states.sort();
        states
            .into_iter()
            .map(|(_, state)| state)
            .collect::<Vec<_>>()
    };
    mark(&["read", "the dunes"]).check(0, "", "");
    assert_eq!(states(), ["read", "unread"]);
    mark(&["read", "dune", "sea"]).check(
        2,
        "",
        "liseuse: no article `dune`; did you mean `dunes`?\n",
    );
    assert_eq!(states(), ["read", "read"]);
    mark(&["unread", "news/dunes.txt"]).check(0, "", "");
    assert_eq!(states(), ["unread", "read"]);
}

#[test]
fn bookmarks_of_an_empty_journal_are_none() {
    let home = with_dunes();
    home.run(&["bookmarks"]).check(1, "", "");
    home.run(&["bookmarks", "--json"]).check(1, "[]\n", "");
    home.run(&["bookmarks", "news/dunes.md"]).check(1, "", "");
    let ran = home.run(&["bookmarks", "xyzzy"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("liseuse: no article `xyzzy`"),
        "{}",
        ran.err
    );
}

/// The library of a home, as the program opens it on the terminal.
fn library(home: &Home) -> Library {
    let folders = Folders {
        library: home.path("news"),
        state: home.path(".local/state/liseuse/journal"),
        index: home.path(".cache/liseuse/index.db"),
    };
    Library::open(Vec::new(), folders)
}

/// Bookmarks a stretch of `news/dunes.md`, as the program does it on the terminal.
fn bookmark(home: &Home, words: &str, note: &str) {
    keep(home, words, |plain| Bookmark {
        section: "Wind".to_owned(),
        note: note.to_owned(),
        letter: Some('w'),
        ..plain
    });
}

/// Keeps a bookmark that is made of a plain one of these words of `news/dunes.md`.
fn keep(home: &Home, words: &str, made: impl FnOnce(Bookmark) -> Bookmark) {
    let library = library(home);
    let (article, document, _, _) = library.read(&home.path("news/dunes.md")).unwrap();
    let found = document
        .blocks()
        .iter()
        .enumerate()
        .find_map(|(i, b)| Some((i, b.text.find(words)?)));
    let (block, offset) = found.unwrap();
    let from = Position { block, offset };
    let to = Position {
        block,
        offset: offset + words.len(),
    };
    let id = BookmarkId(words.to_owned());
    let plain = Bookmark::plain(id, Quote::take(&document, from..to), 1_700_000_000_000);
    let change = Change {
        does: vec![(article.id, Fact::Bookmark(made(plain)))],
        undoes: Vec::new(),
        words: String::new(),
    };
    library.save(&change).unwrap();
}

#[test]
fn bookmarks_are_shown_with_article_section_words_and_note() {
    let home = with_dunes();
    bookmark(&home, "the only gardener", "as in the garden\n\n- and here");
    let run = |arguments: &[&str]| {
        home.run(&[&["--library", "news", "bookmarks"], arguments].concat())
            .done()
    };
    let shown =
        "'w  The Dunes · Wind\n    “the only gardener”\n    as in the garden\n\n    - and here\n";
    assert_eq!(run(&[]), shown);
    assert_eq!(run(&["the dunes"]), shown);
    assert_eq!(run(&["news/dunes.md"]), shown);
    let bookmarks: Value = serde_json::from_str(&run(&["--json"])).unwrap();
    let found = &bookmarks[0];
    let keys: Vec<_> = found.as_object().unwrap().keys().cloned().collect();
    let expected = "above added article id kind kind_number letter link loose note prefix section state suffix tags text";
    assert_eq!(keys.join(" "), expected);
    assert_eq!(found["article"]["title"], "The Dunes");
    assert_eq!(
        (&found["text"], &found["letter"]),
        (&"the only gardener".into(), &"w".into())
    );
    assert!(found["prefix"].as_str().unwrap().ends_with("The wind is "));
    let list: Value = serde_json::from_str(&home.run(&["list", "news", "--json"]).done()).unwrap();
    assert_eq!(list[0]["bookmarks"], 1);
}

#[test]
fn config_check_tells_every_mistake() {
    let home = Home::new();
    let told = "there is no `~/.config/liseuse/config.toml`; the built-in settings are in force\n";
    home.run(&["config", "check"]).check(0, told, "");
    home.write(".config/liseuse/config.toml", "[look]\nascii = true\n");
    home.run(&["config", "check"])
        .check(0, "`~/.config/liseuse/config.toml` is right\n", "");
    home.write("c.toml", "[look]\nascii = 1\n[keys.text]\nx = 'dance'\n");
    let told = "c.toml:2:9: `ascii` must be true or false, not 1\n\
        c.toml:4:5: no action `dance`; the palette (`:`) shows them all\n";
    home.run(&["--config", "c.toml", "config", "check"])
        .check(2, told, "");
    let told = "liseuse: could not read `d.toml`: no such file\n";
    home.run(&["config", "check", "--config", "d.toml"])
        .check(2, "", told);
}

#[test]
fn commands_go_on_in_spite_of_mistakes_in_the_configuration() {
    let home = with_dunes();
    home.write("c.toml", "[look]\nascii = 1\n");
    let ran = home.run(&["--config", "c.toml", "list", "news"]);
    assert_eq!((ran.code, ran.out.lines().count()), (0, 1));
    assert_eq!(
        ran.err,
        "liseuse: c.toml:2:9: `ascii` must be true or false, not 1\n"
    );
}

#[test]
fn config_default_and_path_are_printed() {
    let home = Home::new();
    assert_eq!(
        home.run(&["config", "default"]).done(),
        include_str!("../../config.toml")
    );
    assert_eq!(
        home.run(&["config", "path"]).done(),
        "~/.config/liseuse/config.toml\n"
    );
    assert_eq!(
        home.run(&["config", "path", "--config", "x.toml"]).done(),
        "x.toml\n"
    );
}

#[test]
fn keys_print_what_can_be_pasted() {
    let home = Home::new();
    home.write("c.toml", "[keys.text]\nx = 'zen'\n");
    let keys = home.run(&["--config", "c.toml", "keys"]).done();
    assert!(
        keys.starts_with("[keys]\npreset = \"vim\"\n\n[keys.everywhere]\n\"?\" = \"help\"\n"),
        "{keys}"
    );
    assert!(keys.contains("\n\"x\" = \"zen\"\n"));
    home.write("d.toml", &keys);
    assert_eq!(home.run(&["--config", "d.toml", "keys"]).done(), keys);
}

#[test]
fn completions_and_the_manual_are_printed() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = home.run(&["completions", shell]).done();
        assert!(
            script.contains("outline") && script.contains("--library") || shell == "fish",
            "{script}"
        );
    }
    let manual = home.run(&["man"]).done();
    for words in [
        ".SH COMMANDS",
        "liseuse outline",
        "LISEUSE_STATE",
        ".SH KEYS",
        "\\-\\-width",
    ] {
        assert!(manual.contains(words), "{words}");
    }
}

#[test]
fn misuse_is_told_in_one_line() {
    let home = Home::new();
    let misused = |arguments: &[&str], told: &str| {
        home.run(arguments).check(
            2,
            "",
            &format!("liseuse: {told}; `liseuse --help` tells how\n"),
        );
    };
    misused(
        &["--colour"],
        "unexpected argument '--colour' found; tip: to pass '--colour' as a value, use '-- --colour'",
    );
    misused(
        &["show"],
        "the following required arguments were not provided: <FILE>",
    );
    misused(
        &["mark", "seen", "x"],
        "invalid value 'seen' for '<STATE>' [possible values: read, unread]",
    );
    misused(
        &["config"],
        "'liseuse config' requires a subcommand but one was not provided [subcommands: check, default, path]",
    );
    misused(
        &["show", "x", "--width", "0"],
        "invalid value '0' for '--width <COLUMNS>': 0 is not in 1..=1000",
    );
}

#[test]
fn help_and_version_go_to_standard_output() {
    let home = Home::new();
    assert_eq!(
        home.run(&["--version"]).done(),
        format!("liseuse {}\n", env!("CARGO_PKG_VERSION"))
    );
    let help = home.run(&["--help"]).done();
    assert!(
        help.contains("Usage: liseuse [OPTIONS] [PATH]...\n") && help.contains("\n  show "),
        "{help}"
    );
    assert!(
        home.run(&["list", "--help"])
            .done()
            .contains("how far you are")
    );
}

#[test]
fn without_a_terminal_the_program_says_so() {
    let home = with_dunes();
    let told =
        "liseuse: standard output is not a terminal; `liseuse show FILE` prints an article\n";
    home.run(&[]).check(2, "", told);
    home.run(&["news/dunes.md"]).check(2, "", told);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let home = Home::new();
    home.write(
        "long.txt",
        "Some words and more of them.\n\n".repeat(20_000),
    );
    let mut command = home.command(&["show", "long.txt"]);
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut head = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut head).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn outline_says_why_no_headings_are_shown() {
    let home = Home::new();
    let body = "It is because it was so before, which is a reason as good as any other, and short.";
    let asked = (1..=12).map(|i| format!("{i}. Why is it so again?\n\n{body}\n\n"));
    home.write(
        "a.txt",
        format!("A title of some words\n\n{}", asked.collect::<String>()),
    );
    let why = "no headings shown: 12 of 25 lines look like headings\n";
    assert_eq!(
        home.run(&["outline", "a.txt"]).err,
        format!("liseuse: {why}")
    );
    assert!(
        home.run(&["outline", "--explain", "a.txt"])
            .out
            .starts_with(why)
    );
}

#[test]
fn outline_tells_its_reasons_and_the_stretches_when_asked() {
    let home = Home::new();
    let heading = "A lamp on the quay";
    let body = "It had stood there since the harbour was built, and nobody remembered who had lit it last. \
                The keeper came by once a week, looked at it and went home again.";
    let text =
        format!("The harbour at night\n\n{body}\n\n{body}\n\n{heading}\n\n{body}\n\n{body}\n");
    home.write("quay.txt", &text);
    let out = home.run(&["outline", "quay.txt", "--explain"]).done();
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("    1  title"), "{out}");
    assert!(out.contains("    7  heading 1"), "{out}");
    assert_eq!(lines.len(), 12, "two lines for each block: {out}");
    let out = home.run(&["outline", "quay.txt", "--json", "--all"]).done();
    let outline: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(outline["sections"][0]["kind"], "opening");
    assert_eq!(outline["sections"][1]["kind"], "heading");
    assert_eq!(outline["sections"][1]["title"], heading);
}

#[test]
fn show_brings_back_what_is_folded_away() {
    let home = Home::new();
    let twin = include_str!("fixtures/seed-twin.txt");
    home.write("twin.txt", twin);
    let shown = home.run(&["show", "twin.txt"]).done();
    assert!(!shown.contains("Table of Contents"));
    let all = home.run(&["show", "twin.txt", "--all"]).done();
    assert!(all.starts_with("Table of Contents"), "{all}");
}

const MARKDOWN: &str = "---\ntitle: Boats\nauthor: Jane Roe\ntags: [sea]\n---\n\n## One *boat*\n\nIt went[^a] to [the bay](https://e.org/).\n\n- a\n  1. b\n\n| x | y |\n| --- | --: |\n| 1 | é **2** |\n\n## Two\n\nEnd.\n\n[^a]: Late.\n";

#[test]
fn show_prints_markdown_that_reads_as_the_same_article() {
    let home = Home::new();
    home.write("boats.md", MARKDOWN);
    let out = home
        .run(&["show", "boats.md", "--format", "markdown"])
        .done();
    let expected = "---\ntitle: Boats\nauthor: Jane Roe\ntags: [sea]\n---\n\n# Boats\n\n## One _boat_\n\nIt went[^1] to [the bay](https://e.org/).\n\n- a\n  1. b\n\n| x | y |\n| --- | --: |\n| 1 | é **2** |\n\n## Two\n\nEnd.\n\n[^1]: Late.\n";
    assert_eq!(out, expected);
    home.write("again.md", &out);
    assert_eq!(
        home.run(&["show", "again.md", "--format", "markdown"])
            .done(),
        out
    );
    assert_eq!(
        home.run(&["show", "again.md"]).done(),
        home.run(&["show", "boats.md"]).done()
    );
    let part = home
        .run(&["show", "boats.md", "--format", "markdown", "--section", "2"])
        .done();
    assert!(
        part.ends_with("## Two\n\nEnd.\n\n\\[1] Late.\n") || part.contains("Two\n\nEnd."),
        "{part}"
    );
}

#[test]
fn show_prints_all_that_is_known_as_json() {
    let home = Home::new();
    home.write("boats.md", MARKDOWN);
    let out = home.run(&["show", "boats.md", "--format", "json"]).done();
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["title"], "Boats");
    assert_eq!(json["byline"], "Jane Roe");
    assert_eq!(json["tags"], serde_json::json!(["sea"]));
    assert_eq!(json["sections"][0]["title"], "One boat");
    let kinds: Vec<_> = json["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|b| b["kind"].as_str().unwrap())
        .collect();
    let expected = [
        "title",
        "heading",
        "paragraph",
        "item",
        "item",
        "row",
        "row",
        "heading",
        "paragraph",
        "footnote",
    ];
    assert_eq!(kinds, expected);
    assert_eq!(json["blocks"][1]["level"], 1);
    assert_eq!(
        json["blocks"][1]["marks"][0],
        serde_json::json!({"start": 4, "end": 8, "kind": "emphasis"})
    );
    assert_eq!(json["blocks"][2]["marks"][1]["target"], "https://e.org/");
    assert_eq!(
        json["blocks"][6]["marks"][0],
        serde_json::json!({"start": 4, "end": 5, "kind": "strong"})
    );
    assert_eq!(
        json["tables"],
        serde_json::json!([{"start": 5, "end": 7, "heads": 1, "aligns": ["start", "end"]}])
    );
    let anchors = json["anchors"].as_array().unwrap();
    assert!(anchors.contains(&serde_json::json!({"name": "fnref-1", "block": 2, "start": 7})));
}
