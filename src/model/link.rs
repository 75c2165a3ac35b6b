//! Where links lead, and which of them may be followed.

use std::borrow::Cow;
use std::ops::Range;

use url::{Host, Url};

use super::document::{Document, Mark, Position};

/// A target that is longer than this leads nowhere, in bytes.
const MAX_TARGET: usize = 8 * 1024;
/// What of a target is shown, in characters.
const MAX_SHOWN: usize = 2000;

/// A link in a document, or a picture that lies somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link<'a> {
    /// Its number in the document, from 1.
    pub number: usize,
    /// The block it is in.
    pub block: usize,
    /// The bytes of the block's text that are the link.
    pub bytes: Range<usize>,
    /// Where it leads, as the source has it.
    pub target: &'a str,
    /// What it is.
    pub kind: LinkKind,
}

/// What leads somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A link.
    Text,
    /// A picture: where it lies.
    Image,
}

impl Link<'_> {
    /// Where it begins.
    pub const fn start(&self) -> Position {
        Position {
            block: self.block,
            offset: self.bytes.start,
        }
    }
}

/// The stretches of a block that lead somewhere, in order: its links, and its pictures that are no link.
pub fn in_marks(
    marks: &[(Range<usize>, Mark)],
) -> impl Iterator<Item = (&Range<usize>, &str, LinkKind)> {
    marks
        .iter()
        .enumerate()
        .filter_map(|(i, (range, mark))| match mark {
            Mark::Link(target) => Some((range, target.as_str(), LinkKind::Text)),
            Mark::Image(target) => {
                let is_link = target.is_empty() || is_linked(marks, i);
                (!is_link).then_some((range, target.as_str(), LinkKind::Image))
            }
            Mark::Emphasis | Mark::Strong | Mark::Code | Mark::Strikethrough => None,
        })
}

/// Whether the stretch of a mark is a link, too. Marks are ordered by where they start.
fn is_linked(marks: &[(Range<usize>, Mark)], at: usize) -> bool {
    let range = &marks[at].0;
    let beside = |(r, _): &&(Range<usize>, Mark)| r.start == range.start;
    let before = marks[..at].iter().rev().take_while(beside);
    let after = marks[at..].iter().take_while(beside);
    before
        .chain(after)
        .any(|(r, mark)| r == range && matches!(mark, Mark::Link(_)))
}

impl Document {
    /// Its links in reading order.
    pub fn links(&self) -> impl Iterator<Item = Link<'_>> {
        self.linked_blocks()
            .iter()
            .flat_map(|&(block, _)| self.links_of(block))
    }

    /// The links of a block.
    pub fn links_of(&self, block: usize) -> impl Iterator<Item = Link<'_>> {
        let before = self.links_before(block);
        let marks = self.blocks().get(block).map_or(&[][..], |b| &b.marks);
        in_marks(marks)
            .enumerate()
            .map(move |(i, (bytes, target, kind))| Link {
                number: before + i + 1,
                block,
                bytes: bytes.clone(),
                target,
                kind,
            })
    }

    /// The link with this number.
    pub fn link(&self, number: usize) -> Option<Link<'_>> {
        let before = number.checked_sub(1)?;
        let after = self.linked_blocks().partition_point(|(_, b)| *b <= before);
        let (block, _) = self.linked_blocks().get(after.checked_sub(1)?)?;
        self.links_of(*block).find(|link| link.number == number)
    }
}

/// Where a target leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// To a page on the web.
    Web(Address),
    /// To somebody's mailbox.
    Mail(Address),
    /// To a named place in the same document.
    Anchor(String),
    /// To a file, perhaps to a named place in it. The path is as the link has it: relative to the file that holds the link.
    File(String, Option<String>),
    /// Nowhere that can be followed: why, in words.
    Refused(String),
}

/// An address that a browser or a mail program may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// All of it, in ASCII; without what stood before an `@` in front of the host.
    pub url: String,
    /// The host, in ASCII: what is not is in punycode. Of a mail, to whom it goes.
    pub host: String,
    /// What the reader should know before it is opened, one line each.
    pub warnings: Vec<String>,
}

impl Target {
    /// Where a target leads, as a link has it.
    pub fn of(target: &str) -> Self {
        let target = target.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if target.len() > MAX_TARGET {
            return Self::Refused("the address is longer than 8 kB".to_owned());
        }
        if target.is_empty() {
            return Self::Refused("the link leads nowhere".to_owned());
        }
        if let Some(name) = target.strip_prefix('#') {
            return Self::Anchor(name.to_owned());
        }
        let is_of_scheme = target.starts_with("//");
        let absolute = if is_of_scheme {
            Cow::Owned(format!("https:{target}"))
        } else {
            Cow::Borrowed(target)
        };
        match Url::parse(&absolute) {
            Ok(url) => Self::at(&url, &absolute),
            Err(url::ParseError::RelativeUrlWithoutBase) if !is_of_scheme => Self::file(target),
            Err(_) => Self::Refused(format!("`{}` is no address", shown(target))),
        }
    }

    /// What kind it is, in one word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Web(_) => "web",
            Self::Mail(_) => "mail",
            Self::Anchor(_) => "anchor",
            Self::File(..) => "file",
            Self::Refused(_) => "refused",
        }
    }

    /// The address that a browser may be given, if that is what it is.
    pub const fn address(&self) -> Option<&Address> {
        match self {
            Self::Web(address) | Self::Mail(address) => Some(address),
            Self::Anchor(_) | Self::File(..) | Self::Refused(_) => None,
        }
    }

    fn at(url: &Url, written: &str) -> Self {
        match url.scheme() {
            "http" | "https" => match Address::web(url.clone(), written) {
                Some(address) => Self::Web(address),
                None => Self::Refused("the address has no host".to_owned()),
            },
            "mailto" => Self::Mail(Address::mail(url.clone())),
            scheme => Self::Refused(format!("`{scheme}:` links are not followed")),
        }
    }

    fn file(target: &str) -> Self {
        let (path, anchor) = match target.split_once('#') {
            Some((path, name)) => (path, Some(name.to_owned())),
            None => (target, None),
        };
        let path = path.split('?').next().unwrap_or(path);
        let path = decoded(path);
        if path.is_empty() || path.chars().any(char::is_control) {
            return Self::Refused("the link leads nowhere".to_owned());
        }
        Self::File(path.into_owned(), anchor)
    }
}

impl Address {
    fn web(mut url: Url, written: &str) -> Option<Self> {
        let mut warnings = Vec::new();
        if !url.username().is_empty() || url.password().is_some() {
            let name = decoded(url.username());
            let name = shown(&name);
            warnings.push(format!(
                "“{name}” before the @ is not the host; it is left out"
            ));
            url.set_username("").ok()?;
            url.set_password(None).ok()?;
        }
        let host = url.host()?.to_string();
        let domain = matches!(url.host(), Some(Host::Domain(_)));
        if domain && host.split('.').any(|label| label.starts_with("xn--")) {
            let name = host_as_written(written);
            warnings.push(if name.is_ascii() {
                "the host has letters beyond ASCII, spelled out as xn--".to_owned()
            } else {
                format!("written as “{}”", shown(name))
            });
        }
        let host = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host,
        };
        let url = url.into();
        Some(Self {
            url,
            host,
            warnings,
        })
    }

    /// A mail without the files that the link would have attached.
    fn mail(mut url: Url) -> Self {
        let is_file = |name: &str| name.to_ascii_lowercase().starts_with("attach");
        let mut warnings = Vec::new();
        if url.query_pairs().any(|(name, _)| is_file(&name)) {
            let kept: Vec<_> = url
                .query_pairs()
                .into_owned()
                .filter(|(n, _)| !is_file(n))
                .collect();
            url.set_query(None);
            if !kept.is_empty() {
                let pairs = kept
                    .iter()
                    .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
                url.set_query(Some(&pairs.collect::<Vec<_>>().join("&")));
            }
            warnings.push("the file that the link would attach is left out".to_owned());
        }
        let host = shown(&decoded(url.path())).into_owned();
        let url = url.into();
        Self {
            url,
            host,
            warnings,
        }
    }
}

/// The host of an address as it was written, between the slashes.
fn host_as_written(address: &str) -> &str {
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let rest = address.split_once(':').map_or(address, |(_, rest)| rest);
    let rest = rest.trim_start_matches(is_slash);
    let authority = rest
        .split(|c: char| is_slash(c) || matches!(c, '?' | '#'))
        .next()
        .unwrap_or(rest);
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    host.split(':').next().unwrap_or(host)
}

/// A text with its `%20` and the like decoded; as it is where that would be no text.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digit = |i: usize| after.get(i).and_then(|b| char::from(*b).to_digit(16));
        if byte == b'%'
            && let (Some(high), Some(low)) = (digit(0), digit(1))
            && let Ok(decoded) = u8::try_from(high * 16 + low)
        {
            bytes.push(decoded);
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

fn encoded(text: &str) -> String {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-._~@".contains(&b);
    text.bytes()
        .map(|b| {
            if is_plain(b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

/// A target as it may be shown: what could act on a terminal or turn the direction of the text is replaced, and what is
/// too long is cut.
pub fn shown(target: &str) -> Cow<'_, str> {
    let is_hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
                | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    if target.len() <= MAX_SHOWN && !target.chars().any(is_hidden) {
        return Cow::Borrowed(target);
    }
    let safe = |c: char| if is_hidden(c) { '\u{fffd}' } else { c };
    Cow::Owned(target.chars().take(MAX_SHOWN).map(safe).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Block, BlockKind, Metadata};
    use proptest::prelude::*;

    #[track_caller]
    fn web(target: &str, url: &str, host: &str) -> Vec<String> {
        match Target::of(target) {
            Target::Web(address) => {
                assert_eq!((address.url.as_str(), address.host.as_str()), (url, host));
                address.warnings
            }
            other => panic!("{target}: {other:?}"),
        }
    }

    #[track_caller]
    fn refused(target: &str, why: &str) {
        assert_eq!(
            Target::of(target),
            Target::Refused(why.to_owned()),
            "{target}"
        );
    }

    #[test]
    fn the_real_host_is_told() {
        assert_eq!(
            web(
                "https://example.org/a b",
                "https://example.org/a%20b",
                "example.org"
            ),
            [""; 0]
        );
        web("//example.org", "https://example.org/", "example.org");
        web(
            "HTTP:\\\\Example.org\\x",
            "http://example.org/x",
            "example.org",
        );
        web("http://[::1]:8080/", "http://[::1]:8080/", "[::1]:8080");
        let warnings = web(
            "https://bank.com:pw@evil.example/",
            "https://evil.example/",
            "evil.example",
        );
        assert_eq!(
            warnings,
            ["“bank.com” before the @ is not the host; it is left out"]
        );
        let warnings = web(
            "https://аpple.com/x",
            "https://xn--pple-43d.com/x",
            "xn--pple-43d.com",
        );
        assert_eq!(warnings, ["written as “аpple.com”"]);
    }

    #[test]
    fn what_is_no_page_and_no_file_is_refused() {
        refused(
            "javascript:alert(1)",
            "`javascript:` links are not followed",
        );
        refused(
            " java\nscript:alert(1)",
            "`javascript:` links are not followed",
        );
        refused(
            "\u{1}JAVASCRIPT:alert(1)",
            "`javascript:` links are not followed",
        );
        refused("file:///etc/passwd", "`file:` links are not followed");
        refused("data:text/html,x", "`data:` links are not followed");
        refused("C:\\x.txt", "`c:` links are not followed");
        refused("https://", "`https://` is no address");
        refused("", "the link leads nowhere");
        refused("?x", "the link leads nowhere");
    }

    #[test]
    fn files_and_anchors_are_told_from_addresses() {
        let file =
            |path: &str, name: Option<&str>| Target::File(path.into(), name.map(str::to_owned));
        assert_eq!(Target::of("#fn-1"), Target::Anchor("fn-1".into()));
        assert_eq!(Target::of("a%20b.md?x=1#c"), file("a b.md", Some("c")));
        assert_eq!(Target::of("../a.md"), file("../a.md", None));
        assert_eq!(Target::of("/etc/passwd"), file("/etc/passwd", None));
    }

    #[test]
    fn a_mail_takes_no_files_along() {
        let Target::Mail(address) =
            Target::of("mailto:ida@example.org?subject=a%20b&attach=/etc/passwd")
        else {
            panic!("no mail")
        };
        assert_eq!(address.url, "mailto:ida@example.org?subject=a%20b");
        assert_eq!(address.host, "ida@example.org");
        assert_eq!(address.warnings.len(), 1);
    }

    #[test]
    fn links_are_numbered_through_the_document() {
        let block = |marks| Block {
            marks,
            ..Block::new(BlockKind::Paragraph, "one two", 1)
        };
        let link = |range, target: &str| (range, Mark::Link(target.to_owned()));
        let blocks = vec![
            block(vec![
                link(0..3, "#a"),
                (0..3, Mark::Image("x.png".into())),
                link(4..7, "#b"),
            ]),
            block(vec![(0..7, Mark::Image(String::new()))]),
            block(vec![(0..7, Mark::Image("y.png".into()))]),
        ];
        let document = Document::new(Metadata::default(), blocks);
        let found: Vec<_> = document
            .links()
            .map(|l| (l.number, l.block, l.target, l.kind))
            .collect();
        let expected = [
            (1, 0, "#a", LinkKind::Text),
            (2, 0, "#b", LinkKind::Text),
            (3, 2, "y.png", LinkKind::Image),
        ];
        assert_eq!(found, expected);
        for number in 0..5 {
            let found = document.link(number).map(|link| link.number);
            assert_eq!(found, (1..=3).contains(&number).then_some(number));
        }
    }

    proptest! {
        #[test]
        fn no_target_becomes_an_address_of_another_kind(target in "(https?|mailto|javascript|[ -~\\n]{0,4})?:?/{0,2}(\\PC|[@:/?#%\\\\]){0,30}") {
            match Target::of(&target) {
                Target::Web(a) => {
                    prop_assert!(a.url.starts_with("http://") || a.url.starts_with("https://"));
                    prop_assert!(a.url.is_ascii() && a.host.is_ascii() && !a.url.contains(char::is_whitespace));
                    prop_assert!(matches!(Target::of(&a.url), Target::Web(b) if b.url == a.url));
                }
                Target::Mail(a) => prop_assert!(a.url.starts_with("mailto:") && a.url.is_ascii()),
                Target::File(path, _) => prop_assert!(!path.chars().any(char::is_control)),
                Target::Anchor(_) | Target::Refused(_) => {}
            }
            prop_assert!(!shown(&target).chars().any(char::is_control));
        }
    }
}
