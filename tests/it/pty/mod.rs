//! The browser in a real pseudo-terminal: what it leaves behind, whatever ends it, and what it does while it runs.

mod given_back;
mod idle;
mod keyboard;
mod session;
mod size;
mod suspend;
