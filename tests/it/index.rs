//! The index, and searches, as the command line has them.

use std::fs;

use crate::harness::Home;

/// A home with three articles in its library.
fn home() -> Home {
    let home = Home::new();
    let library = ".local/share/liseuse/articles";
    let write = |name: &str, text: &str| home.write(&format!("{library}/{name}"), text);
    write(
        "ferry.md",
        "# The Ferry\n\nIt left at noon.\n\n## Oranges\n\nA crate of oranges fell into the harbour.\n",
    );
    write(
        "fruit/orange.txt",
        "Fruit\n\nOranges are told of here as well as there.\n",
    );
    write("t\u{f4}kyo.txt", "東京\n\n東京タワーに登ると海が見える。\n");
    home
}

const INDEX: &str = ".cache/liseuse/index.db";

#[test]
fn a_search_prints_articles_with_their_hits() {
    let out = home().run(&["search", "crate", "harbour"]).done();
    assert_eq!(
        out,
        "The Ferry  (~/.local/share/liseuse/articles/ferry.md)\n    \
         Oranges: A crate of oranges fell into the harbour.\n"
    );
    assert!(home().run(&["search", "タワー"]).done().contains("東京"));
    home().run(&["search", "narwhal"]).check(1, "", "");
}

#[test]
fn a_search_prints_json() {
    let out = home().run(&["search", "--json", "crate OR tower"]).done();
    let hits: serde_json::Value = serde_json::from_str(&out).unwrap();
    let hit = &hits[0];
    assert_eq!(
        (&hit["section"], &hit["block"]),
        (&"Oranges".into(), &3.into())
    );
    let (text, at) = (hit["text"].as_str().unwrap(), &hit["hits"][0]);
    let number = |n: usize| usize::try_from(at[n].as_u64().unwrap()).unwrap();
    assert_eq!(&text[number(0)..number(1)], "crate");
}

#[test]
fn a_mistake_in_a_query_is_pointed_at() {
    home().run(&["search", "crate titel:x"]).check(
        2,
        "",
        "liseuse: no field `titel`; did you mean `title`?\n  crate titel:x\n        ^^^^^\n",
    );
}

#[test]
fn new_articles_are_found_unless_only_the_index_is_to_be_asked() {
    let home = home();
    home.run(&["search", "--quick", "crate"]).check(
        2,
        "",
        "liseuse: there is no index to search\n",
    );
    home.run(&["index"])
        .check(0, "3 articles read, 0 were known\n", "");
    home.write(
        ".local/share/liseuse/articles/new.txt",
        "New\n\nA narwhal.\n",
    );
    home.run(&["search", "--quick", "narwhal"]).check(1, "", "");
    assert!(home.run(&["search", "narwhal"]).done().contains("New"));
}

#[test]
fn the_index_tells_what_it_holds_and_whether_it_is_whole() {
    let home = home();
    home.run(&["index", "--status"]).check(
        1,
        "there is no index at `~/.cache/liseuse/index.db` yet\n",
        "",
    );
    home.run(&["index", "--check"])
        .check(1, "there is no index yet\n", "");
    home.run(&["index"]).done();
    let status = home.run(&["index", "--status"]).done();
    assert!(
        status.contains("articles  3\n") && status.contains("version   1\n"),
        "{status}"
    );
    home.run(&["index", "--check"])
        .check(0, "the index is whole\n", "");
    fs::write(home.path(INDEX), "no database").unwrap();
    let damaged = home.run(&["index", "--check"]);
    assert_eq!(damaged.code, 2);
    assert!(damaged.err.contains("--rebuild"), "{}", damaged.err);
    let status = home.run(&["index", "--status"]);
    assert_eq!(status.code, 2);
    assert_eq!(status.err.matches("damaged").count(), 1, "{}", status.err);
    home.run(&["index", "--rebuild"])
        .check(0, "3 articles read, 0 were known\n", "");
    home.run(&["index", "--check"])
        .check(0, "the index is whole\n", "");
    let aside = fs::read(home.path(".cache/liseuse/index.db.damaged-1")).unwrap();
    assert_eq!(aside, b"no database");
}

#[test]
fn whatever_is_in_the_place_of_the_index_the_list_is_whole() {
    // those of one moment are in the order in which they were written
    let sorted = |list: &str| {
        let mut lines: Vec<String> = list.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let list = sorted(&home().run(&["list"]).done());
    let header = |version: u32| {
        let mut bytes = vec![0; 4096];
        bytes[..16].copy_from_slice(b"SQLite format 3\0");
        bytes[16..18].copy_from_slice(&4096_u16.to_be_bytes());
        bytes[60..64].copy_from_slice(&version.to_be_bytes());
        bytes[68..72].copy_from_slice(&0x4C49_5345_u32.to_be_bytes());
        bytes
    };
    for (bytes, why) in [
        (vec![0; 9000], "was damaged and is made anew"),
        (b"random".repeat(1000), "was damaged and is made anew"),
        (header(1), "was damaged and is made anew"),
        (header(99), "written by a newer liseuse; going on without"),
    ] {
        let home = home();
        home.write(INDEX, &bytes);
        let ran = home.run(&["list"]);
        assert_eq!(
            (ran.code, sorted(&ran.out)),
            (0, list.clone()),
            "{}",
            ran.err
        );
        assert!(
            ran.err.contains(why) && ran.err.lines().count() == 1,
            "{}",
            ran.err
        );
        if why.contains("newer") {
            assert!(fs::read(home.path(INDEX)).unwrap() == bytes);
            assert_eq!(
                fs::read_dir(home.path(".cache/liseuse")).unwrap().count(),
                1
            );
        }
    }
}

#[test]
fn the_index_lies_where_it_is_asked_for() {
    let home = home();
    home.run(&["list", "--index", "here/i.db"]).done();
    assert!(home.path("here/i.db").is_file());
    let mut command = home.command(&["list"]);
    command.env("LISEUSE_INDEX", home.path("there.db"));
    assert!(command.output().unwrap().status.success());
    assert!(home.path("there.db").is_file());
    assert!(!home.path(INDEX).exists());
}
