//! The address that leads to a passage on its web page: the text directive of
//! [URL Fragment Text Directives](https://wicg.github.io/scroll-to-text-fragment/).

use std::fmt::Write;

use super::Quote;

/// Of a passage with more words, only those at its beginning and its end are named.
const MAX_WORDS: usize = 16;
/// So many of them at each end.
const END_WORDS: usize = 5;
/// How many words of the surroundings are named.
const AROUND_WORDS: usize = 4;

/// The address of a passage of the page that has this one; `None` for a passage without words.
pub fn link(url: &str, quote: &Quote) -> Option<String> {
    Some(format!("{}:~:{}", with_hash(url), directive(quote)?))
}

/// The directive follows what is behind the `#`, if anything is.
fn with_hash(url: &str) -> String {
    let url = url.split(":~:").next().unwrap_or(url);
    let hash = if url.contains('#') { "" } else { "#" };
    format!("{url}{hash}")
}

/// `text=prefix-,start,end,-suffix`; `None` for a passage without words.
fn directive(quote: &Quote) -> Option<String> {
    let words: Vec<&str> = quote.exact.split_whitespace().collect();
    let mut directive = "text=".to_owned();
    // the first and the last word of the surroundings may be cut
    let before = quote.prefix.rsplit('\n').next().unwrap_or_default();
    let before = before
        .split_once(char::is_whitespace)
        .map_or("", |(_, b)| b);
    let before: Vec<&str> = before.split_whitespace().collect();
    let before = &before[before.len().saturating_sub(AROUND_WORDS)..];
    if !before.is_empty() {
        directive.push_str(&term(&before.join(" ")));
        directive.push_str("-,");
    }
    // a term does not reach over blocks
    if words.len() > MAX_WORDS || quote.exact.trim().contains('\n') {
        let mut lines = quote.exact.trim().lines();
        let first: Vec<&str> = lines.next()?.split_whitespace().collect();
        let last: Vec<&str> = lines
            .next_back()
            .map_or(first.clone(), |line| line.split_whitespace().collect());
        let ends = (END_WORDS.min(first.len()), END_WORDS.min(last.len()));
        directive.push_str(&term(&first[..ends.0].join(" ")));
        directive.push(',');
        directive.push_str(&term(&last[last.len() - ends.1..].join(" ")));
    } else {
        words.first()?;
        directive.push_str(&term(&words.join(" ")));
    }
    let after = quote.suffix.split('\n').next().unwrap_or_default();
    let after = after
        .rsplit_once(char::is_whitespace)
        .map_or("", |(a, _)| a);
    let after: Vec<&str> = after.split_whitespace().take(AROUND_WORDS).collect();
    if !after.is_empty() {
        directive.push_str(",-");
        directive.push_str(&term(&after.join(" ")));
    }
    Some(directive)
}

/// A text in a directive, where `-` means something, too.
fn term(text: &str) -> String {
    encoded(text).replace('-', "%2D")
}

/// A text as a part of an address: all but letters, digits, `.`, `_`, `~` and `-` is encoded.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'~' | b'-') {
            encoded.push(char::from(byte));
        } else {
            write!(encoded, "%{byte:02X}").expect("a string takes anything");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Position;

    #[track_caller]
    fn check(prefix: &str, exact: &str, suffix: &str, expected: &str) {
        let quote = Quote {
            exact: exact.into(),
            prefix: prefix.into(),
            suffix: suffix.into(),
            hint: Position::default(),
        };
        assert_eq!(directive(&quote).as_deref(), Some(expected));
    }

    #[test]
    fn a_passage_is_named_with_a_few_words_around_it() {
        check(
            "ut the first word is cut: The wind is ",
            "the only gardener",
            " here, and it prunes every",
            "text=cut%3A%20The%20wind%20is-,the%20only%20gardener,-here%2C%20and%20it%20prunes",
        );
        check(
            "",
            "été, well-known & so",
            "",
            "text=%C3%A9t%C3%A9%2C%20well%2Dknown%20%26%20so",
        );
        check("end of the block.\n", "A line", "\nnext", "text=A%20line");
    }

    #[test]
    fn of_a_long_passage_the_ends_are_named() {
        let long = (1..=30)
            .map(|i| i.to_string())
            .collect::<Vec<_>>()
            .join(" ");
        check(
            "",
            &long,
            "",
            "text=1%202%203%204%205,26%2027%2028%2029%2030",
        );
        check("", "one\ntwo\nthree", "", "text=one,three");
    }

    #[test]
    fn an_address_may_have_a_fragment_already() {
        assert_eq!(with_hash("https://a.example/x"), "https://a.example/x#");
        assert_eq!(with_hash("https://a.example/x#s"), "https://a.example/x#s");
        assert_eq!(
            with_hash("https://a.example/#:~:text=old"),
            "https://a.example/#"
        );
        let nothing = Quote {
            exact: " \n".into(),
            prefix: String::new(),
            suffix: String::new(),
            hint: Position::default(),
        };
        assert_eq!(link("https://a.example/x", &nothing), None);
        let words = Quote {
            exact: "words".into(),
            ..nothing
        };
        let expected = "https://a.example/x#:~:text=words";
        assert_eq!(
            link("https://a.example/x", &words).as_deref(),
            Some(expected)
        );
    }
}
