//! Tells the program which commit it was built from (`trialdeck --version`).
//!
//! Only for release builds: a debug build would be compiled anew after every commit. Outside git, and without git, the
//! version stands alone; who packages the program may set `TRIALDECK_COMMIT`.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed=TRIALDECK_COMMIT");
    let version = env::var("CARGO_PKG_VERSION").unwrap_or_default();
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = env::var("TRIALDECK_COMMIT").ok().filter(|commit| !commit.is_empty());
    match commit.or_else(|| if is_release { packaged().or_else(checked_out) } else { None }) {
        Some(commit) => println!("cargo:rustc-env=TRIALDECK_VERSION={version} ({commit})"),
        None => println!("cargo:rustc-env=TRIALDECK_VERSION={version}"),
    }
}

/// The commit that `cargo package` has noted.
fn packaged() -> Option<String> {
    let noted = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let hash = noted.split_once("\"sha1\": \"")?.1.split('"').next()?;
    hash.get(..9).map(str::to_owned)
}

/// The commit that is checked out, and its date.
fn checked_out() -> Option<String> {
    // A folder above that happens to be in git is not this program's.
    if !Path::new(".git").exists() {
        return None;
    }
    for file in ["HEAD", "logs/HEAD"] {
        if let Some(path) = git(&["rev-parse", "--git-path", file]).filter(|path| Path::new(path).exists()) {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    git(&["show", "--no-patch", "--abbrev=9", "--format=%h %cs", "HEAD"])
}

fn git(args: &[&str]) -> Option<String> {
    let output = Command::new("git").args(args).output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!text.is_empty() && !text.contains('\n')).then_some(text)
}
