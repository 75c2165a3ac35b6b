//! Why a block was taken for what it was.

use super::decide::{Decision, Rule, decide};
use super::family::Second;
use super::features::COUNT;
use super::forest::{Class, Votes};
use super::learned::{learned, names};
use super::{Role, is_marked, roles};
use crate::formats::decode::{self, Told};
use crate::formats::{clean, text};
use crate::model::document::{Block, BlockKind};

/// A block, what it was taken for and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The 1-based line on which the block starts.
    pub line: u32,
    /// Its text.
    pub text: String,
    /// `title`, `heading`, `body`, `item`, `quote`, `code`, `verse`, `caption`, `byline`, `date` or `noise`.
    pub role: &'static str,
    /// The level of a heading.
    pub level: Option<u8>,
    /// How likely this role is, from 0 to 1.
    pub score: f32,
    /// What decided: at most three numbers of the block, each as `columns 23 (+1.4)`: its name, its value, and how much
    /// likelier the role is than with the usual value, in nats; or the rule that did.
    pub because: Vec<String>,
}

/// The reasons for each block of a plain text.
pub fn explain(bytes: &[u8], told: Told) -> Vec<Reason> {
    let decoded = decode::decode(bytes, told);
    let clean = clean::body(&decoded.text);
    let blocks = text::blocks(&clean);
    if is_marked(&blocks) {
        let reason = |(block, role): (&Block, Role)| {
            reason(
                block,
                &role,
                Class::Body,
                1.0,
                vec!["the text marks its headings itself".into()],
            )
        };
        return blocks
            .blocks
            .iter()
            .zip(roles(&blocks).0)
            .map(reason)
            .collect();
    }
    let decision = decide(&blocks);
    let mut short = 0;
    let mut out = Vec::with_capacity(blocks.blocks.len());
    for (i, block) in blocks.blocks.iter().enumerate() {
        let class = decision.classes[i];
        let at = decision
            .scene
            .short
            .get(short)
            .filter(|&&at| at == i)
            .map(|_| short);
        short += usize::from(at.is_some());
        let score = at.map_or(1.0, |at| decision.votes[at][class as usize]);
        let because = match (decision.rules[i], at) {
            (Some(rule), _) => vec![words(rule).to_owned()],
            (None, Some(at)) => strongest(&decision, at, class),
            (None, None) => Vec::new(),
        };
        out.push(reason(block, &decision.roles[i], class, score, because));
    }
    out
}

fn reason(block: &Block, role: &Role, class: Class, score: f32, because: Vec<String>) -> Reason {
    let name = match role {
        Role::Title => "title",
        Role::Heading(_) => "heading",
        Role::Byline(_) => "byline",
        Role::Date => "date",
        Role::Caption => "caption",
        Role::Noise => "noise",
        Role::Body => match block.kind {
            BlockKind::ListItem(_) => "item",
            BlockKind::Quote => "quote",
            BlockKind::Code => "code",
            BlockKind::Verse => "verse",
            BlockKind::Image => "image",
            BlockKind::TableRow => "table",
            BlockKind::Footnote => "footnote",
            BlockKind::Rule => "rule",
            BlockKind::Title
            | BlockKind::Heading(_)
            | BlockKind::Paragraph
            | BlockKind::Byline
            | BlockKind::Caption
            | BlockKind::Noise => {
                if class == Class::Item {
                    "item"
                } else {
                    "body"
                }
            }
        },
    };
    let level = if let Role::Heading(level) = role {
        Some(*level)
    } else {
        None
    };
    Reason {
        line: block.line,
        text: block.text.clone(),
        role: name,
        level,
        score,
        because,
    }
}

const fn words(rule: Rule) -> &'static str {
    match rule {
        Rule::Long => "longer than anything but body is",
        Rule::Words => "its words are those of a page, not of an article",
        Rule::Entry => "stands again below, as entries of a table of contents do",
        Rule::Framed => "all of it in brackets",
        Rule::Shape => "looks like a heading, but has no letters, is an address or goes on",
        Rule::Joined => {
            "looks like a heading, but no blank line stands before it as before the others"
        }
        Rule::Last => "looks like a heading, but nothing follows",
        Rule::Again => "looks like a heading, but stands again right below",
        Rule::TooMany => {
            "looks like a heading, as more than a third of the blocks do; so none is one"
        }
        Rule::Bodiless => "looks like noise, but there is no article around it",
        Rule::Nothing => "nothing else would be left to read",
    }
}

/// The three numbers without which the block would be least likely what it is.
fn strongest(decision: &Decision, at: usize, class: Class) -> Vec<String> {
    let learned = learned();
    let against = if class == Class::Body {
        Class::Heading
    } else {
        Class::Body
    };
    let odds =
        |votes: &Votes| (votes[class as usize].max(1e-6) / votes[against as usize].max(1e-6)).ln();
    let i = decision.scene.short[at];
    let mut first = decision.scene.row(i);
    let mut second = Second::new(&decision.scene, &decision.first).row(i, &first);
    let all = |first: &[f32], second: &[f32]| {
        0.5 * (odds(&learned.first.probabilities(first))
            + odds(&learned.second.probabilities(second)))
    };
    let now = all(&first, &second);
    let names = names();
    let mut gains: Vec<(f32, String)> = Vec::with_capacity(names.len());
    // what the first look told is no reason
    for (k, name) in names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.starts_with("as "))
    {
        let (value, usual) = (second[k], learned.usual[k]);
        second[k] = usual;
        if k < COUNT {
            first[k] = usual;
        }
        let gain = now - all(&first, &second);
        second[k] = value;
        if k < COUNT {
            first[k] = value;
        }
        if gain > 0.01 {
            gains.push((
                gain,
                format!("{name} {} (+{gain:.1})", (value * 100.0).round() / 100.0),
            ));
        }
    }
    gains.sort_by(|a, b| b.0.total_cmp(&a.0));
    gains.into_iter().take(3).map(|(_, words)| words).collect()
}
