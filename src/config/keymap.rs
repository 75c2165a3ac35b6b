//! Which key does what, and where.

use std::collections::{BTreeMap, HashSet};
use std::fmt::{self, Write as _};

use crate::action::Action;

use super::key::written;
pub use super::key::{Code, Key};

/// Where keys go: a pane or an overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The list of articles.
    Library,
    /// The outline beside the text.
    Contents,
    /// The text.
    Text,
    /// What is being selected in the text.
    Selection,
    /// The list of bookmarks.
    Bookmarks,
    /// The help.
    Help,
    /// The palette of actions, and every other line that is typed.
    Palette,
    /// A note that is written.
    Note,
}

impl Place {
    /// Every place.
    pub const ALL: [Self; 8] = [
        Self::Library,
        Self::Contents,
        Self::Text,
        Self::Selection,
        Self::Bookmarks,
        Self::Help,
        Self::Palette,
        Self::Note,
    ];

    /// The tables that are asked there, narrowest first.
    pub const fn tables(self) -> &'static [Table] {
        match self {
            Self::Library => &[Table::Library, Table::Lists, Table::Everywhere],
            Self::Contents => &[Table::Contents, Table::Lists, Table::Everywhere],
            Self::Text => &[Table::Text, Table::Everywhere],
            Self::Selection => &[Table::Selection, Table::Everywhere],
            Self::Bookmarks => &[Table::Bookmarks, Table::Lists, Table::Everywhere],
            Self::Help => &[Table::Help, Table::Everywhere],
            Self::Palette => &[Table::Palette],
            Self::Note => &[Table::Note],
        }
    }

    /// What it is called on the screen and in the documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Library => "library",
            Self::Contents => "contents",
            Self::Text => "text",
            Self::Selection => "selection",
            Self::Bookmarks => "bookmarks",
            Self::Help => "help",
            Self::Palette => "palette",
            Self::Note => "note",
        }
    }
}

/// A table of keys in the configuration: `[keys.text]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Table {
    /// For all places but lines that are typed.
    Everywhere,
    /// For the library, the contents and the bookmarks.
    Lists,
    /// For the library.
    Library,
    /// For the contents.
    Contents,
    /// For the bookmarks.
    Bookmarks,
    /// For the text.
    Text,
    /// For what is being selected in the text.
    Selection,
    /// For the help.
    Help,
    /// For the palette and other lines that are typed.
    Palette,
    /// For a note that is written.
    Note,
}

impl Table {
    /// Whether keys that type a character do so there, and cannot be bound.
    pub const fn is_typed_in(self) -> bool {
        matches!(self, Self::Palette | Self::Note)
    }

    /// Every table, in the order of `config.toml`.
    pub const ALL: [Self; 10] = [
        Self::Everywhere,
        Self::Lists,
        Self::Library,
        Self::Contents,
        Self::Bookmarks,
        Self::Text,
        Self::Selection,
        Self::Help,
        Self::Palette,
        Self::Note,
    ];

    /// Its name in the configuration, under `keys`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Lists => "lists",
            Self::Library => "library",
            Self::Contents => "contents",
            Self::Bookmarks => "bookmarks",
            Self::Text => "text",
            Self::Selection => "selection",
            Self::Help => "help",
            Self::Palette => "palette",
            Self::Note => "note",
        }
    }
}

/// A sequence of keys and what it asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The keys, one after the other; at least one.
    pub keys: Vec<Key>,
    /// What they ask for; [`Action::Nothing`] frees them.
    pub action: Action,
}

impl fmt::Display for Binding {
    /// How the keys are written: `g g`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&written(&self.keys))
    }
}

/// The bindings of each table, in the order they were made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables(BTreeMap<Table, Vec<Binding>>);

impl Tables {
    /// Binds keys; what they did before in this table is forgotten.
    pub fn bind(&mut self, table: Table, keys: Vec<Key>, action: Action) {
        let bindings = self.0.entry(table).or_default();
        match bindings.iter_mut().find(|binding| binding.keys == keys) {
            Some(binding) => binding.action = action,
            None => bindings.push(Binding { keys, action }),
        }
    }

    /// The bindings of one table, freed keys among them.
    pub fn of(&self, table: Table) -> &[Binding] {
        self.0.get(&table).map_or(&[], Vec::as_slice)
    }

    fn in_force(&self, place: Place) -> Vec<Binding> {
        let mut narrower: HashSet<&[Key]> = HashSet::new();
        let all = place.tables().iter().flat_map(|table| self.of(*table));
        let own = all.filter(|binding| narrower.insert(&binding.keys));
        own.filter(|binding| binding.action != Action::Nothing)
            .cloned()
            .collect()
    }
}

/// What some keys ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// This; never [`Action::Nothing`].
    Action(Action),
    /// Nothing yet: more keys may follow.
    Prefix,
    /// Nothing.
    None,
}

/// Which key does what, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    tables: Tables,
    /// What is in force at each place: narrower tables first, without what they override and what is freed.
    places: BTreeMap<Place, Vec<Binding>>,
}

impl Keymap {
    /// The keymap that these tables make.
    pub fn new(tables: Tables) -> Self {
        let places = Place::ALL
            .into_iter()
            .map(|place| (place, tables.in_force(place)))
            .collect();
        Self { tables, places }
    }

    /// What the keys that were pressed, oldest first, ask for.
    pub fn find(&self, place: Place, keys: &[Key]) -> Match {
        let bindings = self.in_force(place);
        if let Some(binding) = bindings.iter().find(|binding| binding.keys == keys) {
            return Match::Action(binding.action);
        }
        if !keys.is_empty()
            && bindings
                .iter()
                .any(|binding| binding.keys.starts_with(keys))
        {
            return Match::Prefix;
        }
        Match::None
    }

    /// How the keys are written that ask for an action, the most local first.
    pub fn keys_for(&self, place: Place, action: Action) -> Vec<String> {
        let bindings = self.in_force(place).iter();
        bindings
            .filter(|binding| binding.action == action)
            .map(|b| written(&b.keys))
            .collect()
    }

    /// All that keys do at a place, the most local first: how the keys are written, and the action.
    pub fn bindings(&self, place: Place) -> Vec<(String, Action)> {
        let bindings = self.in_force(place).iter();
        bindings
            .map(|binding| (written(&binding.keys), binding.action))
            .collect()
    }

    /// The tables it is made of.
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// The bindings at a place that can never be reached, each after the one that hides it: `g` hides `g g`.
    pub fn hidden(&self, place: Place) -> Vec<(&Binding, &Binding)> {
        let bindings = self.in_force(place);
        let mut pairs = Vec::new();
        for short in bindings {
            let longer = bindings
                .iter()
                .filter(|long| long.keys.len() > short.keys.len());
            let hidden = longer.filter(|long| long.keys.starts_with(&short.keys));
            pairs.extend(hidden.map(|long| (short, long)));
        }
        pairs
    }

    /// The tables as TOML that can stand in a `config.toml`.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        for table in Table::ALL {
            if self.tables.of(table).is_empty() {
                continue;
            }
            let _ = writeln!(out, "\n[keys.{}]", table.name());
            for binding in self.tables.of(table) {
                let keys = quoted(&written(&binding.keys));
                let _ = writeln!(out, "{keys} = \"{}\"", binding.action.name());
            }
        }
        out
    }

    fn in_force(&self, place: Place) -> &[Binding] {
        self.places.get(&place).map_or(&[], Vec::as_slice)
    }
}

/// A text as a TOML string. Written keys hold no control characters.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::key::sequence;

    fn keymap(bindings: &[(Table, &str, Action)]) -> Keymap {
        let mut tables = Tables::default();
        for (table, keys, action) in bindings {
            tables.bind(*table, sequence(keys).unwrap(), *action);
        }
        Keymap::new(tables)
    }

    #[track_caller]
    fn check(keymap: &Keymap, place: Place, keys: &str, expected: Match) {
        assert_eq!(keymap.find(place, &sequence(keys).unwrap()), expected);
    }

    #[test]
    fn the_narrower_table_wins() {
        let keymap = keymap(&[
            (Table::Everywhere, "l", Action::Help),
            (Table::Lists, "l", Action::Open),
            (Table::Contents, "l", Action::Unfold),
        ]);
        check(&keymap, Place::Contents, "l", Match::Action(Action::Unfold));
        check(&keymap, Place::Library, "l", Match::Action(Action::Open));
        check(&keymap, Place::Text, "l", Match::Action(Action::Help));
        check(&keymap, Place::Palette, "l", Match::None);
        assert_eq!(
            keymap.bindings(Place::Contents),
            [("l".to_owned(), Action::Unfold)]
        );
        assert_eq!(keymap.keys_for(Place::Contents, Action::Help), [""; 0]);
    }

    #[test]
    fn a_sequence_is_awaited_key_by_key() {
        let keymap = keymap(&[(Table::Everywhere, "g g", Action::Top)]);
        check(&keymap, Place::Text, "g", Match::Prefix);
        check(&keymap, Place::Text, "g g", Match::Action(Action::Top));
        check(&keymap, Place::Text, "g x", Match::None);
        assert_eq!(keymap.find(Place::Text, &[]), Match::None);
    }

    #[test]
    fn nothing_frees_a_key_in_its_table() {
        let keymap = keymap(&[
            (Table::Everywhere, "g g", Action::Top),
            (Table::Everywhere, "t", Action::ToggleContents),
            (Table::Text, "t", Action::Nothing),
            (Table::Text, "g g", Action::Nothing),
        ]);
        check(&keymap, Place::Text, "t", Match::None);
        check(&keymap, Place::Text, "g", Match::None);
        check(
            &keymap,
            Place::Library,
            "t",
            Match::Action(Action::ToggleContents),
        );
    }

    #[test]
    fn a_key_that_starts_a_sequence_and_is_an_action_hides_the_sequence() {
        let keymap = keymap(&[
            (Table::Everywhere, "g g", Action::Top),
            (Table::Text, "g", Action::End),
            (Table::Help, "g g", Action::Nothing),
            (Table::Help, "g", Action::End),
        ]);
        let hidden = keymap.hidden(Place::Text);
        assert_eq!(hidden.len(), 1);
        assert_eq!(hidden[0].1.action, Action::Top);
        check(&keymap, Place::Text, "g", Match::Action(Action::End));
        assert!(keymap.hidden(Place::Library).is_empty());
        assert!(keymap.hidden(Place::Help).is_empty());
    }

    #[test]
    fn a_key_bound_again_forgets_what_it_did() {
        let bound = [
            (Table::Text, "x", Action::Copy),
            (Table::Text, "x", Action::Zen),
        ];
        let keymap = keymap(&bound);
        assert_eq!(
            keymap.bindings(Place::Text),
            [("x".to_owned(), Action::Zen)]
        );
    }
}
