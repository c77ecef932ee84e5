//! What a key costs until its frame is encoded for the terminal, over the samples and over real records.
//!
//! `cargo bench --bench keys`. Aims: 5 ms on the samples, 16 ms on the first 1,300 records of `../shared/data`, where that
//! is there. A key's prose is read while it waits, as in the browser; filtering, sorting and finding too. Not
//! counted is what the browser's workers do behind the frame: the fields of a large record after the first ones. The
//! readers' words are ready, as they are in the browser before a hand has moved.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use trialdeck::app::{self, Effect, Key, Model, Msg};
use trialdeck::library::{Cancel, Entry, LoadEvent, Progress, load_all, samples};
use trialdeck::runtime::headless;
use trialdeck::ui::{self, Theme};

const SIZE: (u16, u16) = (160, 50);
const REAL: usize = 1300;
/// What is done on every trial that is visited: all panes, their rows, words behind a row, the X-ray.
const ON_A_TRIAL: &str = "1jj2jj3jjS<esc>4jjxjx5jjfft<esc>6f6jj7<pgdn>G4s<esc><esc>";
/// What is done in the list.
const IN_THE_LIST: &str =
    "jjkG<home><pgdn>/adult<esc>/lung phase<enter><esc>St?<pgdn><esc>:sort<esc>z<esc>!<esc>";

fn main() -> Result<()> {
    let whole = std::env::args().any(|arg| arg == "--bench");
    measure("the samples", samples(), 4, Duration::from_millis(5))?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ctgov_v2_json");
    if !whole || !folder.exists() {
        println!("real records: skipped, {} is not there or this is a test", folder.display());
        return Ok(());
    }
    let mut real = load_all(&[folder], &Cancel::new()).entries;
    real.truncate(REAL);
    let visited = real.len().min(200);
    measure(&format!("{} real records", real.len()), real, visited, Duration::from_millis(16))
}

/// Presses every key and tells how long their frames took. So many of the trials are visited, evenly over the list.
fn measure(what: &str, trials: Vec<Arc<Entry>>, visited: usize, aim: Duration) -> Result<()> {
    let step = (trials.len() / visited.max(1)).max(1);
    let mut model = Model::new("bench", None);
    model.words.make_ready();
    let records = trials.len() as u64;
    headless::tell(&mut model, Msg::Resize(SIZE.0, SIZE.1));
    headless::tell(&mut model, Msg::Load(LoadEvent::Batch(trials)));
    headless::tell(&mut model, Msg::Load(LoadEvent::Done(Progress { records, ..Progress::default() })));
    let viewport = Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1));
    let mut terminal =
        Terminal::with_options(CrosstermBackend::new(std::io::sink()), TerminalOptions { viewport })?;
    let theme = Theme::sixteen();
    let mut kept = headless::Kept::default();
    let mut times: Vec<(Duration, String)> = Vec::new();
    let mut press = |text: &str| -> Result<()> {
        for key in Key::sequence(text).map_err(anyhow::Error::msg)? {
            let start = Instant::now();
            let effects = app::update(&mut model, Msg::Key(key.event()));
            let (elsewhere, here) = effects.into_iter().partition(|effect| matches!(effect, Effect::Make(_)));
            headless::carry_out(&mut model, &mut kept, here);
            terminal.draw(|frame| ui::view(&model, &theme, frame))?;
            let trial = model.selected().map(|entry| entry.trial.id.clone()).unwrap_or_default();
            times.push((start.elapsed(), format!("{key} on {trial}")));
            headless::carry_out(&mut model, &mut kept, elsewhere);
        }
        Ok(())
    };
    press(IN_THE_LIST)?;
    press("<home>")?;
    for _ in 0..visited {
        press(ON_A_TRIAL)?;
        press(&"j".repeat(step))?;
    }
    tell(what, times, aim);
    Ok(())
}

fn tell(what: &str, mut times: Vec<(Duration, String)>, aim: Duration) {
    times.sort_by_key(|(time, _)| *time);
    let millis = |time: Duration| time.as_secs_f64() * 1000.0;
    let at = |part: f64| {
        let index = (times.len() as f64 * part) as usize;
        times.get(index.min(times.len().saturating_sub(1))).map_or(0.0, |(time, _)| millis(*time))
    };
    let over = times.iter().filter(|(time, _)| *time > aim).count();
    let worst =
        times.last().map(|(time, key)| format!("{:.1} ms ({key})", millis(*time))).unwrap_or_default();
    println!(
        "a key to its frame, {what}: median {:.2} ms, p99 {:.1} ms, worst {worst}; {over} of {} above the aim of {:.0} ms",
        at(0.5),
        at(0.99),
        times.len(),
        millis(aim),
    );
}
