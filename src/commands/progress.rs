//! How far a long command has come: one line on the terminal, drawn over itself; nothing where there is none.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// The least time between two looks of the line.
const PACE: Duration = Duration::from_millis(100);
/// Before so much time has gone by, what is left cannot be told.
const UNSURE: Duration = Duration::from_secs(2);

/// The line.
#[derive(Debug)]
pub struct Meter {
    terminal: bool,
    began: Instant,
    drawn: Option<Instant>,
}

impl Meter {
    /// A line on standard error, when that is a terminal.
    pub fn new() -> Self {
        Self { terminal: io::stderr().is_terminal(), began: Instant::now(), drawn: None }
    }

    /// Tells how far it is: `done` of `all` units, and words for it. Drawn now and then.
    pub fn show(&mut self, done: u64, all: u64, words: impl FnOnce(&str) -> String) {
        if !self.terminal || self.drawn.is_some_and(|last| last.elapsed() < PACE) {
            return;
        }
        let left = left(self.began.elapsed(), done, all);
        let _ = write!(io::stderr(), "\r\x1b[K{}", words(&left));
        self.drawn = Some(Instant::now());
    }

    /// Units a second.
    pub fn rate(&self, done: u64) -> f64 {
        done as f64 / self.began.elapsed().as_secs_f64().max(1e-3)
    }

    /// Takes the line away, to tell something else.
    pub fn clear(&mut self) {
        if self.drawn.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        self.clear();
    }
}

/// The time that is left, in words; empty while it cannot be told.
fn left(gone: Duration, done: u64, all: u64) -> String {
    if done == 0 || all <= done || gone < UNSURE {
        return String::new();
    }
    let seconds = gone.as_secs_f64() * (all - done) as f64 / done as f64;
    let seconds = seconds.round() as u64;
    match seconds {
        0..120 => format!(", {seconds} s left"),
        _ => format!(", {} min left", seconds.div_ceil(60)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_left_is_told_once_it_is_known() {
        let second = Duration::from_secs(1);
        for (gone, done, all, told) in [
            (second, 1, 100, ""),
            (4 * second, 0, 100, ""),
            (4 * second, 50, 100, ", 4 s left"),
            (60 * second, 10, 100, ", 9 min left"),
            (60 * second, 100, 100, ""),
        ] {
            assert_eq!(left(gone, done, all), told, "{done} of {all}");
        }
    }
}
