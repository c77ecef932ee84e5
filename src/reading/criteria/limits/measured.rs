//! Values with a unit: how they are printed, and whether they can be meant.

use crate::reading::criteria::vocabulary::{Unit, Variable};
use crate::reading::units;

use super::amounts::Amount;
use super::bind::{Binder, in_range};

/// Units in which a number of cells or of viruses is large enough for `50.000` to be thousands.
const THOUSANDS: &[&str] = &["/uL", "/mm3", "IU/mL", "copies/mL"];

/// What a value is too large or too small by where the text slips in its unit (mmol/L for µmol/L, g/L for g/dL). It is
/// told as it is written; nothing is reckoned with it.
const SLIPS: &[f64] = &[0.001, 10.0];

impl Binder<'_> {
    /// The value and unit as facts print them; nothing where the value cannot be meant.
    pub(super) fn measured(
        &self,
        variable: &Variable,
        unit: &Unit,
        amount: &Amount,
    ) -> Option<(f64, Option<String>)> {
        let thousands = amount.dotted && THOUSANDS.contains(&unit.name.as_str());
        let value = if thousands { amount.value * 1000.0 } else { amount.value };
        let (value, name) = printed(variable, unit, value);
        let plausible = match units::canonical(self.vocabulary, &variable.name, value, &name) {
            Some((value, unit)) if unit != "ULN" && unit != "LLN" => {
                in_range(variable, value) || SLIPS.iter().any(|slip| in_range(variable, value * slip))
            }
            Some((value, _)) => (0.0..=100.0).contains(&value),
            None => true,
        };
        plausible.then_some((value, Some(name)))
    }
}

/// The unit under the name it is printed with.
fn printed(variable: &Variable, unit: &Unit, value: f64) -> (f64, String) {
    let cells = variable.units.iter().any(|u| u == "cells");
    match unit.name.as_str() {
        // Thousand millions a litre, written `G/L`.
        "g/L" if cells => (value, "10^9/L".to_owned()),
        "mEq/L" if variable.valence == Some(1.0) => (value, "mmol/L".to_owned()),
        "mg/24h" => (value / 1000.0, "g/24h".to_owned()),
        name => (value, name.to_owned()),
    }
}
