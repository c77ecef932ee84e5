//! Which treatment is meant: names in the text, short names, the label's where the text has none.

use super::{Between, Reader};
use crate::reading::dosing::entry::{Entry, Link, Slots};
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::NameKind;
use crate::reading::dosing::word_classes::WordClass;
use crate::reading::quantities::{UnitKind, Values};

impl Reader<'_> {
    pub(super) fn name(&mut self, at: usize, kind: NameKind, core_end: usize) {
        let Some(part) = self.parts.get(at) else { return };
        if self.brackets.last().is_some_and(|bracket| bracket.synonyms) {
            return;
        }
        let name = tidy(self.tokens.slice(part.first..core_end));
        if self.is_context(at) || self.is_strain_of(at) {
            self.between.words += 1;
            self.pending.retain(
                |at| !matches!(self.parts.get(*at), Some(Part { what: What::Amount(quantity), .. }) if quantity.unit.name == "%"),
            );
            if kind == NameKind::Agent && !self.out.aside.iter().any(|(other, _)| *other == name) {
                self.out.aside.push((name, kind));
            }
            return;
        }
        if self.ends_named_range(&name) {
            return;
        }
        // "X/Y (200 mg X and 300 mg Y)": the name was there, its dose comes now.
        let joined = self
            .out
            .entries
            .iter()
            .rposition(|entry| entry.name == name && !entry.slots.any() && !entry.dropped);
        if let Some(index) = joined
            && (!self.brackets.is_empty() || !self.pending.is_empty())
            && self.out.entries.len() - index <= 4
        {
            let link = self.out.entries.get_mut(index).map(|entry| {
                entry.dropped = true;
                // The first name of a sentence is joined to none.
                if index == 0 { Link::Apart } else { entry.link }
            });
            self.push_entry(at, name, kind, true);
            if let (Some(link), Some(entry)) = (link, self.out.entries.last_mut()) {
                entry.link = link;
            }
            return;
        }
        self.push_entry(at, name, kind, true);
    }

    /// "from 2 mg of X to 8 mg of X": one range.
    fn ends_named_range(&mut self, name: &str) -> bool {
        let [at] = self.pending.as_slice() else { return false };
        let (Some(Part { what: What::Amount(high), first, .. }), Some(entry)) =
            (self.parts.get(*at), self.out.entries.last_mut())
        else {
            return false;
        };
        let to = *first > 0 && self.tokens.is(first - 1, "to");
        let unit = entry.slots.unit.as_ref().is_some_and(|unit| unit.name == high.unit.name);
        let (Some(Values::One(low)), Values::One(most)) = (&entry.slots.values, &high.values) else {
            return false;
        };
        let ends = to && unit && entry.name == name && low < most && !entry.slots.scheduled();
        if ends {
            entry.slots.values = Some(Values::Range(*low, *most));
            self.pending.clear();
        }
        ends
    }

    pub(super) fn push_entry(&mut self, at: usize, name: String, kind: NameKind, named: bool) {
        self.begin_regimen(at);
        let Some(part) = self.parts.get(at) else { return };
        let mut link = self.between.link();
        // "chemotherapy (A, B)", "chemotherapy: A + B": the members are joined as the class was.
        // "chemotherapy with FOLFOX": the regimen says which.
        let with = part.first.checked_sub(1).is_some_and(|token| self.tokens.is(token, "with"));
        let class = self.out.entries.last_mut().filter(|last| {
            matches!(last.kind, NameKind::Class | NameKind::Regimen)
                && last.slots.values.is_none()
                && !last.slots.scheduled()
        });
        let mut inherited = None;
        if let Some(class) = class {
            // "chemotherapy included A + B": it is its members.
            let between = class.end..part.first.min(class.end + 5);
            let told = between.into_iter().any(|token| {
                let word = self.tokens.text(token);
                word.starts_with("includ") || word.starts_with("consist") || word.starts_with("compris")
            });
            let spelled = class.kind == NameKind::Regimen
                && self.tokens.is(class.end, "=")
                && class.end + 1 == part.first;
            class.dropped |= spelled;
            if told && class.kind == NameKind::Class || spelled {
                self.out.classes.push(class.name.clone());
            }
            let members = self.brackets.last().is_some_and(|bracket| bracket.members);
            let which = with && class.kind == NameKind::Class && kind == NameKind::Regimen;
            if self.between.colon && !self.between.joint() || which {
                class.dropped = true;
            }
            if class.dropped && self.between.colon {
                self.class_cycles = class.slots.cycles.map(|cycles| (cycles, self.out.entries.len()));
            }
            let Some(class) = self.out.entries.last_mut() else { return };
            if class.dropped && (members || self.between.colon || which) {
                link = class.link;
                inherited = Some(class.slots.clone());
            }
        }
        let inherited = inherited.or_else(|| self.of_class());
        if link == Link::And
            && inherited.is_none()
            && !self.between.joint()
            && self.out.entries.last().is_some_and(|last| !last.slots.any())
        {
            // "A and B  A: 10 mg": a heading, then the treatments one by one.
            link = Link::Apart;
        }
        let mut slots = inherited.unwrap_or_default();
        // "inhaled A/B": one product.
        if link == Link::Slash
            && let Some(last) = self.out.entries.last().filter(|last| last.slots.values.is_none())
        {
            slots.route = slots.route.or(last.slots.route);
        }
        // "1 tablet of A/B": a tablet of both.
        if link == Link::Slash
            && let Some(last) = self.out.entries.last()
            && last.slots.unit.as_ref().is_some_and(|unit| unit.kind == UnitKind::Count)
            && !last.slots.scheduled()
        {
            slots.values.clone_from(&last.slots.values);
            slots.unit.clone_from(&last.slots.unit);
            slots.route = slots.route.or(last.slots.route);
        }
        let entry = Entry {
            name,
            kind,
            link,
            slots,
            phase: self.phase_of_next.take().or(self.out.phase),
            first: part.first,
            end: if named { part.end } else { part.first },
            dropped: false,
            alone: false,
            follows: false,
            instead: self.between.or,
            rank: None,
            begins: false,
            named,
        };
        self.aside = false;
        self.out.entries.push(entry);
        let index = self.out.entries.len() - 1;
        self.cur = Some(index);
        self.trail = None;
        self.after_verb = false;
        self.until = false;
        if index == 0 {
            self.take_lead();
        }
        self.take_pending(index, at);
        self.take_slashed();
        self.between = Between::default();
        self.last_is_pronoun = false;
    }

    /// "FOLFOX every 2 weeks (A, B and C)": what was said of the class is said of each of its members.
    pub(super) fn of_class(&self) -> Option<Slots> {
        let bracket = self.brackets.last().filter(|bracket| bracket.members)?;
        let class = self.out.entries.get(bracket.entry?)?;
        class.slots.any().then(|| class.slots.clone())
    }

    pub(super) fn take_pending(&mut self, index: usize, _at: usize) {
        let pending = std::mem::take(&mut self.pending);
        self.named_behind = pending.iter().any(|at| matches!(self.what(*at), Some(What::Amount(_))));
        let mut index = index;
        for at in pending {
            let amount = matches!(self.what(at), Some(What::Amount(_)));
            // "160 mg daily or 240 mg daily of X".
            let other = amount
                && matches!(self.back(at, 1), Some(What::Or | What::Open))
                && self.out.entries.get(index).is_some_and(|entry| entry.slots.values.is_some());
            if other {
                self.again(index, at, Link::Or, Slots::default());
                index = self.out.entries.len() - 1;
            }
            self.put(index, at);
        }
    }

    /// "24/26 mg A/B": once the last name is there, each takes its own.
    fn take_slashed(&mut self) {
        let Some(at) = self.slashed else { return };
        let Some(cur) = self.cur else { return };
        if self.several_for(cur, at) {
            self.slashed = None;
        }
    }

    pub(super) fn unknown(&mut self, at: usize) {
        let Some(part) = self.parts.get(at) else { return };
        let words = part.end - part.first;
        // "2 Subjects, 1 Sentinel Participants 3.34 mg/kg": people stand between.
        let people = self.parts.get(at + 1).is_some_and(|next| {
            next.first - part.end > 5 || (part.end..next.first).any(|token| self.is_people(token))
        });
        let next = !people
            && match (self.what(at + 1), self.what(at + 2)) {
                (Some(What::Colon), Some(after)) => {
                    matches!(after, What::Amount(_) | What::Route(_))
                        && (at == 0 || self.between.joint() || self.out.entries.is_empty())
                }
                // "then take zorafenib (XY1), 25 mg, bid"
                (Some(What::Open), Some(What::Unknown | What::Name(..)))
                    if self.what(at + 3) == Some(&What::Close)
                        && self.what(at + 4) == Some(&What::Comma)
                        && matches!(self.what(at + 5), Some(What::Amount(_)))
                        && words == 1
                        && at.checked_sub(1).is_some_and(|before| {
                            matches!(self.what(before), Some(What::And | What::Give | What::Then))
                        }) =>
                {
                    true
                }
                // "and zorafenib tablets (Brand) 2 mg", "Brand (zorafenib) is given twice daily"
                (Some(What::Open), Some(What::Unknown | What::Name(..)))
                    if self.what(at + 3) == Some(&What::Close)
                        && (matches!(self.what(at + 4), Some(What::Amount(_)))
                            || matches!(self.what(at + 2), Some(What::Name(..)))
                                && words == 1
                                && self.brackets.is_empty()
                                && matches!(
                                    self.what(at + 4),
                                    Some(What::Give | What::Route(_) | What::Frequency(_) | What::Colon)
                                )) =>
                {
                    true
                }
                (Some(What::Open), Some(after)) => {
                    matches!(after, What::Amount(_)) || words == 1 && self.is_branded(at + 1)
                }
                // "and zorafenib, 25 mg, bid"
                (Some(What::Comma), Some(What::Amount(_))) => {
                    let joined = at.checked_sub(1).is_none_or(|before| {
                        matches!(self.what(before), Some(What::And | What::Give | What::Then))
                    });
                    let injected = at > 1
                        && self.what(at - 1) == Some(&What::Of)
                        && matches!(self.back(at, 2), Some(What::Route(_)))
                        && words <= 2;
                    joined && words == 1 || injected
                }
                (Some(What::Amount(_)), _) => self.forward(at + 1).is_none(),
                // "sucrose 24% 2 ml"
                (Some(What::Stray), Some(What::Amount(_))) => {
                    words == 1
                        && self.parts.get(at + 1).is_some_and(|strength| {
                            strength.first == part.end && self.tokens.is(strength.end - 1, "%")
                        })
                        && self.forward(at + 2).is_none()
                }
                _ => self.is_dosed(at) || self.is_given(at),
            };
        let after_name = at > 0 && matches!(self.what(at - 1), Some(What::Name(..)));
        let taken = self.pending.iter().any(|at| matches!(self.what(*at), Some(What::Amount(_))));
        let name = tidy(self.tokens.slice(part.first..part.end));
        let alias = self.aliases.get(&name).cloned();
        let telling = name.len() > 2 || alias.is_some() || self.is_acronym(at);
        let synonym = self.brackets.last().is_some_and(|bracket| bracket.synonyms);
        if telling && (next && !after_name || taken) && !synonym {
            let (name, kind) = alias.unwrap_or((name, NameKind::Agent));
            self.push_entry(at, name, kind, true);
        } else if !after_name {
            self.between.unknown = true;
            self.between.words += words;
        }
    }

    /// "participants", "cohort": whom a dose may be told of.
    fn is_people(&self, token: usize) -> bool {
        let one = ["participant", "patient", "subject", "group", "cohort", "arm"];
        self.is(token, WordClass::People) || one.contains(&self.tokens.text(token))
    }

    /// "BV 1.8 mg/kg + …": two letters right before a dose by weight, at the head of a sentence or joined.
    fn is_acronym(&self, at: usize) -> bool {
        let (Some(part), Some(Part { what: What::Amount(dose), first, .. })) =
            (self.parts.get(at), self.parts.get(at + 1))
        else {
            return false;
        };
        let mass =
            ["mg", "g", "mcg", "iu", "units"].contains(&dose.unit.name.split('/').next().unwrap_or(""));
        let begins = at.checked_sub(1).is_none_or(|before| {
            matches!(self.what(before), Some(What::And | What::Colon | What::Then | What::Give))
        });
        let name = self.tokens.slice(part.first..part.end);
        mass && begins
            && *first == part.end
            && name.len() == 2
            && name.bytes().all(|b| b.is_ascii_alphabetic())
            && !self.is(part.first, WordClass::NoAcronyms)
    }

    /// "applied daily with a patch containing 5 mg of X": what only the label named is X.
    pub(super) fn takes_content(&mut self, at: usize) -> bool {
        let of = usize::from(self.what(at + 2) == Some(&What::Of));
        let (Some(What::Amount(_)), Some(What::Name(NameKind::Agent, core_end))) =
            (self.what(at + 1), self.what(at + 2 + of).cloned())
        else {
            return false;
        };
        let alone =
            !matches!(self.what(at + 3 + of), Some(What::And | What::Comma | What::Slash | What::Open));
        let name = self.parts.get(at + 2 + of).map(|part| tidy(self.tokens.slice(part.first..core_end)));
        let implied = self.subject.from_label && self.out.entries.len() == 1;
        let Some(entry) = self.out.entries.first_mut().filter(|entry| {
            implied && alone && !entry.named && entry.slots.values.is_none() && entry.slots.scheduled()
        }) else {
            return false;
        };
        let Some(name) = name else { return false };
        entry.name = name;
        entry.named = true;
        self.contained = Some(at + 2 + of);
        true
    }

    /// The treatment that a sentence without a name is about.
    pub(super) fn implied(&mut self, at: usize) -> Option<usize> {
        // "PD-1 blockade will be given": about something that has no name here.
        let other = !self.subject.from_label
            && !self.last_is_pronoun
            && !self.tells_levels(at)
            && self.parts.iter().take(at).any(|part| {
                // "Cohort B": a letter is no name.
                part.what == What::Unknown && self.tokens.slice(part.first..part.end).len() > 1
            });
        if let Some(name) = self.counted_cells(at) {
            self.push_entry(at, name, NameKind::Agent, true);
            return self.cur;
        }
        if other {
            return None;
        }
        let (name, kind) = self.subject.name.clone()?;
        self.push_entry(at, name, kind, false);
        self.cur
    }
}

impl Reader<'_> {
    /// The first amount that tells which cells it counts.
    pub(super) fn cells_ahead(&self) -> Option<usize> {
        (0..self.parts.len()).find(|at| self.counted_cells(*at).is_some())
    }

    /// "5×10^7 umbilical cord mesenchymal stem cells", "10^9 NK cells": what is counted is what is given.
    pub(super) fn counted_cells(&self, at: usize) -> Option<String> {
        let part @ Part { what: What::Amount(quantity), .. } = self.parts.get(at)? else { return None };
        if quantity.unit.name.split('/').next() != Some("cells") {
            return None;
        }
        let end = (part.first..part.end).find(|token| self.tokens.is(*token, "cells"))? + 1;
        let word =
            |token: &usize| self.tokens.text(*token).bytes().all(|b| b.is_ascii_alphabetic() || b == b'-');
        let first = (part.first..end).rev().take_while(word).last()?;
        let kind = self.source.classes.among(first..end, WordClass::CellKinds);
        let start = if matches!(self.tokens.text(first), "of" | "x" | "the" | "million" | "billion") {
            first + 1
        } else {
            first
        };
        (kind && start < end).then(|| tidy(self.tokens.slice(start..end)))
    }
}

/// A name as it is shown: single blanks, no form that was written together with it ("xy-101injection").
fn tidy(name: &str) -> String {
    // Nearly every name is shown as it stands.
    let plain = !name.contains("  ") && !name.contains(['\n', '\t']) && !name.contains("placebo");
    let name = if plain { name.to_owned() } else { untangled(name) };
    match glued_form(&name) {
        Some(bare) => bare.to_owned(),
        None => name,
    }
}

/// A name with single blanks, and of "X matching placebo" the placebo: that is what is given.
fn untangled(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let matched = ["matching placebo", "matched placebo"].iter().find_map(|words| name.find(words));
    let placebo =
        matched.and_then(|at| name.get(at..)?.split_once(' ')).map(|(_, placebo)| placebo.to_owned());
    placebo.unwrap_or(name)
}

/// What stands before a form that is written together with the number of a code: "xy-101injection".
fn glued_form(name: &str) -> Option<&str> {
    const FORMS: &[&str] = &["injection", "tablets", "tablet", "capsules", "capsule"];
    let bare = FORMS.iter().find_map(|form| name.strip_suffix(form))?;
    bare.ends_with(|c: char| c.is_ascii_digit()).then_some(bare)
}
