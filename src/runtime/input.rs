//! Keys, pastes and the mouse: one thread that sleeps until the terminal has something to say.
//!
//! The keyboard is standard input, or the controlling terminal when standard input is data (`cat file | trialdeck -`).
//! crossterm decodes what is typed. The waiting is done here, because crossterm does not notice a terminal that has
//! gone and would read on at full speed.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, AsRawFd};
use std::time::Duration;

use crossbeam_channel::Sender;
use crossterm::event::Event;
use filedescriptor::{POLLERR, POLLHUP, POLLIN, poll, pollfd};

use super::worker;

/// What the keyboard's thread tells.
#[derive(Debug)]
pub(super) enum Input {
    /// A key, a paste, a click.
    Event(Event),
    /// The terminal is gone.
    Closed,
}

/// Starts reading. The thread lives as long as the program, or until nobody listens.
///
/// # Errors
/// When there is no thread.
pub(super) fn spawn(tty: File, sender: Sender<Input>, deaths: &Sender<String>) -> io::Result<()> {
    worker::spawn("keyboard", deaths, move || {
        if let Err(error) = read(&tty, &sender) {
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
fn read(tty: &File, sender: &Sender<Input>) -> io::Result<()> {
    loop {
        wait(tty)?;
        // crossterm decodes several events out of one read: ask until it has none left. It never looks when asked not
        // to wait at all, hence the millisecond.
        while crossterm::event::poll(Duration::from_millis(1))? {
            if sender.send(Input::Event(crossterm::event::read()?)).is_err() {
                return Ok(());
            }
        }
    }
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
