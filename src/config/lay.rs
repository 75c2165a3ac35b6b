//! Lays a configuration file over what is there already, and collects what is wrong in it.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::key::{sequence, written};
use super::keymap::{Binding, Key, Keymap, Place, Table, Tables};
use super::mistake::Mistake;
use super::searches;
use super::settings::{SETTINGS, one_of, shown};
use super::{Config, Preset};
use crate::action::Action;
use crate::model::near::nearest;

/// The table of saved searches.
const SEARCHES: &str = "searches";

/// The preset that a file asks for; the usual one when it does not say.
pub(super) fn preset(text: &str) -> Preset {
    let (file, _) = DeTable::parse_recoverable(text);
    let value = file
        .get_ref()
        .get("keys")
        .and_then(|keys| keys.get_ref().get("preset"));
    value
        .and_then(|value| one_of(value.get_ref(), &Preset::NAMES).ok())
        .unwrap_or_default()
}

/// A configuration under way.
pub(super) struct Laid {
    config: Config,
    tables: Tables,
    /// Where each binding of the file that was laid last stands in it, in bytes.
    own: Vec<(Table, Vec<Key>, usize)>,
    pub(super) mistakes: Vec<Mistake>,
}

/// The file that is being laid.
struct File<'a> {
    text: &'a str,
    name: &'a str,
    /// The byte after each newline.
    starts: Vec<usize>,
    /// The lines from 0 that are no TOML; what stands on them is not looked at again.
    broken: BTreeSet<usize>,
}

type Entry<'a, 'i> = (&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>);

impl Laid {
    pub(super) fn new(config: Config) -> Self {
        Self {
            config,
            tables: Tables::default(),
            own: Vec::new(),
            mistakes: Vec::new(),
        }
    }

    /// Lays a file over what is there.
    pub(super) fn lay(&mut self, text: &str, name: &str) {
        self.own.clear();
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut file = File::new(text, name);
        for error in errors {
            let span = error.span().unwrap_or_default();
            file.broken.extend(file.lines(&span));
            self.wrong(&file, span.start, error.message());
        }
        file.give_up_headless_lines();
        for (key, value) in file.entries(root.get_ref()) {
            match (key.get_ref().as_ref(), value.get_ref()) {
                ("keys", DeValue::Table(keys)) => self.lay_keys(&file, keys),
                (SEARCHES, DeValue::Table(searches)) => self.lay_searches(&file, searches),
                (table, DeValue::Table(settings)) if has_table(table) => {
                    self.lay_settings(&file, table, settings);
                }
                (table, value) => self.wrong(&file, key.span().start, &no_table(table, value)),
            }
        }
    }

    /// The configuration with its keymap, and the mistakes in the order of the file that was laid last.
    pub(super) fn finish(mut self, text: &str, name: &str) -> (Config, Vec<Mistake>) {
        self.config.keymap = Keymap::new(self.tables);
        let mut told: Vec<(usize, String)> = Vec::new();
        for place in Place::ALL {
            for (short, long) in self.config.keymap.hidden(place) {
                let own = |binding: &Binding| {
                    let here = |(table, keys, at): &(Table, Vec<Key>, usize)| {
                        (place.tables().contains(table) && *keys == binding.keys).then_some(*at)
                    };
                    self.own.iter().filter_map(here).max()
                };
                let Some(at) = own(short).max(own(long)) else {
                    continue;
                };
                let what = hides(short, long);
                if !told.contains(&(at, what.clone())) {
                    told.push((at, what));
                }
            }
        }
        let mistakes = told.iter();
        let mistakes = mistakes.map(|(at, what)| Mistake::at(name, text, *at, what));
        self.mistakes.extend(mistakes);
        self.mistakes
            .sort_by_key(|mistake| (mistake.line, mistake.column));
        // the parser may stumble over one thing many times
        self.mistakes.dedup();
        (self.config, self.mistakes)
    }

    fn lay_settings(&mut self, file: &File, table: &str, settings: &DeTable) {
        for (key, value) in file.entries(settings) {
            let name = key.get_ref().as_ref();
            let here = |s: &&super::settings::Setting| s.table == table && s.name == name;
            match SETTINGS.iter().find(here) {
                Some(setting) => {
                    if let Err(what) = (setting.set)(&mut self.config, value.get_ref()) {
                        self.wrong(file, value.span().start, &format!("`{name}` {what}"));
                    }
                }
                None => self.wrong(file, key.span().start, &no_setting(table, name)),
            }
        }
    }

    fn lay_searches(&mut self, file: &File, entries: &DeTable) {
        for (key, value) in file.entries(entries) {
            let (name, span) = (key.get_ref().as_ref(), value.span());
            match searches::lay(&mut self.config.searches, name, value.get_ref()) {
                Ok(()) => {}
                Err(searches::Wrong::Name(what)) => self.wrong(file, key.span().start, &what),
                Err(searches::Wrong::Value(inside, what)) => {
                    // a text that has no escapes stands in the file as it is
                    let written = value.get_ref().as_str().unwrap_or_default();
                    let start = file
                        .text
                        .get(span.clone())
                        .and_then(|raw| raw.find(written));
                    let inside = start.and_then(|start| Some(start + inside?));
                    self.wrong(file, span.start + inside.unwrap_or(0), &what);
                }
            }
        }
    }

    fn lay_keys(&mut self, file: &File, keys: &DeTable) {
        for (key, value) in file.entries(keys) {
            let name = key.get_ref().as_ref();
            let table = Table::ALL.into_iter().find(|table| table.name() == name);
            match (name, table, value.get_ref()) {
                ("preset", _, value_here) => match one_of(value_here, &Preset::NAMES) {
                    Ok(preset) => self.config.preset = preset,
                    Err(what) => self.wrong(file, value.span().start, &format!("`preset` {what}")),
                },
                (_, Some(table), DeValue::Table(bindings)) => self.bind(file, table, bindings),
                (_, Some(_), other) => {
                    let what = format!("`[keys.{name}]` must be a table, not {}", shown(other));
                    self.wrong(file, value.span().start, &what);
                }
                (_, None, other) => self.wrong(file, key.span().start, &no_keys(name, other)),
            }
        }
    }

    fn bind(&mut self, file: &File, table: Table, bindings: &DeTable) {
        for (key, value) in file.entries(bindings) {
            let keys = match sequence(key.get_ref()) {
                Ok(keys) => keys,
                Err(why) => {
                    self.wrong(file, key.span().start, &why.to_string());
                    continue;
                }
            };
            let action = match action(value.get_ref()) {
                Ok(action) => action,
                Err(what) => {
                    self.wrong(file, value.span().start, &what);
                    continue;
                }
            };
            if table.is_typed_in() && keys[0].typed().is_some() {
                let what = format!("`{}` types a character there; bind another key", keys[0]);
                self.wrong(file, key.span().start, &what);
                continue;
            }
            if self.own.iter().any(|(t, k, _)| *t == table && *k == keys) {
                let what = format!(
                    "`{}` is bound twice in `[keys.{}]`",
                    written(&keys),
                    table.name()
                );
                self.wrong(file, key.span().start, &what);
                continue;
            }
            self.own.push((table, keys.clone(), key.span().start));
            self.tables.bind(table, keys, action);
        }
    }

    fn wrong(&mut self, file: &File, at: usize, what: &str) {
        self.mistakes
            .push(Mistake::at(file.name, file.text, at, what));
    }
}

impl<'t> File<'t> {
    fn new(text: &'t str, name: &'t str) -> Self {
        let starts = text
            .match_indices('\n')
            .map(|(newline, _)| newline + 1)
            .collect();
        Self {
            text,
            name,
            starts,
            broken: BTreeSet::new(),
        }
    }

    /// What follows a broken `[table` belongs to no table that is known: it is not looked at up to the next one.
    fn give_up_headless_lines(&mut self) {
        let mut is_headless = false;
        for (number, line) in self.text.lines().enumerate() {
            if line.trim_start().starts_with('[') {
                is_headless = self.broken.contains(&number);
            }
            if is_headless {
                self.broken.insert(number);
            }
        }
    }

    /// The entries of a table in the order of the file, without those on lines that are no TOML.
    fn entries<'a, 'i>(&self, table: &'a DeTable<'i>) -> Vec<Entry<'a, 'i>> {
        let is_sound = |(key, value): &Entry| {
            let is_table = value.get_ref().is_table();
            let span = if is_table {
                key.span()
            } else {
                key.span().start..value.span().end
            };
            self.broken.range(self.lines(&span)).next().is_none()
        };
        let mut entries: Vec<Entry> = table.iter().filter(is_sound).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    /// The lines from 0 that some bytes lie on.
    fn lines(&self, span: &Range<usize>) -> RangeInclusive<usize> {
        let line = |byte: usize| self.starts.partition_point(|start| *start <= byte);
        line(span.start)..=line(span.end.max(span.start))
    }
}

fn action(value: &DeValue) -> Result<Action, String> {
    let name = value.as_str();
    let name =
        name.ok_or_else(|| format!("must be the name of an action, not {}", shown(value)))?;
    Action::named(name).ok_or_else(|| {
        let names: Vec<String> = Action::all().iter().map(|action| action.name()).collect();
        let meant = nearest(name, names.iter().map(String::as_str)).map_or_else(
            || "the palette (`:`) shows them all".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        format!("no action `{name}`; {meant}")
    })
}

fn hides(short: &Binding, long: &Binding) -> String {
    let (keys, hidden) = (written(&short.keys), written(&long.keys));
    let (does, lost) = (short.action.name(), long.action.name());
    format!(
        "`{keys}` ({does}) hides `{hidden}` ({lost}); free one of them: \"{hidden}\" = \"nothing\""
    )
}

fn tables() -> Vec<&'static str> {
    let mut tables: Vec<&str> = SETTINGS.iter().map(|setting| setting.table).collect();
    tables.dedup();
    tables.extend([SEARCHES, "keys"]);
    tables
}

fn has_table(name: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.table == name)
}

fn listed(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

fn no_table(name: &str, value: &DeValue) -> String {
    let tables = tables();
    if tables.contains(&name) {
        return format!("`[{name}]` must be a table, not {}", shown(value));
    }
    if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) {
        return format!("`{name}` stands in `[{}]`", setting.table);
    }
    match nearest(name, tables.iter().copied()) {
        Some(near) => format!("no table `[{name}]`; did you mean `[{near}]`?"),
        None => format!("no table `[{name}]`; there are {}", listed(&tables)),
    }
}

fn no_setting(table: &str, name: &str) -> String {
    if let Some(setting) = SETTINGS.iter().find(|setting| setting.name == name) {
        return format!(
            "`{name}` stands in `[{}]`, not in `[{table}]`",
            setting.table
        );
    }
    let here: Vec<&str> = SETTINGS
        .iter()
        .filter(|s| s.table == table)
        .map(|s| s.name)
        .collect();
    match nearest(name, here.iter().copied()) {
        Some(near) => format!("no setting `{name}` in `[{table}]`; did you mean `{near}`?"),
        None => format!(
            "no setting `{name}` in `[{table}]`; there are {}",
            listed(&here)
        ),
    }
}

fn no_keys(name: &str, value: &DeValue) -> String {
    if value.is_str() {
        return format!(
            "keys stand in a table of their place: move `{name}` to `[keys.everywhere]`"
        );
    }
    let tables: Vec<&str> = Table::ALL.iter().map(|table| table.name()).collect();
    match nearest(name, tables.iter().copied()) {
        Some(near) => format!("no table `[keys.{name}]`; did you mean `[keys.{near}]`?"),
        None => format!("no table `[keys.{name}]`; there are {}", listed(&tables)),
    }
}
