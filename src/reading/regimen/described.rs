//! Rows out of a trial's descriptions, where its arms and interventions tell neither dose nor schedule. Descriptions tell
//! of earlier trials, other treatments and visits as well, so only what the trial gives by its own list counts, and only
//! with a dose or days, or with two things about when; a sentence of which nothing is kept was not read.

use crate::protocol::{Administration, Trial};
use crate::reading::names::key;

use super::called::same_drug;
use super::{Texts, names};

/// The rows of the detailed description, or of the brief one when that gives none. `known` are the rows of the arms.
pub(super) fn read(trial: &Trial, texts: &mut Texts<'_>, known: &[Administration]) -> Vec<Administration> {
    let description = &trial.description;
    let rows = read_field(trial, description.detailed.as_deref(), "description.detailed", texts, known);
    if rows.is_empty() {
        read_field(trial, description.brief.as_deref(), "description.brief", texts, known)
    } else {
        rows
    }
}

fn read_field(
    trial: &Trial,
    text: Option<&str>,
    field: &str,
    texts: &mut Texts<'_>,
    known: &[Administration],
) -> Vec<Administration> {
    let label = match trial.interventions.as_slice() {
        [only] => only.name.as_str(),
        _ => "",
    };
    let first = texts.sentences.len();
    let mut rows = texts.read(text, label, field);
    let told = rows.clone();
    rows.retain(|row| tells_enough(row) && is_given(trial, row) && !is_another_way(row, &told, known));
    for sentence in texts.sentences.iter_mut().skip(first) {
        let inside = |row: &Administration| {
            std::iter::once(&row.span)
                .chain(&row.more_spans)
                .any(|span| span.start < sentence.span.end && span.end > sentence.span.start)
        };
        sentence.read &= rows.iter().any(inside);
    }
    rows
}

/// Whether the arms give the treatment by other routes only, and the description never by one of theirs: it tells of another
/// trial then.
fn is_another_way(row: &Administration, told: &[Administration], known: &[Administration]) -> bool {
    fn routes<'r>(rows: &'r [Administration], of: &Administration) -> Vec<&'r str> {
        rows.iter().filter(|other| same_drug(of, other)).filter_map(|other| other.route.as_deref()).collect()
    }
    let arms = routes(known, row);
    row.route.is_some() && !arms.is_empty() && !routes(told, row).iter().any(|route| arms.contains(route))
}

/// A dose, or days, or two things about when.
pub(super) fn tells_enough(row: &Administration) -> bool {
    let when = [
        row.per_day.is_some(),
        row.per_week.is_some(),
        row.every.is_some(),
        row.cycle.is_some(),
        row.duration.is_some(),
    ];
    row.dose.is_some()
        || !row.levels.is_empty()
        || !row.days.is_empty()
        || when.iter().filter(|told| **told).count() > 1
}

/// Whether the record's interventions or its arms name the treatment; a record that lists no interventions has only its
/// prose.
fn is_given(trial: &Trial, row: &Administration) -> bool {
    let drug = key(&row.drug);
    let given = trial.interventions.iter().flat_map(|given| given.other_names.iter().chain([&given.name]));
    let listed = trial.arms.iter().flat_map(|arm| &arm.interventions);
    let mut all = given.chain(listed).filter(|name| !name.is_empty()).peekable();
    all.peek().is_none() || all.chain(trial.arms.iter().map(|arm| &arm.label)).any(|name| names(name, &drug))
}

#[cfg(test)]
mod tests {
    use crate::protocol::{Description, Intervention, Trial};
    use crate::reading::regimen::read;

    /// The rows out of a description, and how many of its sentences were read.
    fn shown(words: &str) -> (Vec<String>, usize, usize) {
        let given = Intervention { name: "Drugamab 5 mg".to_owned(), ..Intervention::default() };
        let description = Description { detailed: Some(words.to_owned()), brief: None };
        let trial = Trial { interventions: vec![given], description, ..Trial::default() };
        let (regimens, coverage) = read(&trial);
        let rows = regimens.iter().flat_map(|regimen| &regimen.administrations);
        (rows.map(|row| row.drug.clone()).collect(), coverage.read(), coverage.total())
    }

    #[test]
    fn what_the_trial_lists_counts_with_a_dose_or_a_schedule() {
        assert_eq!(shown("Drugamab 5 mg is given IV.").0, ["drugamab"]);
        assert_eq!(shown("Drugamab is given twice daily for 4 weeks.").0, ["drugamab"]);
    }

    #[test]
    fn descriptions_are_read_where_arms_tell_a_way_of_giving_only() {
        let given = |text: &str| Intervention {
            name: "Drugamab".to_owned(),
            description: Some(text.to_owned()),
            ..Intervention::default()
        };
        let words = "Drugamab 5 mg is given for up to 12 cycles of 21 days.";
        for (told, sentences) in [("Drugamab is given subcutaneously.", 2), ("Drugamab 5 mg SC on day 1.", 1)]
        {
            let description = Description { detailed: Some(words.to_owned()), brief: None };
            let trial = Trial { interventions: vec![given(told)], description, ..Trial::default() };
            assert_eq!(read(&trial).1.total(), sentences, "{told}");
        }
    }

    #[test]
    fn another_way_of_giving_is_another_trials() {
        for (route, count) in [("IV", 1), ("SC", 2)] {
            let given = Intervention {
                name: "Drugamab".to_owned(),
                description: Some("Drugamab SC every 2 weeks.".to_owned()),
                ..Intervention::default()
            };
            let detailed =
                Some(format!("Earlier work was based upon drugamab {route} at a dose of 5 mg/kg."));
            let description = Description { detailed, brief: None };
            let trial = Trial { interventions: vec![given], description, ..Trial::default() };
            let rows: usize = read(&trial).0.iter().map(|regimen| regimen.administrations.len()).sum();
            assert_eq!(rows, count, "{route}");
        }
    }

    #[test]
    fn other_treatments_and_lengths_alone_do_not() {
        for words in [
            "In an earlier trial othermab 80 mg IV every 3 weeks was given.",
            "People use drugamab for 2 weeks.",
            "Drugamab is a drug that is given orally.",
        ] {
            let (rows, read, _) = shown(words);
            assert_eq!((rows.len(), read), (0, 0), "{words}");
        }
        let (_, read, total) = shown("Othermab 80 mg IV was given before. Drugamab 5 mg IV is given weekly.");
        assert_eq!((read, total), (1, 2), "a sentence of which nothing is kept was not read");
    }
}
