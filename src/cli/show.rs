//! `liseuse show FILE`: an article as wrapped text, as Markdown or as JSON.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use super::args::{Show, ShowAs, When};
use super::opened::Given;
use super::outline::numbered;
use super::paint::paint;
use super::{Exit, complain, json, links};
use crate::app::Look;
use crate::app::text::{self, Drawn};
use crate::config::Config;
use crate::config::glyphs::Glyphs;
use crate::config::theme::{Background, Depth, Theme, ThemeName};
use crate::layout::wrap::width;
use crate::layout::{Line, Measure, Page, Shape, Wrapped};
use crate::library::export::{self, Part};
use crate::model::document::{Document, Position};
use crate::model::outline::Outline;

/// Cells beside the measure for what does not fit into it: link numbers, a wide character in a single cell.
const SPARE: u16 = 16;

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
    if document.is_empty() {
        complain(&format!(
            "there is nothing to read in `{}`",
            args.file.display()
        ));
        return Ok(Exit::NothingFound);
    }
    let part = Part {
        blocks: from.block..to.block + usize::from(to.offset > 0),
        noise: args.all,
    };
    match args.format {
        ShowAs::Text => text(given, args, &document, (from, to), out)?,
        ShowAs::Markdown => out.write_all(export::markdown(&document, &part).as_bytes())?,
        ShowAs::Json => json::print(out, &json::Document::new(&document, &outline, &part))?,
    }
    Ok(Exit::Done)
}

/// Prints wrapped text from one position to another.
fn text(
    given: &Given,
    args: &Show,
    document: &Document,
    (from, to): (Position, Position),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let config = given.config()?;
    let width = args
        .width
        .unwrap_or_else(|| config.measure.min(terminal_width()))
        .max(1);
    let look = Look {
        kinds: config.kinds.clone(),
        theme: theme(&config, args.color),
        glyphs: Glyphs::of(config.ascii),
    };
    let page = Page {
        document,
        measure: Measure {
            width,
            noise: args.all,
            numbers: args.links,
        },
        wrapped: &Wrapped::default(),
    };
    let is_before_end = |line: &Line| line.start() < to || to == document.end();
    print(out, page, page.down(from).take_while(is_before_end), &look)?;
    if args.links {
        let shown = document
            .links()
            .filter(|link| from <= link.start() && link.start() < to);
        let shown: Vec<_> = shown.collect();
        if !shown.is_empty() {
            out.write_all(b"\n")?;
        }
        links::print(out, &shown, |number| text::numbered(number, &look))?;
    }
    Ok(())
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

/// The styles; none where there are to be no escapes.
fn theme(config: &Config, when: When) -> Theme {
    let depth = Depth::of_environment();
    let depth = match when {
        When::Never => return Theme::none(),
        When::Auto if !io::stdout().is_terminal() || depth == Depth::None => return Theme::none(),
        When::Auto => depth,
        When::Always => depth.max(Depth::Ansi),
    };
    // the background is not asked for here: on either one, the terminal's own colours can be read
    let name = if config.theme == ThemeName::Auto {
        ThemeName::Ansi
    } else {
        config.theme
    };
    Theme::of(name, Background::Dark, depth)
}

/// Prints lines, blank ones only between others.
fn print(
    out: &mut dyn Write,
    page: Page,
    lines: impl Iterator<Item = Line>,
    look: &Look,
) -> io::Result<()> {
    // a grapheme may be wider than the measure
    let row = Rect::new(0, 0, page.measure.width.saturating_add(SPARE), 1);
    let mut buffer = Buffer::empty(row);
    let mut drawn: Option<(usize, Drawn)> = None;
    let mut blank = Vec::new();
    for line in lines {
        if line.bytes.is_empty() && line.shape == Shape::Text {
            blank.push(line);
            continue;
        }
        for line in blank.drain(..) {
            // the bars of a quote go on
            buffer.reset();
            Drawn::new(page, line.block, look).draw(&mut buffer, (0, 0), &line);
            write_row(out, &buffer)?;
        }
        let of_line = drawn.take_if(|(block, _)| *block == line.block);
        let of_line = of_line.map_or_else(|| Drawn::new(page, line.block, look), |(_, d)| d);
        buffer.reset();
        of_line.draw(&mut buffer, (0, 0), &line);
        write_row(out, &buffer)?;
        drawn = Some((line.block, of_line));
    }
    Ok(())
}

/// Writes a row of cells, without the spaces at its end.
fn write_row(out: &mut dyn Write, row: &Buffer) -> io::Result<()> {
    let blank = Cell::EMPTY.style();
    let is_shown = |cell: &Cell| cell.symbol() != " ";
    let end = row
        .content
        .iter()
        .rposition(is_shown)
        .map_or(0, |last| last + 1);
    let mut run = String::new();
    let mut style = blank;
    let mut hidden = 0;
    for cell in &row.content[..end] {
        // what is under the second half of a wide character is not there
        if hidden > 0 {
            hidden -= 1;
            continue;
        }
        if cell.style() != style {
            paint(out, style, &run)?;
            run.clear();
            style = cell.style();
        }
        run.push_str(cell.symbol());
        hidden = width(cell.symbol()).saturating_sub(1);
    }
    paint(out, style, &run)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{Block, BlockKind, Document, Mark, Metadata};

    #[test]
    fn a_line_is_printed_with_its_tabs_and_marks_and_what_has_no_width_is_not() {
        let mut block = Block::new(BlockKind::Code, "a\tb bold\u{200b} 漢字 end  ", 1);
        block.marks.push((4..8, Mark::Strong));
        let document = Document::new(Metadata::default(), vec![block]);
        let measure = Measure {
            width: 40,
            noise: false,
            numbers: false,
        };
        let wrapped = Wrapped::default();
        let page = Page {
            document: &document,
            measure,
            wrapped: &wrapped,
        };
        let theme = Theme::of(ThemeName::Plain, Background::Dark, Depth::None);
        let glyphs = Glyphs::of(true);
        let mut out = Vec::new();
        let kinds = crate::config::kinds::Kinds::default();
        let look = Look {
            theme,
            glyphs,
            kinds,
        };
        print(&mut out, page, page.down(Position::default()), &look).unwrap();
        let expected = "  a       b \u{1b}[1mbold\u{1b}[0m 漢字 end\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
