//! Everything that the program asks of the world.

use std::path::PathBuf;

use crate::model::article::{ArticleId, Bookmark};
use crate::model::link::Address;
use crate::model::query::Query;
use crate::model::state::Change;

/// Everything that the program asks of the world.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read an article; answered by `Event::Opened` or `Event::Failed`. The bookmark is handed back.
    Open(PathBuf, Option<Bookmark>),
    /// Find the articles of the library; answered by `Event::Found` as they come and `Event::Scanned`.
    Scan,
    /// Write a change to the journal; answered by `Event::Saved` or `Event::NotSaved`.
    Save(Change),
    /// List the bookmarks of the whole library; answered by `Event::Bookmarks`.
    ListBookmarks,
    /// Choose so many passages that were kept long ago; answered by `Event::Resurfaced`.
    Resurface(u16),
    /// Search the texts of the library; answered by `Event::Results` with the same number. When several are waiting, only
    /// the last one needs an answer.
    Search(Query, u64),
    /// Read what other programs and machines wrote to the journal; answered by `Event::StatesChanged`.
    ReadJournal,
    /// Find the article that a link in another one leads to; answered by `Event::Linked` or `Event::Failed`.
    Follow {
        /// The file that holds the link.
        from: PathBuf,
        /// The path as the link has it.
        path: String,
        /// The place in that article; handed back.
        anchor: Option<String>,
    },
    /// Open an address in the reader's browser; answered by `Event::Told` or `Event::Failed`.
    Browse(Address),
    /// Keep the texts of an article's blocks, to show later what stood there before; answered by nothing.
    KeepCopy(ArticleId, Vec<String>),
    /// Have a text edited in the reader's own editor, which takes the terminal meanwhile; answered by `Event::Edited`.
    Edit(String),
    /// Put text on the clipboard of the reader's terminal.
    Copy(String),
    /// Turn the mouse on or off.
    Mouse(bool),
    /// Forget what is on the screen and draw all of it.
    Redraw,
    /// Give the terminal back and stop until `fg`.
    Suspend,
    /// End.
    Quit,
}
