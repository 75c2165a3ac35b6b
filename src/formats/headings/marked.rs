//! The roles of a text that marks its headings itself: by `#`, by a line under them, or in bold.

use super::{Role, byline, noise};
use crate::formats::text::Blocks;
use crate::formats::{letters, markdown};
use crate::model::document::{Block, BlockKind};

/// Nothing that takes more bytes than this is anything but body.
const MAX_BYTES: usize = 480;
/// So many columns a title has at most …
const TITLE_COLUMNS: usize = 170;
/// … and a heading …
const HEADING_COLUMNS: usize = 88;
/// … or so many bytes …
const HEADING_BYTES: usize = 3 * HEADING_COLUMNS;
/// … and one in Chinese or Japanese.
const CJK_HEADING_COLUMNS: usize = 64;
/// Title, byline and date stand among so many blocks at the top that are not noise.
const TOP: usize = 6;

/// The role of each block.
pub(super) fn roles(blocks: &Blocks) -> Vec<Role> {
    let mut roles = noise_roles(blocks);
    let after_top = top(&blocks.blocks, &mut roles);
    let mut marked = false;
    for (block, role) in blocks.blocks.iter().zip(&mut roles) {
        if let (BlockKind::Heading(level), Role::Body) = (block.kind, &*role) {
            *role = Role::Heading(level.max(1));
            marked = true;
        }
    }
    if marked {
        raise(&mut roles);
    } else {
        infer(blocks, after_top, &mut roles);
    }
    roles
}

/// The role of each block where all are what they are marked as. The title is the first block when it has its words.
pub(super) fn as_told(blocks: &[Block], title: &str) -> Vec<Role> {
    let role = |(i, block): (usize, &Block)| match block.kind {
        BlockKind::Title => Role::Title,
        BlockKind::Heading(_) if i == 0 && block.text == title => Role::Title,
        BlockKind::Heading(level) => Role::Heading(level.max(1)),
        _ => Role::Body,
    };
    let mut roles: Vec<Role> = blocks.iter().enumerate().map(role).collect();
    raise(&mut roles);
    roles
}

/// Noise and body; all body when there would be nothing else to read.
fn noise_roles(blocks: &Blocks) -> Vec<Role> {
    let mut buffer = String::new();
    let mut is_noise = |block: &Block| {
        let may_be = matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::ListItem(_)
        );
        may_be && block.text.len() <= MAX_BYTES && noise::is_noise(&block.text, &mut buffer)
    };
    let role = |block| {
        if is_noise(block) {
            Role::Noise
        } else {
            Role::Body
        }
    };
    let mut roles: Vec<Role> = blocks.blocks.iter().map(role).collect();
    if !roles.contains(&Role::Body) {
        roles.fill(Role::Body);
    }
    roles
}

/// Finds title, byline and date. Returns the index of the block after the last of them.
fn top(blocks: &[Block], roles: &mut [Role]) -> usize {
    let mut has_title = false;
    let mut after = 0;
    let mut seen = 0;
    for (i, block) in blocks.iter().enumerate() {
        if seen == TOP {
            break;
        }
        if roles[i] == Role::Noise {
            continue;
        }
        seen += 1;
        if block.text.len() > MAX_BYTES {
            // no title comes after body text; a byline may
            has_title = true;
            continue;
        }
        let may_be_line = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
        // a title may begin as a byline does: “De Gaulle à Londres”; then body text follows
        let may_be_byline =
            may_be_line && (has_title || next_of_article(blocks, roles, i).is_some_and(is_title));
        if let (true, Some(name)) = (may_be_byline, byline::author(&block.text)) {
            roles[i] = Role::Byline(name);
            after = i + 1;
        } else if may_be_line && byline::is_date(&block.text) {
            roles[i] = Role::Date;
            after = i + 1;
        } else if !has_title {
            has_title = true;
            if is_title(block) {
                roles[i] = Role::Title;
                after = i + 1;
            }
        }
    }
    after
}

fn next_of_article<'a>(blocks: &'a [Block], roles: &[Role], at: usize) -> Option<&'a Block> {
    let next = (at + 1..blocks.len())
        .take(TOP)
        .find(|&i| roles[i] != Role::Noise)?;
    blocks.get(next)
}

fn is_title(block: &Block) -> bool {
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Title => true,
        BlockKind::Paragraph => {
            let text = block.text.as_str();
            let last = text.chars().next_back().unwrap_or('.');
            let is_left_open =
                text.ends_with("...") || matches!(last, '!' | '?' | '…' | '！' | '？' | '؟');
            let ends = !is_left_open && letters::ends_running_text(last);
            !ends
                && letters::columns(text) <= TITLE_COLUMNS
                && text.chars().any(char::is_alphabetic)
        }
        BlockKind::ListItem(_)
        | BlockKind::Quote
        | BlockKind::Code
        | BlockKind::Verse
        | BlockKind::Byline
        | BlockKind::Caption
        | BlockKind::Image
        | BlockKind::TableRow
        | BlockKind::Footnote
        | BlockKind::Rule
        | BlockKind::Noise => false,
    }
}

/// Moves the levels up so that the highest is 1.
fn raise(roles: &mut [Role]) {
    let level = |role: &Role| {
        if let Role::Heading(level) = role {
            Some(*level)
        } else {
            None
        }
    };
    let highest = roles.iter().filter_map(level).min().unwrap_or(1);
    for role in roles {
        if let Role::Heading(level) = role {
            *level -= highest - 1;
        }
    }
}

/// Finds headings that nothing marks.
fn infer(blocks: &Blocks, from: usize, roles: &mut [Role]) {
    let of_article: Vec<usize> = (from..roles.len())
        .filter(|&i| roles[i] == Role::Body)
        .collect();
    // where whole paragraphs are strong, they are the headings
    let is_strong = |i: usize| markdown::is_all_strong(&blocks.blocks[i]);
    let has_strong = of_article.iter().any(|&i| is_strong(i));
    let looks = |&i: &usize| {
        if has_strong {
            is_strong(i)
        } else {
            is_heading_like(&blocks.blocks[i])
        }
    };
    let is_like: Vec<bool> = of_article.iter().map(looks).collect();
    // where blank lines part the blocks, one parts a heading from what is before it
    let apart = of_article.iter().filter(|&&i| blocks.apart[i]).count();
    let is_parted = apart * 5 > of_article.len() * 4;
    let mut headings = Vec::new();
    for k in 1..of_article.len().saturating_sub(1) {
        let i = of_article[k];
        let (block, next) = (&blocks.blocks[i], &blocks.blocks[of_article[k + 1]]);
        let stands = is_like[k] && !is_like[k + 1] && (blocks.apart[i] || !is_parted);
        if stands && leads(block, next) {
            headings.push(i);
        }
    }
    if headings.len() * 3 <= of_article.len() {
        for i in headings {
            roles[i] = Role::Heading(1);
        }
    }
}

/// Whether a block looks like a heading, whatever stands around it. What tells most blocks apart is asked first.
fn is_heading_like(block: &Block) -> bool {
    let text = block.text.as_str();
    let is_short = text.len() <= HEADING_BYTES && letters::columns(text) <= HEADING_COLUMNS;
    if block.kind != BlockKind::Paragraph || !is_short {
        return false;
    }
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    if !matches!(last, '?' | '？' | '؟') && letters::ends_running_text(last) || first.is_lowercase()
    {
        return false;
    }
    let is_framed = letters::is_closing(last)
        && (letters::is_opening(first) || matches!(first, '(' | '[' | '（' | '【'));
    let most = if letters::is_mostly_cjk(text) {
        CJK_HEADING_COLUMNS
    } else {
        HEADING_COLUMNS
    };
    !is_framed
        && letters::columns(text) <= most
        && text.chars().any(char::is_alphabetic)
        && !text.contains("://")
        && !text.contains('@')
        && !byline::is_date(text)
        && !noise::credits_picture(text)
}

/// Whether what follows is text for this heading.
fn leads(heading: &Block, next: &Block) -> bool {
    next.text.len() > heading.text.len() || next.kind != BlockKind::Paragraph
}
