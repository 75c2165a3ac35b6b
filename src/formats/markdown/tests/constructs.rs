//! One example or more of each thing that Markdown can say.

use super::*;
use crate::model::document::{Align, Position};

fn link(range: std::ops::Range<usize>, target: &str) -> (std::ops::Range<usize>, Mark) {
    (range, Mark::Link(target.to_owned()))
}

/// Kind, quotes, items around and text of each block.
#[track_caller]
fn check(text: &str, expected: &[(BlockKind, u8, u8, &str)]) {
    let parsed = parse(text).built.blocks.blocks;
    let found: Vec<_> = parsed
        .iter()
        .map(|b| (b.kind, b.within.quotes, b.within.lists, b.text.as_str()))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn an_item_may_hold_anything() {
    let text = "1. one\n\n   more\n\n   ```\n   code\n   ```\n   > quoted\n2. - two\n   - [x] done\n3. [ ] three\n4.\n5. # Four\n";
    check(
        text,
        &[
            (BlockKind::ListItem(0), 0, 0, "1. one"),
            (BlockKind::Paragraph, 0, 1, "more"),
            (BlockKind::Code, 0, 1, "code"),
            (BlockKind::Quote, 1, 1, "quoted"),
            (BlockKind::ListItem(0), 0, 0, "2."),
            (BlockKind::ListItem(1), 0, 0, "• two"),
            (BlockKind::ListItem(1), 0, 0, "[x] done"),
            (BlockKind::ListItem(0), 0, 0, "3. [ ] three"),
            (BlockKind::Heading(1), 0, 0, "5. Four"),
        ],
    );
    check(
        "- ```\n  code\n",
        &[
            (BlockKind::ListItem(0), 0, 0, "•"),
            (BlockKind::Code, 0, 1, "code"),
        ],
    );
}

#[test]
fn quotes_nest_and_hold_no_headings() {
    check(
        "> one\n>\n> > # two\n> > - three\n> > ```\n> > four\n",
        &[
            (BlockKind::Quote, 1, 0, "one"),
            (BlockKind::Quote, 2, 0, "two"),
            (BlockKind::ListItem(0), 2, 0, "• three"),
            (BlockKind::Code, 2, 0, "four"),
        ],
    );
    check(
        "> [!WARNING]\n> Wet paint.\n",
        &[
            (BlockKind::Quote, 1, 0, "Warning"),
            (BlockKind::Quote, 1, 0, "Wet paint."),
        ],
    );
}

#[test]
fn a_table_has_heads_aligns_and_marks_in_its_cells() {
    let document = document_of("text\n\n| a | *b* | c |\n|---|:-:|--:|\n| `x\\|y` | [z](#q) |\n");
    let table = document.table_at(2).unwrap();
    assert_eq!((table.rows.clone(), table.heads), (1..3, 1));
    assert_eq!(table.aligns, [Align::Start, Align::Center, Align::End]);
    let [_, heads, row] = document.blocks() else {
        panic!()
    };
    assert_eq!(
        (heads.text.as_str(), row.text.as_str()),
        ("a\tb\tc", "x|y\tz\t")
    );
    assert_eq!(heads.marks, [(2..3, Mark::Emphasis)]);
    assert_eq!(row.marks, [(0..3, Mark::Code), link(4..5, "#q")]);
    let bare = document_of("|  |  |\n|--|--|\n| a | b |\n");
    assert_eq!(
        (bare.blocks().len(), bare.table_at(0).unwrap().heads),
        (1, 0)
    );
}

#[test]
fn footnotes_come_last_and_lead_there_and_back() {
    let document = document_of(
        "One[^a] and two[^7][^a].\n\n[^7]: Seven.\n[^a]: The *first*.\n\n    More.\n\nEnd.\n",
    );
    let texts: Vec<&str> = document.blocks().iter().map(|b| b.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "One[1] and two[7][1].",
            "End.",
            "[1] The first.",
            "More.",
            "[7] Seven."
        ]
    );
    let [first, _, note, more, _] = document.blocks() else {
        panic!()
    };
    assert_eq!(
        first.marks,
        [
            link(3..6, "#fn-1"),
            link(14..17, "#fn-7"),
            link(17..20, "#fn-1")
        ]
    );
    assert_eq!(
        note.marks,
        [link(0..3, "#fnref-1"), (8..13, Mark::Emphasis)]
    );
    assert_eq!((note.kind, note.line), (BlockKind::Footnote, 4));
    assert_eq!(
        (more.kind, more.within.lists, more.line),
        (BlockKind::Paragraph, 1, 6)
    );
    assert_eq!(document.anchor("fn-1"), Some(Position::start_of(2)));
    assert_eq!(
        document.anchor("fnref-1"),
        Some(Position {
            block: 0,
            offset: 3
        })
    );
    assert_eq!(
        document.anchor("fnref-7"),
        Some(Position {
            block: 0,
            offset: 14
        })
    );
}

#[test]
fn links_of_every_sort_are_links() {
    let text =
        "[a](/x) [b][r] [r] <me@e.org> www.e.org/*x* http://e.org/?a&amp;b\n\n[r]: <y z> 'title'\n";
    let (text, marks) = one(text);
    assert_eq!(text, "a b r me@e.org www.e.org/*x* http://e.org/?a&b");
    let expected = [
        link(0..1, "/x"),
        link(2..3, "y z"),
        link(4..5, "y z"),
        link(6..14, "mailto:me@e.org"),
        link(15..27, "http://www.e.org/*x"),
        link(29..46, "http://e.org/?a&b"),
    ];
    assert_eq!(marks, expected);
    assert_eq!(
        one("`https://e.org` [https://e.org](x)").1,
        [(0..13, Mark::Code), link(14..27, "x")]
    );
    assert_eq!(
        one("*see https://e.org/a_b_c*").1[1],
        link(4..23, "https://e.org/a_b_c")
    );
}

#[test]
fn headings_have_the_names_that_links_use() {
    let document = document_of(
        "# A title!\n\n## Part\n\n## Part\n\n## Named {#own}\n\ntext <a id=\"here\"></a>there\n",
    );
    for (name, block) in [
        ("a-title", 0),
        ("part", 1),
        ("part-1", 2),
        ("own", 3),
        ("named", 3),
        ("here", 4),
    ] {
        assert_eq!(
            document.anchor(name).map(|at| at.block),
            Some(block),
            "{name}"
        );
    }
    assert_eq!(document.anchor("here").unwrap().offset, 4);
    assert_eq!(document.blocks()[3].text, "Named");
}

#[test]
fn pictures_stand_for_themselves_or_in_the_text() {
    let picture = |text: &str| (text.to_owned(), Mark::Image("boat.jpg".to_owned()));
    for (text, expected) in [
        ("![A *small* boat](boat.jpg)", picture("A small boat")),
        ("![](boat.jpg)", picture("boat.jpg")),
        ("<img src='boat.jpg' alt='A boat'>", picture("A boat")),
    ] {
        let block = &parse(text).built.blocks.blocks[0];
        assert_eq!(block.kind, BlockKind::Image, "{text}");
        assert_eq!((block.text.clone(), block.marks[0].1.clone()), expected);
    }
    check(
        "![a](1)\n![b](2)\n\n![c](3) and text",
        &[
            (BlockKind::Image, 0, 0, "a"),
            (BlockKind::Image, 0, 0, "b"),
            (BlockKind::Paragraph, 0, 0, "c and text"),
        ],
    );
    let (text, marks) = one("[![a](data:x)](/y)");
    assert_eq!(
        (text.as_str(), marks),
        (
            "a",
            vec![(0..1, Mark::Image(String::new())), link(0..1, "/y")]
        )
    );
}

#[test]
fn lines_ended_by_hand_are_verse_when_they_are_short() {
    check(
        "roses\\\nare<br>red\nyet",
        &[(BlockKind::Verse, 0, 0, "roses\nare\nred yet")],
    );
    let long = "word ".repeat(40);
    check(
        &format!("{}\\\nshort", long.trim()),
        &[
            (BlockKind::Paragraph, 0, 0, long.trim()),
            (BlockKind::Paragraph, 0, 0, "short"),
        ],
    );
    check(
        "- one\\\n  two",
        &[(BlockKind::ListItem(0), 0, 0, "• one two")],
    );
}

#[test]
fn html_leaves_its_text() {
    check(
        "a <b>c</b> <!-- d --><script>e</script>f <kbd>g\n\n<h2 id=x>Head</h2>\n<div align='center'>one<p>two &eacute;</div><ul><li>three</ul>\n<!-- four -->\n<style>\nfive\nsix</style>\n",
        &[
            (BlockKind::Paragraph, 0, 0, "a c f g"),
            (BlockKind::Heading(2), 0, 0, "Head"),
            (BlockKind::Paragraph, 0, 0, "one"),
            (BlockKind::Paragraph, 0, 0, "two é"),
            (BlockKind::ListItem(0), 0, 0, "• three"),
        ],
    );
    let marks = one("a <b>c <i>d</b> e *f <i>g* h").1;
    assert_eq!(
        marks,
        [
            (2..5, Mark::Strong),
            (4..5, Mark::Emphasis),
            (8..11, Mark::Emphasis),
            (10..11, Mark::Emphasis)
        ]
    );
}

#[test]
fn terms_formulas_and_struck_text_are_kept() {
    check(
        "Term\n: What it is.\n\nso $a_1 * b$ is ~~not~~ $$x$$",
        &[
            (BlockKind::Paragraph, 0, 0, "Term"),
            (BlockKind::Paragraph, 0, 1, "What it is."),
            (BlockKind::Paragraph, 0, 0, "so $a_1 * b$ is not $$x$$"),
        ],
    );
    assert_eq!(one("~~not~~").1, [(0..3, Mark::Strikethrough)]);
}

#[test]
fn what_is_decoded_is_cleaned_and_composed() {
    assert_eq!(one("a&#27;[31m&shy;b&#x202e;").0, "a␛[31mb");
    assert_eq!(one("[e](x)&#x301; *e*\u{301}").0, "é é");
}

#[test]
fn front_matter_of_all_sorts_is_understood() {
    let metadata = |text: &str| parse(text).metadata;
    let yaml = metadata(
        "---\ntitle: 'It''s'\nauthors:\n  - name: Jane\n    url: x\n  - Joe\nlang: fr-CA # Quebec\ncanonical_url: https://e.org/a?b#c\ncategories: [\"a, b\", c]\nkeywords: d, c\nsummary: >\n  long: so\n---\n",
    );
    assert_eq!(
        (yaml.title.as_str(), yaml.byline.as_deref()),
        ("It's", Some("Jane, Joe"))
    );
    assert_eq!(
        (yaml.language.as_deref(), yaml.url.as_deref()),
        (Some("fr"), Some("https://e.org/a?b#c"))
    );
    assert_eq!(yaml.tags, ["a", "b", "c", "d"]);
    let toml = metadata(
        "+++\ntitle = \"T\"\ndate = 2024-05-03\n[taxonomies]\ntags = ['x']\n[extra]\nauthor = 'J'\n+++\n",
    );
    assert_eq!(
        (toml.date.as_deref(), toml.byline.as_deref()),
        (Some("2024-05-03"), Some("J"))
    );
    assert_eq!(toml.tags, ["x"]);
    assert_eq!(metadata("+++\nnot toml\n+++\n"), Metadata::default());
    assert_eq!(metadata("---\nurl: javascript:alert(1)\n---\n").url, None);
}

/// Texts that a careless parser takes minutes for.
fn hostile_shapes() -> Vec<String> {
    let row = format!("|{}\n", " *a* |".repeat(50));
    let table = format!("{row}|{}\n{}", "---|".repeat(50), row.repeat(1_000));
    let notes: String = (0..5_000)
        .rev()
        .flat_map(|i| ["[^n".to_owned(), i.to_string(), "]: note\n\n".to_owned()])
        .collect();
    let nested: String = (0..2_000)
        .flat_map(|depth| [" ".repeat(depth), "- a\n".to_owned()])
        .collect();
    vec![
        ">".repeat(100_000) + "deep",
        "> ".repeat(100_000) + "deep",
        "- ".repeat(100_000) + "deep",
        "1. ".repeat(50_000) + "deep",
        "> - ".repeat(50_000) + "deep",
        "*".repeat(100_000) + "deep",
        "*a **b ".repeat(20_000),
        "![".repeat(50_000),
        "[a](".repeat(50_000),
        "[^a]".repeat(20_000) + "\n\n[^a]: [^a]",
        "`".repeat(100_000) + "deep",
        "$a".repeat(50_000),
        "<b>".repeat(30_000) + "deep",
        "<a href=\"".repeat(20_000),
        "<!--".repeat(30_000),
        "<div>\n".repeat(20_000),
        "<ul><li>".repeat(20_000) + "deep",
        "http://".repeat(20_000),
        "www.".repeat(30_000),
        "www.a.b ".repeat(20_000),
        "https://a.b/(".repeat(10_000) + &")".repeat(10_000),
        "&amp;".repeat(30_000),
        "<p>".to_owned() + &"&x".repeat(30_000),
        "a\\\n".repeat(20_000),
        "\n: a".repeat(20_000),
        "# a\n".repeat(20_000),
        "| a ".repeat(20_000) + "\n" + &"|-".repeat(20_000),
        table,
        notes,
        nested,
    ]
}

#[test]
fn what_is_deep_wide_or_never_closed_is_bounded() {
    for shape in hostile_shapes() {
        let started = std::time::Instant::now();
        let document = document_of(&shape);
        let name = &shape[..shape.floor_char_boundary(30)];
        // generous: the build is not optimised and the machine may be busy; what is quadratic takes minutes
        assert!(started.elapsed().as_secs() < 10, "{name}");
        assert!(
            document
                .blocks()
                .iter()
                .all(|b| b.within.quotes <= 64 && b.within.lists <= 64),
            "{name}"
        );
        let depth = |kind| {
            if let BlockKind::ListItem(depth) = kind {
                depth
            } else {
                0
            }
        };
        assert!(
            document.blocks().iter().all(|b| depth(b.kind) <= 64),
            "{name}"
        );
    }
}

#[test]
fn a_text_that_is_cut_anywhere_is_read_up_to_there() {
    let text = include_str!("../../../../articles/crafts/letterpress.md");
    for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
        let document = document_of(&text[..end]);
        assert!(document.blocks().iter().all(|block| !block.text.is_empty()));
    }
}
