//! What stands inside a block: text, links, pictures, references to notes.

use std::ops::Range;

use pulldown_cmark::{LinkType, Tag};

use super::Inside;
use super::Reader;
use crate::formats::markdown::picture;
use crate::formats::{address, clean, letters};
use crate::model::document::{BlockKind, Mark};

/// A line that was ended by hand is one of verse when it takes no more bytes than this; else a paragraph ends with it.
const VERSE: usize = 120;

impl<'a> Reader<'a> {
    /// Text as the parser hands it over, and where it stands.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if self.inside == Inside::Code {
            self.piece(text);
            return;
        }
        if range.end <= self.done || self.hidden.is_some() {
            return;
        }
        self.open_text(range.start);
        let Some(at) = self.offset_of(text) else {
            self.see(text);
            self.piece(text);
            return;
        };
        let from = self.done.clamp(at, at + text.len());
        let rest = &self.source[from..at + text.len()];
        self.see(rest);
        let next = self.addresses.get(self.next_address);
        if next.is_some_and(|address| address.start < range.end) {
            self.with_addresses(from..at + text.len());
        } else {
            self.builder.text(rest);
        }
    }

    /// Text in which an address begins.
    fn with_addresses(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some(address) = self.addresses.get(self.next_address).cloned() {
            if address.start >= range.end {
                break;
            }
            self.next_address += 1;
            if address.start < at || self.depicted > 0 || self.spans.has_link() {
                continue;
            }
            self.builder.text(&self.source[at..address.start]);
            let shown = &self.source[address.clone()];
            self.start_span(Mark::Link(address::target(shown)));
            self.builder.text(&shown.replace("&amp;", "&"));
            self.spans.end(&mut self.builder);
            at = address.end;
            self.done = address.end;
        }
        if at < range.end {
            self.builder.text(&self.source[at..range.end]);
        }
    }

    /// Where a text lies that is part of the source, which was cleaned as a whole; `None` when it was decoded.
    fn offset_of(&self, text: &str) -> Option<usize> {
        let at = text
            .as_ptr()
            .addr()
            .checked_sub(self.source.as_ptr().addr())?;
        (at + text.len() <= self.source.len()).then_some(at)
    }

    /// Adds text that may have been decoded.
    pub(super) fn piece(&mut self, text: &str) {
        if self.offset_of(text).is_some() {
            self.builder.text(text);
        } else {
            self.builder.raw(text);
        }
    }

    /// Notes that a paragraph holds more than pictures.
    pub(super) fn see(&mut self, text: &str) {
        if self.depicted == 0 && !self.pictures.has_others && !letters::is_blank(text) {
            self.pictures.has_others = true;
        }
    }

    pub(super) fn start_span(&mut self, mark: Mark) {
        if !matches!(mark, Mark::Link(_) | Mark::Image(_)) && self.depicted == 0 {
            self.pictures.has_others |= mark == Mark::Code;
        }
        self.spans.start(mark, &mut self.builder);
    }

    pub(super) fn start_inline(&mut self, tag: Tag<'a>, range: Range<usize>) {
        self.open_text(range.start);
        let is_style = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough);
        if is_style && range.start < self.done && self.done < range.end {
            let inside = &self.source[range.clone()];
            let sign = inside.len() - inside.trim_end_matches(['*', '_', '~']).len();
            let most = if matches!(tag, Tag::Emphasis) { 1 } else { 2 };
            self.spans
                .start_text(&inside[inside.len() - sign.min(most)..]);
            return;
        }
        let mark = match tag {
            Tag::Strong => Mark::Strong,
            Tag::Strikethrough => Mark::Strikethrough,
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let target = clean::line(&dest_url).into_owned();
                Mark::Link(if link_type == LinkType::Email {
                    format!("mailto:{target}")
                } else {
                    target
                })
            }
            Tag::Image { dest_url, .. } => {
                self.start_image(&dest_url, range.start);
                return;
            }
            _ => Mark::Emphasis,
        };
        self.start_span(mark);
    }

    pub(super) fn start_image(&mut self, target: &str, offset: usize) {
        self.depicted += 1;
        if self.depicted > 1 {
            // a picture in what describes a picture describes it, too
            self.start_span(Mark::Image(String::new()));
            return;
        }
        // pictures on lines of their own stand each for itself, unless they are links
        let is_next =
            self.pictures.is_line_over && !self.pictures.has_others && !self.spans.has_link();
        if is_next {
            let is_plain = matches!(
                self.builder.so_far(),
                Some((BlockKind::Paragraph | BlockKind::Quote, _))
            );
            if is_plain {
                self.close();
                self.open_text(offset);
                self.depicted = 1;
            }
        }
        self.pictures.is_line_over = false;
        self.pictures.count += 1;
        self.pictures.unnamed = Some(target.to_owned());
        self.start_span(Mark::Image(picture::address(target)));
    }

    pub(super) fn end_image(&mut self) {
        self.spans.end(&mut self.builder);
        self.depicted = self.depicted.saturating_sub(1);
        let text = self.builder.so_far().map_or("", |(_, text)| text);
        if !letters::is_blank(text) {
            self.pictures.unnamed = None;
        }
    }

    /// Names a picture by its file, where nothing else does.
    pub(super) fn name_picture(&mut self, target: &str) {
        let name = picture::file_name(target);
        let target = picture::address(target);
        if !target.is_empty() {
            self.builder.start(Mark::Image(target));
            self.builder.raw(name);
            self.builder.end();
        }
    }

    /// A formula, as it was written.
    pub(super) fn math(&mut self, fence: &str, text: &str, offset: usize) {
        self.open_text(offset);
        self.see("x");
        self.builder.text(fence);
        self.piece(text);
        self.builder.text(fence);
    }

    /// A reference to a footnote.
    pub(super) fn note(&mut self, label: &str, offset: usize) {
        self.open_text(offset);
        self.see("x");
        let number = self.notes.number(label);
        if self.notes.refer(number) {
            self.builder.anchor(&format!("fnref-{number}"));
        }
        self.start_span(Mark::Link(format!("#fn-{number}")));
        self.builder.text(&format!("[{number}]"));
        self.spans.end(&mut self.builder);
    }

    /// A line that was ended by hand.
    pub(super) fn hard_break(&mut self, offset: usize) {
        let Some((kind, text)) = self.builder.so_far() else {
            return;
        };
        let line = text.rsplit('\n').next().unwrap_or(text);
        match kind {
            BlockKind::Paragraph | BlockKind::Quote if line.len() <= VERSE => {
                self.builder.turn_into(BlockKind::Verse);
                self.builder.line_break();
            }
            BlockKind::Paragraph | BlockKind::Quote => {
                let pictures = std::mem::take(&mut self.pictures);
                self.builder.close();
                self.kind = BlockKind::Paragraph;
                self.open_text(offset + 1);
                self.pictures = pictures;
            }
            _ => self.builder.line_break(),
        }
    }
}
