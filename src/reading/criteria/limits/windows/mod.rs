//! Windows: how long since an exposure, a treatment or an event ("washout").
//!
//! A window is counted from entry. Windows of screening tests, durations of symptoms and of stable dosing, plans and
//! times counted from another event are none. `find` tells where windows stand, `agent` names what they count from;
//! here it is judged what they mean.

mod agent;
mod find;

use std::ops::Range;

use crate::protocol::{LimitValue, Number, Section};
use crate::reading::criteria::vocabulary::Class;

use super::Item;
use super::amounts::Op;
use super::atoms::AtomKind;
use super::draft::Draft;
use super::scope::{self, Under};
use find::{Form, Window};

/// Reads an item's windows. `listed`: the item stands in a list of washout periods.
pub(super) fn read(item: &Item<'_>, taken: &[usize], listed: bool) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut clause = item.range.start;
    let mut next = 0;
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
        if scope::is_stop(item.atoms, at) || item.atoms.is(at, Class::Semicolon) {
            clause = at + 1;
        }
        let Some(window) = find::window(item, at, inside, listed) else {
            at += 1;
            continue;
        };
        let end = window.end.max(at + 1);
        let from = clause.min(window.start);
        if let Some(draft) = judge(item, &window, from) {
            drafts.push(draft);
            drafts.extend(agent::others(item, &window, drafts.last()));
        }
        clause = past_anchor(item, end);
        at = end;
    }
    drafts
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
        if len.max(filler) == 0 || atoms.text(at) == "and" && !atoms.is(at + 1, Class::Entry) {
            break;
        }
        at += len.max(filler);
    }
    at.min(item.range.end)
}

/// What the words of a clause speak of.
struct Words {
    exposure: bool,
    test: bool,
    /// Nothing but the test stands right before the window.
    tested: bool,
    stable: bool,
    ahead: bool,
    diagnosis: bool,
    negated: bool,
    any: bool,
}

/// How many atoms before a window tell what it is of.
const LOOK: usize = 16;

fn words(item: &Item<'_>, range: Range<usize>) -> Words {
    let atoms = item.atoms;
    let near = range.start.max(range.end.saturating_sub(LOOK))..range.end;
    // "surgery as defined by …" is no test, nor is the test that an exception names.
    let tests = |at: usize| {
        atoms.is(at, Class::Test)
            && !(at > 0 && atoms.text(at - 1) == "as")
            && (!item.scope.is(at, Under::Exception) || item.excepted)
    };
    let has = |class: Class| near.clone().any(|at| atoms.is(at, class));
    // A test is nearer than an exposure, or the exposure is what is tested.
    let last = |class: Class| near.clone().rev().find(|at| atoms.is(*at, class));
    Words {
        exposure: has(Class::Exposure),
        test: near
            .clone()
            .rev()
            .find(|at| tests(*at))
            .is_some_and(|t| last(Class::Exposure).is_none_or(|e| e < t)),
        tested: near.clone().rev().take(3).any(tests)
            && !near.clone().rev().take(6).any(|at| atoms.is(at, Class::Exposure)),
        stable: last(Class::Stable).is_some(),
        // "planned, or within the past 3 months": what is planned is the other of the two.
        ahead: has(Class::Ahead) && !near.end.checked_sub(1).is_some_and(|last| atoms.is(last, Class::Or)),
        diagnosis: near.clone().rev().take(8).any(|at| atoms.is(at, Class::Diagnosis)),
        negated: range.clone().rev().take(40).any(|at| atoms.is(at, Class::Negation) && !item.compares(at)),
        any: near.clone().any(|at| atoms.get(at).is_some_and(|a| a.kind == AtomKind::Word)),
    }
}

/// Whether a window is a washout, and what it says.
fn judge(item: &Item<'_>, window: &Window<'_>, clause: usize) -> Option<Draft> {
    if !is_from_entry(item, window) || item.scope.is(window.start, Under::OwnCondition) {
        return None;
    }
    let before = clause..window.start;
    let mut event = words(item, before.clone());
    let mut agent = before;
    // "Within 7 days before screening, infections …": the event comes after.
    if !event.any || !event.exposure && !event.test && window.form == Form::Since {
        let end = item.scope.sentence(window.start, &item.range).end;
        let from = past_anchor(item, window.end);
        agent = from..end.min(from + 24);
        let after = words(item, agent.start..agent.end);
        event = Words { negated: event.negated, ..after };
    }
    let inclusion = item.section != Some(Section::Exclusion);
    let (mut conditional, mut except) = item.held(window.start);
    let positive = window.op.is_none_or(|op| !op.is_lower());
    // "… other than skin cancer within 5 years": the window is the main clause's.
    let main = except
        && !item.excepted
        && !item.scope.is(window.start, Under::BracketedException)
        && positive
        && !event.negated
        && window.form == Form::Within;
    if main {
        except = false;
        conditional = item.scope.is(window.start, Under::Sex);
    }
    if is_ahead(item, window) {
        return None;
    }
    if event.ahead || event.stable && !event.exposure || is_stable(item, clause, window.start) {
        return None;
    }
    let op = if inclusion {
        required(window, &event)?
    } else {
        let (op, turned) = forbidden(item, window, &event, except)?;
        conditional |= turned;
        except |= turned;
        op
    };
    Some(Draft {
        variable: "washout".to_owned(),
        op,
        value: LimitValue::Number(Number(window.amount.value)),
        unit: Some(window.unit.name.clone()),
        conditional,
        except,
        alternative: false,
        agent: agent::words(item, agent),
        atoms: window.start..window.amount.end.max(window.start + 1),
    })
}

/// "for 6 months after the last dose of study drug": after the trial.
fn is_ahead(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    let end = window.amount.end;
    if !atoms.is(end, Class::After) {
        return false;
    }
    let last = (end..end + 4).any(|at| matches!(atoms.text(at), "last" | "final" | "end" | "completion"));
    let own = |at: usize| matches!(atoms.text(at), "study" | "trial" | "investigational" | "protocol");
    last && (end..end + 9).take_while(|at| !scope::is_stop(atoms, *at)).any(own)
}

/// "on a stable dose for at least 4 weeks", "treated for at least 4 weeks before", "stable use of … during 2 weeks":
/// for how long, not how long ago. A change of dose within 4 weeks is the same, said the other way.
fn is_stable(item: &Item<'_>, clause: usize, start: usize) -> bool {
    let first = start.saturating_sub(7).max(item.range.start);
    let stable = |at: usize| item.atoms.is(at, Class::Stable) && !matches!(item.atoms.text(at), "for");
    (first..start).any(stable) || (clause..start.min(clause + 3)).any(stable)
}

/// A window under inclusion: what must have passed, or how recent something must be.
fn required(window: &Window<'_>, event: &Words) -> Option<Op> {
    let lower = window.op.is_some_and(Op::is_lower);
    let op = window.op.unwrap_or(Op::Lt);
    match window.form {
        Form::Washout => Some(window.op.unwrap_or(Op::Ge)),
        // "progression more than 6 months after the last dose" is counted between two events.
        Form::Since if lower && window.between => None,
        // "no more than 12 months since the last injection" too: how recent it must be.
        Form::Since if window.op.is_some() => event.exposure.then_some(op),
        Form::Since => None,
        Form::Within | Form::Before if event.negated && (event.exposure || !event.test) => {
            Some(if lower { op } else { op.negated() })
        }
        Form::Within | Form::Before if lower && window.lasting => None,
        Form::Before if lower => (event.exposure && !event.test && !event.stable).then_some(op),
        Form::Within | Form::Before => {
            let known = event.diagnosis || event.exposure && !event.test && window.op.is_some();
            (known && !event.stable).then_some(op)
        }
    }
}

/// A window under exclusion: what must not be so recent. With it, whether a requirement turns it round.
fn forbidden(item: &Item<'_>, window: &Window<'_>, event: &Words, except: bool) -> Option<(Op, bool)> {
    let lower = window.op.is_some_and(Op::is_lower);
    let op = window.op.unwrap_or(Op::Lt);
    let negated =
        item.scope.is(window.start, Under::Negation) || item.scope.is(window.start, Under::LongNegation);
    if except && window.op.is_none() && window.form == Form::Since {
        // "… may enter once 4 weeks have passed".
        return Some((Op::Ge, false));
    }
    if except {
        return Some((if negated && !lower { op.negated() } else { op }, false));
    }
    let requires = {
        let sentence = item.scope.sentence(window.start, &item.range);
        let first = sentence.start.max(window.start.saturating_sub(30));
        (first..window.start).any(|at| item.atoms.is(at, Class::Requires))
    };
    if negated && requires {
        return Some((if lower { op } else { op.negated() }, true));
    }
    if event.tested || event.test && (event.stable || !event.exposure) {
        return None;
    }
    if lower {
        // "at least 4 weeks since" under exclusion: what a patient must have, written under the wrong heading.
        let ago = item.atoms.is(window.end.saturating_sub(1), Class::Ago);
        return (ago && !negated && event.exposure && window.form == Form::Before).then_some((op, false));
    }
    if item.scope.is(window.start, Under::Negation) && !recovers(item, window.start) {
        return None;
    }
    Some((op, false))
}

/// "not recovered from surgery within 4 weeks" still forbids.
fn recovers(item: &Item<'_>, at: usize) -> bool {
    let first = at.saturating_sub(16).max(item.range.start);
    (first..at).any(|i| item.atoms.is(i, Class::Recovers))
}

/// Whether the window is counted from entry: not from another event, not ahead.
fn is_from_entry(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    let end = find::past_alternative(item, window.amount.end);
    if window.form == Form::Within && (atoms.is(end, Class::After) || atoms.text(end) == "since") {
        return false;
    }
    // "within 12 hours of reversibility testing".
    let testing = |at: usize| {
        matches!(atoms.text(at), "testing" | "test" | "tests" | "spirometry" | "challenge" | "reversibility")
    };
    if atoms.text(end) == "of" && (end + 1..end + 4).any(testing) {
        return false;
    }
    let until = (end + 9).min(item.range.end);
    for at in end..until {
        if scope::is_stop(atoms, at)
            || atoms.is(at, Class::Semicolon)
            || atoms.is(at, Class::Comma)
            || atoms.is(at, Class::Close)
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
