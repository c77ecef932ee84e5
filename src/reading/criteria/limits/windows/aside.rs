//! Windows of time that are no washouts: of tests and measurements, of contraception, of what is ahead, stable or begun.

use std::ops::Range;

use super::super::Item;
use super::super::amounts::{Amount, Comparison, Op};
use super::super::scope;
use super::clause::{LOOK, Words, is_stability};
use super::find::{Form, Window};
use crate::protocol::Section;
use crate::reading::criteria::vocabulary::Class;

/// How far before a time the words stand that say that it is of contraception.
const FAR: usize = 40;

/// "LDH ≤ 2 × ULN within 6 months": when a value that was read is measured.
pub(super) fn is_measured(item: &Item<'_>, window: &Window<'_>, taken: &[usize]) -> bool {
    let next = item.comparisons.partition_point(|c| c.end <= window.start);
    let Some(last) = next.checked_sub(1) else { return false };
    let read = taken.binary_search(&last).is_ok();
    if item.comparisons.get(last).is_some_and(|c| is_at_screening_too(item, c.end, window.start)) {
        return true;
    }
    item.comparisons.get(last).filter(|c| read || is_of_the_laboratory(item, c)).is_some_and(|c| {
        let time = c.parts.iter().any(|(_, amount)| amount.time(item.atoms, item.vocabulary).is_some());
        let close = item.atoms.is(c.end, Class::Close);
        // "arrhythmia (including QTc ≥ 480 ms) within 6 months": the value is one of what happened.
        let example = |at: usize| {
            item.atoms.is(at, Class::Open)
                && matches!(item.atoms.text(at + 1), "including" | "incl" | "eg" | "such")
        };
        let example = close && (c.start.saturating_sub(EXAMPLE).max(item.range.start)..c.start).any(example);
        !example
            && !time
            && (past_sex(item, c.end) == window.start && !is_what_happened(item, c.start)
                || close && c.end + 1 == window.start && !is_what_happened(item, c.start)
                || read && is_by_a_test(item, c.end, window.start)
                || in_its_bracket(item, window, c))
    })
}

/// How far before a value the bracket may open that names it as an example.
const EXAMPLE: usize = 6;

/// "fever (≥ 38 °C) within 3 days", "fever of ≥ 38 °C within 3 days" under exclusion: the value tells only what counts as
/// the illness before it. "no decline (i.e. ECOG > 1) over the past weeks": what must not have happened.
fn is_what_happened(item: &Item<'_>, start: usize) -> bool {
    let atoms = item.atoms;
    let first = start.saturating_sub(2).max(item.range.start);
    let plain = |at: usize| atoms.is(at, Class::Open) || matches!(atoms.text(at), "of" | "is" | "with");
    let fever = (first..start)
        .rev()
        .find(|at| !plain(*at))
        .is_some_and(|at| atoms.is(at, Class::Illness) && (at + 1..start).all(plain));
    let first = start.saturating_sub(7).max(item.range.start);
    let open = (first..start).rev().find(|at| atoms.is(*at, Class::Open));
    let denied = open.is_some_and(|open| {
        (open.saturating_sub(2).max(item.range.start)..open).any(|at| atoms.is(at, Class::Negation))
    });
    fever && item.section == Some(Section::Exclusion) || denied && item.section != Some(Section::Exclusion)
}

/// "FVC < 60 % predicted at the screening visit or within 6 months": nothing stands between a value and the time but when else
/// it is measured.
fn is_at_screening_too(item: &Item<'_>, from: usize, to: usize) -> bool {
    let word = |at: usize| {
        matches!(
            item.atoms.text(at),
            "of" | "predicted"
                | "normal"
                | "at"
                | "the"
                | "screening"
                | "visit"
                | "baseline"
                | "during"
                | "or"
                | "either"
        )
    };
    let or = to.checked_sub(1).is_some_and(|at| item.atoms.text(at) == "or");
    or && (3..=8).contains(&to.saturating_sub(from))
        && (from..to).all(word)
        && (from..to).any(|at| matches!(item.atoms.text(at), "screening" | "baseline"))
}

/// "have received antiretroviral therapy for at least 4 weeks", "drugs that have been used for at least one month": how long
/// it was given, not how long ago.
pub(super) fn is_of_a_course(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    // "stable for 6 weeks following the end of therapy" is so long after it.
    let after = window.form == Form::Since && window.end > window.amount.end;
    if !window.lasting || after || !window.op.is_some_and(Op::is_lower) {
        return false;
    }
    let first = item.scope.sentence(window.start, &item.range).start.max(window.start.saturating_sub(COURSE));
    let given = |at: usize| {
        matches!(atoms.text(at), "received" | "receiving" | "receive" | "taking" | "taken" | "used" | "on")
            || atoms.text(at) == "treated" && atoms.text(at + 1) == "with"
    };
    let last = (first..window.start).rev().find(|at| given(*at));
    let over = |at: usize| {
        let word = atoms.text(at);
        atoms.is(at, Class::Negation) && !item.compares(at)
            || [
                "complet",
                "discontinu",
                "stopp",
                "free",
                "remission",
                "off",
                "last",
                "evidence",
                "progress",
                "since",
                "curat",
                "stab",
                "controlled",
                "break",
                "asymptomatic",
            ]
            .iter()
            .any(|stem| word.starts_with(stem))
    };
    last.is_some() && !(first..window.start).any(over)
}

/// How far before a time the word stands that says that something was given so long.
const COURSE: usize = 12;

/// "> 13 g/dL for men in the past 2 months": past whom the value is of.
fn past_sex(item: &Item<'_>, at: usize) -> usize {
    let joint = usize::from(matches!(item.atoms.text(at), "for" | "in" | "if"));
    match item.atoms.takes(at + joint, Class::Sex) {
        0 => at,
        sex => at + joint + sex,
    }
}

/// "≥ 40 mL/min by the Cockcroft-Gault formula (≤ 15 days before entry)": a bracket of its own, and no treatment named
/// since the value.
fn in_its_bracket(item: &Item<'_>, window: &Window<'_>, value: &Comparison) -> bool {
    let atoms = item.atoms;
    let open = window.start.checked_sub(1).filter(|at| atoms.is(*at, Class::Open) && *at >= value.end);
    open.is_some_and(|open| {
        open - value.end <= 8
            && (value.end..open).all(|at| {
                // "using the Cockcroft-Gault formula" names no treatment.
                let how = atoms.text(at) == "using";
                let apart = [Class::Semicolon, Class::Comma, Class::Or, Class::And];
                (how || !atoms.is(at, Class::Exposure))
                    && !atoms.is_any(at, &apart)
                    && !scope::is_stop(atoms, at)
            })
    })
}

/// "LVEF < 45 % on an earlier echocardiogram within 6 months": nothing but how it was measured stands in between.
fn is_by_a_test(item: &Item<'_>, from: usize, to: usize) -> bool {
    let atoms = item.atoms;
    let by = matches!(atoms.text(from), "on" | "by" | "in" | "at");
    let read = |at: usize| matches!(atoms.text(at), "reading" | "readings" | "occasion" | "occasions");
    by && to - from <= 6
        && (from..to).any(|at| atoms.is(at, Class::Test) || read(at))
        && !(from..to).any(|at| {
            atoms.is_any(at, &[Class::Exposure, Class::Comma, Class::Semicolon, Class::Or, Class::And])
                || scope::is_stop(atoms, at)
        })
}

/// "HIV RNA > 200 copies/mL": a value of the laboratory, whether it has a name in the tables or not.
fn is_of_the_laboratory(item: &Item<'_>, comparison: &Comparison) -> bool {
    let unit = |amount: &Amount| {
        let dimensions = LABORATORY.map(str::to_owned);
        amount.unit_of(item.atoms, item.vocabulary, &dimensions).is_some()
    };
    comparison.parts.iter().any(|(_, amount)| unit(amount))
}

/// Dimensions of what only a laboratory measures.
const LABORATORY: [&str; 5] = ["viral_copies", "viral_units", "upper_limit", "lower_limit", "cells"];

/// "a pregnancy test within 7 days", "on two occasions within the 30-day screening period": when it is done.
pub(super) fn is_of_a_test(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    let end = window.amount.end;
    if atoms.text(end) == "screening" && matches!(atoms.text(end + 1), "period" | "window" | "phase") {
        return true;
    }
    let first = window.start.saturating_sub(LOOK).max(item.range.start);
    (first..window.start).any(|at| {
        let until = window.start.min(at + 5);
        atoms.text(at) == "pregnancy" && (at + 1..until).any(|next| atoms.text(next).starts_with("test"))
    })
}

/// "a biopsy that was obtained after the last treatment, ≤ 56 days before entry": the time is the sample's.
pub(super) fn is_of_a_sample(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    let first = item.scope.sentence(window.start, &item.range).start.max(window.start.saturating_sub(LOOK));
    let taken = |at: usize| matches!(atoms.text(at), "obtained" | "collected" | "biopsied");
    let after = |at: usize| matches!(atoms.text(at), "after" | "since" | "following" | "from");
    // "detected during screening within 6 weeks of entry": when it is looked for.
    let screened = window.start >= first + 2
        && atoms.text(window.start - 1) == "screening"
        && matches!(atoms.text(window.start - 2), "at" | "during");
    screened || (first..window.start).any(|at| taken(at) && (after(at + 1) || window.start <= at + 2))
}

/// "growth factors within 7 days of the test are not allowed": the negation comes at the end.
pub(super) fn is_barred_after(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    let end = item.scope.sentence(window.start, &item.range).end.min(window.end + LOOK);
    let barred = |at: usize| {
        let not = at > 0 && atoms.text(at - 1) == "not";
        let word = atoms.text(at);
        matches!(word, "prohibited" | "forbidden") || not && matches!(word, "allowed" | "permitted")
    };
    (window.end..end).take_while(|at| !atoms.is_any(*at, &[Class::Semicolon, Class::Comma])).any(barred)
}

/// "1 year post menopausal", "2 years since the last menstrual period", "3 months from beginning of symptoms".
pub(super) fn is_of_the_body(item: &Item<'_>, window: &Window<'_>) -> bool {
    let end = window.amount.end;
    let body = |at: usize| {
        let word = item.atoms.text(at);
        ["menopaus", "postmenopaus", "menstru", "menses"].iter().any(|stem| word.starts_with(stem))
    };
    let symptoms = |at: usize| item.atoms.text(at).starts_with("symptom");
    if window.form == Form::Since && (window.end..window.end + 8).any(symptoms) {
        return true;
    }
    let ends = |at: usize| scope::is_stop(item.atoms, at) || item.atoms.is(at, Class::Close);
    (end..(end + 6).min(item.range.end)).take_while(|at| !ends(*at)).any(body)
}

/// "… and for at least 4 months after the last dose": how long something will be done, not how long ago.
pub(super) fn is_contraception(item: &Item<'_>, window: &Window<'_>, event: &Words, inclusion: bool) -> bool {
    let after = window.form == Form::Since && window.end > window.amount.end && !window.elapsed;
    let barrier = |at: usize| {
        let control = item.atoms.text(at) == "birth" && item.atoms.text(at + 1) == "control";
        control
            || ["contracep", "condom", "abstinen", "sperm"]
                .iter()
                .any(|stem| item.atoms.text(at).starts_with(stem))
    };
    let first = item.scope.sentence(window.start, &item.range).start.max(window.start.saturating_sub(FAR));
    if after && item.atoms.is(window.amount.end, Class::After) {
        // "A man: at least 6 months after the last dose. Men must not donate sperm".
        let last =
            (window.amount.end..window.end + 3).any(|at| matches!(item.atoms.text(at), "last" | "final"));
        let fertile =
            |at: usize| item.atoms.text(at).starts_with("childbearing") || item.atoms.text(at) == "pregnant";
        let near = (first..window.start).any(barrier);
        if near || inclusion && last && item.range.clone().any(|at| barrier(at) || fertile(at)) {
            return true;
        }
    }
    if window.form == Form::Washout && (first..window.start).any(barrier) {
        return true;
    }
    inclusion && window.lasting && after && !event.negated && !event.stable && !window.between
}

/// How many words may stand between "risk of" and the time.
const RISK: usize = 5;

/// "for 6 months after the last dose of study drug": after the trial.
pub(super) fn is_ahead(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    let end = window.amount.end;
    // "within the 48-week duration of the study", "within the 12-week study period".
    let span = |at: usize| matches!(atoms.text(at), "duration" | "period" | "course");
    let of_the_trial = |at: usize| matches!(atoms.text(at), "study" | "trial");
    let duration = span(end) && atoms.text(end + 1) == "of" && (end + 2..end + 4).any(of_the_trial);
    if duration || of_the_trial(end) && span(end + 1) && !atoms.is(end + 2, Class::Before) {
        return true;
    }
    // "a low risk of recurrence within 2 years": what may come.
    let risk = |at: usize| {
        matches!(atoms.text(at), "risk" | "likelihood" | "probability" | "chance")
            && atoms.text(at + 1) == "of"
    };
    let near = window.start.saturating_sub(RISK).max(item.range.start)..window.start;
    if window.form == Form::Within && !window.past && near.into_iter().any(risk) {
        return true;
    }
    if !atoms.is(end, Class::After) {
        return false;
    }
    let last = (end..end + 4).any(|at| matches!(atoms.text(at), "last" | "final" | "end" | "completion"));
    let own = |at: usize| matches!(atoms.text(at), "study" | "trial" | "investigational" | "protocol");
    let earlier = |at: usize| matches!(atoms.text(at), "previous" | "prior" | "earlier" | "other");
    if (end..end + 7).any(earlier) {
        return false;
    }
    last && (end..end + 9).take_while(|at| !scope::is_stop(atoms, *at)).any(own)
}

/// "on a stable dose for at least 4 weeks", "treated for at least 4 weeks before", "stable use of … during 2 weeks":
/// for how long, not how long ago. A change of dose within 4 weeks is the same, said the other way.
pub(super) fn is_stable(item: &Item<'_>, window: &Window<'_>, clause: usize) -> bool {
    let atoms = item.atoms;
    let start = window.start;
    // "stable for at least 6 weeks after completion of therapy" is that long after the therapy.
    let completed =
        |at: usize| matches!(atoms.text(at), "completion" | "completing" | "end" | "last" | "final");
    // "stable for at least 28 days after treatment of the metastases".
    let given = |at: usize| {
        matches!(
            atoms.text(at),
            "treatment" | "radiotherapy" | "radiation" | "irradiation" | "surgery" | "radiosurgery"
        )
    };
    if window.form == Form::Since
        && atoms.is(window.amount.end, Class::After)
        && (window.end..window.end + 3).any(given)
    {
        return false;
    }
    if window.form == Form::Since && (window.end..window.end + 3).any(completed) {
        return false;
    }
    // "stable asthma (no burst of steroids for 4 weeks)": the bracket is a clause of its own.
    let open = (clause..start).rev().find(|at| atoms.is(*at, Class::Open) || atoms.is(*at, Class::Close));
    let own = open.filter(|at| {
        atoms.is(*at, Class::Open)
            && (*at..start).any(|at| atoms.is(at, Class::Negation) && !item.compares(at))
    });
    let clause = own.unwrap_or(clause);
    let sentence = item.scope.sentence(start, &item.range).start;
    let first = start.saturating_sub(7).max(own.unwrap_or(sentence));
    // "stable and without steroids for 14 days": what is denied behind "stable" is the window's.
    let denied = |at: usize| {
        (at..start).any(|i| atoms.is(i, Class::Negation) && !item.compares(i))
            && !(at + 1..start).any(|i| atoms.text(i).starts_with("chang"))
    };
    let stable = |at: usize| {
        if !is_stability(item, at) {
            return false;
        }
        // "received continuous psychotherapy" was received.
        let given = at > 0
            && atoms.text(at).starts_with("continuous")
            && (matches!(atoms.text(at - 1), "received" | "receiving" | "undergone")
                || atoms.text(at + 1) == "use" && window.form == Form::Within && !window.lasting);
        // "continuous steroids within a month" under exclusion were taken then.
        let taken = atoms.text(at).starts_with("continuous")
            && window.form == Form::Within
            && !window.lasting
            && item.section == Some(Section::Exclusion)
            && (at..start).any(|i| atoms.is(i, Class::Exposure));
        let given = given || taken;
        // "drugs for menopausal symptoms" are taken, whatever they are for.
        let symptom = atoms.text(at).contains("menopaus") && atoms.text(at + 1).starts_with("symptom");
        let named = !matches!(atoms.text(at), "for") && !given && !symptom;
        // "3 half-lives or 30 days", "5 half-lives (if known) or 30 days".
        let other = atoms.takes(at, Class::HalfLives) > 0 && at > 0 && atoms.is_numeric(at - 1);
        named && !other && !(atoms.text(at) == "stable" && denied(at))
    };
    let changed = |at: usize| stable(at) && atoms.text(at).starts_with("change");
    if (clause..start).any(changed) {
        return !is_begun(item, clause..start);
    }
    (first..start).any(stable) || (clause..start.min(clause + 3)).any(stable)
}

/// "Using inhaled steroids more than 3 months before registration": what goes on, and for how long.
pub(super) fn is_going_on(item: &Item<'_>, window: &Window<'_>, clause: usize) -> bool {
    let lower = window.op.is_some_and(Op::is_lower);
    let verb = matches!(item.atoms.text(clause), "using" | "taking" | "on");
    verb && lower && window.form == Form::Before && item.section != Some(Section::Exclusion)
}

/// "12 weeks between surgery and randomisation": the words of the first.
pub(super) fn between(item: &Item<'_>, from: usize, end: usize) -> Option<Range<usize>> {
    let atoms = item.atoms;
    if atoms.text(from) != "between" {
        return None;
    }
    let and = (from..end.min(from + LOOK)).find(|at| atoms.text(*at) == "and")?;
    Some(from + 1..and)
}

/// "changed or started a therapy within 30 days": started is started.
pub(super) fn is_begun(item: &Item<'_>, words: Range<usize>) -> bool {
    let begun = |word: &str| ["initiat", "start", "beg", "commenc"].iter().any(|stem| word.starts_with(stem));
    words.rev().take(LOOK).any(|at| begun(item.atoms.text(at)))
}

/// "since prior procarbazine", "since the last dose": what was before, whatever it is.
pub(super) fn is_earlier(item: &Item<'_>, at: usize) -> bool {
    let earlier = |at: usize| matches!(item.atoms.text(at), "prior" | "previous" | "last" | "recent");
    earlier(at) || matches!(item.atoms.text(at), "the" | "most" | "any" | "their") && earlier(at + 1)
}
