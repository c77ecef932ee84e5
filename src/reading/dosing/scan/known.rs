//! Words that a table knows, told apart by what stands around them.

use super::Scanner;
use crate::protocol::PeriodUnit;
use crate::reading::dosing::days;
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::{Role, Sense, WordClass};
use crate::reading::numbers::Found;
use crate::reading::periods;

impl Scanner<'_> {
    pub(super) fn known(&mut self, sense: Found<Sense>, text: &str) {
        let at = self.at;
        let end = sense.end;
        match sense.value {
            // "stage IV", "grade IV": a numeral.
            Sense::Route(_) if text == "iv" && self.is_numeral(at) => self.push(What::Other, end),
            // "oral cavity", "nasal congestion": a part of the body.
            Sense::Route(_) if self.is(end, WordClass::NotRouted) => self.push(What::Other, end + 1),
            // "nasal allergen challenge", "oral food challenge", "epicutaneous skin testing".
            Sense::Route(_)
                if matches!(self.tokens.text(end), "allergen" | "allergens" | "food")
                    && self.is(end + 1, WordClass::NotRouted)
                    || self.tokens.is(end, "skin") && self.tokens.text(end + 1).starts_with("test") =>
            {
                self.push(What::Other, end + 2);
            }
            // "vaccine ID on days 1 and 8" is a way, "patient ID" none.
            Sense::Route(_) if text == "id" && end == at + 1 && !self.is_shorthand(at) => {
                self.push(What::Other, end);
            }
            Sense::Route(route) => self.push(What::Route(route), end),
            // "three weekly": every three weeks, or three a week?
            Sense::Frequency(_) if self.counted(at) => self.push(What::Stray, end),
            // "1 x 2 daily": twice, or two at once?
            Sense::Frequency(how) if self.is_daily(how) && self.multiplied(at) => {
                self.push(What::Stray, end);
            }
            // "5 mg BID daily": every day so often.
            Sense::Frequency(_) if text == "daily" && end == at + 1 && self.several_a_day_before(at) => {
                self.skip(end);
            }
            // "less than once per month": a limit.
            Sense::Frequency(_)
                if at > 0 && matches!(self.tokens.text(at - 1), "than" | "least" | "most") =>
            {
                self.push(What::Other, end);
            }
            // "with weekly increments of 5 mg", "dose escalation monthly": how often the dose rises.
            Sense::Frequency(_) if self.is_of_a_rise(at, end) => self.push(What::Other, end),
            // "on every day 1": the day of every cycle.
            Sense::Frequency(_)
                if self.tokens.is(end - 1, "day")
                    && self.tokens.number(end).is_some()
                    && self.quantity(end).is_none() =>
            {
                self.skip(end - 1);
            }
            Sense::Frequency(_) if self.is_of_a_day(at, end) => self.push(What::Other, end),
            // "Frequency: once (OD), duration: single dose": given once.
            Sense::Frequency(how) if self.is_daily(how) && self.single_in_all(end) => {
                self.push(What::Other, end);
            }
            // "a daily dose of 40 mg" is 40 mg a day, however often it is given.
            Sense::Frequency(_) if self.says_daily_dose(at, end) => self.skip(end),
            Sense::Frequency(frequency) => {
                let frequency = self.vocabulary.frequency(frequency);
                match frequency.per_day.and_then(|times| self.divided_day(times, end)) {
                    Some(shares) => self.push_found(shares),
                    None => self.push(What::Frequency(frequency), end),
                }
            }
            Sense::Hours(_) if self.is_of_a_visit(at, end) => self.skip(end),
            Sense::Hours(hours) => self.push(What::Hours(hours), end),
            Sense::Stop(event) => self.push(What::Stop(event), end),
            Sense::Phase(phase) if self.is_no_part(at, end, phase) => self.push(What::Other, end),
            Sense::Phase(phase) => self.push(What::Phase(phase), end),
            Sense::Name(_) | Sense::Common => {
                let what = if text == "respectively" { What::Respectively } else { What::Other };
                self.push(what, end);
            }
            Sense::Salt => self.skip(end),
            Sense::Role(role) => match role {
                Role::And => self.push(What::And, end),
                Role::Or => self.push(What::Or, end),
                // "patients are followed every 6 months": looked at.
                Role::Then if text == "followed" && end == at + 1 && self.is_followed_up(at) => {
                    self.push(What::Observe, end);
                }
                Role::Then => self.then(end),
                Role::Give => self.push(What::Give, end),
                // "the combination phase": a part of the treatment.
                Role::Pronoun if text == "the" && self.names_phase(at + 1, end) => self.skip(at + 1),
                // "IT cytarabine on day 1", "methotrexate 12 mg IT".
                Role::Pronoun if text == "it" && self.is_intrathecal(at) => {
                    let route = self.vocabulary.route_id("it").unwrap_or_default();
                    self.push(What::Route(route), end);
                }
                Role::Pronoun => self.push(What::Pronoun, end),
                Role::Until => self.push(What::Until, end),
                // "Modified X granules": part of what it is called.
                Role::Change if text == "modified" && self.names.at(end).is_some() => self.skip(end),
                // "Lower dose of X twice daily": an arm's dose.
                Role::Change
                    if text == "lower"
                        && self.tokens.is(end, "dose")
                        && self.tokens.is(end + 1, "of")
                        && matches!(self.parts.last(), None | Some(Part { what: What::Bound(_), .. })) =>
                {
                    self.skip(end + 1);
                }
                // "escalating doses (10, 20, 40 mg)", "increasing doses of 10, 20 and 40 mg".
                Role::Change if self.heads_levels(at, end).is_some() => {
                    let end = self.heads_levels(at, end).unwrap_or(end);
                    self.skip(end);
                }
                // "will then be escalated to 20, 40 and 80 mg".
                Role::Change | Role::Step if self.leads_to_levels(at, end).is_some() => {
                    let end = self.leads_to_levels(at, end).unwrap_or(end);
                    self.skip(end);
                }
                // "X at the maximum tolerated dose": how much is not known yet, that it is given is.
                Role::Change if text.starts_with("max") && self.is_mtd(end) => self.skip(end + 2),
                // "a maximum of 30 patients".
                Role::Change if text.starts_with("max") && self.counts_people(end) => {
                    self.push(What::Other, end);
                }
                // "as a minimum 2-hour infusion": how long one takes.
                Role::Change if text.starts_with("min") && self.is_of_hours(end) => {
                    self.push(What::Other, end)
                }
                // "for maximum 6 cycles".
                Role::Change if text.starts_with("max") && self.counts_cycles(end) => self.skip(end),
                Role::Change
                    if text == "max" && self.tokens.text(end) == "." && self.counts_cycles(end + 1) =>
                {
                    self.skip(end + 1);
                }
                // "methotrexate 3 g/m2 with leucovorin rescue 15 mg": planned with it.
                Role::Condition
                    if text == "rescue"
                        && self.quantity(end).is_some()
                        && (at.saturating_sub(2)..at).any(|word| self.is(word, WordClass::Antidotes))
                        && matches!(self.parts.last(), Some(Part { what: What::Name(..), end, .. }) if *end == at) =>
                {
                    self.push(What::Other, end);
                }
                // "150 mg if weight < 50 kg": a dose for each of them.
                Role::Condition if self.is_band(end) => self.push(What::Other, end),
                Role::Condition | Role::Example | Role::Negation | Role::Change => {
                    self.push(What::Doubt, end)
                }
                Role::Prior => self.push(What::Prior, end),
                // "at visit 1 (day 1)": which visit, nothing looked at.
                Role::Observe if text == "visit" && self.tokens.number(end).is_some() => {
                    self.push(What::Other, end + 1);
                }
                // "according to age": what a dose goes by.
                Role::Observe if text == "age" && self.is_gone_by(at) => self.push(What::Other, end),
                Role::Observe => self.push(What::Observe, end),
                Role::Passing => self.push(What::Passing, end),
                Role::Alone => self.push(What::Alone, end),
                Role::AsNeeded => self.push(What::AsNeeded, end),
                Role::Starting => self.push(What::Starting, end),
                Role::Step => self.push(What::Step, end),
                Role::Lacking => self.push(What::Lacking, end),
                Role::Program => self.push(What::Program, end),
                Role::Contain => self.push(What::Contain, end),
                Role::Cycle => match self.cycles.at_noun(at) {
                    Some(found)
                        if matches!(found.value, What::CycleMark(..))
                            && self.counted_from_elsewhere(at, true) =>
                    {
                        // "from cycle 2 day 1": when it starts, not when it is given.
                        let end = days::days(self.tokens, found.end).map_or(found.end, |days| days.end);
                        let from = at.checked_sub(1).map_or("", |before| self.tokens.text(before)) == "from";
                        match found.value {
                            What::CycleMark(first, _) if from && first > 1 => {
                                self.push(What::CycleMark(first, None), end);
                            }
                            _ => self.push(What::Other, end),
                        }
                    }
                    Some(found) => self.push_found(found),
                    None => self.skip(end),
                },
                Role::Filler if text == "of" => match self.length_of_cycles(at) {
                    Some(length) => self.push_found(length),
                    None => self.push(What::Of, end),
                },
                Role::Filler if text == "respectively" => self.push(What::Respectively, end),
                Role::Filler | Role::Form | Role::Harmless => self.skip(end),
                // "Adjuvant: …".
                Role::NamePrefix if self.tokens.is(end, ":") && self.vocabulary.phase_id(text).is_some() => {
                    let phase = self.vocabulary.phase_id(text).unwrap_or_default();
                    self.push(What::Phase(phase), end);
                }
                Role::NamePrefix | Role::NameSuffix => self.push(What::Other, end),
            },
        }
    }

    /// `IV` behind what is counted in Roman numerals, or before it.
    fn is_numeral(&self, at: usize) -> bool {
        let counted = |word: &str| {
            matches!(
                word,
                "stage" | "stages" | "grade" | "grades" | "class" | "type" | "phase" | "degree" | "level"
            )
        };
        let before = |back: usize| at.checked_sub(back).map_or("", |before| self.tokens.text(before));
        let joined = usize::from(matches!(before(1), "and" | "or" | "to" | "-" | "/" | "&"));
        counted(before(1)) || counted(self.tokens.text(at + 1)) || matches!(before(1 + joined), "iii" | "ii")
    }

    /// Once a day.
    fn is_daily(&self, frequency: u16) -> bool {
        self.vocabulary.frequency(frequency).per_day == Some(1.0)
    }

    /// A number behind a sign for "times" ends right before `at`.
    fn multiplied(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |before| self.tokens.text(before));
        let glued = before(1).strip_prefix('x').is_some_and(|rest| rest.parse::<u8>().is_ok());
        glued || matches!(before(2), "x" | "×" | "*") && before(1).parse::<u8>().is_ok()
    }

    /// "according to", "according to the patient's" right before `at`.
    fn is_gone_by(&self, at: usize) -> bool {
        const NEAR: usize = 5;
        (at.saturating_sub(NEAR)..at).any(|word| self.tokens.is(word, "according"))
    }

    /// What doses go by stands right behind: `body weight < 50 kg`, `the participant is aged 12 or more`.
    fn is_band(&self, at: usize) -> bool {
        const FAR: usize = 4;
        (at..at + FAR)
            .take_while(|word| !matches!(self.tokens.text(*word), "," | "." | ";" | ")"))
            .any(|word| self.is(word, WordClass::Bands))
    }

    /// `duration of administration: single dose` a little behind.
    fn single_in_all(&self, at: usize) -> bool {
        const FAR: usize = 9;
        let near = (at..at + FAR).take_while(|word| !matches!(self.tokens.text(*word), "." | "\n" | ""));
        near.into_iter().any(|word| {
            self.tokens.is(word, ":")
                && self.tokens.is(word + 1, "single")
                && self.tokens.is(word + 2, "dose")
        })
    }

    /// In capitals, right behind a dose, a name or a verb.
    fn is_shorthand(&self, at: usize) -> bool {
        let written = self.raw.get(self.tokens.raw(at..at + 1)) == Some("ID");
        let behind = self.parts.last().is_some_and(|part| {
            matches!(part.what, What::Amount(_) | What::Name(..) | What::Unknown | What::Give | What::Open)
        });
        written && behind && self.tokens.number(at + 1).is_none()
    }

    /// "are followed every", "will be followed for": people are, and nothing comes next.
    fn is_followed_up(&self, at: usize) -> bool {
        // "This regimen was followed": not of people.
        let people = at > 0 && matches!(self.tokens.text(at - 1), "are" | "be" | "were");
        // "are followed 3 weeks later by B".
        let later =
            (at + 1..at + 7).take_while(|word| !matches!(self.tokens.text(*word), "." | ";" | "\n" | ""));
        let by_treatment =
            later.into_iter().any(|word| self.tokens.is(word, "by") && self.names.at(word + 1).is_some());
        people
            && !by_treatment
            && !matches!(self.tokens.text(at + 1), "by" | "with" | "," | "." | "continuously")
    }

    /// How often a day, more than once, ends right before `at`.
    fn several_a_day_before(&self, at: usize) -> bool {
        self.parts.last().is_some_and(|part| {
            part.end == at
                && matches!(&part.what, What::Frequency(often) if often.per_day.is_some_and(|times| times > 1.0))
        })
    }

    /// `IT` in capitals, right behind a dose or right before a name.
    fn is_intrathecal(&self, at: usize) -> bool {
        let written = self.raw.get(self.tokens.raw(at..at + 1)) == Some("IT");
        let dosed = self.parts.last().is_some_and(|part| {
            // "Given IT."
            part.end == at
                && matches!(part.what, What::Amount(_) | What::Name(..) | What::Unknown | What::Give)
        });
        written && (dosed || self.names.at(at + 1).is_some())
    }

    /// "daily energy", "daily total intake": a measure of people's days.
    fn is_of_a_day(&self, at: usize, end: usize) -> bool {
        let noun = end + usize::from(matches!(self.tokens.text(end), "total" | "recommended" | "normal"));
        let own = at > 0 && matches!(self.tokens.text(at - 1), "'" | "patient's" | "their" | "usual");
        self.tokens.is(at, "daily") && end == at + 1 && (own || self.is(noun, WordClass::OfADay))
    }

    /// "anaesthesia induction", "induction of labour", "a washout period", "upon completion of the induction phase": no part
    /// of the treatment that anything here is given in.
    fn is_no_part(&self, at: usize, end: usize, phase: u16) -> bool {
        let before = |back: usize| at.checked_sub(back).map_or("", |token| self.tokens.text(token));
        let of = end + usize::from(self.tokens.is(end, "of"));
        let process = (of..of + 2).any(|word| self.is(word, WordClass::Processes))
            || at.checked_sub(1).is_some_and(|word| self.is(word, WordClass::Processes));
        let article = usize::from(matches!(before(1), "the" | "this" | "a" | "an"));
        let over = match before(1 + article) {
            "after" | "completing" => true,
            "following" => before(2 + article) != "the",
            "of" => matches!(before(2 + article), "completion" | "end"),
            _ => false,
        };
        // "After conditioning with X" tells what is given in it.
        let ended =
            over && matches!(self.tokens.text(end), "," | "patients" | "participants" | "subjects" | "they");
        process || ended || self.vocabulary.phase(phase) == "washout"
    }

    /// Hours or minutes stand at `at`.
    fn is_of_hours(&self, at: usize) -> bool {
        periods::period(self.tokens, at).is_some_and(|length| length.value.unit < PeriodUnit::Day)
    }

    /// `tolerated dose` behind "maximum".
    fn is_mtd(&self, at: usize) -> bool {
        matches!(self.tokens.text(at), "tolerated" | "tolerable")
            && matches!(self.tokens.text(at + 1), "dose" | "doses")
    }

    /// A word for a rise stands right before `at` or right behind `end`.
    pub(super) fn is_of_a_rise(&self, at: usize, end: usize) -> bool {
        let rise = |text: &str| {
            matches!(
                text,
                "escalation"
                    | "escalations"
                    | "titration"
                    | "up-titration"
                    | "uptitration"
                    | "increment"
                    | "increments"
                    | "increases"
                    | "dose-escalation"
                    | "adjustments"
                    | "ramp-up"
                    | "rampup"
                    | "step-up"
                    | "steps"
            )
        };
        let behind = end + usize::from(self.tokens.is(end, "dose"));
        let verb = matches!(self.tokens.text(end), "increase" | "raise" | "escalate")
            && !matches!(self.tokens.text(end + 1), "to" | "by");
        verb || at > 0 && rise(self.tokens.text(at - 1)) || rise(self.tokens.text(behind))
    }

    /// A number of cycles stands at `at`.
    fn counts_cycles(&self, at: usize) -> bool {
        self.cycles.at_number(at).is_some_and(|found| matches!(found.value, What::Cycles(_)))
    }

    /// A phase is named at `at`, in more words than those up to `end`.
    fn names_phase(&self, at: usize, end: usize) -> bool {
        // "the treatment phase" is the whole of it.
        let sense = self.vocabulary.sense(self.tokens, at).filter(|_| !self.tokens.is(at, "treatment"));
        matches!(sense, Some(Found { value: Sense::Phase(_), end: phase_end }) if phase_end > end)
    }
}
