//! Time from starting the program to its first content with the samples on the screen, in a real pseudo-terminal.
//!
//! `cargo bench --bench startup` prints it. The aim is 30 ms at the median.
//! It also prints the size of the program, which is to stay under 20 MB.

use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use portable_pty::{CommandBuilder, PtySize, native_pty_system};

/// A sample's words that are on the screen as soon as there is content.
const CONTENT: &str = "toripalimab";
const RUNS: usize = 31;

fn main() -> Result<()> {
    // `cargo test --benches` only wants to know that it runs.
    let runs = if std::env::args().any(|arg| arg == "--bench") { RUNS } else { 1 };
    // A home of its own: nothing that somebody has kept is found there.
    let home = tempfile::tempdir()?;
    let mut times: Vec<Duration> = (0..runs).map(|_| first_content(home.path())).collect::<Result<_>>()?;
    times.sort_unstable();
    let millis = |time: &Duration| time.as_secs_f64() * 1000.0;
    println!(
        "first content with the samples: median {:.1} ms, fastest {:.1} ms, slowest {:.1} ms ({runs} starts; aim: 30 ms)",
        millis(&times[times.len() / 2]),
        millis(&times[0]),
        millis(&times[times.len() - 1]),
    );
    let bytes = std::fs::metadata(env!("CARGO_BIN_EXE_trialdeck"))?.len();
    println!("the program: {:.1} MB (aim: 20 MB)", bytes as f64 / 1e6);
    Ok(())
}

fn first_content(home: &Path) -> Result<Duration> {
    let size = PtySize { rows: 40, cols: 140, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size)?;
    let mut reader = pair.master.try_clone_reader()?;
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_trialdeck"));
    command.arg("--demo");
    command.env("TERM", "xterm-256color");
    for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"] {
        command.env(name, home);
    }
    let start = Instant::now();
    let mut child = pair.slave.spawn_command(command)?;
    let mut seen = Vec::new();
    let mut buffer = [0; 65536];
    while !String::from_utf8_lossy(&seen).contains(CONTENT) {
        let read = reader.read(&mut buffer)?;
        ensure!(read > 0, "the program ended early");
        seen.extend_from_slice(&buffer[..read]);
    }
    let time = start.elapsed();
    child.kill()?;
    child.wait()?;
    Ok(time)
}
