//! Taking the terminal and giving it back: raw mode, alternate screen, bracketed paste, mouse, cursor.
//!
//! [`Modes`] is what was taken; it is shared with the panic hook and the signal thread, so that whoever ends the
//! program first gives it back, and nobody gives it back twice.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, TerminalOptions, Viewport};

/// Alternate screen, bracketed paste, hidden cursor; then an empty screen.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[2J";
/// All of it off again, a frame cut short included (synchronised output, colours); mouse off whether it was on or not.
const GIVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?1049l\x1b[?25h";
/// Clicks, wheel and drags, in SGR coordinates. Not every move of the pointer: that would wake an idle program.
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// A terminal that shows a frame only when it is whole (DEC mode 2026; unknown to others and ignored by them).
const FRAME_BEGIN: &[u8] = b"\x1b[?2026h";
const FRAME_END: &[u8] = b"\x1b[?2026l";

/// Columns and rows where the terminal does not know its size (a serial line says 0×0).
const FALLBACK_SIZE: (u16, u16) = (80, 24);

/// The modes the program has put the terminal in, and the way back.
#[derive(Clone)]
pub(super) struct Modes {
    tty: Arc<File>,
    taken: Arc<AtomicBool>,
}

impl Modes {
    /// Standard output's terminal, as it is.
    fn of_stdout() -> io::Result<Self> {
        let tty = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        Ok(Self { tty: Arc::new(tty), taken: Arc::default() })
    }

    /// Takes the terminal.
    fn take(&self, mouse: bool) -> io::Result<()> {
        enable_raw_mode()?;
        self.taken.store(true, Ordering::SeqCst);
        let mut tty = &*self.tty;
        tty.write_all(TAKE)?;
        if mouse { tty.write_all(MOUSE_ON) } else { Ok(()) }
    }

    /// Gives the terminal back, once; what fails on the way is passed over, for there is nothing better to do.
    pub(super) fn give_back(&self) {
        if self.taken.swap(false, Ordering::SeqCst) {
            let _ = (&*self.tty).write_all(GIVE);
            let _ = disable_raw_mode();
        }
    }
}

/// Collects a frame and writes it in one go. What was collected and not flushed is dropped with it: half a frame must
/// not land on the shell's screen.
struct FrameWriter {
    tty: Arc<File>,
    taken: Arc<AtomicBool>,
    bytes: Vec<u8>,
}

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        // The screen shows the cursor once more when it is dropped, and tells on standard error if it cannot: on a
        // terminal that is gone that would be a panic. What was given back is written to no more.
        let taken = self.taken.load(Ordering::SeqCst);
        let written = if taken { (&*self.tty).write_all(&self.bytes) } else { Ok(()) };
        self.bytes.clear();
        written
    }
}

/// The terminal while the browser has it.
pub(super) struct Terminal {
    modes: Modes,
    mouse: bool,
    screen: ratatui::Terminal<CrosstermBackend<FrameWriter>>,
}

impl Terminal {
    /// Takes the terminal.
    ///
    /// # Errors
    /// When standard output is no terminal, or there is no terminal to read keys from.
    pub(super) fn take(mouse: bool) -> io::Result<Self> {
        // Whether there are colours is the theme's to say: crossterm would ask NO_COLOR once more.
        crossterm::style::force_color_output(true);
        let modes = Modes::of_stdout()?;
        let (tty, taken) = (Arc::clone(&modes.tty), Arc::clone(&modes.taken));
        let writer = FrameWriter { tty, taken, bytes: Vec::with_capacity(64 * 1024) };
        let viewport = Viewport::Fixed(size());
        let screen =
            ratatui::Terminal::with_options(CrosstermBackend::new(writer), TerminalOptions { viewport })?;
        let terminal = Self { modes, mouse, screen };
        terminal.modes.take(mouse)?;
        Ok(terminal)
    }

    /// What has to be given back, for those who may have to do it in this one's place.
    pub(super) fn modes(&self) -> Modes {
        self.modes.clone()
    }

    /// Draws a frame; only what differs from the one before is written.
    pub(super) fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.screen.backend_mut().write_all(FRAME_BEGIN)?;
        self.screen.draw(view)?;
        self.screen.backend_mut().write_all(FRAME_END)?;
        Write::flush(self.screen.backend_mut())
    }

    /// Takes over a new window size; answers whether it is one.
    pub(super) fn fit(&mut self) -> io::Result<bool> {
        let now = size();
        if now == self.screen.get_frame().area() {
            return Ok(false);
        }
        self.screen.resize(now)?;
        Ok(true)
    }

    /// Columns and rows.
    pub(super) fn area(&mut self) -> Rect {
        self.screen.get_frame().area()
    }

    /// Forgets what is on the screen, so that the next frame is drawn in full.
    pub(super) fn forget_frame(&mut self) -> io::Result<()> {
        self.screen.clear()
    }

    /// Turns the mouse on or off.
    pub(super) fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        self.write(if on { MOUSE_ON } else { MOUSE_OFF })
    }

    /// Writes a control sequence that is no part of a frame.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        (&*self.modes.tty).write_all(bytes)
    }

    /// Gives the terminal back for a while.
    pub(super) fn give_back(&self) {
        self.modes.give_back();
    }

    /// Takes the terminal again after it was given back, or after somebody else may have changed its modes
    /// (`kill -STOP`, then `fg`): the modes are set anew and the next frame is drawn in full.
    pub(super) fn take_again(&mut self) -> io::Result<()> {
        disable_raw_mode()?;
        self.modes.take(self.mouse)?;
        self.screen.resize(size())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.modes.give_back();
    }
}

/// The window's size.
fn size() -> Rect {
    let (columns, rows) = match crossterm::terminal::size() {
        Ok((columns, rows)) if columns > 0 && rows > 0 => (columns, rows),
        _ => FALLBACK_SIZE,
    };
    Rect::new(0, 0, columns, rows)
}
