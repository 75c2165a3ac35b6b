//! From votes on single blocks to the roles of an article.

use super::family::Second;
use super::features::Scene;
use super::forest::{Class, Forest, LANES, Votes};
use super::learned::learned;
use super::lexicon::ByHash;
use super::look::{Beginning, Ending, Look, small};
use super::{Role, byline, level};
use crate::formats::text::Blocks;

/// A heading is at least as likely as this …
const HEADING: f32 = 0.47;
/// … and the title, which most articles have …
const TITLE: f32 = 0.08;
/// … and noise, which the reader does not see …
const NOISE: f32 = 0.6;
/// … and a caption.
const CAPTION: f32 = 0.5;
/// What the first look is surer than this to be body is not looked at again.
const SURE: f32 = 0.95;
/// A long block counts for one more for each so many columns.
const ROOM: f32 = 300.0;
/// Byline and date stand before so many long blocks.
const TOP: usize = 3;

/// Why a block is not what its votes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// It is too long for anything but body.
    Long,
    /// Its words say what it is.
    Words,
    /// It stands again below.
    Entry,
    /// All of it stands in brackets.
    Framed,
    /// It has no letters, or is an address, or goes on.
    Shape,
    /// Blank lines part the blocks of the article, and none stands before it.
    Joined,
    /// Nothing follows it.
    Last,
    /// Another block with the same words is likelier.
    Again,
    /// More than a third of the blocks look like headings.
    TooMany,
    /// Nothing else is an article's body that it could be noise beside.
    Bodiless,
    /// There would be nothing left to read.
    Nothing,
}

/// What was decided, and from what.
pub(super) struct Decision {
    pub roles: Vec<Role>,
    /// Where too many blocks look like headings, so that none is one: how many, and of how many.
    pub too_many: Option<(usize, usize)>,
    /// The likeliest class of each block by its votes, after the rules.
    pub classes: Vec<Class>,
    /// For each block the rule that overruled or replaced its votes.
    pub rules: Vec<Option<Rule>>,
    /// What the numbers came from.
    pub scene: Scene,
    /// For each short block, the votes of the first look and of both.
    pub first: Vec<Votes>,
    pub votes: Vec<Votes>,
}

/// What each block is to its article.
pub(super) fn decide(blocks: &Blocks) -> Decision {
    let learned = learned();
    decide_by(blocks, &learned.first, &learned.second)
}

/// The same by other forests.
pub(super) fn decide_by(blocks: &Blocks, first: &Forest, again: &Forest) -> Decision {
    let scene = Scene::new(blocks);
    let first = ask(first, &scene.short, |i| scene.row(i));
    let second = Second::new(&scene, &first);
    let is_open = |votes: &Votes| votes[Class::Body as usize] <= SURE;
    let open: Vec<usize> = scene
        .short
        .iter()
        .zip(&first)
        .filter(|(_, votes)| is_open(votes))
        .map(|(&i, _)| i)
        .collect();
    let mut again = ask(again, &open, |i| second.row(i, &scene.row(i))).into_iter();
    let votes = first
        .iter()
        .map(
            |votes| match is_open(votes).then(|| again.next()).flatten() {
                Some(more) => mean(votes, &more),
                None => *votes,
            },
        )
        .collect();
    settle(blocks, scene, first, votes)
}

/// The votes of a forest on these blocks, many at a time.
fn ask<const N: usize>(
    forest: &Forest,
    blocks: &[usize],
    row: impl Fn(usize) -> [f32; N],
) -> Vec<Votes> {
    let mut votes = Vec::with_capacity(blocks.len());
    let mut numbers = [[0.0; LANES]; N];
    for some in blocks.chunks(LANES) {
        for (lane, &i) in some.iter().enumerate() {
            for (numbers, number) in numbers.iter_mut().zip(row(i)) {
                numbers[lane] = number;
            }
        }
        votes.extend_from_slice(&forest.probabilities_of_all(&numbers)[..some.len()]);
    }
    votes
}

/// The mean of two votes.
fn mean(one: &Votes, other: &Votes) -> Votes {
    let mut mean = *one;
    for (sum, vote) in mean.iter_mut().zip(other) {
        *sum = 0.5 * (*sum + vote);
    }
    mean
}

fn settle(blocks: &Blocks, scene: Scene, first: Vec<Votes>, votes: Vec<Votes>) -> Decision {
    let count = blocks.blocks.len();
    let mut jury = Jury {
        looks: &scene.looks,
        short: &scene.short,
        votes: &votes,
        classes: vec![Class::Body; count],
        rules: vec![Some(Rule::Long); count],
        is_apart: &blocks.apart,
        too_many: None,
    };
    jury.title();
    jury.each();
    jury.only_once();
    jury.not_last();
    jury.not_too_many();
    jury.not_all_noise();
    let (classes, overruled, too_many) = (jury.classes, jury.rules, jury.too_many);
    let roles = roles_of(blocks, &scene.looks, &classes);
    Decision {
        roles,
        too_many,
        classes,
        rules: overruled,
        scene,
        first,
        votes,
    }
}

struct Jury<'a> {
    looks: &'a [Look],
    short: &'a [usize],
    votes: &'a [Votes],
    classes: Vec<Class>,
    rules: Vec<Option<Rule>>,
    is_apart: &'a [bool],
    too_many: Option<(usize, usize)>,
}

impl Jury<'_> {
    /// Gives the likeliest block the title.
    fn title(&mut self) {
        let may_be = |&(&i, _): &(&usize, &Votes)| {
            let look = &self.looks[i];
            let is_line = look.has_letters && !matches!(look.ending, Ending::Stop | Ending::RunOn);
            is_line && !(look.is_noise || look.is_date || look.is_entry || look.is_framed)
        };
        let score = |votes: &Votes| votes[Class::Title as usize];
        let best = self.short.iter().zip(self.votes).filter(may_be).fold(
            None,
            |best: Option<(usize, f32)>, (&i, votes)| {
                if best.is_none_or(|(_, most)| score(votes) > most) {
                    Some((i, score(votes)))
                } else {
                    best
                }
            },
        );
        if let Some((i, score)) = best
            && score >= TITLE
        {
            self.classes[i] = Class::Title;
        }
    }

    fn each(&mut self) {
        let apart = self.is_apart.iter().filter(|&&apart| apart).count();
        let is_parted = apart * 5 > self.is_apart.len() * 4;
        // where there is no body, words alone tell noise: a list of things to buy is not to be folded away
        let has_body = self.looks.iter().any(|look| !look.is_short);
        for (&i, votes) in self.short.iter().zip(self.votes) {
            self.rules[i] = None;
            if self.classes[i] == Class::Title {
                continue;
            }
            let look = &self.looks[i];
            (self.classes[i], self.rules[i]) = match likeliest(votes) {
                _ if look.is_noise => (Class::Noise, Some(Rule::Words)),
                _ if look.is_entry => (Class::Noise, Some(Rule::Entry)),
                Class::Heading if look.is_framed => (Class::Body, Some(Rule::Framed)),
                Class::Heading if !may_head(look) => (Class::Body, Some(Rule::Shape)),
                Class::Heading if is_parted && !self.is_apart[i] => {
                    (Class::Body, Some(Rule::Joined))
                }
                Class::Noise if !has_body => (Class::Body, Some(Rule::Bodiless)),
                class => (class, None),
            };
        }
    }

    fn headings(&self) -> Vec<usize> {
        self.short
            .iter()
            .copied()
            .filter(|&i| self.classes[i] == Class::Heading)
            .collect()
    }

    fn overrule(&mut self, i: usize, rule: Rule) {
        self.classes[i] = Class::Body;
        self.rules[i] = Some(rule);
    }

    /// Of headings with the same words side by side, or before any text, the last is the heading.
    fn only_once(&mut self) {
        let mut seen: ByHash<usize> = ByHash::default();
        for i in self.headings() {
            if let Some(before) = seen.insert(self.looks[i].hash, i)
                && (before..i).all(|j| self.looks[j].is_short)
            {
                self.overrule(before, Rule::Again);
            }
        }
    }

    /// The last block that is not noise is no heading: nothing would stand under it.
    fn not_last(&mut self) {
        let is_of_article = |&i: &usize| !matches!(self.classes[i], Class::Noise | Class::Caption);
        if let Some(last) = (0..self.classes.len()).rev().find(is_of_article)
            && self.classes[last] == Class::Heading
        {
            self.overrule(last, Rule::Last);
        }
    }

    /// Where more than a third of an article looks like headings, none is one: such contents help nobody. A long block
    /// counts for as many as short ones would take its room, so that an article may have a heading over each paragraph.
    fn not_too_many(&mut self) {
        let headings = self.headings();
        let counts = |i: usize| {
            if self.looks[i].is_short {
                1.0
            } else {
                1.0 + (self.looks[i].columns / ROOM).floor()
            }
        };
        let of_article: f32 = (0..self.classes.len())
            .filter(|&i| self.classes[i] != Class::Noise)
            .map(counts)
            .sum();
        if small(headings.len()) * 3.0 > of_article && headings.len() > 1 {
            let blocks = self.classes.iter().filter(|class| **class != Class::Noise);
            self.too_many = Some((headings.len(), blocks.count()));
            for i in headings {
                self.overrule(i, Rule::TooMany);
            }
        }
    }

    /// Noise is folded away; something has to be left.
    fn not_all_noise(&mut self) {
        if self.classes.iter().all(|class| *class == Class::Noise) {
            for i in 0..self.classes.len() {
                self.overrule(i, Rule::Nothing);
            }
        }
    }
}

/// Whether a block of this look may be a heading at all.
fn may_head(look: &Look) -> bool {
    let goes_on = look.beginning == Beginning::Small
        || matches!(look.ending, Ending::RunOn | Ending::Ellipsis);
    look.has_letters && !look.has_address && !goes_on
}

/// The class that these votes are for.
fn likeliest(votes: &Votes) -> Class {
    if votes[Class::Heading as usize] >= HEADING {
        return Class::Heading;
    }
    let enough = |class: Class| match class {
        Class::Body | Class::Item => true,
        Class::Noise => votes[class as usize] >= NOISE,
        Class::Caption => votes[class as usize] >= CAPTION,
        Class::Heading | Class::Title => false,
    };
    Class::ALL
        .into_iter()
        .filter(|&class| enough(class))
        .max_by(|&a, &b| votes[a as usize].total_cmp(&votes[b as usize]))
        .unwrap_or(Class::Body)
}

/// The role of a block that is neither title nor heading.
fn plain(class: Class) -> Role {
    match class {
        Class::Noise => Role::Noise,
        Class::Caption => Role::Caption,
        Class::Title | Class::Heading | Class::Body | Class::Item => Role::Body,
    }
}

fn roles_of(blocks: &Blocks, looks: &[Look], classes: &[Class]) -> Vec<Role> {
    // what is read of the article: noise and captions part nothing
    let mut read = (0..classes.len())
        .filter(|&i| !matches!(classes[i], Class::Noise | Class::Caption))
        .peekable();
    let mut headings = Vec::new();
    while let Some(i) = read.next() {
        if classes[i] == Class::Heading {
            let text = blocks.blocks[i].text.as_str();
            let is_bare = read
                .peek()
                .is_some_and(|&next| classes[next] == Class::Heading);
            headings.push(level::Head { text, is_bare });
        }
    }
    let mut levels = level::levels(&headings).into_iter();
    let mut long = 0;
    let mut out = Vec::with_capacity(classes.len());
    for (i, class) in classes.iter().enumerate() {
        long += usize::from(!looks[i].is_short);
        let is_top = long < TOP;
        out.push(match class {
            Class::Title => Role::Title,
            Class::Heading => Role::Heading(levels.next().unwrap_or(1)),
            Class::Noise | Class::Body if is_top && looks[i].is_date => Role::Date,
            Class::Noise | Class::Caption | Class::Body if is_top && looks[i].is_byline => {
                let author = byline::author(&blocks.blocks[i].text);
                author.map_or(plain(*class), Role::Byline)
            }
            Class::Noise | Class::Caption | Class::Body | Class::Item => plain(*class),
        });
    }
    out
}
