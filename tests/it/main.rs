//! The one test binary: what can only be seen from outside.

mod architecture;
mod docs;
mod pty;
