//! Styles as the escape sequences of a terminal.

use std::io::{self, Write};

use ratatui::style::{Color, Modifier, Style};

/// The select-graphic-rendition numbers of the modifiers (ECMA-48 §8.3.117).
const MODIFIERS: &[(Modifier, &str)] = &[
    (Modifier::BOLD, "1"),
    (Modifier::DIM, "2"),
    (Modifier::ITALIC, "3"),
    (Modifier::UNDERLINED, "4"),
    (Modifier::REVERSED, "7"),
    (Modifier::CROSSED_OUT, "9"),
];

/// Writes text in a style, and then back to the terminal's own.
pub(super) fn paint(out: &mut dyn Write, style: Style, text: &str) -> io::Result<()> {
    let numbers = numbers(style);
    if numbers.is_empty() || text.is_empty() {
        return out.write_all(text.as_bytes());
    }
    write!(out, "\x1b[{}m{text}\x1b[0m", numbers.join(";"))
}

fn numbers(style: Style) -> Vec<String> {
    let modifiers = MODIFIERS
        .iter()
        .filter(|(m, _)| style.add_modifier.contains(*m));
    let mut numbers: Vec<String> = modifiers.map(|(_, number)| (*number).to_owned()).collect();
    numbers.extend(style.fg.and_then(|colour| number(colour, 30)));
    numbers.extend(style.bg.and_then(|colour| number(colour, 40)));
    numbers
}

/// The number of a colour; `base` is 30 for text and 40 for its background.
fn number(colour: Color, base: u8) -> Option<String> {
    let usual = |n: u8| Some((base + n).to_string());
    let bright = |n: u8| Some((base + 60 + n).to_string());
    match colour {
        Color::Reset => None,
        Color::Black => usual(0),
        Color::Red => usual(1),
        Color::Green => usual(2),
        Color::Yellow => usual(3),
        Color::Blue => usual(4),
        Color::Magenta => usual(5),
        Color::Cyan => usual(6),
        Color::Gray => usual(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(index) => Some(format!("{};5;{index}", base + 8)),
        Color::Rgb(r, g, b) => Some(format!("{};2;{r};{g};{b}", base + 8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(style: Style, expected: &str) {
        let mut out = Vec::new();
        paint(&mut out, style, "x").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn styles_become_escape_sequences() {
        check(Style::new(), "x");
        check(Style::new().bold().italic(), "\x1b[1;3mx\x1b[0m");
        check(Style::new().fg(Color::Yellow), "\x1b[33mx\x1b[0m");
        check(
            Style::new().fg(Color::LightRed).bg(Color::Black),
            "\x1b[91;40mx\x1b[0m",
        );
        check(
            Style::new().fg(Color::Indexed(208)),
            "\x1b[38;5;208mx\x1b[0m",
        );
        check(
            Style::new().bg(Color::Rgb(1, 2, 3)).underlined(),
            "\x1b[4;48;2;1;2;3mx\x1b[0m",
        );
    }
}
