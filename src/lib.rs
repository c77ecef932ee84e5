//! trialdeck: a terminal protocol browser for clinical trials.
//!
//! The rooms and the direction of their dependencies are in the README's architecture section: `ui → app →
//! {search, compare, config} → {library, reading} → protocol`; `formats` feeds `library`; `runtime` knows all.

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
