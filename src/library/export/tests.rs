//! Tests: Articles as Markdown, and read again.

use proptest::prelude::*;

use super::*;
use crate::formats::Format;
use crate::model::document::{Align, Mark, Metadata, Table, Within};

fn whole(document: &Document) -> Part {
    Part {
        blocks: 0..document.blocks().len(),
        noise: false,
    }
}

fn words(document: &Document) -> Vec<String> {
    let blocks = whole(document);
    let mut words = Vec::new();
    for (_, block) in blocks.of(document) {
        let bare = block
            .text
            .strip_prefix(['•', '-', '*', '◦', '▪', '‣', '·', '●']);
        // one bullet is as good as another
        let text = bare
            .filter(|bare| matches!(block.kind, BlockKind::ListItem(_)) && bare.starts_with(' '));
        let text = text.unwrap_or(&block.text);
        words.extend(text.split_whitespace().map(str::to_owned));
    }
    words
}

#[track_caller]
fn check_round_trip(document: &Document) -> String {
    let written = markdown(document, &whole(document));
    let again = formats::markdown_of(&written);
    assert_eq!(
        contents(&again).headings,
        contents(document).headings,
        "{written}"
    );
    assert_eq!(words(&again), words(document), "{written}");
    written
}

#[test]
fn every_sample_survives_being_written_and_read() {
    for (path, text) in crate::library::SAMPLES {
        let format = Format::of(std::path::Path::new(path)).unwrap();
        let document = formats::parse(text.as_bytes(), format).unwrap();
        let written = check_round_trip(&document);
        assert!(!written.contains("structure:"), "{path}");
    }
}

/// Text that looks like syntax.
fn text() -> impl Strategy<Value = String> {
    #[rustfmt::skip]
    let piece = prop::sample::select(vec![
        "word", "word", "word", "Word.", "é", "中文", "“q”", "*", "**", "_", "__", "`", "``", "[", "]", "](", "](x)", "[^1]", "[1]", "![", "<", ">",
        "<br>", "<b>", "</b>", "<!--", "#", "##", "|", "\\", "\\|", "-", "---", "+", "1.", "2)", "&amp;", "&", "#x41;", "~", "~~", "$", "!", "[x]",
        "https://e.org/a_b", "http://e.org/?a=*b*&c;", "www.e.org/*x*", "www.", "://", ":", "=", "===", "^", "{#id}", ";", "'", "\"", ".", "(", ")", "    ",
    ]);
    let joint = prop::sample::select(vec!["", " ", " "]);
    prop::collection::vec((piece, joint), 1..9).prop_map(|pieces| {
        let text: String = pieces
            .into_iter()
            .flat_map(|(piece, joint)| [piece, joint])
            .collect();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

fn mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        Just(Mark::Emphasis),
        Just(Mark::Strong),
        Just(Mark::Code),
        Just(Mark::Strikethrough),
        prop::sample::select(vec!["https://e.org/a(b", "#name", "", "a b<c>", "x|y&amp;"])
            .prop_map(|t| Mark::Link(t.to_owned())),
        Just(Mark::Image("boat.png".to_owned())),
    ]
}

/// A block of one of the kinds that are told from nothing but their text.
fn block() -> impl Strategy<Value = Block> {
    let kind = prop_oneof![
        4 => Just(BlockKind::Paragraph),
        2 => (1..=6_u8).prop_map(BlockKind::Heading),
        4 => (0..4_u8).prop_map(BlockKind::ListItem),
        1 => Just(BlockKind::Quote),
        1 => Just(BlockKind::Code),
        1 => Just(BlockKind::Verse),
        1 => Just(BlockKind::Caption),
        1 => Just(BlockKind::Image),
        2 => Just(BlockKind::TableRow),
        1 => Just(BlockKind::Footnote),
        1 => Just(BlockKind::Rule),
    ];
    let bullet = prop::sample::select(vec!["• ", "1. ", "2. ", "3) ", "[x] ", ""]);
    let marks = prop::collection::vec(
        (
            any::<prop::sample::Index>(),
            any::<prop::sample::Index>(),
            mark(),
        ),
        0..4,
    );
    (kind, text(), text(), bullet, marks, 0..3_u8, 0..3_u8).prop_map(
        |(kind, one, two, bullet, marks, quotes, lists)| {
            let text = match kind {
                BlockKind::ListItem(_) => format!("{bullet}{one}").trim_end().to_owned(),
                BlockKind::Code => format!("{one}\n\n\t{two}"),
                BlockKind::Verse => format!("{one}\n  {two}"),
                BlockKind::TableRow => format!("{one}\t{two}"),
                BlockKind::Footnote => format!("[{}] {one}", lists + 1),
                BlockKind::Rule => "* * *".to_owned(),
                _ => one,
            };
            let mut block = Block::new(kind, text, 0);
            if !matches!(kind, BlockKind::Heading(_) | BlockKind::Footnote) {
                block.within = Within {
                    quotes,
                    lists: if matches!(kind, BlockKind::ListItem(_)) {
                        0
                    } else {
                        lists
                    },
                };
            }
            if !matches!(kind, BlockKind::Code | BlockKind::Rule) {
                for (a, b, mark) in marks {
                    let end = block.text.len() + 1;
                    let [a, b] = [a, b].map(|at| block.text.floor_char_boundary(at.index(end)));
                    let range = a.min(b)..a.max(b);
                    if !range.is_empty() && !block.text[range.clone()].contains(['\t', '\n']) {
                        block.marks.push((range, mark));
                    }
                }
                block
                    .marks
                    .sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
            }
            block
        },
    )
}

/// A document as parsers make them: the highest heading is of the first level.
fn document() -> impl Strategy<Value = Document> {
    (prop::collection::vec(block(), 1..8), text(), 0..3_u8).prop_map(
        |(mut blocks, title, titled)| {
            blocks.retain(|block| !block.text.trim().is_empty());
            let level = |block: &Block| match block.kind {
                BlockKind::Heading(level) => Some(level),
                _ => None,
            };
            let highest = blocks.iter().filter_map(level).min().unwrap_or(1);
            for block in &mut blocks {
                if let BlockKind::Heading(level) = &mut block.kind {
                    *level -= highest - 1;
                }
            }
            let mut metadata = Metadata::default();
            if titled > 0 {
                metadata.title = title;
            }
            if titled > 1 {
                blocks.insert(0, Block::new(BlockKind::Title, metadata.title.as_str(), 1));
            }
            let mut tables: Vec<Table> = Vec::new();
            for (i, block) in blocks.iter().enumerate() {
                match tables.last_mut() {
                    _ if block.kind != BlockKind::TableRow => {}
                    Some(table) if table.rows.end == i => table.rows.end = i + 1,
                    _ => tables.push(Table {
                        rows: i..i + 1,
                        heads: i % 2,
                        aligns: vec![Align::End],
                    }),
                }
            }
            Document::new(metadata, blocks).with_tables(tables)
        },
    )
}

proptest! {
    #[test]
    fn any_document_survives_being_written_and_read(document in document()) {
        let written = markdown(&document, &whole(&document));
        let again = formats::markdown_of(&written);
        prop_assert_eq!(contents(&again).headings, contents(&document).headings, "{}", written);
        let mut expected = words(&document);
        let is_heading = document.blocks().first().is_some_and(|b| b.text == document.metadata.title && matches!(b.kind, BlockKind::Heading(_)));
        if !document.metadata.title.is_empty() && !is_heading && !document.blocks().iter().any(|b| b.kind == BlockKind::Title) {
            // a title that only the front matter has is shown
            expected = words(&again)[..document.metadata.title.split_whitespace().count()].iter().cloned().chain(expected).collect();
        }
        prop_assert_eq!(words(&again), expected, "{}", written);
    }
}
