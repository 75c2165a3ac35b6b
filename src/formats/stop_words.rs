//! The language of a text told from its smallest words: what trigrams tell more slowly, for languages that are met most.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_segmentation::UnicodeSegmentation;

/// So many bytes of a text are looked at.
const SAMPLE: usize = 1024;
/// One word in so many must be a small word of the language …
const SHARE: usize = 7;
/// … and at least so many must be.
const LEAST: u16 = 8;

/// ISO 639-1 codes and the smallest words of each language, in lower case.
const SMALL_WORDS: &[(&str, &str)] = &[
    (
        "en",
        "the of and to in is that for it was with on as are this from be by had at his her its",
    ),
    (
        "fr",
        "le la les de des du et en un une est dans que qui pour pas sur au aux ne se par il elle ce l d qu",
    ),
    (
        "de",
        "der die und das den von zu ist mit dem des nicht ein eine einen sich auf für als auch im es war",
    ),
    (
        "es",
        "el la de los las que y en un una por con para del se no su lo al es como más",
    ),
    (
        "it",
        "il di che la e in un per non una del è con sono gli della le da si al dei nel",
    ),
    (
        "pt",
        "o a os as de que e do da em um uma para com não no na dos se por ao é",
    ),
    (
        "nl",
        "de het een van en in is dat op te zijn met voor niet aan er ook die maar was hij",
    ),
    (
        "pl",
        "i w z na się nie że do jest to o jak po ale od przez za co",
    ),
    (
        "sv",
        "och att det som en på är av för med till den inte har ett om var",
    ),
    (
        "da",
        "og at det som en på er af for med til den ikke har et om var de i",
    ),
    (
        "nb",
        "og at det som en på er av for med til den ikke har et om var de i",
    ),
    (
        "ru",
        "и в не на что с по как это из он за к но от его а о у",
    ),
    ("uk", "і в не на що з як та це до за але від його а о у й"),
];

static LANGUAGES_OF: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut languages: HashMap<&str, Vec<usize>> = HashMap::new();
    for (language, (_, words)) in SMALL_WORDS.iter().enumerate() {
        for word in words.split(' ') {
            languages.entry(word).or_default().push(language);
        }
    }
    languages
});

/// The language whose small words stand out clearly in the start of a text. `None` when none does: it may be another
/// language, or one of two that are much alike.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let text = text[..text.floor_char_boundary(SAMPLE)].to_lowercase();
    let mut hits = [0u16; SMALL_WORDS.len()];
    let mut words = 0;
    for word in text
        .unicode_words()
        .flat_map(|word| word.split(['\'', '’']))
    {
        words += 1;
        for &language in LANGUAGES_OF.get(word).into_iter().flatten() {
            hits[language] += 1;
        }
    }
    let best = (0..hits.len()).max_by_key(|&i| hits[i])?;
    let next = (0..hits.len())
        .filter(|&i| i != best)
        .map(|i| hits[i])
        .max()?;
    let is_clear = hits[best] >= LEAST
        && usize::from(hits[best]) * SHARE >= words
        && hits[best] >= next * 3 / 2 + 3;
    is_clear.then_some(SMALL_WORDS[best].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(language(text), expected, "{text}");
    }

    #[test]
    fn common_languages_are_told_by_their_small_words() {
        check(
            "The wind rose over the hill, and the children went home before the rain came. It was the end of the day \
             and the light in the house was on.",
            Some("en"),
        );
        check(
            "Le vent se leva sur la colline et les enfants rentrèrent à la maison avant que la pluie ne tombe sur le \
             toit de l’école et dans les rues.",
            Some("fr"),
        );
        check(
            "Der Wind kam über den Hügel, und die Kinder gingen nach Hause, bevor der Regen auf das Dach der Schule \
             und in die Straßen fiel. Es war nicht spät.",
            Some("de"),
        );
    }

    #[test]
    fn what_is_not_clear_is_left_open() {
        check(
            "Det er en god dag, og det er ikke til at tage fejl af, at den er her, og at det er en dag.",
            None,
        );
        check("123 456 789", None);
        check("子どもたちは雨が降る前に家に帰った。", None);
        check("", None);
    }
}
