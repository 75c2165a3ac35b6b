//! The saved searches: queries with a name, shown as rows of the library.

use toml::de::DeValue;

use super::settings::shown;
use crate::model::query::{Over, Query};

/// More are refused.
const MOST: usize = 50;
/// Longest name, in characters.
const LONGEST_NAME: usize = 60;

/// A query with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedSearch {
    /// What it is called.
    pub name: String,
    /// As it was written.
    pub text: String,
    /// What it asks for.
    pub query: Query,
}

/// What is wrong with an entry: in its name or in its value, so many bytes behind the beginning of the text in it.
pub(super) enum Wrong {
    Name(String),
    Value(Option<usize>, String),
}

/// Lays one entry over the searches there are: of the same name it takes the place, with an empty query it takes it away.
pub(super) fn lay(
    searches: &mut Vec<SavedSearch>,
    name: &str,
    value: &DeValue,
) -> Result<(), Wrong> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(is_hidden) {
        let what = format!("a search is named with 1 to {LONGEST_NAME} visible characters");
        return Err(Wrong::Name(what));
    }
    let Some(text) = value.as_str() else {
        let what = format!("`{name}` must be a query in quotes, not {}", shown(value));
        return Err(Wrong::Value(None, what));
    };
    let here = searches.iter().position(|search| search.name == name);
    let query = Query::parse(text, Over::Lists)
        .map_err(|mistake| Wrong::Value(Some(mistake.at.start), mistake.what))?;
    if query.is_everything() {
        here.map(|here| searches.remove(here));
        return Ok(());
    }
    let search = SavedSearch {
        name: name.to_owned(),
        text: text.trim().to_owned(),
        query,
    };
    match here {
        Some(here) => searches[here] = search,
        None if searches.len() < MOST => searches.push(search),
        None => return Err(Wrong::Name(format!("more than {MOST} searches"))),
    }
    Ok(())
}

fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
