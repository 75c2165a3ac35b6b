//! The signs that liseuse draws itself: one set for terminals with Unicode fonts, one in plain ASCII.

/// The signs that liseuse draws itself; each is one column wide, unless its text says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// At the margin of the paragraph that keys like `bookmark` act on.
    pub bar: &'static str,
    /// At the margin of a bookmarked passage, and before the number of bookmarks.
    pub bookmark: &'static str,
    /// An article or section of which nothing has been seen.
    pub unseen: &'static str,
    /// An article or section of which a part has been seen.
    pub part_seen: &'static str,
    /// An article or section that has been read.
    pub seen: &'static str,
    /// An article whose file is gone.
    pub gone: &'static str,
    /// A row with others folded under it.
    pub folded: &'static str,
    /// A row with others shown under it.
    pub unfolded: &'static str,
    /// Before the chosen row of a list.
    pub chosen: &'static str,
    /// In place of text that does not fit.
    pub ellipsis: &'static str,
    /// A line across, drawn again and again.
    pub rule: &'static str,
    /// A line down between panes.
    pub divider: &'static str,
    /// The part of a scrollbar that shows where the screen is.
    pub thumb: &'static str,
    /// Between two things on one line.
    pub dot: &'static str,
    /// From one thing to another.
    pub arrow: &'static str,
    /// Before an item of a list.
    pub bullet: &'static str,
    /// More lies above.
    pub above: &'static str,
    /// More lies below.
    pub below: &'static str,
    /// Before the rest of a line of code that was cut.
    pub continued: &'static str,
    /// Before what a picture shows.
    pub image: &'static str,
    /// Where a line across meets one between two columns.
    pub crossing: &'static str,
    /// Around the number of a link in the text; a footnote has brackets.
    pub number: (&'static str, &'static str),
    /// Around words that are quoted in a notice.
    pub quotes: (&'static str, &'static str),
}

impl Glyphs {
    /// For terminals with Unicode fonts.
    pub const UNICODE: Self = Self {
        bar: "▎",
        bookmark: "◆",
        unseen: "○",
        part_seen: "◐",
        seen: "●",
        gone: "×",
        folded: "▸",
        unfolded: "▾",
        chosen: "›",
        ellipsis: "…",
        rule: "─",
        divider: "│",
        thumb: "┃",
        dot: "·",
        arrow: "→",
        bullet: "•",
        above: "↑",
        below: "↓",
        continued: "↳",
        image: "▣",
        crossing: "┼",
        number: ("‹", "›"),
        quotes: ("“", "”"),
    };

    /// In plain ASCII.
    pub const ASCII: Self = Self {
        bar: "|",
        bookmark: "*",
        unseen: ".",
        part_seen: "o",
        seen: "x",
        gone: "!",
        folded: "+",
        unfolded: "-",
        chosen: ">",
        ellipsis: "~",
        rule: "-",
        divider: "|",
        thumb: "#",
        dot: "-",
        arrow: ">",
        bullet: "-",
        above: "^",
        below: "v",
        continued: ">",
        image: "#",
        crossing: "+",
        number: ("{", "}"),
        quotes: ("\"", "\""),
    };

    /// The ones for the setting `ascii`.
    pub const fn of(ascii: bool) -> Self {
        if ascii { Self::ASCII } else { Self::UNICODE }
    }

    /// All of them.
    pub const fn all(&self) -> [&'static str; 25] {
        [
            self.bar,
            self.bookmark,
            self.unseen,
            self.part_seen,
            self.seen,
            self.gone,
            self.folded,
            self.unfolded,
            self.chosen,
            self.ellipsis,
            self.rule,
            self.divider,
            self.thumb,
            self.dot,
            self.arrow,
            self.bullet,
            self.above,
            self.below,
            self.continued,
            self.image,
            self.crossing,
            self.number.0,
            self.number.1,
            self.quotes.0,
            self.quotes.1,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::text::Span;

    #[test]
    fn every_sign_is_one_column_wide() {
        for glyph in Glyphs::UNICODE.all().into_iter().chain(Glyphs::ASCII.all()) {
            assert_eq!(Span::raw(glyph).width(), 1, "{glyph}");
        }
    }

    #[test]
    fn ascii_is_ascii_and_tells_the_states_apart() {
        assert!(Glyphs::of(true).all().iter().all(|glyph| glyph.is_ascii()));
        for glyphs in [Glyphs::ASCII, Glyphs::UNICODE] {
            assert_ne!(glyphs.unseen, glyphs.part_seen);
            assert_ne!(glyphs.part_seen, glyphs.seen);
            assert_ne!(glyphs.unseen, glyphs.seen);
            assert_ne!(glyphs.folded, glyphs.unfolded);
        }
    }
}
