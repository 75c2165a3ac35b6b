//! Benches of the core: from bytes to a document, and from a document to the lines on a screen.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use liseuse::formats::{Format, parse};
use liseuse::layout::{Measure, Page, Wrapped};
use liseuse::model::document::{Block, BlockKind, Document, Metadata, Position, Table};

mod changes;
mod library;
mod markdown;
mod quotes;
mod roles;

/// Sentences of three languages that use one to three bytes a character.
const SENTENCES: [[&str; 4]; 3] = [
    [
        "The ferry left the harbour an hour late, and nobody on board seemed to mind.",
        "Along the quay the market had been packed up, all but a stall that sold oranges.",
        "“We have time,” she said, and took the long way round the bay.",
        "What remained of the afternoon was wind, salt and a slow turning of the light.",
    ],
    [
        "Le bateau a quitté le port avec une heure de retard, sans que personne ne s’en plaigne.",
        "Le long du quai, le marché était déjà rangé, à l’exception d’un étal d’oranges.",
        "« Nous avons le temps », dit-elle, et elle prit le chemin le plus long autour de la baie.",
        "Il ne restait de l’après-midi que le vent, le sel et la lumière qui tournait lentement.",
    ],
    [
        "渡轮晚了一个小时才离开港口，船上的人似乎都不在意。",
        "码头边的集市已经收摊，只剩下一个卖橙子的摊位。",
        "“我们有的是时间，”她说着，绕着海湾走了最远的那条路。",
        "下午只剩下风、盐和慢慢转动的光线。",
    ],
];

/// An article of about so many bytes, one block a line, with an unmarked heading every seven.
fn article(bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 1000);
    text.push_str("A Day at the Harbour\n");
    let mut random = 1_u32;
    let mut block = 0_usize;
    while text.len() < bytes {
        let language = &SENTENCES[block / 7 % SENTENCES.len()];
        if block % 7 == 3 {
            let _ = writeln!(text, "Part {block} of the Day");
        }
        for i in 0..3 + block % 4 {
            if i > 0 && block / 7 % SENTENCES.len() != 2 {
                text.push(' ');
            }
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push_str(language[(random >> 30) as usize]);
        }
        text.push('\n');
        block += 1;
    }
    text
}

fn parsing(criterion: &mut Criterion) {
    for (name, bytes) in [("parse_3kb", 3_000), ("parse_20mb", 20_000_000)] {
        let text = article(bytes);
        let mut group = criterion.benchmark_group("parse");
        group
            .sample_size(20)
            .throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter_with_large_drop(|| parse(black_box(text.as_bytes()), Format::Text));
        });
        group.finish();
    }
}

/// Rows and columns of the text on a large screen.
const ROWS: usize = 38;
const MEASURE: Measure = Measure {
    width: 72,
    noise: false,
    numbers: false,
};

/// A screenful from a position down, nothing of it wrapped before.
fn screenful(document: &Document, measure: Measure, from: Position) -> usize {
    let wrapped = Wrapped::default();
    let page = Page {
        document,
        measure,
        wrapped: &wrapped,
    };
    page.down(from).take(ROWS).count()
}

/// What a jump, a resize and a step of one line cost; a jump to the end wraps upwards, too.
fn layout(criterion: &mut Criterion) {
    for (size, bytes) in [("3kb", 3_000), ("20mb", 20_000_000)] {
        let document = parse(article(bytes).as_bytes(), Format::Text).expect("text cannot fail");
        let (middle, end) = (document.position_at(bytes / 2), document.end());
        let mut group = criterion.benchmark_group("layout");
        group.bench_function(format!("jump_{size}"), |bencher| {
            bencher.iter(|| screenful(&document, MEASURE, black_box(middle)));
        });
        group.bench_function(format!("end_{size}"), |bencher| {
            bencher.iter(|| {
                let wrapped = Wrapped::default();
                let page = Page {
                    document: &document,
                    measure: MEASURE,
                    wrapped: &wrapped,
                };
                page.up(black_box(end)).take(ROWS).count()
            });
        });
        let wrapped = Wrapped::default();
        let page = Page {
            document: &document,
            measure: MEASURE,
            wrapped: &wrapped,
        };
        group.bench_function(format!("step_{size}"), |bencher| {
            bencher.iter(|| page.down(black_box(middle)).take(ROWS).count());
        });
        group.finish();
    }
}

/// A table of so many rows and columns: whole sentences in every cell.
fn table(rows: usize, columns: usize) -> Document {
    let sentences = SENTENCES.as_flattened();
    let cell = |row: usize, column: usize| sentences[(row * 7 + column) % sentences.len()];
    let row = |row: usize| {
        (0..columns)
            .map(|column| cell(row, column))
            .collect::<Vec<_>>()
    };
    let block = |n: usize| Block::new(BlockKind::TableRow, row(n).join("\t"), 1);
    let table = Table {
        rows: 0..rows,
        heads: 1,
        aligns: Vec::new(),
    };
    Document::new(Metadata::default(), (0..rows).map(block).collect()).with_tables(vec![table])
}

fn tables(criterion: &mut Criterion) {
    for (rows, columns) in [(10_000, 4), (10_000, 50)] {
        let document = table(rows, columns);
        let middle = document.position_at(document.len() / 2);
        let mut group = criterion.benchmark_group("table");
        group.bench_function(format!("open_{rows}x{columns}"), |bencher| {
            bencher.iter(|| screenful(&document, MEASURE, black_box(middle)));
        });
        let wrapped = Wrapped::default();
        let page = Page {
            document: &document,
            measure: MEASURE,
            wrapped: &wrapped,
        };
        let mut block = middle.block;
        group.bench_function(format!("scroll_{rows}x{columns}"), |bencher| {
            bencher.iter(|| {
                // every screen is a new one
                block = (block + 13) % rows;
                page.down(black_box(Position::start_of(block)))
                    .take(ROWS)
                    .count()
            });
        });
        group.finish();
    }
}

criterion_group!(
    benches,
    parsing,
    roles::roles,
    markdown::markdown,
    layout,
    tables,
    changes::changes,
    quotes::quotes,
    library::library
);
criterion_main!(benches);
