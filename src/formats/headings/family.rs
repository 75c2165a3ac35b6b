//! The second look: a block among all that the first look told of its document.
//!
//! Headings come in families: alike in length and shape, with body between them. So what a block is depends on what its
//! like are, and noise around it is best looked through.

use super::features::{self, Scene};
use super::forest::{Class, Votes};
use super::lexicon::ByHash;
use super::look::{Look, small};

/// The names of what the second look adds to the numbers of a block, in their order.
#[rustfmt::skip]
pub const NAMES: &[&str] = &[
    "as heading", "as title", "as noise", "as caption", "as item",
    "heading before", "heading after", "heading -1", "heading +1", "noise-like -1", "noise-like +1", "item -1", "item +1",
    "headings", "heading share", "best heading", "items", "noises", "title seen", "after title",
    "kin", "kin heading", "kin item", "namesakes", "namesake heading", "shape heading", "shape kin",
    "seen columns +1", "seen columns -1", "seen run before", "seen run after", "seen from end", "long since heading", "long until heading",
    "of headings' columns", "of headings' capitals", "of headings' endings",
];

/// How many numbers tell of a block at the second look.
pub const COUNT: usize = features::COUNT + NAMES.len();

/// What is told of a block at the second look.
pub type Row = [f32; COUNT];

/// Means over a set of blocks.
#[derive(Default, Clone, Copy)]
struct Kin {
    count: f32,
    heading: f32,
    item: f32,
}

impl Kin {
    fn add(&mut self, votes: &Votes) {
        self.count += 1.0;
        self.heading += votes[Class::Heading as usize];
        self.item += votes[Class::Item as usize];
    }

    /// Count and means without the block itself.
    fn others(self, votes: &Votes) -> [f32; 3] {
        let count = self.count - 1.0;
        if count < 0.5 {
            return [0.0, -1.0, -1.0];
        }
        [
            count,
            (self.heading - votes[Class::Heading as usize]) / count,
            (self.item - votes[Class::Item as usize]) / count,
        ]
    }
}

pub(super) struct Second<'a> {
    looks: &'a [Look],
    /// For each block its votes; of long ones all for body.
    votes: Vec<Votes>,
    /// For each block, how many long blocks stand between it and the likely headings before and after it.
    distances: Vec<[f32; 2]>,
    /// The blocks that are not likely noise or captions, and for each block how many of them come before it.
    seen: Vec<usize>,
    rank: Vec<usize>,
    kin: ByHash<Kin>,
    namesakes: ByHash<Kin>,
    shapes: ByHash<Kin>,
    title: Option<(usize, f32)>,
    sums: Votes,
    best: f32,
    /// Of headings, weighted by how likely they are: columns, capitals, endings.
    columns: f32,
    capitals: f32,
    endings: [f32; 10],
}

/// Blocks of the same make: how they begin and end, whether numbered and listed, about how long.
fn kin_of(look: &Look) -> u32 {
    let length = if look.columns < 12.0 {
        0
    } else if look.columns < 90.0 {
        1
    } else {
        2
    };
    let caps = if look.shouting > 0.8 {
        2
    } else {
        u32::from(look.capitals > 0.6)
    };
    shape_of(look) * 16 + length * 3 + caps
}

/// Blocks of the same outer make.
fn shape_of(look: &Look) -> u32 {
    let flags = u32::from(look.number > 0)
        + 2 * u32::from(look.is_listed)
        + 4 * u32::from(look.colon > 0.0);
    (look.ending as u32 * 8 + look.beginning as u32) * 8 + flags
}

impl<'a> Second<'a> {
    pub(super) fn new(first: &'a Scene, of_short: &[Votes]) -> Self {
        let body: Votes = [1.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        let mut scene = Self {
            looks: &first.looks,
            distances: Vec::new(),
            votes: vec![body; first.looks.len()],
            seen: Vec::with_capacity(first.looks.len()),
            rank: Vec::with_capacity(first.looks.len()),
            kin: ByHash::default(),
            namesakes: ByHash::default(),
            shapes: ByHash::default(),
            title: None,
            sums: Votes::default(),
            best: 0.0,
            columns: 0.0,
            capitals: 0.0,
            endings: [0.0; 10],
        };
        for (&i, votes) in first.short.iter().zip(of_short) {
            scene.votes[i] = *votes;
            scene.gather(i, votes);
        }
        for i in 0..first.looks.len() {
            scene.rank.push(scene.seen.len());
            if scene.noise(i) < 0.5 {
                scene.seen.push(i);
            }
        }
        scene.distances = scene.distances();
        scene
    }

    /// What is told of a block, given what was told of it at first.
    pub(super) fn row(&self, i: usize, first: &features::Row) -> Row {
        let mut row = [0.0; COUNT];
        row[..first.len()].copy_from_slice(first);
        let mut at = first.len();
        let mut put = |values: &[f32]| {
            row[at..at + values.len()].copy_from_slice(values);
            at += values.len();
        };
        self.put(i, &mut put);
        debug_assert_eq!(at, COUNT);
        row
    }

    fn gather(&mut self, i: usize, votes: &Votes) {
        let look = &self.looks[i];
        self.kin.entry(kin_of(look)).or_default().add(votes);
        self.namesakes
            .entry(look.first_word)
            .or_default()
            .add(votes);
        self.shapes.entry(shape_of(look)).or_default().add(votes);
        for (sum, vote) in self.sums.iter_mut().zip(votes) {
            *sum += vote;
        }
        let [_, heading, title, ..] = *votes;
        if title > self.title.map_or(0.2, |(_, most)| most) {
            self.title = Some((i, title));
        }
        self.best = self.best.max(heading);
        self.columns += heading * look.columns;
        self.capitals += heading * look.capitals;
        self.endings[look.ending as usize] += heading;
    }

    fn noise(&self, i: usize) -> f32 {
        self.votes[i][Class::Noise as usize] + self.votes[i][Class::Caption as usize]
    }

    /// The seen block `step` seen blocks away from block `i`.
    fn near(&self, i: usize, step: isize) -> Option<usize> {
        let step = if step > 0 && self.noise(i) >= 0.5 {
            step - 1
        } else {
            step
        };
        self.seen
            .get(self.rank[i].checked_add_signed(step)?)
            .copied()
    }

    fn distances(&self) -> Vec<[f32; 2]> {
        let count = self.looks.len();
        let mut out = vec![[0.0; 2]; count];
        let walk =
            |order: &mut dyn Iterator<Item = usize>, side: usize, out: &mut Vec<[f32; 2]>| {
                let mut since = 0.0;
                for i in order {
                    out[i][side] = since;
                    if !self.looks[i].is_short {
                        since += 1.0;
                    } else if self.votes[i][Class::Heading as usize]
                        + self.votes[i][Class::Title as usize]
                        > 0.5
                    {
                        since = 0.0;
                    }
                }
            };
        walk(&mut (0..count), 0, &mut out);
        walk(&mut (0..count).rev(), 1, &mut out);
        out
    }

    fn put(&self, i: usize, put: &mut impl FnMut(&[f32])) {
        self.put_votes(i, put);
        self.put_kin(i, put);
        self.put_seen(i, put);
    }

    /// What was told of the block, of those around it and of the document.
    fn put_votes(&self, i: usize, put: &mut impl FnMut(&[f32])) {
        let votes = &self.votes[i];
        let [_, heading, title, noise, caption, item] = *votes;
        put(&[heading, title, noise, caption, item]);
        let of = |class: Class, j: Option<usize>| j.map_or(-1.0, |j| self.votes[j][class as usize]);
        let (before, after) = (self.near(i, -1), self.near(i, 1));
        let (raw_before, raw_after) = (
            i.checked_sub(1),
            Some(i + 1).filter(|&j| j < self.looks.len()),
        );
        let next_heading = |step: isize| {
            (1..=6)
                .map(|k| of(Class::Heading, self.near(i, k * step)))
                .fold(0.0, f32::max)
        };
        put(&[
            next_heading(-1),
            next_heading(1),
            of(Class::Heading, before),
            of(Class::Heading, after),
        ]);
        put(&[
            of(Class::Noise, raw_before),
            of(Class::Noise, raw_after),
            of(Class::Item, before),
            of(Class::Item, after),
        ]);
        let short = self.sums.iter().sum::<f32>().max(1.0);
        let [_, headings, _, noises, _, items] = self.sums;
        put(&[
            headings - heading,
            headings / short,
            self.best,
            items,
            noises,
        ]);
        let (title_at, title_score) = self.title.unwrap_or((0, 0.0));
        let since_title = small(i) - small(title_at);
        put(&[title_score, since_title.clamp(-20.0, 20.0)]);
    }

    /// What was told of those that are made like it.
    fn put_kin(&self, i: usize, put: &mut impl FnMut(&[f32])) {
        let look = &self.looks[i];
        let others = |kin: &ByHash<Kin>, key: u32| {
            kin.get(&key)
                .copied()
                .unwrap_or_default()
                .others(&self.votes[i])
        };
        let [count, kin_heading, kin_item] = others(&self.kin, kin_of(look));
        let [named, named_heading, _] = others(&self.namesakes, look.first_word);
        let [shaped, shape_heading, _] = others(&self.shapes, shape_of(look));
        put(&[
            count,
            kin_heading,
            kin_item,
            named,
            named_heading,
            shape_heading,
            shaped,
        ]);
    }

    /// Where it stands when noise is looked through, and how it compares with the likely headings.
    fn put_seen(&self, i: usize, put: &mut impl FnMut(&[f32])) {
        let look = &self.looks[i];
        let heading = self.votes[i][Class::Heading as usize];
        let (before, after) = (self.near(i, -1), self.near(i, 1));
        let columns = |j: Option<usize>| j.map_or(-1.0, |j| self.looks[j].columns.min(400.0));
        let is_short = |step: isize| self.near(i, step).is_some_and(|j| self.looks[j].is_short);
        let run = |step: isize| small((1..=12).take_while(|&k| is_short(k * step)).count());
        put(&[
            columns(after),
            columns(before),
            run(-1),
            run(1),
            small(self.seen.len() - self.rank[i]),
        ]);
        put(&self.distances[i]);
        let others = (self.sums[Class::Heading as usize] - heading).max(0.001);
        put(&[
            look.columns * others / (self.columns - heading * look.columns).max(0.001),
            look.capitals - (self.capitals - heading * look.capitals) / others,
            (self.endings[look.ending as usize] - heading) / others,
        ]);
    }
}
