//! Stretches of a block that are open: those of Markdown, which end as they should, and those of HTML, which may not.

use super::html::Tag;
use crate::formats::build::Builder;
use crate::formats::clean;
use crate::model::document::Mark;

/// So many tags of HTML may be open in a block; more are left out.
const MOST: usize = 100;

/// The stretches that are open, outermost first. Each is a mark of the builder.
#[derive(Debug, Default)]
pub(super) struct Spans {
    open: Vec<Span>,
}

#[derive(Debug, PartialEq, Eq)]
enum Span {
    Markdown {
        is_link: bool,
    },
    Html(String),
    /// None: how it began was taken for part of an address, and how it ends is text.
    Text(String),
}

impl Spans {
    /// Begins a stretch of Markdown.
    pub(super) fn start(&mut self, mark: Mark, builder: &mut Builder) {
        let is_link = matches!(mark, Mark::Link(_));
        builder.start(mark);
        self.open.push(Span::Markdown { is_link });
    }

    /// Begins what only looks like a stretch, and ends with this text.
    pub(super) fn start_text(&mut self, end: &str) {
        self.open.push(Span::Text(end.to_owned()));
    }

    /// Ends the stretch of Markdown that was begun last, and the tags that were left open in it.
    pub(super) fn end(&mut self, builder: &mut Builder) {
        while let Some(span) = self.open.pop() {
            match span {
                Span::Html(_) => builder.end(),
                Span::Markdown { .. } => {
                    builder.end();
                    return;
                }
                Span::Text(end) => {
                    builder.text(&end);
                    return;
                }
            }
        }
    }

    /// Ends all, as the block does.
    pub(super) fn end_all(&mut self, builder: &mut Builder) {
        for span in self.open.drain(..) {
            if !matches!(span, Span::Text(_)) {
                builder.end();
            }
        }
    }

    /// Whether a link is open.
    pub(super) fn has_link(&self) -> bool {
        self.open.iter().any(|span| match span {
            Span::Markdown { is_link } => *is_link,
            Span::Html(name) => name == "a",
            Span::Text(_) => false,
        })
    }

    /// Takes a tag that begins or ends a style.
    pub(super) fn tag(&mut self, tag: &Tag<'_>, builder: &mut Builder) {
        if tag.is_end {
            let inner = self.open.iter().rev();
            let mut inner = inner.take_while(|span| matches!(span, Span::Html(_)));
            if let Some(depth) = inner.position(|span| *span == Span::Html(tag.name.clone())) {
                for _ in 0..=depth {
                    self.open.pop();
                    builder.end();
                }
            }
        } else if self.open.len() < MOST
            && let Some(mark) = mark(tag)
            && !(matches!(mark, Mark::Link(_)) && self.has_link())
        {
            builder.start(mark);
            self.open.push(Span::Html(tag.name.clone()));
        }
    }
}

/// The style that a tag begins.
fn mark(tag: &Tag<'_>) -> Option<Mark> {
    match tag.name.as_str() {
        "em" | "i" | "cite" | "dfn" | "var" => Some(Mark::Emphasis),
        "strong" | "b" => Some(Mark::Strong),
        "code" | "kbd" | "samp" | "tt" => Some(Mark::Code),
        "del" | "s" | "strike" => Some(Mark::Strikethrough),
        "a" => {
            let target = tag.attribute("href")?;
            Some(Mark::Link(clean::line(&target).into_owned()))
        }
        _ => None,
    }
}
