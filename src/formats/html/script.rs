//! Raised and lowered text, and formulas.

use super::tree::{Id, Tree};

/// A raised (`sup`) or lowered (`sub`) text in characters that are so themselves, or else behind `^` or `_`. `None` when it
/// is no more than text.
pub fn raised(text: &str, name: &str) -> Option<String> {
    if text.is_empty() || text.chars().count() > 12 {
        return None;
    }
    let (of, sign): (fn(char) -> Option<char>, char) = if name == "sup" {
        (high, '^')
    } else {
        (low, '_')
    };
    if let Some(all) = text.chars().map(of).collect() {
        return Some(all);
    }
    // an ordinal's letters, a trade mark: said as well on the line
    if name == "sup"
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '®' | '™' | '℠' | '*' | '†' | '‡'))
    {
        return None;
    }
    if text.contains(' ') {
        return None;
    }
    Some(format!("{sign}{text}"))
}

fn high(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '+' => '⁺',
        '-' | '−' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => return None,
    })
}

fn low(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => char::from_u32(u32::from('₀') + u32::from(c) - u32::from('0'))?,
        '+' => '₊',
        '-' | '−' => '₋',
        '=' => '₌',
        '(' => '₍',
        ')' => '₎',
        _ => return None,
    })
}

/// What a formula was written as, where it says so.
pub fn formula(tree: &Tree, id: Id) -> Option<String> {
    if let Some(text) = tree.attribute(id, "alttext") {
        return Some(text.to_owned());
    }
    let is_source = |&node: &Id| {
        tree.name(node) == "annotation"
            && tree
                .attribute(node, "encoding")
                .is_some_and(|e| e.contains("tex"))
    };
    let found = tree.all(id).take(2000).find(is_source)?;
    Some(tree.text_in(found, 4000)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_raised_is_told() {
        assert_eq!(raised("2", "sup").as_deref(), Some("²"));
        assert_eq!(raised("-10", "sup").as_deref(), Some("⁻¹⁰"));
        assert_eq!(raised("2", "sub").as_deref(), Some("₂"));
        assert_eq!(raised("x+1", "sup").as_deref(), Some("^x+1"));
        assert_eq!(raised("max", "sub").as_deref(), Some("_max"));
        assert_eq!(raised("th", "sup"), None);
        assert_eq!(raised("a longer remark", "sup"), None);
    }
}
