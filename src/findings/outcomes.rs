//! Outcomes: what is measured, by what, when, and whether prose and list agree.

use std::collections::BTreeSet;

use crate::protocol::{Role as List, Span};
use crate::reading::endpoint::{RESPONSE_STANDARDS, names_in};
use crate::reading::lexer::lex;
use crate::reading::phrases::Words;

use super::subject::{Passage, Role, Subject, of_endpoint, whole};
use super::{Hit, Rule, Severity};

/// A response is told by how much a tumour shrinks; what is left is more than this, in percent.
const LEFT: f64 = 50.0;
/// How many words behind "secondary outcomes" its list may reach.
const SENTENCE: usize = 60;
/// How many words before "will be compared" an outcome may stand.
const VERB: usize = 20;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "survival-by-response-criteria",
        severity: Severity::Warning,
        title: "Overall survival by response criteria",
        explanation: "Death needs no response criteria. A standard such as RECIST behind overall survival is mostly copied from the outcome \
                      above it, and leaves open which of the two is meant.",
        check: survival_by_response,
    },
    Rule {
        id: "primary-without-time-frame",
        severity: Severity::Error,
        title: "A primary outcome without a time frame",
        explanation: "Without a time frame nobody can say when the primary result is due, nor whether it was changed.",
        check: primary_without_time_frame,
    },
    Rule {
        id: "outcome-in-prose-only",
        severity: Severity::Warning,
        title: "An outcome in the prose that is not registered",
        explanation: "The prose says that this is measured, the list of outcomes does not have it. It cannot be told later whether it was planned.",
        check: in_prose_only,
    },
    Rule {
        id: "primary-outcome-disagrees",
        severity: Severity::Error,
        title: "The prose names another primary outcome",
        explanation: "Prose and list name different primary outcomes; which one decides the trial is open.",
        check: primary_disagrees,
    },
    Rule {
        id: "outcome-in-list-only",
        severity: Severity::Note,
        title: "A registered outcome that the prose's own list leaves out",
        explanation: "The prose lists the outcomes and does not name this one. It may have been added later, or forgotten in the text.",
        check: in_list_only,
    },
    Rule {
        id: "response-reduced-to",
        severity: Severity::Warning,
        title: "A response by what is left instead of what is gone",
        explanation: "Response criteria ask for a tumour smaller by a share (by at least 30%); the text has it reduced to that share.",
        check: reduced_to,
    },
    Rule {
        id: "complications-without-surgery",
        severity: Severity::Warning,
        title: "Postoperative complications in a trial without an operation",
        explanation: "An outcome counts complications of an operation, and nothing else in the record speaks of one.",
        check: complications_without_surgery,
    },
    Rule {
        id: "outcome-twice",
        severity: Severity::Note,
        title: "An outcome registered twice",
        explanation: "Two outcomes have the same measure, description and time frame.",
        check: twice,
    },
];

fn survival_by_response(subject: &Subject<'_>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (index, endpoint, reading) in subject.endpoints().filter(|(_, _, r)| r.kind.as_deref() == Some("OS"))
    {
        let response = |name: &str| RESPONSE_STANDARDS.contains(&name.split(' ').next().unwrap_or_default());
        let found = reading.criteria.iter().zip(&reading.criteria_spans).find(|(name, _)| response(name));
        if let Some((name, span)) = found {
            let spans = reading.span.iter().chain([span]).map(|span| of_endpoint(index, span)).collect();
            hits.push(Hit::new(format!("\"{}\" by {name}", endpoint.measure.trim()), spans));
        }
    }
    hits
}

fn primary_without_time_frame(subject: &Subject<'_>) -> Vec<Hit> {
    let empty = |text: &str| !text.chars().any(char::is_alphanumeric);
    let mut hits = Vec::new();
    for (index, endpoint) in subject.trial.endpoints.iter().enumerate() {
        let missing = endpoint.time_frame.as_ref().is_none_or(|frame| empty(&frame.text));
        if endpoint.role == Some(List::Primary) && missing {
            let spans = whole(format!("endpoints[{index}].measure"), &endpoint.measure);
            hits.push(Hit::new(format!("\"{}\" has no time frame", endpoint.measure.trim()), spans));
        }
    }
    hits
}

/// A name of an outcome in a sentence that says that it lists or measures outcomes.
struct Named {
    kind: &'static str,
    span: Span,
    primary: bool,
}

/// The outcomes that summary and description name where they list them.
fn named_in_prose(subject: &Subject<'_>) -> Vec<Named> {
    subject.of_role(Role::Description).flat_map(|passage| named_in(subject, passage)).collect()
}

fn named_in(subject: &Subject<'_>, passage: &Passage<'_>) -> Vec<Named> {
    let words = passage.words();
    let sentence = |at: usize| words.get(at).map(|word| word.sentence);
    let lists = subject.vocabulary.outcome_lists.find(&words);
    let measured = subject.vocabulary.measured.find(&words);
    let primary = subject.vocabulary.primary_lists.find(&words);
    // A list goes on over semicolons: the last of these words before it holds until a full stop.
    let listed = |at: usize| {
        lists.iter().any(|hit| {
            hit.start <= at && at < hit.end + SENTENCE && one_statement(passage, &words, hit.start, at)
        }) || measured
            .iter()
            .any(|hit| hit.start > at && hit.start < at + VERB && sentence(hit.start) == sentence(at))
    };
    let until =
        |at: usize| (0..at).any(|other| words.text(other) == "until" && sentence(other) == sentence(at));
    let is_primary = |at: usize| {
        let last = lists.iter().rfind(|hit| hit.start < at && one_statement(passage, &words, hit.start, at));
        last.is_some_and(|last| primary.iter().any(|hit| hit.start == last.start))
    };
    names_in(&words)
        .into_iter()
        .filter(|(_, range)| listed(range.start) && !until(range.start))
        .filter(|(kind, range)| *kind != "AE" || range.clone().any(|at| words.text(at) == "adverse"))
        .map(|(kind, range)| Named {
            kind,
            primary: is_primary(range.start),
            span: passage.span(&words, range),
        })
        .collect()
}

/// No full stop and no line end between two words; semicolons may be.
fn one_statement(passage: &Passage<'_>, words: &Words<'_>, from: usize, to: usize) -> bool {
    let text = words.raw(from..to + 1);
    let between = passage.text.get(text).unwrap_or_default();
    !between.contains(". ") && !between.contains('\n') && !between.contains('。')
}

fn registered<'t>(subject: &Subject<'t>, role: Option<List>) -> BTreeSet<&'t str> {
    let endpoints = subject.endpoints().filter(|(_, e, _)| role.is_none() || e.role == role);
    let mut kinds = BTreeSet::new();
    for (_, _, reading) in endpoints {
        kinds.extend(reading.kind.as_deref());
        kinds.extend(reading.parts.iter().filter_map(|part| part.kind.as_deref()));
    }
    kinds
}

/// Every kind that the outcomes' own texts name, wherever they do.
fn mentioned(subject: &Subject<'_>) -> BTreeSet<&'static str> {
    subject
        .of_role(Role::Outcome)
        .flat_map(|passage| names_in(&passage.words()))
        .map(|(kind, _)| kind)
        .collect()
}

fn in_prose_only(subject: &Subject<'_>) -> Vec<Hit> {
    if subject.trial.endpoints.is_empty() {
        return Vec::new();
    }
    let (registered, mentioned) = (registered(subject, None), mentioned(subject));
    let mut seen = BTreeSet::new();
    let mut hits = Vec::new();
    for named in named_in_prose(subject) {
        if registered.contains(named.kind) || mentioned.contains(named.kind) || !seen.insert(named.kind) {
            continue;
        }
        hits.push(Hit::new(
            format!("{} is named in the text and not registered as an outcome", named.kind),
            vec![named.span],
        ));
    }
    hits
}

/// So many kinds of outcomes make a list in the prose one that means to be whole.
const WHOLE_LIST: usize = 3;
/// Kinds that a list of outcomes names when they are measured.
const ALWAYS_NAMED: &[&str] = &["OS", "PFS", "ORR", "DFS", "EFS", "TTP", "PCR"];

/// The reverse: the prose lists secondary outcomes too, and nowhere names one that is registered as secondary.
fn in_list_only(subject: &Subject<'_>) -> Vec<Hit> {
    let named = named_in_prose(subject);
    let kinds: BTreeSet<&str> = named.iter().map(|named| named.kind).collect();
    let secondary = named.iter().any(|named| !named.primary);
    if kinds.len() < WHOLE_LIST || !secondary {
        return Vec::new();
    }
    let said: BTreeSet<&str> =
        subject.free_text().flat_map(|passage| names_in(&passage.words())).map(|(kind, _)| kind).collect();
    let mut hits = Vec::new();
    for (index, endpoint, reading) in subject.endpoints().filter(|(_, e, _)| e.role == Some(List::Secondary))
    {
        let kind = reading.kind.as_deref().filter(|kind| ALWAYS_NAMED.contains(kind) && !said.contains(kind));
        if let Some(kind) = kind {
            let spans = whole(format!("endpoints[{index}].measure"), &endpoint.measure);
            hits.push(Hit::new(format!("{kind} is registered and not in the text's list"), spans));
        }
    }
    hits
}

fn primary_disagrees(subject: &Subject<'_>) -> Vec<Hit> {
    let mut registered = registered(subject, Some(List::Primary));
    for (_, endpoint, _) in subject.endpoints().filter(|(_, e, _)| e.role == Some(List::Primary)) {
        for text in [Some(endpoint.measure.as_str()), endpoint.description.as_deref()].into_iter().flatten() {
            let tokens = lex(text);
            registered.extend(names_in(&Words::of(&tokens, text)).into_iter().map(|(kind, _)| kind));
        }
    }
    let named: Vec<Named> = named_in_prose(subject).into_iter().filter(|named| named.primary).collect();
    let all_named: BTreeSet<&str> = named.iter().map(|named| named.kind).collect();
    let clear =
        |kinds: &BTreeSet<&str>| !kinds.is_empty() && kinds.iter().all(|kind| !kind.ends_with("OTHER"));
    if !clear(&registered) || !registered.is_disjoint(&all_named) {
        return Vec::new();
    }
    let first = named.into_iter().next();
    let listed = registered.iter().copied().collect::<Vec<_>>().join(", ");
    let hit = |named: Named| {
        Hit::new(
            format!("the text's primary outcome is {}, the list's {listed}", named.kind),
            vec![named.span],
        )
    };
    first.map(hit).into_iter().collect()
}

fn reduced_to(subject: &Subject<'_>) -> Vec<Hit> {
    let response = subject
        .endpoints()
        .filter(|(_, _, r)| matches!(r.kind.as_deref(), Some("ORR" | "DCR" | "CRR" | "PFS")));
    let fields: BTreeSet<String> =
        response.map(|(index, _, _)| format!("endpoints[{index}].description")).collect();
    let mut hits = Vec::new();
    for passage in subject.prose.iter().filter(|passage| fields.contains(&passage.field)) {
        let words = passage.words();
        let shrinks = |at: &usize| {
            matches!(words.text(*at), "reduced" | "decreased" | "shrunk" | "shrinks")
                && words.text(at + 1) == "to"
        };
        for at in (0..words.len()).filter(shrinks) {
            let share = words.text(at + 2).parse::<f64>().ok().filter(|share| *share <= LEFT);
            if share.is_some() && words.text(at + 3) == "%" {
                let span = passage.span(&words, at..at + 4);
                let text = span.of(passage.text).unwrap_or_default().to_owned();
                hits.push(Hit::new(format!("\"{text}\": criteria ask for smaller by that much"), vec![span]));
            }
        }
    }
    hits
}

fn complications_without_surgery(subject: &Subject<'_>) -> Vec<Hit> {
    let found = subject
        .of_role(Role::Outcome)
        .find_map(|passage| Some((passage, passage.first(&subject.vocabulary.after_surgery)?)));
    let Some((in_outcome, span)) = found else { return Vec::new() };
    let operated = subject.prose.iter().any(|passage| speaks_of_surgery(subject, passage, in_outcome));
    let kinds = ["PROCEDURE", "DEVICE"];
    let procedure = subject
        .trial
        .interventions
        .iter()
        .any(|given| given.kind.as_ref().is_some_and(|kind| kinds.contains(&kind.as_str())));
    if operated || procedure {
        return Vec::new();
    }
    let text = span.of(in_outcome.text).unwrap_or_default().to_owned();
    vec![Hit::new(format!("\"{text}\", and the record speaks of no operation"), vec![span])]
}

/// Whether a passage speaks of an operation. Words for complications do not count.
fn speaks_of_surgery(subject: &Subject<'_>, passage: &Passage<'_>, outcome: &Passage<'_>) -> bool {
    let words = passage.words();
    let complications = subject.vocabulary.after_surgery.find(&words);
    let apart = |at: usize| !complications.iter().any(|hit| hit.words().contains(&at));
    let named = subject.vocabulary.surgery.find(&words).iter().any(|hit| apart(hit.start));
    let ending =
        |text: &str| subject.vocabulary.surgery_endings.iter().any(|ending| text.ends_with(ending.as_str()));
    let operation = (0..words.len()).any(|at| apart(at) && ending(words.text(at)));
    // In the outcome that counts the complications, "postoperative" belongs to them.
    (named && passage.field != outcome.field) || operation
}

fn twice(subject: &Subject<'_>) -> Vec<Hit> {
    let mut seen = BTreeSet::new();
    let mut hits = Vec::new();
    for (index, endpoint) in subject.trial.endpoints.iter().enumerate() {
        let frame = endpoint.time_frame.as_ref().map(|frame| frame.text.trim().to_lowercase());
        let key =
            (endpoint.measure.trim().to_lowercase(), endpoint.description.as_deref().map(str::trim), frame);
        if !endpoint.measure.is_empty() && !seen.insert(key) {
            let spans = whole(format!("endpoints[{index}].measure"), &endpoint.measure);
            hits.push(Hit::new(format!("\"{}\" is there twice", endpoint.measure.trim()), spans));
        }
    }
    hits
}
