//! trialdeck: a terminal protocol browser for clinical trials.
//!
//! The rooms and the direction of their dependencies are in the README's architecture section: `ui → app →
//! {search, compare, config} → {library, reading} → protocol`; `formats` feeds `library`; `runtime` knows all.

/// The readers and the index make many small things that live for a moment: mimalloc makes them faster than the system's
/// allocator does.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

pub mod app;
pub mod calendar;
pub mod cli;
pub mod commands;
pub mod compare;
pub mod config;
pub mod desk;
pub mod findings;
pub mod formats;
pub mod library;
pub mod matching;
pub mod output;
pub mod protocol;
pub mod reading;
pub mod registry;
pub mod runtime;
pub mod search;
pub mod ui;
