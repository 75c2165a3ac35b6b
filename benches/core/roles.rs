//! From bytes to roles: what plain text costs that marks nothing.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput};
use liseuse::formats::{Format, parse};

use super::SENTENCES;

/// An article as the web has them: paragraphs of some sentences, and many short lines, some of them noise.
fn page(random: &mut u32) -> String {
    const SHORT: [&str; 6] = [
        "What Remained of the Afternoon",
        "Photo: Jane Roe / The Harbour Office",
        "Read more: The boat that never came",
        "A stall that sold oranges, seen from the quay",
        "“We have time,” she said.",
        "Three boats a day, but not in winter",
    ];
    let mut text = String::from("A Day at the Harbour\nBy Jane Roe\n3 May 2024\n");
    let mut next = || {
        *random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (*random >> 24) as usize
    };
    let language = &SENTENCES[next() % SENTENCES.len()];
    for block in 0..30 {
        if block % 3 == 2 {
            let _ = writeln!(text, "{}", SHORT[next() % SHORT.len()]);
        }
        for _ in 0..2 + next() % 4 {
            text.push_str(language[next() % language.len()]);
            text.push(' ');
        }
        text.push('\n');
    }
    text
}

/// Texts to load: a folder of them where `LISEUSE_BENCH_TEXTS` names one, else pages made up.
fn pages() -> Vec<String> {
    if let Some(folder) = std::env::var_os("LISEUSE_BENCH_TEXTS") {
        let entries = std::fs::read_dir(folder).expect("LISEUSE_BENCH_TEXTS is a folder");
        let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let texts = paths.filter(|path| path.extension().is_some_and(|end| end == "txt"));
        return texts
            .filter_map(|path| std::fs::read_to_string(path).ok())
            .collect();
    }
    let mut random = 1;
    (0..250).map(|_| page(&mut random)).collect()
}

/// From bytes to roles: articles one by one, all of them as one text, and a million short lines.
pub fn roles(criterion: &mut Criterion) {
    liseuse::formats::headings::warm_up();
    let pages = pages();
    let one = pages.join("\n");
    let lines: String = (0..1_000_000).fold(String::new(), |mut lines, i| {
        let _ = writeln!(lines, "Line {i} of it");
        lines
    });
    let mut group = criterion.benchmark_group("roles");
    group.sample_size(20);
    let bytes = pages.iter().map(String::len).sum::<usize>() as u64;
    group.throughput(Throughput::Bytes(bytes));
    group.bench_function("articles", |bencher| {
        bencher.iter_with_large_drop(|| {
            let load = |page: &String| parse(black_box(page.as_bytes()), Format::Text);
            pages.iter().map(load).collect::<Vec<_>>()
        });
    });
    group.throughput(Throughput::Bytes(one.len() as u64));
    group.bench_function("one_text", |bencher| {
        bencher.iter_with_large_drop(|| parse(black_box(one.as_bytes()), Format::Text));
    });
    group
        .sample_size(10)
        .throughput(Throughput::Elements(1_000_000));
    group.bench_function("short_lines", |bencher| {
        bencher.iter_with_large_drop(|| parse(black_box(lines.as_bytes()), Format::Text));
    });
    group.finish();
}
