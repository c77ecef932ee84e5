//! `trialdeck screenshot`: a picture of the browser after some keys. The README's is made with it.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;

use super::Exit;
use super::open::{FromArgs, Opened};
use crate::app::{Key, Model, Msg};
use crate::library::{LoadEvent, Progress};
use crate::runtime::headless;
use crate::ui::{Theme, svg};

/// Arguments of `trialdeck screenshot`.
#[derive(Args, Debug)]
pub struct ScreenshotArgs {
    /// Files, folders or archives to open; the bundled samples if none is named
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Columns and rows of the screen
    #[arg(long, default_value = "120x36", value_parser = size)]
    pub size: (u16, u16),
    /// Keys to press first: letters as they are, others by name in angle brackets (jj<enter>)
    #[arg(long, default_value = "", value_parser = keys)]
    pub keys: Keys,
    /// The SVG file to write; standard output if none is named
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Keys, one after the other.
#[derive(Clone, Debug)]
pub struct Keys(Vec<Key>);

fn keys(text: &str) -> Result<Keys, String> {
    Key::sequence(text).map(Keys)
}

fn size(text: &str) -> Result<(u16, u16), String> {
    /// Beyond this no terminal goes, and the picture would take gigabytes.
    const LARGEST: u16 = 1000;
    let sides = text.split_once('x').and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
    match sides {
        Some((w @ 1..=LARGEST, h @ 1..=LARGEST)) => Ok((w, h)),
        _ => Err(format!("columns and rows are needed, such as 120x36, at most {LARGEST} each")),
    }
}

/// Draws the screen and writes the picture.
///
/// # Errors
/// When nothing could be read, or the picture cannot be written.
pub fn run(
    args: &ScreenshotArgs,
    ascii: bool,
    out: &mut dyn Write,
    warnings: &mut dyn Write,
) -> Result<Exit> {
    let from = FromArgs { from: args.paths.clone(), demo: args.paths.is_empty(), ..FromArgs::default() };
    let Opened::Entries(trials) = from.open(warnings)? else { bail!("only records in memory are drawn") };
    let opened = super::browse::opened(&args.paths);
    let progress = Progress { records: trials.len() as u64, ..Progress::default() };
    // Without a date: the same records give the same picture on any day.
    let mut model = Model::new(opened, None);
    model.ascii = ascii;
    headless::tell(&mut model, Msg::Resize(args.size.0, args.size.1));
    headless::tell(&mut model, Msg::Load(LoadEvent::Batch(trials)));
    headless::tell(&mut model, Msg::Load(LoadEvent::Done(progress)));
    headless::press(&mut model, &args.keys.0);
    let picture = svg::draw(&headless::screen(&model, &Theme::sixteen()));
    match &args.out {
        Some(path) => std::fs::write(path, picture)
            .with_context(|| anyhow!("{}: the picture cannot be written there", path.display()))?,
        None => out.write_all(picture.as_bytes())?,
    }
    Ok(Exit::Done)
}
