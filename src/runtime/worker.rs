//! Threads that cannot die unnoticed.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

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
    let deaths = deaths.clone();
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(work)) {
            let message = payload
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| payload.downcast_ref::<&str>().copied())
                .unwrap_or("no message");
            // A full channel has told of a death already: one is enough to end the program.
            let _ = deaths.try_send(format!("the {name} thread failed: {message}"));
        }
    })?;
    Ok(())
}
