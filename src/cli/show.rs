//! `liseuse show FILE`: an article as wrapped text.

use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::path::Path;

use ratatui::style::{Modifier, Style};

use super::args::{Show, When};
use super::opened::Given;
use super::outline::numbered;
use super::paint::paint;
use super::{Exit, complain};
use crate::config::Config;
use crate::config::theme::{Background, Depth, Theme, ThemeName};
use crate::layout::wrap::cells;
use crate::layout::{Line, Measure, Page, Wrapped};
use crate::model::document::{Block, BlockKind, Document, Mark, Position};
use crate::model::outline::Outline;

/// Prints an article, or one section of it.
pub(super) fn run(given: &Given, args: &Show, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let (document, outline) = given.read(&config, &args.file)?;
    let (from, to) = match args.section {
        None => (Position::default(), document.end()),
        Some(number) => {
            let Some(section) = section(&outline, number) else {
                complain(&no_section(&args.file, &outline, number));
                return Ok(Exit::NothingFound);
            };
            section
        }
    };
    let width = args
        .width
        .unwrap_or_else(|| config.measure.min(terminal_width()))
        .max(1);
    let theme = theme(&config, args.color);
    let mut blank = 0;
    let page = Page {
        document: &document,
        measure: Measure {
            width,
            noise: args.all,
        },
        wrapped: &Wrapped::default(),
    };
    for line in page.down(from) {
        if line.start() >= to && to != document.end() {
            break;
        }
        if line.bytes.is_empty() {
            // blank rows only between others
            blank += 1;
            continue;
        }
        out.write_all("\n".repeat(std::mem::take(&mut blank)).as_bytes())?;
        print(out, &document, &line, theme.as_ref())?;
    }
    if document.is_empty() {
        complain(&format!(
            "there is nothing to read in `{}`",
            args.file.display()
        ));
        return Ok(Exit::NothingFound);
    }
    Ok(Exit::Done)
}

/// From where to where a section reaches with those under it.
fn section(outline: &Outline, number: usize) -> Option<(Position, Position)> {
    let mut from_it = numbered(outline)
        .skip_while(|(n, _)| *n != number)
        .map(|(_, section)| section);
    let this = from_it.next()?;
    let under = from_it
        .take_while(|section| section.level > this.level)
        .last();
    Some((this.start, under.unwrap_or(this).end))
}

fn no_section(file: &Path, outline: &Outline, number: usize) -> String {
    let last = numbered(outline).map(|(n, _)| n).last().unwrap_or(0);
    format!(
        "no section {number} in `{}`; the last is {last}",
        file.display()
    )
}

/// How many columns the terminal has; very many when standard output is none.
fn terminal_width() -> u16 {
    let stdout = io::stdout();
    let size = rustix::termios::tcgetwinsize(&stdout)
        .ok()
        .filter(|size| size.ws_col > 0);
    size.map_or(u16::MAX, |size| size.ws_col)
}

fn theme(config: &Config, when: When) -> Option<Theme> {
    let depth = Depth::of_environment();
    let depth = match when {
        When::Never => return None,
        When::Auto if !io::stdout().is_terminal() || depth == Depth::None => return None,
        When::Auto => depth,
        When::Always => depth.max(Depth::Ansi),
    };
    // the background is not asked for here: on either one, the terminal's own colours can be read
    let name = if config.theme == ThemeName::Auto {
        ThemeName::Ansi
    } else {
        config.theme
    };
    Some(Theme::of(name, Background::Dark, depth))
}

fn print(
    out: &mut dyn Write,
    document: &Document,
    line: &Line,
    theme: Option<&Theme>,
) -> io::Result<()> {
    let Some(block) = document.blocks().get(line.block) else {
        return Ok(());
    };
    out.write_all(" ".repeat(usize::from(line.indent)).as_bytes())?;
    let end = line.bytes.start + block.text[line.bytes.clone()].trim_end().len();
    for (at, text) in pieces(block, line.bytes.start..end) {
        let style = theme.map_or_else(Style::default, |theme| style_at(block, at, theme));
        paint(out, style, &text)?;
    }
    out.write_all(b"\n")
}

/// A stretch of a block as it is drawn, cut where a mark begins or ends; each piece with its first byte.
fn pieces(block: &Block, bytes: Range<usize>) -> Vec<(usize, String)> {
    let borders: Vec<usize> = block
        .marks
        .iter()
        .flat_map(|(marked, _)| [marked.start, marked.end])
        .collect();
    let mut pieces: Vec<(usize, String)> = Vec::new();
    let mut is_new = true;
    for cell in cells(&block.text, bytes) {
        is_new |= borders.contains(&cell.bytes.start);
        if cell.width == 0 {
            continue;
        }
        if is_new {
            pieces.push((cell.bytes.start, String::new()));
            is_new = false;
        }
        // a tab is drawn as that many spaces, everything else once
        let times = if cell.symbol == " " {
            usize::from(cell.width)
        } else {
            1
        };
        if let Some((_, text)) = pieces.last_mut() {
            text.push_str(&cell.symbol.repeat(times));
        }
    }
    pieces
}

fn style_at(block: &Block, at: usize, theme: &Theme) -> Style {
    let marks = block
        .marks
        .iter()
        .filter(|(marked, _)| marked.contains(&at));
    marks.fold(style_of(block.kind, theme), |style, (_, mark)| {
        style.patch(match mark {
            Mark::Emphasis => theme.emphasis,
            Mark::Strong => theme.strong,
            Mark::Code => theme.code,
            Mark::Strikethrough => Style::new().add_modifier(Modifier::CROSSED_OUT),
            Mark::Link(_) | Mark::Image(_) => Style::new().add_modifier(Modifier::UNDERLINED),
        })
    })
}

const fn style_of(kind: BlockKind, theme: &Theme) -> Style {
    match kind {
        BlockKind::Title => theme.title,
        BlockKind::Heading(_) => theme.heading,
        BlockKind::Paragraph
        | BlockKind::ListItem(_)
        | BlockKind::Verse
        | BlockKind::TableRow
        | BlockKind::Footnote => theme.text,
        BlockKind::Quote => theme.quote,
        BlockKind::Code => theme.code,
        BlockKind::Byline => theme.byline,
        BlockKind::Caption | BlockKind::Image | BlockKind::Rule => theme.dim,
        BlockKind::Noise => theme.noise,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_where_marks_begin_and_end_and_tabs_are_drawn() {
        let mut block = Block::new(BlockKind::Paragraph, "a\tb bold\u{200b} end", 1);
        block.marks.push((4..8, Mark::Strong));
        let drawn = pieces(&block, 0..block.text.len());
        let expected = [(0, "a       b "), (4, "bold"), (11, " end")];
        assert_eq!(drawn, expected.map(|(at, text)| (at, text.to_owned())));
    }
}
