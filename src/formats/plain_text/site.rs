//! The one site of a trial page: the facility's name and, on the next line, `City, State, Country`.

use super::layout::Line;
use crate::formats::places;

/// A facility's name is not longer than this many bytes.
const LONGEST_FACILITY: usize = 160;

/// Cuts the lines before the status into descriptions of interventions and the site's one or two lines.
pub fn split<'l, 't>(lines: &'l [Line<'t>]) -> (&'l [Line<'t>], &'l [Line<'t>]) {
    let own = match lines {
        [.., facility, place] if places::is_place(place.text) && is_facility(facility.text) => 2,
        [.., place] if places::is_place(place.text) => 1,
        _ => 0,
    };
    lines.split_at(lines.len() - own)
}

fn is_facility(line: &str) -> bool {
    line.len() <= LONGEST_FACILITY && !line.trim_end().ends_with('.')
}
