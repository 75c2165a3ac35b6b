//! Tests: Roles of blocks.

use super::*;
use crate::formats::decode::Told;
use crate::model::document::Mark;

const BODY: &str = "A paragraph of the body that is long enough to be one, with more than one part, and a full stop at its end.";

/// The blocks of paragraphs, and their roles.
fn told(texts: &[&str]) -> Vec<Role> {
    let blocks = texts
        .iter()
        .map(|text| Block::new(BlockKind::Paragraph, *text, 1))
        .collect();
    roles(&Blocks {
        blocks,
        apart: vec![false; texts.len()],
    })
    .0
}

fn headings(texts: &[&str]) -> Vec<usize> {
    told(texts)
        .iter()
        .enumerate()
        .filter(|(_, role)| matches!(role, Role::Heading(_)))
        .map(|(i, _)| i)
        .collect()
}

#[test]
fn a_short_line_between_body_text_is_a_heading() {
    let body = [BODY; 3].join(" ");
    let body = body.as_str();
    let text = [
        "Title",
        body,
        "A Heading of Some Words",
        body,
        body,
        "Is it another?",
        body,
        body,
    ];
    assert_eq!(headings(&text), [2, 5]);
    let body = "这是一个足够长的段落，里面有好几个句子，所以它不会是标题。".repeat(6);
    let text = [
        "题目是这样的",
        &body,
        "一个小标题",
        &body,
        &body,
        "另一个小标题",
        &body,
        &body,
    ];
    assert_eq!(headings(&text), [2, 5]);
}

#[test]
fn sentences_and_names_are_no_headings() {
    for line in [
        "A short sentence.",
        "And so on …",
        "Then he said:",
        "in the middle",
        "* * *",
        "(Artist: Somebody)",
        "https://example.org/a",
        "jane@example.org",
        "12 March 2022",
        "The bridge at night | Photo: Jane Roe",
        "1984",
    ] {
        assert!(
            headings(&["Title", BODY, line, BODY, BODY, BODY]).is_empty(),
            "{line}"
        );
    }
}

#[test]
fn the_last_block_is_never_a_heading() {
    assert!(headings(&["Title", BODY, BODY, BODY, "The End"]).is_empty());
    assert!(headings(&["Title", BODY, BODY, BODY, "The End", "Share"]).is_empty());
    assert!(headings(&["Title", BODY, BODY, BODY, "The End", "Of It"]).is_empty());
}

#[test]
fn when_too_many_look_like_headings_none_is() {
    assert!(
        headings(&[
            "Title", BODY, "One", BODY, "Two", BODY, "Three", BODY, "Four", BODY
        ])
        .is_empty()
    );
}

#[test]
fn where_blank_lines_part_blocks_a_heading_is_parted_too() {
    let blocks: Vec<Block> = [
        "Title",
        BODY,
        "A Heading",
        BODY,
        BODY,
        "Not One",
        BODY,
        BODY,
    ]
    .map(|text| Block::new(BlockKind::Paragraph, text, 1))
    .into();
    let mut apart = vec![true; blocks.len()];
    apart[5] = false;
    let roles = roles(&Blocks { blocks, apart }).0;
    assert_eq!((&roles[2], &roles[5]), (&Role::Heading(1), &Role::Body));
}

#[test]
fn marked_headings_are_the_only_ones_and_begin_at_level_one() {
    let mut blocks: Vec<Block> = [
        "Title",
        BODY,
        "Looks like one",
        BODY,
        "Marked",
        BODY,
        "Below",
        BODY,
    ]
    .map(|text| Block::new(BlockKind::Paragraph, text, 1))
    .into();
    blocks[0].kind = BlockKind::Heading(1);
    blocks[4].kind = BlockKind::Heading(2);
    blocks[6].kind = BlockKind::Heading(4);
    let roles = roles(&Blocks {
        apart: vec![true; blocks.len()],
        blocks,
    })
    .0;
    assert_eq!(roles[0], Role::Title);
    assert_eq!(roles[2], Role::Body);
    assert_eq!(
        (&roles[4], &roles[6]),
        (&Role::Heading(1), &Role::Heading(3))
    );
}

#[test]
fn strong_paragraphs_are_headings_where_nothing_else_is_marked() {
    let mut blocks: Vec<Block> = ["Title", BODY, "Looks like one", BODY, "Strong:", BODY]
        .map(|text| Block::new(BlockKind::Paragraph, text, 1))
        .into();
    blocks[4].marks.push((0..7, Mark::Strong));
    let roles = roles(&Blocks {
        apart: vec![true; blocks.len()],
        blocks,
    })
    .0;
    assert_eq!((&roles[2], &roles[4]), (&Role::Body, &Role::Heading(1)));
}

#[test]
fn noise_stands_before_the_title_and_anywhere() {
    let roles = told(&[
        "Table of Contents",
        "Share",
        "Title",
        BODY,
        "Advertisement",
        BODY,
        "Read more: Something else",
        BODY,
    ]);
    let expected = [
        Role::Noise,
        Role::Noise,
        Role::Title,
        Role::Body,
        Role::Noise,
        Role::Body,
        Role::Noise,
        Role::Body,
    ];
    assert_eq!(roles, expected);
}

#[test]
fn bylines_stand_under_the_title_or_above_it() {
    let byline = Role::Byline("Jane Roe".into());
    assert_eq!(
        told(&["Title", "By Jane Roe", BODY])[..2],
        [Role::Title, byline.clone()]
    );
    assert_eq!(
        told(&["By Jane Roe", "Title", BODY])[..2],
        [byline.clone(), Role::Title]
    );
    assert_eq!(told(&["De Gaulle et Londres", BODY, BODY])[0], Role::Title);
    assert_eq!(
        told(&[
            "Title",
            "A subtitle that says a little more",
            "By Jane Roe",
            "3 May 2024",
            BODY
        ])[2..4],
        [byline.clone(), Role::Date]
    );
    // far below it is a signature or a sentence
    let far = [
        "Title",
        BODY,
        BODY,
        BODY,
        BODY,
        BODY,
        BODY,
        "By Jane Roe",
        BODY,
    ];
    assert!(!told(&far).contains(&byline));
}

#[test]
fn the_title_is_a_line_at_the_top_that_is_no_sentence() {
    for line in [
        "A Title",
        "Is this a title?",
        "What a title!",
        "He said: “so it is”",
        "And then ...",
    ] {
        assert_eq!(told(&[line, BODY])[0], Role::Title, "{line}");
    }
    for line in ["It was a dark night.", BODY, "***", "1234"] {
        assert_eq!(told(&[line, BODY])[0], Role::Body, "{line}");
    }
}

/// What the reasons for each block of a text say.
fn reasons(text: &str) -> Vec<(&'static str, String)> {
    explain::explain(text.as_bytes(), Told::Nowhere)
        .into_iter()
        .map(|reason| (reason.role, reason.because.join("; ")))
        .collect()
}

#[test]
fn every_block_has_its_role_and_reasons() {
    let text = format!(
        "Table of Contents\nA title of some words\n{BODY}\nWhat remains of it?\n{BODY}\n{BODY}\nShare\n"
    );
    let told = reasons(&text);
    let roles: Vec<&str> = told.iter().map(|(role, _)| *role).collect();
    assert_eq!(
        roles,
        ["noise", "title", "body", "heading", "body", "body", "noise"]
    );
    assert!(told.iter().all(|(_, because)| !because.is_empty()));
    assert_eq!(told[3].1.split("; ").count(), 3, "{}", told[3].1);
    assert!(reasons("").is_empty());
}

#[test]
fn it_says_why_there_are_no_headings() {
    let questions = [
        "Why is it one?",
        "Why are there two?",
        "Why are there three?",
    ]
    .repeat(4);
    let text = questions
        .iter()
        .enumerate()
        .map(|(i, question)| format!("{}. {question}\n{BODY}\n", i + 1))
        .collect::<Vec<_>>()
        .concat();
    let told = reasons(&format!("A title of some words\n{text}"));
    assert!(told.iter().all(|(role, _)| *role != "heading"), "{told:?}");
    assert!(
        told.iter()
            .any(|(_, because)| because.contains("more than a third")),
        "{told:?}"
    );
}

#[test]
fn things_to_buy_are_not_noise() {
    let text = "Shopping list\nMilk\nEggs\nBread\nButter\nTea\nSugar\n";
    assert!(reasons(text).iter().all(|(role, _)| *role != "noise"));
}

#[test]
fn text_that_is_no_article_has_hardly_any_heading() {
    let poem = "The wind goes down\nand over the bay\nthe boats come in\nat the end of day\n\nAnd what they bring\nis salt and rope\nand one long song\nabout a hope\n";
    let rows: Vec<String> = (0..60)
        .map(|i| format!("{i},name {i},{},12.5", i * 7))
        .collect();
    let log: Vec<String> = (0..60)
        .map(|i| format!("2026-11-23 10:{i:02}:00 INFO started worker {i}"))
        .collect();
    let digits: Vec<String> = (0..60).map(|i| format!("{}", i * 37)).collect();
    let code = "fn main() {\n    let a = 1;\n    println!(\"{a}\");\n}\n".repeat(20);
    let short: Vec<String> = (0..40).map(|i| format!("A Short Line {i}")).collect();
    for text in [
        poem,
        &rows.join("\n"),
        &log.join("\n"),
        &digits.join("\n"),
        &code,
        &short.join("\n"),
        &"SHARE\n".repeat(30),
    ] {
        let count = reasons(text)
            .iter()
            .filter(|(role, _)| *role == "heading")
            .count();
        assert_eq!(count, 0, "{}", &text[..40]);
    }
}
