//! The words found with some of what stands around them, in one line.

use std::ops::Range;

use crate::formats::clean;
use crate::model::article::Piece;
use crate::model::document::Position;
use crate::store::{BLOCK_END, Passage, Wanted, places};

/// How many bytes stand before the first words, about …
const BEFORE: usize = 48;
/// … and how long all of it is.
const LENGTH: usize = 200;
/// Of longer sections only the beginning is looked through when it has the words, in bytes.
const FIRST_LOOK: usize = 64 * 1024;

/// A line about a hit.
pub struct Snippet {
    /// The words with what stands around them.
    pub pieces: Vec<Piece>,
    /// Where the first of the words is.
    pub position: Position,
}

/// The place of a section that has most of the words; its beginning when it has none. The titles of section and article
/// are told beside it, and left out unless the words are in them.
pub fn of_passage(passage: &Passage, title: &str, wanted: &[Wanted]) -> Snippet {
    let text = &passage.text;
    let head = text.floor_char_boundary(FIRST_LOOK);
    let mut found = places(&text[..head], wanted);
    if found.is_empty() && head < text.len() {
        found = places(text, wanted);
    }
    let at = best(&found);
    let position = position(passage, at.map_or(0, |at| found[at].0.start));
    let found = &found[at.unwrap_or(0)..];
    let after = after_titles(text, [title, &passage.key.title]);
    let is_in_titles = found.first().is_some_and(|(at, _)| at.start < after);
    let from = if is_in_titles { 0 } else { after };
    Snippet {
        pieces: pieces(text, from, found),
        position,
    }
}

/// Where the text goes on after titles that it begins with; its start when there is nothing else.
fn after_titles(text: &str, titles: [&str; 2]) -> usize {
    let mut rest = text;
    while let Some((first, after)) = rest.split_once(BLOCK_END) {
        if after.is_empty() || !titles.contains(&first) && !first.is_empty() {
            break;
        }
        rest = after;
    }
    text.len() - rest.len()
}

/// A text that is short, with the words in it.
pub fn of_text(text: &str, wanted: &[Wanted]) -> Vec<Piece> {
    let found = places(text, wanted);
    pieces(text, 0, &found[best(&found).unwrap_or(0)..])
}

/// Which place to begin with: the first from which most different words stand close together.
fn best(found: &[(Range<usize>, usize)]) -> Option<usize> {
    let different = |start: usize| {
        let end = found[start].0.start + LENGTH - BEFORE;
        let near = found[start..].iter().take_while(|(at, _)| at.end <= end);
        let mut which: Vec<usize> = near.map(|(_, which)| *which).collect();
        which.sort_unstable();
        which.dedup();
        which.len()
    };
    (0..found.len().min(200))
        .rev()
        .max_by_key(|start| different(*start))
}

/// What is shown of a text from a place on that lies before what was found.
fn pieces(text: &str, from: usize, found: &[(Range<usize>, usize)]) -> Vec<Piece> {
    let first = found.first().map_or(from, |(at, _)| at.start);
    let start = if first <= from + BEFORE {
        from
    } else {
        word_start(text, text.ceil_char_boundary(first - BEFORE), first)
    };
    let end = text.floor_char_boundary(start + LENGTH);
    let mut pieces = Vec::new();
    if start > from {
        push(&mut pieces, "…", Is::Text);
    }
    let mut done = start;
    for (at, _) in found {
        if at.end > end {
            break;
        }
        if at.start >= done {
            push(&mut pieces, &text[done..at.start], Is::Text);
            push(&mut pieces, &text[at.clone()], Is::Hit);
            done = at.end;
        }
    }
    push(&mut pieces, &text[done..end.max(done)], Is::Text);
    if end < text.len() {
        push(&mut pieces, "…", Is::Text);
    }
    pieces
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Text,
    Hit,
}

fn push(pieces: &mut Vec<Piece>, text: &str, is: Is) {
    let text = text.replace(BLOCK_END, "\n");
    let text = clean::line(&text);
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(last) if !last.is_hit && is == Is::Text => last.text.push_str(&text),
        _ => pieces.push(Piece {
            text: text.into_owned(),
            is_hit: is == Is::Hit,
        }),
    }
}

/// The start of the next word from here, if there is one before the end.
fn word_start(text: &str, from: usize, end: usize) -> usize {
    let space = text[from..end].find(|c: char| c.is_whitespace() || c == BLOCK_END);
    let after = |at: usize| {
        let space = text[from + at..].chars().next().map_or(1, char::len_utf8);
        (from + at + space).min(end)
    };
    space.map_or(from, after)
}

fn position(passage: &Passage, at: usize) -> Position {
    let before = &passage.text[..at];
    let start = before
        .rfind(BLOCK_END)
        .map_or(0, |end| end + BLOCK_END.len_utf8());
    Position {
        block: passage.block + before.matches(BLOCK_END).count(),
        offset: at - start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::article::SectionKey;
    use crate::model::query::{Over, Query};

    fn shown(text: &str, query: &str) -> (String, Position) {
        let query = Query::parse(query, Over::Texts).unwrap();
        let wanted: Vec<_> = query.words().into_iter().filter_map(Wanted::new).collect();
        let passage = Passage {
            key: SectionKey {
                title: String::new(),
                nth: 0,
            },
            block: 7,
            text: text.to_owned(),
        };
        let snippet = of_passage(&passage, "The ferry", &wanted);
        let marked = snippet.pieces.iter().map(|piece| {
            if piece.is_hit {
                format!("[{}]", piece.text)
            } else {
                piece.text.clone()
            }
        });
        (marked.collect(), snippet.position)
    }

    #[test]
    fn hits_are_shown_with_what_stands_around_them() {
        let (line, at) = shown("A title\u{1e}The ferry left the\nharbour.", "harbour ferry");
        assert_eq!(line, "A title The [ferry] left the [harbour].");
        assert_eq!(
            at,
            Position {
                block: 8,
                offset: 4
            }
        );
    }

    #[test]
    fn the_titles_told_beside_a_hit_are_shown_only_where_the_words_are_in_them() {
        let text = "The ferry\u{1e}Noon\u{1e}It left the quay.";
        assert_eq!(shown(text, "quay").0, "Noon It left the [quay].");
        assert_eq!(shown(text, "nothing").0, "Noon It left the quay.");
        assert_eq!(shown(text, "nothing").1, Position::start_of(7));
        assert_eq!(shown(text, "ferry").0, "The [ferry] Noon It left the quay.");
        assert_eq!(shown("The ferry\u{1e}", "nothing").0, "The ferry ");
        assert_eq!(shown("The ferry", "nothing").0, "The ferry");
    }

    #[test]
    fn the_place_with_most_words_is_shown() {
        let far = "words and ".repeat(40);
        let (line, at) = shown(
            &format!("ferry {far} the ferry, the harbour {far}"),
            "ferry harbour",
        );
        assert!(line.starts_with('…') && line.ends_with('…'), "{line}");
        assert!(line.contains("the [ferry], the [harbour] words"), "{line}");
        assert!(at.offset > 400);
    }

    #[test]
    fn a_section_without_the_words_is_shown_from_its_start() {
        let (line, at) = shown("Nothing here", "ferry");
        assert_eq!((line.as_str(), at), ("Nothing here", Position::start_of(7)));
        assert_eq!(shown("", "ferry").0, "");
    }
}
