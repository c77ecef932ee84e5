//! Times whose event stands between number and unit: "the first postoperative day", "48 postoperative hours", "POD 3".

use super::atoms::{Amount, Atom, Link, Placed, Time, Unit};
use super::counts;
use super::pieces::Pieces;
use super::times;
use super::words::Meaning;

/// Most numbers before one event.
const MOST: usize = 8;

/// Adds link, event and time, in the order in which they are said elsewhere ("postoperative day 1"), and gives the
/// first piece after them.
pub fn after_an_event(pieces: &Pieces<'_>, at: usize, atoms: &mut Vec<Placed>) -> Option<usize> {
    let (time, event, end) = match pieces.text(at) {
        "pod" | "pods" => postoperative_day(pieces, at)?,
        _ => with_event_inside(pieces, at)?,
    };
    let range = at..end;
    atoms.push(Placed { atom: Atom::Link(Link::After), pieces: range.clone() });
    atoms.push(Placed { atom: event, pieces: range.clone() });
    atoms.push(Placed { atom: Atom::Time(time), pieces: range });
    Some(end)
}

/// "POD 1, 3 and 7".
fn postoperative_day(pieces: &Pieces<'_>, at: usize) -> Option<(Time, Atom, usize)> {
    let ((time, _), end) = times::label(pieces, at)?;
    let (event, _) = event(pieces, "surgery", at)?;
    Some((time, event, end))
}

fn with_event_inside(pieces: &Pieces<'_>, at: usize) -> Option<(Time, Atom, usize)> {
    // Most words are no number.
    let counts = |word: &super::words::Word| word.number.is_some() || word.ordinal.is_some();
    if pieces.number(at).is_none() && !pieces.word(at).is_some_and(counts) {
        return None;
    }
    let mut amounts: Vec<Amount> = Vec::new();
    let mut next = at;
    let mut numbered = false;
    while amounts.len() < MOST {
        match counts::ordinal(pieces, next) {
            Some((value, end)) => {
                numbered = true;
                amounts.push(Amount { value, ..Amount::default() });
                next = end;
            }
            None => {
                let ((amount, _), end) = times::amount(pieces, next).filter(|_| !numbered)?;
                amounts.push(amount);
                next = end;
            }
        }
        match times::separator(pieces, next) {
            Some(after) => next = after,
            None => break,
        }
    }
    next += usize::from(pieces.text(next) == "-");
    if pieces.text(next) != "post" {
        return None;
    }
    let word = next + 1 + usize::from(pieces.text(next + 1) == "-");
    let (event, next) = event(pieces, pieces.text(word), word)?;
    let (unit, end) = times::unit(pieces, next).filter(|(unit, _)| matches!(unit, Unit::Of(_)))?;
    let time = Time {
        amounts,
        unit,
        numbered,
        adjective: false,
        window_unit: None,
        cycles: Vec::new(),
        at_end: false,
    };
    Some((time, event, end))
}

/// The event that one word names alone, and the piece after it.
fn event(pieces: &Pieces<'_>, word: &str, at: usize) -> Option<(Atom, usize)> {
    let known = pieces.vocabulary.word(word)?;
    known.phrases.iter().find_map(|(rest, meaning)| match meaning {
        Meaning::Event(id) if rest.is_empty() => Some((Atom::Event(*id), at + 1)),
        _ => None,
    })
}
