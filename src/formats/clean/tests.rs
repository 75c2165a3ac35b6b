//! Tests: Cleaning.

use proptest::prelude::*;
use unicode_normalization::is_nfc;

use super::*;

#[test]
fn clean_text_is_borrowed() {
    for text in [
        "",
        "Plain.\n\tText.",
        "« l’été »\u{a0}: 中文，한국어 ภาษา हिन्दी مُحَمَّد 👩‍👩‍👧‍👦",
    ] {
        assert!(
            matches!(body(text), Cow::Borrowed(same) if same == text),
            "{text}"
        );
    }
    assert!(matches!(line("« l’été »"), Cow::Borrowed(_)));
}

#[test]
fn line_ends_become_newlines_in_a_body_and_spaces_in_a_line() {
    let ends = "a\r\nb\rc\u{b}d\u{c}e\u{85}f\u{2028}g\u{2029}h\ti\n";
    assert_eq!(body(ends), "a\nb\nc\nd\ne\nf\ng\nh\ti\n");
    assert_eq!(line(ends), "a b c d e f g h i ");
}

#[test]
fn controls_become_visible() {
    for clean in [body, line] {
        assert_eq!(
            clean("\u{1b}[31mred\u{1b}]0;x\u{7}\0\u{7f}"),
            "␛[31mred␛]0;x␇␀␡"
        );
        assert_eq!(clean("\u{1b} \u{1b}[0m [31m"), "␛ ␛[0m [31m");
        assert_eq!(
            clean("a\u{9b}b\u{80}c\u{fffe}d\u{fdd0}e\u{fffb}f\u{10ffff}"),
            "a�b�c�d�e�f�"
        );
    }
}

#[test]
fn overrides_never_stay_and_isolates_only_when_balanced() {
    assert_eq!(body("a\u{202e}b\u{202c}c\u{202a}"), "abc");
    assert_eq!(body("a\u{2067}b\u{2069}c"), "a\u{2067}b\u{2069}c");
    assert_eq!(body("a\u{2067}b\nc\u{2069}d \u{2066}\u{2069}"), "ab\ncd ");
    assert_eq!(
        body("\u{2067}\u{2068}b\u{2069}\n\u{2068}c\u{2069}"),
        "b\n\u{2068}c\u{2069}"
    );
    assert_eq!(
        line("a\u{2067}b\u{2069}c\u{200f}\u{200e}\u{61c}\u{202e}"),
        "abc"
    );
    assert_eq!(
        body("a\u{200f}\u{200e}\u{61c}b"),
        "a\u{200f}\u{200e}\u{61c}b"
    );
}

#[test]
fn what_cannot_be_seen_is_dropped_or_becomes_a_space() {
    let text = "co\u{ad}ope\u{2060}ra\u{feff}tion\u{e0041}\u{180e}";
    assert_eq!(body(text), "cooperation");
    assert_eq!(line(text), "cooperation");
    assert_eq!(
        body("a\u{115f}b\u{1160}c\u{3164}d\u{ffa0}e\u{2800}f"),
        "a b c d e f"
    );
    assert_eq!(body("ก\u{200b}ข"), "ก\u{200b}ข");
    assert_eq!(line("ก\u{200b}ข"), "กข");
}

#[test]
fn joiners_stay_inside_words_and_emoji_only() {
    assert_eq!(body("می\u{200c}خواهم"), "می\u{200c}خواهم");
    assert_eq!(body("👩\u{200d}🚀"), "👩\u{200d}🚀");
    assert_eq!(body("\u{200d}a \u{200c}b\u{200d} c\u{200c}"), "a b c");
}

#[test]
fn marks_do_not_pile_up() {
    let pile = format!("Z{}algo", "\u{337}".repeat(100));
    assert_eq!(body(&pile), format!("Z{}algo", "\u{337}".repeat(8)));
    let hidden = format!("Z{}a", "\u{337}\u{ad}".repeat(100));
    assert_eq!(body(&hidden), format!("Z{}a", "\u{337}".repeat(8)));
    assert!(
        body(&format!("👩{}", "\u{200d}👩".repeat(1000)))
            .split('\u{200d}')
            .all(|part| !part.is_empty())
    );
    let family = body("👩").into_owned() + &"\u{200d}👩".repeat(1000);
    let longest = body(&family).split("👩👩").map(str::len).max();
    assert!(longest.is_some_and(|bytes| bytes <= 32), "{longest:?}");
    assert!(body(&format!("👍{}", "\u{1f3fd}".repeat(50))).len() <= 32);
    assert!(body(&format!("\u{1100}{}", "\u{1161}".repeat(50))).len() <= 40);
}

#[test]
fn text_is_in_nfc() {
    assert_eq!(
        body("e\u{301}te\u{301} a\u{323}\u{307} \u{212b}ngstrom"),
        "été ạ\u{307} Ångstrom"
    );
    assert_eq!(body("a\u{307}\u{323}"), "ạ\u{307}");
    assert_eq!(
        body("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"),
        "한글"
    );
    assert_eq!(body("か\u{3099}"), "が");
    assert_eq!(body("e\u{ad}\u{301}"), "é");
    assert_eq!(line("e\u{301}\t"), "é ");
}

/// Strings with much of what cleaning is about.
fn hostile() -> impl Strategy<Value = String> {
    let special = prop::sample::select(
        "\0\u{1b}\r\n\t\u{7f}\u{85}\u{9b}\u{ad}\u{301}\u{323}\u{344}\u{61c}\u{1100}\u{1161}\u{11a8}\u{200b}\u{200d}\u{200e}\
         \u{2028}\u{202e}\u{2066}\u{2069}\u{212b}\u{2800}\u{3099}\u{feff}\u{fffe}\u{1f3fd}\u{e0041}か가👩ae «é"
            .chars()
            .collect::<Vec<_>>(),
    );
    prop::collection::vec(prop_oneof![4 => special, 1 => any::<char>()], 0..60)
        .prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn nothing_harmful_is_left(text in hostile()) {
        let clean = body(&text);
        prop_assert!(clean.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()));
        let is_left = clean.contains(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{feff}'));
        prop_assert!(!is_left);
        prop_assert!(is_nfc(&clean), "{:?}", clean);
        let one = line(&text);
        let is_left = one.contains(|c: char| c.is_control() || matches!(c, '\u{200e}' | '\u{200b}' | '\u{2066}'..='\u{2069}'));
        prop_assert!(!is_left);
        prop_assert!(is_nfc(&one));
    }

    #[test]
    fn letters_and_digits_are_never_lost(text in hostile()) {
        let plain = |text: &str| text.chars().filter(|c| c.is_ascii_alphanumeric() || "か가👩«".contains(*c)).collect::<String>();
        // composed with a mark they are other characters
        let bare = text.replace(['\u{301}', '\u{323}', '\u{344}', '\u{3099}', '\u{11a8}'], "");
        let bare: String = bare.chars().filter(|&c| !hangs(c) && is_composed(c)).collect();
        prop_assert_eq!(plain(&body(&bare)), plain(&bare));
    }
}
