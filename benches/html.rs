//! How long a saved page takes, from its bytes to the document of its article.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use liseuse::formats::{Format, parse};

/// A page of about so many bytes.
const BYTES: usize = 200 * 1000;

/// A page with menus, offers and lists of links, scripts and styles, and an article in the middle of it.
fn page() -> String {
    let mut page = String::from(
        "<!DOCTYPE html><html lang=en><head><title>A long walk | Site</title><meta property='og:title' content='A long walk'>",
    );
    let rule = ".box-1{margin:0 auto;padding:4px}\n";
    let call = "window.queue=window.queue||[];queue.push({name:'view',value:1});\n";
    write!(
        page,
        "<style>{}</style><script>{}</script></head><body>",
        rule.repeat(500),
        call.repeat(500)
    )
    .expect("a string takes all");
    page.push_str("<nav class=menu><ul>");
    for i in 0..120 {
        write!(
            page,
            "<li class='menu-item menu-item-{i}'><a href='/section/{i}'>Section {i}</a></li>"
        )
        .expect("a string takes all");
    }
    page.push_str(
        "</ul></nav><main><article class=post><h1>A long walk</h1><div class=entry-content>",
    );
    let sentence = "The path went on along the river, past the <a href='/mill'>old mill</a> and the two barns, and nobody <em>said</em> much. ";
    let mut i = 0;
    while page.len() < BYTES - 30_000 {
        i += 1;
        if i % 6 == 0 {
            write!(page, "<h2 id=s{i}>Part {i} of the walk</h2>").expect("a string takes all");
        }
        write!(page, "<p>{}</p>", sentence.repeat(1 + i % 5)).expect("a string takes all");
    }
    page.push_str("</div></article></main><aside class=related>");
    while page.len() < BYTES {
        i += 1;
        write!(page, "<div class=card><a href='/story/{i}'><img src='/img/{i}.jpg' alt=''><h3>Another story, number {i}</h3></a></div>")
            .expect("a string takes all");
    }
    page.push_str("</aside><footer><p>© Site</p></footer></body></html>");
    page
}

fn html(criterion: &mut Criterion) {
    let page = page();
    criterion.bench_function("article of a saved page, 200 kB", |bencher| {
        bencher.iter(|| parse(black_box(page.as_bytes()), Format::Html));
    });
}

criterion_group!(benches, html);
criterion_main!(benches);
