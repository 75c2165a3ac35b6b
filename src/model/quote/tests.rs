//! Tests: Quotes.

use proptest::prelude::*;

use super::super::document::Metadata;
use super::*;

fn document<'a>(texts: impl IntoIterator<Item = &'a str>) -> Document {
    let block = |text: &'a str| match text.strip_prefix('~') {
        Some(noise) => Block::new(BlockKind::Noise, noise, 1),
        None => Block::new(BlockKind::Paragraph, text, 1),
    };
    Document::new(Metadata::default(), texts.into_iter().map(block).collect())
}

const fn at(block: usize, offset: usize) -> Position {
    Position { block, offset }
}

#[test]
fn a_quote_is_taken_with_its_surroundings() {
    let document = document(["One two three.", "~Share", "Four five six.", "Seven."]);
    let quote = Quote::take(&document, at(2, 5)..at(2, 9));
    assert_eq!(
        (
            quote.exact.as_str(),
            quote.prefix.as_str(),
            quote.suffix.as_str()
        ),
        ("five", "One two three.\nFour ", " six.\nSeven.")
    );
    assert_eq!(quote.hint, at(2, 5));
}

#[test]
fn the_surroundings_have_an_end() {
    let long = "é".repeat(200);
    let document = document([long.as_str()]);
    let quote = Quote::take(&document, at(0, 200)..at(0, 202));
    assert_eq!(
        (quote.prefix.chars().count(), quote.suffix.chars().count()),
        (SURROUNDINGS, SURROUNDINGS)
    );
}

#[test]
fn a_quote_may_reach_over_blocks_and_noise() {
    let document = document(["One two.", "~Share", "Three.", "Four."]);
    let quote = Quote::take(&document, at(0, 4)..at(3, 4));
    assert_eq!(quote.exact, "two.\nThree.\nFour");
    assert_eq!(quote.find(&document), Found::InPlace(at(0, 4)..at(3, 4)));
}

#[test]
fn ends_at_the_edge_of_a_block_move_to_the_words() {
    let document = document(["One.", "Two.", "~noise", "Three."]);
    let quote = Quote::take(&document, at(0, 4)..at(3, 0));
    assert_eq!((quote.exact.as_str(), quote.hint), ("Two.", at(1, 0)));
    assert_eq!(Quote::take(&document, at(3, 0)..at(0, 4)), quote);
}

#[test]
fn inserted_text_moves_a_quote() {
    let quote = Quote::take(
        &document(["Alpha beta.", "Gamma delta.", "End."]),
        at(1, 0)..at(1, 5),
    );
    let changed = document(["New.", "Alpha beta.", "~Ad", "More. Gamma delta.", "End."]);
    assert_eq!(quote.find(&changed), Found::Moved(at(3, 6)..at(3, 11)));
    let over = Quote::take(
        &document(["Alpha beta.", "Gamma delta.", "End."]),
        at(0, 6)..at(1, 5),
    );
    let changed = document(["New.", "Alpha beta.", "~Ad", "Gamma delta.", "End."]);
    assert_eq!(over.find(&changed), Found::Moved(at(1, 6)..at(3, 5)));
}

#[test]
fn surroundings_tell_twins_apart() {
    let original = document([
        "Refrain",
        "First verse is here.",
        "Refrain",
        "Second verse is here.",
        "Refrain",
    ]);
    let quote = Quote::take(&original, at(2, 0)..at(2, 7));
    let changed = document([
        "Intro",
        "Refrain",
        "First verse is here.",
        "Refrain",
        "Second verse is here.",
        "Refrain",
    ]);
    assert_eq!(quote.find(&changed), Found::Moved(at(3, 0)..at(3, 7)));
    // where it was, the same words stand now in other surroundings
    let shifted = document([
        "First verse is here.",
        "Refrain",
        "Refrain",
        "Second verse is here.",
        "Refrain",
    ]);
    assert!(matches!(
        quote.find(&shifted),
        Found::InPlace(_) | Found::Moved(_)
    ));
    let swapped = document([
        "A",
        "B",
        "Refrain",
        "C",
        "First verse is here.",
        "Refrain",
        "Second verse is here.",
    ]);
    assert_eq!(quote.find(&swapped), Found::Moved(at(5, 0)..at(5, 7)));
}

#[test]
fn twins_that_nothing_tells_apart_are_lost() {
    let quote = Quote::take(
        &document(["Some words before it, word, and after."]),
        at(0, 22)..at(0, 26),
    );
    let found = quote.find(&document(["a word b", "c word d"]));
    assert!(matches!(found, Found::Lost(_)), "{found:?}");
    assert_eq!(
        quote.find(&document(["nothing of it"])),
        Found::Lost(Vec::new())
    );
}

#[test]
fn of_full_twins_none_is_taken_for_one_that_is_gone() {
    let line = "the same long line of text again and again and again and again";
    let quote = Quote::take(&document([line; 9]), at(4, 14)..at(4, 18));
    let mut changed = vec![line; 9];
    changed[4] = "cut";
    let found = quote.find(&document(changed));
    assert!(
        matches!(&found, Found::Lost(places) if places.len() == 2),
        "{found:?}"
    );
}

#[test]
fn an_empty_quote_is_a_point_between_its_surroundings() {
    let original = document(["Alpha beta.", "Gamma delta."]);
    let quote = Quote::take(&original, at(1, 0)..at(1, 0));
    assert_eq!(quote.find(&original), Found::InPlace(at(1, 0)..at(1, 0)));
    let moved = document(["New.", "Alpha beta.", "Gamma delta."]);
    assert!(
        matches!(quote.find(&moved), Found::Moved(range) if quote.prefix == "Alpha beta.\n" && range.start == at(2, 0))
    );
    assert_eq!(quote.find(&document(["Other."])), Found::Lost(Vec::new()));
    assert_eq!(
        Quote::take(&Document::default(), at(3, 3)..at(4, 4)).find(&Document::default()),
        Found::Lost(Vec::new())
    );
}

#[test]
fn reading_goes_on_near_words_that_are_gone() {
    let original = document([
        "A first paragraph with some words.",
        "The words at the top.",
        "What comes after them stays.",
    ]);
    let quote = Quote::take(&original, at(1, 0)..at(1, 21));
    let changed = document([
        "New.",
        "A first paragraph with some words.",
        "Rewritten.",
        "What comes after them stays.",
    ]);
    assert!(matches!(quote.find(&changed), Found::Lost(_)));
    assert_eq!(quote.nearest(&changed), Some(at(2, 0)));
    assert_eq!(quote.nearest(&document(["Quite another text."])), None);
    assert_eq!(quote.nearest(&original), Some(at(1, 0)));
}

fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "one",
        "two",
        "été",
        "中文",
        "«",
        "word",
        "👩‍👩‍👧",
        "a",
        "a\nb",
    ]);
    prop::collection::vec(word, 1..8).prop_map(|words| words.join(" "))
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(
        prop_oneof![5 => words(), 1 => words().prop_map(|text| format!("~{text}"))],
        0..8,
    )
}

fn made(texts: &[String]) -> Document {
    document(texts.iter().map(String::as_str))
}

fn position(block: usize, offset: usize, document: &Document) -> Position {
    let count = document.blocks().len().max(1);
    document.clamp(at(block % count, offset))
}

proptest! {
    #[test]
    fn a_quote_is_found_where_it_was_taken(texts in texts(), a in (0..9_usize, 0..40_usize), b in (0..9_usize, 0..40_usize)) {
        let document = made(&texts);
        let (a, b) = (position(a.0, a.1, &document), position(b.0, b.1, &document));
        let quote = Quote::take(&document, a..b);
        if quote.exact.is_empty() || document.blocks()[quote.hint.block].kind == BlockKind::Noise {
            return Ok(());
        }
        let Found::InPlace(range) = quote.find(&document) else { panic!("{quote:?}") };
        prop_assert_eq!(range.start, quote.hint);
        prop_assert_eq!(Quote::take(&document, range).exact, quote.exact);
    }

    #[test]
    fn a_quote_follows_its_words(before in texts(), text in words(), after in texts(), cut in 0..8_usize, from in 0..40_usize) {
        let mark = "the marked words";
        let here = format!("{text} {mark} {text}");
        let original: Vec<String> = before.iter().cloned().chain([here.clone()]).chain(after.iter().cloned()).collect();
        let start = at(before.len(), text.len() + 1);
        let original = made(&original);
        let quote = Quote::take(&original, start..at(start.block, start.offset + mark.len()));
        let changed: Vec<String> = before.into_iter().skip(cut).chain([format!("new {from}")]).chain([here]).collect();
        let changed = made(&changed);
        match quote.find(&changed) {
            Found::InPlace(range) | Found::Moved(range) => {
                prop_assert_eq!(range.start, at(changed.blocks().len() - 1, start.offset));
                prop_assert_eq!(Quote::take(&changed, range).exact, mark);
            }
            found => prop_assert!(false, "{:?} {:?}", quote, found),
        }
    }

    #[test]
    fn no_hint_makes_it_panic(texts in texts(), exact in words(), prefix in words(), block in any::<usize>(), offset in 0..50_usize) {
        let document = made(&texts);
        for exact in [exact.as_str(), "", "\n", "a"] {
            for hint in [at(block, offset), at(block % 8, offset), at(usize::MAX, usize::MAX)] {
                let quote = Quote { exact: exact.into(), prefix: prefix.clone(), suffix: prefix.clone(), hint };
                let found = quote.find(&document);
                let candidates = if let Found::Lost(places) = &found { places.as_slice() } else { &[] };
                for range in found.range().into_iter().chain(candidates) {
                    prop_assert_eq!(document.clamp(range.start), range.start);
                    prop_assert_eq!(document.clamp(range.end), range.end);
                }
                quote.nearest(&document);
            }
        }
    }
}
