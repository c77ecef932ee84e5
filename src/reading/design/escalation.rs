//! How doses are escalated: by which rule, over how many levels, and how long toxicity is watched for.

use std::ops::Range;

use super::sentence::Sentence;
use crate::protocol::{DesignReading, Escalation, Period, PeriodUnit};
use crate::reading::{numbers, periods};

/// How far from "DLT" the time may stand for which it is watched.
const REACH: usize = 14;

/// Adds what a sentence says.
pub fn add(sentence: &Sentence<'_>, design: &mut DesignReading) {
    let vocabulary = sentence.vocabulary;
    for (_, range) in sentence.all(&vocabulary.escalation_mention) {
        let escalation = design.escalation.get_or_insert_default();
        if escalation.spans.is_empty() {
            escalation.spans.push(sentence.span(range));
        }
    }
    for (method, range) in sentence.all(&vocabulary.escalation_method) {
        let name = vocabulary.name(method).to_owned();
        note(design, sentence, range, |escalation| escalation.method.get_or_insert(name).clone());
    }
    if let Some((levels, range)) = levels(sentence) {
        note(design, sentence, range, |escalation| *escalation.levels.get_or_insert(levels));
    }
    for (_, range) in sentence.all(&vocabulary.toxicity) {
        if let Some((window, range)) = window(sentence, &range) {
            note(design, sentence, range, |escalation| *escalation.dlt_window.get_or_insert(window));
        }
    }
}

fn note<T>(
    design: &mut DesignReading,
    sentence: &Sentence<'_>,
    range: Range<usize>,
    set: impl FnOnce(&mut Escalation) -> T,
) {
    let escalation = design.escalation.get_or_insert_default();
    set(escalation);
    let span = sentence.span(range);
    if !escalation.spans.contains(&span) {
        escalation.spans.push(span);
    }
}

/// "five dose levels", "4 escalating dose levels".
fn levels(sentence: &Sentence<'_>) -> Option<(u32, Range<usize>)> {
    sentence.range.clone().find_map(|at| {
        let count = numbers::number(sentence.tokens, at)?;
        let next = (count.end..count.end + 3).find(|next| sentence.text(*next) == "dose")?;
        let levels = matches!(sentence.text(next + 1), "levels" | "cohorts");
        let whole = count.value.fract() == 0.0 && (2.0..=20.0).contains(&count.value);
        (levels && whole).then(|| (count.value as u32, at..next + 2))
    })
}

/// "DLT observation period of 28 days", "the 21-day DLT window", "DLTs within the first 4 weeks".
fn window(sentence: &Sentence<'_>, toxicity: &Range<usize>) -> Option<(Period, Range<usize>)> {
    let tokens = sentence.tokens;
    // "28-day DLT"
    for start in toxicity.start.saturating_sub(4).max(sentence.range.start)..toxicity.start {
        if let Some(found) = periods::period(tokens, start).filter(|found| found.end == toxicity.start)
            && sentence.near(&sentence.vocabulary.window, &(toxicity.end..toxicity.end), 3)
        {
            return long_enough(found.value).map(|period| (period, start..toxicity.end));
        }
    }
    let mut watched = false;
    for at in toxicity.end..(toxicity.end + REACH).min(sentence.range.end) {
        if matches!(sentence.text(at), ";" | "grade" | "lasting" | "≥" | ">" | ">=") {
            return None;
        }
        if watched && let Some(found) = periods::period(tokens, at) {
            return long_enough(found.value).map(|period| (period, toxicity.start..found.end));
        }
        watched |= sentence.vocabulary.window.at(tokens, at).is_some();
    }
    None
}

/// Toxicity is watched for days, not for hours.
fn long_enough(period: Period) -> Option<Period> {
    let days = period.unit >= PeriodUnit::Day && (7.0..=120.0).contains(&period.days());
    days.then_some(period)
}
