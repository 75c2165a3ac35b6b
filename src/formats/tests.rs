//! Tests: Parsing, from bytes to documents.

use proptest::prelude::*;

use super::*;
use crate::model::outline::{Outline, SectionKind};

/// An article of one block a line with a stray line above its title and three headings that nothing marks.
const ARTICLE: &str = "\
Table of Contents
Le port et la ville cherchent un accord sur les quais
Le port et la ville ont convenu hier de reprendre leurs discussions sur l’avenir des quais, fermés au public depuis l’automne, a indiqué la mairie dans un communiqué.
« Nous avons le temps », a déclaré le directeur du port, qui rappelle que les travaux n’ont pas commencé et que rien ne presse avant l’été prochain.
Reprise des Discussions
Les deux parties se retrouveront lundi. Elles n’ont pas dit combien de temps il leur faudra pour s’entendre sur le partage des frais.
Les commerçants, eux, attendent : plusieurs étals sont restés vides tout l’hiver, et les clients ont pris d’autres habitudes.
La mairie promet que le marché reviendra.
Commerces et Marché
Le marché du samedi s’est installé sur la place, à l’abri du vent, et les vendeurs d’oranges n’ont guère envie d’en partir.
Ceux qui sont restés près de l’eau vendent moins, mais disent qu’ils ne bougeront pas.
Travaux et Calendrier à Venir
Les travaux dureront deux ans. Le bassin sera vidé, puis curé, et les pavés du quai seront déposés un à un avant d’être remis à leur place.
Une passerelle provisoire permettra de passer d’une rive à l’autre.
";

fn text(text: &str) -> Document {
    parse(text.as_bytes(), Format::Text)
}

/// What is no book cannot fail.
fn parse(bytes: &[u8], format: Format) -> Document {
    super::parse(bytes, format).unwrap()
}

fn of_kind(document: &Document, kind: BlockKind) -> Vec<&str> {
    document
        .blocks()
        .iter()
        .filter(|block| block.kind == kind)
        .map(|block| block.text.as_str())
        .collect()
}

#[test]
fn the_format_is_told_by_the_name() {
    assert_eq!(Format::of(Path::new("a/b.txt")), Some(Format::Text));
    assert_eq!(Format::of(Path::new("B.TEXT")), Some(Format::Text));
    assert_eq!(Format::of(Path::new("b.Md")), Some(Format::Markdown));
    assert_eq!(Format::of(Path::new("b.markdown")), Some(Format::Markdown));
    assert_eq!(Format::of(Path::new("b.XHTML")), Some(Format::Html));
    assert_eq!(Format::of(Path::new("b.epub")), Some(Format::Epub));
    for name in ["b", "b.pdf", ".txt", "txt", "b.txt.gz"] {
        assert_eq!(Format::of(Path::new(name)), None, "{name}");
    }
}

#[test]
fn unmarked_headings_and_the_stray_line_are_recognised() {
    let document = text(ARTICLE);
    assert_eq!(
        document.metadata.title,
        "Le port et la ville cherchent un accord sur les quais"
    );
    assert_eq!(document.metadata.language.as_deref(), Some("fr"));
    assert_eq!(of_kind(&document, BlockKind::Noise), ["Table of Contents"]);
    let headings: Vec<(u32, BlockKind)> = document
        .blocks()
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading(_)))
        .map(|block| (block.line, block.kind))
        .collect();
    assert_eq!(
        headings,
        [5, 9, 12].map(|line| (line, BlockKind::Heading(1)))
    );
    let outline = Outline::of(&document);
    assert_eq!(outline.sections.len(), 4);
    assert_eq!(outline.sections[0].kind, SectionKind::Opening);
    assert_eq!(outline.sections[0].title, document.metadata.title);
}

#[test]
fn the_same_article_gives_the_same_outline_however_its_lines_end() {
    let plain = text(ARTICLE);
    let titles = |document: &Document| {
        Outline::of(document)
            .sections
            .into_iter()
            .map(|s| s.title)
            .collect::<Vec<_>>()
    };
    let utf16: Vec<u8> = ARTICLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for other in [
        text(&ARTICLE.replace('\n', "\r\n")),
        text(&ARTICLE.replace('\n', "\r")),
        text(&ARTICLE.replace('\n', "\n\n")),
        text(&format!("\u{feff}{}", ARTICLE.replace('é', "e\u{301}"))),
        parse(&utf16, Format::Text),
        parse(ARTICLE.replace('\n', "\n\n").as_bytes(), Format::Markdown),
    ] {
        assert_eq!(titles(&other), titles(&plain));
        assert_eq!(other.metadata, plain.metadata);
    }
}

#[test]
fn byline_and_date_are_told_and_not_headings() {
    let body =
        "A paragraph of the body that is long enough to be one, with a full stop at its end.";
    let document = text(&format!(
        "A Title\nBy Jane Roe\n12 March 2022, 11:15\n{body}\n{body}\n"
    ));
    assert_eq!(document.metadata.byline.as_deref(), Some("Jane Roe"));
    assert_eq!(
        document.metadata.date.as_deref(),
        Some("12 March 2022, 11:15")
    );
    assert_eq!(
        of_kind(&document, BlockKind::Byline),
        ["By Jane Roe", "12 March 2022, 11:15"]
    );
}

#[test]
fn nothing_is_an_empty_document() {
    for bytes in [&b""[..], b"\n\n\n", b"\xEF\xBB\xBF", b"\xFF\xFE", b" \t "] {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let document = parse(bytes, format);
            assert!(document.is_empty() && document.blocks().is_empty());
            assert_eq!(document.metadata, Metadata::default());
        }
    }
}

#[test]
fn one_short_line_is_a_title_only() {
    let document = text("A title\n");
    assert_eq!(document.metadata.title, "A title");
    assert_eq!(of_kind(&document, BlockKind::Title), ["A title"]);
}

#[test]
fn a_text_that_begins_with_its_body_has_no_title() {
    let body = "It began in the morning, when the first boats came in and nobody had thought of lunch yet.";
    let document = text(&format!("{body}\n{body}\n"));
    assert_eq!(document.metadata.title, "");
    assert!(of_kind(&document, BlockKind::Title).is_empty());
}

#[test]
fn nothing_but_noise_is_read_all_the_same() {
    let document = text("Share\nAdvertisement\nCopy link\n");
    assert!(of_kind(&document, BlockKind::Noise).is_empty());
    assert!(!document.is_empty());
}

#[test]
fn controls_never_get_into_a_document() {
    let document = text(
        "A\u{202e} title\u{200b}\u{1b}[2J\nBody with \u{1b}]0;x\u{7} and \u{9b} and a NUL \0 in it, and a stop at its end.\n",
    );
    assert_eq!(document.metadata.title, "A title␛[2J");
    assert!(
        document
            .blocks()
            .iter()
            .all(|block| !block.text.chars().any(char::is_control))
    );
}

#[test]
fn hostile_shapes_are_articles_of_small_blocks() {
    let shapes = [
        "word ".repeat(10_000),
        "x".repeat(500_000),
        "Heading\nA paragraph that follows it, with a stop.\n".repeat(10_000),
        "12\n".repeat(30_000),
        "Share\n".repeat(20_000),
        "- a\n  - b\n".repeat(10_000),
        "> > > a\n".repeat(10_000),
        "a\u{301}".repeat(30_000),
        "\u{2067}".repeat(30_000),
        "\u{2067}\n".repeat(30_000),
        "\u{1b}[".repeat(30_000),
        "*a **b ".repeat(10_000),
        "[a](b ".repeat(10_000),
        "[".repeat(50_000),
        "`a ``b ".repeat(10_000),
        "<http://".repeat(10_000),
        "](a".repeat(20_000),
        ">".repeat(50_000),
        "```\n".repeat(10_000),
        "---\na: b\n".repeat(10_000),
        "    a\n\n".repeat(10_000),
        "1. a\n".repeat(20_000),
    ];
    for shape in &shapes {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let document = parse(shape.as_bytes(), format);
            assert!(
                document
                    .blocks()
                    .iter()
                    .all(|block| block.text.len() <= crate::model::document::MAX_BLOCK_BYTES)
            );
        }
    }
}

proptest! {
    #[test]
    fn any_bytes_are_an_article(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let document = parse(&bytes, format);
            for block in document.blocks() {
                prop_assert!(!block.text.chars().any(|c| c.is_control() && c != '\n' && c != '\t'));
            }
            Outline::of(&document);
        }
    }

    #[test]
    fn any_text_is_an_article(text in "(\\PC{0,20}[\n #*_`>.:-]{0,3}){0,20}") {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let document = parse(text.as_bytes(), format);
            for block in document.blocks() {
                prop_assert!(unicode_normalization::is_nfc(&block.text));
                for (range, _) in &block.marks {
                    prop_assert!(block.text.get(range.clone()).is_some_and(|marked| !marked.is_empty()));
                }
                prop_assert!(block.marks.is_sorted_by_key(|(range, _)| range.start));
            }
        }
    }
}
