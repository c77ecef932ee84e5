//! Signals, as events of the loop.
//!
//! One thread sleeps until a signal comes and passes it on. A deadly one is passed on too, so that the loop can end in
//! order; if the loop does not come to it (it is stuck writing to a terminal that no longer reads), this thread gives
//! the terminal back as well as it can and lets the signal do its work.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crossbeam_channel::{SendTimeoutError, Sender, bounded};
use rustix::process::{Signal as Sig, getpid, getsid, kill_current_process_group};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;

use super::terminal::Modes;
use super::worker;

/// How long the loop may take to end in order.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long giving the terminal back may take when it is done in the loop's place.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The number of the signal that Ctrl-C sends.
pub const INTERRUPT: i32 = SIGINT;
/// The number of the signal that tells of a terminal's end.
pub const HANG_UP: i32 = SIGHUP;

/// What a signal asks of the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// End: the signal's number.
    End(i32),
    /// Step aside for the shell.
    Suspend,
    /// The shell let the program go on.
    Resumed,
    /// The window has another size.
    Resized,
}

/// Starts listening.
///
/// # Errors
/// When the signals cannot be caught, or there is no thread.
pub(super) fn spawn(
    sender: Sender<Signal>,
    modes: Modes,
    lent: Arc<AtomicBool>,
    deaths: &Sender<String>,
) -> io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH])?;
    let work = move || {
        for number in signals.forever() {
            if lent.load(Ordering::SeqCst) && is_the_borrowers(number) {
                continue;
            }
            let signal = match number {
                SIGTSTP => Signal::Suspend,
                SIGCONT => Signal::Resumed,
                SIGWINCH => Signal::Resized,
                deadly => Signal::End(deadly),
            };
            // A loop that is gone is ending in order already: what it still writes is not cut short.
            let stuck = matches!(sender.send_timeout(signal, PATIENCE), Err(SendTimeoutError::Timeout(_)));
            if let Signal::End(number) = signal {
                if !stuck {
                    thread::sleep(PATIENCE);
                }
                end_in_its_place(&modes, number);
            }
        }
    };
    worker::spawn("signal", deaths, work)
}

/// Another program has the terminal: what its keys send, it sees itself. When it is suspended, this one goes with it.
fn is_the_borrowers(number: i32) -> bool {
    match number {
        SIGTSTP => {
            let signal = if can_be_resumed() { Sig::STOP } else { Sig::CONT };
            if let Err(error) = kill_current_process_group(signal) {
                tracing::warn!("the program cannot be stopped: {error}");
            }
            true
        }
        SIGINT | SIGQUIT | SIGCONT | SIGWINCH => true,
        _ => false,
    }
}

/// The loop is stuck: ends the program without it.
fn end_in_its_place(modes: &Modes, number: i32) {
    let (done, wait) = bounded::<()>(1);
    let modes = modes.clone();
    let spawned = thread::Builder::new().spawn(move || {
        modes.give_back();
        let _ = done.send(());
    });
    if spawned.is_ok() {
        let _ = wait.recv_timeout(LAST_WORDS);
    }
    end_by(number);
}

/// Ends the program the way the signal would have: whoever started it sees what ended it.
pub fn end_by(number: i32) {
    let _ = emulate_default_handler(number);
}

/// Whether somebody is there to wake the program up again: whoever leads a session (a terminal's only program) was
/// not started by a shell.
pub(super) fn can_be_resumed() -> bool {
    getsid(None).is_ok_and(|session| session != getpid())
}

/// Stops this program and those it shares a pipeline with, as the shell's suspend key does; comes back when they are
/// let go on.
pub(super) fn stop() -> io::Result<()> {
    Ok(kill_current_process_group(Sig::STOP)?)
}
