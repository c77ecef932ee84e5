//! Manners on the command line: help with examples that work, completions and a manual page that keep up, versions,
//! exit codes, pipes that close early.
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::path::{Path, PathBuf};
use std::process::Stdio;

use assert_cmd::Command;
use clap::CommandFactory;
use clap_complete::Shell;
use trialdeck::cli::{self, Cli};
use trialdeck::commands::examples::EXAMPLES;
use trialdeck::commands::{completions, man};

fn trialdeck(args: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_trialdeck")).args(args).output().expect("the program runs");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    (output.status.code().expect("a code"), text(output.stdout), text(output.stderr))
}

/// The scripts in `assets`, by their file.
fn generated() -> Vec<(PathBuf, Vec<u8>)> {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let scripts = [
        ("trialdeck.bash", Shell::Bash),
        ("_trialdeck", Shell::Zsh),
        ("trialdeck.fish", Shell::Fish),
        ("_trialdeck.ps1", Shell::PowerShell),
    ];
    let scripts =
        scripts.map(|(name, shell)| (assets.join("completions").join(name), completions::script(shell)));
    let page = (assets.join("man/trialdeck.1"), man::page().expect("the page"));
    scripts.into_iter().chain([page]).collect()
}

/// `TRIALDECK_WRITE=1` writes them anew.
#[test]
fn completions_and_manual_page_keep_up_with_the_commands() {
    for (path, made) in generated() {
        if std::env::var_os("TRIALDECK_WRITE").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(&path, &made).expect("written");
        }
        let kept = std::fs::read(&path).unwrap_or_default();
        assert!(
            kept == made,
            "{} lags behind: TRIALDECK_WRITE=1 cargo test --test it -- shell",
            path.display()
        );
    }
}

#[test]
fn what_is_printed_is_what_is_kept() {
    let kept = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets").join(name);
        std::fs::read_to_string(path).expect("kept")
    };
    assert_eq!(trialdeck(&["completions", "bash"]).1, kept("completions/trialdeck.bash"));
    assert_eq!(trialdeck(&["man"]), (0, kept("man/trialdeck.1"), String::new()));
    assert_eq!(trialdeck(&["completions", "tcsh"]).0, 2);
}

#[test]
fn completions_know_every_command_and_nothing_hidden() {
    for (path, made) in generated() {
        let text = String::from_utf8(made).expect("text");
        for command in cli::public().get_subcommands() {
            assert!(text.contains(command.get_name()), "{}: {}", path.display(), command.get_name());
        }
        assert!(!text.contains("screenshot"), "{}", path.display());
    }
}

/// Where the shells are there, they must understand their scripts.
#[test]
fn the_shells_take_their_scripts() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let checks = [
        ("bash", vec!["-n", "assets/completions/trialdeck.bash"]),
        ("zsh", vec!["-n", "assets/completions/_trialdeck"]),
        ("fish", vec!["--no-execute", "assets/completions/trialdeck.fish"]),
        ("man", vec!["--warnings", "-l", "assets/man/trialdeck.1"]),
    ];
    for (shell, args) in checks {
        match std::process::Command::new(shell).args(&args).current_dir(here).output() {
            Err(_) => println!("skipped: there is no {shell} here"),
            Ok(output) => {
                let told = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success() && told.is_empty(), "{shell}: {told}");
            }
        }
    }
}

/// The words of a command line as a shell parts them, from `trialdeck` on, without where the output goes.
fn words(typed: &str) -> Vec<String> {
    let typed =
        typed.rsplit_once("| trialdeck").map_or(typed.to_owned(), |(_, rest)| format!("trialdeck{rest}"));
    let ends = [" > ", " < ", " | "].into_iter().filter_map(|sign| typed.find(sign));
    let typed = typed.get(..ends.min().unwrap_or(typed.len())).expect("a start");
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in typed.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("a word").push(letter),
        }
    }
    words
}

#[test]
fn every_command_has_examples_and_they_are_right() {
    let command = cli::public();
    for sub in command.get_subcommands() {
        assert!(
            EXAMPLES.iter().any(|(name, _)| *name == sub.get_name()),
            "{} has no examples",
            sub.get_name()
        );
        let (code, help, _) = trialdeck(&[sub.get_name(), "--help"]);
        assert!(code == 0 && help.contains("Examples:\n  trialdeck "), "{help}");
    }
    for (name, examples) in EXAMPLES {
        assert!(name.is_empty() || command.find_subcommand(name).is_some(), "there is no {name}");
        for (typed, _) in *examples {
            let parsed = Cli::command().try_get_matches_from(words(typed));
            assert!(parsed.is_ok(), "{typed}: {}", parsed.expect_err("an error"));
        }
    }
    assert!(trialdeck(&["--help"]).1.contains("curl -s URL | trialdeck -"));
}

#[test]
fn the_version_is_told_with_the_commit_where_it_is_known() {
    let (code, told, _) = trialdeck(&["--version"]);
    assert_eq!((code, told.as_str()), (0, format!("trialdeck {}\n", cli::VERSION).as_str()));
    let rest = cli::VERSION.strip_prefix(env!("CARGO_PKG_VERSION")).expect("the version");
    assert!(rest.is_empty() || (rest.starts_with(" (") && rest.ends_with(')')), "{rest}");
}

#[test]
fn a_pipe_that_closes_early_is_no_error() {
    for args in
        [&["man"][..], &["completions", "bash"], &["config", "--print-default"], &["list"], &["--help"]]
    {
        let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_trialdeck"))
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("its end");
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]), "{args:?}");
    }
}

#[test]
fn an_error_that_nobody_reads_is_no_panic() {
    let script = "exec 2>&-; \"$TRIALDECK\" list --from no/such/file";
    let status = std::process::Command::new("/bin/sh")
        .args(["-c", script])
        .env("TRIALDECK", env!("CARGO_BIN_EXE_trialdeck"))
        .status()
        .expect("a shell");
    assert_eq!(status.code(), Some(1));
}
