//! The subcommands, one file each: glue between the command line and the rooms that do the work.
//!
//! Each takes its parsed arguments and two writers and gives an [`Exit`]; nothing here reads prose or draws.

pub mod add;
pub mod asked;
pub mod browse;
pub mod calendar;
pub mod card;
pub mod check;
pub mod compare;
pub mod completions;
pub mod config;
pub mod configured;
pub mod examples;
pub mod fetch;
mod found;
pub mod library;
pub mod list;
pub mod man;
pub mod match_patient;
pub mod open;
mod progress;
pub mod read;
pub mod readings;
pub mod screenshot;
pub mod search;
pub mod show;
pub mod told;
pub mod words;

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// How a run ended, as the command line's contract numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// Nothing could be read or found.
    Nothing,
    /// Wrong usage.
    Usage,
    /// Interrupted.
    Interrupted,
}

impl Exit {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Nothing => 1,
            Self::Usage => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

/// From now on the first Ctrl-C is noted, for commands that end in order; the second ends the program at once.
///
/// # Errors
/// When the signal cannot be waited for.
pub fn note_interrupt() -> std::io::Result<Arc<AtomicBool>> {
    let noted = Arc::new(AtomicBool::new(false));
    let code = i32::from(Exit::Interrupted.code());
    let signal = signal_hook::consts::SIGINT;
    signal_hook::flag::register_conditional_shutdown(signal, code, Arc::clone(&noted))?;
    signal_hook::flag::register(signal, Arc::clone(&noted))?;
    Ok(noted)
}

/// From now on Ctrl-C ends the program at once, with the contract's exit code. For commands that print: nothing has to
/// be put back then.
///
/// # Errors
/// When the signal cannot be waited for.
pub fn end_on_interrupt() -> std::io::Result<()> {
    let always = Arc::new(AtomicBool::new(true));
    let code = i32::from(Exit::Interrupted.code());
    signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGINT, code, always).map(drop)
}
