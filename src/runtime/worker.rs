//! Threads that cannot die unnoticed.

use std::any::Any;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{self, JoinHandle};

use crossbeam_channel::Sender;

/// Runs `work` on a thread of its own; should it panic, its last words are sent to `deaths`.
///
/// # Errors
/// When the system gives no thread.
pub(super) fn spawn(
    name: &'static str,
    deaths: &Sender<String>,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<()> {
    spawn_joined(name, deaths, work).map(drop)
}

/// The same; gives the thread to be waited for.
///
/// # Errors
/// When the system gives no thread.
pub(super) fn spawn_joined(
    name: &'static str,
    deaths: &Sender<String>,
    work: impl FnOnce() + Send + 'static,
) -> io::Result<JoinHandle<()>> {
    let deaths = deaths.clone();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(work)) {
            let message = last_words(&*payload);
            // A full channel has told of a death already: one is enough to end the program.
            let _ = deaths.try_send(format!("the {name} thread failed: {message}"));
        }
    })
}

/// What a panic said.
pub(super) fn last_words(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use crossbeam_channel::bounded;

    use super::*;

    #[test]
    fn a_death_is_told() {
        let (deaths, told) = bounded(1);
        spawn("doomed", &deaths, || std::panic::resume_unwind(Box::new("out of luck"))).expect("a thread");
        assert_eq!(told.recv().expect("told"), "the doomed thread failed: out of luck");
    }
}
