//! Dosing prose → [`Administration`] rows.

use crate::protocol::Administration;

/// Reads an arm's or an intervention's description. `label` names the treatment where the text does not.
pub fn read(_text: &str, _label: &str) -> Vec<Administration> {
    Vec::new()
}
