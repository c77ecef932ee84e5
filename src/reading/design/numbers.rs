//! Planned numbers of participants, numbers of cohorts, and how long participants are followed.

use super::sentence::Sentence;
use crate::protocol::{Counted, DesignReading, FollowUp, PeriodUnit};
use crate::reading::numbers::{self, Found};
use crate::reading::{lexer::Kind, periods};

/// How far a word of planning may stand from its number.
const REACH: usize = 12;

/// A trial that plans for a range plans for no fewer; "3-6 subjects" are a cohort's.
const SMALLEST_OF_RANGE: f64 = 10.0;

/// Adds what a sentence says.
pub fn add(sentence: &Sentence<'_>, design: &mut DesignReading) {
    for planned in planned(sentence) {
        if design.planned.iter().all(|known| known.count != planned.count) {
            design.planned.push(planned);
        }
    }
    if design.cohorts.is_none() {
        design.cohorts = cohorts(sentence);
    }
    if design.follow_up.is_none() {
        design.follow_up = follow_up(sentence);
    }
}

/// "a total of 82 patients are planned", "the number of subjects is expected to be 30".
fn planned(sentence: &Sentence<'_>) -> Vec<Counted> {
    let vocabulary = sentence.vocabulary;
    if sentence.all(&vocabulary.planned).is_empty() || !sentence.all(&vocabulary.not_planned).is_empty() {
        return Vec::new();
    }
    let mut all = Vec::new();
    let mut at = sentence.range.start;
    while at < sentence.range.end {
        let Some(count) = count(sentence, at) else {
            at += 1;
            continue;
        };
        let range = at..count.end;
        let counted = people_behind(sentence, count.end).map(|end| at..end).or_else(|| {
            let said = number_of_people(sentence, at)?;
            Some(said..count.end)
        });
        if let Some(words) = counted.filter(|_| sentence.near(&vocabulary.planned, &range, REACH)) {
            all.push(Counted { count: count.value, span: sentence.span(words) });
        }
        at = count.end;
    }
    all
}

/// A whole number that may count participants; of a range the upper end.
fn count(sentence: &Sentence<'_>, at: usize) -> Option<Found<u32>> {
    let tokens = sentence.tokens;
    // Digits only: "two patients" is no sample size. Numbers inside of others ("3-6", "1.5", "50%") are none.
    let Kind::Number(_) = tokens.get(at)?.kind else { return None };
    if matches!(sentence.text(at.wrapping_sub(1)), "-" | "/" | "≥" | ">" | "<" | "≤" | ":" | "+") {
        return None;
    }
    // The upper end of "3 to 6", which is read where it begins.
    if sentence.text(at.wrapping_sub(1)) == "to" && tokens.number(at.wrapping_sub(2)).is_some() {
        return None;
    }
    let found = match numbers::range(tokens, at) {
        Some(range) if range.value.1 < SMALLEST_OF_RANGE => return None,
        Some(range) => range.map(|(_, upper)| upper),
        None => numbers::number(tokens, at)?,
    };
    let whole = found.value.fract() == 0.0 && (5.0..=1_000_000.0).contains(&found.value);
    let other =
        matches!(sentence.text(found.end), "%" | "/" | ":" | "-" | "+") || sentence.text(found.end) == "th";
    (whole && !other).then(|| found.map(|value| value as u32))
}

/// "30 eligible adult patients": the token behind the people.
fn people_behind(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    for next in at..at + 4 {
        if let Some(found) = sentence.vocabulary.people.at(sentence.tokens, next) {
            return Some(found.end);
        }
        let word = sentence.tokens.get(next).is_some_and(|token| token.kind == Kind::Word);
        let stops = sentence.is(next, &sentence.vocabulary.not_people);
        let unit = periods::unit(sentence.text(next)).is_some();
        if !word || stops || unit {
            return None;
        }
    }
    None
}

/// "number of enrolled subjects is expected to be 30", "sample size of 30": the token where it begins.
fn number_of_people(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    if !matches!(sentence.text(at.wrapping_sub(1)), "be" | "is" | "of" | ":" | "approximately" | "about") {
        return None;
    }
    let from = at.saturating_sub(REACH).max(sentence.range.start);
    let size = (from..at).find(|i| sentence.text(*i) == "sample" && sentence.text(*i + 1) == "size");
    let number = (from..at).find(|i| sentence.text(*i) == "number" && sentence.text(*i + 1) == "of");
    let people =
        |start: &usize| (*start..at).any(|i| sentence.vocabulary.people.at(sentence.tokens, i).is_some());
    size.or_else(|| number.filter(people))
}

/// "three cohorts", "up to 6 cohorts".
fn cohorts(sentence: &Sentence<'_>) -> Option<Counted> {
    sentence.range.clone().find_map(|at| {
        let count = numbers::number(sentence.tokens, at)?;
        let end = (count.end..count.end + 3).find(|next| sentence.text(*next) == "cohorts")?;
        // "Cohorts 1 to 4 and cohort 6" are cohorts' names.
        let describes = |next| {
            let joins = sentence.is(next, &sentence.vocabulary.not_cohorts);
            !joins && sentence.tokens.get(next).is_some_and(|t| t.kind == Kind::Word)
        };
        let words = (count.end..end).all(describes);
        let whole = count.value.fract() == 0.0 && (2.0..=40.0).contains(&count.value);
        (words && whole).then(|| Counted { count: count.value as u32, span: sentence.span(at..end + 1) })
    })
}

/// "followed up for 2 years", "a follow-up period of 24 months", "12-month follow-up".
fn follow_up(sentence: &Sentence<'_>) -> Option<FollowUp> {
    let tokens = sentence.tokens;
    for (_, words) in sentence.all(&sentence.vocabulary.follow_up) {
        // "For 8 weeks, followed by surgery" is no follow-up, and a "6-month follow-up visit" one day of it.
        if sentence.is(words.end, &sentence.vocabulary.follow_up_day) {
            continue;
        }
        let start = words.start.saturating_sub(3).max(sentence.range.start);
        let before = (start..words.start).find_map(|at| {
            periods::period(tokens, at).filter(|found| found.end == words.start).map(|f| (at, f))
        });
        if let Some((at, found)) = before
            && is_long(found.value.unit)
        {
            return Some(told(sentence, at, found.value, at..words.end));
        }
        for at in words.end..(words.end + 6).min(sentence.range.end) {
            let joins = sentence.is(at, &sentence.vocabulary.follow_up_joins);
            if let Some(found) = periods::period(tokens, at).filter(|found| is_long(found.value.unit)) {
                // "follow-up 6 months after surgery" is a visit.
                let visit = sentence.is(found.end, &sentence.vocabulary.when);
                return (!visit).then(|| told(sentence, at, found.value, words.start..found.end));
            }
            if !joins {
                break;
            }
        }
    }
    None
}

fn told(
    sentence: &Sentence<'_>,
    at: usize,
    length: crate::protocol::Period,
    words: std::ops::Range<usize>,
) -> FollowUp {
    let least = (at.saturating_sub(3)..at).any(|i| matches!(sentence.text(i), "least" | "minimum"));
    FollowUp { length, at_least: least, span: sentence.span(words) }
}

fn is_long(unit: PeriodUnit) -> bool {
    unit >= PeriodUnit::Day
}
