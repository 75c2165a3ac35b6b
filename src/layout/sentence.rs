//! A block of text cut into sentences and words, as passages are selected by them.
//!
//! Sentences end where [UAX #29](https://www.unicode.org/reports/tr29/#Sentence_Boundaries) ends them, but for what it
//! cannot know: abbreviations, initials, numbers that count, and speech that a narrator goes on from.

mod abbreviations;

use std::ops::Range;
use std::sync::LazyLock;

use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_segmentation::UnicodeSegmentation;

use abbreviations::{is_abbreviation, is_counted, is_starter};

/// Knows where words end that have no spaces between them: Thai, Lao, Khmer, Burmese.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_lstm(WordBreakInvariantOptions::default()));

/// An acronym has so many letters between its stops at most.
const ACRONYM: usize = 3;

/// The sentences of a text, in order and without the white space around them: together they hold everything else.
/// `language` is an ISO 639-1 code.
pub fn sentences(text: &str, language: Option<&str>) -> Vec<Range<usize>> {
    let language = language.and_then(|code| code.split(['-', '_']).next());
    let mut sentences = Vec::new();
    let mut start = 0;
    // a line that is kept, or a cell of a table, ends what stands in it
    for line in text.split_inclusive(['\n', '\t']) {
        let end = start + line.len();
        sentences_of(text, start..end, language, &mut sentences);
        start = end;
    }
    sentences
}

/// The words of a text, in order, without the punctuation around them; those joined by a hyphen are one.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let pieces: Vec<Range<usize>> = if text.chars().any(is_unspaced) {
        let bounds: Vec<usize> = SEGMENTER.segment_str(text).collect();
        let has_letters =
            |piece: &Range<usize>| text[piece.clone()].contains(char::is_alphanumeric);
        let pieces = bounds.windows(2).map(|pair| pair[0]..pair[1]);
        pieces.filter(has_letters).collect()
    } else {
        let words = text.unicode_word_indices();
        words.map(|(at, word)| at..at + word.len()).collect()
    };
    let mut words: Vec<Range<usize>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match words.last_mut() {
            Some(last) if matches!(&text[last.end..piece.start], "-" | "‐" | "‑") => {
                last.end = piece.end;
            }
            Some(_) | None => words.push(piece),
        }
    }
    words
}

/// Whether a character is of a script that has no spaces between its words.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

fn sentences_of(
    text: &str,
    line: Range<usize>,
    language: Option<&str>,
    sentences: &mut Vec<Range<usize>>,
) {
    let own = sentences.len();
    let mut start = line.start;
    for end in ends(text, line) {
        let trimmed = text[start..end].trim_end();
        let piece = start + (trimmed.len() - trimmed.trim_start().len())..start + trimmed.len();
        start = end;
        if piece.is_empty() {
            continue;
        }
        match sentences[own..].last_mut() {
            Some(last) if goes_on(text, last, &piece, language) => last.end = piece.end,
            Some(_) | None => sentences.push(piece),
        }
    }
}

/// Where sentences of a line may end: as Unicode has it, behind what closes them, and behind an ellipsis.
fn ends(text: &str, line: Range<usize>) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let bounds = text[line.clone()].split_sentence_bound_indices();
    for (at, piece) in bounds {
        let start = line.start + at;
        let end = start + piece.len();
        // what Unicode gives to the next sentence although it closes this one
        let closing = closing(&text[..start], piece);
        if let Some(last) = ends.last_mut().filter(|_| closing > 0) {
            *last = start + closing;
        }
        let ellipsis = |(i, _): (usize, &str)| {
            let after = &piece[i + "…".len()..];
            let rest = after.trim_start();
            let begins = rest.trim_start_matches(is_quote).chars().next();
            let is_end = rest.len() < after.len() && begins.is_some_and(char::is_uppercase);
            is_end.then(|| end - rest.len())
        };
        ends.extend(piece.match_indices('…').filter_map(ellipsis));
        // … and the reverse: a bracket opens what follows
        let rest = piece.trim_end_matches(['「', '『', '（', '【', '《', '[', '(', '“', '„']);
        let opens = rest.ends_with(['.', '!', '?', '。', '！', '？']) && end < line.end;
        ends.push(if opens { start + rest.len() } else { end });
    }
    ends.dedup();
    ends
}

/// How many bytes at the beginning of a piece close what stands before it: the rest of a quotation, the sign of a note.
fn closing(before: &str, piece: &str) -> usize {
    if before.ends_with('[') {
        let digits = piece.trim_start_matches(|c: char| c.is_ascii_digit());
        if digits.len() < piece.len() && digits.starts_with(']') {
            return piece.len() - digits.len() + 1;
        }
    }
    let is_spaced = before.ends_with(char::is_whitespace);
    let mut length = 0;
    for c in piece.chars() {
        let after = piece[length + c.len_utf8()..].chars().next();
        let is_apart =
            after.is_none_or(|c| c.is_whitespace() || (!c.is_alphanumeric() && !is_quote(c)));
        let closes = match c {
            '¹' | '²' | '³' | '⁰'..='⁹' => !is_spaced,
            ')' | ']' | '»' | '”' | '」' | '』' => is_apart,
            '«' | '“' | '"' => is_apart && !is_spaced,
            _ => false,
        };
        if !closes {
            break;
        }
        length += c.len_utf8();
    }
    length
}

const fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '«' | '»' | '“' | '”' | '„' | '‘' | '’' | '‚' | '(' | '[' | '¿' | '¡'
    ) || c == '—'
}

/// Whether a sentence goes on with the next piece.
fn goes_on(
    text: &str,
    sentence: &Range<usize>,
    next: &Range<usize>,
    language: Option<&str>,
) -> bool {
    let (before, after) = (&text[sentence.clone()], &text[next.clone()]);
    let first = after.chars().next();
    // « Oui ! » dit-il.
    if first.is_some_and(char::is_lowercase) {
        return !before.ends_with(['。', '！', '？']);
    }
    let Some(stem) = before.strip_suffix('.') else {
        return false;
    };
    if sentence.end == next.start {
        return first.is_some_and(char::is_alphanumeric);
    }
    let is_around = |c: char| c.is_whitespace() || is_quote(c);
    let word = stem.rsplit(is_around).next().unwrap_or_default();
    let follows = after.trim_start_matches(is_quote);
    let follows = follows
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    if word.is_empty() {
        return false;
    }
    if word.chars().all(|c| c.is_ascii_digit()) {
        // the number of an item, or of a day
        return word.len() == stem.len() && word.len() <= 3 || is_counted(follows, language);
    }
    let mut letters = word.chars();
    if let (Some(letter), None) = (letters.next(), letters.next()) {
        return letter.is_alphabetic() && (letter.is_uppercase() || letter.is_lowercase());
    }
    let lower = word.to_lowercase();
    if is_abbreviation(&lower, language) {
        let is_number = follows.starts_with(|c: char| c.is_ascii_digit());
        return is_number || lower != "no" && !is_starter(follows, language);
    }
    let is_short = |part: &str| {
        (1..=ACRONYM).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
    };
    word.contains('.') && word.split('.').all(is_short) && !is_starter(follows, language)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text whose sentences are those between the bars.
    #[track_caller]
    fn check(language: &str, barred: &str) {
        let expected: Vec<&str> = barred.split('|').map(str::trim).collect();
        let text = barred.replace('|', "");
        let language = Some(language).filter(|code| !code.is_empty());
        let found: Vec<&str> = sentences(&text, language)
            .into_iter()
            .map(|it| &text[it])
            .collect();
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn check_words(text: &str, expected: &[&str]) {
        let found: Vec<&str> = words(text).into_iter().map(|it| &text[it]).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn abbreviations_end_no_sentence() {
        check(
            "fr",
            "M. Lavrov est parti hier.| Mme. Dupont reste. |Il pleut.",
        );
        check("fr", "Voir p. 12 et chap. 3 du livre.| Il a 3 ans.");
        check(
            "de",
            "Das gilt z. B. in Bern, d. h. überall. |Nr. 5 lebt. |Am 3. Oktober regnet es.",
        );
        check(
            "de",
            "Dr. Meier kam um 10.30 Uhr. |Prof. Huber vgl. Abb. 3 nicht.",
        );
        check("de", "Es waren nur 3. |Andere kamen nicht.");
        check(
            "en",
            "The U.S. Army left. |Mr. Smith of St. Ives stayed, e.g. in No. 5.",
        );
        check(
            "en",
            "He lives in the U.S. |He likes it. |J. R. R. Tolkien wrote it at 5 a.m. |Then he slept.",
        );
        check(
            "en",
            "They sold pens, ink, etc. |The shop closed. |Acme Inc. Paris is another.",
        );
        check(
            "es",
            "El Sr. Gómez vive en EE. UU. desde 1990. |¿Y tú? |¡No!",
        );
        check("ru", "В 1990 г. Москва была другой, т. е. тихой. |Он ушёл.");
        check("pl", "To np. Kraków. |Prof. Nowak przyszedł.");
        check("", "Dr. Who came. |Prof. Plum left.");
    }

    #[test]
    fn what_closes_a_sentence_belongs_to_it() {
        check(
            "fr",
            "« Oui ! » dit-il. |« Non. » |Elle sourit\u{a0}! |Quoi\u{202f}?",
        );
        check(
            "en",
            "“Stop!” he said. |“Why?” |She left (in a hurry.) |It rained.[1] |So it went.² |End.",
        );
        check("de", "»Ja.« |»Nein!«, sagte er. |Er ging.");
        check("ja", "雨が降る。|「そうだ。」|彼は言った。");
        check("ar", "هل أنت هنا؟ |نعم.");
        check("hi", "यह एक वाक्य है। |यह दूसरा है।");
    }

    #[test]
    fn an_ellipsis_ends_a_sentence_before_a_capital() {
        check("fr", "Il attendit… |Puis il partit… sans bruit.");
        check("en", "Well... |No. |She waited... and left.");
    }

    #[test]
    fn numbers_names_and_addresses_are_not_cut() {
        check(
            "en",
            "Version 1.2.3 of foo.Bar is at www.example.com/A.b?c=D now. |Yahoo! said so. |Pi is 3.14.",
        );
        check("en", "1. First of all. |2. Then.");
    }

    #[test]
    fn lines_and_cells_are_apart() {
        check("en", "one line\n|and another\t|a cell\n");
        assert_eq!(sentences(" \n\t ", None), Vec::<Range<usize>>::new());
        check("", "…");
    }

    #[test]
    fn words_have_no_signs_around_them() {
        check_words(
            "« L’été, well-known (it’s) 3.14 — e-mail! »",
            &["L’été", "well-known", "it’s", "3.14", "e-mail"],
        );
        check_words("漢字 かな", &["漢", "字", "か", "な"]);
        check_words("… — !", &[]);
        let thai = words("ภาษาไทยง่ายนิดเดียว");
        assert!(
            thai.len() > 2 && thai.iter().all(|word| word.len() > 3),
            "{thai:?}"
        );
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_left_out(
            text in "([A-Za-z]{1,4}|[.!?…»«\"() \u{a0}\n\t\\[\\]1²]|漢|。|ไ|\u{301}){0,40}",
            language in prop::option::of(prop::sample::select(vec!["en", "fr", "de", "th"])),
        ) {
            let found = sentences(&text, language);
            let mut at = 0;
            for it in &found {
                prop_assert!(text[at..it.start].trim().is_empty(), "{text:?} {found:?}");
                prop_assert!(!text[it.clone()].trim().is_empty());
                at = it.end;
            }
            prop_assert!(text[at..].trim().is_empty());
            let mut at = 0;
            for word in words(&text) {
                prop_assert!(at <= word.start && word.start < word.end);
                prop_assert!(!text[word.clone()].trim().is_empty());
                at = word.end;
            }
        }

        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,60}") {
            sentences(&text, None);
            words(&text);
        }
    }
}
