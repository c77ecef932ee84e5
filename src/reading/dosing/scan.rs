//! Tokens → parts of dosing sentences. One pass, a bounded look ahead at each token.

use crate::reading::lexer::{Kind, Tokens};
use crate::reading::lexicon::Lexicon;
use crate::reading::numbers::{self, Found};
use crate::reading::periods;
use crate::reading::quantities::{Quantity, UnitKind, Values};

use super::cycles::Cycles;
use super::names::Names;
use super::part::{Bound, Part, What};
use super::timing;
use super::vocabulary::{NameKind, Role, Sense, Vocabulary};

/// Scans a text into parts.
pub(super) fn scan(
    tokens: &Tokens,
    raw: &str,
    own: &Lexicon<NameKind>,
    vocabulary: &Vocabulary,
) -> Vec<Part> {
    let mut scanner = Scanner {
        tokens,
        raw,
        vocabulary,
        names: Names { tokens, raw, vocabulary, own },
        cycles: Cycles { tokens, vocabulary },
        parts: Vec::with_capacity(tokens.len() / 2),
        at: 0,
    };
    while scanner.at < tokens.len() {
        scanner.step();
    }
    let end = tokens.len();
    scanner.parts.push(Part { what: What::Bound(Bound::Paragraph), first: end, end });
    scanner.parts
}

/// Words that make a part of the body out of "oral", "nasal", "rectal".
const NO_ROUTE: &[&str] = &[
    "cavity",
    "cancer",
    "examination",
    "exam",
    "examinations",
    "mucosa",
    "mucositis",
    "hygiene",
    "health",
    "polyps",
    "polyp",
    "congestion",
    "obstruction",
    "symptoms",
    "symptom",
    "challenge",
    "challenges",
    "food",
    "temperature",
    "glucose",
    "care",
    "lesion",
    "lesions",
    "swab",
    "swabs",
    "passages",
    "airflow",
    "tumor",
    "tumour",
    "carcinoma",
    "squamous",
    "bleeding",
    "septum",
    "surgery",
    "endoscopy",
    "provocation",
    "contraceptives",
    "contraceptive",
    "mass",
    "discharge",
    "itching",
    "block",
    "blocks",
    "access",
    "line",
    "catheter",
    "port",
    "contrast",
    "sedation",
    "anesthesia",
    "hydration",
    "fluids",
    "fluid",
    "steroids",
];

struct Scanner<'t> {
    tokens: &'t Tokens,
    raw: &'t str,
    vocabulary: &'t Vocabulary,
    names: Names<'t>,
    cycles: Cycles<'t>,
    parts: Vec<Part>,
    at: usize,
}

impl Scanner<'_> {
    fn push(&mut self, what: What, end: usize) {
        let first = self.at;
        self.at = end.max(first + 1);
        // Runs of words without a role are one part.
        if what == What::Other
            && let Some(last) = self.parts.last_mut()
            && last.what == What::Other
        {
            last.end = self.at;
            return;
        }
        self.parts.push(Part { what, first, end: self.at });
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
        if self.tokens.text(self.at + 1) == "\n" {
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
            "/" => self.push(What::Slash, at + 1),
            "(" | "[" => self.push(What::Open, at + 1),
            ")" | "]" => self.push(What::Close, at + 1),
            "→" => self.push(What::Then, at + 1),
            "<" | ">" | "≥" | "≤" | ">=" | "<=" | "=<" | "=>" | ">/=" | "</=" => self.limit(),
            "×" | "*" => match self.times(at) {
                Some(found) => self.push_found(found),
                None => self.skip(at + 1),
            },
            "±" | "+/-" => self.tolerance(),
            _ => match self.vocabulary.sense(self.tokens, at) {
                Some(Found { value: Sense::Role(Role::And), end }) => self.push(What::And, end),
                _ => self.skip(at + 1),
            },
        }
    }

    /// Whether the stop at `at` ends a sentence.
    fn full_stop(&self, at: usize) -> bool {
        let Some(next) = self.tokens.get(at + 1) else { return true };
        let upper = self.raw_char(at + 1).is_some_and(char::is_uppercase);
        let before = self.tokens.text(at.saturating_sub(1));
        if !next.spaced && next.kind != Kind::Line {
            let word = next.kind == Kind::Word && before.len() > 2;
            return upper && word || matches!(before, ")" | "]");
        }
        if next.kind == Kind::Line {
            return true;
        }
        if matches!(
            before,
            "approx" | "vs" | "inc" | "dr" | "no" | "incl" | "resp" | "max" | "min" | "ca" | "st"
        ) {
            return false;
        }
        // "80 mg po. D1-21", "500 mg b.i.d. for": a shorthand's own stop.
        let shorthand = before.len() <= 4
            && matches!(
                self.vocabulary.sense(self.tokens, at.saturating_sub(1)).map(|f| f.value),
                Some(Sense::Route(_) | Sense::Frequency(_))
            );
        let starts_sentence = upper && self.tokens.text(at + 1).len() > 2;
        !shorthand || starts_sentence
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
        let end = periods::period(self.tokens, number).map(|found| found.end);
        let end = end.or_else(|| numbers::number(self.tokens, number).map(|found| found.end));
        self.skip(end.unwrap_or(number));
    }

    /// `× 4 cycles`, `x 7 days`.
    fn times(&self, at: usize) -> Option<Found<What>> {
        let cycles = self.cycles.at_number(at + 1).filter(|found| matches!(found.value, What::Cycles(_)));
        cycles.or_else(|| {
            let found = self.cycles.lasting(at)?;
            matches!(found.value, What::Lasting(_) | What::OnOff(..) | What::DaysOf(..)).then_some(found)
        })
    }

    fn number(&mut self) {
        let at = self.at;
        if let Some(found) = self.amount(at) {
            return self.push_found(found);
        }
        if let Some(found) = self.vocabulary.sense(self.tokens, at) {
            match found.value {
                Sense::Frequency(frequency) => return self.push(What::Frequency(frequency), found.end),
                Sense::Name(_) => {
                    if let Some(name) = self.names.at(at) {
                        return self.push(What::Name(name.value.kind, name.value.core_end), name.end);
                    }
                }
                _ => {}
            }
        }
        if let Some(days) = timing::days(self.tokens, at) {
            return self.push(What::Days(days.value), days.end);
        }
        let range = numbers::range(self.tokens, at);
        if range.is_none()
            && let Some(frequency) = timing::frequency(self.tokens, at)
        {
            return self.push(What::Frequency(frequency.value), frequency.end);
        }
        if let Some(found) = self.cycles.at_number(at) {
            return self.push_found(found);
        }
        if let Some(found) = self.first_days(at) {
            return self.push_found(found);
        }
        if let Some(found) = self.bare_period(at) {
            return self.push_found(found);
        }
        // "3-5 times a day" is no one frequency: the range goes as a whole.
        let end = numbers::range(self.tokens, at).map(|found| found.end);
        let end = end.or_else(|| numbers::number(self.tokens, at).map(|found| found.end));
        self.push(What::Other, end.unwrap_or(at + 1));
    }

    /// An amount, told apart from measures of the body and strengths.
    fn amount(&self, at: usize) -> Option<Found<What>> {
        let mut found = self.vocabulary.units().quantity(self.tokens, at)?;
        let after = self.tokens.text(found.end);
        // "25G": a needle's gauge, not grams.
        let gauge = found.value.unit.name == "g"
            && self.raw.get(self.tokens.raw(found.end - 1..found.end)) == Some("G");
        let strength = gauge
            || found.value.unit.strength
            || found.value.unit.kind == UnitKind::Count
                && matches!(after, "of" | "x" | "×" | "(")
                && self.next_is_amount(found.end)
            || found.value.unit.name == "%" && !self.percent_of_medicine(at, found.end)
            || found.value.unit.name.starts_with("ml/min")
            || matches!(after, "vial" | "vials" | "syringe" | "bottle" | "ampoule" | "ampoules" | "bag")
            || matches!(found.value.unit.name.as_str(), "ng/ml" | "iu/ml" | "ng" | "meq" | "mmol" | "l")
                && self.measured(at)
            || matches!(found.value.unit.name.split('/').next(), Some("cells" | "cfu" | "vp" | "vg" | "pfu"))
                && !big(&found.value)
            || matches!(after, "/" | "per")
                && found.value.unit.kind == UnitKind::Amount
                && !self.in_fractions(found.end);
        // "two 50 mg tablets": how much one giving is, the words leave to arithmetic.
        if found.value.unit.kind == UnitKind::Amount
            && matches!(
                after,
                "tablets" | "capsules" | "tabs" | "patches" | "pills" | "injections" | "vials" | "caplets"
            )
            && self.counted_before(at)
        {
            return Some(Found::new(What::Stray, found.end));
        }
        if strength {
            return Some(Found::new(What::Stray, found.end));
        }
        if matches!(found.value.unit.name.as_str(), "gy" | "cgy") && after == "/" {
            found.end = self.past_fractions(found.end);
        }
        if found.value.unit.kind == UnitKind::Volume
            && self.tokens.text(found.end) == "of"
            && self.tokens.text(found.end + 1) == "water"
        {
            return Some(Found::new(What::Other, found.end + 2));
        }
        // "800 SU/0.5 ml": the volume that an unread amount stands in.
        let of_unread = at > 1
            && self.tokens.text(at - 1) == "/"
            && !self.tokens.get(at - 1).is_some_and(|t| t.spaced)
            && !self.after_read(at - 1);
        if of_unread || self.limit_before(at) {
            return Some(Found::new(What::Stray, found.end));
        }
        if matches!(
            self.tokens.text(at.wrapping_sub(1)),
            "by" | "than" | "below" | "above" | "least" | "minimum"
        ) && at > 0
        {
            return Some(Found::new(What::Stray, found.end));
        }
        // "1 sachet/day": how often is told with it.
        if found.value.unit.kind == UnitKind::Count && found.value.unit.name.ends_with("/day") {
            return Some(Found::new(What::Stray, found.end));
        }
        // "total daily dose of 2000 mg/m2", "a daily dose of 40 mg": per day.
        if self.daily_dose(at) && !found.value.unit.name.ends_with("/day") {
            found.value.unit.name.push_str("/day");
        }
        Some(found.map(What::Amount))
    }

    /// `/20f`, `/25 fractions` behind a dose of radiation.
    fn in_fractions(&self, at: usize) -> bool {
        self.tokens.text(at) == "/"
            && self.tokens.number(at + 1).is_some()
            && matches!(self.tokens.text(at + 2), "f" | "fx" | "fr" | "fractions" | "fraction" | "fxs")
    }

    fn past_fractions(&self, at: usize) -> usize {
        if self.in_fractions(at) { at + 3 } else { at }
    }

    /// Whether a dose, a name or a schedule ends right before `at`.
    fn after_read(&self, at: usize) -> bool {
        let slash = self.parts.last().is_some_and(|part| part.what == What::Slash && part.first == at);
        let before = self.parts.len().checked_sub(2).and_then(|last| self.parts.get(last));
        slash
            && before.is_some_and(|part| {
                part.end == at && !matches!(part.what, What::Other | What::Unknown | What::Stray)
            })
    }

    /// "up to 2000 mg", "target 6 ng/ml": a limit or an aim, not what is given.
    fn limit_before(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        before(1) == "to" && before(2) == "up"
    }

    fn daily_dose(&self, at: usize) -> bool {
        let mut word = at;
        let start = at.saturating_sub(5);
        while word > start {
            word -= 1;
            match self.tokens.text(word) {
                "of" | "is" | "=" | ":" | "a" | "at" | "the" | "was" | "approximately" | "about" | "~" => {}
                "dose" | "dosage" | "doses" => return word > 0 && self.tokens.text(word - 1) == "daily",
                _ => return false,
            }
        }
        false
    }

    /// A concentration in the blood rather than of a medicine: no name stands right before or behind it.
    fn measured(&self, at: usize) -> bool {
        !matches!(self.parts.last(), Some(Part { what: What::Name(..), end, .. }) if *end == at)
    }

    fn next_is_amount(&self, at: usize) -> bool {
        self.vocabulary.units().quantity(self.tokens, at + 1).is_some()
    }

    fn counted_before(&self, at: usize) -> bool {
        at > 0 && {
            let before = self.tokens.text(at - 1);
            let count = self.tokens.number(at - 1).or_else(|| numbers::word_value(before));
            count.is_some_and(|n| n != 1.0) || matches!(before, "x" | "×" | "*")
        }
    }

    /// `0.1% ointment`, `cream 1%`: a strength that is the dose; `20% of patients` is none.
    fn percent_of_medicine(&self, at: usize, end: usize) -> bool {
        let form = |at: usize| {
            matches!(self.vocabulary.sense(self.tokens, at).map(|f| f.value), Some(Sense::Role(Role::Form)))
        };
        let name = matches!(self.parts.last().map(|part| &part.what), Some(What::Name(..)))
            && self.parts.last().is_some_and(|part| part.end + 1 >= at);
        let weak = self.tokens.number(at).is_some_and(|value| value <= 25.0);
        form(end) || weak && self.names.at(end).is_some() || name || at > 0 && form(at - 1)
    }

    /// `first day of each cycle`, `1st day of`.
    fn first_days(&self, at: usize) -> Option<Found<What>> {
        let first = numbers::ordinal(self.tokens, at)?;
        let of = matches!(self.tokens.text(first.end + 1), "of" | "in");
        let cycle = (first.end + 2..first.end + 6)
            .any(|word| matches!(self.tokens.text(word), "cycle" | "cycles" | "course" | "courses"));
        let day = self.tokens.text(first.end) == "day" && of && cycle;
        day.then(|| Found::new(What::Days(vec![first.value as i32]), first.end + 1))
    }

    /// A length of time on its own: how long an infusion takes, a rest, or how long the treatment lasts where it stands
    /// between commas.
    fn bare_period(&self, at: usize) -> Option<Found<What>> {
        let length = periods::range(self.tokens, at)
            .map(|r| r.map(|(_, high)| high))
            .or_else(|| periods::period(self.tokens, at))?;
        if self.cycles.apart(length.end) {
            return Some(Found::new(What::Other, length.end));
        }
        if length.value.unit < crate::protocol::PeriodUnit::Day {
            let infusion = (length.end..length.end + 3)
                .any(|word| matches!(self.tokens.text(word), "infusion" | "infusions" | "drip"));
            return Some(Found::new(
                if infusion { What::Infusion(length.value) } else { What::Other },
                length.end,
            ));
        }
        let before = self.parts.last().map(|part| &part.what);
        let set_off = matches!(before, Some(What::Comma | What::Open | What::Frequency(_)));
        let closed = matches!(self.tokens.text(length.end), "," | "." | ")" | ";" | "" | "\n");
        let what = if set_off && closed && before != Some(&What::Open) {
            What::Lasting(length.value)
        } else {
            What::Other
        };
        Some(Found::new(what, length.end))
    }

    fn word(&mut self) {
        let at = self.at;
        if let Some(name) = self.names.at(at) {
            return self.push(What::Name(name.value.kind, name.value.core_end), name.end);
        }
        let text = self.tokens.text(at);
        if let Some(found) = self.grammar(at, text) {
            return self.push_found(found);
        }
        if let Some(sense) = self.vocabulary.sense(self.tokens, at) {
            return self.known(sense, text);
        }
        if numbers::number(self.tokens, at).is_some() || numbers::ordinal(self.tokens, at).is_some() {
            return self.number();
        }
        self.unknown();
    }

    /// Constructions that start with a word of their own.
    fn grammar(&self, at: usize, text: &str) -> Option<Found<What>> {
        match text {
            "for" | "up" | "during" | "maximum" | "max" | "total" | "x" | "duration" | "over" | "within"
            | "maximal" | "to" | "at" | "lasting" | "lasts" => {
                if text == "x"
                    && let Some(found) = self.times(at)
                {
                    return Some(found);
                }
                self.cycles.lasting(at)
            }
            "a" if matches!(self.tokens.text(at + 1), "maximum" | "total" | "period" | "duration") => {
                self.cycles.lasting(at)
            }
            "every" | "each" | "per" | "once" => {
                let sense = self.vocabulary.sense(self.tokens, at);
                if matches!(sense.map(|s| s.value), Some(Sense::Frequency(_))) {
                    return None;
                }
                self.interval(at)
            }
            "repeat" | "repeated" | "repeats" | "repeating" | "recycled" => {
                let link =
                    at + 1 + usize::from(matches!(self.tokens.text(at + 1), "once" | "as" | "the" | "at"));
                let found = timing::frequency(self.tokens, link)?;
                found.value.every.map(|every| Found::new(What::Cycle(every, false), found.end))
            }
            "week" | "weeks" => {
                let range = numbers::range(self.tokens, at + 1)?;
                let (first, last) = range.value;
                let whole = first.fract() == 0.0 && last.fract() == 0.0 && last < 1000.0;
                whole.then(|| Found::new(What::Weeks(first as u32, last as u32), range.end))
            }
            _ if text.starts_with('q') => self.interval(at),
            _ if text.starts_with('d') => self.days(at),
            _ if text.starts_with("auc") || text == "area" => self.amount(at),
            _ if text.starts_with('x') => self.glued_times(at, text),
            _ => None,
        }
    }

    /// `x4 cycles`, `x6`: the sign and the number in one word.
    fn glued_times(&self, at: usize, text: &str) -> Option<Found<What>> {
        let count: u32 = text.strip_prefix('x')?.parse().ok()?;
        let cycles = matches!(self.tokens.text(at + 1), "cycles" | "courses") && (1..=200).contains(&count);
        cycles.then(|| Found::new(What::Cycles(count), at + 2))
    }

    /// `every 3 weeks`, `q3w`; `every 3-week cycle` is a cycle's length as well.
    fn interval(&self, at: usize) -> Option<Found<What>> {
        let found = timing::frequency(self.tokens, at)?;
        let Some(every) = found.value.every else {
            let read = found.value.per_day.is_some() || found.value.per_week.is_some();
            return Some(if read { found.map(What::Frequency) } else { Found::new(What::Stray, found.end) });
        };
        if self.cycles.apart(found.end) && self.tokens.text(found.end) != "from" {
            return Some(Found::new(What::Other, found.end));
        }
        const BETWEEN: &[&str] =
            &["per", "as", "a", "one", "treatment", "/", "is", "each", "therapy", "dosing"];
        let mut noun = found.end;
        while noun < found.end + 3 && BETWEEN.contains(&self.tokens.text(noun)) {
            noun += 1;
        }
        let links = noun - found.end;
        if let Some(Found { value: Sense::Role(Role::Cycle), end }) = self.vocabulary.sense(self.tokens, noun)
            && (links > 0 || self.tokens.number(end).is_none())
        {
            // "each 21-day cycle" tells a length, "every 21-day cycle" an interval too.
            let interval = self.tokens.text(at) != "each" && links == 0;
            return Some(Found::new(What::Cycle(every, interval), end));
        }
        Some(found.map(What::Frequency))
    }

    /// Days of the cycle, unless the words before make them a start or a point in calendar weeks.
    fn days(&self, at: usize) -> Option<Found<What>> {
        let found = timing::days(self.tokens, at)?;
        if !matches!(self.tokens.text(at), "day" | "days" | "d" | "ds" | "dd") && found.value.is_empty() {
            return None;
        }
        let single = found.value.len() == 1;
        let after = found.end + usize::from(self.tokens.text(found.end) == ")");
        let week = matches!(self.tokens.text(after), "of" | "," | "in")
            && (matches!(self.tokens.text(after + 1), "week" | "weeks" | "month" | "months")
                || self.tokens.text(after + 1) == "that");
        // "D0, W4 and W20": days of the study.
        let next = found.end
            + usize::from(matches!(self.tokens.text(found.end), "," | "and"))
            + usize::from(self.tokens.text(found.end + 1) == "and");
        let calendar = next > found.end && {
            let text = self.tokens.text(next);
            let glued = text
                .strip_prefix(['w', 'm'])
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()));
            glued
                || matches!(text, "week" | "weeks" | "month" | "months")
                    && self.tokens.number(next + 1).is_some()
        };
        if self.counted_from_elsewhere(at, single) || week || calendar {
            return Some(Found::new(What::Other, found.end));
        }
        Some(found.map(What::Days))
    }

    fn counted_from_elsewhere(&self, at: usize, single: bool) -> bool {
        let mut word = at;
        let start = at.saturating_sub(3);
        while word > start {
            word -= 1;
            match self.tokens.text(word) {
                "on" | "at" | "the" | "cycle" | "of" | "(" | "[" => {}
                "study" | "week" | "weeks" | "trial" | "post-transplant" | "treatment" => {
                    return word + 1 == at;
                }
                "starting" | "start" | "started" | "starts" | "begin" | "beginning" | "begins" | "began"
                | "initiated" | "commencing" | "commence" | "from" | "until" | "by" | "before" | "after"
                | "since" | "within" | "till" | "than" | "between" | "baseline" | "completion" | "end" => {
                    return single;
                }
                _ => return false,
            }
        }
        false
    }

    fn known(&mut self, sense: Found<Sense>, text: &str) {
        let at = self.at;
        let end = sense.end;
        match sense.value {
            // "oral cavity", "nasal congestion": a part of the body.
            Sense::Route(_) if NO_ROUTE.contains(&self.tokens.text(end)) => self.push(What::Other, end + 1),
            Sense::Route(route) => self.push(What::Route(route), end),
            Sense::Frequency(frequency) => self.push(What::Frequency(frequency), end),
            Sense::Stop(event) => self.push(What::Stop(event), end),
            Sense::Phase(phase) => self.push(What::Phase(phase), end),
            Sense::Name(_) | Sense::Common => {
                let what = if text == "respectively" { What::Respectively } else { What::Other };
                self.push(what, end);
            }
            Sense::Salt => self.skip(end),
            Sense::Role(role) => match role {
                Role::And => self.push(What::And, end),
                Role::Or => self.push(What::Or, end),
                Role::Then => self.then(end),
                Role::Give => self.push(What::Give, end),
                Role::Pronoun => self.push(What::Pronoun, end),
                Role::Until => self.push(What::Until, end),
                Role::Condition | Role::Example | Role::Negation | Role::Change => {
                    self.push(What::Doubt, end)
                }
                Role::Prior => self.push(What::Prior, end),
                Role::Observe => self.push(What::Observe, end),
                Role::Contain => self.push(What::Contain, end),
                Role::Cycle => match self.cycles.at_noun(at) {
                    Some(found)
                        if matches!(found.value, What::CycleMark(..))
                            && self.counted_from_elsewhere(at, true) =>
                    {
                        // "from cycle 2 day 1": when it starts, not when it is given.
                        let end = timing::days(self.tokens, found.end).map_or(found.end, |days| days.end);
                        self.push(What::Other, end);
                    }
                    Some(found) => self.push_found(found),
                    None => self.skip(end),
                },
                Role::Filler if text == "of" => self.push(What::Of, end),
                Role::Filler if text == "respectively" => self.push(What::Respectively, end),
                Role::Filler | Role::Form | Role::Harmless => self.skip(end),
                Role::NamePrefix | Role::NameSuffix => self.push(What::Other, end),
            },
        }
    }

    /// "followed by": time off, or the next treatment.
    fn then(&mut self, end: usize) {
        match self.cycles.rest(self.at) {
            Some(rest) => self.push_found(rest),
            None => self.push(What::Then, end),
        }
    }

    /// A word that no table has: with its like neighbours it may be a name.
    fn unknown(&mut self) {
        let mut end = self.at + 1;
        while end < self.at + 3
            && self.tokens.get(end).is_some_and(|token| token.kind == Kind::Word)
            && self.vocabulary.sense(self.tokens, end).is_none()
            && self.names.at(end).is_none()
            && self.grammar(end, self.tokens.text(end)).is_none()
        {
            end += 1;
        }
        self.push(What::Unknown, end);
    }
}

/// So many cells as are given at once, not a count of lines or of samples.
fn big(quantity: &Quantity) -> bool {
    // A hundred or so of them is a power of ten whose superscript was lost ("109 CFU").
    let least = 1e4;
    match &quantity.values {
        Values::One(value) => *value >= least,
        Values::Range(low, _) => *low >= least,
        Values::Several(list, _) => list.iter().all(|value| *value >= least),
    }
}
