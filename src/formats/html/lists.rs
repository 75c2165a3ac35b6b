//! Lists with their bullets and numbers, and paragraphs of which each line counts.

use super::tree::{Id, Tree};
use super::walk::is_inline;

/// Lines of a verse are no longer than this, in bytes, as a rule.
const VERSE_LINE: usize = 60;
/// So many texts and elements are looked at to tell whether a paragraph is verse.
const LOOK: usize = 2000;

/// A list that is being read.
#[derive(Debug)]
pub struct List {
    /// The next number, when it has numbers.
    next: Option<i32>,
    step: i32,
    style: Style,
    /// The bullet or number that stands before the next text.
    pub marker: Option<String>,
    /// Whether an item of it is being read.
    pub is_in_item: bool,
}

#[derive(Debug, Clone, Copy)]
enum Style {
    Number,
    Letter,
    Capital,
    Roman,
    RomanCapital,
}

impl List {
    /// A list as its element says.
    pub fn new(tree: &Tree, id: Id) -> Self {
        let is_ordered = tree.name(id) == "ol";
        let is_reversed = is_ordered && tree.has(id, "reversed");
        let start = tree
            .attribute(id, "start")
            .and_then(|v| v.parse::<i32>().ok());
        let start = start.unwrap_or_else(|| {
            if is_reversed {
                let items = tree.children(id).filter(|&c| tree.name(c) == "li").count();
                i32::try_from(items).unwrap_or(i32::MAX)
            } else {
                1
            }
        });
        Self {
            next: is_ordered.then_some(start),
            step: if is_reversed { -1 } else { 1 },
            style: match tree.attribute(id, "type") {
                Some("a") => Style::Letter,
                Some("A") => Style::Capital,
                Some("i") => Style::Roman,
                Some("I") => Style::RomanCapital,
                _ => Style::Number,
            },
            marker: None,
            is_in_item: false,
        }
    }

    /// What a definition stands in: no bullet, but further in.
    pub fn definition() -> Self {
        Self {
            is_in_item: true,
            ..Self::loose()
        }
    }

    /// The list of an item that stands in none.
    pub fn loose() -> Self {
        Self {
            next: None,
            step: 1,
            style: Style::Number,
            marker: None,
            is_in_item: false,
        }
    }

    /// Begins an item.
    pub fn begin_item(&mut self, tree: &Tree, id: Id) {
        self.is_in_item = true;
        let value = tree
            .attribute(id, "value")
            .and_then(|v| v.parse::<i32>().ok());
        let number = self.next.map(|next| value.unwrap_or(next));
        self.next = number.map(|n| n.saturating_add(self.step));
        self.marker = Some(match number {
            Some(number) => format!("{}.", self.style.written(number)),
            None => "•".to_owned(),
        });
    }
}

impl Style {
    fn written(self, number: i32) -> String {
        match self {
            Self::Number => number.to_string(),
            Self::Letter => letters(number),
            Self::Capital => letters(number).to_ascii_uppercase(),
            Self::Roman => roman(number).to_ascii_lowercase(),
            Self::RomanCapital => roman(number),
        }
    }
}

fn letters(number: i32) -> String {
    let mut rest = match u32::try_from(number) {
        Ok(rest) if rest > 0 => rest,
        _ => return number.to_string(),
    };
    let mut out = String::new();
    while rest > 0 {
        rest -= 1;
        out.insert(
            0,
            char::from_u32(u32::from(b'a') + rest % 26).unwrap_or('a'),
        );
        rest /= 26;
    }
    out
}

fn roman(number: i32) -> String {
    const STEPS: [(i32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in STEPS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    out
}

/// Whether the lines of a paragraph are to be kept: three or more, short, set by `br`.
pub fn is_verse(tree: &Tree, id: Id) -> bool {
    let breaks = || tree.children(id).filter(|&child| tree.name(child) == "br");
    if breaks().nth(1).is_none() || breaks().any(|child| is_second_break(tree, child)) {
        return false;
    }
    let mut bytes = 0;
    for (seen, node) in tree.all(id).skip(1).enumerate() {
        if seen > LOOK || !is_inline(tree.name(node)) || tree.name(node) == "img" {
            return false;
        }
        bytes += tree.text(node).map_or(0, |text| text.trim().len());
    }
    bytes > 0 && bytes / (breaks().count() + 1) <= VERSE_LINE
}

/// Whether a `br` follows another: a new paragraph begins.
pub fn is_second_break(tree: &Tree, id: Id) -> bool {
    let is_blank = |node: &Id| {
        tree.text(*node).map_or_else(
            || tree.name(*node).is_empty(),
            |text| text.trim().is_empty(),
        )
    };
    let mut before = tree.before(id).skip_while(is_blank);
    before.next().is_some_and(|node| tree.name(node) == "br")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_list_says() {
        assert_eq!([1, 26, 27, 703].map(letters), ["a", "z", "aa", "aaa"]);
        assert_eq!(
            [1, 4, 1999, 0, 4000].map(roman),
            ["I", "IV", "MCMXCIX", "0", "4000"]
        );
        assert_eq!(letters(-3), "-3");
    }
}
