//! A piece of a page's text and what stands around it, as numbers.

use std::collections::HashMap;

use super::hints::{GROUPS, Groups, Hints};
use super::pieces::{Piece, Pieces, Sum};
use crate::formats::headings::noise;
use crate::formats::html::meta::Said;
use crate::formats::html::tree::{Id, Tree};

/// The names of the numbers of the first look, in their order, before those of the groups of names.
#[rustfmt::skip]
const OWN: &[&str] = &[
    // the piece itself
    "words", "bytes a word", "linked", "strong", "ends with a stop", "commas", "stops", "digits", "capitals", "has year", "begins small", "bars", "ends with a colon", "asks", "copyright", "noise phrase",
    // its element
    "heading", "paragraph", "item", "cell", "quoted", "code", "caption", "plain", "depth",
    // what it stands in: how near
    "article", "main", "aside", "nav", "header", "footer", "form", "figure", "table", "list", "section", "said body",
    // where it stands
    "place", "place from end", "index", "index from end", "since title", "running before", "running after",
    // what its element and those around it hold
    "pieces 1", "words 1", "linked 1", "running 1", "pieces 2", "words 2", "linked 2", "running 2", "pieces 3", "words 3", "linked 3", "running 3", "pieces 4", "words 4", "linked 4", "running 4",
    // the element that holds most of the running text
    "in best", "up to best", "best share", "near best", "running share around",
    // pieces with the same names
    "like", "like words", "like linked", "like in best", "like running",
    // pieces before and after
    "words -1", "words -2", "words +1", "words +2", "linked -1", "linked -2", "linked +1", "linked +2", "heading -1", "heading +1", "beside -1", "beside +1", "running -1", "running +1", "near words",
    // what the page says of itself
    "like title", "like summary", "told", "same text",
    "page words", "page running", "page linked", "says article", "in comments", "running in comments", "running after best", "best words",
];

/// The names of the numbers of the second look.
#[rustfmt::skip]
const AGAIN: &[&str] = &[
    "vote", "vote -1", "vote -2", "vote +1", "vote +2", "votes around", "votes before", "votes after",
    "votes 1", "votes 2", "votes 3", "votes 4", "votes like", "kept before", "kept after", "yes before", "yes after", "since yes", "until yes", "best 2", "best 3",
];

/// The bit of the group of names for comments.
const COMMENTS: Groups = 1 << 3;

/// For each piece, whether it stands in something called comments.
pub fn comments(tree: &Tree, pieces: &Pieces) -> Vec<bool> {
    let mut hints = Hints::default();
    let mut known: HashMap<Id, bool> = HashMap::new();
    let is_comment = |piece: &Piece| {
        let mut around = std::iter::once(piece.block).chain(tree.ancestors(piece.block));
        around.any(|id| {
            *known
                .entry(id)
                .or_insert_with(|| is_comments(tree, id, hints.of(tree, id)))
        })
    };
    pieces.all.iter().map(is_comment).collect()
}

fn is_comments(tree: &Tree, id: Id, groups: Groups) -> bool {
    groups & COMMENTS != 0 && !matches!(tree.name(id), "body" | "html")
}

/// How many numbers there are in the first look.
pub const COUNT: usize = OWN.len() + GROUPS.len();
/// How many numbers there are in both.
pub const ALL: usize = COUNT + AGAIN.len();

/// The names of all numbers.
pub fn names() -> Vec<String> {
    let own = OWN.iter().map(|name| (*name).to_owned());
    let groups = GROUPS.iter().map(|(name, _)| format!("called {name}"));
    own.chain(groups)
        .chain(AGAIN.iter().map(|name| (*name).to_owned()))
        .collect()
}

/// What is told of a piece.
pub type Row = Vec<f32>;

/// A page in numbers.
pub struct Scene<'a> {
    tree: &'a Tree,
    said: &'a Said,
    pub pieces: &'a Pieces,
    /// The elements around each piece, from the inside out.
    around: Vec<Vec<Id>>,
    groups: HashMap<Id, Groups>,
    /// For each piece, a number that those have too which are called alike.
    alike: Vec<usize>,
    likes: Vec<Like>,
    best: Id,
    before: Vec<usize>,
    running: Vec<usize>,
    title_at: usize,
    /// For each piece, whether it stands in something called comments, and how many words of running text do.
    is_comment: Vec<bool>,
    commented: usize,
    /// The piece after the last one in `best`.
    best_end: usize,
    said_body: super::told::Told,
    summary: super::told::Told,
    title: super::told::Told,
    texts: HashMap<&'a str, usize>,
}

/// What pieces that are called alike come to.
#[derive(Debug, Default)]
struct Like {
    sum: Sum,
    in_best: usize,
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of pieces and words are small"
)]
fn number(count: usize) -> f32 {
    count as f32
}

fn log(count: usize) -> f32 {
    (1.0 + number(count)).ln()
}

fn share(part: usize, whole: usize) -> f32 {
    if whole == 0 {
        0.0
    } else {
        number(part) / number(whole)
    }
}

fn yes(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

/// How near something is that is so many levels up.
fn near(levels: Option<usize>) -> f32 {
    levels.map_or(0.0, |levels| 1.0 / (1.0 + number(levels)))
}

impl<'a> Scene<'a> {
    pub fn new(tree: &'a Tree, said: &'a Said, pieces: &'a Pieces) -> Self {
        let mut hints = Hints::default();
        let mut groups = HashMap::new();
        let mut around = Vec::with_capacity(pieces.all.len());
        for piece in &pieces.all {
            let up: Vec<Id> = std::iter::once(piece.block)
                .chain(tree.ancestors(piece.block))
                .filter(|&id| id != 0)
                .collect();
            for &id in &up {
                groups.entry(id).or_insert_with(|| hints.of(tree, id));
            }
            around.push(up);
        }
        let best = best(pieces, &around);
        let mut scene = Self {
            tree,
            said,
            pieces,
            around,
            groups,
            alike: Vec::new(),
            likes: Vec::new(),
            best,
            before: Vec::new(),
            running: Vec::new(),
            title_at: 0,
            is_comment: Vec::new(),
            commented: 0,
            best_end: 0,
            said_body: super::told::Told::new(&said.body),
            summary: super::told::Told::new(&said.summary),
            title: super::told::Told::new(&said.metadata.title),
            texts: HashMap::new(),
        };
        scene.count();
        scene
    }

    /// Counts what runs through the page.
    fn count(&mut self) {
        let mut known: HashMap<(&str, &str, &str), usize> = HashMap::new();
        let (mut words, mut running) = (0, 0);
        for (i, piece) in self.pieces.all.iter().enumerate() {
            self.before.push(words);
            self.running.push(running);
            words += piece.words;
            running += if piece.is_running() { piece.words } else { 0 };
            let class = |id: Option<&Id>| {
                id.and_then(|&id| self.tree.attribute(id, "class"))
                    .unwrap_or("")
            };
            let up = &self.around[i];
            let key = (
                self.tree.name(piece.block),
                class(up.first()),
                class(up.get(1)),
            );
            let next = known.len();
            let like = *known.entry(key).or_insert(next);
            self.alike.push(like);
            if like == self.likes.len() {
                self.likes.push(Like::default());
            }
            let is_in_best = up.contains(&self.best);
            if is_in_best {
                self.best_end = i + 1;
            }
            let groups = |id: &Id| self.groups.get(id).copied().unwrap_or(0);
            let is_comment = up.iter().any(|id| is_comments(self.tree, *id, groups(id)));
            self.commented += if is_comment && piece.is_running() {
                piece.words
            } else {
                0
            };
            self.is_comment.push(is_comment);
            let of = &mut self.likes[like];
            of.sum.pieces += 1;
            of.sum.words += piece.words;
            of.sum.bytes += piece.text.len();
            of.sum.linked += piece.linked;
            of.sum.running += if piece.is_running() { piece.words } else { 0 };
            of.in_best += usize::from(is_in_best);
            if self
                .said
                .heading
                .is_some_and(|heading| up.contains(&heading))
            {
                self.title_at = i;
            }
            *self.texts.entry(piece.text.as_str()).or_default() += 1;
        }
        self.before.push(words);
        self.running.push(running);
    }

    /// The numbers of the first look at a piece.
    pub fn row(&self, at: usize) -> Row {
        let mut row = Row::with_capacity(ALL);
        let piece = &self.pieces.all[at];
        of_text(piece, &mut row);
        self.of_element(at, &mut row);
        self.of_place(at, &mut row);
        self.of_best(at, &mut row);
        self.of_like(at, &mut row);
        self.of_neighbours(at, &mut row);
        row.push(self.title.share_of(&piece.text));
        row.push(self.summary.share_of(&piece.text));
        row.push(if self.said.body.len() < 200 {
            -1.0
        } else {
            self.said_body.share_of(&piece.text)
        });
        row.push(number(
            self.texts.get(piece.text.as_str()).copied().unwrap_or(0),
        ));
        let all = self.pieces.sum(0);
        row.extend([
            log(all.words),
            log(all.running),
            share(all.linked, all.bytes),
        ]);
        row.push(yes(self.said.is_article));
        row.push(yes(self.is_comment[at]));
        row.push(share(self.commented, all.running));
        let best = self.pieces.sum(self.best);
        row.push(share(self.running[self.best_end], all.running));
        row.push(log(best.running));
        for group in 0..GROUPS.len() {
            let is_called = |id: &Id| {
                self.groups
                    .get(id)
                    .is_some_and(|groups| groups >> group & 1 == 1)
            };
            row.push(near(self.around[at].iter().take(12).position(is_called)));
        }
        debug_assert_eq!(row.len(), COUNT);
        row
    }

    fn of_element(&self, at: usize, row: &mut Row) {
        let up = &self.around[at];
        let name = |id: &Id| self.tree.name(*id);
        let own = up.first().map_or("", name);
        let heading = up.iter().take(3).map(name).find_map(level).unwrap_or(0.0);
        let is_in = |names: &[&str], levels: usize| {
            yes(up.iter().take(levels).any(|id| names.contains(&name(id))))
        };
        row.extend([
            heading,
            is_in(&["p"], 2),
            is_in(&["li", "dd", "dt"], 4),
            is_in(&["td", "th"], 4),
            is_in(&["blockquote", "q"], 8),
            is_in(&["pre"], 5),
            is_in(&["figcaption", "caption"], 4),
            yes(matches!(own, "div" | "section" | "article" | "body" | "td")),
            number(up.len()),
        ]);
        let with = |role: &str, element: &str| {
            near(up.iter().position(|id| {
                name(id) == element || self.tree.attribute(*id, "role") == Some(role)
            }))
        };
        row.extend([
            with("article", "article"),
            with("main", "main"),
            with("complementary", "aside"),
            with("navigation", "nav"),
            with("banner", "header"),
            with("contentinfo", "footer"),
            with("form", "form"),
            with("figure", "figure"),
            with("table", "table"),
            near(
                up.iter()
                    .position(|id| matches!(name(id), "ul" | "ol" | "dl")),
            ),
            with("region", "section"),
            near(up.iter().position(|id| {
                self.tree
                    .attribute(*id, "itemprop")
                    .is_some_and(|p| p.eq_ignore_ascii_case("articleBody"))
            })),
        ]);
    }

    fn of_place(&self, at: usize, row: &mut Row) {
        let all = self.pieces.all.len();
        let words = self.before[all];
        let running = self.running[all];
        row.extend([
            share(self.before[at], words),
            share(words - self.before[at + 1], words),
            number(at.min(400)),
            number((all - at).min(400)),
            if at >= self.title_at {
                number((at - self.title_at).min(200))
            } else {
                -number((self.title_at - at).min(200))
            },
            share(self.running[at], running),
            share(running - self.running[at + 1], running),
        ]);
        for level in 0..4 {
            let sum = self.around[at]
                .get(level)
                .map_or_else(Sum::default, |&id| self.pieces.sum(id));
            row.extend([
                log(sum.pieces),
                log(sum.words),
                share(sum.linked, sum.bytes),
                share(sum.running, sum.words),
            ]);
        }
    }

    fn of_best(&self, at: usize, row: &mut Row) {
        let up = &self.around[at];
        let best = self.pieces.sum(self.best);
        let all = self.pieces.sum(0);
        let inside = up.iter().position(|&id| id == self.best);
        // how far up from the best one is what holds both
        let shared = std::iter::once(self.best)
            .chain(self.tree.ancestors(self.best))
            .position(|id| up.contains(&id));
        let around = up
            .get(1)
            .map_or_else(Sum::default, |&id| self.pieces.sum(id));
        row.extend([
            yes(inside.is_some()),
            number(inside.unwrap_or(50)),
            share(best.running, all.running),
            number(shared.unwrap_or(50)),
            share(around.running, best.running),
        ]);
    }

    fn of_like(&self, at: usize, row: &mut Row) {
        let like = &self.likes[self.alike[at]];
        row.extend([
            log(like.sum.pieces),
            share(like.sum.words, like.sum.pieces),
            share(like.sum.linked, like.sum.bytes),
            share(like.in_best, like.sum.pieces),
            share(like.sum.running, like.sum.words),
        ]);
    }

    fn of_neighbours(&self, at: usize, row: &mut Row) {
        let all = &self.pieces.all;
        let piece = |by: isize| at.checked_add_signed(by).and_then(|i| all.get(i));
        let around = [-1, -2, 1, 2].map(piece);
        row.extend(around.map(|p| p.map_or(-1.0, |p| number(p.words.min(300)))));
        row.extend(around.map(|p| p.map_or(-1.0, |p| share(p.linked, p.text.len()))));
        let beside = [-1, 1].map(piece);
        row.extend(beside.map(|p| {
            p.and_then(|p| level(self.tree.name(p.block)))
                .unwrap_or(0.0)
        }));
        let parent = self.around[at].get(1);
        let is_beside = |p: &&Piece| self.tree.parent(p.block).as_ref() == parent;
        row.extend(beside.map(|p| yes(p.filter(is_beside).is_some())));
        row.extend(beside.map(|p| yes(p.is_some_and(Piece::is_running))));
        let window = at.saturating_sub(5)..(at + 6).min(all.len());
        row.push(log(all[window].iter().map(|p| p.words).sum()));
    }

    /// Adds the numbers of the second look to the row of each piece; `votes` are the probabilities of the first.
    pub fn look_again(&self, votes: &[f32], rows: &mut [Row]) {
        let held = self.held(votes);
        let likes = self.liked(votes);
        let yeses: Vec<usize> = (0..votes.len())
            .filter(|&i| votes[i] > 0.5 && self.pieces.all[i].words > 5)
            .collect();
        let weight = |i: usize| number(self.pieces.all[i].words.min(60)) + 1.0;
        let kept: f32 = (0..votes.len()).map(|i| weight(i) * votes[i]).sum::<f32>() + 1.0;
        let mut kept_before = 0.0;
        for (at, row) in rows.iter_mut().enumerate() {
            let vote = |by: isize| {
                at.checked_add_signed(by)
                    .and_then(|i| votes.get(i))
                    .copied()
                    .unwrap_or(0.0)
            };
            row.extend([0, -1, -2, 1, 2].map(vote));
            let mean = |range: std::ops::Range<usize>| {
                let sum: f32 = range
                    .clone()
                    .filter(|&i| i != at)
                    .map(|i| weight(i) * votes[i])
                    .sum();
                let whole: f32 = range.filter(|&i| i != at).map(weight).sum();
                if whole > 0.0 { sum / whole } else { 0.0 }
            };
            row.push(mean(at.saturating_sub(5)..(at + 6).min(votes.len())));
            row.push(mean(at.saturating_sub(8)..at));
            row.push(mean(at + 1..(at + 9).min(votes.len())));
            for level in 0..4 {
                let around = self.around[at].get(level).and_then(|id| held.get(id));
                row.push(around.map_or(-1.0, |held| held.mean_without(weight(at), votes[at])));
            }
            row.push(likes[self.alike[at]].mean_without(weight(at), votes[at]));
            row.push(kept_before / kept);
            kept_before += weight(at) * votes[at];
            row.push(1.0 - kept_before / kept);
            let next = yeses.partition_point(|&yes| yes < at);
            let after = yeses.partition_point(|&yes| yes <= at);
            row.push(number(next.min(50)));
            row.push(number((yeses.len() - after).min(50)));
            row.push(
                next.checked_sub(1)
                    .map_or(100.0, |i| number((at - yeses[i]).min(100))),
            );
            row.push(
                yeses
                    .get(after)
                    .map_or(100.0, |&yes| number((yes - at).min(100))),
            );
            for level in [1, 2] {
                let around = self.around[at].get(level).and_then(|id| held.get(id));
                row.push(around.map_or(0.0, |held| held.votes / kept));
            }
        }
    }

    /// For each element, what the votes in it come to.
    fn held(&self, votes: &[f32]) -> HashMap<Id, Held> {
        let mut held: HashMap<Id, Held> = HashMap::new();
        for (i, up) in self.around.iter().enumerate() {
            for &id in up.iter().take(5) {
                held.entry(id)
                    .or_default()
                    .add(&self.pieces.all[i], votes[i]);
            }
        }
        // what an element holds deeper down counts too
        for (i, up) in self.around.iter().enumerate() {
            for &id in up.iter().skip(5) {
                if let Some(held) = held.get_mut(&id) {
                    held.add(&self.pieces.all[i], votes[i]);
                }
            }
        }
        held
    }

    fn liked(&self, votes: &[f32]) -> Vec<Held> {
        let mut liked = vec![Held::default(); self.likes.len()];
        for (i, &like) in self.alike.iter().enumerate() {
            liked[like].add(&self.pieces.all[i], votes[i]);
        }
        liked
    }
}

/// What votes come to.
#[derive(Debug, Clone, Copy, Default)]
struct Held {
    votes: f32,
    weight: f32,
}

impl Held {
    fn add(&mut self, piece: &Piece, vote: f32) {
        let weight = number(piece.words.min(60)) + 1.0;
        self.votes += weight * vote;
        self.weight += weight;
    }

    /// The mean vote of the others.
    fn mean_without(&self, weight: f32, vote: f32) -> f32 {
        let rest = self.weight - weight;
        if rest < 0.5 {
            -1.0
        } else {
            (self.votes - weight * vote) / rest
        }
    }
}

fn level(name: &str) -> Option<f32> {
    match name {
        "h1" => Some(1.0),
        "h2" => Some(2.0),
        "h3" => Some(3.0),
        "h4" | "h5" | "h6" => Some(4.0),
        _ => None,
    }
}

/// The element that holds most of the running text and little else: text that stands deeper in it counts less, as in
/// Readability's scores. <https://github.com/mozilla/readability>
fn best(pieces: &Pieces, around: &[Vec<Id>]) -> Id {
    let mut scores: HashMap<Id, f32> = HashMap::new();
    for (piece, up) in pieces
        .all
        .iter()
        .zip(around)
        .filter(|(piece, _)| piece.is_running())
    {
        let commas = piece.text.matches([',', '、', '，', '،']).count();
        let score = 1.0 + number(commas) + number(piece.words / 20).min(5.0);
        for (levels, &id) in up.iter().skip(1).take(4).enumerate() {
            *scores.entry(id).or_default() += score / (1.0 + number(levels));
        }
    }
    let scored = |(&id, score): (&Id, &f32)| {
        let sum = pieces.sum(id);
        (id, score * (1.0 - share(sum.linked, sum.bytes)))
    };
    let best = scores
        .iter()
        .map(scored)
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.map_or(0, |(id, _)| id)
}

fn of_text(piece: &Piece, row: &mut Row) {
    let text = piece.text.as_str();
    let bytes = text.len();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let small = text.chars().filter(|c| c.is_lowercase()).count();
    let large = text.chars().filter(|c| c.is_uppercase()).count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let last = text
        .trim_end_matches(['"', '”', '»', '’', '\'', ')', ' '])
        .chars()
        .next_back()
        .unwrap_or(' ');
    let mut buffer = String::new();
    row.extend([
        number(piece.words.min(300)),
        share(bytes, piece.words),
        share(piece.linked, bytes).min(1.0),
        share(piece.strong, bytes).min(1.0),
        yes(matches!(
            last,
            '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।'
        )),
        number(text.matches([',', '，', '、', '،', ';']).count().min(50)),
        number(text.matches(['.', '。', '।']).count().min(50)),
        share(digits, bytes),
        share(large, small + large),
        yes(has_year(text)),
        yes(text
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_lowercase)),
        number(text.matches(['|', '•', '·', '›', '»', '/']).count().min(20)),
        yes(matches!(last, ':' | '：')),
        yes(matches!(last, '?' | '？')),
        yes(text.contains(['©', '®'])),
        yes(letters == 0 || noise::is_noise(text, &mut buffer)),
    ]);
}

/// Whether a text holds a year of the last or this century as a word.
fn has_year(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_ascii_digit());
    words.any(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
}
