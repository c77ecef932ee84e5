//! Keys, pastes and the mouse: one thread that sleeps until the terminal has something to say.
//!
//! The keyboard is standard input, or the controlling terminal when standard input is data (`cat file | trialdeck -`).
//! crossterm decodes what is typed. The waiting is done here, because crossterm does not notice a terminal that has
//! gone and would read on at full speed.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, AsRawFd};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use crossbeam_channel::Sender;
use crossterm::event::Event;
use filedescriptor::{POLLERR, POLLHUP, POLLIN, poll, pollfd};

use super::background::{Answer, Taken};
use super::worker;
use crate::ui::Background;

/// What the keyboard's thread tells.
#[derive(Debug)]
pub(super) enum Input {
    /// A key, a paste, a click.
    Event(Event),
    /// The terminal's background, as it was asked for.
    Background(Background),
    /// The terminal is gone.
    Closed,
}

/// Holds the keyboard back while another program has the terminal: nothing is read that is meant for it.
#[derive(Clone, Default)]
pub(super) struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    /// Closes it; what is being read is read to its end first.
    pub(super) fn close(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
    }

    /// Opens it again.
    pub(super) fn open(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self.0.1.notify_all();
    }

    /// Reads once it is open.
    fn pass<T>(&self, read: impl FnOnce() -> T) -> T {
        let closed = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        let _open = self.0.1.wait_while(closed, |closed| *closed).unwrap_or_else(PoisonError::into_inner);
        read()
    }
}

/// Starts reading; `asked` tells that the terminal is asked for its background. The thread lives as long as the program,
/// or until nobody listens.
///
/// # Errors
/// When there is no thread.
pub(super) fn spawn(
    tty: File,
    gate: Gate,
    asked: bool,
    sender: Sender<Input>,
    deaths: &Sender<String>,
) -> io::Result<()> {
    worker::spawn("keyboard", deaths, move || {
        if let Err(error) = read(&tty, &gate, asked.then(Answer::default), &sender) {
            tracing::info!("the keyboard ends: {error}");
            let _ = sender.send(Input::Closed);
        }
    })
}

/// The terminal that keys come from: the same one that crossterm reads.
///
/// # Errors
/// When there is none.
pub(super) fn keyboard() -> io::Result<File> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        return stdin.as_fd().try_clone_to_owned().map(File::from);
    }
    File::open("/dev/tty").map_err(|error| io::Error::new(error.kind(), format!("/dev/tty: {error}")))
}

/// Reads until the terminal is gone (an error) or nobody listens any more.
fn read(tty: &File, gate: &Gate, mut answer: Option<Answer>, sender: &Sender<Input>) -> io::Result<()> {
    loop {
        wait(tty)?;
        for event in gate.pass(decoded)? {
            for input in told(event, answer.as_mut()) {
                if sender.send(input).is_err() {
                    return Ok(());
                }
            }
        }
    }
}

/// What an event is: itself, a part of the answer about the background, or the last of it.
fn told(event: Event, answer: Option<&mut Answer>) -> Vec<Input> {
    match answer.map(|answer| answer.take(event.clone())) {
        None => vec![Input::Event(event)],
        Some(Taken::Events(events)) => events.into_iter().map(Input::Event).collect(),
        Some(Taken::Background(background)) => vec![Input::Background(background)],
    }
}

/// What has been typed by now.
fn decoded() -> io::Result<Vec<Event>> {
    let mut events = Vec::new();
    // crossterm decodes several events out of one read: ask until it has none left. It never looks when asked not to
    // wait at all, hence the millisecond.
    while crossterm::event::poll(Duration::from_millis(1))? {
        events.push(crossterm::event::read()?);
    }
    Ok(events)
}

/// Sleeps until there is something to read.
fn wait(tty: &File) -> io::Result<()> {
    loop {
        let mut fds = [pollfd { fd: tty.as_raw_fd(), events: POLLIN, revents: 0 }];
        match poll(&mut fds, None) {
            Err(filedescriptor::Error::Poll(error)) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(io::Error::other(error)),
            Ok(_) => {}
        }
        let [tty] = fds;
        if tty.revents & (POLLHUP | POLLERR) != 0 {
            return Err(io::Error::new(io::ErrorKind::BrokenPipe, "the terminal is gone"));
        }
        if tty.revents & POLLIN != 0 {
            return Ok(());
        }
    }
}
