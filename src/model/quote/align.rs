//! How like two texts are, and where in one the other stands: edit distance.
//!
//! Levenshtein's distance by rows (R. A. Wagner, M. J. Fischer: The String-to-String Correction Problem, 1974), with a
//! free beginning and end in the text that is searched (P. H. Sellers, 1980).

/// Where a pattern stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Aligned {
    /// The first character of the text that it covers.
    pub start: usize,
    /// The one after the last.
    pub end: usize,
    /// How many characters have to be added, removed or changed.
    pub distance: usize,
}

impl Aligned {
    /// How like the pattern of this length the text there is, from 0 to 1.
    pub fn likeness(self, pattern: usize) -> f32 {
        likeness(self.distance, pattern.max(self.end - self.start))
    }
}

/// Where the pattern stands in the text with the least distance; of several such places the first that is nearest to it in
/// length. Time: the product of both lengths.
pub(super) fn align(pattern: &[char], text: &[char]) -> Aligned {
    // for each end in the text: the distance of what was compared so far, and where in the text that begins
    let mut row: Vec<(u32, u32)> = (0..=text.len()).map(|i| (0, small(i))).collect();
    for (i, p) in pattern.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = (small(i + 1), 0);
        for (j, t) in text.iter().enumerate() {
            let above = row[j + 1];
            let replaced = (diagonal.0 + u32::from(p != t), diagonal.1);
            let removed = (above.0 + 1, above.1);
            let added = (row[j].0 + 1, row[j].1);
            let mut best = replaced;
            if removed.0 < best.0 {
                best = removed;
            }
            if added.0 < best.0 {
                best = added;
            }
            diagonal = above;
            row[j + 1] = best;
        }
    }
    let ends = row.iter().enumerate();
    let (end, &(distance, start)) = ends
        .min_by_key(|&(end, &(distance, start))| {
            let length = end - (start as usize).min(end);
            (distance, length.abs_diff(pattern.len()))
        })
        .unwrap_or((0, &(0, 0)));
    Aligned {
        start: start as usize,
        end,
        distance: distance as usize,
    }
}

/// How like the pattern a text is that begins where it begins, from 0 to 1; the text may go on after it.
pub(super) fn like_start(pattern: &[char], text: &[char]) -> f32 {
    let mut row: Vec<usize> = (0..=text.len()).collect();
    for (i, p) in pattern.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, t) in text.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(p != t))
                .min(above + 1)
                .min(row[j] + 1);
            diagonal = above;
        }
    }
    likeness(row.into_iter().min().unwrap_or(0), pattern.len())
}

#[expect(
    clippy::cast_precision_loss,
    reason = "texts that are compared are short"
)]
fn likeness(distance: usize, length: usize) -> f32 {
    if length == 0 {
        return 1.0;
    }
    1.0 - distance.min(length) as f32 / length as f32
}

fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    #[track_caller]
    fn check(pattern: &str, text: &str, found: &str, distance: usize) {
        let (pattern, text) = (chars(pattern), chars(text));
        let aligned = align(&pattern, &text);
        let there: String = text[aligned.start..aligned.end].iter().collect();
        assert_eq!((there.as_str(), aligned.distance), (found, distance));
    }

    #[test]
    fn a_pattern_is_found_with_its_mistakes() {
        check("quick brown", "the quick brown fox", "quick brown", 0);
        check("quick brown", "the quikc brown fox", "quikc brown", 2);
        check("quick brown", "the quick, brown fox", "quick, brown", 1);
        check("", "abc", "", 0);
    }

    #[test]
    fn a_start_is_compared_with_a_start() {
        let like = |a: &str, b: &str| like_start(&chars(a), &chars(b));
        assert!((like("abcd", "abcdefgh") - 1.0).abs() < 1e-6);
        assert!((like("abcd", "abxdefgh") - 0.75).abs() < 1e-6);
        assert!((like("", "abc") - 1.0).abs() < 1e-6);
        assert!(like("abcd", "") < 1e-6);
    }

    proptest! {
        #[test]
        fn what_is_in_the_text_has_no_distance(before in "[ab]{0,9}", words in "[ab]{1,9}", after in "[ab]{0,9}") {
            let text = chars(&[before, words.clone(), after].concat());
            let words = chars(&words);
            let aligned = align(&words, &text);
            prop_assert_eq!(aligned.distance, 0);
            prop_assert_eq!(&text[aligned.start..aligned.end], words.as_slice());
        }
    }
}
