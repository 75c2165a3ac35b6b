//! The contents of a book and the headings in its text made one: a line of the contents is the heading it leads to, with
//! the level that the contents give it; where there is none, it becomes one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::join::{Text, may_be_heading};
use crate::formats::clean;
use crate::model::document::{Block, BlockKind, Metadata, Position};

/// So many blocks after the place that a line of the contents leads to are looked at.
const NEAR: usize = 12;
/// A heading that is meant has no more than so many bytes of text between it and the place.
const BETWEEN: usize = 200;
/// Headings are no longer than this, in bytes.
const LONG: usize = 400;
/// A title is looked for in so many blocks.
const START: usize = 60;
/// The deepest level of a heading.
const DEEPEST: u8 = 6;

/// A line of the contents and the place it leads to.
#[derive(Debug, Clone)]
pub struct Aim {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub at: Position,
    /// How deep it is nested; 1 is outermost.
    pub depth: u8,
}

/// The text with its headings settled, and its title at the start.
pub fn merge(text: Text, aims: Vec<Aim>, metadata: &Metadata) -> Text {
    let mut merging = Merging::new(text);
    merging.find_title(&plain(&metadata.title));
    let title = plain(&metadata.title);
    let mut by_place: BTreeMap<usize, Vec<(Aim, String)>> = BTreeMap::new();
    for aim in aims {
        let at = merging.block_of(aim.at);
        let label = plain(&aim.label);
        // the line of the book itself
        let is_title =
            label == title && merging.title.is_none_or(|found| found.abs_diff(at) <= NEAR);
        if at < merging.text.blocks.len() && !is_title {
            by_place.entry(at).or_default().push((aim, label));
        }
    }
    let places: Vec<usize> = by_place.keys().copied().collect();
    for (i, (at, group)) in by_place.into_iter().enumerate() {
        let next = places.get(i + 1).copied().unwrap_or(usize::MAX);
        let end = merging.end_of_part(at).min(next).min(at + NEAR).max(at + 1);
        merging.place(at, end, group);
    }
    merging.level();
    merging.finish(metadata)
}

/// What is being done to a text.
struct Merging {
    text: Text,
    /// Blocks that a line of the contents is, with its depth.
    claimed: HashMap<usize, u8>,
    /// Headings to be put before a block.
    put: BTreeMap<usize, Vec<(String, u8)>>,
    /// Blocks that became part of the one before.
    gone: HashSet<usize>,
    /// The block that is the title.
    title: Option<usize>,
}

impl Merging {
    fn new(text: Text) -> Self {
        Self {
            text,
            claimed: HashMap::new(),
            put: BTreeMap::new(),
            gone: HashSet::new(),
            title: None,
        }
    }

    fn find_title(&mut self, title: &str) {
        let blocks = self.text.blocks.iter().take(START);
        self.title = blocks.enumerate().position(|(_, block)| {
            !title.is_empty() && is_short(block) && plain(&block.text) == title
        });
        if let Some(i) = self.title {
            self.claimed.insert(i, 0);
        }
    }

    /// The block that a place belongs to: the end of a block is the start of the next.
    fn block_of(&self, at: Position) -> usize {
        let is_at_end = |block: &Block| at.offset > 0 && at.offset >= block.text.len();
        let block = self.text.blocks.get(at.block);
        let mut i = at.block + usize::from(block.is_some_and(is_at_end));
        if let Some(table) = self
            .text
            .tables
            .iter()
            .find(|table| table.rows.contains(&i))
        {
            i = table.rows.start;
        }
        i
    }

    fn end_of_part(&self, block: usize) -> usize {
        let next = self.text.borders.partition_point(|&border| border <= block);
        let end = self.text.borders.get(next);
        end.copied().unwrap_or(self.text.blocks.len())
    }

    /// Finds the headings that the lines are which lead to block `at`; they lie before `end`, in the order of the lines.
    fn place(&mut self, at: usize, end: usize, group: Vec<(Aim, String)>) {
        let mut rest = Vec::new();
        let mut start = at;
        for (aim, label) in group {
            match self.same(start, end, &label) {
                Some(i) => {
                    self.claim(i, &aim);
                    self.place_rest(start, i, std::mem::take(&mut rest));
                    start = i + 1;
                }
                None => rest.push(aim),
            }
        }
        self.place_rest(start, end, rest);
    }

    /// As [`Self::place`] for lines whose words are nowhere there: they are headings of other words, or become headings.
    fn place_rest(&mut self, at: usize, end: usize, lines: Vec<Aim>) {
        let headings = self.headings(at, end);
        let without = lines.len().saturating_sub(headings.len());
        // the last of several lines is the nearest to its text
        let mut headings = headings.into_iter();
        for (n, aim) in lines.into_iter().enumerate() {
            match (n >= without).then(|| headings.next()).flatten() {
                Some(i) => self.claim(i, &aim),
                None => {
                    let put = self.put.entry(at).or_default();
                    put.push((aim.label, aim.depth));
                }
            }
        }
    }

    fn claim(&mut self, i: usize, aim: &Aim) {
        self.claimed.insert(i, aim.depth);
        if !matches!(self.text.blocks[i].kind, BlockKind::Heading(_)) {
            // its own level is not known: it stands above all headings under it
            self.text.blocks[i].kind = BlockKind::Heading(0);
        }
    }

    /// The block that says what a line of the contents says. Two that only say it together become one.
    fn same(&mut self, at: usize, end: usize, label: &str) -> Option<usize> {
        if label.is_empty() {
            return None;
        }
        let said: Vec<(usize, String)> = (at.saturating_sub(1)..end)
            .filter(|i| self.is_free(*i))
            .map(|i| (i, plain(&self.text.blocks[i].text)))
            .collect();
        let is_heading = |i: usize| matches!(self.text.blocks[i].kind, BlockKind::Heading(_));
        let here = || said.iter().filter(|(i, _)| *i >= at || is_heading(*i));
        if let Some((i, _)) = here().find(|(_, text)| text == label) {
            return Some(*i);
        }
        let pair = said.windows(2).find_map(|pair| {
            let [(i, first), (j, second)] = pair else {
                return None;
            };
            let is_pair = *j == i + 1 && *i >= at && (is_heading(*i) || is_heading(*j));
            let is_said = label.strip_prefix(first.as_str()) == Some(second);
            (is_pair && is_said && !first.is_empty()).then_some(*i)
        });
        if let Some(i) = pair {
            self.join_with_next(i);
            return Some(i);
        }
        let is_part = |text: &str| {
            let is_long = text.chars().count() > 3;
            is_long && label.contains(text)
                || text.contains(label)
                || unnumbered(text).is_some_and(|rest| unnumbered(label) == Some(rest))
        };
        let mut parts = here().filter(|(i, text)| is_heading(*i) && is_part(text));
        parts.find(|(i, _)| *i >= at).map(|(i, _)| *i)
    }

    fn join_with_next(&mut self, i: usize) {
        let second = std::mem::take(&mut self.text.blocks[i + 1].text);
        let first = &mut self.text.blocks[i];
        let between = if first.text.ends_with(|c: char| c.is_alphanumeric()) {
            ". "
        } else {
            " "
        };
        first.text.push_str(between);
        first.text.push_str(&second);
        if let BlockKind::Heading(level) = self.text.blocks[i + 1].kind {
            let own = match self.text.blocks[i].kind {
                BlockKind::Heading(own) => own.min(level),
                _ => level,
            };
            self.text.blocks[i].kind = BlockKind::Heading(own);
        }
        self.gone.insert(i + 1);
    }

    /// Headings near a place that no line of the contents is yet.
    fn headings(&self, at: usize, end: usize) -> Vec<usize> {
        let mut between = 0;
        let mut found = Vec::new();
        for i in at..end {
            let block = &self.text.blocks[i];
            if matches!(block.kind, BlockKind::Heading(_)) {
                if self.is_free(i) {
                    found.push(i);
                }
            } else if block.kind != BlockKind::Image {
                between += block.text.len();
            }
            if between > BETWEEN {
                break;
            }
        }
        found
    }

    fn is_free(&self, i: usize) -> bool {
        let block = self.text.blocks.get(i);
        let is_one = block.is_some_and(|b| may_be_heading(b.kind) && is_short(b));
        is_one && !self.claimed.contains_key(&i) && !self.gone.contains(&i)
    }

    /// Gives all headings their levels: those of the contents what these say, others what the markup says, seen from the
    /// heading of the contents that they stand under.
    fn level(&mut self) {
        // a line of the contents: how deep it is, and which level its markup has
        let mut above: Option<(u8, u8)> = None;
        let mut top = DEEPEST;
        for i in 0..self.text.blocks.len() {
            if let Some(&(_, depth)) = self.put.get(&i).and_then(|put| put.last()) {
                above = Some((depth, 0));
                let put = self.put.get(&i).into_iter().flatten();
                top = put.fold(top, |top, (_, depth)| top.min(*depth));
            }
            let BlockKind::Heading(own) = self.text.blocks[i].kind else {
                continue;
            };
            let level = match (self.claimed.get(&i), above) {
                (Some(0), _) => continue,
                (Some(&depth), _) => {
                    above = Some((depth, own));
                    depth
                }
                (None, None) => own,
                (None, Some((depth, 0))) => depth.saturating_add(own.max(1)),
                (None, Some((depth, markup))) => (depth + own).saturating_sub(markup).max(1),
            };
            let level = level.clamp(1, DEEPEST);
            top = top.min(level);
            self.text.blocks[i].kind = BlockKind::Heading(level);
        }
        self.raise(top.saturating_sub(1));
    }

    /// Takes levels away that no heading has, above all others.
    fn raise(&mut self, by: u8) {
        for block in &mut self.text.blocks {
            if let BlockKind::Heading(level) = &mut block.kind {
                *level = level.saturating_sub(by).max(1);
            }
        }
        for (_, depth) in self.put.values_mut().flatten() {
            *depth = depth.saturating_sub(by).clamp(1, DEEPEST);
        }
    }

    /// The text as it is now.
    fn finish(mut self, metadata: &Metadata) -> Text {
        let mut blocks = Vec::with_capacity(self.text.blocks.len() + self.put.len() + 2);
        if self.title.is_none() && !metadata.title.is_empty() && !self.text.blocks.is_empty() {
            blocks.push(Block::new(BlockKind::Title, metadata.title.as_str(), 0));
            let byline = metadata.byline.as_deref();
            blocks.extend(byline.map(|name| Block::new(BlockKind::Byline, name, 0)));
        }
        // for each block, where what was put before it begins, and where itself is now
        let mut places = Vec::with_capacity(self.text.blocks.len());
        for (i, mut block) in self.text.blocks.into_iter().enumerate() {
            let start = blocks.len();
            let put = self.put.remove(&i).unwrap_or_default();
            let headings = put.into_iter();
            blocks.extend(
                headings.map(|(text, depth)| Block::new(BlockKind::Heading(depth), text, 0)),
            );
            if self.gone.contains(&i) {
                places.push((start.saturating_sub(1), start.saturating_sub(1)));
                continue;
            }
            if self.title == Some(i) {
                block.kind = BlockKind::Title;
            }
            if matches!(block.kind, BlockKind::Title | BlockKind::Heading(_)) {
                one_line(&mut block);
            }
            places.push((start, blocks.len()));
            blocks.push(block);
        }
        for (text, depth) in self.put.into_values().flatten() {
            blocks.push(Block::new(BlockKind::Heading(depth), text, 0));
        }
        for (_, at) in &mut self.text.anchors {
            let last = Position::start_of(blocks.len().saturating_sub(1));
            *at = places.get(at.block).map_or(last, |&(start, own)| Position {
                block: if at.offset == 0 { start } else { own },
                offset: at.offset,
            });
            let text = blocks.get(at.block).map_or("", |block: &Block| &block.text);
            at.offset = text.floor_char_boundary(at.offset.min(text.len()));
        }
        for table in &mut self.text.tables {
            let start = places.get(table.rows.start).map_or(0, |place| place.1);
            table.rows = start..start + table.rows.len();
        }
        self.text.blocks = blocks;
        self.text
    }
}

fn is_short(block: &Block) -> bool {
    block.text.len() <= LONG
}

/// A heading is one line, and stands in nothing.
fn one_line(block: &mut Block) {
    block.within = crate::model::document::Within::default();
    if let std::borrow::Cow::Owned(text) = clean::line(&block.text) {
        block.text = text;
        // nothing tells where they moved to
        block.marks.clear();
    }
}

/// The letters and digits of a text, all small.
fn plain(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Plain text without the number it begins with.
fn unnumbered(plain: &str) -> Option<&str> {
    let rest = plain.trim_start_matches(char::is_numeric);
    Some(rest).filter(|rest| !rest.is_empty())
}
