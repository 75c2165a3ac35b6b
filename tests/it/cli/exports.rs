//! Bookmarks out and in: `bookmarks --format`, `--template`, `--query`, and `import`.

use std::fs;

use liseuse::model::article::{Bookmark, Kind};
use serde_json::{Value, json};

use super::{bookmark, keep, with_dunes};
use crate::harness::{Home, Ran};

const TEXT: &str = "---\ntitle: The Dunes\nauthor: Ada Lind\ndate: 2020-03-04\nurl: https://a.example/dunes\n---\n\n\
    # The Dunes\n\nSand moves at night, when nobody looks at it, and it never moves back.\n\n\
    ## Wind\n\nThe wind is the only gardener here, and it prunes everything down to the same slope.\n";

/// An article with an address, and two bookmarks in it.
pub fn with_bookmarks() -> Home {
    let home = with_dunes();
    home.write("news/dunes.md", TEXT);
    bookmark(&home, "the only gardener", "as in the *garden*\nof old");
    bookmark(&home, "Sand moves at night", "");
    home
}

/// A home with two more: a highlight with all that can be said of one, and one that is only kept as a note.
pub fn with_highlights() -> Home {
    let home = with_bookmarks();
    keep(&home, "it never moves back", |plain| Bookmark {
        section: "Wind".into(),
        above: vec!["The Dunes".into(), "North > *East*".into()],
        kind: Kind::new(2),
        tags: vec!["sea".into(), "salt-water".into()],
        note: "ask Ida\n\n  - twice".into(),
        added: plain.added + 1,
        ..plain
    });
    keep(&home, "when nobody", |mut plain| {
        plain.quote.exact = "when everybody".into();
        Bookmark {
            tags: vec!["*odd*".into()],
            is_loose: true,
            added: plain.added + 2,
            ..plain
        }
    });
    home
}

pub fn run(home: &Home, arguments: &[&str]) -> Ran {
    home.run(&[&["--library", "news"], arguments].concat())
}

pub fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn markdown_is_by_article_in_the_order_of_its_text() {
    let home = with_bookmarks();
    let link = "https://a.example/dunes#:~:text=";
    let expected = format!(
        "# The Dunes\n\nAda Lind\n2020-03-04\nhttps://a.example/dunes\n\n\
         > Sand moves at night\n\n*Wind*\n2023-11-14\n{link}Sand%20moves%20at%20night,-%2C%20when%20nobody%20looks\n\n\
         > the only gardener\n\nas in the *garden*\nof old\n\n*Wind*\n2023-11-14\n\
         {link}wind%20is-,the%20only%20gardener,-here%2C%20and%20it%20prunes\n\n"
    );
    assert_eq!(
        run(&home, &["bookmarks", "--format", "markdown"]).done(),
        expected
    );
}

#[test]
fn a_template_tells_what_markdown_looks_like() {
    let home = with_bookmarks();
    home.write(
        "t.md",
        "{title}\n{each}\n- {quote} [{{{letter}}}]\n  {note}\n",
    );
    let with = |file: &str| {
        run(
            &home,
            &["bookmarks", "--format", "markdown", "--template", file],
        )
    };
    assert_eq!(
        with("t.md").done(),
        "The Dunes\n\n- Sand moves at night [{w}]\n\n- the only gardener [{w}]\n  as in the *garden*\n  of old\n\n"
    );
    home.write(
        ".config/liseuse/config.toml",
        "[bookmarks]\ntemplate = \"~/own.md\"\n",
    );
    home.write("own.md", "{quote}\n");
    let own = run(&home, &["bookmarks", "--format", "markdown"]).done();
    assert_eq!(own, "Sand moves at night\n\nthe only gardener\n\n");
    assert!(with("t.md").done().starts_with("The Dunes\n"));
    run(&home, &["bookmarks", "--format", "org"]).done();
    home.write("wrong.md", "ok\n> {quot}\n");
    with("wrong.md").check(
        2,
        "",
        "liseuse: could not use `wrong.md`: 2:3: no placeholder `{quot}`; did you mean `{quote}`?\n",
    );
    with("none.md").check(2, "", "liseuse: could not read `none.md`: no such file\n");
    run(&home, &["bookmarks", "--template", "t.md"]).check(
        2,
        "",
        "liseuse: a template is only for --format markdown\n",
    );
}

#[test]
fn bookmarks_are_asked_for_in_the_query_language() {
    let home = with_highlights();
    let asked = |query: &str| {
        let ran = run(&home, &["bookmarks", "--json", "--query", query]);
        assert!(ran.code < 2 && ran.err.is_empty(), "{query}: {}", ran.err);
        let found = parsed(&ran.out);
        let found = found.as_array().unwrap().iter();
        let found = found.map(|it| it["text"].as_str().unwrap()[..8].to_owned());
        found.collect::<Vec<_>>().join(",")
    };
    assert_eq!(asked("GARDEN only"), "the only");
    assert_eq!(asked("garden xyzzy"), "");
    assert_eq!(asked("kind:question OR tag:*odd*"), "when eve,it never");
    assert_eq!(asked("tag:SEA section:north note:ida"), "it never");
    assert_eq!(
        asked("-kind:quest* -everybody author:lind"),
        "Sand mov,the only"
    );
    assert_eq!(
        asked("-note:ida after:2023-11-14 before:2023-11-15 garden"),
        "the only"
    );
    let everything = run(&home, &["bookmarks"]).done();
    assert_eq!(run(&home, &["bookmarks", "--query", ""]).done(), everything);
    run(&home, &["bookmarks", "dunes", "--query", "xyzzy"]).check(1, "", "");
}

#[test]
fn what_is_wrong_in_a_query_is_shown_and_nothing_is_printed() {
    let home = with_bookmarks();
    let wrong = |query: &str, told: &str| {
        run(&home, &["bookmarks", "--query", query]).check(2, "", &format!("liseuse: {told}\n"));
    };
    wrong(
        "oil kind:blue",
        "no kind `blue`; there are important, question, idea, agree and disagree\n  oil kind:blue\n           ^^^^",
    );
    wrong(
        "tagg:sea",
        "no field `tagg`; did you mean `tag`?\n  tagg:sea\n  ^^^^",
    );
    let own = "[bookmarks]\nkinds = [\"blue\", \"b\", \"c\", \"d\", \"e\"]\n";
    home.write(".config/liseuse/config.toml", own);
    run(&home, &["bookmarks", "--query", "kind:blue"]).check(1, "", "");
    let ran = run(&home, &["bookmarks", "--words", "x"]);
    assert_eq!(ran.code, 2);
}

#[test]
fn kind_tags_and_sections_are_in_every_form() {
    let home = with_highlights();
    let out = |format: &str| run(&home, &["bookmarks", "--format", format]).done();
    let list = run(&home, &["bookmarks"]).done();
    let shown = "The Dunes\n    “when everybody”\n    #*odd* · no longer in the text\n\
        The Dunes · North > *East* › Wind\n    “it never moves back”\n    ? question · #sea #salt-water\n    \
        ask Ida\n\n      - twice\n'w  The Dunes · Wind\n";
    assert!(list.starts_with(shown), "{list}");
    let markdown = out("markdown");
    let shown = "> it never moves back\n\nask Ida\n\n  - twice\n\n? question\n#sea #salt-water\n\
        *North > \\*East\\* › Wind*\n2023-11-14\n";
    assert!(markdown.contains(shown), "{markdown}");
    let shown = "#\\*odd\\*\nno longer in the text\n2023-11-14\n";
    assert!(markdown.contains(shown), "{markdown}");
    let org = out("org");
    let shown = "** North > *East*\n*** Wind\n**** it never moves back :sea:salt_water:\n\
        :PROPERTIES:\n:KIND: question\n:END:\n#+begin_quote\nit never moves back\n";
    assert!(org.contains(shown), "{org}");
    assert!(
        org.contains(
            "\n** when everybody :_odd_:\n:PROPERTIES:\n:LOOSE: no longer in the text\n:END:\n"
        ),
        "{org}"
    );
    let csv = out("csv");
    assert!(
        csv.contains(",\"sea,salt-water\",question,The Dunes > North > *East*,\r\n"),
        "{csv}"
    );
    assert!(csv.contains(",*odd*,,,yes\r\n"), "{csv}");
    let all = parsed(&out("json"));
    let (loose, highlight, plain) = (&all[0], &all[1], &all[2]);
    assert_eq!(
        (&highlight["kind"], &highlight["kind_number"]),
        (&json!("question"), &json!(2))
    );
    assert_eq!(highlight["tags"], json!(["sea", "salt-water"]));
    assert_eq!(highlight["above"], json!(["The Dunes", "North > *East*"]));
    assert_eq!(
        (&highlight["state"], &highlight["loose"]),
        (&json!("in_place"), &json!(false))
    );
    assert_eq!(
        (&loose["state"], &loose["loose"]),
        (&Value::Null, &json!(true))
    );
    assert_eq!((&plain["kind"], &plain["tags"]), (&Value::Null, &json!([])));
}

#[test]
fn json_tells_what_became_of_the_words() {
    let home = with_highlights();
    let check = |expected: &str| {
        let all = parsed(&run(&home, &["bookmarks", "--json"]).out);
        let states = all.as_array().unwrap().iter();
        let states = states.map(|it| it["state"].as_str().unwrap_or("-").to_owned());
        assert_eq!(states.collect::<Vec<_>>().join(" "), expected);
    };
    check("- in_place in_place in_place");
    let text = TEXT.replace("# The Dunes", "# The Dunes\n\nSomething new.");
    let text = text.replace("Sand moves at night", "Nothing stirs");
    home.write(
        "news/dunes.md",
        text.replace("gardener here", "gardner here"),
    );
    check("- moved lost changed");
    fs::remove_file(home.path("news/dunes.md")).unwrap();
    check("- - - -");
}

#[test]
fn json_tells_the_article_and_the_link() {
    let home = with_bookmarks();
    let by_format = run(&home, &["bookmarks", "--format", "json"]).done();
    assert_eq!(by_format, run(&home, &["bookmarks", "--json"]).done());
    let found = &parsed(&by_format)[0];
    let article = &found["article"];
    assert_eq!(article["author"], "Ada Lind");
    assert_eq!(article["date"], "2020-03-04");
    assert_eq!(article["url"], "https://a.example/dunes");
    let link = found["link"].as_str().unwrap();
    assert!(link.contains("#:~:text="), "{link}");
    let ran = run(&home, &["bookmarks", "--json", "--format", "csv"]);
    assert_eq!((ran.code, ran.err.lines().count()), (2, 1), "{}", ran.err);
}

#[test]
fn org_and_csv_have_all_of_it() {
    let home = with_bookmarks();
    let org = run(&home, &["bookmarks", "--format", "org"]).done();
    assert!(org.starts_with("* The Dunes\n:PROPERTIES:\n:AUTHOR: Ada Lind\n"));
    let shown =
        "** Wind\n*** Sand moves at night\n#+begin_quote\nSand moves at night\n#+end_quote\n";
    assert!(org.contains(shown), "{org}");
    let csv = run(&home, &["bookmarks", "--format", "csv"]).done();
    let start = "Highlight,Title,Author,URL,Note,Location,Date,Section,Link,Path,Id,Prefix,Suffix,Tags,Kind,Above,Loose\r\n";
    assert!(csv.starts_with(start), "{csv}");
    assert!(csv.contains("the only gardener,The Dunes,Ada Lind,https://a.example/dunes,\"as in the *garden*\nof old\","));
}

/// The same article and nothing else.
pub fn elsewhere() -> Home {
    let home = Home::new();
    home.write("news/dunes.md", TEXT);
    home
}

#[test]
fn what_goes_out_comes_back_once() {
    let home = with_highlights();
    for format in ["jsonld", "csv"] {
        let out = run(&home, &["bookmarks", "--format", format]).done();
        let other = elsewhere();
        other.write("out", &out);
        let told = run(&other, &["import", "--dry-run", "out"]).done();
        assert!(
            told.ends_with("4 would be taken in, 0 here already, 0 not taken in\n"),
            "{told}"
        );
        run(&other, &["bookmarks"]).check(1, "", "");
        let told = run(&other, &["import", "out"]).done();
        assert!(told.starts_with("new   The Dunes: “"), "{told}");
        assert!(
            told.ends_with("\n4 taken in, 0 here already, 0 not taken in\n"),
            "{told}"
        );
        let again = run(&other, &["bookmarks", "--format", format]).done();
        assert_eq!(again, out, "{format}");
        let journal = || {
            let folder = fs::read_dir(other.path(".local/state/liseuse/journal")).unwrap();
            let files = folder.map(|entry| fs::read(entry.unwrap().path()).unwrap());
            files.collect::<Vec<_>>()
        };
        let before = journal();
        let told = "0 taken in, 4 here already, 0 not taken in\n";
        run(&other, &["import", "out"]).check(0, told, "");
        assert_eq!(journal(), before);
    }
}

#[test]
fn what_the_text_has_lost_is_lost_after_the_import_too() {
    let home = with_bookmarks();
    home.write(
        "news/dunes.md",
        TEXT.replace("Sand moves at night", "Nothing stirs"),
    );
    let out = run(&home, &["bookmarks", "--format", "jsonld"]).done();
    let other = Home::new();
    other.write(
        "news/dunes.md",
        fs::read(home.path("news/dunes.md")).unwrap(),
    );
    other.write("out.json", &out);
    let told = run(&other, &["import", "out.json"]).done();
    assert!(
        told.contains("lost  The Dunes: “Sand moves at night” (taken in; not found in the text)\n"),
        "{told}"
    );
    let again = run(&other, &["bookmarks", "--query", "sand"]).done();
    assert!(again.contains("“Sand moves at night”"));
}

#[test]
fn highlights_of_readwise_find_their_articles() {
    let home = elsewhere();
    home.write(
        "readwise.csv",
        "Highlight,Book Title,Book Author,Note,Tags,Location,Highlighted at\r\n\
         the only gardener,the dunes,Ada Lind,why?,\"sea,salt\",1,2023-11-15 12:00:00+00:00\r\n\
         Words of \u{1b}[31m elsewhere,Another Book,Someone,,,2,\r\n,The Dunes,,,,,\r\n",
    );
    let ran = run(&home, &["import", "readwise.csv"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.out,
        "new   The Dunes: “the only gardener”\n1 taken in, 0 here already, 2 not taken in\n"
    );
    assert_eq!(
        ran.err,
        "liseuse: not taken in: “Words of ␛[31m elsewhere”: Another Book is not here\n\
         liseuse: a passage of The Dunes has no words\n"
    );
    let found = &parsed(&run(&home, &["bookmarks", "--json"]).done())[0];
    assert_eq!(
        (&found["note"], &found["tags"]),
        (&json!("why?"), &json!(["sea", "salt"]))
    );
    assert_eq!(found["added"], 1_700_049_600_000_i64);
    assert!(found["prefix"].as_str().unwrap().ends_with("The wind is "));
    let ran = run(&home, &["import", "readwise.csv"]);
    assert_eq!(ran.out, "0 taken in, 1 here already, 2 not taken in\n");
}

#[test]
fn what_cannot_be_imported_is_told_in_one_line() {
    let home = elsewhere();
    let check = |name: &str, bytes: &[u8], told: &str| {
        home.write(name, bytes);
        let ran = run(&home, &["import", name]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        assert!(ran.err.contains(told), "{}", ran.err);
    };
    check("a", b"", "could not import `a`: there is nothing in it");
    check("b", b"{\"x\": ", "could not import `b`: it is no JSON: ");
    check(
        "c",
        b"x,y\n1,2\n",
        "could not import `c`: its first line names no column `Highlight`",
    );
    check("d", b"\xff\xfe", "could not read `d`: it is no UTF-8");
    run(&home, &["import", "none"]).check(2, "", "liseuse: could not read `none`: no such file\n");
    home.write(
        "none.json",
        "{\"type\":\"AnnotationCollection\",\"total\":0}",
    );
    run(&home, &["import", "none.json"]).check(1, "", "");
}

#[test]
fn nothing_that_goes_out_acts_on_the_terminal() {
    let home = with_dunes();
    let note = "a\u{1b}]0;x\u{7}\u{9b}31m\u{202e}b ".repeat(40_000);
    assert!(note.len() > 512 * 1024);
    bookmark(&home, "the only gardener", &note);
    for format in ["markdown", "json", "jsonld", "org", "csv"] {
        let out = run(&home, &["bookmarks", "--format", format]).done();
        let acts = |c: char| (c.is_control() && c != '\n' && c != '\r') || c == '\u{202e}';
        assert!(!out.contains(acts), "{format}");
        assert!(out.contains("the only gardener"));
    }
}
