//! The subcommands, one file each: glue between the command line and the rooms that do the work.
//!
//! Each takes its parsed arguments and two writers and gives an [`Exit`]; nothing here reads prose or draws.

pub mod browse;
pub mod compare;
pub mod list;
pub mod open;
pub mod read;
pub mod screenshot;
pub mod search;
pub mod show;

use std::process::ExitCode;

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

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Nothing => 1,
            Exit::Usage => 2,
            Exit::Interrupted => 130,
        })
    }
}
