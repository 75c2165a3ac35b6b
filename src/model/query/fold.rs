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

/// Title, author and folder of an article as they are compared, in one piece of memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    /// The three, a line each.
    all: Box<str>,
    author: u32,
    folder: u32,
}

impl Folded {
    /// Of an article with this title, author and folder.
    pub fn new(title: &str, author: &str, folder: &str) -> Self {
        // none of them has a line end once it is folded
        let mut all = fold(title);
        all.push('\n');
        let author_at = all.len();
        all.push_str(&fold(author));
        all.push('\n');
        let folder_at = all.len();
        all.push_str(&fold(folder));
        Self {
            author: u32::try_from(author_at).unwrap_or(0),
            folder: u32::try_from(folder_at).unwrap_or(0),
            all: all.into(),
        }
    }

    /// Everything, a line each.
    pub fn all(&self) -> &str {
        &self.all
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.all[..(self.author as usize).saturating_sub(1)]
    }

    /// The author; empty when unknown.
    pub fn author(&self) -> &str {
        let end = (self.folder as usize).saturating_sub(1);
        &self.all[(self.author as usize).min(end)..end]
    }

    /// The folder; empty at the top.
    pub fn folder(&self) -> &str {
        &self.all[self.folder as usize..]
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
        let folded = Folded::new("L’Été", "Ida Holm", "Pays/Nord");
        assert_eq!(folded.title(), "l'ete");
        assert_eq!(folded.author(), "ida holm");
        assert_eq!(folded.folder(), "pays/nord");
        let empty = Folded::new("", "", "");
        assert_eq!(
            (empty.title(), empty.author(), empty.folder()),
            ("", "", "")
        );
    }
}
