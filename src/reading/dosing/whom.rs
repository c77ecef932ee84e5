//! Whom a dose is for, where one text sets groups apart by weight, age or the like: "150 mg if weight < 50 kg, 300 mg for
//! those of 50 kg or more". Read beside the rows, once their doses are known; which doses there are is not said here.

use std::ops::Range;

use crate::protocol::Administration;
use crate::reading::lexer::Tokens;

use super::word_classes::{Source, WordClass};

/// So many words a condition has at most, and so far it stands from its dose.
const LONGEST: usize = 14;
const NEAR: usize = 10;

/// So many words are looked back at for a dose of the same sentence.
const FAR: usize = 256;

/// Tells each row whom its dose is for, as far as the text says it.
pub(super) fn tell(source: Source<'_>, text: &str, rows: &mut [Administration]) {
    // Most texts neither name nor compare a measure of people.
    let measured = [WordClass::Bands, WordClass::Compared, WordClass::ComparedBy];
    if !measured.into_iter().any(|class| source.classes.anywhere(class)) {
        return;
    }
    let conditions = conditions(source);
    if conditions.is_empty() {
        return;
    }
    let tokens = source.tokens;
    // Where each row's dose stands, in the order of the text.
    let places = rows.iter().enumerate().filter_map(|(row, told)| Some((place_of(tokens, told)?, row)));
    let mut doses: Vec<(usize, usize)> = places.collect();
    doses.sort_unstable();
    for (first, end) in conditions {
        let before = (first.saturating_sub(FAR)..first).rev().take_while(|at| !parts_sentences(tokens, *at));
        let starts = before.last().unwrap_or(first);
        let last = doses.partition_point(|(at, _)| *at < first).checked_sub(1).and_then(|at| doses.get(at));
        let next = doses.get(doses.partition_point(|(at, _)| *at < end));
        // "150 mg if …, 300 mg if …" is said behind the dose, "if …, 150 mg; if …, 300 mg" before it.
        let of = match last.filter(|(at, _)| *at >= starts) {
            Some(last) => Some(last.0).filter(|at| first - *at <= NEAR),
            None => next.map(|(at, _)| *at).filter(|at| *at - end <= NEAR),
        };
        let Some(of) = of else { continue };
        // "40 mg (20 mg for those over 75 years)": of a dose that has no row.
        let amount =
            |at: usize| tokens.number(at).is_some() && source.classes.has(at + 1, WordClass::DoseUnits);
        if (of + 1..first).any(amount) {
            continue;
        }
        let words = text.get(tokens.raw(first..end)).unwrap_or_default().replace('\\', "");
        let words = words.trim_matches(['(', ' ']);
        let own =
            doses.iter().skip(doses.partition_point(|(at, _)| *at < of)).take_while(|(at, _)| *at == of);
        for (_, row) in own {
            let Some(row) = rows.get_mut(*row) else { continue };
            row.whom.get_or_insert_with(|| words.to_owned());
            let raw = tokens.raw(first..end);
            row.span.start = row.span.start.min(raw.start);
            row.span.end = row.span.end.max(raw.end);
        }
    }
}

/// The first token of a row's dose.
fn place_of(tokens: &Tokens, row: &Administration) -> Option<usize> {
    let dose = row.dose?.0;
    let first = tokens.starting_at(row.span.start);
    let inside = (first..tokens.len()).take_while(|at| tokens.raw(*at..at + 1).end <= row.span.end);
    inside.into_iter().find(|at| tokens.number(*at) == Some(dose))
}

/// The conditions of a text: the first token and the one behind the last.
fn conditions(source: Source<'_>) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.tokens.len() {
        match condition(source, at) {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

/// The end of the condition that begins at `at`: it names a measure of people, or compares one, with a number.
fn condition(source: Source<'_>, at: usize) -> Option<usize> {
    const FAR: usize = 4;
    let Source { tokens, classes, .. } = source;
    if !classes.has(at, WordClass::BandOpens) && !classes.has(at, WordClass::People) {
        return None;
    }
    let end = (at + 1..at + LONGEST).find(|at| ends(source, *at))?;
    let number = (at..end).find(|at| tokens.number(*at).is_some())?;
    let banded = classes.among(at..end.min(at + FAR), WordClass::Bands);
    let comparisons = (at..end).filter(|at| classes.has(*at, WordClass::Compared)).count();
    let compared = comparisons > 0 && classes.among(number..end, WordClass::PeopleMeasures);
    // "100 mg or 2 mg/kg for those of ≥ 50 kg or < 50 kg, respectively": whose is whose is not asked here.
    let two = comparisons > 1;
    let dosed = classes.among(at..end, WordClass::DoseUnits);
    (!two && !dosed && (banded || compared || compared_in_words(source, at..end, number))).then_some(end)
}

/// "those below 60 kg", "adults over 65 years", "60 kg or more": a word compares the measure of people whose number is at
/// `number`. Years are theirs where people are named right before the word: "for over 2 years" is a length.
fn compared_in_words(source: Source<'_>, said: Range<usize>, number: usize) -> bool {
    const NEAR: usize = 3;
    let Source { tokens, classes, .. } = source;
    // "less than or equal to 70 kg".
    let equal = number > 1 && tokens.is(number - 1, "to") && tokens.is(number - 2, "equal");
    let near = if equal { 2 * NEAR } else { NEAR };
    let unit = number + 1;
    if !said.contains(&unit) || !classes.has(unit, WordClass::PeopleMeasures) {
        return false;
    }
    let start = said.start.max(number.saturating_sub(near));
    let by = |at: &usize| classes.has(*at, WordClass::ComparedBy);
    let before = (start..number).find(by);
    let behind = Some(unit + 2).filter(|at| tokens.is(unit + 1, "or") && said.contains(at) && by(at));
    let Some(word) = before.or(behind) else { return false };
    let link = |at: usize| matches!(tokens.text(at), "of" | "who" | "are" | "aged" | "at" | "those");
    let first = (said.start..word.min(number)).rev().find(|at| !link(*at));
    let of_people = first.is_some_and(|at| classes.has(at, WordClass::People))
        || (said.start..word).any(|at| tokens.is(at, "those"));
    tokens.is(unit, "kg") || of_people
}

/// Whether a condition is over before the token at `at`.
fn ends(source: Source<'_>, at: usize) -> bool {
    let Source { tokens, classes, .. } = source;
    let people = |at: usize| classes.has(at, WordClass::People) || tokens.is(at, "those");
    let next_group = matches!(tokens.text(at), "and" | "or" | "but")
        && (tokens.number(at + 1).is_some() || people(at + 1));
    parts_sentences(tokens, at)
        || next_group
        || matches!(tokens.text(at), "," | ")" | ":" | "receive" | "receives" | "will" | "take" | "are" | "=")
}

fn parts_sentences(tokens: &Tokens, at: usize) -> bool {
    matches!(tokens.text(at), "." | ";" | "\n" | "")
}

#[cfg(test)]
mod tests {
    use crate::reading::dosing::read;

    #[test]
    fn a_dose_for_some_is_told_as_theirs() {
        for (text, rows) in [
            (
                "Zorafenib 150 mg if weight < 50 kg, 300 mg if weight >= 50 kg, orally once daily.",
                "150 if weight < 50 kg | 300 if weight >= 50 kg",
            ),
            (
                "Zorafenib 150 mg daily for patients weighing less than 50 kg and 300 mg daily for those weighing 50 kg or more.",
                "150 for patients weighing less than 50 kg | 300 for those weighing 50 kg or more",
            ),
            (
                "Zorafenib (8 mg/day for participants < 60 kg or 12 mg/day for participants ≥ 60 kg).",
                "8 for participants < 60 kg | 12 for participants ≥ 60 kg",
            ),
            ("Patients weighing < 30 kg receive zorafenib 600 mg daily.", "600 Patients weighing < 30 kg"),
            (
                "Zorafenib 50 mg orally once daily (or 35 mg if body weight is below 40 kg).",
                "50 | 35 if body weight is below 40 kg",
            ),
            (r"Zorafenib 8 mg daily for participants \< 60 kg.", "8 for participants < 60 kg"),
            (
                "Zorafenib 100 mg or 2 mg/kg daily for those with a weight ≥ 50 kg or < 50 kg, respectively.",
                "100 | 2",
            ),
            (
                "Zorafenib 12 mg daily for patients weighing at least 60 kg, 8 mg daily for those below 60 kg.",
                "12 for patients weighing at least 60 kg | 8 for those below 60 kg",
            ),
            (
                "Zorafenib 12 mg daily for adults over 65 years, 8 mg daily for patients under 60 kg.",
                "12 for adults over 65 years | 8 for patients under 60 kg",
            ),
            (
                "Zorafenib 12 mg (patients of 60 kg or more) or 8 mg (patients of less than 60 kg) once daily.",
                "12 patients of 60 kg or more | 8 patients of less than 60 kg",
            ),
            (
                "Zorafenib dosed by weight (9 mg for patients who weigh less than or equal to 60 kg and 12 mg for patients who weigh more than 60 kg).",
                "9 for patients who weigh less than or equal to 60 kg | 12 for patients who weigh more than 60 kg",
            ),
            // The dose that is theirs has no row.
            ("Zorafenib 40 mg (20 mg for subjects > 75 years of age) orally once daily.", "40"),
            // Nobody is set apart.
            ("Zorafenib 150 mg daily for over 2 years.", "150"),
            ("Zorafenib 150 mg daily in patients treated for more than 2 years.", "150"),
            ("Zorafenib 150 mg daily in adults for at least 2 years.", "150"),
            ("Zorafenib 5 mg/kg body weight once daily for 12 weeks.", "5"),
            ("Zorafenib 150 mg once daily for 2 years in adults.", "150"),
            ("Zorafenib 150 mg if tolerated, once daily.", "150"),
        ] {
            let told: Vec<String> = read(text, "")
                .iter()
                .map(|row| {
                    let dose = row.dose.map(|dose| dose.0.to_string()).unwrap_or_default();
                    row.whom.iter().fold(dose, |dose, whom| format!("{dose} {whom}"))
                })
                .collect();
            assert_eq!(told.join(" | "), rows, "{text}");
        }
    }
}
