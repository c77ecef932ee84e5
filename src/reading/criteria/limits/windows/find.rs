//! Where windows stand and how they are written.

use super::written::Written;
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
    /// "permitted up to 2 weeks before": what may go on until then must have ended by then.
    pub let_in_until: bool,
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
    if op == Some(Op::Eq) || is_numbered(item, at) {
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
    let let_in =
        item.excepted || [Under::LetIn, Under::BracketedException].iter().any(|u| item.scope.is(at, *u));
    let minimum = matches!(atoms.text(at), "a" | "at" | "minimum" | "of") && !let_in;
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
        let_in_until: form == Form::Before && is_let_in_until(item, at),
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

/// "before Cycle 1 Day 1", "Week 4 Day 2": the number is its cycle's, no length of time.
fn is_numbered(item: &Item<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|before| *before >= item.range.start);
    let counted = before.map(|before| item.atoms.text(before)).unwrap_or_default();
    let next = item.atoms.text(at + 1);
    matches!(counted, "cycle" | "course" | "week" | "visit" | "period" | "part" | "phase" | "c")
        && matches!(next, "day" | "week" | "d")
        && item.atoms.digits(at).is_some()
}

/// "is permitted up to 2 weeks before", "may be given until 3 days before".
fn is_let_in_until(item: &Item<'_>, at: usize) -> bool {
    let atoms = item.atoms;
    let first = at.saturating_sub(5).max(item.range.start);
    let until = atoms.text(at) == "up" || at > first && matches!(atoms.text(at - 1), "until" | "till");
    let stem = |at: usize, stem: &str| atoms.text(at).starts_with(stem);
    let let_in = |at: usize| ["allow", "permit", "accept"].iter().any(|word| stem(at, word));
    let may = |at: usize| {
        matches!(atoms.text(at), "may" | "can")
            && (at + 1..at + 4)
                .any(|next| ["continu", "given", "used", "receiv"].iter().any(|word| stem(next, word)))
    };
    until && (first..at).any(|at| let_in(at) && (at == 0 || atoms.text(at - 1) != "not") || may(at))
}

/// The words before a length of time.
#[derive(Clone, Copy)]
pub(super) struct Left {
    pub start: usize,
    pub within: bool,
    /// By a preposition that looks back by itself.
    pub truly: bool,
    pub past: bool,
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
pub(super) fn shared_in(item: &Item<'_>, at: usize, end: usize) -> bool {
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
