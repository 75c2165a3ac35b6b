//! The reader has the last word: what a paragraph is, said from the contents and from the text.

use super::effect::Effect;
use super::event::Asked;
use super::pane::reader::Reader;
use super::{App, Pane};
use crate::action::Action;
use crate::model::article::Article;
use crate::model::correction::{MAX_LEVEL, Said, usual_level};
use crate::model::document::BlockKind;
use crate::model::outline::SectionKind;
use crate::model::state::{Change, Fact};

impl App {
    /// Says what a paragraph is. Whether the action was to say so.
    ///
    /// In the text it is the paragraph at the margin bar. In the contents it is the heading of the chosen section; but a
    /// new heading, where the section being read is chosen, is made of the paragraph at the margin bar.
    pub(super) fn correct(&mut self, asked: Asked, effects: &mut Vec<Effect>) -> bool {
        let Some(reader) = &self.reader else {
            return false;
        };
        let block = match asked.action {
            Action::MarkHeading => self.paragraph_to_make_heading(reader),
            Action::MarkTitle
            | Action::MarkText
            | Action::MarkNoise
            | Action::RaiseHeading
            | Action::LowerHeading => self.paragraph_meant(reader),
            _ => return false,
        };
        match said(reader, block, asked) {
            Ok(said) => match reader.correction(block, said, self.now) {
                Some(change) => self.save(change, effects),
                None => self.tell("it is that already".to_owned()),
            },
            Err(why) => self.tell(why.to_owned()),
        }
        true
    }

    /// The paragraph that is meant by all that is said of one: the chosen heading, or else the one at the margin bar.
    fn paragraph_meant(&self, reader: &Reader) -> usize {
        if self.focus != Pane::Contents {
            return reader.bar();
        }
        let chosen = self.contents.chosen();
        let section = chosen.and_then(|i| reader.outline.sections.get(i));
        match section {
            Some(section) if section.kind == SectionKind::Heading => section.start.block,
            _ => self.paragraph_to_make_heading(reader),
        }
    }

    /// The paragraph at the margin bar; in the contents, when another section is chosen, the first one of that.
    fn paragraph_to_make_heading(&self, reader: &Reader) -> usize {
        let chosen = self.contents.chosen();
        if self.focus != Pane::Contents || chosen == reader.section() {
            return reader.bar();
        }
        chosen
            .and_then(|section| reader.first_shown_of(section))
            .unwrap_or(reader.bar())
    }

    /// What was just done, and how to take it back where that changed the text: before the words of it, which are cut
    /// where there is no room.
    pub(super) fn told_of(&self, change: &Change) -> String {
        let is_correction = |fact: &Fact| matches!(fact, Fact::Correction(_));
        let is_corrected = change.does.iter().any(|(_, fact)| is_correction(fact));
        let Some((what, of_what)) = change.words.split_once(": ").filter(|_| is_corrected) else {
            return change.words.clone();
        };
        let keys = self
            .config
            .keymap
            .keys_for(self.focus.place(), Action::Undo);
        match keys.first() {
            Some(key) => format!("{what}; {key} takes it back: {of_what}"),
            None => change.words.clone(),
        }
    }

    /// The contents choose the section of a paragraph of which something was just said: more may be said of it.
    pub(super) fn choose_corrected(&mut self, change: &Change) {
        let block = change.does.iter().rev().find_map(|(_, fact)| match fact {
            Fact::Correction(correction) => Some(correction.quote.hint),
            _ => None,
        });
        if let (Some(place), Some(reader)) = (block, &self.reader) {
            self.contents.follow(reader.outline.section_at(place));
        }
    }

    /// Articles have other titles now.
    pub(super) fn on_renamed(&mut self, articles: &[Article]) {
        self.library.rename(articles);
        if let Some(reader) = &mut self.reader
            && let Some(renamed) = articles.iter().find(|a| a.id == reader.article.id)
        {
            reader.article.title.clone_from(&renamed.title);
        }
    }
}

/// What an action says of a block, or why it cannot be said.
fn said(reader: &Reader, block: usize, asked: Asked) -> Result<Said, &'static str> {
    let Some(kind) = reader.document.blocks().get(block).map(|b| b.kind) else {
        return Err("there is no paragraph here");
    };
    let level = asked.count.map(|count| {
        let count = count.clamp(1, MAX_LEVEL.into());
        u8::try_from(count).unwrap_or(MAX_LEVEL)
    });
    let said = match (asked.action, kind) {
        (Action::MarkTitle, _) => Said::Title,
        (Action::MarkHeading, BlockKind::Heading(_)) => level.map_or(Said::Text, Said::Heading),
        (Action::MarkHeading, _) => {
            let level = level.unwrap_or_else(|| usual_level(&reader.document, block));
            Said::Heading(level)
        }
        (Action::MarkNoise, BlockKind::Noise) => Said::Text,
        (Action::MarkNoise, _) => Said::Noise,
        (Action::RaiseHeading, BlockKind::Heading(0 | 1)) => {
            return Err("it is of the highest level");
        }
        (Action::LowerHeading, BlockKind::Heading(MAX_LEVEL..)) => {
            return Err("it is of the lowest level");
        }
        (Action::RaiseHeading, BlockKind::Heading(now)) => {
            Said::Heading(now.saturating_sub(level.unwrap_or(1)).max(1))
        }
        (Action::LowerHeading, BlockKind::Heading(now)) => {
            Said::Heading(now.saturating_add(level.unwrap_or(1)).min(MAX_LEVEL))
        }
        (Action::RaiseHeading | Action::LowerHeading, _) => {
            return Err("only headings have levels");
        }
        (_, BlockKind::Title | BlockKind::Heading(_) | BlockKind::Noise) => Said::Text,
        (_, BlockKind::Byline | BlockKind::Caption) => Said::Text,
        (_, _) => return Err("it is text of the article already"),
    };
    Ok(said)
}
