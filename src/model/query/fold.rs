//! Text without case and accents, for comparing.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text as it is compared: without case and accents, the curly signs as the straight ones, white space of any kind as
/// one space.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        let is_plain = |b: u8| (b' '..0x7f).contains(&b);
        if text.bytes().all(is_plain) && !text.contains("  ") {
            return text.trim_ascii().to_ascii_lowercase();
        }
    }
    let mut folded = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c));
    for c in letters.flat_map(char::to_lowercase) {
        match c {
            '’' | '‘' | 'ʼ' => folded.push('\''),
            '“' | '”' | '„' | '«' | '»' => folded.push('"'),
            '‐' | '‑' | '–' | '−' => folded.push('-'),
            '\u{ad}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c if is_combining_mark(c) => {}
            c => folded.push(c),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Title, author and folder of many articles as they are compared, one behind the other: a hundred thousand are looked
/// through in a few milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Texts {
    all: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Part {
    start: usize,
    author: u32,
    folder: u32,
    end: u32,
}

impl Texts {
    /// Adds those of one more article.
    pub fn push(&mut self, title: &str, author: &str, folder: &str) {
        let part = self.written(title, author, folder);
        self.parts.push(part);
    }

    /// Replaces those of one article; what stood there before keeps its memory.
    pub fn replace(&mut self, i: usize, title: &str, author: &str, folder: &str) {
        let part = self.written(title, author, folder);
        if let Some(old) = self.parts.get_mut(i) {
            *old = part;
        }
    }

    /// Those of one article; empty when there are fewer.
    pub fn get(&self, i: usize) -> Folded<'_> {
        let part = self.parts.get(i).copied().unwrap_or_default();
        Folded {
            all: &self.all[part.start..part.start + part.end as usize],
            author: part.author as usize,
            folder: part.folder as usize,
        }
    }

    // none of the three has a line end once it is folded
    fn written(&mut self, title: &str, author: &str, folder: &str) -> Part {
        let start = self.all.len();
        let mut ends = [0; 3];
        for (text, end) in [title, author, folder].into_iter().zip(&mut ends) {
            // nobody's title is longer than this
            let text = &text[..text.floor_char_boundary(1 << 20)];
            self.all.push_str(&fold(text));
            self.all.push('\n');
            *end = u32::try_from(self.all.len() - start).unwrap_or(u32::MAX);
        }
        let [author, folder, end] = ends;
        Part {
            start,
            author,
            folder,
            end,
        }
    }
}

/// Title, author and folder of an article as they are compared.
#[derive(Debug, Clone, Copy)]
pub struct Folded<'a> {
    /// The three, each with its line end.
    all: &'a str,
    author: usize,
    folder: usize,
}

impl<'a> Folded<'a> {
    /// Everything, a line each.
    pub const fn all(self) -> &'a str {
        self.all
    }

    /// The title.
    pub fn title(self) -> &'a str {
        self.line(0, self.author)
    }

    /// The author; empty when unknown.
    pub fn author(self) -> &'a str {
        self.line(self.author, self.folder)
    }

    /// The folder; empty at the top.
    pub fn folder(self) -> &'a str {
        self.line(self.folder, self.all.len())
    }

    fn line(self, start: usize, end: usize) -> &'a str {
        &self.all[start..end.saturating_sub(1).max(start)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text), expected);
    }

    #[test]
    fn case_accents_and_the_shape_of_signs_do_not_count() {
        check("L’Été  à\u{a0}Paris\n", "l'ete a paris");
        check("ÉLÈVES", "eleves");
        check("e\u{301}te\u{301}", "ete");
        check("Zürich – «Straße»", "zurich - \"straße\"");
        check("İstanbul", "istanbul");
        check("ﬁn", "fin");
        check("re\u{ad}lire", "relire");
        check(" plain  Text ", "plain text");
        check("中文", "中文");
    }

    #[test]
    fn the_parts_of_an_article_are_kept_apart() {
        let mut texts = Texts::default();
        texts.push("L’Été", "Ida Holm", "Pays/Nord");
        texts.push("", "", "");
        let first = texts.get(0);
        assert_eq!(first.title(), "l'ete");
        assert_eq!(first.author(), "ida holm");
        assert_eq!(first.folder(), "pays/nord");
        for empty in [texts.get(1), texts.get(7)] {
            assert_eq!(
                (empty.title(), empty.author(), empty.folder()),
                ("", "", "")
            );
        }
        texts.replace(0, "Winter", "", "");
        assert_eq!(texts.get(0).all(), "winter\n\n\n");
    }
}
