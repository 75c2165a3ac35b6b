//! A line that is typed.

use tui_input::{Input, InputRequest};

use crate::config::keymap::{Code, Key};

/// A line that is typed, with its cursor.
#[derive(Debug, Clone, Default)]
pub struct LineEdit {
    input: Input,
}

impl LineEdit {
    /// A line that holds this already, the cursor at its end.
    pub fn holding(text: &str) -> Self {
        Self {
            input: Input::new(text.to_owned()),
        }
    }

    /// Whether the cursor stands behind everything.
    pub fn is_at_end(&self) -> bool {
        self.input.cursor() == self.text().chars().count()
    }

    /// What has been typed.
    pub fn text(&self) -> &str {
        self.input.value()
    }

    /// The part of the line that fits into so many cells, and the cursor's cell in it.
    pub fn shown(&self, room: u16) -> (&str, u16) {
        let room = usize::from(room.max(1));
        let scroll = self.input.visual_scroll(room);
        let mut cells = 0;
        let start = self.text().char_indices().find(|&(_, c)| {
            let here = cells;
            cells += usize::from(crate::layout::wrap::width(c.encode_utf8(&mut [0; 4])));
            here >= scroll
        });
        let text = start.map_or("", |(i, _)| &self.text()[i..]);
        (
            text,
            u16::try_from(self.input.visual_cursor().saturating_sub(scroll)).unwrap_or(u16::MAX),
        )
    }

    /// Takes text as it was pasted, in one line.
    pub fn paste(&mut self, text: &str) {
        // all at once: one by one takes as long as the square of their number
        let is_turning = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let pasted = text.replace(is_turning, "").replace(char::is_control, " ");
        let cursor = self.input.cursor();
        let here = self.text().char_indices().nth(cursor);
        let (before, after) = self
            .text()
            .split_at(here.map_or(self.text().len(), |(i, _)| i));
        let text = [before, &pasted, after].concat();
        self.input = Input::new(text).with_cursor(cursor + pasted.chars().count());
    }

    /// Takes a key. Whether it changed the text.
    pub fn key(&mut self, key: Key) -> bool {
        let Some(request) = request(key) else {
            return false;
        };
        self.input
            .handle(request)
            .is_some_and(|change| change.value)
    }
}

fn request(key: Key) -> Option<InputRequest> {
    use InputRequest as R;
    Some(match (key.code, key.ctrl, key.alt) {
        (Code::Char(c), false, false) if !c.is_control() => R::InsertChar(c),
        (Code::Backspace, false, false) | (Code::Char('h'), true, false) => R::DeletePrevChar,
        (Code::Backspace, _, _) | (Code::Char('w'), true, false) => R::DeletePrevWord,
        (Code::Delete, false, false) => R::DeleteNextChar,
        (Code::Left, false, false) | (Code::Char('b'), true, false) => R::GoToPrevChar,
        (Code::Right, false, false) | (Code::Char('f'), true, false) => R::GoToNextChar,
        (Code::Left, _, _) => R::GoToPrevWord,
        (Code::Right, _, _) => R::GoToNextWord,
        (Code::Home, _, _) | (Code::Char('a'), true, false) => R::GoToStart,
        (Code::End, _, _) | (Code::Char('e'), true, false) => R::GoToEnd,
        (Code::Char('u'), true, false) => R::DeleteLine,
        (Code::Char('k'), true, false) => R::DeleteTillEnd,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_pasted_goes_in_at_the_cursor_and_acts_on_nothing() {
        let mut line = LineEdit::holding("été noir");
        for _ in 0.."noir".len() {
            line.key("left".parse().unwrap());
        }
        line.paste("a\nb\u{1b}\u{202e}é ");
        assert_eq!(line.text(), "été a b é noir");
        line.paste("+");
        assert_eq!(line.text(), "été a b é +noir");
    }

    #[test]
    fn a_long_text_is_pasted_at_once() {
        let mut line = LineEdit::default();
        line.paste(&"é\n".repeat(500_000));
        assert_eq!(line.text().chars().count(), 1_000_000);
    }
}
