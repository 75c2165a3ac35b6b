//! Tests: Plain text.

use proptest::prelude::*;

use super::*;

/// The kinds and texts of the blocks.
fn parsed(text: &str) -> Vec<(BlockKind, String)> {
    blocks(text)
        .blocks
        .into_iter()
        .map(|block| (block.kind, block.text))
        .collect()
}

fn texts(text: &str) -> Vec<String> {
    blocks(text)
        .blocks
        .into_iter()
        .map(|block| block.text)
        .collect()
}

const LONG_LINE: &str = "This line is long enough that nobody would have broken it by hand, since it goes on and on, far beyond \
                         the hundred and twenty columns of any page.";

/// Paragraphs broken at 72 columns.
const WRAPPED: &str = "\
The ferry left the harbour an hour late, and nobody on board seemed to
mind. Along the quay the market had been packed up, all but a stall that
sold oranges to those who waited.

What remained of the afternoon was wind, salt and a slow turning of the
light; the passengers slept, or read the papers that somebody had left
on the seats the day before.

The Arrival of the Second Boat
";

#[test]
fn a_text_without_lines_has_no_blocks() {
    for text in ["", "\n", " \n\t\n\u{a0}\n", "\u{200b}"] {
        assert!(parsed(text).is_empty(), "{text:?}");
    }
}

#[test]
fn one_block_a_line() {
    let text =
        format!("A Title\n{LONG_LINE}\nA Heading\n{LONG_LINE}\nA short paragraph.\n{LONG_LINE}\n");
    assert_eq!(
        texts(&text),
        [
            "A Title",
            LONG_LINE,
            "A Heading",
            LONG_LINE,
            "A short paragraph.",
            LONG_LINE
        ]
    );
    let lines: Vec<u32> = blocks(&text)
        .blocks
        .iter()
        .map(|block| block.line)
        .collect();
    assert_eq!(lines, [1, 2, 3, 4, 5, 6]);
}

#[test]
fn blocks_parted_by_blank_lines() {
    let text = format!("A Title\n\n{LONG_LINE}\n\n\n\nA Heading\n\n{LONG_LINE}");
    let parsed = blocks(&text);
    assert_eq!(
        parsed
            .blocks
            .iter()
            .map(|block| block.line)
            .collect::<Vec<_>>(),
        [1, 3, 7, 9]
    );
    assert_eq!(parsed.apart, [false, true, true, true]);
}

#[test]
fn paragraphs_broken_by_hand_are_joined() {
    let blocks = blocks(WRAPPED).blocks;
    assert_eq!(blocks.len(), 3);
    assert!(blocks[0].text.starts_with(
        "The ferry left the harbour an hour late, and nobody on board seemed to mind. Along"
    ));
    assert_eq!(
        (blocks[2].text.as_str(), blocks[2].line),
        ("The Arrival of the Second Boat", 9)
    );
}

#[test]
fn indented_first_lines_begin_paragraphs() {
    let text = "\
    The ferry left the harbour an hour late, and nobody on board seemed
to mind. Along the quay the market had been packed up, all but a stall
that sold oranges to those who waited in the sun for the next boat out.
    What remained of the afternoon was wind, salt and a slow turning of
the light; the passengers slept, or read the papers that somebody left.
";
    assert_eq!(texts(text).len(), 2);
}

#[test]
fn hyphens_at_the_end_of_a_line_join_small_letters_only() {
    let words = Vocabulary::of("");
    let join = |lines: [&str; 2]| chunk::joined(lines.into_iter(), &words);
    assert_eq!(join(["the har-", "bour"]), "the harbour");
    assert_eq!(join(["Jean-", "Paul"]), "Jean-Paul");
    assert_eq!(join(["COVID-", "related"]), "COVID-related");
    assert_eq!(join(["so -", "then"]), "so - then");
    assert_eq!(join(["1914-", "1918"]), "1914-1918");
    assert_eq!(join(["COVID-", "19"]), "COVID-19");
}

#[test]
fn chinese_lines_are_joined_without_a_space() {
    let text = "渡轮晚了一个小时才离开港口，船上的人似乎都不在意。码头边的集市已经收摊，\n\
                只剩下一个卖橙子的摊位。下午只剩下风、盐和慢慢转动的光线，我们有的是时间，\n\
                她说着，绕着海湾走了最远的那条路，渡轮晚了一个小时才离开港口，船上的人都\n\
                似乎都不在意，码头边的集市已经收摊，只剩下一个卖橙子的摊位，只剩下风和盐\n\
                绕着海湾走了最远的那条路。\n";
    let joined = texts(text);
    assert_eq!(joined.len(), 1, "{joined:?}");
    assert!(!joined[0].contains(' '));
}

#[test]
fn lists_are_items() {
    let text = format!(
        "{LONG_LINE}\n- one\n- two\n  - deeper\n• three\n{LONG_LINE}\n1. first\n2. second\n"
    );
    let kinds: Vec<BlockKind> = parsed(&text).iter().map(|(kind, _)| *kind).collect();
    let item = BlockKind::ListItem;
    let paragraph = BlockKind::Paragraph;
    assert_eq!(
        kinds,
        [
            paragraph,
            item(0),
            item(0),
            item(1),
            item(0),
            paragraph,
            item(0),
            item(0)
        ]
    );
    assert_eq!(texts(&text)[1], "- one");
}

#[test]
fn items_broken_by_hand_are_joined() {
    let text = format!(
        "{WRAPPED}\n- the first item is longer than one line of this text can be and so\n  it goes on\n- the second\n"
    );
    assert!(
        texts(&text).contains(
            &"- the first item is longer than one line of this text can be and so it goes on"
                .to_owned()
        )
    );
    assert!(texts(&text).contains(&"- the second".to_owned()));
}

#[test]
fn a_lone_number_is_no_list() {
    let text = format!(
        "{LONG_LINE}\n3. Oktober\n{LONG_LINE}\n1. The First Thing\n{LONG_LINE}\n2. The Second Thing\n{LONG_LINE}\n"
    );
    assert!(
        parsed(&text)
            .iter()
            .all(|(kind, _)| *kind == BlockKind::Paragraph)
    );
}

#[test]
fn mail_quotes_lose_their_marks() {
    let text = "He wrote:\n\n> You said it would\n> rain.\n>\n> > It did.\n\nSo it did.\n";
    let quotes: Vec<String> = blocks(text)
        .blocks
        .into_iter()
        .filter(|b| b.kind == BlockKind::Quote)
        .map(|b| b.text)
        .collect();
    assert_eq!(quotes.join(" "), "You said it would rain. It did.");
}

#[test]
fn code_and_tables_keep_their_lines_and_spaces() {
    let text = format!(
        "{LONG_LINE}\n\n    fn main() {{\n        run();\n    }}\n\n{LONG_LINE}\n\nName    Age    City\nAnna    31     Lyon\n"
    );
    let code: Vec<String> = blocks(&text)
        .blocks
        .into_iter()
        .filter(|b| b.kind == BlockKind::Code)
        .map(|b| b.text)
        .collect();
    assert_eq!(
        code,
        [
            "fn main() {\n    run();\n}",
            "Name    Age    City\nAnna    31     Lyon"
        ]
    );
}

#[test]
fn tables_boxes_and_drawings_are_kept_as_they_are() {
    for kept in [
        "Name  Age\nAnna   31\nOtto   29",
        "┌──────┬─────┐\n│ Anna │  31 │\n└──────┴─────┘",
        "+------+-----+\n| Anna |  31 |\n+------+-----+",
        "  /\\\n /  \\\n/____\\\n|    |\n|____|",
    ] {
        let text = format!("A Title\n\n{kept}\n\n{LONG_LINE}\n");
        assert!(
            parsed(&text).contains(&(BlockKind::Code, kept.to_owned())),
            "{:?}",
            parsed(&text)
        );
    }
    // two spaces after a full stop make no table
    let typed =
        "It was late.  Nobody came.\nIt was dark.  Nobody saw.\nIt was cold.  Nobody stayed.";
    assert!(
        parsed(typed)
            .iter()
            .all(|(kind, _)| *kind != BlockKind::Code)
    );
}

#[test]
fn verse_keeps_its_lines() {
    let text = format!(
        "{WRAPPED}\nThe boat is late\n  the sea is green\nand nobody waits\nfor what has been\n\n{WRAPPED}"
    );
    assert!(parsed(&text).contains(&(
        BlockKind::Verse,
        "The boat is late\n  the sea is green\nand nobody waits\nfor what has been".into()
    )));
}

#[test]
fn marked_headings_lose_their_marks() {
    let text = format!(
        "# Title #\n{LONG_LINE}\nUnder\n=====\n{LONG_LINE}\nLower\n-----\n{LONG_LINE}\n#hashtag\n{LONG_LINE}\n### Third\n{LONG_LINE}"
    );
    let headings: Vec<(BlockKind, String)> = parsed(&text)
        .into_iter()
        .filter(|(kind, _)| matches!(kind, BlockKind::Heading(_)))
        .collect();
    let heading = |level, text: &str| (BlockKind::Heading(level), text.to_owned());
    assert_eq!(
        headings,
        [
            heading(1, "Title"),
            heading(1, "Under"),
            heading(2, "Lower"),
            heading(3, "Third")
        ]
    );
    assert!(texts(&text).contains(&"#hashtag".to_owned()));
}

#[test]
fn runs_of_spaces_become_one_but_binding_spaces_stay() {
    assert_eq!(
        texts("  So   much  space \u{a0}: «\u{a0}\u{a0}x\u{202f}»\u{a0} "),
        ["So much space \u{a0}: «\u{a0}\u{a0}x\u{202f}»\u{a0}"]
    );
}

#[test]
fn a_long_line_is_cut_at_spaces_and_nothing_is_lost() {
    let text = "words and more words ".repeat(20_000);
    let blocks = blocks(&text).blocks;
    assert!(blocks.len() > 5);
    assert!(
        blocks
            .iter()
            .all(|block| block.text.len() <= MAX_BLOCK_BYTES && block.line == 1)
    );
    let all: Vec<&str> = blocks
        .iter()
        .flat_map(|block| block.text.split(' '))
        .collect();
    assert_eq!(all, text.split_whitespace().collect::<Vec<_>>());
    let solid = "é".repeat(200_000);
    assert_eq!(texts(&solid).concat(), solid);
}

/// Texts with much of what the parser looks for.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "\n",
        "\n\n",
        " ",
        "    ",
        "\t",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        "# ",
        "===",
        "---",
        "|",
        "word",
        "Words and words.",
        "é",
        "中文",
        "\u{a0}",
        "a-",
        "x = y();",
        LONG_LINE,
        "\u{3000}",
        "…",
        "`",
        "   ",
    ]);
    prop::collection::vec(piece, 0..80).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_of_the_text_is_lost_and_blocks_are_as_promised(text in hostile()) {
        let parsed = blocks(&text);
        prop_assert_eq!(parsed.blocks.len(), parsed.apart.len());
        let mut line = 0;
        for block in &parsed.blocks {
            let keeps_lines = matches!(block.kind, BlockKind::Code | BlockKind::Verse);
            prop_assert!(!letters::is_blank(&block.text));
            prop_assert!(keeps_lines || !block.text.contains('\n'));
            prop_assert!(keeps_lines || !block.text.contains("  "), "{:?}", block);
            // the first line that is kept may be indented further than the others
            let trimmed = if block.kind == BlockKind::Verse {
                block.text.trim_end_matches(letters::is_space)
            } else {
                letters::trim(&block.text)
            };
            prop_assert!(block.kind == BlockKind::Code || trimmed == block.text, "{:?}", block);
            prop_assert!(block.line >= line.max(1));
            line = block.line;
        }
        // all letters are there in their order; hyphens, marks and spaces may go
        let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let all: String = parsed.blocks.iter().map(|block| bare(&block.text)).collect();
        prop_assert_eq!(all, bare(&text));
    }
}
