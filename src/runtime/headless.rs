//! The browser without a terminal: keys in, a screen out. For pictures of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{self, Effect, Key, Model, Msg};
use crate::library::index::open::OpenIndex;
use crate::ui::{self, Theme};

/// What a worker keeps from one job to the next.
#[derive(Default)]
pub struct Kept {
    /// The index of the open trials.
    index: Option<OpenIndex>,
}

/// Lets the model take a message in, and all that follows from it, at once.
pub fn tell(model: &mut Model, msg: Msg) {
    tell_keeping(model, &mut Kept::default(), msg);
}

/// The same, with what the jobs before have built.
pub fn tell_keeping(model: &mut Model, kept: &mut Kept, msg: Msg) {
    let effects = app::update(model, msg);
    carry_out(model, kept, effects);
}

/// Does what the app wants done, and lets the model take the answers in, and all that follows from them, at once.
pub fn carry_out(model: &mut Model, kept: &mut Kept, effects: Vec<Effect>) {
    let mut waiting = Vec::new();
    effects.into_iter().for_each(|effect| waiting.extend(answers(kept, effect)));
    while let Some(msg) = waiting.pop() {
        for effect in app::update(model, msg) {
            waiting.extend(answers(kept, effect));
        }
    }
}

/// What comes of an effect; of several answers the last stands first.
fn answers(kept: &mut Kept, effect: Effect) -> Vec<Msg> {
    match effect {
        Effect::Arrange(job) => {
            let order = job.run(&|| false);
            order.map(|order| Msg::Arranged { generation: job.generation, order }).into_iter().collect()
        }
        Effect::Make(job) => vec![Msg::Made(Box::new(job.run()))],
        Effect::Read(entries) => {
            entries.iter().for_each(|entry| {
                entry.readings();
            });
            vec![Msg::Read]
        }
        Effect::Fetch(wish) => super::librarian::records(&wish).collect(),
        Effect::Versions(wish) => super::librarian::versions(&wish).collect(),
        Effect::Weigh(job) => {
            let outcome = job.run(&|| false, &mut |_| {});
            let generation = job.generation;
            outcome.map(|outcome| Msg::Weighed { generation, outcome }).into_iter().collect()
        }
        Effect::Seek(job) => {
            let mut steps = Vec::new();
            job.run(&mut kept.index, &|| false, &mut |sought| steps.push(Msg::Sought(Box::new(sought))));
            // The last of those that wait is taken first.
            steps.into_iter().rev().collect()
        }
        Effect::Tally(job) => {
            let mut steps = Vec::new();
            job.run(&|| false, &mut |tallied| steps.push(Msg::Tallied(Box::new(tallied))));
            steps.into_iter().rev().collect()
        }
        _ => Vec::new(),
    }
}

/// Presses keys, one after the other.
pub fn press(model: &mut Model, keys: &[Key]) {
    for key in keys {
        tell(model, Msg::Key(key.event()));
    }
}

/// What stands on the screen.
pub fn screen(model: &Model, theme: &Theme) -> Buffer {
    let (width, height) = model.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    ui::draw(model, theme, &mut buffer);
    buffer
}
