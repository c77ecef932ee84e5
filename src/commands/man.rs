//! `trialdeck man`: the manual page, all commands on one page.

use std::io::{self, Write};

use anyhow::Result;
use clap::{Args, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::Exit;
use super::examples::{EXAMPLES, Example};
use crate::cli;

/// Arguments of `trialdeck man`.
#[derive(Args, Debug)]
pub struct ManArgs {}

/// What the parser does not know: headings with pairs of a term and what it means.
const MORE: &[(&str, &[(&str, &str)])] = &[
    (
        "EXIT STATUS",
        &[
            ("0", "Done."),
            ("1", "Nothing could be read or found, or something failed."),
            ("2", "Wrong usage."),
            ("130", "Interrupted."),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            ("NO_COLOR", "Set to anything, the browser uses no colours."),
            (
                "XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME",
                "Where settings, the library and the sheets, and state are kept.",
            ),
            ("TRIALDECK_LOG", "What --log-file writes down: error, warn, info, debug or trace."),
            ("TRIALDECK_REGISTRY", "The address of the registry that fetch and library update ask."),
            ("HTTPS_PROXY, NO_PROXY", "The way to it."),
        ],
    ),
    (
        "FILES",
        &[
            ("~/.config/trialdeck/config.toml", "Settings: keys, chords, colours and options."),
            ("~/.config/trialdeck/vocabulary/*.toml", "Words of your own for the readers."),
            ("~/.local/share/trialdeck/library", "The library."),
            ("~/.local/share/trialdeck/sheets", "Pre-screening sheets, for their owner alone."),
        ],
    ),
    (
        "NOTES",
        &[(
            "A registry record is not the protocol.",
            "It is what a sponsor entered in a registry, at some date, often shortened. For a patient, the approved protocol \
         and its amendments hold.",
        )],
    ),
];

/// Prints the page.
///
/// # Errors
/// When the output cannot be written.
pub fn run(_: &ManArgs, out: &mut dyn Write) -> Result<Exit> {
    out.write_all(&page()?)?;
    Ok(Exit::Done)
}

/// The page. It tells the version alone, not the commit, so that it changes only when the program does.
///
/// # Errors
/// Only when memory cannot be written.
pub fn page() -> io::Result<Vec<u8>> {
    let mut command = cli::public().version(env!("CARGO_PKG_VERSION")).disable_help_subcommand(true);
    command.build();
    let mut page = Vec::new();
    let man = Man::new(command.clone()).manual("User Commands");
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut commands = Roff::new();
    commands.control("SH", ["COMMANDS"]);
    commands.to_writer(&mut page)?;
    for sub in command.get_subcommands() {
        one_command(&mut page, sub)?;
    }
    ends(&command).to_writer(&mut page)?;
    Ok(once(&page))
}

/// The page with roff's own preamble at its start alone: every part brings it.
fn once(page: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(page);
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let preamble = line.starts_with(".ie ") || line.starts_with(".el ");
        if !preamble || !lines.contains(&line) {
            lines.push(line);
        }
    }
    let mut page = lines.join("\n").into_bytes();
    page.push(b'\n');
    page
}

/// A command: its name, what it does, how it is called, its options and examples.
fn one_command(page: &mut Vec<u8>, command: &Command) -> io::Result<()> {
    let mut head = Roff::new();
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    head.control("SS", [name.as_str()]);
    head.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default())]);
    head.control("PP", []);
    head.to_writer(page)?;
    let man = Man::new(command.clone());
    let mut body = Vec::new();
    man.render_synopsis_section(&mut body)?;
    man.render_options_section(&mut body)?;
    let text = String::from_utf8_lossy(&body);
    for line in text.lines() {
        match line {
            // The sections' headings: this is a part of one.
            ".SH SYNOPSIS" | ".SH OPTIONS" => {}
            line => writeln!(page, "{line}")?,
        }
    }
    for sub in command.get_subcommands() {
        one_command(page, sub)?;
    }
    Ok(())
}

fn ends(command: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    let known = |name: &str| name.is_empty() || command.find_subcommand(name).is_some();
    for (typed, does) in EXAMPLES.iter().filter(|(name, _)| known(name)).flat_map(|(_, examples)| *examples) {
        pair(&mut roff, &(typed, does));
    }
    for (heading, pairs) in MORE {
        roff.control("SH", [*heading]);
        pairs.iter().for_each(|both| pair(&mut roff, both));
    }
    roff
}

fn pair(roff: &mut Roff, (term, meaning): &Example) {
    roff.control("TP", []);
    roff.text([bold(*term)]);
    roff.text([roman(*meaning)]);
}
