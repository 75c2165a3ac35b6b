//! Looks for input that a parser cannot take: `cargo run --release --example fuzz -- FORMAT SECONDS [SEED]`.
//!
//! Pieces that mean something in the format are strung together, repeated, cut, swapped and nested, and what comes of it
//! is parsed, laid out, written as Markdown and read again. A panic, a control character in a text, a mark that does not fit
//! or a second and more for 100 kB ends the program with code 1; the input is left in a file that is named. Runs on stable
//! Rust, and with the same seed in the same way.

use std::fs;
use std::panic;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use liseuse::formats;
use liseuse::layout::{Measure, Page, Wrapped};
use liseuse::library::export::{self, Part};
use liseuse::model::document::{Document, Position};
use liseuse::model::outline::Outline;

mod seeds;

use seeds::{FORMATS, Fuzzed};

/// No input is longer, in bytes.
const LONGEST: usize = 100_000;
/// So long may one input take; the program may not be optimised, and the machine busy.
const SLOW: Duration = Duration::from_secs(5);

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let format = FORMATS
        .iter()
        .find(|f| arguments.first().is_some_and(|name| name == f.name));
    let seconds = arguments.get(1).and_then(|seconds| seconds.parse().ok());
    let (Some(format), Some(seconds)) = (format, seconds) else {
        let names: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
        eprintln!(
            "usage: fuzz FORMAT SECONDS [SEED]; formats: {}",
            names.join(", ")
        );
        return ExitCode::from(2);
    };
    let seed = arguments
        .get(2)
        .and_then(|seed| seed.parse().ok())
        .unwrap_or(1);
    let mut random = Random(seed);
    let started = Instant::now();
    let mut corpus: Vec<Vec<u8>> = format
        .seeds
        .iter()
        .map(|seed| seed.as_bytes().to_vec())
        .collect();
    let (mut tried, mut bytes) = (0_u64, 0_u64);
    while started.elapsed().as_secs() < seconds {
        let input = random.input(format, &corpus);
        if let Err(why) = check(format, &input) {
            let path = format!("fuzz-{}-{seed}-{tried}", format.name);
            let written = fs::write(&path, &input);
            eprintln!(
                "{path}: {why}{}",
                if written.is_ok() {
                    ""
                } else {
                    "; it could not be written"
                }
            );
            return ExitCode::FAILURE;
        }
        tried += 1;
        bytes += input.len() as u64;
        // what was made is made more of
        if input.len() < 2000 && random.below(20) == 0 {
            if corpus.len() < 500 {
                corpus.push(input);
            } else {
                let at = format.seeds.len() + random.below(500 - format.seeds.len().min(499));
                if let Some(old) = corpus.get_mut(at) {
                    *old = input;
                }
            }
        }
    }
    println!(
        "{}: {tried} inputs, {bytes} bytes in {seconds} s, seed {seed}: nothing found",
        format.name
    );
    ExitCode::SUCCESS
}

/// Parses an input and looks at what came of it.
fn check(format: &Fuzzed, input: &[u8]) -> Result<(), String> {
    let started = Instant::now();
    let looked =
        panic::catch_unwind(|| look(format, input)).map_err(|_| "it panicked".to_owned())?;
    looked?;
    let limit =
        SLOW.mul_f64(1.0_f64.max(f64::from(u32::try_from(input.len()).unwrap_or(u32::MAX)) / 1e5));
    if started.elapsed() > limit {
        return Err(format!("it took {:?}", started.elapsed()));
    }
    Ok(())
}

fn look(format: &Fuzzed, input: &[u8]) -> Result<(), String> {
    let Some(document) = (format.parse)(input) else {
        return Ok(());
    };
    is_sound(&document)?;
    let outline = Outline::of(&document);
    if outline
        .sections
        .iter()
        .any(|section| section.end < section.start)
    {
        return Err("a section ends before it starts".to_owned());
    }
    let wrapped = Wrapped::default();
    let measure = Measure {
        width: 40,
        noise: true,
        numbers: false,
    };
    let page = Page {
        document: &document,
        measure,
        wrapped: &wrapped,
    };
    let lines: Vec<_> = page.down(Position::default()).take(200).collect();
    if !lines
        .windows(2)
        .all(|pair| pair[0].start() < pair[1].start())
    {
        return Err("lines are not in order".to_owned());
    }
    let part = Part {
        blocks: 0..document.blocks().len(),
        noise: false,
    };
    let written = export::markdown(&document, &part);
    is_sound(&formats::markdown_of(&written))
}

/// Whether a document is as its types promise.
fn is_sound(document: &Document) -> Result<(), String> {
    for block in document.blocks() {
        if block
            .text
            .chars()
            .any(|c| c.is_control() && c != '\n' && c != '\t')
        {
            return Err(format!("a control character in {:?}", block.text));
        }
        for (range, _) in &block.marks {
            if block.text.get(range.clone()).is_none_or(str::is_empty) {
                return Err(format!(
                    "a mark {range:?} that does not fit {:?}",
                    block.text
                ));
            }
        }
        if !block.marks.is_sorted_by_key(|(range, _)| range.start) {
            return Err("marks are not in order".to_owned());
        }
    }
    let is_out = |(_, position): &&(String, Position)| document.clamp(*position) != *position;
    match document.anchors().iter().find(is_out) {
        Some((name, _)) => Err(format!("the anchor {name:?} leads nowhere")),
        None => Ok(()),
    }
}

/// Xorshift (<https://www.jstatsoft.org/v08/i14/>): the same inputs for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.max(1);
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or(0) % end.max(1)
    }

    fn piece(&mut self, format: &Fuzzed) -> Vec<u8> {
        match self.below(12) {
            0 => vec![u8::try_from(self.below(256)).unwrap_or(0)],
            1 => b"word".to_vec(),
            _ => format.pieces[self.below(format.pieces.len())]
                .as_bytes()
                .to_vec(),
        }
    }

    /// Something that was made of what is known, or anew.
    fn input(&mut self, format: &Fuzzed, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut input = if self.below(3) == 0 {
            Vec::new()
        } else {
            corpus[self.below(corpus.len())].clone()
        };
        for _ in 0..=self.below(20) {
            let at = self.below(input.len() + 1);
            match self.below(8) {
                // one piece many times: what is deep, long or never closed
                0 => {
                    let times = 1 << self.below(13);
                    let piece = self.piece(format).repeat(times);
                    input.splice(at..at, piece);
                }
                1 => {
                    let end = (at + self.below(30)).min(input.len());
                    input.drain(at..end);
                }
                2 => {
                    let other = &corpus[self.below(corpus.len())];
                    let from = self.below(other.len() + 1);
                    let to = (from + self.below(200)).min(other.len());
                    input.splice(at..at, other[from..to].iter().copied());
                }
                3 => input.truncate(at),
                _ => {
                    let piece = self.piece(format);
                    input.splice(at..at, piece);
                }
            }
        }
        input.truncate(LONGEST);
        input
    }
}
