//! What a file is written in: told by its content first, by its name where that says nothing, and what is no article
//! called by its name.

use std::borrow::Cow;
use std::path::Path;

use memchr::memmem;

use super::decode::{self, Told};
use super::{Format, ParseError};

/// So much of the beginning is looked at, in bytes.
const HEAD: usize = 16 * 1024;
/// A text has to hold so many tags of blocks to be a part of a page.
const FEW_TAGS: usize = 3;
/// The elements that make a text a part of a page.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "pre",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "figure",
    "aside",
    "dl",
    "dt",
    "dd",
    "br",
    "hr",
    "meta",
    "title",
    "link",
    "style",
    "script",
];

/// Files that are told by their first bytes: where, which, and what they are.
const KINDS: &[(usize, &[u8], &str)] = &[
    (0, b"%PDF-", "a PDF"),
    (0, b"\x89PNG\r\n\x1a\n", "a picture"),
    (0, b"\xff\xd8\xff", "a picture"),
    (0, b"GIF8", "a picture"),
    (8, b"WEBP", "a picture"),
    (0, b"II*\0", "a picture"),
    (0, b"MM\0*", "a picture"),
    (4, b"ftypavif", "a picture"),
    (4, b"ftypheic", "a picture"),
    (0, b"AT&TFORM", "a DjVu book"),
    (60, b"BOOKMOBI", "a Kindle book, not an EPUB"),
    (60, b"TPZ", "a Kindle book, not an EPUB"),
    (0, b"{\\rtf", "an RTF document"),
    (
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "an old Office document",
    ),
    (0, b"\x1f\x8b\x08", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\0", "an xz archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a rar archive"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\0", "a program"),
    (0, b"SQLite format 3\0", "a database"),
    (
        0,
        b"bplist00",
        "a Safari web archive, or another property list; a page saved as HTML can be read",
    ),
    (4, b"ftyp", "a film or a sound"),
    (0, b"OggS", "a film or a sound"),
    (0, b"ID3", "a film or a sound"),
    (0, b"fLaC", "a film or a sound"),
    (0, b"RIFF", "a film or a sound"),
    (0, b"\x1aE\xdf\xa3", "a film or a sound"),
];

/// What an article is written in, given its content or the beginning of it, and its name.
///
/// # Errors
/// When it is none: what it is instead.
pub fn tell(bytes: &[u8], path: &Path) -> Result<Format, ParseError> {
    if is_zip(bytes) {
        return Ok(Format::Epub);
    }
    if let Some((_, _, what)) = KINDS.iter().find(|(at, magic, _)| has(bytes, *at, magic)) {
        return Err(ParseError::NoArticle(what));
    }
    if decode::is_binary(bytes) {
        return Err(ParseError::NoText);
    }
    let head = head(bytes);
    if is_mhtml(&head) {
        return Err(ParseError::NoArticle(
            "a web archive (MHTML); a page saved as HTML can be read",
        ));
    }
    let named = Format::of(path);
    match named {
        _ if is_page(&head) => Ok(Format::Html),
        Some(Format::Epub) if !bytes.is_empty() => Err(ParseError::NotZip),
        Some(Format::Markdown) => Ok(Format::Markdown),
        Some(Format::Html) if has_tags(&head, Wanted::Any) => Ok(Format::Html),
        _ if has_tags(&head, Wanted::Most) => Ok(Format::Html),
        _ if is_markdown(&head) => Ok(Format::Markdown),
        Some(Format::Html | Format::Text | Format::Epub) | None => Ok(Format::Text),
    }
}

/// Whether these bytes begin a zip archive.
pub fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

fn has(bytes: &[u8], at: usize, magic: &[u8]) -> bool {
    bytes.get(at..).is_some_and(|rest| rest.starts_with(magic))
}

/// The beginning as text.
fn head(bytes: &[u8]) -> Cow<'_, str> {
    let mut head = &bytes[..bytes.len().min(HEAD)];
    if head.len() < bytes.len() {
        head = &head[..decode::whole_characters(head)];
    }
    match std::str::from_utf8(head) {
        // tags are ASCII; all that matters of the rest is that it is some letter
        Err(_) if !decode::is_utf16(head) => head
            .iter()
            .map(|byte| {
                if byte.is_ascii() {
                    char::from(*byte)
                } else {
                    'x'
                }
            })
            .collect::<String>()
            .into(),
        _ => decode::decode(head, Told::Nowhere).text,
    }
}

/// A page that a browser saved as a mail. <https://www.rfc-editor.org/rfc/rfc2557>
fn is_mhtml(head: &str) -> bool {
    let top = head.split("\n\n").next().unwrap_or(head);
    let top = top
        .split("\r\n\r\n")
        .next()
        .unwrap_or(top)
        .to_ascii_lowercase();
    top.contains("mime-version:") && top.contains("multipart/related")
}

/// Whether a text begins as a whole page does, after white space, comments and an XML declaration.
fn is_page(head: &str) -> bool {
    let mut rest = head.trim_start_matches('\u{feff}').trim_start();
    loop {
        let after = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->").map(|(_, after)| after)
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>").map(|(_, after)| after)
        } else {
            break;
        };
        match after {
            Some(after) => rest = after.trim_start(),
            None => return false,
        }
    }
    let start: String = rest.chars().take(16).flat_map(char::to_lowercase).collect();
    let is_tag = |name: &str| {
        let after = start.strip_prefix(name);
        after.is_some_and(|after| {
            after.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace())
        })
    };
    start.starts_with("<!doctype html") || ["<html", "<head", "<body"].into_iter().any(is_tag)
}

/// How much of a text has to be tags.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// A few of them.
    Any,
    /// It begins with one, and most lines have some.
    Most,
}

fn has_tags(head: &str, wanted: Wanted) -> bool {
    let count = |text: &str| {
        let starts = memchr::memchr_iter(b'<', text.as_bytes());
        starts.filter(|at| is_block(&text[at + 1..])).count()
    };
    match wanted {
        Wanted::Any => count(head) > 0,
        Wanted::Most => {
            let begins = head.trim_start().strip_prefix('<').is_some_and(is_block);
            let lines = || head.lines().filter(|line| !line.trim().is_empty());
            let tagged = lines().filter(|line| count(line) > 0).count();
            begins && count(head) >= FEW_TAGS && tagged * 2 >= lines().count()
        }
    }
}

/// Whether this, after a `<`, is the start or the end of a block.
fn is_block(rest: &str) -> bool {
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_end = |c: &u8| matches!(c, b'>' | b'/') || c.is_ascii_whitespace();
    let name = &rest[..length];
    rest.as_bytes().get(length).is_some_and(is_end)
        && BLOCKS.iter().any(|block| name.eq_ignore_ascii_case(block))
}

/// Whether a text is plainly Markdown, whatever its name: front matter with a title, or headings and links or fences. A
/// text that only marks its headings with `#` stays plain text, which is read without changing anything else in it.
fn is_markdown(head: &str) -> bool {
    let text = head.trim_start_matches('\u{feff}');
    for (fence, sign) in [("---", ':'), ("+++", '=')] {
        let Some(rest) = text
            .strip_prefix(fence)
            .and_then(|r| r.trim_start_matches('\r').strip_prefix('\n'))
        else {
            continue;
        };
        let mut lines = rest.lines();
        let facts: Vec<&str> = lines
            .by_ref()
            .take_while(|line| line.trim_end() != fence)
            .collect();
        let is_title = |line: &&&str| {
            line.strip_prefix("title")
                .is_some_and(|after| after.trim_start().starts_with(sign))
        };
        if facts.len() < 100 && facts.iter().any(|line| is_title(&line)) {
            return true;
        }
    }
    let is_heading = |line: &&str| {
        let level = line.bytes().take_while(|b| *b == b'#').count();
        (1..=6).contains(&level) && line[level..].starts_with(' ')
    };
    let headings = text.lines().filter(is_heading).count();
    let fences = text.lines().filter(|line| line.starts_with("```")).count();
    let links = memmem::find_iter(text.as_bytes(), b"](http").count();
    headings >= 2 && (links >= 2 || fences >= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], expected: Format) {
        assert_eq!(tell(bytes, Path::new(name)), Ok(expected));
    }

    #[track_caller]
    fn check_none(bytes: &[u8], expected: &str) {
        let error = tell(bytes, Path::new("a.txt")).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn a_page_is_one_whatever_its_name() {
        let page = b"\n<!-- saved from url -->\n<!DOCTYPE html>\n<html><p>One.";
        for name in ["a.txt", "a.html", "a.md", "a", "-", "a.epub"] {
            check(name, page, Format::Html);
        }
        check(
            "a.txt",
            b"<?xml version=\"1.0\"?>\n<html xmlns=\"x\">",
            Format::Html,
        );
        check("a.txt", b"<p>One.</p>\n<p>Two.</p>", Format::Html);
        let sixteen: Vec<u8> = "\u{feff}<html><body>ж"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        check("a.txt", &sixteen, Format::Html);
        check("a.txt", b"<HTML>\n\xe1\xe1", Format::Html);
    }

    #[test]
    fn text_about_tags_is_text() {
        check(
            "a.txt",
            b"The <p> element\nopens a paragraph.\nUse </p> to close it.\n<br>",
            Format::Text,
        );
        check("a.txt", b"<sigh> she said.\nAnd left.", Format::Text);
        check("a.txt", b"<htmlish>", Format::Text);
        check(
            "a.md",
            b"<div align=center>\n\n# Title\n\n</div>",
            Format::Markdown,
        );
    }

    #[test]
    fn a_name_decides_where_the_content_says_nothing() {
        check("a.html", b"Only words.\n\nAnd more.", Format::Text);
        check("a.html", b"Only words.<br>And more.", Format::Html);
        check("a.md", b"Only words.", Format::Markdown);
        check("a.txt", b"", Format::Text);
        check("-", b"Only words.", Format::Text);
        assert_eq!(
            tell(b"Only words.", Path::new("a.epub")),
            Err(ParseError::NotZip)
        );
    }

    #[test]
    fn plain_markdown_is_told_and_marked_headings_are_not() {
        check("a.txt", b"---\ntitle: One\n---\n\nWords.", Format::Markdown);
        check(
            "-",
            b"+++\ntitle = \"One\"\n+++\n\nWords.",
            Format::Markdown,
        );
        check(
            "a",
            b"# One\n\n[a](http://a)\n\n## Two\n[b](https://b)",
            Format::Markdown,
        );
        check(
            "a.txt",
            b"# One\n\nWords.\n\n## Two\n\nWords.",
            Format::Text,
        );
        check("a.txt", b"---\n\nWords: some\n---\n", Format::Text);
    }

    #[test]
    fn what_is_no_article_is_called_by_its_name() {
        check_none(b"%PDF-1.7\n%", "it is a PDF");
        check_none(b"\x89PNG\r\n\x1a\n....", "it is a picture");
        check_none(b"\x1f\x8b\x08\0", "it is a gzip archive");
        check_none(&[0; 500], "it is no text");
        check_none(
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n<html>",
            "it is a web archive (MHTML); a page saved as HTML can be read",
        );
    }

    #[test]
    fn every_zip_archive_may_be_a_book() {
        check("a.txt", b"PK\x03\x04....", Format::Epub);
        check("a.zip", b"PK\x05\x06....", Format::Epub);
    }
}
