//! An eligibility text → numbered items and the limits in them.

use crate::protocol::CriteriaReading;

/// Reads a whole eligibility text.
pub fn read(_text: &str) -> CriteriaReading {
    CriteriaReading::default()
}
