//! How many colours a terminal has, and a colour as near as it can show it.

use std::ffi::OsString;

use ratatui::style::Color;

/// How many colours may be used. Ordered from none to all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: the reader said so, or the terminal has none.
    None,
    /// The terminal's own 16.
    Ansi,
    /// The 256 of xterm.
    Indexed,
    /// All, in 24 bits.
    Full,
}

/// Terminals that show 24-bit colour, by their `TERM`; over ssh, `COLORTERM` is usually lost.
const FULL: &[&str] = &[
    "xterm-kitty",
    "xterm-ghostty",
    "alacritty",
    "foot",
    "wezterm",
    "direct",
];

/// Whether the terminal says that it can show nothing but lines of text, one after the other.
pub fn is_terminal_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

impl Depth {
    /// How many colours the terminal of this program has and the reader wants.
    pub fn of_environment() -> Self {
        Self::of(|name| std::env::var_os(name))
    }

    /// What `NO_COLOR`, `COLORTERM` and `TERM` say; `variable` looks one up.
    pub fn of(variable: impl Fn(&str) -> Option<OsString>) -> Self {
        let value = |name: &str| {
            variable(name)
                .map(|value| value.to_string_lossy().into_owned())
                .unwrap_or_default()
        };
        let term = value("TERM");
        // https://no-color.org: it counts when it is not empty, whatever it says
        if !value("NO_COLOR").is_empty() || term == "dumb" {
            return Self::None;
        }
        let is_full = matches!(value("COLORTERM").as_str(), "truecolor" | "24bit");
        if is_full || FULL.iter().any(|name| term.contains(name)) {
            return Self::Full;
        }
        if term.contains("256color") {
            Self::Indexed
        } else {
            Self::Ansi
        }
    }
}

/// A colour, `0xRRGGBB`, as near as a terminal of this depth can show it.
pub(super) fn colour(rgb: u32, depth: Depth) -> Color {
    let [_, r, g, b] = rgb.to_be_bytes();
    match depth {
        Depth::Full => Color::Rgb(r, g, b),
        Depth::Indexed | Depth::Ansi | Depth::None => Color::Indexed(indexed([r, g, b])),
    }
}

/// The steps of xterm's colour cube.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The nearest of xterm's 256 colours: one of the 6×6×6 cube from 16 or of the 24 greys from 232.
fn indexed(rgb: [u8; 3]) -> u8 {
    let distance = |other: [u8; 3]| {
        let far = rgb
            .iter()
            .zip(other)
            .map(|(a, b)| u32::from(a.abs_diff(b)).pow(2));
        far.sum::<u32>()
    };
    let cube = (0..216_u8).map(|n| {
        let step = |n: u8| STEPS[usize::from(n % 6)];
        (16 + n, [step(n / 36), step(n / 6), step(n)])
    });
    let greys = (0..24_u8).map(|n| (232 + n, [8 + 10 * n; 3]));
    cube.chain(greys)
        .min_by_key(|(_, other)| distance(*other))
        .map_or(16, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(variables: &[(&str, &str)]) -> Depth {
        Depth::of(|name| {
            variables
                .iter()
                .find(|(variable, _)| *variable == name)
                .map(|(_, v)| OsString::from(v))
        })
    }

    #[test]
    fn the_environment_tells_how_many_colours_there_are() {
        assert_eq!(
            depth(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]),
            Depth::Full
        );
        assert_eq!(depth(&[("TERM", "xterm-kitty")]), Depth::Full);
        assert_eq!(depth(&[("TERM", "tmux-256color")]), Depth::Indexed);
        assert_eq!(depth(&[("TERM", "linux")]), Depth::Ansi);
        assert_eq!(depth(&[]), Depth::Ansi);
        assert_eq!(depth(&[("TERM", "dumb")]), Depth::None);
    }

    #[test]
    fn no_color_counts_only_when_it_is_not_empty() {
        assert_eq!(
            depth(&[("COLORTERM", "truecolor"), ("NO_COLOR", "1")]),
            Depth::None
        );
        assert_eq!(
            depth(&[("COLORTERM", "truecolor"), ("NO_COLOR", "")]),
            Depth::Full
        );
    }

    #[test]
    fn the_nearest_of_the_256_colours_is_taken() {
        assert_eq!(indexed([0, 0, 0]), 16);
        assert_eq!(indexed([255, 255, 255]), 231);
        assert_eq!(indexed([255, 0, 0]), 196);
        assert_eq!(indexed([128, 128, 128]), 244);
    }
}
