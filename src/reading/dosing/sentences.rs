//! What a sentence is about, told by which parts it has.

use crate::reading::lexer::Tokens;
use crate::reading::quantities::{Quantity, UnitKind};

use super::part::{Bound, Part, What};
use super::word_classes::{Source, WordClass};

/// A sentence about something that people do or use, without a dose or a way to give it.
pub(super) fn is_program(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part.what, What::Program))
        && !parts.iter().any(|part| matches!(part.what, What::Amount(_) | What::Route(_)))
}

/// A line that is a treatment's name and nothing else: what follows is said of it.
pub(super) fn names_only(parts: &[Part]) -> bool {
    matches!(
        parts,
        [Part { what: What::Name(..), .. }, Part { what: What::Bound(Bound::Line | Bound::Paragraph), .. }]
    )
}

/// A sentence that announces what a medicine is made of, the parts themselves being lines of their own.
pub(super) fn lists_contents(parts: &[Part]) -> bool {
    let Some(announced) = parts.iter().rposition(|part| matches!(part.what, What::Contain)) else {
        return false;
    };
    !is_given(parts) && !parts.iter().skip(announced).any(|part| matches!(part.what, What::Amount(_)))
}

/// How a medicine is made ready ("50 mg will be dissolved in 10 ml"), and not that it is given.
pub(super) fn is_preparation(parts: &[Part], tokens: &Tokens) -> bool {
    let made = parts.iter().position(|part| {
        matches!(part.what, What::Observe)
            && ["dissolv", "dilut", "reconstitut"]
                .iter()
                .any(|stem| tokens.text(part.first).starts_with(stem))
    });
    // "25 mg of X is given, diluted in 50 ml": given all the same.
    let is_given = |made: &usize| {
        let before = || parts.iter().take(*made);
        before().any(|part| matches!(part.what, What::Give))
            && before().any(|part| matches!(part.what, What::Amount(_)))
    };
    made.filter(|made| !is_given(made)).is_some_and(|made| {
        let given = |part: &Part| {
            matches!(part.what, What::Give | What::Frequency(_) | What::Days(_) | What::Route(_))
        };
        !parts.iter().skip(made).any(given)
    })
}

/// A sentence, from token `begins` on, about what is given ahead of the treatment.
pub(super) fn is_premedication(parts: &[Part], source: Source<'_>, begins: usize) -> bool {
    let end = parts.last().map_or(begins, |part| part.end);
    source.classes.among(begins..end, WordClass::Premedication)
}

/// Something is said to be given, or how often.
pub(super) fn is_given(parts: &[Part]) -> bool {
    parts.iter().any(|part| matches!(part.what, What::Give | What::Frequency(_) | What::Days(_)))
}

/// A sentence about something that is looked at ("patients return to the clinic every two weeks", "a blood sample of 10 ml"),
/// or that tells a share of something ("about 3% of the population"): it looks like dosing, and names nothing that is given.
pub(super) fn is_observation(parts: &[Part], tokens: &Tokens) -> bool {
    let given =
        |part: &Part| matches!(part.what, What::Name(..) | What::Unknown | What::Give | What::Route(_));
    if parts.iter().any(given) {
        return false;
    }
    let fluid = |quantity: &Quantity| quantity.unit.kind == UnitKind::Volume;
    let dosed = |part: &Part| match &part.what {
        What::Amount(quantity) => !fluid(quantity) && quantity.unit.name != "%",
        What::Fraction(_) | What::Stray => true,
        _ => false,
    };
    let like = |part: &Part| looks_like_dosing(std::slice::from_ref(part));
    let share = |part: &Part| match &part.what {
        What::Amount(quantity) => quantity.unit.name == "%",
        What::Stray => tokens.is(part.end.saturating_sub(1), "%"),
        _ => false,
    };
    // "0.9%" alone is how strong it is.
    let told = parts.iter().any(|part| part.what == What::Other);
    let shares = told && parts.iter().filter(|part| like(part)).all(share);
    let mut ahead = parts.iter().take_while(|part| !like(part));
    shares || ahead.any(|part| part.what == What::Observe) && !parts.iter().any(dosed)
}

/// "Participants continue treatment until progression": what ends the treatment, and nothing else of it.
pub(super) fn tells_end(parts: &[Part], tokens: &Tokens) -> bool {
    let until = parts.iter().position(|part| part.what == What::Until);
    let stop = parts.iter().position(|part| matches!(part.what, What::Stop(_)));
    let (Some(until), Some(stop), Some(first)) = (until, stop, parts.first()) else { return false };
    let end = parts.get(until).map_or(first.first, |part| part.first);
    let goes_on = |token: usize| tokens.text(token).starts_with("continu");
    let treatment = |token: usize| matches!(tokens.text(token), "treatment" | "therapy" | "dosing");
    until < stop && (first.first..end).any(goes_on) && (first.first..end).any(treatment)
}

/// A sentence with something of a schedule or a dose in it.
pub(super) fn looks_like_dosing(parts: &[Part]) -> bool {
    parts.iter().any(|part| {
        matches!(
            part.what,
            What::Amount(_)
                | What::Fraction(_)
                | What::Frequency(_)
                | What::Days(_)
                | What::Route(_)
                | What::Cycle(..)
                | What::Cycles(_)
                | What::CycleMark(..)
                | What::Lasting(_)
                | What::OnOff(..)
                | What::DaysOf(..)
                | What::Stray
        )
    })
}
