//! Statements about the whole treatment, as forms print them: "Duration of treatment: 12 weeks", "Route of administration:
//! oral". They are said of all rows.

use super::entry::{Put, Slots};
use super::part::{Part, What};
use super::word_classes::{Source, WordClass};
use crate::protocol::Period;
use crate::reading::lexer::Tokens;

/// What a statement says, and its tokens.
pub(super) struct Fields {
    pub slots: Slots,
    pub first: usize,
    pub end: usize,
}

/// Reads a sentence that states the duration or the way of giving and nothing else.
pub(super) fn of_all(parts: &[Part], tokens: &Tokens) -> Option<Fields> {
    const LONGEST: usize = 12;
    if parts.len() > LONGEST {
        return None;
    }
    let mut slots = Slots::default();
    let (mut first, mut end) = (usize::MAX, 0);
    let mut depth = 0_usize;
    for part in parts {
        match &part.what {
            What::Open => depth += 1,
            What::Close => depth = depth.saturating_sub(1),
            // In brackets stands what holds for some.
            _ if depth > 0 => {}
            What::Lasting(_) | What::Route(_) => {
                if slots.put(&part.what) == Put::Taken {
                    return None;
                }
                (first, end) = (first.min(part.first), end.max(part.end));
            }
            What::Pronoun | What::Colon | What::Comma | What::Other | What::Bound(_) | What::Unknown => {}
            _ => return None,
        }
    }
    let start = parts.first().map_or(0, |part| part.first);
    let headed = heading(tokens, start.min(first));
    let told = match headed? {
        Field::Duration => slots.lasting.is_some() && slots.route.is_none(),
        Field::Route => slots.route.is_some() && slots.lasting.is_none(),
    };
    told.then_some(Fields { slots, first, end })
}

/// "7 weeks duration", "Duration: 12 weeks", "12 weeks of treatment" ahead of all treatments, as a line or a sentence of its
/// own: how long all of them are given.
pub(super) fn length_ahead(parts: &[Part], source: Source<'_>) -> Option<(Period, (usize, usize))> {
    const LONGEST: usize = 8;
    const FAR: usize = 8;
    if parts.len() > LONGEST {
        return None;
    }
    let Source { tokens, classes, .. } = source;
    let mut told = None;
    for part in parts {
        match &part.what {
            What::Lasting(length) if told.is_none() => told = Some((*length, (part.first, part.end))),
            What::Pronoun
            | What::Colon
            | What::Comma
            | What::And
            | What::Doses(_)
            | What::Give
            | What::Other
            | What::Bound(_) => {}
            What::Phase(_) if classes.has(part.first, WordClass::Treated) => {}
            _ => return None,
        }
    }
    let told = told?;
    let first = parts.first().map_or(0, |part| part.first);
    let end = parts.last().map_or(0, |part| part.end);
    // The sentence's first words may have no part.
    let start = (first.saturating_sub(FAR)..first)
        .rev()
        .take_while(|token| !matches!(tokens.text(*token), "." | "\n" | ";"))
        .last()
        .unwrap_or(first);
    let named = (start..end).any(|token| tokens.is(token, "duration"))
        || classes.among(start..end, WordClass::Treated)
            && !classes.among(start..end, WordClass::OtherLengths);
    named.then_some(told)
}

/// "In 28-day cycles:", "Patients receive 6 cycles of 28 days." ahead of the treatments: the cycle of all that follow. With
/// rows before it, only as the heading of others.
pub(super) fn cycles_ahead(parts: &[Part], rows_before: bool) -> Option<Fields> {
    const LONGEST: usize = 14;
    if parts.len() > LONGEST {
        return None;
    }
    let mut slots = Slots::default();
    let (mut first, mut end) = (usize::MAX, 0);
    let mut heads = false;
    let mut depth = 0_usize;
    for part in parts {
        match &part.what {
            What::Open => depth += 1,
            What::Close => depth = depth.saturating_sub(1),
            // "each cycle (21 days)", "each 21-day (3-week) cycle": the same in other words.
            What::Lasting(_) | What::Other if depth > 0 => {}
            What::Cycle(length, _) if slots.cycle.is_none() => slots.cycle = Some(*length),
            What::Cycles(count) if slots.cycles.is_none() => slots.cycles = Some(*count),
            What::Colon => heads = true,
            What::Bound(_) | What::Pronoun | What::Give | What::Of | What::Comma => continue,
            What::Other | What::Unknown => heads = false,
            _ => return None,
        }
        if matches!(part.what, What::Cycle(..) | What::Cycles(_)) {
            (first, end) = (first.min(part.first), end.max(part.end));
        }
    }
    let told = slots.cycle.is_some() || heads && slots.cycles.is_some();
    (told && (heads || !rows_before)).then_some(Fields { slots, first, end })
}

enum Field {
    Duration,
    Route,
}

/// The field whose words stand at the start of a sentence; its first words may have no part.
fn heading(tokens: &Tokens, start: usize) -> Option<Field> {
    const FAR: usize = 4;
    let mut at = start;
    for _ in 0..FAR {
        let before = at.checked_sub(1).map_or(".", |token| tokens.text(token));
        if matches!(before, "." | "\n" | ";" | "!" | "?") {
            break;
        }
        at -= 1;
    }
    at += usize::from(matches!(tokens.text(at), "the" | "-" | "*" | "total" | "planned"));
    at += usize::from(matches!(tokens.text(at), "total" | "planned"));
    let word = |ahead: usize| tokens.text(at + ahead);
    match (word(0), word(1), word(2)) {
        ("duration", "of", "treatment" | "therapy") | ("treatment", "duration", _) => Some(Field::Duration),
        ("route" | "mode" | "method", "of", "administration") | ("administration", "route", _) => {
            Some(Field::Route)
        }
        _ => None,
    }
}
