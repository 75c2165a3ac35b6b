//! Addresses that stand in running text without being marked as links: `https://…` and `www.…`.

use std::ops::Range;

use memchr::memmem;

/// No address is longer, in bytes.
const LONGEST: usize = 2048;

/// The addresses in a text: byte ranges in order, without overlap. Where one ends is told as GitHub's Markdown tells it
/// (<https://github.github.com/gfm/#autolinks-extension->): a full stop or a bracket that closes nothing is not of it.
pub fn bare(text: &str) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = memmem::find_iter(text.as_bytes(), "://")
        .filter_map(|at| scheme(text, at))
        .chain(memmem::find_iter(text.as_bytes(), "www.").filter(|&at| begins_word(text, at)))
        .collect();
    starts.sort_unstable();
    let mut found: Vec<Range<usize>> = Vec::new();
    for start in starts {
        if found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        if let Some(end) = end(text, start) {
            found.push(start..end);
        }
    }
    found
}

/// What a bare address leads to.
pub fn target(address: &str) -> String {
    let is_whole = address.contains("://");
    let target = if is_whole {
        address.to_owned()
    } else {
        format!("http://{address}")
    };
    target.replace("&amp;", "&")
}

/// Where the scheme before `://` begins, when it is one of the web's.
fn scheme(text: &str, at: usize) -> Option<usize> {
    let before = &text.as_bytes()[..at];
    let start = ["https", "http"].iter().find_map(|scheme| {
        let start = at.checked_sub(scheme.len())?;
        before[start..]
            .eq_ignore_ascii_case(scheme.as_bytes())
            .then_some(start)
    })?;
    begins_word(text, start).then_some(start)
}

fn begins_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    !before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Where the address that begins at `start` ends; `None` when nothing of it is left.
fn end(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let rest = &rest[..rest.floor_char_boundary(LONGEST)];
    let stops = |c: char| {
        matches!(
            c,
            '<' | '>' | '"' | '`' | '|' | '\\' | '[' | ']' | '{' | '}' | '^'
        ) || c.is_whitespace()
            || c.is_control()
            || !c.is_ascii() && !c.is_alphanumeric()
    };
    let mut address = &rest[..rest.find(stops).unwrap_or(rest.len())];
    let count = |c: u8| address.bytes().filter(|&b| b == c).count();
    let mut unopened = count(b')').saturating_sub(count(b'('));
    loop {
        let shorter =
            address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '\'', ';', '(']);
        let closed = shorter.strip_suffix(')').filter(|_| unopened > 0);
        match closed {
            Some(inner) => {
                unopened -= 1;
                address = inner;
            }
            None if shorter.len() == address.len() => break,
            None => address = shorter,
        }
    }
    let host = address
        .find("://")
        .map_or(address.get(4..), |at| address.get(at + 3..))?;
    let names = host.split(['/', '?', '#']).next()?;
    let is_host = names.starts_with(|c: char| c.is_alphanumeric());
    is_host.then_some(start + address.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = bare(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn addresses_end_where_the_sentence_goes_on() {
        check("see https://e.org/a_b.", &["https://e.org/a_b"]);
        check("(https://e.org/a_(b))", &["https://e.org/a_(b)"]);
        check("(see www.e.org/)), so", &["www.e.org/"]);
        check(
            "“http://e.org/?q=1&r=2”; HTTPS://E.ORG",
            &["http://e.org/?q=1&r=2", "HTTPS://E.ORG"],
        );
        check(
            "https://e.org/日本 と https://例え.jp。",
            &["https://e.org/日本", "https://例え.jp"],
        );
        check("**https://e.org/**", &["https://e.org/"]);
    }

    #[test]
    fn what_only_looks_like_one_is_none() {
        for text in [
            "http://",
            "ftp://e.org",
            "xhttp://e.org",
            "wwww.e.org",
            "a://b",
            "www.",
            "https://.",
        ] {
            check(text, &[]);
        }
        check("http://a.http://b", &["http://a.http://b"]);
    }

    #[test]
    fn a_target_has_a_scheme() {
        assert_eq!(target("www.e.org/a&amp;b"), "http://www.e.org/a&b");
        assert_eq!(target("https://e.org"), "https://e.org");
    }
}
