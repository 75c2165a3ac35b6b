//! Marks inside a paragraph of Markdown: emphasis, code, links. In one pass to find what may be syntax, and one to write
//! down what is left when that which has a partner is taken out.

use std::ops::Range;

use crate::model::document::Mark;

/// Links are told from brackets up to this length of their address, in bytes.
const MAX_ADDRESS: usize = 4096;

/// The text without its syntax, its marks, and whether it is nothing but a picture (the text is the picture's
/// description).
pub(super) fn parse(source: String) -> (String, Vec<(Range<usize>, Mark)>, bool) {
    if !source
        .bytes()
        .any(|b| matches!(b, b'*' | b'_' | b'`' | b'[' | b'\\' | b'<'))
    {
        return (source, Vec::new(), false);
    }
    let mut scanner = Scanner {
        source: &source,
        tokens: Vec::new(),
        delimiters: Vec::new(),
        waiting: [0; 6],
        brackets: Vec::new(),
    };
    scanner.scan();
    let gone = scanner
        .tokens
        .iter()
        .filter(|token| token.kind == Kind::Gone)
        .count();
    let is_picture = gone == 2
        && matches!(scanner.tokens.as_slice(), [first, .., last]
            if first.is_gone_at(0, "![", &source) && last.kind == Kind::Gone && last.bytes.end == source.len());
    let (text, marks) = write(&source, &scanner.tokens);
    if unicode_normalization::is_nfc(&text) {
        (text, marks, is_picture)
    } else {
        // without what stood between them a letter and a mark would be one: what was written stays as it is
        (source, Vec::new(), false)
    }
}

/// What a stretch of the source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// Syntax that is not shown.
    Gone,
    Code,
    /// The start and end of emphasis: 1 for weak, 2 for strong, 3 for both.
    Start(usize),
    End(usize),
}

/// A stretch that is more than plain text, or may be.
struct Token {
    bytes: Range<usize>,
    kind: Kind,
}

impl Token {
    fn is_gone_at(&self, start: usize, text: &str, source: &str) -> bool {
        self.kind == Kind::Gone && self.bytes.start == start && &source[self.bytes.clone()] == text
    }
}

struct Scanner<'a> {
    source: &'a str,
    /// In order, without overlap; what lies between is text.
    tokens: Vec<Token>,
    /// Delimiters that may still open: index of the token, and which of `waiting` counts it.
    delimiters: Vec<(usize, usize)>,
    /// How many delimiters of each kind wait: `*`, `**`, `***`, `_`, `__`, `___`.
    waiting: [usize; 6],
    /// Opening brackets: indexes of tokens.
    brackets: Vec<usize>,
}

impl Scanner<'_> {
    fn scan(&mut self) {
        let bytes = self.source.as_bytes();
        let ends = self.code_ends();
        let mut next_run = 0;
        let mut at = 0;
        while at < bytes.len() {
            at = match bytes[at] {
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                    self.push(at..at + 1, Kind::Gone);
                    at + 2
                }
                b'`' => {
                    while ends.get(next_run).is_some_and(|run| run.0.start < at) {
                        next_run += 1;
                    }
                    self.code(at, ends.get(next_run))
                }
                mark @ (b'*' | b'_') => self.delimiter(at, mark),
                b'!' if bytes.get(at + 1) == Some(&b'[') => self.bracket(at..at + 2),
                b'[' => self.bracket(at..at + 1),
                b']' => self.link(at),
                b'<' => self.address(at),
                _ => at + 1,
            };
        }
    }

    fn push(&mut self, bytes: Range<usize>, kind: Kind) -> usize {
        self.tokens.push(Token { bytes, kind });
        self.tokens.len() - 1
    }

    /// Each run of backticks, with where the next run of the same length starts.
    fn code_ends(&self) -> Vec<(Range<usize>, Option<usize>)> {
        let mut runs: Vec<(Range<usize>, Option<usize>)> = Vec::new();
        for at in memchr::memchr_iter(b'`', self.source.as_bytes()) {
            match runs.last_mut() {
                Some((run, _)) if run.end == at => run.end = at + 1,
                _ => runs.push((at..at + 1, None)),
            }
        }
        let mut next = std::collections::HashMap::new();
        for (run, end) in runs.iter_mut().rev() {
            *end = next.insert(run.len(), run.start);
        }
        runs
    }

    fn code(&mut self, at: usize, run: Option<&(Range<usize>, Option<usize>)>) -> usize {
        match run {
            Some((run, Some(end))) if run.start == at => {
                let (start, end, length) = (run.end, *end, run.len());
                let inner = &self.source[start..end];
                let is_padded = inner.len() > 2
                    && inner.starts_with(' ')
                    && inner.ends_with(' ')
                    && !inner.trim().is_empty();
                let pad = usize::from(is_padded);
                self.push(at..start + pad, Kind::Gone);
                self.push(start + pad..end - pad, Kind::Code);
                self.push(end - pad..end + length, Kind::Gone);
                end + length
            }
            Some((run, _)) if run.start == at => run.end,
            _ => at + 1,
        }
    }

    /// Takes a run of `*` or `_`: the end of what waits for it, or the start of something.
    fn delimiter(&mut self, at: usize, mark: u8) -> usize {
        let length = self.source.as_bytes()[at..]
            .iter()
            .take_while(|&&b| b == mark)
            .count();
        let end = at + length;
        if length > 3 {
            return end;
        }
        let before = self.source[..at].chars().next_back().unwrap_or(' ');
        let after = self.source[end..].chars().next().unwrap_or(' ');
        let (opens, closes) = flanks(before, after, mark);
        let which = length - 1 + if mark == b'_' { 3 } else { 0 };
        if closes && self.waiting[which] > 0 {
            while let Some((token, other)) = self.delimiters.pop() {
                self.waiting[other] -= 1;
                if other == which {
                    self.tokens[token].kind = Kind::Start(length);
                    break;
                }
            }
            self.push(at..end, Kind::End(length));
        } else if opens {
            let token = self.push(at..end, Kind::Text);
            self.delimiters.push((token, which));
            self.waiting[which] += 1;
        }
        end
    }

    fn bracket(&mut self, bytes: Range<usize>) -> usize {
        let end = bytes.end;
        let token = self.push(bytes, Kind::Text);
        self.brackets.push(token);
        end
    }

    /// Takes a closing bracket: the end of a link when an address follows.
    fn link(&mut self, at: usize) -> usize {
        let Some(open) = self.brackets.pop() else {
            return at + 1;
        };
        let Some(end) = address_end(self.source, at + 1) else {
            return at + 1;
        };
        self.tokens[open].kind = Kind::Gone;
        self.push(at..end, Kind::Gone);
        end
    }

    /// Takes `<https://…>`.
    fn address(&mut self, at: usize) -> usize {
        let rest = &self.source[at + 1..];
        if !["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| rest.starts_with(scheme))
        {
            return at + 1;
        }
        let end = rest
            .bytes()
            .take(MAX_ADDRESS)
            .position(|b| b == b'>' || b == b'<' || b.is_ascii_whitespace());
        match end {
            Some(end) if rest.as_bytes()[end] == b'>' => {
                self.push(at..at + 1, Kind::Gone);
                self.push(at + 1 + end..at + 2 + end, Kind::Gone);
                at + 2 + end
            }
            _ => at + 1,
        }
    }
}

/// Whether a delimiter between these characters may open and close.
fn flanks(before: char, after: char, mark: u8) -> (bool, bool) {
    let is_sign = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let left = !after.is_whitespace() && (!is_sign(after) || !before.is_alphanumeric());
    let right = !before.is_whitespace() && (!is_sign(before) || !after.is_alphanumeric());
    if mark == b'_' {
        (
            left && !before.is_alphanumeric(),
            right && !after.is_alphanumeric(),
        )
    } else {
        (left, right)
    }
}

/// Where the address in parentheses that starts at `at` ends: `(https://… "title")`.
fn address_end(source: &str, at: usize) -> Option<usize> {
    let bytes = source.as_bytes();
    if bytes.get(at) != Some(&b'(') {
        return None;
    }
    let mut depth = 0;
    let mut quote = None;
    for (i, &b) in bytes.iter().enumerate().skip(at).take(MAX_ADDRESS) {
        match (quote, b) {
            (None, b'(') if depth < 8 => depth += 1,
            (_, b'[' | b']') | (None, b'(') => return None,
            (Some(mark), _) if b == mark => quote = None,
            (None, b')') if depth == 1 => return Some(i + 1),
            (None, b')') => depth -= 1,
            (None, b'"' | b'\'') if bytes[i - 1] == b' ' => quote = Some(b),
            (None, b' ') if !matches!(bytes.get(i + 1), Some(b'"' | b'\'' | b')')) => return None,
            _ => {}
        }
    }
    None
}

fn write(source: &str, tokens: &[Token]) -> (String, Vec<(Range<usize>, Mark)>) {
    let mut text = String::with_capacity(source.len());
    let mut marks = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let mut done = 0;
    for token in tokens {
        text.push_str(&source[done..token.bytes.start]);
        done = token.bytes.end;
        match token.kind {
            Kind::Text => text.push_str(&source[token.bytes.clone()]),
            Kind::Gone => {}
            Kind::Code => {
                let start = text.len();
                text.push_str(&source[token.bytes.clone()]);
                marks.push((start..text.len(), Mark::Code));
            }
            Kind::Start(_) => starts.push(text.len()),
            Kind::End(weight) => {
                let start = starts.pop().unwrap_or(text.len());
                if weight != 1 {
                    marks.push((start..text.len(), Mark::Strong));
                }
                if weight != 2 {
                    marks.push((start..text.len(), Mark::Emphasis));
                }
            }
        }
    }
    text.push_str(&source[done..]);
    trim(&mut text, &mut marks);
    marks.retain(|(range, _)| !range.is_empty());
    marks.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    (text, marks)
}

/// Takes white space from the ends: syntax may have stood before it.
fn trim(text: &mut String, marks: &mut [(Range<usize>, Mark)]) {
    let trimmed = super::letters::trim(text);
    if trimmed.len() == text.len() {
        return;
    }
    let start = trimmed.as_ptr().addr() - text.as_ptr().addr();
    let length = trimmed.len();
    *text = trimmed.to_owned();
    for (range, _) in marks {
        let clip = |at: usize| at.saturating_sub(start).min(length);
        *range = clip(range.start)..clip(range.end);
    }
}
