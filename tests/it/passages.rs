//! Holds how well quotes are found again: real sentences, seeded edits of known kinds, and for each edit kind how often the
//! quote was found in its place, honestly lost, or found in a wrong place.
//!
//! `LISEUSE_PASSAGES=2000 cargo test --release --test it passages -- --nocapture` makes so many of each kind and prints the
//! report; `LISEUSE_TEXTS=FOLDER` takes its sentences from the text files below that folder.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use liseuse::formats::{self, Format};
use liseuse::model::document::{Block, BlockKind, Document, Metadata, Position};
use liseuse::model::quote::{Finder, Found, Quote};

/// Random numbers that are the same every time: splitmix64 (G. L. Steele, D. Lea, C. H. Flood, 2014).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % sides.max(1) as u64).unwrap()
    }

    fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.roll(among.len())]
    }
}

/// A character and which one of the original text it is; `None` for what an edit added.
type Char = (char, Option<usize>);
/// An article while it is edited: blocks of characters.
type Text = Vec<Vec<Char>>;

/// The words around which the edits turn: characters of the original text, all in one block or over two.
type Span = Range<usize>;

const KINDS: &[(&str, fn(&mut Text, &Span, &mut Dice))] = &[
    ("nothing", |_, _, _| {}),
    ("typos elsewhere", typos_elsewhere),
    ("typos, 5 %", |text, span, dice| typos(text, span, 5, dice)),
    ("typos, 20 %", |text, span, dice| {
        typos(text, span, 20, dice)
    }),
    ("words replaced, 20 %", reworded),
    ("paragraphs inserted", |text, _, dice| inserted(text, dice)),
    ("other paragraphs removed", others_removed),
    ("its paragraph moved", moved),
    ("its paragraph split", split),
    ("its paragraph merged", merged),
    ("spaces and breaks", |text, _, dice| spaced(text, dice)),
    ("quotes and dashes", |text, _, _| typography(text)),
    ("headings renamed", headings_renamed),
    ("its paragraph removed", removed),
    ("look-alike beside", |text, span, dice| {
        planted(text, span, dice)
    }),
    ("look-alike, words changed", |text, span, dice| {
        planted(text, span, dice);
        reworded(text, span, dice);
    }),
    ("look-alike, removed", |text, span, dice| {
        planted(text, span, dice);
        removed(text, span, dice);
    }),
    ("several edits", |text, span, dice| {
        inserted(text, dice);
        typos(text, span, 8, dice);
        typos_elsewhere(text, span, dice);
        others_removed(text, span, dice);
        typography(text);
    }),
];

/// What became of the quotes of one kind of edit.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    right: usize,
    lost: usize,
    wrong: usize,
}

#[test]
fn quotes_are_found_again_or_honestly_lost() {
    let count = number("LISEUSE_PASSAGES", 25);
    let articles = articles();
    let mut dice = Dice(20_261_123);
    let mut sum = Tally::default();
    let mut lines = Vec::new();
    for (name, edit) in KINDS {
        let mut tally = Tally::default();
        for _ in 0..count {
            one(
                dice.pick(&articles).clone(),
                *edit,
                &mut dice,
                &mut tally,
                name,
            );
        }
        let share = |n: usize| format!("{:.2} %", n as f64 * 100.0 / count as f64);
        lines.push(format!(
            "{name:28} right {:>9} lost {:>9} wrong {:>9}",
            share(tally.right),
            share(tally.lost),
            share(tally.wrong)
        ));
        sum.wrong += tally.wrong;
        sum.right += tally.right;
        sum.lost += tally.lost;
    }
    let all = sum.right + sum.lost + sum.wrong;
    println!(
        "{}\nall {all}: wrong {} ({:.3} %)",
        lines.join("\n"),
        sum.wrong,
        sum.wrong as f64 * 100.0 / all as f64
    );
    assert!(
        sum.wrong * 1000 <= all,
        "{} of {all} in a wrong place",
        sum.wrong
    );
    assert!(
        sum.right * 100 >= all * 80,
        "only {} of {all} found",
        sum.right
    );
}

fn number(name: &str, usual: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(usual)
}

/// Quotes one passage, edits the text around it, and looks where it is found.
fn one(
    original: Text,
    edit: fn(&mut Text, &Span, &mut Dice),
    dice: &mut Dice,
    tally: &mut Tally,
    name: &str,
) {
    let before = document(&original);
    let Some((span, range)) = passage(&original, dice) else {
        return;
    };
    let quote = Quote::take(&before, range);
    let mut text = original;
    edit(&mut text, &span, dice);
    text.retain(|block| block.iter().any(|(c, _)| !c.is_whitespace()));
    let after = document(&text);
    let truth = truth(&text, &span);
    let found = Finder::new(&after).find(&quote);
    let verdict = match (found.range(), &truth) {
        (None, None) => &mut tally.right,
        (None, Some(_)) => &mut tally.lost,
        (Some(range), Some(truth)) if agree(&text, range, truth) => &mut tally.right,
        (Some(_), _) => &mut tally.wrong,
    };
    *verdict += 1;
    if std::env::var_os("LISEUSE_SHOW").is_some_and(|kind| kind == *name)
        && (found.range().is_none() != truth.is_none()
            || truth.is_none() && found.range().is_some())
    {
        println!("{quote:?}\n  {found:?}\n  {truth:?}\n");
    }
    if let (Some(range), true) = (found.range(), std::env::var_os("LISEUSE_WRONG").is_some()) {
        if !truth
            .as_ref()
            .is_some_and(|truth| agree(&text, range, truth))
        {
            let there = Quote::take(&after, range.clone());
            println!(
                "{name}: {quote:?}\n  {found:?} {:?}\n  truth {:?}\n",
                there.exact,
                truth.map(|t| Quote::take(&after, t).exact)
            );
        }
    }
}

/// A passage of the text: a few words, a sentence, several, or a paragraph.
fn passage(text: &Text, dice: &mut Dice) -> Option<(Span, Range<Position>)> {
    let long: Vec<usize> = (0..text.len()).filter(|&i| text[i].len() > 60).collect();
    let block = *long.get(dice.roll(long.len()))?;
    let chars: String = text[block].iter().map(|(c, _)| c).collect();
    let ends: Vec<usize> = std::iter::once(0)
        .chain(sentence_ends(&text[block]))
        .collect();
    let sentence = dice.roll(ends.len().saturating_sub(1));
    let (start, end) = (
        ends[sentence],
        *ends.get(sentence + 1).unwrap_or(&text[block].len()),
    );
    let (start, end) = match dice.roll(4) {
        0 => {
            let words: Vec<usize> = (start..end)
                .filter(|&i| i == start || text[block][i - 1].0 == ' ')
                .collect();
            let first = dice.roll(words.len().saturating_sub(4));
            let last = (first + 3 + dice.roll(6)).min(words.len() - 1);
            (words[first], if last > first { words[last] } else { end })
        }
        1 => (start, *ends.get(sentence + 2).unwrap_or(&end)),
        2 => (0, text[block].len()),
        _ => (start, end),
    };
    let (start, end) = trimmed(&text[block], start..end);
    let byte = |i: usize| {
        chars
            .char_indices()
            .nth(i)
            .map_or(chars.len(), |(at, _)| at)
    };
    let id = |i: usize| text[block].get(i).and_then(|(_, id)| *id);
    let span = id(start)?..id(end.checked_sub(1)?)? + 1;
    let position = |i| Position {
        block,
        offset: byte(i),
    };
    (start < end).then(|| (span, position(start)..position(end)))
}

fn trimmed(block: &[Char], range: Range<usize>) -> (usize, usize) {
    let (mut start, mut end) = (range.start, range.end);
    while start < end && block[start].0.is_whitespace() {
        start += 1;
    }
    while end > start && block[end - 1].0.is_whitespace() {
        end -= 1;
    }
    (start, end)
}

fn sentence_ends(block: &[Char]) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..block.len())
        .filter(|&i| block[i].0 == ' ' && matches!(block[i - 1].0, '.' | '!' | '?' | '…'))
        .map(|i| i + 1)
        .collect();
    if ends.last() != Some(&block.len()) {
        ends.push(block.len());
    }
    ends
}

/// Where what is left of the span stands; `None` when hardly anything is.
fn truth(text: &Text, span: &Span) -> Option<Range<Position>> {
    let is_of = |c: &Char| c.1.is_some_and(|id| span.contains(&id));
    let mut places = Vec::new();
    for (block, chars) in text.iter().enumerate() {
        let mut offset = 0;
        for c in chars {
            if is_of(c) {
                places.push(
                    Position { block, offset }..Position {
                        block,
                        offset: offset + c.0.len_utf8(),
                    },
                );
            }
            offset += c.0.len_utf8();
        }
    }
    let kept = places.len() * 4 >= span.len();
    kept.then(|| places[0].start..places[places.len() - 1].end)
}

/// Whether two ranges are of the same words, but for some at the ends.
fn agree(text: &Text, a: &Range<Position>, b: &Range<Position>) -> bool {
    let size = |start: Position, end: Position| -> usize {
        if start >= end {
            return 0;
        }
        let document = document(text);
        document.bytes_before(end) - document.bytes_before(start)
    };
    let both = size(a.start.max(b.start), a.end.min(b.end));
    let either = size(a.start.min(b.start), a.end.max(b.end));
    both * 2 > either
}

fn document(text: &Text) -> Document {
    let block = |chars: &Vec<Char>| {
        let text: String = chars.iter().map(|(c, _)| c).collect();
        Block::new(BlockKind::Paragraph, text, 0)
    };
    Document::new(Metadata::default(), text.iter().map(block).collect())
}

fn articles() -> Vec<Text> {
    let folder = std::env::var_os("LISEUSE_TEXTS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("articles"),
        PathBuf::from,
    );
    let mut files = Vec::new();
    text_files(&folder, &mut files);
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let document = formats::parse(&bytes, Format::Text).unwrap();
        let mut id = 0;
        let mut number = |c| {
            id += 1;
            (c, Some(id))
        };
        let blocks = document
            .blocks()
            .iter()
            .filter(|b| b.kind != BlockKind::Noise);
        let text: Text = blocks
            .map(|b| b.text.chars().map(&mut number).collect())
            .collect();
        if text.iter().filter(|b| b.len() > 60).count() >= 4 {
            all.push(text);
        }
    }
    assert!(!all.is_empty(), "no texts in {}", folder.display());
    all
}

fn text_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            text_files(&path, files);
        } else if path.extension().is_some_and(|e| e == "txt" || e == "md") {
            files.push(path);
        }
    }
}

fn is_in(c: &Char, span: &Span) -> bool {
    c.1.is_some_and(|id| span.contains(&id))
}

fn home(text: &Text, span: &Span) -> usize {
    text.iter()
        .position(|block| block.iter().any(|c| is_in(c, span)))
        .unwrap_or(0)
}

const LETTERS: &[char] = &['a', 'e', 'i', 'n', 'r', 's', 't', 'o', 'l', 'u'];
const WORDS: &[&str] = &[
    "almost",
    "quiet",
    "the other",
    "lantern",
    "seven",
    "perhaps",
    "river",
    "under",
    "slowly",
    "a",
];
const SENTENCES: &[&str] = &[
    "Nobody had expected the ferry to come back before the evening.",
    "The council put off its decision until the spring.",
    "A long list of names hung beside the door, and hers was not on it.",
    "What the figures do not say is how many of them stayed.",
];

fn typos(text: &mut Text, span: &Span, percent: usize, dice: &mut Dice) {
    for block in text {
        let mut i = 0;
        while i < block.len() {
            if is_in(&block[i], span) && dice.roll(100) < percent {
                match dice.roll(3) {
                    0 => block[i].0 = *dice.pick(LETTERS),
                    1 => block.insert(i + 1, (*dice.pick(LETTERS), None)),
                    _ => {
                        block.remove(i);
                        continue;
                    }
                }
                i += 1;
            }
            i += 1;
        }
    }
}

fn typos_elsewhere(text: &mut Text, span: &Span, dice: &mut Dice) {
    for c in text.iter_mut().flatten() {
        if !is_in(c, span) && c.0.is_alphabetic() && dice.roll(100) < 3 {
            c.0 = *dice.pick(LETTERS);
        }
    }
}

/// Replaces words of the span, at most a fifth of its characters.
fn reworded(text: &mut Text, span: &Span, dice: &mut Dice) {
    let mut left = span.len() / 5;
    for block in text {
        let mut at = 0;
        while let Some(end) = block[at..].iter().position(|c| c.0 == ' ').map(|i| at + i) {
            let is_whole = at < end && block[at..end].iter().all(|c| is_in(c, span));
            if is_whole && end - at <= left && dice.roll(4) == 0 {
                left -= end - at;
                let id = block[at].1;
                let word = dice.pick(WORDS).chars().map(|c| (c, id));
                let word: Vec<Char> = word.collect();
                let length = word.len();
                block.splice(at..end, word);
                at = (at + length + 1).min(block.len());
            } else {
                at = (end + 1).min(block.len());
            }
        }
    }
}

fn inserted(text: &mut Text, dice: &mut Dice) {
    for _ in 0..=dice.roll(3) {
        let at = dice.roll(text.len() + 1);
        let count = 1 + dice.roll(3);
        let words: Vec<&str> = (0..count).map(|_| *dice.pick(SENTENCES)).collect();
        text.insert(at, words.join(" ").chars().map(|c| (c, None)).collect());
    }
}

fn others_removed(text: &mut Text, span: &Span, dice: &mut Dice) {
    for _ in 0..=dice.roll(2) {
        let i = dice.roll(text.len());
        if !text[i].iter().any(|c| is_in(c, span)) {
            text.remove(i);
        }
    }
}

fn removed(text: &mut Text, span: &Span, _: &mut Dice) {
    text.retain(|block| !block.iter().any(|c| is_in(c, span)));
}

fn moved(text: &mut Text, span: &Span, dice: &mut Dice) {
    let block = text.remove(home(text, span));
    let to = dice.roll(text.len() + 1);
    text.insert(to, block);
}

fn split(text: &mut Text, span: &Span, dice: &mut Dice) {
    let i = home(text, span);
    let ends = sentence_ends(&text[i]);
    let at = *dice.pick(&ends);
    let rest = text[i].split_off(at);
    text.insert(i + 1, rest);
}

fn merged(text: &mut Text, span: &Span, _: &mut Dice) {
    let i = home(text, span);
    if i + 1 < text.len() {
        let next = text.remove(i + 1);
        text[i].push((' ', None));
        text[i].extend(next);
    }
}

fn spaced(text: &mut Text, dice: &mut Dice) {
    for c in text.iter_mut().flatten() {
        if c.0 == ' ' && dice.roll(8) == 0 {
            c.0 = *dice.pick(&['\u{a0}', '\u{2009}', '\u{202f}']);
        }
    }
}

fn typography(text: &mut Text) {
    for c in text.iter_mut().flatten() {
        c.0 = match c.0 {
            '"' => '“',
            '“' | '”' => '"',
            '\'' => '’',
            '’' => '\'',
            '—' => '–',
            '–' => '-',
            other => other,
        };
    }
}

fn headings_renamed(text: &mut Text, span: &Span, dice: &mut Dice) {
    for block in text {
        if block.len() < 50 && !block.iter().any(|c| is_in(c, span)) {
            *block = dice.pick(WORDS).chars().map(|c| (c, None)).collect();
        }
    }
}

/// Puts a copy of the quoted sentences, with some words changed, into another paragraph that is not next to theirs.
fn planted(text: &mut Text, span: &Span, dice: &mut Dice) {
    let home = home(text, span);
    let mut copy: Text = vec![
        text[home]
            .iter()
            .filter(|c| is_in(c, span))
            .copied()
            .collect(),
    ];
    let last = copy[0].last().and_then(|c| c.1);
    copy[0].push((' ', last));
    let before = copy[0].clone();
    for _ in 0..9 {
        reworded(&mut copy, span, dice);
        if copy[0].len() != before.len() || copy[0].iter().zip(&before).any(|(a, b)| a.0 != b.0) {
            break;
        }
    }
    if copy[0].iter().map(|c| c.0).eq(before.iter().map(|c| c.0)) {
        // too short for a word to be replaced: another one before its end
        copy[0].splice(0..0, "not ".chars().map(|c| (c, None)));
        let middle = copy[0].len() / 2;
        copy[0].splice(middle..middle, "x".chars().map(|c| (c, None)));
    }
    let copy: Vec<Char> = copy.remove(0).into_iter().map(|(c, _)| (c, None)).collect();
    // one that stands right beside, when the words themselves are gone, cannot be told from them being edited
    let mut to = dice.roll(text.len());
    if to.abs_diff(home) <= 1 {
        to = if home + 2 < text.len() {
            home + 2
        } else {
            home - 2
        };
    }
    let ends = sentence_ends(&text[to]);
    let at = if dice.roll(2) == 0 {
        0
    } else {
        *dice.pick(&ends)
    };
    text[to].splice(at..at, copy);
}

#[test]
fn a_quote_that_is_lost_tells_its_candidates() {
    let text = |words: &str| vec![words.to_owned()];
    let document = |texts: Vec<String>| {
        let blocks = texts
            .into_iter()
            .map(|t| Block::new(BlockKind::Paragraph, t, 0));
        Document::new(Metadata::default(), blocks.collect())
    };
    let words = "The harbour master counted the boats again and shook his head.";
    let before = document(
        [
            text("Before it all was calm."),
            text(words),
            text("Then it rained."),
        ]
        .concat(),
    );
    let quote = Quote::take(
        &before,
        Position::start_of(1)..Position {
            block: 1,
            offset: words.len(),
        },
    );
    let alike = "The harbour master counted his boats again and shook his hand.";
    let after = document(
        [
            text("Wholly new."),
            text(alike),
            text("An end of another kind."),
        ]
        .concat(),
    );
    let Found::Lost(places) = quote.find(&after) else {
        panic!("{:?}", quote.find(&after))
    };
    assert_eq!(places.first().map(|p| p.start), Some(Position::start_of(1)));
}
