//! A program in a pseudo-terminal of its own: type, look at the screen, and see what it leaves behind.
//!
//! Everything waits for a condition, with a deadline far beyond what any machine needs; nothing asserts a time.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system};
use tempfile::TempDir;
use vt100::{MouseProtocolMode, Parser};

/// How long a condition may take to come true before the test gives up.
const DEADLINE: Duration = Duration::from_secs(60);

/// What the terminal has been told so far.
struct Heard {
    parser: Parser,
    bytes: Vec<u8>,
}

/// What a program changes about a terminal and has to change back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModesSeen {
    pub alternate_screen: bool,
    pub cursor_hidden: bool,
    pub bracketed_paste: bool,
    pub mouse: bool,
    /// The line discipline (`tcgetattr`), raw or cooked, as text.
    pub line: String,
}

/// A running program; a test that fails does not leave it behind.
pub struct Program(Box<dyn Child + Send + Sync>);

impl Program {
    /// Waits for its end.
    pub fn wait_for_end(&mut self) -> Option<ExitStatus> {
        let end = Instant::now() + DEADLINE;
        while Instant::now() < end {
            if let Some(status) = self.0.try_wait().expect("wait") {
                return Some(status);
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        None
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if let Ok(None) = self.0.try_wait() {
            let _ = self.0.kill();
        }
    }
}

/// A running program and its terminal.
pub struct Session {
    program: Program,
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal outlives the program and can be looked at.
    _slave: Box<dyn SlavePty + Send>,
    keyboard: Box<dyn Write + Send>,
    heard: Arc<(Mutex<Heard>, Condvar)>,
    stop: Arc<AtomicBool>,
    deaf: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
    before: ModesSeen,
    _home: TempDir,
}

/// How to start a program.
pub struct Start {
    command: CommandBuilder,
    columns: u16,
    rows: u16,
    home: TempDir,
}

impl Start {
    /// trialdeck itself.
    pub fn trialdeck<const N: usize>(args: [&str; N]) -> Self {
        Self::program(Path::new(env!("CARGO_BIN_EXE_trialdeck")), args)
    }

    /// A shell script; `$TRIALDECK` is the program.
    pub fn sh(script: &str) -> Self {
        let mut start = Self::program(Path::new("/bin/sh"), ["-c", script]);
        start.command.env("TRIALDECK", env!("CARGO_BIN_EXE_trialdeck"));
        start
    }

    fn program<const N: usize>(program: &Path, args: [&str; N]) -> Self {
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        for name in ["TMUX", "NO_COLOR", "SSH_CONNECTION", "RUST_BACKTRACE", "TRIALDECK_LOG"] {
            command.env_remove(name);
        }
        // A home of its own: nothing that another run has kept is found there.
        let home = tempfile::tempdir().expect("a folder");
        for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"] {
            command.env(name, home.path());
        }
        Self { command, columns: 100, rows: 30, home }
    }

    pub fn size(mut self, columns: u16, rows: u16) -> Self {
        (self.columns, self.rows) = (columns, rows);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn go(self) -> Session {
        let size = PtySize { rows: self.rows, cols: self.columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let heard = Arc::new((
            Mutex::new(Heard {
                parser: Parser::new(cells(self.rows), cells(self.columns), 0),
                bytes: Vec::new(),
            }),
            Condvar::new(),
        ));
        let (stop, deaf) = (Arc::default(), Arc::default());
        let reader = listen(pair.master.try_clone_reader().expect("reader"), &heard, &stop, &deaf);
        let keyboard = pair.master.take_writer().expect("writer");
        let before = modes(&*pair.master, &heard);
        let child = pair.slave.spawn_command(self.command).expect("the program starts");
        Session {
            program: Program(child),
            master: pair.master,
            _slave: pair.slave,
            keyboard,
            heard,
            stop,
            deaf,
            reader: Some(reader),
            before,
            _home: self.home,
        }
    }
}

fn listen(
    mut reader: Box<dyn Read + Send>,
    heard: &Arc<(Mutex<Heard>, Condvar)>,
    stop: &Arc<AtomicBool>,
    deaf: &Arc<AtomicBool>,
) -> JoinHandle<()> {
    let (heard, stop, deaf) = (Arc::clone(heard), Arc::clone(stop), Arc::clone(deaf));
    std::thread::spawn(move || {
        let mut buffer = [0; 65536];
        while let Ok(read @ 1..) = reader.read(&mut buffer) {
            let (lock, changed) = &*heard;
            let mut heard_now = lock.lock().expect("lock");
            heard_now.parser.process(&buffer[..read]);
            heard_now.bytes.extend_from_slice(&buffer[..read]);
            changed.notify_all();
            drop(heard_now);
            while deaf.load(Ordering::SeqCst) {
                std::thread::sleep(Duration::from_millis(10));
            }
            if stop.load(Ordering::SeqCst) {
                break;
            }
        }
    })
}

fn modes(master: &dyn MasterPty, heard: &Arc<(Mutex<Heard>, Condvar)>) -> ModesSeen {
    let line = format!("{:?}", master.get_termios().expect("termios"));
    let heard = heard.0.lock().expect("lock");
    let screen = heard.parser.screen();
    ModesSeen {
        alternate_screen: screen.alternate_screen(),
        cursor_hidden: screen.hide_cursor(),
        bracketed_paste: screen.bracketed_paste(),
        mouse: screen.mouse_protocol_mode() != MouseProtocolMode::None,
        line,
    }
}

impl Session {
    /// Types.
    pub fn keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).expect("the terminal takes keys");
        self.keyboard.flush().expect("flush");
    }

    /// Waits until the screen's text fulfils the condition.
    pub fn wait_for(&self, what: &str, condition: impl Fn(&str) -> bool) {
        self.wait(what, |heard| condition(&heard.parser.screen().contents()));
    }

    /// Waits until this is on the screen.
    pub fn wait_for_text(&self, text: &str) {
        self.wait_for(&format!("“{text}” on the screen"), |screen| screen.contains(text));
    }

    /// Waits until the browser has the terminal and has drawn.
    pub fn wait_for_browser(&self) {
        self.wait("the browser on the alternate screen", |heard| {
            let screen = heard.parser.screen();
            screen.alternate_screen() && screen.contents().contains("trialdeck")
        });
    }

    fn wait(&self, what: &str, condition: impl Fn(&Heard) -> bool) {
        let (lock, changed) = &*self.heard;
        let end = Instant::now() + DEADLINE;
        let mut heard = lock.lock().expect("lock");
        while !condition(&heard) {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let screen = heard.parser.screen().contents();
                drop(heard);
                panic!("waited in vain for {what}; the screen:\n{screen}");
            }
            heard = changed.wait_timeout(heard, left).expect("lock").0;
        }
    }

    /// Waits until this has become true, looking again and again.
    pub fn wait_until(&self, what: &str, mut condition: impl FnMut(&Self) -> bool) {
        let end = Instant::now() + DEADLINE;
        while !condition(self) {
            assert!(Instant::now() < end, "waited in vain for {what}; the screen:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits for the program's end.
    pub fn wait_for_end(&mut self) -> ExitStatus {
        let ended = self.program.wait_for_end();
        ended.unwrap_or_else(|| panic!("the program does not end; the screen:\n{}", self.screen()))
    }

    /// Waits for the program's end and asserts that the terminal is as it was before.
    pub fn ends_and_gives_the_terminal_back(&mut self) -> ExitStatus {
        let status = self.wait_for_end();
        let before = self.before.clone();
        // The last bytes may still be on their way through the terminal.
        self.wait_until("the terminal given back", |session| session.modes() == before);
        status
    }

    /// The terminal's modes now.
    pub fn modes(&self) -> ModesSeen {
        modes(&*self.master, &self.heard)
    }

    /// The terminal's modes before the program started.
    pub fn modes_before(&self) -> &ModesSeen {
        &self.before
    }

    /// The text on the screen.
    pub fn screen(&self) -> String {
        self.heard.0.lock().expect("lock").parser.screen().contents()
    }

    /// Every byte the program wrote so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.heard.0.lock().expect("lock").bytes.clone()
    }

    /// How many bytes the program wrote so far.
    pub fn bytes_written(&self) -> usize {
        self.heard.0.lock().expect("lock").bytes.len()
    }

    /// The program's process id.
    pub fn pid(&self) -> u32 {
        self.program.0.process_id().expect("a process id")
    }

    /// Sends the program a signal by name (`TERM`).
    pub fn signal(&self, name: &str) {
        send_signal(name, self.pid());
    }

    /// Gives the window another size.
    pub fn resize(&self, columns: u16, rows: u16) {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.heard.0.lock().expect("lock").parser.screen_mut().set_size(cells(rows), cells(columns));
        self.master.resize(size).expect("resized");
    }

    /// From now on nothing the program writes is read, as when a connection hangs; or is read again.
    pub fn set_deaf(&self, deaf: bool) {
        self.deaf.store(deaf, Ordering::SeqCst);
    }

    /// Closes the terminal under the program, as a window does when it is closed; gives back the program.
    pub fn close(mut self) -> Program {
        self.stop.store(true, Ordering::SeqCst);
        // The reader lets go of the terminal after the next thing it hears.
        self.keys("?");
        self.reader.take().expect("a reader").join().expect("the reader ends");
        self.program
    }
}

/// A window's width or height; a terminal cannot be 0 wide.
fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("at least one cell")
}

/// Sends a signal by name to a process.
pub fn send_signal(name: &str, pid: u32) {
    let sent =
        std::process::Command::new("kill").args(["-s", name, &pid.to_string()]).status().expect("kill runs");
    assert!(sent.success(), "kill -s {name} {pid}");
}
