//! Finding quotes again in a text that may have changed since they were taken.
//!
//! Every place that may be a quote's is judged alike: by its words and by what stands before and after them. The best one
//! is taken when it is good enough by itself and clearly better than the next; else the quote is lost, and says which two
//! places are likeliest. In this order, as far as is needed: the place where it was, the places where its very words
//! stand, places where words much like them stand.

use std::cell::OnceCell;
use std::ops::Range;

use memchr::memmem;

use super::align::like_start;
use super::fold::{FoldedQuote, FoldedText};
use super::places::{END, MOST_LIKE, place_of, place_of_ends, to_surroundings};
use super::seeds::{Seeds, stands_alone};
use super::{Found, Quote};
use crate::model::document::{Document, Position};

/// So many places with the very words are judged, those in the likeliest surroundings.
const MOST_EXACT: usize = 8;
/// Words count no more than so many characters when they are weighed against their surroundings.
const WORDS: usize = 128;

/// A side is strong when it is so much like the quote's, …
const STRONG: f32 = 0.8;
/// … with at least so many characters.
const STRONG_CHARS: usize = 12;
/// Words of so many characters need no surroundings if they stand nowhere else, …
const TELLING: usize = 64;
/// … and of so many, with those beside them, where all of the block is the same.
const TELLING_BLOCK: usize = 16;
/// Changed words are at least so much like the quote's between two strong sides, …
const LIKE_BETWEEN: f32 = 0.7;
/// … or beside one.
const LIKE_BESIDE: f32 = 0.85;
/// Beside one strong side, words and what is the same on the other side have at least so many characters, …
const LEAST: usize = 5;
/// … and changed words so many.
const LEAST_CHANGED: usize = 24;
/// By so much the best place must be better than the next.
const LEAD: f32 = 0.06;
/// What a place gains by being where the quote was.
const HOME: f32 = 0.1;
/// A place that is told as a candidate is at least so good.
const CANDIDATE: f32 = 0.35;

/// Finds quotes in one document. What all of them need of it is made once, when the first one needs it.
#[derive(Debug)]
pub struct Finder<'a> {
    document: &'a Document,
    text: OnceCell<FoldedText<'a>>,
    noise: OnceCell<FoldedText<'a>>,
    seeds: OnceCell<Seeds>,
}

/// A place that may be the quote's.
#[derive(Debug, Clone)]
struct Candidate {
    /// Bytes of the folded text.
    range: Range<usize>,
    /// How like the quote's its words are, from 0 to 1; 1 when they are the same.
    words: f32,
    before: Side,
    after: Side,
    /// Of all, from 0 to 1, and [`HOME`].
    score: f32,
}

/// What stands beside a place, compared with what stood beside the quote.
#[derive(Debug, Clone, Copy)]
struct Side {
    /// How alike they are, from 0 to 1.
    like: f32,
    /// How many characters are known of the quote's.
    chars: usize,
    /// How many characters next to the words are the same.
    run: usize,
    /// Whether all is the same up to where a block begins or ends in both.
    is_to_border: bool,
    /// Whether both are all there is: the text begins or ends beside them.
    is_edge: bool,
}

impl Side {
    const fn is_same(self) -> bool {
        self.run == self.chars
    }

    const fn is_strong(self) -> bool {
        let is_like = self.like >= STRONG && self.chars >= STRONG_CHARS;
        is_like || self.is_edge || self.is_to_border && self.run >= STRONG_CHARS
    }
}

impl<'a> Finder<'a> {
    /// For the quotes of this document. Costs nothing yet.
    pub const fn new(document: &'a Document) -> Self {
        Self {
            document,
            text: OnceCell::new(),
            noise: OnceCell::new(),
            seeds: OnceCell::new(),
        }
    }

    /// Where a quote is.
    pub fn find(&self, quote: &Quote) -> Found {
        if let Some(range) = quote.in_place(self.document) {
            return Found::InPlace(range);
        }
        let folded = FoldedQuote::of(quote);
        if folded.words().is_empty() {
            return super::find_point(quote, self.document);
        }
        let text = self.text.get_or_init(|| FoldedText::of(self.document));
        let mut candidates = exact(text, &folded);
        let is_alone = candidates.len() == 1;
        self.weigh(&mut candidates, text, &folded);
        let is_telling = is_alone && weight_of(folded.words()) >= TELLING;
        let begins = self.likely_begins(text, &folded, &candidates, is_telling);
        let mut like = self.like(text, &folded, begins);
        self.weigh(&mut like, text, &folded);
        like.retain(|c| !candidates.iter().any(|e| overlap(&e.range, &c.range)));
        candidates.extend(like);
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = if is_telling {
            telling(&candidates)
        } else {
            let apart = |range: &Range<usize>| self.apart(text, quote, range);
            accepted(&candidates, &folded, is_alone, apart)
        };
        if let Some(best) = best {
            return told(text.range(best.range.clone()), best, quote);
        }
        self.in_noise(&folded).unwrap_or_else(|| {
            let likely = candidates.iter().filter(|c| c.score >= CANDIDATE).take(2);
            Found::Lost(likely.map(|c| text.range(c.range.clone())).collect())
        })
    }

    /// Where its very words stand in noise; a quote is there only when it is nowhere else.
    fn in_noise(&self, quote: &FoldedQuote) -> Option<Found> {
        let noise = self
            .noise
            .get_or_init(|| FoldedText::of_noise(self.document));
        let mut places = memmem::find_iter(noise.text.as_bytes(), quote.words());
        let (at, None) = (places.next()?, places.next()) else {
            return None;
        };
        let range = noise.range(at..at + quote.words().len());
        Some(if range.start == quote.hint {
            Found::InPlace(range)
        } else {
            Found::Moved(range)
        })
    }

    /// About which bytes of the text there may be words like the quote's, as far as the places of its very words leave
    /// a doubt.
    fn likely_begins(
        &self,
        text: &FoldedText,
        quote: &FoldedQuote,
        exact: &[Candidate],
        is_telling: bool,
    ) -> Vec<usize> {
        let is_certain = |c: &Candidate| c.before.is_strong() && c.after.is_strong();
        let mut begins = if is_telling || exact.iter().any(is_certain) {
            Vec::new()
        } else {
            let seeds = self.seeds(text);
            seeds.likely(&quote.all, quote.exact.start, MOST_LIKE)
        };
        // words that were changed where they were look less like them than a twin elsewhere
        let home = text.offset(self.document.clamp(quote.hint));
        if exact.is_empty() || begins_like(&text.text[home..], quote.words()) {
            begins.push(home);
        }
        begins.retain(|at| !exact.iter().any(|c| c.range.start == *at));
        begins
    }

    /// Places about these bytes of the text where words much like the quote's stand.
    fn like(&self, text: &FoldedText, quote: &FoldedQuote, begins: Vec<usize>) -> Vec<Candidate> {
        let words: Vec<char> = quote.words().chars().collect();
        let mut found: Vec<Candidate> = Vec::new();
        for begin in begins {
            let place = if words.len() <= 2 * END {
                place_of(text, &words, begin)
            } else {
                place_of_ends(text, quote, &words, begin, self.seeds(text))
            };
            let Some((range, words)) = place else {
                continue;
            };
            let range = to_surroundings(text, quote, range);
            if words >= CANDIDATE && !found.iter().any(|c| overlap(&c.range, &range)) {
                found.push(candidate(range, words));
            }
        }
        found
    }

    fn seeds(&self, text: &FoldedText) -> &Seeds {
        self.seeds.get_or_init(|| Seeds::of(&text.text))
    }

    /// Judges places by all there is.
    fn weigh(&self, candidates: &mut [Candidate], text: &FoldedText, quote: &FoldedQuote) {
        let home = (!candidates.is_empty()).then(|| text.offset(self.document.clamp(quote.hint)));
        for c in candidates {
            (c.before, c.after) = sides(text, quote, &c.range);
            let count = quote.words().chars().count().min(WORDS);
            let sum = count + c.before.chars + c.after.chars;
            let like = c.words * weight(count)
                + c.before.like * weight(c.before.chars)
                + c.after.like * weight(c.after.chars);
            let home = if home == Some(c.range.start) {
                HOME
            } else {
                0.0
            };
            c.score = like / weight(sum.max(1)) + home;
        }
    }

    /// How far a place is from where the quote was, in bytes of the text.
    fn apart(&self, text: &FoldedText, quote: &Quote, range: &Range<usize>) -> usize {
        let home = text.offset(self.document.clamp(quote.hint));
        home.abs_diff(range.start)
    }
}

fn told(range: Range<Position>, best: &Candidate, quote: &Quote) -> Found {
    if best.words < 1.0 {
        Found::Changed(range, best.words)
    } else if range.start == quote.hint {
        Found::InPlace(range)
    } else {
        Found::Moved(range)
    }
}

/// The only place of words that hardly stand anywhere else by chance, unless they may as well have been changed where they
/// were.
fn telling(candidates: &[Candidate]) -> Option<&Candidate> {
    let exact = candidates.iter().find(|c| c.words >= 1.0)?;
    let is_rival = |c: &Candidate| {
        c.words < 1.0 && c.words >= LIKE_BETWEEN && c.before.is_strong() && c.after.is_strong()
    };
    let is_rivalled = candidates.iter().any(is_rival);
    (!is_rivalled || exact.before.is_strong() || exact.after.is_strong()).then_some(exact)
}

/// Whether a text begins about as these words do.
fn begins_like(text: &str, words: &str) -> bool {
    let words: Vec<char> = words.chars().take(WORDS / 2).collect();
    let there: Vec<char> = text.chars().take(words.len() + words.len() / 4).collect();
    like_start(&words, &there) >= LIKE_BETWEEN / 2.0 + CANDIDATE / 2.0
}

/// The best of the candidates, which are ordered, if it can be told from the others and is good enough.
fn accepted<'c>(
    candidates: &'c [Candidate],
    quote: &FoldedQuote,
    is_alone: bool,
    apart: impl Fn(&Range<usize>) -> usize,
) -> Option<&'c Candidate> {
    let best = candidates.first()?;
    let Some(next) = candidates.get(1) else {
        return is_enough(best, quote, is_alone).then_some(best);
    };
    if best.score - next.score >= LEAD {
        return is_enough(best, quote, is_alone).then_some(best);
    }
    // alike in everything: the one that is clearly nearest to where the quote was
    let twins = candidates.iter().filter(|c| best.score - c.score < LEAD);
    let mut twins: Vec<(usize, &Candidate)> = twins.map(|c| (apart(&c.range), c)).collect();
    twins.sort_by_key(|(apart, _)| *apart);
    let (near, far) = (twins.first()?, twins.get(1)?);
    let is_sure = |c: &Candidate| c.words >= 1.0 && c.before.is_same() && c.after.is_same();
    (near.0 * 3 < far.0 && is_sure(near.1)).then_some(near.1)
}

/// Whether a place is the quote's if it is no other's.
fn is_enough(c: &Candidate, quote: &FoldedQuote, is_alone: bool) -> bool {
    let sides = [c.before, c.after];
    let strong = sides.iter().filter(|side| side.is_strong()).count();
    let weak_run = sides.iter().map(|side| side.run).min().unwrap_or(0);
    let count = weight_of(quote.words());
    if c.words < 1.0 {
        let is_beside = strong == 1 && c.words >= LIKE_BESIDE && count >= LEAST_CHANGED;
        return strong == 2 && c.words >= LIKE_BETWEEN || is_beside;
    }
    let is_block = sides.iter().all(|side| side.is_to_border);
    let same = count + c.before.run + c.after.run;
    let knows_nothing = sides.iter().all(|side| side.chars == 0);
    strong == 2
        || strong == 1 && count + weak_run >= LEAST
        || is_alone && count >= TELLING
        || is_alone && is_block && (same >= TELLING_BLOCK || knows_nothing)
}

/// How much words tell, in characters of an alphabet: a character that is a word tells as much as three letters.
fn weight_of(words: &str) -> usize {
    words
        .chars()
        .map(|c| if stands_alone(c) { 3 } else { 1 })
        .sum()
}

/// The places where the very words stand: all, or those in the likeliest surroundings.
fn exact(text: &FoldedText, quote: &FoldedQuote) -> Vec<Candidate> {
    let words = quote.words();
    let (bytes, quoted) = (text.text.as_bytes(), quote.all.as_bytes());
    let run = |at: usize| {
        let before = bytes[..at]
            .iter()
            .rev()
            .zip(quoted[..quote.exact.start].iter().rev());
        let after = bytes[at + words.len()..]
            .iter()
            .zip(&quoted[quote.exact.end..]);
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    };
    let mut best: Vec<(usize, usize)> = Vec::new();
    for at in memmem::find_iter(bytes, words) {
        let here = (run(at), at);
        if best.len() < MOST_EXACT {
            best.push(here);
        } else if let Some(least) = best.iter_mut().min() {
            *least = here.max(*least);
        }
    }
    best.into_iter()
        .map(|(_, at)| candidate(at..at + words.len(), 1.0))
        .collect()
}

const fn candidate(range: Range<usize>, words: f32) -> Candidate {
    const NONE: Side = Side {
        like: 0.0,
        chars: 0,
        run: 0,
        is_to_border: false,
        is_edge: false,
    };
    Candidate {
        range,
        words,
        before: NONE,
        after: NONE,
        score: 0.0,
    }
}

fn sides(text: &FoldedText, quote: &FoldedQuote, range: &Range<usize>) -> (Side, Side) {
    let quoted: Vec<char> = quote.all[..quote.exact.start].chars().rev().collect();
    let there = text.text[..range.start].chars().rev();
    let mut before = side(&quoted, there);
    before.is_to_border = quote.border_before.is_some_and(|border| {
        let bytes: usize = quoted.iter().take(border).map(|c| c.len_utf8()).sum();
        before.run >= border && text.is_start(range.start.saturating_sub(bytes))
    });
    let is_first = range.start == quote.exact.start;
    before.is_edge = quote.is_at_start && is_first && before.is_same();
    let quoted: Vec<char> = quote.all[quote.exact.end..].chars().collect();
    let mut after = side(&quoted, text.text[range.end..].chars());
    after.is_to_border = quote.border_after.is_some_and(|border| {
        let bytes: usize = quoted.iter().take(border).map(|c| c.len_utf8()).sum();
        after.run >= border && text.is_end(range.end + bytes)
    });
    let is_last = text.text.len() - range.end == quote.all.len() - quote.exact.end;
    after.is_edge = quote.is_at_end && is_last && after.is_same();
    (before, after)
}

fn side(quoted: &[char], there: impl Iterator<Item = char>) -> Side {
    let there: Vec<char> = there.take(quoted.len() + quoted.len() / 4).collect();
    let run = quoted
        .iter()
        .zip(&there)
        .take_while(|(a, b)| a == b)
        .count();
    // what is the same costs nothing to compare
    let rest = quoted.len() - run;
    let like = like_start(&quoted[run..], &there[run..]);
    let like = if quoted.is_empty() {
        1.0
    } else {
        like.mul_add(weight(rest), weight(run)) / weight(quoted.len())
    };
    Side {
        like,
        chars: quoted.len(),
        run,
        is_to_border: false,
        is_edge: false,
    }
}

const fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a few hundred characters"
)]
const fn weight(count: usize) -> f32 {
    count as f32
}
