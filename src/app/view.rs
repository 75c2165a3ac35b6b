//! What is shown besides the text, and where everything is then.

use super::areas::{self, Areas, Shown, Status};
use super::noting::note_area;
use super::overlay::Overlay;
use super::{App, Pane};
use crate::config::Config;

/// What is shown besides the text, and how wide that is.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing that is shown or not"
)]
pub(super) struct View {
    /// Whether the contents are wanted.
    pub contents: bool,
    /// Whether the status line is.
    pub status: bool,
    /// Whether the text stands alone.
    pub zen: bool,
    /// How wide the text should be.
    pub measure: u16,
    /// Whether the mouse scrolls and clicks.
    pub mouse: bool,
}

impl View {
    /// As the configuration has it.
    pub(super) const fn new(config: &Config) -> Self {
        Self {
            contents: config.contents,
            status: config.status,
            zen: false,
            measure: config.measure,
            mouse: config.mouse,
        }
    }
}

impl App {
    /// Where everything is.
    pub(super) fn areas(&self) -> Areas {
        let contents = self.view.contents && !self.view.zen;
        let status = self.view.status && !self.view.zen;
        Areas::new(
            self.size,
            Shown {
                contents: contents.then_some(self.contents_width()),
                status: if status {
                    Status::Shown
                } else {
                    Status::Hidden
                },
                measure: self.view.measure,
            },
        )
    }

    /// The contents take what the text leaves free on a wide screen, up to half more than usual.
    fn contents_width(&self) -> u16 {
        let usual = self.config.contents_width;
        let free = self
            .size
            .width
            .saturating_sub(self.view.measure + 2 * areas::MARGIN + 4);
        free.clamp(usual, usual + usual / 2)
    }

    /// Tells every pane where it is now. The word at the top of the text stays.
    pub(super) fn set_areas(&mut self) {
        let areas = self.areas();
        self.library.set_area(areas.body);
        self.bookmarks.set_area(areas.body);
        if let Some(area) = areas.contents {
            self.contents.set_area(area);
        }
        if let Some(reader) = &mut self.reader {
            reader.set_area(areas.column);
        }
        match &mut self.overlay {
            Some(Overlay::Help(help)) => help.set_area(areas.body),
            Some(Overlay::Difference(difference)) => difference.set_area(areas.body),
            Some(Overlay::Links(links)) => links.set_area(areas.body),
            Some(Overlay::Note(note)) => note.set_area(note_area(self.size)),
            Some(Overlay::Palette(palette)) => palette.set_area(areas.body),
            Some(Overlay::Search(search)) => search.set_area(areas.body),
            Some(
                Overlay::Prompt(_)
                | Overlay::Confirm(_)
                | Overlay::Browse(_)
                | Overlay::Hints(_)
                | Overlay::Settle(_),
            )
            | None => {}
        }
        if areas.contents.is_none() && self.focus == Pane::Contents {
            self.focus = Pane::Text;
        }
    }
}
