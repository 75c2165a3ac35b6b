//! The names that headings have as targets of links, as GitHub makes them.

use std::collections::HashMap;

/// No name is longer, in bytes of the heading: the rest says nothing that a link would.
const LONGEST: usize = 200;

/// Makes each name once.
#[derive(Debug, Default)]
pub struct Slugs {
    used: HashMap<String, u32>,
}

impl Slugs {
    /// The name of the next heading: its letters and digits in small letters, hyphens for spaces, and a number when
    /// another heading has the same.
    pub fn next(&mut self, heading: &str) -> String {
        let heading = &heading[..heading.floor_char_boundary(LONGEST)];
        let slug: String = heading
            .chars()
            .filter(|&c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ') || is_mark(c))
            .flat_map(|c| if c == ' ' { '-' } else { c }.to_lowercase())
            .collect();
        let count = self.used.entry(slug.clone()).or_default();
        *count += 1;
        if *count > 1 {
            format!("{slug}-{}", *count - 1)
        } else {
            slug
        }
    }
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_links_use() {
        let mut slugs = Slugs::default();
        let mut next = |heading| slugs.next(heading);
        assert_eq!(next("Getting started: a guide!"), "getting-started-a-guide");
        assert_eq!(next("Ça va -- là_bas"), "ça-va----là_bas");
        assert_eq!(next("Ça va -- là_bas"), "ça-va----là_bas-1");
        assert_eq!(next("中文 標題"), "中文-標題");
        assert_eq!(next("?"), "");
    }
}
