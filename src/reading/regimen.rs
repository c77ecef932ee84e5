//! Whose rows they are: the dosing rows of a trial's texts, tied to its arms.
//!
//! An arm's own words come first; an intervention's description serves every arm that lists it, unless it gives the
//! same treatment at several doses and could mean different arms by them. Then, and for rows out of the trial's
//! descriptions, no arm is told. A giving that two texts tell is one row; of one that each tells in part, see `together`.

use crate::protocol::{Administration, Arm, Coverage, DosingSentence, Period, Regimen, Trial};

use super::dosing::{self, Vocabulary};
use super::names::{alike, key};
use called::Called;

mod called;
mod described;
mod label;
mod share;
mod together;
mod twice;
mod unnamed;

/// Regimens in the arms' order, then what no arm could be told for; and what was read of the dosing prose.
pub fn read(trial: &Trial) -> (Vec<Regimen>, Coverage) {
    read_with(Vocabulary::embedded(), trial)
}

/// [`read`] with words of the caller's.
pub fn read_with(words: &Vocabulary, trial: &Trial) -> (Vec<Regimen>, Coverage) {
    let mut texts = Texts { words, sentences: Vec::new() };
    let arms: Vec<Vec<Administration>> = trial
        .arms
        .iter()
        .enumerate()
        .map(|(index, arm)| {
            texts.read(arm.description.as_deref(), &arm.label, &format!("arms[{index}].description"))
        })
        .collect();
    let interventions: Vec<Vec<Administration>> = trial
        .interventions
        .iter()
        .enumerate()
        .map(|(index, given)| {
            let field = format!("interventions[{index}].description");
            texts.read(given.description.as_deref(), &given.name, &field)
        })
        .collect();
    let mut told: Vec<(Option<&Arm>, Vec<Administration>)> =
        trial.arms.iter().zip(arms).map(|(arm, rows)| (Some(arm), own_rows(trial, arm, rows))).collect();
    let mut untold = Vec::new();
    for (index, rows) in interventions.into_iter().enumerate() {
        share::share(trial, index, rows, &mut told, &mut untold);
    }
    for (index, (arm, rows)) in told.iter_mut().enumerate() {
        if rows.is_empty()
            && let Some(text) = arm.and_then(|arm| arm.description.as_deref())
        {
            rows.extend(unnamed::read(text, &format!("arms[{index}].description")));
        }
    }
    // "X is given under the skin" tells no more than a name.
    if !told.iter().flat_map(|(_, rows)| rows).chain(&untold).any(described::tells_enough) {
        let known: Vec<Administration> =
            told.iter().flat_map(|(_, rows)| rows).chain(&untold).cloned().collect();
        untold.extend(described::read(trial, &mut texts, &known));
    }
    for (index, (arm, rows)) in told.iter_mut().enumerate() {
        if let Some(arm) = arm {
            label::add_dose(words, arm, index, rows);
        }
    }
    // With one arm there is nobody else whom the words could mean.
    if let [(_, rows)] = told.as_mut_slice() {
        for row in std::mem::take(&mut untold) {
            if !twice::joined(rows, &row, &Called::default()) {
                rows.push(row);
            }
        }
    }
    told.push((None, untold));
    let regimens = told.into_iter().flat_map(|(arm, rows)| regimens(arm, rows)).collect();
    (regimens, Coverage { sentences: texts.sentences })
}

/// An arm's rows without those that another arm's label names: where several arms are told in the same words, their
/// labels say who gets what ("X alone", "X + Y").
fn own_rows(trial: &Trial, own: &Arm, mut rows: Vec<Administration>) -> Vec<Administration> {
    let sharing = |arm: &&Arm| !std::ptr::eq(*arm, own) && arm.description == own.description;
    rows.retain(|row| {
        let drug = key(&row.drug);
        names(&own.label, &drug) || !trial.arms.iter().filter(sharing).any(|arm| names(&arm.label, &drug))
    });
    rows
}

/// Whether a label names a drug, by its key.
fn names(label: &str, drug: &str) -> bool {
    let label = label.to_lowercase();
    label.contains(drug) || label.split(|c: char| !c.is_alphanumeric()).any(|word| alike(word, drug))
}

/// Reads texts and keeps which of their sentences were read.
struct Texts<'v> {
    words: &'v Vocabulary,
    sentences: Vec<DosingSentence>,
}

impl Texts<'_> {
    fn read(&mut self, text: Option<&str>, label: &str, field: &str) -> Vec<Administration> {
        let Some(text) = text else { return Vec::new() };
        let reading = dosing::read_with(self.words, text, label);
        self.sentences.extend(reading.sentences.into_iter().map(|sentence| DosingSentence {
            span: sentence.span.in_field(field.to_owned()),
            read: sentence.read,
        }));
        let mut rows = reading.administrations;
        for row in &mut rows {
            row.span = row.span.in_field(field.to_owned());
            for span in &mut row.more_spans {
                *span = span.in_field(field.to_owned());
            }
        }
        rows
    }
}

/// Whether an arm lists an intervention, by its number. A name that is written just so for one intervention means no
/// other, however alike: long names may differ behind a bracket only.
pub fn lists(trial: &Trial, arm: &Arm, index: usize) -> bool {
    let Some(given) = trial.interventions.get(index) else { return false };
    let same = |one: &str, other: &str| one.trim().to_lowercase() == other.trim().to_lowercase();
    arm.interventions.iter().any(|name| {
        let is_other = || trial.interventions.iter().any(|other| same(name, &other.name));
        same(name, &given.name) || !is_other() && alike(&key(name), &key(&given.name))
    })
}

/// One regimen for each epoch, in the order in which the words name them.
fn regimens(arm: Option<&Arm>, rows: Vec<Administration>) -> Vec<Regimen> {
    let mut regimens: Vec<Regimen> = Vec::new();
    for row in rows {
        match regimens.iter_mut().find(|regimen| regimen.epoch == row.epoch) {
            Some(regimen) => regimen.administrations.push(row),
            None => regimens.push(Regimen {
                arm: arm.map(|arm| arm.label.clone()),
                epoch: row.epoch.clone(),
                administrations: vec![row],
                ..Regimen::default()
            }),
        }
    }
    for regimen in &mut regimens {
        summarise(regimen);
    }
    regimens
}

/// Fills what holds for the whole regimen. A number of cycles or an end that only some of its rows state stays with
/// those rows: two drugs in cycles of one length need not stop together.
pub(super) fn summarise(regimen: &mut Regimen) {
    let rows = &regimen.administrations;
    let cycles: Vec<Period> = rows.iter().filter_map(|row| row.cycle).collect();
    regimen.cycle = cycles.first().copied().filter(|first| cycles.iter().all(|c| c.days() == first.days()));
    let Some(first) = rows.first() else { return };
    regimen.cycles = first.cycles.filter(|count| rows.iter().all(|row| row.cycles == Some(*count)));
    let shared = |event: &&String| rows.iter().all(|row| row.stop.contains(event));
    regimen.until = first.stop.iter().filter(shared).cloned().collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Description, Intervention};

    fn arm(label: &str, description: &str, interventions: &[&str]) -> Arm {
        Arm {
            label: label.to_owned(),
            description: (!description.is_empty()).then(|| description.to_owned()),
            interventions: interventions.iter().map(|name| (*name).to_owned()).collect(),
            ..Arm::default()
        }
    }

    fn intervention(name: &str, description: &str) -> Intervention {
        Intervention {
            name: name.to_owned(),
            description: (!description.is_empty()).then(|| description.to_owned()),
            ..Intervention::default()
        }
    }

    fn shown(trial: &Trial) -> Vec<String> {
        let (regimens, _) = read(trial);
        let rows =
            regimens.iter().flat_map(|regimen| regimen.administrations.iter().map(move |row| (regimen, row)));
        rows.map(|(regimen, row)| {
            let arm = regimen.arm.as_deref().unwrap_or("?");
            let dose = row.dose.map(|dose| dose.to_string()).unwrap_or_default();
            format!("{arm}: {} {dose} [{}]", row.drug, row.span.field)
        })
        .collect()
    }

    #[test]
    fn an_arms_own_words_come_before_the_interventions() {
        let trial = Trial {
            arms: vec![
                arm("A", "Drugamab 100 mg orally once daily", &["drugamab"]),
                arm("B", "", &["Drugamab", "othermab"]),
            ],
            interventions: vec![
                intervention("drugamab", "Drugamab 200 mg orally once daily"),
                intervention("othermab", "Othermab 5 mg/kg IV every 3 weeks"),
            ],
            ..Trial::default()
        };
        assert_eq!(
            shown(&trial),
            [
                "A: drugamab 100 [arms[0].description]",
                "B: drugamab 200 [interventions[0].description]",
                "B: othermab 5 [interventions[1].description]",
            ]
        );
    }

    #[test]
    fn what_the_arms_tell_already_is_not_told_again() {
        let words = "Drugamab injection every 4 weeks at a dose of 120 mg or 24 mg.";
        let mut trial = Trial {
            arms: vec![
                arm("High", "Drugamab 120 mg", &["drugamab (Brandix)"]),
                arm("Low", "Drugamab 24 mg", &["drugamab (Brandix)"]),
            ],
            interventions: vec![intervention("drugamab (Brandix)", words)],
            ..Trial::default()
        };
        let (regimens, _) = read(&trial);
        let timed = |regimen: &Regimen| regimen.administrations.iter().all(|row| row.every.is_some());
        assert!(regimens.len() == 2 && regimens.iter().all(timed), "{:?}", shown(&trial));
        trial.interventions =
            vec![intervention("drugamab (Brandix)", "Brandix 12 mg tablets. Brandix 60 mg tablets.")];
        assert_eq!(
            shown(&trial),
            ["High: drugamab 120 [arms[0].description]", "Low: drugamab 24 [arms[1].description]"],
            "strengths of the product"
        );
    }

    #[test]
    fn one_thing_or_the_other_goes_to_the_arm_that_is_called_so() {
        let trial = Trial {
            arms: vec![arm("Mites", "", &["Mites or placebo"]), arm("Placebo", "", &["Mites or placebo"])],
            interventions: vec![intervention("Mites or placebo", "Placebo drops 5 ml once a day.")],
            ..Trial::default()
        };
        assert_eq!(shown(&trial), ["Placebo: placebo 5 [interventions[0].description]"]);
    }

    #[test]
    fn names_that_differ_behind_a_bracket_are_two_names() {
        let trial = Trial {
            arms: vec![
                arm("A", "", &["4 cycles (drugamab)"]),
                arm("B", "", &["4 cycles (placebo)"]),
                arm("C", "", &["4 cycle"]),
            ],
            interventions: vec![
                intervention("4 cycles (drugamab)", "Drugamab 240 mg IV every 3 weeks"),
                intervention("4 cycles (placebo)", "Placebo IV every 3 weeks"),
            ],
            ..Trial::default()
        };
        assert_eq!(
            shown(&trial),
            ["A: drugamab 240 [interventions[0].description]", "B: placebo  [interventions[1].description]"]
        );
    }

    #[test]
    fn doses_that_may_mean_different_arms_are_told_for_none() {
        let trial = Trial {
            arms: vec![arm("High", "", &["drugamab"]), arm("Low", "", &["drugamab"])],
            interventions: vec![intervention(
                "drugamab",
                "Drugamab 10 mg orally once daily or drugamab 20 mg orally once daily",
            )],
            ..Trial::default()
        };
        assert!(shown(&trial).iter().all(|row| row.starts_with("?: ")), "{:?}", shown(&trial));
    }

    #[test]
    fn what_names_arms_and_gives_a_treatment_twice_is_told_for_none() {
        let given = |words: &str| Trial {
            arms: vec![arm("Arm A", "", &["drugamab"]), arm("Arm B", "", &["drugamab"])],
            interventions: vec![intervention("drugamab", words)],
            ..Trial::default()
        };
        let apart = shown(&given(
            "Drugamab 10 mg IV on day 1 of each 21-day cycle (Arms A and B), and on days 1 and 22 of radiotherapy (Arm B only).",
        ));
        assert!(apart.iter().all(|row| row.starts_with("?: ")), "{apart:?}");
        let alike = shown(&given("Drugamab 10 mg IV on day 1 of each 21-day cycle in Arms A and B."));
        assert!(alike.iter().all(|row| row.starts_with("Arm ")), "{alike:?}");
    }

    #[test]
    fn descriptions_serve_where_arms_say_nothing() {
        let mut trial = Trial { arms: vec![arm("Only", "", &[])], ..Trial::default() };
        trial.description = Description {
            brief: None,
            detailed: Some(
                "Patients receive drugamab 80 mg orally on days 1-21 of each 28-day cycle.".to_owned(),
            ),
        };
        assert_eq!(shown(&trial), ["Only: drugamab 80 [description.detailed]"]);
        let (regimens, coverage) = read(&trial);
        assert_eq!(regimens.first().and_then(|r| r.cycle).map(|c| c.to_string()).as_deref(), Some("P28D"));
        assert_eq!((coverage.read(), coverage.total()), (1, 1));
    }

    #[test]
    fn arms_told_in_the_same_words_are_told_apart_by_their_labels() {
        let words = "Drugamab 80 mg IV alone or with othermab 5 mg orally, in 21-day cycles.";
        let trial = Trial {
            arms: vec![arm("Drugamab alone", words, &[]), arm("Drugamab + othermab", words, &[])],
            ..Trial::default()
        };
        let rows = shown(&trial);
        assert!(rows.iter().any(|row| row.starts_with("Drugamab + othermab: othermab")), "{rows:?}");
        assert!(!rows.iter().any(|row| row.starts_with("Drugamab alone: othermab")), "{rows:?}");
    }

    #[test]
    fn what_is_given_without_a_name_keeps_its_words_and_its_end() {
        let words = "Patients continue with the earlier effective drug until disease progression, intolerable toxicity or \
                     withdrawal from the study.";
        let trial = Trial { arms: vec![arm("Control", words, &[])], ..Trial::default() };
        let (regimens, _) = read(&trial);
        let row = &regimens[0].administrations[0];
        assert_eq!(row.drug, "the earlier effective drug");
        assert_eq!(row.stop, ["progression", "toxicity", "withdrawal"]);
        assert_eq!(row.span.of(words), Some(row.text.as_str()));
        for silent in [
            "Patients are followed until disease progression.",
            "Patients receive nothing. They are seen until progression.",
            "Patients receive the best care for 6 weeks until surgery.",
        ] {
            let trial = Trial { arms: vec![arm("Control", silent, &[])], ..Trial::default() };
            assert_eq!(read(&trial).0, [], "{silent}");
        }
    }
}
