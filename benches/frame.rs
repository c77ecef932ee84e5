//! What a frame costs: a list of 100,000 trials on a screen of 200 × 60.
//!
//! `cargo bench --bench frame`. Only what is visible may be touched: the frame must stay under a millisecond.

use std::sync::Arc;

use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use trialdeck::app::{self, Key, Model, Msg};
use trialdeck::formats::Record;
use trialdeck::library::{Entry, LoadEvent, Progress};
use trialdeck::protocol::{Code, Trial};
use trialdeck::ui::{self, Theme};

const SIZE: (u16, u16) = (200, 60);

fn main() {
    divan::main();
}

fn trial(number: usize) -> Trial {
    Trial {
        id: format!("NCT{number:08}"),
        title: format!("Trial number {number} of a treatment that is compared with another, in adults"),
        status: Some(Code::from(if number.is_multiple_of(3) { "RECRUITING" } else { "COMPLETED" })),
        phases: vec![Code::from("PHASE2")],
        conditions: vec!["A condition of some length".to_owned()],
        ..Trial::default()
    }
}

fn model(trials: usize) -> Model {
    let mut model = Model::new("bench", None);
    app::update(&mut model, Msg::Resize(SIZE.0, SIZE.1));
    let batch = (0..trials).map(|n| Arc::new(Entry::new(Record { trial: trial(n), raw: None }))).collect();
    app::update(&mut model, Msg::Load(LoadEvent::Batch(batch)));
    app::update(&mut model, Msg::Load(LoadEvent::Done(Progress::default())));
    model
}

fn press(model: &mut Model, key: &str) {
    if let Ok(key) = Key::parse(key) {
        app::update(model, Msg::Key(key.event()));
    }
}

/// Drawing the middle of the list.
#[divan::bench(args = [4, 100_000])]
fn list(bencher: Bencher<'_, '_>, trials: usize) {
    let mut model = model(trials);
    press(&mut model, "z");
    for _ in 0..20 {
        press(&mut model, "pagedown");
    }
    draw(bencher, &model);
}

/// Drawing all three columns.
#[divan::bench(args = [4, 100_000])]
fn three_columns(bencher: Bencher<'_, '_>, trials: usize) {
    draw(bencher, &model(trials));
}

/// A step down in the list with its frame: another trial's overview is built and laid out.
#[divan::bench(args = [100_000])]
fn step_and_draw(bencher: Bencher<'_, '_>, trials: usize) {
    let mut model = model(trials);
    let theme = Theme::sixteen();
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    bencher.bench_local(|| {
        press(&mut model, "j");
        buffer.reset();
        ui::draw(&model, &theme, &mut buffer)
    });
}

/// The worker's part of a letter typed into the filter.
#[divan::bench(args = ["t", "trial 9999", "treatment adults", "qqq"])]
fn filter_100_000(bencher: Bencher<'_, '_>, words: &str) {
    let model = model(100_000);
    let job = app::Arrange {
        generation: 0,
        trials: model.trials.clone(),
        library: None,
        filter: words.to_owned(),
        sort: model.list.sort,
    };
    bencher.bench_local(|| job.run(&|| false));
}

fn draw(bencher: Bencher<'_, '_>, model: &Model) {
    let theme = Theme::sixteen();
    let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
    bencher.bench_local(|| {
        buffer.reset();
        ui::draw(model, &theme, &mut buffer)
    });
}
