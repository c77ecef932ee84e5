//! Windows: how long since an exposure, a treatment or an event ("washout").
//!
//! A window is counted from entry. Windows of screening tests, durations of symptoms and of stable dosing, plans and
//! times counted from another event are none.

use std::ops::Range;

use crate::protocol::{LimitValue, Number, Section};
use crate::reading::criteria::vocabulary::{Class, Unit};

use super::Item;
use super::amounts::{self, Amount, Comparison, Op};
use super::draft::Draft;
use super::scope::{self, Under};

/// How a window is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
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
struct Window<'a> {
    form: Form,
    /// The comparator the text states.
    op: Option<Op>,
    amount: Amount,
    unit: &'a Unit,
    /// First atom of it, its preposition included.
    start: usize,
    /// First atom after the anchor's first words.
    end: usize,
}

/// Reads an item's windows. `listed`: the item stands in a list of washout periods.
pub(super) fn read(item: &Item<'_>, taken: &[usize], listed: bool) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut clause = item.range.start;
    let mut next = 0;
    let mut at = item.range.start;
    while at < item.range.end {
        while item.comparisons.get(next).is_some_and(|c| c.end <= at) {
            next += 1;
        }
        let inside = item.comparisons.get(next).filter(|c| c.start <= at);
        if inside.is_some() && taken.binary_search(&next).is_ok() {
            at = inside.map_or(at + 1, |c| c.end);
            continue;
        }
        if scope::is_stop(item.atoms, at) || item.atoms.is(at, Class::Semicolon) {
            clause = at + 1;
        }
        let Some(window) = window(item, at, inside, listed) else {
            at += 1;
            continue;
        };
        let end = window.end.max(at + 1);
        let from = clause.min(window.start);
        if let Some(draft) = judge(item, &window, from) {
            drafts.push(draft);
            drafts.extend(other_agents(item, &window, drafts.last()));
        }
        clause = past_anchor(item, end);
        at = end;
    }
    drafts
}

/// The window whose number stands at `at`.
fn window<'a>(
    item: &'a Item<'_>,
    at: usize,
    inside: Option<&Comparison>,
    listed: bool,
) -> Option<Window<'a>> {
    let atoms = item.atoms;
    if inside.is_some_and(|c| c.range) {
        return None;
    }
    let stated = inside.and_then(|c| c.parts.first()).filter(|(_, a)| a.start == at || a.end >= at);
    let (op, amount, start) = match (inside, stated) {
        (Some(comparison), Some((op, amount))) if comparison.start == at => {
            (Some(*op), *amount, comparison.start)
        }
        (Some(_), _) => return None,
        _ => (None, amounts::amount(atoms, at)?, at),
    };
    let unit = amount.time(atoms, item.vocabulary)?;
    let sane = amount.value > 0.0 && amount.value * unit.factor <= 40_000.0;
    let end = past_half_lives(item, amount.end.max(inside.map_or(0, |c| c.end)));
    let (left, within, past) = preposition(item, start);
    let after = follows(item, end);
    let form = match after {
        _ if !sane => return None,
        _ if within || past => Form::Within,
        Some((Form::Before, _)) => Form::Before,
        Some((Form::Since, _)) if op.is_some() || is_since_word(item, end) => Form::Since,
        // "no evidence of disease for > 5 years", in an exception.
        _ if item.scope.is(at, Under::Exception) && op.is_some_and(Op::is_lower) && unit.factor > 20.0 => {
            Form::Since
        }
        _ if is_washout_before(item, start) || listed && op.is_some_and(Op::is_lower) => Form::Washout,
        _ => return None,
    };
    // "for 3 weeks", "in 6 months": only the past counts.
    let anchored =
        after.is_some_and(|(form, _)| form == Form::Before) || past || is_true_within(item, left, start);
    if form == Form::Within && !anchored {
        return None;
    }
    let end = after.map_or(end, |(_, after_end)| after_end);
    Some(Window { form, op, amount, unit, start: left, end })
}

/// "within the last", "in the past", "during the": where it begins, whether there is a preposition, whether it says "past".
fn preposition(item: &Item<'_>, start: usize) -> (usize, bool, bool) {
    let atoms = item.atoms;
    let mut left = start;
    let mut past = false;
    for _ in 0..6 {
        let Some(before) = left.checked_sub(1).filter(|b| *b >= item.range.start) else { break };
        let two = before.checked_sub(1).filter(|b| *b >= item.range.start);
        if atoms.is(before, Class::Within) {
            return (before, true, past);
        }
        if let Some(two) = two.filter(|two| atoms.takes(*two, Class::Within) == 2) {
            return (two, true, past);
        }
        let word = atoms.text(before);
        if atoms.is(before, Class::Past) && !matches!(word, "prior to") {
            past = true;
        } else if half_life_alternative(item, before) {
            left = before.saturating_sub(3);
            continue;
        } else if !matches!(
            word,
            "the"
                | "approximately"
                | "about"
                | "a"
                | "their"
                | "of"
                | "these"
                | "minimum"
                | "full"
                | "around"
                | "~"
        ) {
            break;
        }
        left = before;
    }
    (if past { left } else { start }, false, past)
}

/// "5 half-lives or 28 days": the number before "or" counts half-lives.
fn half_life_alternative(item: &Item<'_>, or: usize) -> bool {
    let atoms = item.atoms;
    atoms.is(or, Class::Or)
        && or >= 2
        && matches!(atoms.text(or - 1), "lives" | "life" | "t1/2" | "halflives")
}

/// "4 weeks or 5 half-lives, whichever is shorter,": what follows is behind it.
fn past_half_lives(item: &Item<'_>, end: usize) -> usize {
    let atoms = item.atoms;
    let mut at = end;
    let bracket = usize::from(atoms.is(at, Class::Open));
    if !(atoms.is(at + bracket, Class::Or) || matches!(atoms.text(at + bracket), "/" | "and")) {
        return past_brackets(item, end);
    }
    let until = (at + 8).min(item.range.end);
    let Some(life) = (at..until).find(|i| matches!(atoms.text(*i), "lives" | "life" | "halflives")) else {
        return end;
    };
    at = life + 1;
    for _ in 0..2 {
        let opens = usize::from(atoms.is(at, Class::Comma) || atoms.is(at, Class::Open));
        if !matches!(atoms.text(at + opens), "whichever" | "which") {
            break;
        }
        at += opens;
        while at < item.range.end && !ends_alternative(item, at) {
            at += 1;
        }
    }
    while atoms.is(at, Class::Close) || atoms.is(at, Class::Comma) {
        at += 1;
    }
    at
}

/// Where "whichever is shorter" ends.
fn ends_alternative(item: &Item<'_>, at: usize) -> bool {
    let atoms = item.atoms;
    let anchor = atoms.is(at, Class::Before);
    anchor || scope::is_stop(atoms, at) || atoms.is(at, Class::Close) || atoms.is(at, Class::Comma)
}

/// "90 days (3 months) prior": the same length again in brackets.
fn past_brackets(item: &Item<'_>, end: usize) -> usize {
    let atoms = item.atoms;
    if !atoms.is(end, Class::Open) {
        return end;
    }
    let same = amounts::amount(atoms, end + 1)
        .is_some_and(|a| a.time(atoms, item.vocabulary).is_some() && atoms.is(a.end, Class::Close));
    if !same {
        return end;
    }
    (end + 1..item.range.end).find(|at| atoms.is(*at, Class::Close)).map_or(end, |close| close + 1)
}

/// The words that say what the window is counted from.
fn past_anchor(item: &Item<'_>, from: usize) -> usize {
    let atoms = item.atoms;
    let mut at = from;
    for _ in 0..8 {
        let len =
            [Class::Entry, Class::Before].iter().map(|class| atoms.takes(at, *class)).max().unwrap_or(0);
        let filler =
            usize::from(matches!(atoms.text(at), "the" | "scheduled" | "of" | "and" | "study" | "'s"));
        if len.max(filler) == 0 || atoms.text(at) == "and" && !atoms.is(at + 1, Class::Entry) {
            break;
        }
        at += len.max(filler);
    }
    at.min(item.range.end)
}

/// What stands after the length of time: its form, and the end of those words.
fn follows(item: &Item<'_>, end: usize) -> Option<(Form, usize)> {
    let atoms = item.atoms;
    let at = end + usize::from(atoms.is(end, Class::Comma) && atoms.is(end + 1, Class::Before));
    let word = atoms.text(at);
    if matches!(word, "must" | "have" | "has" | "should" | "having" | "elapsed" | "since")
        || is_since_word(item, at)
    {
        let until = (at + 6).min(item.range.end);
        let since = (at..until).find(|i| {
            matches!(
                atoms.text(*i),
                "since" | "elapsed" | "elapse" | "passed" | "from" | "after" | "following" | "between"
            )
        })?;
        return Some((Form::Since, since + 1));
    }
    if matches!(
        word,
        "ago"
            | "earlier"
            | "beforehand"
            | "before"
            | "prior"
            | "preceding"
            | "previous"
            | "previously"
            | "preceeding"
            | "proceeding"
            | "in"
    ) {
        let advance = word != "in" || atoms.text(at + 1) == "advance";
        let len = atoms.takes(at, Class::Before).max(1);
        return advance.then_some((Form::Before, at + len));
    }
    None
}

fn is_since_word(item: &Item<'_>, at: usize) -> bool {
    matches!(
        item.atoms.text(at),
        "since" | "after" | "following" | "from" | "post" | "elapsed" | "out" | "beyond"
    )
}

/// "within" on its own says enough; "in", "for", "during", "over" do not.
fn is_true_within(item: &Item<'_>, left: usize, start: usize) -> bool {
    (left..start).any(|at| matches!(item.atoms.text(at), "within" | "inside"))
        || item.atoms.text(left) == "with" && item.atoms.text(left + 1) == "in"
}

fn is_washout_before(item: &Item<'_>, start: usize) -> bool {
    let first = start.saturating_sub(6).max(item.range.start);
    (first..start).any(|at| item.atoms.is(at, Class::Washout))
}

/// What the words of a clause speak of.
struct Words {
    exposure: bool,
    test: bool,
    stable: bool,
    ahead: bool,
    diagnosis: bool,
    negated: bool,
    any: bool,
}

/// How many atoms before a window tell what it is of.
const LOOK: usize = 16;

fn words(item: &Item<'_>, range: Range<usize>) -> Words {
    let atoms = item.atoms;
    let near = range.start.max(range.end.saturating_sub(LOOK))..range.end;
    let has = |class: Class| near.clone().any(|at| atoms.is(at, class));
    // A test is nearer than an exposure, or the exposure is what is tested.
    let last = |class: Class| near.clone().rev().find(|at| atoms.is(*at, class));
    let diagnosis = near.clone().rev().take(8).any(|at| atoms.text(at).starts_with("diagnos"));
    let ahead = near.clone().any(|at| {
        matches!(
            atoms.text(at),
            "next"
                | "plan"
                | "plans"
                | "planned"
                | "planning"
                | "intend"
                | "intends"
                | "intention"
                | "upcoming"
                | "future"
                | "anticipated"
                | "wish"
                | "wishing"
                | "expect"
                | "expected"
                | "willing"
                | "agree"
                | "agrees"
        )
    });
    Words {
        exposure: has(Class::Exposure),
        test: last(Class::Test).is_some_and(|t| last(Class::Exposure).is_none_or(|e| e < t)),
        stable: last(Class::Stable).is_some(),
        ahead,
        diagnosis,
        negated: range.clone().rev().take(40).any(|at| atoms.is(at, Class::Negation)),
        any: near
            .clone()
            .any(|at| atoms.get(at).is_some_and(|a| matches!(a.kind, super::atoms::AtomKind::Word))),
    }
}

/// Whether a window is a washout, and what it says.
fn judge(item: &Item<'_>, window: &Window<'_>, clause: usize) -> Option<Draft> {
    if !is_from_entry(item, window) || item.scope.is(window.start, Under::OwnCondition) {
        return None;
    }
    let before = clause..window.start;
    let mut event = words(item, before.clone());
    let mut agent = before;
    // "Within 7 days before screening, infections …": the event comes after.
    if !event.any || !event.exposure && !event.test && window.form == Form::Since {
        let end = item.scope.sentence(window.start, &item.range).end;
        agent = window.end..end.min(window.end + 24);
        let after = words(item, agent.start..agent.end);
        event = Words { negated: event.negated, ..after };
    }
    let inclusion = item.section != Some(Section::Exclusion);
    let (mut conditional, mut except) = item.held(window.start);
    let positive = window.op.is_none_or(|op| !op.is_lower());
    // "… other than skin cancer within 5 years": the window is the main clause's.
    let main = except
        && !item.scope.is(window.start, Under::BracketedException)
        && positive
        && !event.negated
        && window.form == Form::Within;
    if main {
        except = false;
        conditional =
            item.scope.is(window.start, Under::Condition) || item.scope.is(window.start, Under::Sex);
    }
    if event.ahead || event.stable && !event.exposure {
        return None;
    }
    let op = if inclusion {
        required(window, &event)?
    } else {
        let (op, turned) = forbidden(item, window, &event, except)?;
        conditional |= turned;
        except |= turned;
        op
    };
    Some(Draft {
        variable: "washout".to_owned(),
        op,
        value: LimitValue::Number(Number(window.amount.value)),
        unit: Some(window.unit.name.clone()),
        conditional,
        except,
        agent: agent_words(item, agent),
        atoms: window.start..window.amount.end.max(window.start + 1),
    })
}

/// A window under inclusion: what must have passed, or how recent something must be.
fn required(window: &Window<'_>, event: &Words) -> Option<Op> {
    let lower = window.op.is_some_and(Op::is_lower);
    let op = window.op.unwrap_or(Op::Lt);
    match window.form {
        Form::Washout => Some(window.op.unwrap_or(Op::Ge)),
        Form::Since if lower => event.exposure.then_some(op),
        Form::Since => None,
        Form::Within | Form::Before if event.negated && (event.exposure || !event.test) => {
            Some(if lower { op } else { op.negated() })
        }
        Form::Before if lower => (event.exposure && !event.test && !event.stable).then_some(op),
        Form::Within | Form::Before => {
            let known = event.diagnosis || event.exposure && !event.test && window.op.is_some();
            (known && !event.stable).then_some(op)
        }
    }
}

/// A window under exclusion: what must not be so recent. With it, whether a requirement turns it round.
fn forbidden(item: &Item<'_>, window: &Window<'_>, event: &Words, except: bool) -> Option<(Op, bool)> {
    let lower = window.op.is_some_and(Op::is_lower);
    let op = window.op.unwrap_or(Op::Lt);
    if event.test && (event.stable || !event.exposure) {
        return None;
    }
    let negated =
        item.scope.is(window.start, Under::Negation) || item.scope.is(window.start, Under::LongNegation);
    if except {
        return Some((if negated && !lower { op.negated() } else { op }, false));
    }
    let requires = {
        let sentence = item.scope.sentence(window.start, &item.range);
        let first = sentence.start.max(window.start.saturating_sub(30));
        (first..window.start).any(|at| matches!(item.atoms.text(at), "must" | "should"))
    };
    if negated && requires {
        return Some((if lower { op } else { op.negated() }, true));
    }
    if lower {
        // "at least 4 weeks since" under exclusion: what a patient must have, written under the wrong heading.
        let ago = matches!(item.atoms.text(window.end.saturating_sub(1)), "ago" | "earlier");
        return (ago && event.exposure && window.form == Form::Before).then_some((op, false));
    }
    if item.scope.is(window.start, Under::Negation) && !recovers(item, window.start) {
        return None;
    }
    Some((op, false))
}

/// "not recovered from surgery within 4 weeks" still forbids.
fn recovers(item: &Item<'_>, at: usize) -> bool {
    let first = at.saturating_sub(16).max(item.range.start);
    (first..at).any(|i| {
        let word = item.atoms.text(i);
        ["recover", "resolv", "limited", "heal", "fully", "only"].iter().any(|stem| word.starts_with(stem))
    })
}

/// Whether the window is counted from entry: not from another event, not ahead.
fn is_from_entry(item: &Item<'_>, window: &Window<'_>) -> bool {
    let atoms = item.atoms;
    let end = past_half_lives(item, window.amount.end);
    if window.form == Form::Within
        && matches!(atoms.text(end), "after" | "following" | "post" | "thereafter" | "since")
    {
        return false;
    }
    let until = (end + 9).min(item.range.end);
    for at in end..until {
        if scope::is_stop(atoms, at)
            || atoms.is(at, Class::Semicolon)
            || atoms.is(at, Class::Comma)
            || atoms.is(at, Class::Close)
        {
            return true;
        }
        if atoms.is(at, Class::OtherAnchor) && window.form != Form::Since && window.form != Form::Washout {
            return false;
        }
        if atoms.is(at, Class::Entry) {
            return true;
        }
    }
    true
}

/// "(6 weeks for nitrosoureas)" right after a window: the same for another agent.
fn other_agents(item: &Item<'_>, window: &Window<'_>, first: Option<&Draft>) -> Vec<Draft> {
    let atoms = item.atoms;
    let Some(first) = first else { return Vec::new() };
    let open = (window.amount.end..(window.amount.end + 10).min(item.range.end))
        .find(|at| atoms.is(*at, Class::Open));
    let Some(open) = open else { return Vec::new() };
    let mut at = open + 1 + atoms.takes(open + 1, Class::Or) + usize::from(atoms.text(open + 1) == "within");
    at += usize::from(atoms.text(at) == "within");
    let Some(amount) = amounts::amount(atoms, at) else { return Vec::new() };
    let Some(unit) = amount.time(atoms, item.vocabulary) else { return Vec::new() };
    let named = matches!(atoms.text(amount.end), "for" | "if" | "in");
    let same = (amount.value * unit.factor - window.amount.value * window.unit.factor).abs() < 1e-9;
    let Some(close) = (amount.end..item.range.end.min(amount.end + 30)).find(|i| atoms.is(*i, Class::Close))
    else {
        return Vec::new();
    };
    if !named || same {
        return Vec::new();
    }
    vec![Draft {
        value: LimitValue::Number(Number(amount.value)),
        unit: Some(unit.name.clone()),
        agent: agent_words(item, amount.end + 1..close),
        atoms: at..close,
        ..first.clone()
    }]
}

/// The agent in the text's words: the clause without its opening, at most so many words.
fn agent_words(item: &Item<'_>, range: Range<usize>) -> Option<String> {
    const LONGEST: usize = 40;
    let atoms = item.atoms;
    let mut start = range.start;
    let mut end = range.end;
    let sign = |at: usize| {
        atoms.get(at).is_some_and(|a| a.kind == super::atoms::AtomKind::Sign && !atoms.is(at, Class::Open))
    };
    while start < end {
        let opening = atoms.takes(start, Class::Opening);
        let skip = if opening > 0 { opening } else { usize::from(sign(start)) };
        if skip == 0 {
            break;
        }
        start += skip;
    }
    let trailing = |at: usize| {
        sign(at) && !atoms.is(at, Class::Close)
            || matches!(
                atoms.text(at),
                "and" | "or" | "was" | "were" | "is" | "are" | "that" | "for" | "in" | "of" | "any"
            )
    };
    while end > start && trailing(end - 1) {
        end -= 1;
    }
    start = start.max(end.saturating_sub(LONGEST));
    let words = item.text.get(atoms.raw(start..end))?.trim();
    (start < end && !words.is_empty()).then(|| words.split_whitespace().collect::<Vec<_>>().join(" "))
}
