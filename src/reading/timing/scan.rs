//! Pieces → atoms, from left to right, the longest reading first.

use super::adjectival;
use super::atoms::{Atom, Edge, Every, Link, Mark, Placed, Qualifier};
use super::counts;
use super::pieces::Pieces;
use super::times;
use super::words::{Meaning, Numbered, Word};
use crate::reading::lexer::Kind;

/// Smaller numbers behind a word in capitals may be its own ("DAY-14").
const SMALLEST_CODE: f64 = 1000.0;

/// Turns a range of pieces into atoms. Linear in their number.
pub fn scan(pieces: &Pieces<'_>, range: std::ops::Range<usize>) -> Vec<Placed> {
    let mut atoms = Vec::with_capacity(range.len());
    let mut at = range.start;
    while at < range.end.min(pieces.len()) {
        if let Some(end) = adjectival::after_an_event(pieces, at, &mut atoms) {
            at = end;
            continue;
        }
        let (atom, end) = atom(pieces, at);
        let end = end.max(at + 1);
        let inner =
            if matches!(atom, Some(Atom::Time(_))) { times::inner_brackets(pieces, at..end) } else { None };
        if let Some(atom) = atom {
            atoms.push(Placed { atom, pieces: at..end });
        }
        if let Some(inner) = inner {
            atoms.extend(scan(pieces, inner));
        }
        at = end;
    }
    atoms
}

/// The atom at a piece, and the piece after it; no atom for what is not even a word.
fn atom(pieces: &Pieces<'_>, at: usize) -> (Option<Atom>, usize) {
    if ends_a_name(pieces, at) || ends_a_name(pieces, at + 2) {
        return (Some(Atom::Unknown), at + 1);
    }
    if let Some(end) = times::lone_window(pieces, at) {
        return (Some(Atom::Filler), end);
    }
    let number = starts_number(pieces, at);
    if (number || times::may_repeat(pieces.text(at)))
        && let Some((every, end)) = times::every(pieces, at)
    {
        return (Some(Atom::Every(every)), end);
    }
    if let Some(((time, numbered), end)) = times::label(pieces, at) {
        let counts = !matches!(numbered, Some(Numbered::Other));
        return (Some(if counts { Atom::Time(time) } else { Atom::Filler }), end);
    }
    if number {
        match times::length(pieces, at) {
            Ok((time, end)) => {
                // "3 days per week": how often, not how long.
                let often = times::per_unit(pieces, end).filter(|_| !time.numbered);
                return often.map_or((Some(Atom::Time(time)), end), |end| (Some(Atom::Filler), end));
            }
            Err(_) if counts::ordinal_number(pieces, at).is_some() => return which_one(pieces, at),
            Err(end) if pieces.number(at).is_some() => return (Some(Atom::Unknown), end),
            Err(_) => {}
        }
    }
    match pieces.word(at).and_then(|word| phrase(pieces, at, word)) {
        Some((meaning, end)) => (Some(meant(meaning)), end),
        // "The sixth dose": which one of several.
        None if pieces.word(at).is_some_and(|word| word.ordinal.is_some()) => {
            (Some(Atom::Edge(Edge::Nth)), at + 1)
        }
        None => plain(pieces, at),
    }
}

/// "2nd injection", "1st dose": which one of several; "1st line" is none.
fn which_one(pieces: &Pieces<'_>, at: usize) -> (Option<Atom>, usize) {
    let first = pieces.number(at) == Some(1.0);
    match pieces.text(at + 2) {
        "line" => (Some(Atom::Filler), at + 3),
        _ => (Some(Atom::Edge(if first { Edge::First } else { Edge::Nth })), at + 2),
    }
}

/// The number of a code ("HRS-5041"): in capitals, a hyphen, and more than is counted there.
fn ends_a_name(pieces: &Pieces<'_>, at: usize) -> bool {
    let grown = at >= 2 && pieces.text(at - 1) == "-" && !pieces.spaced(at) && !pieces.spaced(at - 1);
    grown && pieces.number(at).is_some_and(|value| value >= SMALLEST_CODE) && pieces.is_code_name(at - 2)
}

fn starts_number(pieces: &Pieces<'_>, at: usize) -> bool {
    pieces.number(at).is_some()
        || pieces.word(at).is_some_and(|word| word.number.is_some() || word.ordinal.is_some())
        || counts::article(pieces, at).is_some()
}

/// The longest phrase of the vocabulary that stands at `at`.
fn phrase(pieces: &Pieces<'_>, at: usize, word: &Word) -> Option<(Meaning, usize)> {
    word.phrases.iter().find_map(|(rest, meaning)| {
        let mut next = at + 1;
        for expected in rest {
            if pieces.text(next) == "-" && !pieces.spaced(next) {
                next += 1;
            }
            if pieces.text(next) != &**expected {
                return None;
            }
            next += 1;
        }
        // "Within the first hour" is within one hour: the ordinal goes with its unit.
        let ordinal = rest.last().is_some_and(|last| &**last == "first");
        let of_a_unit = ordinal && matches!(meaning, Meaning::Link(_)) && times::unit(pieces, next).is_some();
        (!of_a_unit || pieces.number(next + 1).is_some()).then_some((*meaning, next))
    })
}

fn meant(meaning: Meaning) -> Atom {
    match meaning {
        Meaning::Link(link) => Atom::Link(link),
        Meaning::Qualifier(qualifier) => Atom::Qualifier(qualifier),
        Meaning::Noun(noun) => Atom::Noun(noun),
        Meaning::Edge(edge) => Atom::Edge(edge),
        Meaning::Event(id) => Atom::Event(id),
        Meaning::Adverb(period) => Atom::Every(Every { adverb: true, ..Every::period(period) }),
        Meaning::Filler => Atom::Filler,
    }
}

/// A piece that begins no phrase: a sign, or a word by its ending.
fn plain(pieces: &Pieces<'_>, at: usize) -> (Option<Atom>, usize) {
    let text = pieces.text(at);
    let atom = match text {
        "," | "、" => Some(Atom::Mark(Mark::Comma)),
        "/" => Some(Atom::Mark(Mark::Slash)),
        "and" | "or" | "&" | "vs" => Some(Atom::Mark(Mark::And)),
        "+" | "plus" => Some(Atom::Mark(Mark::Plus)),
        "-" | "—" if !pieces.spaced(at) && !pieces.spaced(at + 1) && !between_terms(pieces, at) => None,
        "~" if pieces.number(at + 1).is_some() => Some(Atom::Qualifier(Qualifier::About)),
        "-" | "—" | "~" => Some(Atom::Mark(Mark::Dash)),
        ":" => Some(Atom::Mark(Mark::Colon)),
        ";" => Some(Atom::Mark(Mark::Semicolon)),
        "\n" | "•" | "|" => Some(Atom::Mark(Mark::Stop)),
        "." | "。" if pieces.spaced(at + 1) && pieces.begins_sentence(at + 1) => {
            Some(Atom::Mark(Mark::Stop))
        }
        "(" | "[" | "{" => Some(Atom::Mark(Mark::Open)),
        ")" | "]" | "}" => Some(Atom::Mark(Mark::Close)),
        "=" => Some(Atom::Mark(Mark::Equals)),
        "≤" | "<" | "<=" | "=<" => Some(Atom::Link(Link::UpTo)),
        "≈" => Some(Atom::Qualifier(Qualifier::About)),
        "≥" | ">" | ">=" => Some(Atom::Qualifier(Qualifier::AtLeast)),
        _ => match pieces.get(at).map(|p| p.kind) {
            Some(Kind::Word) => Some(match pieces.vocabulary.by_suffix(text) {
                Some(id) => Atom::Event(id),
                None => Atom::Unknown,
            }),
            Some(Kind::Number(_)) => Some(Atom::Unknown),
            _ => None,
        },
    };
    (atom, at + 1)
}

/// A hyphen without blanks between a number or label and a word that begins a new time ("day-14-day-1").
fn between_terms(pieces: &Pieces<'_>, at: usize) -> bool {
    let starts = |at: usize| pieces.number(at).is_some() || pieces.vocabulary.names_a_start(pieces.text(at));
    at > 0 && starts(at - 1) && pieces.word(at + 1).is_some_and(|w| w.unit.is_some())
}
