//! The language of time in trial prose, shared by the readers of time frames and assessments.
//!
//! A text goes through three steps, each a pass from left to right: [`pieces`] cuts tokens down to bare words and
//! numbers; [`scan`] turns them into [`atoms`] (a time, an event, a link such as "until", a repeat); [`compose`] joins
//! atoms that belong together ("end" + "treatment", "day 1" + "cycle 3") and [`cycles`] takes out how long a cycle is.
//! What a sequence of atoms means as a time frame or as an assessment is the readers' to say. The words are in
//! `assets/vocabulary/timing.toml`.

pub mod adjectival;
pub mod atoms;
pub mod compose;
pub mod counts;
pub mod cycles;
pub mod pieces;
pub mod scan;
pub mod times;
pub mod words;
