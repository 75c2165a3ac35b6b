//! Text while it is typed: its rows from any place up and down, and the steps of a cursor. Only what is asked for is
//! wrapped, so that a key costs the same in a long text as in a short one.

use std::iter;
use std::ops::Range;

use unicode_segmentation::GraphemeCursor;

use super::wrap::{cells, typed, width};

/// A longer line is wrapped in pieces of at most so many bytes, each of which begins a row.
const MAX_PIECE: usize = 4096;

/// A text and the width that its rows have. The rows hold all of the text but its newlines: the spaces between two words
/// stand at the end of a row, beyond it if need be. A place is a byte between two graphemes; where one row ends and
/// another of the same line begins, it is in the second.
#[derive(Debug, Clone, Copy)]
pub struct Flow<'a> {
    text: &'a str,
    /// In cells, at least 1.
    width: u16,
}

impl<'a> Flow<'a> {
    /// A text in rows of so many cells.
    pub fn new(text: &'a str, width: u16) -> Self {
        Self {
            text,
            width: width.max(1),
        }
    }

    /// The bytes of the row that a place is in.
    pub fn row_at(&self, at: usize) -> Range<usize> {
        let rows = self.rows(self.piece_at(at));
        let row = rows.partition_point(|row| row.start <= at);
        rows[row.saturating_sub(1)].clone()
    }

    /// The rows from the one that a place is in.
    pub fn down(self, at: usize) -> impl Iterator<Item = Range<usize>> {
        let mut piece = self.piece_at(at);
        let mut rows = self.rows(piece.clone());
        rows.drain(
            ..rows
                .partition_point(|row| row.start <= at)
                .saturating_sub(1),
        );
        let mut rows = rows.into_iter();
        iter::from_fn(move || {
            rows.next().or_else(|| {
                piece = self.piece_after(&piece)?;
                rows = self.rows(piece.clone()).into_iter();
                rows.next()
            })
        })
    }

    /// The rows above the one that a place is in, the nearest first.
    pub fn up(self, at: usize) -> impl Iterator<Item = Range<usize>> {
        let mut piece = self.piece_at(at);
        let mut rows = self.rows(piece.clone());
        rows.truncate(
            rows.partition_point(|row| row.start <= at)
                .saturating_sub(1),
        );
        iter::from_fn(move || {
            rows.pop().or_else(|| {
                // the place before the first of a piece is its newline, or in another piece of the line
                let before = piece.start.checked_sub(1)?;
                piece = self.piece_at(self.text.floor_char_boundary(before));
                rows = self.rows(piece.clone());
                rows.pop()
            })
        })
    }

    /// The column of a place in its row, as it is drawn; spaces at the end of a row may be beyond its width.
    pub fn column(&self, at: usize) -> u16 {
        width(&self.text[self.row_at(at).start..at])
    }

    /// The place in a row at a column, or the last place before it.
    pub fn place(&self, row: Range<usize>, column: u16) -> usize {
        let mut last = row.start;
        for cell in cells(self.text, row.clone()) {
            if cell.column.saturating_add(cell.width) > column {
                return cell.bytes.start;
            }
            last = cell.bytes.start;
        }
        if self.ends_line(row.end) {
            row.end
        } else {
            last
        }
    }

    fn ends_line(&self, at: usize) -> bool {
        matches!(self.text.as_bytes().get(at), None | Some(b'\n'))
    }

    fn rows(&self, piece: Range<usize>) -> Vec<Range<usize>> {
        let mut rows = typed(&self.text[piece.clone()], self.width);
        for row in &mut rows {
            *row = row.start + piece.start..row.end + piece.start;
        }
        rows
    }

    fn piece_at(&self, at: usize) -> Range<usize> {
        let line = line_at(self.text, at);
        let mut start = line.start;
        loop {
            let end = start + piece_length(&self.text[start..line.end]);
            if at < end || end == line.end {
                return start..end;
            }
            start = end;
        }
    }

    fn piece_after(&self, piece: &Range<usize>) -> Option<Range<usize>> {
        if piece.end == self.text.len() {
            return None;
        }
        let start = piece.end + usize::from(self.ends_line(piece.end));
        let line_end = line_at(self.text, start).end;
        Some(start..start + piece_length(&self.text[start..line_end]))
    }
}

/// The line that a place is in, without its newline.
pub fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline);
    start..end
}

/// The place after a grapheme.
pub fn next(text: &str, at: usize) -> usize {
    let boundary = GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0);
    boundary.ok().flatten().unwrap_or(text.len())
}

/// The place before a grapheme.
pub fn previous(text: &str, at: usize) -> usize {
    let boundary = GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0);
    boundary.ok().flatten().unwrap_or(0)
}

/// How many bytes of the rest of a line are wrapped together: all of a usual one, else up to a space or a grapheme.
fn piece_length(line: &str) -> usize {
    if line.len() <= MAX_PIECE {
        return line.len();
    }
    let most = line.floor_char_boundary(MAX_PIECE);
    let space = line[..most].rfind(' ').map(|space| space + 1);
    let end = space.filter(|end| *end > MAX_PIECE / 2).unwrap_or(most);
    let mut cursor = GraphemeCursor::new(end, line.len(), true);
    match cursor.is_boundary(line, 0) {
        Ok(false) => match cursor.prev_boundary(line, 0) {
            Ok(Some(end @ 1..)) => end,
            // a grapheme without an end
            _ => most,
        },
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, width: u16, expected: &[&str]) {
        let rows: Vec<&str> = Flow::new(text, width)
            .down(0)
            .map(|row| &text[row])
            .collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn rows_hold_all_of_the_text() {
        check("", 7, &[""]);
        check("one two three", 7, &["one two ", "three"]);
        check("one\n\n two  ", 7, &["one", "", " two  "]);
        check("abcdefgh", 3, &["abc", "def", "gh"]);
        check("漢字かな", 5, &["漢字", "かな"]);
        check("end\n", 5, &["end", ""]);
    }

    #[test]
    fn a_place_between_two_rows_is_in_the_second() {
        let flow = Flow::new("abcdef", 3);
        assert_eq!(flow.row_at(3), 3..6);
        assert_eq!(flow.column(3), 0);
        assert_eq!(flow.row_at(6), 3..6);
        assert_eq!(flow.column(6), 3);
        assert_eq!(flow.place(0..3, 9), 2);
        assert_eq!(flow.place(3..6, 9), 6);
    }

    #[test]
    fn steps_go_over_graphemes() {
        let text = "a👩‍👩‍👧e\u{301}\n漢";
        let mut places = vec![0];
        while places.last().is_some_and(|at| *at < text.len()) {
            places.push(next(text, places[places.len() - 1]));
        }
        assert_eq!(places.len(), 6);
        for pair in places.windows(2) {
            assert_eq!(previous(text, pair[1]), pair[0]);
        }
        assert_eq!((next(text, text.len()), previous(text, 0)), (text.len(), 0));
    }

    #[test]
    fn an_endless_line_or_grapheme_is_shown() {
        for text in [
            "x".repeat(1 << 20),
            "\u{301}".repeat(1 << 16),
            "🇫🇷".repeat(4000),
        ] {
            let middle = text.floor_char_boundary(text.len() / 2);
            let mut rows = Flow::new(&text, 40).down(middle).take(20);
            assert!(rows.all(|row| row.len() <= MAX_PIECE));
        }
    }

    proptest! {
        #[test]
        fn rows_tile_the_text_both_ways(text in "(\\PC|[ a-zà-ü\n\n]|漢|👩‍👩‍👧|é|\t){0,200}", width in 1u16..40, at in 0usize..400) {
            let flow = Flow::new(&text, width);
            let down: Vec<_> = flow.down(0).collect();
            let joined: Vec<&str> = down.iter().map(|row| &text[row.clone()]).collect();
            prop_assert_eq!(joined.concat(), text.replace('\n', ""));
            let mut up: Vec<_> = flow.up(text.len()).collect();
            up.reverse();
            prop_assert_eq!(&up[..], &down[..down.len() - 1]);
            let at = text.floor_char_boundary(at.min(text.len()));
            let row = flow.row_at(at);
            prop_assert!(down.contains(&row) && row.start <= at && at <= row.end);
            prop_assert_eq!(flow.down(at).next(), Some(row.clone()));
            let place = flow.place(row.clone(), 3);
            prop_assert_eq!(flow.row_at(place), row);
        }
    }
}
