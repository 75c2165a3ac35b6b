//! What of a very large page is read.

use std::borrow::Cow;

use memchr::memmem;

/// A page is read up to here, pictures that are in the page itself not counted.
const MAX_BYTES: usize = 32 * 1024 * 1024;
/// Smaller pages are read as they are.
const LARGE: usize = 1024 * 1024;
/// A picture in the page of fewer bytes than this is not looked for.
const SMALL: usize = 512;

/// A page without the data of the pictures in it, cut at 32 MB; and whether it was cut.
pub fn bounded(text: &str) -> (Cow<'_, str>, bool) {
    if text.len() < LARGE {
        return (Cow::Borrowed(text), false);
    }
    let text = without_data(text);
    if text.len() <= MAX_BYTES {
        return (text, false);
    }
    let end = text.floor_char_boundary(MAX_BYTES);
    let text = match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..end]),
        Cow::Owned(mut text) => {
            text.truncate(end);
            Cow::Owned(text)
        }
    };
    (text, true)
}

/// A page without what follows each `;base64,`.
fn without_data(text: &str) -> Cow<'_, str> {
    let is_data =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'%');
    let mut out = String::new();
    let mut done = 0;
    for at in memmem::find_iter(text.as_bytes(), b";base64,") {
        let start = at + b";base64,".len();
        if start < done {
            continue;
        }
        let length = text.as_bytes()[start..]
            .iter()
            .take_while(|byte| is_data(byte))
            .count();
        if length >= SMALL {
            out.push_str(&text[done..start]);
            done = start + length;
        }
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[done..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_in_a_large_page_are_not_read() {
        let picture = format!(
            "<p>before<img src=\"data:image/png;base64,{}\">after",
            "QUJD".repeat(400_000)
        );
        let (text, is_cut) = bounded(&picture);
        assert_eq!(text, "<p>before<img src=\"data:image/png;base64,\">after");
        assert!(!is_cut);
    }

    #[test]
    fn a_page_is_cut_between_two_characters() {
        let page = format!("a{}", "é".repeat(MAX_BYTES / 2 + 9));
        let (text, is_cut) = bounded(&page);
        assert!(is_cut && text.len() <= MAX_BYTES && text.len() + 2 > MAX_BYTES);
    }
}
