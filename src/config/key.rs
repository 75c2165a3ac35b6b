//! A key as the reader writes it: `j`, `G`, `ctrl-d`, `alt-left`, `space`.

use std::fmt;
use std::str::FromStr;

/// A key with what is held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Control is held.
    pub ctrl: bool,
    /// Alt is held.
    pub alt: bool,
    /// Shift is held; never set for characters, which come shifted.
    pub shift: bool,
}

/// Which key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character, as it comes with or without shift.
    Char(char),
    /// A function key, from 1.
    Function(u8),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tabulator.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
}

/// The keys that have a name. Where one has several, the first is how it is written.
const NAMES: &[(&str, Code)] = &[
    ("space", Code::Char(' ')),
    ("enter", Code::Enter),
    ("return", Code::Enter),
    ("esc", Code::Esc),
    ("escape", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("del", Code::Delete),
    ("insert", Code::Insert),
    ("ins", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pgup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("pgdn", Code::PageDown),
];

/// The last function key a terminal can send.
const LAST_FUNCTION: u8 = 24;

impl Key {
    /// A key with nothing held down.
    pub const fn plain(code: Code) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }

    /// The character that it types, if it types one.
    pub const fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [
            (self.ctrl, "ctrl-"),
            (self.alt, "alt-"),
            (self.shift, "shift-"),
        ] {
            if held {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::Function(n) => write!(f, "f{n}"),
            Code::Char(c) if c != ' ' => write!(f, "{c}"),
            code => {
                let name = NAMES.iter().find(|(_, named)| *named == code);
                f.write_str(name.map_or("", |(name, _)| name))
            }
        }
    }
}

/// Why a word is no key, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotAKey(String);

impl FromStr for Key {
    type Err = NotAKey;

    fn from_str(word: &str) -> Result<Self, NotAKey> {
        let mut key = Self::plain(Code::Esc);
        let mut rest = word;
        // the dash itself is a key: `-`, `ctrl--`
        while let Some((held, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty())
        {
            match held.to_ascii_lowercase().as_str() {
                "ctrl" | "control" => key.ctrl = true,
                "alt" | "meta" => key.alt = true,
                "shift" => key.shift = true,
                _ => break,
            }
            rest = after;
        }
        key.code = code(rest).ok_or_else(|| no_such_key(word))?;
        match key.code {
            Code::Char(c) if key.shift => {
                let shifted: String = c.to_uppercase().collect();
                let held = Self {
                    shift: false,
                    ..key
                };
                let right = held.to_string().replace(c, &shifted);
                Err(NotAKey(format!(
                    "characters are written as they are typed: `{right}`"
                )))
            }
            Code::Char(c) if key.ctrl && c.is_uppercase() => {
                let right = word.replace(c, &c.to_lowercase().to_string());
                Err(NotAKey(format!("`ctrl-` goes with lower case: `{right}`")))
            }
            _ => Ok(key),
        }
    }
}

fn code(word: &str) -> Option<Code> {
    let mut chars = word.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        let is_typed = !c.is_control() && !c.is_whitespace();
        return is_typed.then_some(Code::Char(c));
    }
    let word = word.to_ascii_lowercase();
    if let Some(number) = word.strip_prefix('f').and_then(|n| n.parse::<u8>().ok()) {
        return (1..=LAST_FUNCTION)
            .contains(&number)
            .then_some(Code::Function(number));
    }
    NAMES
        .iter()
        .find(|(name, _)| *name == word)
        .map(|(_, code)| *code)
}

fn no_such_key(word: &str) -> NotAKey {
    let last = word.rsplit('-').next().unwrap_or(word).to_ascii_lowercase();
    let names = NAMES.iter().map(|(name, _)| *name);
    let meant = crate::model::near::nearest(&last, names).map_or_else(
        || "keys are written like `j`, `G`, `ctrl-d`, `alt-left`, `space`, `f1`".to_owned(),
        |name| format!("did you mean `{name}`?"),
    );
    NotAKey(format!("no key `{word}`; {meant}"))
}

/// The keys in a sequence, which are written with spaces between them: `g g`.
///
/// # Errors
///
/// Tells the first word that is no key.
pub fn sequence(text: &str) -> Result<Vec<Key>, NotAKey> {
    let keys = text
        .split_whitespace()
        .map(str::parse)
        .collect::<Result<Vec<Key>, _>>()?;
    if keys.is_empty() {
        return Err(NotAKey(
            "a key is missing; the space bar is `space`".to_owned(),
        ));
    }
    Ok(keys)
}

/// How a sequence is written.
pub fn written(keys: &[Key]) -> String {
    keys.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = match sequence(text) {
            Ok(keys) => written(&keys),
            Err(why) => why.to_string(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn keys_are_written_as_they_are_typed() {
        check("j", "j");
        check("G", "G");
        check("<", "<");
        check("'", "'");
        check("é", "é");
        check("g g", "g g");
        check("  g   ctrl-d ", "g ctrl-d");
        check("-", "-");
        check("ctrl--", "ctrl--");
        check("alt-<", "alt-<");
    }

    #[test]
    fn names_have_one_spelling_when_shown() {
        check("Escape", "esc");
        check("PgDn", "pagedown");
        check("Ctrl-Alt-Del", "ctrl-alt-delete");
        check("alt-ctrl-x", "ctrl-alt-x");
        check("shift-tab", "shift-tab");
        check("SPACE", "space");
        check("F12", "f12");
    }

    #[test]
    fn a_word_that_is_no_key_is_told_with_what_would_be_right() {
        check("", "a key is missing; the space bar is `space`");
        check("entre", "no key `entre`; did you mean `enter`?");
        check("ctrl-spce", "no key `ctrl-spce`; did you mean `space`?");
        let like = "keys are written like `j`, `G`, `ctrl-d`, `alt-left`, `space`, `f1`";
        check("<c-d>", &format!("no key `<c-d>`; {like}"));
        check("f25", &format!("no key `f25`; {like}"));
        check("shift-a", "characters are written as they are typed: `A`");
        check("ctrl-D", "`ctrl-` goes with lower case: `ctrl-d`");
    }

    proptest! {
        #[test]
        fn any_text_is_a_key_or_not_and_what_is_shown_is_read_again(text in "\\PC{0,12}") {
            if let Ok(keys) = sequence(&text) {
                prop_assert_eq!(sequence(&written(&keys)), Ok(keys));
            }
        }
    }
}
