//! Benches of the core: from bytes to a document, and from a document to the lines on a screen.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use liseuse::formats::{Format, parse};
use liseuse::layout::{Measure, Page, Wrapped};
use liseuse::library::{Folders, Library, Order};
use liseuse::model::document::{Document, Position};
use liseuse::model::query::{Over, Query};

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
        let document = parse(article(bytes).as_bytes(), Format::Text);
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

/// How many articles the small library has.
const ARTICLES: usize = 500;

/// What it costs to read a library for the first time, to look through it again, and to search it.
fn library(criterion: &mut Criterion) {
    let home = tempfile::tempdir().expect("a folder for the bench");
    let at = |name: &str| home.path().join(name);
    std::fs::create_dir(at("articles")).expect("a folder for the articles");
    for n in 0..ARTICLES {
        let text = format!(
            "Article {n}\n\nIt is told of here as well as of {n}.\n\n{}",
            article(3_000)
        );
        std::fs::write(at(&format!("articles/{n}.txt")), text).expect("an article");
    }
    let open = || {
        let folders = Folders {
            library: at("articles"),
            state: at("state"),
            index: at("index.db"),
        };
        Library::open(Vec::new(), folders)
    };
    let catch_up = || open().catch_up(Order::Newest, &mut |_| {});
    let mut group = criterion.benchmark_group("library");
    group.sample_size(10);
    group.bench_function("index_500", |bencher| {
        bencher.iter(|| {
            open().forget_index().expect("an index of ours");
            catch_up()
        });
    });
    // what was written in the last two seconds is read again, to be sure
    std::thread::sleep(std::time::Duration::from_secs(3));
    catch_up();
    group.bench_function("look_again_500", |bencher| bencher.iter(catch_up));
    let library = open();
    let query = Query::parse("ferry quay", Over::Texts).expect("a query");
    group.bench_function("search_500", |bencher| {
        bencher.iter(|| library.search(&query, 50));
    });
    group.finish();
}

criterion_group!(benches, parsing, layout, library);
criterion_main!(benches);
