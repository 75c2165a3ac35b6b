//! The text of one block as Markdown: what could be taken for syntax escaped, marks as delimiters that nest.

use std::ops::Range;

use super::stretches::{Atom, Piece, Reach, addresses, atoms, nested, spans, trim};
use crate::model::document::{Block, Mark};

/// Where the text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Where {
    Line,
    Heading,
    Cell,
}

/// What is written one after the other.
enum Token {
    Text(Range<usize>),
    Atom(usize),
    Open(usize),
    Close(usize),
}

/// A block, and what has to be known of all of it to write a stretch of it.
pub(super) struct Marked<'a> {
    block: &'a Block,
    reach: Reach,
    /// Whether signs that only count in pairs have to be escaped: what they would pair with may stand on another line.
    has_tildes: bool,
    has_dollars: bool,
    /// Whether there is a footnote of a number.
    notes: &'a dyn Fn(&str) -> bool,
}

impl<'a> Marked<'a> {
    pub(super) fn new(block: &'a Block, notes: &'a dyn Fn(&str) -> bool) -> Self {
        let has_two = |c: u8| {
            memchr::memchr_iter(c, block.text.as_bytes())
                .nth(1)
                .is_some()
        };
        let is_struck = |(_, mark): &(Range<usize>, Mark)| *mark == Mark::Strikethrough;
        Self {
            block,
            reach: Reach::of(block.marks.iter().map(|(range, _)| range)),
            has_tildes: has_two(b'~') || block.marks.iter().any(is_struck),
            has_dollars: has_two(b'$'),
            notes,
        }
    }

    /// Markdown of a stretch, on one line.
    pub(super) fn write(&self, range: Range<usize>, place: Where) -> String {
        Inline::new(self, range, place).write()
    }
}

/// Writes a stretch of a block's text.
struct Inline<'a> {
    text: &'a str,
    place: Where,
    /// Of `text`, in order, without overlap.
    atoms: Vec<(Range<usize>, Atom)>,
    pieces: Vec<Piece>,
    /// Signs that have to be escaped because an address would begin with them.
    guarded: Vec<usize>,
    has_tildes: bool,
    has_dollars: bool,
}

impl<'a> Inline<'a> {
    fn new(marked: &'a Marked<'a>, range: Range<usize>, place: Where) -> Self {
        let text = &marked.block.text[range.clone()];
        let clip = |marked: &Range<usize>| {
            let clip = |at: usize| at.clamp(range.start, range.end) - range.start;
            clip(marked.start)..clip(marked.end)
        };
        let near = &marked.block.marks[marked.reach.near(&range)];
        let mut marks: Vec<(Range<usize>, Mark)> = near
            .iter()
            .map(|(marked, mark)| (clip(marked), mark.clone()))
            .filter_map(|(mut marked, mark)| trim(text, &mut marked).then_some((marked, mark)))
            .collect();
        let mut atoms = atoms(text, &marks, marked.notes);
        let guarded = addresses(text, &mut marks, &mut atoms);
        let spans = spans(text, &marks, &atoms);
        Self {
            text,
            place,
            pieces: nested(text, spans),
            atoms,
            guarded,
            has_tildes: marked.has_tildes,
            has_dollars: marked.has_dollars,
        }
    }

    /// Markdown of it, on one line.
    fn write(&self) -> String {
        let tokens = self.tokens();
        let delimiters = self.delimiters(&tokens);
        let mut out = String::with_capacity(self.text.len() + 16);
        for (i, token) in tokens.iter().enumerate() {
            match token {
                Token::Text(range) => {
                    let before = i.checked_sub(1).and_then(|i| tokens.get(i));
                    let is_after_note =
                        matches!(before, Some(Token::Atom(a)) if self.atoms[*a].1 == Atom::Note);
                    let is_first = out.is_empty();
                    self.escape(range.clone(), tokens.get(i + 1), is_after_note, &mut out);
                    if is_first {
                        guard_start(&mut out);
                    }
                }
                Token::Atom(atom) => self.atom(*atom, &mut out),
                Token::Open(piece) => match &self.pieces[*piece].mark {
                    Mark::Link(_) => out.push('['),
                    _ => out.push_str(delimiters[*piece].0),
                },
                Token::Close(piece) => match &self.pieces[*piece].mark {
                    Mark::Link(target) => {
                        out.push_str("](");
                        self.target(target, &mut out);
                        out.push(')');
                    }
                    _ => out.push_str(delimiters[*piece].1),
                },
            }
        }
        out
    }

    fn tokens(&self) -> Vec<Token> {
        let mut borders: Vec<usize> = vec![0, self.text.len()];
        borders.extend(
            self.pieces
                .iter()
                .flat_map(|p| [p.range.start, p.range.end]),
        );
        borders.extend(self.atoms.iter().flat_map(|(r, _)| [r.start, r.end]));
        borders.sort_unstable();
        borders.dedup();
        let mut starts: Vec<usize> = (0..self.pieces.len()).collect();
        starts.sort_by_key(|&i| {
            (
                self.pieces[i].range.start,
                std::cmp::Reverse(self.pieces[i].range.end),
                i,
            )
        });
        let (mut next_start, mut next_atom) = (0, 0);
        let mut open: Vec<usize> = Vec::new();
        let mut tokens = Vec::new();
        for (k, &at) in borders.iter().enumerate() {
            while open.last().is_some_and(|&i| self.pieces[i].range.end <= at) {
                tokens.extend(open.pop().map(Token::Close));
            }
            while let Some(&i) = starts
                .get(next_start)
                .filter(|&&i| self.pieces[i].range.start <= at)
            {
                tokens.push(Token::Open(i));
                open.push(i);
                next_start += 1;
            }
            let end = borders.get(k + 1).copied().unwrap_or(at);
            match self.atoms.get(next_atom) {
                Some((range, _)) if range.start <= at && at < range.end => {
                    if range.start == at {
                        tokens.push(Token::Atom(next_atom));
                    }
                    if end >= range.end {
                        next_atom += 1;
                    }
                }
                _ if end > at => tokens.push(Token::Text(at..end)),
                _ => {}
            }
        }
        tokens
    }

    /// How each piece begins and ends: by signs where they will be understood, else by tags.
    fn delimiters(&self, tokens: &[Token]) -> Vec<(&'static str, &'static str)> {
        let mut around = vec![[None; 4]; self.pieces.len()];
        let mut touches_strong = vec![false; self.pieces.len()];
        for (i, token) in tokens.iter().enumerate() {
            let before = i.checked_sub(1).map(|i| &tokens[i]);
            let after = tokens.get(i + 1);
            let chars = [before.map(|t| self.last(t)), after.map(|t| self.first(t))];
            let is_strong = |token: Option<&Token>| match token {
                Some(Token::Open(p) | Token::Close(p)) => self.pieces[*p].mark == Mark::Strong,
                _ => false,
            };
            if let Token::Open(p) | Token::Close(p) = token {
                touches_strong[*p] |= is_strong(before) || is_strong(after);
            }
            match token {
                Token::Open(p) => around[*p][..2].copy_from_slice(&chars),
                Token::Close(p) => around[*p][2..].copy_from_slice(&chars),
                Token::Text(_) | Token::Atom(_) => {}
            }
        }
        let choose = |(piece, (chars, touches)): (&Piece, ([Option<char>; 4], bool))| {
            let [before, first, last, after] = chars;
            let flanks = flanks(before, first) && flanks(after, last);
            let stands = is_border(before) && is_border(after);
            match piece.mark {
                Mark::Strong if flanks => ("**", "**"),
                Mark::Strong => ("<strong>", "</strong>"),
                Mark::Emphasis if flanks && stands => ("_", "_"),
                Mark::Emphasis if flanks && !touches => ("*", "*"),
                Mark::Emphasis => ("<em>", "</em>"),
                Mark::Strikethrough if flanks => ("~~", "~~"),
                _ => ("<del>", "</del>"),
            }
        };
        self.pieces
            .iter()
            .zip(around.into_iter().zip(touches_strong))
            .map(choose)
            .collect()
    }

    /// The first character that a token is written with.
    fn first(&self, token: &Token) -> char {
        match token {
            Token::Text(range) => self.text[range.clone()].chars().next().unwrap_or(' '),
            Token::Atom(_) | Token::Open(_) | Token::Close(_) => '*',
        }
    }

    fn last(&self, token: &Token) -> char {
        match token {
            Token::Text(range) => self.text[range.clone()].chars().next_back().unwrap_or(' '),
            Token::Atom(_) | Token::Open(_) | Token::Close(_) => '*',
        }
    }

    fn atom(&self, atom: usize, out: &mut String) {
        let (range, atom) = &self.atoms[atom];
        let text = &self.text[range.clone()];
        match atom {
            Atom::Code => code(text, self.place, out),
            Atom::Address => {
                out.push('<');
                out.push_str(text);
                out.push('>');
            }
            Atom::Note => {
                out.push_str("[^");
                out.push_str(&text[1..]);
            }
            Atom::Image(target) => {
                out.push_str("![");
                self.escape(range.clone(), None, false, out);
                out.push_str("](");
                self.target(target, out);
                out.push(')');
            }
        }
    }

    /// The target of a link or picture.
    fn target(&self, target: &str, out: &mut String) {
        let is_plain = !target.is_empty()
            && target.bytes().all(|b| {
                b.is_ascii_alphanumeric() || b"-._~:/?#@!+,;=%'*".contains(&b) || b >= 0x80
            })
            && !target.chars().any(char::is_whitespace);
        if is_plain || target.is_empty() {
            out.push_str(target);
            return;
        }
        out.push('<');
        for c in target.chars() {
            match c {
                '<' | '>' | '\\' | '&' | '$' | '`' => {
                    out.push('\\');
                    out.push(c);
                }
                '|' if self.place == Where::Cell => out.push_str("&#124;"),
                c => out.push(c),
            }
        }
        out.push('>');
    }

    /// Text with what could be syntax escaped.
    fn escape(
        &self,
        range: Range<usize>,
        next: Option<&Token>,
        is_after_note: bool,
        out: &mut String,
    ) {
        let text = &self.text[range.clone()];
        let is_code_next = matches!(next, Some(Token::Atom(a)) if self.atoms[*a].1 == Atom::Code);
        let mut before = self.text[..range.start].chars().next_back();
        let mut chars = text.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            let after = self.text[range.start + i + c.len_utf8()..].chars().next();
            let is_last = chars.peek().is_none();
            let is_inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let must = match c {
                '\\' | '*' | '<' | '[' | '`' => true,
                ']' => true,
                '_' => !(is_inside(before) && is_inside(after)) || is_last || i == 0,
                '~' => self.has_tildes,
                '$' => self.has_dollars,
                '&' => after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
                '!' => is_last && next.is_some(),
                '#' | '{' => self.place == Where::Heading,
                ':' | '.' if self.guarded.binary_search(&(range.start + i)).is_ok() => true,
                ':' => is_after_note && i == 0,
                _ => false,
            };
            match c {
                '`' if is_last && is_code_next => out.push_str("&#96;"),
                '|' if self.place == Where::Cell => out.push_str("&#124;"),
                // a name would end with it
                '}' if self.place == Where::Heading && after.is_none() => out.push_str("&#125;"),
                c => {
                    if must {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
            before = Some(c);
        }
    }
}

/// Escapes what would make the line something else than running text.
fn guard_start(line: &mut String) {
    match line.as_bytes().first() {
        Some(b'#' | b'>' | b'-' | b'+' | b'=' | b':' | b'|') => line.insert(0, '\\'),
        Some(b'0'..=b'9') => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let is_item = matches!(line.as_bytes().get(digits), Some(b'.' | b')'))
                && matches!(line.as_bytes().get(digits + 1), None | Some(b' '));
            if is_item {
                line.insert(digits, '\\');
            }
        }
        _ => {}
    }
}

/// Code with as many backticks around as it takes.
fn code(text: &str, place: Where, out: &mut String) {
    let mut longest = 0;
    for run in text.split(|c| c != '`') {
        longest = longest.max(run.len());
    }
    let fence = "`".repeat(longest + 1);
    let is_edge = |c: char| c == '`' || c == ' ';
    let is_padded = text.starts_with('`')
        || text.ends_with('`')
        || text.starts_with(is_edge)
            && text.ends_with(is_edge)
            && !text.trim_matches(' ').is_empty();
    let pad = if is_padded { " " } else { "" };
    out.push_str(&fence);
    out.push_str(pad);
    if place == Where::Cell {
        out.push_str(&text.replace('|', "\\|"));
    } else {
        out.push_str(text);
    }
    out.push_str(pad);
    out.push_str(&fence);
}

/// Whether a delimiter between a character outside and one inside is taken for one
/// (<https://spec.commonmark.org/0.31.2/#left-flanking-delimiter-run>).
fn flanks(outside: Option<char>, inside: Option<char>) -> bool {
    let Some(inside) = inside else { return false };
    !inside.is_whitespace() && (inside.is_alphanumeric() || is_border(outside))
}

/// Whether a character is surely white space or punctuation; others may be.
fn is_border(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        c.is_whitespace()
            || c.is_ascii_punctuation()
            || matches!(
                c,
                '“' | '”'
                    | '‘'
                    | '’'
                    | '«'
                    | '»'
                    | '–'
                    | '—'
                    | '…'
                    | '、'
                    | '。'
                    | '，'
                    | '「'
                    | '」'
            )
    })
}
