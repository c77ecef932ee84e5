//! Where the program keeps its things, and what the user has set.
//!
//! Only files, text and tables here; what a key means is `app`'s business, what a colour looks like is `ui`'s.

pub mod files;
mod load;
pub mod paths;
pub mod settings;
pub mod vocabulary;

pub use load::{KEYMAPS, Loaded};

/// The defaults, every setting with a comment: `assets/config/default.toml`.
pub const DEFAULT: &str = include_str!("../../assets/config/default.toml");
