//! Which language a document is in.

use std::cmp::Reverse;

use whatlang::Lang;

use super::letters;
use crate::model::document::{Block, BlockKind};

/// No language is told of fewer characters than this …
const LEAST: usize = 200;
/// … and no more than so many bytes are looked at: more takes longer and tells no more.
const SAMPLE: usize = 1024;

/// The ISO 639-1 code of the language of the body, or of its 639-3 code where it has none of two letters. `None` when
/// there is too little text, or no language is clear.
pub(super) fn of(blocks: &[Block]) -> Option<String> {
    let mut sample = String::with_capacity(SAMPLE);
    for block in blocks {
        if matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::ListItem(_) | BlockKind::Quote
        ) {
            let room = SAMPLE - sample.len();
            sample.push_str(&block.text[..block.text.floor_char_boundary(room)]);
            if sample.len() + 4 >= SAMPLE {
                break;
            }
            sample.push('\n');
        }
    }
    sample.chars().nth(LEAST - 1)?;
    // the beginning is mostly enough
    let beginning = &sample[..sample.floor_char_boundary(SAMPLE / 2)];
    if let Some(code) = by_common_words(beginning).or_else(|| by_common_words(&sample)) {
        return Some(code.to_owned());
    }
    let told = whatlang::detect(&sample)?;
    told.is_reliable().then(|| code(told.lang()).to_owned())
}

/// The ISO 639-1 code in a language tag: `fr` in `fr-CA`, `fra` or `FR_ca`; a language's three letters where it has none of
/// two. <https://www.rfc-editor.org/info/bcp47>
pub(super) fn of_tag(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    if !first.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    match first.len() {
        2 => Some(first),
        3 if first == "und" || first == "mul" || first == "zxx" => None,
        3 => Some(Lang::from_code(&first).map_or(first, |lang| code(lang).to_owned())),
        _ => None,
    }
}

/// The language, where its commonest words leave no doubt: at least every twelfth word is one of them, and they are four
/// times as many as those of any other. That takes a tenth of the time of looking at letters, which a library of ten
/// thousand articles feels.
fn by_common_words(sample: &str) -> Option<&'static str> {
    let mut lower = String::with_capacity(sample.len());
    letters::push_small(sample, &mut lower);
    let mut counts: [(&str, usize); LANGUAGES] = [("", 0); LANGUAGES];
    let mut words = 0;
    let words_of = lower.split(|c: char| !letters::is_alphanumeric(c));
    for word in words_of.filter(|word| !word.is_empty()) {
        words += 1;
        let first = usize::from(word.as_bytes()[0]);
        if word.len() > LONGEST || LENGTHS[first] & 1 << word.len() == 0 {
            continue;
        }
        let alike = &COMMON[STARTS[first]..STARTS[first + 1]];
        let Some(&(_, language)) = alike.iter().find(|(known, _)| *known == word) else {
            continue;
        };
        if let Some(count) = counts
            .iter_mut()
            .find(|(known, _)| *known == language || known.is_empty())
        {
            *count = (language, count.1 + 1);
        }
    }
    counts.sort_unstable_by_key(|&(_, count)| Reverse(count));
    let [(language, most), (_, second), ..] = counts;
    (most >= 8 && most * 12 >= words && most >= 4 * second).then_some(language)
}

/// For each first byte, where the words of [`COMMON`] that begin so start; they end where those of the next byte do.
static STARTS: [usize; 257] = {
    let mut starts = [0; 257];
    let mut byte = 0;
    let mut i = 0;
    while byte <= 256 {
        while i < COMMON.len() && (COMMON[i].0.as_bytes()[0] as usize) < byte {
            i += 1;
        }
        starts[byte] = i;
        byte += 1;
    }
    starts
};

/// No word of [`COMMON`] has more bytes.
const LONGEST: usize = 15;
/// For each first byte, a bit for each length of the words of [`COMMON`] that begin so: most words are told by it.
static LENGTHS: [u16; 256] = {
    let mut lengths = [0; 256];
    let mut i = 0;
    while i < COMMON.len() {
        let word = COMMON[i].0.as_bytes();
        lengths[word[0] as usize] |= 1 << word.len();
        i += 1;
    }
    lengths
};

/// How many languages [`COMMON`] knows.
const LANGUAGES: usize = 18;
/// Words that are common in one language and in no other of these, sorted.
#[rustfmt::skip]
const COMMON: &[(&str, &str)] = &[
    ("ale", "pl"), ("alla", "it"), ("anche", "it"), ("and", "en"), ("ao", "pt"), ("are", "en"), ("att", "sv"),
    ("auch", "de"), ("auf", "de"), ("aux", "fr"), ("avec", "fr"), ("az", "hu"), ("been", "en"), ("bij", "nl"),
    ("bir", "tr"), ("bu", "tr"), ("był", "pl"), ("care", "ro"), ("ces", "fr"), ("cette", "fr"), ("che", "it"),
    ("com", "pt"), ("csak", "hu"), ("cu", "ro"), ("da", "pt"), ("daha", "tr"), ("dal", "it"), ("dalam", "id"),
    ("dan", "id"), ("dans", "fr"), ("dari", "id"), ("das", "de"), ("dat", "nl"), ("dei", "it"), ("della", "it"),
    ("delle", "it"), ("dem", "de"), ("dengan", "id"), ("der", "de"), ("des", "fr"), ("desde", "es"), ("deze", "nl"),
    ("di", "it"), ("din", "ro"), ("dla", "pl"), ("do", "pt"), ("dos", "pt"), ("du", "fr"), ("een", "nl"),
    ("efter", "sv"), ("egy", "hu"), ("ein", "de"), ("eine", "de"), ("el", "es"), ("eller", "sv"), ("em", "pt"),
    ("este", "es"), ("está", "es"), ("ett", "sv"), ("että", "fi"), ("foi", "pt"), ("from", "en"), ("från", "sv"),
    ("fue", "es"), ("för", "sv"), ("für", "de"), ("gibi", "tr"), ("gli", "it"), ("hade", "sv"), ("hasta", "es"),
    ("have", "en"), ("heeft", "nl"), ("hij", "nl"), ("his", "en"), ("hogy", "hu"), ("hän", "fi"), ("il", "it"),
    ("ile", "tr"), ("im", "de"), ("ini", "id"), ("inte", "sv"), ("ist", "de"), ("it", "en"), ("itu", "id"),
    ("için", "tr"), ("ja", "fi"), ("jako", "pl"), ("jest", "pl"), ("które", "pl"), ("który", "pl"), ("kun", "fi"),
    ("las", "es"), ("les", "fr"), ("leur", "fr"), ("lo", "es"), ("los", "es"), ("ma", "it"), ("maar", "nl"),
    ("mai", "ro"), ("mais", "fr"), ("mas", "pt"), ("meg", "hu"), ("mit", "de"), ("mutta", "fi"), ("muy", "es"),
    ("myös", "fi"), ("már", "hu"), ("más", "es"), ("na", "pt"), ("naar", "nl"), ("nel", "it"), ("nem", "hu"),
    ("nicht", "de"), ("nie", "pl"), ("niet", "nl"), ("nog", "nl"), ("non", "it"), ("not", "en"), ("não", "pt"),
    ("när", "sv"), ("och", "sv"), ("också", "sv"), ("of", "en"), ("olan", "tr"), ("olarak", "tr"), ("oli", "fi"),
    ("oraz", "pl"), ("os", "pt"), ("ovat", "fi"), ("pada", "id"), ("pas", "fr"), ("pela", "pt"), ("pentru", "ro"),
    ("pero", "es"), ("più", "it"), ("pour", "fr"), ("prin", "ro"), ("przez", "pl"), ("sen", "fi"), ("sich", "de"),
    ("się", "pl"), ("skulle", "sv"), ("sono", "it"), ("sont", "fr"), ("su", "es"), ("sunt", "ro"), ("sur", "fr"),
    ("sus", "es"), ("são", "pt"), ("să", "ro"), ("są", "pl"), ("tai", "fi"), ("también", "es"), ("that", "en"),
    ("the", "en"), ("their", "en"), ("they", "en"), ("this", "en"), ("tidak", "id"), ("till", "sv"), ("to", "en"),
    ("tym", "pl"), ("um", "pt"), ("uma", "pt"), ("und", "de"), ("under", "sv"), ("une", "fr"), ("untuk", "id"),
    ("vagy", "hu"), ("ve", "tr"), ("volt", "hu"), ("voor", "nl"), ("w", "pl"), ("werd", "nl"), ("wird", "de"),
    ("with", "en"), ("wordt", "nl"), ("y", "es"), ("yang", "id"), ("z", "pl"), ("ze", "nl"), ("zich", "nl"),
    ("zijn", "nl"), ("zu", "de"), ("än", "sv"), ("är", "sv"), ("çok", "tr"), ("è", "it"), ("é", "pt"), ("és", "hu"),
    ("été", "fr"), ("że", "pl"), ("și", "ro"), ("было", "ru"), ("для", "ru"), ("его", "ru"), ("если", "ru"),
    ("из", "ru"), ("или", "ru"), ("к", "ru"), ("которые", "ru"), ("она", "ru"), ("они", "ru"), ("под", "ru"),
    ("после", "ru"), ("при", "ru"), ("также", "ru"), ("уже", "ru"), ("что", "ru"), ("чтобы", "ru"), ("это", "ru"),
    ("آن", "fa"), ("أن", "ar"), ("إلى", "ar"), ("از", "fa"), ("است", "fa"), ("التي", "ar"), ("الذي", "ar"),
    ("این", "fa"), ("با", "fa"), ("برای", "fa"), ("به", "fa"), ("را", "fa"), ("شد", "fa"), ("شده", "fa"),
    ("على", "ar"), ("عن", "ar"), ("في", "ar"), ("كما", "ar"), ("لم", "ar"), ("مع", "ar"), ("من", "ar"), ("می", "fa"),
    ("های", "fa"), ("هذا", "ar"), ("هذه", "ar"), ("وفي", "ar"), ("وقد", "ar"), ("کرد", "fa"), ("که", "fa"),
    ("और", "hi"), ("का", "hi"), ("की", "hi"), ("के", "hi"), ("को", "hi"), ("नहीं", "hi"), ("ने", "hi"), ("पर", "hi"),
    ("में", "hi"), ("से", "hi"), ("है", "hi"), ("हैं", "hi"),
];

/// ISO 639-1.
#[rustfmt::skip]
const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Afr => "af", Lang::Aka => "ak", Lang::Amh => "am", Lang::Ara => "ar", Lang::Aze => "az", Lang::Bel => "be",
        Lang::Ben => "bn", Lang::Bul => "bg", Lang::Cat => "ca", Lang::Ces => "cs", Lang::Cmn => "zh", Lang::Cym => "cy",
        Lang::Dan => "da", Lang::Deu => "de", Lang::Ell => "el", Lang::Eng => "en", Lang::Epo => "eo", Lang::Est => "et",
        Lang::Fin => "fi", Lang::Fra => "fr", Lang::Guj => "gu", Lang::Heb => "he", Lang::Hin => "hi", Lang::Hrv => "hr",
        Lang::Hun => "hu", Lang::Hye => "hy", Lang::Ind => "id", Lang::Ita => "it", Lang::Jav => "jv", Lang::Jpn => "ja",
        Lang::Kan => "kn", Lang::Kat => "ka", Lang::Khm => "km", Lang::Kor => "ko", Lang::Lat => "la", Lang::Lav => "lv",
        Lang::Lit => "lt", Lang::Mal => "ml", Lang::Mar => "mr", Lang::Mkd => "mk", Lang::Mya => "my", Lang::Nep => "ne",
        Lang::Nld => "nl", Lang::Nob => "nb", Lang::Ori => "or", Lang::Pan => "pa", Lang::Pes => "fa", Lang::Pol => "pl",
        Lang::Por => "pt", Lang::Ron => "ro", Lang::Rus => "ru", Lang::Sin => "si", Lang::Slk => "sk", Lang::Slv => "sl",
        Lang::Sna => "sn", Lang::Spa => "es", Lang::Srp => "sr", Lang::Swe => "sv", Lang::Tam => "ta", Lang::Tel => "te",
        Lang::Tgl => "tl", Lang::Tha => "th", Lang::Tuk => "tk", Lang::Tur => "tr", Lang::Ukr => "uk", Lang::Urd => "ur",
        Lang::Uzb => "uz", Lang::Vie => "vi", Lang::Yid => "yi", Lang::Zul => "zu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<String> {
        of(&[Block::new(BlockKind::Paragraph, text, 1)])
    }

    #[test]
    fn the_language_is_told_from_enough_text() {
        let french =
            "Le vent se leva sur la colline et les enfants rentrèrent à la maison avant la pluie. ";
        assert_eq!(told(&french.repeat(4)).as_deref(), Some("fr"));
        assert_eq!(told(french), None);
        let english =
            "The wind rose over the hill, and the children went home before the rain came down. ";
        assert_eq!(told(&english.repeat(4)).as_deref(), Some("en"));
        assert_eq!(
            told(&"孩子们在下雨之前回家了，风从山上吹来。".repeat(20)).as_deref(),
            Some("zh")
        );
        assert_eq!(
            told(&"子どもたちは雨が降る前に家に帰った。".repeat(20)).as_deref(),
            Some("ja")
        );
    }

    #[test]
    fn common_words_tell_the_great_languages_apart() {
        assert!(COMMON.is_sorted());
        let of_sentence = |sentence: &str| by_common_words(&sentence.repeat(8));
        assert_eq!(
            of_sentence(
                "The boat that left the harbour was late, and nobody from the town had seen it. "
            ),
            Some("en")
        );
        assert_eq!(
            of_sentence(
                "Das Boot war zu spät, und im Hafen hatte sich auch niemand mit dem Fahrplan befasst. "
            ),
            Some("de")
        );
        assert_eq!(
            of_sentence(
                "El barco salió tarde, pero los viajeros y las gaviotas no se quejaron en su espera. "
            ),
            Some("es")
        );
        // not sure: Danish, a mixture, names
        assert_eq!(
            of_sentence(
                "Båden var forsinket, og ingen i havnen havde set den, selv om det var en klar dag. "
            ),
            None
        );
        assert_eq!(
            of_sentence(
                "The boat was late and the harbour empty. Das Boot war zu spät und der Hafen leer. "
            ),
            None
        );
        assert_eq!(
            of_sentence("Anna Berg, Carl Dahl, Eva Falk, Gustav Holm. "),
            None
        );
    }

    #[test]
    fn every_language_has_a_code() {
        assert!(Lang::all().iter().all(|&lang| code(lang).len() == 2));
    }

    #[test]
    fn digits_have_no_language() {
        assert_eq!(told(&"123 456 789 ".repeat(100)), None);
    }
}
