//! A block's text to its sentences and words, for moving and selecting by them.

mod abbreviations;
mod language;
mod stop;
mod word;

use std::ops::Range;

use language::{Language, Role};
use stop::{Ending, Next, is_stop};

pub use word::words;

/// Longer words are no abbreviations. In bytes, as are the others.
const LONGEST_ABBREVIATION: usize = 24;

/// How far before a closing bracket its opening one is looked for.
const LONGEST_BRACKET: usize = 256;

/// The sentences of a text: byte ranges in order, without the white space between them. Together they hold all that is
/// not white space. `language` is an ISO 639-1 code, with or without a region; without one, what is an abbreviation in
/// any language and a word in none is taken for one.
///
/// A sentence ends where Unicode's rules ([UAX #29](https://unicode.org/reports/tr29/#Sentence_Boundaries)) end it, at the
/// end of a line and at a tab, with these differences: an abbreviation ends none, an ellipsis may; the quotation marks,
/// brackets and signs of footnotes behind the full stop are of the sentence, even behind a space; and what goes on in
/// small letters is the same sentence, whatever stands before it. Works in linear time.
pub fn sentences(text: &str, language: Option<&str>) -> Vec<Range<usize>> {
    let language = Language::of(language);
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(ends_line) {
        let sentences = line_sentences(line, language);
        found.extend(
            sentences
                .into_iter()
                .map(|s| start + s.start..start + s.end),
        );
        start += line.len();
    }
    found
}

/// A tab parts the cells of a table.
const fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn line_sentences(line: &str, language: Language) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = skip_space(line, 0);
    let mut at = start;
    let mut has_word = false;
    while let Some(stop) = line[at..].find(|c| is_stop(c, language)) {
        has_word = has_word || line[at..at + stop].chars().any(char::is_alphanumeric);
        let ending = Ending::at(line, at + stop, language);
        at = ending.end;
        if has_word && ends(line, start, &ending, language) {
            found.push(start..ending.end);
            start = skip_space(line, ending.end);
            at = start;
            has_word = false;
        }
    }
    let end = line.trim_end().len();
    if start < end {
        has_word = has_word || line[at..end].chars().any(char::is_alphanumeric);
        match found.last_mut() {
            Some(last) if !has_word => last.end = end,
            _ => found.push(start..end),
        }
    }
    found
}

fn skip_space(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

/// Whether a sentence that begins at `start` is over after its stop.
fn ends(line: &str, start: usize, ending: &Ending, language: Language) -> bool {
    let next = Next::after(line, ending);
    match next {
        Next::End => return true,
        Next::Same => return false,
        Next::Mark | Next::Number(_) | Next::Word(_) => {}
    }
    let before = &line[start..ending.stop];
    if ending.in_brackets && is_aside(before) {
        return false;
    }
    match &line[ending.stop..ending.stops_end] {
        "." if !ending.is_stopped_again => !goes_on(before, &next, language),
        "!" => !NAMES.contains(&last_word(before)),
        _ => true,
    }
}

/// Names that are written with an exclamation mark.
const NAMES: &[&str] = &["Jeopardy", "Joomla", "Yahoo", "Yum"];

/// Whether a sentence that is not over yet has an open bracket that is not its first character: what stands in it is said
/// by the way, and a full stop in there does not end what is around it.
fn is_aside(sentence: &str) -> bool {
    let tail = tail(sentence, LONGEST_BRACKET);
    let mut closed = 0;
    for (at, c) in tail.char_indices().rev() {
        match c {
            ')' | ']' | '）' => closed += 1,
            '(' | '[' | '（' if closed > 0 => closed -= 1,
            '(' | '[' | '（' => return tail.len() < sentence.len() || at > 0,
            _ => {}
        }
    }
    false
}

/// At most the last so many bytes.
fn tail(text: &str, bytes: usize) -> &str {
    &text[text.ceil_char_boundary(text.len().saturating_sub(bytes))..]
}

/// What stands before a full stop, up to the white space before it and without the opening marks.
fn last_word(before: &str) -> &str {
    let tail = tail(before, LONGEST_ABBREVIATION + 4);
    let word = tail
        .rfind(char::is_whitespace)
        .map_or(tail, |at| tail[at..].trim_start());
    let part = word
        .rfind(['\'', '’', '/', '(', '['])
        .map_or(word, |at| &word[word.ceil_char_boundary(at + 1)..]);
    // `l’art` has an abbreviation, `isn’t` has none
    let is_ending = part.len() == 1 && part.bytes().all(|b| b.is_ascii_lowercase());
    let word = if is_ending { word } else { part };
    word.trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// Whether the full stop behind `before` is one of an abbreviation, an initial, an ordinal or the number of a heading,
/// and the sentence goes on behind it.
fn goes_on(before: &str, next: &Next, language: Language) -> bool {
    let word = last_word(before);
    if word.is_empty() || word.len() > LONGEST_ABBREVIATION {
        return false;
    }
    let is_alone = before.len() < 16 && before.ends_with(word) && {
        let lead = &before[..before.len() - word.len()];
        !lead.chars().any(char::is_alphanumeric)
    };
    if word.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return (is_alone && word.len() <= 6) || is_ordinal(before, word, next, language);
    }
    let spaced = with_words_before(before, word);
    let role = spaced
        .as_deref()
        .and_then(|whole| language.role(whole))
        .or_else(|| language.role(word));
    match role {
        Some(Role::Leads) => return true,
        Some(Role::Numbers) if next.is_number() => return true,
        Some(Role::Either) => return !next.starts_sentence(language),
        Some(Role::Ends) => return false,
        Some(Role::Numbers) | None => {}
    }
    if is_roman(word) {
        return is_alone || (language.has_ordinals() && !next.starts_sentence(language));
    }
    let is_initial = is_initial(word);
    if !is_initial && spaced.is_none() && !is_acronym(word) {
        return false;
    }
    let is_name = (is_initial || word.contains('-')) && word.starts_with(char::is_uppercase);
    (is_initial && is_alone) || !next.starts_sentence(language) || (is_name && next.is_particle())
}

/// `3.` in `am 3. Oktober`, `im 19. Jahrhundert` and `3. 10. 1990`.
fn is_ordinal(before: &str, number: &str, next: &Next, language: Language) -> bool {
    if number.len() > 2 || number.contains('.') {
        return false;
    }
    let lead = before[..before.len() - number.len()].trim_end();
    match *next {
        Next::End | Next::Same | Next::Mark => false,
        Next::Number(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let day = lead.strip_suffix('.').map_or("", last_word);
            (digits <= 2 && rest[digits..].starts_with('.'))
                || (digits == 4 && !day.is_empty() && day.bytes().all(|b| b.is_ascii_digit()))
        }
        Next::Word(rest) => {
            let is_led = language.has_bare_ordinals() || language.leads_ordinal(last_word(lead));
            language.is_counted(word_at(rest)) || (is_led && !language.starts_sentence(rest))
        }
    }
}

/// The letters at the start of a text, at most [`LONGEST_ABBREVIATION`].
fn word_at(text: &str) -> &str {
    let end = text
        .char_indices()
        .find(|&(i, c)| i + c.len_utf8() > LONGEST_ABBREVIATION || !c.is_alphabetic())
        .map_or(text.len(), |(i, _)| i);
    &text[..end]
}

/// `z.B` of `z. B` and `J.R.R` of `J. R. R`: a short word with the shorter ones before it, when there are any, up to
/// three in all.
fn with_words_before(before: &str, word: &str) -> Option<String> {
    if word.chars().nth(3).is_some() {
        return None;
    }
    let end = before.len() - word.len();
    let mut start = end;
    for _ in 0..2 {
        let rest = before[..start].trim_end_matches([' ', '\u{A0}', '\u{202F}', '\u{2009}']);
        let Some(lead) = rest.strip_suffix('.').filter(|_| start - rest.len() < 4) else {
            break;
        };
        let previous = last_word(lead);
        let is_short = !previous.is_empty() && previous.chars().nth(2).is_none();
        if !is_short || !previous.chars().all(char::is_alphabetic) {
            break;
        }
        start = lead.len() - previous.len();
    }
    (start < end).then(|| before[start..].split_whitespace().collect())
}

/// One letter of a script that has abbreviations.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next()), (Some(c), None) if c.is_alphabetic() && !stop::is_ideograph(c))
}

/// `U.S`, `S.p.A`, `J.-C`.
fn is_acronym(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let part = part.trim_start_matches('-');
            (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
        })
}

/// A Roman number below 40 of more than one letter: that of a king, a century, a chapter.
fn is_roman(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

#[cfg(test)]
mod tests;
