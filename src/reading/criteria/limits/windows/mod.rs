//! Windows: how long since an exposure, a treatment or an event ("washout").
//!
//! A window is counted from entry. Windows of screening tests, durations of symptoms and of stable dosing, plans and
//! times counted from another event are none. `find` tells where windows stand, `written` how, `clause` what the words
//! before them speak of, `agent` what they count from; here it is judged what they mean; `listed` reads times beside
//! their agents, `sides` tells what a window asks under inclusion and under exclusion, `recent` who must enter soon after
//! something.

mod agent;
mod aside;
mod clause;
mod find;
mod listed;
mod recent;
mod sides;
mod written;

use std::ops::Range;

use crate::protocol::{LimitValue, Number, Section};
use crate::reading::criteria::vocabulary::{Class, Lists};

use super::Item;
use super::amounts::{Amount, Op};
use super::draft::Draft;
use super::scope::{self, Under};
use aside::{
    between, is_ahead, is_barred_after, is_begun, is_contraception, is_earlier, is_going_on, is_measured,
    is_of_a_course, is_of_a_sample, is_of_a_test, is_of_the_body, is_stable,
};
use clause::{LOOK, Words, words};
use find::{Form, Window};
use sides::{forbidden, is_of_a_finding, required};

/// What a time begins with, and what ends a clause.
const LOOKED_AT: Lists =
    Lists::NUMERIC.and(Lists::of(&[Class::Twice, Class::BareTime, Class::Stop, Class::Semicolon]));

/// Reads an item's windows. `listed`: the item stands in a list of washout periods.
pub(super) fn read(item: &Item<'_>, taken: &[usize], listed: bool) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    // "Wash-out before collection: ≥ 7 days post chemotherapy, 30 days after antibodies".
    let listed = listed || opens_a_list(item);
    let mut clause = item.range.start;
    let mut next = 0;
    let mut denied: Option<usize> = None;
    let mut others: Vec<usize> = Vec::new();
    let mut at = item.range.start;
    while at < item.range.end {
        while item.comparisons.get(next).is_some_and(|c| c.end <= at) {
            next += 1;
        }
        let inside = item.comparisons.get(next).filter(|c| c.start <= at);
        if inside.is_some() && taken.binary_search(&next).is_ok() {
            at = inside.map_or(at + 1, |c| c.end);
            continue;
        }
        // Most words are neither a time nor the end of a clause.
        if inside.is_none() && !item.atoms.lists(at).meets(LOOKED_AT) {
            at += 1;
            continue;
        }
        if scope::is_stop(item.atoms, at) || item.atoms.is(at, Class::Semicolon) {
            clause = at + 1;
        }
        // What another agent's time was read of is read.
        let window = find::window(item, at, inside, listed)
            .filter(|w| !others.contains(&w.amount.start) && !is_measured(item, w, taken));
        let Some(window) = window else {
            at += 1;
            continue;
        };
        let end = window.end.max(at + 1);
        let from = clause.min(window.start);
        let before = denied.take().is_some_and(|stop| stop >= window.start && goes_on(item, from));
        let (draft, negated) = judge(item, &window, from, before, drafts.last());
        if let Some(draft) = draft {
            drafts.extend(window.lower.map(|(op, amount)| of_lower(item, &draft, op, &amount)));
            drafts.push(draft);
            let beside = agent::others(item, &window, drafts.last());
            others = beside.iter().map(|draft| draft.atoms.start).collect();
            drafts.extend(beside);
        }
        denied = negated.then(|| item.scope.sentence(window.start, &item.range).end);
        clause = past_anchor(item, end);
        at = end;
    }
    let mut beside = listed::read(item, listed);
    if !beside.is_empty() {
        let mut read: Vec<usize> = drafts.iter().map(|draft| draft.atoms.end).collect();
        read.sort_unstable();
        // A window ends with its number's unit, as a time beside its agent does.
        beside.retain(|draft| read.binary_search(&draft.atoms.end).is_err());
        drafts.extend(beside.into_iter().take(MOST));
    }
    drafts
}

/// Whether an item begins with a washout and goes on with times of several agents.
fn opens_a_list(item: &Item<'_>) -> bool {
    let begins = |at: usize| item.atoms.is(at, Class::Washout) && item.atoms.text(at).starts_with("wash");
    item.section != Some(Section::Exclusion) && (item.range.start..item.range.start + 6).any(begins)
}

/// So many atoms are looked back at where a sentence goes on and on.
const FARTHEST: usize = 256;

/// A list of more washout periods than this is none.
const MOST: usize = 40;

/// "No G-CSF within 7 days, or pegfilgrastim within 14 days": what goes on behind a window is negated with it.
fn goes_on(item: &Item<'_>, from: usize) -> bool {
    item.atoms.is_any(from, &[Class::Or, Class::Comma]) || item.atoms.text(from) == "nor"
}

/// The other end of a window that is a range.
fn of_lower(item: &Item<'_>, draft: &Draft, op: Op, amount: &Amount) -> Draft {
    let unit = amount.time(item.atoms, item.vocabulary).map(|unit| unit.name.clone());
    Draft {
        op,
        value: LimitValue::Number(Number(amount.value)),
        unit: unit.or_else(|| draft.unit.clone()),
        ..draft.clone()
    }
}

/// The words that say what the window is counted from.
fn past_anchor(item: &Item<'_>, from: usize) -> usize {
    let atoms = item.atoms;
    let mut at = from;
    for _ in 0..8 {
        let len =
            [Class::Entry, Class::Before].iter().map(|class| atoms.takes(at, *class)).max().unwrap_or(0);
        let filler =
            usize::from(matches!(atoms.text(at), "the" | "scheduled" | "of" | "and" | "study" | "'s"));
        let event = atoms.is(at, Class::DayEvent) && atoms.text(at.saturating_sub(1)) == "of";
        if event || len.max(filler) == 0 || atoms.text(at) == "and" && !atoms.is(at + 1, Class::Entry) {
            break;
        }
        at += len.max(filler);
    }
    at.min(item.range.end)
}

/// Whether a window is a washout, and what it says; and whether what it is of is negated. `denied`: the words before
/// negate it.
fn judge(
    item: &Item<'_>,
    window: &Window<'_>,
    clause: usize,
    denied: bool,
    last: Option<&Draft>,
) -> (Option<Draft>, bool) {
    let before_entry = item.atoms.takes(find::past_alternative(item, window.amount.end), Class::Before) > 0;
    let mut event = words(item, clause..window.start, before_entry || window.past);
    event.negated |= is_barred_after(item, window);
    let sentence = item.scope.sentence(window.start, &item.range).start;
    // "…, or had a cancer other than …": what "or" begins has no window yet.
    let begun = |last: &Draft| {
        let mut between = last.atoms.end.max(window.start.saturating_sub(FARTHEST))..window.start;
        let except = between.clone().find(|at| item.atoms.is(*at, Class::Except)).unwrap_or(window.start);
        between.any(|at| at < except && item.atoms.is(at, Class::Or))
    };
    event.other = last.is_some_and(|last| last.atoms.start >= sentence && !begun(last));
    event.negated |= denied;
    let negated = event.negated;
    if let Some(draft) = recent::after_an_event(item, window) {
        return (Some(draft), false);
    }
    (judged(item, window, clause, event), negated)
}

fn judged(item: &Item<'_>, window: &Window<'_>, clause: usize, mut event: Words) -> Option<Draft> {
    if !is_from_entry(item, window) || item.scope.is(window.start, Under::OwnCondition) {
        return None;
    }
    // "6 months have elapsed between the end of treatment and recurrence".
    let from = (window.amount.end..window.end + 1).find(|at| item.atoms.text(*at) == "between");
    let two = from.filter(|_| window.form == Form::Since);
    let two = two.and_then(|from| between(item, from, item.scope.sentence(window.start, &item.range).end));
    if two.is_some_and(|first| is_of_an_event(item, first.end + 1)) {
        return None;
    }
    let mut agent = clause..window.start;
    // "Within 7 days before screening, infections …": the event comes after.
    // What follows "since" is the event itself.
    let since = window.form == Form::Since && window.end > window.amount.end;
    let lower = window.op.is_some_and(Op::is_lower);
    let lasting = window.start.checked_sub(1).is_some_and(|at| item.atoms.is(at, Class::Lasting));
    let follows = since && lower && !lasting && !event.test && is_earlier(item, window.end);
    // "…, 6 weeks since mitomycin and 2 weeks since surgery": each has its own.
    let joined =
        window.start > clause && item.atoms.is_any(window.start - 1, &[Class::And, Class::Comma, Class::Or]);
    let of_several = since && window.op.is_none() && window.elapsed && joined;
    if !event.any || follows || of_several || !event.exposure && !event.test && window.form == Form::Since {
        let end = item.scope.sentence(window.start, &item.range).end;
        let from = if since { window.end } else { past_anchor(item, window.end) };
        // "since chemotherapy (6 weeks for nitrosoureas)": what the brackets say is of something else.
        let open = (from + 1..end.min(from + LOOK)).find(|at| item.atoms.is(*at, Class::Open));
        let end = open.filter(|_| since).unwrap_or(end);
        let far = if follows { 10 } else { 24 };
        let two = between(item, from, end);
        if two.as_ref().is_some_and(|first| is_of_an_event(item, first.end + 1)) {
            return None;
        }
        agent = two.unwrap_or(from..agent::until_next(item, from, end.min(from + far)));
        let after = words(item, agent.start..agent.end, false);
        let the = usize::from(item.atoms.text(from) == "the");
        let known = is_earlier(item, from) || item.atoms.is(from + the, Class::DayEvent);
        let exposure = after.exposure || since && known;
        event = Words { negated: event.negated, other: event.other, exposure, ..after };
    }
    let inclusion = item.section != Some(Section::Exclusion);
    let (mut conditional, mut except) = item.held(window.start);
    // "Women who come within 72 hours": who the criterion is about, not some of them.
    let recent_event = inclusion && window.op.is_some_and(|op| !op.is_lower());
    let about =
        recent_event && (item.range.start..item.range.start + 2).any(|at| item.atoms.is(at, Class::Sex));
    let about = about || inclusion && is_whom_it_is_about(item, window);
    conditional &= except || !about || item.scope.is(window.start, Under::Condition);
    let positive = window.op.is_none_or(|op| !op.is_lower());
    // "… unless they had a negative biopsy within 2 years": when it was looked for.
    if except && !inclusion && positive && is_of_a_finding(item, window.start) {
        return None;
    }
    // "… other than skin cancer within 5 years": the window is the main clause's. Not "… within 5 years are allowed".
    let lets_in = item.scope.is(window.start, Under::LetIn);
    // "drugs other than paracetamol, or less than 3 weeks since they were stopped": who is let in is not let in by that.
    let recent = except
        && !item.excepted
        && !item.scope.is(window.start, Under::BracketedException)
        && window.form == Form::Since
        && window.op == Some(Op::Lt);
    let main = except
        && !lets_in
        && !item.excepted
        && !item.scope.is(window.start, Under::BracketedException)
        && positive
        && !event.negated
        && !event.other
        && (window.form == Form::Within
            || window.form == Form::Before && (window.op.is_some() || is_other_than(item, window.start)));
    if main || recent {
        except = false;
        conditional = item.scope.is(window.start, Under::Sex);
    }
    // "… within 3 weeks of the first dose (part 2 only)".
    conditional |= scope::names_some(item.atoms, past_anchor(item, window.end));
    if is_ahead(item, window) {
        return None;
    }
    if is_of_a_test(item, window)
        || is_of_a_sample(item, window)
        || is_of_a_course(item, window)
        || is_of_the_body(item, window)
        || is_contraception(item, window, &event, inclusion)
    {
        return None;
    }
    let kept = event.stable && !event.exposure && !is_begun(item, clause..window.start);
    let ahead = event.ahead && !window.elapsed;
    if ahead || kept || is_stable(item, window, clause) || is_going_on(item, window, clause) {
        return None;
    }
    if inclusion && window.op.is_none() && is_counted(item, clause..window.start) {
        return None;
    }
    let op = if inclusion {
        let history = window.past && has_history(item, clause..window.start);
        required(window, &event, has_ended(item, clause..window.start), history)?
    } else {
        let (op, turned) = forbidden(item, window, &event, except)?;
        conditional |= turned && !is_asked_of_everybody(item, window);
        except |= turned;
        op
    };
    Some(drafted(window, op, (conditional, except), agent::of(item, window, agent)))
}

/// A window's limit. `held`: it holds under a condition; it stands in an exception.
fn drafted(window: &Window<'_>, op: Op, held: (bool, bool), agent: Option<String>) -> Draft {
    Draft {
        variable: "washout".to_owned(),
        op,
        value: LimitValue::Number(Number(window.amount.value)),
        unit: Some(window.unit.name.clone()),
        conditional: held.0,
        except: held.1,
        alternative: false,
        denied: false,
        agent,
        atoms: window.start..window.amount.end.max(window.start + 1),
    }
}

/// "Women who had chemotherapy at least 3 months ago": who the criterion is about, where nothing more is asked of them.
fn is_whom_it_is_about(item: &Item<'_>, window: &Window<'_>) -> bool {
    let start = item.range.start;
    let who = item.atoms.is(start, Class::Sex) && item.atoms.text(start + 1) == "who";
    let sentence = item.scope.sentence(window.start, &item.range);
    who && sentence.start == start && !sentence.into_iter().any(|at| item.atoms.is(at, Class::Duty))
}

/// "6 months between the last dose and recurrence": counted to an event that is no entry.
fn is_of_an_event(item: &Item<'_>, at: usize) -> bool {
    let near = at..(at + 4).min(item.range.end);
    let entry = near.clone().any(|i| item.atoms.is(i, Class::Entry));
    !entry && near.into_iter().any(|i| item.atoms.is(i, Class::OwnEvent))
}

/// "Subjects must not have donated blood within 8 weeks" under the wrong heading is asked of everybody, unless a sentence
/// that explains the one before it says so, or one about people with something.
fn is_asked_of_everybody(item: &Item<'_>, window: &Window<'_>) -> bool {
    let sentence = item.scope.sentence(window.start, &item.range).start;
    let some = |at: usize| matches!(item.atoms.text(at), "with" | "who" | "those" | "if" | "when" | "unless");
    let first = sentence == item.range.start && !(sentence..window.start).any(some);
    first || window.form == Form::Washout
}

/// "steroids other than for asthma from 8 weeks before": the words behind "other than" only narrow what is spoken of.
fn is_other_than(item: &Item<'_>, at: usize) -> bool {
    let first = at.saturating_sub(LOOK).max(item.range.start);
    (first..at)
        .rev()
        .find(|i| item.atoms.is(*i, Class::Except))
        .is_some_and(|i| item.atoms.text(i) == "other")
}

/// "at least 2 exacerbations in the past year": how many there must be, not how recent the last. At least one is that.
fn is_counted(item: &Item<'_>, words: Range<usize>) -> bool {
    let next = item.comparisons.partition_point(|c| c.end <= words.end);
    let last = next.checked_sub(1).and_then(|last| item.comparisons.get(last));
    last.is_some_and(|count| {
        let bare = count.parts.iter().all(|(_, amount)| !amount.has_unit() && amount.value.fract() == 0.0);
        let between = count.end..words.end;
        let apart = between.clone().any(|at| {
            item.atoms.is_any(at, &[Class::Comma, Class::Semicolon, Class::Close, Class::Negation])
        });
        let one = count.parts.iter().all(|(op, amount)| *op == Op::Ge && amount.value <= 1.0);
        count.start >= words.start
            && bare
            && !one
            && !count.parts.is_empty()
            && (1..=6).contains(&between.len())
            && !apart
    })
}

/// "a history of falls in the past year": what must be so recent.
fn has_history(item: &Item<'_>, words: Range<usize>) -> bool {
    words.rev().take(LOOK).any(|at| item.atoms.text(at) == "history" && item.atoms.text(at + 1) == "of")
}

/// "the last dose was", "completed": right before a time, how long ago it ended.
fn has_ended(item: &Item<'_>, words: Range<usize>) -> bool {
    let last = words.end.checked_sub(1).map(|at| item.atoms.text(at)).unwrap_or_default();
    let ended = |word: &str| {
        ["complet", "discontinu", "stop", "finish", "ended"].iter().any(|stem| word.starts_with(stem))
    };
    let was = matches!(last, "was" | "were" | "be" | "is") || ended(last);
    was && words.rev().take(LOOK).any(|at| item.atoms.text(at) == "last" || ended(item.atoms.text(at)))
}

/// Whether the window is counted from entry: not from another event, not ahead.
fn is_from_entry(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    let end = find::past_alternative(item, window.amount.end);
    if window.form == Form::Within && (atoms.is(end, Class::After) || atoms.text(end) == "since") {
        return false;
    }
    // "progression within 12 months of previous chemotherapy".
    if window.form == Form::Within
        && find::has_own_event(item, window.start)
        && matches!(atoms.text(end), "of" | "from")
        && matches!(atoms.text(end + 1), "previous" | "prior" | "last" | "their")
    {
        return false;
    }
    // "within 6 weeks of any earlier vaccination".
    let any = usize::from(matches!(atoms.text(end + 1), "any" | "a" | "an" | "the" | "receiving"));
    if window.form == Form::Within
        && atoms.text(end) == "of"
        && matches!(atoms.text(end + 1 + any), "earlier" | "previous" | "prior")
        && !(end + 2..end + 6).any(|at| atoms.is(at, Class::Entry) && !atoms.text(at).starts_with("vaccin"))
    {
        return false;
    }
    // "within 12 hours of reversibility testing".
    let testing = |at: usize| {
        !matches!(atoms.text(at + 1), "agent" | "drug" | "product" | "article" | "compound" | "substance")
            && matches!(
                atoms.text(at),
                "testing" | "test" | "tests" | "spirometry" | "challenge" | "reversibility"
            )
    };
    // "antihistamines within 7 days of testing" are stopped before it.
    let hours = window.unit.factor < 1.0;
    if hours && atoms.text(end) == "of" && (end + 1..end + 4).any(testing) {
        return false;
    }
    // "vomiting within 4 hours of ingesting milk".
    let doing = atoms.text(end + 1).ends_with("ing") && !atoms.is(end + 1, Class::Entry);
    if hours && atoms.text(end) == "of" && doing {
        return false;
    }
    let until = (end + 9).min(item.range.end);
    for at in end..until {
        if scope::is_stop(atoms, at)
            || atoms.is(at, Class::Semicolon)
            || atoms.is(at, Class::Comma)
            || atoms.is(at, Class::Close)
            || atoms.text(at) == "or"
        {
            return true;
        }
        if atoms.is(at, Class::OtherAnchor) && window.form != Form::Since && window.form != Form::Washout {
            return false;
        }
        if atoms.is(at, Class::Entry) {
            return true;
        }
    }
    true
}
