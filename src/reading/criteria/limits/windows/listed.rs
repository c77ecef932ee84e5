//! Times that stand beside their agents in a list: "theophylline: 24 hours, salbutamol: 6 hours", "chemotherapy
//! (< 21 days), radiotherapy (< 14 days)".

use std::ops::Range;

use crate::protocol::{LimitValue, Number, Section};
use crate::reading::criteria::limits::Item;
use crate::reading::criteria::limits::amounts::{self, Amount, Op};
use crate::reading::criteria::limits::draft::Draft;
use crate::reading::criteria::limits::scope;
use crate::reading::criteria::vocabulary::{Class, Lists};

use super::agent;

/// How far before a time its agent begins.
const FAR: usize = 14;
/// How far before a list the words stand that say what its times are for.
const LOOK: usize = 80;

/// Lists whose phrases announce, divide or end a list of times.
const LOOKED_AT: Lists = Lists::of(&[
    Class::Stopped,
    Class::Before,
    Class::Washout,
    Class::Stop,
    Class::Colon,
    Class::Semicolon,
    Class::Comma,
    Class::Open,
]);

/// The times of an item's lists. `announced`: the item stands in a list of washout periods.
pub(super) fn read(item: &Item<'_>, announced: bool) -> Vec<Draft> {
    let mut drafts = Vec::new();
    // Behind a colon, in brackets, or in a list of washouts: most items have none of them.
    if !announced && !item.has(&[Class::Colon, Class::Open, Class::Washout]) {
        return drafts;
    }
    // "4 weeks for antibodies" as an item of its own.
    drafts.extend(announced.then(|| before_agent(item, item.range.start)).flatten());
    let mut stopped: Option<usize> = None;
    let mut washed: Option<usize> = None;
    let mut named_before: Option<usize> = None;
    for at in item.range.clone() {
        let atoms = item.atoms;
        // Most words are no part of a list.
        if !atoms.lists(at).meets(LOOKED_AT) {
            continue;
        }
        if atoms.is(at, Class::Stopped) {
            stopped = Some(at);
        }
        if atoms.is(at, Class::Before) {
            named_before = Some(at);
        }
        if atoms.is(at, Class::Washout) && atoms.text(at).starts_with("wash") {
            washed = Some(at);
        }
        if scope::is_stop(atoms, at) {
            (stopped, named_before, washed) = (None, None, None);
        }
        let near = |said: Option<usize>| said.is_some_and(|said| at - said <= LOOK);
        if atoms.is(at, Class::Colon) && (announced || near(stopped)) {
            drafts.extend(behind_colon(item, at));
        }
        let said = near(washed) || announced;
        if said && atoms.is_any(at, &[Class::Colon, Class::Semicolon, Class::Comma]) {
            drafts.extend(before_agent(item, at + 1));
        }
        if atoms.is(at, Class::Open) {
            let recent = at > item.range.start && atoms.text(at - 1) == "recent";
            // "recent use (30 days) of opioids".
            let used = at > item.range.start + 1 && atoms.text(at - 2) == "recent";
            let recent = recent || used && matches!(atoms.text(at - 1), "use" | "history" | "intake");
            drafts.extend(in_brackets(item, at, near(named_before), recent));
        }
    }
    drafts
}

/// "theophylline: 24 hours" before a comma or the list's end.
fn behind_colon(item: &Item<'_>, colon: usize) -> Option<Draft> {
    let atoms = item.atoms;
    let amount = amounts::amount(atoms, colon + 1)?;
    let ends = amount.end >= item.range.end
        || scope::is_stop(atoms, amount.end)
        || atoms.is_any(amount.end, &[Class::Comma, Class::And, Class::Or, Class::Semicolon, Class::Close]);
    let op = if item.section == Some(Section::Exclusion) { Op::Lt } else { Op::Ge };
    ends.then(|| draft(item, colon, op, &amount)).flatten()
}

/// "washout periods: 2 weeks for topical therapy; 12 weeks for biologics": the agent behind its time.
fn before_agent(item: &Item<'_>, at: usize) -> Option<Draft> {
    let atoms = item.atoms;
    let amount = amounts::amount(atoms, at).filter(|amount| atoms.text(amount.end) == "for")?;
    let from = amount.end + 1;
    let until = (from + FAR).min(item.range.end);
    let end = (from..until).find(|i| {
        scope::is_stop(atoms, *i)
            || atoms.is_any(*i, &[Class::Semicolon, Class::Comma, Class::Open, Class::Close])
    });
    let op = if item.section == Some(Section::Exclusion) { Op::Lt } else { Op::Ge };
    let agent = agent::words(item, from..end.unwrap_or(until));
    draft(item, amount.start, op, &amount).map(|draft| Draft { agent, ..draft })
}

/// "chemotherapy (< 21 days)": a time alone in brackets behind what it is of, or behind "recent". `before`: the words in
/// front say that it is counted back; an event needs none.
fn in_brackets(item: &Item<'_>, open: usize, before: bool, recent: bool) -> Option<Draft> {
    let atoms = item.atoms;
    if let Some(draft) = recent.then(|| recently(item, open)).flatten() {
        return Some(draft);
    }
    let excluded = item.section == Some(Section::Exclusion);
    let words = words_before(item, open);
    // "stable dose (4 weeks)", "children (< 2 years)", "onset of symptoms (6 weeks)": how long it lasts.
    let long = words.clone().any(|at| {
        atoms.is_any(at, &[Class::Stable, Class::Person, Class::Variable, Class::Long])
            || atoms.text(at) == "onset"
    });
    if long && !recent {
        return None;
    }
    // "recent embolism (6 months)": "recent" says that the time is the most that may have passed.
    let just = excluded && words.clone().any(|at| atoms.text(at) == "recent");
    let next = item.comparisons.partition_point(|c| c.start <= open);
    let Some(comparison) = item.comparisons.get(next).filter(|c| c.start == open + 1 && !c.range) else {
        let amount = amounts::amount(atoms, open + 1).filter(|_| just)?;
        return atoms.is(amount.end, Class::Close).then(|| draft(item, open, Op::Lt, &amount)).flatten();
    };
    let (op, amount) = comparison.parts.first()?;
    let alone = atoms.is(comparison.end, Class::Close);
    let exposed = words.clone().any(|at| atoms.is(at, Class::Exposure));
    let event = excluded && words.clone().any(|at| atoms.is(at, Class::DayEvent));
    // "a new diagnosis (≤ 100 days)" under inclusion.
    let diagnosed = !excluded && !op.is_lower() && words.clone().any(|at| atoms.is(at, Class::Diagnosis));
    // "rituximab (< 6 months), methotrexate (< 4 weeks) before screening".
    let end = item.scope.sentence(open, &item.range).end.min(open + LOOK);
    let behind = || (open..end).any(|at| atoms.is(at, Class::Close) && atoms.is(at + 1, Class::Before));
    let counted = before && exposed || recent && excluded || event || just || excluded && alone && behind();
    let sides = counted && op.is_lower() != excluded || diagnosed;
    if !(alone && sides && !long) {
        return None;
    }
    if recent {
        let close = comparison.end;
        let agent = agent::words(item, close + 1..(close + 6).min(item.range.end));
        return draft(item, open, *op, amount).map(|draft| Draft { agent, ..draft });
    }
    draft(item, open, *op, amount)
}

/// "recent (3 years) stroke", "recent (within 6 months) history of syncope": a time without a comparator.
fn recently(item: &Item<'_>, open: usize) -> Option<Draft> {
    let atoms = item.atoms;
    let words = atoms.takes(open + 1, Class::TrulyWithin);
    let past =
        (0..3).take_while(|n| matches!(atoms.text(open + 1 + words + n), "the" | "last" | "past")).count();
    let amount = amounts::amount(atoms, open + 1 + words + past)?;
    let close = amount.end;
    if !atoms.is(close, Class::Close) || item.section != Some(Section::Exclusion) {
        return None;
    }
    let agent = agent::words(item, close + 1..(close + 6).min(item.range.end));
    draft(item, open, Op::Lt, &amount).map(|draft| Draft { agent, ..draft })
}

/// The atoms of the agent that ends at `end`.
fn words_before(item: &Item<'_>, end: usize) -> Range<usize> {
    let first = end.saturating_sub(FAR).max(item.range.start);
    let joint = |at: &usize| {
        item.atoms.is_any(
            *at,
            &[Class::Comma, Class::And, Class::Open, Class::Close, Class::Semicolon, Class::Colon],
        )
    };
    (first..end).rev().find(joint).map_or(first, |at| at + 1)..end
}

fn draft(item: &Item<'_>, end: usize, op: Op, amount: &Amount) -> Option<Draft> {
    let unit = amount.time(item.atoms, item.vocabulary)?;
    let agent = agent::words(item, words_before(item, end));
    let (conditional, except) = item.held(amount.start);
    Some(Draft {
        variable: "washout".to_owned(),
        op,
        value: LimitValue::Number(Number(amount.value)),
        unit: Some(unit.name.clone()),
        conditional,
        except,
        alternative: false,
        denied: false,
        agent,
        atoms: amount.start..amount.end,
    })
}
