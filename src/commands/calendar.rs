//! `trialdeck calendar`: a trial's schedule as dates.

use std::io::Write;

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use jiff::civil::Date;

use super::Exit;
use super::open::FromArgs;
use crate::calendar::{self, Course, Dated, Later, MOST_CYCLES, Slip, Wanted};
use crate::library::Entry;
use crate::output;

/// Arguments of `trialdeck calendar`.
#[derive(Args, Debug)]
pub struct CalendarArgs {
    /// The trial: any of its record's ids, or the id that list shows
    #[arg(value_name = "ID")]
    pub id: String,
    /// Day 1: 2026-12-01, today, tomorrow or next mon
    #[arg(long, value_name = "DATE", value_parser = start)]
    pub start: Date,
    /// Only this arm: its label, or a part of it that no other has
    #[arg(long, value_name = "LABEL")]
    pub arm: Option<String>,
    /// The part of the treatment that begins on the start date (induction, maintenance, …); the first, if none is named
    #[arg(long, value_name = "PART")]
    pub part: Option<String>,
    /// Cycles to draw at most (doses, where the record states no cycle); as many as it states, or one, if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(MOST_CYCLES)))]
    pub cycles: Option<u32>,
    /// A visit that was moved by so many days: 2=+3 for cycle 2, 2.8=-1 for its day 8; may be given several times
    #[arg(long, value_name = "CYCLE[.DAY]=DAYS", value_parser = moved, allow_hyphen_values = true)]
    pub slip: Vec<Moved>,
    /// What later cycles are counted from
    #[arg(long, value_enum, default_value_t = LaterArg::Visit)]
    pub later: LaterArg,
    /// The records it is in
    #[command(flatten)]
    pub from: FromArgs,
    /// How to print it
    #[arg(long, value_enum, default_value_t = CalendarFormat::Text)]
    pub format: CalendarFormat,
}

/// What later cycles are counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LaterArg {
    /// The actual visit
    Visit,
    /// The plan
    Plan,
}

/// The printed forms of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CalendarFormat {
    /// For a terminal
    Text,
    /// Markdown
    Md,
    /// A spreadsheet's rows
    Csv,
    /// A file for calendar programs
    Ics,
}

/// A visit as it was typed, and by how many days it was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    cycle: u32,
    day: i32,
    days: i32,
}

fn start(text: &str) -> Result<Date, String> {
    calendar::start::parse(text, Some(jiff::Zoned::now().date()))
}

fn moved(text: &str) -> Result<Moved, String> {
    let wrong = || "a cycle and days are needed, such as 2=+3 or 2.8=-1".to_owned();
    let (visit, days) = text.split_once('=').ok_or_else(wrong)?;
    let (cycle, day) = visit.split_once('.').unwrap_or((visit, "1"));
    let (Ok(cycle), Ok(day), Ok(days)) = (cycle.parse(), day.parse(), days.parse::<i32>()) else {
        return Err(wrong());
    };
    if days.abs() > 3660 { Err(wrong()) } else { Ok(Moved { cycle, day, days }) }
}

/// Lays the schedule on the calendar and prints it.
///
/// # Errors
/// When the trial, arm or part is not there, a moved visit passes another, or the output cannot be written.
pub fn run(args: &CalendarArgs, out: &mut dyn Write, warnings: &mut dyn Write) -> Result<Exit> {
    let opened = args.from.open(warnings)?;
    let entry = &opened.find(&args.id)?.0;
    let all = calendar::courses(&entry.trial, entry.readings());
    let chosen = choose(&all, args)?;
    if chosen.len() > 1 && args.format == CalendarFormat::Ics {
        writeln!(warnings, "trialdeck: {} courses are in one calendar; --arm LABEL takes one", chosen.len())?;
    }
    let courses = chosen.into_iter().map(|course| draw(entry, course, args)).collect::<Result<Vec<_>>>()?;
    let print = match args.format {
        CalendarFormat::Text => output::calendar::text,
        CalendarFormat::Md => output::calendar::markdown,
        CalendarFormat::Csv => output::calendar::csv,
        CalendarFormat::Ics => output::calendar::ics,
    };
    print(&entry.trial, &courses, out)?;
    let is_empty = courses.iter().all(|dated| dated.entries.is_empty());
    if is_empty {
        writeln!(
            warnings,
            "trialdeck: no date is known: the record states no day, interval or cycle that was read"
        )?;
    }
    Ok(if is_empty { Exit::Nothing } else { Exit::Done })
}

fn draw(entry: &Entry, course: &Course<'_>, args: &CalendarArgs) -> Result<Dated> {
    let later = match args.later {
        LaterArg::Visit => Later::Visit,
        LaterArg::Plan => Later::Plan,
    };
    let mut wanted = Wanted { cycles: args.cycles, later, ..Wanted::from(args.start) };
    let lay = |wanted: &Wanted| calendar::dated(&entry.trial, entry.readings(), course, wanted);
    let mut dated = lay(&wanted);
    for Moved { cycle, day, days } in args.slip.iter().copied() {
        let Some(visit) = dated.visit(cycle, day) else {
            bail!("{}: no visit is dated on day {day} of cycle {cycle}", course.label());
        };
        wanted.slips.push(Slip { visit, days });
        dated = lay(&wanted);
        if dated.clash.is_some() {
            bail!(
                "{}: day {day} of cycle {cycle} would pass another visit when it is moved by {days:+}",
                course.label()
            );
        }
    }
    Ok(dated)
}

/// The courses that are asked for: of each arm the part that is named, or its first.
fn choose<'c, 't>(all: &'c [Course<'t>], args: &CalendarArgs) -> Result<Vec<&'c Course<'t>>> {
    let arms = match &args.arm {
        Some(label) => of_arm(all, label)?,
        None => all.iter().collect(),
    };
    let Some(part) = &args.part else { return Ok(arms.into_iter().filter(|course| course.first).collect()) };
    let plain = |text: &str| text.replace('_', " ").to_lowercase();
    let named = |course: &&&Course<'_>| course.epoch().is_some_and(|epoch| plain(epoch) == plain(part));
    let chosen: Vec<_> = arms.iter().filter(named).copied().collect();
    if chosen.is_empty() {
        let parts: Vec<String> = arms.iter().filter_map(|course| course.epoch()).map(plain).collect();
        if parts.is_empty() {
            bail!("the record names no parts of the treatment");
        }
        bail!("no part \"{part}\"; the record names: {}", parts.join(", "));
    }
    Ok(chosen)
}

/// The courses of the arm with that label, or with that in its label when no other has it.
fn of_arm<'c, 't>(all: &'c [Course<'t>], label: &str) -> Result<Vec<&'c Course<'t>>> {
    let wanted = label.trim().to_lowercase();
    let labelled = |exact: bool| {
        let matches = |course: &&Course<'_>| {
            let own = course.arm.map(|arm| arm.label.trim().to_lowercase()).unwrap_or_default();
            course.arm.is_some() && if exact { own == wanted } else { own.contains(&wanted) }
        };
        all.iter().filter(matches).collect::<Vec<_>>()
    };
    let exact = labelled(true);
    let chosen = if exact.is_empty() { labelled(false) } else { exact };
    let same = |course: &&Course<'_>| {
        course.arm.map(|arm| &arm.label) == chosen.first().and_then(|first| first.arm).map(|arm| &arm.label)
    };
    if chosen.is_empty() || !chosen.iter().all(same) {
        let labels: Vec<&str> = all
            .iter()
            .filter(|course| course.first)
            .filter_map(|course| Some(course.arm?.label.as_str()))
            .collect();
        let known = if labels.is_empty() {
            "the record has no arms".to_owned()
        } else {
            format!("its arms: {}", labels.join(" | "))
        };
        let fault = if chosen.is_empty() { "there is no arm" } else { "several arms have" };
        bail!("{fault} \"{label}\"; {known}");
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_visit_is_read_as_it_is_typed() {
        assert_eq!(moved("2=+3"), Ok(Moved { cycle: 2, day: 1, days: 3 }));
        assert_eq!(moved("2.8=-1"), Ok(Moved { cycle: 2, day: 8, days: -1 }));
        for text in ["", "2", "2=", "x=1", "2=99999999999", "2.=1"] {
            assert!(moved(text).is_err(), "{text}");
        }
    }
}
