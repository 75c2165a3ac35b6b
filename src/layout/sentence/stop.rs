//! What ends a sentence, what still belongs to it behind that, and what comes next.

use unicode_segmentation::UnicodeSegmentation;

use super::language::Language;
use super::{is_roman, last_word, skip_space, word_at};

/// What stands in square brackets at a full stop and is not longer than so many bytes is a footnote.
const LONGEST_FOOTNOTE: usize = 32;

/// So many characters are looked at between two sentences for the first word of the second.
const LONGEST_OPENING: usize = 16;

/// The characters that Unicode gives the property `Sentence_Break` = `STerm` or `ATerm`, from the Armenian one on; a test
/// holds them against `unicode-segmentation`. Its iterator is not used itself, as it looks ahead anew from each space and
/// takes seconds for a full stop before 20 kB of them; and the signs around a stop belong elsewhere in its rules.
const STOPS: &[(char, char)] = &[
    ('\u{589}', '\u{589}'),
    ('\u{61D}', '\u{61F}'),
    ('\u{6D4}', '\u{6D4}'),
    ('\u{700}', '\u{702}'),
    ('\u{7F9}', '\u{7F9}'),
    ('\u{837}', '\u{837}'),
    ('\u{839}', '\u{839}'),
    ('\u{83D}', '\u{83E}'),
    ('\u{964}', '\u{965}'),
    ('\u{104A}', '\u{104B}'),
    ('\u{1362}', '\u{1362}'),
    ('\u{1367}', '\u{1368}'),
    ('\u{166E}', '\u{166E}'),
    ('\u{1735}', '\u{1736}'),
    ('\u{17D4}', '\u{17D5}'),
    ('\u{1803}', '\u{1803}'),
    ('\u{1809}', '\u{1809}'),
    ('\u{1944}', '\u{1945}'),
    ('\u{1AA8}', '\u{1AAB}'),
    ('\u{1B4E}', '\u{1B4F}'),
    ('\u{1B5A}', '\u{1B5B}'),
    ('\u{1B5E}', '\u{1B5F}'),
    ('\u{1B7D}', '\u{1B7F}'),
    ('\u{1C3B}', '\u{1C3C}'),
    ('\u{1C7E}', '\u{1C7F}'),
    ('\u{2024}', '\u{2024}'),
    ('\u{203C}', '\u{203D}'),
    ('\u{2047}', '\u{2049}'),
    ('\u{2CF9}', '\u{2CFB}'),
    ('\u{2E2E}', '\u{2E2E}'),
    ('\u{2E3C}', '\u{2E3C}'),
    ('\u{2E53}', '\u{2E54}'),
    ('\u{3002}', '\u{3002}'),
    ('\u{A4FF}', '\u{A4FF}'),
    ('\u{A60E}', '\u{A60F}'),
    ('\u{A6F3}', '\u{A6F3}'),
    ('\u{A6F7}', '\u{A6F7}'),
    ('\u{A876}', '\u{A877}'),
    ('\u{A8CE}', '\u{A8CF}'),
    ('\u{A92F}', '\u{A92F}'),
    ('\u{A9C8}', '\u{A9C9}'),
    ('\u{AA5D}', '\u{AA5F}'),
    ('\u{AAF0}', '\u{AAF1}'),
    ('\u{ABEB}', '\u{ABEB}'),
    ('\u{FE12}', '\u{FE12}'),
    ('\u{FE15}', '\u{FE16}'),
    ('\u{FE52}', '\u{FE52}'),
    ('\u{FE56}', '\u{FE57}'),
    ('\u{FF01}', '\u{FF01}'),
    ('\u{FF0E}', '\u{FF0E}'),
    ('\u{FF1F}', '\u{FF1F}'),
    ('\u{FF61}', '\u{FF61}'),
    ('\u{10A56}', '\u{10A57}'),
    ('\u{10F55}', '\u{10F59}'),
    ('\u{10F86}', '\u{10F89}'),
    ('\u{11047}', '\u{11048}'),
    ('\u{110BE}', '\u{110C1}'),
    ('\u{11141}', '\u{11143}'),
    ('\u{111C5}', '\u{111C6}'),
    ('\u{111CD}', '\u{111CD}'),
    ('\u{111DE}', '\u{111DF}'),
    ('\u{11238}', '\u{11239}'),
    ('\u{1123B}', '\u{1123C}'),
    ('\u{112A9}', '\u{112A9}'),
    ('\u{113D4}', '\u{113D5}'),
    ('\u{1144B}', '\u{1144C}'),
    ('\u{115C2}', '\u{115C3}'),
    ('\u{115C9}', '\u{115D7}'),
    ('\u{11641}', '\u{11642}'),
    ('\u{1173C}', '\u{1173E}'),
    ('\u{11944}', '\u{11944}'),
    ('\u{11946}', '\u{11946}'),
    ('\u{11A42}', '\u{11A43}'),
    ('\u{11A9B}', '\u{11A9C}'),
    ('\u{11C41}', '\u{11C42}'),
    ('\u{11EF7}', '\u{11EF8}'),
    ('\u{11F43}', '\u{11F44}'),
    ('\u{16A6E}', '\u{16A6F}'),
    ('\u{16AF5}', '\u{16AF5}'),
    ('\u{16B37}', '\u{16B38}'),
    ('\u{16B44}', '\u{16B44}'),
    ('\u{16D6E}', '\u{16D6F}'),
    ('\u{16E98}', '\u{16E98}'),
    ('\u{1BC9F}', '\u{1BC9F}'),
    ('\u{1DA88}', '\u{1DA88}'),
];

/// Whether a sentence may end with it. The ellipsis is no stop to Unicode.
pub fn is_stop(c: char, language: Language) -> bool {
    match c {
        '.' | '!' | '?' | '…' => true,
        ';' | '\u{37E}' => language.is_greek(),
        '\0'..='\u{588}' => false,
        _ => {
            let after = STOPS.partition_point(|&(first, _)| first <= c);
            after > 0 && c <= STOPS[after - 1].1
        }
    }
}

/// A stop with all that belongs to the same sentence behind it. In bytes of the line.
#[derive(Debug)]
pub struct Ending {
    /// Where the stop begins.
    pub stop: usize,
    /// Where the first run of stops ends: of `?!` behind the `!`.
    pub stops_end: usize,
    /// Where the last sign ends that belongs to the sentence.
    pub end: usize,
    /// Whether the first sign behind the stops closes a bracket.
    pub in_brackets: bool,
    /// Whether another stop follows behind the signs or a space, as in `(so?).`
    pub is_stopped_again: bool,
}

impl Ending {
    /// The ending with the stop at a byte.
    pub fn at(line: &str, stop: usize, language: Language) -> Self {
        let stops_end = stops_end(line, stop, language);
        let mut ending = Self {
            stop,
            stops_end,
            end: stops_end,
            in_brackets: line[stops_end..].starts_with([')', ']', '）']),
            is_stopped_again: false,
        };
        loop {
            let end = ending.end;
            ending.end = closed(line, end);
            ending.end = footnoted(line, &ending, language);
            let marks_end = ending.end;
            ending.end = spaced(line, marks_end, language);
            if line[marks_end..ending.end].contains(|c| is_stop(c, language)) {
                ending.in_brackets = false;
                ending.is_stopped_again = true;
            }
            if ending.end == end {
                return ending;
            }
        }
    }
}

/// Behind a run of stops, with the marks that combine with them.
fn stops_end(line: &str, from: usize, language: Language) -> usize {
    let mut end = from;
    while line[end..].starts_with(|c| is_stop(c, language)) {
        end = grapheme_end(line, end);
    }
    end
}

fn grapheme_end(line: &str, from: usize) -> usize {
    match line.as_bytes()[from..] {
        [_] | [_, b' '..=b'~', ..] if line.is_char_boundary(from + 1) => from + 1,
        _ => from + line[from..].graphemes(true).next().map_or(0, str::len),
    }
}

/// Behind the closing marks that follow without a space.
fn closed(line: &str, from: usize) -> usize {
    let mut end = from;
    while let Some(c) = line[end..].chars().next() {
        let after = grapheme_end(line, end);
        let closes = match c {
            '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '*' | '†' | '‡' => {
                true
            }
            '」' | '』' | '）' | '】' | '》' | '〉' | '〕' | '］' | '｣' | '〗' | '〙' | '〛' => {
                true
            }
            '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' => true,
            // they open in one language and close in another
            '“' | '«' | '‘' | '‹' => !line[after..].starts_with(char::is_alphanumeric),
            _ => false,
        };
        if !closes {
            break;
        }
        end = after;
    }
    end
}

/// Behind a footnote: `.[1]`, or a bare number where it can be nothing else, as in `?12` and `paix.3 Puis`.
fn footnoted(line: &str, ending: &Ending, language: Language) -> usize {
    let end = ending.end;
    let rest = &line[end..];
    if rest.starts_with('[') {
        let near = &rest[..rest.floor_char_boundary(LONGEST_FOOTNOTE)];
        return near.find(']').map_or(end, |at| end + at + 1);
    }
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return end;
    }
    let after = &rest[digits..];
    let is_free = after.is_empty()
        || (after.starts_with(char::is_whitespace)
            && after.trim_start().starts_with(|c: char| c.is_uppercase()));
    let is_certain = end > ending.stops_end || &line[ending.stop..end] != ".";
    let word = last_word(&line[..ending.stop]);
    let is_word = word.chars().count() > 3 && word.chars().all(char::is_lowercase);
    if is_free && (is_certain || (is_word && language.role(word).is_none())) {
        end + digits
    } else {
        end
    }
}

/// Behind a closing mark or another stop that has a space before it, as French has.
fn spaced(line: &str, from: usize, language: Language) -> usize {
    let start = skip_space(line, from);
    let Some(c) = line[start..].chars().next() else {
        return from;
    };
    if is_stop(c, language) {
        let end = stops_end(line, start, language);
        let is_glued = line[end..].starts_with(char::is_alphanumeric);
        return if is_glued { from } else { end };
    }
    if start == from {
        return from;
    }
    if c == '[' {
        return spaced_footnote(line, start).unwrap_or(from);
    }
    let after = &line[start + c.len_utf8()..];
    let is_free = match c {
        ')' | ']' => true,
        '»' | '›' | '”' => !after.starts_with(char::is_alphanumeric),
        '"' => after.is_empty() || after.starts_with([',', '.', ';', ':', ')', '?', '!']),
        _ => false,
    };
    if is_free { start + c.len_utf8() } else { from }
}

/// Behind a footnote that has a space before it: a number, or what is the last in its line.
fn spaced_footnote(line: &str, from: usize) -> Option<usize> {
    let near = &line[from..line.floor_char_boundary(from + LONGEST_FOOTNOTE)];
    let close = near.find(']')?;
    let end = from + close + 1;
    let is_number = close > 1 && near[1..close].bytes().all(|b| b.is_ascii_digit());
    (is_number || skip_space(line, end) == line.len()).then_some(end)
}

/// What comes after an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next<'a> {
    /// Nothing.
    End,
    /// More of the same sentence, whatever the stop is.
    Same,
    /// A new sentence, if the stop is not that of an abbreviation; its first word is not known.
    Mark,
    /// Text that starts with a digit.
    Number(&'a str),
    /// Text that starts with a letter that is not a small one.
    Word(&'a str),
}

impl<'a> Next<'a> {
    /// What comes after an ending in its line.
    pub fn after(line: &'a str, ending: &Ending) -> Self {
        let start = skip_space(line, ending.end);
        let rest = &line[start..];
        let Some(first) = rest.chars().next() else {
            return Self::End;
        };
        if matches!(
            first,
            ',' | ';' | ':' | '،' | '؛' | '、' | '，' | '；' | '：' | '·'
        ) {
            return Self::Same;
        }
        let last = line[ending.stop..ending.stops_end].chars().next_back();
        if start == ending.end {
            let is_wide = is_ideograph(first) || matches!(first, '「' | '『' | '（' | '《' | '【');
            let is_quoted = line[..ending.end].ends_with(['」', '』']);
            let may_end = match last {
                Some('…') => is_wide && is_quoted,
                Some(c) => is_wide || !c.is_ascii(),
                None => false,
            };
            if !may_end || (is_quoted && rest.starts_with(['と', 'っ'])) {
                return Self::Same;
            }
        }
        for (at, c) in rest.char_indices().take(LONGEST_OPENING) {
            if matches!(c, '¿' | '¡') {
                return Self::Mark;
            } else if c.is_numeric() {
                return Self::Number(&rest[at..]);
            } else if is_small(c) {
                let name = word_at(&rest[at..]).chars().any(char::is_uppercase);
                return if name { Self::Mark } else { Self::Same };
            } else if c.is_alphabetic() {
                return Self::Word(&rest[at..]);
            }
        }
        Self::Mark
    }

    /// Whether it is a number, with digits or Roman.
    pub fn is_number(&self) -> bool {
        match self {
            Self::Number(_) => true,
            Self::Word(text) => {
                let word = word_at(text);
                is_roman(word) || matches!(word, "V" | "X")
            }
            Self::End | Self::Same | Self::Mark => false,
        }
    }

    /// Whether it is a word that starts sentences more often than it is a part of a name.
    pub fn starts_sentence(&self, language: Language) -> bool {
        match self {
            Self::Mark => true,
            Self::Word(text) => language.starts_sentence(text),
            Self::End | Self::Same | Self::Number(_) => false,
        }
    }

    /// Whether it may be the first part of a family name.
    pub fn is_particle(&self) -> bool {
        const PARTICLES: &[&str] = &[
            "Da", "Das", "De", "Del", "Den", "Des", "Di", "Do", "Dos", "Du", "El", "La", "Las",
            "Le", "Les", "Lo", "Los", "Van", "Von", "Zu", "Zum", "Zur", "D", "L",
        ];
        match self {
            Self::Word(text) => PARTICLES.contains(&word_at(text)),
            Self::End | Self::Same | Self::Mark | Self::Number(_) => false,
        }
    }
}

/// A small letter. Georgian has no capitals at the start of a sentence.
fn is_small(c: char) -> bool {
    c.is_lowercase() && !('\u{10D0}'..='\u{10FF}').contains(&c)
}

/// A letter of Chinese, Japanese or Korean.
pub const fn is_ideograph(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11FF}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{318F}'
            | '\u{31A0}'..='\u{31FF}'
            | '\u{3400}'..='\u{9FFF}'
            | '\u{AC00}'..='\u{D7FF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{FF66}'..='\u{FF9F}'
            | '\u{20000}'..='\u{3FFFF}'
    )
}
