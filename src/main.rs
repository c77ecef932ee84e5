//! The binary: arguments in, exit code out.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use trialdeck::cli::{Cli, Command};
use trialdeck::commands::told::Told;
use trialdeck::commands::{self, Exit};

fn main() -> ExitCode {
    let cli = Cli::of_process();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let in_ascii = cli.ascii && cli.command.as_ref().is_none_or(Command::prints_words);
    let done = if in_ascii { run(cli, &mut Told::in_ascii(&mut out)) } else { run(cli, &mut out) };
    let done = done.and_then(|exit| {
        out.flush()?;
        Ok(exit)
    });
    match done {
        Ok(exit) => exit.into(),
        // Whoever read the output has seen enough (`trialdeck list | head`).
        Err(error) if is_broken_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            // Where nobody listens any more, nobody is told.
            let _ = writeln!(Told::warnings(std::io::stderr()), "trialdeck: {error:#}");
            Exit::Nothing.into()
        }
    }
}

fn run(cli: Cli, out: &mut dyn Write) -> anyhow::Result<Exit> {
    if let Some(path) = &cli.log_file {
        trialdeck::runtime::log_to_file(path)?;
    }
    let mut warnings = Told::warnings(std::io::stderr());
    let browses = cli.command.is_none() && std::io::stdout().is_terminal();
    let writes = match &cli.command {
        Some(Command::Add(_) | Command::Fetch(_)) => true,
        Some(Command::Library(args)) => args.ends_in_order(),
        _ => false,
    };
    if !browses && !writes {
        commands::end_on_interrupt()?;
    }
    match cli.command {
        Some(Command::List(args)) => commands::list::run(&args, out, &mut warnings),
        Some(Command::Show(args)) => commands::show::run(&args, out, &mut warnings),
        Some(Command::Card(args)) => commands::card::run(&args, out, &mut warnings),
        Some(Command::Read(args)) => commands::read::run(&args, out, &mut warnings),
        Some(Command::Search(args)) => commands::search::run(&args, out, &mut warnings),
        Some(Command::Check(args)) => commands::check::run(&args, out, &mut warnings),
        Some(Command::Compare(args)) => commands::compare::run(&args, out, &mut warnings),
        Some(Command::Calendar(args)) => commands::calendar::run(&args, out, &mut warnings),
        Some(Command::Match(args)) => commands::match_patient::run(&args, out, &mut warnings),
        Some(Command::Readings(args)) => commands::readings::run(&args, out, &mut warnings),
        Some(Command::Add(args)) => commands::add::run(&args, out, &mut warnings),
        Some(Command::Fetch(args)) => commands::fetch::run(&args, out, &mut warnings),
        Some(Command::Library(args)) => commands::library::run(&args, out, &mut warnings),
        Some(Command::Config(args)) => commands::config::run(&args, out),
        Some(Command::Completions(args)) => commands::completions::run(&args, out),
        Some(Command::Man(args)) => commands::man::run(&args, out),
        Some(Command::Screenshot(args)) => commands::screenshot::run(&args, cli.ascii, out, &mut warnings),
        None => commands::browse::run(cli.browse, cli.ascii, out, &mut warnings),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = |cause: &(dyn std::error::Error + 'static)| {
        let kind = cause.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        kind.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    };
    error.chain().any(io)
}
