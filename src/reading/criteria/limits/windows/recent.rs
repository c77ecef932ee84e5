//! Who must enter soon after something: "Patients must be within 4 months of completing radiotherapy".

use std::ops::Range;

use super::find::{Form, Window};
use super::{agent, drafted};
use crate::protocol::Section;
use crate::reading::criteria::limits::Item;
use crate::reading::criteria::limits::amounts::Op;
use crate::reading::criteria::limits::draft::Draft;
use crate::reading::criteria::limits::scope;
use crate::reading::criteria::vocabulary::Class;

/// How many atoms behind the time name what it is counted from.
const FAR: usize = 14;

/// A time that says how soon after an event a patient must enter; it is counted from that event.
pub(super) fn after_an_event(item: &Item<'_>, window: &Window<'_>) -> Option<Draft> {
    let atoms = item.atoms;
    let sentence = item.scope.sentence(window.start, &item.range);
    let within = window.form == Form::Within && !window.past && window.op.is_none_or(|op| !op.is_lower());
    if item.section == Some(Section::Exclusion)
        || !within
        || !is_about_entry(item, sentence.start..window.start)
    {
        return None;
    }
    let joint = window.amount.end;
    if !matches!(atoms.text(joint), "of" | "after" | "from" | "following" | "post") {
        return None;
    }
    let from = joint + 1 + usize::from(matches!(atoms.text(joint + 1), "the" | "their" | "any" | "a" | "an"));
    if !is_over(item, from) {
        return None;
    }
    let stops = |at: &usize| {
        scope::is_stop(atoms, *at) || atoms.is_any(*at, &[Class::Semicolon, Class::Comma, Class::Open])
    };
    let end = sentence.end.min(from + FAR);
    let end = (from..end).find(stops).unwrap_or(end);
    let op = window.op.unwrap_or(Op::Lt);
    Some(drafted(window, op, item.held(window.start), agent::words(item, from..end)))
}

/// "Patients must be", "Registration must take place", "Enrolled": nothing is said before the time but that somebody enters.
fn is_about_entry(item: &Item<'_>, words: Range<usize>) -> bool {
    let atoms = item.atoms;
    let enters = |at: usize| {
        ["enrol", "regist", "randomi"].iter().any(|stem| atoms.text(at).starts_with(stem))
            || atoms.text(at) == "entry"
    };
    let filler = |at: usize| {
        atoms.is(at, Class::Population)
            || matches!(
                atoms.text(at),
                "must" | "should" | "be" | "are" | "is" | "to" | "the" | "on" | "in" | "into" | "study"
            )
            || matches!(
                atoms.text(at),
                "trial" | "occur" | "take" | "place" | "all" | "happen" | "this" | "patient"
            )
    };
    let told =
        words.clone().any(|at| enters(at) || matches!(atoms.text(at), "must" | "should" | "be" | "are"));
    told && words.into_iter().all(|at| enters(at) || filler(at))
}

/// "completion of", "the last", "surgery": what is over at `at`, and nothing that begins.
fn is_over(item: &Item<'_>, at: usize) -> bool {
    let atoms = item.atoms;
    let ended = ["complet", "finish"].iter().any(|stem| atoms.text(at).starts_with(stem))
        || matches!(atoms.text(at), "end" | "last" | "final" | "prior" | "previous" | "most");
    // "definitive surgery", "an allogeneic transplant".
    let event = |at: usize| atoms.is_any(at, &[Class::DayEvent, Class::Diagnosis]);
    let begins =
        |at: usize| ["start", "begin", "initiat"].iter().any(|stem| atoms.text(at).starts_with(stem));
    !begins(at) && (ended || (at..at + 3).any(event))
}
