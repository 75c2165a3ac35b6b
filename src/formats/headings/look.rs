//! What one block looks like by itself.

use super::lexicon::{self, Cues};
use super::{byline, noise};
use crate::formats::letters;
use crate::model::document::{Block, BlockKind};

/// Longer blocks are body at once.
pub(super) const MOST_COLUMNS: usize = 200;
/// … and so are sentences that are longer than this.
const SENTENCE_COLUMNS: usize = 70;
/// … or than this where letters take two columns.
const CJK_SENTENCE_COLUMNS: usize = 90;
/// … told from their bytes, which saves counting.
const MOST_BYTES: usize = 3 * MOST_COLUMNS;

/// How many columns a sentence may have that may be a heading.
fn most_of_sentence(text: &str) -> usize {
    if text.ends_with(['。', '．']) {
        CJK_SENTENCE_COLUMNS
    } else {
        SENTENCE_COLUMNS
    }
}

/// How a block ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ending {
    /// With a letter.
    #[default]
    Word,
    Digit,
    Stop,
    Question,
    Exclamation,
    Ellipsis,
    Colon,
    /// With a comma, a semicolon or a dash.
    RunOn,
    /// With a closing quote or bracket that no full stop comes before.
    Closing,
    Other,
}

/// How a block begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Beginning {
    Capital,
    Small,
    /// A letter of a script without capitals.
    #[default]
    Letter,
    Digit,
    Quote,
    Bracket,
    Dash,
    Other,
}

/// What a block looks like.
#[derive(Debug, Clone, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is one thing to see, and any of them go together"
)]
pub(super) struct Look {
    /// Whether it is short enough, and of a kind, to be anything but body.
    pub is_short: bool,
    /// Columns; of a long block about.
    pub columns: f32,
    pub words: f32,
    pub beginning: Beginning,
    pub ending: Ending,
    /// Words that begin with a capital, the first left out, of all words that have letters with capitals.
    pub capitals: f32,
    /// Capital letters, of all letters with capitals.
    pub shouting: f32,
    pub has_case: bool,
    pub has_letters: bool,
    pub is_cjk: bool,
    pub digits: f32,
    /// The number it begins with, as `3. `, `IV) ` or `Step 3`; 0 without.
    pub number: u8,
    pub commas: f32,
    /// Full stops, question and exclamation marks inside, followed by a space.
    pub inner_stops: f32,
    /// Where its first colon stands, from 0 to 1; 0 without.
    pub colon: f32,
    pub has_dash: bool,
    pub has_bar: bool,
    pub has_bracket: bool,
    pub quotes: f32,
    pub has_address: bool,
    pub has_year: bool,
    /// Words that only bind others, of all words.
    pub binding: f32,
    pub verbs: f32,
    pub asks: f32,
    pub credits: f32,
    pub offers: f32,
    /// Whether its first word is one of picture credits, or of invitations.
    pub begins_credit: bool,
    pub begins_offer: bool,
    /// Whether all of it stands in brackets.
    pub is_framed: bool,
    pub is_listed: bool,
    pub is_quote: bool,
    pub is_noise: bool,
    pub is_byline: bool,
    pub is_date: bool,
    /// Whether it is an entry of a table of contents: it stands again below.
    pub is_entry: bool,
    /// The first word, hashed.
    pub first_word: u32,
    /// The letters of the text, hashed.
    pub hash: u32,
}

impl Look {
    /// Whether it is of the page and not of the article, by its words alone.
    pub(super) fn is_plain_noise(&self) -> bool {
        self.is_noise || self.is_date || self.is_byline || self.is_entry
    }

    pub(super) fn of(block: &Block, buffer: &mut String) -> Self {
        let text = block.text.as_str();
        let may_be = matches!(
            block.kind,
            BlockKind::Paragraph
                | BlockKind::Heading(_)
                | BlockKind::ListItem(_)
                | BlockKind::Quote
        );
        let mut look = Self {
            ending: ending(text),
            beginning: beginning(text),
            ..Self::default()
        };
        look.is_listed = matches!(block.kind, BlockKind::ListItem(_));
        look.is_quote = block.kind == BlockKind::Quote;
        if text.len() > MOST_BYTES {
            look.columns = 0.9 * small(text.len());
            return look;
        }
        let columns = letters::columns(text);
        look.columns = small(columns);
        look.is_short = may_be
            && columns <= MOST_COLUMNS
            && !(look.ending == Ending::Stop && columns > most_of_sentence(text));
        if look.is_short {
            look.characters(text);
            look.tell_words(text, buffer);
            look.number = number(text);
            look.is_framed = look.beginning == Beginning::Bracket
                && text.ends_with([')', ']', '）', '】', '］', '}', '>', '》']);
            look.is_noise = noise::is_noise(text, buffer);
            look.is_byline = columns <= 70 && byline::author(text).is_some();
            look.is_date = look.digits > 0.0 && columns <= 70 && byline::is_date(text);
        }
        look
    }

    fn characters(&mut self, text: &str) {
        let (mut upper, mut lower, mut others, mut cjk, mut digits, mut all) = (0, 0, 0, 0, 0, 0);
        let mut previous = ' ';
        for (at, c) in text.char_indices() {
            all += 1;
            match sort(c) {
                Sort::Lower => lower += 1,
                Sort::Upper => upper += 1,
                Sort::Other => others += 1,
                Sort::Cjk => cjk += 1,
                Sort::Digit => digits += 1,
                Sort::Sign => self.sign(c, previous, at, text),
            }
            previous = c;
        }
        let letters = upper + lower + others + cjk;
        self.has_letters = letters > 0;
        self.has_case = 2 * (upper + lower) > letters;
        self.is_cjk = 2 * cjk > letters;
        self.shouting = ratio(upper, upper + lower);
        self.digits = ratio(digits, all);
    }

    fn sign(&mut self, c: char, previous: char, at: usize, text: &str) {
        match c {
            ',' | '，' | '、' | '،' | ';' | '；' => self.commas += 1.0,
            ' ' => self.inner_stops += f32::from(u8::from(letters::ends_sentence(previous))),
            '。' | '！' | '？' => self.inner_stops += 1.0,
            ':' if text[at..].starts_with("://") => {
                self.has_address = true;
                if self.colon == 0.0 {
                    self.colon = (small(at) / small(text.len())).max(0.01);
                }
            }
            ':' | '：' if self.colon == 0.0 => {
                self.colon = (small(at) / small(text.len())).max(0.01);
            }
            '@' => self.has_address = true,
            '.' if previous == 'w' && text[..at].ends_with("www") => self.has_address = true,
            '–' | '—' | '-' => self.has_dash |= previous == ' ',
            '|' | '/' | '／' | '·' | '•' => self.has_bar = true,
            '(' | '[' | '（' | '【' => self.has_bracket = true,
            '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '‘' => {
                self.quotes += 1.0;
            }
            _ => {}
        }
    }

    fn tell_words(&mut self, text: &str, buffer: &mut String) {
        let (mut words, mut capitals, mut cased) = (0, 0, 0);
        let mut counts = Cues::default();
        self.hash = 0x811c_9dc5;
        for word in text.split(|c: char| c.is_whitespace() || c == '’' || c == '\'') {
            let word = word.trim_matches(|c: char| !letters::is_alphanumeric(c));
            let Some(first) = word.chars().next() else {
                continue;
            };
            let hash = lexicon::small_letters(word, buffer);
            self.hash = self.hash.rotate_left(5) ^ hash;
            counts.add(lexicon::cues(buffer, hash));
            self.has_year |= buffer.len() == 4
                && (buffer.starts_with("19") || buffer.starts_with("20"))
                && buffer.bytes().all(|b| b.is_ascii_digit());
            if words == 0 {
                self.first_word = hash;
                self.begins_credit = counts.credits > 0;
                self.begins_offer = counts.offers > 0;
            } else if first.is_lowercase() || first.is_uppercase() {
                cased += 1;
                capitals += u32::from(first.is_uppercase());
            }
            words += 1;
        }
        self.words = if self.is_cjk {
            self.columns / 4.0
        } else {
            ratio(words, 1)
        };
        self.capitals = ratio(capitals, cased);
        self.binding = ratio(counts.binding, words);
        self.verbs = ratio(counts.verbs, 1);
        self.asks = ratio(counts.asks, 1);
        self.credits = ratio(counts.credits, 1);
        self.offers = ratio(counts.offers, 1);
    }
}

/// Counts are small here: no precision is lost.
#[expect(clippy::cast_precision_loss, reason = "counts of a text")]
pub(super) fn small(n: usize) -> f32 {
    n as f32
}

/// What a character is.
enum Sort {
    Lower,
    Upper,
    Cjk,
    /// A letter of another script without capitals.
    Other,
    Digit,
    Sign,
}

fn sort(c: char) -> Sort {
    match c {
        'a'..='z' => Sort::Lower,
        'A'..='Z' => Sort::Upper,
        '0'..='9' => Sort::Digit,
        '\0'..='\u{7f}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{3004}' => Sort::Sign,
        'ß'..='ö' | 'ø'..='ÿ' | 'а'..='џ' | 'α'..='ώ' => Sort::Lower,
        'À'..='Ö' | 'Ø'..='Þ' | 'Ѐ'..='Я' => Sort::Upper,
        // Hebrew, Arabic, Devanagari
        '\u{5d0}'..='\u{5ea}' | '\u{620}'..='\u{64a}' | '\u{904}'..='\u{939}' => Sort::Other,
        '\u{3041}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' => Sort::Cjk,
        '\u{ac00}'..='\u{d7a3}' => Sort::Other,
        _ if c.is_lowercase() => Sort::Lower,
        _ if c.is_uppercase() => Sort::Upper,
        _ if c.is_alphabetic() => {
            if letters::is_cjk(c) {
                Sort::Cjk
            } else {
                Sort::Other
            }
        }
        _ if c.is_numeric() => Sort::Digit,
        _ => Sort::Sign,
    }
}

fn ratio(n: u32, of: u32) -> f32 {
    if of == 0 {
        0.0
    } else {
        small(n as usize) / small(of as usize)
    }
}

fn beginning(text: &str) -> Beginning {
    match text.chars().next() {
        Some(c) if c.is_uppercase() => Beginning::Capital,
        // not `iPhone`
        Some(c) if c.is_lowercase() && text.chars().nth(1).is_some_and(char::is_uppercase) => {
            Beginning::Capital
        }
        Some(c) if c.is_lowercase() => Beginning::Small,
        Some(c) if c.is_alphabetic() => Beginning::Letter,
        Some(c) if c.is_numeric() => Beginning::Digit,
        Some('(' | '[' | '（' | '【' | '［' | '{' | '<' | '《') => Beginning::Bracket,
        Some('-' | '–' | '—' | '―' | '•' | '*' | '·') => Beginning::Dash,
        Some(c) if letters::is_opening(c) => Beginning::Quote,
        _ => Beginning::Other,
    }
}

fn ending(text: &str) -> Ending {
    let Some(last) = text.chars().next_back() else {
        return Ending::Other;
    };
    let inside = if letters::is_closing(last) {
        letters::last_inside(text).unwrap_or(last)
    } else {
        last
    };
    match inside {
        '?' | '？' | '؟' | '\u{37e}' => Ending::Question,
        // the Greek question mark
        ';' if text
            .chars()
            .rev()
            .nth(1)
            .is_some_and(|c| matches!(c, '\u{370}'..='\u{3ff}')) =>
        {
            Ending::Question
        }
        '!' | '！' => Ending::Exclamation,
        '…' => Ending::Ellipsis,
        '.' if text.ends_with("...") => Ending::Ellipsis,
        c if letters::ends_sentence(c) => Ending::Stop,
        ':' | '：' => Ending::Colon,
        c if letters::ends_running_text(c) => Ending::RunOn,
        _ if letters::is_closing(last) => Ending::Closing,
        c if c.is_numeric() => Ending::Digit,
        c if c.is_alphabetic() => Ending::Word,
        _ => Ending::Other,
    }
}

/// The number a text begins with: `3. `, `3) `, `3: `, `3 `, `#3`, `IV. `, or in its second word: `Step 3`.
fn number(text: &str) -> u8 {
    let mut words = text
        .split([' ', '\u{a0}', '\t'])
        .filter(|word| !word.is_empty());
    let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else {
        return 0;
    };
    let digits = |word: &str| -> u8 {
        let bare = word.trim_matches(|c: char| {
            matches!(c, '.' | ')' | '(' | ':' | '#' | '-' | '–' | '：' | '、')
        });
        if bare.len() <= 2 {
            bare.parse().unwrap_or(0)
        } else {
            0
        }
    };
    let plain = digits(first);
    if plain > 0 {
        return plain;
    }
    let roman = first.strip_suffix(['.', ')', ':']).map_or(0, roman);
    if roman > 0 {
        return roman;
    }
    if second.ends_with([':', '.']) || words.next().is_none() || second.len() <= 2 {
        digits(second)
    } else {
        0
    }
}

fn roman(text: &str) -> u8 {
    const ROMAN: [&str; 12] = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII",
    ];
    ROMAN
        .iter()
        .position(|&r| r == text)
        .and_then(|i| u8::try_from(i + 1).ok())
        .unwrap_or(0)
}
