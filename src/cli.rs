//! The command line as clap sees it; completions and the man page are made from it.

use std::path::PathBuf;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::commands::add::AddArgs;
use crate::commands::browse::BrowseArgs;
use crate::commands::calendar::{CalendarArgs, CalendarFormat};
use crate::commands::card::CardArgs;
use crate::commands::check::{CheckArgs, CheckFormat};
use crate::commands::compare::{CompareArgs, CompareFormat};
use crate::commands::completions::CompletionsArgs;
use crate::commands::config::ConfigArgs;
use crate::commands::examples;
use crate::commands::fetch::FetchArgs;
use crate::commands::library::LibraryCommand;
use crate::commands::list::{ListArgs, ListFormat};
use crate::commands::man::ManArgs;
use crate::commands::match_patient::{MatchArgs, MatchFormat};
use crate::commands::read::ReadArgs;
use crate::commands::readings::ReadingsCommand;
use crate::commands::screenshot::ScreenshotArgs;
use crate::commands::search::{SearchArgs, SearchFormat};
use crate::commands::show::{ShowArgs, ShowFormat};

/// The version, and the commit of a release build.
pub const VERSION: &str = env!("TRIALDECK_VERSION");

/// Browse the arms, endpoints, schedules and eligibility of clinical trials
#[derive(Debug, Parser)]
#[command(name = "trialdeck", version = VERSION, about, args_conflicts_with_subcommands = true)]
pub struct Cli {
    /// What to browse
    #[command(flatten)]
    pub browse: BrowseArgs,
    /// Write what the program does to the end of this file
    #[arg(long, value_name = "FILE", global = true)]
    pub log_file: Option<PathBuf>,
    /// Draw, and print words, with ASCII characters only: for terminals without others and for screen readers
    #[arg(long, global = true)]
    pub ascii: bool,
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
    /// Put one trial on a page to print: who gets what, when, how it is measured, who may enter
    Card(CardArgs),
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
    /// Share second readers' verdicts on what was read
    Readings(ReadingsCommand),
    /// Look after the library on this machine
    Library(LibraryCommand),
    /// Tell where the settings are, print the defaults, or check your own
    Config(ConfigArgs),
    /// Print what a shell needs to complete the command line
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
    /// Write a picture of the browser after some keys, as SVG
    #[command(hide = true)]
    Screenshot(ScreenshotArgs),
}

impl Command {
    /// Whether it prints words for people, and not data, or a text in a form of its own.
    pub fn prints_words(&self) -> bool {
        match self {
            Self::List(args) => args.format == ListFormat::Table,
            Self::Show(args) => args.format == ShowFormat::Text,
            Self::Search(args) => args.format == SearchFormat::Table,
            Self::Compare(args) => args.format == CompareFormat::Text,
            Self::Calendar(args) => args.format == CalendarFormat::Text,
            Self::Check(args) => args.format == CheckFormat::Text,
            Self::Match(args) => args.format == MatchFormat::Text,
            Self::Add(_) | Self::Fetch(_) | Self::Library(_) => true,
            _ => false,
        }
    }
}

impl Cli {
    /// Reads the command line; ends the program where it is wrong, or asks for help.
    pub fn of_process() -> Self {
        let matches = examples::add_to(Self::command()).get_matches();
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }
}

/// The command line without what is for this program's own developers.
pub fn public() -> clap::Command {
    let whole = examples::add_to(Cli::command());
    let shown = whole.get_subcommands().filter(|command| !command.is_hide_set()).cloned();
    let bare = clap::Command::new("trialdeck")
        .version(VERSION)
        .about(whole.get_about().cloned().unwrap_or_default())
        .args_conflicts_with_subcommands(true)
        .args(whole.get_arguments().cloned())
        .subcommands(shown);
    examples::add_to(bare)
}
