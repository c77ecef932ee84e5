//! `trialdeck [PATH...]`: the browser.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;

use super::Exit;
use super::configured::When;
use super::list::{self, ListArgs};
use super::open::{FromArgs, LibraryArgs};
use super::{configured, readings, words};
use crate::app::session::{Returning, Session};
use crate::app::{Command, Model};
use crate::config::paths::Paths;
use crate::formats::RecordError;
use crate::library::{self, Library};
use crate::reading::vocabularies::Fault;
use crate::runtime::{self, Ended, Open, SessionFile};
use crate::ui::{Theme, Themes};

/// Arguments of the bare command.
#[derive(Args, Debug)]
pub struct BrowseArgs {
    /// Files, folders or archives to open, or - for standard input; if none is named the library, else the samples
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The library
    #[command(flatten)]
    pub library: LibraryArgs,
    /// Open the four bundled sample trials, even if there is a library
    #[arg(long, conflicts_with_all = ["paths", "library"])]
    pub demo: bool,
    /// Take the mouse at the start (M turns it on and off)
    #[arg(long)]
    pub mouse: bool,
    /// Colours: auto is none where NO_COLOR is set or the terminal is dumb
    #[arg(long, value_enum, value_name = "WHEN")]
    pub color: Option<When>,
    /// Start anew, not where you were when these files were open last
    #[arg(long)]
    pub fresh: bool,
    /// Use this configuration instead of your own
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Browses until the person is done; where there is no terminal to browse on, prints the list instead.
///
/// # Errors
/// When nothing that was named exists, or the program fails.
pub fn run(args: BrowseArgs, ascii: bool, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let from_stdin = args.paths.iter().any(|path| is_stdin(path));
    if from_stdin && io::stdin().is_terminal() {
        writeln!(warnings, "trialdeck: - means records from standard input, but that is the keyboard")?;
        writeln!(warnings, "pipe them in: trialdeck - < FILE")?;
        return Ok(Exit::Usage);
    }
    if !io::stdout().is_terminal() {
        let from = FromArgs { from: args.paths, library: args.library, demo: args.demo };
        let list = ListArgs { from, ..ListArgs::default() };
        return list::run(&list, out, warnings);
    }
    if let [first, ..] = args.paths.as_slice()
        && !args.paths.iter().any(|path| is_stdin(path) || path.exists())
    {
        bail!("{}: there is no such file or folder", first.display());
    }
    let named = opened(&args.paths);
    let (words, faults) = words::of_user();
    let (reviews, broken) = readings::of_user();
    let configured = configured::read(args.config.as_deref());
    let library = if args.demo || !args.paths.is_empty() { None } else { args.library.open(warnings)? };
    let was_open = match &library {
        Some(library) => Some(runtime::Opened::library(library.root())),
        None if args.paths.is_empty() => Some(runtime::Opened::samples()),
        None => runtime::Opened::paths(&args.paths),
    };
    let session = was_open
        .filter(|_| configured.session)
        .and_then(|opened| Some(SessionFile::below(&Paths::of_user()?.sessions(), opened)));
    let kept = session.as_ref().filter(|_| !args.fresh).and_then(SessionFile::read);
    let returning = kept.map(|kept| returning(kept, library.as_ref()));
    let (named, open) = match library {
        Some(mut library) => {
            library.use_words(Arc::clone(&words));
            library.use_reviews(Arc::clone(&reviews));
            ("library".to_owned(), Open::Library(Arc::new(library)))
        }
        None if args.paths.is_empty() => (named, Open::Trials(library::samples())),
        None => (named, Open::Paths(args.paths)),
    };
    let mut model = Model::new(named, Some(jiff::Zoned::now().date()));
    model.mouse = args.mouse || configured.mouse;
    model.desk.keep_days = Some(configured.keep_sheets);
    model.keymap = configured.keymap;
    model.ascii = ascii || configured.ascii;
    model.keymap.spell_arrows(model.ascii);
    let coloured = args.color.unwrap_or(configured.color).here();
    let themes = if coloured { configured.themes } else { Themes::one(Theme::mono()) };
    model.words = words;
    model.reviews = reviews;
    model.returning = returning;
    model.samples = matches!(open, Open::Trials(_));
    tell_broken(&mut model, broken);
    tell_unused(&mut model, configured.faults, "this setting is not used");
    tell_unused(&mut model, faults, "these words are not used");
    tracing::info!(version = env!("CARGO_PKG_VERSION"), opened = model.opened, "trialdeck browses");
    let ended = runtime::run(&mut model, themes, open)?;
    tracing::info!("ended: {ended:?}");
    if let (Some(file), Some(session)) = (session, Session::of(&model))
        && let Err(error) = file.write(&session)
    {
        tracing::warn!("where you were is not kept: {error}");
    }
    Ok(match ended {
        Ended::Quit => Exit::Done,
        Ended::Signal(runtime::INTERRUPT) => Exit::Interrupted,
        Ended::Signal(number) => {
            runtime::end_by(number);
            Exit::Interrupted
        }
        Ended::TerminalGone => {
            runtime::end_by(runtime::HANG_UP);
            Exit::Interrupted
        }
    })
}

/// What was kept, with the rows that its trials have in the library.
fn returning(kept: Session, library: Option<&Library>) -> Returning {
    let mut returning = Returning::new(kept);
    if let Some(library) = library {
        let row = |id: &&str| library.find(id).ok()?.first().copied();
        let rows = returning.session.ids().into_iter();
        returning.rows = rows.filter_map(|id| Some((id.to_owned(), row(&id)?))).collect();
    }
    returning
}

/// Verdicts of second readers that cannot be read are told, and left as they are.
fn tell_broken(model: &mut Model, broken: Vec<(PathBuf, String)>) {
    model.load.own.extend(broken.into_iter().map(|(path, reason)| RecordError {
        file: path.display().to_string(),
        place: None,
        reason: format!("{reason}; these verdicts are not used"),
    }));
}

/// What of the user's files cannot be used is told at the start, and kept with what could not be read.
fn tell_unused(model: &mut Model, faults: Vec<Fault>, so: &str) {
    if let Some(first) = faults.first() {
        let more = if faults.len() > 1 { format!(", and {} more", faults.len() - 1) } else { String::new() };
        let key = model.keymap.first(Command::Problems);
        model.notice = Some(format!("{first}{more} ({key} tells all)"));
    }
    model.load.own.extend(faults.into_iter().map(|fault| RecordError {
        file: fault.file,
        place: fault.line.map(|line| format!("line {line}")),
        reason: format!("{}; {so}", fault.reason),
    }));
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What is opened, in a few words.
pub(super) fn opened(paths: &[PathBuf]) -> String {
    let name = |path: &PathBuf| match path.file_name() {
        _ if is_stdin(path) => "standard input".to_owned(),
        Some(name) => name.to_string_lossy().into_owned(),
        None => path.display().to_string(),
    };
    match paths {
        [] => "samples".to_owned(),
        [only] => name(only),
        [first, rest @ ..] => format!("{} and {} more", name(first), rest.len()),
    }
}
