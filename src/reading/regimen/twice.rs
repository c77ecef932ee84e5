//! One giving that two texts tell, as an arm's description and its intervention's often do: it is shown once, with the
//! words of both. Only where one text says nothing that the other does not say, or nothing but the way of giving; where
//! each tells a part, see [`super::together`].

use crate::protocol::{Administration, Period, Span};

use super::called::{Called, is_short_for, is_strength_of};

/// Puts an intervention's row with the arm's row that tells the same giving: the one that says more stays, where the
/// arm's stood. `false` where no row of the arm tells it.
pub(super) fn joined(own: &mut [Administration], row: &Administration, called: &Called) -> bool {
    if let Some(known) = own.iter_mut().find(|known| says_nothing_beyond(row, known, called)) {
        known.more_spans.extend(places(row));
        return true;
    }
    if let Some(known) = own.iter_mut().find(|known| says_nothing_beyond(known, row, called)) {
        let told_before = std::mem::replace(known, row.clone());
        known.more_spans.extend(places(&told_before));
        return true;
    }
    // A name and a way of giving alone do not say which of a treatment's rows is meant.
    let lacks_how = |row: &Administration| row.route.is_none() && row.infusion_time.is_none();
    let adds_how = |known: &&mut Administration| {
        lacks_how(known) && !tells_only_how(row) && says_nothing_beyond(&without_how(row), known, called)
    };
    if let Some(known) = own.iter_mut().find(adds_how) {
        take_how(known, row);
        return true;
    }
    let mut of_drug = own.iter_mut().filter(|known| called.same(known, row));
    match (of_drug.next(), of_drug.next()) {
        (Some(only), None) if tells_only_how(row) && lacks_how(only) => {
            take_how(only, row);
            true
        }
        _ => false,
    }
}

/// [`joined`], of rows with the same dose in the same part of the treatment only: for a row of which it is not told whose
/// it is.
pub(super) fn same_dose_joined(own: &mut [Administration], row: &Administration, called: &Called) -> bool {
    own.iter_mut()
        .filter(|known| row.dose.is_some() && known.dose == row.dose && known.unit == row.unit)
        .filter(|known| known.epoch == row.epoch)
        .any(|known| joined(std::slice::from_mut(known), row, called))
}

fn take_how(known: &mut Administration, row: &Administration) {
    known.route.clone_from(&row.route);
    (known.infusion_time, known.infusion_time_max) = (row.infusion_time, row.infusion_time_max);
    known.more_spans.extend(places(row));
}

fn without_how(row: &Administration) -> Administration {
    Administration { route: None, infusion_time: None, infusion_time_max: None, ..row.clone() }
}

/// Whether a row has a way of giving, and neither a dose nor a time.
pub(super) fn tells_only_how(row: &Administration) -> bool {
    let plain = Administration {
        drug: row.drug.clone(),
        route: row.route.clone(),
        infusion_time: row.infusion_time,
        infusion_time_max: row.infusion_time_max,
        text: row.text.clone(),
        span: row.span.clone(),
        more_spans: row.more_spans.clone(),
        ..Administration::default()
    };
    plain == *row
}

pub(super) fn places(row: &Administration) -> impl Iterator<Item = Span> {
    std::iter::once(row.span.clone()).chain(row.more_spans.iter().cloned())
}

/// Whether all that a row says of a treatment, the other row of that treatment says too.
fn says_nothing_beyond(row: &Administration, other: &Administration, called: &Called) -> bool {
    fn told<T: PartialEq>(own: Option<&T>, other: Option<&T>) -> bool {
        own.is_none_or(|own| other == Some(own))
    }
    let lasts = |own: Option<Period>, other: Option<Period>| {
        told(own.map(|own| own.days()).as_ref(), other.map(|other| other.days()).as_ref())
    };
    let same_treatment = called.same(row, other)
        || is_short_for(&row.drug, &other.drug) && row.dose == other.dose
        || is_strength_of(row, other)
        || is_called_so(row, other);
    same_treatment
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
        && told(row.duration_bound.as_ref(), other.duration_bound.as_ref())
        && told(row.doses.as_ref(), other.doses.as_ref())
        && lasts(row.infusion_time, other.infusion_time)
        && lasts(row.infusion_time_max, other.infusion_time_max)
        && row.stop.iter().all(|event| other.stop.contains(event))
        && told(row.epoch.as_ref(), other.epoch.as_ref())
        && told(row.whom.as_ref(), other.whom.as_ref())
}

/// "Drugamab alfa (DR-5) 300 mg": the other row's words give this row's name in brackets behind its own, with the same dose.
fn is_called_so(row: &Administration, other: &Administration) -> bool {
    let names = format!("{} ({})", other.drug, row.drug).to_lowercase();
    row.dose.is_some() && row.dose == other.dose && other.text.to_lowercase().contains(&names)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::dosing;

    /// What an arm's rows become with those of its intervention: the words of each, and how many more places it has.
    fn shown(own: &str, given: &str) -> Vec<String> {
        let mut rows = dosing::read(own, "drugamab");
        for row in dosing::read(given, "drugamab") {
            if !joined(&mut rows, &row, &Called::default()) {
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
        let part = "Double-blind phase: drugamab 200 mg SC every 4 weeks";
        assert_eq!(shown(part, "Administered SC").len(), 1, "of whichever part");
        assert_eq!(shown("Drugamab alfa type b 5 mg", "Drugamab alfa 5 mg").len(), 1, "a shorter name");
    }

    #[test]
    fn the_way_of_giving_may_stand_in_the_other_text() {
        let mut rows = dosing::read("Drugamab 200 mg every 3 weeks", "drugamab");
        let how = dosing::read("Drugamab IV over 30 minutes", "drugamab");
        assert!(joined(&mut rows, &how[0], &Called::default()));
        let row = &rows[0];
        assert_eq!((row.route.as_deref(), row.dose.map(|dose| dose.0)), (Some("iv"), Some(200.0)));
        assert_eq!(row.infusion_time, how[0].infusion_time);
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
