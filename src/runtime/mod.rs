//! The terminal's owner: takes the terminal and gives it back, waits for keys, signals and workers, carries out
//! the effects the app asks for, and draws.
//!
//! Everything that happens arrives over bounded channels, so the loop sleeps until there is something to do: no
//! tick, no polling, no write while nothing changes. What a key means is the app's business, how things look the ui's.

mod arranger;
mod background;
mod clipboard;
mod event_loop;
mod export;
mod fault;
pub mod headless;
mod input;
mod keeper;
mod librarian;
mod load;
mod local;
mod log;
mod newest;
mod notebook_file;
mod panic;
mod patient;
mod reader;
mod seeker;
mod session_file;
mod signals;
mod tallier;
mod terminal;
mod viewer;
mod watcher;
mod weigher;
mod worker;

pub use background::told_by as background_told_by;
pub use event_loop::{Ended, Open, run};
pub use log::to_file as log_to_file;
pub use session_file::{Opened, SessionFile};
pub use signals::{HANG_UP, INTERRUPT, end_by};
