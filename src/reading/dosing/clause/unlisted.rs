//! Names that no table has and no dose stands beside: what is told to be given, and how or how often.
//!
//! Before a sentence is read, its unknown words that stand where only a treatment can stand are made names.

use super::Aliases;
use crate::reading::dosing::part::{Bound, Part, What};
use crate::reading::dosing::vocabulary::NameKind;
use crate::reading::dosing::word_classes::{Source, WordClass};
use crate::reading::lexer::Tokens;

/// How many parts of a list, or slots ahead of a name, are looked through.
const LONGEST: usize = 8;

/// The sentence with the treatments that its grammar tells made names; `None` where there are none. `labelled`: another
/// name is known for what the sentence is about.
pub(super) fn named(
    parts: &[Part],
    source: Source<'_>,
    aliases: &Aliases,
    labelled: bool,
) -> Option<Vec<Part>> {
    let mut told: Option<Vec<Part>> = None;
    let mut depth = 0_usize;
    for (at, part) in parts.iter().enumerate() {
        match part.what {
            What::Open => depth += 1,
            What::Close => depth = depth.saturating_sub(1),
            What::Unknown if depth == 0 => {
                let sentence = Sentence::new(told.as_deref().unwrap_or(parts), source, labelled);
                if !aliases.contains_key(source.tokens.slice(part.first..part.end)) && sentence.is_given(at) {
                    let parts = told.get_or_insert_with(|| parts.to_vec());
                    if let Some(name) = parts.get_mut(at) {
                        name.what = What::Name(NameKind::Agent, name.end);
                    }
                }
            }
            _ => {}
        }
    }
    told
}

/// Whether a line is nothing but one unknown word or two, with or without a colon.
pub(in crate::reading::dosing) fn is_heading(parts: &[Part]) -> bool {
    let Some(Part { what: What::Bound(bound), .. }) = parts.last() else { return false };
    let line = *bound >= Bound::Line;
    line && matches!(
        parts,
        [Part { what: What::Unknown, .. }, _]
            | [Part { what: What::Unknown, .. }, Part { what: What::Colon, .. }, _]
    )
}

/// Whether a short name stands where a treatment is given.
pub(super) fn is_given(parts: &[Part], source: Source<'_>, at: usize) -> bool {
    Sentence::new(parts, source, true).is_given(at)
}

struct Sentence<'t> {
    parts: &'t [Part],
    source: Source<'t>,
    tokens: &'t Tokens,
    labelled: bool,
}

impl<'t> Sentence<'t> {
    fn new(parts: &'t [Part], source: Source<'t>, labelled: bool) -> Self {
        Self { parts, source, tokens: source.tokens, labelled }
    }

    /// Whether one of a part's words is known for this.
    fn says(&self, part: &Part, class: WordClass) -> bool {
        self.source.classes.among(part.first..part.end, class)
    }

    /// "will receive zorafen orally twice daily", "zorafen is given weekly", "zorafen and brexol IV every 4 weeks": a verb
    /// before or behind a name or a list of names, and a way or a time beside it.
    fn is_given(&self, at: usize) -> bool {
        if !self.may_be_given(at) {
            return false;
        }
        let (first, last) = self.list_around(at);
        let told = self.is_slot(last + 1) && self.beside(last, last + 1);
        self.is_given_before(first, last, told)
            || self.is_given_behind(first, last)
            || self.is_given_in_a_way(first, last, told)
            || told && self.is_given_too(first)
            || self.is_dosed_in_a_way(at)
            || !self.labelled && (self.heads(first, last) || self.is_alone())
    }

    /// "Zorafen", "Zorafen:" on a line of its own: what follows may be said of it.
    fn is_alone(&self) -> bool {
        is_heading(self.parts)
    }

    /// "subcutaneous injection of 1 ml zorafen once weekly": the dose between the way and the name.
    fn is_dosed_in_a_way(&self, at: usize) -> bool {
        let Some(dose) = at.checked_sub(1) else { return false };
        let way = dose.checked_sub(2).and_then(|at| self.what(at));
        matches!(self.what(dose), Some(What::Amount(_)))
            && self.what(dose - usize::from(dose > 0)) == Some(&What::Of)
            && matches!(way, Some(What::Route(_)))
            && self.parts.get(dose).zip(self.parts.get(at)).is_some_and(|(dose, name)| dose.end == name.first)
    }

    /// "receive zorafen daily", "take a weekly oral dose of zorafen".
    fn is_given_before(&self, first: usize, last: usize, told: bool) -> bool {
        let mut slots = 0;
        let mut before = first;
        while let Some(at) = before.checked_sub(1) {
            match self.what(at) {
                Some(What::Give) => {
                    // "use the Zorawatch daily": a device; "use zorafen drops daily", "Use zorafen daily".
                    let used = self.parts.get(at).is_some_and(|verb| {
                        let before = verb.first.checked_sub(1).map_or(".", |token| self.tokens.text(token));
                        self.tokens.text(verb.first).starts_with("us") && !matches!(before, "." | "\n" | ":")
                    });
                    let medicine = !used
                        || self.has_form(last)
                        || !matches!(self.what(last + 1), Some(What::Frequency(_)));
                    return self.is_giving(at) && medicine && (told || slots > 0 && self.ends(last + 1));
                }
                Some(What::Route(_)) if slots < LONGEST && self.is_way(at, before) => slots += 1,
                Some(What::Frequency(_) | What::Doses(_)) if slots < LONGEST => slots += 1,
                Some(What::Of) => {}
                // "high-dose zorafen".
                Some(What::Other) if self.is_rank(at) => {}
                // "intravenous (IV) zorafen".
                Some(What::Close) if at > 2 && self.is_way_again(at) => {
                    before = at - 2;
                    continue;
                }
                _ => return false,
            }
            before = at;
        }
        false
    }

    /// "zorafen is given weekly", "zorafen and brexol will be taken orally".
    fn is_given_behind(&self, first: usize, last: usize) -> bool {
        let begins = first.checked_sub(1).is_none_or(|before| {
            matches!(self.what(before), Some(What::Comma | What::Colon | What::Semicolon | What::Or))
        });
        // "zorafen will be started at 10 mg".
        let dosed =
            self.what(last + 1) == Some(&What::Give) && matches!(self.what(last + 2), Some(What::Amount(_)));
        let scheduled = self.is_giving(last + 1) && self.is_slot(last + 2) && self.beside(last + 1, last + 2);
        begins && self.beside(last, last + 1) && (dosed || scheduled)
    }

    /// "oral zorafen plus oral brexol", "intravenous infusion of zorafen", "two doses of zorafen".
    fn is_given_in_a_way(&self, first: usize, last: usize, told: bool) -> bool {
        let Some(before) = first.checked_sub(1) else { return false };
        // "oral zorafen 24% 2 ml".
        let dosed =
            self.what(last + 1) == Some(&What::Stray) && matches!(self.what(last + 2), Some(What::Amount(_)));
        let whole = told || dosed || !self.labelled && self.ends(last + 1);
        let again = before > 2 && self.what(before) == Some(&What::Close) && self.is_way_again(before);
        let (before, first) = if again { (before - 3, before - 2) } else { (before, first) };
        match self.what(before) {
            Some(What::Route(_)) => {
                let given = before.checked_sub(1).and_then(|at| self.what(at)).is_none_or(|what| {
                    !matches!(what, What::Other | What::Unknown | What::Name(..) | What::Of | What::Observe)
                });
                self.is_way(before, first) && whole && given
            }
            Some(What::Of) => {
                let noun = self.word_before(before);
                match before.checked_sub(1).and_then(|at| self.what(at)) {
                    Some(What::Doses(_)) => true,
                    Some(What::Route(_)) => whole,
                    // "weekly injections of zorafen".
                    Some(What::Frequency(_))
                        if matches!(noun, "injection" | "injections" | "infusions" | "doses") =>
                    {
                        true
                    }
                    _ => {
                        told && matches!(
                            noun,
                            "dose" | "doses" | "injection" | "injections" | "infusion" | "infusions"
                        )
                    }
                }
            }
            _ => false,
        }
    }

    /// "A on days 1 and 29 and zorafen on days 1-4": joined to one that has its own time or way.
    fn is_given_too(&self, first: usize) -> bool {
        let mut before = first;
        while let Some(at) = before.checked_sub(1).filter(|at| self.what(*at) == Some(&What::Other)) {
            if !self.is_rank(at) {
                return false;
            }
            before = at;
        }
        let Some(joint) = before.checked_sub(1) else { return false };
        let joined = matches!(self.what(joint), Some(What::And | What::Then)) && self.beside(joint, first);
        let comma = usize::from(joint > 0 && self.what(joint - 1) == Some(&What::Comma));
        let slot = joint.checked_sub(1 + comma).is_some_and(|at| self.is_slot(at));
        let named =
            self.parts.iter().take(joint).any(|part| matches!(part.what, What::Name(NameKind::Agent, _)));
        joined && slot && named
    }

    /// "Zorafen orally twice daily", "zorafen tablets, once daily": the sentence or its colon begins with it.
    fn heads(&self, first: usize, last: usize) -> bool {
        let begins = first.checked_sub(1).is_none_or(|before| {
            matches!(self.what(before), Some(What::Colon | What::Semicolon | What::Phase(_)))
        });
        let comma = self.what(last + 1) == Some(&What::Comma);
        let slot = last + 1 + usize::from(comma);
        let strong = match self.what(slot) {
            // "Aerosol inhalation of zorafen": a way, and its name still to come.
            Some(What::Route(_)) => {
                let way = self.parts.get(slot).is_some_and(|way| self.says(way, WordClass::Ways));
                let noun = matches!(self.what(slot + 1), Some(What::Other | What::Unknown))
                    && self.beside(slot, slot + 1);
                way && !noun && self.what(slot + 1) != Some(&What::Of)
            }
            // "Zorafit three times a week": more likely something that people do.
            Some(What::Frequency(often)) => !comma && often.per_week.is_none() || self.has_form(last),
            Some(What::Days(_) | What::DaysOf(..) | What::OnOff(..)) => !comma,
            _ => false,
        };
        begins && strong && (last..slot).all(|part| self.beside(part, part + 1))
    }

    /// "zorafen tablets": a form stands behind the name.
    fn has_form(&self, at: usize) -> bool {
        let (Some(part), Some(next)) = (self.parts.get(at), self.parts.get(at + 1)) else { return false };
        next.first > part.end
    }

    /// The first and the last part of the list of names that the one at `at` stands in.
    fn list_around(&self, at: usize) -> (usize, usize) {
        let (mut first, mut last) = (at, at);
        while at - first < LONGEST
            && let Some(next) = self.past_joint(first, false)
        {
            first = next;
        }
        while last - at < LONGEST
            && let Some(next) = self.past_joint(last, true)
        {
            last = next;
        }
        (first, last)
    }

    /// The name next to the one at `at`, where nothing but a joint is between.
    fn past_joint(&self, at: usize, forward: bool) -> Option<usize> {
        let step = |by: usize| if forward { Some(at + by) } else { at.checked_sub(by) };
        let joint = |at: Option<usize>| {
            matches!(at.and_then(|at| self.what(at)), Some(What::And | What::Comma | What::Slash | What::Or))
        };
        let named = |at: &usize| matches!(self.what(*at), Some(What::Name(..))) || self.may_be_given(*at);
        let next = (2..=3).take_while(|by| joint(step(by - 1))).filter_map(step).find(named)?;
        let (low, high) = if forward { (at, next) } else { (next, at) };
        (low..high).all(|part| self.beside(part, part + 1)).then_some(next)
    }

    /// One or two words that no table has, and that do not end as words for something else do.
    fn may_be_given(&self, at: usize) -> bool {
        let Some(part @ Part { what: What::Unknown, .. }) = self.parts.get(at) else { return false };
        part.end - part.first <= 2
            && self.is_long_enough(self.tokens.slice(part.first..part.end))
            && (part.first..part.end).all(|token| {
                let word = self.tokens.text(token);
                let general = match word.strip_suffix("'s") {
                    Some(owner) => self.source.vocabulary.is(owner, WordClass::NoTreatments),
                    None => self.source.classes.has(token, WordClass::NoTreatments),
                };
                !general && !self.source.vocabulary.ends_like_no_name(word)
            })
    }

    /// Five letters, or three with a number as sponsors name their products ("AB2").
    fn is_long_enough(&self, name: &str) -> bool {
        let numbered = name.ends_with(|c: char| c.is_ascii_digit()) && name.len() > 2;
        name.len() > 4 || numbered && !self.labelled
    }

    /// "oral zorafen", "intravenous infusion of zorafen": the way stands right before what is given.
    fn is_way(&self, at: usize, next: usize) -> bool {
        let (Some(part), Some(next)) = (self.parts.get(at), self.parts.get(next)) else { return false };
        let noun = matches!(next.what, What::Of) || next.first == part.end;
        noun && self.source.classes.has(part.first, WordClass::Ways)
    }

    /// "(IV)" behind the way that it stands for.
    fn is_way_again(&self, close: usize) -> bool {
        matches!(
            (self.what(close - 3), self.what(close - 2), self.what(close - 1)),
            (Some(What::Route(_)), Some(What::Open), Some(What::Route(_)))
        )
    }

    /// "high-dose", before a name.
    fn is_rank(&self, at: usize) -> bool {
        self.parts
            .get(at)
            .is_some_and(|part| part.end == part.first + 1 && self.tokens.text(part.first).ends_with("-dose"))
    }

    fn is_giving(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| part.what == What::Give && self.says(part, WordClass::Giving))
    }

    fn is_slot(&self, at: usize) -> bool {
        matches!(
            self.what(at),
            Some(
                What::Route(_)
                    | What::Frequency(_)
                    | What::Days(_)
                    | What::Lasting(_)
                    | What::OnOff(..)
                    | What::DaysOf(..)
                    | What::Cycle(..)
                    | What::Cycles(_)
            )
        )
    }

    /// The sentence ends, or goes on to the next treatment.
    fn ends(&self, at: usize) -> bool {
        matches!(self.what(at), None | Some(What::Bound(_) | What::And | What::Then))
    }

    /// No more than two words without a part of their own between the two.
    fn beside(&self, at: usize, next: usize) -> bool {
        match (self.parts.get(at), self.parts.get(next)) {
            (Some(part), Some(next)) => next.first <= part.end + 2,
            _ => false,
        }
    }

    /// The word right before a part.
    fn word_before(&self, at: usize) -> &str {
        let first = self.parts.get(at).map_or(0, |part| part.first);
        first.checked_sub(1).map_or("", |token| self.tokens.text(token))
    }

    fn what(&self, at: usize) -> Option<&What> {
        self.parts.get(at).map(|part| &part.what)
    }
}
