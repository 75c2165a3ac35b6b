//! Names in a book: where a link leads, as the name of a file of the archive.

use super::limits;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The file of the archive; never absolute, without `.` and `..`.
    pub path: String,
    /// The place in it, without the `#`.
    pub place: Option<String>,
}

/// Where a link in the file `from` leads; `None` when it leads out of the book.
pub fn target(from: &str, link: &str) -> Option<Target> {
    let link = link.trim_matches(|c: char| c.is_ascii_whitespace());
    if link.is_empty()
        || link.len() > limits::NAME * 3
        || has_scheme(link)
        || link.starts_with("//")
    {
        return None;
    }
    let (path, place) = match link.split_once('#') {
        Some((path, place)) => (path, Some(unescaped(place)).filter(|p| !p.is_empty())),
        None => (link, None),
    };
    let path = path.split('?').next().unwrap_or(path);
    let path = if path.is_empty() {
        from.to_owned()
    } else {
        joined(from, &unescaped(path))?
    };
    Some(Target { path, place })
}

/// A path relative to the file `from`, inside the archive; `None` when there is nothing left of it. `..` never leads out.
pub fn joined(from: &str, path: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let folder = match from.rsplit_once('/') {
        Some((folder, _)) if !path.starts_with('/') => folder,
        _ => "",
    };
    let mut names: Vec<&str> = Vec::new();
    for name in folder.split('/').chain(path.split('/')) {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    let path = names.join("/");
    (!path.is_empty() && path.len() <= limits::NAME).then_some(path)
}

/// Whether an address begins with a scheme: `https:`, `mailto:`, `C:`.
fn has_scheme(link: &str) -> bool {
    let Some((scheme, _)) = link.split_once(':') else {
        return false;
    };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

/// `%20` and the like undone; as it is where that makes no UTF-8.
fn unescaped(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|_| first == b'%');
        let digits = digits.and_then(|d| std::str::from_utf8(d).ok());
        if let Some(byte) = digits.and_then(|d| u8::from_str_radix(d, 16).ok()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(from: &str, link: &str, expected: Option<(&str, Option<&str>)>) {
        let expected = expected.map(|(path, place)| Target {
            path: path.to_owned(),
            place: place.map(str::to_owned),
        });
        assert_eq!(target(from, link), expected);
    }

    #[test]
    fn links_lead_to_files_of_the_archive() {
        let from = "OEBPS/text/one.xhtml";
        check(from, "two.xhtml", Some(("OEBPS/text/two.xhtml", None)));
        check(from, "#p5", Some((from, Some("p5"))));
        check(
            from,
            "../two%20b.xhtml#%C3%A9",
            Some(("OEBPS/two b.xhtml", Some("é"))),
        );
        check(from, "/abs.xhtml", Some(("abs.xhtml", None)));
        check(from, "two.xhtml?x=1#", Some(("OEBPS/text/two.xhtml", None)));
        check(from, "..\\two.xhtml", Some(("OEBPS/two.xhtml", None)));
    }

    #[test]
    fn nothing_leads_out_of_the_book() {
        let from = "OEBPS/one.xhtml";
        check(from, "../../../../etc/passwd", Some(("etc/passwd", None)));
        check(from, "%2e%2e/%2e%2e/etc/passwd", Some(("etc/passwd", None)));
        check(from, "file:///etc/passwd", None);
        check(from, "https://example.org/two.xhtml", None);
        check(from, "//example.org/two.xhtml", None);
        check(from, "mailto:a@example.org", None);
        check(from, "..", None);
        check(from, "", None);
    }

    proptest! {
        #[test]
        fn any_link_leads_nowhere_or_into_the_archive(from in "[a./]{0,8}", link in "[a-c./\\\\%2eE#:?]{0,20}") {
            if let Some(target) = target(&from, &link)
                && target.path != from
            {
                prop_assert!(!target.path.starts_with('/'));
                prop_assert!(target.path.split('/').all(|name| !matches!(name, "" | "." | "..")));
            }
        }
    }
}
