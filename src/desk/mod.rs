//! The desk: pre-screening sheets, one for each patient's code word and trial.
//!
//! A sheet holds a person's answers to a record's criteria. What a stated limit decides is worked out in
//! [`decide`]; nothing else is. A code word only, never a name or a date of birth.

pub mod code;
pub mod decide;
pub mod export;
pub mod reviews;
pub mod sheet;
pub mod store;
pub mod value;

#[cfg(test)]
mod tests;
