//! `trialdeck config`: where the settings are, what they are by default, and what in the user's own cannot be used.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use clap::Args;

use super::{Exit, configured, words};
use crate::config;
use crate::config::paths::Paths;

/// Arguments of `trialdeck config`.
#[derive(Args, Debug)]
pub struct ConfigArgs {
    /// Print every key, colour and option with its default and what it is for
    #[arg(long, conflicts_with_all = ["check", "file"])]
    pub print_default: bool,
    /// Tell everything in the configuration and in the vocabulary files that cannot be used
    #[arg(long)]
    pub check: bool,
    /// The configuration to check, instead of your own
    #[arg(value_name = "FILE", requires = "check")]
    pub file: Option<PathBuf>,
}

/// Prints the defaults, checks, or tells where things are.
///
/// # Errors
/// When the output cannot be written.
pub fn run(args: &ConfigArgs, out: &mut dyn Write) -> Result<Exit> {
    if args.print_default {
        out.write_all(config::DEFAULT.as_bytes())?;
        return Ok(Exit::Done);
    }
    if args.check {
        return check(args, out);
    }
    let Some(paths) = Paths::of_user() else {
        writeln!(out, "there is no home folder: the defaults are used, and nothing is kept")?;
        return Ok(Exit::Done);
    };
    let places = [
        ("settings", paths.settings()),
        ("own words", paths.vocabulary()),
        ("library", paths.library()),
        ("sheets", paths.sheets()),
    ];
    for (what, path) in places {
        let absent = if path.exists() { "" } else { "  (not there)" };
        writeln!(out, "{what:<10}  {}{absent}", path.display())?;
    }
    Ok(Exit::Done)
}

/// All faults at once, a line each; the exit code says whether there are any.
fn check(args: &ConfigArgs, out: &mut dyn Write) -> Result<Exit> {
    let configured = configured::read(args.file.as_deref());
    let mut faults = configured.faults;
    if args.file.is_none() {
        faults.extend(words::of_user().1);
    }
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    match (faults.len(), &configured.file) {
        (0, Some(file)) => writeln!(out, "{}: all of it can be used", file.display())?,
        (0, None) => writeln!(out, "there is no configuration: the defaults are used")?,
        _ => return Ok(Exit::Nothing),
    }
    Ok(Exit::Done)
}
