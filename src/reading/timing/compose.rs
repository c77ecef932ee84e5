//! Joins atoms that belong together: "end" + "of" + "treatment", "day 1" + "of" + "cycle 3".

use super::atoms::{Amount, Atom, Edge, EventId, Link, Mark, Noun, Placed, Time, Unit};
use super::pieces::Pieces;
use super::words::Vocabulary;
use crate::protocol::PeriodUnit;

/// How many atoms may stand between an edge and what it belongs to ("start of the first study treatment").
const REACH: usize = 8;

/// The longest range of cycles that is spelled out.
const LONGEST_RANGE: f64 = 24.0;

/// Joins what belongs together. Linear in the number of atoms.
pub fn compose(pieces: &Pieces<'_>, mut atoms: Vec<Placed>) -> Vec<Placed> {
    let mut joined: Vec<Placed> = Vec::with_capacity(atoms.len());
    let mut at = 0;
    while let Some(placed) = atoms.get(at) {
        let start = placed.pieces.start;
        let (made, end) = match &placed.atom {
            Atom::Edge(edge) => edge_and_noun(pieces, &atoms, at, *edge),
            Atom::Noun(_) => nouns(pieces.vocabulary, &atoms, at),
            Atom::Event(id) => match whole_event(pieces, &atoms, at, *id) {
                Some((event, end)) => (Some(Atom::Event(event)), end),
                None => (Some(Atom::Event(*id)), event_tail(&atoms, past_again(&atoms, at + 1, *id))),
            },
            Atom::Unknown => unknown_and_edge(pieces, &atoms, at),
            Atom::Time(time) => match first_day_of_dosing(pieces, &atoms, at, time) {
                Some((event, end)) => (Some(Atom::Event(event)), end),
                None => day_and_cycle(&atoms, at, time),
            },
            _ => (None, at + 1),
        };
        let last = end.max(at + 1);
        let stop = atoms.get(last - 1).map_or(start, |p| p.pieces.end);
        // What is not joined stays as it is.
        let own = atoms.get_mut(at).map(|p| std::mem::replace(&mut p.atom, Atom::Filler));
        if let Some(atom) = made.or(own) {
            joined.push(Placed { atom, pieces: start..stop });
        }
        at = last;
    }
    joined
}

/// "first dose of study drug", "end of the 24-week treatment period", "completion of chemotherapy".
fn edge_and_noun(pieces: &Pieces<'_>, atoms: &[Placed], at: usize, edge: Edge) -> (Option<Atom>, usize) {
    let vocabulary = pieces.vocabulary;
    if let Some(noun) = shared_noun(vocabulary, atoms, at) {
        return (vocabulary.composed(noun, Some(edge)).map(Atom::Event), at + 1);
    }
    let mut of = false;
    let mut unknown = 0;
    let mut edge = edge;
    let mut end = at + 1;
    while end < at + REACH {
        match atoms.get(end).map(|p| &p.atom) {
            Some(Atom::Filler) if of && edge == Edge::End && is_part(pieces, atoms, end) => {
                return match vocabulary.other() {
                    Some(id) => (Some(Atom::Event(id)), end + 1),
                    None => (Some(Atom::Filler), end + 1),
                };
            }
            Some(Atom::Filler) => {}
            Some(Atom::Link(Link::Of)) => of = true,
            Some(Atom::Unknown) if unknown < 3 => unknown += 1,
            // "last drug-a/drug-b administration"
            Some(Atom::Mark(Mark::Slash)) if unknown > 0 => {}
            // "end of the 24-week treatment": the number only names the treatment.
            Some(Atom::Time(time)) if time.adjective => {}
            Some(Atom::Edge(inner)) => edge = inner_edge(edge, *inner),
            Some(Atom::Noun(_)) => {
                let (noun, after) = last_noun(atoms, end);
                return match vocabulary.composed(noun, Some(edge)) {
                    Some(id) => (Some(Atom::Event(id)), event_tail(atoms, after)),
                    None => (Some(Atom::Filler), after),
                };
            }
            Some(Atom::Event(id)) => return (Some(Atom::Event(*id)), event_tail(atoms, end + 1)),
            Some(Atom::Time(time)) if time.unit == Unit::Cycle && time.numbered && edge == Edge::End => {
                return (Some(Atom::Time(Time { at_end: true, ..time.clone() })), end + 1);
            }
            _ => break,
        }
        end += 1;
    }
    // "completion of BNCT": what is completed has an abbreviation for a name: a treatment.
    let says = |word: &str| {
        atoms.get(at).is_some_and(|placed| placed.pieces.clone().any(|piece| pieces.text(piece) == word))
    };
    let initiated = edge == Edge::Start && says("initiation") || edge == Edge::End && says("discontinuation");
    let ends_or_starts = matches!(edge, Edge::Start | Edge::End);
    if of && unknown > 0 && ends_or_starts && (initiated || names_a_treatment(pieces, atoms, at + 1..end)) {
        let id = vocabulary.composed(Noun::Treatment, Some(edge));
        return (Some(id.map_or(Atom::Filler, Atom::Event)), end);
    }
    (Some(Atom::Edge(edge)), at + 1)
}

/// "At the beginning and the end of the study": the noun of the first is that of the second.
fn shared_noun(vocabulary: &Vocabulary, atoms: &[Placed], at: usize) -> Option<Noun> {
    let atom = |at: usize| atoms.get(at).map(|placed| &placed.atom);
    if atom(at + 1) != Some(&Atom::Mark(Mark::And)) {
        return None;
    }
    let other = past_fillers(atoms, at + 2);
    // "start and end of treatment": the end is one phrase.
    if let Some(Atom::Event(id)) = atom(other) {
        return match vocabulary.event(*id)?.id.as_str() {
            "treatment_end" => Some(Noun::Treatment),
            "study_end" => Some(Noun::Study),
            _ => None,
        };
    }
    let of = past_fillers(atoms, other + 1);
    if !matches!(atom(other), Some(Atom::Edge(_))) || atom(of) != Some(&Atom::Link(Link::Of)) {
        return None;
    }
    match atom(past_fillers(atoms, of + 1)) {
        Some(Atom::Noun(_)) => Some(last_noun(atoms, past_fillers(atoms, of + 1)).0),
        _ => None,
    }
}

/// "Part 1", "stage 2", "dose escalation": a part of the study that has a number or a name.
fn is_part(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> bool {
    let Some(placed) = atoms.get(at) else { return false };
    let first = placed.pieces.start;
    let named = pieces.text(first) == "dose"
        && ["escalation", "expansion", "finding"].contains(&pieces.text(first + 1));
    let numbered = placed.pieces.len() > 1 && pieces.number(placed.pieces.end - 1).is_some();
    let part = ["part", "parts", "phase", "stage", "period", "segment"];
    named || numbered && part.contains(&pieces.text(first))
}

/// "start of the first treatment" is a start, "first day of the last cycle" the last.
fn inner_edge(outer: Edge, inner: Edge) -> Edge {
    match (outer, inner) {
        (Edge::Start | Edge::First, Edge::Start | Edge::First) => Edge::First,
        (Edge::Start | Edge::First, other) => other,
        // "completion of each dose" is none of the whole treatment.
        (Edge::End, Edge::Nth) => Edge::Nth,
        (Edge::End | Edge::Last, Edge::First | Edge::Start) => Edge::End,
        (outer, _) => outer,
    }
}

/// The last noun of a run ("study treatment administration" is an administration), and the atom after it.
fn last_noun(atoms: &[Placed], at: usize) -> (Noun, usize) {
    let mut last: Option<Noun> = None;
    let mut end = at;
    while let Some(Atom::Noun(next)) = atoms.get(end).map(|p| &p.atom) {
        // "post-treatment follow-up" is after the treatment.
        if last.is_none() || *next != Noun::FollowUp {
            last = Some(*next);
        }
        end += 1;
    }
    (last.unwrap_or(Noun::Treatment), end)
}

/// "treatment completion", "study end date", or the noun alone.
fn nouns(vocabulary: &Vocabulary, atoms: &[Placed], at: usize) -> (Option<Atom>, usize) {
    let (noun, end) = last_noun(atoms, at);
    if let Some(Atom::Edge(edge @ (Edge::Start | Edge::End))) = atoms.get(end).map(|p| &p.atom)
        && !matches!(atoms.get(end + 1).map(|p| &p.atom), Some(Atom::Link(Link::Of)))
        && let Some(id) = vocabulary.composed(noun, Some(*edge))
    {
        return (Some(Atom::Event(id)), end + 1);
    }
    (Some(Atom::Noun(noun)), end)
}

/// "ABC-123 initiation": a treatment that the vocabulary does not know.
fn unknown_and_edge(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> (Option<Atom>, usize) {
    let next = atoms.get(at + 1);
    if let Some(Placed { atom: Atom::Edge(edge @ (Edge::Start | Edge::End)), pieces: range }) = next
        && ["initiation", "completion", "discontinuation"].contains(&pieces.text(range.start))
        && !is_paperwork(pieces, atoms, at)
        && !matches!(atoms.get(at + 2).map(|p| &p.atom), Some(Atom::Link(Link::Of)))
        && let Some(id) = pieces.vocabulary.composed(Noun::Treatment, Some(*edge))
    {
        return (Some(Atom::Event(id)), at + 2);
    }
    (None, at + 1)
}

/// "Survey completion" ends no treatment.
fn is_paperwork(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> bool {
    let word = atoms.get(at).map_or("", |placed| pieces.text(placed.pieces.start));
    let paper =
        ["survey", "questionnaire", "interview", "form", "task", "test", "session", "data", "exam", "diary"];
    paper.iter().any(|known| word.strip_suffix('s').unwrap_or(word) == *known)
}

/// Whether the unknown words in a range are abbreviations or code names.
fn names_a_treatment(pieces: &Pieces<'_>, atoms: &[Placed], range: std::ops::Range<usize>) -> bool {
    let unknown = atoms.get(range).into_iter().flatten().filter(|p| p.atom == Atom::Unknown);
    unknown.into_iter().all(|placed| pieces.is_code_name(placed.pieces.start))
}

/// An event that the words behind it make another one: "end of study" + "treatment", "enrolment" + "of the last
/// patient", "the last patient" + "'s inclusion".
fn whole_event(pieces: &Pieces<'_>, atoms: &[Placed], at: usize, id: EventId) -> Option<(EventId, usize)> {
    let vocabulary = pieces.vocabulary;
    let event = vocabulary.event(id)?;
    let next = atoms.get(at + 1).map(|p| &p.atom);
    if event.id == "study_end"
        && let Some(Atom::Noun(noun @ (Noun::Treatment | Noun::Dose | Noun::Infusion))) = next
        && ends_with_study(pieces, atoms, at)
    {
        return Some((vocabulary.composed(*noun, Some(Edge::End))?, event_tail(atoms, at + 2)));
    }
    if event.zero && next == Some(&Atom::Link(Link::Of)) {
        let inner = past_fillers(atoms, at + 2);
        let last = match atoms.get(inner).map(|p| &p.atom) {
            Some(Atom::Event(id)) => *id,
            _ => return None,
        };
        return is_last_one(pieces, atoms, inner).then_some((last, inner + 1));
    }
    if is_last_one(pieces, atoms, at) {
        let inner = past_fillers(atoms, at + 1);
        if let Some(Atom::Event(next)) = atoms.get(inner).map(|p| &p.atom)
            && vocabulary.event(*next).is_some_and(|event| event.zero)
        {
            return Some((id, inner + 1));
        }
    }
    None
}

/// The last piece is "study" or "trial".
fn ends_with_study(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> bool {
    let last = atoms.get(at).and_then(|placed| placed.pieces.end.checked_sub(1));
    last.is_some_and(|last| matches!(pieces.text(last), "study" | "trial"))
}

/// The last patient, whose entry is late in the study.
fn is_last_one(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> bool {
    let Some(placed) = atoms.get(at) else { return false };
    pieces.text(placed.pieces.start) == "last"
        && ["patient", "subject", "participant"].contains(&pieces.text(placed.pieces.start + 1))
}

fn past_fillers(atoms: &[Placed], at: usize) -> usize {
    (at..at + 4).find(|next| atoms.get(*next).map(|p| &p.atom) != Some(&Atom::Filler)).unwrap_or(at)
}

/// "The first day of the first administration": the first dose.
fn first_day_of_dosing(
    pieces: &Pieces<'_>,
    atoms: &[Placed],
    at: usize,
    time: &Time,
) -> Option<(EventId, usize)> {
    let day = time.unit == Unit::Of(PeriodUnit::Day) && time.numbered && time.cycles.is_empty();
    let one = matches!(time.amounts.as_slice(), [one] if one.value == 1.0 && one.to.is_none());
    let said = |at: usize| atoms.get(at).map_or("", |placed| pieces.text(placed.pieces.start));
    if !day || !one || said(at) != "first" || said(at + 1) != "of" {
        return None;
    }
    for next in at + 2..at + REACH {
        match &atoms.get(next)?.atom {
            Atom::Filler
            | Atom::Unknown
            | Atom::Noun(Noun::Study)
            | Atom::Edge(Edge::First | Edge::Start) => {}
            Atom::Noun(noun @ (Noun::Dose | Noun::Infusion)) => {
                return Some((pieces.vocabulary.composed(*noun, Some(Edge::First))?, next + 1));
            }
            _ => return None,
        }
    }
    None
}

/// "surgical resection": one event in two words.
fn past_again(atoms: &[Placed], at: usize, id: EventId) -> usize {
    let again =
        |next: usize| matches!(atoms.get(next).map(|p| &p.atom), Some(Atom::Event(next)) if *next == id);
    at + usize::from(again(at))
}

/// Steps over what only says more of an event: "of study treatment", "of the knee", "visit".
fn event_tail(atoms: &[Placed], at: usize) -> usize {
    let mut end = at;
    while matches!(atoms.get(end).map(|p| &p.atom), Some(Atom::Noun(_))) {
        end += 1;
    }
    if !matches!(atoms.get(end).map(|p| &p.atom), Some(Atom::Link(Link::Of))) {
        return end;
    }
    let of = end;
    end += 1;
    while end < of + REACH
        && matches!(atoms.get(end).map(|p| &p.atom), Some(Atom::Noun(_) | Atom::Unknown | Atom::Filler))
    {
        end += 1;
    }
    if end > of + 1 { end } else { of }
}

/// "day 8 of cycles 1 and 2", "cycle 3, day 1", "C1D1".
fn day_and_cycle(atoms: &[Placed], at: usize, time: &Time) -> (Option<Atom>, usize) {
    let alone = (None, at + 1);
    if !time.numbered {
        return alone;
    }
    let day = Unit::Of(PeriodUnit::Day);
    let mut next = at + 1;
    while next < at + 3
        && matches!(
            atoms.get(next).map(|p| &p.atom),
            Some(
                Atom::Link(Link::Of | Link::For | Link::At)
                    | Atom::Filler
                    | Atom::Mark(Mark::Comma | Mark::Colon)
            )
        )
    {
        next += 1;
    }
    let Some(Atom::Time(other)) = atoms.get(next).map(|p| &p.atom) else { return alone };
    if !other.numbered {
        return alone;
    }
    let comma = matches!(atoms.get(next - 1).map(|p| &p.atom), Some(Atom::Mark(_)));
    let (days, cycles, behind) = match (time.unit, other.unit) {
        (unit, Unit::Cycle) if unit == day && !comma => (time, other, true),
        (Unit::Cycle, unit) if unit == day => (other, time, false),
        _ => return alone,
    };
    let mut cycles: Vec<f64> = cycles.amounts.iter().flat_map(whole_numbers).collect();
    let mut end = next + 1;
    // "day 1 of C2, C3 and C4": of each of them.
    while behind && let Some((more, after)) = another_cycle(atoms, end) {
        cycles.extend(more.amounts.iter().flat_map(whole_numbers));
        end = after;
    }
    (Some(Atom::Time(Time { cycles, ..days.clone() })), end)
}

/// One more cycle of a list, behind a comma or "and" and without days of its own.
fn another_cycle(atoms: &[Placed], at: usize) -> Option<(&Time, usize)> {
    let atom = |at: usize| atoms.get(at).map(|placed| &placed.atom);
    let mut next = at;
    while next < at + 2 && matches!(atom(next), Some(Atom::Mark(Mark::Comma | Mark::And))) {
        next += 1;
    }
    let Some(Atom::Time(time)) = atom(next).filter(|_| next > at) else { return None };
    let own_day = matches!(
        atom(next + 1),
        Some(Atom::Time(_) | Atom::Link(Link::Of) | Atom::Mark(Mark::Colon))
    ) || matches!((atom(next + 1), atom(next + 2)), (Some(Atom::Mark(Mark::Comma)), Some(Atom::Time(day))) if day.unit == Unit::Of(PeriodUnit::Day) && day.numbered && day.cycles.is_empty() && !matches!(atom(next + 3), Some(Atom::Link(Link::Of))));
    (time.unit == Unit::Cycle && time.numbered && !own_day).then_some((time, next + 1))
}

/// "cycles 1-6": each of them, as far as a range is no larger than any treatment; else where it begins.
fn whole_numbers(amount: &Amount) -> Vec<f64> {
    let last = amount.to.filter(|to| to - amount.value <= LONGEST_RANGE).unwrap_or(amount.value);
    let steps = std::iter::successors(Some(amount.value), |value| Some(value + 1.0));
    steps.take_while(|value| *value <= last).collect()
}

/// The event that a noun names without an edge.
pub fn bare(vocabulary: &Vocabulary, noun: Noun) -> Option<EventId> {
    vocabulary.composed(noun, None)
}
