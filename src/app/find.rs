//! Words looked for in a text: without regard to case and accents unless the words say otherwise.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::query::Words;

/// A pattern that is longer than this is cut.
const MAX_CHARACTERS: usize = 200;

/// What to look for.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
}

impl Pattern {
    /// The pattern of what was typed; `None` when that is nothing. A capital makes case count; a letter typed with an
    /// accent stands for itself alone, one without for all its accented forms. White space matches any white space,
    /// line ends and no-break spaces too; straight quotes match curly ones.
    pub fn new(typed: &str) -> Option<Self> {
        let typed: String = typed.nfc().take(MAX_CHARACTERS).collect();
        let typed = typed.trim();
        if typed.is_empty() {
            return None;
        }
        let mut source = String::new();
        let mut in_space = false;
        for c in typed.chars() {
            if c.is_whitespace() {
                if !in_space {
                    source.push_str(r"\s+");
                }
            } else {
                push_class(&mut source, c);
            }
            in_space = c.is_whitespace();
        }
        let regex = RegexBuilder::new(&source)
            .case_insensitive(!typed.chars().any(char::is_uppercase))
            .build()
            .ok()?;
        Some(Self { regex })
    }

    /// The pattern of words that a query asks for: any of them, whole where their script parts words, without regard to
    /// case and accents. `None` without words.
    pub fn of_words(words: &[&Words]) -> Option<Self> {
        let sources: Vec<String> = words.iter().filter_map(|words| source_of(words)).collect();
        if sources.is_empty() {
            return None;
        }
        let regex = RegexBuilder::new(&sources.join("|"))
            .case_insensitive(true)
            .build()
            .ok()?;
        Some(Self { regex })
    }

    /// Where the text has it: byte ranges, in order, never empty.
    pub fn find_in<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.regex.find_iter(text).map(|hit| hit.range())
    }

    /// The first hit that starts at `from` or later.
    pub fn find_from(&self, text: &str, from: usize) -> Option<Range<usize>> {
        self.regex.find_at(text, from).map(|hit| hit.range())
    }

    /// Whether the text has it.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// What finds these words: between them any signs, at their ends no other letters.
fn source_of(words: &Words) -> Option<String> {
    // folding takes syllables of Korean apart
    let text: String = words.folded().nfc().take(MAX_CHARACTERS).collect();
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let (first, last) = (text.chars().next()?, text.chars().next_back()?);
    let mut source = String::new();
    if is_spaced(first) {
        source.push_str(r"\b");
    }
    let mut is_between = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            push_class(&mut source, c);
        } else if !is_between {
            source.push_str(r"[^\p{L}\p{N}]+");
        }
        is_between = !c.is_alphanumeric();
    }
    if words.is_start() {
        source.push_str(r"\w*");
    } else if is_spaced(last) {
        source.push_str(r"\b");
    }
    Some(source)
}

/// Whether a letter is of a script that puts spaces between words.
const fn is_spaced(c: char) -> bool {
    matches!(c, '\0'..='\u{dff}' | '\u{10a0}'..='\u{1fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn push_class(source: &mut String, c: char) {
    let same: &str = match c {
        '\'' | '’' | '‘' => "'’‘",
        '"' | '“' | '”' | '„' | '«' | '»' => "\"“”„«»",
        '-' | '‐' | '‑' => r"\-‐‑",
        _ => match ACCENTED.get(&c) {
            Some(all) => all,
            None => {
                source.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
                return;
            }
        },
    };
    source.push('[');
    source.push_str(same);
    source.push(']');
}

/// A letter without accents, and itself with all its accented forms.
static ACCENTED: LazyLock<HashMap<char, String>> = LazyLock::new(|| {
    let mut forms: HashMap<char, String> = HashMap::new();
    let blocks = [
        '\u{C0}'..='\u{24F}',
        '\u{370}'..='\u{45F}',
        '\u{1E00}'..='\u{1FFF}',
    ];
    for c in blocks.into_iter().flatten() {
        let mut parts = std::iter::once(c).nfd();
        let Some(base) = parts
            .next()
            .filter(|base| *base != c && base.is_alphabetic())
        else {
            continue;
        };
        if parts.all(is_combining_mark) {
            forms
                .entry(base)
                .or_insert_with(|| base.to_string())
                .push(c);
        }
    }
    forms
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::query::{Over, Query};

    #[track_caller]
    fn check(typed: &str, text: &str, expected: &[&str]) {
        let pattern = Pattern::new(typed).expect("a pattern");
        let found: Vec<_> = pattern.find_in(text).map(|r| &text[r]).collect();
        assert_eq!(found, expected, "{typed}");
    }

    #[test]
    fn case_and_accents_count_only_when_typed() {
        check("ete", "L’été, ETE, étêté", &["été", "ETE", "étê"]);
        check("été", "ete été ÉTÉ", &["été", "ÉTÉ"]);
        check("Ete", "ete Ete Eté ETE", &["Ete", "Eté"]);
        check("й", "и Й", &["Й"]);
    }

    #[test]
    fn spaces_and_quotes_of_all_kinds_are_alike() {
        check(
            "l'hiver dernier !",
            "l’hiver\ndernier\u{202F}!",
            &["l’hiver\ndernier\u{202F}!"],
        );
        check("a.b", "axb a.b", &["a.b"]);
    }

    #[track_caller]
    fn check_words(query: &str, text: &str, expected: &[&str]) {
        let query = Query::parse(query, Over::Texts).expect("a query");
        let pattern = Pattern::of_words(&query.words()).expect("a pattern");
        let found: Vec<_> = pattern.find_in(text).map(|r| &text[r]).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn the_words_of_a_query_are_found_whole() {
        check_words("lamp -oil", "Lamp, lamps, oil, lámp", &["Lamp", "lámp"]);
        check_words("lamp*", "a lamplighter’s clamp", &["lamplighter"]);
        check_words(
            "\"oil lamp\" OR été",
            "oil, lamp; Ete",
            &["oil, lamp", "Ete"],
        );
        check_words("中文", "说中文的人", &["中文"]);
        check_words("한국어", "한국어 기사", &["한국어"]);
        check_words("l’été", "l'ete", &["l'ete"]);
        let none = Query::parse("is:read -lamp", Over::Texts).expect("a query");
        assert!(Pattern::of_words(&none.words()).is_none());
    }

    #[test]
    fn nothing_typed_is_no_pattern() {
        assert!(Pattern::new("  ").is_none());
    }
}
