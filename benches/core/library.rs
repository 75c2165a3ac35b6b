//! The library: reading it for the first time, looking through it again, and searching it.

use criterion::Criterion;
use liseuse::library::{Folders, Library, Order};
use liseuse::model::query::{Over, Query};

/// How many articles the small library has.
const ARTICLES: usize = 500;

/// What it costs to read a library for the first time, to look through it again, and to search it.
pub fn library(criterion: &mut Criterion) {
    let home = tempfile::tempdir().expect("a folder for the bench");
    let at = |name: &str| home.path().join(name);
    std::fs::create_dir(at("articles")).expect("a folder for the articles");
    for n in 0..ARTICLES {
        let text = format!(
            "Article {n}\n\nIt is told of here as well as of {n}.\n\n{}",
            super::article(3_000)
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
