//! The parts of the screen that stay: each with its state, what an action does to it, and how it is drawn.

pub mod bookmarks;
pub mod contents;
pub mod library;
pub mod reader;

/// Minutes in a list: `3m`; under one, `<1m`.
fn reader_minutes(minutes: f32) -> String {
    match reader::whole(minutes) {
        0 | 1 if minutes < 0.5 => "<1m".to_owned(),
        whole => format!("{whole}m"),
    }
}
