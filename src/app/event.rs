//! Everything that can happen.

use std::path::PathBuf;

use ratatui::layout::Size;

use crate::action::Action;
use crate::config::keymap::Key;
use crate::config::theme::Background;
use crate::model::article::{Article, ArticleId, Bookmark, Hit, Kept};
use crate::model::document::Document;
use crate::model::edition::Changes;
use crate::model::outline::Outline;
use crate::model::quote::Found;
use crate::model::state::{Change, State};

/// Everything that can happen.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted; never taken for keys.
    Pasted(String),
    /// The mouse did something at a cell of the screen.
    Mouse(Mouse),
    /// The screen has another size.
    Resized(Size),
    /// The time asked for by `App::due` has come.
    Due,
    /// The terminal told its background colour.
    Background(Background),
    /// The program is in front again after a suspend.
    Resumed,
    /// A program is asked to end: signal, or the terminal is gone.
    EndAsked,
    /// Articles of the library were found, or are told anew: those at a path that is known take the place of the old ones.
    /// A batch of 500 takes 2 ms to list.
    Found(Vec<Article>),
    /// Nothing lies at these paths any more, and nothing of the reader's is tied to what did.
    Gone(Vec<PathBuf>),
    /// New and changed files are being read: how many have been, how many there are as far as is known, and how many a
    /// second.
    Reading {
        /// How many have been read.
        done: usize,
        /// How many there are to read.
        all: usize,
        /// How many a second.
        rate: usize,
    },
    /// The scan is over: what could not be read of the journal, which files were left out and why, one line each.
    Scanned(Vec<String>),
    /// An article was read from its file.
    Opened(Box<Opened>),
    /// A change is on the disk. The states of the articles that it touched, as they are now.
    Saved(Change, Vec<(ArticleId, State)>),
    /// A change is not on the disk, and why.
    NotSaved(Change, String),
    /// The reader's editor has ended: the text as it is now, or why it stays as it was, in one line.
    Edited(Result<String, String>),
    /// The journal was changed by another program or machine: the states that are different now.
    StatesChanged(Vec<(ArticleId, State)>),
    /// The reader says what the titles of these articles are, and they are others than before.
    Renamed(Vec<Article>),
    /// The bookmarks of the whole library.
    Bookmarks(Vec<Kept>),
    /// Passages that were kept long ago, to be shown again.
    Resurfaced(Vec<Kept>),
    /// What a search found.
    Results(Results),
    /// A link leads to an article of the library.
    Linked {
        /// The file that holds the link.
        from: PathBuf,
        /// The article.
        to: PathBuf,
        /// The place in it.
        anchor: Option<String>,
    },
    /// Something could not be done; one line.
    Failed(String),
    /// One line to tell, that is no failure.
    Told(String),
}

/// What a search found.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// The number of the question.
    pub serial: u64,
    /// The best hits, those of an article one behind the other, the best article first.
    pub hits: Vec<Hit>,
    /// Whether there are more.
    pub is_part: bool,
    /// What the reader is to know of them, in a few words: that the index is not yet whole. Empty for nothing.
    pub note: String,
}

/// An article that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Which one.
    pub article: Article,
    /// Its text.
    pub document: Document,
    /// Its sections.
    pub outline: Outline,
    /// What the reader did with it.
    pub state: State,
    /// The bookmark to go to, if it was opened for one.
    pub bookmark: Option<Bookmark>,
    /// Where each of its bookmarks is, in the order of the state.
    pub found: Vec<Found>,
    /// What has changed in it since the reader last had it.
    pub changes: Changes,
    /// Whether this is all of it.
    pub extent: Extent,
}

/// How much of an article has been read from its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Its beginning; all of it follows.
    Start,
    /// All of it.
    Whole,
}

/// What a mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// The cell's column from 0.
    pub column: u16,
    /// The cell's row from 0.
    pub row: u16,
}

/// What a mouse can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Click,
    /// The mouse moved while the left button was down.
    Drag,
    /// The left button went up.
    Release,
    /// The wheel turned up.
    WheelUp,
    /// The wheel turned down.
    WheelDown,
}

/// Which article to open: one of the library, or whatever lies at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToOpen {
    /// Where it lies.
    pub path: PathBuf,
}

/// An action with its count, as a key gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// What is asked for.
    pub action: Action,
    /// How many times; `None` when no count was typed.
    pub count: Option<u32>,
}
