//! Rows of a regimen → the dates on which something is given, and the first days of the cycles.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::course::{self, Course};
use super::step::{Step, plus_days};
use super::words::{self, Cycles};
use super::{Basis, Entry, Kind, MOST_CYCLES, Undated, Visit, Wanted};
use crate::protocol::{Administration, Period, PeriodUnit, Regimen, Span, Trial, phrase};

/// Dates of one row at most: bounds what a daily treatment without an end in sight can make.
const MOST_DATES: usize = 20_000;

/// The course's dates before any visit is moved.
#[derive(Debug, Default)]
pub(super) struct Doses {
    pub entries: Vec<Entry>,
    pub undated: Vec<Undated>,
    /// The common cycle, and its step on the calendar.
    pub cycle: Option<Period>,
    pub step: Option<Step>,
    pub drawn: u32,
    /// How many cycles the record states.
    pub stated: Option<u32>,
    /// The most that it states for one of the treatments: what states no number goes on as long as others are drawn.
    pub longest: Option<u32>,
    pub from_zero: bool,
    /// The day behind the last one that is drawn.
    pub end: Option<Date>,
    /// The same of what is repeated: as far as was asked for.
    pub repeated_end: Option<Date>,
    /// How many row numbers are taken.
    pub rows: usize,
}

/// How a row is repeated.
#[derive(Clone, Debug)]
struct Plan {
    /// Days of each round.
    days: Vec<i32>,
    /// Time from one round to the next; none when there is one round only.
    round: Option<Step>,
    /// The round is a cycle and no mere interval.
    cyclic: bool,
    /// Rounds that the words state.
    stated: Option<u32>,
    basis: Basis,
    /// What more is to be said of it.
    open: Option<&'static str>,
}

impl Plan {
    /// The number by which people call a visit: `C2 D8`, the second dose, or the day alone.
    fn number(&self, cycle: u32, day: i32) -> String {
        match self.round {
            Some(_) if self.cyclic => format!("C{cycle} D{day}"),
            Some(_) => format!("dose {cycle}"),
            None => format!("D{day}"),
        }
    }
}

type Reason = Cow<'static, str>;

/// Lays the rows of a course on the calendar.
pub(super) fn draw(trial: &Trial, course: &Course<'_>, wanted: &Wanted) -> Doses {
    let Some(regimen) = course.regimen else { return Doses::default() };
    let mut doses = Doses {
        cycle: regimen.cycle,
        step: regimen.cycle.and_then(Step::of),
        stated: regimen.cycles,
        longest: regimen.administrations.iter().filter_map(|row| row.cycles).max(),
        from_zero: counts_from_zero(trial, regimen),
        // Row 0 is the cycles' own.
        rows: regimen.administrations.len() + 1,
        ..Doses::default()
    };
    let mut tracks: Vec<Option<Step>> = vec![doses.step];
    let mut drawn_rows: Vec<(usize, &Administration, Vec<Entry>)> = Vec::new();
    for (index, row) in regimen.administrations.iter().enumerate() {
        match plan(trial, row, regimen, doses.from_zero) {
            Ok(plan) => {
                let track = track(&mut tracks, plan.round);
                let entries = row_entries(row, &plan, (index + 1, track), &mut doses, wanted);
                if entries.is_empty() {
                    doses.undated.push(undated(row, "no day of it lies in what was asked for".into()));
                }
                if let Some(open) = plan.open {
                    doses.undated.push(undated(row, open.into()));
                }
                drawn_rows.push((index, row, entries));
            }
            Err(why) => doses.undated.push(undated(row, why)),
        }
    }
    let told_twice = told_twice(&drawn_rows);
    let has_dose = |row: &Administration| row.dose.or(row.dose_max).is_some() || !row.levels.is_empty();
    let dosed: BTreeSet<&str> =
        drawn_rows.iter().filter(|(_, row, _)| has_dose(row)).map(|(_, row, _)| row.drug.as_str()).collect();
    for (index, row, entries) in drawn_rows {
        if !has_dose(row) && dosed.contains(row.drug.as_str()) {
            doses.undated.push(undated(row, "another row tells it with its dose".into()));
        } else if told_twice.contains(&index) {
            let why = "two doses of it are stated for the same day; the words tell which holds";
            doses.undated.push(undated(row, why.into()));
        } else {
            doses.entries.extend(entries);
        }
    }
    drop_repeated(&mut doses.entries);
    let visits = doses.entries.iter().filter_map(|entry| entry.visit);
    let counted = visits.filter(|visit| doses.step.is_none() || visit.track == 0);
    doses.drawn = counted.map(|visit| visit.cycle).max().unwrap_or_default();
    cycle_starts(&mut doses, regimen, wanted);
    doses
}

fn undated(row: &Administration, why: Reason) -> Undated {
    Undated { what: row.drug.clone(), words: row.text.clone(), why, span: Some(row.span.clone()) }
}

/// The number of a rhythm: 0 is the common cycle.
fn track(tracks: &mut Vec<Option<Step>>, round: Option<Step>) -> usize {
    let known = tracks.iter().position(|known| *known == round);
    known.unwrap_or_else(|| {
        tracks.push(round);
        tracks.len() - 1
    })
}

/// Whether the text counts a day 0: a row names it, or names days before it in a text that speaks of it.
fn counts_from_zero(trial: &Trial, regimen: &Regimen) -> bool {
    regimen.administrations.iter().any(|row| {
        let speaks = |span: &Span| {
            let text = trial.text(&span.field).unwrap_or_default().to_lowercase();
            ["day 0", "day0", "d0", "day zero"].iter().any(|words| text.contains(words))
        };
        row.days.contains(&0) || row.days.iter().any(|day| *day < 0) && speaks(&row.span)
    })
}

/// What repeats a row, or why that cannot be told.
fn plan(trial: &Trial, row: &Administration, regimen: &Regimen, from_zero: bool) -> Result<Plan, Reason> {
    if !from_zero && row.days.iter().any(|day| *day < 1) {
        return Err("counts days before an event, and the words name no day 0".into());
    }
    let mut plan = if !row.days.is_empty() {
        by_days(row, regimen)?
    } else if let Some(every) = row.every.filter(|every| every.days() > 1.0) {
        by_interval(row, regimen, every)?
    } else if row.per_week.is_some_and(|times| times.0 == 1.0) {
        by_interval(row, regimen, Period::new(1.0, PeriodUnit::Week))?
    } else if row.per_week.is_some() {
        return Err("so many times a week: the words name no days".into());
    } else if row.per_day.is_some_and(|times| times.0 >= 1.0) || row.every.is_some() {
        daily(row, regimen)?
    } else {
        return Err("the words name no day".into());
    };
    let all_words: Vec<String> = std::iter::once(&row.span)
        .chain(&row.more_spans)
        .map(|span| course::words(trial, span))
        .chain([row.text.clone()])
        .collect();
    match words::cycles(&all_words.join(" | "), row.cycles) {
        Cycles::All => {}
        Cycles::First if plan.round.is_some() => {
            plan.stated = Some(1);
            plan.open = Some("its words name the first cycle only; what holds in later ones is not read");
        }
        Cycles::First => {}
        Cycles::Apart => {
            return Err("its words tell cycles apart: which days hold in which cycle is not read".into());
        }
    }
    Ok(plan)
}

fn by_days(row: &Administration, regimen: &Regimen) -> Result<Plan, Reason> {
    let last = row.days.iter().copied().max().unwrap_or_default();
    let fits = |cycle: &Period| f64::from(last) <= cycle.days();
    // Days are days of the cycle: the regimen's only cycle is theirs where they state none of their own.
    let lent = regimen.cycle.filter(|cycle| row.cycle.is_none() && row.every.is_none() && fits(cycle));
    let cycle = row.cycle.or(lent);
    if let Some(every) = row.every {
        let spaced =
            row.days.windows(2).all(|pair| matches!(pair, [a, b] if f64::from(b - a) == every.days()));
        let once_a_cycle = cycle.is_none_or(|cycle| cycle.days() == every.days()) && row.days.len() == 1;
        if !(row.days.len() > 1 && spaced || once_a_cycle || every.days() <= 1.0) {
            return Err("names days and an interval that do not go together".into());
        }
    }
    if row.per_week.is_some() {
        return Err("names days and times a week: on which of the days is not told".into());
    }
    let cycle = cycle.or(row.every.filter(|every| row.days.len() == 1 && every.days() > 1.0));
    if cycle.is_some_and(|cycle| !fits(&cycle)) {
        return Err("names days beyond its cycle".into());
    }
    let round = match cycle {
        Some(cycle) => Some(Step::of(cycle).ok_or("its cycle is no number of whole days or months")?),
        None => None,
    };
    let once = "dated once: the words state no cycle";
    Ok(Plan {
        days: row.days.clone(),
        round,
        cyclic: cycle.is_some() && (row.cycle.is_some() || lent.is_some()),
        stated: row.cycles.or(lent.and(regimen.cycles)),
        basis: Basis::Named,
        open: (round.is_none() && (row.duration.is_some() || row.cycles.is_some())).then_some(once),
    })
}

fn by_interval(row: &Administration, regimen: &Regimen, every: Period) -> Result<Plan, Reason> {
    let step = Step::of(every).ok_or("its interval is no number of whole days or months")?;
    let interval = Plan {
        days: vec![1],
        round: Some(step),
        cyclic: false,
        stated: None,
        basis: Basis::Counted,
        open: None,
    };
    let Some(cycle) = row.cycle else {
        // As long as the only cycle: it is given once in each.
        let cyclic = regimen.cycle.is_some_and(|cycle| cycle.days() == every.days());
        return Ok(Plan { cyclic, stated: row.cycles, ..interval });
    };
    if cycle.days() == every.days() {
        return Ok(Plan { cyclic: true, stated: row.cycles, ..interval });
    }
    let days = |step: Step| step.days().and_then(|days| i32::try_from(days).ok());
    let (Some(length), Some(step)) = (Step::of(cycle).and_then(days), days(step)) else {
        return Err("its interval and its cycle cannot be counted in days".into());
    };
    if length % step != 0 {
        return Err("its interval does not go into its cycle".into());
    }
    Ok(Plan {
        days: (1..=length).step_by(usize::try_from(step).unwrap_or(1).max(1)).collect(),
        round: Step::of(cycle),
        cyclic: true,
        stated: row.cycles,
        ..interval
    })
}

fn daily(row: &Administration, regimen: &Regimen) -> Result<Plan, Reason> {
    let whole = |period: Period| {
        Step::of(period)
            .and_then(Step::days)
            .and_then(|days| i32::try_from(days).ok())
            .filter(|days| *days <= 3660)
    };
    let every_day = |days: i32| Plan {
        days: (1..=days).collect(),
        round: None,
        cyclic: false,
        stated: None,
        basis: Basis::Daily,
        open: None,
    };
    if let Some(cycle) = row.cycle.or(regimen.cycle) {
        let days = whole(cycle).ok_or("its cycle is no number of whole days")?;
        let stated = row.cycles.or(row.cycle.is_none().then_some(regimen.cycles).flatten());
        return Ok(Plan { round: Step::of(cycle), cyclic: true, stated, ..every_day(days) });
    }
    if let Some(days) = row.duration.and_then(whole) {
        return Ok(every_day(days));
    }
    Ok(Plan {
        open: Some("every day from the start: until when in days is not stated, only its first day is dated"),
        ..every_day(1)
    })
}

/// The dates of one row.
fn row_entries(
    row: &Administration,
    plan: &Plan,
    (number, track): (usize, usize),
    doses: &mut Doses,
    wanted: &Wanted,
) -> Vec<Entry> {
    let (rounds, horizon) = rounds(row, plan, doses, wanted);
    let lasting = row.duration.and_then(Step::of).and_then(|step| step.from(wanted.start, 1));
    let doses_left = row.doses.map_or(usize::MAX, |count| count as usize).min(MOST_DATES);
    let first_day = i64::from(!doses.from_zero);
    let mut entries = Vec::new();
    for cycle in 1..=rounds {
        let Some(begin) = round_start(plan.round, wanted.start, cycle) else { break };
        if lasting.is_some_and(|end| begin >= end) || horizon.is_some_and(|end| begin >= end) {
            break;
        }
        for day in &plan.days {
            let date = plus_days(begin, i64::from(*day) - first_day);
            let ends = [lasting, horizon];
            let inside = |date: &Date| ends.iter().flatten().all(|end| date < end);
            let Some(date) = date.filter(inside) else { continue };
            if entries.len() == doses_left {
                return entries;
            }
            entries.push(Entry {
                date,
                planned: date,
                kind: Kind::Dose,
                row: number,
                visit: Some(Visit { track, cycle, day: *day }),
                number: plan.number(cycle, *day),
                what: row.drug.clone(),
                detail: detail(row),
                window: None,
                basis: plan.basis,
                span: Some(row.span.clone()),
            });
        }
        let end = plan.round.and_then(|_| round_start(plan.round, wanted.start, cycle + 1));
        let end = end.map(|end| horizon.map_or(end, |horizon| end.min(horizon)));
        doses.repeated_end = doses.repeated_end.max(end);
        doses.end = doses.end.max(end).max(entries.last().and_then(|last| last.date.tomorrow().ok()));
    }
    entries
}

/// How many rounds, as many as are asked for or known, whichever is fewer, one where nothing limits them; and the day
/// behind the last cycle, where a mere interval runs beside cycles or cycles were asked for.
fn rounds(row: &Administration, plan: &Plan, doses: &Doses, wanted: &Wanted) -> (u32, Option<Date>) {
    let limited = row.doses.is_some() || row.duration.and_then(Step::of).is_some();
    let beside = plan.round.is_some() && !plan.cyclic && doses.step.is_some();
    let cycles = match (wanted.cycles, doses.stated) {
        (Some(asked), stated) => Some(stated.map_or(asked, |stated| asked.min(stated))),
        (None, _) if beside && !limited => Some(doses.longest.unwrap_or(1)),
        _ => None,
    };
    let horizon =
        doses.step.zip(cycles).and_then(|(step, cycles)| step.from(wanted.start, i64::from(cycles)));
    if plan.round.is_none() {
        return (1, horizon);
    }
    if beside && horizon.is_some() {
        return (MOST_CYCLES, horizon);
    }
    let known = plan.stated.or(limited.then_some(MOST_CYCLES)).unwrap_or(doses.longest.unwrap_or(1));
    let most = match (wanted.cycles, plan.stated) {
        (Some(asked), Some(stated)) => asked.min(stated),
        (Some(asked), None) => asked,
        (None, _) => known,
    };
    (most.min(MOST_CYCLES), horizon)
}

/// The date on which a round begins.
fn round_start(round: Option<Step>, start: Date, number: u32) -> Option<Date> {
    match round {
        Some(step) => step.from(start, i64::from(number) - 1),
        None => Some(start),
    }
}

/// Dose, route, and how often on the day.
fn detail(row: &Administration) -> String {
    let mut parts = vec![phrase::dose_and_route(row)];
    let levels = phrase::levels(row);
    if !levels.is_empty() {
        parts.push(format!("({levels})"));
    }
    parts.extend(row.per_day.filter(|times| times.0 != 1.0).map(|times| format!("{}×/day", times.0)));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// Rows that state different doses of one treatment for one date.
fn told_twice(rows: &[(usize, &Administration, Vec<Entry>)]) -> BTreeSet<usize> {
    let mut at: BTreeMap<(&str, Date), Vec<(usize, &str)>> = BTreeMap::new();
    for (index, row, entries) in rows {
        // What states no dose contradicts none.
        for entry in entries.iter().filter(|_| row.dose.is_some() || !row.levels.is_empty()) {
            at.entry((&row.drug, entry.date)).or_default().push((*index, &entry.detail));
        }
    }
    let differ = |told: &&Vec<(usize, &str)>| {
        told.iter().any(|(_, detail)| told.first().is_some_and(|first| first.1 != *detail))
    };
    at.values().filter(differ).flatten().map(|(index, _)| *index).collect()
}

/// One treatment at one dose on one date is told once, whatever number of texts say so.
fn drop_repeated(entries: &mut Vec<Entry>) {
    let mut told: BTreeSet<(String, String, Date)> = BTreeSet::new();
    entries.retain(|entry| told.insert((entry.what.clone(), entry.detail.clone(), entry.date)));
}

/// Day 1 of every cycle that is drawn.
fn cycle_starts(doses: &mut Doses, regimen: &Regimen, wanted: &Wanted) {
    let Some((step, cycle)) = doses.step.zip(regimen.cycle) else { return };
    let cycles: BTreeSet<u32> = doses
        .entries
        .iter()
        .filter_map(|entry| entry.visit)
        .filter(|visit| visit.track == 0)
        .map(|visit| visit.cycle)
        .collect();
    let day = i32::from(!doses.from_zero);
    for number in 1..=cycles.iter().max().copied().unwrap_or_default() {
        let Some(date) = round_start(Some(step), wanted.start, number) else { break };
        doses.entries.push(Entry {
            date,
            planned: date,
            kind: Kind::Cycle,
            row: 0,
            visit: Some(Visit { track: 0, cycle: number, day }),
            number: format!("C{number} D{day}"),
            what: format!("cycle {number} begins"),
            detail: format!("{} cycle", phrase::adjective(cycle)),
            window: None,
            basis: Basis::Counted,
            span: None,
        });
    }
}
