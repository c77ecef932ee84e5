//! Copying through the terminal (OSC 52): works over SSH, and needs no clipboard on this side.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The longest text that terminals take: xterm and those after it stop at 74,994 bytes of text (100,000 encoded).
pub(super) const LONGEST: usize = 74_994;

/// The sequence that puts `text` on the clipboard, or `None` when it is longer than [`LONGEST`].
///
/// tmux takes the sequence itself where `set-clipboard` is on; where it is not, it hands through what is wrapped if
/// `allow-passthrough` is on. So inside tmux it is sent both ways.
pub(super) fn copy_sequence(text: &str, in_tmux: bool) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let plain = format!("\x1b]52;c;{}\x07", STANDARD.encode(text));
    if !in_tmux {
        return Some(plain);
    }
    let wrapped = format!("\x1bPtmux;{}\x1b\\", plain.replace('\x1b', "\x1b\x1b"));
    Some(plain + &wrapped)
}

/// Whether the program runs inside tmux.
pub(super) fn in_tmux() -> bool {
    std::env::var_os("TMUX").is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_travels_encoded_so_that_no_byte_of_it_is_obeyed() {
        assert_eq!(copy_sequence("80 mg", false).as_deref(), Some("\x1b]52;c;ODAgbWc=\x07"));
        let hostile = copy_sequence("\x1b]0;title\x07", false).expect("short");
        assert_eq!(hostile.matches('\x1b').count(), 1);
    }

    #[test]
    fn in_tmux_it_is_sent_to_tmux_and_through_tmux() {
        assert_eq!(
            copy_sequence("80 mg", true).as_deref(),
            Some("\x1b]52;c;ODAgbWc=\x07\x1bPtmux;\x1b\x1b]52;c;ODAgbWc=\x07\x1b\\")
        );
    }

    #[test]
    fn what_terminals_would_cut_is_refused() {
        assert!(copy_sequence(&"a".repeat(LONGEST), false).is_some());
        assert!(copy_sequence(&"a".repeat(LONGEST + 1), false).is_none());
    }
}
