//! The state of the screen and how it changes: model, messages, command table, keymap, update.
//!
//! Knows neither terminal, clock nor files: `update` is pure, and tests speak keys to it. What the state looks like
//! is `ui`'s business; where messages come from and who carries out effects is `runtime`'s.

pub mod age;
pub mod areas;
pub mod arrange;
pub mod choices;
mod chord;
pub mod chords;
mod command;
pub mod comparing;
pub mod completing;
pub mod content;
pub mod crumbs;
pub mod dates;
pub mod desk;
pub mod detail;
pub mod export;
pub mod facets;
pub mod find;
pub mod finder;
pub mod findings;
pub mod glyphs;
pub mod guide;
pub mod hints;
pub mod input;
pub mod item;
mod key;
mod keymap;
pub mod layer;
pub mod list;
pub mod making;
pub mod marks;
mod model;
mod msg;
pub mod notebook;
mod pane;
pub mod panes;
pub mod patient;
pub mod querying;
mod readings;
pub mod registry_page;
pub mod reload;
pub mod second;
pub mod session;
pub mod sets;
pub mod sheets;
pub mod shelf;
pub mod source;
pub mod spot;
pub mod styled;
pub mod tabs;
pub mod taking;
pub mod trail;
pub mod undo;
mod update;
pub mod wrap;

pub use arrange::Arrange;
pub use chord::Chord;
pub use command::{COMMANDS, Command, CommandInfo, Place};
pub use key::Key;
pub use keymap::{Keymap, Meaning};
pub use model::{Focus, Load, Model};
pub use msg::{Effect, Msg};
pub use pane::Pane;
pub use update::{Said, update};
