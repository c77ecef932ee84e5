//! What the signs of an outcome's parts weigh, from `assets/vocabulary/outcome_weights.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::formats::weighing::Question;

/// The two questions asked of an outcome.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Table {
    /// Where does the time frame begin?
    pub time_frame: Question,
    /// Given that: where does the description begin?
    pub description: Question,
}

/// The embedded table; empty if it does not parse, which a test rules out.
pub static TABLE: LazyLock<Table> = LazyLock::new(|| toml::from_str(SOURCE).unwrap_or_default());

pub(super) const SOURCE: &str = include_str!("../../../assets/vocabulary/outcome_weights.toml");
