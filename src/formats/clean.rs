//! Text made safe to show: control characters, direction overrides and the like taken out or made visible, and NFC.
//!
//! Every text of a document passes here once, after all decoding. What may stay is told in three steps, cheapest first:
//! sixteen plain bytes at a time, then by a table of first bytes, then (only for characters of the few suspicious
//! ranges) by the character itself.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

mod scan;

use scan::next_suspect;

/// How many marks may stand on one character; more are dropped.
const MAX_MARKS: usize = 8;
/// How many bytes a character with its marks may take; marks beyond are dropped.
const MAX_CELL: usize = 32;

/// Running text made safe to show, in NFC. Borrowed when it was safe before.
///
/// - All line ends (CR LF, CR, VT, FF, U+0085, U+2028, U+2029) become a newline; tabs stay.
/// - Other control characters become their visible pictures (`␛`), C1 controls and noncharacters U+FFFD.
/// - Direction embeddings and overrides are dropped, isolates too unless they are balanced in their line; U+200E, U+200F
///   and U+061C stay.
/// - Soft hyphens, word joiners, byte-order marks and tag characters are dropped. U+200B stays: a place where a line may
///   break, which is not to be drawn. ZWJ and ZWNJ stay between two characters that are no space.
/// - Hangul fillers and U+2800, which look like nothing, become spaces.
/// - At most 8 marks on a character and 32 bytes for both stay.
pub fn body(text: &str) -> Cow<'_, str> {
    clean(text, Field::Body)
}

/// A title, name or message made safe to show in one line, in NFC: as [`body`], but line ends and tabs become spaces and
/// nothing that changes direction stays, nor U+200B.
pub fn line(text: &str) -> Cow<'_, str> {
    clean(text, Field::Line)
}

/// Where a text is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Body,
    Line,
}

fn clean(text: &str, field: Field) -> Cow<'_, str> {
    let mut cleaner = Cleaner::new(text, field);
    let mut at = 0;
    loop {
        if field == Field::Body {
            at = next_suspect(text.as_bytes(), at);
        }
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        cleaner.look_at(at, c);
        at += c.len_utf8();
    }
    let must_compose = cleaner.must_compose;
    match (cleaner.finish(), must_compose) {
        (text, false) => text,
        (Cow::Borrowed(text), true) => compose(text),
        (Cow::Owned(text), true) => Cow::Owned(compose(&text).into_owned()),
    }
}

/// A text on its way from one string to another: what is not replaced is copied.
struct Copy<'a> {
    text: &'a str,
    out: String,
    /// So many bytes of `text` have been copied or replaced.
    done: usize,
}

impl<'a> Copy<'a> {
    const fn new(text: &'a str) -> Self {
        Self {
            text,
            out: String::new(),
            done: 0,
        }
    }

    /// Everything up to `start` is copied, and what follows up to `end` is left out.
    fn skip(&mut self, start: usize, end: usize) -> &mut String {
        if self.done == 0 {
            self.out.reserve(self.text.len());
        }
        self.out.push_str(&self.text[self.done..start]);
        self.done = end;
        &mut self.out
    }

    fn finish(mut self) -> Cow<'a, str> {
        if self.done == 0 {
            return Cow::Borrowed(self.text);
        }
        self.out.push_str(&self.text[self.done..]);
        Cow::Owned(self.out)
    }
}

/// What becomes of a character.
enum Verdict {
    Keep,
    Drop,
    Become(char),
}

/// A character and what hangs on it, up to the last thing that was looked at.
struct Cell {
    /// Where it ends in the text.
    end: usize,
    bytes: usize,
    marks: usize,
    /// Whether it ends in a ZWJ, so that the next character belongs to it.
    joined: bool,
}

struct Cleaner<'a> {
    copy: Copy<'a>,
    field: Field,
    cell: Cell,
    /// Up to where isolates have been looked at, and whether they are balanced there.
    isolates: (usize, bool),
    /// Whether the text may not be in NFC.
    must_compose: bool,
}

impl<'a> Cleaner<'a> {
    const fn new(text: &'a str, field: Field) -> Self {
        let cell = Cell {
            end: 0,
            bytes: 0,
            marks: 0,
            joined: false,
        };
        Self {
            copy: Copy::new(text),
            field,
            cell,
            isolates: (0, false),
            must_compose: false,
        }
    }

    fn look_at(&mut self, at: usize, c: char) {
        let end = at + c.len_utf8();
        match self.verdict(at, c) {
            Verdict::Keep => {}
            Verdict::Become(other) => self.copy.skip(at, end).push(other),
            Verdict::Drop => {
                self.copy.skip(at, end);
                // what is dropped parts nothing: marks after it hang on the same character
                if at == self.cell.end && at > 0 {
                    self.cell.end = end;
                }
            }
        }
    }

    fn finish(self) -> Cow<'a, str> {
        self.copy.finish()
    }

    fn verdict(&mut self, at: usize, c: char) -> Verdict {
        let is_body = self.field == Field::Body;
        let kept_in_body = if is_body {
            Verdict::Keep
        } else {
            Verdict::Drop
        };
        match c {
            '\r' if self.copy.text.as_bytes().get(at + 1) == Some(&b'\n') => Verdict::Drop,
            '\n' | '\t' if is_body => Verdict::Keep,
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' if is_body => {
                Verdict::Become('\n')
            }
            '\n' | '\t' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                Verdict::Become(' ')
            }
            '\0'..='\u{1f}' => {
                Verdict::Become(char::from_u32(0x2400 + u32::from(c)).unwrap_or(' '))
            }
            ' '..='~' => Verdict::Keep,
            '\u{7f}' => Verdict::Become('\u{2421}'),
            _ if is_meaningless(c) => Verdict::Become(char::REPLACEMENT_CHARACTER),
            '\u{2066}'..='\u{2069}' if is_body && self.has_balanced_isolates(at) => Verdict::Keep,
            _ if is_dropped(c) => Verdict::Drop,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => kept_in_body,
            '\u{115f}' | '\u{1160}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' => Verdict::Become(' '),
            '\u{200c}' | '\u{200d}' if !self.is_inside(at, c) => Verdict::Drop,
            _ if hangs(c) => self.hang(at, c),
            _ => {
                self.must_compose |= !is_composed(c);
                Verdict::Keep
            }
        }
    }

    /// Whether a joiner stands between two characters that are no space.
    fn is_inside(&self, at: usize, joiner: char) -> bool {
        let is_some = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace() && !c.is_control());
        let text = self.copy.text;
        is_some(text[..at].chars().next_back())
            && is_some(text[at + joiner.len_utf8()..].chars().next())
    }

    /// Whether the isolates of the line around `at` are closed as they were opened. Each line is looked at once.
    fn has_balanced_isolates(&mut self, at: usize) -> bool {
        if at >= self.isolates.0 {
            let (mut depth, mut is_balanced, mut end) = (0_usize, true, self.copy.text.len());
            for (i, c) in self.copy.text[at..].char_indices() {
                match c {
                    '\u{2066}'..='\u{2068}' => depth += 1,
                    '\u{2069}' if depth == 0 => is_balanced = false,
                    '\u{2069}' => depth -= 1,
                    '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                        end = at + i;
                        break;
                    }
                    _ => {}
                }
            }
            self.isolates = (end, is_balanced && depth == 0);
        }
        self.isolates.1
    }

    /// Something that hangs on the character before it, which bears only so much.
    fn hang(&mut self, at: usize, c: char) -> Verdict {
        let text = self.copy.text;
        let is_same = at > 0
            && self.cell.end > 0
            && (at == self.cell.end
                || self.cell.joined && text[self.cell.end..at].chars().nth(1).is_none());
        if !is_same {
            let base = text[..at].chars().next_back().map_or(0, char::len_utf8);
            self.cell = Cell {
                end: at,
                bytes: base,
                marks: 0,
                joined: false,
            };
        }
        let bytes = self.cell.bytes + (at - self.cell.end) + c.len_utf8();
        self.cell.end = at + c.len_utf8();
        self.cell.joined = c == '\u{200d}';
        let is_composed = is_composed(c);
        // a mark that decomposes does so into two
        let marks = if is_combining_mark(c) {
            1 + usize::from(is_nfc_quick(std::iter::once(c)) == IsNormalized::No)
        } else {
            0
        };
        // what a ZWJ joins must fit as well
        let room = if self.cell.joined { 4 } else { 0 };
        if self.cell.marks + marks > MAX_MARKS || bytes + room > MAX_CELL {
            return Verdict::Drop;
        }
        self.must_compose |= !is_composed || self.cell.marks > 0;
        self.cell.marks += marks;
        self.cell.bytes = bytes;
        Verdict::Keep
    }
}

/// Whether a character belongs to the one before it: marks, joiners, skin tones, the later parts of a Hangul syllable.
pub(super) fn hangs(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{1161}'..='\u{11ff}' | '\u{d7b0}'..='\u{d7ff}'
        | '\u{ff9e}' | '\u{ff9f}')
        || is_combining_mark(c)
}

/// Direction embeddings, overrides and isolates, joiners that are not drawn, soft hyphens, tags.
const fn is_dropped(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{ad}' | '\u{180e}' | '\u{2060}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// C1 controls, the marks of interlinear annotation, noncharacters.
const fn is_meaningless(c: char) -> bool {
    let c = c as u32;
    matches!(c, 0x80..=0x9f | 0xfff9..=0xfffb) || is_noncharacter(c)
}

const fn is_noncharacter(c: u32) -> bool {
    c & 0xfffe == 0xfffe || c >= 0xfdd0 && c <= 0xfdef
}

/// Whether a character is as NFC has it, whatever stands beside it.
fn is_composed(c: char) -> bool {
    is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

/// The text in NFC. Only stretches of marks with the character before them are looked at: a character that is no mark
/// and always stays as it is parts what is composed from what is not.
fn compose(text: &str) -> Cow<'_, str> {
    let mut copy = Copy::new(text);
    let mut at = 0;
    loop {
        at = next_suspect(text.as_bytes(), at);
        let Some(c) = text[at..].chars().next() else {
            break;
        };
        if is_apart(c) {
            at += c.len_utf8();
            continue;
        }
        let start = text[copy.done..at]
            .char_indices()
            .next_back()
            .map_or(at, |(i, _)| copy.done + i);
        let end = text[at..]
            .char_indices()
            .find(|&(_, c)| is_apart(c))
            .map_or(text.len(), |(i, _)| at + i);
        let run = &text[start..end];
        if is_nfc_quick(run.chars()) != IsNormalized::Yes {
            copy.skip(start, end).extend(run.nfc());
        }
        at = end;
    }
    copy.finish()
}

fn is_apart(c: char) -> bool {
    c.is_ascii() || is_composed(c) && !is_combining_mark(c)
}

#[cfg(test)]
mod tests;
