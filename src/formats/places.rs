//! Sites in words: `Facility, City, State, Zip, Country` joined by commas, parts left out at will → a [`Site`].
//!
//! A comma may stand in a facility's name, so the parts are told from the end: country, postal code, state, city.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::protocol::Site;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    countries: HashSet<String>,
    with_states: HashSet<String>,
    institutions: HashSet<String>,
    stems: Vec<String>,
}

/// The embedded vocabulary; empty if it does not parse, which a test rules out.
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(SOURCE).unwrap_or_default());

const SOURCE: &str = include_str!("../../assets/vocabulary/places.toml");

/// Parts of a place without a facility: city, state and country, either of the first with a comma of its own.
const PLACE_PARTS: usize = 5;
/// A postal code is not longer than this many bytes.
const LONGEST_ZIP: usize = 14;
/// A city's name has at most this many words.
const CITY_WORDS: usize = 5;

/// Whether a text is a place without a facility: a few words with a country at the end.
pub fn is_place(text: &str) -> bool {
    text.split(", ").count() <= PLACE_PARTS && country(text).is_some()
}

/// The city, state and country of a place that has no facility before it.
pub fn place(text: &str) -> Site {
    let Some((before, country)) = country(text) else { return Site::default() };
    let (city, state) = match before.split_once(", ") {
        Some((city, state)) => (city, Some(state)),
        None => (before, None),
    };
    Site { city: owned(city), state: state.and_then(owned), country: owned(country), ..Site::default() }
}

/// A site with its facility. What cannot be told apart stays with the facility.
pub fn site(text: &str) -> Site {
    let Some((before, country)) = country(text) else {
        return Site { facility: owned(text), ..Site::default() };
    };
    let (before, zip) = match before.rsplit_once(", ") {
        Some((rest, last)) if is_zip(last) => (rest, Some(last)),
        _ => (before, None),
    };
    let stated = WORDS.with_states.contains(&country.to_lowercase());
    let (facility, city, state) = facility_city_state(before, stated);
    Site {
        facility: owned(facility),
        city: city.and_then(owned),
        state: state.and_then(owned),
        zip: zip.and_then(owned),
        country: owned(country),
        ..Site::default()
    }
}

/// With three parts and more, the last is the state, unless the part before it belongs to a facility's name.
fn facility_city_state(text: &str, always_state: bool) -> (&str, Option<&str>, Option<&str>) {
    let Some((rest, last)) = text.rsplit_once(", ") else { return (text, None, None) };
    match rest.rsplit_once(", ") {
        Some((facility, city)) if always_state || may_be_city(city) => (facility, Some(city), Some(last)),
        _ => (rest, Some(last), None),
    }
}

/// A name of a few words that is neither an institution's nor a piece of a sentence.
fn may_be_city(text: &str) -> bool {
    text.starts_with(|c: char| !c.is_lowercase())
        && text.split_whitespace().count() <= CITY_WORDS
        && !text.ends_with('.')
        && !text.contains(|c: char| c.is_ascii_digit())
        && text.matches('(').count() == text.matches(')').count()
        && !names_institution(text)
}

fn names_institution(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    WORDS.stems.iter().any(|stem| text.contains(stem)) || words.any(|word| WORDS.institutions.contains(word))
}

/// Short, with a digit, and no institution (`Ward 4`).
fn is_zip(text: &str) -> bool {
    text.len() <= LONGEST_ZIP && text.contains(|c: char| c.is_ascii_digit()) && !names_institution(text)
}

/// What stands before the country, and the country, which may have a comma of its own (`Korea, Republic of`).
fn country(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end();
    let ends: Vec<usize> = text.rmatch_indices(", ").map(|(at, _)| at).take(2).collect();
    let behind_comma = ends.iter().rev().map(|at| (*at, at + 2));
    behind_comma.chain([(0, 0)]).find_map(|(end, start)| {
        let country = text.get(start..)?;
        let known = WORDS.countries.contains(&country.to_lowercase());
        known.then(|| (text.get(..end).unwrap_or_default(), country))
    })
}

fn owned(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_parses() {
        let words: Words = toml::from_str(SOURCE).expect("the vocabulary");
        assert!(words.countries.contains("france"));
    }

    #[test]
    fn parts_are_told_from_the_end() {
        for (text, parts) in [
            ("Northgate Clinic, Lyon, France", "Northgate Clinic|Lyon|||France"),
            ("Northgate Clinic, Lyon, 69002, France", "Northgate Clinic|Lyon||69002|France"),
            (
                "Northgate Clinic, Reno, Nevada, 89502, United States",
                "Northgate Clinic|Reno|Nevada|89502|United States",
            ),
            ("Ward 4, Northgate Hospital, Lund, Sweden", "Ward 4, Northgate Hospital|Lund|||Sweden"),
            ("Northgate, Inc., Reno, Nevada, United States", "Northgate, Inc.|Reno|Nevada||United States"),
            ("Northgate Clinic, Seoul, Korea, Republic of", "Northgate Clinic|Seoul|||Korea, Republic of"),
            ("Northgate Clinic, Atlantis", "Northgate Clinic, Atlantis||||"),
            ("France", "||||France"),
        ] {
            let site = site(text);
            let part = |part: Option<String>| part.unwrap_or_default();
            let got = [site.facility, site.city, site.state, site.zip, site.country].map(part).join("|");
            assert_eq!(got, parts, "{text}");
        }
    }
}
