//! Schedule: cycles side by side, and what the first twelve weeks ask of a patient.
//!
//! Counts come from the calendar, which dates only what the words give; a count that leaves something out says "at
//! least", and what has no date at all shows its words.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::arms::arm_name;
use super::{Cell, Row, Side};
use crate::calendar::{self, Basis, Course, Dated, Kind, Undated, Wanted};
use crate::protocol::{Administration, AssessmentKind, Regimen, phrase};

/// Days in which visits are counted, and that are drawn above one another.
pub const HORIZON: i32 = 84;

/// Doses that are drawn at most where the words state no cycle.
const MOST_DOSES: u32 = 84;

/// The kinds of assessments with their rows' names.
const KINDS: &[(AssessmentKind, &str)] = &[
    (AssessmentKind::Imaging, "Imaging"),
    (AssessmentKind::Laboratory, "Laboratory"),
    (AssessmentKind::Examination, "Examinations"),
    (AssessmentKind::Questionnaire, "Questionnaires"),
    (AssessmentKind::Biopsy, "Biopsies"),
    (AssessmentKind::FollowUp, "Follow-up"),
];

/// The rows of the section.
pub fn rows(sides: &[Side<'_>]) -> Vec<Row> {
    let mut rows = vec![Row::new("Cycles", sides.iter().map(cycles).collect()).grouped("Treatment")];
    rows.push(
        Row::new("Days with doses in 12 weeks", sides.iter().map(dose_days).collect()).grouped("Treatment"),
    );
    for (kind, name) in KINDS {
        rows.push(
            Row::new(*name, sides.iter().map(|side| words(side, *kind)).collect()).grouped("Assessments"),
        );
        let cells = sides.iter().map(|side| assessed(side, *kind)).collect();
        rows.push(Row::new(format!("{name} in 12 weeks"), cells).grouped("Assessments"));
    }
    rows.retain(|row| row.cells.iter().any(|cell| !cell.text.is_empty()));
    rows
}

/// A day on which everything starts: only differences between days are told.
fn day_one() -> Date {
    Date::constant(2001, 1, 1)
}

/// A course's first twelve weeks.
fn first_weeks(side: &Side<'_>, course: &Course<'_>) -> Dated {
    let cycle = course
        .regimen
        .and_then(|regimen| regimen.cycle)
        .map(|cycle| cycle.days())
        .filter(|days| *days >= 1.0);
    let cycles = cycle.map_or(MOST_DOSES, |days| (f64::from(HORIZON) / days).ceil().clamp(1.0, 84.0) as u32);
    let wanted = Wanted { cycles: Some(cycles), ..Wanted::from(day_one()) };
    calendar::dated(side.trial, side.readings, course, &wanted)
}

/// Days from day one; none beyond the horizon.
fn day(date: Date) -> Option<usize> {
    let days = date.since(day_one()).ok()?.get_days();
    usize::try_from(days).ok().filter(|days| *days < HORIZON as usize)
}

/// Every regimen's cycle, number of cycles and end, a line each.
fn cycles(side: &Side<'_>) -> Cell {
    let mut lines: Vec<String> = Vec::new();
    let mut span = None;
    for regimen in &side.readings.regimens {
        let told = told(regimen);
        if told.is_empty() {
            continue;
        }
        span = span.or_else(|| regimen.administrations.first().map(|row| row.span.clone()));
        let arm = regimen.arm.as_deref().map(|label| arm_name(side, label));
        let name = [arm, regimen.epoch.as_deref().map(phrase::event)];
        let name = name.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        lines.push(if name.is_empty() { told } else { format!("{name}: {told}") });
    }
    if lines.is_empty() {
        return unread_cycle(side).unwrap_or_else(Cell::not_stated);
    }
    Cell::stated(lines.join("\n")).at(span)
}

/// The first sentence that was not read, or not wholly, and speaks of a cycle: one is stated then, though none is known ("each
/// 21-28 day cycle").
fn unread_cycle(side: &Side<'_>) -> Option<Cell> {
    let unread = side.readings.dosing.sentences.iter().filter(|sentence| !sentence.read);
    unread.into_iter().find_map(|sentence| {
        let words = sentence.span.of(side.trial.text(&sentence.span.field)?)?;
        let speaks = words.to_lowercase().contains("cycle");
        speaks.then(|| Cell::not_read(words).at(Some(sentence.span.clone())))
    })
}

fn told(regimen: &Regimen) -> String {
    let mut parts = Vec::new();
    parts.extend(regimen.cycle.map(|cycle| format!("{} cycle", phrase::adjective(cycle))));
    parts.extend(regimen.cycles.map(|count| format!("up to {}", phrase::cycles(count))));
    if !regimen.until.is_empty() {
        let events: Vec<String> = regimen.until.iter().map(|event| phrase::event(event)).collect();
        parts.push(format!("until {}", events.join(", ")));
    }
    parts.join(", ")
}

/// Arm and part of a course in a few words.
fn name(side: &Side<'_>, course: &Course<'_>) -> String {
    let arm = course.arm.map(|arm| arm_name(side, &arm.label));
    let parts = [arm, course.epoch().map(phrase::event)].into_iter().flatten().collect::<Vec<_>>();
    if parts.is_empty() { course.label() } else { parts.join(" · ") }
}

/// On how many days something is given, for each course where they differ.
fn dose_days(side: &Side<'_>) -> Cell {
    let courses = calendar::courses(side.trial, side.readings);
    let treated: Vec<&Course<'_>> = courses.iter().filter(|course| course.regimen.is_some()).collect();
    let mut counts: Vec<(String, usize, bool)> = Vec::new();
    let mut undated = None;
    for course in treated {
        let dated = first_weeks(side, course);
        let doses = dated.entries.iter().filter(|entry| entry.kind == Kind::Dose);
        let days: BTreeSet<usize> = doses.filter_map(|entry| day(entry.date)).collect();
        let open = dated.undated.iter().any(|undated| is_dosing(course, undated));
        if days.is_empty() {
            undated = undated.or_else(|| dated.undated.into_iter().next());
            continue;
        }
        counts.push((name(side, course), days.len(), open));
    }
    let Some((_, first, open)) = counts.first().cloned() else {
        return undated
            .map_or_else(Cell::not_stated, |undated| Cell::not_read(undated.told()).at(undated.span));
    };
    if counts.iter().all(|(_, count, _)| *count == first) {
        let at_least = open || undated.is_some();
        let text = format!("{}{first}", if at_least { "at least " } else { "" });
        let cell = Cell::stated(text);
        return if at_least { cell } else { cell.with_value(first as f64, "days") };
    }
    let lines = counts
        .iter()
        .map(|(label, count, open)| format!("{label}: {}{count}", if *open { "at least " } else { "" }));
    Cell::stated(lines.collect::<Vec<_>>().join("\n"))
}

/// Whether what has no date is a dose of this course, or a sentence that looks like dosing.
fn is_dosing(course: &Course<'_>, undated: &Undated) -> bool {
    let rows = course.regimen.map(|regimen| regimen.administrations.as_slice()).unwrap_or_default();
    undated.what.is_empty() || rows.iter().any(|row| row.drug == undated.what)
}

/// Whether what has no date is more of a treatment of this course.
fn goes_on(course: &Course<'_>, what: &str, undated: &Undated) -> bool {
    let rows = course.regimen.map(|regimen| regimen.administrations.as_slice()).unwrap_or_default();
    let is_row = |row: &Administration| row.drug == undated.what && Some(&row.span) == undated.span.as_ref();
    undated.what.to_lowercase() == what.to_lowercase() && rows.iter().any(is_row)
}

/// The record's own words on assessments of a kind.
fn words(side: &Side<'_>, kind: AssessmentKind) -> Cell {
    let mut lines: Vec<String> = Vec::new();
    let mut span = None;
    for assessment in side.readings.assessments.iter().filter(|assessment| assessment.kind == kind) {
        let text = side.trial.text(&assessment.span.field).and_then(|text| assessment.span.of(text));
        let words = text.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let line = if words.to_lowercase().contains(&assessment.name.to_lowercase()) {
            words
        } else {
            format!("{}: {words}", assessment.name)
        };
        if !lines.contains(&line) {
            span = span.or_else(|| Some(assessment.span.clone()));
            lines.push(line);
        }
    }
    Cell::stated(lines.join("\n")).at(span)
}

/// On how many days assessments of a kind fall.
fn assessed(side: &Side<'_>, kind: AssessmentKind) -> Cell {
    let of_kind: Vec<_> = side.readings.assessments.iter().filter(|one| one.kind == kind).collect();
    if of_kind.is_empty() {
        return Cell::not_stated();
    }
    let names: BTreeSet<&str> = of_kind.iter().map(|one| one.name.as_str()).collect();
    let courses = calendar::courses(side.trial, side.readings);
    let Some(course) = courses.first() else { return Cell::not_stated() };
    let dated = first_weeks(side, course);
    let entries =
        dated.entries.iter().filter(|e| e.kind == Kind::Assessment && names.contains(e.what.as_str()));
    let days: BTreeSet<usize> = entries.filter_map(|entry| day(entry.date)).collect();
    let undated = dated.undated.iter().find(|undated| names.contains(undated.what.as_str()));
    match (days.len(), undated) {
        (0, Some(undated)) => Cell::not_read(undated.told()).at(undated.span.clone()),
        (0, None) => Cell::stated("none dated in 12 weeks"),
        (count, Some(_)) => Cell::stated(format!("at least {count}")),
        (count, None) => Cell::stated(count.to_string()).with_value(count as f64, "days"),
    }
}

/// One treatment's first twelve weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// The trial's column.
    pub column: usize,
    /// Arm and part, where the trial has more than one course.
    pub course: String,
    /// The treatment with dose and route.
    pub what: String,
    /// For each day, how the words give it; none where nothing is given.
    pub days: Vec<Option<Basis>>,
    /// Behind the last of its days the words do not tell, or could not be read: nothing there says that nothing is given.
    pub open: bool,
}

/// Every treatment of every trial on one axis of days: the trials' cycles above one another.
pub fn overlay(sides: &[Side<'_>]) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for (column, side) in sides.iter().enumerate() {
        let courses = calendar::courses(side.trial, side.readings);
        let several = courses.len() > 1;
        for course in &courses {
            let from = lanes.len();
            let dated = first_weeks(side, course);
            for entry in dated.entries.iter().filter(|entry| entry.kind == Kind::Dose) {
                let Some(day) = day(entry.date) else { continue };
                let what = [entry.what.as_str(), entry.detail.as_str()].join(" ").trim().to_owned();
                let index = match lanes.iter().skip(from).position(|lane| lane.what == what) {
                    Some(index) => from + index,
                    None => {
                        let open = dated.undated.iter().any(|undated| goes_on(course, &entry.what, undated));
                        let course = if several { name(side, course) } else { String::new() };
                        let days = vec![None; HORIZON as usize];
                        lanes.push(Lane { column, course, what, days, open });
                        lanes.len() - 1
                    }
                };
                if let Some(slot) = lanes.get_mut(index).and_then(|lane| lane.days.get_mut(day)) {
                    *slot = Some(entry.basis);
                }
            }
        }
    }
    alike_at_once(lanes)
}

/// Courses of a trial on which the same is given on the same days stand together, with all of their names.
fn alike_at_once(lanes: Vec<Lane>) -> Vec<Lane> {
    let same = |one: &Lane, next: &Lane| one.column == next.column && one.course == next.course;
    let mut courses: Vec<(Vec<String>, Vec<Lane>)> = Vec::new();
    for course in lanes.chunk_by(same) {
        let given = |lane: &Lane| Lane { course: String::new(), ..lane.clone() };
        let alike =
            |(_, known): &&mut (Vec<String>, Vec<Lane>)| known.iter().map(given).eq(course.iter().map(given));
        let name = course.first().map(|lane| lane.course.clone()).unwrap_or_default();
        match courses.iter_mut().find(alike) {
            Some((names, _)) => names.push(name),
            None => courses.push((vec![name], course.to_vec())),
        }
    }
    let named = |(names, lanes): (Vec<String>, Vec<Lane>)| {
        let name = joined(&names);
        lanes.into_iter().map(move |lane| Lane { course: name.clone(), ..lane })
    };
    courses.into_iter().flat_map(named).collect()
}

/// Names of arms in one line: `arms A, B, C`.
fn joined(names: &[String]) -> String {
    let letters: Option<Vec<&str>> = names.iter().map(|name| name.strip_prefix("arm ")).collect();
    match letters.filter(|letters| letters.len() > 1) {
        Some(letters) => format!("arms {}", letters.join(", ")),
        None => names.join(", "),
    }
}

/// Columns of a bar with a cell a day, and of one with a cell a week.
const DAILY: usize = HORIZON as usize + 11;
/// See [`DAILY`].
pub const WEEKLY: usize = 3 * 12 - 1;

/// The heads of the weeks in so many columns.
pub fn axis(columns: usize) -> String {
    if columns >= DAILY {
        let heads: String = (0..12).map(|week| format!("{:<8}", format!("D{}", week * 7 + 1))).collect();
        return heads.trim_end().to_owned();
    }
    let heads: String = (2..=12).map(|week| format!("{week:<3}")).collect();
    format!("w1 {}", heads.trim_end())
}

impl Lane {
    /// The bar in so many columns: a cell a day where they fit, else how many days of each week ([`WEEKLY`]).
    pub fn bar(&self, columns: usize) -> String {
        let last = self.days.iter().rposition(Option::is_some).filter(|_| self.open).unwrap_or(usize::MAX);
        let weeks = self.days.chunks(7).enumerate();
        let cell = |(nth, week)| week_cell(week, nth * 7, last, columns >= DAILY);
        let weeks: Vec<String> = weeks.map(cell).collect();
        weeks.join(if columns >= DAILY { " " } else { "" }).trim_end().to_owned()
    }
}

/// The week that begins with the day `first`; behind the day `last` it is open what is given.
fn week_cell(week: &[Option<Basis>], first: usize, last: usize, daily: bool) -> String {
    if daily {
        let cell = |(day, given): (usize, &Option<Basis>)| if day > last { OPEN } else { sign(*given) };
        return (first..).zip(week).map(cell).collect();
    }
    let open = first + week.len() > last.saturating_add(1);
    match week.iter().flatten().count() {
        0 if open => format!("{OPEN}  "),
        0 => "·  ".to_owned(),
        count if open => format!("{count}+ "),
        count => format!("{count}  "),
    }
}

/// A day of which the words do not tell.
const OPEN: char = '┄';

fn sign(day: Option<Basis>) -> char {
    match day {
        Some(Basis::Named | Basis::Baseline) => '█',
        Some(Basis::Daily) => '━',
        Some(Basis::Counted) => '▪',
        None => '·',
    }
}
