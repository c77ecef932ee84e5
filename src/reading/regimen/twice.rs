//! One giving that two texts tell, as an arm's description and its intervention's often do: it is shown once, with the
//! words of both. Only where one text says nothing that the other does not say: nothing is put together of two texts.

use crate::protocol::{Administration, Period};

/// Puts an intervention's row with the arm's row that tells the same giving: the one that says more stays, where the
/// arm's stood. `false` where no row of the arm tells it.
pub(super) fn joined(own: &mut [Administration], row: &Administration) -> bool {
    let Some(known) =
        own.iter_mut().find(|known| says_nothing_beyond(row, known) || says_nothing_beyond(known, row))
    else {
        return false;
    };
    if says_nothing_beyond(row, known) {
        known.more_spans.push(row.span.clone());
        known.more_spans.extend(row.more_spans.iter().cloned());
        return true;
    }
    let told_before = std::mem::replace(known, row.clone());
    known.more_spans.push(told_before.span);
    known.more_spans.extend(told_before.more_spans);
    true
}

/// Whether all that a row says of a treatment, the other row of that treatment says too.
fn says_nothing_beyond(row: &Administration, other: &Administration) -> bool {
    fn told<T: PartialEq>(own: Option<&T>, other: Option<&T>) -> bool {
        own.is_none_or(|own| other == Some(own))
    }
    let lasts =
        |own: Option<Period>, other: Option<Period>| told(own.map(days).as_ref(), other.map(days).as_ref());
    super::same_drug(row, other)
        && told(row.dose.as_ref(), other.dose.as_ref())
        && row.dose_max == other.dose_max
        && told(row.unit.as_ref(), other.unit.as_ref())
        && (row.levels.is_empty() || row.levels == other.levels)
        && told(row.route.as_ref(), other.route.as_ref())
        && told(row.per_week.as_ref(), other.per_week.as_ref())
        && told(row.per_day.as_ref(), other.per_day.as_ref())
        && (row.days.is_empty() || row.days == other.days)
        && lasts(row.every, other.every)
        && lasts(row.cycle, other.cycle)
        && told(row.cycles.as_ref(), other.cycles.as_ref())
        && lasts(row.duration, other.duration)
        && told(row.doses.as_ref(), other.doses.as_ref())
        && lasts(row.infusion_time, other.infusion_time)
        && row.stop.iter().all(|event| other.stop.contains(event))
        && row.epoch == other.epoch
}

fn days(period: Period) -> f64 {
    period.days()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::dosing;

    /// What an arm's rows become with those of its intervention: the words of each, and how many more places it has.
    fn shown(own: &str, given: &str) -> Vec<String> {
        let mut rows = dosing::read(own, "drugamab");
        for row in dosing::read(given, "drugamab") {
            if !joined(&mut rows, &row) {
                rows.push(row);
            }
        }
        rows.iter().map(|row| format!("{} +{}", row.text, row.more_spans.len())).collect()
    }

    #[test]
    fn a_giving_that_both_tell_is_one_row_with_the_words_of_both() {
        let long = "Drugamab 200 mg IV every 3 weeks";
        assert_eq!(shown("Drugamab IV every 3 weeks", long), [format!("{long} +1")]);
        assert_eq!(shown(long, "Drugamab IV every 21 days"), [format!("{long} +1")]);
        assert_eq!(shown("Drugamab orally once daily", "Drugamab orally once daily").len(), 1);
    }

    #[test]
    fn two_texts_that_each_say_more_stay_two_rows() {
        for (own, given) in [
            ("Drugamab every 2 weeks", "Drugamab 240 mg IV"),
            ("Drugamab IV every 2 weeks", "Drugamab IV every 3 weeks"),
            ("Drugamab 100 mg IV", "Drugamab 200 mg IV"),
            ("Maintenance: drugamab IV every 2 weeks", "Drugamab 200 mg IV every 2 weeks"),
        ] {
            assert_eq!(shown(own, given).len(), 2, "{own} | {given}");
        }
    }
}
