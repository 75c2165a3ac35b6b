//! What has changed since an edition was read.

use proptest::prelude::*;

use super::*;
use crate::model::document::{Block, Metadata};

fn document(texts: &[&str]) -> Document {
    let block = |text: &&str| match text.strip_prefix('~') {
        Some(noise) => Block::new(BlockKind::Noise, noise, 1),
        None => Block::new(BlockKind::Paragraph, *text, 1),
    };
    Document::new(Metadata::default(), texts.iter().map(block).collect())
}

fn texts(document: &Document) -> Texts {
    let blocks = document.blocks().iter();
    blocks
        .map(|block| (hash(&block.text), block.text.clone()))
        .collect()
}

/// The signs of a changed text: `+` new, `~` changed, `-` for each that was removed before a block.
fn signs(changes: &Changes, document: &Document) -> Vec<String> {
    let sign = |block| {
        let removed = "-".repeat(changes.removed_before(block));
        let own = match changes.of_block(block) {
            Some(Change::New) => "+",
            Some(Change::Changed) => "~",
            None => "",
        };
        format!("{removed}{own}")
    };
    (0..=document.blocks().len()).map(sign).collect()
}

#[track_caller]
fn check(old: &[&str], new: &[&str], known: &[&str], unknown: &[&str]) {
    let (old, new) = (document(old), document(new));
    let edition = Edition::of(&old).unwrap_or_default();
    let changes = Changes::of(&edition, &new, texts(&old));
    assert_eq!(signs(&changes, &new), known, "with the old texts");
    let changes = Changes::of(&edition, &new, Texts::new());
    assert_eq!(signs(&changes, &new), unknown, "without them");
}

const A: &str = "The lamp was lit at six by the first keeper.";
const B: &str = "Nobody came that night, and nobody was missed.";
const C: &str = "In the morning the oil had to be measured again.";

#[test]
fn what_is_new_changed_or_removed_is_told() {
    check(&[A, B, C], &[A, B, C], &["", "", "", ""], &["", "", "", ""]);
    check(&[A, C], &[A, B, C], &["", "+", "", ""], &["", "+", "", ""]);
    check(&[A, B, C], &[A, C], &["", "-", ""], &["", "-", ""]);
    check(&[A, B, C], &[A, B], &["", "", "-"], &["", "", "-"]);
    let b = "Nobody came that night, and nobody at all was missed.";
    check(
        &[A, B, C],
        &[A, b, C],
        &["", "~", "", ""],
        &["", "~", "", ""],
    );
    check(&[A], &[C], &["-+", ""], &["~", ""]);
}

#[test]
fn a_block_that_only_stands_elsewhere_has_not_changed() {
    check(&[A, B, C], &[C, A, B], &["", "", "", ""], &["", "", "", ""]);
    check(&[A, A, B], &[B, A, A], &["", "", "", ""], &["", "", "", ""]);
    check(&[A, A, B], &[A, B], &["", "-", ""], &["", "-", ""]);
}

#[test]
fn of_several_the_one_it_was_made_of_is_found_where_the_texts_are_known() {
    let c = "In the morning the oil had to be weighed again.";
    check(
        &["x", A, B, C, "y"],
        &["x", c, "y"],
        &["", "--~", "", ""],
        &["", "~", "--", ""],
    );
}

#[test]
fn white_space_signs_and_noise_are_no_change() {
    check(
        &["“Yes” — he said"],
        &["\"Yes\"  -  he said", "~Share"],
        &["", "", ""],
        &["", "", ""],
    );
}

#[test]
fn what_was_not_seen_is_told_again() {
    let b = "Nobody came that night, and nobody at all was missed.";
    let old = document(&[A, B, C]);
    let new = document(&["A new beginning of it all.", A, b]);
    let edition = Edition::of(&old).unwrap();
    let mut changes = Changes::of(&edition, &new, texts(&old));
    assert_eq!(
        changes.counts(),
        Counts {
            new: 1,
            changed: 1,
            removed: 1
        }
    );
    assert_eq!(changes.blocks().collect::<Vec<_>>(), [0, 2, 2]);
    assert_eq!(changes.old_text(2), Some(B));
    assert_eq!(changes.removed_texts(3).collect::<Vec<_>>(), [Some(C)]);
    assert_eq!(changes.edition(), edition);
    assert!(changes.see(0..1) && !changes.see(0..2));
    assert_eq!(changes.of_block(0), Some(Change::New), "it is still signed");
    let again = Changes::of(&changes.edition(), &new, texts(&old));
    assert_eq!(
        again.counts(),
        Counts {
            new: 0,
            changed: 1,
            removed: 1
        }
    );
    assert!(changes.see(2..3));
    assert_eq!(Some(changes.edition()), Edition::of(&new));
}

#[test]
fn of_a_text_of_very_many_blocks_nothing_is_kept() {
    let many = vec!["x"; MAX_BLOCKS + 1];
    assert_eq!(Edition::of(&document(&many)), None);
    assert_eq!(Edition::of(&document(&["", " "])), None);
}

#[test]
fn the_hash_of_a_text_stays_as_it_is() {
    assert_eq!(hash("The lamp."), hash("The  lamp."));
    assert_eq!(hash("The lamp."), 0xebcd_63c2);
}

proptest! {
    #[test]
    fn whatever_changes_all_of_it_is_told(
        old in prop::collection::vec("[a-d]( [a-d]){0,2}", 0..8), new in prop::collection::vec("[a-d]( [a-d]){0,2}", 0..8),
        knows in any::<bool>(), from in 0..8usize, to in 0..9usize,
    ) {
        let of = |texts: &[String]| document(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let (old, new) = (of(&old), of(&new));
        let edition = Edition::of(&old).unwrap_or_default();
        let before = if knows { texts(&old) } else { Texts::new() };
        let mut changes = Changes::of(&edition, &new, before.clone());
        let counts = changes.counts();
        let (added, gone) = (counts.new + counts.changed, counts.removed + counts.changed);
        prop_assert_eq!(new.blocks().len() + gone, old.blocks().len() + added);
        prop_assert_eq!(changes.is_empty(), counts == Counts::default());
        let mut untouched = changes.edition().blocks;
        let mut first = edition.blocks.clone();
        untouched.sort_unstable();
        first.sort_unstable();
        prop_assert_eq!(untouched, first);
        changes.see(from..to);
        let left = Changes::of(&changes.edition(), &new, before).counts();
        prop_assert!(left.new <= counts.new + counts.changed);
        changes.see(0..new.blocks().len().max(1));
        prop_assert_eq!(changes.edition(), Edition::of(&new).unwrap_or_default());
    }
}
