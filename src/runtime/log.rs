//! What the program did, for somebody looking for a fault: into a file, only when asked for (`--log-file`).

use std::fs::OpenOptions;
use std::path::Path;
use std::sync::Mutex;

use anyhow::{Context, Result};
use tracing::level_filters::LevelFilter;

/// Sends the program's log to the end of this file. `TRIALDECK_LOG` says how much goes in (`error`, `warn`, `info`,
/// `debug`, `trace`, `off`); otherwise, and where it is no such word, `info`.
///
/// # Errors
/// When the file cannot be written, or a log is being written already.
pub fn to_file(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
        .open(path)
        .with_context(|| format!("{}: the log cannot be written there; name another file", path.display()))?;
    let asked = std::env::var("TRIALDECK_LOG").ok();
    let level = asked.and_then(|word| word.parse().ok()).unwrap_or(LevelFilter::INFO);
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .with_writer(Mutex::new(file))
        .try_init()
        .map_err(|error| anyhow::anyhow!("the log cannot be started: {error}"))
}
