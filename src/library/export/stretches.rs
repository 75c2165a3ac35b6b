//! Which stretches of a text are written as a whole, and which styles lie over it, nested in or apart from each other.

use std::cmp::Reverse;
use std::collections::VecDeque;
use std::ops::Range;

use crate::formats::address;
use crate::model::document::Mark;

/// What is written as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Atom {
    Code,
    Image(String),
    /// An address that stands for itself.
    Address,
    /// A reference to a footnote.
    Note,
}

/// A style over a stretch, nested in or apart from all others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub range: Range<usize>,
    pub mark: Mark,
}

/// How far the first of some stretches reach: finds those at a place without looking at all of them.
#[derive(Debug, Default)]
pub(super) struct Reach {
    starts: Vec<usize>,
    /// The furthest end of each and those before it.
    ends: Vec<usize>,
}

impl Reach {
    /// Of stretches in the order of their starts.
    pub(super) fn of<'a>(ranges: impl Iterator<Item = &'a Range<usize>>) -> Self {
        let mut reach = Self::default();
        let mut furthest = 0;
        for range in ranges {
            furthest = furthest.max(range.end);
            reach.starts.push(range.start);
            reach.ends.push(furthest);
        }
        reach
    }

    /// Those that may overlap a range; the first of them surely does.
    pub(super) fn near(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.ends.partition_point(|&end| end <= range.start);
        let after = self.starts.partition_point(|&start| start < range.end);
        first..after.max(first)
    }

    /// Whether one of them overlaps a range.
    fn meets(&self, range: &Range<usize>) -> bool {
        !self.near(range).is_empty()
    }
}

/// Whether a mark is a link.
fn is_link(mark: &Mark) -> bool {
    matches!(mark, Mark::Link(_))
}

fn links(marks: &[(Range<usize>, Mark)]) -> Reach {
    let links = marks.iter().filter(|(_, mark)| is_link(mark));
    Reach::of(links.map(|(range, _)| range))
}

/// What has to be written as a whole: code, pictures, references to notes, addresses. Of two that overlap, the first.
pub(super) fn atoms(
    text: &str,
    marks: &[(Range<usize>, Mark)],
    notes: &dyn Fn(&str) -> bool,
) -> Vec<(Range<usize>, Atom)> {
    let mut atoms: Vec<(Range<usize>, Atom)> = Vec::new();
    for (range, mark) in marks {
        let inner = &text[range.clone()];
        let atom = match mark {
            Mark::Code => Atom::Code,
            Mark::Image(target) => Atom::Image(target.clone()),
            Mark::Link(target) => {
                let number = inner
                    .strip_prefix('[')
                    .and_then(|rest| rest.strip_suffix(']'));
                let leads_to = target.strip_prefix("#fn-");
                if number.is_some() && number == leads_to && leads_to.is_some_and(notes) {
                    Atom::Note
                } else if target == inner && is_address(inner) {
                    Atom::Address
                } else {
                    continue;
                }
            }
            Mark::Emphasis | Mark::Strong | Mark::Strikethrough => continue,
        };
        match atoms.last_mut() {
            Some((last, Atom::Code)) if atom == Atom::Code && range.start <= last.end => {
                last.end = last.end.max(range.end);
            }
            Some((last, _)) if range.start < last.end => {}
            _ => atoms.push((range.clone(), atom)),
        }
    }
    atoms
}

/// What becomes of the addresses in a text that no mark says are links: an atom, a link, or words that must not be taken
/// for one. Returns where a sign has to be escaped for that.
pub(super) fn addresses(
    text: &str,
    marks: &mut Vec<(Range<usize>, Mark)>,
    atoms: &mut Vec<(Range<usize>, Atom)>,
) -> Vec<usize> {
    let (linked, whole) = (
        links(marks),
        Reach::of(atoms.iter().map(|(range, _)| range)),
    );
    for range in address::bare(text) {
        let shown = &text[range.clone()];
        if whole.meets(&range) || linked.meets(&range) {
            continue;
        }
        if is_address(shown) {
            atoms.push((range, Atom::Address));
        } else {
            let target = address::target(shown);
            marks.push((range, Mark::Link(target)));
        }
    }
    atoms.sort_by_key(|(range, _)| range.start);
    marks.sort_by_key(|(range, _)| (range.start, Reverse(range.end)));
    // a sign before them would make addresses of these
    let schemes = text.match_indices("p://").chain(text.match_indices("s://"));
    let hosts = text.match_indices("www.").map(|(at, _)| at + 3);
    let linked = links(marks);
    let mut guarded: Vec<usize> = schemes
        .map(|(at, _)| at + 1)
        .chain(hosts)
        .filter(|&at| !linked.meets(&(at..at + 1)))
        .collect();
    guarded.sort_unstable();
    guarded
}

/// Whether `<…>` is understood as an address with these words.
fn is_address(text: &str) -> bool {
    let has_scheme = text.starts_with("http://") || text.starts_with("https://");
    has_scheme
        && !text.contains(|c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '&' | '\\' | '|' | '`')
        })
}

/// The styles, each drawn out to the ends of what is written as a whole; of links that overlap, the first.
pub(super) fn spans(
    text: &str,
    marks: &[(Range<usize>, Mark)],
    atoms: &[(Range<usize>, Atom)],
) -> Vec<Piece> {
    let mut spans: Vec<Piece> = Vec::new();
    let mut link_end = 0;
    let whole = Reach::of(atoms.iter().map(|(range, _)| range));
    for (range, mark) in marks {
        if matches!(mark, Mark::Code | Mark::Image(_)) {
            continue;
        }
        let mut range = range.clone();
        let near = whole.near(&range);
        for (atom, kind) in &atoms[near] {
            if atom.start < range.end && range.start < atom.end {
                if matches!((kind, mark), (Atom::Address | Atom::Note, Mark::Link(_))) {
                    range.end = range.start;
                    break;
                }
                range = range.start.min(atom.start)..range.end.max(atom.end);
            }
        }
        if matches!(mark, Mark::Link(_)) {
            range.start = range.start.max(link_end);
            if range.start >= range.end {
                continue;
            }
            link_end = range.end;
        }
        spans.push(Piece {
            range,
            mark: mark.clone(),
        });
    }
    spans.sort_by_key(|span| (span.range.start, Reverse(span.range.end)));
    let mut merged = merged(spans);
    merged.retain_mut(|span| trim(text, &mut span.range));
    merged.sort_by_key(|span| (span.range.start, Reverse(span.range.end)));
    merged
}

/// One style over two stretches that meet is one.
fn merged(spans: Vec<Piece>) -> Vec<Piece> {
    let mut merged: Vec<Piece> = Vec::new();
    // the last of each style
    let mut last: [Option<usize>; 3] = [None; 3];
    for span in spans {
        let style = match span.mark {
            Mark::Emphasis => 0,
            Mark::Strong => 1,
            Mark::Strikethrough => 2,
            Mark::Code | Mark::Link(_) | Mark::Image(_) => {
                merged.push(span);
                continue;
            }
        };
        match last[style].map(|i| &mut merged[i].range) {
            Some(range) if span.range.start <= range.end => {
                range.end = range.end.max(span.range.end);
            }
            _ => {
                last[style] = Some(merged.len());
                merged.push(span);
            }
        }
    }
    merged
}

/// Takes white space from the ends. Whether anything is left.
pub(super) fn trim(text: &str, range: &mut Range<usize>) -> bool {
    let inner = &text[range.clone()];
    let trimmed = inner.trim_start();
    range.start += inner.len() - trimmed.len();
    range.end = range.start + trimmed.trim_end().len();
    range.start < range.end
}

/// The same styles, cut so that each lies in another or apart from it.
pub(super) fn nested(text: &str, spans: Vec<Piece>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut waiting: VecDeque<Piece> = spans.into();
    // ends of the pieces around, outermost first
    let mut ends: Vec<usize> = Vec::new();
    while let Some(mut span) = waiting.pop_front() {
        if !trim(text, &mut span.range) {
            continue;
        }
        while ends.last().is_some_and(|&end| end <= span.range.start) {
            ends.pop();
        }
        if let Some(&end) = ends.last()
            && span.range.end > end
        {
            let rest = Piece {
                range: end..span.range.end,
                mark: span.mark.clone(),
            };
            span.range.end = end;
            let at = waiting.partition_point(|other| {
                (other.range.start, Reverse(other.range.end))
                    < (rest.range.start, Reverse(rest.range.end))
            });
            waiting.insert(at, rest);
            if !trim(text, &mut span.range) {
                continue;
            }
        }
        ends.push(span.range.end);
        pieces.push(span);
    }
    pieces
}
