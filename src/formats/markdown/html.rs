//! The bits of HTML that stand in Markdown: enough to keep their text readable. Whole pages have a parser of their own.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

use memchr::memmem;

/// No tag is longer, in bytes; what is, is text.
const LONGEST: usize = 100_000;
/// No name of a character is longer.
const LONGEST_NAME: usize = 33;

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Text with its character references.
    Text(&'a str),
    Tag(Tag<'a>),
}

/// A tag.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// In small letters.
    pub name: String,
    pub is_end: bool,
    attributes: &'a str,
}

impl Tag<'_> {
    /// The value of an attribute, decoded.
    pub(super) fn attribute(&self, wanted: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/'));
            let (name, after) = rest.split_at(end.unwrap_or(rest.len()).max(1).min(rest.len()));
            let after = after.trim_start();
            let Some(value) = after.strip_prefix('=') else {
                rest = after;
                continue;
            };
            let value = value.trim_start();
            let (value, after) = match value.as_bytes().first() {
                Some(&quote @ (b'"' | b'\'')) => {
                    let inner = &value[1..];
                    let end = memchr::memchr(quote, inner.as_bytes()).unwrap_or(inner.len());
                    (&inner[..end], inner.get(end + 1..).unwrap_or_default())
                }
                _ => value.split_at(
                    value
                        .find(|c: char| c.is_ascii_whitespace())
                        .unwrap_or(value.len()),
                ),
            };
            if name.eq_ignore_ascii_case(wanted) {
                return Some(decoded(value).into_owned());
            }
            rest = after;
        }
    }
}

/// The pieces of some HTML; comments, declarations and instructions are none.
pub(super) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let start = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            if start > 0 {
                let (text, after) = rest.split_at(start);
                rest = after;
                return Some(Piece::Text(text));
            }
            if let Some(end) = unseen(rest) {
                rest = &rest[end..];
                continue;
            }
            if let Some((tag, after)) = tag(rest) {
                rest = after;
                return Some(Piece::Tag(tag));
            }
            let (text, after) = rest.split_at(1);
            rest = after;
            return Some(Piece::Text(text));
        }
    })
}

/// Where a comment, a declaration or an instruction ends that the text begins with.
fn unseen(html: &str) -> Option<usize> {
    let ends = |begin: &str, end: &str| {
        let inner = html.strip_prefix(begin)?;
        let at = memmem::find(inner.as_bytes(), end.as_bytes());
        Some(at.map_or(html.len(), |at| begin.len() + at + end.len()))
    };
    ends("<!--", "-->")
        .or_else(|| ends("<![CDATA[", "]]>"))
        .or_else(|| ends("<?", "?>"))
        .or_else(|| ends("<!", ">"))
}

/// The tag that the text begins with, and what follows it.
fn tag(html: &str) -> Option<(Tag<'_>, &str)> {
    let inner = &html[1..];
    let (is_end, inner) = inner
        .strip_prefix('/')
        .map_or((false, inner), |inner| (true, inner));
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    let (name, rest) = inner.split_at(name.unwrap_or(inner.len()));
    let mut quote = None;
    let end = rest.bytes().take(LONGEST).position(|b| {
        match (quote, b) {
            (None, b'"' | b'\'') => quote = Some(b),
            (Some(open), _) if open == b => quote = None,
            _ => {}
        }
        quote.is_none() && b == b'>'
    });
    // a quote that is not closed does not take the text with it
    let end = end.or_else(|| memchr::memchr(b'>', &rest.as_bytes()[..rest.len().min(LONGEST)]))?;
    let tag = Tag {
        name: name.to_ascii_lowercase(),
        is_end,
        attributes: &rest[..end],
    };
    Some((tag, &rest[end + 1..]))
}

/// A text with its character references (`&eacute;`) as the characters they are.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut out = text[..first].to_owned();
    let mut rest = &text[first..];
    while !rest.is_empty() {
        let next = rest
            .as_bytes()
            .iter()
            .take(LONGEST_NAME)
            .position(|&b| b == b';');
        let reference = next.map(|end| &rest[..=end]).filter(|r| r.is_ascii());
        if let Some((reference, c)) = reference.and_then(|r| Some((r, character(r)?))) {
            out.push_str(&c);
            rest = &rest[reference.len()..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
        let end = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    Cow::Owned(out)
}

/// What a reference like `&eacute;` stands for. The parser of Markdown knows them all.
fn character(reference: &str) -> Option<Cow<'static, str>> {
    let known = match reference {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&nbsp;" => "\u{a0}",
        _ => "",
    };
    if !known.is_empty() {
        return Some(Cow::Borrowed(known));
    }
    let inner = &reference[1..reference.len() - 1];
    let inner = inner.strip_prefix('#').unwrap_or(inner);
    if inner.is_empty() || !inner.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let told = Parser::new(reference).find_map(|event| match event {
        Event::Text(text) => Some(text.into_string()),
        _ => None,
    });
    told.filter(|told| !told.starts_with('&')).map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(html: &str) -> String {
        let text = |piece| match piece {
            Piece::Text(text) => decoded(text).into_owned(),
            Piece::Tag(_) => String::new(),
        };
        pieces(html).map(text).collect()
    }

    #[test]
    fn tags_and_comments_go_and_text_stays() {
        assert_eq!(
            text("<p class='a>b'>one <b>two</b><!-- <i> --> &eacute;&amp;&#x41;</p>"),
            "one two éA".replace("éA", "é&A")
        );
        assert_eq!(text("a < b <3 </ <"), "a < b <3 </ <");
        assert_eq!(text("<!-- never closed"), "");
        assert_eq!(text("<b class=\"open> text"), " text");
        assert_eq!(
            text("&nothing; & &; &#; &#xzz;"),
            "&nothing; & &; &#; &#xzz;"
        );
    }

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let tag = |html: &'static str| match pieces(html).next() {
            Some(Piece::Tag(tag)) => tag,
            other => panic!("{other:?}"),
        };
        let image = tag("<IMG alt='A boat' src=a.png data-x width = \"3\"/>");
        assert_eq!(image.name, "img");
        assert_eq!(image.attribute("alt").as_deref(), Some("A boat"));
        assert_eq!(image.attribute("src").as_deref(), Some("a.png"));
        assert_eq!(image.attribute("width").as_deref(), Some("3"));
        assert_eq!(image.attribute("href"), None);
        assert_eq!(
            tag("<a href=\"?a&amp;b\">").attribute("href").as_deref(),
            Some("?a&b")
        );
    }
}
