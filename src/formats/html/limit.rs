//! What of a very large page is read.

use std::borrow::Cow;

use memchr::memmem;

/// A page is read up to here, pictures that are in the page itself not counted.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Smaller pages are read as they are.
const LARGE: usize = 1024 * 1024;
/// A picture in the page of fewer bytes than this is not looked for.
const SMALL: usize = 512;

/// A tag has at most so many attributes: html5ever takes time by the square of how many there are.
const MAX_ATTRIBUTES: usize = 200;
/// A shorter tag cannot have that many.
const SHORT_TAG: usize = 2 * MAX_ATTRIBUTES;

/// A page without the data of the pictures in it, cut at 32 MB; and whether it was cut.
pub fn bounded(text: &str) -> (Cow<'_, str>, bool) {
    let (text, is_cut) = cut(text);
    match text {
        Cow::Borrowed(text) => (with_few_attributes(text), is_cut),
        Cow::Owned(text) => {
            let few = match with_few_attributes(&text) {
                Cow::Borrowed(_) => None,
                Cow::Owned(few) => Some(few),
            };
            (Cow::Owned(few.unwrap_or(text)), is_cut)
        }
    }
}

fn cut(text: &str) -> (Cow<'_, str>, bool) {
    if text.len() < LARGE {
        return (Cow::Borrowed(text), false);
    }
    let text = without_data(text);
    if text.len() <= MAX_BYTES {
        return (text, false);
    }
    let end = text.floor_char_boundary(MAX_BYTES);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    };
    (text, true)
}

/// A page without what follows each `;base64,`.
fn without_data(text: &str) -> Cow<'_, str> {
    let is_data =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'%');
    let mut out = String::new();
    let mut done = 0;
    for at in memmem::find_iter(text.as_bytes(), b";base64,") {
        let start = at + b";base64,".len();
        if start < done {
            continue;
        }
        let length = text.as_bytes()[start..]
            .iter()
            .take_while(|byte| is_data(byte))
            .count();
        if length >= SMALL {
            out.push_str(&text[done..start]);
            done = start + length;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// A page in which tags with too many attributes have lost those that are too many.
fn with_few_attributes(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let mut done = 0;
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'<', &bytes[at..]).map(|i| at + i) {
        at = start + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let near = &bytes[at..(at + SHORT_TAG).min(bytes.len())];
        if let Some(end) = memchr::memchr3(b'>', b'"', b'\'', near)
            && near[end] == b'>'
        {
            at += end;
            continue;
        }
        let tag = Tag::of(bytes, at);
        if let Some(too_many) = tag.too_many {
            out.push_str(&text[done..too_many]);
            done = tag.end;
        }
        at = tag.end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

/// A tag, as far as it is looked at: where what is too much in it begins, and where its `>` is.
struct Tag {
    too_many: Option<usize>,
    end: usize,
}

impl Tag {
    /// Reads a tag behind its `<`. <https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state>
    fn of(bytes: &[u8], start: usize) -> Self {
        let is_space = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | 0x0c | b'\r' | b'/');
        let while_is = |at: usize, is: &dyn Fn(&u8) -> bool| {
            at + bytes[at..].iter().take_while(|b| is(b)).count()
        };
        let mut too_many = None;
        let mut at = while_is(start, &|b| !is_space(b) && *b != b'>');
        for count in 0.. {
            at = while_is(at, &is_space);
            if matches!(bytes.get(at), None | Some(b'>')) {
                break;
            }
            if count == MAX_ATTRIBUTES {
                too_many = Some(at);
            }
            // a name may begin with "="
            at = while_is(at + 1, &|b| !is_space(b) && !matches!(b, b'>' | b'='));
            let equals = while_is(at, &|b| is_space(b) && *b != b'/');
            if bytes.get(equals) != Some(&b'=') {
                continue;
            }
            at = while_is(equals + 1, &|b| is_space(b) && *b != b'/');
            at = match bytes.get(at) {
                Some(quote @ (b'"' | b'\'')) => {
                    let close = memchr::memchr(*quote, &bytes[at + 1..]);
                    close.map_or(bytes.len(), |i| at + 1 + i + 1)
                }
                _ => while_is(at, &|b| {
                    !matches!(b, b' ' | b'\t' | b'\n' | 0x0c | b'\r' | b'>')
                }),
            };
        }
        Self { too_many, end: at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_in_a_large_page_are_not_read() {
        let picture = format!(
            "<p>before<img src=\"data:image/png;base64,{}\">after",
            "QUJD".repeat(400_000)
        );
        let (text, is_cut) = bounded(&picture);
        assert_eq!(text, "<p>before<img src=\"data:image/png;base64,\">after");
        assert!(!is_cut);
    }

    #[test]
    fn a_tag_has_only_so_many_attributes() {
        let many = " a='>'".repeat(300);
        let few = " a='>'".repeat(MAX_ATTRIBUTES);
        let page = format!("<p{many}>x<b{many}>y</b>");
        let (text, _) = bounded(&page);
        assert_eq!(text, format!("<p{few} >x<b{few} >y</b>"));
        let open = format!("x <p a='{}", "b ".repeat(400));
        assert_eq!(bounded(&open).0, open);
    }

    #[test]
    fn a_page_is_cut_between_two_characters() {
        let page = format!("a{}", "é".repeat(MAX_BYTES / 2 + 9));
        let (text, is_cut) = bounded(&page);
        assert!(is_cut && text.len() <= MAX_BYTES && text.len() + 2 > MAX_BYTES);
    }
}
