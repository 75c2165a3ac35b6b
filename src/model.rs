//! Plain values that everything else is made of. Uses nothing else of ours.

pub mod article;
pub mod correction;
pub mod document;
pub mod edition;
pub mod link;
pub mod near;
pub mod order;
pub mod outline;
pub mod pace;
pub mod pieces;
pub mod query;
pub mod quote;
pub mod state;
pub mod visible;
