//! `liseuse links`, and what `show` makes of links, tables, quotes and pictures.

use serde_json::Value;

use crate::harness::Home;

const SHORE: &str = "# The Shore

A [page](https://example.org/a b), a [mail](mailto:ida@example.org), a note[^1], [there](#plants),
[another](other.md#deep), a [trap](https://bank.com@аpple.com/) and a [script](javascript:alert(1)).

## Plants

| Plant | Where it grows | Years |
|-------|----------------|------:|
| Sea holly | On dunes and in dry sand near the sea, where little else holds on | 7 |
| Marram | The first [dune](https://dunes.example/) | 130 |

> The wind prunes everything down to the same slope.
>
> > And nobody looks.

![A lamp](img/lamp.png)

[^1]: A note that is long enough to be wrapped where the measure is as narrow as it is here.
";

fn shore() -> Home {
    let home = Home::new();
    home.write("shore.md", SHORE.replace("a b)", "a%20b)"));
    home
}

#[test]
fn links_are_listed_with_what_should_be_known() {
    let home = shore();
    let out = home.run(&["links", "shore.md"]).done();
    let lines: Vec<&str> = out.lines().map(str::trim_start).collect();
    assert_eq!(lines[0], "1  https://example.org/a%20b");
    assert_eq!(lines[1], "2  mailto:ida@example.org");
    assert_eq!(lines[4], "5  other.md#deep");
    assert!(lines[5].starts_with("6  https://xn--pple-43d.com/  (“bank.com” before the @"));
    assert_eq!(
        lines[6],
        "7  javascript:alert(1)  (`javascript:` links are not followed)"
    );
    home.write("none.txt", "Title\n\nNo links here.\n");
    home.run(&["links", "none.txt"]).check(1, "", "");
}

#[test]
fn links_are_listed_as_json() {
    let home = shore();
    let out = home.run(&["links", "shore.md", "--json"]).done();
    let links: Vec<Value> = serde_json::from_str(&out).unwrap();
    let kinds: Vec<_> = links.iter().map(|l| l["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds[..8],
        [
            "web", "mail", "anchor", "anchor", "file", "web", "refused", "web"
        ]
    );
    assert_eq!(links[5]["host"], "xn--pple-43d.com");
    assert_eq!(links[5]["url"], "https://xn--pple-43d.com/");
    assert_eq!(links[6]["url"], Value::Null);
    assert_eq!(links[7]["section"], "Plants");
    assert_eq!(
        (&links[7]["line"], &links[7]["text"]),
        (&11.into(), &"dune".into())
    );
    let image = links.iter().find(|l| l["image"] == true).unwrap();
    assert_eq!(
        (&image["target"], &image["text"]),
        (&"img/lamp.png".into(), &"A lamp".into())
    );
}

#[test]
fn show_sets_tables_quotes_pictures_and_notes() {
    let home = shore();
    let out = home
        .run(&["show", "shore.md", "--width", "50", "--section", "1"])
        .done();
    let expected = "\
Plants

Plant     │ Where it grows                 │ Years
──────────┼────────────────────────────────┼──────
Sea holly │ On dunes and in dry sand near  │     7
          │ the sea, where little else     │
          │ holds on                       │
Marram    │ The first dune                 │   130

│ The wind prunes everything down to the same
│ slope.
│
│ │ And nobody looks.

▣ A lamp  img/lamp.png

[1] A note that is long enough to be wrapped where
    the measure is as narrow as it is here.
";
    assert_eq!(out, expected);
}

#[test]
fn show_numbers_links_and_tells_where_they_lead() {
    let home = shore();
    let out = home
        .run(&["show", "shore.md", "--links", "--section", "1"])
        .done();
    assert!(out.contains("The first dune‹8›"), "{out}");
    assert!(out.contains("\n\n‹8› https://dunes.example/\n"), "{out}");
    assert!(!out.contains("example.org"), "{out}");
    let out = home.run(&["show", "shore.md", "--links"]).done();
    assert!(!out.contains('\u{1b}'), "{out}");
    assert!(out.contains("\n‹1› https://example.org/a%20b\n"), "{out}");
}
