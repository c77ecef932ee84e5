//! Design: title, phase, allocation, masking, where cells come from.

use std::collections::BTreeSet;

use crate::protocol::Span;
use crate::reading::phrases::{Phrases, Words};

use super::subject::{Passage, Role, Subject};
use super::{Hit, Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "no-title",
        severity: Severity::Note,
        title: "A record without a title",
        explanation: "Nothing names the study; it is found by its text alone.",
        check: no_title,
    },
    Rule {
        id: "phase-disagrees",
        severity: Severity::Warning,
        title: "Phase in title and field disagree",
        explanation: "The title names another phase than the field that searches go by.",
        check: phase,
    },
    Rule {
        id: "masking-disagrees",
        severity: Severity::Warning,
        title: "Masking in title and field disagree",
        explanation: "The title calls the study open or blind, the field says the contrary.",
        check: masking,
    },
    Rule {
        id: "masking-without-dummy",
        severity: Severity::Warning,
        title: "Blind, with treatments that cannot look alike",
        explanation: "The study is called blind, the treatments are given in different ways, and no placebo or sham is mentioned.",
        check: masking_without_dummy,
    },
    Rule {
        id: "allocation-disagrees",
        severity: Severity::Warning,
        title: "Allocation in title and field disagree",
        explanation: "The title calls the study randomised, the field says that it is not.",
        check: allocation,
    },
    Rule {
        id: "randomised-to-one-arm",
        severity: Severity::Warning,
        title: "Randomised to a single arm",
        explanation: "A patient cannot be randomised where there is one arm.",
        check: one_arm,
    },
    Rule {
        id: "cells-of-two-origins",
        severity: Severity::Error,
        title: "Cells from the patient and from a donor",
        explanation: "One sentence has the cells from a donor, another from the patient's own blood. Consent and risk differ.",
        check: two_origins,
    },
];

fn no_title(subject: &Subject<'_>) -> Vec<Hit> {
    let trial = subject.trial;
    let titled = |text: &str| !text.trim().is_empty();
    let has = titled(&trial.title) || trial.official_title.as_deref().is_some_and(titled);
    if has { Vec::new() } else { vec![Hit::new("the record has no title", Vec::new())] }
}

/// Words that say that a phase in a title is that of another study.
const OTHER_STUDY: &[&str] =
    &["extension", "rollover", "roll", "follow", "previous", "prior", "parent", "completed", "post"];

fn phase(subject: &Subject<'_>) -> Vec<Hit> {
    let field: BTreeSet<u8> =
        subject.trial.phases.iter().filter_map(|phase| phase_of(phase.as_str())).collect();
    if field.is_empty() {
        return Vec::new();
    }
    for passage in subject.of_role(Role::Title) {
        let words = passage.words();
        if (0..words.len()).any(|at| OTHER_STUDY.contains(&words.text(at))) {
            continue;
        }
        let Some((title, span)) = phases_named(passage, &words) else { continue };
        if title != field {
            let text = span.of(passage.text).unwrap_or_default().to_owned();
            let stated =
                subject.trial.phases.iter().map(|phase| phase.label()).collect::<Vec<_>>().join(", ");
            return vec![Hit::new(format!("\"{text}\" in the title, {stated} in the field"), vec![span])];
        }
    }
    Vec::new()
}

/// The registry's word as a number; an early phase 1 is 0.
fn phase_of(code: &str) -> Option<u8> {
    match code {
        "EARLY_PHASE1" => Some(0),
        "PHASE1" => Some(1),
        "PHASE2" => Some(2),
        "PHASE3" => Some(3),
        "PHASE4" => Some(4),
        _ => None,
    }
}

/// "Phase 1b/2", "phase II-III", "Phase I and II": every number behind the word, if it is used once.
fn phases_named(passage: &Passage<'_>, words: &Words<'_>) -> Option<(BTreeSet<u8>, Span)> {
    let is_phase = |at: &usize| matches!(words.text(*at), "phase" | "phases");
    let mut uses = (0..words.len()).filter(is_phase);
    let start = uses.next()?;
    if uses.next().is_some() {
        return None;
    }
    let mut phases = BTreeSet::new();
    let mut end = start + 1;
    loop {
        let text = words.text(end);
        let text = if matches!(text, "and" | "to") { words.text(end + 1) } else { text };
        let Some(number) = phase_number(text) else { break };
        phases.insert(number);
        end += if words.text(end) == text { 1 } else { 2 };
        // "1b" is a number and a letter.
        if matches!(words.text(end), "a" | "b" | "c") {
            end += 1;
        }
    }
    (!phases.is_empty()).then(|| (phases, passage.span(words, start..end)))
}

fn phase_number(text: &str) -> Option<u8> {
    match text.trim_end_matches(['a', 'b', 'c']) {
        "0" => Some(0),
        "1" | "i" | "ⅰ" => Some(1),
        "2" | "ii" | "ⅱ" => Some(2),
        "3" | "iii" | "ⅲ" => Some(3),
        "4" | "iv" | "ⅳ" => Some(4),
        _ => None,
    }
}

fn masking(subject: &Subject<'_>) -> Vec<Hit> {
    let Some(field) = &subject.trial.design.masking else { return Vec::new() };
    let open = list(&["open label", "open labelled", "open labeled", "unblinded"]);
    let blind = list(&["double blind", "double blinded", "double masked", "triple blind", "quadruple blind"]);
    let somehow = list(&["blind", "blinded", "masked"]);
    for passage in subject.of_role(Role::Title) {
        let opened = passage.first(&open);
        if opened.is_some() && passage.first(&somehow).is_some() {
            continue;
        }
        match (opened, passage.first(&blind), field.as_str()) {
            (Some(span), None, masked @ ("DOUBLE" | "TRIPLE" | "QUADRUPLE")) => {
                return vec![disagreeing(passage, span, masked)];
            }
            (None, Some(span), none @ "NONE") => return vec![disagreeing(passage, span, none)],
            _ => {}
        }
    }
    Vec::new()
}

fn disagreeing(passage: &Passage<'_>, span: Span, field: &str) -> Hit {
    let text = span.of(passage.text).unwrap_or_default().to_owned();
    Hit::new(format!("\"{text}\" in the title, {field} in the field"), vec![span])
}

fn masking_without_dummy(subject: &Subject<'_>) -> Vec<Hit> {
    let blind = list(&["double blind", "double blinded", "double masked"]);
    let stated = subject.free_text().find_map(|passage| passage.first(&blind));
    let Some(span) = stated else { return Vec::new() };
    let arms_say = subject.says(&subject.vocabulary.dummies);
    if arms_say || subject.trial.interventions.len() < 2 {
        return Vec::new();
    }
    let ways: Vec<BTreeSet<usize>> =
        (0..subject.trial.interventions.len()).map(|index| ways_of(subject, index)).collect();
    let known = ways.iter().all(|ways| ways.len() == 1);
    let different = ways.iter().collect::<BTreeSet<_>>().len() > 1;
    let oral_and_other =
        ways.iter().any(|ways| ways.contains(&0)) && ways.iter().any(|ways| !ways.contains(&0));
    if !(known && different && oral_and_other) {
        return Vec::new();
    }
    vec![Hit::new(
        "double-blind, one treatment is taken by mouth and the other is not, and no placebo is mentioned",
        vec![span],
    )]
}

/// In which ways an intervention is given, by its own words: 0 by mouth, 1 infused (cells too).
fn ways_of(subject: &Subject<'_>, index: usize) -> BTreeSet<usize> {
    let prefix = format!("interventions[{index}].");
    let passages = subject.of_role(Role::Intervention).filter(|passage| passage.field.starts_with(&prefix));
    let mut ways = BTreeSet::new();
    for passage in passages {
        for (way, phrases) in subject.vocabulary.ways.iter().enumerate() {
            if passage.first(phrases).is_some() {
                ways.insert(way.min(1));
            }
        }
    }
    ways
}

fn allocation(subject: &Subject<'_>) -> Vec<Hit> {
    let field = subject.trial.design.allocation.as_ref();
    let Some(field) = field.filter(|field| matches!(field.as_str(), "NON_RANDOMIZED" | "NA")) else {
        return Vec::new();
    };
    let randomised = list(&["randomized"]);
    let not = list(&[
        "non randomized",
        "nonrandomized",
        "not randomized",
        "un randomized",
        "mendelian randomized",
        "open randomized to",
    ]);
    for passage in subject.of_role(Role::Title) {
        if let (Some(span), None) = (passage.first(&randomised), passage.first(&not)) {
            return vec![disagreeing(passage, span, field.as_str())];
        }
    }
    Vec::new()
}

fn one_arm(subject: &Subject<'_>) -> Vec<Hit> {
    let design = &subject.trial.design;
    let randomised = design.allocation.as_ref().is_some_and(|allocation| allocation.as_str() == "RANDOMIZED");
    let crossover = design.intervention_model.as_ref().is_some_and(|model| model.as_str() == "CROSSOVER");
    if randomised && !crossover && subject.trial.arms.len() == 1 {
        return vec![Hit::new("randomised, with one arm", Vec::new())];
    }
    Vec::new()
}

/// A word that names the cells ("ABC cells") where a donor is spoken of, and again where the patient's own blood is.
fn two_origins(subject: &Subject<'_>) -> Vec<Hit> {
    let donor = cells_from(subject, &subject.vocabulary.donor);
    let own = cells_from(subject, &subject.vocabulary.own);
    for (name, span) in &donor {
        if let Some((_, other)) = own.iter().find(|(other, _)| other == name) {
            let message = format!(
                "{} cells from a donor in one sentence, the patient's own in another",
                name.to_uppercase()
            );
            return vec![Hit::new(message, vec![span.clone(), other.clone()])];
        }
    }
    Vec::new()
}

/// Abbreviations before or behind "cells" in sentences with one of the phrases, with the phrase's span.
fn cells_from(subject: &Subject<'_>, origin: &Phrases) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for passage in &subject.prose {
        let words = passage.words();
        let sentence = |at: usize| words.get(at).map(|word| word.sentence);
        for hit in origin.find(&words) {
            let near = (0..words.len()).filter(|at| sentence(*at) == sentence(hit.start));
            for at in
                near.filter(|at| words.get(*at).is_some_and(|word| word.capitals && word.text.len() > 2))
            {
                if matches!(words.text(at + 1), "cell" | "cells") {
                    found.push((words.text(at).to_owned(), passage.span(&words, hit.words())));
                }
            }
        }
    }
    found
}

fn list(words: &[&str]) -> Phrases {
    let mut phrases = Phrases::default();
    for words in words {
        phrases.add(words, 0);
    }
    phrases
}
