//! Genes and findings that trials require, forbid or allow: one row each.

use crate::compare::{Cell, Row, Side};
use crate::protocol::{Stance, Tag};

/// Topics that say something of a patient by themselves; the others are told by the limits and the criteria.
const TOPICS: &[(&str, &str)] = &[
    ("gene", ""),
    ("measurable_disease", "Measurable disease"),
    ("cns_metastases", "CNS metastases"),
    ("hiv", "HIV"),
    ("hbv", "Hepatitis B"),
    ("hcv", "Hepatitis C"),
    ("pregnancy", "Pregnancy"),
    ("contraception", "Contraception"),
];

/// The rows, genes first, by name.
pub fn rows(sides: &[Side<'_>]) -> Vec<Row> {
    TOPICS.iter().flat_map(|(topic, label)| topic_rows(sides, topic, label)).collect()
}

fn topic_rows(sides: &[Side<'_>], topic: &str, label: &str) -> Vec<Row> {
    let tags = |side: &Side<'_>| -> Vec<Tag> {
        side.readings.criteria.tags.iter().filter(|tag| tag.topic == topic).cloned().collect()
    };
    let all: Vec<Vec<Tag>> = sides.iter().map(tags).collect();
    if all.iter().all(Vec::is_empty) {
        return Vec::new();
    }
    if topic != "gene" {
        let cells = sides
            .iter()
            .zip(&all)
            .map(|(side, tags)| cell(side, &tags.iter().collect::<Vec<_>>(), true))
            .collect();
        return vec![Row::new(label, cells).grouped("Genes and findings")];
    }
    let mut names: Vec<&String> = all.iter().flatten().flat_map(|tag| &tag.of).collect();
    names.sort();
    names.dedup();
    let row = |name: &String| {
        let of = |(side, tags): (&Side<'_>, &Vec<Tag>)| {
            let own: Vec<&Tag> = tags.iter().filter(|tag| tag.of.contains(name)).collect();
            cell(side, &own, false)
        };
        Row::new(name.clone(), sides.iter().zip(&all).map(of).collect()).grouped("Genes and findings")
    };
    names.into_iter().map(row).collect()
}

/// What the tags say, each once. A mention from which nothing follows for a patient was not read.
fn cell(side: &Side<'_>, tags: &[&Tag], narrowed: bool) -> Cell {
    let Some(first) = tags.first() else { return Cell::not_stated() };
    let mut told: Vec<String> = Vec::new();
    for tag in tags {
        let of =
            if narrowed && !tag.of.is_empty() { format!(" ({})", tag.of.join(", ")) } else { String::new() };
        let one = format!("{}{of}", stance(tag.stance));
        if !told.contains(&one) {
            told.push(one);
        }
    }
    let only_mentioned = tags.iter().all(|tag| tag.stance == Stance::Mentioned);
    let item = side.readings.criteria.criteria.get(first.item).filter(|_| only_mentioned);
    let cell = item.map_or_else(|| Cell::stated(told.join("; ")), |item| Cell::not_read(&item.text));
    cell.at(Some(first.span.clone()))
}

fn stance(stance: Stance) -> &'static str {
    match stance {
        Stance::Required => "required",
        Stance::Forbidden => "shuts out",
        Stance::Allowed => "allowed",
        Stance::Mentioned => "spoken of",
    }
}
