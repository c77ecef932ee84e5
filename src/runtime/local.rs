//! Other programs on this computer: its clipboard's, and the one that opens a page. They run beside the browser, which
//! never waits for them; over SSH none is started.

use std::io::Write;
use std::process::{Command, Stdio};
use std::thread;

/// A clipboard's program: the variable that says its world is there (none: always), the program, its arguments.
const CLIPBOARDS: &[(Option<&str>, &str, &[&str])] = &[
    (Some("WAYLAND_DISPLAY"), "wl-copy", &[]),
    (Some("DISPLAY"), "xclip", &["-selection", "clipboard"]),
    (Some("DISPLAY"), "xsel", &["--clipboard", "--input"]),
];

/// Whether the person sits at another computer.
pub(super) fn over_ssh() -> bool {
    ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"].into_iter().any(is_set)
}

fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// Puts text on this computer's clipboard too, where there is one; answers whether a program was started for it.
pub(super) fn copy(text: &str) -> bool {
    if over_ssh() {
        return false;
    }
    let here = CLIPBOARDS.iter().filter(|(world, ..)| world.is_none_or(is_set));
    let mac = cfg!(target_os = "macos").then_some(("pbcopy", &[][..]));
    let programs = mac.into_iter().chain(here.map(|(_, program, arguments)| (*program, *arguments)));
    programs.into_iter().any(|(program, arguments)| pipe(program, arguments, text.to_owned()))
}

/// Starts a program that reads the text; `false` when it is not there.
fn pipe(program: &str, arguments: &[&str], text: String) -> bool {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    thread::spawn(move || {
        if let Some(mut stdin) = child.stdin.take()
            && let Err(error) = stdin.write_all(text.as_bytes())
        {
            tracing::info!("the local clipboard takes no text: {error}");
        }
        let _ = child.wait();
    });
    true
}

/// Opens an address in the person's browser; `false` when there is nothing to open it with here.
pub(super) fn visit(address: &str) -> bool {
    let mac = cfg!(target_os = "macos");
    if over_ssh() || !(mac || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")) {
        return false;
    }
    let mut command = Command::new(if mac { "open" } else { "xdg-open" });
    command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    thread::spawn(move || child.wait());
    true
}
