use super::*;
use crate::model::document::Mark;

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
