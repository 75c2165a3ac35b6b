//! The library pane without the rest of the program.
