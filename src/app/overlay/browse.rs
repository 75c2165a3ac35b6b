//! The question before an address is opened in the browser: it shows the real host.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::paint::{Look, cells, put, shortened};
use crate::layout::wrap::{self, Widths};
use crate::model::link::Address;

/// So many rows of a long address are shown.
const ADDRESS_ROWS: usize = 4;
/// Cells of the box, where there are so many.
const WIDTH: u16 = 64;

/// The question; `y` or Enter answers yes and every other key no.
#[derive(Debug)]
pub struct Browse {
    /// What would be opened.
    pub address: Address,
}

impl Browse {
    /// Draws the question in the middle of the screen. The host is never cut while there is a row for it.
    pub fn draw(&self, buffer: &mut Buffer, screen: Rect, look: &Look) {
        let width = screen.width.min(WIDTH);
        let room = width.saturating_sub(4).max(1);
        let Address {
            url,
            host,
            warnings,
        } = &self.address;
        let is_mail = url.starts_with("mailto:");
        let title = if is_mail {
            "Write a mail?"
        } else {
            "Open in the browser?"
        };
        let mut rows = wrapped(host, room, look.theme.strong);
        for warning in warnings {
            rows.extend(wrapped(&format!("! {warning}"), room, look.theme.warning));
        }
        rows.push((String::new(), look.theme.text));
        let mut address = wrapped(url, room, look.theme.dim);
        if let Some((last, _)) = address.get_mut(ADDRESS_ROWS - 1)
            && last.len() < url.len()
        {
            let more = format!("{last}{}", " ".repeat(usize::from(room)));
            *last = shortened(&more, room, look.glyphs.ellipsis);
        }
        rows.extend(address.into_iter().take(ADDRESS_ROWS));
        rows.push((String::new(), look.theme.text));
        rows.push((
            "y opens it, any other key does not".to_owned(),
            look.theme.text,
        ));
        let height = cells(rows.len() + 2).min(screen.height);
        let inner = super::frame_of(buffer, screen, (width, height), (title, look));
        for (y, (text, style)) in (inner.y..inner.bottom()).zip(&rows) {
            put(buffer, (inner.x, y), inner.width, text, *style);
        }
    }
}

fn wrapped(text: &str, room: u16, style: Style) -> Vec<(String, Style)> {
    let widths = Widths {
        first: room,
        rest: room,
    };
    let lines = wrap::paragraph(text, widths, None);
    lines
        .into_iter()
        .map(|bytes| (text[bytes].to_owned(), style))
        .collect()
}
