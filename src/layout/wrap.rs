//! One block to byte ranges that fit; the only place that measures text.

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::{LineBreakOptions, LineBreakWordOption};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use ratatui::buffer::CellWidth;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::{Penalties, wrap_first_fit, wrap_optimal_fit};
use unicode_segmentation::UnicodeSegmentation;

/// A tab goes to the next multiple of so many cells.
const TAB: u16 = 8;

/// A longer stretch of text is wrapped line by line, as the best lines of all of it would be worked out too slowly.
const OPTIMAL_BYTES: usize = 8 * 1024;

/// The stock penalties would rather overflow a line than leave a long gap; ours never overflow.
const PENALTIES: Penalties = Penalties {
    nline_penalty: 1000,
    overflow_penalty: 10_000_000,
    short_last_line_fraction: 4,
    short_last_line_penalty: 25,
    hyphen_penalty: 200,
};

static SEGMENTER: LazyLock<LineSegmenterBorrowed<'static>> =
    LazyLock::new(|| LineSegmenter::new_lstm(LineBreakOptions::default()));

/// Korean is broken between words, not between syllables.
static SEGMENTER_KEEP_ALL: LazyLock<LineSegmenterBorrowed<'static>> = LazyLock::new(|| {
    let mut options = LineBreakOptions::default();
    options.word_option = Some(LineBreakWordOption::KeepAll);
    LineSegmenter::new_lstm(options)
});

/// A grapheme of a line and where it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The bytes of the text that it shows.
    pub bytes: Range<usize>,
    /// What is drawn: the grapheme itself, or a space for each cell of a tab.
    pub symbol: &'a str,
    /// The column from the start of the line.
    pub column: u16,
    /// How many cells it takes; 0 is not drawn.
    pub width: u16,
}

/// The graphemes of a line from its start, with their columns.
pub fn cells(text: &str, bytes: Range<usize>) -> impl Iterator<Item = Cell<'_>> {
    let mut column = 0;
    text[bytes.clone()]
        .grapheme_indices(true)
        .map(move |(i, grapheme)| {
            let width = width_at(grapheme, column);
            let start = bytes.start + i;
            let symbol = if grapheme == "\t" { " " } else { grapheme };
            let cell = Cell {
                bytes: start..start + grapheme.len(),
                symbol,
                column,
                width,
            };
            column += width;
            cell
        })
}

/// How many cells a text takes from the start of a line, as it is drawn.
pub fn width(text: &str) -> u16 {
    if is_plain(text) {
        return u16::try_from(text.len()).unwrap_or(u16::MAX);
    }
    text.graphemes(true)
        .fold(0, |column, g| column.saturating_add(width_at(g, column)))
}

/// The longest start of a text that fits, cut between graphemes.
pub fn fitting(text: &str, room: u16) -> &str {
    let mut column = 0;
    for (i, grapheme) in text.grapheme_indices(true) {
        column += width_at(grapheme, column);
        if column > room {
            return &text[..i];
        }
    }
    text
}

/// Printable ASCII takes a cell a byte.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| (b' '..=b'~').contains(&b))
}

fn width_at(grapheme: &str, column: u16) -> u16 {
    match grapheme.as_bytes() {
        [b'\t'] => TAB - column % TAB,
        [b' '..=b'~'] => 1,
        [b'\n'] => 0,
        _ => grapheme.cell_width(),
    }
}

/// How wide the lines of a block may be.
#[derive(Debug, Clone, Copy)]
pub struct Widths {
    /// Cells of the first line.
    pub first: u16,
    /// Cells of all others.
    pub rest: u16,
}

/// A word with the space after it.
#[derive(Debug, Clone)]
struct Word {
    start: usize,
    end: usize,
    width: u16,
    space: u16,
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        f64::from(self.width)
    }
    fn whitespace_width(&self) -> f64 {
        f64::from(self.space)
    }
    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Running text as lines: the bytes each shows, without the spaces at its end. Every line fits, or is one grapheme. At
/// least one line unless the text is empty. `language` is an ISO 639-1 code.
pub fn paragraph(text: &str, widths: Widths, language: Option<&str>) -> Vec<Range<usize>> {
    let narrowest = widths.first.min(widths.rest).max(1);
    let words = words(text, narrowest, language);
    let line_widths = [
        f64::from(widths.first.max(1)),
        f64::from(widths.rest.max(1)),
    ];
    let lines = if text.len() <= OPTIMAL_BYTES {
        wrap_optimal_fit(&words, &line_widths, &PENALTIES)
            .unwrap_or_else(|_| wrap_first_fit(&words, &line_widths))
    } else {
        wrap_first_fit(&words, &line_widths)
    };
    lines
        .into_iter()
        .filter_map(|line| Some(line.first()?.start..line.last()?.end))
        .collect()
}

/// Text whose lines are kept: each is cut where it does not fit, between graphemes.
pub fn preformatted(text: &str, widths: Widths) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.len();
        let mut from = start;
        let mut column = 0;
        for (i, grapheme) in line.grapheme_indices(true) {
            let width = width_at(grapheme, column);
            if column > 0 && column + width > widths.rest {
                lines.push(from..start + i);
                from = start + i;
                column = 0;
            }
            column += width_at(grapheme, column);
        }
        lines.push(from..end);
        start = end + 1;
    }
    lines
}

/// Text that is being typed, a line or a part of one, as rows. They are filled one after the other, so that what stands above
/// the cursor stays as it is, and hold all of the text: the spaces after a word stand in its row, beyond the width if need
/// be. At least one row, which is empty when the text is.
pub fn typed(text: &str, width: u16) -> Vec<Range<usize>> {
    let width = width.max(1);
    let words = words(text, width, None);
    let lines = wrap_first_fit(&words, &[f64::from(width)]);
    let mut rows = Vec::with_capacity(lines.len().max(1));
    let starts = lines.iter().filter_map(|line| Some(line.first()?.start));
    let mut start = 0;
    for next in starts.skip(1) {
        rows.push(start..next);
        start = next;
    }
    rows.push(start..text.len());
    rows
}

fn words(text: &str, narrowest: u16, language: Option<&str>) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut start = 0;
    let mut add = |start: usize, end: usize| push_word(&mut words, text, start..end, narrowest);
    let segmenter = if language == Some("ko") {
        &SEGMENTER_KEEP_ALL
    } else {
        &SEGMENTER
    };
    for end in segmenter.segment_str(text) {
        if end == start || (end < text.len() && !may_break(&text[start..end], &text[end..])) {
            continue;
        }
        add(start, end);
        start = end;
    }
    if start < text.len() {
        add(start, text.len());
    }
    words
}

/// Whether a line may end between two stretches where Unicode's rules would allow it. Numbers keep their unit (`100 %`,
/// `5 €`), years their dash (`1914–1918`), guillemets and double punctuation their words, and a dash of dialogue never
/// stands at the wrong end of a line.
fn may_break(before: &str, after: &str) -> bool {
    let word = before.trim_end_matches(' ');
    let (Some(last), Some(first)) = (word.chars().next_back(), after.chars().next()) else {
        return true;
    };
    let spaced = word.len() < before.len();
    match first {
        ';' | ':' | '!' | '?' | '»' | '%' | '‰' | '°' if spaced => return false,
        '€' | '$' | '£' | '¥' if spaced && last.is_ascii_digit() => return false,
        '—' if !spaced => return false,
        c if c.is_ascii_digit() && last == '–' => return false,
        c if c.is_ascii_digit() && spaced && last.is_ascii_digit() => {
            return !is_grouped(word, after);
        }
        _ => {}
    }
    !(last == '«' || (last == '—' && !spaced && (word.len() == last.len_utf8())))
}

/// Whether a space between two digits groups thousands: `1 000 000`.
fn is_grouped(before: &str, after: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let group = digits(after) == 3;
    let head = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    group && (1..=3).contains(&head)
}

/// Adds a word; cuts it between graphemes when it would not fit into the narrowest line.
fn push_word(words: &mut Vec<Word>, text: &str, bytes: Range<usize>, narrowest: u16) {
    let piece = &text[bytes.clone()];
    let word = piece.trim_end_matches([
        ' ', '\n', '\t', '\u{3000}', '\u{2003}', '\u{2009}', '\u{200B}',
    ]);
    let end = bytes.start + word.len();
    let space = width(&text[end..bytes.end]);
    let full = width(word);
    if full <= narrowest {
        words.push(Word {
            start: bytes.start,
            end,
            width: full,
            space,
        });
        return;
    }
    let (mut from, mut cells) = (bytes.start, 0);
    for (i, grapheme) in word.grapheme_indices(true) {
        let width = width_at(grapheme, cells);
        if cells > 0 && cells + width > narrowest {
            words.push(Word {
                start: from,
                end: bytes.start + i,
                width: cells,
                space: 0,
            });
            from = bytes.start + i;
            cells = 0;
        }
        cells += width;
    }
    words.push(Word {
        start: from,
        end,
        width: cells,
        space,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, width: u16, expected: &[&str]) {
        let lines = paragraph(
            text,
            Widths {
                first: width,
                rest: width,
            },
            None,
        );
        let lines: Vec<_> = lines.into_iter().map(|l| &text[l]).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn words_go_to_the_next_line() {
        check("one two three", 7, &["one two", "three"]);
        check("", 7, &[]);
        check("word", 7, &["word"]);
    }

    #[test]
    fn french_punctuation_stays_with_its_word() {
        check("Oui mais non ! Ah", 13, &["Oui mais", "non ! Ah"]);
        check("Il dit « mot » ici", 9, &["Il dit", "« mot »", "ici"]);
        check("il en a pris 100 % ici", 14, &["il en a pris", "100 % ici"]);
        check(
            "quand il fait 10 000 pas",
            16,
            &["quand il fait", "10 000 pas"],
        );
        check("entre 1914–1918", 12, &["entre", "1914–1918"]);
    }

    #[test]
    fn long_words_are_cut_between_graphemes() {
        check("abcdefgh", 3, &["abc", "def", "gh"]);
        check("👩‍👩‍👧👩‍👩‍👧", 2, &["👩‍👩‍👧", "👩‍👩‍👧"]);
        check("🇫🇷🇩🇪", 1, &["🇫🇷", "🇩🇪"]);
    }

    #[test]
    fn chinese_and_korean_break_where_they_may() {
        check("你好，世界。", 6, &["你好，", "世界。"]);
        let text = "대한민국은 민주공화국";
        let lines = paragraph(
            text,
            Widths {
                first: 12,
                rest: 12,
            },
            Some("ko"),
        );
        assert_eq!(&text[lines[0].clone()], "대한민국은");
    }

    #[test]
    fn code_is_cut_not_wrapped() {
        let text = "let a = 1;\n\n\tb";
        let lines = preformatted(text, Widths { first: 6, rest: 6 });
        let lines: Vec<_> = lines.into_iter().map(|l| &text[l]).collect();
        assert_eq!(lines, ["let a ", "= 1;", "", "\t", "b"]);
    }

    #[test]
    fn a_tab_goes_to_the_next_stop() {
        let cells: Vec<_> = cells("a\tb", 0..3).map(|c| (c.column, c.width)).collect();
        assert_eq!(cells, [(0, 1), (1, 7), (8, 1)]);
    }

    fn is_space(text: &str) -> bool {
        text.chars().all(|c| c.is_whitespace() || c == '\u{200B}')
    }

    proptest! {
        #[test]
        fn no_text_is_lost_and_every_line_fits(text in "(\\PC|[ a-zà-ü«»!?;:—–0-9%€]|漢|👩‍👩‍👧|é|ﾞ){0,200}", width in 1u16..90) {
            let lines = paragraph(&text, Widths { first: width, rest: width }, None);
            let mut at = 0;
            for line in &lines {
                prop_assert!(line.start >= at);
                prop_assert!(is_space(&text[at..line.start]));
                let shown = &text[line.clone()];
                let cells: u16 = cells(&text, line.clone()).map(|c| c.width).sum();
                prop_assert!(cells <= width || shown.graphemes(true).filter(|g| g.cell_width() > 0).count() <= 1,
                    "{shown:?} is {cells} wide, not {width}");
                at = line.end;
            }
            prop_assert!(is_space(&text[at..]));
            prop_assert!(lines.windows(2).all(|w| w[0].start < w[1].start));
        }
    }
}
