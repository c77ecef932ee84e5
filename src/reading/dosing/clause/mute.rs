//! What is passed over: conditions, examples, negations, earlier treatments, things looked at.

use super::{Bracket, Mute, Reader};
use crate::reading::dosing::part::{Part, What};
use crate::reading::dosing::vocabulary::NameKind;

impl Reader<'_> {
    /// Whether the part is passed over; keeps the brackets in step.
    pub(super) fn muted(&mut self, at: usize) -> bool {
        let (Some(mute), Some(part)) = (self.mute, self.parts.get(at)) else { return false };
        let depth = match mute {
            Mute::Doubt(depth)
            | Mute::Aside(depth)
            | Mute::Diluted(depth)
            | Mute::Content(depth)
            | Mute::Limit(depth)
            | Mute::Measured(depth)
            | Mute::Before(depth)
            | Mute::Passing(depth)
            | Mute::Lacking(depth)
            | Mute::Trailing(depth) => depth,
        };
        match part.what {
            // "dosed based on weight (1 mg/kg up to 70 kg, 0.75 mg/kg above)": what is given by it.
            What::Open if self.is_told_by_weight(at) => {
                self.mute = None;
                return false;
            }
            What::Open => {
                self.brackets.push(Bracket {
                    open: at,
                    entry: None,
                    members: false,
                    synonyms: true,
                    trail: self.trail,
                });
                return true;
            }
            What::Close => {
                if self.brackets.len() <= depth {
                    self.mute = None;
                    return false;
                }
                self.brackets.pop();
                return true;
            }
            What::Starting
                if matches!(self.what(at + 1), Some(What::Amount(_)))
                    && (self.rising || !matches!(self.tokens.text(part.first), "up" | "until"))
                    && !matches!(mute, Mute::Before(_))
                    && !self.possible =>
            {
                self.mute = None;
                // "escalating doses of X, starting at 20 mg": of X.
                if let (None, Some(name)) = (self.cur, self.muted_name)
                    && let Some(What::Name(kind, core_end)) = self.what(name).cloned()
                {
                    self.name(name, kind, core_end);
                }
                return false;
            }
            // "150 mg, which consisted of one injection of 150 mg/1 ml": what the dose is made of.
            What::Amount(_) | What::Stray if matches!(mute, Mute::Content(_)) && self.has_dose() => {}
            What::Amount(_) | What::Stray => self.out.unread = true,
            // "5 mg/kg, maximum 300 mg, once daily": the limit is the amount alone.
            What::Comma | What::Frequency(_) | What::Lasting(_) | What::Route(_) | What::Days(_)
                if matches!(mute, Mute::Limit(_))
                    && at > 0
                    && !self.is_of_bracketed_limit(at)
                    && !matches!(self.what(at - 1), Some(What::Doubt)) =>
            {
                self.mute = None;
                self.between.words = 0;
                return false;
            }
            // "every 2 or 4 weeks, depending on the weight, for 24 weeks".
            What::Lasting(_) | What::Frequency(_) | What::Route(_) | What::Days(_)
                if matches!(mute, Mute::Measured(_))
                    && at > 0
                    && (self.what(at - 1) == Some(&What::Comma) || self.tells_all(at)) =>
            {
                self.mute = None;
                self.between.words = 0;
                return false;
            }
            // "increasing until the maintenance dose of 300 mg is reached": what the rise is planned to reach.
            What::Phase(_) if self.rising && self.heads_amount(at) => {
                self.mute = None;
                self.until = false;
                self.between.then = true;
                self.between.words = 0;
                if let (None, Some(name)) = (self.cur, self.muted_name)
                    && let Some(What::Name(kind, core_end)) = self.what(name).cloned()
                {
                    self.name(name, kind, core_end);
                }
                return true;
            }
            // "capsules containing 5 mg of X twice daily": so often are they given.
            What::Frequency(_) | What::Lasting(_) | What::Until | What::Days(_)
                if matches!(mute, Mute::Content(_) | Mute::Diluted(_))
                    && self.cur.is_some()
                    && self.dose_is_told() =>
            {
                self.mute = None;
                self.between.words = 0;
                return false;
            }
            // "5 mg dissolved in 100 ml of saline by intravenous infusion".
            What::Route(_)
                if matches!(mute, Mute::Diluted(_))
                    && self.cur.is_some()
                    && part.first > 0
                    && matches!(self.tokens.text(part.first - 1), "by" | "via" | "through") =>
            {
                self.mute = None;
                self.between.words = 0;
                return false;
            }
            // "supplied as a powder for intravenous infusion": how it is given.
            What::Route(_) if matches!(mute, Mute::Content(_)) && self.is_meant(part.first) => {
                if let Some(cur) = self.cur {
                    self.put(cur, at);
                }
            }
            What::Semicolon if !matches!(mute, Mute::Before(_)) => self.mute = None,
            // "Titration of X: 5 mg daily in week 1, 10 mg in week 2".
            // "then tapered: 125 mg twice daily for 7 days, …".
            What::Colon
                if matches!(mute, Mute::Trailing(_))
                    && self.cur.is_some()
                    && at > 0
                    && self.what(at - 1) == Some(&What::Doubt)
                    && matches!(self.what(at + 1), Some(What::Amount(_))) =>
            {
                self.mute = None;
                self.between.then = true;
                self.between.words = 0;
                return true;
            }
            What::Colon if self.rising && matches!(self.what(at + 1), Some(What::Amount(_))) => {
                self.mute = None;
                if let (None, Some(name)) = (self.cur, self.muted_name)
                    && let Some(What::Name(kind, core_end)) = self.what(name).cloned()
                {
                    self.name(name, kind, core_end);
                }
                return false;
            }
            // "After the CT scan: X 5 mg"; but "(maximum dose: 5 mg)" among them tells no dose.
            What::Colon
                if matches!(mute, Mute::Aside(_) | Mute::Content(_) | Mute::Diluted(_))
                    && self.back(at, 1) != Some(&What::Doubt) =>
            {
                self.mute = None
            }
            What::Name(..) => {
                self.out.doubted |= matches!(mute, Mute::Doubt(_)) && self.possible;
                self.aside_in_rise(at);
                self.muted_name = Some(at);
            }
            What::Comma if mute == Mute::Passing(self.brackets.len()) => self.mute = None,
            // "Bone scans are done every 12 weeks and X 40 mg is taken daily".
            What::And
                if matches!(mute, Mute::Aside(_))
                    && self.looked_at_often(at)
                    && self.dosed_name(at + 1)
                    && self.is_given_behind(at + 2) =>
            {
                self.mute = None;
                self.between.words = 0;
                return false;
            }
            What::And | What::Comma | What::Then
                if matches!(mute, Mute::Trailing(_) | Mute::Diluted(_)) && self.dosed_name(at + 1) =>
            {
                self.mute = None;
                self.between.words += 1;
                return false;
            }
            What::Comma if matches!(mute, Mute::Lacking(_)) && self.dosed_name(at + 1) => self.mute = None,
            What::Comma
                if matches!(
                    mute,
                    Mute::Aside(_) | Mute::Content(_) | Mute::Diluted(_) | Mute::Lacking(_)
                ) =>
            {
                // "A to a trough of 5 ng/ml, B 1 g twice daily".
                let next = !self.out.entries.is_empty()
                    && matches!(self.what(at + 1), Some(What::Name(..) | What::Unknown))
                    && matches!(self.what(at + 2), Some(What::Amount(_)));
                // "followed up every 3 months for 1 year, every 6 months for 2 years": looked at on and on.
                let again = matches!(self.what(at + 1), Some(What::Frequency(_)))
                    && self.looked_at_often(at)
                    && !self.names_or_doses_behind(at + 2);
                let list = again
                    || matches!(
                        self.what(at + 1),
                        Some(
                            What::Name(..)
                                | What::Unknown
                                | What::And
                                | What::Or
                                | What::Then
                                | What::Other
                                | What::Stop(_)
                        )
                    );
                if !list || next && matches!(mute, Mute::Aside(_)) {
                    self.mute = None;
                }
            }
            What::Give
                if matches!(
                    mute,
                    Mute::Aside(_) | Mute::Content(_) | Mute::Diluted(_) | Mute::Before(_) | Mute::Lacking(_)
                ) =>
            {
                // "previously treated with": the verb is the aside's own where it follows at once; "naive patients will
                // receive", "patients without fever will receive" begin anew. "Samples will be taken" does not.
                let own = at > 0 && matches!(self.what(at - 1), Some(What::Prior | What::Observe));
                let follows = own || matches!(mute, Mute::Lacking(_) | Mute::Before(_));
                let word =
                    |back: usize| part.first.checked_sub(back).map_or("", |token| self.tokens.text(token));
                let planned = word(1) == "will" || word(1) == "be" && word(2) == "will";
                // "Blood samples of 10 mL are taken weekly".
                let sampled = self.parts.iter().take(at).any(|part| part.what == What::Observe)
                    && self.out.entries.is_empty()
                    && matches!(
                        self.tokens.text(part.first),
                        "taken" | "obtained" | "drawn" | "withdrawn" | "performed" | "used" | "repeated"
                    );
                if sampled && matches!(mute, Mute::Aside(_)) {
                    return true;
                }
                let looked_at = at > 0 && self.what(at - 1) == Some(&What::Observe);
                if !follows || planned && !looked_at {
                    self.mute = None;
                    self.between.words += 1;
                    return false;
                }
            }
            _ => {}
        }
        self.mute.is_some()
    }

    /// "based on weight (1 mg/kg for those below 70 kg and …": what it depends on, and at once the doses for each.
    fn is_told_by_weight(&self, open: usize) -> bool {
        let inside = self.inside(open);
        let doses = inside.iter().filter(|part| matches!(part.what, What::Amount(_))).count();
        let first = matches!(inside.first().map(|part| &part.what), Some(What::Amount(_)));
        let token = self.parts.get(open).and_then(|open| open.first.checked_sub(1));
        let by =
            token.is_some_and(|token| matches!(self.tokens.text(token), "weight" | "bodyweight" | "age"));
        let based = matches!(self.mute, Some(Mute::Measured(_) | Mute::Doubt(_)));
        by && based && first && doses > 1 && !self.possible && !self.rising
    }

    /// "(maximum dose: 300 mg every 2 weeks)": the bracket is the limit's, and how often right behind it too.
    fn is_of_bracketed_limit(&self, at: usize) -> bool {
        let colon = usize::from(self.back(at, 2) == Some(&What::Colon));
        matches!(self.back(at, 1), Some(What::Amount(_)))
            && self.back(at, 2 + colon) == Some(&What::Doubt)
            && self.back(at, 3 + colon) == Some(&What::Open)
    }

    /// What is looked at has a time before the part at `at`, and nothing that is given was named.
    fn looked_at_often(&self, at: usize) -> bool {
        let before = self.parts.get(..at).unwrap_or_default();
        self.out.entries.is_empty()
            && before.iter().any(|part| part.what == What::Observe)
            && before.iter().any(|part| matches!(part.what, What::Frequency(_)))
    }

    /// Something is told to be given a little behind.
    fn is_given_behind(&self, at: usize) -> bool {
        const NEAR: usize = 3;
        self.parts.iter().skip(at).take(NEAR).any(|part| part.what == What::Give)
    }

    fn names_or_doses_behind(&self, at: usize) -> bool {
        const NEAR: usize = 3;
        self.parts
            .iter()
            .skip(at)
            .take(NEAR)
            .any(|part| matches!(part.what, What::Name(..) | What::Amount(_) | What::Give))
    }

    /// "for" stands before the way of giving, an article between at most.
    fn is_meant(&self, first: usize) -> bool {
        let before = |back: usize| first.checked_sub(back).map_or("", |token| self.tokens.text(token));
        before(1) == "for" || before(2) == "for" && matches!(before(1), "a" | "an" | "single")
    }

    /// "a titration design is used for X": spoken of, not given here.
    fn aside_in_rise(&mut self, at: usize) {
        let Some(Part { what: What::Name(NameKind::Agent, core_end), first, .. }) = self.parts.get(at) else {
            return;
        };
        let name = self.tokens.slice(*first..*core_end).to_owned();
        if self.rising && !self.out.aside.iter().any(|(other, _)| *other == name) {
            self.out.aside.push((name, NameKind::Agent));
        }
    }

    /// An amount stands at once behind the part at `at`, or in brackets there.
    fn heads_amount(&self, at: usize) -> bool {
        // "a maintenance dose of X of 50 mcg".
        let of = usize::from(self.what(at + 1) == Some(&What::Of));
        let named = matches!(
            (self.what(at + of + 1), self.what(at + of + 2), self.what(at + of + 3)),
            (Some(What::Name(..)), Some(What::Of), Some(What::Amount(_)))
                | (Some(What::Name(..)), Some(What::Amount(_)), _)
        );
        if named {
            return true;
        }
        let next = (at + 1..at + 3).find(|next| !matches!(self.what(*next), Some(What::Of | What::Open)));
        next.is_some_and(|next| matches!(self.what(next), Some(What::Amount(_))))
    }

    /// A length that says for how long the whole is: "for the 78 weeks of treatment".
    fn tells_all(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| {
            (part.first..part.end + 4)
                .any(|token| matches!(self.tokens.text(token), "duration" | "treatment" | "total"))
        })
    }

    pub(super) fn has_dose(&self) -> bool {
        let entry = self.cur.and_then(|cur| self.out.entries.get(cur));
        entry.is_some_and(|entry| entry.slots.values.is_some())
    }

    /// The treatment that is spoken of has its dose, and nothing says how often.
    fn dose_is_told(&self) -> bool {
        self.cur
            .and_then(|cur| self.out.entries.get(cur))
            .is_some_and(|entry| entry.slots.values.is_some() && !entry.slots.scheduled())
    }

    /// A treatment with its dose.
    fn dosed_name(&self, at: usize) -> bool {
        matches!(
            (self.what(at), self.what(at + 1)),
            (Some(What::Name(..)), Some(What::Amount(_) | What::Route(_) | What::Frequency(_)))
                | (Some(What::Unknown), Some(What::Amount(_)))
                | (Some(What::Amount(_)), Some(What::Of | What::Name(..)))
        )
    }

    /// "Patients who are not taking A will receive B": the negation is of those who are treated.
    pub(super) fn tells_who(&self, at: usize) -> bool {
        const NEAR: usize = 3;
        let Some(part) = self.parts.get(at).filter(|part| self.tokens.is(part.first, "not")) else {
            return false;
        };
        (1..=NEAR).any(|back| part.first.checked_sub(back).is_some_and(|token| self.tokens.is(token, "who")))
    }

    /// "If no dose-limiting toxicity occurs, …": the sentence begins with a condition that lets the plan go on.
    pub(super) fn passes(&self, at: usize) -> bool {
        // "If dose-limiting toxicities are observed, …" is what is not planned.
        let toxic =
            |word: &str| word.starts_with("dlt") || word.starts_with("dose-limiting") || word == "dose";
        let first = at == 0
            || self
                .parts
                .iter()
                .take(at)
                .all(|part| matches!(part.what, What::Other | What::And | What::Then));
        let clause = self.parts.get(at..).unwrap_or_default().iter().take(24);
        let clause: Vec<&Part> = clause.take_while(|part| part.what != What::Comma).collect();
        let denied = clause.iter().skip(1).any(|part| matches!(part.what, What::Doubt | What::Lacking));
        let passing = clause
            .iter()
            .any(|part| part.what == What::Passing && (denied || !toxic(self.tokens.text(part.first))));
        first && self.out.entries.is_empty() && passing
    }
}
