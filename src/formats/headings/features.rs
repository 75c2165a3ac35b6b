//! A block and what stands around it, as numbers.

use super::lexicon::{ByHash, by_hash};
use super::look::{Beginning, Ending, Look, small};
use crate::formats::text::Blocks;

/// The names of the numbers, in their order; what they tell is in `docs/structure.md`.
#[rustfmt::skip]
pub const NAMES: &[&str] = &[
    // the block itself
    "columns", "words", "word length", "begins", "begins small", "begins with a digit", "begins with a quote", "begins with a bracket", "begins with a dash", "begins oddly",
    "ends with a stop", "ends with ?", "ends with !", "ends with …", "ends with :", "runs on", "ends with a closing mark", "ends with a digit",
    "capitals", "shouting", "has case", "is cjk", "digits", "number", "commas", "inner stops", "colon", "dash", "bar", "bracket", "quotes", "address", "year",
    "binding words", "verbs", "question words", "credit words", "offer words", "list item", "quoted", "noise phrase", "byline", "date",
    "credit first", "offer first", "in brackets", "entry",
    // its document
    "blocks", "short share", "usual columns", "of usual columns", "short pairs", "mean short columns", "candidates", "candidate share",
    // where it stands
    "index", "from end", "place", "long before", "long after", "top",
    // around it
    "colon before run", "run",
    "columns -1", "columns -2", "columns -3", "columns +1", "columns +2", "columns +3",
    "stop -1", "stop -2", "stop +1", "stop +2", "colon -1", "small +1", "small -1", "like -1", "like +1", "list -1", "list +1",
    "short run before", "short run after", "raw columns -1", "raw columns +1", "noise -1", "noise +1",
    "to +1", "to -1", "since short", "until short",
    // the like of it
    "same before", "same after", "same first word", "same ending", "stands alike", "of candidates' columns", "of candidates' capitals", "of candidates' endings", "sequence",
    "blank before", "blank after",
];

/// How many numbers tell of a block.
pub const COUNT: usize = NAMES.len();

/// What is told of a block.
pub type Row = [f32; COUNT];

/// Longer runs are not told apart.
const RUN: u8 = 12;
/// The blocks before and after that numbers are compared with.
const NEAR: usize = 40;

/// A document in numbers.
#[derive(Debug)]
pub(super) struct Scene {
    pub looks: Vec<Look>,
    /// The blocks that may be anything but body, in order.
    pub short: Vec<usize>,
    /// For each block whether a blank line stands before it, and the share of those.
    is_apart: Vec<bool>,
    apart: f32,
    /// The blocks that are not plainly noise.
    clear: Vec<usize>,
    /// For each block, how many of `clear` come before it.
    rank: Vec<usize>,
    /// Columns of the middle long block.
    usual: f32,
    long_before: Vec<u32>,
    shorts: f32,
    pairs: f32,
    short_columns: f32,
    candidates: Family,
    /// For each clear block, how many in a row up to it, and from it on, are short or long as it is;
    /// and how many back the last long one, or one that ends with a colon, stands. At most [`RUN`].
    runs: Vec<[u8; 3]>,
    /// For each block, how many around have the number before or after its own.
    sequences: Vec<u8>,
    texts: ByHash<Seen>,
    first_words: ByHash<u32>,
}

/// The short blocks that text stands before and after.
#[derive(Debug, Default)]
struct Family {
    count: f32,
    columns: f32,
    capitals: f32,
    endings: [f32; 10],
}

fn yes(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

/// Entries of a table of contents stand before this many long blocks …
const ENTRIES_TOP: usize = 4;
/// … and no line stands more often in an article that has contents.
const ENTRY_OFTEN: u32 = 3;

/// The first and last short block with the same words, and how many there are.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    first: u32,
    last: u32,
    count: u32,
}

fn texts(looks: &[Look]) -> ByHash<Seen> {
    let mut texts = by_hash(looks.len() / 2);
    for (i, look) in looks.iter().enumerate().filter(|(_, look)| look.is_short) {
        let at = u32::try_from(i).unwrap_or(u32::MAX);
        let seen: &mut Seen = texts.entry(look.hash).or_insert(Seen {
            first: at,
            ..Seen::default()
        });
        seen.last = at;
        seen.count += 1;
    }
    texts
}

/// Marks the entries of a table of contents: lines beside each other at the top that stand again below, in that order,
/// with longer text between.
fn mark_entries(looks: &mut [Look], texts: &ByHash<Seen>) {
    if looks.iter().all(|look| look.is_short) {
        return;
    }
    let again = |i: usize| {
        let look = looks
            .get(i)
            .filter(|look| look.is_short && !look.is_noise && look.ending != Ending::Stop);
        look.and_then(|look| texts.get(&look.hash))
            .filter(|seen| seen.count <= ENTRY_OFTEN)
            .map_or(0, |seen| seen.last as usize)
    };
    let mut entries = Vec::new();
    let mut long = 0;
    for (i, look) in looks.iter().enumerate() {
        long += usize::from(!look.is_short);
        if long >= ENTRIES_TOP {
            break;
        }
        let (here, before, after) = (again(i), i.checked_sub(1).map_or(0, again), again(i + 1));
        let is_beside = (before > i && before < here) || after > here;
        // far enough below to have text of its own
        if here > i + 2 && is_beside {
            entries.push(i);
        }
    }
    for i in entries {
        looks[i].is_entry = true;
    }
}

impl Scene {
    pub(super) fn new(blocks: &Blocks) -> Self {
        let mut buffer = String::new();
        let mut looks: Vec<Look> = blocks
            .blocks
            .iter()
            .map(|block| Look::of(block, &mut buffer))
            .collect();
        let texts = texts(&looks);
        mark_entries(&mut looks, &texts);
        let mut clear = Vec::with_capacity(looks.len());
        let mut rank = Vec::with_capacity(looks.len());
        let mut long_before = Vec::with_capacity(looks.len());
        let mut long = 0;
        for (i, look) in looks.iter().enumerate() {
            rank.push(clear.len());
            long_before.push(long);
            if !look.is_plain_noise() {
                clear.push(i);
            }
            long += u32::from(!look.is_short);
        }
        long_before.push(long);
        let shorts: Vec<&Look> = clear
            .iter()
            .map(|&i| &looks[i])
            .filter(|look| look.is_short)
            .collect();
        let mut widths: Vec<f32> = looks
            .iter()
            .map(|look| look.columns)
            .filter(|&columns| columns > 100.0)
            .collect();
        widths.sort_unstable_by(f32::total_cmp);
        let usual = widths.get(widths.len() / 2).copied().unwrap_or(100.0);
        let is_pair = |pair: &&[usize]| looks[pair[0]].is_short && looks[pair[1]].is_short;
        let pairs = clear.windows(2).filter(is_pair).count();
        let mut scene = Self {
            short: (0..looks.len()).filter(|&i| looks[i].is_short).collect(),
            rank,
            usual,
            long_before,
            is_apart: blocks.apart.clone(),
            shorts: small(shorts.len()),
            pairs: small(pairs) / small(shorts.len().max(1)),
            short_columns: shorts.iter().map(|look| look.columns).sum::<f32>()
                / small(shorts.len().max(1)),
            candidates: Family::default(),
            runs: Vec::new(),
            sequences: Vec::new(),
            texts,
            first_words: by_hash(shorts.len()),
            apart: small(blocks.apart.iter().filter(|&&apart| apart).count())
                / small(looks.len().max(1)),
            clear,
            looks,
        };
        scene.gather();
        scene.runs = scene.runs();
        scene.count_sequences();
        scene
    }

    fn gather(&mut self) {
        for look in self.looks.iter().filter(|look| look.is_short) {
            if !look.is_plain_noise() {
                *self.first_words.entry(look.first_word).or_insert(0) += 1;
            }
        }
        let family = &mut self.candidates;
        for three in self.clear.windows(3) {
            let [before, it, after] = [three[0], three[1], three[2]].map(|i| &self.looks[i]);
            if it.is_short && !before.is_short && !after.is_short {
                family.count += 1.0;
                family.columns += it.columns;
                family.capitals += it.capitals;
                family.endings[it.ending as usize] += 1.0;
            }
        }
    }

    fn runs(&self) -> Vec<[u8; 3]> {
        let is_short = |k: usize| self.looks[self.clear[k]].is_short;
        let count = self.clear.len();
        let leads = |k: usize| {
            let look = &self.looks[self.clear[k]];
            !look.is_short || look.ending == Ending::Colon
        };
        let mut runs = vec![[1; 3]; count];
        let mut back = RUN;
        for (k, run) in runs.iter_mut().enumerate() {
            back = if leads(k) { 0 } else { (back + 1).min(RUN) };
            run[2] = back;
        }
        for k in 1..count {
            if is_short(k) == is_short(k - 1) {
                runs[k][0] = (runs[k - 1][0] + 1).min(RUN);
            }
        }
        for k in (1..count).rev() {
            if is_short(k) == is_short(k - 1) {
                runs[k - 1][1] = (runs[k][1] + 1).min(RUN);
            }
        }
        runs
    }

    /// Counts neighbours in number, with a window that moves along.
    fn count_sequences(&mut self) {
        let number = |k: usize| {
            let look = &self.looks[self.clear[k]];
            if look.is_short {
                usize::from(look.number)
            } else {
                0
            }
        };
        self.sequences = vec![0; self.looks.len()];
        let mut counts = [0_u16; 258];
        let mut next = 0;
        for k in 0..self.clear.len() {
            while next < self.clear.len() && next < k + NEAR {
                counts[number(next) + 1] += 1;
                next += 1;
            }
            if k > NEAR {
                counts[number(k - NEAR - 1) + 1] -= 1;
            }
            let number = number(k);
            if number > 0 {
                // without a number is 0, which no number is next to
                let before = if number > 1 { counts[number] } else { 0 };
                let around = before + counts[number + 2];
                self.sequences[self.clear[k]] = u8::try_from(around).unwrap_or(u8::MAX);
            }
        }
    }

    /// The clear block `step` blocks away from block `i`.
    fn near(&self, i: usize, step: isize) -> Option<&Look> {
        let is_clear = !self.looks[i].is_plain_noise();
        // where the block itself is left out, the next one has its rank
        let step = if step > 0 && !is_clear {
            step - 1
        } else {
            step
        };
        let at = self.rank[i].checked_add_signed(step)?;
        self.clear.get(at).map(|&j| &self.looks[j])
    }

    /// What is told of a block.
    pub(super) fn row(&self, i: usize) -> Row {
        let mut row = [0.0; COUNT];
        let mut at = 0;
        let mut put = |values: &[f32]| {
            row[at..at + values.len()].copy_from_slice(values);
            at += values.len();
        };
        let look = &self.looks[i];
        put(&own(look));
        put(&self.document(look));
        put(&self.place(i));
        put(&self.around(i));
        put(&self.likes(i));
        debug_assert_eq!(at, COUNT);
        row
    }

    fn document(&self, look: &Look) -> [f32; 8] {
        let blocks = small(self.clear.len().max(1));
        [
            blocks,
            self.shorts / blocks,
            self.usual,
            look.columns / self.usual,
            self.pairs,
            self.short_columns,
            self.candidates.count,
            self.candidates.count / blocks,
        ]
    }

    fn place(&self, i: usize) -> [f32; 6] {
        let (index, count) = (small(self.rank[i]), small(self.clear.len()));
        let (before, all) = (self.long_before[i], self.long_before[self.looks.len()]);
        let (before, after) = (small(before as usize), small((all - before) as usize));
        [
            index,
            count - index,
            index / count.max(1.0),
            before,
            after,
            yes(before == 0.0),
        ]
    }

    fn around(&self, i: usize) -> [f32; 29] {
        let look = &self.looks[i];
        let [b1, b2, b3, a1, a2, a3] = [-1, -2, -3, 1, 2, 3].map(|step| self.near(i, step));
        let columns = |look: Option<&Look>| look.map_or(-1.0, |look| look.columns.min(400.0));
        let ends =
            |look: Option<&Look>, ending| look.map_or(-1.0, |look| yes(look.ending == ending));
        let begins_small =
            |look: Option<&Look>| yes(look.is_some_and(|look| look.beginning == Beginning::Small));
        let like = |other: Option<&Look>| {
            other.map_or(-1.0, |other| yes(other.is_short) * likeness(look, other))
        };
        let listed = |look: Option<&Look>| yes(look.is_some_and(|look| look.is_listed));
        let raw = |j: Option<usize>| j.and_then(|j| self.looks.get(j));
        let (raw_before, raw_after) = (raw(i.checked_sub(1)), raw(i.checked_add(1)));
        let noisy = |look: Option<&Look>| yes(look.is_some_and(Look::is_plain_noise));
        let to = |other: Option<&Look>| {
            other.map_or(-1.0, |other| {
                (other.columns / look.columns.max(1.0)).min(50.0)
            })
        };
        let (run_before, since) = self.run_before(i);
        let (run_after, until) = self.run_after(i);
        let colon = self.rank[i].checked_sub(1).and_then(|k| {
            let back = self.runs[k][2];
            (back < RUN).then(|| &self.looks[self.clear[k - usize::from(back)]])
        });
        #[rustfmt::skip]
        let numbers = [
            ends(colon, Ending::Colon), run_before + run_after + 1.0,
            columns(b1), columns(b2), columns(b3), columns(a1), columns(a2), columns(a3),
            ends(b1, Ending::Stop), ends(b2, Ending::Stop), ends(a1, Ending::Stop), ends(a2, Ending::Stop), ends(b1, Ending::Colon),
            begins_small(a1), begins_small(b1), like(b1), like(a1), listed(b1), listed(a1),
            run_before, run_after, columns(raw_before), columns(raw_after), noisy(raw_before), noisy(raw_after),
            to(a1), to(b1), since, until,
        ];
        numbers
    }

    /// How many clear blocks in a row are short before block `i`, and how many long.
    fn run_before(&self, i: usize) -> (f32, f32) {
        let run = self.rank[i].checked_sub(1).map(|k| self.runs[k][0]);
        run.map_or((0.0, 0.0), |run| self.run_of(self.rank[i] - 1, run))
    }

    /// … and after it.
    fn run_after(&self, i: usize) -> (f32, f32) {
        let next = self.rank[i] + usize::from(!self.looks[i].is_plain_noise());
        let run = self.runs.get(next).map(|run| run[1]);
        run.map_or((0.0, 0.0), |run| self.run_of(next, run))
    }

    fn run_of(&self, k: usize, run: u8) -> (f32, f32) {
        if self.looks[self.clear[k]].is_short {
            (f32::from(run), 0.0)
        } else {
            (0.0, f32::from(run))
        }
    }

    fn likes(&self, i: usize) -> [f32; 11] {
        let look = &self.looks[i];
        let seen = self.texts.get(&look.hash).copied().unwrap_or_default();
        let before = if i > seen.first as usize {
            small(seen.count as usize - 1)
        } else {
            0.0
        };
        let after = yes(i < seen.last as usize);
        let words = self.first_words.get(&look.first_word).copied().unwrap_or(1);
        let family = &self.candidates;
        let of = family.count.max(1.0);
        let stands = self.near(i, -1).is_some_and(|l| !l.is_short)
            && self.near(i, 1).is_some_and(|l| !l.is_short);
        let ending = family.endings[look.ending as usize];
        let sequence = f32::from(self.sequences[i]);
        [
            before,
            after,
            small(words as usize),
            ending,
            yes(stands),
            look.columns * of / family.columns.max(1.0),
            look.capitals - family.capitals / of,
            ending / of,
            sequence,
            yes(self.is_apart[i]) - self.apart,
            self.is_apart.get(i + 1).map_or(0.0, |&apart| yes(apart)) - self.apart,
        ]
    }
}

/// How alike two short blocks are, from 0 to 1.
fn likeness(one: &Look, other: &Look) -> f32 {
    let lengths = one.columns.min(other.columns) / one.columns.max(other.columns).max(1.0);
    0.5 * lengths
        + 0.25 * yes(one.ending == other.ending)
        + 0.25 * yes(one.beginning == other.beginning)
}

#[rustfmt::skip]
fn own(look: &Look) -> [f32; 47] {
    let begins = |beginning| yes(look.beginning == beginning);
    let ends = |ending| yes(look.ending == ending);
    [
        look.columns, look.words, look.columns / look.words.max(1.0), begins(Beginning::Capital), begins(Beginning::Small), begins(Beginning::Digit),
        begins(Beginning::Quote), begins(Beginning::Bracket), begins(Beginning::Dash), begins(Beginning::Other),
        ends(Ending::Stop), ends(Ending::Question), ends(Ending::Exclamation), ends(Ending::Ellipsis), ends(Ending::Colon), ends(Ending::RunOn),
        ends(Ending::Closing), ends(Ending::Digit),
        look.capitals, look.shouting, yes(look.has_case), yes(look.is_cjk), look.digits, f32::from(look.number), look.commas, look.inner_stops, look.colon,
        yes(look.has_dash), yes(look.has_bar), yes(look.has_bracket), look.quotes, yes(look.has_address), yes(look.has_year),
        look.binding, look.verbs, look.asks, look.credits, look.offers, yes(look.is_listed), yes(look.is_quote), yes(look.is_noise),
        yes(look.is_byline), yes(look.is_date), yes(look.begins_credit), yes(look.begins_offer), yes(look.is_framed), yes(look.is_entry),
    ]
}
