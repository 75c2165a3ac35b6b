//! Everything a reader can ask for. Names, help text, palette, manual and key tables all come from this one enum: an
//! action's name is the variant in snake case, its help is its first doc line.

use std::collections::HashMap;
use std::sync::LazyLock;

use clap::ValueEnum;

/// Every action by its name: a few hundred keys ask for them at each start.
static BY_NAME: LazyLock<HashMap<String, Action>> = LazyLock::new(|| {
    let all = Action::all().iter();
    all.map(|action| (action.name(), *action)).collect()
});

/// Everything a reader can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Action {
    /// Do nothing; frees a key
    Nothing,
    /// Show the keys that work here
    Help,
    /// Find an action by its name
    Palette,
    /// Close what is innermost; quit at the outermost
    Close,
    /// Back out one level; never quits
    Back,
    /// Quit at once
    Quit,
    /// Go to the next pane
    NextPane,
    /// Go to the previous pane
    PreviousPane,
    /// Go to the library
    Library,
    /// Go to the contents
    Contents,
    /// Go to the text
    Text,
    /// Go to the bookmarks
    Bookmarks,
    /// Show or hide the contents
    ToggleContents,
    /// Show the text alone, or everything again
    Zen,
    /// Take back the last change
    Undo,
    /// Make the change again that was taken back
    Redo,
    /// Draw the screen anew
    Redraw,
    /// Go back to the shell; `fg` returns
    Suspend,
    /// Take the next theme
    NextTheme,
    /// Search here
    Search,
    /// Search the texts of the whole library, or return to what was found
    SearchLibrary,
    /// Go to the next hit
    NextHit,
    /// Go to the previous hit
    PreviousHit,
    /// Let the mouse scroll and click, or leave it to the terminal's own selection
    ToggleMouse,

    /// Move down a line
    Down,
    /// Move up a line
    Up,
    /// Move down half a page
    HalfPageDown,
    /// Move up half a page
    HalfPageUp,
    /// Move down a page
    PageDown,
    /// Move up a page
    PageUp,
    /// Go to the top
    Top,
    /// Go to the end
    End,
    /// Open what is chosen
    Open,

    /// Continue the article that was read last
    ContinueLast,
    /// Mark the article or the selected ones read, or unread again
    ToggleRead,
    /// Mark all the articles shown as read
    MarkAllRead,
    /// Choose the next unread article
    NextUnread,
    /// Choose the previous unread article
    PreviousUnread,
    /// Show only the articles that a query asks for
    Filter,
    /// Sort by newest, title, author, folder, length, state or last read in turn
    Sort,
    /// List the articles by folder, or all together
    ToggleFolders,
    /// Select the article, or no longer, and go to the next
    Select,
    /// Select from here to where you go; again keeps it selected
    SelectRange,

    /// Fold the section
    Fold,
    /// Unfold the section
    Unfold,
    /// Fold all sections
    FoldAll,
    /// Unfold all sections
    UnfoldAll,

    /// Go to the next paragraph
    NextParagraph,
    /// Go to the previous paragraph
    PreviousParagraph,
    /// Go to the next section
    NextSection,
    /// Go to the previous section
    PreviousSection,
    /// Go to a percentage of the text: a count goes before
    GoToPercent,
    /// Go back to where you were before the last jump
    JumpBack,
    /// Go forward again
    JumpForward,
    /// Open the next unread article
    NextArticle,
    /// Open the previous unread article
    PreviousArticle,

    /// Show letters that lead to the links; a count follows the link of that number
    LinkHints,
    /// Follow the link: to a note, a place, another article, or out after a question
    FollowLink,
    /// List the links of the article
    LinkList,
    /// Open the link in the browser, after showing its real host
    OpenLink,
    /// Open the page that the article comes from in the browser
    OpenSource,
    /// Go to the next link
    NextLink,
    /// Go to the previous link
    PreviousLink,
    /// Show or hide the numbers of links in the text
    ToggleNumbers,

    /// Select a sentence; again: a word, then the paragraph
    SelectText,
    /// Select the paragraph, or all of them that are touched
    SelectParagraphs,
    /// Select the next sentence, word or paragraph
    NextUnit,
    /// Select the previous sentence, word or paragraph
    PreviousUnit,
    /// Take one word more
    ExtendWord,
    /// Take one word less, or one more before the start
    ExtendWordBack,
    /// Take one sentence more
    ExtendSentence,
    /// Take one sentence less, or one more before
    ExtendSentenceBack,
    /// Take one paragraph more
    ExtendParagraph,
    /// Take one paragraph less, or one more before
    ExtendParagraphBack,
    /// Move the other end of what is selected from now on
    SwapEnds,
    /// Highlight what is selected, as you did last
    Highlight,
    /// Highlight as the first kind: the selection or passage
    #[value(name = "highlight_1")]
    Highlight1,
    /// Highlight as the second kind: the selection or passage
    #[value(name = "highlight_2")]
    Highlight2,
    /// Highlight as the third kind: the selection or passage
    #[value(name = "highlight_3")]
    Highlight3,
    /// Highlight as the fourth kind: the selection or passage
    #[value(name = "highlight_4")]
    Highlight4,
    /// Highlight as the fifth kind: the selection or passage
    #[value(name = "highlight_5")]
    Highlight5,
    /// Make the passage a plain bookmark
    PlainBookmark,
    /// Give the passage tags
    Tag,
    /// Bookmark the paragraph at the margin bar, or what is selected; again removes it
    Bookmark,
    /// Mark this place with a letter: a–z for this article, A–Z for all
    SetMark,
    /// Go to the place marked with a letter; twice the key goes back
    GoToMark,
    /// Go to the next bookmark
    NextBookmark,
    /// Go to the previous bookmark
    PreviousBookmark,
    /// Copy what is selected, the address of the link, or the paragraph with its source
    Copy,
    /// Write a note to the passage
    Note,
    /// Keep the note and close it
    SaveNote,
    /// Close the note and leave it as it was
    GiveUpNote,
    /// Write the note in your own editor (`$VISUAL`, `$EDITOR`)
    EditOutside,
    /// Remove the bookmark or highlight
    Remove,
    /// Show the bookmarks of this article, or of the whole library
    ToggleScope,
    /// List the bookmarks of the library by article, or the newest first
    ToggleOrder,
    /// Choose what becomes of a passage that was lost or has changed
    Settle,
    /// Go to the next change since you read it
    NextChange,
    /// Go to the previous change since you read it
    PreviousChange,
    /// Show word by word what has changed in the paragraph or passage
    Difference,

    /// Say that the paragraph is a heading, a count gives the level; again: none
    MarkHeading,
    /// Say that the paragraph is the title
    MarkTitle,
    /// Say that the paragraph is text: no heading, not the title, no noise
    MarkText,
    /// Say that the paragraph is not of the article; again: that it is
    MarkNoise,
    /// Give the heading a higher level
    RaiseHeading,
    /// Give the heading a lower level
    LowerHeading,

    /// Make the text wider
    Wider,
    /// Make the text narrower
    Narrower,
    /// Give the text its usual width
    DefaultWidth,
    /// Show or hide the status line
    ToggleStatus,
    /// Show or hide lines of the web page that are not of the article
    ToggleNoise,
}

impl Action {
    /// Every action, in the order of the help.
    pub fn all() -> &'static [Self] {
        Self::value_variants()
    }

    /// Its name, as `config.toml` and the palette have it: `next_section`.
    pub fn name(self) -> String {
        self.to_possible_value()
            .map(|v| v.get_name().to_owned())
            .unwrap_or_default()
    }

    /// What it does, in one line.
    pub fn help(self) -> String {
        self.to_possible_value()
            .and_then(|v| v.get_help().map(ToString::to_string))
            .unwrap_or_default()
    }

    /// The action of this name.
    pub fn named(name: &str) -> Option<Self> {
        BY_NAME.get(name).copied()
    }
}
