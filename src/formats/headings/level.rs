//! How deep a heading stands, told from numbers like `2.1` and from capitals.

/// The level of each of these headings; 1 is the highest, and at least one has it.
pub(super) fn levels(headings: &[&str]) -> Vec<u8> {
    let depths: Vec<u8> = headings.iter().map(|text| depth(text)).collect();
    let numbered = depths.iter().filter(|&&depth| depth > 0).count();
    let levels: Vec<u8> = if depths.iter().any(|&depth| depth > 1) && numbered * 2 >= headings.len()
    {
        depths.iter().map(|&depth| depth.max(1)).collect()
    } else {
        let shouts: Vec<bool> = headings.iter().map(|text| is_shouted(text)).collect();
        let is_mixed =
            shouts.contains(&true) && shouts.first() == Some(&true) && shouts.contains(&false);
        shouts
            .iter()
            .map(|&shouts| if is_mixed && !shouts { 2 } else { 1 })
            .collect()
    };
    let highest = levels.iter().copied().min().unwrap_or(1);
    levels
        .into_iter()
        .map(|level| level - (highest - 1))
        .collect()
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

    #[test]
    fn numbers_and_capitals_tell_levels() {
        assert_eq!(
            levels(&["1 Methods", "1.1 Data", "1.2 Model", "2 Results"]),
            [1, 2, 2, 1]
        );
        assert_eq!(levels(&["1.1 Data", "1.1.1 Where from"]), [1, 2]);
        assert_eq!(levels(&["1. One", "2. Two"]), [1, 1]);
        assert_eq!(
            levels(&["PART ONE", "A road", "PART TWO", "A wood"]),
            [1, 2, 1, 2]
        );
        assert_eq!(levels(&["Why", "NATO"]), [1, 1]);
        assert_eq!(levels(&[]), Vec::<u8>::new());
    }
}
