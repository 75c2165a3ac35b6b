//! Tables: which of them are any, and their rows.

use super::tree::{Id, Step, Tree};
use super::walk::{Page, is_hidden};
use crate::formats::build::Builder;
use crate::model::document::{Align, Within};

/// A table has at most so many columns; what stands in further ones is added to the last.
const MAX_COLUMNS: usize = 1000;
/// A cell reaches down at most so many rows.
const MAX_DOWN: usize = 1000;
/// Cells of a table without any heads hold no more bytes than this on average.
const PLAIN_CELL: usize = 200;
/// … and of one with heads.
const HEADED_CELL: usize = 600;

/// What is counted of a table.
#[derive(Debug, Default)]
struct Count {
    rows: usize,
    cells: usize,
    columns: usize,
    bytes: usize,
    heads: usize,
    is_nested: bool,
    has_blocks: bool,
}

/// Whether a table is one to a reader, and not a way to lay out a page.
pub fn is_table(page: &Page, id: Id) -> bool {
    if matches!(
        page.tree.attribute(id, "role"),
        Some("presentation" | "none")
    ) {
        return false;
    }
    let count = count(page, id);
    if count.is_nested || count.columns < 2 {
        return false;
    }
    let most = if count.heads > 0 {
        HEADED_CELL
    } else {
        PLAIN_CELL
    };
    (count.rows > 1 || count.heads > 0)
        && !count.has_blocks
        && count.bytes / count.cells.max(1) <= most
}

fn count(page: &Page, id: Id) -> Count {
    let tree = page.tree;
    let mut count = Count::default();
    let mut in_row = 0;
    let mut steps = tree.walk(id);
    while let Some(step) = steps.next() {
        let Step::Enter(node) = step else { continue };
        if node != id && (page.left_out.get(node as usize) == Some(&true) || is_hidden(tree, node))
        {
            steps.pass(node);
            continue;
        }
        match tree.name(node) {
            "table" if node != id => {
                count.is_nested = true;
                break;
            }
            "tr" => {
                count.rows += 1;
                in_row = 0;
            }
            "td" | "th" => {
                count.cells += 1;
                in_row += 1;
                count.columns = count.columns.max(in_row);
                count.heads += usize::from(tree.name(node) == "th");
            }
            "h1" | "h2" | "h3" | "pre" | "blockquote" | "figure" | "article" => {
                count.has_blocks = true
            }
            _ => count.bytes += tree.text(node).map_or(0, |text| text.trim().len()),
        }
    }
    count
}

/// A table whose rows are being read.
#[derive(Debug)]
pub struct Rows {
    /// The table's element.
    pub id: Id,
    /// Whether a row is being read.
    pub is_open: bool,
    /// How many columns the longest row has, what reaches over several counted as one.
    columns: usize,
    aligns: Vec<Align>,
    is_begun: bool,
    /// Whether the rows so far name the columns.
    is_head: bool,
    heads: usize,
    /// The cells that were written in this row.
    column: usize,
    /// For each column, into how many more rows a cell from above reaches.
    down: Vec<usize>,
    /// How far the cell that is being read reaches: columns, rows.
    reach: (usize, usize),
}

impl Rows {
    pub fn new(page: &Page, id: Id) -> Self {
        Self {
            id,
            is_open: false,
            columns: count(page, id).columns.min(MAX_COLUMNS),
            aligns: aligns(page.tree, id),
            is_begun: false,
            is_head: true,
            heads: 0,
            column: 0,
            down: Vec::new(),
            reach: (1, 1),
        }
    }

    pub fn enter_row(&mut self, tree: &Tree, id: Id, within: Within, out: &mut Builder) {
        if !std::mem::replace(&mut self.is_begun, true) {
            out.open_table(std::mem::take(&mut self.aligns));
        }
        let is_head = self.is_head && is_head(tree, id);
        if self.is_head && !is_head && self.heads > 0 {
            out.end_heads();
        }
        self.is_head = is_head;
        self.heads += usize::from(is_head);
        self.is_open = true;
        self.column = 0;
        out.open_row(within, 0);
    }

    pub fn enter_cell(&mut self, tree: &Tree, id: Id, out: &mut Builder) {
        if !self.is_open {
            return;
        }
        while self.down.get(self.column).is_some_and(|&rows| rows > 0) && self.column < self.columns
        {
            self.down[self.column] -= 1;
            self.next(out);
        }
        self.begin(out);
        let number = |name| {
            tree.attribute(id, name)
                .and_then(|v| v.parse::<usize>().ok())
                .unwrap_or(1)
        };
        let over = number("colspan").clamp(1, self.columns.saturating_sub(self.column).max(1));
        self.reach = (over, number("rowspan").clamp(1, MAX_DOWN));
    }

    pub fn leave_cell(&mut self, out: &mut Builder) {
        if !self.is_open {
            return;
        }
        let (over, rows) = std::mem::replace(&mut self.reach, (1, 1));
        for i in 0..over {
            if i > 0 {
                self.begin(out);
            }
            if rows > 1 && self.column < MAX_COLUMNS {
                self.down.resize(self.down.len().max(self.column + 1), 0);
                self.down[self.column] = rows - 1;
            }
            self.column += 1;
        }
    }

    pub fn leave_row(&mut self, out: &mut Builder) {
        if std::mem::take(&mut self.is_open) {
            for rows in self.down.iter_mut().skip(self.column) {
                *rows = rows.saturating_sub(1);
            }
            out.close();
        }
    }

    /// Leaves a column empty.
    fn next(&mut self, out: &mut Builder) {
        self.begin(out);
        self.column += 1;
    }

    /// Ends the cell before, if there is one.
    fn begin(&self, out: &mut Builder) {
        if self.column > 0 && self.column < MAX_COLUMNS {
            out.next_cell();
        }
    }
}

fn is_head(tree: &Tree, row: Id) -> bool {
    if tree
        .parent(row)
        .is_some_and(|parent| tree.name(parent) == "thead")
    {
        return true;
    }
    let mut cells = tree
        .children(row)
        .filter(|&c| matches!(tree.name(c), "td" | "th"))
        .peekable();
    cells.peek().is_some() && cells.all(|cell| tree.name(cell) == "th")
}

/// How the columns are set, as the first row says that holds no heads.
fn aligns(tree: &Tree, id: Id) -> Vec<Align> {
    let is_row = |&node: &Id| tree.name(node) == "tr" && !is_head(tree, node);
    let Some(row) = tree.all(id).take(4000).find(is_row) else {
        return Vec::new();
    };
    let cells = tree
        .children(row)
        .filter(|&c| matches!(tree.name(c), "td" | "th"));
    let mut aligns: Vec<Align> = cells
        .take(MAX_COLUMNS)
        .map(|cell| align(tree, cell))
        .collect();
    while aligns.pop_if(|align| *align == Align::Start).is_some() {}
    aligns
}

fn align(tree: &Tree, cell: Id) -> Align {
    let style = tree
        .attribute(cell, "style")
        .map(|s| s.replace(' ', "").to_ascii_lowercase());
    let said = style.as_deref().and_then(|style| {
        let (_, rest) = style.split_once("text-align:")?;
        rest.split(';').next()
    });
    match said.or(tree.attribute(cell, "align")) {
        Some("right" | "end") => Align::End,
        Some("center") => Align::Center,
        _ => Align::Start,
    }
}
