//! Endpoints: one row a kind, then what could not be told by kind, paired by its words.

use super::similar::Content;
use super::{Cell, Mark, Row, Side, State};
use crate::protocol::{Endpoint, EndpointReading, Role, Span, TimeFrame};

/// Kinds that say too little to align by: their measures are paired by their words.
const LOOSE_KINDS: &[&str] = &["OTHER", "EFFICACY_OTHER", "BIOMARKER", "FUNCTION", "IMAGING", "FEASIBILITY"];

/// How much of their words two measures must share to stand in one row.
const ALIKE: f64 = 0.6;

/// Days in a month when time frames are told in months.
const MONTH: f64 = 30.4375;
/// Days in a week.
const WEEK: f64 = 7.0;

/// The rows: kinds, those that are primary anywhere first, then the rest.
pub fn rows(sides: &[Side<'_>]) -> Vec<Row> {
    let mut rows: Vec<Row> =
        kinds(sides).into_iter().map(|kind| Row::new(kind.clone(), kind_cells(sides, &kind))).collect();
    rows.extend(loose_rows(sides));
    let (shared, alone): (Vec<Row>, Vec<Row>) =
        rows.into_iter().partition(|row| sides.len() < 2 || stated(row) > 1);
    shared.into_iter().chain(alone.into_iter().map(|row| row.grouped("Only here"))).collect()
}

fn stated(row: &Row) -> usize {
    row.cells.iter().filter(|cell| cell.state != State::NotStated).count()
}

/// One endpoint with everything that was read of it.
#[derive(Clone, Copy)]
struct Measured<'t> {
    index: usize,
    endpoint: &'t Endpoint,
    reading: Option<&'t EndpointReading>,
    time_frame: Option<&'t TimeFrame>,
}

fn measured<'t>(side: &Side<'t>) -> impl Iterator<Item = Measured<'t>> {
    let readings = side.readings;
    side.trial.endpoints.iter().enumerate().map(move |(index, endpoint)| Measured {
        index,
        endpoint,
        reading: readings.endpoints.get(index),
        time_frame: readings.time_frames.get(index),
    })
}

impl Measured<'_> {
    /// The kind to align by; none for kinds that say too little.
    fn kind(&self) -> Option<&str> {
        let kind = self.reading?.kind.as_deref()?;
        (!LOOSE_KINDS.contains(&kind)).then_some(kind)
    }

    fn rank(&self) -> usize {
        match self.endpoint.role {
            Some(Role::Primary) => 0,
            Some(Role::Secondary) => 1,
            Some(Role::Other) => 2,
            None => 3,
        }
    }

    /// Role, standards, assessor and time, in one line.
    fn told(&self) -> String {
        let role = match self.endpoint.role {
            Some(Role::Primary) => "primary",
            Some(Role::Secondary) => "secondary",
            Some(Role::Other) => "other",
            None => "",
        };
        let mut parts = vec![role.to_owned()];
        if let Some(reading) = self.reading {
            parts.push(reading.criteria.join(", "));
            parts.push(reading.assessor.clone().unwrap_or_default());
        }
        parts.push(self.time());
        parts.retain(|part| !part.is_empty());
        parts.join(" · ")
    }

    /// The time frame where it was read, else its words.
    fn time(&self) -> String {
        match self.time_frame.and_then(|frame| frame.max) {
            Some(max) => length(max.days()),
            None => self.endpoint.time_frame.as_ref().map(|t| t.text.clone()).unwrap_or_default(),
        }
    }

    fn span(&self) -> Option<Span> {
        let text = &self.endpoint.measure;
        (!text.is_empty()).then(|| Span::new(format!("endpoints[{}].measure", self.index), 0..text.len()))
    }

    fn mark(&self) -> Option<Mark> {
        (self.rank() == 0).then_some(Mark::Primary)
    }
}

/// A length of time in months, the unit that all have in common; where it is no round number of them (100 weeks) the weeks
/// or days come first, for they are what is stated.
fn length(days: f64) -> String {
    let months = days / MONTH;
    if days < MONTH {
        return format!("{} d", trimmed(days));
    }
    if (months * 2.0).fract() == 0.0 {
        return format!("{} mo", trimmed(months));
    }
    let (count, unit) = if days % WEEK == 0.0 { (days / WEEK, "wk") } else { (days, "d") };
    format!("{} {unit} ({} mo)", trimmed(count), trimmed(months))
}

/// A number with at most one decimal.
fn trimmed(value: f64) -> String {
    format!("{}", (value * 10.0).round() / 10.0)
}

/// The kinds of all trials: those that are primary anywhere first, then as they are named.
fn kinds(sides: &[Side<'_>]) -> Vec<String> {
    let mut kinds: Vec<(usize, String)> = Vec::new();
    for measured in sides.iter().flat_map(measured) {
        let Some(kind) = measured.kind() else { continue };
        match kinds.iter_mut().find(|(_, known)| known == kind) {
            Some((rank, _)) => *rank = (*rank).min(measured.rank()),
            None => kinds.push((measured.rank(), kind.to_owned())),
        }
    }
    kinds.sort_by_key(|(rank, _)| *rank);
    kinds.into_iter().map(|(_, kind)| kind).collect()
}

fn kind_cells(sides: &[Side<'_>], kind: &str) -> Vec<Cell> {
    let cell = |side: &Side<'_>| {
        let mut found: Vec<Measured<'_>> = measured(side).filter(|m| m.kind() == Some(kind)).collect();
        found.sort_by_key(Measured::rank);
        let Some(first) = found.first() else { return Cell::not_stated() };
        Cell::stated(counted(found.iter().map(Measured::told)).join("\n"))
            .at(first.span())
            .marked(first.mark())
    };
    sides.iter().map(cell).collect()
}

/// Each line once, with how often it is there: `secondary · 12 mo ×6`.
fn counted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut counts: Vec<(String, usize)> = Vec::new();
    for line in lines {
        match counts.iter_mut().find(|(known, _)| *known == line) {
            Some((_, count)) => *count += 1,
            None => counts.push((line, 1)),
        }
    }
    let told = |(line, count)| if count == 1 { line } else { format!("{line} ×{count}") };
    counts.into_iter().map(told).collect()
}

/// A row that is being gathered: its label, the words it is about, and a place for each trial.
struct Group {
    label: String,
    words: Content,
    cells: Vec<Option<Cell>>,
}

/// Measures without a telling kind: those of later trials join the row whose words they share most.
fn loose_rows(sides: &[Side<'_>]) -> Vec<Row> {
    let mut groups: Vec<Group> = Vec::new();
    for (column, side) in sides.iter().enumerate() {
        for measured in measured(side).filter(|m| m.kind().is_none()) {
            let words = Content::of(&measured.endpoint.measure);
            let cell = Cell::stated(measured.told()).at(measured.span()).marked(measured.mark());
            let free = |group: &&mut Group| group.cells.get(column).is_some_and(Option::is_none);
            let best = groups
                .iter_mut()
                .filter(free)
                .map(|group| (group.words.overlap(&words), group))
                .filter(|(shared, _)| *shared >= ALIKE)
                .max_by(|a, b| a.0.total_cmp(&b.0));
            let group = match best {
                Some((_, group)) => group,
                None => {
                    let label = measured.endpoint.measure.clone();
                    groups.push(Group { label, words, cells: vec![None; sides.len()] });
                    let Some(last) = groups.last_mut() else { continue };
                    last
                }
            };
            if let Some(slot) = group.cells.get_mut(column) {
                *slot = Some(cell);
            }
        }
    }
    groups
        .into_iter()
        .map(|group| {
            Row::new(
                group.label,
                group.cells.into_iter().map(|c| c.unwrap_or_else(Cell::not_stated)).collect(),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_several_times_is_said_once_with_its_count() {
        let lines = ["primary · 7 d", "primary · 3 mo", "primary · 7 d"].map(str::to_owned);
        assert_eq!(counted(lines.into_iter()), ["primary · 7 d ×2", "primary · 3 mo"]);
    }

    #[test]
    fn a_length_is_told_in_months_and_as_stated_where_they_are_not_round() {
        for (days, told) in [
            (28.0, "28 d"),
            (365.25 * 2.0, "24 mo"),
            (30.4375 * 1.5, "1.5 mo"),
            (700.0, "100 wk (23 mo)"),
            (84.0, "12 wk (2.8 mo)"),
            (100.0, "100 d (3.3 mo)"),
        ] {
            assert_eq!(length(days), told);
        }
    }
}
