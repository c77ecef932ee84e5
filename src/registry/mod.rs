//! Asking ClinicalTrials.gov for records over its API (version 2), page by page and politely: the only part of the
//! program that uses a network, and only when it is asked to.
//!
//! What becomes of the records is for the library and the commands.

mod changes;
mod client;

pub use changes::changes;
pub use client::{Client, DEFAULT_BASE, RegistryError};

/// What is asked of the registry: parameters of its `/studies`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question(pub Vec<(&'static str, String)>);

impl Question {
    /// The records with these registry numbers.
    pub fn ids(ids: &[String]) -> Self {
        Self(vec![("filter.ids", ids.join(","))])
    }

    /// The records that the registry finds by these words.
    pub fn words(words: &str) -> Self {
        Self(vec![("query.term", words.to_owned())])
    }

    /// The same, of those only whose last update was posted on that day (ISO 8601) or later.
    #[must_use]
    pub fn since(mut self, day: &str) -> Self {
        self.0.push(("filter.advanced", format!("AREA[LastUpdatePostDate]RANGE[{day},MAX]")));
        self
    }
}
