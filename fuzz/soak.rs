//! A long sitting in one minute's typing: random keys, clicks, pastes and sizes through the real update loop over real
//! records, a frame drawn and encoded after each. Ends with 1 if memory grows; a panic tells the seed and what came before.
//!
//! `cargo run --release --example soak -- [ACTS [SEED [PATH...]]]`: 200,000 acts over 300 records of `../shared/data` (the samples where
//! that is missing), unless told otherwise.

#![allow(clippy::expect_used, reason = "a tool for developers ends with what went wrong")]

mod acts;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::{KeyModifiers, MouseEvent, MouseEventKind};
use fastrand::Rng;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use trialdeck::app::{Key, Model, Msg};
use trialdeck::library::{Cancel, Entry, LoadEvent, Progress, load_all, samples};
use trialdeck::runtime::headless;
use trialdeck::ui::{self, Theme};

const ACTS: u64 = 200_000;
/// Trials that are opened: enough for every kind of record, few enough that their readings fit.
const TRIALS: usize = 300;
/// What memory may grow by after the first two fifths: until then caches fill, and the allocator comes to hold what it
/// needs at most.
const GROWTH: f64 = 1.10;
/// Shown when an act panics.
const REMEMBERED: usize = 60;
const PASTED: &[&str] =
    &["lung phase<=2", "\u{1b}[31m\u{202e}", "2026-12-01\n", "B7, 61 f, ecog 1", "((\"", "\u{0}患者e\u{301}"];

/// A way to start over: without it a soak soon sits in one dialog.
const HOME: &str = "<esc><esc><esc><esc><esc>";

fn main() {
    let mut args = std::env::args().skip(1);
    let acts = args.next().map_or(ACTS, |text| text.parse().expect("ACTS is a number"));
    let seed = args.next().map_or(1, |text| text.parse().expect("SEED is a number"));
    let entries = trials(args.map(PathBuf::from).collect());
    println!("{acts} acts over {} trials, seed {seed}", entries.len());
    let mut soak = Soak::over(entries);
    let mut rng = Rng::with_seed(seed);
    let (mut level, mut slowest) = (None, (Duration::ZERO, String::new()));
    let begin = Instant::now();
    for step in 1..=acts {
        let act = any(&mut rng);
        let start = Instant::now();
        soak.act(act);
        if start.elapsed() > slowest.0 {
            slowest = (start.elapsed(), soak.last());
        }
        if step % (acts / 10).max(1) == 0 {
            println!(
                "{:>9} acts  {:>7.1} s  anonymous memory {:>6.0} MB",
                step,
                begin.elapsed().as_secs_f64(),
                anonymous()
            );
        }
        if step == acts * 2 / 5 {
            level = Some(anonymous());
        }
    }
    println!("slowest act {:.0} ms: {}", slowest.0.as_secs_f64() * 1000.0, slowest.1);
    let (level, end) = (level.unwrap_or_else(anonymous), anonymous());
    println!(
        "memory after two fifths {level:.0} MB, at the end {end:.0} MB (limit {:.0} MB)",
        level * GROWTH
    );
    if end > level * GROWTH {
        std::process::exit(1);
    }
}

/// The trials to sit before, with all their prose read: what a soak measures is the browser, not the cache of readings.
fn trials(paths: Vec<PathBuf>) -> Vec<Arc<Entry>> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ctgov_v2_json");
    let paths = if paths.is_empty() && shared.is_dir() { vec![shared] } else { paths };
    let mut entries = if paths.is_empty() { samples() } else { load_all(&paths, &Cancel::new()).entries };
    entries.truncate(TRIALS);
    entries.iter().for_each(|entry| {
        entry.readings();
    });
    entries
}

enum Act {
    Keys(String),
    Home,
    Resize(u16, u16),
    Paste(&'static str),
    Mouse(MouseEventKind, u16, u16),
}

fn any(rng: &mut Rng) -> Act {
    let letters: Vec<char> = acts::LETTERS.chars().collect();
    match rng.u8(..100) {
        0..=49 => Act::Keys(rng.choice(letters).map(String::from).unwrap_or_default()),
        50..=87 => Act::Keys(rng.choice(acts::NAMED).map(|name| (*name).to_owned()).unwrap_or_default()),
        88..=90 => Act::Home,
        91..=92 => Act::Resize(rng.u16(1..300), rng.u16(1..80)),
        93 => Act::Paste(rng.choice(PASTED).copied().unwrap_or_default()),
        _ => Act::Mouse(
            rng.choice(acts::MOUSE).copied().unwrap_or(MouseEventKind::Moved),
            rng.u16(..300),
            rng.u16(..80),
        ),
    }
}

struct Soak {
    model: Model,
    kept: headless::Kept,
    theme: Theme,
    terminal: Terminal<CrosstermBackend<std::io::Sink>>,
    /// The acts before, told by a panic.
    remembered: VecDeque<String>,
}

impl Soak {
    fn over(entries: Vec<Arc<Entry>>) -> Self {
        let mut model = Model::new("soak", None);
        let records = entries.len() as u64;
        headless::tell(&mut model, Msg::Resize(120, 36));
        headless::tell(&mut model, Msg::Load(LoadEvent::Batch(entries)));
        headless::tell(&mut model, Msg::Load(LoadEvent::Done(Progress { records, ..Progress::default() })));
        let kept = headless::Kept::default();
        Self {
            model,
            kept,
            theme: Theme::sixteen(),
            terminal: terminal(120, 36),
            remembered: VecDeque::new(),
        }
    }

    fn act(&mut self, act: Act) {
        let (what, messages) = messages(act);
        self.remembered.push_back(what);
        if self.remembered.len() > REMEMBERED {
            self.remembered.pop_front();
        }
        for msg in messages {
            if let Msg::Resize(width, height) = msg {
                self.terminal = terminal(width, height);
            }
            headless::tell_keeping(&mut self.model, &mut self.kept, msg);
        }
        self.terminal
            .draw(|frame| ui::view(&self.model, &self.theme, frame))
            .expect("a sink takes everything");
    }

    fn last(&self) -> String {
        let trial = self.model.selected().map(|entry| entry.trial.id.clone()).unwrap_or_default();
        format!("{} on {trial}", self.remembered.back().map_or("", String::as_str))
    }
}

impl Drop for Soak {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the last acts: {}", Vec::from(std::mem::take(&mut self.remembered)).join(" "));
        }
    }
}

/// What an act tells the model, and how it is written down.
fn messages(act: Act) -> (String, Vec<Msg>) {
    let typed = |text: &str| {
        let keys = Key::sequence(text).expect("keys of this file");
        keys.into_iter().map(|key| Msg::Key(key.event())).collect()
    };
    match act {
        Act::Keys(text) => (text.clone(), typed(&text)),
        Act::Home => (HOME.to_owned(), typed(HOME)),
        Act::Resize(width, height) => (format!("<size:{width}x{height}>"), vec![Msg::Resize(width, height)]),
        Act::Paste(text) => (format!("<paste:{text:?}>"), vec![Msg::Paste(text.to_owned())]),
        Act::Mouse(kind, column, row) => {
            let event = MouseEvent { kind, column, row, modifiers: KeyModifiers::NONE };
            (format!("<{kind:?}:{column},{row}>"), vec![Msg::Mouse(event)])
        }
    }
}

fn terminal(width: u16, height: u16) -> Terminal<CrosstermBackend<std::io::Sink>> {
    let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
    Terminal::with_options(CrosstermBackend::new(std::io::sink()), TerminalOptions { viewport })
        .expect("a terminal of its own")
}

/// Anonymous memory of this process, in megabytes; 0 where the system does not tell.
fn anonymous() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
