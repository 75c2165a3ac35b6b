//! Benches of books and of encodings: what comes before the first frame.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Write};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use liseuse::formats::decode::{Told, decode};
use liseuse::formats::{Format, parse, sample_of_book};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const SENTENCE: &str =
    "The ferry left the harbour an hour late, and nobody on board seemed to mind. ";
const RUSSIAN: &str = "Лёд на Байкале встаёт поздно, и ветер долго его ломает.\n";

/// A book of so many chapters with so many bytes of text each, a contents that names them, and notes.
fn book(chapters: usize, bytes: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a name that is new");
        zip.write_all(text.as_bytes())
            .expect("memory can be written");
    };
    add(
        "META-INF/container.xml",
        "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
    );
    let (mut items, mut spine, mut nav) = (String::new(), String::new(), String::new());
    for i in 0..chapters {
        let _ = write!(items, "<item id='c{i}' href='c{i}.xhtml'/>");
        let _ = write!(spine, "<itemref idref='c{i}'/>");
        let _ = write!(nav, "<li><a href='c{i}.xhtml'>{i}. Chapter {i}</a></li>");
        let mut page = format!("<html><body><h2>{i}</h2><h3>Chapter {i}</h3>");
        let mut text = 0;
        while text < bytes {
            let _ = writeln!(
                page,
                "<p>{}<em>{SENTENCE}</em><a href='#n'>1</a></p>",
                SENTENCE.repeat(5)
            );
            text += 6 * SENTENCE.len();
        }
        page.push_str("<p id='n'>A note.</p></body></html>");
        add(&format!("c{i}.xhtml"), &page);
    }
    add(
        "nav.xhtml",
        &format!("<html><nav epub:type='toc'><ol>{nav}</ol></nav></html>"),
    );
    add(
        "b.opf",
        &format!(
            "<package><metadata><dc:title>A Book</dc:title></metadata><manifest>{items}\
             <item id='nav' href='nav.xhtml' properties='nav'/></manifest><spine>{spine}</spine></package>"
        ),
    );
    zip.finish().expect("memory can be written").into_inner()
}

fn books(criterion: &mut Criterion) {
    let bytes = book(20, 50_000);
    let mut group = criterion.benchmark_group("epub");
    group.sample_size(20);
    group.bench_function("parse_1mb", |bencher| {
        bencher.iter_with_large_drop(|| parse(black_box(&bytes), Format::Epub));
    });
    group.bench_function("list_1mb", |bencher| {
        bencher.iter_with_large_drop(|| sample_of_book(Cursor::new(black_box(&bytes))));
    });
    group.finish();
}

fn encodings(criterion: &mut Criterion) {
    let text = RUSSIAN.repeat((4 << 20) / RUSSIAN.len());
    let (legacy, _, _) = encoding_rs::WINDOWS_1251.encode(&text);
    let mut group = criterion.benchmark_group("decode");
    group.sample_size(20);
    for (name, bytes) in [("utf8_4mb", text.as_bytes()), ("windows_1251_2mb", &legacy)] {
        group.throughput(Throughput::Bytes(bytes.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter_with_large_drop(|| decode(black_box(bytes), Told::Nowhere));
        });
    }
    group.finish();
}

criterion_group!(benches, books, encodings);
criterion_main!(benches);
