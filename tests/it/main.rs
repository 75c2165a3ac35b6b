//! The one test binary.

mod pty;
