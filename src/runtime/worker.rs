//! Threads that cannot die unnoticed.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

/// Runs `work` on a thread of its own; should it panic, `died` is called with the panic's message.
///
/// # Errors
/// When the system gives no thread.
pub(super) fn spawn(
    name: &'static str,
    work: impl FnOnce() + Send + 'static,
    died: impl FnOnce(String) + Send + 'static,
) -> io::Result<()> {
    thread::Builder::new().name(name.to_owned()).spawn(move || {
        if let Err(payload) = catch_unwind(AssertUnwindSafe(work)) {
            let message = payload
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| payload.downcast_ref::<&str>().copied())
                .unwrap_or("no message");
            died(format!("the {name} thread failed: {message}"));
        }
    })?;
    Ok(())
}
