//! Tables as comma-separated values, after [RFC 4180](https://www.rfc-editor.org/rfc/rfc4180).

use std::io::{self, Write};

/// Signs with which a spreadsheet takes a cell for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\''];

/// Writes a row. A cell that could be taken for a formula gets an apostrophe before it.
pub(super) fn write(out: &mut dyn Write, cells: &[&str]) -> io::Result<()> {
    for (i, cell) in cells.iter().enumerate() {
        let comma = if i == 0 { "" } else { "," };
        let guard = if cell.starts_with(FORMULA) { "'" } else { "" };
        if cell.contains([',', '"', '\n', '\r']) || !guard.is_empty() {
            write!(out, "{comma}\"{guard}{}\"", cell.replace('"', "\"\""))?;
        } else {
            write!(out, "{comma}{cell}")?;
        }
    }
    write!(out, "\r\n")
}

/// A cell without the apostrophe that [`write()`] puts before it.
pub(super) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest,
        _ => cell,
    }
}

/// The rows of a table; those without any cell that is not empty are left out. Never fails: a quote that is not closed
/// reaches to the end, and what follows a closed one belongs to its cell.
pub(super) fn read(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    row.push(cell);
    rows.push(row);
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(rows: &[Vec<String>]) -> String {
        let mut out = Vec::new();
        for row in rows {
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            write(&mut out, &cells).unwrap();
        }
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let row = ["a", "b,c", "d \"e\"\nf", "=1+1", ""].map(str::to_owned);
        assert_eq!(
            written(&[row.to_vec()]),
            "a,\"b,c\",\"d \"\"e\"\"\nf\",\"'=1+1\",\r\n"
        );
    }

    #[test]
    fn tables_of_other_programs_are_read() {
        let rows = read("\u{feff}a,b\n\n\"x\ny\",\"z\"\"\"\r\n,,\nlast");
        assert_eq!(rows, [vec!["a", "b"], vec!["x\ny", "z\""], vec!["last"]]);
        assert_eq!(read("\"never closed, \n x"), [["never closed, \n x"]]);
        assert_eq!(read("a \"b\" c"), [["a \"b\" c"]]);
        assert!(read("").is_empty());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            rows in prop::collection::vec(prop::collection::vec("[a'=\",\n\r é-]{1,6}", 1..4), 0..5),
        ) {
            let again: Vec<Vec<String>> = read(&written(&rows))
                .iter()
                .map(|row| row.iter().map(|cell| unguarded(cell).to_owned()).collect())
                .collect();
            prop_assert_eq!(again, rows);
        }
    }
}
