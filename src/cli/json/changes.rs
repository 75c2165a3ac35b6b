//! What `changes --json` prints.

use serde::Serialize;

use crate::cli::changes::Told;
use crate::model::edition::Counts;

/// What `changes --json` prints.
#[derive(Debug, Serialize)]
pub(in crate::cli) struct Changes<'a> {
    new: usize,
    changed: usize,
    removed: usize,
    #[serde(rename = "changes")]
    all: Vec<Change<'a>>,
}

#[derive(Debug, Serialize)]
struct Change<'a> {
    what: &'static str,
    section: &'a str,
    text: Option<&'a str>,
    before: Option<&'a str>,
}

impl<'a> Changes<'a> {
    /// These changes, so many of each kind.
    pub fn new(counts: Counts, told: &[Told<'a>]) -> Self {
        let change = |told: &Told<'a>| Change {
            what: told.what,
            section: told.section,
            text: told.now,
            before: told.before,
        };
        Self {
            new: counts.new,
            changed: counts.changed,
            removed: counts.removed,
            all: told.iter().map(change).collect(),
        }
    }
}
