//! A document's text as quotes are compared in it: white space is one space, typographic variants are one character, and
//! the blocks are one text. Every byte of it knows which position of the document it stands for.

use std::ops::Range;

use super::{Quote, SURROUNDINGS};
use crate::model::document::{Block, BlockKind, Document, Position};

/// A text without what does not count when words are compared:
///
/// - white space of all kinds, line ends included, is one space; none stands inside of guillemets or before `;:!?`;
/// - quotation marks, apostrophes and dashes of all kinds are `"`, `'` and `-`; `…` is three full stops; ligatures are letters;
/// - soft hyphens, joiners and marks of direction are left out.
///
/// What is folded once is not changed by folding it again.
pub(in crate::model) fn fold(text: &str) -> String {
    let mut folder = Folder::default();
    folder.add(text, &mut |_, _| {});
    folder.out
}

/// Folds a text piece by piece.
#[derive(Debug, Default)]
struct Folder {
    out: String,
    /// Whether the next white space is left out: after `«`.
    is_space_idle: bool,
    /// Up to here nothing is taken back: where the line or block begins.
    floor: usize,
    /// Where each line or block begins.
    borders: Vec<usize>,
}

impl Folder {
    /// Adds a piece. Tells for each character that is left where it is in the folded text, and where in the piece.
    fn add(&mut self, piece: &str, tell: &mut dyn FnMut(usize, Range<usize>)) {
        for (at, c) in piece.char_indices() {
            let source = at..at + c.len_utf8();
            match folded(c) {
                Folded::Same => self.push(c, source, tell),
                Folded::Space => self.space(source, tell),
                Folded::LineEnd => self.end_line(source, tell),
                Folded::Nothing => {}
                Folded::As(other) => {
                    if c == '»' {
                        self.drop_space();
                    }
                    self.push(other, source, tell);
                    self.is_space_idle = c == '«';
                }
                Folded::Letters(letters) => {
                    for letter in letters.chars() {
                        self.push(letter, source.clone(), tell);
                    }
                }
            }
        }
    }

    fn push(&mut self, c: char, source: Range<usize>, tell: &mut dyn FnMut(usize, Range<usize>)) {
        if matches!(c, ';' | ':' | '!' | '?') {
            self.drop_space();
        }
        self.is_space_idle = false;
        if c == '-' && self.out.ends_with('-') {
            return;
        }
        tell(self.out.len(), source);
        self.out.push(c);
    }

    fn space(&mut self, source: Range<usize>, tell: &mut dyn FnMut(usize, Range<usize>)) {
        if !self.is_space_idle && !self.out.is_empty() && !self.out.ends_with(' ') {
            tell(self.out.len(), source);
            self.out.push(' ');
        }
    }

    /// The end of a line or block is a space that nothing takes away: what stands on the other side may change.
    fn end_line(&mut self, source: Range<usize>, tell: &mut dyn FnMut(usize, Range<usize>)) {
        self.is_space_idle = false;
        self.space(source, tell);
        self.floor = self.out.len();
        self.borders.push(self.floor);
    }

    fn drop_space(&mut self) {
        if self.out.len() > self.floor && self.out.ends_with(' ') {
            self.out.pop();
        }
    }
}

enum Folded {
    Same,
    Space,
    LineEnd,
    Nothing,
    As(char),
    Letters(&'static str),
}

const fn folded(c: char) -> Folded {
    match c {
        '\n' => Folded::LineEnd,
        ' ' | '\t' | '\r' => Folded::Space,
        '\0'..='\u{7f}' => Folded::Same,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => {
            Folded::Space
        }
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{61c}' => Folded::Nothing,
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '〝' | '〞' => Folded::As('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʼ' => Folded::As('\''),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => Folded::As('-'),
        '…' => Folded::Letters("..."),
        'ﬀ' => Folded::Letters("ff"),
        'ﬁ' => Folded::Letters("fi"),
        'ﬂ' => Folded::Letters("fl"),
        'ﬃ' => Folded::Letters("ffi"),
        'ﬄ' => Folded::Letters("ffl"),
        _ => Folded::Same,
    }
}

/// A quote as it is compared.
#[derive(Debug)]
pub(super) struct FoldedQuote {
    /// Its surroundings before, its words, its surroundings after.
    pub all: String,
    /// The bytes of `all` that are its words, without white space around them.
    pub exact: Range<usize>,
    /// How many characters before the words their line or block begins, if that is known.
    pub border_before: Option<usize>,
    /// How many characters after the words their line or block ends, if that is known.
    pub border_after: Option<usize>,
    /// Where it was.
    pub hint: Position,
    /// Whether its surroundings are all there was before it.
    pub is_at_start: bool,
    /// Whether its surroundings are all there was after it.
    pub is_at_end: bool,
}

impl FoldedQuote {
    /// What counts of a quote.
    pub fn of(quote: &Quote) -> Self {
        let mut folder = Folder::default();
        folder.add(&quote.prefix, &mut |_, _| {});
        let mut start = None;
        folder.add(&quote.exact, &mut |at, _| start = start.or(Some(at)));
        let end = folder.out.len();
        let start = start.unwrap_or(end);
        let mut after = None;
        folder.add(&quote.suffix, &mut |at, _| after = after.or(Some(at)));
        let all = folder.out;
        let end = after.unwrap_or(all.len()).min(end).max(start);
        let words = &all[start..end];
        let exact =
            start + (words.len() - words.trim_start().len())..start + words.trim_end().len();
        let exact = exact.start..exact.end.max(exact.start);
        let own = quote.prefix.rfind('\n').map(|at| &quote.prefix[at + 1..]);
        let border_before = own_block(&quote.prefix, own).map(|own| fold(own).chars().count());
        let own = quote.suffix.find('\n').map(|at| &quote.suffix[..at]);
        // a space that comes first counts, since words stand before it
        let after_words = |own: &str| fold(&["x", own].concat()).trim_end().chars().count() - 1;
        let border_after = own_block(&quote.suffix, own).map(after_words);
        Self {
            all,
            exact,
            border_before,
            border_after,
            hint: quote.hint,
            is_at_start: is_all(&quote.prefix),
            is_at_end: is_all(&quote.suffix),
        }
    }

    /// Its words.
    pub fn words(&self) -> &str {
        &self.all[self.exact.clone()]
    }
}

/// How many characters liseuse 0.1 kept.
const SURROUNDINGS_BEFORE_0_2: usize = 32;

/// The part of the surroundings that is of the same block as the words; `None` when they do not reach its end.
fn own_block<'a>(surroundings: &'a str, own: Option<&'a str>) -> Option<&'a str> {
    own.or_else(|| is_all(surroundings).then_some(surroundings))
}

/// Whether the text ends where the surroundings do: there are fewer of them than were asked for.
fn is_all(surroundings: &str) -> bool {
    let count = surroundings.chars().count();
    count < SURROUNDINGS && count != SURROUNDINGS_BEFORE_0_2
}

/// The folded text of a document's blocks, noise left out or nothing but noise.
#[derive(Debug)]
pub(super) struct FoldedText<'a> {
    blocks: &'a [Block],
    /// The text. A space stands between two blocks.
    pub text: String,
    /// Where each block begins in it, and which one.
    starts: Vec<(usize, usize)>,
    /// Where each block, and each line that is kept, begins.
    borders: Vec<usize>,
}

impl<'a> FoldedText<'a> {
    /// The text of the blocks that are no noise.
    pub fn of(document: &'a Document) -> Self {
        Self::of_blocks(document, |block| block.kind != BlockKind::Noise)
    }

    /// The text of noise.
    pub fn of_noise(document: &'a Document) -> Self {
        Self::of_blocks(document, |block| block.kind == BlockKind::Noise)
    }

    fn of_blocks(document: &'a Document, is_text: fn(&Block) -> bool) -> Self {
        let blocks = document.blocks();
        let mut folder = Folder {
            out: String::with_capacity(document.len() + blocks.len()),
            ..Folder::default()
        };
        let mut starts = Vec::with_capacity(blocks.len());
        for (i, block) in blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| is_text(block))
        {
            folder.end_line(0..0, &mut |_, _| {});
            starts.push((folder.out.len(), i));
            folder.add(&block.text, &mut |_, _| {});
        }
        Self {
            blocks,
            text: folder.out,
            starts,
            borders: folder.borders,
        }
    }

    /// Whether a block or a line that is kept begins at this byte of the text.
    pub fn is_start(&self, at: usize) -> bool {
        at == 0 || self.borders.binary_search(&at).is_ok()
    }

    /// Whether a block or a line that is kept ends at this byte of the text, but for the space after it.
    pub fn is_end(&self, at: usize) -> bool {
        let at = at + usize::from(self.text.as_bytes().get(at) == Some(&b' '));
        at >= self.text.len() || self.is_start(at)
    }

    /// The range of the document that a range of the text stands for; an end at white space is moved to the words.
    pub fn range(&self, range: Range<usize>) -> Range<Position> {
        let found = &self.text[range.clone()];
        let start = range.start + (found.len() - found.trim_start().len());
        let end = range.end - (found.len() - found.trim_end().len());
        if start >= end {
            let at = self.position(range.start).0;
            return at..at;
        }
        let last = self.text.floor_char_boundary(end - 1);
        self.position(start).0..self.position(last).1
    }

    /// The byte of the text that stands for a position, or for the next one that counts.
    pub fn offset(&self, position: Position) -> usize {
        let i = self
            .starts
            .partition_point(|&(_, block)| block < position.block);
        let Some(&(start, block)) = self.starts.get(i) else {
            return self.text.len();
        };
        if block > position.block {
            return start;
        }
        let mut offset = None;
        self.walk(i, &mut |at, source| {
            if offset.is_none() && source.end > position.offset {
                offset = Some(at);
            }
        });
        let end = self
            .starts
            .get(i + 1)
            .map_or(self.text.len(), |&(next, _)| next);
        offset.unwrap_or(end)
    }

    /// The positions before and after the character at a byte of the text.
    fn position(&self, at: usize) -> (Position, Position) {
        let i = self
            .starts
            .partition_point(|&(start, _)| start <= at)
            .saturating_sub(1);
        let block = self.starts.get(i).map_or(0, |&(_, block)| block);
        let mut found = 0..0;
        self.walk(i, &mut |offset, source| {
            if offset <= at {
                found = source;
            }
        });
        let position = |offset| Position { block, offset };
        (position(found.start), position(found.end))
    }

    /// Folds the `i`th block again, telling where in the text and in the block each character is.
    fn walk(&self, i: usize, tell: &mut dyn FnMut(usize, Range<usize>)) {
        let Some(&(start, block)) = self.starts.get(i) else {
            return;
        };
        let before = &self.text[..start];
        let mut folder = Folder::default();
        // what precedes it decides on a space at its beginning
        folder
            .out
            .push_str(if before.is_empty() { "" } else { " " });
        let shift = folder.out.len();
        folder.floor = shift;
        folder.add(&self.blocks[block].text, &mut |at, source| {
            tell(at + start - shift, source);
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::document::Metadata;

    fn document(texts: &[&str]) -> Document {
        let block = |text: &&str| Block::new(BlockKind::Paragraph, *text, 1);
        Document::new(Metadata::default(), texts.iter().map(block).collect())
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected);
    }

    #[test]
    fn variants_are_one() {
        check("« Oui ! » — dit-il…", "\"Oui!\" - dit-il...");
        check("“Yes”\u{a0}he  said\n\tnow", "\"Yes\" he said now");
        check("ex\u{ad}am\u{200b}ple ﬁn", "example fin");
        check("a -- b", "a - b");
        check("a\n! «\nb\n»", "a ! \" b \"");
    }

    #[test]
    fn positions_come_back() {
        let document = document(&["One  « two » three.", "! Four"]);
        let folded = FoldedText::of(&document);
        assert_eq!(folded.text, "One \"two\" three. ! Four");
        let at = folded.text.find("two").unwrap();
        let range = folded.range(at..at + 3);
        assert_eq!(
            &document.blocks()[0].text[range.start.offset..range.end.offset],
            "two"
        );
        assert_eq!(folded.offset(range.start), at);
        let four = folded.text.find("Four").unwrap();
        assert_eq!(
            folded.range(four..four + 4).start,
            Position {
                block: 1,
                offset: 2
            }
        );
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in "[ a«»!?:—–\u{a0}…\"'é\u{ad}-]{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn every_range_stands_for_words_that_fold_to_it(
            texts in prop::collection::vec("[ ab«»!?—\u{a0}…é漢]{1,12}", 1..5), a in 0..60_usize, b in 0..60_usize,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let document = document(&texts);
            let folded = FoldedText::of(&document);
            let clamp = |at: usize| folded.text.floor_char_boundary(at.min(folded.text.len()));
            let range = folded.range(clamp(a.min(b))..clamp(a.max(b)));
            prop_assert!(range.start <= range.end);
            for p in [range.start, range.end] {
                if let Some(block) = document.blocks().get(p.block) {
                    prop_assert!(block.text.is_char_boundary(p.offset));
                }
            }
        }
    }
}
