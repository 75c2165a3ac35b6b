//! Trains the table that tells a page's article from the rest of the page (`docs/web.md`).
//!
//! `train_readable CORPUS TABLE`: CORPUS is a folder of pages `KIND~SITE~NAME.html`, beside each the text of its article,
//! `KIND~SITE~NAME.txt`, one block a line. TABLE is written.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::hash::{Hash as _, Hasher as _};
use std::path::Path;

use liseuse::formats::readable::features::{ALL, COUNT, Row};
use liseuse::formats::readable::forest::Forest;
use liseuse::formats::readable::study::{self, Page};

mod grow;

use grow::{Lesson, grow};

/// The sites are put in so many parts; what the second forest learns of the first comes from trees that saw no site of its
/// part.
const PARTS: usize = 3;
/// A run of so many words is looked for in the article.
const RUN: usize = 4;

/// A page with what is known of it.
struct Known {
    page: Page,
    html: String,
    is_kept: Vec<bool>,
    weights: Vec<f32>,
    part: usize,
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(corpus), Some(table)) = (arguments.next(), arguments.next()) else {
        eprintln!("train_readable CORPUS TABLE [TREES]");
        std::process::exit(2);
    };
    let trees = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(200);
    let mut known = read(Path::new(&corpus));
    let rows: usize = known.iter().map(|k| k.page.rows.len()).sum();
    eprintln!("{} pages, {rows} pieces", known.len());
    let parts: Vec<Forest> = (0..PARTS)
        .map(|part| {
            let forest = grow(
                &lesson(&known, |k| k.part != part, COUNT),
                trees,
                7 + part as u64,
            );
            eprintln!(
                "part {part} of the first forest: {:.4}",
                right(&known, |k| k.part == part, &forest)
            );
            forest
        })
        .collect();
    let first = grow(&lesson(&known, |_| true, COUNT), trees, 42);
    eprintln!("first forest");
    for page in &mut known {
        let forest = &parts[page.part];
        page.page = study::page(&page.html, |row| forest.probability(row));
    }
    let second = grow(&lesson(&known, |_| true, ALL), trees, 43);
    let mut out = String::from("# Written by examples/train_readable; see docs/web.md.\n[first]\n");
    first.write(&mut out).expect("a string takes all");
    out.push_str("[second]\n");
    second.write(&mut out).expect("a string takes all");
    fs::write(table, out).expect("the table could be written");
}

fn read(corpus: &Path) -> Vec<Known> {
    let mut paths: Vec<_> = fs::read_dir(corpus)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "html")
    });
    let (one, other) = paths.split_at(paths.len() / 2);
    let all =
        |paths: &[std::path::PathBuf]| paths.iter().map(|path| know(path)).collect::<Vec<_>>();
    std::thread::scope(|scope| {
        let one = scope.spawn(|| all(one));
        let other = all(other);
        let mut pages = one.join().expect("no panic");
        pages.extend(other);
        pages
    })
}

fn know(path: &Path) -> Known {
    let html = String::from_utf8_lossy(&fs::read(path).expect("a page")).into_owned();
    let truth = fs::read_to_string(path.with_extension("txt")).expect("its article");
    let name = path
        .file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let mut names = name.split('~');
    let (kind, site) = (
        names.next().unwrap_or_default(),
        names.next().unwrap_or_default(),
    );
    let mut hasher = DefaultHasher::new();
    site.hash(&mut hasher);
    let page = study::page(&html, |_| 0.0);
    let is_kept = kept(&page, &truth);
    let size = |words: usize| 3.0 + words.min(80) as f32;
    let of_article: f32 = page
        .words
        .iter()
        .zip(&is_kept)
        .filter(|(_, kept)| **kept)
        .map(|(w, _)| size(*w))
        .sum();
    let scale = if kind == "article" { 1000.0 } else { 300.0 } / of_article.max(300.0);
    // a page with endless lists of links would outweigh its article
    let others: f32 = page.words.iter().map(|w| size(*w)).sum::<f32>() - of_article;
    let less = (2.0 * of_article.max(300.0) / others.max(1.0)).min(1.0);
    let weights = page
        .words
        .iter()
        .zip(&is_kept)
        .map(|(w, kept)| size(*w) * scale / 100.0 * if *kept { 1.0 } else { less });
    Known {
        weights: weights.collect(),
        is_kept,
        part: usize::try_from(hasher.finish() % PARTS as u64).expect("few parts"),
        html,
        page,
    }
}

/// Which pieces are of the article.
fn kept(page: &Page, truth: &str) -> Vec<bool> {
    let all = words(truth);
    let runs: HashSet<&[String]> = all.windows(RUN).collect();
    let mut lines: HashMap<Vec<String>, usize> = HashMap::new();
    for line in truth.lines() {
        *lines.entry(words(line)).or_default() += 1;
    }
    let pieces: Vec<Vec<String>> = page.texts.iter().map(|text| words(text)).collect();
    let long: Vec<bool> = pieces
        .iter()
        .map(|piece| {
            let known = piece.windows(RUN).filter(|run| runs.contains(run)).count();
            piece.len() >= RUN + 2 && known * 2 > piece.len() + 1 - RUN
        })
        .collect();
    let first = long.iter().position(|l| *l).unwrap_or(0);
    let last = long.iter().rposition(|l| *l).unwrap_or(0);
    let mut kept = long;
    for (i, piece) in pieces.iter().enumerate() {
        if piece.len() >= RUN + 2 || piece.is_empty() {
            continue;
        }
        let is_near = i + 3 >= first && i <= last + 3;
        let is_line = lines.contains_key(piece);
        let is_run = page.headings[i]
            && piece.len() > 1
            && all.windows(piece.len()).any(|run| run == piece.as_slice());
        kept[i] =
            is_near && (is_line || is_run || piece.len() >= RUN && runs.contains(&piece[..RUN]));
    }
    kept
}

fn words(text: &str) -> Vec<String> {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn lesson(known: &[Known], is_of: impl Fn(&Known) -> bool, width: usize) -> Lesson<'_> {
    let mut lesson = Lesson {
        rows: Vec::new(),
        is_kept: Vec::new(),
        weights: Vec::new(),
        width,
    };
    for page in known.iter().filter(|page| is_of(page)) {
        lesson
            .rows
            .extend(page.page.rows.iter().map(|row: &Row| &row[..width]));
        lesson.is_kept.extend(&page.is_kept);
        lesson.weights.extend(&page.weights);
    }
    lesson
}

/// Which share of the weight is told right.
fn right(known: &[Known], is_of: impl Fn(&Known) -> bool, forest: &Forest) -> f64 {
    let (mut right, mut all) = (0.0, 0.0);
    for page in known.iter().filter(|page| is_of(page)) {
        for ((row, is_kept), weight) in page.page.rows.iter().zip(&page.is_kept).zip(&page.weights)
        {
            all += f64::from(*weight);
            if (forest.probability(row) > 0.5) == *is_kept {
                right += f64::from(*weight);
            }
        }
    }
    right / all
}
