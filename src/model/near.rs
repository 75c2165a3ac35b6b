//! The name that was probably meant by one that is not there.

/// The name that was probably meant: the nearest one, when it is near enough to be a slip of the fingers.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let longest = (word.chars().count() / 3).max(1);
    let near = names.map(|name| (distance(&word, name), name));
    near.filter(|(far, _)| *far <= longest)
        .min_by_key(|(far, _)| *far)
        .map(|(_, name)| name)
}

/// How many letters must be added, removed, changed or swapped with their neighbour to make one word of the other (the
/// optimal string alignment distance).
fn distance(one: &str, other: &str) -> usize {
    let one: Vec<char> = one.chars().take(64).collect();
    let other: Vec<char> = other.chars().take(64).collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    for i in 1..=one.len() {
        let mut row = vec![i];
        for j in 1..=other.len() {
            let change = usize::from(one[i - 1] != other[j - 1]);
            let above = &rows[i - 1];
            let mut best = (above[j] + 1)
                .min(row[j - 1] + 1)
                .min(above[j - 1] + change);
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[one.len()][other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_fingers_are_recognised_and_other_words_are_not() {
        let names = ["theme", "measure", "next_section"];
        let found = |word| nearest(word, names.into_iter());
        assert_eq!(found("tehme"), Some("theme"));
        assert_eq!(found("Theme"), Some("theme"));
        assert_eq!(found("mesure"), Some("measure"));
        assert_eq!(found("next-section"), Some("next_section"));
        assert_eq!(found("colour"), None);
        assert_eq!(found(""), None);
    }
}
