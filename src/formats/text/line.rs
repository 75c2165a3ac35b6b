//! One line of a plain text, and what it looks like by itself.

use crate::formats::letters;

/// A line that is not blank and not long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    /// Its text without the white space at its ends.
    pub text: &'a str,
    /// Its 1-based number in the file.
    pub number: u32,
    /// How many columns of white space stand before its text.
    pub indent: u16,
    /// How many columns it takes with its indent.
    pub columns: u16,
}

impl<'a> Line<'a> {
    /// The line that is `raw` with white space at its ends, and `text` without.
    ///
    /// `wide`: how many columns the text takes.
    pub(super) fn new(raw: &str, text: &'a str, wide: usize, number: u32) -> Self {
        let before = text.as_ptr().addr() - raw.as_ptr().addr();
        let indent = raw[..before].chars().fold(0, |columns: usize, c| match c {
            '\t' => (columns / 8 + 1) * 8,
            '\u{3000}' => columns + 2,
            '\u{200b}' => columns,
            _ => columns + 1,
        });
        let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
        Self {
            text,
            number,
            indent: short(indent),
            columns: short(indent + wide),
        }
    }

    /// Whether the first word of the next line would not have fitted on this one, in a text broken at `width`. A few
    /// columns are left to those who break a little early.
    pub(super) fn is_full(&self, next: &Self, width: u16) -> bool {
        self.with_first_of(next) >= width - width / 12
    }

    /// The least width at which the first word of the next line would have fitted on this one.
    pub(super) fn reach(&self, next: &Self) -> u16 {
        let columns = self.with_first_of(next);
        let mut width = columns + columns / 12;
        while columns >= width - width / 12 {
            width += 1;
        }
        width
    }

    /// Columns of this line with the first word of the next; at most 1,000.
    fn with_first_of(&self, next: &Self) -> u16 {
        self.columns.saturating_add(next.first_columns()).min(1000)
    }

    /// Columns of the first stretch that cannot be broken.
    fn first_columns(&self) -> u16 {
        let word = match self.text.chars().next() {
            Some(c) if letters::is_cjk(c) => return 4,
            _ => {
                let end = memchr::memchr(b' ', self.text.as_bytes());
                &self.text[..end.unwrap_or(self.text.len())]
            }
        };
        u16::try_from(letters::columns(word) + 1).unwrap_or(u16::MAX)
    }

    /// Whether a sentence ends with the line.
    pub(super) fn ends_sentence(&self) -> bool {
        letters::last_inside(self.text).is_some_and(|c| letters::ends_sentence(c) || c == ':')
    }

    /// Whether it begins with a small letter, as only the middle of a sentence does.
    pub(super) fn begins_small(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_lowercase)
    }

    /// How deep it is quoted as mail is, and the text without the marks: `> > so`.
    pub(super) fn quoted(&self) -> Option<&'a str> {
        let mut rest = self.text;
        while let Some(inner) = rest.strip_prefix('>') {
            if !(inner.is_empty() || inner.starts_with(' ') || inner.starts_with('>')) {
                break;
            }
            rest = inner.trim_start_matches(' ');
        }
        (rest.len() < self.text.len()).then_some(rest)
    }

    /// Level and text of a heading marked by `#`.
    pub(super) fn marked_heading(&self) -> Option<(u8, &'a str)> {
        let text = self.text.trim_start_matches('#');
        let level = u8::try_from(self.text.len() - text.len())
            .ok()
            .filter(|level| (1..=6).contains(level))?;
        let text = letters::trim(text.strip_prefix(' ')?);
        let text = text
            .strip_suffix(|c| c == '#')
            .map_or(text, |head| head.trim_end_matches('#').trim_end());
        (!text.is_empty()).then_some((level, text))
    }

    /// The level that this line gives the line above it: `====` 1, `----` 2.
    pub(super) fn underlines(&self, above: &Self) -> Option<u8> {
        let level = match self.text.as_bytes() {
            [b'=', b'=', b'=', ..] if self.text.bytes().all(|b| b == b'=') => 1,
            [b'-', b'-', b'-', ..] if self.text.bytes().all(|b| b == b'-') => 2,
            _ => return None,
        };
        // a rule under a paragraph is longer or shorter than its last line
        (self.columns.abs_diff(above.columns) <= above.columns / 4 + 3).then_some(level)
    }

    /// Whether it looks like a row of a table: wide gaps, or bars.
    pub(super) fn has_columns(&self) -> bool {
        let bytes = self.text.as_bytes();
        let has_bars =
            bytes.len() > 1 && self.text.starts_with(is_bar) && self.text.ends_with(is_bar);
        // every run of three has one of its spaces at each third byte
        let is_gap = |at: usize| {
            bytes[at] == b' ' && {
                let from = at.saturating_sub(2);
                let around = &bytes[from..bytes.len().min(at + 3)];
                around.windows(3).any(|three| three == b"   ")
            }
        };
        has_bars
            || (2..bytes.len()).step_by(3).any(is_gap)
            || memchr::memchr(b'\t', bytes).is_some()
    }

    /// Whether it has a gap of two spaces that does not follow a sentence, as tables with narrow columns have.
    pub(super) fn has_gap(&self) -> bool {
        let is_gap = |three: &[u8]| {
            three[1..] == *b"  "
                && !matches!(
                    three[0],
                    b'.' | b'?' | b'!' | b':' | b';' | b',' | b'"' | b' '
                )
        };
        self.text.as_bytes().windows(3).any(is_gap)
    }

    /// Whether most of it is strokes, as in drawings made of characters.
    pub(super) fn is_drawn(&self) -> bool {
        let (mut strokes, mut others) = (0, 0);
        for c in self.text.chars().filter(|c| *c != ' ') {
            let is_stroke = matches!(
                c,
                '/' | '\\'
                    | '|'
                    | '_'
                    | '-'
                    | '='
                    | '+'
                    | '<'
                    | '>'
                    | '^'
                    | '~'
                    | '#'
                    | '('
                    | ')'
                    | '['
                    | ']'
                    | '\''
                    | '`'
                    | '.'
                    | ':'
                    | '*'
                    | '\u{2500}'..='\u{25ff}'
            );
            strokes += usize::from(is_stroke);
            others += usize::from(!is_stroke);
        }
        strokes > 1 && strokes > 2 * others
    }

    /// Whether it has characters that programs are full of.
    pub(super) fn looks_like_code(&self) -> bool {
        let bytes = self.text.as_bytes();
        matches!(bytes.last(), Some(b';' | b'{' | b'}' | b'\\' | b'('))
            || matches!(bytes.first(), Some(b'$' | b'#' | b'<' | b'{' | b'}' | b'@'))
            || ["()", " = ", "==", "::", "->", "=>", "//", "/*", "</"]
                .iter()
                .any(|sign| self.text.contains(sign))
    }
}

/// Bars that tables and boxes are drawn with.
fn is_bar(c: char) -> bool {
    matches!(c, '|' | '+' | '\u{2500}'..='\u{257f}')
}

/// Whether a text begins with a bullet and says something after it.
pub(super) fn has_bullet(text: &str) -> bool {
    let mut chars = text.chars();
    matches!(
        chars.next(),
        Some('-' | '*' | '•' | '◦' | '▪' | '‣' | '·' | '●')
    ) && chars.next() == Some(' ')
        && chars.take(40).any(char::is_alphanumeric)
}

/// The number a text begins with, as items of a list do: `1. ` or `1) `; at most three digits.
pub(super) fn item_number(text: &str) -> Option<u16> {
    let digits = text.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let is_item = (1..=3).contains(&digits)
        && matches!(text.as_bytes().get(digits..digits + 2), Some(b". " | b") "));
    if is_item {
        text[..digits].parse().ok()
    } else {
        None
    }
}
