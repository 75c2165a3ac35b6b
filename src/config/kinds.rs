//! The kinds of highlights: what the reader calls them, and the signs they are shown by.

use toml::de::DeValue;

use super::settings::shown;
use crate::model::article::Kind;

/// A longer name is refused, in characters.
const MAX_NAME: usize = 24;

/// What the kinds of highlights are called, and the signs they are shown by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kinds(Vec<Named>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    sign: String,
    name: String,
}

impl Kinds {
    /// Every kind, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Kind> {
        (1..=u8::MAX).take(Kind::COUNT).filter_map(Kind::new)
    }

    /// What a kind is called; one that only a later version has is called by its number.
    pub fn name(&self, kind: Kind) -> String {
        self.0.get(kind.index()).map_or_else(
            || format!("kind {}", kind.number()),
            |named| named.name.clone(),
        )
    }

    /// Its sign, one column wide; `sign` for one that only a later version has.
    pub fn sign<'a>(&'a self, kind: Kind, sign: &'a str) -> &'a str {
        self.0
            .get(kind.index())
            .map_or(sign, |named| named.sign.as_str())
    }

    /// The kind of a name, whatever its case, or of a number.
    pub fn named(&self, name: &str) -> Option<Kind> {
        let name = name.trim();
        let wanted = name.to_lowercase();
        let by_name = Self::all().find(|kind| self.name(*kind).to_lowercase() == wanted);
        let number = || name.parse().ok().and_then(Kind::new);
        by_name.or_else(|| number().filter(|kind| kind.index() < Kind::COUNT))
    }

    /// The kinds that a list of the configuration names.
    pub(super) fn read(value: &DeValue) -> Result<Self, String> {
        let DeValue::Array(names) = value else {
            return Err(format!("must be a list of names, not {}", shown(value)));
        };
        if names.len() != Kind::COUNT {
            let count = names.len();
            return Err(format!("must have {} names, not {count}", Kind::COUNT));
        }
        let mut kinds: Vec<Named> = Vec::new();
        for (number, name) in (1..).zip(names) {
            let name = named(name.get_ref(), number)?;
            let is_same = |other: &Named| other.name.to_lowercase() == name.name.to_lowercase();
            if kinds.iter().any(is_same) {
                return Err(format!("names \"{}\" twice", name.name));
            }
            kinds.push(name);
        }
        Ok(Self(kinds))
    }
}

/// A sign and a space before the name give it a sign; else its number is its sign.
fn named(value: &DeValue, number: usize) -> Result<Named, String> {
    let wrong = || {
        format!(
            "must hold names of 1 to {MAX_NAME} characters, perhaps with a sign and a space before them, not {}",
            shown(value)
        )
    };
    let text = value.as_str().ok_or_else(wrong)?.trim();
    let signed = text.split_once(' ').filter(|(sign, _)| is_sign(sign));
    let (sign, name) = signed.map_or_else(
        || (number.to_string(), text),
        |(sign, name)| (sign.to_owned(), name.trim()),
    );
    let is_name = (1..=MAX_NAME).contains(&name.chars().count())
        && !name.chars().any(|c| c.is_control() || c == '"');
    is_name
        .then(|| Named {
            sign,
            name: name.to_owned(),
        })
        .ok_or_else(wrong)
}

/// Whether a text is one character that takes one column and is no letter: letters are marks.
fn is_sign(text: &str) -> bool {
    let mut chars = text.chars();
    let (Some(sign), None) = (chars.next(), chars.next()) else {
        return false;
    };
    !sign.is_alphabetic() && !sign.is_control() && ratatui::text::Span::raw(text).width() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn read(list: &str) -> Result<Kinds, String> {
        Kinds::read(DeValue::parse(list).unwrap().get_ref())
    }

    #[test]
    fn a_sign_may_stand_before_a_name() {
        let kinds = read(r#"["! important", "a b", "漢 x", "→ next step", "five"]"#).unwrap();
        let told: Vec<_> = Kinds::all()
            .map(|kind| (kinds.sign(kind, "*").to_owned(), kinds.name(kind)))
            .collect();
        let expected = [
            ("!", "important"),
            ("2", "a b"),
            ("3", "漢 x"),
            ("→", "next step"),
            ("5", "five"),
        ];
        assert_eq!(told, expected.map(|(s, n)| (s.to_owned(), n.to_owned())));
        assert_eq!(kinds.named(" Important "), Kind::new(1));
        assert_eq!(kinds.named("4"), Kind::new(4));
        assert_eq!((kinds.named("6"), kinds.named("six")), (None, None));
        let later = Kind::new(9).unwrap();
        assert_eq!(kinds.name(later), "kind 9");
        assert_eq!(kinds.sign(later, "*"), "*");
    }

    #[test]
    fn what_is_no_list_of_five_names_is_refused() {
        for (list, why) in [
            ("1", "must be a list of names, not 1"),
            (r#"["a"]"#, "must have 5 names, not 1"),
            (r#"["a","b","c","d","A"]"#, "names \"A\" twice"),
        ] {
            assert_eq!(read(list), Err(why.to_owned()));
        }
        for bad in [r#""""#, "7", "\"a\\nb\""] {
            let told = read(&format!(r#"["a","b","c","d",{bad}]"#)).unwrap_err();
            assert!(told.starts_with("must hold names of 1 to 24"), "{told}");
        }
    }
}
