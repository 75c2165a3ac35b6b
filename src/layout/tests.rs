//! Tests of the layout: lines, tables, what stands in what.

use super::*;
use crate::model::document::{Align, Mark, Metadata, Within};
use proptest::prelude::*;

fn document(texts: &[&str]) -> Document {
    let blocks = texts
        .iter()
        .map(|t| Block::new(BlockKind::Paragraph, *t, 0))
        .collect();
    Document::new(Metadata::default(), blocks)
}

fn shown(document: &Document, lines: Vec<Line>) -> Vec<&str> {
    lines
        .into_iter()
        .map(|l| &document.blocks()[l.block].text[l.bytes])
        .collect()
}

fn down(document: &Document, measure: Measure, from: Position) -> Vec<Line> {
    let wrapped = Wrapped::default();
    Page {
        document,
        measure,
        wrapped: &wrapped,
    }
    .down(from)
    .collect()
}

fn up(document: &Document, measure: Measure, from: Position) -> Vec<Line> {
    let wrapped = Wrapped::default();
    Page {
        document,
        measure,
        wrapped: &wrapped,
    }
    .up(from)
    .collect()
}

const TEN: Measure = Measure {
    width: 10,
    noise: false,
    numbers: false,
};

#[test]
fn a_blank_row_stands_between_blocks_and_is_the_end_of_the_first() {
    let d = document(&["one two three", "four"]);
    assert_eq!(
        shown(&d, down(&d, TEN, Position::default())),
        ["one two", "three", "", "four"]
    );
    let end = Position {
        block: 0,
        offset: 13,
    };
    assert_eq!(shown(&d, down(&d, TEN, end)), ["", "four"]);
}

#[test]
fn going_up_gives_the_same_lines_nearest_first() {
    let d = document(&["one two three", "four"]);
    assert_eq!(
        shown(&d, up(&d, TEN, Position::start_of(1))),
        ["", "three", "one two"]
    );
    assert_eq!(
        shown(&d, up(&d, TEN, Position::default())),
        Vec::<&str>::new()
    );
}

#[test]
fn noise_is_passed_over_unless_asked_for() {
    let mut blocks: Vec<_> = ["a", "b", "c"]
        .map(|t| Block::new(BlockKind::Paragraph, t, 0))
        .into();
    blocks[0].kind = BlockKind::Noise;
    blocks[2].kind = BlockKind::Noise;
    let d = Document::new(Metadata::default(), blocks);
    assert_eq!(shown(&d, down(&d, TEN, Position::default())), ["b", ""]);
    assert_eq!(shown(&d, up(&d, TEN, d.end())), ["", "b"]);
    let all = Measure { noise: true, ..TEN };
    assert_eq!(
        shown(&d, down(&d, all, Position::default())),
        ["a", "", "b", "", "c"]
    );
}

#[test]
fn the_lines_of_a_list_hang_under_their_text() {
    let d = Document::new(
        Metadata::default(),
        vec![Block::new(
            BlockKind::ListItem(0),
            "• one two three four five",
            0,
        )],
    );
    let lines: Vec<_> = down(&d, Measure { width: 20, ..TEN }, Position::default());
    assert_eq!(lines.iter().map(|l| l.indent).collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn an_empty_document_has_no_lines() {
    let d = document(&[]);
    assert_eq!(down(&d, TEN, Position::default()).len(), 0);
    assert_eq!(up(&d, TEN, Position::start_of(7)).len(), 0);
}

proptest! {
    #[test]
    fn lines_start_at_increasing_positions_and_up_is_down_reversed(
        texts in prop::collection::vec("[ a-zé漢«»]{1,80}", 1..6), width in 1u16..40, at in 0usize..400) {
        let texts: Vec<_> = texts.iter().map(|t| t.trim()).filter(|t| !t.is_empty()).collect();
        let d = document(&texts);
        let measure = Measure { width, ..TEN };
        let all: Vec<_> = down(&d, measure, Position::default());
        prop_assert!(all.windows(2).all(|w| w[0].start() < w[1].start()));
        let from = d.position_at(at);
        let below: Vec<_> = down(&d, measure, from);
        let mut above: Vec<_> = up(&d, measure, from);
        above.reverse();
        above.extend(below);
        prop_assert_eq!(above, all);
    }

    #[test]
    fn the_word_at_the_top_stays_at_the_top(
        texts in prop::collection::vec("[a-zé漢]{1,9}( [a-zé]{1,9}){0,30}", 1..8),
        at in 0usize..2000, widths in prop::collection::vec(1u16..100, 1..8)) {
        let texts: Vec<_> = texts.iter().map(String::as_str).collect();
        let d = document(&texts);
        let top = d.position_at(at);
        for width in widths {
            let line = down(&d, Measure { width, ..TEN }, top).into_iter().next().expect("a line");
            prop_assert_eq!(line.block, top.block);
            prop_assert!(line.bytes.start <= top.offset);
            let next = down(&d, Measure { width, ..TEN }, top).into_iter().nth(1);
            prop_assert!(next.is_none_or(|n| n.start() > top));
        }
    }
}

/// A document of these blocks with a table of these rows, the first of which names the columns.
fn with_table(rows: &[&str], aligns: &[Align]) -> Document {
    let blocks = rows
        .iter()
        .map(|row| Block::new(BlockKind::TableRow, *row, 0));
    let mut blocks: Vec<_> = blocks.collect();
    blocks.push(Block::new(BlockKind::Paragraph, "after", 0));
    let table = Table {
        rows: 0..rows.len(),
        heads: 1,
        aligns: aligns.to_vec(),
    };
    Document::new(Metadata::default(), blocks).with_tables(vec![table])
}

/// The lines as they are drawn, without signs.
fn rows(document: &Document, width: u16) -> Vec<String> {
    let measure = Measure { width, ..TEN };
    let lines = down(document, measure, Position::default());
    lines.iter().map(|line| row(document, line)).collect()
}

fn row(document: &Document, line: &Line) -> String {
    let mut row = String::new();
    if let Shape::Rule(pieces) = &line.shape {
        let end = pieces.last().map_or(0, |p| p.left + p.width);
        return "-".repeat(end.into());
    }
    if let Shape::Named { block, bytes, .. } = &line.shape {
        row += &document.blocks()[*block].text[bytes.clone()];
        row.push(':');
    }
    for (bytes, at) in line.stretches() {
        while wrap::width(&row) < at {
            row.push(' ');
        }
        row += &document.blocks()[line.block].text[bytes];
    }
    row
}

#[test]
fn a_table_that_fits_is_as_wide_as_its_texts() {
    let d = with_table(
        &["Name\tYears", "Ida\t7", "Bo\t13"],
        &[Align::Start, Align::End],
    );
    let expected = [
        "Name   Years",
        "------------",
        "Ida        7",
        "Bo        13",
        "",
        "after",
    ];
    assert_eq!(rows(&d, 40), expected);
}

#[test]
fn the_cells_of_a_wide_table_are_wrapped_and_nothing_is_cut() {
    let d = with_table(
        &[
            "Plant\tWhere it grows",
            "sea holly\ton dunes and in dry sand near the sea",
            "\tonly here",
        ],
        &[],
    );
    let expected = [
        "Plant       Where it",
        "            grows",
        "-----------------------",
        "sea holly   on dunes",
        "            and in dry",
        "            sand near",
        "            the sea",
        "            only here",
        "",
        "after",
    ];
    assert_eq!(rows(&d, 23), expected);
}

#[test]
fn columns_that_would_be_too_narrow_become_records() {
    let d = with_table(
        &[
            "Plant\tWhere\tWhen",
            "sea holly\ton dunes\tin June",
            "\tin sand\t",
        ],
        &[],
    );
    let expected = [
        "Plant   Where",
        "When",
        "",
        "Plant: sea",
        "       holly",
        "Where: on dunes",
        "When:  in June",
        "",
        "Where: in sand",
        "",
        "after",
    ];
    assert_eq!(rows(&d, 15), expected);
}

#[test]
fn a_row_with_more_cells_than_columns_is_shown_cell_by_cell() {
    let mut texts = vec!["a\tb"; 1000];
    texts[999] = "1\t2\t3";
    let d = with_table(&texts, &[]);
    let all = rows(&d, 40);
    assert_eq!(all[all.len() - 5..], ["1", "2", "3", "", "after"]);
}

#[test]
fn a_place_in_a_cell_is_on_the_line_that_shows_it() {
    let d = with_table(
        &[
            "Plant\tWhere it grows",
            "sea holly\ton dunes and in dry sand near the sea",
        ],
        &[],
    );
    let measure = Measure { width: 23, ..TEN };
    for (word, line) in [
        ("sea holly", 0),
        ("holly", 0),
        ("on dunes", 0),
        ("in dry", 1),
        ("near", 2),
        ("the sea", 3),
    ] {
        let offset = d.blocks()[1].text.find(word).unwrap();
        let found = down(&d, measure, Position { block: 1, offset })[0].clone();
        let all = down(&d, measure, Position::start_of(1));
        assert_eq!(found, all[line], "{word}");
    }
}

#[test]
fn bars_stand_before_quotes_in_quotes_and_go_on_between_them() {
    let quote = |quotes, kind| {
        let within = Within { quotes, lists: 0 };
        Block {
            within,
            ..Block::new(kind, "words of a quote", 0)
        }
    };
    let blocks = vec![
        quote(1, BlockKind::Quote),
        quote(2, BlockKind::Quote),
        quote(0, BlockKind::Paragraph),
    ];
    let d = Document::new(Metadata::default(), blocks);
    let measure = Measure { width: 40, ..TEN };
    let wrapped = Wrapped::default();
    let page = Page {
        document: &d,
        measure,
        wrapped: &wrapped,
    };
    let bars: Vec<Vec<u16>> = page
        .down(Position::default())
        .map(|line| page.bars(&line).collect())
        .collect();
    assert_eq!(bars, [vec![0], vec![0], vec![0, 2], vec![], vec![]]);
}

#[test]
fn what_stands_in_an_item_hangs_under_its_text() {
    let block = |kind, text: &str, quotes, lists| Block {
        within: Within { quotes, lists },
        ..Block::new(kind, text, 0)
    };
    let blocks = vec![
        block(BlockKind::ListItem(0), "10. item", 0, 0),
        block(BlockKind::Paragraph, "more of it", 0, 1),
        block(BlockKind::Code, "code", 0, 1),
        block(BlockKind::Quote, "quoted", 1, 1),
    ];
    let d = Document::new(Metadata::default(), blocks);
    let measure = Measure { width: 40, ..TEN };
    let wrapped = Wrapped::default();
    let page = Page {
        document: &d,
        measure,
        wrapped: &wrapped,
    };
    let lines = page
        .down(Position::default())
        .filter(|line| !line.bytes.is_empty());
    let found: Vec<_> = lines
        .map(|line| (line.indent, page.bars(&line).collect::<Vec<_>>()))
        .collect();
    assert_eq!(found, [(0, vec![]), (4, vec![]), (6, vec![]), (6, vec![4])]);
}

#[test]
fn numbers_of_links_take_room() {
    let link = |range| (range, Mark::Link("#a".to_owned()));
    let block = Block {
        marks: vec![link(0..3), link(4..7)],
        ..Block::new(BlockKind::Paragraph, "one two three", 0)
    };
    let d = Document::new(Metadata::default(), vec![block]);
    assert_eq!(rows(&d, 13), ["one two three"]);
    let numbers = Measure {
        width: 13,
        numbers: true,
        ..TEN
    };
    let lines = down(&d, numbers, Position::default());
    assert_eq!(shown(&d, lines), ["one two", "three"]);
}

/// A document of all kinds of blocks, with a table in it.
fn any_document() -> impl Strategy<Value = Document> {
    let text = "[a-zé漢👩‍👩‍👧]{1,12}( [a-z]{1,9}){0,8}";
    let kind = prop_oneof![
        Just(BlockKind::Paragraph),
        (0..3_u8).prop_map(BlockKind::ListItem),
        Just(BlockKind::Quote),
        Just(BlockKind::Code),
        Just(BlockKind::Image),
        Just(BlockKind::Footnote),
        Just(BlockKind::Heading(2)),
    ];
    let block = (kind, text, 0..5_u8, 0..4_u8, any::<bool>());
    let block = block.prop_map(|(kind, text, quotes, lists, is_linked)| Block {
        within: Within { quotes, lists },
        marks: is_linked
            .then(|| (0..text.len(), Mark::Link("#".into())))
            .into_iter()
            .collect(),
        ..Block::new(kind, text, 0)
    });
    let blocks = prop::collection::vec(block, 0..4);
    let cell = "[a-z漢]{0,9}( [a-z]{1,14}){0,3}";
    let cells = prop::collection::vec(cell, 1..7);
    let table = prop::collection::vec(cells, 1..6);
    let align = prop_oneof![Just(Align::Start), Just(Align::Center), Just(Align::End)];
    let aligns = prop::collection::vec(align, 0..6);
    let parts = (blocks.clone(), table, blocks, 0..3_usize, aligns);
    parts.prop_map(|(before, table, after, heads, aligns)| {
        let start = before.len();
        let rows = table
            .iter()
            .map(|cells| Block::new(BlockKind::TableRow, cells.join("\t"), 0));
        let mut blocks = before;
        blocks.extend(rows);
        let table = Table {
            rows: start..blocks.len(),
            heads: heads.min(table.len()),
            aligns,
        };
        blocks.extend(after);
        Document::new(Metadata::default(), blocks).with_tables(vec![table])
    })
}

proptest! {
    #[test]
    fn tables_and_all_else_lose_nothing_and_are_never_wider_than_the_pane(
        d in any_document(), width in 1_u16..90, numbers in any::<bool>(), at in 0_usize..400) {
        let measure = Measure { width, noise: false, numbers };
        let all = down(&d, measure, Position::default());
        prop_assert!(all.windows(2).all(|w| w[0].start() < w[1].start()));
        let mut shown: Vec<(usize, Range<usize>)> = Vec::new();
        for line in &all {
            let text = &d.blocks()[line.block].text;
            let mut end = 0;
            for (bytes, left) in line.stretches() {
                prop_assert!(left >= end, "cells lie over each other");
                end = left + wrap::width(&text[bytes.clone()]);
                let is_one = text[bytes.clone()].chars().filter(|c| !matches!(c, '👩' | '👧' | '\u{200d}' | ' ')).count() <= 1;
                prop_assert!(end <= width || is_one, "{} of {width}: {:?}", end, &text[bytes.clone()]);
                shown.push((line.block, bytes));
            }
        }
        shown.sort_by_key(|(block, bytes)| (*block, bytes.start));
        for (index, block) in d.blocks().iter().enumerate() {
            let mut at = 0;
            for (_, bytes) in shown.iter().filter(|(b, _)| *b == index) {
                prop_assert!(bytes.start >= at, "shown twice");
                prop_assert!(block.text[at..bytes.start].trim().is_empty());
                at = bytes.end;
            }
            prop_assert!(block.text[at..].trim().is_empty(), "lost {:?} of {:?}", &block.text[at..], block.kind);
        }
        let from = d.position_at(at);
        let below = down(&d, measure, from);
        let mut above = up(&d, measure, from);
        above.reverse();
        above.extend(below);
        prop_assert_eq!(above, all);
    }
}
