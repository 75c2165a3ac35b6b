//! What the reader did with an article: the facts the journal keeps, and what they add up to.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::article::{ArticleId, Bookmark, BookmarkId, Progress, SectionKey, Seen, Status};
use super::correction::Correction;
use super::edition::Edition;

/// One thing the reader did with an article: what a line of the journal says.
#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    /// The article of this id lay at this path with this content (see `library`), under this title.
    Known {
        /// Relative to the library folder where it lies in it, else absolute; `/`-separated.
        path: String,
        /// The hash of its content.
        content: String,
        /// Its title, for showing when the file is gone.
        title: String,
    },
    /// Unread, begun or read. [`Fact::Status`] of [`Status::Unread`] also forgets which sections were seen before. The
    /// percentage of [`Status::Begun`] is not kept here: it follows from the progress.
    Status(Status),
    /// Where the reader is.
    Progress(Progress),
    /// More of a section has been seen.
    Seen(SectionKey, Seen),
    /// A bookmark was added, or edited as a whole.
    Bookmark(Bookmark),
    /// A bookmark was removed.
    BookmarkRemoved(BookmarkId),
    /// A block is what the reader says. Of several about the same quote the newest counts.
    Correction(Correction),
    /// The text as the reader has it now.
    Edition(Arc<Edition>),
}

/// What the facts about one article add up to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// How far the reader is.
    pub status: Status,
    /// Where the reader is.
    pub progress: Option<Progress>,
    /// What has been seen of which section.
    pub seen: BTreeMap<SectionKey, Seen>,
    /// The bookmarks, in the order they were made.
    pub bookmarks: Vec<Arc<Bookmark>>,
    /// What the reader says that blocks are, in the order in which it was said, one for each quoted block; what was taken
    /// back stands there as [`Said::Nothing`](super::correction::Said::Nothing).
    pub corrections: Vec<Correction>,
    /// The text as the reader last had it; `None` when that was never written down.
    pub edition: Option<Arc<Edition>>,
    /// When the reader was last in it, in milliseconds since 1970; 0 for never.
    pub last_read: i64,
}

/// Something that the reader changes, and how to take it back.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The facts that make it.
    pub does: Vec<(ArticleId, Fact)>,
    /// The facts that take it back.
    pub undoes: Vec<(ArticleId, Fact)>,
    /// What it was, for a notice: `bookmarked “Wang a souligné …”`. Empty for what goes on unasked (progress).
    pub words: String,
}

impl Change {
    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            does: self.undoes.clone(),
            undoes: self.does.clone(),
            words: self.words.clone(),
        }
    }
}
