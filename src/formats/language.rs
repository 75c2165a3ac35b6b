//! Which language a document is in.

use whatlang::Lang;

use crate::model::document::{Block, BlockKind};

/// No language is told of fewer characters than this …
const LEAST: usize = 200;
/// … and no more than so many bytes are looked at.
const SAMPLE: usize = 4096;

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
    let told = whatlang::detect(&sample)?;
    told.is_reliable().then(|| code(told.lang()).to_owned())
}

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
    fn every_language_has_a_code() {
        assert!(Lang::all().iter().all(|&lang| code(lang).len() == 2));
    }

    #[test]
    fn digits_have_no_language() {
        assert_eq!(told(&"123 456 789 ".repeat(100)), None);
    }
}
