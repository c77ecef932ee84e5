//! `trialdeck completions`: what a shell needs to complete the command line.

use std::io::Write;

use anyhow::Result;
use clap::Args;
use clap_complete::Shell;

use super::Exit;
use crate::cli;

/// Arguments of `trialdeck completions`.
#[derive(Args, Debug)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints the completions.
///
/// # Errors
/// When the output cannot be written.
pub fn run(args: &CompletionsArgs, out: &mut dyn Write) -> Result<Exit> {
    out.write_all(&script(args.shell))?;
    Ok(Exit::Done)
}

/// A shell's script. Written to memory first: the generator takes an error of the output for one of its own.
pub fn script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut cli::public(), "trialdeck", &mut script);
    script
}
