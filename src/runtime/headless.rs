//! The browser without a terminal: keys in, a screen out. For pictures of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::{self, Effect, Key, Model, Msg};
use crate::ui::{self, Theme};

/// Lets the model take a message in, and all that follows from it, at once.
pub fn tell(model: &mut Model, msg: Msg) {
    let mut waiting = vec![msg];
    while let Some(msg) = waiting.pop() {
        for effect in app::update(model, msg) {
            if let Effect::Arrange(job) = effect
                && let Some(order) = job.run(&|| false)
            {
                waiting.push(Msg::Arranged { generation: job.generation, order });
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
