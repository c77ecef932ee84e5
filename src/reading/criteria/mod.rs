//! An eligibility text → numbered items and the limits in them.
//!
//! `items` splits the text; `limits` reads the comparisons that stand in it; `tags` reads what it speaks of besides.

pub mod items;
pub mod tags;

use crate::protocol::CriteriaReading;

/// Reads a whole eligibility text.
pub fn read(text: &str) -> CriteriaReading {
    let criteria = items::split(text);
    let (inclusion_items, exclusion_items) = items::count(&criteria);
    let tags = tags::read(text, &criteria);
    CriteriaReading { inclusion_items, exclusion_items, facts: Vec::new(), criteria, tags }
}
