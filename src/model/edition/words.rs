//! The difference between two texts word by word, as people would tell it.

use std::collections::HashMap;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::common::common;
use crate::model::pace::is_unspaced;

/// A stretch of one text, or of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Its words, with the white space around them.
    pub text: &'a str,
    /// Which text it stands in.
    pub what: What,
}

/// Which text a stretch stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Both.
    Same,
    /// The new one.
    Added,
    /// The old one.
    Removed,
}

/// The difference between two texts, word by word; in scripts that put no spaces between words, letter by letter. What is
/// the same and what was added make the new text, what is the same and what was removed the old one. What was removed
/// stands before what was added in its place. A space, a sign or a short word between two changes is part of them.
///
/// Takes some milliseconds for texts of 64 kB. Where there is too much to compare, less is found to be the same.
pub fn words<'a>(old: &'a str, new: &'a str) -> Vec<Piece<'a>> {
    let (old, new) = (Tokens::of(old), Tokens::of(new));
    let mut pieces = Vec::new();
    let stretches = slid(stretches(&old, &new), &old, &new);
    for stretch in joined(stretches, &old, &new) {
        let (removed, added) = (old.text(&stretch.old), new.text(&stretch.new));
        let mut add = |text, what| pieces.push(Piece { text, what });
        if stretch.is_same {
            add(added, What::Same);
            continue;
        }
        if !removed.is_empty() {
            add(removed, What::Removed);
        }
        if !added.is_empty() {
            add(added, What::Added);
        }
    }
    pieces
}

/// A text in pieces.
struct Tokens<'a> {
    text: &'a str,
    all: Vec<&'a str>,
    /// Where each begins, and where the last ends.
    starts: Vec<usize>,
}

impl<'a> Tokens<'a> {
    fn of(text: &'a str) -> Self {
        let all: Vec<&str> = tokens(text).collect();
        let mut starts = vec![0];
        let mut end = 0;
        starts.extend(all.iter().map(|token| {
            end += token.len();
            end
        }));
        Self { text, all, starts }
    }

    fn text(&self, range: &Range<usize>) -> &'a str {
        &self.text[self.starts[range.start]..self.starts[range.end]]
    }

    /// Those that are no white space.
    fn visible(&self, range: &Range<usize>) -> impl Iterator<Item = &'a str> {
        let tokens = self.all[range.clone()].iter().copied();
        tokens.filter(|token| !token.trim().is_empty())
    }

    /// How many characters those have that are no white space.
    fn size(&self, range: &Range<usize>) -> usize {
        self.visible(range).map(|token| token.chars().count()).sum()
    }
}

/// Tokens of both texts that are the same or that are not, and follow each other.
#[derive(Debug, Clone)]
struct Stretch {
    old: Range<usize>,
    new: Range<usize>,
    is_same: bool,
}

/// The stretches of two texts, every other one the same.
fn stretches(old: &Tokens, new: &Tokens) -> Vec<Stretch> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut numbered = Vec::with_capacity(old.all.len() + new.all.len());
    for token in old.all.iter().chain(&new.all) {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        numbered.push(*numbers.entry(token).or_insert(next));
    }
    let pairs = common(&numbered[..old.all.len()], &numbered[old.all.len()..]);
    let end = (old.all.len(), new.all.len());
    let mut stretches: Vec<Stretch> = Vec::new();
    let (mut i, mut j) = (0, 0);
    for &(to_old, to_new) in pairs.iter().chain([&end]) {
        if i < to_old || j < to_new {
            stretches.push(Stretch {
                old: i..to_old,
                new: j..to_new,
                is_same: false,
            });
        }
        if (to_old, to_new) == end {
            break;
        }
        (i, j) = (to_old + 1, to_new + 1);
        match stretches.last_mut().filter(|last| last.is_same) {
            Some(last) => (last.old.end, last.new.end) = (i, j),
            None => stretches.push(Stretch {
                old: to_old..i,
                new: to_new..j,
                is_same: true,
            }),
        }
    }
    stretches
}

/// The same where mere additions and removals have their white space behind them: `a {+red +}car`, not `a{+ red+} car`.
fn slid(mut stretches: Vec<Stretch>, old: &Tokens, new: &Tokens) -> Vec<Stretch> {
    for i in 1..stretches.len().saturating_sub(1) {
        let [before, change, after] = &mut stretches[i - 1..=i + 1] else {
            continue;
        };
        let (text, range) = match (change.old.is_empty(), change.new.is_empty()) {
            (true, false) => (new, &change.new),
            (false, true) => (old, &change.old),
            (true, true) | (false, false) => continue,
        };
        let (first, next) = (text.all[range.start], text.all[range.end]);
        // what is the same is never used up: it is longer than a space
        let is_space = first == next && first.trim().is_empty();
        if change.is_same || !is_space || after.old.len() < 2 {
            continue;
        }
        for (before, change, after) in [
            (&mut before.old, &mut change.old, &mut after.old),
            (&mut before.new, &mut change.new, &mut after.new),
        ] {
            before.end += 1;
            *change = change.start + 1..change.end + 1;
            after.start += 1;
        }
    }
    stretches
}

/// The same without stretches between two changes that would only be in the way of who reads them.
fn joined(stretches: Vec<Stretch>, old: &Tokens, new: &Tokens) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    let mut rest = stretches.into_iter().peekable();
    while let Some(stretch) = rest.next() {
        let next = rest.peek();
        let is_idle = match (joined.last(), next) {
            (Some(last), Some(next)) if stretch.is_same => {
                is_idle(&stretch, (last, next), (old, new))
            }
            _ => false,
        };
        // what follows a change that goes on is a change, too
        let goes_on = is_idle || !stretch.is_same;
        match joined.last_mut().filter(|last| goes_on && !last.is_same) {
            Some(last) => (last.old.end, last.new.end) = (stretch.old.end, stretch.new.end),
            None => joined.push(stretch),
        }
    }
    joined
}

/// Whether what is the same between two changes says nothing by itself: a space, a sign or a short word, if the changes
/// are longer, or two very short ones, if they are much longer. Between mere additions or mere removals it stays.
fn is_idle(
    same: &Stretch,
    (before, after): (&Stretch, &Stretch),
    (old, new): (&Tokens, &Tokens),
) -> bool {
    let sizes = |change: &Stretch| (old.size(&change.old), new.size(&change.new));
    let ((old_before, new_before), (old_after, new_after)) = (sizes(before), sizes(after));
    if old_before + old_after == 0 || new_before + new_after == 0 {
        return false;
    }
    let around = old_before.max(new_before).min(old_after.max(new_after));
    let size = new.size(&same.new);
    let longest = new
        .visible(&same.new)
        .map(|token| token.chars().count())
        .max();
    match (new.visible(&same.new).count(), longest) {
        (0, _) => true,
        (1, Some(..=4)) => size <= around,
        (2, Some(..=3)) => size * 2 <= around,
        _ => false,
    }
}

/// The words, signs and stretches of white space of a text. A letter of a script that puts no spaces between words is one
/// by itself. Marks and what is joined stay with what they belong to.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (token, after) = rest.split_at(token_length(rest));
        rest = after;
        (!token.is_empty()).then_some(token)
    })
}

/// How long the first token of a text is, in bytes.
fn token_length(text: &str) -> usize {
    let Some(first) = text.chars().next() else {
        return 0;
    };
    if first.is_whitespace() {
        return text.len() - text.trim_start().len();
    }
    let in_word = is_of_word(first);
    let mut chars = text.char_indices().skip(1).peekable();
    let mut last = first;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, c)| c);
        let goes_on = is_joined(c)
            || last == JOINER
            || (in_word && (is_of_word(c) || next.is_some_and(|next| is_inside(last, c, next))));
        if !goes_on {
            return at;
        }
        last = c;
    }
    text.len()
}

/// Makes one sign of two.
const JOINER: char = '\u{200d}';

/// A letter or digit of a script that puts spaces between words.
fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric() && !is_unspaced(c))
}

/// Whether a sign between two characters is part of a word: `it’s`, `3.14`.
fn is_inside(before: char, sign: char, after: char) -> bool {
    match sign {
        '\'' | '’' => is_of_word(before) && is_of_word(after),
        '.' | ',' => before.is_numeric() && after.is_numeric(),
        _ => false,
    }
}

/// Whether a character belongs to the one before it.
fn is_joined(c: char) -> bool {
    match c {
        '\0'..='\u{ac}' => false,
        // soft hyphen, joiners, variations, shades of skin
        '\u{ad}' | '\u{200c}' | JOINER | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' => true,
        '\u{1f3fb}'..='\u{1f3ff}' => true,
        _ => is_combining_mark(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wdiff(old: &str, new: &str) -> String {
        let pieces = words(old, new);
        let told = pieces.iter().map(|piece| match piece.what {
            What::Same => piece.text.to_owned(),
            What::Added => format!("{{+{}+}}", piece.text),
            What::Removed => format!("[-{}-]", piece.text),
        });
        told.collect()
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: &str) {
        assert_eq!(wdiff(old, new), expected);
    }

    #[test]
    fn words_that_differ_are_told() {
        check("", "", "");
        check("the same", "the same", "the same");
        check("a car", "a red car", "a {+red +}car");
        check("a red car", "a car", "a [-red -]car");
        check(
            "It took 3 days.",
            "It took 14 days.",
            "It took [-3-]{+14+} days.",
        );
        check("pi is 3.14", "pi is 3.15", "pi is [-3.14-]{+3.15+}");
        check("nothing", "", "[-nothing-]");
        check("", "all", "{+all+}");
        check("one, two", "one; two", "one[-,-]{+;+} two");
    }

    #[test]
    fn every_language_is_cut_where_its_readers_would() {
        check(
            "Il l’a vue hier.",
            "Il l’a lue hier.",
            "Il l’a [-vue-]{+lue+} hier.",
        );
        check(
            "Der alte Mann geht heim.",
            "Der alte Hund geht heim.",
            "Der alte [-Mann-]{+Hund+} geht heim.",
        );
        check(
            "今天天气很好。",
            "今天天气不好。",
            "今天天气[-很-]{+不+}好。",
        );
        check(
            "東京へ行きました。",
            "京都へ行きました。",
            "[-東京-]{+京都+}へ行きました。",
        );
        check("ฉันกินข้าว", "ฉันกินปลา", "ฉันกิน[-ข้าว-]{+ปลา+}");
        check(
            "오늘 날씨가 좋다",
            "오늘 날씨가 나쁘다",
            "오늘 날씨가 [-좋다-]{+나쁘다+}",
        );
        check(
            "می‌خواهم بروم",
            "نمی‌خواهم بروم",
            "[-می‌خواهم-]{+نمی‌خواهم+} بروم",
        );
        check("עם ישראל חי", "עם ישראל כאן", "עם ישראל [-חי-]{+כאן+}");
        check("ok 👩‍👩‍👧!", "ok 👩‍👩‍👦!", "ok [-👩‍👩‍👧-]{+👩‍👩‍👦+}!");
        check(
            "cafe\u{301} noir",
            "cafe noir",
            "[-cafe\u{301}-]{+cafe+} noir",
        );
    }

    #[test]
    fn what_says_nothing_between_changes_is_part_of_them() {
        check(
            "red cars here",
            "blue ships here",
            "[-red cars-]{+blue ships+} here",
        );
        check(
            "Somebody sold the house in March.",
            "Nobody bought the garden in March.",
            "[-Somebody sold the house-]{+Nobody bought the garden+} in March.",
        );
        // a word that is long enough to be seen stands
        check(
            "big winter coat",
            "old winter hat",
            "[-big-]{+old+} winter [-coat-]{+hat+}",
        );
        // what was only added does not take away what is there
        check(
            "on and off",
            "on here and there off",
            "on {+here +}and {+there +}off",
        );
    }

    #[test]
    fn texts_of_64_kb_are_compared() {
        let word = |i: usize| format!("w{} ", i * i % 9973);
        let old: String = (0..11_000).map(word).collect();
        let new: String = (0..11_000)
            .map(|i| word(if i % 50 == 0 { i + 7 } else { i }))
            .collect();
        let added = words(&old, &new);
        let added = added.iter().filter(|piece| piece.what == What::Added);
        assert_eq!(added.count(), 220);
        let repeated = |n: usize| {
            (0..11_000)
                .flat_map(move |i| ["v", &"xyzabcd"[i % n..=i % n], " "].map(str::to_owned))
                .collect::<String>()
        };
        let other = repeated(7);
        assert!(words(&old, &other).len() <= 3);
        let often = repeated(5);
        assert!(!words(&often, &other).is_empty());
    }

    proptest! {
        #[test]
        fn the_pieces_make_both_texts(old in TEXT, new in TEXT) {
            let pieces = words(&old, &new);
            let of = |what| {
                let pieces = pieces.iter().filter(|p| p.what == What::Same || p.what == what);
                pieces.map(|piece| piece.text).collect::<String>()
            };
            prop_assert_eq!(of(What::Added), new.as_str());
            prop_assert_eq!(of(What::Removed), old.as_str());
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
            prop_assert!(pieces.windows(2).all(|two| two[0].what != two[1].what));
        }

        #[test]
        fn tokens_make_the_text(text in ".{0,40}") {
            prop_assert_eq!(tokens(&text).collect::<String>(), text);
        }
    }

    const TEXT: &str = "([abc]{1,3}[ ,.]|[aé中文’\u{301}\u{200d}👩] ?){0,30}";
}
