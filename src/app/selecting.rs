//! Selecting in the text, and what can be done with what is selected: highlight it, write to it, copy it.

use super::App;
use super::effect::Effect;
use super::event::Asked;
use super::keeping::kind_of;
use super::pane::reader::{Unit, Way};
use super::{Pane, Place};
use crate::action::Action;
use crate::model::article::Kind;

impl App {
    /// Where keys go while no overlay is open.
    pub(super) fn place(&self) -> Place {
        match self.focus {
            Pane::Text if self.is_selecting() => Place::Selection,
            pane => pane.place(),
        }
    }

    /// Whether something is being selected in the text.
    pub(super) fn is_selecting(&self) -> bool {
        let selection = self.reader.as_ref().and_then(|reader| reader.selection());
        selection.is_some()
    }

    /// Starts selecting in the text, or selects by another unit.
    pub(super) fn select(&mut self, action: Action) {
        let Some(reader) = &mut self.reader else {
            return;
        };
        reader.leave_link();
        let is_selected = if action == Action::SelectParagraphs {
            reader.select_paragraphs()
        } else {
            reader.select()
        };
        if is_selected {
            self.focus = Pane::Text;
        } else {
            self.tell("there is nothing to select here".to_owned());
        }
    }

    /// Does what only selects. Whether it was that.
    pub(super) fn act_on_selection(&mut self, asked: Asked) -> bool {
        use Action as A;
        if !self.is_selecting() {
            return false;
        }
        let Some(reader) = &mut self.reader else {
            return false;
        };
        let count = asked.count.map_or(1, |count| count as usize);
        match asked.action {
            A::SelectText | A::SelectParagraphs => self.select(asked.action),
            A::NextUnit => reader.step_selection(Way::Forward, count),
            A::PreviousUnit => reader.step_selection(Way::Back, count),
            A::Down => reader.step_selection_by_lines(Way::Forward, count),
            A::Up => reader.step_selection_by_lines(Way::Back, count),
            A::ExtendWord => reader.extend_selection(Unit::Word, Way::Forward, count),
            A::ExtendWordBack => reader.extend_selection(Unit::Word, Way::Back, count),
            A::ExtendSentence => reader.extend_selection(Unit::Sentence, Way::Forward, count),
            A::ExtendSentenceBack => reader.extend_selection(Unit::Sentence, Way::Back, count),
            A::ExtendParagraph => reader.extend_selection(Unit::Paragraph, Way::Forward, count),
            A::ExtendParagraphBack => reader.extend_selection(Unit::Paragraph, Way::Back, count),
            A::SwapEnds => reader.swap_ends(),
            A::Back | A::Close => _ = reader.leave_selection(),
            _ => return false,
        }
        true
    }

    /// Highlights what is selected, or makes the passage at the margin bar one of this kind.
    pub(super) fn highlight(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let kind = match action {
            Action::Highlight => self.last_kind,
            _ => kind_of(action),
        };
        let name = self.kind_name(kind);
        let Some(reader) = &mut self.reader else {
            return;
        };
        let change = reader.highlight(kind, &name, self.now);
        reader.leave_selection();
        self.last_kind = kind.or(self.last_kind);
        match change {
            Some(change) => self.save(change, effects),
            None => self.tell(format!("it is {name} already")),
        }
    }

    /// What a kind is called.
    pub(super) fn kind_name(&self, kind: Option<Kind>) -> String {
        kind.map_or_else(
            || "a plain bookmark".to_owned(),
            |kind| self.look.kinds.name(kind),
        )
    }
}
