//! One giving of which two texts each tell a part: an arm's description the dose, its intervention's how and when. They
//! are put together only where each text gives the treatment once, nothing that both tell differs, and both tell the same
//! times, or the arm a dose and no time and the other times and no dose.

use crate::protocol::{Administration, Period};

use super::called::Called;
use super::twice::{self, places};

/// Completes the arm's only row of a treatment with the only row of its intervention. `false` where they may be two
/// givings.
pub(super) fn completed(
    own: &mut [Administration],
    rows: &[&Administration],
    row: &Administration,
    called: &Called,
) -> bool {
    if rows.iter().filter(|other| called.same(other, row)).count() != 1 {
        return false;
    }
    let mut of_drug = own.iter_mut().filter(|known| called.same(known, row));
    let (Some(known), None) = (of_drug.next(), of_drug.next()) else { return false };
    let parts = is_dose_alone(known) && row.dose.is_none() && row.levels.is_empty() && is_timed(row);
    if !(agree(known, row) && (parts || same_times(known, row))) {
        return false;
    }
    take_over(known, row);
    true
}

/// Whether nothing that both tell differs.
fn agree(one: &Administration, other: &Administration) -> bool {
    let doses = if one.dose.is_some() && other.dose.is_some() {
        one.dose == other.dose && one.dose_max == other.dose_max && one.unit == other.unit
    } else {
        one.dose.is_none() || other.levels.is_empty()
    };
    let levels = one.levels.is_empty() || other.levels.is_empty() && other.dose.is_none();
    let epochs = one.epoch == other.epoch && one.whom == other.whom;
    epochs
        && doses
        && levels
        && same(one.route.as_ref(), other.route.as_ref())
        && same(one.per_week.as_ref(), other.per_week.as_ref())
        && same(one.per_day.as_ref(), other.per_day.as_ref())
        && (one.days.is_empty() || other.days.is_empty() || one.days == other.days)
        && same_length(one.every, other.every)
        && same_length(one.cycle, other.cycle)
        && same(one.cycles.as_ref(), other.cycles.as_ref())
        && same_length(one.duration, other.duration)
        && (!both(one.duration, other.duration) || one.duration_bound == other.duration_bound)
        && same(one.doses.as_ref(), other.doses.as_ref())
        && same_length(one.infusion_time, other.infusion_time)
        && (!both(one.infusion_time, other.infusion_time) || one.infusion_time_max == other.infusion_time_max)
        && fits(one, other)
        && fits(other, one)
}

fn same<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.is_none() || other.is_none() || one == other
}

fn same_length(one: Option<Period>, other: Option<Period>) -> bool {
    same(one.map(|one| one.days()).as_ref(), other.map(|other| other.days()).as_ref())
}

fn both(one: Option<Period>, other: Option<Period>) -> bool {
    one.is_some() && other.is_some()
}

/// Whether an interval that one tells leaves room for the other's times: "every 3 weeks" is day 1 of a 21-day cycle and not
/// twice a day.
fn fits(one: &Administration, other: &Administration) -> bool {
    let Some(every) = one.every.filter(|_| other.every.is_none()) else { return true };
    let once = other.per_day.is_none() && other.per_week.is_none();
    let days = match other.days.as_slice() {
        [] => other.cycle.is_none_or(|cycle| cycle.days() == every.days()),
        [_] => other.cycle.is_some_and(|cycle| cycle.days() == every.days()),
        _ => false,
    };
    once && days
}

/// Whether both tell one same time at least.
fn same_times(one: &Administration, other: &Administration) -> bool {
    both(one.every, other.every)
        || both(one.cycle, other.cycle)
        || both(one.duration, other.duration)
        || both(one.every, other.cycle)
        || both(one.cycle, other.every)
        || one.per_day.is_some() && other.per_day.is_some()
        || one.per_week.is_some() && other.per_week.is_some()
        || !one.days.is_empty() && !other.days.is_empty()
}

fn is_timed(row: &Administration) -> bool {
    row.every.is_some()
        || row.per_day.is_some()
        || row.per_week.is_some()
        || row.cycle.is_some() && !row.days.is_empty()
}

/// A dose, and perhaps its way of giving.
fn is_dose_alone(row: &Administration) -> bool {
    let plain = Administration { dose: None, dose_max: None, unit: None, ..row.clone() };
    row.dose.is_some() && twice::tells_only_how(&plain)
}

fn take_over(known: &mut Administration, row: &Administration) {
    if known.dose.is_none() && known.levels.is_empty() {
        (known.dose, known.dose_max) = (row.dose, row.dose_max);
        known.unit.clone_from(&row.unit);
        known.levels.clone_from(&row.levels);
    }
    if known.days.is_empty() {
        known.days.clone_from(&row.days);
    }
    known.route = known.route.take().or_else(|| row.route.clone());
    known.per_week = known.per_week.or(row.per_week);
    known.per_day = known.per_day.or(row.per_day);
    known.every = known.every.or(row.every);
    known.cycle = known.cycle.or(row.cycle);
    known.cycles = known.cycles.or(row.cycles);
    // A length and how it bounds are one statement.
    if known.duration.is_none() {
        (known.duration, known.duration_bound) = (row.duration, row.duration_bound);
    }
    known.doses = known.doses.or(row.doses);
    if known.infusion_time.is_none() {
        (known.infusion_time, known.infusion_time_max) = (row.infusion_time, row.infusion_time_max);
    }
    for event in &row.stop {
        if !known.stop.contains(event) {
            known.stop.push(event.clone());
        }
    }
    known.more_spans.extend(places(row));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::dosing;

    /// What an arm's rows become with those of its intervention.
    fn shown(own: &str, given: &str) -> Vec<Administration> {
        let mut rows = dosing::read(own, "drugamab");
        let given = dosing::read(given, "drugamab");
        let all: Vec<&Administration> = given.iter().collect();
        for row in &given {
            if !completed(&mut rows, &all, row, &Called::default()) {
                rows.push(row.clone());
            }
        }
        rows
    }

    #[test]
    fn an_arms_dose_and_its_interventions_times_are_one_giving() {
        let rows = shown("Drugamab 8 mg/kg", "Drugamab IV every 3 weeks until disease progression");
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.dose.map(|dose| dose.0), row.route.as_deref()), (Some(8.0), Some("iv")));
        assert_eq!(row.every.map(|every| every.to_string()).as_deref(), Some("P3W"));
        assert_eq!((row.stop.as_slice(), row.more_spans.len()), (["progression".to_owned()].as_slice(), 1));
    }

    #[test]
    fn two_texts_with_the_same_times_are_one_giving() {
        let own = "Drugamab every 3 weeks until unacceptable toxicity";
        let rows = shown(own, "Drugamab 1000 mg IV on day 1 of each 21-day cycle");
        let [row] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!((row.dose.map(|dose| dose.0), row.stop.len()), (Some(1000.0), 1));
        let rows = shown("Drugamab 3 mg/kg IV weekly", "Drugamab IV once per week for up to 51 doses");
        assert_eq!(rows.iter().map(|row| row.doses).collect::<Vec<_>>(), [Some(51)]);
    }

    #[test]
    fn what_may_be_two_givings_stays_two() {
        for (own, given) in [
            ("Drugamab 5 mg once daily for 6 weeks", "Drugamab orally once daily for up to 6 weeks"),
            ("Drugamab every 2 weeks", "Drugamab 240 mg IV"),
            ("Drugamab 8 mg/kg", "Drugamab IV every 2 weeks. Drugamab IV every 4 weeks"),
            ("Drugamab 100 mg twice daily", "Drugamab every 3 weeks"),
            ("Drugamab 100 mg on days 1 and 8 of each 21-day cycle", "Drugamab IV every 3 weeks"),
            ("Maintenance: drugamab 100 mg", "Drugamab IV every 2 weeks"),
            ("Drugamab 100 mg IV every 2 weeks", "Drugamab 200 mg IV every 2 weeks"),
        ] {
            let count = dosing::read(own, "drugamab").len() + dosing::read(given, "drugamab").len();
            assert_eq!(shown(own, given).len(), count, "{own} | {given}");
        }
    }
}
