//! A style for each role. The background of the screen stays the terminal's own, and no role is told from another by its
//! colour alone: where two must be told apart, they also differ in weight, underline, reversal or a sign.

mod depth;
mod palette;

use ratatui::style::{Color, Modifier, Style};

use crate::model::article::Kind;

use depth::colour;
pub use depth::{Depth, is_terminal_dumb};
use palette::{ANSI, DARK, LIGHT, Palette};

/// Whether the terminal is dark or light.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Background {
    /// Light text on dark.
    #[default]
    Dark,
    /// Dark text on light.
    Light,
}

/// The themes, as the configuration names them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThemeName {
    /// Dark or light after the terminal's background.
    #[default]
    Auto,
    /// For dark backgrounds.
    Dark,
    /// For light backgrounds.
    Light,
    /// Only the terminal's own 16 colours.
    Ansi,
    /// No colour.
    Plain,
}

impl ThemeName {
    /// Every theme with its name, in the order the key goes through them.
    pub const NAMES: [(&str, Self); 5] = [
        ("auto", Self::Auto),
        ("dark", Self::Dark),
        ("light", Self::Light),
        ("ansi", Self::Ansi),
        ("plain", Self::Plain),
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Ansi => "ansi",
            Self::Plain => "plain",
        }
    }

    /// The theme that the key takes next.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Auto => Self::Dark,
            Self::Dark => Self::Light,
            Self::Light => Self::Ansi,
            Self::Ansi => Self::Plain,
            Self::Plain => Self::Auto,
        }
    }
}

/// A style for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Theme {
    /// Running text: the terminal's own.
    pub text: Style,
    /// What is there without being looked at: counts, minutes, times.
    pub dim: Style,
    /// The title of the article.
    pub title: Style,
    /// A heading in the text, one of the highest.
    pub heading: Style,
    /// Headings one, two, and three or more levels below those: weight and slant tell them apart, too.
    pub subheadings: [Style; 3],
    /// Who wrote it, and when.
    pub byline: Style,
    /// What the eye should find: the section being read, the name of a key.
    pub accent: Style,
    /// The chosen row of the pane that has the keys.
    pub selected: Style,
    /// The chosen row of another pane.
    pub selected_dim: Style,
    /// What a search found.
    pub hit: Style,
    /// The hit the reader is at.
    pub current_hit: Style,
    /// A bookmarked passage.
    pub bookmark: Style,
    /// A highlighted passage, by its kind.
    pub highlights: [Style; Kind::COUNT],
    /// What is being selected.
    pub selection: Style,
    /// Quoted text.
    pub quote: Style,
    /// Code.
    pub code: Style,
    /// Emphasis.
    pub emphasis: Style,
    /// Strong emphasis.
    pub strong: Style,
    /// What is struck through.
    pub strikethrough: Style,
    /// A link.
    pub link: Style,
    /// What a picture shows.
    pub image: Style,
    /// The link that keys act on.
    pub current_link: Style,
    /// The letters that lead to a link.
    pub hint: Style,
    /// The rows of a table that name its columns.
    pub table_head: Style,
    /// Lines between panes and in tables, the margin bar.
    pub rule: Style,
    /// The status line.
    pub status: Style,
    /// Something to tell.
    pub notice: Style,
    /// Something that went wrong.
    pub warning: Style,
    /// An article or section that has been read.
    pub seen: Style,
    /// One of which a part has been seen.
    pub part_seen: Style,
    /// One of which nothing has been seen.
    pub unseen: Style,
    /// A line of the web page that is not of the article.
    pub noise: Style,
}

impl Theme {
    /// The theme of this name on a terminal of this background and depth. A terminal with fewer colours than the theme
    /// has gets the richest one that it can show.
    pub fn of(name: ThemeName, background: Background, depth: Depth) -> Self {
        let palette = match (name, background) {
            _ if depth == Depth::None => return Self::plain(),
            (ThemeName::Plain, _) => return Self::plain(),
            (ThemeName::Ansi, _) => return Self::ansi(),
            _ if depth == Depth::Ansi => return Self::ansi(),
            (ThemeName::Dark, _) | (ThemeName::Auto, Background::Dark) => &DARK,
            (ThemeName::Light, _) | (ThemeName::Auto, Background::Light) => &LIGHT,
        };
        Self::coloured(palette, depth)
    }

    /// A heading so far below the highest ones of its text.
    pub fn heading_at(&self, depth: u8) -> Style {
        match usize::from(depth).checked_sub(1) {
            None => self.heading,
            Some(below) => self.subheadings[below.min(2)],
        }
    }

    /// No style at all, for what must hold no escape sequences.
    pub fn none() -> Self {
        let none = Style::new();
        Self {
            text: none,
            dim: none,
            title: none,
            heading: none,
            subheadings: [none; 3],
            image: none,
            byline: none,
            accent: none,
            selected: none,
            selected_dim: none,
            hit: none,
            current_hit: none,
            bookmark: none,
            highlights: [none; Kind::COUNT],
            selection: none,
            quote: none,
            code: none,
            emphasis: none,
            strong: none,
            strikethrough: none,
            link: none,
            current_link: none,
            hint: none,
            table_head: none,
            rule: none,
            status: none,
            notice: none,
            warning: none,
            seen: none,
            part_seen: none,
            unseen: none,
            noise: none,
        }
    }

    /// Weight, slant, underline and reversal only; the other themes add colour to it.
    fn plain() -> Self {
        let text = Style::new();
        let bold = text.add_modifier(Modifier::BOLD);
        let dim = text.add_modifier(Modifier::DIM);
        let italic = text.add_modifier(Modifier::ITALIC);
        let underlined = text.add_modifier(Modifier::UNDERLINED);
        Self {
            text,
            dim,
            title: bold,
            heading: bold,
            subheadings: [
                bold.add_modifier(Modifier::ITALIC),
                italic,
                italic.add_modifier(Modifier::UNDERLINED),
            ],
            image: italic,
            byline: italic,
            accent: bold,
            selected: bold.add_modifier(Modifier::REVERSED),
            selected_dim: underlined,
            hit: underlined,
            current_hit: bold.add_modifier(Modifier::REVERSED | Modifier::UNDERLINED),
            bookmark: underlined,
            highlights: [
                underlined.add_modifier(Modifier::BOLD),
                underlined.add_modifier(Modifier::ITALIC),
                underlined,
                underlined.add_modifier(Modifier::DIM),
                underlined.add_modifier(Modifier::BOLD | Modifier::ITALIC),
            ],
            selection: text.add_modifier(Modifier::REVERSED),
            quote: italic,
            code: text,
            emphasis: italic,
            strong: bold,
            strikethrough: text.add_modifier(Modifier::CROSSED_OUT),
            link: underlined,
            current_link: bold.add_modifier(Modifier::REVERSED),
            hint: bold.add_modifier(Modifier::REVERSED),
            table_head: bold,
            rule: dim,
            status: dim,
            notice: text,
            warning: bold,
            seen: dim,
            part_seen: text,
            unseen: bold,
            noise: dim.add_modifier(Modifier::ITALIC),
        }
    }

    fn ansi() -> Self {
        let plain = Self::plain();
        Self {
            title: plain.title.fg(Color::Yellow),
            heading: plain.heading.fg(Color::Cyan),
            subheadings: plain.subheadings.map(|style| style.fg(Color::Cyan)),
            accent: plain.accent.fg(Color::Yellow),
            hit: plain.hit.fg(Color::Yellow),
            current_hit: plain.current_hit.fg(Color::Yellow),
            bookmark: plain.bookmark.fg(Color::Magenta),
            highlights: std::array::from_fn(|kind| plain.highlights[kind].fg(ANSI[kind])),
            code: plain.code.fg(Color::Green),
            link: plain.link.fg(Color::Cyan),
            hint: plain.hint.fg(Color::Yellow),
            warning: plain.warning.fg(Color::Red),
            seen: plain.seen.fg(Color::Green),
            part_seen: plain.part_seen.fg(Color::Yellow),
            ..plain
        }
    }

    fn coloured(palette: &Palette, depth: Depth) -> Self {
        let plain = Self::plain();
        let colour = |rgb| colour(rgb, depth);
        // the colour is dim enough: DIM on top of it would make it unreadable
        let dim = Style::new().fg(colour(palette.dim));
        let rule = Style::new().fg(colour(palette.rule));
        let on_hit = Style::new()
            .fg(colour(palette.on_hit))
            .bg(colour(palette.hit));
        let selected = Style::new()
            .bg(colour(palette.selected))
            .add_modifier(Modifier::BOLD);
        Self {
            dim,
            title: plain.title.fg(colour(palette.title)),
            heading: plain.heading.fg(colour(palette.heading)),
            subheadings: plain.subheadings.map(|s| s.fg(colour(palette.heading))),
            image: dim.add_modifier(Modifier::ITALIC),
            byline: dim.add_modifier(Modifier::ITALIC),
            accent: plain.accent.fg(colour(palette.accent)),
            selected,
            selected_dim: Style::new().bg(colour(palette.selected_dim)),
            hit: plain.hit.fg(colour(palette.accent)),
            current_hit: on_hit.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            bookmark: plain.bookmark.fg(colour(palette.bookmark)),
            // their signs tell them apart, too
            highlights: palette.highlights.map(|rgb| Style::new().bg(colour(rgb))),
            selection: Style::new().bg(colour(palette.selection)),
            quote: plain.quote.fg(colour(palette.quote)),
            code: plain.code.fg(colour(palette.code)),
            strikethrough: plain.strikethrough.fg(colour(palette.dim)),
            link: plain.link.fg(colour(palette.link)),
            hint: on_hit.add_modifier(Modifier::BOLD),
            rule,
            status: dim,
            notice: Style::new().fg(colour(palette.accent)),
            warning: plain.warning.fg(colour(palette.warning)),
            seen: Style::new().fg(colour(palette.seen)),
            part_seen: Style::new().fg(colour(palette.part_seen)),
            noise: dim.add_modifier(Modifier::ITALIC),
            ..plain
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_colours_every_theme_is_the_plain_one() {
        let dark = Theme::of(ThemeName::Dark, Background::Dark, Depth::None);
        assert_eq!(
            dark,
            Theme::of(ThemeName::Plain, Background::Light, Depth::Full)
        );
    }

    #[test]
    fn auto_follows_the_background() {
        let auto = |background| Theme::of(ThemeName::Auto, background, Depth::Full);
        let named = |name| Theme::of(name, Background::Dark, Depth::Full);
        assert_eq!(auto(Background::Dark), named(ThemeName::Dark));
        assert_eq!(auto(Background::Light), named(ThemeName::Light));
    }

    #[test]
    fn the_key_goes_through_all_themes() {
        for (i, (name, theme)) in ThemeName::NAMES.into_iter().enumerate() {
            assert_eq!(theme.name(), name);
            assert_eq!(theme.next(), ThemeName::NAMES[(i + 1) % 5].1);
        }
    }

    fn all_themes() -> Vec<Theme> {
        let names = ThemeName::NAMES.iter().map(|(_, name)| *name);
        let depths = [Depth::None, Depth::Ansi, Depth::Indexed, Depth::Full];
        let each = names.flat_map(|name| depths.map(|depth| (name, depth)));
        each.map(|(name, depth)| Theme::of(name, Background::Light, depth))
            .collect()
    }

    #[test]
    fn nothing_relies_on_colour_alone() {
        let is_told = |one: Style, other: Style| {
            one.add_modifier != other.add_modifier || one.bg.is_some() != other.bg.is_some()
        };
        for theme in all_themes() {
            assert!(is_told(theme.hit, theme.text));
            assert!(is_told(theme.current_hit, theme.hit));
            assert!(is_told(theme.selected, theme.text));
            assert!(is_told(theme.selected_dim, theme.text));
            assert!(is_told(theme.selected, theme.selected_dim));
            assert!(is_told(theme.bookmark, theme.text));
            assert!(is_told(theme.selection, theme.text));
            for highlight in theme.highlights {
                assert!(is_told(highlight, theme.text));
            }
            assert!(is_told(theme.heading, theme.text));
            for depth in 1..4 {
                assert!(is_told(
                    theme.heading_at(depth),
                    theme.heading_at(depth - 1)
                ));
                assert!(is_told(theme.heading_at(depth), theme.text));
            }
            assert!(is_told(theme.link, theme.text));
            assert!(is_told(theme.current_link, theme.link));
            assert!(is_told(theme.hint, theme.text));
            assert!(is_told(theme.strikethrough, theme.text));
            assert!(is_told(theme.table_head, theme.text));
            assert!(is_told(theme.warning, theme.notice));
            assert_eq!((theme.text.bg, theme.text.fg), (None, None));
        }
    }

    /// The contrast of WCAG 2, 1 to 21.
    fn contrast(one: u32, other: u32) -> f64 {
        let light = |rgb: u32| {
            let [_, r, g, b] = rgb.to_be_bytes();
            let linear = |c: u8| {
                let c = f64::from(c) / 255.0;
                if c <= 0.04045 {
                    c / 12.92
                } else {
                    ((c + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b) + 0.05
        };
        let (one, other) = (light(one), light(other));
        one.max(other) / one.min(other)
    }

    #[test]
    fn all_text_can_be_read_on_usual_backgrounds() {
        for (palette, text, backgrounds) in [
            (DARK, 0xd0_d0_d0, [0x00_00_00, 0x1e_1e_22, 0x28_2c_34]),
            (LIGHT, 0x30_30_30, [0xff_ff_ff, 0xfa_f6_ec, 0xf0_f0_f0]),
        ] {
            for ground in palette.highlights.into_iter().chain([palette.selection]) {
                let found = contrast(text, ground);
                assert!(found >= 4.5, "text on {ground:06x}: {found:.1}");
            }
            for background in backgrounds {
                for colour in [
                    palette.dim,
                    palette.title,
                    palette.heading,
                    palette.link,
                    palette.accent,
                    palette.bookmark,
                    palette.quote,
                    palette.code,
                    palette.warning,
                    palette.seen,
                    palette.part_seen,
                ] {
                    let found = contrast(colour, background);
                    assert!(found >= 4.5, "{colour:06x} on {background:06x}: {found:.1}");
                }
            }
            assert!(contrast(palette.on_hit, palette.hit) >= 7.0);
        }
    }
}
