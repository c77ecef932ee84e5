//! Brackets: members of a class, other names, doses told again, titrations.

use super::{Bracket, Mute, Reader};
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Frequency, NameKind};
use crate::reading::quantities::{UnitKind, Values};

impl Reader<'_> {
    pub(super) fn open(&mut self, at: usize) {
        let entry = self.cur;
        if let (Some(What::Name(kind, core_end)), [short]) =
            (at.checked_sub(1).and_then(|name| self.what(name)), self.inside(at))
            && matches!(short.what, What::Unknown)
            && let Some(named) = self.parts.get(at - 1)
        {
            let alias = self.tokens.slice(short.first..short.end).to_owned();
            let name = self.tokens.slice(named.first..*core_end).to_owned();
            self.out.aliases.push((alias, (name, *kind)));
        }
        // A name that no table has, and that was taken for one.
        let taken = at > 0
            && self.what(at - 1) == Some(&What::Unknown)
            && entry.and_then(|entry| self.out.entries.get(entry)).is_some_and(|entry| {
                entry.named && self.parts.get(at - 1).is_some_and(|part| part.end == entry.end)
            });
        let follows_name =
            taken || at > 0 && matches!(self.what(at - 1), Some(What::Name(..) | What::Amount(_)));
        let class = entry.and_then(|entry| self.out.entries.get(entry)).is_some_and(|entry| {
            matches!(entry.kind, NameKind::Class | NameKind::Regimen) && entry.slots.values.is_none()
        });
        let inside = self.inside(at);
        let names = inside.iter().any(|part| matches!(part.what, What::Name(..)));
        let amounts = inside.iter().any(|part| matches!(part.what, What::Amount(_)));
        let bracket = Bracket {
            open: at,
            entry,
            members: class && names,
            synonyms: follows_name && !class && names && !amounts,
            trail: self.trail,
        };
        let doses = amounts;
        let after_dose = at > 0 && matches!(self.what(at - 1), Some(What::Amount(_)));
        let after_name =
            at.checked_sub(1).is_some_and(|name| matches!(self.what(name), Some(What::Name(..))));
        let own = |part: &Part| {
            let name = self.tokens.slice(part.first..part.end);
            self.out.entries.iter().any(|entry| name.starts_with(entry.name.as_str()))
        };
        let other =
            inside.iter().any(|part| matches!(part.what, What::Name(..) | What::Unknown) && !own(part));
        let made_of = (after_dose || after_name && other && !class)
            && inside.windows(3).any(|parts| {
                matches!(
                    parts,
                    [
                        Part { what: What::Amount(_), .. },
                        Part { what: What::Of, .. },
                        Part { what: What::Name(..) | What::Unknown, .. }
                    ]
                )
            });
        // "X 2.5 g (X extract 1.5 g)": what the dose holds.
        let held = after_dose
            && matches!(
                inside,
                [Part { what: What::Name(..) | What::Unknown, .. }, Part { what: What::Amount(_), .. }]
            );
        // "X 3 g/day (1.8 g A and 1.2 g B)": what the mass is made of.
        let mass = at > 0
            && matches!(self.what(at - 1), Some(What::Amount(quantity)) if quantity.unit.kind == UnitKind::Amount);
        let named = entry.and_then(|entry| self.out.entries.get(entry)).is_some_and(|entry| entry.named);
        let listed = |pair: &[Part]| {
            matches!(
                pair,
                [Part { what: What::Amount(_), .. }, Part { what: What::Name(..) | What::Unknown, .. }]
            )
        };
        let held = held || mass && named && other && inside.windows(2).any(listed);
        let steps = inside.iter().filter(|part| matches!(part.what, What::Weeks(..))).count();
        // "2 tablets (40 mg A, 320 mg B)": what each of them holds.
        let counted = at > 0
            && match self.what(at - 1) {
                Some(What::Amount(quantity)) => {
                    quantity.unit.kind == UnitKind::Count && quantity.values != Values::One(1.0)
                }
                // The number of them, where the scanner passed it over for what stands in the bracket.
                Some(What::Stray) => {
                    let count = self.parts.get(at - 1).map_or("", |part| self.tokens.text(part.first));
                    !matches!(count, "1" | "one" | "a" | "single")
                }
                _ => false,
            };
        let content = counted
            && inside.iter().filter(|part| matches!(part.what, What::Amount(_))).count() > 1
            && inside.iter().any(|part| matches!(part.what, What::Name(..) | What::Unknown));
        // "(in total 5 mg of A, hereof 2 mg of B)": what is in it.
        let first = inside.first().map_or(0, |part| part.first);
        let sums = (self.parts.get(at).map_or(first, |open| open.end)..=first).any(|token| {
            let word = self.tokens.text(token);
            matches!(word, "total" | "totaling" | "totalling" | "corresponding" | "equalling" | "equaling")
        });
        let content = content
            || sums
                && follows_schedule(at.checked_sub(1).and_then(|before| self.what(before)))
                && inside.iter().any(|part| matches!(part.what, What::Name(..) | What::Unknown));
        // "(or 5 mg if toxicity occurs)".
        let instead = inside.first().is_some_and(|part| part.what == What::Or)
            && inside.iter().any(|part| part.what == What::Doubt);
        // "followed by monthly (every 4 weeks) X": the bracket is X's too.
        let ahead = at > 0 && self.pending.last() == Some(&(at - 1));
        // "baked milk (0.5 g of milk protein)": so much of it as holds that.
        let measured =
            made_of && after_name && matches!(inside.first().map(|part| &part.what), Some(What::Amount(_)));
        // "50 to 200 mg a day (combination of tablets of 50 mg and 100 mg)".
        let strengths = after_dose && (self.lists_strengths(inside) || self.is_split(at, inside));
        // "X 2.4 mg weekly (0.25 mg in weeks 1-4, …)", "after a period of 8 weeks (0.25 mg in weeks 1-4, …)": how the dose
        // before it is reached; but "weekly X (0.25 mg in weeks 1-4, …)" tells all that is planned.
        let planned = matches!(self.back(at, 1), Some(What::Name(..) | What::Frequency(_) | What::Route(_)));
        let rise = steps > 1 && (self.has_dose() || !planned);
        let passed_over = ahead || strengths || made_of || held || content || instead || rise;
        // "Brand tablets (generic 60 mg, Maker)": what each of them holds is the dose.
        let branded = other && named && !class && self.is_formed(at) && holds_one(inside);
        let dose = inside.iter().position(|part| matches!(part.what, What::Amount(_)));
        let dose = dose.filter(|_| measured || branded);
        let passed_over = passed_over || branded;
        if let (Some(dose), Some(cur)) = (dose, entry)
            && let Some(what) = inside.get(dose).map(|part| part.what.clone())
            && self.out.entries.get(cur).is_some_and(|entry| entry.slots.values.is_none())
        {
            self.put_what(cur, at + 1 + dose, &what);
        }
        self.bracket_doses = doses;
        self.brackets.push(bracket);
        if passed_over {
            // A titration step by step: its doses are not the planned one.
            self.mute = Some(Mute::Doubt(self.brackets.len()));
            self.out.unread |= !ahead && !strengths;
            return;
        }
        if bracket.members
            && let Some(entry) = entry.and_then(|entry| self.out.entries.get_mut(entry))
        {
            entry.dropped = true;
        }
    }

    /// Several amounts of the tablets or capsules that a dose is made up of, and nothing that is given besides.
    fn lists_strengths(&self, inside: &[Part]) -> bool {
        let amounts = inside.iter().map(|part| match &part.what {
            What::Amount(quantity) if matches!(quantity.values, Values::Several(..)) => 2,
            What::Amount(_) | What::Stray => 1,
            _ => 0,
        });
        let several = amounts.sum::<usize>() > 1;
        let only = inside.iter().all(|part| {
            matches!(
                part.what,
                What::Amount(_)
                    | What::Stray
                    | What::And
                    | What::Or
                    | What::Comma
                    | What::Slash
                    | What::Of
                    | What::Other
                    | What::Contain
            )
        });
        let first = inside.first().map_or(0, |part| part.first);
        let end = inside.last().map_or(0, |part| part.end + 2);
        let formed = (first..end).any(|token| {
            matches!(self.tokens.text(token), "tablets" | "capsules" | "tablet" | "capsule" | "strengths")
        });
        several && only && formed
    }

    /// "Brand tab. (generic 60 mg, Maker)": the name before the bracket at `at` is a product's.
    pub(super) fn is_branded(&self, at: usize) -> bool {
        self.is_formed(at) && holds_one(self.inside(at))
    }

    /// A form of medicine stands right before the bracket, and a name right before that: "Brand tablets (".
    fn is_formed(&self, at: usize) -> bool {
        let name = at.checked_sub(1).and_then(|name| self.parts.get(name));
        let named = name.is_some_and(|part| matches!(part.what, What::Name(..) | What::Unknown));
        let open = self.parts.get(at).map_or(0, |part| part.first);
        let Some(last) = open.checked_sub(1) else { return false };
        let word = if self.tokens.is(last, ".") { last.saturating_sub(1) } else { last };
        let marked = matches!(self.tokens.text(word), "®" | "™");
        named && (marked || self.source.is_form(word))
    }

    /// The parts of the bracket that opens at `at`.
    pub(super) fn inside(&self, at: usize) -> &[Part] {
        const FAR: usize = 48;
        let rest = self.parts.get(at + 1..).unwrap_or_default();
        let rest = rest.get(..rest.len().min(FAR)).unwrap_or_default();
        let close = rest.iter().position(|part| part.what == What::Close).unwrap_or(rest.len());
        rest.get(..close).unwrap_or_default()
    }

    pub(super) fn close(&mut self, at: usize) {
        let Some(bracket) = self.brackets.pop() else { return };
        self.leave(bracket.open, at);
        // "6 mg/kg (loading dose 8 mg/kg) every 3 weeks": what follows is said of what stands before.
        let first_dose = self.out.entries.last().is_some_and(|entry| entry.begins);
        // "A (with B 5 mg twice daily) every 3 weeks".
        let added = self.what(bracket.open + 1) == Some(&What::And)
            && self.out.entries.last().is_some_and(|entry| entry.slots.frequency.per_day.is_some());
        if !bracket.members && bracket.entry.is_some() && (first_dose || added || !self.made_in(bracket)) {
            self.cur = bracket.entry;
            self.trail = bracket.trail;
        } else {
            self.cur = self.out.entries.len().checked_sub(1);
            self.trail = None;
        }
        self.between.words = 0;
    }

    /// "After chemotherapy (A 5 mg + B, every 3 weeks) C is given": what the bracket from `open` to `at` says of its own
    /// treatments is not of those behind it.
    fn leave(&mut self, open: usize, at: usize) {
        let inside = self.parts.get(open + 1..at).unwrap_or_default();
        let own = inside.iter().any(|part| matches!(part.what, What::Name(..) | What::Unknown));
        let beside = match (self.parts.get(at), self.parts.get(at + 1)) {
            (_, Some(Part { what: What::Of | What::Colon, .. })) => true,
            (Some(close), Some(next)) => {
                close.end == next.first
                    && matches!(next.what, What::Name(..) | What::Unknown | What::Route(_))
            }
            _ => false,
        };
        if own && !beside {
            let told = self.pending.len() + self.lead.len();
            self.pending.retain(|part| *part < open);
            self.lead.retain(|part| *part < open);
            self.out.unread |= self.pending.len() + self.lead.len() < told;
        }
    }

    /// "3.5 g/m2 (0.5 g/m2 in 15 minutes + 3 g/m2 in 3 hours)": the parts that the dose before is given in.
    fn is_split(&self, at: usize, inside: &[Part]) -> bool {
        let one = |part: &Part| match &part.what {
            What::Amount(quantity) => match quantity.values {
                Values::One(value) => Some((value, quantity.unit.name.clone())),
                _ => None,
            },
            _ => None,
        };
        let Some((whole, unit)) = at.checked_sub(1).and_then(|dose| self.parts.get(dose)).and_then(one)
        else {
            return false;
        };
        let shares: Vec<(f64, String)> = inside.iter().filter_map(one).collect();
        let sum: f64 = shares.iter().map(|(value, _)| value).sum();
        shares.len() > 1 && shares.iter().all(|(_, own)| *own == unit) && (sum - whole).abs() < whole * 1e-6
    }

    /// "A (with B 5 mg twice daily)": the innermost bracket adds a treatment with its dose to the one before it, which is
    /// the entry that this tells.
    pub(super) fn outside_of_addition(&self, last: usize) -> Option<usize> {
        let bracket = self.brackets.last().filter(|bracket| !bracket.members)?;
        let adds = self.what(bracket.open + 1) == Some(&What::And);
        let dosed = self.out.entries.get(last).is_some_and(|entry| entry.slots.values.is_some());
        bracket.entry.filter(|entry| adds && dosed && *entry < last)
    }

    /// "weekly X (5 mg in weeks 1-4, 10 mg in weeks 5-8)": how often is told once, before the bracket of its doses.
    pub(super) fn told_before_bracket(&self, cur: usize) -> Frequency {
        let Some(bracket) = self.brackets.last() else { return Frequency::default() };
        let often = |part: &Part| matches!(part.what, What::Frequency(_));
        let before = self.parts.get(..bracket.open).unwrap_or_default().iter().any(often);
        let own = self.inside(bracket.open).iter().any(often);
        let entry = self.out.entries.get(cur).filter(|_| before && !own);
        entry.map(|entry| entry.slots.frequency).unwrap_or_default()
    }

    pub(super) fn made_in(&self, bracket: Bracket) -> bool {
        bracket.entry.is_some_and(|entry| entry + 1 < self.out.entries.len())
    }
}

/// What was said before a bracket is how often, so that a sum in it is of a day or of all.
fn follows_schedule(before: Option<&What>) -> bool {
    matches!(before, Some(What::Frequency(_) | What::Amount(_) | What::Stray))
}

/// One name with one amount, and nothing that is given besides: "generic 60 mg, Maker".
fn holds_one(inside: &[Part]) -> bool {
    let count = |of: fn(&What) -> bool| inside.iter().filter(|part| of(&part.what)).count();
    let begins = matches!(
        inside,
        [Part { what: What::Name(..), .. }, Part { what: What::Amount(_), .. }, ..]
            | [Part { what: What::Amount(_), .. }, Part { what: What::Name(..) | What::Unknown, .. }, ..]
    );
    begins
        && count(|what| matches!(what, What::Name(..))) <= 1
        && count(|what| matches!(what, What::Amount(_))) == 1
        && count(|what| matches!(what, What::Frequency(_) | What::Days(_))) == 0
}
