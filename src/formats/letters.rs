//! Facts about characters that the parsers go by.

/// About how many columns a text takes: two for East Asian characters and emoji. Told from first bytes alone, so good
/// enough to compare lines, not to lay them out.
pub(super) fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.bytes()
        .map(|b| usize::from(b & 0xC0 != 0x80) + usize::from(b >= 0xE3))
        .sum()
}

/// Adds a text in small letters. The letters that most texts are written in are told by their ranges, which takes a
/// fraction of the time of looking them up.
pub(super) fn push_small(text: &str, out: &mut String) {
    if text.is_ascii() {
        let start = out.len();
        out.push_str(text);
        out[start..].make_ascii_lowercase();
        return;
    }
    for c in text.chars() {
        match c {
            '\0'..='\u{7f}' => out.push(c.to_ascii_lowercase()),
            'À'..='Ö' | 'Ø'..='Þ' | 'А'..='Я' => {
                out.push(char::from_u32(u32::from(c) + 0x20).unwrap_or(c));
            }
            // letters that are small, or of scripts without capitals
            'ß'..='ÿ'
            | 'а'..='џ'
            | '\u{590}'..='\u{109f}'
            | '\u{2000}'..='\u{20ff}'
            | '\u{2e80}'..='\u{a63f}'
            | '\u{ac00}'..='\u{d7ff}' => out.push(c),
            _ => out.extend(c.to_lowercase()),
        }
    }
}

/// As [`char::is_alphanumeric`], in less time for the letters that most texts are written in.
pub(super) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        'À'..='Ö'
        | 'Ø'..='ö'
        | 'ø'..='ÿ'
        | 'Ѐ'..='ҁ'
        | '\u{3041}'..='\u{3096}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => true,
        _ => c.is_alphanumeric(),
    }
}

/// White space that may be taken away: all but the spaces that bind.
pub(super) fn is_space(c: char) -> bool {
    c == ' '
        || (c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}'))
        || c == '\u{200b}'
}

/// A text without white space at its ends; binding spaces stay.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// Whether there is nothing to see.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || c == '\u{200b}')
}

/// Characters of scripts that put no space between words, and their punctuation: lines that break between two of them
/// are joined without a space.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3105}'..='\u{312f}' | '\u{31c0}'..='\u{31ff}' | '\u{3200}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a text is in such a script for the most part.
pub(super) fn is_mostly_cjk(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let (mut cjk, mut others) = (0, 0);
    for c in text.chars().filter(|&c| c > '/' && !c.is_whitespace()) {
        if is_cjk(c) {
            cjk += 1;
        } else {
            others += 1;
        }
    }
    cjk > others
}

/// Marks that end a sentence.
pub(super) const fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '．'
            | '｡'
            | '।'
            | '॥'
            | '؟'
            | '۔'
            | '։'
            | '።'
            | '။'
            | '។'
    )
}

/// Marks that end a line that goes on, or a sentence.
pub(super) const fn ends_running_text(c: char) -> bool {
    matches!(
        c,
        ',' | ';' | ':' | '，' | '；' | '：' | '、' | '،' | '؛' | '-' | '–' | '—'
    ) || ends_sentence(c)
}

/// Closing quotes and brackets.
pub(super) const fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '»' | '›' | '“' | ')' | ']' | '」' | '』' | '）' | '】' | '》'
    )
}

/// Opening quotes.
pub(super) const fn is_opening(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '‘' | '«' | '‹' | '„' | '‚' | '»' | '「' | '『' | '”'
    )
}

/// The last character that is no closing quote or bracket.
pub(super) fn last_inside(text: &str) -> Option<char> {
    text.chars()
        .rev()
        .find(|&c| !is_closing(c) && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_ways_tell_the_same_as_the_long_ones() {
        let mut out = String::new();
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c}");
            out.clear();
            push_small(c.encode_utf8(&mut [0; 4]), &mut out);
            assert!(out.chars().eq(c.to_lowercase()), "{c}");
        }
    }

    #[test]
    fn columns_count_wide_characters_twice() {
        assert_eq!(columns("abc"), 3);
        assert_eq!(columns("l’été"), 5);
        assert_eq!(columns("中文。"), 6);
        assert_eq!(columns("한국 😀"), 7);
    }

    #[test]
    fn binding_spaces_are_not_trimmed() {
        assert_eq!(trim(" \t\u{3000}a\u{a0} "), "a\u{a0}");
        assert!(is_blank("\u{a0} \t\u{200b}"));
    }
}
