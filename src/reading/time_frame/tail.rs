//! What follows a time: "… after surgery", "… before the dose", "… of age".

use crate::reading::timing::atoms::{Atom, Edge, EventId, Link, Mark, Noun, Placed, Time, Unit};
use crate::reading::timing::compose::bare;
use crate::reading::timing::pieces::Pieces;
use crate::reading::timing::words::Event;

/// How far a tail may stand from its time.
const REACH: usize = 8;

/// What a time is tied to by the words behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Counted from an event; `None`: from something that the vocabulary does not know.
    After(Option<EventId>),
    /// Before an event.
    Before,
}

impl Tail {
    /// Counted from something unknown.
    pub fn is_vague(self) -> bool {
        self == Self::After(None)
    }
}

/// The tail at `at`, right behind a time, and the atom after it.
pub fn tail(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> Option<(Tail, usize)> {
    let mut unknown = 0;
    let mut of = false;
    let mut next = at;
    // "30 days (± 3 days) after surgery"
    if matches!(atoms.get(at).map(|p| &p.atom), Some(Atom::Mark(Mark::Open))) {
        let close = (at..at + REACH)
            .find(|i| matches!(atoms.get(*i).map(|p| &p.atom), Some(Atom::Mark(Mark::Close))))?;
        let linked =
            matches!(atoms.get(close + 1).map(|p| &p.atom), Some(Atom::Link(Link::After | Link::Before)));
        next = if linked { close + 1 } else { return None };
    }
    for next in next..next + REACH {
        match &atoms.get(next)?.atom {
            Atom::Noun(Noun::Dose) if of && is_within(pieces, atoms, at) => {
                return Some((Tail::After(bare(pieces.vocabulary, Noun::Dose)), next + 1));
            }
            Atom::Filler | Atom::Noun(_) => {}
            Atom::Unknown if unknown < 2 => unknown += 1,
            Atom::Link(Link::After) => return target(pieces, atoms, next + 1, true),
            Atom::Link(Link::From) => return target(pieces, atoms, next + 1, false),
            Atom::Link(Link::Into) => return begun(pieces, atoms, next + 1),
            Atom::Link(Link::Before) => {
                // "1 week before and after treatment": as far behind as before.
                if let Some(after) = and_after(atoms, next + 1) {
                    return target(pieces, atoms, after, true);
                }
                // "1 week before, and 1 week after treatment": what it is before comes later.
                let end = target(pieces, atoms, next + 1, true).map_or(next + 1, |(_, end)| end);
                return Some((Tail::Before, end));
            }
            // "within 7 days of the last dose", "of pollen challenge", but not "12 weeks of diet".
            Atom::Link(Link::Of) => of = true,
            Atom::Event(id)
                if of && (unknown == 0 || starts_a_count(pieces, *id) || is_within(pieces, atoms, at)) =>
            {
                return Some((Tail::After(Some(*id)), next + 1));
            }
            Atom::Event(id) if unknown == 0 && is_age_or_follow_up(pieces, *id) => {
                return Some((Tail::After(Some(*id)), next + 1));
            }
            _ => return None,
        }
    }
    None
}

/// "and after", "/post", "- and post" behind "before".
fn and_after(atoms: &[Placed], at: usize) -> Option<usize> {
    let joins = |at: usize| {
        matches!(atoms.get(at).map(|p| &p.atom), Some(Atom::Mark(Mark::And | Mark::Slash | Mark::Dash)))
    };
    let next = (at..at + 3).find(|next| !joins(*next))?;
    let after = atoms.get(next).map(|p| &p.atom) == Some(&Atom::Link(Link::After));
    (next > at && after).then_some(next + 1)
}

/// "Within" governs the time before `at`.
fn is_within(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> bool {
    let link = at.checked_sub(2).and_then(|before| atoms.get(before));
    link.is_some_and(|placed| pieces.text(placed.pieces.start) == "within")
}

/// "8 weeks into the treatment": counted from its start.
fn begun(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> Option<(Tail, usize)> {
    let named = (at..at + REACH).find_map(|next| match atoms.get(next).map(|p| &p.atom) {
        Some(Atom::Noun(noun)) => Some(Some((*noun, next + 1))),
        Some(Atom::Filler | Atom::Unknown) => None,
        _ => Some(None),
    });
    let (noun, end) = named.flatten()?;
    let start = pieces.vocabulary.composed(noun, Some(Edge::Start))?;
    Some((Tail::After(Some(start)), end))
}

/// "13 months of age", "28 weeks gestation", "the 30-day safety follow-up": tied without a word between.
fn is_age_or_follow_up(pieces: &Pieces<'_>, id: EventId) -> bool {
    let tied = |event: &Event| matches!(event.id.as_str(), "birth" | "gestation" | "safety_follow_up");
    pieces.vocabulary.event(id).is_some_and(tied)
}

/// Something happens at a moment from which times may be counted.
fn starts_a_count(pieces: &Pieces<'_>, id: EventId) -> bool {
    pieces.vocabulary.event(id).is_some_and(|event| event.after.is_some() && !event.zero)
}

/// What stands behind "after": an event, a noun that stands for one, or unknown words.
fn target(pieces: &Pieces<'_>, atoms: &[Placed], at: usize, vague: bool) -> Option<(Tail, usize)> {
    let mut unknown = 0;
    let mut edge = None;
    let mut next = at;
    while next < at + REACH {
        match atoms.get(next).map(|p| &p.atom) {
            Some(Atom::Filler | Atom::Qualifier(_) | Atom::Link(Link::Of)) => {}
            Some(Atom::Unknown) if unknown < 5 => unknown += 1,
            // "after drug-a and drug-b vaccination"
            Some(Atom::Mark(Mark::And | Mark::Slash))
                if unknown > 0 && atoms.get(next + 1).map(|p| &p.atom) == Some(&Atom::Unknown) => {}
            Some(Atom::Edge(found)) => edge = Some(*found),
            Some(Atom::Event(id)) => {
                // "after the ablation procedure"
                let procedure = matches!(atoms.get(next + 1).map(|p| &p.atom), Some(Atom::Event(id)) if Some(*id) == pieces.vocabulary.named("procedure"));
                let end = next + 1 + usize::from(procedure);
                return Some((Tail::After(Some(*id)), past_alternative(atoms, end)));
            }
            // "up to 21 days after cycle 1 day 1": counted from the first dose.
            Some(Atom::Time(time)) if is_first_day(time) && unknown == 0 => {
                // "after" it comes what the dose does, "from" it on the treatment runs.
                let noun = if vague { Noun::Dose } else { Noun::Treatment };
                let first = pieces.vocabulary.composed(noun, Some(Edge::First));
                return first.map(|id| (Tail::After(Some(id)), next + 1));
            }
            // "4 weeks after cycle 3": counted from a time that is not told.
            Some(Atom::Time(time)) if vague && unknown == 0 && of_a_cycle(time) => {
                return Some((Tail::After(None), next + 1));
            }
            // "24 hours after dose 3": not the first.
            Some(Atom::Noun(Noun::Dose | Noun::Infusion)) if is_later(pieces, atoms, next + 1) => {
                return Some((Tail::After(None), next + 2));
            }
            Some(Atom::Noun(noun)) => {
                // "6 months after administration of the last dose".
                if *noun == Noun::Dose
                    && let Some((id, end)) = of_an_event(atoms, next + 1)
                {
                    return Some((Tail::After(Some(id)), end));
                }
                let id = bare(pieces.vocabulary, *noun);
                return Some((Tail::After(id), next + 1));
            }
            _ => break,
        }
        next += 1;
    }
    // "6 months after starting", "3 weeks after completion".
    let bare_edge = next > at && matches!(atoms.get(next - 1).map(|p| &p.atom), Some(Atom::Edge(_)));
    if let Some(edge @ (Edge::Start | Edge::End)) = edge.filter(|_| bare_edge)
        && let Some(id) = pieces.vocabulary.composed(Noun::Treatment, Some(edge))
    {
        return Some((Tail::After(Some(id)), next));
    }
    // "8 weeks after the last FMT": a treatment that is known by its abbreviation.
    if edge == Some(Edge::Last)
        && unknown == 1
        && let Some(placed) = atoms.get(next - 1).filter(|placed| placed.atom == Atom::Unknown)
        && pieces.is_code_name(placed.pieces.start)
        && let Some(id) = pieces.vocabulary.composed(Noun::Treatment, edge)
    {
        return Some((Tail::After(Some(id)), next));
    }
    (vague && (unknown > 0 || edge.is_some())).then_some((Tail::After(None), next))
}

/// "of the last dose" behind a noun.
fn of_an_event(atoms: &[Placed], at: usize) -> Option<(EventId, usize)> {
    let atom = |at: usize| atoms.get(at).map(|placed| &placed.atom);
    if atom(at) != Some(&Atom::Link(Link::Of)) {
        return None;
    }
    let next = (at + 1..at + 4).find(|next| atom(*next) != Some(&Atom::Filler))?;
    match atom(next) {
        Some(Atom::Event(id)) => Some((*id, next + 1)),
        _ => None,
    }
}

/// A cycle by its number, or a day of it.
fn of_a_cycle(time: &Time) -> bool {
    time.numbered && (time.unit == Unit::Cycle || !time.cycles.is_empty())
}

/// Day 1 of cycle 1.
fn is_first_day(time: &Time) -> bool {
    let first = matches!(time.amounts.as_slice(), [one] if one.value == 1.0 && one.to.is_none());
    time.numbered && first && time.cycles.as_slice() == [1.0]
}

/// A number from 2 on, with which a dose is named.
fn is_later(pieces: &Pieces<'_>, atoms: &[Placed], at: usize) -> bool {
    let placed = atoms.get(at).filter(|placed| placed.atom == Atom::Unknown);
    placed.and_then(|placed| pieces.number(placed.pieces.start)).is_some_and(|number| number >= 2.0)
}

/// "surgery / ablation": the second is another name or another case of the first.
fn past_alternative(atoms: &[Placed], at: usize) -> usize {
    if atoms.get(at).map(|p| &p.atom) != Some(&Atom::Mark(Mark::Slash)) {
        return at;
    }
    let words = |i: &usize| matches!(atoms.get(*i).map(|p| &p.atom), Some(Atom::Unknown | Atom::Filler));
    let next = (at + 1..at + 4).find(|i| !words(i)).unwrap_or(at);
    match atoms.get(next).map(|p| &p.atom) {
        Some(Atom::Event(_) | Atom::Noun(_)) => next + 1,
        _ => at,
    }
}

/// The noun right behind a time: what it is the length of.
pub fn noun_after(atoms: &[Placed], at: usize) -> Option<Noun> {
    for next in at..at + 4 {
        match &atoms.get(next)?.atom {
            Atom::Filler | Atom::Link(Link::Of) | Atom::Unknown => {}
            Atom::Noun(noun) => return Some(*noun),
            _ => return None,
        }
    }
    None
}

/// Steps over the noun that a time is the length of, so that it is not heard as an event of its own.
pub fn past_noun(atoms: &[Placed], at: usize) -> usize {
    for next in at..at + 4 {
        match atoms.get(next).map(|p| &p.atom) {
            Some(Atom::Filler | Atom::Link(Link::Of) | Atom::Unknown) => {}
            Some(Atom::Noun(_)) => return next + 1,
            _ => return at,
        }
    }
    at
}
