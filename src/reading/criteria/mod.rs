//! An eligibility text → numbered items and the limits in them.
//!
//! `items` splits the text; `limits` reads the comparisons that stand in it.

pub mod items;

use crate::protocol::CriteriaReading;

/// Reads a whole eligibility text.
pub fn read(text: &str) -> CriteriaReading {
    let criteria = items::split(text);
    let (inclusion_items, exclusion_items) = items::count(&criteria);
    CriteriaReading { inclusion_items, exclusion_items, facts: Vec::new(), criteria }
}
