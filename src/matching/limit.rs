//! Whether a number keeps to a limit.

use crate::protocol::{Limit, LimitValue};

/// Whether something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Truth {
    /// It holds.
    Yes,
    /// It does not.
    No,
    /// It cannot be told.
    Unknown,
}

impl Truth {
    /// The contrary; unknown stays unknown.
    pub fn contrary(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown => Self::Unknown,
        }
    }

    /// Whether any of several holds: one that does is enough, one that is unknown leaves it open.
    pub fn any(truths: impl IntoIterator<Item = Self>) -> Self {
        let mut all_no = true;
        for truth in truths {
            match truth {
                Self::Yes => return Self::Yes,
                Self::Unknown => all_no = false,
                Self::No => {}
            }
        }
        if all_no { Self::No } else { Self::Unknown }
    }
}

/// Converts a value of a variable between units; none where it has no meaning.
pub type Convert<'a> = &'a dyn Fn(&str, f64, &str, &str) -> Option<f64>;

/// Whether a number, in its unit, keeps to a limit as the text states it (an exclusion's is not turned round).
pub fn holds(limit: &Limit, value: f64, unit: &str, convert: Convert<'_>) -> Truth {
    let LimitValue::Number(bound) = &limit.value else { return Truth::Unknown };
    let Some(limit_unit) = limit.unit.as_deref() else { return Truth::Unknown };
    let value =
        if unit == limit_unit { Some(value) } else { convert(&limit.variable, value, unit, limit_unit) };
    let Some(value) = value.filter(|v| v.is_finite()) else { return Truth::Unknown };
    let held = match limit.op.as_str() {
        "<" => value < bound.0,
        "<=" => value <= bound.0,
        ">" => value > bound.0,
        ">=" => value >= bound.0,
        "=" => value == bound.0,
        _ => return Truth::Unknown,
    };
    if held { Truth::Yes } else { Truth::No }
}
