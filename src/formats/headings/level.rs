//! How deep a heading stands, told from numbers like `2.1`, from capitals, and from headings that stand right under others.

/// A heading as far as its level goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'a> {
    pub text: &'a str,
    /// Whether the next heading follows at once, without text between.
    pub is_bare: bool,
}

/// The level of each of these headings; 1 is the highest, and at least one has it. All have it where nothing tells.
pub(super) fn levels(headings: &[Head<'_>]) -> Vec<u8> {
    let told = by_depth(headings)
        .or_else(|| by_part(headings))
        .or_else(|| by_capitals(headings))
        .or_else(|| by_count(headings))
        .or_else(|| by_bareness(headings));
    let levels = told.unwrap_or_else(|| vec![1; headings.len()]);
    let highest = levels.iter().copied().min().unwrap_or(1);
    levels
        .into_iter()
        .map(|level| level - (highest - 1))
        .collect()
}

/// `2 Results` and `2.1 Data`.
fn by_depth(headings: &[Head<'_>]) -> Option<Vec<u8>> {
    let depths: Vec<u8> = headings.iter().map(|head| depth(head.text)).collect();
    let numbered = depths.iter().filter(|&&depth| depth > 0).count();
    let is_told = depths.iter().any(|&depth| depth > 1) && numbered * 2 >= headings.len();
    is_told.then(|| depths.iter().map(|&depth| depth.max(1)).collect())
}

/// `Part One` and what stands under it: two headings or more that begin with the same word and go on with a number, with
/// others between.
fn by_part(headings: &[Head<'_>]) -> Option<Vec<u8>> {
    let words: Vec<Option<String>> = headings.iter().map(|head| part(head.text)).collect();
    let word = words.iter().flatten().next()?;
    let is_part = |i: usize| words[i].as_ref() == Some(word);
    let parts: Vec<usize> = (0..headings.len()).filter(|&i| is_part(i)).collect();
    let first = *parts.first()?;
    // what comes before the first part is as high as the parts
    let is_told = parts.len() > 1 && parts.windows(2).all(|pair| pair[1] > pair[0] + 1);
    let level = |i: usize| if i < first || is_part(i) { 1 } else { 2 };
    is_told.then(|| (0..headings.len()).map(level).collect())
}

/// The word of `Part One`, `Chapter 3` or `Teil II` in small letters.
fn part(text: &str) -> Option<String> {
    const NUMBERS: &[&str] = &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let mut words = text.split(' ').filter(|word| !word.is_empty());
    let word = words.next()?.to_lowercase();
    let number = words.next()?.trim_matches(|c: char| !c.is_alphanumeric());
    let is_roman = !number.is_empty() && number.bytes().all(|b| b"IVX".contains(&b));
    let is_number = number.len() <= 2 && number.parse::<u8>().is_ok()
        || is_roman
        || NUMBERS.contains(&number.to_lowercase().as_str());
    (is_number && word.chars().all(char::is_alphabetic)).then_some(word)
}

/// Headings in capitals over others.
fn by_capitals(headings: &[Head<'_>]) -> Option<Vec<u8>> {
    let shouts: Vec<bool> = headings.iter().map(|head| is_shouted(head.text)).collect();
    let count = shouts.iter().filter(|&&shouts| shouts).count();
    let is_mixed = count > 1 || shouts.first() == Some(&true);
    let is_told = is_mixed && shouts.contains(&false);
    let first = shouts.iter().position(|&shouts| shouts)?;
    let level = |(i, &shouts): (usize, &bool)| if shouts || i < first { 1 } else { 2 };
    is_told.then(|| shouts.iter().enumerate().map(level).collect())
}

/// A heading over headings that are numbered from 1: it has no text of its own, or the count begins anew under another.
fn by_count(headings: &[Head<'_>]) -> Option<Vec<u8>> {
    let numbers: Vec<u8> = headings.iter().map(|head| number(head.text)).collect();
    let starts: Vec<usize> = (1..headings.len())
        .filter(|&i| numbers[i] == 1 && numbers[i - 1] == 0)
        .collect();
    let is_told = starts.len() > 1 || starts.iter().any(|&i| headings[i - 1].is_bare);
    let first = *starts.first()?;
    let level = |i: usize| if i >= first && numbers[i] > 0 { 2 } else { 1 };
    is_told.then(|| (0..headings.len()).map(level).collect())
}

/// Headings that others follow at once: two or more of them are over all that comes after.
fn by_bareness(headings: &[Head<'_>]) -> Option<Vec<u8>> {
    let bare: Vec<usize> = (0..headings.len())
        .filter(|&i| headings[i].is_bare)
        .collect();
    let first = *bare.first()?;
    if bare.windows(2).any(|pair| pair[1] == pair[0] + 1) {
        return None;
    }
    if bare.len() == 1 {
        // of its like nothing is known: only what stands right under it is lower
        return Some(
            (0..headings.len())
                .map(|i| if i == first + 1 { 2 } else { 1 })
                .collect(),
        );
    }
    let level = |i: usize| {
        if i < first || headings[i].is_bare {
            1
        } else {
            2
        }
    };
    Some((0..headings.len()).map(level).collect())
}

/// The number a heading begins with: `3. `, `3) `, `3: ` or `#3`; 0 without.
fn number(text: &str) -> u8 {
    let word = text.split([' ', '\u{a0}']).next().unwrap_or_default();
    let bare = word
        .trim_start_matches('#')
        .trim_end_matches(['.', ')', ':']);
    if bare.len() == word.len() {
        return 0;
    }
    bare.parse().unwrap_or(0)
}

/// How many numbers a heading begins with: 2 for `3.1 Results`; 0 without.
fn depth(text: &str) -> u8 {
    let number = text
        .split([' ', '\u{a0}', ')', ':'])
        .next()
        .unwrap_or_default()
        .trim_end_matches('.');
    let is_number = !number.is_empty()
        && number
            .split('.')
            .all(|part| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()));
    if is_number {
        u8::try_from(number.split('.').count()).unwrap_or(1).min(6)
    } else {
        0
    }
}

/// Whether all its letters are capitals.
fn is_shouted(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars() {
        upper += u32::from(c.is_uppercase());
        lower += u32::from(c.is_lowercase());
    }
    lower == 0 && upper > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The levels of headings; one that ends with `|` has no text of its own.
    #[track_caller]
    fn check(headings: &[&str], expected: &[u8]) {
        let heads: Vec<Head<'_>> = headings
            .iter()
            .map(|text| Head {
                text: text.trim_end_matches('|'),
                is_bare: text.ends_with('|'),
            })
            .collect();
        assert_eq!(levels(&heads), expected, "{headings:?}");
    }

    #[test]
    fn numbers_tell_levels() {
        check(
            &["1 Methods", "1.1 Data", "1.2 Model", "2 Results"],
            &[1, 2, 2, 1],
        );
        check(&["1.1 Data", "1.1.1 Where from"], &[1, 2]);
        check(&["1. One", "2. Two"], &[1, 1]);
        check(&[], &[]);
    }

    #[test]
    fn capitals_tell_levels() {
        check(&["PART ONE", "A road", "PART TWO", "A wood"], &[1, 2, 1, 2]);
        check(&["Why", "NATO"], &[1, 1]);
    }

    #[test]
    fn parts_stand_over_what_is_between_them() {
        check(
            &[
                "Foreword",
                "Part One: The War",
                "A planet",
                "Another",
                "Part Two",
                "A world",
            ],
            &[1, 1, 2, 2, 1, 2],
        );
        check(&["Tip 1: Eat", "Tip 2: Sleep"], &[1, 1]);
    }

    #[test]
    fn a_heading_over_a_count_is_higher_than_its_numbers() {
        check(
            &["Five tips|", "1. Eat", "2. Sleep", "After all"],
            &[1, 2, 2, 1],
        );
        check(
            &[
                "First way",
                "1. Dig",
                "2. Sow",
                "Second way",
                "1. Buy",
                "2. Eat",
            ],
            &[1, 2, 2, 1, 2, 2],
        );
        check(
            &["Before", "1. Eat", "2. Sleep", "After all"],
            &[1, 1, 1, 1],
        );
    }

    #[test]
    fn headings_without_text_of_their_own_are_higher() {
        check(
            &["History|", "Early", "Late", "Culture|", "Music", "Books"],
            &[1, 2, 2, 1, 2, 2],
        );
        check(&["Why", "History|", "Early", "Culture"], &[1, 1, 2, 1]);
        check(&["Why", "When", "Where"], &[1, 1, 1]);
    }
}
