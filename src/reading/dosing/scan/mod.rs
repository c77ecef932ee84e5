//! Tokens → parts of dosing sentences. One pass, a bounded look ahead at each token.

mod again;
mod amounts;
mod calendar;
mod counts;
mod grammar;
mod heads;
mod known;
mod lasting;
mod shares;
mod short;
mod sites;
mod stops;
mod strengths;
mod times;

use std::cell::{OnceCell, RefCell};

use crate::reading::lexer::{Kind, Tokens};
use crate::reading::lexicon::Lexicon;
use crate::reading::numbers::{self, Found};
use crate::reading::periods;
use crate::reading::quantities::Quantity;

use super::cycles::Cycles;
use super::days;
use super::names::{Name, Names, is_description};
use super::part::{Bound, Part, Rank, What};
use super::timing;
use super::vocabulary::{Frequency, NameKind, Role, Sense, Vocabulary};
use super::word_classes::{Source, WordClass};

/// Scans a text into parts.
pub(super) fn scan(source: Source<'_>, raw: &str, own: &Lexicon<NameKind>) -> Vec<Part> {
    let Source { tokens, vocabulary, classes } = source;
    let mut scanner = Scanner {
        tokens,
        raw,
        vocabulary,
        names: Names::new(source, raw, own),
        cycles: Cycles { tokens, vocabulary, classes },
        parts: Vec::with_capacity(tokens.len() / 2),
        at: 0,
        counted_down: OnceCell::new(),
        last_quantity: RefCell::new(None),
    };
    while scanner.at < tokens.len() {
        scanner.step();
    }
    let end = tokens.len();
    scanner.parts.push(Part { what: What::Bound(Bound::Paragraph), first: end, end });
    scanner.parts
}

struct Scanner<'t> {
    tokens: &'t Tokens,
    raw: &'t str,
    vocabulary: &'t Vocabulary,
    names: Names<'t>,
    cycles: Cycles<'t>,
    parts: Vec<Part>,
    at: usize,
    /// The text speaks of something that days are counted down to; looked for once, where it matters.
    counted_down: OnceCell<bool>,
    /// The token whose amount was asked for last, and that: each is asked for several times in a row.
    last_quantity: RefCell<Option<(usize, Option<Found<Quantity>>)>>,
}

impl Scanner<'_> {
    /// The number with its unit at `at`.
    fn quantity(&self, at: usize) -> Option<Found<Quantity>> {
        if let Some((_, known)) = self.last_quantity.borrow().as_ref().filter(|(last, _)| *last == at) {
            return known.clone();
        }
        let found = self.vocabulary.units().quantity(self.tokens, at);
        let found = found.and_then(|found| self.in_millions(at, found));
        self.last_quantity.replace(Some((at, found.clone())));
        found
    }

    fn push(&mut self, what: What, end: usize) {
        let first = self.at;
        self.at = self.past_again(&what, end.max(first + 1));
        // Runs of words without a role are one part.
        if matches!(what, What::Other)
            && let Some(last) = self.parts.last_mut()
            && matches!(last.what, What::Other)
        {
            last.end = self.at;
            return;
        }
        self.parts.push(Part { what, first, end: self.at });
        // "500 mg b.i.d. Tumours are imaged": the shorthand's own stop ends the sentence too.
        if self.tokens.is(self.at - 1, ".") && self.at > first + 1 && self.begins_sentence(self.at) {
            self.parts.push(Part { what: What::Bound(Bound::Sentence), first: self.at, end: self.at });
        }
    }

    fn skip(&mut self, end: usize) {
        self.at = end.max(self.at + 1);
    }

    fn push_found(&mut self, found: Found<What>) {
        self.push(found.value, found.end);
    }

    fn step(&mut self) {
        let Some(token) = self.tokens.get(self.at) else { return self.skip(self.at + 1) };
        match token.kind {
            Kind::Line => self.line(),
            Kind::Sign => self.sign(),
            Kind::Number(_) => self.number(),
            Kind::Word => self.word(),
        }
    }

    fn line(&mut self) {
        if self.tokens.is(self.at + 1, "\n") {
            return self.push(What::Bound(Bound::Paragraph), self.at + 1);
        }
        // A line that goes on in small letters was broken by hand.
        let next = self.raw_char(self.at + 1);
        let broken_by_hand = next.is_some_and(|c| c.is_lowercase() || c == '(') && !self.bullet(self.at + 1);
        if broken_by_hand { self.skip(self.at + 1) } else { self.push(What::Bound(Bound::Line), self.at + 1) }
    }

    /// `a.` or `b)` at the beginning of a line.
    fn bullet(&self, at: usize) -> bool {
        self.tokens.text(at).len() == 1 && matches!(self.tokens.text(at + 1), "." | ")" | ":")
    }

    fn raw_char(&self, at: usize) -> Option<char> {
        self.tokens.get(at)?;
        self.raw.get(self.tokens.raw(at..at + 1))?.chars().next()
    }

    fn sign(&mut self) {
        let at = self.at;
        match self.tokens.text(at) {
            "." if self.full_stop(at) => self.push(What::Bound(Bound::Sentence), at + 1),
            "!" | "?" => self.push(What::Bound(Bound::Sentence), at + 1),
            ";" => self.push(What::Semicolon, at + 1),
            ":" => self.push(What::Colon, at + 1),
            "," => self.push(What::Comma, at + 1),
            "/" => match self.per_hours(at).filter(|_| self.follows_amount(at)) {
                Some(often) => self.push(What::Frequency(often.value), often.end),
                None => self.push(What::Slash, at + 1),
            },
            "[" if let Some(name) = self.names.radiolabelled(at) => {
                self.push(What::Name(name.value.kind, name.value.core_end), name.end);
            }
            "(" if let Some(end) = self.tolerance_in_brackets(at) => self.skip(end),
            "(" if let Some(dose) = self.dose_ahead(at) => self.push_found(dose),
            "(" | "[" => self.push(What::Open, at + 1),
            ")" | "]" => self.push(What::Close, at + 1),
            "→" => self.push(What::Then, at + 1),
            "<" | ">" | "≥" | "≤" | ">=" | "<=" | "=<" | "=>" | ">/=" | "</=" => self.limit(),
            "×" | "*" => match self.times(at) {
                Some(found) => self.push_found(found),
                None => self.skip(at + 1),
            },
            // "A ± B": the second may be given with the first.
            "±" | "+/-" if self.names.at(at + 1).is_some() => self.push(What::And, at + 1),
            "±" | "+/-" => self.tolerance(),
            // "dose level -1", "level +2": only a name.
            "-" | "+" if self.numbers_a_level(at) => self.skip(at + 2),
            _ => match self.vocabulary.sense(self.tokens, at) {
                Some(Found { value: Sense::Role(Role::And), end }) => self.push(What::And, end),
                _ => self.skip(at + 1),
            },
        }
    }

    pub(super) fn is(&self, at: usize, class: WordClass) -> bool {
        self.names.classes(at).has(class)
    }

    /// `≥ 50 kg`: a limit, no dose; but `≤ 6 cycles` counts them.
    fn limit(&mut self) {
        let number = self.at + 1;
        if let Some(found) =
            self.cycles.at_number(number).filter(|found| matches!(found.value, What::Cycles(_)))
        {
            return self.push(found.value, found.end);
        }
        let end = self.vocabulary.units().quantity(self.tokens, number).map(|found| found.end);
        let end = end.or_else(|| numbers::number(self.tokens, number).map(|found| found.end));
        self.push(What::Other, end.unwrap_or(number));
    }

    /// `(±3 days)`, `±2`: passed over.
    fn tolerance(&mut self) {
        let number = self.at + 1;
        let end = periods::range(self.tokens, number).map(|found| found.end);
        let end = end.or_else(|| periods::period(self.tokens, number).map(|found| found.end));
        let end = end.or_else(|| numbers::number(self.tokens, number).map(|found| found.end));
        self.skip(end.unwrap_or(number));
    }

    fn number(&mut self) {
        let at = self.at;
        if let Some(name) = self.names.radiolabelled(at) {
            return self.push(What::Name(name.value.kind, name.value.core_end), name.end);
        }
        // "at minute 0 and 3 mg/m2 at minute 60": when.
        if self.is_moment(at) {
            return self.push(What::Other, at + 1);
        }
        if self.is_source(at) {
            return self.push(What::Other, at + 1);
        }
        if let Some(found) = self.fraction(at) {
            return self.push_found(found);
        }
        if let Some((amount, often)) = self.several_times(at) {
            self.push_found(amount);
            return self.push(What::Frequency(often.value), often.end);
        }
        if let Some(found) = self.amount(at) {
            if found.value == What::Stray
                && let Some(strength) = self.vocabulary.units().quantity(self.tokens, at)
                && (strength.value.unit.strength || matches!(self.tokens.text(strength.end), "per" | "/"))
            {
                self.unsay_strength(&strength.value);
            }
            let end = found.end;
            let Some((amount, often)) = self.counted_a_day(at, &found) else { return self.push_found(found) };
            self.push_found(amount);
            return self.push(What::Frequency(often), end);
        }
        if let Some(found) = self.counted_name(at).or_else(|| self.counted_daily(at)) {
            return self.push_found(found);
        }
        if let Some(found) = self.vocabulary.sense(self.tokens, at) {
            match found.value {
                Sense::Frequency(frequency) => {
                    let frequency = self.vocabulary.frequency(frequency);
                    return self.push(What::Frequency(frequency), found.end);
                }
                Sense::Name(_) => {
                    if let Some(name) = self.names.at(at) {
                        return self.push(What::Name(name.value.kind, name.value.core_end), name.end);
                    }
                }
                _ => {}
            }
        }
        if let Some(days) = days::days(self.tokens, at) {
            return self.push(What::Days(days.value), days.end);
        }
        let range = numbers::range(self.tokens, at);
        // "3-4 times a day" is neither, and no row for each.
        if let Some(end) = timing::several_times(self.tokens, at) {
            return self.push(What::Stray, end);
        }
        // Of a range only what tells both ends.
        let told = |often: &Frequency| range.is_none() || often.or_every.is_some();
        if let Some(often) = timing::frequency(self.tokens, at).filter(|often| told(&often.value)) {
            return self.push(What::Frequency(often.value), often.end);
        }
        if let Some(found) = self.amount_without_unit(at) {
            return self.push_found(found);
        }
        if let Some(found) = self.cycles.at_number(at).or_else(|| self.cycles_told(at)) {
            return self.push_found(found);
        }
        if let Some(found) = self.doses(at) {
            return self.push_found(found);
        }
        if let Some(found) = self.first_days(at) {
            return self.push_found(found);
        }
        if let Some(found) = self.bare_period(at) {
            return self.push_found(found);
        }
        // "dose level 1", "arm 2": only a name.
        if at > 0 && self.is_numbered(at - 1) {
            return self.skip(at + 1);
        }
        // "3-5 times a day" is no one frequency: the range goes as a whole.
        let end = numbers::range(self.tokens, at).map(|found| found.end);
        let end = end.or_else(|| numbers::number(self.tokens, at).map(|found| found.end));
        self.push(What::Other, end.unwrap_or(at + 1));
    }

    fn word(&mut self) {
        let at = self.at;
        if self.heads_a_group(at)
            && !self.lists_cohorts()
            && !matches!(self.parts.last(), None | Some(Part { what: What::Bound(_) | What::Open, .. }))
        {
            self.parts.push(Part { what: What::Bound(Bound::Sentence), first: at, end: at });
        }
        let text = self.tokens.text(at);
        if text.starts_with('c') && text.len() > 1 && text.as_bytes().get(1).is_some_and(u8::is_ascii_digit) {
            if let Some((cycle, days, end)) = self.short_days(at, text) {
                self.parts.push(Part { what: What::CycleMark(cycle, Some(cycle)), first: at, end });
                return self.push(What::Days(days), end);
            }
            if let Some((first, last, end)) = self.short_cycles(at, text) {
                return self.push(What::CycleMark(first, last), end);
            }
        }
        if let Some(name) = self.names.at(at) {
            if self.names.is_solvent(at, name.end)
                || self.is_marker(name.end)
                || self.names_whose(at, name.end)
            {
                return self.push(What::Other, name.end);
            }
            if self.starts_unmarked(at, name.end) {
                self.parts.push(Part { what: What::Bound(Bound::Sentence), first: at, end: at });
            }
            if name.value.kind == NameKind::Class && self.tokens.is(name.end, ":") {
                self.take_heading();
            }
            if name.value.code {
                self.take_species();
            }
            return self.push(What::Name(name.value.kind, name.value.core_end), name.end);
        }
        let head = self.heads_kind(at).then_some(at + 2).or_else(|| self.heads_dose_group(at));
        if let Some(end) = head {
            if !matches!(self.parts.last(), None | Some(Part { what: What::Bound(_), .. })) {
                self.parts.push(Part { what: What::Bound(Bound::Sentence), first: at, end: at });
            }
            return self.skip(end);
        }
        if let Some(end) = self.visits(at) {
            return self.skip(end);
        }
        if self.names.begins_product(at)
            && let Some(name) = self.names.product(at)
        {
            return self.product(name);
        }
        if let Some(shares) = self.divided_behind(at) {
            return self.push_found(shares);
        }
        let text = self.tokens.text(at);
        if let Some(found) = self.grammar(at, text).or_else(|| self.rank(at)) {
            return self.push_found(found);
        }
        if let Some(sense) = self.names.sense(at) {
            return self.known(sense, text);
        }
        // "a six-month course": number and unit in one word.
        if numbers::number(self.tokens, at).is_some()
            || numbers::ordinal(self.tokens, at).is_some()
            || periods::period(self.tokens, at).is_some()
        {
            return self.number();
        }
        self.unknown();
    }

    /// `X-specific IgE`: what is measured in the blood.
    fn is_marker(&self, end: usize) -> bool {
        let specific = end + usize::from(self.tokens.is(end, "-"));
        self.tokens.is(specific, "specific")
            && matches!(
                self.tokens.text(specific + 1),
                "ige" | "igg" | "igg4" | "iga" | "igm" | "antibody" | "antibodies" | "immunoglobulin"
            )
    }

    /// A number stands right before "weekly" or "monthly": every so many weeks, or so many of them? More than six are a count.
    fn counted(&self, at: usize) -> bool {
        const MOST: f64 = 6.0;
        let number = at.checked_sub(1).and_then(|before| {
            self.tokens.number(before).or_else(|| numbers::word_value(self.tokens.text(before)))
        });
        matches!(self.tokens.text(at), "weekly" | "monthly")
            && number.is_some_and(|number| number <= MOST || self.names.at(at + 1).is_none())
    }

    /// "followed by": time off, or the next treatment.
    fn then(&mut self, end: usize) {
        match self.cycles.rest(self.at) {
            Some(rest) => self.push_found(rest),
            None => self.push(What::Then, end),
        }
    }

    /// A product that is called by what it is.
    fn product(&mut self, name: Found<Name>) {
        let vehicle = self.names.is_vehicle(self.at);
        self.push(
            if vehicle { What::Other } else { What::Name(name.value.kind, name.value.core_end) },
            name.end,
        );
    }

    /// A word that no table has: with its like neighbours it may be a name.
    fn unknown(&mut self) {
        // "20 mg cohort1, 40 mg cohort2": whose dose it is.
        let of_dose =
            self.parts.last().is_some_and(|part| part.end == self.at && matches!(part.what, What::Amount(_)));
        if of_dose && self.names_a_group(self.at) {
            let cohort = self.tokens.text(self.at).starts_with("cohort");
            return if cohort {
                self.push(What::Rank(Rank::Cohort), self.at + 1)
            } else {
                self.skip(self.at + 1)
            };
        }
        // "500 mg by Abbott": who makes it.
        let maker = self.at > 1
            && matches!(self.tokens.text(self.at - 1), "by" | "from")
            && self.parts.last().is_some_and(|part| {
                part.end + 1 == self.at && matches!(part.what, What::Amount(_) | What::Open)
            });
        if is_description(self.tokens.text(self.at)) || self.is_verb() || self.names_a_group(self.at) || maker
        {
            return self.push(What::Other, self.at + 1);
        }
        if let Some(name) = self.names.product(self.at) {
            return self.product(name);
        }
        let mut end = self.at + 1;
        while end < self.at + 3
            && self.tokens.get(end).is_some_and(|token| token.kind == Kind::Word)
            && self.vocabulary.sense(self.tokens, end).is_none()
            && numbers::word_value(self.tokens.text(end)).is_none()
            && self.names.at(end).is_none()
            && self.grammar(end, self.tokens.text(end)).is_none()
        {
            end += 1;
        }
        // "peanut proteins", "zorabermab vedotin": the second word belongs to the first.
        while let Some(Found { value: Sense::Role(Role::NameSuffix), end: past }) =
            self.vocabulary.sense(self.tokens, end)
        {
            end = past;
        }
        self.push(What::Unknown, end);
    }

    /// A participle right behind a dose, with how often or how behind it: no name ("25 mg replaced monthly").
    fn is_verb(&self) -> bool {
        const SHORTEST: usize = 6;
        let word = self.tokens.text(self.at);
        let next = self.vocabulary.sense(self.tokens, self.at + 1).map(|found| found.value);
        let told = matches!(next, Some(Sense::Frequency(_) | Sense::Route(_) | Sense::Role(Role::Filler)));
        word.len() >= SHORTEST && word.ends_with("ed") && told && self.just_dosed(self.at)
    }
}
