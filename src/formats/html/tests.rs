//! Tests: HTML, read into blocks.

use super::*;

/// The blocks of a page, each with its kind before it.
fn shown(html: &str) -> Vec<String> {
    let (_, built) = blocks(html, None);
    built
        .blocks
        .blocks
        .iter()
        .map(|b| format!("{:?} {}", b.kind, b.text))
        .collect()
}

#[test]
fn a_page_is_its_blocks() {
    let html = "<h1>One</h1><p>Two <b>three</b>\n four.<p>Five<br>six.<ul><li>a<li>b<ol start=3><li>c</ol></ul>
        <blockquote><p>Said.</blockquote><pre>x\n  y</pre><hr>tail";
    assert_eq!(
        shown(html),
        [
            "Heading(1) One",
            "Paragraph Two three four.",
            "Paragraph Five six.",
            "ListItem(0) • a",
            "ListItem(0) • b",
            "ListItem(1) 3. c",
            "Quote Said.",
            "Code x\n  y",
            "Rule * * *",
            "Paragraph tail",
        ]
    );
}

#[test]
fn links_are_absolute_and_marked() {
    let base = Url::parse("https://example.org/a/b.html").unwrap();
    let (_, built) = blocks(
        "<p>see <a href='../c'>that</a> and <a href='b.html#x'>here</a>",
        Some(&base),
    );
    assert_eq!(
        built.blocks.blocks[0].marks,
        [
            (4..8, Mark::Link("https://example.org/c".into())),
            (13..17, Mark::Link("#x".into()))
        ]
    );
}

#[test]
fn tables_have_rows_and_layout_has_none() {
    let html = "<table><tr><th>a<th>b<tr><td rowspan=2>1<td>2<tr><td>3</table>
        <table><tr><td><p>one long cell</p><p>of a layout</table>";
    assert_eq!(
        shown(html),
        [
            "TableRow a\tb",
            "TableRow 1\t2",
            "TableRow \t3",
            "Paragraph one long cell",
            "Paragraph of a layout",
        ]
    );
    assert_eq!(blocks(html, None).1.tables[0].heads, 1);
}

#[test]
fn what_nobody_sees_is_left_out() {
    let html = "<p>seen<script>x()</script><style>p{}</style><span hidden>no</span><p style='color:red; DISPLAY : none'>no
        <p aria-hidden=true>no<template><p>no</template><noscript>no</noscript><button>no</button><!-- no --><svg><text>no</text></svg>";
    assert_eq!(shown(html), ["Paragraph seen"]);
}

#[test]
fn pictures_say_what_they_show() {
    let html = "<p><img src='a/Caf%C3%A9.jpg'><p><img alt='A cat' src='data:image/png;base64,AAAA'><p><img src=dot.gif width=1 height=1>
        <figure><img alt=Dog data-src=dog.png src='data:image/gif;base64,R0'><figcaption>A dog.</figcaption></figure>
        <p>Smile <img alt=':-)' src=s.png> please.<iframe src='https://video.example/1' title='A film'></iframe>";
    assert_eq!(
        shown(html),
        [
            "Image Café.jpg",
            "Image A cat",
            "Image Dog",
            "Caption A dog.",
            "Paragraph Smile :-) please.",
            "Image A film"
        ]
    );
}

#[test]
fn notes_are_in_brackets_and_lead_back() {
    let html = "<p>So<sup id=r1><a href=#fn1>1</a></sup>, x<sup>2</sup> and H<sub>2</sub>O.<ol><li id=fn1>Why. <a href=#r1>↩</a></ol>";
    assert_eq!(
        shown(html),
        ["Paragraph So[1], x² and H₂O.", "Footnote [1] Why."]
    );
    let (_, built) = blocks(html, None);
    assert_eq!(
        built.blocks.blocks[1].marks,
        [(0..3, Mark::Link("#r1".into()))]
    );
}

#[test]
fn lines_of_a_poem_stay() {
    let html =
        "<p>Roses are red,<br>\n violets <i>are</i> blue,<br>sugar is sweet.</p><p>One<br><br>two";
    assert_eq!(
        shown(html),
        [
            "Verse Roses are red,\nviolets are blue,\nsugar is sweet.",
            "Paragraph One",
            "Paragraph two"
        ]
    );
}

#[test]
fn quotes_rubies_and_definitions_are_written_out() {
    let html = "<p><q>Yes, <q>no</q></q> <ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby><dl><dt>Word<dd>What it means.</dl>";
    assert_eq!(
        shown(html),
        [
            "Paragraph “Yes, ‘no’” 漢(kan)",
            "Paragraph Word",
            "Paragraph What it means."
        ]
    );
}

#[test]
fn no_break_spaces_stay_and_controls_become_visible() {
    assert_eq!(
        shown("<p>5&nbsp;% &#27;[31m&#x202e;x\0"),
        ["Paragraph 5\u{a0}% \u{241b}[31mx"]
    );
}

#[test]
fn a_list_in_a_cell_stays_in_its_cell() {
    let html = "<table><tr><th>a<th>b<tr><td><ul><li>x<li>y</ul><td>2</table>";
    assert_eq!(shown(html), ["TableRow a\tb", "TableRow x y\t2"]);
}

#[test]
fn absurd_cells_are_few() {
    let html = "<table><tr><td colspan=1000000000>a<td>b<tr><td rowspan=999999999>c<td>d</table>"
        .repeat(3);
    let shown = shown(&html);
    assert_eq!(shown[..2], ["TableRow a\tb", "TableRow c\td"]);
    assert!(shown.iter().all(|row| row.len() < 100));
}

#[test]
fn deep_nesting_loses_no_text() {
    for tag in [
        "div",
        "ul><li",
        "blockquote",
        "b",
        "table><tr><td",
        "span",
        "font",
        "a href=x",
        "ol><li><p",
    ] {
        let html = format!("{}deep{}", format!("<{tag}>").repeat(1000), "tail");
        let text = shown(&html).concat();
        assert!(text.contains("deeptail"), "{tag}");
    }
}

#[test]
fn marks_that_are_never_ended_cost_little() {
    let html = format!("{}{}", "<b class=x>".repeat(200), "<p>x".repeat(300));
    assert_eq!(shown(&html).len(), 300);
}

#[test]
fn pages_with_all_sorts_of_rubbish_are_read() {
    for html in [
        "",
        "<",
        "<p",
        "</p></p>",
        "<![CDATA[x]]>",
        "<table><table><tr><p>x",
        "<li>x</ul></ol>",
        "<dd>x</dl>",
        "&#0;&#xffffffff;&nosuch;&amp",
        "<title>x",
        "<textarea><p>",
        "<td>x<th>y",
        "<math><mi>x</math>",
        "<h1><h1><h1>",
        "<frameset><frame>",
    ] {
        let _ = shown(html);
        let _ = crate::formats::parse(html.as_bytes(), crate::formats::Format::Html);
    }
}

proptest::proptest! {
    #[test]
    fn any_mixture_of_tags_is_read(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href=#x id=y>", "</a>", "<ul>", "</ul>", "<li>", "<ol start=9>", "</ol>",
                "<table>", "</table>", "<tr>", "<td colspan=3>", "<th rowspan=2>", "</td>", "<blockquote>", "</blockquote>", "<pre>", "</pre>",
                "<h2>", "</h2>", "<br>", "<hr>", "<img src=a alt=b>", "<sup>", "</sup>", "<q>", "</q>", "<dl>", "<dt>", "<dd>", "</dl>",
                "word ", "two words", "\n", "é\u{301}", "\u{2066}", "<li id=fn1>", "<figure>", "<figcaption>", "</figure>", "<ruby>", "<rt>",
                "<div class=comments>", "</div>", "<article>", "</article>", "A sentence with quite a few words in it, so that it may count as running text of an article.",
            ]),
            0..60,
        )
    ) {
        let html = parts.concat();
        let document = crate::formats::parse(html.as_bytes(), crate::formats::Format::Html).unwrap();
        for block in document.blocks() {
            for (range, _) in &block.marks {
                proptest::prop_assert!(block.text.get(range.clone()).is_some());
            }
            proptest::prop_assert!(!block.text.trim().is_empty() || block.kind == BlockKind::TableRow);
        }
        for (_, place) in document.anchors() {
            proptest::prop_assert_eq!(document.clamp(*place), *place);
        }
    }
}
