//! How a row's length of treatment is meant: "for at least 6 months", "for up to 2 years", "for 6 to 8 weeks". Read from
//! the row's own words once the row is known; which length it is, and whose, is not said here.

use std::ops::Range;

use crate::protocol::{Administration, DurationBound, Period};
use crate::reading::lexer::Tokens;
use crate::reading::periods;

/// Words right before a length, and what they make of it.
const BOUNDS: &[(&[&str], DurationBound)] = &[
    (&["at", "least"], DurationBound::AtLeast),
    (&["no", "less", "than"], DurationBound::AtLeast),
    (&["not", "less", "than"], DurationBound::AtLeast),
    (&["minimum", "of"], DurationBound::AtLeast),
    (&["more", "than"], DurationBound::AtLeast),
    (&["up", "to"], DurationBound::UpTo),
    (&["at", "most"], DurationBound::UpTo),
    (&["no", "more", "than"], DurationBound::UpTo),
    (&["not", "more", "than"], DurationBound::UpTo),
    (&["maximum", "of"], DurationBound::UpTo),
    (&["maximum"], DurationBound::UpTo),
    (&["about"], DurationBound::About),
    (&["approximately"], DurationBound::About),
    (&["around"], DurationBound::About),
];

/// What the words of `row` in `text` make of its length.
pub(super) fn of(tokens: &Tokens, row: &Administration) -> Option<DurationBound> {
    let length = row.duration?;
    let mut places = std::iter::once(&row.span).chain(&row.more_spans);
    places.find_map(|span| {
        let words = tokens.starting_at(span.start)..tokens.starting_at(span.end);
        of_words(tokens, words, length)
    })
}

fn of_words(tokens: &Tokens, words: Range<usize>, length: Period) -> Option<DurationBound> {
    let same = |found: Period| found.days() == length.days();
    // Few words begin a length: that is asked first.
    let begins = |at: &usize| periods::may_begin(tokens, *at) || tokens.is(*at, "between");
    words.clone().filter(begins).find_map(|at| {
        // "over 24 h - 3 days" is no range.
        let of_one_unit = |(low, high): (Period, Period)| low.unit == high.unit && same(high);
        let range = periods::range(tokens, at).filter(|range| range.end <= words.end);
        if range.is_some_and(|range| of_one_unit(range.value)) {
            return Some(DurationBound::UpTo);
        }
        let here = periods::period(tokens, at).filter(|found| found.end <= words.end && same(found.value));
        here.and_then(|_| before(tokens, words.start, at))
    })
}

/// The bound whose words end right before `at`, none of them before `start`; "up to about" is "up to".
fn before(tokens: &Tokens, start: usize, at: usize) -> Option<DurationBound> {
    let starts = |words: &[&str]| {
        let first = at.checked_sub(words.len()).filter(|first| *first >= start)?;
        tokens.matches(first, words).then_some(first)
    };
    let (first, bound) = BOUNDS.iter().find_map(|(words, bound)| Some((starts(words)?, *bound)))?;
    match bound {
        DurationBound::About => before(tokens, start, first).or(Some(bound)),
        _ => Some(bound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::dosing::read;

    #[test]
    fn a_length_is_told_as_it_is_meant() {
        for (text, bound) in [
            ("Zorafenib 5 mg daily for at least 6 months", Some(DurationBound::AtLeast)),
            ("Zorafenib 5 mg daily for up to 24 months", Some(DurationBound::UpTo)),
            ("Zorafenib 5 mg daily for a maximum of 2 years", Some(DurationBound::UpTo)),
            ("Zorafenib 5 mg daily for 6 to 8 weeks", Some(DurationBound::UpTo)),
            ("Zorafenib 5 mg daily for approximately 28 days", Some(DurationBound::About)),
            ("Zorafenib 5 mg daily for up to approximately 2 years", Some(DurationBound::UpTo)),
            ("Zorafenib 250 mg/24 h - 3 days", None),
            ("Zorafenib 5 mg daily for 12 weeks", None),
            ("Zorafenib, up to 5 mg daily, for 12 weeks", None),
        ] {
            let rows = read(text, "");
            let found = rows.first().map(|row| (row.duration.is_some(), row.duration_bound));
            assert_eq!(found, Some((true, bound)), "{text}");
        }
    }
}
