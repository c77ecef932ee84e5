//! One patient against trials: which stated limits are met, failed or unknown, and what to ask next.
//!
//! Three-valued throughout: unknown never counts as met. Only what the record states and the readers read is
//! weighed; nothing here decides whether a patient may enter.

pub mod exposure;
pub mod facts;
pub mod limit;
pub mod patient;
pub mod question;
pub mod verdict;
pub mod words;

pub use limit::canonical;
pub use patient::Patient;
pub use question::{NextQuestion, next_question};
pub use verdict::{Known, Line, Verdict, verdict};

#[cfg(test)]
mod tests;
