//! The one site of a trial page: the facility's name and, on the next line, `City, State, Country`.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::layout::Line;
use crate::protocol::Site;

#[derive(Default, Deserialize)]
struct Countries {
    countries: HashSet<String>,
}

/// Countries as the registries write them; empty if the list does not parse, which a test rules out.
static COUNTRIES: LazyLock<Countries> = LazyLock::new(|| toml::from_str(SOURCE).unwrap_or_default());

pub(super) const SOURCE: &str = include_str!("../../../assets/vocabulary/countries.toml");

/// A facility's name is not longer than this many bytes.
const LONGEST_FACILITY: usize = 160;
/// Parts of a place that are no country: city and state, either with a comma of its own.
const MOST_PARTS: usize = 5;

/// A site known by its facility.
pub fn at(facility: &str) -> Site {
    Site { facility: Some(facility.to_owned()), ..Site::default() }
}

/// Adds the place to the last site, or makes a site of it.
pub fn add_place(sites: &mut Vec<Site>, place: &str) {
    if sites.is_empty() {
        sites.push(Site::default());
    }
    let Some((before, country)) = country(place) else { return };
    if let Some(site) = sites.last_mut() {
        site.country = Some(country.to_owned());
        if let Some((city, state)) = before.split_once(", ") {
            site.city = Some(city.to_owned());
            site.state = Some(state.to_owned());
        } else if !before.is_empty() {
            site.city = Some(before.to_owned());
        }
    }
}

/// Whether a line is a place: a few words with a country at the end.
pub fn is_place(line: &str) -> bool {
    line.split(", ").count() <= MOST_PARTS && country(line).is_some()
}

/// Cuts the lines before the status into descriptions of interventions and the site's one or two lines.
pub fn split<'l, 't>(lines: &'l [Line<'t>]) -> (&'l [Line<'t>], &'l [Line<'t>]) {
    let places = match lines {
        [.., facility, place] if is_place(place.text) && is_facility(facility.text) => 2,
        [.., place] if is_place(place.text) => 1,
        _ => 0,
    };
    lines.split_at(lines.len() - places)
}

fn is_facility(line: &str) -> bool {
    line.len() <= LONGEST_FACILITY && !line.trim_end().ends_with('.')
}

/// What stands before the country, and the country, which may have a comma of its own (`Korea, Republic of`).
fn country(place: &str) -> Option<(&str, &str)> {
    let place = place.trim_end();
    let commas: Vec<usize> = place.match_indices(", ").map(|(at, _)| at).collect();
    let from_last = commas.iter().rev().take(2).map(|at| (*at, at + 2));
    from_last.chain([(0, 0)]).find_map(|(end, start)| {
        let country = place.get(start..)?;
        COUNTRIES
            .countries
            .contains(&country.to_lowercase())
            .then(|| (place.get(..end).unwrap_or_default(), country))
    })
}
