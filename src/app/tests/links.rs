//! Links, tables and all that stands in marks, driven by keys.

use super::*;
use crate::app::event::{Mouse, MouseKind};
use crate::model::document::{
    Align, Block, BlockKind, Document, Mark, Metadata, Position, Table, Within,
};

/// A block with links: each `[words](target)` in it is one.
fn linked(kind: BlockKind, source: &str) -> Block {
    let mut block = Block::new(kind, "", 1);
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('[') {
        let (words, after) = after.split_once("](").unwrap();
        let (target, after) = after.split_once(')').unwrap();
        block.text += before;
        let start = block.text.len();
        block.text += words;
        let mark = Mark::Link(target.to_owned());
        block.marks.push((start..block.text.len(), mark));
        rest = after;
    }
    block.text += rest;
    block
}

/// An article with links of all kinds, a table, and far below a note.
fn document() -> Document {
    let paragraph = |source: &str| linked(BlockKind::Paragraph, source);
    let quote = |quotes, text: &str| Block {
        within: Within { quotes, lists: 0 },
        ..Block::new(BlockKind::Quote, text, 1)
    };
    let mut blocks = vec![
        linked(BlockKind::Title, "The Shore"),
        paragraph(
            "The [web](https://example.org/a), a [note](#note), [another](other.txt#deep), a \
             [trap](https://bank.com:x@аpple.com/), a [script](javascript:alert) and [nothing](#none).",
        ),
        linked(BlockKind::TableRow, "Plant\tWhere it grows\tYears"),
        linked(
            BlockKind::TableRow,
            "Sea holly\tOn dunes and in dry sand near the sea, where [little](#note) else holds on\t7",
        ),
        linked(BlockKind::TableRow, "Marram\tThe first dune\t130"),
        quote(1, "The wind prunes everything down to the same slope."),
        quote(2, "And nobody looks at it."),
        linked(BlockKind::Heading(1), "Further on"),
    ];
    let table = Table {
        rows: 2..5,
        heads: 1,
        aligns: vec![Align::Start, Align::Start, Align::End],
    };
    for n in 0..60 {
        blocks.push(paragraph(&format!(
            "Paragraph {n} tells of sand and of nothing else."
        )));
    }
    let note = Position::start_of(blocks.len());
    blocks.push(linked(
        BlockKind::Footnote,
        "1. The note, with a [page](https://notes.example/1).",
    ));
    Document::new(Metadata::default(), blocks)
        .with_tables(vec![table])
        .with_anchors(vec![("note".to_owned(), note), ("deep".to_owned(), note)])
}

fn opened(session: &mut Session, path: &str, document: Document) {
    session.app.opening = Some(path.into());
    let article = session.article(Path::new(path));
    let outline = Outline::of(&document);
    session.tell(Event::Opened(Box::new(Opened {
        found: Vec::new(),
        changes: Changes::default(),
        article,
        document,
        outline,
        state: State::default(),
        bookmark: None,
        extent: Extent::Whole,
    })));
}

fn reading(size: (u16, u16)) -> Session {
    let files = [("a.txt", SHORT), ("other.txt", SHORT)];
    let mut session = Session::new(size, &files, Start::Article("a.txt".into()));
    opened(&mut session, "a.txt", document());
    session.press("t");
    session.asked.clear();
    session
}

fn browsed(session: &Session) -> Vec<&str> {
    let urls = session.asked.iter().filter_map(|effect| match effect {
        Effect::Browse(address) => Some(address.url.as_str()),
        _ => None,
    });
    urls.collect()
}

#[test]
fn tables_quotes_and_numbered_links() {
    let mut session = reading((60, 24));
    session.press("#");
    insta::assert_snapshot!(session.screen());
}

#[test]
fn a_table_on_a_narrow_screen() {
    let mut session = reading((30, 24));
    session.press("}");
    session.press("} } z");
    insta::assert_snapshot!(session.screen());
}

#[test]
fn letters_lead_to_a_note_and_a_key_back() {
    let mut session = reading((80, 24));
    let before = session.top_words();
    session.press("f");
    session.shows("type the letters of a link");
    session.shows("a jote");
    session.press("j");
    session.shows("1. The note, with a page.");
    session.shows("ctrl-o goes back");
    session.press("ctrl-o");
    assert_eq!(session.top_words(), before);
    session.press("f esc");
    session.shows("a note");
    session.press("6 enter");
    session.shows("no place in this article is called `none`");
}

#[test]
fn a_page_is_opened_only_after_its_real_host_was_shown() {
    let mut session = reading((80, 24));
    session.press("o f");
    session.shows("Open in the browser?");
    session.shows("│ example.org ");
    session.press("n");
    session.hides("Open in the browser?");
    assert_eq!(browsed(&session), [""; 0]);
    session.press("o y");
    assert_eq!(browsed(&session), ["https://example.org/a"]);
    session.asked.clear();
    session.press("4 enter");
    session.shows("│ xn--pple-43d.com ");
    session.shows("“bank.com” before the @ is not the host");
    session.shows("written as “аpple.com”");
    session.press("esc");
    session.press("5 o");
    session.shows("`javascript:` links are not followed");
    session.press("y enter");
    session.press("2 o");
    session.shows("this link leads to no page on the web");
    assert_eq!(browsed(&session), [""; 0]);
}

#[test]
fn a_link_to_another_article_opens_it_at_its_place_and_leads_back() {
    let mut session = reading((80, 24));
    session.press("3 f");
    let asked = Effect::Follow {
        from: "a.txt".into(),
        path: "other.txt".to_owned(),
        anchor: Some("deep".to_owned()),
    };
    assert_eq!(session.asked, [asked]);
    let now = session.now;
    let effects = session.app.update(
        Event::Linked {
            from: "a.txt".into(),
            to: "other.txt".into(),
            anchor: Some("deep".to_owned()),
        },
        now,
    );
    assert!(effects.contains(&Effect::Open("other.txt".into(), None)));
    opened_with_anchor(&mut session);
    session.press("ctrl-o ctrl-o");
    let open = Effect::Open("a.txt".into(), None);
    assert!(session.asked.contains(&open), "{:?}", session.asked);
}

/// The other article, opened by the link that was followed.
fn opened_with_anchor(session: &mut Session) {
    let article = session.article(Path::new("other.txt"));
    let document = document();
    let outline = Outline::of(&document);
    session.tell(Event::Opened(Box::new(Opened {
        found: Vec::new(),
        changes: Changes::default(),
        article,
        document,
        outline,
        state: State::default(),
        bookmark: None,
        extent: Extent::Whole,
    })));
    session.shows("1. The note, with a page.");
}

#[test]
fn an_answer_to_a_link_of_an_article_that_was_left_is_dropped() {
    let mut session = reading((80, 24));
    let linked = Event::Linked {
        from: "b.txt".into(),
        to: "other.txt".into(),
        anchor: None,
    };
    assert_eq!(session.app.update(linked, session.now), []);
}

#[test]
fn links_are_gone_through_and_copied() {
    let mut session = reading((80, 24));
    session.press(") y");
    session.press("2 ) y ( y");
    let copied = session.asked.iter().filter_map(|effect| match effect {
        Effect::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    let expected = ["https://example.org/a", "other.txt#deep", "#note"];
    assert_eq!(copied.collect::<Vec<_>>(), expected);
    session.press("( (");
    session.shows("no link there");
    session.press("9 9 )");
    session.shows("1. The note, with a page.");
    session.press("esc y");
    session.shows("copied the paragraph");
}

#[test]
fn words_are_found_and_links_are_clicked_in_cells() {
    let mut session = reading((60, 24));
    session.press("/");
    session.type_text("sand near");
    session.press("enter");
    session.shows("1/1");
    session.press("esc B");
    assert_eq!(session.state().bookmarks.len(), 1);
    session.press("B");
    let screen = session.screen();
    let (row, line) = screen
        .lines()
        .enumerate()
        .find(|(_, l)| l.contains("little"))
        .unwrap();
    let before = &line[..line.find("little").unwrap()];
    let click = Mouse {
        kind: MouseKind::Click,
        column: u16::try_from(before.chars().count()).unwrap() + 2,
        row: u16::try_from(row).unwrap(),
    };
    session.tell(Event::Mouse(click));
    assert_eq!(
        session.app.reader.as_ref().unwrap().link().unwrap().number,
        7
    );
    session.tell(Event::Mouse(click));
    session.shows("1. The note, with a page.");
}

#[test]
fn all_links_are_listed_narrowed_and_followed() {
    let mut session = reading((80, 24));
    session.press("F");
    session.shows("‹4› trap");
    session.shows("xn--pple-43d.com │");
    session.shows("`javascript:` links are not followed │");
    session.type_text("note");
    session.hides("trap");
    session.press("down enter");
    session.shows("1. The note, with a page.");
    session.press("F");
    session.type_text("zzz");
    session.shows("no link says or leads to that");
    session.press("enter esc");
    session.hides("Links");
}

#[test]
fn every_key_with_links_works_at_every_size() {
    for (width, height) in [(1, 1), (9, 3), (20, 5), (40, 12), (120, 40)] {
        let mut session = reading((width, height));
        for keys in [
            "#", "F", "down", "esc", "f", "f", ")", "enter", "n", "o", "x", "O", "(", "G", "f",
            "esc", "4 enter",
        ] {
            session.press(keys);
            session.screen();
            session.resize(width + 1, height + 1);
            session.screen();
            session.resize(width, height);
        }
    }
}
