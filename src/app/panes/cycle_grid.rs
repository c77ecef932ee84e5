//! A regimen as a grid of its cycle: a row a treatment with dose, route and a bar of days.
//!
//! A day is drawn as given only where the words name it, or where the treatment is daily. An interval without days
//! is drawn lighter from day 1 on, and the grid says so. What has no time gets no bar.

use crate::app::item::Item;
use crate::app::styled::{Styled, Tone};
use crate::app::wrap;
use crate::calendar::grid::{self, Day};
use crate::calendar::words::{Cycles, cycles as cycles_of};
use crate::protocol::phrase;
use crate::protocol::{Administration, Regimen, Trial};

use super::words;

/// Days in the widest grid that is drawn day by day; longer cycles fold into weeks.
const MOST_DAYS: usize = 42;
/// Widest columns for names and doses.
const MOST_NAME: usize = 26;
/// See [`MOST_NAME`]; where there is room for more beside the bars, a dose may take it.
const MOST_DOSE: usize = 30;
/// Wider a dose does not stand beside a bar: it would be far from its name.
const WIDEST_DOSE: usize = 44;
/// Columns between two parts of a row.
const GAP: usize = 2;

/// What a day is drawn as.
fn sign(day: Day) -> char {
    match day {
        Day::Named => '█',
        Day::Daily => '━',
        Day::Counted => '▪',
        Day::Not => '·',
        Day::Beyond => ' ',
    }
}

/// The days that a grid draws.
struct Axis {
    days: usize,
    /// Each cell is a week and not a day.
    weekly: bool,
}

impl Axis {
    fn of(regimen: &Regimen) -> Option<Self> {
        let days = grid::days_of_regimen(regimen)?;
        Some(Self { days, weekly: days > MOST_DAYS })
    }

    /// Columns of a bar.
    fn width(&self) -> usize {
        if self.weekly { self.days.div_ceil(7) } else { self.days + (self.days - 1) / 7 }
    }

    /// The first day of each week above the bars.
    fn header(&self) -> String {
        if self.weekly {
            let weeks = self.days.div_ceil(7);
            let marks: String =
                (1..=weeks).step_by(4).map(|week| format!("{:<4}", format!("w{week}"))).collect();
            return marks.trim_end().to_owned();
        }
        let starts: String =
            (1..=self.days).step_by(7).map(|day| format!("{:<8}", format!("D{day}"))).collect();
        starts.trim_end().to_owned()
    }

    fn bar(&self, days: &[Day]) -> String {
        if self.weekly {
            return days.chunks(7).map(week_sign).collect();
        }
        let mut bar = String::new();
        for (index, day) in days.iter().enumerate() {
            if index > 0 && index % 7 == 0 {
                bar.push(' ');
            }
            bar.push(sign(*day));
        }
        bar
    }
}

/// What a week is drawn as: the sign of its days where they are alike, else on how many of them something is given.
fn week_sign(week: &[Day]) -> char {
    let first = week.first().copied().unwrap_or(Day::Not);
    if week.iter().all(|day| *day == first) {
        return sign(first);
    }
    let given = week.iter().filter(|day| day.is_given()).count();
    u32::try_from(given)
        .ok()
        .filter(|given| *given > 0)
        .and_then(|given| char::from_digit(given, 10))
        .unwrap_or('·')
}

/// Which signs have been explained: once in a pane is enough.
#[derive(Default)]
pub struct Explained {
    weekly: bool,
    counted: bool,
}

/// The items of one regimen, `later` where one stands above it: its heading, the axis, its rows, and what the signs mean
/// where that is not said yet.
pub fn items(
    trial: &Trial,
    regimen: &Regimen,
    later: bool,
    width: u16,
    explained: &mut Explained,
) -> Vec<Item> {
    let mut items: Vec<Item> = heading(regimen, later).into_iter().collect();
    // Without a day that is stated or counted there is nothing to stand below the days.
    let is_drawn =
        |axis: &Axis| regimen.administrations.iter().any(|row| grid::days_of_row(row, axis.days).is_some());
    let axis = Axis::of(regimen).filter(is_drawn);
    let columns = Columns::of(trial, regimen, axis.as_ref(), usize::from(width));
    if let Some(axis) = axis.as_ref().filter(|_| columns.bars) {
        let blank = " ".repeat(columns.name + columns.dose + 2 * GAP);
        let mut header = Item::note(format!("{blank}{}", axis.header()));
        header.fixed = true;
        items.push(header.indented(1));
    }
    let (mut counted, mut drawn_any) = (false, false);
    for row in &regimen.administrations {
        let days = axis.as_ref().and_then(|axis| grid::days_of_row(row, axis.days));
        // A dose that is wider than its column is told in words: a cut one might be taken for another.
        let fits = columns.bars && wrap::width(&beside_bar(row)) <= columns.dose;
        counted |= fits && days.as_ref().is_some_and(|days| days.contains(&Day::Counted));
        let bar = days.zip(axis.as_ref()).filter(|_| fits).map(|(days, axis)| axis.bar(&days));
        let drawn = bar.is_some();
        drawn_any |= drawn;
        items.push(self::row(trial, row, bar, &columns));
        let levels = phrase::levels(row);
        if !levels.is_empty() {
            items.push(Item::note(format!("levels {levels}")).indented(3));
        }
        items.extend(own_terms(row, regimen, drawn).map(|terms| Item::note(terms).indented(3)));
    }
    let weekly = columns.bars && axis.as_ref().is_some_and(|axis| axis.weekly);
    if weekly && drawn_any && !std::mem::replace(&mut explained.weekly, true) {
        items.push(Item::note("a sign is a week; a number, on how many of its days").indented(1));
    }
    if counted && !std::mem::replace(&mut explained.counted, true) {
        let told = if weekly {
            "some days are counted from day 1 by the stated interval: the words name none"
        } else {
            "▪ counted from day 1 by the stated interval; the words name no day"
        };
        items.push(Item::note(told).indented(1));
    }
    items
}

/// Part of the treatment, cycle, number of cycles, until when; nothing when the words say none of it.
fn heading(regimen: &Regimen, later: bool) -> Option<Item> {
    let mut parts = Vec::new();
    let part = phrase::part(regimen.epoch.as_deref(), later);
    parts.extend((!part.is_empty()).then(|| words::line(&part)));
    let differ = regimen.cycle.is_none() && regimen.administrations.iter().any(|row| row.cycle.is_some());
    parts.extend(differ.then(|| "cycles differ".to_owned()));
    parts.extend(regimen.cycle.map(|cycle| format!("{} cycle", phrase::adjective(cycle))));
    parts.extend(regimen.cycles.map(|count| format!("up to {}", phrase::cycles(count))));
    if !regimen.until.is_empty() {
        let events: Vec<String> = regimen.until.iter().map(|event| phrase::event(event)).collect();
        parts.push(format!("until {}", events.join(", ")));
    }
    (!parts.is_empty()).then(|| Item::subheading(parts.join(" · ")))
}

/// What ends this row and not the whole regimen: its own end, and how many cycles and how long where a bar stands for
/// the words about time that would tell it.
fn own_terms(row: &Administration, regimen: &Regimen, drawn: bool) -> Option<String> {
    let mut parts = Vec::new();
    let cycles = row.cycles.filter(|_| drawn && regimen.cycles.is_none());
    parts.extend(cycles.map(|count| format!("up to {}", phrase::cycles(count))));
    parts.extend(drawn.then(|| phrase::lasting(row)).filter(|told| !told.is_empty()));
    parts.extend(told_apart(row));
    let own: Vec<String> =
        row.stop.iter().filter(|event| !regimen.until.contains(event)).map(|e| phrase::event(e)).collect();
    parts.extend((!own.is_empty()).then(|| format!("until {}", own.join(", "))));
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// Where the words name cycles of their own ("from cycle 2 on"), the row does not hold for all of them.
fn told_apart(row: &Administration) -> Option<String> {
    let all_words = row.text.as_str();
    let apart = cycles_of(all_words, row.cycles) == Cycles::Apart;
    apart.then(|| "not in every cycle: the words tell in which".to_owned())
}

/// How wide the parts of the rows are, and whether bars fit beside them.
struct Columns {
    name: usize,
    dose: usize,
    bars: bool,
}

impl Columns {
    fn of(trial: &Trial, regimen: &Regimen, axis: Option<&Axis>, width: usize) -> Self {
        let rows = regimen.administrations.iter();
        let names = rows.clone().map(|row| wrap::width(&name(trial, row)));
        let name = names.max().unwrap_or(0).min(MOST_NAME);
        let others = 1 + name + GAP + GAP + axis.map_or(0, Axis::width);
        let most = width.saturating_sub(others).clamp(MOST_DOSE, WIDEST_DOSE);
        let doses = rows.map(|row| wrap::width(&beside_bar(row))).filter(|columns| *columns <= most);
        let dose = doses.max().unwrap_or(0);
        Self { name, dose, bars: axis.is_some() && others + dose <= width }
    }
}

/// What stands beside a bar: dose, route, and how often on a day.
fn beside_bar(row: &Administration) -> String {
    let often = row.per_day.filter(|times| times.0 != 1.0).map(|times| format!("{}×/day", times.0));
    let dose = phrase::dose_and_route(row);
    [dose, often.unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The treatment as the record writes it.
fn name(trial: &Trial, row: &Administration) -> String {
    words::line(&phrase::written(trial, &row.drug))
}

fn row(trial: &Trial, row: &Administration, bar: Option<String>, columns: &Columns) -> Item {
    let drug = name(trial, row);
    let Some(bar) = bar else {
        // Without a bar the times are told in words, wrapped.
        let told = [phrase::dose_and_route(row), phrase::timing(row)];
        let told = told.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        let told = if told.is_empty() { Styled::new("no dose or time read", Tone::Dim) } else { told.into() };
        let hang = u16::try_from(columns.name + GAP).unwrap_or(u16::MAX);
        let lead = Styled::new(drug, Tone::Strong);
        return Item { lead, hang, text: told, ..Item::default() }.indented(1).from(Some(row.span.clone()));
    };
    let text = Styled::new(fitted(&drug, columns.name), Tone::Strong)
        .with(" ".repeat(GAP), Tone::Plain)
        .with(fitted(&beside_bar(row), columns.dose), Tone::Plain)
        .with(" ".repeat(GAP), Tone::Plain)
        .with(bar, Tone::Accent);
    Item { fixed: true, ..Item::row(text) }.indented(1).from(Some(row.span.clone()))
}

/// A text in exactly so many columns: cut with a mark, or filled with blanks.
fn fitted(text: &str, columns: usize) -> String {
    let (start, was_cut) = wrap::cut(text, columns);
    let shown = if was_cut { format!("{start}…") } else { start.to_owned() };
    let fill = columns.saturating_sub(wrap::width(&shown));
    format!("{shown}{}", " ".repeat(fill))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::regimen;

    fn drawn(text: &str, width: u16) -> String {
        let mut trial = Trial::default();
        trial.description.detailed = Some(text.to_owned());
        lines(&trial, width)
    }

    fn lines(trial: &Trial, width: u16) -> String {
        let (regimens, _) = regimen::read(trial);
        let mut explained = Explained::default();
        let items = regimens.iter().flat_map(|regimen| items(trial, regimen, false, width, &mut explained));
        let lines = items.map(|item| {
            let lead = if item.lead.is_empty() { String::new() } else { format!("{}: ", item.lead.text()) };
            format!("{lead}{}", item.text.text()).trim_end().to_owned()
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_number_of_cycles_holds_for_the_rows_that_state_it() {
        let arm = crate::protocol::Arm {
            label: "A".to_owned(),
            interventions: vec!["Drugamab".to_owned(), "Othermab".to_owned()],
            ..Default::default()
        };
        let given = |name: &str, words: &str| crate::protocol::Intervention {
            name: name.to_owned(),
            description: Some(words.to_owned()),
            ..Default::default()
        };
        let trial = Trial {
            arms: vec![arm],
            interventions: vec![
                given("Drugamab", "200 mg IV on day 1 of each 21-day cycle until disease progression"),
                given("Othermab", "75 mg/m2 IV on day 1 of each 21-day cycle for up to 4 cycles"),
            ],
            ..Trial::default()
        };
        let drawn = lines(&trial, 80);
        assert_eq!(
            drawn,
            "21-day cycle\n\
             \u{20}                      D1      D8      D15\n\
             drugamab  200 mg IV    █······ ······· ·······\n\
             until progression\n\
             othermab  75 mg/m2 IV  █······ ······· ·······\n\
             up to 4 cycles"
        );
    }

    #[test]
    fn a_bar_leaves_out_neither_how_long_nor_how_many() {
        let shown = drawn(
            "In 28-day cycles, patients receive drugamab 80 mg IV over 30 minutes on days 1 and 15 for 2 years.",
            80,
        );
        assert_eq!(
            shown,
            "28-day cycle\n\
             \u{20}                   D1      D8      D15     D22\n\
             drugamab  80 mg IV  █······ ······· █······ ·······\n\
             for 2 years, over 30 minutes"
        );
    }

    #[test]
    fn no_dose_is_cut() {
        let trial = Trial::default();
        let row = |dose: f64, route: &str| Administration {
            drug: "drugamab".to_owned(),
            dose: Some(crate::protocol::Number(dose)),
            unit: Some("mg".to_owned()),
            route: Some(route.to_owned()),
            days: vec![1],
            ..Administration::default()
        };
        let wide = "by a very long way round the whole body";
        let regimen = Regimen {
            cycle: Some(crate::protocol::Period::new(7.0, crate::protocol::PeriodUnit::Day)),
            administrations: vec![row(5.0, "iv"), row(12_345.0, wide)],
            ..Regimen::default()
        };
        let items = items(&trial, &regimen, false, 80, &mut Explained::default());
        let told: Vec<&str> = items.iter().map(|item| item.text.text()).collect();
        assert!(told.iter().any(|text| text.contains("5 mg IV  █")), "{told:?}");
        assert!(told.iter().any(|text| text.starts_with(&format!("12345 mg {wide}"))), "{told:?}");
    }

    #[test]
    fn whom_a_dose_is_for_stands_beside_its_bar_where_there_is_room() {
        let shown = |width| {
            let row = Administration {
                drug: "drugamab".to_owned(),
                dose: Some(crate::protocol::Number(12.0)),
                unit: Some("mg".to_owned()),
                route: Some("oral".to_owned()),
                whom: Some("body weight ≥ 60 kg".to_owned()),
                days: vec![1],
                ..Administration::default()
            };
            let regimen = Regimen {
                cycle: Some(crate::protocol::Period::new(7.0, crate::protocol::PeriodUnit::Day)),
                administrations: vec![row],
                ..Regimen::default()
            };
            let items = items(&Trial::default(), &regimen, false, width, &mut Explained::default());
            items.last().map(|item| item.text.text().to_owned()).unwrap_or_default()
        };
        let told = "12 mg oral (body weight ≥ 60 kg)";
        assert_eq!(shown(60), format!("drugamab  {told}  █······"));
        assert_eq!(shown(40), format!("{told} · day 1"));
    }

    #[test]
    fn what_is_given_in_some_cycles_says_so_without_a_bar_too() {
        let drawn = drawn("Drugamab 16 mg/kg IV every 2 weeks in cycles 3-6.", 80);
        assert!(drawn.ends_with("not in every cycle: the words tell in which"), "{drawn}");
    }

    #[test]
    fn what_begins_with_a_later_cycle_says_so() {
        let drawn = drawn("Drugamab 80 mg IV on day 1 of each 7-day cycle, from cycle 2 on.", 80);
        assert!(drawn.ends_with("not in every cycle: the words tell in which"), "{drawn}");
    }

    #[test]
    fn named_days_daily_and_counted_days_are_drawn_apart() {
        assert_eq!(
            drawn(
                "In 14-day cycles, patients receive drugamab 80 mg IV on days 1 and 8. \
                 Othermab 5 mg orally once daily in each 14-day cycle.",
                80
            ),
            "14-day cycle\n\
             \u{20}                    D1      D8\n\
             drugamab  80 mg IV   █······ █······\n\
             othermab  5 mg oral  ━━━━━━━ ━━━━━━━"
        );
    }

    #[test]
    fn a_wide_cycle_folds_into_weeks_and_days_before_the_first_are_told_in_words() {
        assert_eq!(
            drawn("In 84-day cycles, patients receive drugamab 80 mg IV on days 1, 8 and 15-28.", 80),
            "84-day cycle\n\
             \u{20}                   w1  w5  w9\n\
             drugamab  80 mg IV  11██········\n\
             a sign is a week; a number, on how many of its days"
        );
        let before = drawn("Fludarabine 30 mg/m2 IV on days -5 to -3.", 80);
        assert_eq!(before, "fludarabine: 30 mg/m2 IV · days -5–-3");
    }

    #[test]
    fn where_no_day_is_known_no_days_stand_above() {
        assert_eq!(
            drawn("Drugamab 80 mg IV, 21-day cycles.", 80),
            "21-day cycle\ndrugamab: 80 mg IV · 21-day cycle"
        );
    }

    #[test]
    fn a_narrow_pane_tells_times_in_words() {
        assert_eq!(
            drawn("Drugamab 80 mg IV on days 1 and 8 of each 21-day cycle.", 30),
            "21-day cycle\ndrugamab: 80 mg IV · days 1, 8, 21-day cycle"
        );
    }
}
