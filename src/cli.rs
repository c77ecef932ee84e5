//! The command line as clap sees it; completions and the man page are made from it.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::commands::add::AddArgs;
use crate::commands::browse::BrowseArgs;
use crate::commands::calendar::CalendarArgs;
use crate::commands::check::CheckArgs;
use crate::commands::compare::CompareArgs;
use crate::commands::config::ConfigArgs;
use crate::commands::fetch::FetchArgs;
use crate::commands::library::LibraryCommand;
use crate::commands::list::ListArgs;
use crate::commands::match_patient::MatchArgs;
use crate::commands::read::ReadArgs;
use crate::commands::screenshot::ScreenshotArgs;
use crate::commands::search::SearchArgs;
use crate::commands::show::ShowArgs;

/// Browse the arms, endpoints, schedules and eligibility of clinical trials
#[derive(Debug, Parser)]
#[command(name = "trialdeck", version, about, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to browse
    #[command(flatten)]
    pub browse: BrowseArgs,
    /// Write what the program does to the end of this file
    #[arg(long, value_name = "FILE", global = true)]
    pub log_file: Option<PathBuf>,
    /// What to do; without a subcommand, browse
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List trials
    List(ListArgs),
    /// Print one trial
    Show(ShowArgs),
    /// Run one reader over a text and print what it reads
    Read(ReadArgs),
    /// Search trials, best first
    Search(SearchArgs),
    /// Put trials side by side
    Compare(CompareArgs),
    /// Lay a trial's schedule on the calendar from a start date
    Calendar(CalendarArgs),
    /// List what a careful reader would query in records
    Check(CheckArgs),
    /// Weigh one patient's facts against the limits of many trials
    Match(MatchArgs),
    /// Add records to the library on this machine
    Add(AddArgs),
    /// Get records from ClinicalTrials.gov into the library
    Fetch(FetchArgs),
    /// Look after the library on this machine
    Library(LibraryCommand),
    /// Tell where the settings are, print the defaults, or check your own
    Config(ConfigArgs),
    /// Write a picture of the browser after some keys, as SVG
    #[command(hide = true)]
    Screenshot(ScreenshotArgs),
}
