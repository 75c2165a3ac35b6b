//! Tests of sentences and words: one-line cases by language, and what holds for any text.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::language::Language;
use super::*;

#[track_caller]
fn check(text: &str, language: impl Into<Option<&'static str>>, expected: &[&str]) {
    let sentences: Vec<_> = sentences(text, language.into())
        .into_iter()
        .map(|s| &text[s])
        .collect();
    assert_eq!(sentences, expected);
}

/// The text is a single sentence.
#[track_caller]
fn check_one(text: &str, language: impl Into<Option<&'static str>>) {
    check(text, language, &[text]);
}

/// The text is two sentences, with a space where the bar stands.
#[track_caller]
fn check_two(text: &str, language: impl Into<Option<&'static str>>) {
    let (first, second) = text.split_once('|').unwrap();
    check(&format!("{first} {second}"), language, &[first, second]);
}

#[track_caller]
fn check_words(text: &str, expected: &[&str]) {
    let words: Vec<_> = words(text).into_iter().map(|w| &text[w]).collect();
    assert_eq!(words, expected);
}

#[test]
fn a_full_stop_ends_a_sentence() {
    check(
        "One. Two! Three? Four",
        "en",
        &["One.", "Two!", "Three?", "Four"],
    );
    check("  One.  Two. ", None, &["One.", "Two."]);
    check("", None, &[]);
    check(" \n\t ", None, &[]);
    check("…", None, &["…"]);
    check("?! -- !", None, &["?! -- !"]);
    check_one("Only one without an end", None);
}

#[test]
fn a_line_and_a_cell_end_a_sentence() {
    check(
        "let a = 1;\n\nlet b = a",
        None,
        &["let a = 1;", "let b = a"],
    );
    check(
        "Year\tM.\tSmith\r\n1990",
        "en",
        &["Year", "M.", "Smith", "1990"],
    );
}

#[test]
fn french_goes_on_behind_its_abbreviations() {
    check_one(
        "C’est M. Lavrov qui l’a dit à Mme. Le Pen et au Dr. Knock.",
        "fr",
    );
    check_one("Voir p. 12, art. 5 et cf. Racine.", "fr");
    check_one("En 44 av. J.-C. César est mort.", "fr");
    check_two("Il est mort en 44 av. J.-C.|Il avait 55 ans.", "fr");
    check_two(
        "On a vu des lions, des ours, etc.|Les enfants riaient.",
        "fr",
    );
    check_two("Il travaille aux É.-U.|Elle aussi.", "fr");
    check_one("C’est J.-M. Le Clézio.", "fr");
}

#[test]
fn french_marks_stay_with_their_sentence() {
    check_one("« Oui ! » dit-il.", "fr");
    check_one("«\u{A0}Tu viens\u{202F}?\u{A0}» demanda-t-elle.", "fr");
    check_two("Tu viens ?|Oui !", "fr");
    check_two("Tu viens\u{202F}!|Oui.", "fr");
    check(
        "« Non. » Il partit. « Oui. »",
        "fr",
        &["« Non. »", "Il partit.", "« Oui. »"],
    );
    check_one("As-tu lu « Où ? » ?", "fr");
    check(
        "– Tu viens ? – Non. – Ah !",
        "fr",
        &["– Tu viens ?", "– Non.", "– Ah !"],
    );
    check_one("— Oui ! — dit-il.", "fr");
}

#[test]
fn german_goes_on_behind_its_abbreviations() {
    check_one(
        "Das gilt z. B. Häusern, d. h. Gebäuden mit Nr. 5 bzw. Türen.",
        "de",
    );
    check_one(
        "Das kostet ca. 5 Mio. Euro inkl. Steuern, vgl. Müller, S. 12.",
        "de",
    );
    check_one(
        "Er kam um 10.30 Uhr mit Dr. Meier und Frau S. Müller.",
        "de",
    );
    check_two("Er mag Äpfel, Birnen usw.|Sie mag nichts.", "de");
    check_two("Sie wohnt in der Berliner Str.|Er nicht.", "de");
}

#[test]
fn german_ordinals_go_on() {
    check_one("Am 3. Oktober und im 19. Jahrhundert war es so.", "de");
    check_one("Die 2. Mannschaft spielt am 3. 10. 1990.", "de");
    check_one("Ludwig XIV. Bourbon war König.", "de");
    check_two("Er wurde 12.|Danach zog er um.", "de");
    check_two("Das war 1990.|Berlin war eine Stadt.", "de");
    check_two("Es steht in Teil II.|Der ist lang.", "de");
    check_two("Er hat die Nummer 7.|Trainer Meier nickt.", "de");
    check_one("1. Einleitung", "de");
    check_one("1.2. Die Lage", "de");
}

#[test]
fn german_quotation_marks_close_what_others_open() {
    check_two("Er sagte: „Ja.“|Dann ging er.", "de");
    check_two("Er sagte: »Ja.«|Dann ging er.", "de");
    check_two("Er ging.|»Ja«, sagte sie.", "de");
    check_one("»Ja!« sagte sie.", "de");
}

#[test]
fn english_goes_on_behind_its_abbreviations() {
    check_one(
        "Dr. Smith of the U.S. Army met J. R. R. Tolkien and Mr. Fox.",
        "en",
    );
    check_one(
        "See e.g. No. 5, p. 12 and Fig. 3, i.e. Smith et al. 2010 vs. Jones.",
        "en",
    );
    check_one("On Jan. 5 Gov. Brown spoke.", "en");
    check_two("He lives in the U.S.|The weather is fine.", "en");
    check_two("They met at 5 p.m.|He was late.", "en");
    check_two("It was made by Foo Inc.|It was good.", "en");
    check_two("Take plan B.|It works.", "en");
    check(
        "No. I do not. No. A man did.",
        "en",
        &["No.", "I do not.", "No.", "A man did."],
    );
    check_one("Was it Yahoo! Japan?", "en");
    check_one("Yahoo! said so.", "en");
}

#[test]
fn other_languages_go_on_behind_their_abbreviations() {
    check_one(
        "El Sr. García y la Dra. Pérez, de EE. UU. Mundial, p. ej. Madrid.",
        "es",
    );
    check_two("Vive en EE. UU.|La ciudad es grande.", "es");
    check(
        "¿Vienes? ¡No! ¿quién?",
        "es",
        &["¿Vienes?", "¡No!", "¿quién?"],
    );
    check_one(
        "Il dott. Rossi e l’on. Bianchi, cfr. Dante, della S.p.A. Fiat.",
        "it",
    );
    check_one("O Sr. Silva e a Dra. Costa, na pág. 5.", "pt");
    check_one(
        "Dat is bijv. Amsterdam, d.w.z. Holland, met dhr. Jansen.",
        "nl",
    );
    check_one("To jest np. Warszawa, tzw. Stolica, i prof. Nowak.", "pl");
    check_one("Это г. Москва, т. е. Россия, и ул. Ленина, д. 5.", "ru");
    check_two("Были яблоки, груши и т. д.|Потом всё съели.", "ru");
    check_two("Это было в 1990 г.|Он уехал.", "ru");
    check_one("Це м. Київ, вул. Франка і т. зв. Майдан.", "uk");
    check_one("Det är t.ex. Stockholm, dvs. Sverige, kl. 5.", "sv");
    check_one("Det er f.eks. København, bl.a. Nørrebro, nr. 5.", "da");
    check_one("Det er f.eks. Oslo, jf. Hansen, den 3. mai.", "nb-NO-x");
    check_one("Se on esim. Helsinki, ks. Virtanen.", "fi");
    check_one("To je např. Praha a tzv. Brno s prof. Novákem.", "cs");
    check_one("Το π.χ. Αθήνα και ο κ. Παπαδόπουλος.", "el");
    check_two("Τι είναι;|Τίποτα.", "el");
    check_one("Ez pl. Budapest és dr. Nagy.", "hu");
    check_one("Bu 2. Dünya Savaşı ve Prof. Dr. Yılmaz, Sn. Başkan.", "tr");
    check_one("डॉ. सिंह आए।", "hi");
    check_one("قال د. أحمد ذلك.", "ar");
}

#[test]
fn an_unknown_language_has_the_abbreviations_of_all() {
    check_one(
        "M. Lavrov, z. B. Häuser, bzw. Nr. 5 and Dr. Smith, Sra. Pérez, т. е. Москва.",
        None,
    );
    check_two("Sie geht on.|Peter nicht.", None);
    check_two("He is in the U.S.|The end.", "xx");
}

#[test]
fn what_closes_belongs_to_the_sentence_before() {
    check_two("He said “Yes.”|Then he left.", "en");
    check_two("He said \"Yes.\"|Then he left.", "en");
    check_two("(He stayed.)|Then he left.", "en");
    check_two("It is so.[1][2]|Then more.", "en");
    check_two("It is so.¹|Then more.", "en");
    check_two("It is so. [12]|Then more.", "en");
    check_one("It is so. [see M2]", "en");
    check_two("It is so (really!).|Then more.", "en");
    check_one("Is it so (isn’t it?) Mr. Fox?", "en");
    check_two("No, it isn’t.|Outside it is.", "en");
    check_two("Is it so?12|Then more.", "en");
    check_two("Elle aime la paix.3|Puis rien.", "fr");
    check_two("Is it?!|No.", "en");
    check_one("Smith (born 1950.) Jones (alias Fox!) Miller.", "en");
    check(
        "Fin. […] Début. [...] Suite.",
        "fr",
        &["Fin.", "[…] Début.", "[...] Suite."],
    );
    check("Well done! 🎉", "en", &["Well done! 🎉"]);
    check("Done.\u{301} Begun", None, &["Done.\u{301}", "Begun"]);
}

#[test]
fn an_ellipsis_ends_before_a_capital_only() {
    check_one("Il hésita… puis partit... enfin.", "fr");
    check_two("Il hésita…|Puis il partit.", "fr");
    check_two("Il hésita...|Puis il partit.", "fr");
    check_two("He left.|...And came back.", "en");
    check_one("He left. . . and came back.", "en");
}

#[test]
fn a_full_stop_within_a_word_ends_nothing() {
    check_one(
        "See https://example.org/a.b?c=d!e and file.tar.gz or 3.14 in v1.2.3.",
        "en",
    );
    check_one("Is a?b fine!really.Not", "en");
    check_two("I like it.|.NET is good.", "en");
    check_one("Really? he asked.", "en");
    check_two("Is it good?|iPhone sales rose.", "en");
}

#[test]
fn other_scripts_end_with_their_own_stops() {
    check(
        "你好。你是谁？我不知道！",
        "zh",
        &["你好。", "你是谁？", "我不知道！"],
    );
    check(
        "他说：“走吧。”我们走了。",
        "zh",
        &["他说：“走吧。”", "我们走了。"],
    );
    check("什么?我不知道!好", "zh", &["什么?", "我不知道!", "好"]);
    check(
        "「行こう。」「はい。」彼は笑った。",
        "ja",
        &["「行こう。」", "「はい。」", "彼は笑った。"],
    );
    check_one("「はい。」と彼は言った。", "ja");
    check(
        "안녕하세요. 네. 저는 학생입니다.",
        "ko",
        &["안녕하세요.", "네.", "저는 학생입니다."],
    );
    check(
        "هل أنت بخير؟ نعم. شكرا",
        "ar",
        &["هل أنت بخير؟", "نعم.", "شكرا"],
    );
    check("यह अच्छा है। वह गया।", "hi", &["यह अच्छा है।", "वह गया।"]);
    check(
        "გამარჯობა! როგორ ხარ? კარგად.",
        "ka",
        &["გამარჯობა!", "როგორ ხარ?", "კარგად."],
    );
    check("Բարեւ։ Ինչպե՞ս ես։", "hy", &["Բարեւ։", "Ինչպե՞ս ես։"]);
}

#[test]
fn words_have_no_punctuation_around_them() {
    check_words(
        "« L’homme, dit-il, s'en va ! »",
        &["L’homme", "dit-il", "s'en", "va"],
    );
    check_words(
        "A well-known (3.14) rock-’n’-roll -- U.S. _list_ a-",
        &[
            "A",
            "well-known",
            "3.14",
            "rock",
            "n",
            "roll",
            "U.S",
            "list",
            "a",
        ],
    );
    check_words("10\u{202F}000 mots\u{202F}!", &["10", "000", "mots"]);
    check_words("?! … — «»", &[]);
    check_words("", &[]);
    check_words("नमस्ते दुनिया।", &["नमस्ते", "दुनिया"]);
}

#[test]
fn thai_words_are_found_without_spaces() {
    check_words("ภาษาไทย สวัสดี (ok)", &["ภาษา", "ไทย", "สวัสดี", "ok"]);
}

#[test]
fn stops_are_those_of_unicode_and_the_ellipsis() {
    let language = Language::of(None);
    for c in '\0'..=char::MAX {
        let text = format!("ა{c} ა");
        let mut parts = text.split_sentence_bounds();
        let is_unicode =
            parts.next().is_some_and(|part| part.ends_with(' ')) && parts.next().is_some();
        assert_eq!(is_stop(c, language), is_unicode || c == '…', "{c:?}");
    }
}

const TEXT: &str = "(\\PC|[ .!?…\n\t,()\\[\\]«»“”„\"'’—\u{A0}\u{202F}-]|[a-cA-C1-3]|M\\. |z\\. B\\. |U\\.S\\. |。|」|ก|\u{301}|\\.\\[1\\]){0,120}";

proptest! {
    #[test]
    fn sentences_hold_all_that_is_not_space(text in TEXT, language in "(|en|fr|de|ja|el|tr)") {
        let sentences = sentences(&text, Some(&language));
        let mut at = 0;
        for sentence in &sentences {
            prop_assert!(sentence.start >= at && sentence.start < sentence.end);
            prop_assert!(text[at..sentence.start].trim().is_empty());
            prop_assert_eq!(text[sentence.clone()].trim(), &text[sentence.clone()]);
            prop_assert!(!text[sentence.clone()].contains(ends_line));
            at = sentence.end;
        }
        prop_assert!(text[at..].trim().is_empty());
    }

    #[test]
    fn words_hold_all_letters_and_no_space(text in TEXT) {
        let mut at = 0;
        for word in words(&text) {
            prop_assert!(word.start >= at && word.start < word.end);
            prop_assert!(!text[at..word.start].contains(char::is_alphanumeric));
            prop_assert!(!text[word.clone()].contains(char::is_whitespace));
            prop_assert!(text[word.clone()].contains(char::is_alphanumeric));
            at = word.end;
        }
        prop_assert!(!text[at..].contains(char::is_alphanumeric));
    }
}
