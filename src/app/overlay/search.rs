//! Searching the texts of the whole library: a line on which the query is typed, and what was found, by article.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position as Point, Rect};
use ratatui::style::Style;

use crate::action::Action;
use crate::app::event::Results;
use crate::app::find::Pattern;
use crate::app::line_edit::LineEdit;
use crate::app::list::List;
use crate::app::paint::{Look, put, row_style, shortened};
use crate::app::query_line::QueryLine;
use crate::layout::wrap;
use crate::model::article::{Article, Hit, Piece};
use crate::model::query::{Mistake, Over, Query};

/// The widest that it becomes, in columns.
const WIDEST: u16 = 110;
/// From so many columns on, the section stands before the words.
const SECTIONS_FROM: u16 = 56;

/// What is looked for in the library, and what was found.
#[derive(Debug, Default)]
pub struct Search {
    /// What is typed.
    pub line: LineEdit,
    query: Query,
    mistake: Option<Mistake>,
    /// The number of the question that is to be answered, or was.
    asked: u64,
    /// Whether it is still to be answered.
    is_waiting: bool,
    /// Whether it was asked before: then the same hit stays chosen.
    is_again: bool,
    hits: Vec<Hit>,
    rows: Vec<Row>,
    list: List,
    /// Whether there are more hits than these.
    is_part: bool,
    note: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    /// The article of this hit, and those that follow.
    Article(usize),
    /// A hit.
    Hit(usize),
}

impl Search {
    /// Takes what has been typed. The query to be asked with this number, if it is another one.
    pub fn typed(&mut self, next: u64) -> Option<Query> {
        let (query, mistake) = Query::typed(self.line.text(), Over::Texts);
        self.mistake = mistake;
        if query == self.query {
            return None;
        }
        self.query = query;
        // an answer that is still on its way is to the question before
        self.asked = next;
        self.is_again = false;
        self.is_waiting = !self.query.is_everything();
        if !self.is_waiting {
            self.set_hits(Vec::new());
            self.note.clear();
        }
        self.is_waiting.then(|| self.query.clone())
    }

    /// The query to be asked again with this number, if the last answer was told to be not all there is to know.
    pub fn anew(&mut self, next: u64) -> Option<Query> {
        if self.note.is_empty() || self.is_waiting {
            return None;
        }
        self.asked = next;
        self.is_waiting = true;
        self.is_again = true;
        Some(self.query.clone())
    }

    /// Takes an answer, if it is to the last question.
    pub fn answer(&mut self, results: Results) {
        if results.serial != self.asked || !self.is_waiting {
            return;
        }
        self.is_waiting = false;
        self.is_part = results.is_part;
        self.note = results.note;
        let chosen = self.chosen().filter(|_| self.is_again).cloned();
        self.set_hits(results.hits);
        let same = |hit: &Hit| {
            let place = |hit: &Hit| (hit.position, hit.in_note);
            let is_chosen =
                |old: &Hit| old.article.path == hit.article.path && place(old) == place(hit);
            chosen.as_ref().is_some_and(is_chosen)
        };
        let is_same = |row: &Row| matches!(row, Row::Hit(hit) if same(&self.hits[*hit]));
        if let Some(row) = self.rows.iter().position(is_same) {
            self.list.choose(row);
        }
    }

    fn set_hits(&mut self, hits: Vec<Hit>) {
        self.hits = hits;
        self.rows.clear();
        for (i, hit) in self.hits.iter().enumerate() {
            let before = i.checked_sub(1).map(|before| &self.hits[before].article.id);
            if before != Some(&hit.article.id) {
                self.rows.push(Row::Article(i));
            }
            self.rows.push(Row::Hit(i));
        }
        self.list.set_len(self.rows.len());
        self.list.top = 0;
        self.list.choose(1);
    }

    /// The chosen hit.
    pub fn chosen(&self) -> Option<&Hit> {
        match self.rows.get(self.list.chosen)? {
            Row::Hit(hit) | Row::Article(hit) => self.hits.get(*hit),
        }
    }

    /// What is to be shown in the text of a hit.
    pub fn pattern(&self) -> Option<Pattern> {
        Pattern::of_words(&self.query.words())
    }

    /// Moves in the list. Whether the action was a move.
    pub fn moves(&mut self, action: Action, count: usize) -> bool {
        let before = self.list.chosen;
        let is_move = self.list.moves(action, count);
        if is_move {
            self.leave_article(before);
        }
        is_move
    }

    /// The name of an article is passed over in the direction of the move.
    fn leave_article(&mut self, before: usize) {
        if !matches!(self.rows.get(self.list.chosen), Some(Row::Article(_))) {
            return;
        }
        if self.list.chosen < before && self.list.chosen > 0 {
            self.list.up(1);
        } else {
            // the name of the first article stays on the screen
            let top = self.list.top;
            self.list.down(1);
            if self.list.chosen < top + self.list.height() {
                self.list.top = top;
            }
        }
    }

    /// Chooses the row at a cell of the screen. Whether a hit is there.
    pub fn choose_at(&mut self, screen: Rect, at: Point) -> bool {
        let area = area(screen);
        let first = area.y + 3;
        if !area.contains(at) || at.y < first {
            return false;
        }
        let row = self.list.top + usize::from(at.y - first);
        let is_hit = self.list.shown().contains(&row);
        if is_hit {
            self.list.choose(row);
            self.leave_article(row);
        }
        is_hit
    }

    /// Whether a cell of the screen is in it.
    pub fn contains(screen: Rect, at: Point) -> bool {
        area(screen).contains(at)
    }

    /// Of the articles that were found, the one after or before this one: its first hit, and chooses that.
    pub fn beside(&mut self, article: &Article, forward: bool) -> Option<&Hit> {
        let of_article = |row: &Row| match row {
            Row::Article(hit) => self.hits[*hit].article.id == article.id,
            Row::Hit(_) => false,
        };
        let here = self.rows.iter().position(of_article)?;
        let is_article = |row: &Row| matches!(row, Row::Article(_));
        let found = if forward {
            let after = self.rows[here + 1..].iter().position(is_article)?;
            here + 1 + after
        } else {
            self.rows[..here].iter().rposition(is_article)?
        };
        self.list.choose(found + 1);
        self.chosen()
    }

    /// Tells how large the screen is.
    pub fn set_area(&mut self, screen: Rect) {
        let height = area(screen).height.saturating_sub(4);
        self.list.set_height(usize::from(height));
    }

    /// Draws it; where the cursor goes.
    pub fn draw(&self, buffer: &mut Buffer, screen: Rect, look: &Look) -> Point {
        let inner = super::frame_in(buffer, area(screen), "Search the library", look);
        let row = |y: u16| Rect {
            y,
            height: u16::from(y < inner.bottom()),
            ..inner
        };
        let note = self.note();
        let line = QueryLine {
            label: "",
            line: &self.line,
            over: Over::Texts,
            mistake: self.mistake.as_ref(),
            note: &note,
        };
        let cursor = line.draw(buffer, row(inner.y), row(inner.y + 1), look);
        for (y, row) in (inner.y + 2..inner.bottom()).zip(self.list.shown()) {
            let line = Rect {
                y,
                height: 1,
                ..inner
            };
            match self.rows[row] {
                Row::Article(hit) => draw_article(buffer, line, &self.hits[hit].article, look),
                Row::Hit(hit) => draw_hit(buffer, line, &self.hits[hit], look),
            }
            if row == self.list.chosen {
                row_style(buffer, inner, y, look.theme.selected);
            }
        }
        cursor
    }

    /// What was found, in words.
    fn note(&self) -> String {
        let articles = self.rows.len() - self.hits.len();
        let s = |count: usize| if count == 1 { "" } else { "s" };
        let found = match self.hits.len() {
            _ if self.query.is_everything() => String::new(),
            0 if self.is_waiting => "looking …".to_owned(),
            0 => "nothing found".to_owned(),
            hits if self.is_part => {
                format!("the best {hits} hits, in {articles} article{}", s(articles))
            }
            hits => format!("{hits} hit{} in {articles} article{}", s(hits), s(articles)),
        };
        match (found.is_empty(), self.note.is_empty()) {
            (false, false) => format!("{found} · {}", self.note),
            _ => format!("{found}{}", self.note),
        }
    }
}

/// Where it lies on the screen.
fn area(screen: Rect) -> Rect {
    let width = screen.width.min(WIDEST);
    let height = super::height(screen);
    Rect {
        x: screen.x + (screen.width - width) / 2,
        y: screen.y + (screen.height - height) / 2,
        width,
        height,
    }
}

fn draw_article(buffer: &mut Buffer, area: Rect, article: &Article, look: &Look) {
    let place = match (&article.author, article.folder.as_str()) {
        (Some(author), _) => author.as_str(),
        (None, folder) => folder,
    };
    let place = shortened(place, area.width / 3, look.glyphs.ellipsis);
    let width = wrap::width(&place);
    let at = (area.right().saturating_sub(width), area.y);
    put(buffer, at, width, &place, look.theme.dim);
    let room = area.width.saturating_sub(width + 2);
    let title = shortened(&article.title, room, look.glyphs.ellipsis);
    put(buffer, (area.x, area.y), room, &title, look.theme.heading);
}

fn draw_hit(buffer: &mut Buffer, area: Rect, hit: &Hit, look: &Look) {
    let mut x = area.x + 2;
    if hit.in_note {
        x += put(buffer, (x, area.y), 2, look.glyphs.bookmark, look.sign()) + 1;
    }
    let is_named = !hit.section.title.is_empty() && hit.section.title != hit.article.title;
    if area.width >= SECTIONS_FROM {
        let room = (area.width / 4).min(24);
        if is_named {
            let section = shortened(&hit.section.title, room, look.glyphs.ellipsis);
            put(buffer, (x, area.y), room, &section, look.theme.dim);
        }
        x = area.x + 2 + room + 2;
    }
    let rest = Rect {
        x,
        width: area.right().saturating_sub(x),
        ..area
    };
    let (text, found) = (look.theme.text, look.theme.hit);
    draw_pieces(buffer, rest, &hit.snippet, (text, found), look);
}

/// Draws a snippet so that its first hit can be seen.
fn draw_pieces(
    buffer: &mut Buffer,
    area: Rect,
    pieces: &[Piece],
    styles: (Style, Style),
    look: &Look,
) {
    let mut x = area.x;
    let before = pieces
        .first()
        .filter(|piece| !piece.is_hit && pieces.len() > 1);
    for (i, piece) in pieces.iter().enumerate() {
        let style = if piece.is_hit { styles.1 } else { styles.0 };
        let text = match before {
            Some(_) if i == 0 => tail(&piece.text, area.width / 3, look.glyphs.ellipsis),
            _ => piece.text.clone(),
        };
        let left = area.right().saturating_sub(x);
        let shown = shortened(&text, left, look.glyphs.ellipsis);
        x += put(buffer, (x, area.y), left, &shown, style);
        if shown != text {
            return;
        }
    }
}

/// The end of a text that fits into so many cells, from a word on.
fn tail(text: &str, room: u16, ellipsis: &str) -> String {
    if wrap::width(text) <= room {
        return text.to_owned();
    }
    let starts = text.match_indices(' ').map(|(i, _)| &text[i + 1..]);
    let fits = |tail: &&str| wrap::width(tail) + 1 < room;
    let tail = starts.into_iter().find(fits).unwrap_or("");
    format!("{ellipsis}{tail}")
}
