//! What stands before the text of an item of a list.

/// Signs that plain texts have before the items of a list.
const BULLETS: [char; 8] = ['•', '-', '*', '◦', '▪', '‣', '·', '●'];

/// What stands before the text of an item, and the text after it.
pub(super) enum Item<'a> {
    Bullet(&'a str),
    Number(u64, char, &'a str),
    /// A task, with its box.
    Task(&'static str, &'a str),
}

/// The parts of an item; `None` when nothing that Markdown knows stands before its text.
pub(super) fn item(text: &str) -> Option<Item<'_>> {
    for sign in ["[x]", "[ ]"] {
        if let Some(rest) = text.strip_prefix(sign) {
            return Some(Item::Task(
                sign,
                rest.strip_prefix(' ').filter(|rest| !rest.is_empty())?,
            ));
        }
    }
    let after = |rest: &'_ str| rest.is_empty() || rest.starts_with(' ');
    if let Some(rest) = text.strip_prefix(BULLETS).filter(|rest| after(rest)) {
        return Some(Item::Bullet(rest.trim_start()));
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = &text[..digits];
    let is_plain = (1..=9).contains(&digits) && (digits == 1 || !number.starts_with('0'));
    let delimiter = text[digits..]
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | ')'))?;
    let rest = &text[digits + 1..];
    if !is_plain || !after(rest) {
        return None;
    }
    Some(Item::Number(
        number.parse().ok()?,
        delimiter,
        rest.trim_start(),
    ))
}
