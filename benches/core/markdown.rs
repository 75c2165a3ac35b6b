//! Markdown, read and written.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput};
use liseuse::formats::{Format, parse};
use liseuse::library::export::{self, Part};

use super::SENTENCES;

/// Markdown of about so many bytes, with some of everything that articles have.
fn markdown_article(bytes: usize) -> String {
    let mut text = String::from("---\ntitle: A Day at the Harbour\ntags: [sea]\n---\n\n");
    let mut random = 1_u32;
    let mut sentence = || {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let language = &SENTENCES[(random >> 28) as usize % 2];
        language[(random >> 30) as usize]
    };
    let mut block = 0_usize;
    while text.len() < bytes {
        block += 1;
        let _ = match block % 12 {
            1 => writeln!(text, "## Part {block} of the *day*\n"),
            4 => writeln!(
                text,
                "- {}\n- **{}**\n  - {}\n",
                sentence(),
                sentence(),
                sentence()
            ),
            6 => writeln!(text, "> {}\n> {}\n", sentence(), sentence()),
            8 => writeln!(
                text,
                "| Pier | Boats |\n| --- | ---: |\n| `{block}` | {} |\n| two | [3](#part) |\n",
                block % 7
            ),
            10 => writeln!(
                text,
                "```rust\nfn boats() {{\n    println!(\"{block}\");\n}}\n```\n"
            ),
            _ => writeln!(
                text,
                "{}\n{} See [the list](https://example.org/{block}) and `{block}`.\n{}\n*{}* {}\n",
                sentence(),
                sentence(),
                sentence(),
                sentence(),
                sentence()
            ),
        };
    }
    text
}

pub fn markdown(criterion: &mut Criterion) {
    let text = markdown_article(1_000_000);
    let mut group = criterion.benchmark_group("markdown");
    group
        .sample_size(20)
        .throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("parse_1mb", |bencher| {
        bencher.iter_with_large_drop(|| parse(black_box(text.as_bytes()), Format::Markdown));
    });
    let document = parse(text.as_bytes(), Format::Markdown).expect("text cannot fail");
    let part = Part {
        blocks: 0..document.blocks().len(),
        noise: false,
    };
    group.bench_function("write_1mb", |bencher| {
        bencher.iter(|| export::markdown(black_box(&document), &part));
    });
    group.finish();
}
