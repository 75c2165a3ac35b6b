//! Bookmarks out and in: `bookmarks --format`, `--template`, `--words`, and `import`.

use std::fs;

use serde_json::Value;

use super::{bookmark, with_dunes};
use crate::harness::{Home, Ran};

const TEXT: &str = "---\ntitle: The Dunes\nauthor: Ada Lind\ndate: 2020-03-04\nurl: https://a.example/dunes\n---\n\n\
    # The Dunes\n\nSand moves at night, when nobody looks at it, and it never moves back.\n\n\
    ## Wind\n\nThe wind is the only gardener here, and it prunes everything down to the same slope.\n";

/// An article with an address, and two bookmarks in it.
fn with_bookmarks() -> Home {
    let home = with_dunes();
    home.write("news/dunes.md", TEXT);
    bookmark(&home, "the only gardener", "as in the *garden*\nof old");
    bookmark(&home, "Sand moves at night", "");
    home
}

fn run(home: &Home, arguments: &[&str]) -> Ran {
    home.run(&[&["--library", "news"], arguments].concat())
}

fn json(text: &str) -> Value {
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
fn bookmarks_are_chosen_by_words() {
    let home = with_bookmarks();
    let out = run(&home, &["bookmarks", "--words", "GARDEN only"]).done();
    assert!(out.contains("gardener") && !out.contains("Sand"), "{out}");
    run(&home, &["bookmarks", "--words", "garden xyzzy"]).check(1, "", "");
}

#[test]
fn json_tells_the_article_and_the_link() {
    let home = with_bookmarks();
    let by_format = run(&home, &["bookmarks", "--format", "json"]).done();
    assert_eq!(by_format, run(&home, &["bookmarks", "--json"]).done());
    let found = &json(&by_format)[0];
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
    assert!(org.contains("** Wind\n#+begin_quote\nSand moves at night\n#+end_quote\n"));
    let csv = run(&home, &["bookmarks", "--format", "csv"]).done();
    let start =
        "Highlight,Title,Author,URL,Note,Location,Date,Section,Link,Path,Id,Prefix,Suffix\r\n";
    assert!(csv.starts_with(start), "{csv}");
    assert!(csv.contains("the only gardener,The Dunes,Ada Lind,https://a.example/dunes,\"as in the *garden*\nof old\","));
}

/// What the model says that annotations MUST have.
#[track_caller]
fn is_an_annotation(annotation: &Value) {
    let is_iri = |value: &Value| value.as_str().is_some_and(|iri| iri.contains(':'));
    // 3.1: exactly one id, the class Annotation, one or more targets
    assert!(is_iri(&annotation["id"]), "{annotation}");
    assert_eq!(annotation["type"], "Annotation");
    assert!(["commenting", "highlighting"].contains(&annotation["motivation"].as_str().unwrap()));
    // 3.3.1: xsd:dateTime in UTC, written with Z
    let created = annotation["created"].as_str().unwrap();
    assert!(created.ends_with('Z') && created.contains('T'), "{created}");
    // 3.2.4: exactly one value of a textual body
    for body in annotation["body"].as_array().into_iter().flatten() {
        assert_eq!(body["type"], "TextualBody");
        assert!(body["value"].is_string() && body["purpose"].is_string());
    }
    // 4: exactly one source of a specific resource; 4.2: a class for each selector
    let target = &annotation["target"];
    assert_eq!(target["type"], "SpecificResource");
    assert!(is_iri(&target["source"]["id"]));
    for selector in target["selector"].as_array().unwrap() {
        match selector["type"].as_str().unwrap() {
            // 4.2.4: exactly one exact, not more than one prefix and suffix
            "TextQuoteSelector" => {
                assert!(
                    ["exact", "prefix", "suffix"]
                        .iter()
                        .all(|it| selector[*it].is_string())
                );
            }
            // 4.2.5: exactly one start and end, not negative
            "TextPositionSelector" => {
                let (start, end) = (selector["start"].as_u64(), selector["end"].as_u64());
                assert!(start.unwrap() < end.unwrap());
            }
            other => panic!("{other}"),
        }
    }
}

#[test]
fn jsonld_has_what_the_model_demands() {
    let home = with_bookmarks();
    let out = run(&home, &["bookmarks", "--format", "jsonld"]).done();
    let collection = json(&out);
    assert_eq!(
        collection["@context"][0],
        "http://www.w3.org/ns/anno.jsonld"
    );
    assert_eq!(collection["type"], "AnnotationCollection");
    assert_eq!(collection["total"], 2);
    let page = &collection["first"];
    assert_eq!(
        (&page["type"], &page["startIndex"]),
        (&"AnnotationPage".into(), &0.into())
    );
    let items = page["items"].as_array().unwrap();
    items.iter().for_each(is_an_annotation);
    let with_note = items.iter().find(|it| it["body"].is_array()).unwrap();
    assert_eq!(with_note["motivation"], "commenting");
    assert_eq!(
        with_note["target"]["source"]["id"],
        "https://a.example/dunes"
    );
    assert_eq!(with_note["target"]["selector"][1]["start"], 98);
    let empty = json(&with_dunes().run(&["bookmarks", "--format", "jsonld"]).out);
    assert_eq!(
        (&empty["total"], &empty["first"]),
        (&0.into(), &Value::Null)
    );
}

/// The same article and nothing else.
fn elsewhere() -> Home {
    let home = Home::new();
    home.write("news/dunes.md", TEXT);
    home
}

#[test]
fn what_goes_out_comes_back_once() {
    let home = with_bookmarks();
    for format in ["jsonld", "csv"] {
        let out = run(&home, &["bookmarks", "--format", format]).done();
        let other = elsewhere();
        other.write("out", &out);
        let told = run(&other, &["import", "--dry-run", "out"]).done();
        assert!(
            told.ends_with("2 would be taken in, 0 here already, 0 not taken in\n"),
            "{told}"
        );
        run(&other, &["bookmarks"]).check(1, "", "");
        let told = run(&other, &["import", "out"]).done();
        assert!(told.starts_with("new   The Dunes: “"), "{told}");
        assert!(
            told.ends_with("\n2 taken in, 0 here already, 0 not taken in\n"),
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
        let told = "0 taken in, 2 here already, 0 not taken in\n";
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
    let again = run(&other, &["bookmarks", "--words", "sand"]).done();
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
    let found = &json(&run(&home, &["bookmarks", "--json"]).done())[0];
    assert_eq!(found["note"], "why?\n#sea #salt");
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
