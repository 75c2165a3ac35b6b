//! Quotes, found again in a text that has changed.

use criterion::Criterion;
use liseuse::model::document::{Block, BlockKind, Document, Metadata, Position};
use liseuse::model::quote::{Finder, Quote};

/// Paragraphs of words that do not repeat themselves as sentences do, about a megabyte in all.
fn paragraphs() -> Vec<String> {
    const SYLLABLES: [&str; 16] = [
        "ba", "con", "de", "fer", "gi", "hal", "in", "jo", "ka", "lem", "mo", "nar", "o", "pre",
        "qui", "sta",
    ];
    let mut random = 1_u32;
    let mut roll = |sides: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 16) % sides
    };
    let mut all = Vec::new();
    for _ in 0..2000 {
        let mut text = String::new();
        for word in 0..60 + roll(30) {
            if word > 0 {
                text.push(' ');
            }
            for _ in 0..1 + roll(4) {
                text.push_str(SYLLABLES[roll(16) as usize]);
            }
            if roll(12) == 0 {
                text.push('.');
            }
        }
        all.push(text);
    }
    all
}

/// A thousand of them in a megabyte.
pub fn quotes(criterion: &mut Criterion) {
    let document = |texts: &[String]| {
        let blocks = texts
            .iter()
            .map(|t| Block::new(BlockKind::Paragraph, t.as_str(), 0));
        Document::new(Metadata::default(), blocks.collect())
    };
    let mut texts = paragraphs();
    let before = document(&texts);
    let quotes: Vec<Quote> = (0..1000)
        .map(|i| {
            let at = |offset| Position {
                block: 2 * i,
                offset,
            };
            let end = if i % 3 == 0 {
                texts[2 * i].len()
            } else {
                100 + i % 50
            };
            Quote::take(&before, at(if i % 3 == 0 { 0 } else { 40 })..at(end))
        })
        .collect();
    // a paragraph is inserted, and in every tenth quoted one letters are changed
    for text in texts.iter_mut().step_by(20) {
        *text = text.replace("sta", "zta").replace("qui", "kui");
    }
    texts.insert(0, "A new paragraph that was not there before.".to_owned());
    let after = document(&texts);
    let mut group = criterion.benchmark_group("quotes");
    group.sample_size(20);
    group.bench_function("find_1000_in_1mb", |bencher| {
        bencher.iter(|| {
            let finder = Finder::new(&after);
            quotes
                .iter()
                .filter(|quote| finder.find(quote).range().is_some())
                .count()
        });
    });
    group.finish();
}
