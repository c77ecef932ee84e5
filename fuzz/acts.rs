//! What a person may do at random: keys by name, letters, and the mouse. For the tests and for a soak.

use crossterm::event::{MouseButton, MouseEventKind};

/// Keys that have names.
pub const NAMED: &[&str] = &[
    "<enter>",
    "<esc>",
    "<tab>",
    "<s-tab>",
    "<space>",
    "<bs>",
    "<up>",
    "<down>",
    "<left>",
    "<right>",
    "<home>",
    "<end>",
    "<pgup>",
    "<pgdn>",
    "<c-d>",
    "<c-u>",
    "<c-n>",
    "<c-p>",
    "<c-w>",
    "<c-l>",
    "<f1>",
    "<f2>",
    "<c-t>",
    "<del>",
    "<lt>",
    "<a-enter>",
    "<a-up>",
    "<a-down>",
    "<c-o>",
    "<a-left>",
    "<a-right>",
];
/// Letters that do something somewhere, and some that do nothing.
pub const LETTERS: &str = "jkhlgGzn/NSfyJKM?!:1234567> abitchCpPFxdLHsuvmworReE{}=+-%TX[]0'肝é\"";
/// What a mouse does.
pub const MOUSE: &[MouseEventKind] = &[
    MouseEventKind::ScrollDown,
    MouseEventKind::ScrollUp,
    MouseEventKind::Down(MouseButton::Left),
    MouseEventKind::Drag(MouseButton::Left),
    MouseEventKind::Up(MouseButton::Left),
];
