//! The one test binary: what can only be seen from outside.

mod architecture;
mod cli;
mod docs;
mod harness;
mod pty;
