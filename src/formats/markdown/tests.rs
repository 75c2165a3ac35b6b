//! Tests: Markdown.

use proptest::prelude::*;

use super::*;
use crate::formats::letters;
use crate::formats::text::Blocks;
use crate::model::document::Metadata;

mod constructs;

fn document_of(text: &str) -> crate::model::document::Document {
    let parsed = parse(text);
    parsed.built.document(parsed.metadata)
}

fn blocks(text: &str) -> (Metadata, Blocks) {
    let parsed = parse(text);
    (parsed.metadata, parsed.built.blocks)
}

fn parsed(text: &str) -> Vec<(BlockKind, String)> {
    blocks(text)
        .1
        .blocks
        .into_iter()
        .map(|block| (block.kind, block.text))
        .collect()
}

fn one(text: &str) -> (String, Vec<(std::ops::Range<usize>, Mark)>) {
    let mut blocks = blocks(text).1.blocks;
    assert_eq!(blocks.len(), 1, "{blocks:?}");
    let block = blocks.remove(0);
    (block.text, block.marks)
}

fn paragraph(text: &str) -> (BlockKind, String) {
    (BlockKind::Paragraph, text.into())
}

#[test]
fn headings_have_levels() {
    let text =
        "# One\ntext\n## Two ##\nThree\n===\nFour\nof it\n---\n#five\n####### six\n### *Seven*";
    let heading = |level, text: &str| (BlockKind::Heading(level), text.to_owned());
    let expected = [
        heading(1, "One"),
        paragraph("text"),
        heading(2, "Two"),
        heading(1, "Three"),
        heading(2, "Four of it"),
        paragraph("#five ####### six"),
        heading(3, "Seven"),
    ];
    assert_eq!(parsed(text), expected);
}

#[test]
fn front_matter_is_not_shown_but_known() {
    let (metadata, out) = blocks(
        "---\ntitle: \"A: title\"\nauthor: Jane Roe\ndate: 2024-05-03\ntags:\n  - a\n---\nBody.\n",
    );
    assert_eq!(
        (
            metadata.title.as_str(),
            metadata.byline.as_deref(),
            metadata.date.as_deref()
        ),
        ("A: title", Some("Jane Roe"), Some("2024-05-03"))
    );
    let shown: Vec<(BlockKind, &str, u32)> = out
        .blocks
        .iter()
        .map(|b| (b.kind, b.text.as_str(), b.line))
        .collect();
    assert_eq!(
        shown,
        [
            (BlockKind::Title, "A: title", 2),
            (BlockKind::Paragraph, "Body.", 8)
        ]
    );
    let (metadata, out) = blocks("+++\ntitle = 'T'\n+++\n\n# T\n\nBody.");
    assert_eq!((metadata.title.as_str(), out.blocks.len()), ("T", 2));
}

#[test]
fn what_is_no_front_matter_is_text() {
    for text in [
        "---\nnever closed: so\n",
        "---\nA sentence without a key.\n---\n",
        "---\n",
        "+++",
    ] {
        let (metadata, out) = blocks(text);
        assert_eq!(metadata, Metadata::default());
        let shown: String = out.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(shown.contains("closed"), text.contains("closed"));
        assert_eq!(shown.contains("sentence"), text.contains("sentence"));
    }
}

#[test]
fn lists_nest_by_their_indent() {
    let item = |depth, text: &str| (BlockKind::ListItem(depth), text.to_owned());
    assert_eq!(
        parsed("- one\n  goes on\n  - two\n    * three\n- four\n1. five\n2) six\n\ntext\n- seven"),
        [
            item(0, "• one goes on"),
            item(1, "• two"),
            item(2, "• three"),
            item(0, "• four"),
            item(0, "1. five"),
            item(0, "2) six"),
            paragraph("text"),
            item(0, "• seven"),
        ]
    );
    assert_eq!(
        parsed("in the year\n1914. it was"),
        [paragraph("in the year 1914. it was")]
    );
}

#[test]
fn quotes_rules_code_and_tables() {
    let text = "> quoted\n> text\nlazily\n>\n> more\n\n***\n\n```rust\nfn a() {\n    b\n}\n```\n\n    kept\n      so\n\nend\n\n| a | b |\n|---|---|\n";
    assert_eq!(
        parsed(text),
        [
            (BlockKind::Quote, "quoted text lazily".into()),
            (BlockKind::Quote, "more".into()),
            (BlockKind::Rule, "* * *".into()),
            (BlockKind::Code, "fn a() {\n    b\n}".into()),
            (BlockKind::Code, "kept\n  so".into()),
            paragraph("end"),
            (BlockKind::TableRow, "a\tb".into()),
        ]
    );
    assert_eq!(
        parsed("```\nnever closed\n# no heading"),
        [(BlockKind::Code, "never closed\n# no heading".into())]
    );
}

#[test]
fn lines_of_a_paragraph_are_joined() {
    assert_eq!(
        parsed("one\ntwo\n\n中文\n字\n"),
        [paragraph("one two"), paragraph("中文字")]
    );
}

#[test]
fn inline_syntax_becomes_marks() {
    let emphasis = |range| (range, Mark::Emphasis);
    let strong = |range| (range, Mark::Strong);
    let code = |range| (range, Mark::Code);
    let link = |range, target: &str| (range, Mark::Link(target.to_owned()));
    assert_eq!(
        one("an *em* and __strong__ and `co*de`"),
        (
            "an em and strong and co*de".into(),
            vec![emphasis(3..5), strong(10..16), code(21..26)]
        )
    );
    assert_eq!(
        one("***both***"),
        ("both".into(), vec![strong(0..4), emphasis(0..4)])
    );
    assert_eq!(
        one("**a *b* c**"),
        ("a b c".into(), vec![strong(0..5), emphasis(2..3)])
    );
    assert_eq!(one("l’*été*"), ("l’été".into(), vec![emphasis(4..9)]));
    assert_eq!(
        one("see [the *page*](https://e.org/a_b_(c) \"title\")."),
        (
            "see the page.".into(),
            vec![link(4..12, "https://e.org/a_b_(c)"), emphasis(8..12)]
        )
    );
    assert_eq!(
        one("`` a`b `` <https://e.org/_x_>"),
        (
            "a`b https://e.org/_x_".into(),
            vec![code(0..3), link(4..21, "https://e.org/_x_")]
        )
    );
    assert_eq!(one(r"\*not\* 2 \> 1"), ("*not* 2 > 1".into(), vec![]));
}

#[test]
fn what_has_no_partner_stays_as_written() {
    for text in [
        "2 * 3 * 4",
        "snake_case_name",
        "*open",
        "a**b",
        "`open",
        "[a] (b)",
        "[a][b]",
        "[open](http",
        "](x)",
        "a < b",
        "**",
        "* *a",
        "_a*",
        "![",
        "\\",
        "*a_",
        "[a](b c)",
    ] {
        let shown: String = parsed(text).into_iter().map(|(_, text)| text).collect();
        let bullet_gone = shown.replace('•', "*");
        assert_eq!(bullet_gone, text, "{text}");
    }
}

#[test]
fn marks_are_cut_with_their_block() {
    let text = format!("**{}**", "word ".repeat(20_000).trim_end());
    let blocks = blocks(&text).1.blocks;
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        assert_eq!(block.marks, [(0..block.text.len(), Mark::Strong)]);
    }
}

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\n\n",
        " ",
        "    ",
        "- ",
        "1. ",
        "> ",
        "# ",
        "===\n",
        "```",
        "`",
        "*",
        "**",
        "_",
        "[",
        "](",
        ")",
        "![",
        "<https://",
        ">",
        "\\",
        "|",
        "word",
        "é",
        "中文",
        "+++\n",
        "a: b\n",
        "~~~\n",
        "\t",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn words_are_never_lost(text in hostile()) {
        // front matter is not shown, nor what a fence says of its code, nor where a link leads; lists count their items anew
        let gone = ["+++", "```", "~~~", "](", "<https://", "1. ", "==="];
        let text = gone.iter().fold(text, |text, gone| text.replace(gone, " "));
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let all: String = blocks(&text).1.blocks.iter().map(|block| bare(&block.text)).collect();
        prop_assert_eq!(all, bare(&text));
    }

    #[test]
    fn blocks_and_marks_are_as_promised(text in hostile()) {
        let built = parse(&text).built;
        let out = &built.blocks;
        prop_assert_eq!(out.blocks.len(), out.apart.len());
        for block in &out.blocks {
            prop_assert!(!letters::is_blank(&block.text));
            let keeps_lines = matches!(block.kind, BlockKind::Code | BlockKind::Verse);
            prop_assert!(keeps_lines || !block.text.contains('\n'));
            for (range, _) in &block.marks {
                prop_assert!(block.text.get(range.clone()).is_some_and(|marked| !marked.is_empty()), "{:?}", block);
            }
            prop_assert!(block.marks.is_sorted_by_key(|(range, _)| range.start));
            prop_assert!(block.within.quotes <= 64 && block.within.lists <= 64);
        }
        for table in &built.tables {
            prop_assert!(out.blocks[table.rows.clone()].iter().all(|b| b.kind == BlockKind::TableRow));
        }
    }
}
