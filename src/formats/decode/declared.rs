//! The encoding that a page or an XML file says it is written in.
//! <https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding>

use encoding_rs::{Encoding as Known, UTF_8, UTF_16BE, UTF_16LE};
use memchr::memmem;

use super::{Decoded, as_decoded};

/// So far into a file it is looked for: pages saved from a browser begin with a comment.
const HEAD: usize = 4096;
/// A declaration is not obeyed when more than one of so many letters beyond ASCII make no sense by it.
const WRONG: usize = 50;

/// The encoding that is declared; never UTF-16, which could not be read to here.
pub fn encoding(bytes: &[u8]) -> Option<&'static Known> {
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let label = in_xml(&head).or_else(|| in_meta(&head))?;
    let known = Known::for_label_no_replacement(label)?;
    if known == UTF_16LE || known == UTF_16BE {
        return Some(UTF_8);
    }
    Some(known)
}

/// The text, if the bytes do not speak against their declaration. They are no valid UTF-8.
pub fn obeyed<'a>(bytes: &'a [u8], encoding: &'static Known) -> Option<Decoded<'a>> {
    if encoding == UTF_8 {
        return None;
    }
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    if has_errors {
        let letters = text.chars().filter(|c| !c.is_ascii()).count();
        let wrong = text.matches(char::REPLACEMENT_CHARACTER).count();
        if wrong * WRONG > letters {
            return None;
        }
    }
    Some(as_decoded(text, encoding))
}

/// `<?xml version="1.0" encoding="…"?>`
fn in_xml(head: &[u8]) -> Option<&[u8]> {
    let head = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = memmem::find(head, b"?>")?;
    value(&head[..end], b"encoding")
}

/// `<meta charset="…">` or `<meta http-equiv="Content-Type" content="text/html; charset=…">`
fn in_meta(head: &[u8]) -> Option<&[u8]> {
    let mut metas = memmem::find_iter(head, b"<meta").filter_map(|at| {
        let tag = &head[at + 5..];
        let end = memchr::memchr(b'>', tag).unwrap_or(tag.len());
        value(&tag[..end], b"charset")
    });
    metas.next()
}

/// What stands after `name =`, with or without quotes.
fn value<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let after = text[memmem::find(text, name)? + name.len()..].trim_ascii_start();
    let after = after.strip_prefix(b"=")?.trim_ascii_start();
    let after = after
        .strip_prefix(b"\"")
        .or(after.strip_prefix(b"'"))
        .unwrap_or(after);
    let is_end = |b: &u8| matches!(b, b'"' | b'\'' | b';' | b'/') || b.is_ascii_whitespace();
    let end = after.iter().position(is_end).unwrap_or(after.len());
    Some(&after[..end]).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::{Told, decode};

    #[track_caller]
    fn check(bytes: &[u8], expected: &str, name: &str) {
        let decoded = decode(bytes, Told::InMarkup);
        assert_eq!(
            (decoded.text.as_ref(), decoded.encoding.name()),
            (expected, name)
        );
    }

    #[test]
    fn a_declaration_is_obeyed() {
        check(
            b"<meta charset=windows-1253><p>\xe1",
            "<meta charset=windows-1253><p>α",
            "windows-1253",
        );
        check(
            b"<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=KOI8-R'>\xc1",
            "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=KOI8-R'>а",
            "KOI8-R",
        );
        check(
            b"<?xml version='1.0' encoding='iso-8859-7'?><p>\xe1</p>",
            "<?xml version='1.0' encoding='iso-8859-7'?><p>α</p>",
            "ISO-8859-7",
        );
    }

    #[test]
    fn a_wrong_declaration_is_not_obeyed() {
        let utf8 = "<meta charset=windows-1251><p>l’été</p>";
        check(utf8.as_bytes(), utf8, "UTF-8");
        let page =
            b"<meta charset=utf-8><p>L'\xe9t\xe9 est arriv\xe9, d\xe9j\xe0 \xe0 No\xebl.</p>";
        check(
            page,
            "<meta charset=utf-8><p>L'été est arrivé, déjà à Noël.</p>",
            "windows-1252",
        );
        check(
            b"<meta charset=utf-16><p>\xc3\xa9",
            "<meta charset=utf-16><p>é",
            "UTF-8",
        );
        check(
            b"<meta charset=klingon><p>\xc3\xa9",
            "<meta charset=klingon><p>é",
            "UTF-8",
        );
    }
}
