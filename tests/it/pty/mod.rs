//! The browser in a real pseudo-terminal: what it leaves behind, whatever ends it, and what it does while it runs.
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

mod colours;
mod desk;
mod given_back;
mod hostile;
mod idle;
mod kept;
mod keyboard;
mod library;
mod session;
mod sessions;
mod size;
mod suspend;

pub use session::Start;
