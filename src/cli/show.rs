//! `liseuse show FILE`: an article as wrapped text.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::bail;
use ratatui::style::Style;

use super::args::{Show, When};
use super::opened::{Given, read};
use super::outline::numbered;
use super::paint::paint;
use super::{Exit, complain};
use crate::config::Config;
use crate::config::theme::{Background, Depth, Theme, ThemeName};
use crate::formats::clean;
use crate::layout::{self, Line, Measure};
use crate::model::document::{Block, BlockKind, Document, Mark, Position};
use crate::model::outline::Outline;

/// Prints an article, or one section of it.
pub(super) fn run(given: &Given, args: &Show, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let (document, outline) = read(&args.file)?;
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
    for line in layout::down(
        &document,
        Measure {
            width,
            noise: false,
        },
        from,
    ) {
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
        bail!("there is nothing to read in `{}`", args.file.display());
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
    match theme {
        Some(theme) => styled(out, block, line.bytes.start..end, theme)?,
        None => out.write_all(shown(&block.text[line.bytes.start..end]).as_bytes())?,
    }
    out.write_all(b"\n")
}

/// Writes a stretch of a block, each piece between two borders of marks in its own style.
fn styled(
    out: &mut dyn Write,
    block: &Block,
    bytes: std::ops::Range<usize>,
    theme: &Theme,
) -> io::Result<()> {
    let mut borders = vec![bytes.start, bytes.end];
    for (marked, _) in &block.marks {
        borders.extend(
            [marked.start, marked.end]
                .into_iter()
                .filter(|border| bytes.contains(border)),
        );
    }
    borders.sort_unstable();
    for piece in borders.windows(2) {
        let mut style = style_of(block.kind, theme);
        for (marked, mark) in &block.marks {
            if marked.contains(&piece[0]) {
                style = style.patch(match mark {
                    Mark::Emphasis => theme.emphasis,
                    Mark::Strong => theme.strong,
                    Mark::Code => theme.code,
                });
            }
        }
        paint(out, style, &shown(&block.text[piece[0]..piece[1]]))?;
    }
    Ok(())
}

const fn style_of(kind: BlockKind, theme: &Theme) -> Style {
    match kind {
        BlockKind::Title => theme.title,
        BlockKind::Heading(_) => theme.heading,
        BlockKind::Paragraph | BlockKind::ListItem(_) | BlockKind::Verse => theme.text,
        BlockKind::Quote => theme.quote,
        BlockKind::Code => theme.code,
        BlockKind::Byline => theme.byline,
        BlockKind::Caption => theme.dim,
        BlockKind::Noise => theme.noise,
    }
}

/// Text as it is printed: places where a line may break are not drawn.
fn shown(text: &str) -> String {
    clean::body(text).replace('\u{200b}', "")
}
