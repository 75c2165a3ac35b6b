//! The one test binary: what can only be seen from outside.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on is to panic")]

mod architecture;
mod cli;
mod docs;
mod formats;
mod harness;
mod hostile;
mod passages;
mod pty;
mod search_docs;
