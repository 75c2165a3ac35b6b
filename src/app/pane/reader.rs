//! The text: where the reader is in it, and everything that moves there.

mod changes;
mod correct;
mod draw;
mod links;
mod marks;
mod moves;
mod search;
mod seen;
mod selection;

use std::collections::HashMap;

use ratatui::layout::Rect;

use crate::app::event::{Extent, Opened};
use crate::layout::{self, Line, Measure, Wrapped};
use crate::model::article::{Article, BookmarkId, Seen};
use crate::model::document::{BlockKind, Document, Position};
use crate::model::edition::Changes;
use crate::model::outline::{Outline, Section, SectionKind};
use crate::model::pace::Pace;
use crate::model::pieces::Pieces;
use crate::model::quote::{Found, Quote, fragment};
use crate::model::state::State;

pub use changes::ChangeHere;
pub use draw::{status, whole};
pub use marks::Placed;
pub use search::{Reach, Search, Side};
use seen::Watch;
pub use selection::{Selection, Unit, Way};

/// An open article and the reader's place in it.
#[derive(Debug)]
pub struct Reader {
    /// Which article.
    pub article: Article,
    /// Its text.
    pub document: Document,
    /// Its sections.
    pub outline: Outline,
    /// What the reader did with it, as the journal has it.
    pub state: State,
    /// What is looked for in it.
    pub search: Option<Search>,
    /// Whether this is all of the article.
    pub extent: Extent,
    pace: Pace,
    /// The pieces of the text by which it is known what has been seen.
    pieces: Pieces,
    /// What has been seen of each piece, in this session and before.
    seen: Vec<Seen>,
    /// The bookmarks that were found in the text, in its order.
    placed: Vec<Placed>,
    /// Where each of the state's bookmarks was found.
    found: Vec<Found>,
    /// Which of the placed ones the lines on the screen show.
    on_screen: Vec<usize>,
    /// The bookmark that was gone to or made last.
    passage: Option<BookmarkId>,
    selection: Option<Selection>,
    /// What has changed since the reader last had it.
    changes: Changes,
    /// How many bookmarks each section holds; sections without are left out.
    bookmarks_in: HashMap<usize, usize>,
    /// The position at the top of the pane: the reader's place. Only a move changes it.
    top: Position,
    /// The last top that leaves no empty rows.
    last_top: Position,
    /// The block at the margin bar.
    bar: usize,
    measure: Measure,
    wrapped: Wrapped,
    height: usize,
    /// The lines on the screen.
    lines: Vec<Line>,
    back: Vec<Position>,
    forward: Vec<Position>,
    watch: Watch,
    /// The number of the link that keys act on.
    link: Option<usize>,
}

impl Reader {
    /// Shows an article that was opened, at the place where the reader left it or at the bookmark asked for.
    pub fn open(opened: Opened, area: Rect, now: i64) -> Self {
        let Opened {
            article,
            document,
            outline,
            state,
            bookmark,
            found,
            changes,
            extent,
        } = opened;
        let pieces = Pieces::of(&document, &outline);
        let mut reader = Self {
            pace: Pace::of(&document),
            seen: vec![Seen::default(); pieces.len()],
            pieces,
            article,
            document,
            outline,
            state: State::default(),
            search: None,
            extent,
            placed: Vec::new(),
            found,
            changes,
            on_screen: Vec::new(),
            passage: None,
            selection: None,
            bookmarks_in: HashMap::new(),
            top: Position::default(),
            last_top: Position::default(),
            bar: 0,
            measure: Measure {
                width: 1,
                noise: false,
                numbers: false,
            },
            wrapped: Wrapped::default(),
            height: 1,
            lines: Vec::new(),
            back: Vec::new(),
            forward: Vec::new(),
            watch: Watch::new(now),
            link: None,
        };
        reader.top = reader.place_in(&state);
        // the document comes corrected
        reader.state.corrections.clone_from(&state.corrections);
        // … and with its bookmarks found
        reader.state.bookmarks.clone_from(&state.bookmarks);
        reader.place_bookmarks();
        reader.set_state(state);
        reader.set_area(area);
        reader.bar = reader.first_on_screen();
        if let Some(bookmark) = bookmark {
            reader.go_to_bookmark(&bookmark);
        }
        reader
    }

    /// Whether this is the beginning of an article that is whole there.
    pub fn is_start_of(&self, whole: &Self) -> bool {
        self.extent == Extent::Start && self.article.id == whole.article.id
    }

    /// Goes on where the reader is in the beginning of this same article, now that all of it is here.
    pub fn go_on_from(&mut self, start: Self) {
        let same = |block: usize| {
            let text = |reader: &Self| reader.document.blocks().get(block).map(|b| b.text.clone());
            text(self).is_some() && text(self) == text(&start)
        };
        if same(start.top.block) {
            self.top = start.top;
        } else if let Some(place) = start.progress().quote.nearest(&self.document) {
            self.top = place;
        }
        self.measure = start.measure;
        self.bar = start.bar;
        self.watch = start.watch;
        self.lay_out_anew();
    }

    /// Takes what the reader did with the article, as the journal has it now. The outline before, when corrections made it
    /// another one.
    pub fn set_state(&mut self, state: State) -> Option<Outline> {
        let is_corrected = self.state.corrections != state.corrections;
        let before = is_corrected.then(|| self.correct(&state));
        self.seen.clear();
        let seen = |key| state.seen.get(key).copied().unwrap_or_default();
        self.seen.extend(self.pieces.keys().iter().map(seen));
        self.article.status = state.status;
        self.article.bookmarks = state.bookmarks.len();
        let same_bookmarks = self.state.bookmarks == state.bookmarks;
        let known = std::mem::take(&mut self.state.bookmarks);
        self.state = state;
        if is_corrected {
            self.find_bookmarks(&[], Vec::new());
        } else if !same_bookmarks {
            let found = std::mem::take(&mut self.found);
            self.find_bookmarks(&known, found);
        }
        before
    }

    /// Tells where the text is on the screen now. The word at the top stays.
    pub fn set_area(&mut self, column: Rect) {
        self.measure.width = column.width.max(1);
        self.height = usize::from(column.height.max(1));
        self.lay_out_anew();
    }

    /// Shows or hides the lines that are not of the article. Whether they are shown now.
    pub fn toggle_noise(&mut self) -> bool {
        self.measure.noise = !self.measure.noise;
        self.lay_out_anew();
        self.measure.noise
    }

    /// How many lines of the file are folded away as noise.
    pub fn noise(&self) -> usize {
        self.document
            .blocks()
            .iter()
            .filter(|b| b.kind == BlockKind::Noise)
            .count()
    }

    /// The section being read: the one of the margin bar.
    pub fn section(&self) -> Option<usize> {
        self.outline.section_at(Position::start_of(self.bar))
    }

    /// What has been seen of a section.
    pub fn seen_of(&self, section: usize) -> Seen {
        let section = self.outline.sections.get(section);
        section.map_or_else(Seen::default, |s| self.pieces.seen_of(s, &self.seen))
    }

    /// How many bookmarks a section holds.
    pub fn bookmarks_in(&self, section: usize) -> usize {
        self.bookmarks_in.get(&section).copied().unwrap_or(0)
    }

    /// Minutes of a section.
    pub fn minutes_of(&self, section: usize) -> f32 {
        let Some(section) = self.outline.sections.get(section) else {
            return 0.0;
        };
        self.minutes_between(section.start, section.end)
    }

    /// Minutes left in the section being read, and in the article.
    pub fn minutes_left(&self) -> (f32, f32) {
        let here = self.bottom();
        let section_end = self
            .section()
            .and_then(|s| self.outline.sections.get(s))
            .map_or(here, |s| s.end);
        (
            self.minutes_between(here, section_end),
            self.minutes_between(here, self.document.end()),
        )
    }

    /// How far the reader is, in thousandths: 0 at the top, 1000 when the end is on the screen.
    pub fn thousandths(&self) -> u16 {
        let all = self.document.bytes_before(self.last_top);
        let here = self.document.bytes_before(self.top);
        if here >= all {
            1000
        } else {
            u16::try_from(here * 1000 / all).unwrap_or(1000)
        }
    }

    /// What is selected, or the paragraph at the margin bar, with where it comes from: an address that leads to the very
    /// words, where there is one, else the file.
    pub fn copied(&self) -> Option<String> {
        let (range, quote) = self.selected().or_else(|| {
            let whole = self.all_of(self.bar)?;
            Some((whole.clone(), Quote::take(&self.document, whole)))
        })?;
        let metadata = &self.document.metadata;
        let mut source = vec![self.article.title.as_str()];
        source.extend(metadata.byline.as_deref());
        source.extend(metadata.date.as_deref());
        let section = self.outline.section_at(range.start);
        let section = section.map(|section| &self.outline.sections[section]);
        let is_heading = |it: &&Section| it.kind == SectionKind::Heading;
        source.extend(section.filter(is_heading).map(|it| it.title.as_str()));
        source.retain(|part| !part.is_empty());
        let url = metadata.url.as_deref();
        let address = url.and_then(|url| fragment::link(url, &quote));
        let address = address.or_else(|| url.map(str::to_owned));
        let place = address.map_or_else(
            || format!(", {}", self.article.path.display()),
            |address| format!("\n{address}"),
        );
        Some(format!(
            "{}\n\n— {}{place}\n",
            quote.exact,
            source.join(", ")
        ))
    }

    fn minutes_between(&self, from: Position, to: Position) -> f32 {
        let bytes = self
            .document
            .bytes_before(to)
            .saturating_sub(self.document.bytes_before(from));
        self.pace.minutes(bytes)
    }

    /// Where the reader left an article: at the same words, or as near as can be told.
    fn place_in(&self, state: &State) -> Position {
        let Some(progress) = &state.progress else {
            return Position::default();
        };
        if let Some(position) = progress.quote.nearest(&self.document) {
            return position;
        }
        let bytes = self.document.len() / 1000 * usize::from(progress.thousandths);
        Position::start_of(self.document.position_at(bytes).block)
    }

    /// The position after the last word on the screen.
    fn bottom(&self) -> Position {
        self.lines.last().map_or(self.top, Line::end)
    }

    /// The text as it is laid out now.
    fn laid_out(&self) -> layout::Page<'_> {
        layout::Page {
            document: &self.document,
            measure: self.measure,
            wrapped: &self.wrapped,
        }
    }

    fn lay_out_anew(&mut self) {
        self.last_top = self.find_last_top();
        self.lines = self.laid_out().down(self.top).take(self.height).collect();
        self.find_on_screen();
    }

    /// Works out the lines on the screen after a move. The bar stays on the screen.
    fn show_lines(&mut self) {
        self.lines = self.laid_out().down(self.top).take(self.height).collect();
        self.find_on_screen();
        self.settle_bar();
    }

    /// Brings the bar back onto the screen: a resize leaves it where it was, and the reader's next step finds it there.
    pub fn settle_bar(&mut self) {
        let shown = self.lines.first().map(|l| l.block)..=self.lines.last().map(|l| l.block);
        if !shown.contains(&Some(self.bar)) {
            self.bar = self.first_on_screen();
        }
    }

    /// The first block that starts on the screen, or the one at the top.
    fn first_on_screen(&self) -> usize {
        let starts = |l: &&Line| l.bytes.start == 0 && !l.bytes.is_empty();
        let first = self.lines.iter().find(starts).or(self.lines.first());
        first.map_or(self.top.block, |l| l.block)
    }

    fn find_last_top(&self) -> Position {
        let end = self.document.end();
        let last = self.laid_out().down(end).take(1);
        let above = self.laid_out().up(end);
        let mut tail = last.chain(above).take(self.height);
        let mut top = None;
        for _ in 0..self.height {
            match tail.next() {
                Some(line) => top = Some(line.start()),
                None => return Position::default(),
            }
        }
        top.unwrap_or_default()
    }
}
