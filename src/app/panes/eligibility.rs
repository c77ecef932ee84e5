//! Eligibility: who may enter. The stated facts, then the criteria as the nested lists the text has.

use super::PaneView;
use super::words::{self, code, codes, fact, not_stated, stated};
use crate::app::item::{Item, ItemKind};
use crate::app::styled::{Styled, Tone};
use crate::protocol::{CriteriaReading, Criterion, CriterionRole, Eligibility, Section, display};

/// Columns that a deeper item is moved in.
const STEP: u16 = 3;
/// Deeper than this items move in no further.
const DEEPEST: usize = 6;

/// The pane's items.
pub fn items(view: &PaneView<'_>) -> Vec<Item> {
    let eligibility = &view.entry.trial.eligibility;
    let mut items = facts(eligibility);
    let Some(text) = eligibility.text.as_deref().filter(|text| !text.trim().is_empty()) else {
        items.push(Item::blank());
        items.push(Item::note(
            "The record has no eligibility criteria (registry tables leave them out). Its summary may name some.",
        ));
        return items;
    };
    items.push(Item::blank());
    let reading = &view.entry.readings().criteria;
    if reading.criteria.is_empty() {
        items.extend(words::prose(text, "eligibility.text", 0));
    } else {
        items.extend(criteria(reading));
    }
    items
}

fn facts(eligibility: &Eligibility) -> Vec<Item> {
    let mut items = vec![match &eligibility.sex {
        Some(sex) => fact("Sex", code(sex)),
        None => not_stated("Sex"),
    }];
    if eligibility.gender_based == Some(true) {
        items.push(fact("Gender based", "yes"));
    }
    let described = eligibility.gender_description.as_deref();
    items.extend(described.map(|text| stated("Gender", text, "eligibility.gender_description")));
    items.push(ages(eligibility));
    items.push(match eligibility.healthy_volunteers {
        Some(true) => fact("Healthy", "volunteers accepted"),
        Some(false) => fact("Healthy", "no volunteers"),
        None => not_stated("Healthy"),
    });
    if !eligibility.age_groups.is_empty() {
        items.push(fact("Age groups", codes(&eligibility.age_groups)));
    }
    let population = eligibility.population.as_deref();
    items.extend(population.map(|text| stated("Population", text, "eligibility.population")));
    items.extend(eligibility.sampling.as_ref().map(|sampling| fact("Sampling", code(sampling))));
    items
}

fn ages(eligibility: &Eligibility) -> Item {
    let from = eligibility.minimum_age.as_deref().map(words::line);
    let to = eligibility.maximum_age.as_deref().map(words::line);
    let text = match (from, to) {
        (Some(from), Some(to)) => format!("{from} – {to}"),
        (Some(from), None) => format!("{from} and older"),
        (None, Some(to)) => format!("up to {to}"),
        (None, None) => return not_stated("Age"),
    };
    fact("Age", text)
}

fn criteria(reading: &CriteriaReading) -> Vec<Item> {
    let mut items = Vec::new();
    if reading.criteria.iter().all(|criterion| criterion.section.is_none()) {
        items.push(Item::note("The text does not say what is inclusion and what is exclusion."));
        items.push(Item::blank());
    }
    let mut section = None;
    for (index, criterion) in reading.criteria.iter().enumerate() {
        match criterion.role {
            CriterionRole::Heading => {
                if index > 0 {
                    items.push(Item::blank());
                }
                let first_of_section = criterion.section.is_some() && criterion.section != section;
                section = criterion.section;
                items.push(heading(criterion, first_of_section, reading));
            }
            CriterionRole::Item => items.push(item(criterion)),
        }
    }
    items
}

fn heading(criterion: &Criterion, first_of_section: bool, reading: &CriteriaReading) -> Item {
    let level = if criterion.depth == 0 { 1 } else { 2 };
    let tone = if level == 1 { Tone::Heading } else { Tone::Strong };
    let mut text = shown(criterion, tone);
    if first_of_section {
        let count = match criterion.section {
            Some(Section::Inclusion) => reading.inclusion_items,
            Some(Section::Exclusion) => reading.exclusion_items,
            None => 0,
        };
        let name = text.text().trim_end_matches([':', '：']).to_owned();
        text = Styled::new(name, tone).with(format!(" · {count}"), Tone::Dim);
    }
    Item { kind: ItemKind::Heading(level), indent: indent(criterion), text, ..Item::default() }
        .from(Some(criterion.span.clone()))
}

fn item(criterion: &Criterion) -> Item {
    let lead = criterion.number.as_deref().map_or_else(|| "•".to_owned(), |number| format!("{number}."));
    Item {
        indent: indent(criterion),
        hang: words::hang(&lead).max(STEP),
        lead: Styled::new(lead, Tone::Accent),
        text: shown(criterion, Tone::Plain),
        source: Some(criterion.span.clone()),
        ..Item::default()
    }
}

fn shown(criterion: &Criterion, tone: Tone) -> Styled {
    Styled::new(display::prose(&criterion.text).text().trim(), tone)
}

fn indent(criterion: &Criterion) -> u16 {
    u16::try_from(criterion.depth.min(DEEPEST)).unwrap_or_default() * STEP
}
