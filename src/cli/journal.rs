//! `liseuse journal check|compact`: the files in which all that the reader did is kept.

use std::io::Write;

use super::args::JournalCommand;
use super::opened::Given;
use super::{Exit, complain, json};
use crate::formats::clean;
use crate::journal::{Checked, Remark, written};
use crate::library::Library;

/// How many line numbers are told of one kind.
const MAX_TOLD: usize = 8;

/// Every remark, in the order in which they are told.
const REMARKS: [Remark; 6] = [
    Remark::Torn,
    Remark::Unknown,
    Remark::TooLong,
    Remark::Backwards,
    Remark::Ahead,
    Remark::Foreign,
];

/// Does what was asked for with the journal.
pub(super) fn run(
    given: &Given,
    what: JournalCommand,
    out: &mut dyn Write,
) -> anyhow::Result<Exit> {
    let config = given.config()?;
    let library = given.library(&config, Vec::new());
    match what {
        JournalCommand::Check { json } => {
            let mut all = Vec::new();
            let mut has_failed = false;
            for checked in library.check_journal()? {
                match checked {
                    Ok(checked) => all.push(checked),
                    Err(error) => {
                        complain(&error.to_string());
                        has_failed = true;
                    }
                }
            }
            if json {
                let all: Vec<_> = all.iter().map(json::Checked::new).collect();
                json::print(out, &all)?;
            } else {
                for checked in &all {
                    print(checked, out)?;
                }
            }
            let mut remarks = all.iter().flat_map(|checked| &checked.remarks);
            let is_unread = remarks.any(|(_, remark)| remark.is_unread());
            Ok(match all.is_empty() {
                _ if has_failed || is_unread => Exit::CouldNot,
                true => Exit::NothingFound,
                false => Exit::Done,
            })
        }
        JournalCommand::Compact => compact(&library, out),
    }
}

fn print(checked: &Checked, out: &mut dyn Write) -> anyhow::Result<()> {
    let name = clean::line(&checked.name);
    let own = if checked.is_own {
        " (this machine's)"
    } else {
        ""
    };
    let (lines, facts) = (
        counted(checked.lines, "line"),
        counted(checked.facts, "fact"),
    );
    let size = size(checked.bytes);
    let times = checked.times.map_or_else(String::new, |(first, last)| {
        format!(", {} to {}", day(first), day(last))
    });
    writeln!(out, "{name}{own}: {lines}, {facts}, {size}{times}")?;
    for remark in REMARKS {
        let told = checked.remarks.iter().filter(|(_, it)| *it == remark);
        let numbers: Vec<usize> = told.map(|(number, _)| *number).collect();
        if !numbers.is_empty() {
            writeln!(out, "    {} {}", lines_of(&numbers), words(remark))?;
        }
    }
    if checked.spare_bytes > 0 {
        let lines = counted(checked.spare_lines, "line");
        let spare = self::size(checked.spare_bytes);
        writeln!(out, "    compacting leaves out {lines}, {spare}")?;
    }
    Ok(())
}

fn compact(library: &Library, out: &mut dyn Write) -> anyhow::Result<Exit> {
    let compacted = library.compact_journal()?;
    if compacted.before == compacted.after {
        writeln!(out, "all of {} counts", size(compacted.before))?;
        return Ok(Exit::Done);
    }
    let lines = counted(compacted.lines, "line");
    let (before, after) = (size(compacted.before), size(compacted.after));
    writeln!(out, "left out {lines}: {before} before, {after} now")?;
    Ok(Exit::Done)
}

fn words(remark: Remark) -> &'static str {
    match remark {
        Remark::Torn => "not written to the end, or nothing of liseuse",
        Remark::Unknown => "of a kind that a later version may know",
        Remark::TooLong => "too long",
        Remark::Backwards => "dated before a line above",
        Remark::Ahead => "dated more than a day from now",
        Remark::Foreign => "written by a machine of another name",
    }
}

/// `line 7:`, `lines 7, 8 and 12:`, `lines 1, 2, 3, 4, 5, 6, 7, 8 and 92 more:`.
fn lines_of(numbers: &[usize]) -> String {
    let told = &numbers[..numbers.len().min(MAX_TOLD)];
    let mut told: Vec<String> = told.iter().map(ToString::to_string).collect();
    match numbers.len() - told.len() {
        0 => {}
        more => told.push(format!("{more} more")),
    }
    match told.split_last() {
        Some((last, [])) => format!("line {last}:"),
        Some((last, others)) => format!("lines {} and {last}:", others.join(", ")),
        None => String::new(),
    }
}

fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}

fn size(bytes: u64) -> String {
    match bytes {
        0..=9_999 => format!("{bytes} bytes"),
        10_000..=9_999_999 => format!("{} kB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

/// The day of a time in milliseconds since 1970, in UTC.
pub(super) fn day(time: i64) -> String {
    written(time).chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_numbers_are_told_in_few_words() {
        assert_eq!(lines_of(&[7]), "line 7:");
        assert_eq!(lines_of(&[7, 8, 12]), "lines 7, 8 and 12:");
        let many: Vec<usize> = (1..=100).collect();
        assert_eq!(lines_of(&many), "lines 1, 2, 3, 4, 5, 6, 7, 8 and 92 more:");
    }
}
