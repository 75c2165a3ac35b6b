//! Text from outside as it may be shown.

use std::borrow::Cow;

/// Text of which nothing acts on a terminal. Clean text stays as it is; control characters but newlines and tabs are shown
/// as they are in articles: by their pictures (`␛`), or U+FFFD where there is none, as what turns the direction of
/// writing.
pub fn visible(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(acts) {
        let shown = |c| if acts(c) { picture(c) } else { c };
        Cow::Owned(text.chars().map(shown).collect())
    } else {
        text
    }
}

fn acts(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t') || ('\u{202a}'..='\u{202e}').contains(&c)
}

fn picture(c: char) -> char {
    match c {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)),
        '\u{7f}' => Some('\u{2421}'),
        _ => None,
    }
    .unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_by_a_picture() {
        let shown = |text: &'static str| visible(Cow::Borrowed(text));
        assert_eq!(shown("a\nb\tc é"), "a\nb\tc é");
        assert!(matches!(shown("clean"), Cow::Borrowed(_)));
        assert_eq!(
            shown("\u{1b}[2J\u{7f}\u{9b}\u{202e}"),
            "␛[2J␡\u{fffd}\u{fffd}"
        );
    }
}
