//! liseuse: the best place to read in a terminal.
//!
//! The words of the code are those of the screen:
//!
//! ```text
//!   Contents                  │ ◆▎ Pulleys and a single wire     ◆ the sign of a bookmark
//!                             │  ▎                               ▎ the margin bar: the paragraph that keys act on
//!  ● The Brass            1m  │    Thomson's answer, built in    ┐
//!    Computers                │    1872 and 1873, has the charm  │ a block, wrapped into lines of the measure
//!  ◐ Pulleys and a     ◆1 1m  │    of a thing that explains      │
//!    single wire              │    itself.                       ┘
//!  ○ The harbour called   1m  │                                  the end of the block is a line, too
//!    ┊ a section: unseen,     │    Each wave is a wheel turning
//!      partly seen or read    │    at the right speed.           a position: a block and a byte in it
//!  Pulleys and a single wire           2 min left · 49 %          the status line; where notices and prompts go
//! ```
//!
//! The contents and the text are panes; the help, the palette, a prompt and a question are overlays. What the reader
//! does goes to the journal; all else can be worked out again. The modules in reading order:

pub mod model;

pub mod action;

pub mod formats;

pub mod layout;

pub mod config;

pub mod journal;

pub mod store;

pub mod library;

pub mod app;

pub mod tui;

pub mod cli;
