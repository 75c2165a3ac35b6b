//! HTML inside Markdown.

use super::{BULLET, Marker, Reader};
use crate::formats::markdown::html::{self, Piece, Tag};
use crate::model::document::BlockKind;

impl Reader<'_> {
    /// One tag, comment or the like in running text.
    pub(super) fn inline_html(&mut self, html: &str, offset: usize) {
        for piece in html::pieces(html) {
            match piece {
                Piece::Text(_) => {}
                Piece::Tag(tag) => self.inline_tag(&tag, offset),
            }
        }
    }

    fn inline_tag(&mut self, tag: &Tag<'_>, offset: usize) {
        if let Some(hidden) = &self.hidden {
            if tag.is_end && *hidden == tag.name {
                self.hidden = None;
            }
            return;
        }
        match tag.name.as_str() {
            "script" | "style" | "title" if !tag.is_end => self.hidden = Some(tag.name.clone()),
            "br" => self.hard_break(offset),
            "img" => self.html_image(tag, offset),
            _ => {
                if let Some(name) = tag.attribute("id").or_else(|| tag.attribute("name"))
                    && !tag.is_end
                {
                    self.builder.anchor(&name);
                }
                if !tag.is_end {
                    self.open_text(offset);
                }
                if self.builder.is_open() {
                    self.spans.tag(tag, &mut self.builder);
                }
            }
        }
    }

    fn html_image(&mut self, tag: &Tag<'_>, offset: usize) {
        let Some(target) = tag.attribute("src") else {
            return;
        };
        self.open_text(offset);
        self.start_image(&target, offset);
        if let Some(text) = tag.attribute("alt") {
            self.builder.raw(&text);
        }
        self.end_image();
    }

    /// The HTML that was gathered stands for itself.
    pub(super) fn html_block(&mut self) {
        let html = std::mem::take(&mut self.html);
        let offset = self.html_at;
        let mut hidden: Option<String> = None;
        for piece in html::pieces(&html) {
            match piece {
                Piece::Tag(tag) if hidden.is_some() => {
                    if tag.is_end && hidden.as_ref() == Some(&tag.name) {
                        hidden = None;
                    }
                }
                Piece::Text(_) if hidden.is_some() => {}
                Piece::Text(text) => {
                    let text = html::decoded(text);
                    if self.builder.is_open() || !text.trim().is_empty() {
                        self.open_text(offset);
                        self.see(&text);
                        self.builder.raw(&text);
                    }
                }
                Piece::Tag(tag) => {
                    if matches!(tag.name.as_str(), "script" | "style" | "title" | "head")
                        && !tag.is_end
                    {
                        hidden = Some(tag.name);
                    } else if !self.block_tag(&tag, offset) {
                        self.inline_tag(&tag, offset);
                    }
                }
            }
        }
        self.close();
    }

    /// Takes a tag that parts blocks.
    fn block_tag(&mut self, tag: &Tag<'_>, offset: usize) -> bool {
        let heading = match tag.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        };
        match tag.name.as_str() {
            "td" | "th" => {
                self.builder.text(" ");
                return true;
            }
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "nav"
            | "aside" | "ul" | "ol" | "dl" | "dt" | "dd" | "table" | "thead" | "tbody" | "tr"
            | "caption" | "center" | "details" | "summary" | "figure" | "figcaption" | "form"
            | "fieldset" | "address" | "body" | "html" | "li" | "pre" | "hr" | "blockquote" => {}
            _ if heading.is_some() => {}
            _ => return false,
        }
        if heading.is_some() && tag.is_end {
            self.end_heading();
        }
        self.close();
        if tag.is_end {
            self.marker = None;
            return true;
        }
        self.builder.apart();
        match (heading, tag.name.as_str()) {
            (Some(level), _) => self.open_heading(level, offset),
            (None, "li") => self.marker = Some(Marker::Item(BULLET.to_owned())),
            (None, "pre") => self.open(BlockKind::Code, offset),
            (None, "hr") => self.rule(offset),
            (None, "blockquote") => self.kind = BlockKind::Quote,
            (None, _) => {}
        }
        if let Some(name) = tag.attribute("id") {
            self.builder.anchor(&name);
        }
        true
    }
}
