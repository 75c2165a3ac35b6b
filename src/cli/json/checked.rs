//! What `journal check --json` prints.

use serde::Serialize;

use crate::journal::{self, Remark};

/// A file of the journal.
#[derive(Debug, Serialize)]
pub struct Checked<'a> {
    name: &'a str,
    own: bool,
    bytes: u64,
    lines: usize,
    facts: usize,
    first: Option<i64>,
    last: Option<i64>,
    remarks: Vec<RemarkOn>,
    spare_lines: usize,
    spare_bytes: u64,
}

#[derive(Debug, Serialize)]
struct RemarkOn {
    line: usize,
    what: &'static str,
}

impl<'a> Checked<'a> {
    /// A file of the journal.
    pub fn new(checked: &'a journal::Checked) -> Self {
        let remark = |&(line, remark): &(usize, Remark)| RemarkOn {
            line,
            what: match remark {
                Remark::Torn => "torn",
                Remark::Unknown => "unknown",
                Remark::TooLong => "too_long",
                Remark::Backwards => "backwards",
                Remark::Ahead => "ahead",
                Remark::Foreign => "foreign",
            },
        };
        Self {
            name: &checked.name,
            own: checked.is_own,
            bytes: checked.bytes,
            lines: checked.lines,
            facts: checked.facts,
            first: checked.times.map(|(first, _)| first),
            last: checked.times.map(|(_, last)| last),
            remarks: checked.remarks.iter().map(remark).collect(),
            spare_lines: checked.spare_lines,
            spare_bytes: checked.spare_bytes,
        }
    }
}
