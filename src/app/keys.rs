//! Keys that have been pressed and do not yet make an action: counts, sequences, letters to come.

use super::event::Asked;
use crate::action::Action;
use crate::config::keymap::{Code, Key, Keymap, Match, Place};

/// A digit alone counts as a key of its own after so many milliseconds, as it might be the start of a count.
const LONE_DIGIT_MS: i64 = 500;

/// What a letter is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterFor {
    /// To mark this place with it.
    Set,
    /// To go to the place marked with it.
    Go,
}

/// What a key came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// An action.
    Asked(Asked),
    /// The letter that was waited for.
    Letter(LetterFor, char),
    /// More keys are needed.
    Waiting,
    /// Nothing: no action has these keys.
    Nothing,
}

/// Keys that wait for others.
#[derive(Debug, Clone, Default)]
pub struct Pending {
    keys: Vec<Key>,
    count: Option<u32>,
    letter: Option<LetterFor>,
    lone: Option<(Action, i64)>,
}

impl Pending {
    /// Takes a key that was pressed where these keys go.
    pub fn press(&mut self, key: Key, now: i64, place: Place, keymap: &Keymap) -> Outcome {
        if let Some(letter) = self.letter.take() {
            return match key.code {
                Code::Char(c) if !key.ctrl && !key.alt && c != ' ' => Outcome::Letter(letter, c),
                _ => Outcome::Nothing,
            };
        }
        if let Some(digit) = self.digit(key) {
            let first = self.count.is_none();
            self.count = Some(
                self.count
                    .unwrap_or(0)
                    .saturating_mul(10)
                    .saturating_add(digit)
                    .min(99_999_999),
            );
            self.lone = match keymap.find(place, &[key]) {
                Match::Action(action) if first && action != Action::Nothing => {
                    Some((action, now + LONE_DIGIT_MS))
                }
                _ => None,
            };
            return Outcome::Waiting;
        }
        self.lone = None;
        self.keys.push(key);
        match keymap.find(place, &self.keys) {
            Match::Action(action) => {
                let asked = Asked {
                    action,
                    count: self.count,
                };
                *self = Self::default();
                Outcome::Asked(asked)
            }
            Match::Prefix => Outcome::Waiting,
            Match::None => {
                *self = Self::default();
                Outcome::Nothing
            }
        }
    }

    /// Waits for a letter.
    pub fn wait_for_letter(&mut self, letter: LetterFor) {
        self.letter = Some(letter);
    }

    /// When a lone digit becomes an action.
    pub fn due(&self) -> Option<i64> {
        self.lone.map(|(_, due)| due)
    }

    /// The action of a digit that stayed alone.
    pub fn lone_digit(&mut self, now: i64) -> Option<Asked> {
        let (action, due) = self.lone?;
        (now >= due).then(|| {
            *self = Self::default();
            Asked {
                action,
                count: None,
            }
        })
    }

    /// Whether keys are waiting; Esc then drops them.
    pub fn is_waiting(&self) -> bool {
        self.count.is_some() || !self.keys.is_empty() || self.letter.is_some()
    }

    /// Drops what waits.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// What waits, to be shown.
    pub fn shown(&self) -> String {
        let mut shown = self.count.map(|c| c.to_string()).unwrap_or_default();
        for key in &self.keys {
            shown.push_str(&key.to_string());
        }
        match self.letter {
            Some(LetterFor::Set) => shown.push_str("mark with a letter…"),
            Some(LetterFor::Go) => shown.push_str("go to letter…"),
            None => {}
        }
        shown
    }

    fn digit(&self, key: Key) -> Option<u32> {
        let Code::Char(c) = key.code else { return None };
        if key.ctrl || key.alt || !self.keys.is_empty() || (c == '0' && self.count.is_none()) {
            return None;
        }
        c.to_digit(10)
    }
}
