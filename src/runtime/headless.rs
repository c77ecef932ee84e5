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
    let mut waiting = vec![msg];
    while let Some(msg) = waiting.pop() {
        for effect in app::update(model, msg) {
            match effect {
                Effect::Arrange(job) => {
                    let order = job.run(&|| false);
                    let answer = order.map(|order| Msg::Arranged { generation: job.generation, order });
                    waiting.extend(answer);
                }
                Effect::Read(entries) => {
                    entries.iter().for_each(|entry| {
                        entry.readings();
                    });
                    waiting.push(Msg::Read);
                }
                Effect::Fetch(wish) => waiting.extend(super::librarian::records(&wish)),
                Effect::Versions(wish) => waiting.extend(super::librarian::versions(&wish)),
                Effect::Weigh(job) => {
                    let outcome = job.run(&|| false, &mut |_| {});
                    let generation = job.generation;
                    waiting.extend(outcome.map(|outcome| Msg::Weighed { generation, outcome }));
                }
                Effect::Seek(job) => {
                    let mut steps = Vec::new();
                    job.run(&mut kept.index, &|| false, &mut |sought| steps.push(sought));
                    // The last of those that wait is taken first.
                    waiting.extend(steps.into_iter().rev().map(|sought| Msg::Sought(Box::new(sought))));
                }
                Effect::Tally(job) => {
                    let mut steps = Vec::new();
                    job.run(&|| false, &mut |tallied| steps.push(tallied));
                    waiting.extend(steps.into_iter().rev().map(|tallied| Msg::Tallied(Box::new(tallied))));
                }
                _ => {}
            }
        }
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
