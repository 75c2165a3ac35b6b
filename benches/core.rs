//! Benches of the core: how long it takes from bytes to a document.

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use liseuse::formats::{Format, parse};

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

criterion_group!(benches, parsing);
criterion_main!(benches);
