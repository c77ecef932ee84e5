//! A limit as it is being read: places in atoms, not yet in the text's bytes.

use std::ops::Range;

use crate::protocol::LimitValue;

use super::amounts::Op;

/// A limit with its place in atoms.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The variable's name.
    pub variable: String,
    /// The comparator.
    pub op: Op,
    /// The number or class.
    pub value: LimitValue,
    /// The unit; empty where the variable has none, `None` where one is missing.
    pub unit: Option<String>,
    /// Holds only under a condition.
    pub conditional: bool,
    /// Stands inside an exception.
    pub except: bool,
    /// One of several that suffice, or that must come together.
    pub alternative: bool,
    /// Its words deny the opposite ("no creatinine > 2"): several that "or" joins must all hold.
    pub denied: bool,
    /// What a washout counts from.
    pub agent: Option<String>,
    /// The atoms it was read from.
    pub atoms: Range<usize>,
}
