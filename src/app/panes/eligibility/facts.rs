//! The hard facts of a trial: sex, ages, healthy volunteers, performance status, earlier lines. Each says whether the
//! record states it, does not, or speaks of it in words that were not read.

use super::words::{self, LABEL, code, codes, fact, not_stated, stated};
use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::library::Entry;
use crate::matching::words::told;
use crate::protocol::{CriteriaReading, Eligibility, Limit, Span};
use crate::reading::criteria::agreement::disagreements;

/// Sex, ages, healthy volunteers, ECOG, prior lines.
pub fn items(entry: &Entry) -> Vec<Item> {
    let eligibility = &entry.trial.eligibility;
    let reading = &entry.readings().criteria;
    let mut items = vec![match &eligibility.sex {
        Some(sex) => fact("Sex", code(sex)),
        None => not_stated("Sex"),
    }];
    if eligibility.gender_based == Some(true) {
        items.push(fact("Gender based", "yes"));
    }
    let described = eligibility.gender_description.as_deref();
    items.extend(described.map(|text| stated("Gender", text, "eligibility.gender_description")));
    items.push(ages(eligibility, reading));
    items.extend(contradictions(eligibility, reading));
    items.push(match eligibility.healthy_volunteers {
        Some(true) => fact("Healthy", "volunteers accepted"),
        Some(false) => fact("Healthy", "no volunteers"),
        None => not_stated("Healthy"),
    });
    items.push(performance(reading));
    items.push(read("Prior lines", &["prior_lines"], "prior_therapy", reading));
    items
}

/// What else the record's own fields say of who takes part; behind the criteria, for it can be long.
pub fn others(eligibility: &Eligibility) -> Vec<Item> {
    let mut items = Vec::new();
    if !eligibility.age_groups.is_empty() {
        items.push(fact("Age groups", codes(&eligibility.age_groups)));
    }
    let population = eligibility.population.as_deref();
    items.extend(population.map(|text| stated("Population", text, "eligibility.population")));
    items.extend(eligibility.sampling.as_ref().map(|sampling| fact("Sampling", code(sampling))));
    if !items.is_empty() {
        items.splice(0..0, [Item::blank(), Item::heading("Also recorded")]);
    }
    items
}

/// The ages of the record's own fields; where it has none, those of the text.
fn ages(eligibility: &Eligibility, reading: &CriteriaReading) -> Item {
    let from = eligibility.minimum_age.as_deref().map(words::line);
    let to = eligibility.maximum_age.as_deref().map(words::line);
    let text = match (from, to) {
        (Some(from), Some(to)) => format!("{from} – {to}"),
        (Some(from), None) => format!("{from} and older"),
        (None, Some(to)) => format!("up to {to}"),
        (None, None) => return read("Age", &["age"], "", reading),
    };
    fact("Age", text)
}

/// Where the text says something else than the record's own fields.
fn contradictions(eligibility: &Eligibility, reading: &CriteriaReading) -> Vec<Item> {
    let text = eligibility.text.as_deref().unwrap_or_default();
    disagreements(eligibility, text, reading)
        .into_iter()
        .filter(|other| !other.recorded.is_empty())
        .map(|other| {
            let words =
                Styled::new("! ", Tone::Warn).with(format!("the criteria say {}", other.stated), Tone::Plain);
            Item::labelled("", LABEL, words).from(Some(other.span.in_field("eligibility.text")))
        })
        .collect()
}

/// ECOG, or the scale that is asked in its place.
fn performance(reading: &CriteriaReading) -> Item {
    let has = |variable: &str| reading.facts.iter().any(|limit| limit.variable == variable);
    if has("ecog") {
        return read("ECOG", &["ecog"], "performance_status", reading);
    }
    let others: Vec<&str> =
        ["karnofsky", "lansky", "performance_status"].into_iter().filter(|variable| has(variable)).collect();
    read(if others.is_empty() { "ECOG" } else { "Performance" }, &others, "performance_status", reading)
}

/// What the criteria demand of some variables: plain limits, else those under a condition; where none was read but
/// `topic` is spoken of, that.
fn read(label: &str, variables: &[&str], topic: &str, reading: &CriteriaReading) -> Item {
    let limits: Vec<&Limit> =
        reading.facts.iter().filter(|limit| variables.contains(&limit.variable.as_str())).collect();
    let Some(first) = limits.first() else {
        return match reading.tags.iter().find(|tag| tag.topic == topic) {
            Some(tag) => spoken_of(label, &tag.span),
            None => not_stated(label),
        };
    };
    let mut text = Styled::default();
    let mut all = told(&limits);
    // The same limit may be stated for each of several cohorts.
    let mut seen = Vec::new();
    all.retain(|told| {
        let new = !seen.contains(&(told.binding, told.text.clone()));
        seen.push((told.binding, told.text.clone()));
        new
    });
    if all.len() > 2 {
        text.push("not one for all: ", Tone::Warn);
    }
    for (nth, told) in all.into_iter().enumerate() {
        if nth > 0 {
            text.push(" · ", Tone::Dim);
        }
        text.push(told.binding.words(), Tone::Warn);
        text.push(told.text.replacen(&format!("{label} "), "", 1), Tone::Plain);
    }
    fact(label, text.with(" · from the criteria", Tone::Dim))
        .from(Some(first.span.in_field("eligibility.text")))
}

fn spoken_of(label: &str, span: &Span) -> Item {
    fact(label, Styled::new("spoken of, no limit read", Tone::Warn))
        .from(Some(span.in_field("eligibility.text")))
}
