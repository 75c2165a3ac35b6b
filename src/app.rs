//! The program's state: `update` alone changes it, `draw` shows it.

pub mod effect;
pub mod event;
