//! Where windows stand and how they are written.

use crate::protocol::Section;
use crate::reading::criteria::limits::Item;
use crate::reading::criteria::limits::amounts::{self, Amount, Comparison, Op, UnitAt};
use crate::reading::criteria::limits::scope::{self, Under};
use crate::reading::criteria::vocabulary::{Class, Unit};

/// How a window is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// "within 4 weeks", "in the past 6 months": back from entry.
    Within,
    /// "4 weeks before", "≤ 5 years prior".
    Before,
    /// "4 weeks since", "2 weeks after the last": on from the event.
    Since,
    /// "washout of at least 4 weeks".
    Washout,
}

/// A window found in an item.
pub struct Window<'a> {
    /// How it is written.
    pub form: Form,
    /// The comparator the text states.
    pub op: Option<Op>,
    /// How long.
    pub amount: Amount,
    /// The unit of that.
    pub unit: &'a Unit,
    /// First atom of it, its preposition included.
    pub start: usize,
    /// First atom after the anchor's first words.
    pub end: usize,
    /// "past", "last", "preceding": it looks back by a word of its own.
    pub past: bool,
    /// Counted from one event to another.
    pub between: bool,
    /// "for …": how long something lasts.
    pub lasting: bool,
    /// "4 weeks have elapsed": so much at least, without a comparator.
    pub elapsed: bool,
    /// "> 2 days and < 4 weeks before": the other end of it.
    pub lower: Option<(Op, Amount)>,
}

/// The longest window anybody asks for, in days.
const LONGEST: f64 = 40_000.0;

/// The window whose number (or "past year") stands at `at`. `inside`: the comparison that reaches there. `listed`: the
/// item stands in a list of washout periods.
pub(in crate::reading::criteria::limits) fn window<'a>(
    item: &'a Item<'_>,
    at: usize,
    inside: Option<&Comparison>,
    listed: bool,
) -> Option<Window<'a>> {
    let atoms = item.atoms;
    let (op, amount) = match inside {
        Some(comparison) if comparison.start != at => return None,
        Some(comparison) if comparison.range && !comparison.stated => (None, comparison.parts.last()?.1),
        Some(comparison) => comparison.parts.last().map(|(op, amount)| (Some(*op), *amount))?,
        None => {
            let amount = unnumbered(item, at).or_else(|| amounts::amount(atoms, at))?;
            (of_half_lives(item, at), amount)
        }
    };
    if op == Some(Op::Eq) {
        return None;
    }
    let range = inside.filter(|c| c.range);
    // "within 12 to 24 hours": "within" is a word of the range.
    let at = range
        .and_then(|c| c.parts.first())
        .filter(|_| atoms.is(at, Class::TrulyWithin))
        .map_or(at, |(_, a)| a.start);
    let lower = range.filter(|c| c.stated).and_then(|c| c.parts.first()).copied();
    let (amount, inner_past) = past_inside(item, amount);
    let unit = amount.time(atoms, item.vocabulary)?;
    if amount.value <= 0.0 || amount.value * unit.factor > LONGEST {
        return None;
    }
    // "within a minimum of 30 days" is within them.
    let minimum = matches!(atoms.text(at), "a" | "at" | "minimum") && !item.scope.is(at, Under::Exception);
    let within = at > item.range.start && atoms.is(at - 1, Class::TrulyWithin);
    let op = op.filter(|op| !(op.is_lower() && minimum && within));
    let stated_end = inside.map_or(0, |c| c.end);
    let end = past_alternative(item, amount.end.max(stated_end));
    let left = preposition(item, at);
    let after = follows(item, end);
    let written = Written { item, at, op, unit, end, left, after, past: left.past || inner_past, listed };
    let form = written.form()?;
    // A range looks back only where its words say from where: "within 12 to 24 hours", "… and < 4 weeks before".
    let looks_back = form == Form::Within && (left.truly || left.past)
        || form == Form::Before && range.is_none_or(|c| c.stated);
    if range.is_some() && !looks_back {
        return None;
    }
    Some(Window {
        form,
        past: left.past || inner_past,
        op,
        lower,
        elapsed: written.is_elapsed(),
        amount,
        unit,
        start: left.start,
        end: after.map_or(end, |(_, after_end)| after_end),
        between: form == Form::Since
            && (atoms.is(end, Class::After) || atoms.text(end) == "from")
            && has_own_event(item, left.start),
        lasting: at > item.range.start && atoms.text(at - 1) == "for",
    })
}

/// What was seen around a length of time.
struct Written<'a> {
    item: &'a Item<'a>,
    at: usize,
    op: Option<Op>,
    unit: &'a Unit,
    end: usize,
    left: Left,
    after: Option<(Form, usize)>,
    past: bool,
    listed: bool,
}

impl Written<'_> {
    fn form(&self) -> Option<Form> {
        let before = self.after.is_some_and(|(form, _)| form == Form::Before);
        let lower = self.op.is_some_and(Op::is_lower);
        // "for 3 weeks", "in 6 months": only with "past" or "before" they look back.
        if self.left.within && (self.past || before || self.left.truly) || self.past {
            return Some(Form::Within);
        }
        if before {
            return Some(Form::Before);
        }
        // "during the 4 weeks, or antihistamines during the 7 days, before entry".
        if self.left.within && self.op.is_none() && shared_in(self.item, self.at, self.end) {
            return Some(Form::Within);
        }
        // "≤ 14 days of registration".
        if self.op.is_some_and(|op| !op.is_lower()) && self.is_of_entry() {
            return Some(Form::Within);
        }
        // "major surgery < 4 weeks", "no radiotherapy ≤ 14 days".
        if self.op.is_some_and(|op| !op.is_lower()) && self.after.is_none() && self.is_bare_event() {
            return Some(Form::Within);
        }
        // "Diagnosis of asthma > 3 months (by history)".
        if lower && self.after.is_none() && self.is_of_a_diagnosis() {
            return Some(Form::Before);
        }
        if self.after.is_some() && self.counts_on() || self.is_between_event_and_entry() {
            return Some(Form::Since);
        }
        // "steroids in less than 3 months" under exclusion.
        let excluded = self.item.section == Some(Section::Exclusion);
        if excluded
            && self.op == Some(Op::Lt)
            && self.after.is_none()
            && self.item.atoms.text(self.at) == "in"
        {
            return Some(Form::Within);
        }
        // "stopped smoking since less than 12 months".
        if self.op == Some(Op::Lt) && self.item.atoms.text(self.at) == "since" {
            return Some(Form::Since);
        }
        let lasting = self.item.atoms.text(self.at.wrapping_sub(1)) == "for";
        // "no evidence of disease for > 5 years" in an exception; "no treatment for at least 2 weeks".
        let excepted = self.item.excepted || self.item.scope.is(self.at, Under::Exception);
        let free = excepted && self.unit.factor > 20.0 && !self.is_between_two()
            || lasting && self.item.scope.is(self.at, Under::LongNegation);
        // "… with no evidence of that disease for five years".
        let clean =
            excepted && lasting && self.op.is_none() && self.unit.factor > 300.0 && self.is_free_of_disease();
        let denied = lasting && self.op.is_none() && self.item.scope.is(self.at, Under::Negation);
        if (free && lower || clean || denied) && self.after.is_none() {
            return Some(Form::Since);
        }
        let washout = self.is_washout() || self.listed && lower;
        washout.then_some(Form::Washout)
    }

    /// Whether a time before "since" or "after" is counted on from an event: "4 weeks since" is, "up to 4 weeks
    /// after" is not, "4 weeks after" only as a least time.
    fn counts_on(&self) -> bool {
        let atoms = self.item.atoms;
        let after = atoms.is(self.end, Class::After);
        match self.op {
            // "less than 28 days after surgery" shuts out whoever had it since.
            Some(Op::Lt) if self.item.section == Some(Section::Exclusion) => true,
            // "less than 24 hours after injury": how recent it must be.
            Some(op) if !op.is_lower() && self.is_behind_an_event() => true,
            Some(op) => op.is_lower() || !after,
            None => {
                !after && atoms.text(self.end) != "from"
                    || self.listed
                    || self.item.scope.is(self.end, Under::Exception)
            }
        }
    }

    /// "unless the interval between the last dose and the recurrence is ≥ 12 months".
    fn is_between_two(&self) -> bool {
        let first = self.item.scope.sentence(self.at, &self.item.range).start.max(self.at.saturating_sub(24));
        (first..self.at).any(|at| self.item.atoms.text(at) == "between")
    }

    /// An event right before the time, and nothing behind it: under exclusion one that happens on a day, under inclusion
    /// one that is denied.
    fn is_bare_event(&self) -> bool {
        let atoms = self.item.atoms;
        let Some(before) = self.at.checked_sub(1).filter(|at| *at >= self.item.range.start) else {
            return false;
        };
        let ends = self.end >= self.item.range.end
            || scope::is_stop(atoms, self.end)
            || atoms.is_any(self.end, &[Class::Or, Class::And, Class::Comma, Class::Semicolon, Class::Close]);
        let event = if self.item.section == Some(Section::Exclusion) {
            super::listed::is_event(atoms.text(before)) || is_cancer(atoms.text(before))
        } else {
            atoms.is(before, Class::Exposure) && self.item.scope.is(self.at, Under::Negation)
        };
        ends && event
    }

    /// "… post-assault", "… after the injury".
    fn is_behind_an_event(&self) -> bool {
        let Some((Form::Since, after)) = self.after else { return false };
        let at = after + usize::from(self.item.atoms.text(after) == "the");
        self.item.section != Some(Section::Exclusion) && super::listed::is_event(self.item.atoms.text(at))
    }

    /// Whether a diagnosis is named right before the time, and the clause ends with it.
    fn is_of_a_diagnosis(&self) -> bool {
        let atoms = self.item.atoms;
        let first = self.at.saturating_sub(6).max(self.item.range.start);
        let ends = self.end >= self.item.range.end
            || scope::is_stop(atoms, self.end)
            || atoms.is_any(self.end, &[Class::Open, Class::Close, Class::Comma, Class::Semicolon]);
        ends && (first..self.at).any(|at| atoms.is(at, Class::Diagnosis))
    }

    /// "… of registration".
    fn is_of_entry(&self) -> bool {
        let atoms = self.item.atoms;
        atoms.text(self.end) == "of" && (self.end + 1..self.end + 4).any(|at| is_own_entry(atoms.text(at)))
    }

    /// "4 weeks has elapsed", or any time in a list of washout periods.
    fn is_elapsed(&self) -> bool {
        let words = self.end..self.after.map_or(self.end, |(_, end)| end);
        let lasting = self.item.atoms.text(self.at.wrapping_sub(1)) == "for" && self.after.is_none();
        self.listed
            || lasting
            || words.into_iter().any(|at| matches!(self.item.atoms.text(at), "elapsed" | "elapse" | "passed"))
    }

    /// "no more than 12 weeks between surgery and randomisation".
    fn is_between_event_and_entry(&self) -> bool {
        let atoms = self.item.atoms;
        let until = (self.end + 14).min(self.item.range.end);
        let and = (self.end..until).find(|at| atoms.text(*at) == "and");
        self.op.is_some()
            && atoms.text(self.end) == "between"
            && and.is_some_and(|and| (and + 1..and + 4).any(|at| is_own_entry(atoms.text(at))))
    }

    /// "The interval between the last treatment and enrolment must be at least 4 weeks".
    fn is_between_and_entry(&self) -> bool {
        let atoms = self.item.atoms;
        let first = self.item.scope.sentence(self.at, &self.item.range).start.max(self.at.saturating_sub(16));
        let interval = |at: usize| {
            matches!(atoms.text(at), "interval" | "time" | "period") && atoms.text(at + 1) == "between"
        };
        let from = (first..self.at).find(|at| interval(*at));
        from.is_some_and(|from| (from..self.at).any(|at| is_own_entry(atoms.text(at))))
    }

    /// "no evidence of disease", "disease-free", "in remission" before the time.
    fn is_free_of_disease(&self) -> bool {
        let first = self.at.saturating_sub(9).max(self.item.range.start);
        (first..self.at).any(|at| {
            matches!(
                self.item.atoms.text(at),
                "evidence" | "free" | "remission" | "disease-free" | "recurrence" | "cancer-free"
            )
        })
    }

    fn is_washout(&self) -> bool {
        // "an interval of 6 months between treatment and relapse".
        let until = (self.end + 14).min(self.item.range.end);
        let another = |at: usize| {
            self.item.atoms.is(at, Class::OwnEvent)
                || matches!(self.item.atoms.text(at), "diagnosis" | "relapse" | "progression")
        };
        if self.item.atoms.text(self.end) == "between" && (self.end..until).any(another) {
            return false;
        }
        let first = self.at.saturating_sub(6).max(self.item.range.start);
        let after = self.end..(self.end + 3).min(self.item.range.end);
        // A "platinum-free interval" is counted between treatment and relapse.
        // A cancer's disease-free interval is counted to entry.
        let cancer = self.item.section == Some(Section::Exclusion)
            && (self.at.saturating_sub(20).max(self.item.range.start)..self.at)
                .any(|at| is_cancer(self.item.atoms.text(at)));
        let free = |at: usize| {
            if cancer {
                return false;
            }
            let before: Vec<&str> =
                (1..=3).filter_map(|back| at.checked_sub(back)).map(|b| self.item.atoms.text(b)).collect();
            let treated = before.iter().any(|word| matches!(*word, "treatment" | "chemotherapy" | "therapy"));
            before.iter().any(|word| word.ends_with("free")) && !treated
        };
        if self.is_between_and_entry() {
            return true;
        }
        (first..self.at).chain(after).any(|at| self.item.atoms.is(at, Class::Washout) && !free(at))
    }
}

/// "malignancy < 5 years".
fn is_cancer(word: &str) -> bool {
    matches!(word, "malignancy" | "malignancies" | "cancer" | "cancers")
}

/// Words that are the trial's beginning and nothing else's.
const OWN_ENTRY: &[&str] = &[
    "randomization",
    "randomisation",
    "enrollment",
    "enrolment",
    "registration",
    "screening",
    "inclusion",
    "study",
    "trial",
    "entry",
    "baseline",
];

/// Whether a word says from where windows are counted.
pub(super) fn is_own_entry(word: &str) -> bool {
    OWN_ENTRY.contains(&word)
}

/// The words before a length of time.
#[derive(Clone, Copy)]
struct Left {
    start: usize,
    within: bool,
    /// By a preposition that looks back by itself.
    truly: bool,
    past: bool,
}

/// "within the last", "in the past", "within 5 half-lives or".
fn preposition(item: &Item<'_>, at: usize) -> Left {
    let atoms = item.atoms;
    let mut left = at;
    let mut past = false;
    for _ in 0..6 {
        let Some(before) = left.checked_sub(1).filter(|b| *b >= item.range.start) else { break };
        for start in [before.saturating_sub(1), before] {
            let len = atoms.takes(start, Class::Within);
            if len > 0 && start + len == left && start >= item.range.start {
                let truly = atoms.takes(start, Class::TrulyWithin) == len;
                return Left { start, within: true, truly, past };
            }
        }
        if atoms.is(before, Class::Past) {
            past = true;
        } else if atoms.is(before, Class::Or) && ends_half_lives(item, before) {
            left = before.saturating_sub(3).max(item.range.start);
            continue;
        } else if !atoms.is(before, Class::WindowFiller) {
            break;
        }
        left = before;
    }
    Left { start: if past { left } else { at }, within: false, truly: false, past }
}

/// Whether "half-lives" ends right before `at`.
fn ends_half_lives(item: &Item<'_>, at: usize) -> bool {
    (1..=3).any(|back| {
        at.checked_sub(back).is_some_and(|start| item.atoms.takes(start, Class::HalfLives) == back)
    })
}

/// "at least 3 half-lives or 30 days": the comparator before the half-lives is of the days too.
fn of_half_lives(item: &Item<'_>, at: usize) -> Option<Op> {
    let or = at.checked_sub(1).filter(|or| item.atoms.is(*or, Class::Or) && ends_half_lives(item, *or))?;
    let next = item.comparisons.partition_point(|c| c.start < or);
    let comparison = item.comparisons.get(next.checked_sub(1)?)?;
    let (op, _) = comparison.parts.first().filter(|_| !comparison.range && comparison.end + 4 >= or)?;
    Some(*op)
}

/// "in the past year": once the unit.
fn unnumbered(item: &Item<'_>, at: usize) -> Option<Amount> {
    let atoms = item.atoms;
    // "in the past half year", "within half a year".
    if atoms.text(at) == "half" {
        let unit = at + 1 + usize::from(atoms.text(at + 1) == "a");
        let before = |back: usize| at.checked_sub(back);
        let past = before(1).is_some_and(|i| atoms.is(i, Class::Past) || atoms.is(i, Class::TrulyWithin));
        return (past && atoms.text(unit) == "year").then_some(Amount {
            value: 0.5,
            unit: UnitAt::Words { at: unit, len: 1 },
            start: at,
            end: unit + 1,
            dotted: false,
            decimals: 0,
        });
    }
    if !matches!(atoms.text(at), "year" | "month" | "week") {
        return None;
    }
    let past = at.checked_sub(1).is_some_and(|before| atoms.is(before, Class::Past));
    let within = at.checked_sub(2).is_some_and(|first| {
        atoms.is(first, Class::Within)
            || atoms.text(first) == "the" && first > 0 && atoms.is(first - 1, Class::Within)
    });
    // "in the month before screening".
    let the =
        at.checked_sub(2).is_some_and(|first| atoms.is(first, Class::Within) && atoms.text(at - 1) == "the");
    let before = the && matches!(atoms.text(at + 1), "before" | "prior" | "preceding");
    // "within a month prior to entry".
    let article = at
        .checked_sub(2)
        .is_some_and(|first| atoms.is(first, Class::TrulyWithin) && matches!(atoms.text(at - 1), "a" | "an"));
    let len = atoms.takes(at, Class::Unit);
    ((past && within || before || article) && len == 1).then_some(Amount {
        value: 1.0,
        unit: UnitAt::Words { at, len },
        start: at,
        end: at + len,
        dotted: false,
        decimals: 0,
    })
}

/// "the 3 preceding months": the word stands between number and unit.
fn past_inside(item: &Item<'_>, amount: Amount) -> (Amount, bool) {
    let past = item.atoms.takes(amount.end, Class::Past);
    let len = item.atoms.takes(amount.end + past, Class::Unit);
    if amount.has_unit() || past == 0 || len == 0 {
        return (amount, false);
    }
    let at = amount.end + past;
    (Amount { unit: UnitAt::Words { at, len }, end: at + len, ..amount }, true)
}

/// The first atom after "or 5 half-lives, whichever is shorter," or "(3 months)".
pub(super) fn past_alternative(item: &Item<'_>, end: usize) -> usize {
    let atoms = item.atoms;
    let open = usize::from(atoms.is(end, Class::Open));
    // "5 half-lives or 30 days, whichever is shorter,".
    let chosen = (end..end + 2).any(|at| atoms.is(at, Class::Whichever));
    if !(chosen || atoms.is(end + open, Class::Or) || atoms.is(end + open, Class::And)) {
        return past_brackets(item, end);
    }
    let until = (end + 8).min(item.range.end);
    let life = (end..until).find(|at| atoms.is(*at, Class::HalfLives));
    if life.is_none() && !chosen {
        return past_brackets(item, end);
    }
    let mut at = life.filter(|_| !chosen).map_or(end, |life| life + atoms.takes(life, Class::HalfLives));
    let opens = usize::from(atoms.is(at, Class::Comma) || atoms.is(at, Class::Open));
    if atoms.is(at + opens, Class::Whichever) {
        at += opens;
        while at < item.range.end && !ends_choice(item, at) {
            at += 1;
        }
    }
    while at < item.range.end && (atoms.is(at, Class::Close) || atoms.is(at, Class::Comma)) {
        at += 1;
    }
    at
}

/// Where "whichever is shorter" ends.
fn ends_choice(item: &Item<'_>, at: usize) -> bool {
    scope::is_stop(item.atoms, at)
        || [Class::Before, Class::Since, Class::After, Class::Close, Class::Comma]
            .iter()
            .any(|class| item.atoms.is(at, *class))
}

/// "90 days (3 months) prior", "4 weeks (or 2 weeks for palliative radiation) have elapsed": the length again, or another
/// one, in brackets.
fn past_brackets(item: &Item<'_>, end: usize) -> usize {
    let atoms = item.atoms;
    if !atoms.is(end, Class::Open) {
        return end;
    }
    let at = end + 1 + atoms.takes(end + 1, Class::Or);
    let again = amounts::amount(atoms, at).filter(|amount| amount.time(atoms, item.vocabulary).is_some());
    let Some(amount) = again else { return end };
    let until = (amount.end + OTHER).min(item.range.end);
    match (amount.end..until).find(|at| atoms.is(*at, Class::Close)) {
        Some(close) if close == amount.end || starts_anchor(item, close + 1) => close + 1,
        _ => end,
    }
}

/// How many atoms another agent's time in brackets takes.
const OTHER: usize = 14;

fn starts_anchor(item: &Item<'_>, at: usize) -> bool {
    item.atoms.is_any(at, &[Class::Before, Class::Since, Class::After])
}

/// What stands after the length of time: its form, and the end of those words.
fn follows(item: &Item<'_>, end: usize) -> Option<(Form, usize)> {
    let atoms = item.atoms;
    // "in the 4-week period prior to entry".
    let span = usize::from(matches!(atoms.text(end), "period" | "window" | "interval" | "timeframe"));
    let end = end + span * usize::from(atoms.is_any(end + 1, &[Class::Before, Class::Since, Class::After]));
    let at = end + usize::from(atoms.is(end, Class::Comma) && atoms.is(end + 1, Class::Before));
    let before = atoms.takes(at, Class::Before);
    if before > 0 {
        return Some((Form::Before, at + before));
    }
    let since = atoms.takes(at, Class::Since).max(atoms.takes(at, Class::After));
    if since > 0 {
        return Some((Form::Since, at + since));
    }
    shared_before(item, end).then_some((Form::Before, end))
}

/// How many times in a row may share the words behind the last.
const SHARED: usize = 5;

/// "embolism ≤ 28 days or infarction ≤ 6 months before entry": the last says what both are counted from.
fn shared_before(item: &Item<'_>, end: usize) -> bool {
    let atoms = item.atoms;
    let sentence = item.scope.sentence(end, &item.range);
    let next = item.comparisons.partition_point(|c| c.start < end);
    let mut from = end;
    let mut lower = next.checked_sub(1).and_then(|last| item.comparisons.get(last)).and_then(direction);
    for comparison in item.comparisons.iter().skip(next).take(SHARED) {
        let Some((op, amount)) = comparison.parts.first() else { return false };
        let joined = atoms.is_any(from, &[Class::Or, Class::Comma, Class::And]);
        let near = amount.start < (from + 14).min(sentence.end);
        let named = (from..amount.start).any(|at| atoms.is(at, Class::Variable));
        let time = amount.time(atoms, item.vocabulary).is_some();
        // What is counted back may only share with the like.
        let alike = *lower.get_or_insert(op.is_lower()) == op.is_lower();
        if !(joined && near && !named && time && alike) {
            return false;
        }
        if atoms.takes(amount.end, Class::Before) > 0 {
            return true;
        }
        from = amount.end;
    }
    false
}

/// "in the 4 weeks, antihistamines in the 7 days before entry": the last says what both are counted from.
fn shared_in(item: &Item<'_>, at: usize, end: usize) -> bool {
    let atoms = item.atoms;
    let the = at.checked_sub(1).is_some_and(|before| atoms.text(before) == "the");
    if !the || !atoms.is_any(end, &[Class::Comma, Class::Or, Class::And]) {
        return false;
    }
    let until = item.scope.sentence(end, &item.range).end.min(end + 14);
    let preposition = (end..until).find(|i| atoms.is(*i, Class::Within) && atoms.text(i + 1) == "the");
    let next = preposition.and_then(|i| amounts::amount(atoms, i + 2));
    next.is_some_and(|amount| {
        let comma = usize::from(atoms.is(amount.end, Class::Comma));
        amount.time(atoms, item.vocabulary).is_some() && atoms.takes(amount.end + comma, Class::Before) > 0
    })
}

/// Whether a comparison bounds from below.
fn direction(comparison: &Comparison) -> Option<bool> {
    comparison.parts.first().map(|(op, _)| op.is_lower())
}

/// Whether an event stands right before a window ("relapse > 6 months after …").
pub(super) fn has_own_event(item: &Item<'_>, start: usize) -> bool {
    let first = start.saturating_sub(8).max(item.range.start);
    // "metastases that are stable for 4 weeks after treatment": what is stable is no event.
    let stable = (first..start).rev().take(4).any(|at| item.atoms.text(at).starts_with("stab"));
    !stable && (first..start).any(|at| item.atoms.is(at, Class::OwnEvent))
}
