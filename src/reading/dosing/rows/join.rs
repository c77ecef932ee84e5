//! Two rows of one giving: whether they are, and what both tell together.

use crate::protocol::{Administration, Period, Span};

use super::{Draft, settle};

/// Whether a new row tells the same giving as an old one.
pub(super) fn joins(old: &Draft, new: &Draft) -> bool {
    let (a, b) = (&old.row, &new.row);
    if a.epoch != b.epoch && a.epoch.is_some() && b.epoch.is_some() {
        return false;
    }
    // "every 2 weeks in cycles 3-6; on day 1 from cycle 7 on": not in the same cycles.
    let numbered = old.mark.is_some() && new.mark.is_some() && old.mark != new.mark;
    if numbered && scheduled(a) && scheduled(b) && !same_schedule(a, b) {
        return false;
    }
    // "Twice a week for 4 weeks, then weekly".
    let weekly = |row: &Administration| row.every.is_some_and(|every| every.days() == 7.0);
    if a.per_week.is_some() && weekly(b) || b.per_week.is_some() && weekly(a) {
        return false;
    }
    // "Single doses of 5, 10 and 40 mg. 10, 20 mg once daily for 14 days": of a dose that nobody understood.
    let dosed = |row: &Administration| row.dose.is_some() || !row.levels.is_empty();
    let unsure = |one: &Draft, other: &Administration| one.unsure && scheduled(&one.row) && dosed(other);
    if unsure(new, a) || unsure(old, b) && old.sentence != new.sentence {
        return false;
    }
    let bounded = |row: &Administration| row.cycles.is_some() || row.duration.is_some();
    // "4 cycles of A …; after surgery, consolidation with A": the cycles were those of the part before.
    if a.epoch.is_none() && b.epoch.is_some() && bounded(a) && scheduled(b) {
        return false;
    }
    // "Weekly injections. First dose of 5 mg. Later doses of 10 mg weekly": the first is given once.
    if new.begins && old.sentence != new.sentence && scheduled(a) && !scheduled(b) && a.dose.is_none() {
        return false;
    }
    // "A IV, then surgery. Following surgery A IV on day 1 of each cycle": once more.
    if a.epoch.is_none()
        && matches!(b.epoch.as_deref(), Some("adjuvant" | "postoperative"))
        && old.sentence != new.sentence
        && scheduled(b)
    {
        return false;
    }
    // "Build-up phase (day 1): …; maintenance phase: … every 4 weeks".
    if a.epoch != b.epoch
        && scheduled(a)
        && scheduled(b)
        && !same_schedule(a, b)
        && old.sentence == new.sentence
    {
        return false;
    }
    // "once on day 1, or multiple doses of it every 2 weeks": not both.
    if new.instead && old.sentence == new.sentence && scheduled(a) && scheduled(b) && !same_slots(a, b) {
        return false;
    }
    // "Twice a day for 3 months. Then 3 times a week": not both at once.
    // But "Weekly injections. First dose … . Subsequent doses of 1 mg weekly" tells the dose of what was announced.
    let announced = a.dose.is_none() && b.dose.is_some() && !bounded(a) && same_schedule(a, b);
    if new.follows
        && old.sentence != new.sentence
        && scheduled(a)
        && scheduled(b)
        && !same_slots(a, b)
        && !announced
    {
        return false;
    }
    // "days 1, 15 and 30, then every month": one course and the next.
    if new.follows
        && old.sentence == new.sentence
        && (a.days.len() > 1
            || !a.days.is_empty()
                && (a.dose.is_some() && b.dose.is_some() || a.route.is_some() && b.route.is_some()))
        && b.days.is_empty()
        && b.every.is_some()
    {
        return false;
    }
    // "4 doses of A before surgery. After it 1 year of A": each dose with its own end.
    if old.sentence != new.sentence
        && a.doses.is_some()
        && b.duration.is_some()
        && (a.dose.is_some() && b.dose.is_some())
    {
        return false;
    }
    // "A and B for 4 cycles, followed by A for 2 years": another part of the treatment.
    if old.sentence == new.sentence
        && new.follows
        && !old.follows
        && bounded(a)
        && (bounded(b) || a.dose.is_some() && b.dose.is_some() && scheduled(b))
    {
        return false;
    }
    // "X 15 mg tablets. One tablet is taken twice daily": one tablet is the dose told before.
    if old.sentence != new.sentence && one_of_it(a, b) {
        return agree(&without_dose(a), &without_dose(b));
    }
    if old.sentence == new.sentence
        && (a.dose.is_some() && b.dose.is_none() || a.dose.is_none() && b.dose.is_some())
    {
        // "X 10 mg daily, then X weekly": told apart in one breath.
        return agree(a, b) && !(scheduled(a) && scheduled(b));
    }
    if old.sentence == new.sentence && rank(a) != rank(b) && agree(&without_dose(a), &without_dose(b)) {
        return true;
    }
    agree(a, b) || concentration(a) != concentration(b) && agree(&without_dose(a), &without_dose(b))
}

/// A mass without a schedule, and one tablet or capsule with one.
fn one_of_it(a: &Administration, b: &Administration) -> bool {
    let mass = a.unit.as_deref().is_some_and(|unit| matches!(unit, "mg" | "mcg" | "g" | "iu" | "units"));
    let one = b.dose.is_some_and(|dose| dose.0 == 1.0) && b.dose_max.is_none();
    let taken = b.unit.as_deref().is_some_and(|unit| {
        matches!(unit, "tablet" | "capsule" | "pill" | "sachet" | "softgel" | "suppository")
    });
    mass && a.dose.is_some() && a.dose_max.is_none() && !scheduled(a) && one && taken
}

/// Told in milligrams a millilitre only: what the vial holds.
fn concentration(row: &Administration) -> bool {
    row.unit.as_deref().is_some_and(|unit| unit.ends_with("/ml"))
}

/// Which of two doses told of one giving is the dose: what is given before what is taken or drawn up.
fn rank(row: &Administration) -> Option<u8> {
    let unit = row.unit.as_deref()?;
    Some(match unit.strip_suffix("/day").unwrap_or(unit) {
        "tablet" | "capsule" | "puff" | "drop" | "sachet" | "patch" | "spray" | "vial" | "pill"
        | "softgel" | "lozenge" | "suppository" => 1,
        "ml" | "l" | "ul" => 2,
        unit if unit.ends_with("/ml") || unit == "%" => 3,
        _ => 0,
    })
}

pub(super) fn without_dose(row: &Administration) -> Administration {
    Administration { dose: None, dose_max: None, levels: Vec::new(), unit: None, ..row.clone() }
}

pub(super) fn scheduled(row: &Administration) -> bool {
    row.per_day.is_some() || row.per_week.is_some() || row.every.is_some() || !row.days.is_empty()
}

fn same_schedule(a: &Administration, b: &Administration) -> bool {
    (a.per_day, a.per_week, a.every, &a.days) == (b.per_day, b.per_week, b.every, &b.days)
}

fn fits<T: PartialEq>(a: &Option<T>, b: &Option<T>) -> bool {
    a.is_none() || b.is_none() || a == b
}

fn period_fits(a: Option<Period>, b: Option<Period>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.days() == b.days(),
        _ => true,
    }
}

pub(super) fn agree(a: &Administration, b: &Administration) -> bool {
    fits(&a.dose, &b.dose)
        && (a.dose.is_none() || b.dose.is_none() || a.dose_max == b.dose_max)
        && (a.levels == b.levels
            || a.levels.is_empty() && a.dose.is_none()
            || b.levels.is_empty() && b.dose.is_none())
        && fits(&a.unit, &b.unit)
        && fits(&a.route, &b.route)
        && fits(&a.per_day, &b.per_day)
        && fits(&a.per_week, &b.per_week)
        && (a.days == b.days || a.days.is_empty() || b.days.is_empty())
        && period_fits(a.every, b.every)
        && period_fits(a.cycle, b.cycle)
        && fits(&a.cycles, &b.cycles)
        && period_fits(a.duration, b.duration)
}

pub(in crate::reading::dosing) fn same_slots(a: &Administration, b: &Administration) -> bool {
    let plain = |row: &Administration| Administration {
        epoch: None,
        text: String::new(),
        span: Span::default(),
        more_spans: Vec::new(),
        stop: Vec::new(),
        infusion_time: None,
        infusion_time_max: None,
        ..row.clone()
    };
    plain(a) == plain(b)
}

pub(super) fn merge(old: &mut Draft, new: Draft) {
    old.rank = old.rank.or(new.rank);
    old.unsure |= new.unsure;
    let dosed = (old.row.dose.is_some() || !old.row.levels.is_empty()) && old.sentence != new.sentence;
    let (a, mut b) = (&mut old.row, new.row);
    let (first, second) = (rank(a), rank(&b));
    if second.is_some() && first > second {
        (a.dose, a.dose_max, a.unit) = (None, None, None);
        a.levels.clear();
    } else if first.is_some() && second > first {
        (b.dose, b.dose_max, b.unit) = (None, None, None);
        b.levels.clear();
    }
    if a.dose.is_none() && a.levels.is_empty() {
        (a.dose, a.dose_max, a.levels) = (b.dose, b.dose_max, b.levels);
    }
    a.unit = a.unit.take().or(b.unit);
    a.route = a.route.take().or(b.route);
    a.per_day = a.per_day.or(b.per_day);
    a.per_week = a.per_week.or(b.per_week);
    if a.days.is_empty() {
        a.days = b.days;
    }
    a.every = a.every.or(b.every);
    a.cycle = a.cycle.or(b.cycle);
    a.cycles = a.cycles.or(b.cycles);
    // "cycles 1-4 …; cycle 5 and beyond": the treatment goes on.
    if let (Some((1, Some(last))), Some((next, None))) = (old.mark, new.mark)
        && next == last + 1
    {
        a.cycles = None;
    }
    a.duration = a.duration.or(b.duration);
    a.doses = a.doses.or(b.doses);
    if a.infusion_time.is_none() {
        (a.infusion_time, a.infusion_time_max) = (b.infusion_time, b.infusion_time_max);
    }
    // What was told outside of all parts stays there.
    if a.epoch.is_none() && !dosed {
        a.epoch = b.epoch;
    }
    for event in b.stop {
        if !a.stop.contains(&event) {
            a.stop.push(event);
        }
    }
    a.more_spans.push(b.span);
    a.more_spans.extend(b.more_spans);
    settle(a, false);
}
