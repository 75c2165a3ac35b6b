//! What has changed since a text was read, and the sentences that passages are selected by.

use std::hint::black_box;

use criterion::Criterion;
use liseuse::layout::sentence::{sentences, words};
use liseuse::model::document::{Block, BlockKind, Document, Metadata};
use liseuse::model::edition::{Changes, Edition, Texts, hash, words as difference};

/// As many paragraphs as an edition is kept of.
const PARAGRAPHS: usize = 20_000;

fn document(text: impl Fn(usize) -> String) -> Document {
    let block = |i| Block::new(BlockKind::Paragraph, text(i), 0);
    Document::new(Metadata::default(), (0..PARAGRAPHS).map(block).collect())
}

/// The longest text of the longest block, changed in every tenth word; and what a hostile text may look like.
pub fn changes(criterion: &mut Criterion) {
    let old =
        |i| format!("Paragraph {i} tells of a road between hedges, past a mill and {i} farms.");
    let before = document(old);
    let edition = Edition::of(&before).expect("not too long");
    let blocks = before.blocks().iter();
    let texts: Texts = blocks.map(|b| (hash(&b.text), b.text.clone())).collect();
    let one = document(|i| {
        if i == 9_999 {
            "Another one.".to_owned()
        } else {
            old(i)
        }
    });
    let all = document(|i| old(i).replace("road", "lane"));
    let other = document(|i| format!("{} {i}", "word ".repeat(60)));
    let turned = document(|i| old(PARAGRAPHS - 1 - i));
    let mut group = criterion.benchmark_group("changes");
    group.sample_size(20);
    for (name, document) in [
        ("one", &one),
        ("all", &all),
        ("other", &other),
        ("turned", &turned),
    ] {
        group.bench_function(format!("20000_{name}"), |bencher| {
            bencher.iter(|| Changes::of(&edition, black_box(document), texts.clone()).counts());
        });
    }
    let long =
        "A road went on between hedges, past a mill and two farms, until evening. ".repeat(870);
    let changed = long.replace("two farms", "three farms");
    group.bench_function("difference_64kb", |bencher| {
        bencher.iter(|| difference(black_box(&long), black_box(&changed)).len());
    });
    group.bench_function("sentences_64kb", |bencher| {
        bencher.iter(|| sentences(black_box(&long), Some("en")).len());
    });
    let initials = "M. ".repeat(21_000);
    group.bench_function("sentences_64kb_initials", |bencher| {
        bencher.iter(|| sentences(black_box(&initials), Some("fr")).len());
    });
    group.bench_function("words_64kb", |bencher| {
        bencher.iter(|| words(black_box(&long)).len());
    });
    group.finish();
}
