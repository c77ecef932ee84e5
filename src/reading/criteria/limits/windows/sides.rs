//! What a window asks of a patient: under inclusion how much must have passed, or how recent something must be; under
//! exclusion what must not be so recent.

use super::clause::{LOOK, Words};
use super::find::{Form, Window};
use crate::reading::criteria::limits::Item;
use crate::reading::criteria::limits::amounts::Op;
use crate::reading::criteria::limits::scope::Under;
use crate::reading::criteria::vocabulary::Class;

/// A window under inclusion: what must have passed, or how recent something must be.
pub(super) fn required(window: &Window<'_>, event: &Words, ended: bool, history: bool) -> Option<Op> {
    let lower = window.op.is_some_and(Op::is_lower);
    let op = window.op.unwrap_or(Op::Lt);
    if window.let_in_until {
        return event.exposure.then_some(Op::Ge);
    }
    match window.form {
        Form::Washout => Some(window.op.unwrap_or(Op::Ge)),
        // "progression more than 6 months after the last dose" is counted between two events.
        Form::Since if lower && window.between => None,
        // "no more than 12 months since the last injection" too: how recent it must be.
        Form::Since if window.op.is_some() => event.exposure.then_some(op),
        Form::Since => (window.elapsed && event.exposure).then_some(Op::Ge),
        Form::Within | Form::Before if event.negated && (event.exposure || !event.test) => {
            Some(if lower { op } else { op.negated() })
        }
        // "diagnosed for at least a year before screening".
        Form::Within | Form::Before if window.lasting && lower && event.diagnosed && !event.negated => {
            Some(op)
        }
        Form::Within | Form::Before if window.lasting => None,
        // "The last dose of therapy was 21 days prior to the start".
        Form::Before if window.op.is_none() && ended && event.exposure && !event.test => Some(Op::Ge),
        Form::Before if lower => (event.exposure && !event.test && !event.stable).then_some(op),
        Form::Within | Form::Before => {
            // An acute event that must be recent; not what merely was used or done at some time.
            let acute = event.acute && !event.test && window.form == Form::Within;
            let known =
                event.diagnosis || acute || history || event.exposure && !event.test && window.op.is_some();
            (known && !event.stable).then_some(op)
        }
    }
}

/// A window under exclusion: what must not be so recent. With it, whether a requirement turns it round.
pub(super) fn forbidden(
    item: &Item<'_>,
    window: &Window<'_>,
    event: &Words,
    except: bool,
) -> Option<(Op, bool)> {
    let lower = window.op.is_some_and(Op::is_lower);
    let op = window.op.unwrap_or(Op::Lt);
    let negated =
        item.scope.is(window.start, Under::Negation) || item.scope.is(window.start, Under::LongNegation);
    if except && window.op.is_none() && matches!(window.form, Form::Since | Form::Washout) {
        // "… may enter once 4 weeks have passed".
        return Some((Op::Ge, false));
    }
    // "relapse more than 12 months after the end of treatment" is counted between two events.
    if window.between && lower && !negated {
        return None;
    }
    if window.let_in_until {
        return Some((Op::Ge, !except));
    }
    if except {
        return Some((if negated && !lower { op.negated() } else { op }, false));
    }
    // "Herbal drugs require a 2-week washout": what must have passed, written under the wrong heading.
    if window.form == Form::Washout && op_of_a_demand(item, window).is_some() {
        return op_of_a_demand(item, window).map(|op| (op, true));
    }
    // "Patients may not use steroids within 4 weeks": who has, is shut out.
    let first = window.start.saturating_sub(30).max(item.scope.sentence(window.start, &item.range).start);
    let barred = (first..window.start).any(|at| {
        // "Subjects were not to have donated blood within 90 days" too.
        matches!((item.atoms.text(at), item.atoms.text(at + 1)), ("may", "not") | ("not", "to"))
    });
    if barred && !lower {
        return Some((op, false));
    }
    let requires = {
        let sentence = item.scope.sentence(window.start, &item.range);
        let first = sentence.start.max(window.start.saturating_sub(30));
        (first..window.start).any(|at| item.atoms.is(at, Class::Requires))
    };
    if negated && requires {
        return Some((if lower { op } else { op.negated() }, true));
    }
    // "Radiotherapy should be completed within 4 weeks": asked for, under the wrong heading.
    let near = window.start.saturating_sub(6).max(item.range.start);
    let asked = (near..window.start)
        .any(|at| matches!(item.atoms.text(at), "must" | "should") && item.atoms.text(at + 1) == "be");
    if asked && !negated && !lower && window.form == Form::Within {
        return Some((op, true));
    }
    // "Surgery must be completed at least 2 weeks before the first dose".
    let done = window.start.checked_sub(1).is_some_and(|at| has_ended(item, at));
    if asked && done && !negated && lower && window.form == Form::Before {
        return Some((op, true));
    }
    // "At least 3 weeks must have elapsed since …" under exclusion: what a patient must have.
    let elapsed = window.form == Form::Since && window.elapsed;
    if lower && elapsed && item.atoms.is_any(window.amount.end, &[Class::Requires]) && event.exposure {
        return Some((op, true));
    }
    if cannot_stop(item, window.start) {
        return Some((if lower { op.negated() } else { op }, false));
    }
    if event.tested || event.test && (event.stable || !event.exposure) {
        return None;
    }
    // "Radiotherapy not completed at least 4 weeks before", "without a washout of at least 4 weeks".
    let washed = window.form == Form::Since && !window.between && item.has(&[Class::Washout]);
    let short = done && window.form == Form::Before || window.form == Form::Washout || washed;
    if negated && lower && short {
        return Some((op.negated(), false));
    }
    if lower {
        // "at least 4 weeks since" under exclusion: what a patient must have, written under the wrong heading.
        let ago = item.atoms.is(window.end.saturating_sub(1), Class::Ago);
        return (ago && !negated && event.exposure && window.form == Form::Before).then_some((op, false));
    }
    let negated = item.scope.is(window.start, Under::Negation);
    if negated && !recovers(item, window.start) && !has_stopped(item, window.start) {
        return None;
    }
    Some((op, false))
}

/// Whether a word says that something is over.
fn has_ended(item: &Item<'_>, at: usize) -> bool {
    ["complet", "discontinu", "stopp", "finish", "ended", "withdr", "withh"]
        .iter()
        .any(|stem| item.atoms.text(at).starts_with(stem))
}

/// "a negative biopsy", "an undetectable viral load" before a time.
pub(super) fn is_of_a_finding(item: &Item<'_>, at: usize) -> bool {
    let first = at.saturating_sub(LOOK).max(item.range.start);
    let found = |at: usize| matches!(item.atoms.text(at), "negative" | "undetectable");
    let apart = [Class::Comma, Class::Semicolon, Class::And, Class::Or];
    (first..at).rev().take_while(|at| !item.atoms.is_any(*at, &apart)).any(found)
}

/// "require a 2-week washout", "a washout of at least 4 weeks is required": how much must have passed.
fn op_of_a_demand(item: &Item<'_>, window: &Window<'_>) -> Option<Op> {
    let sentence = item.scope.sentence(window.start, &item.range);
    let near = window.start.saturating_sub(10).max(sentence.start)..sentence.end.min(window.end + 6);
    let demands = |at: usize| {
        item.atoms.text(at).starts_with("requir")
            || matches!(item.atoms.text(at), "must" | "should" | "needs")
    };
    // "A washout of 4 weeks or 5 half-lives, whichever is shorter, for other trial drugs is required".
    let far = window.end..sentence.end.min(window.end + LOOK);
    let required = far.into_iter().any(|at| item.atoms.text(at) == "required");
    let op = window.op.unwrap_or(Op::Ge);
    // "Required periods: 2 weeks for creams" says how long nothing may be used.
    let listed = near.clone().any(|at| item.atoms.is(at, Class::Colon));
    (op.is_lower() && !listed && (required || near.into_iter().any(demands))).then_some(op)
}

/// "stopped smoking within 6 months": what was stopped then was done until then.
fn has_stopped(item: &Item<'_>, at: usize) -> bool {
    let first = at.saturating_sub(LOOK).max(item.scope.sentence(at, &item.range).start);
    let negation = (first..at).rev().find(|i| item.atoms.is(*i, Class::Negation) && !item.compares(*i));
    negation.is_some_and(|i| {
        let before = i.checked_sub(1).filter(|b| *b >= first).map(|b| item.atoms.text(b)).unwrap_or_default();
        matches!(item.atoms.text(i), "stopped" | "discontinued" | "withdrawn")
            && !matches!(before, "not" | "be" | "never" | "been")
    })
}

/// "unable to discontinue antihistamines for 7 days before screening": who must not have had them then.
fn cannot_stop(item: &Item<'_>, at: usize) -> bool {
    let atoms = item.atoms;
    let first = at.saturating_sub(30).max(item.scope.sentence(at, &item.range).start);
    let stop = |word: &str| {
        ["discontinu", "stop", "withhold", "interrupt", "refrain", "abstain"]
            .iter()
            .any(|stem| word.starts_with(stem))
    };
    (first..at).any(|i| {
        matches!(atoms.text(i), "unable" | "inability" | "unwilling" | "cannot" | "able")
            && (atoms.text(i) != "able" || i > 0 && atoms.text(i - 1) == "not")
            && (i + 1..(i + 5).min(at)).any(|next| stop(atoms.text(next)))
    })
}

/// "not recovered from surgery within 4 weeks" still forbids.
fn recovers(item: &Item<'_>, at: usize) -> bool {
    let first = at.saturating_sub(16).max(item.range.start);
    (first..at).any(|i| item.atoms.is(i, Class::Recovers))
}
