//! What follows a time: "… after surgery", "… before the dose", "… of age".

use crate::reading::timing::atoms::{Atom, Edge, EventId, Link, Noun, Placed};
use crate::reading::timing::compose::bare;
use crate::reading::timing::pieces::Pieces;

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
    for next in at..at + REACH {
        match &atoms.get(next)?.atom {
            Atom::Filler | Atom::Noun(_) => {}
            Atom::Unknown if unknown < 2 => unknown += 1,
            Atom::Link(Link::After) => return target(pieces, atoms, next + 1, true),
            Atom::Link(Link::From) => return target(pieces, atoms, next + 1, false),
            Atom::Link(Link::Before) => {
                return target(pieces, atoms, next + 1, true).map(|(_, end)| (Tail::Before, end));
            }
            Atom::Link(Link::Of) => match atoms.get(next + 1).map(|p| &p.atom) {
                Some(Atom::Event(id)) => return Some((Tail::After(Some(*id)), next + 2)),
                Some(Atom::Noun(_) | Atom::Filler) => {}
                _ => return None,
            },
            Atom::Event(id) if unknown == 0 && is_age_or_follow_up(pieces, *id) => {
                return Some((Tail::After(Some(*id)), next + 1));
            }
            _ => return None,
        }
    }
    None
}

/// "13 months of age", "the 30-day safety follow-up": tied without a word between.
fn is_age_or_follow_up(pieces: &Pieces<'_>, id: EventId) -> bool {
    pieces.vocabulary.event(id).is_some_and(|event| matches!(event.id.as_str(), "birth" | "safety_follow_up"))
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
            Some(Atom::Edge(found)) => edge = Some(*found),
            Some(Atom::Event(id)) => return Some((Tail::After(Some(*id)), next + 1)),
            Some(Atom::Noun(noun)) => {
                let id = bare(pieces.vocabulary, *noun);
                return Some((Tail::After(id), next + 1));
            }
            _ => break,
        }
        next += 1;
    }
    // "6 months after starting", "3 weeks after completion".
    if let Some(edge @ (Edge::Start | Edge::End)) = edge
        && let Some(id) = pieces.vocabulary.composed(Noun::Treatment, Some(edge))
    {
        return Some((Tail::After(Some(id)), next));
    }
    (vague && unknown > 0).then_some((Tail::After(None), next))
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
