//! Where in a text words much like a quote's stand, from about which byte they may begin.

use std::ops::Range;

use super::align::align;
use super::fold::{FoldedQuote, FoldedText};
use super::seeds::{NEAR, Seeds, stands_alone};

/// So many places are compared at most.
pub(super) const MOST_LIKE: usize = 4;
/// Of words that are longer than two of these only both ends are compared, in characters.
pub(super) const END: usize = 160;

/// Where words like these stand that begin about a byte of the text, and how like they are.
pub(super) fn place_of(
    text: &FoldedText,
    words: &[char],
    begin: usize,
) -> Option<(Range<usize>, f32)> {
    let room = 2 * NEAR + words.len() / 4;
    let start = text.text.floor_char_boundary(begin.saturating_sub(room));
    let indices: Vec<(usize, char)> = text.text[start..]
        .char_indices()
        .take(words.len() + words.len() / 2 + 4 * NEAR)
        .collect();
    let chars: Vec<char> = indices.iter().map(|&(_, c)| c).collect();
    let aligned = align(words, &chars);
    let byte = |i: usize| {
        let after = indices.last().map_or(0, |&(at, c)| at + c.len_utf8());
        start + indices.get(i).map_or(after, |&(at, _)| at)
    };
    let range = byte(aligned.start)..byte(aligned.end);
    (!range.is_empty()).then(|| (range, aligned.likeness(words.len())))
}

/// As [`place_of`] for long words: from where their beginning stands to where their end does.
pub(super) fn place_of_ends(
    text: &FoldedText,
    quote: &FoldedQuote,
    words: &[char],
    begin: usize,
    seeds: &Seeds,
) -> Option<(Range<usize>, f32)> {
    let (head, tail) = (&words[..END], &words[words.len() - END..]);
    let tail_bytes: usize = tail.iter().map(|c| c.len_utf8()).sum();
    let (head, like_head) = place_of(text, head, begin)?;
    let tail_start = quote.exact.end - tail_bytes;
    let about = head.start + (tail_start - quote.exact.start);
    let mut likely = seeds.likely(&quote.all[tail_start..], 0, MOST_LIKE);
    likely.push(about);
    let length = quote.exact.len();
    let places = likely
        .into_iter()
        .filter_map(|begin| place_of(text, tail, begin));
    let fits = |range: &Range<usize>| {
        let found = range.end.saturating_sub(head.start);
        found * 2 > length && found < length * 2
    };
    let (tail, like_tail) = places
        .filter(|(range, _)| fits(range))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    Some((head.start..tail.end, f32::midpoint(like_head, like_tail)))
}

/// How many characters of the surroundings are looked for beside words that have changed.
const HOOK: usize = 12;

/// Moves the ends of changed words to where the surroundings begin, if these are near, and to the edges of words.
pub(super) fn to_surroundings(
    text: &FoldedText,
    quote: &FoldedQuote,
    range: Range<usize>,
) -> Range<usize> {
    let room = (range.len() / 8).clamp(HOOK, END);
    let bytes = &text.text;
    let (before, after) = (
        &quote.all[..quote.exact.start],
        &quote.all[quote.exact.end..],
    );
    let hook = before
        .char_indices()
        .rev()
        .nth(HOOK - 1)
        .map(|(at, _)| &before[at..]);
    let from = bytes.floor_char_boundary(range.start.saturating_sub(room));
    let to = bytes.ceil_char_boundary((range.start + room).min(range.end));
    let start = hook.and_then(|hook| Some(from + bytes[from..to].rfind(hook)? + hook.len()));
    let start = start.unwrap_or(range.start);
    let hook = after.char_indices().nth(HOOK).map(|(at, _)| &after[..at]);
    let from = bytes.ceil_char_boundary(range.end.saturating_sub(room).max(start));
    let to = bytes.ceil_char_boundary((range.end + room).min(bytes.len()).max(from));
    let end = hook.and_then(|hook| Some(from + bytes[from..to].find(hook)?));
    let end = end.unwrap_or(range.end).max(start);
    to_words(bytes, start..end)
}

/// Moves ends that lie inside of words outwards.
fn to_words(text: &str, range: Range<usize>) -> Range<usize> {
    let is_letter = |c: &char| c.is_alphanumeric() && !stands_alone(*c);
    let (mut start, mut end) = (range.start, range.end);
    if text[start..].chars().next().as_ref().is_some_and(is_letter) {
        let word = text[..start].chars().rev().take(END).take_while(is_letter);
        start -= word.map(char::len_utf8).sum::<usize>();
    }
    if text[..end]
        .chars()
        .next_back()
        .as_ref()
        .is_some_and(is_letter)
    {
        let word = text[end..].chars().take(END).take_while(is_letter);
        end += word.map(char::len_utf8).sum::<usize>();
    }
    start..end
}
