//! Pictures, and whether one is all there is of a paragraph.

use crate::formats::clean;

/// What was met of pictures in a paragraph.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// How many.
    pub count: usize,
    /// Whether there is anything else.
    pub has_others: bool,
    /// Whether the line of the last one is over.
    pub is_line_over: bool,
    /// The address of one that says nothing of itself.
    pub unnamed: Option<String>,
}

impl Pictures {
    /// Whether the paragraph is one picture.
    pub(super) const fn is_one(&self) -> bool {
        self.count == 1 && !self.has_others
    }
}

/// The address of a picture as it is kept; one that holds the picture itself is not.
pub(super) fn address(target: &str) -> String {
    let holds_it = target
        .get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"));
    if holds_it {
        String::new()
    } else {
        clean::line(target).into_owned()
    }
}

/// The name of a picture's file.
pub(super) fn file_name(target: &str) -> &str {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    path.trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_named_by_its_file() {
        assert_eq!(file_name("https://e.org/a/boat.jpg?w=3"), "boat.jpg");
        assert_eq!(file_name("boat.jpg"), "boat.jpg");
        assert_eq!(file_name(""), "");
        assert_eq!(address("DATA:image/png;base64,AAAA"), "");
    }
}
