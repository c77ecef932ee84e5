//! What is seen of a sentence before its parts are read one by one.

use crate::reading::dosing::part::{Part, What};
use crate::reading::lexer::Tokens;

/// "There are 5 preset dose groups, namely …": what follows are its levels.
pub(super) fn announces_levels(parts: &[Part], tokens: &Tokens) -> bool {
    let first = parts.iter().find(|part| matches!(part.what, What::Amount(_))).map_or(0, |part| part.first);
    // The sentence's first words may have no part of their own.
    const FAR: usize = 4;
    let mut start = parts.first().map_or(0, |part| part.first);
    for _ in 0..FAR {
        let before = start.checked_sub(1).map_or(".", |token| tokens.text(token));
        if matches!(before, "." | "\n" | ";" | "!" | "?") {
            break;
        }
        start -= 1;
    }
    (start..first).any(|token| {
        tokens.is(token, "dose") && matches!(tokens.text(token + 1), "groups" | "levels" | "cohorts")
    })
}

/// "First dose of 5 mg", "loading dose: 5 mg", "8 mg/kg loading", "840 mg (loading dose)": the words around an amount.
pub(super) fn is_first_dose(tokens: &Tokens, first: usize, end: usize) -> bool {
    const FAR: usize = 4;
    let dose =
        (first.saturating_sub(FAR)..first).find(|token| matches!(tokens.text(*token), "dose" | "doses"));
    // "5 mg loading dose, 2.5 mg daily": the next dose stands behind a comma.
    let apart = |dose: &usize| {
        (*dose..first).any(|token| matches!(tokens.text(token), "," | ";" | "." | "then" | "and"))
    };
    let before = dose.filter(|dose| !apart(dose)).and_then(|dose| dose.checked_sub(1));
    const BEHIND: usize = 8;
    let behind = (end..end + BEHIND)
        .take_while(|token| !matches!(tokens.text(*token), "," | ";" | "then" | "followed" | "and"))
        // The stops of "i.v." end nothing.
        .take_while(|token| !tokens.is(*token, ".") || tokens.text(token - 1).len() == 1);
    let first_one = |token: usize| {
        let giving = tokens.text(token + 1);
        matches!(tokens.text(token), "first" | "initial")
            && matches!(giving, "dose" | "injection" | "infusion" | "administration")
    };
    // "4 mg IV once, 5 mg annually thereafter".
    let once = (end..end + 6).any(|token| {
        tokens.is(token, "once") && matches!(tokens.text(token + 1), "," | ";" | "then" | "followed" | "and")
    });
    once || before.is_some_and(|before| matches!(tokens.text(before), "first" | "loading" | "initial"))
        || behind.into_iter().any(|token| tokens.text(token) == "loading" || first_one(token))
}

/// The last name of a sentence. Where the label has one too, what stands in brackets is only said besides.
pub(super) fn named_ahead(parts: &[Part], labelled: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut last = None;
    for (at, part) in parts.iter().enumerate() {
        match part.what {
            What::Open => depth += 1,
            What::Close => depth = depth.saturating_sub(1),
            What::Name(..) if depth == 0 || !labelled => last = Some(at),
            What::Unknown if depth == 0 && is_dosed(parts, at) => last = Some(at),
            _ => {}
        }
    }
    last
}

/// "10 g of citrus pectin", "infusion of xy-dxd 12 mg/kg": the words between "of" and a dose are a name.
pub(super) fn is_dosed(parts: &[Part], at: usize) -> bool {
    let what = |at: Option<usize>| at.and_then(|at| parts.get(at)).map(|part| &part.what);
    let of = what(at.checked_sub(1)) == Some(&What::Of);
    let dose = |at: Option<usize>| matches!(what(at), Some(What::Amount(_)));
    of && (dose(at.checked_sub(2)) || dose(Some(at + 1)))
}
