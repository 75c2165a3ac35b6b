//! Corrections of documents.

use proptest::prelude::*;

use super::*;
use crate::model::article::{SectionKey, Status};
use crate::model::document::Position;

/// A document: `#` begins a heading and says its level, `=` the title, `@` a byline, `~` noise, `|` code.
fn document(texts: &[&str]) -> Document {
    let mut metadata = Metadata::default();
    let mut blocks = Vec::new();
    for &text in texts {
        let bare = text.trim_start_matches(['#', '=', '@', '~', '|']);
        let kind = match text.as_bytes().first() {
            Some(b'#') => BlockKind::Heading(u8::try_from(text.len() - bare.len()).unwrap()),
            Some(b'=') => BlockKind::Title,
            Some(b'@') => BlockKind::Byline,
            Some(b'~') => BlockKind::Noise,
            Some(b'|') => BlockKind::Code,
            _ => BlockKind::Paragraph,
        };
        match kind {
            BlockKind::Title => metadata.title = bare.to_owned(),
            BlockKind::Byline => metadata.byline = Some(bare.trim_start_matches("By ").to_owned()),
            _ => {}
        }
        blocks.push(Block::new(kind, bare, 1));
    }
    Document::new(metadata, blocks)
}

fn correction(document: &Document, block: usize, said: Said) -> Correction {
    Correction {
        quote: Quote::of_block(document, block).unwrap(),
        section: String::new(),
        said,
        made: 0,
    }
}

fn corrections(document: &Document, said: &[(usize, Said)]) -> Vec<Correction> {
    let one = |&(block, said): &(usize, Said)| correction(document, block, said);
    said.iter().map(one).collect()
}

fn kinds(document: &Document) -> Vec<BlockKind> {
    document.blocks().iter().map(|block| block.kind).collect()
}

/// What becomes of a text: its title, and its blocks as `document` takes them.
#[track_caller]
fn check(texts: &[&str], said: &[(usize, Said)], title: &str, expected: &[&str]) {
    let mut it = document(texts);
    let parsed = it.clone();
    let all = corrections(&it, said);
    let found = apply(&mut it, &all);
    assert!(
        found
            .iter()
            .zip(said)
            .all(|(found, (block, _))| *found == Some(*block))
    );
    assert_eq!(kinds(&it), kinds(&document(expected)));
    assert_eq!(it.metadata.title, title);
    assert_eq!(it.len(), document(expected).len(), "noise counts nothing");
    assert_eq!(apply(&mut it, &[]), []);
    assert_eq!(
        (kinds(&it), &it.metadata),
        (kinds(&parsed), &parsed.metadata)
    );
}

const TEXT: [&str; 6] = [
    "~Share",
    "=The Lamp",
    "By Ida",
    "#Wick",
    "It was dry.",
    "Oil",
];

#[test]
fn the_reader_says_what_is_a_heading_and_what_is_none() {
    use Said::{Heading, Noise, Text};
    let with = |i: usize, text: &'static str| {
        let mut texts = TEXT;
        texts[i] = text;
        texts
    };
    check(&TEXT, &[(5, Heading(2))], "The Lamp", &with(5, "##Oil"));
    check(&TEXT, &[(3, Heading(3))], "The Lamp", &with(3, "###Wick"));
    check(&TEXT, &[(3, Text)], "The Lamp", &with(3, "Wick"));
    check(&TEXT, &[(4, Text)], "The Lamp", &TEXT);
    check(&TEXT, &[(5, Noise)], "The Lamp", &with(5, "~Oil"));
    check(&TEXT, &[(0, Text)], "The Lamp", &with(0, "Share"));
    check(&TEXT, &[(5, Heading(0))], "The Lamp", &with(5, "#Oil"));
    check(
        &TEXT,
        &[(5, Heading(99))],
        "The Lamp",
        &with(5, "######Oil"),
    );
    check(&["|code"], &[(0, Text)], "", &["|code"]);
}

#[test]
fn there_is_one_title_and_the_last_that_was_said_is_it() {
    let expected = [
        "~Share",
        "The Lamp",
        "By Ida",
        "=Wick",
        "It was dry.",
        "Oil",
    ];
    check(&TEXT, &[(3, Said::Title)], "Wick", &expected);
    check(
        &TEXT,
        &[(5, Said::Title), (3, Said::Title)],
        "Wick",
        &expected,
    );
    let none = [
        "~Share",
        "The Lamp",
        "By Ida",
        "#Wick",
        "It was dry.",
        "Oil",
    ];
    check(&TEXT, &[(1, Said::Text)], "", &none);
    let kept = [
        "~Share",
        "#The Lamp",
        "By Ida",
        "=Wick",
        "It was dry.",
        "Oil",
    ];
    check(
        &TEXT,
        &[(3, Said::Title), (1, Said::Heading(1))],
        "Wick",
        &kept,
    );
    check(
        &TEXT,
        &[(3, Said::Title), (3, Said::Nothing)],
        "The Lamp",
        &TEXT,
    );
}

#[test]
fn a_byline_that_is_none_is_not_told_of_the_article() {
    let mut it = document(&["=T", "@By Ida", "words"]);
    let all = corrections(&it, &[(1, Said::Text)]);
    apply(&mut it, &all);
    assert_eq!(it.metadata.byline, None);
    apply(&mut it, &[]);
    assert_eq!(it.metadata.byline.as_deref(), Some("Ida"));
}

#[test]
fn the_newest_wins_even_when_it_quotes_other_surroundings() {
    let mut it = document(&TEXT);
    let other = document(&["=The Lamp", "By Ida", "#Wick", "It was dry.", "Oil"]);
    let all = [
        correction(&other, 4, Said::Heading(1)),
        correction(&it, 5, Said::Nothing),
    ];
    apply(&mut it, &all);
    assert_eq!(it.blocks()[5].kind, BlockKind::Paragraph);
}

#[test]
fn what_is_not_found_changes_nothing() {
    let mut it = document(&TEXT);
    let other = document(&["Other", "Wicked", "words"]);
    let all = corrections(&other, &[(1, Said::Noise), (0, Said::Title)]);
    assert_eq!(apply(&mut it, &all), [None, None]);
    assert_eq!(kinds(&it), kinds(&document(&TEXT)));
    assert_eq!(it.metadata.title, "The Lamp");
}

#[test]
fn a_passage_over_blocks_is_found_whatever_of_it_is_noise_now() {
    let mut it = document(&TEXT);
    let range = Position::start_of(2)..Position {
        block: 4,
        offset: 11,
    };
    let before = Quote::take(&it, range.clone());
    let all = corrections(&it, &[(3, Said::Noise)]);
    apply(&mut it, &all);
    assert!(!matches!(before.find(&it), Found::InPlace(_)));
    assert_eq!(find(&before, &it), Found::InPlace(range.clone()));
    let after = Quote::take(&it, range.clone());
    assert_eq!(after.exact, "By Ida\nIt was dry.");
    assert_eq!(find(&after, &it), Found::InPlace(range));
    let gone = Quote {
        exact: "Gone".into(),
        ..after
    };
    assert!(matches!(find(&gone, &it), Found::Lost(_)));
}

#[test]
fn a_new_heading_is_of_the_level_of_those_around_it() {
    let it = document(&["words", "##One", "words", "#Two", "words"]);
    let levels: Vec<u8> = (0..5).map(|i| usual_level(&it, i)).collect();
    assert_eq!(levels, [2, 1, 2, 2, 1]);
    assert_eq!(usual_level(&document(&["words"]), 0), 1);
    assert_eq!(usual_level(&document(&[]), 7), 1);
}

fn changed(it: &Document, state: &State, asked: &[(usize, Said)]) -> Option<Change> {
    let id = ArticleId("A".into());
    let open = Open {
        id: &id,
        document: it,
        state,
    };
    change(open, asked, 7)
}

/// The state after a change and the document as it is then.
fn after(it: &mut Document, state: &mut State, facts: &[(ArticleId, Fact)]) {
    for (_, fact) in facts {
        match fact.clone() {
            Fact::Correction(correction) => {
                state
                    .corrections
                    .retain(|old| old.quote != correction.quote);
                state.corrections.push(correction);
            }
            Fact::Seen(key, seen) => _ = state.seen.insert(key, seen),
            _ => panic!("nothing else is changed"),
        }
    }
    apply(it, &state.corrections);
}

#[test]
fn a_change_says_what_it_does_and_can_be_taken_back() {
    let mut it = document(&TEXT);
    let mut state = State::default();
    assert_eq!(changed(&it, &state, &[(5, Said::Nothing)]), None);
    assert_eq!(changed(&it, &state, &[(99, Said::Title)]), None);
    let first = changed(&it, &state, &[(5, Said::Heading(2))]).unwrap();
    assert_eq!(first.words, "heading of level 2: “Oil”");
    after(&mut it, &mut state, &first.does);
    assert_eq!(changed(&it, &state, &[(5, Said::Heading(2))]), None);
    let second = changed(&it, &state, &[(5, Said::Text), (3, Said::Title)]).unwrap();
    assert_eq!(second.words, "no heading: “Oil”, the title: “Wick”");
    after(&mut it, &mut state, &second.does);
    assert_eq!(it.metadata.title, "Wick");
    after(&mut it, &mut state, &second.undoes);
    assert_eq!(it.blocks()[5].kind, BlockKind::Heading(2));
    assert_eq!(it.metadata.title, "The Lamp");
    after(&mut it, &mut state, &first.undoes);
    assert_eq!(kinds(&it), kinds(&document(&TEXT)));
}

#[test]
fn what_was_read_stays_read_when_its_section_is_cut() {
    let it = document(&TEXT);
    let mut state = State {
        status: Status::Begun(50),
        ..State::default()
    };
    let whole = Seen {
        start: true,
        end: true,
        some: true,
    };
    let key = |title: &str| SectionKey {
        title: title.into(),
        nth: 0,
    };
    state.seen.insert(key("Wick"), whole);
    let change = changed(&it, &state, &[(5, Said::Heading(1))]).unwrap();
    let seen: Vec<_> = change.does.iter().map(|(_, fact)| fact.clone()).collect();
    assert_eq!(seen[1..], [Fact::Seen(key("Oil"), whole)]);
    assert_eq!(change.undoes.len(), 1);
}

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        Just(Said::Title),
        (0..9u8).prop_map(Said::Heading),
        Just(Said::Text),
        Just(Said::Noise),
        Just(Said::Nothing)
    ]
}

proptest! {
    #[test]
    fn corrections_move_nothing_and_can_all_be_taken_back(
        texts in prop::collection::vec("[#=@~|]?[ab]{1,3}", 1..12), said in prop::collection::vec((0..12usize, said()), 0..8),
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let parsed = document(&texts);
        let mut it = parsed.clone();
        let said: Vec<_> = said.into_iter().filter(|(block, _)| *block < texts.len()).collect();
        let all = corrections(&it, &said);
        for _ in 0..2 {
            prop_assert!(apply(&mut it, &all).iter().all(Option::is_some));
            for (a, b) in it.blocks().iter().zip(parsed.blocks()) {
                prop_assert_eq!(&a.text, &b.text);
            }
            let titles = it.blocks().iter().filter(|block| block.kind == BlockKind::Title);
            let parsed_titles = parsed.blocks().iter().filter(|block| block.kind == BlockKind::Title);
            prop_assert!(titles.count() <= parsed_titles.count().max(1));
            let outline = Outline::of(&it);
            let pieces = Pieces::of(&it, &outline);
            for section in &outline.sections {
                let at = pieces.at(section.start).unwrap();
                prop_assert_eq!(pieces.range(at).start, section.start);
            }
            prop_assert!(it.bytes_before(Position::start_of(texts.len())) == it.len());
        }
        apply(&mut it, &[]);
        prop_assert_eq!(kinds(&it), kinds(&parsed));
        prop_assert_eq!(&it.metadata, &parsed.metadata);
        prop_assert_eq!(it.len(), parsed.len());
    }
}
