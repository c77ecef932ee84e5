//! What a trial's prose states plainly and these layouts have no field for.

use crate::protocol::Trial;

/// Adds what the prose states and no field does.
pub fn add(_trial: &mut Trial) {}
