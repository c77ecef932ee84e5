//! Numbers with a unit of time: lengths ("12 weeks"), labels ("day 29"), lists and ranges of both, repeats.

use std::ops::Range;

use super::atoms::{Amount, Every, Time, Unit};
use super::counts::{number, ordinal};
use super::pieces::Pieces;
use super::words::Numbered;
use crate::protocol::PeriodUnit;

/// Most numbers in one list; what goes on beyond is a table, not a time.
const LONGEST_LIST: usize = 256;
/// Words between a number and its unit that change neither.
const RUNNING: &[&str] = &["consecutive", "successive", "calendar", "full", "complete", "completed"];
/// No study counts its days or hours so far: what has a larger number is a name.
const LARGEST_LABEL: f64 = 5000.0;

/// Something read, and the first piece after it.
pub type Found<T> = Option<(T, usize)>;

/// "per week", "a day", "each month" behind a length.
pub fn per_unit(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    if !matches!(pieces.text(at), "per" | "a" | "each" | "/") {
        return None;
    }
    let (unit, end) = unit(pieces, at + 1)?;
    let one = matches!(unit, Unit::Of(_)) && !pieces.text(end - 1).ends_with('s');
    (one && pieces.number(end).is_none()).then_some(end)
}

/// A tolerance that belongs to no time: "at noon (± 2 hours)".
pub fn lone_window(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    let open = usize::from(matches!(pieces.text(at), "(" | "["));
    if !matches!(pieces.text(at + open), "±" | "+/-") {
        return None;
    }
    let (_, end) = window(pieces, at)?;
    Some(unit(pieces, end).filter(|_| open == 0).map_or(end, |(_, end)| end))
}

/// The unit that stands at `at`, past a hyphen ("12-week") and a bracketed plural ("hour(s)").
pub fn unit(pieces: &Pieces<'_>, at: usize) -> Found<Unit> {
    // "3-, 6- and 12- months": the hyphen belongs to the number.
    let hyphen = matches!(pieces.text(at), "-")
        && (!pieces.spaced(at + 1) || !pieces.spaced(at) && pieces.number(at + 2).is_none());
    let at = at + usize::from(hyphen);
    let word = pieces.word(at)?;
    let unit = match (word.unit, word.numbered) {
        (Some(unit), _) => Unit::Of(unit),
        (None, Some(Numbered::Cycle)) if pieces.text(at).len() > 1 => Unit::Cycle,
        (None, Some(Numbered::Visit)) if pieces.text(at).len() > 1 => Unit::Visit,
        _ => return None,
    };
    // "5 m" may be metres or minutes, "3 s" anything: one letter counts where it is written together with its number.
    if pieces.text(at).len() == 1 && pieces.spaced(at) && !matches!(pieces.text(at), "h" | "d" | "w" | "y") {
        return None;
    }
    let mut end = at + 1;
    if pieces.text(end) == "(" && pieces.text(end + 1) == "s" && pieces.text(end + 2) == ")" {
        end += 3;
    } else if pieces.text(end) == "'" {
        end += 1;
    }
    Some((unit, end))
}

/// A tolerance: "± 3", "(± 3 days)", "+/- 1 week". Gives number and own unit.
pub fn window(pieces: &Pieces<'_>, at: usize) -> Found<(f64, Option<PeriodUnit>)> {
    // "week 12, ±3 days"
    let comma = pieces.text(at) == "," && matches!(pieces.text(at + 1), "±" | "+/-");
    let at = at + usize::from(comma);
    let open = usize::from(matches!(pieces.text(at), "(" | "["));
    let sign = at + open;
    let digits = match pieces.text(sign) {
        "±" | "+/-" => sign + 1,
        "+" if pieces.text(sign + 1) == "-" => sign + 2,
        "+" if pieces.text(sign + 1) == "/" && pieces.text(sign + 2) == "-" => sign + 3,
        "plus" if pieces.text(sign + 1) == "or" && pieces.text(sign + 2) == "minus" => sign + 3,
        // "30 (+ 5) days": as much later at most.
        "+" if open == 1 && pieces.number(sign + 1).is_some() => sign + 1,
        _ => return None,
    };
    let (value, mut end) = number(pieces, digits)?;
    let mut own = None;
    if let Some((Unit::Of(unit), after)) = unit(pieces, end) {
        // Without brackets the unit behind the tolerance is that of the time itself ("4 ± 2 months").
        if open == 1 {
            own = Some(unit);
            end = after;
        }
    }
    if open == 1 {
        matches!(pieces.text(end), ")" | "]").then_some(((value, own), end + 1))
    } else {
        Some(((value, own), end))
    }
}

/// A number with its range or tolerance: "6", "6-8", "6 to 8", "6 ± 1".
pub fn amount(pieces: &Pieces<'_>, at: usize) -> Found<(Amount, Option<PeriodUnit>)> {
    let (value, next) = number(pieces, at)?;
    let mut amount = Amount { value, ..Amount::default() };
    // "13+ months": or more.
    if pieces.text(next) == "+" && !pieces.spaced(next) && unit(pieces, next + 1).is_some() {
        return Some(((amount, None), next + 1));
    }
    if let Some(((tolerance, own), end)) = window(pieces, next) {
        amount.window = Some(tolerance);
        return Some(((amount, own), end));
    }
    let joined = match pieces.text(next) {
        "-" | "~" | "—" | "to" | "through" => 1,
        "up" if pieces.text(next + 1) == "to" => 2,
        _ => 0,
    };
    if joined > 0
        && let Some((to, end)) = number(pieces, next + joined)
        && to > value
    {
        amount.to = Some(to);
        return Some(((amount, None), end));
    }
    Some(((amount, None), next))
}

/// Steps over what stands between the members of a list: commas, "and", "or", `&`, `/`.
pub fn separator(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    // "1-, 3- and 6-month": the unit comes with the last one.
    let suspended = pieces.text(at) == "-"
        && !pieces.spaced(at)
        && matches!(pieces.text(at + 1), "," | "and" | "or" | "&" | "/");
    let at = at + usize::from(suspended);
    let mut next = at;
    if matches!(pieces.text(next), "," | "，" | ";" | "/" | "、" | "､") {
        next += 1;
    }
    if matches!(pieces.text(next), "and" | "or" | "&") {
        next += 1;
        if pieces.text(next) == "/" && pieces.text(next + 1) == "or" {
            next += 2;
        }
    }
    (next > at).then_some(next)
}

/// "weeks 18, 22 26 and 30": a comma was forgotten before a larger number that is no time of its own.
fn blank(pieces: &Pieces<'_>, at: usize, last: Option<&Amount>) -> Option<usize> {
    let value = pieces.number(at).filter(|_| pieces.spaced(at))?;
    let goes_on = matches!(pieces.text(at + 1), "," | "and" | "&");
    let larger = last.is_some_and(|last| last.to.is_none() && value > last.value);
    (goes_on && larger && value.fract() == 0.0).then_some(at)
}

/// Lengths of time at `at`: "12 weeks", "3, 6 and 12 months", "1-3 months", "4±2 months", "1 year 6 months".
///
/// `Err` tells how many pieces of a list of numbers were looked at in vain, so that none is looked at twice.
pub fn length(pieces: &Pieces<'_>, at: usize) -> Result<(Time, usize), usize> {
    let mut amounts = Vec::new();
    let mut window_unit = None;
    let mut next = at;
    let mut numbered = false;
    loop {
        // "0, 15th and 30th day": the first is told without its ending.
        let plain = |amounts: &[Amount]| amounts.iter().all(|a| a.to.is_none() && a.value.fract() == 0.0);
        if let Some((value, end)) = ordinal(pieces, next).filter(|_| numbered || plain(&amounts)) {
            // "first 4 weeks" is no first week: an ordinal counts where its unit or its list follows.
            numbered = true;
            amounts.push(Amount { value, ..Amount::default() });
            next = end;
        } else if let Some(((amount, own), end)) = amount(pieces, next).filter(|_| !numbered) {
            window_unit = window_unit.or(own);
            amounts.push(amount);
            next = end;
        } else {
            break;
        }
        // "3 consecutive days"
        let running = usize::from(RUNNING.contains(&pieces.text(next)) && unit(pieces, next + 1).is_some());
        if let Some((unit, end)) = unit(pieces, next + running) {
            let next = next + running;
            let amounts = decimal(pieces, at, amounts);
            return Ok(with_unit(pieces, amounts, unit, numbered, window_unit, next, end));
        }
        // "3, 6, and 12, months"
        if pieces.text(next) == ","
            && amounts.len() > 1
            && let Some((unit, end)) = unit(pieces, next + 1)
        {
            return Ok(with_unit(pieces, amounts, unit, numbered, window_unit, next, end));
        }
        match separator(pieces, next).or_else(|| blank(pieces, next, amounts.last())) {
            Some(after) if amounts.len() < LONGEST_LIST => next = after,
            _ => break,
        }
    }
    Err(next.max(at + 1))
}

/// "1,5 months": a decimal comma, where nothing but a half stands grown together behind it.
fn decimal(pieces: &Pieces<'_>, at: usize, amounts: Vec<Amount>) -> Vec<Amount> {
    let grown = pieces.text(at + 1) == "," && !pieces.spaced(at + 1) && !pieces.spaced(at + 2);
    match amounts.as_slice() {
        [whole, half] if grown && half.value == 5.0 && half.to.is_none() && whole.value < half.value => {
            vec![Amount { value: whole.value + 0.5, ..*half }]
        }
        _ => amounts,
    }
}

fn with_unit(
    pieces: &Pieces<'_>,
    amounts: Vec<Amount>,
    unit: Unit,
    numbered: bool,
    window_unit: Option<PeriodUnit>,
    before: usize,
    end: usize,
) -> (Time, usize) {
    let adjective = pieces.text(before) == "-";
    let mut time =
        Time { amounts, unit, numbered, adjective, window_unit, cycles: Vec::new(), at_end: false };
    let mut end = end;
    if let Some(((tolerance, own), after)) = window(pieces, end)
        && let Some(last) = time.amounts.last_mut()
        && last.window.is_none()
    {
        last.window = Some(tolerance);
        time.window_unit = own;
        end = after;
    }
    if let Some(after) = smaller_part(pieces, &mut time, end) {
        end = after;
    }
    (time, end)
}

/// Adds "6 months" to "1 year", "30" to "1h".
fn smaller_part(pieces: &Pieces<'_>, time: &mut Time, at: usize) -> Option<usize> {
    let Unit::Of(large) = time.unit else { return None };
    let [amount] = time.amounts.as_mut_slice() else { return None };
    let factor = match large {
        PeriodUnit::Year => 12.0,
        PeriodUnit::Hour => 60.0,
        _ => return None,
    };
    let small = if large == PeriodUnit::Year { PeriodUnit::Month } else { PeriodUnit::Minute };
    if time.numbered || amount.to.is_some() {
        return None;
    }
    // "1 year and 9 months": the smaller unit behind the larger one is the rest of it.
    let joined = usize::from(pieces.text(at) == "and");
    let (value, next) = number(pieces, at + joined)?;
    if joined == 1 && value >= factor {
        return None;
    }
    let end = match unit(pieces, next) {
        Some((Unit::Of(found), end)) if found == small => end,
        _ if joined == 1 => return None,
        // "1h30": the minutes go without saying.
        _ if large == PeriodUnit::Hour && !pieces.spaced(at) => next,
        _ => return None,
    };
    amount.value = amount.value * factor + value;
    time.unit = Unit::Of(small);
    Some(end)
}

/// A labelled time at `at`: "day 29", "weeks 1-2, 4 and 8", "D0,1,2", "cycle 3", "visit 4", "day -14".
pub fn label(pieces: &Pieces<'_>, at: usize) -> Found<(Time, Option<Numbered>)> {
    let word = pieces.word(at)?;
    let mut next = at + 1;
    // One letter counts where its number is written together with it, and it is no unit of its own ("mg/m2").
    let letter = pieces.text(at).len() == 1;
    if letter && (pieces.spaced(next) || !pieces.spaced(at) && at > 0 && pieces.text(at - 1) == "/") {
        return None;
    }
    // "T0" is the start.
    if letter && pieces.text(at) == "t" && pieces.number(next) == Some(0.0) {
        return None;
    }
    let (unit, numbered) = match (word.numbered, word.unit) {
        (Some(Numbered::Cycle), _) => (Unit::Cycle, Some(Numbered::Cycle)),
        (Some(other), _) => (Unit::Visit, Some(other)),
        (None, Some(unit)) => (Unit::Of(unit), None),
        _ => return None,
    };
    if matches!(pieces.text(next), "#" | "." | ":") && pieces.number(next + 1).is_some()
        || pieces.text(next) == "(" && pieces.text(next + 1) == "s"
    {
        next += if pieces.text(next) == "(" { 3 } else { 1 };
    }
    // "number of cycles: 6" counts them, "cycle 6" names one.
    let counted = (1..=3).any(|back| at >= back && pieces.text(at - back) == "number");
    if counted && matches!(pieces.text(next), "is" | "was" | "were" | ":" | "=") {
        next += 1;
    }
    let mut amounts = Vec::new();
    let mut window_unit = None;
    let mut end = next;
    while amounts.len() < LONGEST_LIST {
        let Some((amount, own, after)) = label_number(pieces, end, unit, amounts.is_empty()) else { break };
        // "week 4, 3 months": the number behind the comma has its own unit.
        // But "cycles 1 and 3 day 1" is a list of cycles, and a day of them.
        let behind = self::unit(pieces, after);
        let label_next = behind.is_some_and(|(_, end)| pieces.number(end).is_some());
        if !amounts.is_empty() && behind.is_some() && !(unit == Unit::Cycle && label_next) {
            break;
        }
        // "at the visit 30 days after": the number is of the days.
        if unit == Unit::Visit && behind.is_some() && !label_next {
            break;
        }
        window_unit = window_unit.or(own);
        amounts.push(amount);
        // "weeks 4, 8*, 16": a footnote's sign.
        let after = after + usize::from(matches!(pieces.text(after), "*" | "†" | "‡"));
        next = past_brackets(pieces, after).unwrap_or(after);
        match separator(pieces, next).or_else(|| blank(pieces, next, amounts.last())) {
            Some(after) => end = after,
            None => break,
        }
    }
    let named = amounts.iter().any(|amount| amount.value > LARGEST_LABEL);
    if named
        || amounts.is_empty()
        || unit == Unit::Of(PeriodUnit::Year) && amounts.iter().any(is_calendar_year)
    {
        return None;
    }
    let mut time = Time {
        amounts,
        unit,
        numbered: !counted,
        adjective: false,
        window_unit,
        cycles: Vec::new(),
        at_end: false,
    };
    // "month 4 + 14 days": as much later at most.
    if let Some((later, own, after)) = later_by(pieces, next, unit)
        && let Some(last) = time.amounts.last_mut().filter(|last| last.to.is_none())
    {
        last.window = Some(later);
        time.window_unit = Some(own);
        next = after;
    }
    // "week 12 ± 3 days": the tolerance's own unit stands behind it.
    if time.amounts.iter().any(|a| a.window.is_some())
        && time.window_unit.is_none()
        && let Some((Unit::Of(own), after)) = self::unit(pieces, next)
    {
        time.window_unit = Some(own);
        next = after;
    }
    Some(((time, numbered), next))
}

/// "+ 14 days" behind a week or month.
fn later_by(pieces: &Pieces<'_>, at: usize, label: Unit) -> Option<(f64, PeriodUnit, usize)> {
    if pieces.text(at) != "+" || !matches!(label, Unit::Of(unit) if unit > PeriodUnit::Day) {
        return None;
    }
    let (value, next) = number(pieces, at + 1)?;
    match unit(pieces, next)? {
        (Unit::Of(PeriodUnit::Day), end) => Some((value, PeriodUnit::Day, end)),
        _ => None,
    }
}

/// "year 2044" is a date.
fn is_calendar_year(amount: &Amount) -> bool {
    (1900.0..2200.0).contains(&amount.value)
}

/// One number of a label, with its sign.
fn label_number(
    pieces: &Pieces<'_>,
    at: usize,
    unit: Unit,
    first: bool,
) -> Option<(Amount, Option<PeriodUnit>, usize)> {
    let minus = pieces.text(at) == "-" && !pieces.spaced(at + 1);
    // "month-6" has a hyphen, "day -14" and "day-14" a minus.
    let negative = minus && (pieces.spaced(at) || !first || unit == Unit::Of(PeriodUnit::Day));
    let plus = pieces.text(at) == "+" && !pieces.spaced(at + 1);
    let start = at + usize::from(minus || plus);
    if negative {
        let (value, end) = number(pieces, start)?;
        return Some((Amount { value: -value, ..Amount::default() }, None, end));
    }
    let ((amount, own), end) = amount(pieces, start)?;
    // "day 1 to 90 days after …": the second number has its own unit.
    if amount.to.is_some() && self::unit(pieces, end).is_some() {
        let (value, end) = number(pieces, start)?;
        return Some((Amount { value, ..Amount::default() }, None, end));
    }
    Some((amount, own, end))
}

/// The first pair of brackets inside a label's list ("week 0 (baseline), 4 and 12"), to be scanned on its own.
pub fn inner_brackets(pieces: &Pieces<'_>, label: Range<usize>) -> Option<Range<usize>> {
    let open = label.clone().find(|at| pieces.text(*at) == "(" && pieces.number(at + 1).is_none())?;
    let close = (open..label.end).find(|at| pieces.text(*at) == ")")?;
    (open > label.start + 1 && close > open + 1).then_some(open..close + 1)
}

/// Steps over a short pair of brackets behind a label's number, when the list goes on behind it.
fn past_brackets(pieces: &Pieces<'_>, at: usize) -> Option<usize> {
    if pieces.text(at) != "(" {
        return None;
    }
    let close = (at + 1..at + 8).find(|i| pieces.text(*i) == ")")?;
    let next = separator(pieces, close + 1)?;
    let (_, end) = number(pieces, next)?;
    unit(pieces, end).is_none().then_some(close + 1)
}

/// Whether a word may begin a repeat.
pub fn may_repeat(word: &str) -> bool {
    matches!(word, "every" | "each" | "ever" | "evry" | "q" | "interval" | "intervals")
}

/// A repeat at `at`: "every 8 weeks", "every third cycle", "q3w", "at 4-week intervals".
pub fn every(pieces: &Pieces<'_>, at: usize) -> Found<Every> {
    let next = match pieces.text(at) {
        "every" | "each" | "ever" | "evry" => at + 1,
        "q" if pieces.number(at + 1).is_some() => at + 1,
        _ => return interval(pieces, at),
    };
    if pieces.text(at) == "every"
        && let Some((value, end)) = ordinal(pieces, next)
        && let Some((unit, end)) = unit(pieces, end)
    {
        return Some((Every::new(value, unit), end));
    }
    if let Some(((amount, _), end)) = amount(pieces, next) {
        let (unit, end) = unit(pieces, end)?;
        let every = Every { to: amount.to, window: amount.window, ..Every::new(amount.value, unit) };
        return (amount.value > 0.0).then(|| repeat_tail(pieces, every, end));
    }
    let fillers = ["treatment", "subsequent", "new", "chemotherapy", "dosing"].contains(&pieces.text(next));
    match unit(pieces, next + usize::from(fillers)) {
        // "each cycle 21 days" tells its length.
        Some((Unit::Cycle, end))
            if pieces.number(end).is_none() || matches!(unit(pieces, end + 1), Some((Unit::Of(_), _))) =>
        {
            Some((Every::new(1.0, Unit::Cycle), end))
        }
        _ => None,
    }
}

/// What may follow a repeat's unit: its tolerance, and "cycle" where the repeat is the cycle's length.
fn repeat_tail(pieces: &Pieces<'_>, mut every: Every, end: usize) -> (Every, usize) {
    let mut end = end;
    let cycle = pieces.word(end).and_then(|w| w.numbered) == Some(Numbered::Cycle);
    if cycle && pieces.number(end + 1).is_none() {
        every.cycle = true;
        end += 1;
    }
    if let Some(((tolerance, own), after)) = window(pieces, end) {
        // The repeat has its unit already: one behind the tolerance is the tolerance's ("8 weeks ± 7 days").
        let behind = unit(pieces, after).filter(|_| own.is_none());
        (every.window, every.window_unit, end) = match behind {
            Some((Unit::Of(unit), after)) => (Some(tolerance), Some(unit), after),
            _ => (Some(tolerance), own, after),
        };
    }
    (every, end)
}

/// "4-week intervals", "3-monthly", "intervals of 6 weeks".
fn interval(pieces: &Pieces<'_>, at: usize) -> Found<Every> {
    if matches!(pieces.text(at), "intervals" | "interval") && pieces.text(at + 1) == "of" {
        let (value, next) = number(pieces, at + 2)?;
        let (unit, end) = unit(pieces, next)?;
        return Some((Every::new(value, unit), end));
    }
    let (value, next) = number(pieces, at)?;
    let hyphen = usize::from(pieces.text(next) == "-");
    let unit_in_ly = match pieces.text(next + hyphen) {
        "weekly" => Some(PeriodUnit::Week),
        "monthly" => Some(PeriodUnit::Month),
        "yearly" => Some(PeriodUnit::Year),
        "hourly" => Some(PeriodUnit::Hour),
        _ => None,
    };
    if let Some(unit) = unit_in_ly {
        return Some((Every::new(value, Unit::Of(unit)), next + hyphen + 1));
    }
    let (unit, end) = unit(pieces, next)?;
    (pieces.text(end) == "intervals").then(|| (Every::new(value, unit), end + 1))
}
