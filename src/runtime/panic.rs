//! A panic gives the terminal back before it speaks.

use std::panic;
use std::thread;

use super::terminal::Modes;

/// From now on, a panic on this thread gives the terminal back and then reports as before.
///
/// A panic on another thread is a worker's: the loop hears of it (see [`worker`](super::worker)) and ends in order.
/// Its message goes to the log alone, since this thread is still drawing.
pub(super) fn give_back_on_panic(modes: Modes) {
    let owner = thread::current().id();
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == owner {
            modes.give_back();
            report(info);
        } else {
            tracing::error!("{info}");
        }
    }));
}
